//! The pages that people work in: a single-page application on the public API, embedded as `make pages` built it.
//!
//! They are files without secrets and are served without a key; what they show, they ask of the API with the reader's.

use std::borrow::Cow;

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rust_embed::RustEmbed;

use crate::problem::Problem;
use crate::state::AppState;

/// What `web/dist` held when the crate was built; of a debug build, what it holds now. Empty but for a place-holder
/// where the pages were not built.
#[derive(RustEmbed)]
#[folder = "../../web/dist"]
struct Built;

/// A page loads from its own server alone: no inline script or style, no frame around it, no form that leaves it.
const POLICY: &str =
    "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'";

/// The name of an asset holds a hash of its content, so it never changes.
const FOREVER: &str = "public, max-age=31536000, immutable";

/// The one page, whatever its address, names the assets of the day.
const ASK_AGAIN: &str = "no-cache";

/// Stands in for the pages where they were not built.
const STUB: &str = include_str!("pages/stub.html");

pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/", get(page))
        .route("/desk", get(page))
        .route("/desk/{*place}", get(page))
        .route("/assets/{*name}", get(asset))
}

async fn page() -> Response {
    match content("index.html") {
        Some(page) => (headers("text/html; charset=utf-8", ASK_AGAIN), page).into_response(),
        None => (StatusCode::NOT_FOUND, headers("text/html; charset=utf-8", ASK_AGAIN), STUB).into_response(),
    }
}

async fn asset(Path(name): Path<String>) -> Result<Response, Problem> {
    let asset = content(&format!("assets/{name}"))
        .ok_or_else(|| Problem::not_found("the pages have no such asset; load the page anew"))?;
    // What is not built, like the icon, keeps its name and may change.
    let keeps = if is_hashed(&name) { FOREVER } else { ASK_AGAIN };
    Ok((headers(media_type(&name), keeps), asset).into_response())
}

fn content(name: &str) -> Option<Cow<'static, [u8]>> {
    Built::get(name).map(|file| file.data)
}

fn headers(media_type: &'static str, keeps: &'static str) -> [(header::HeaderName, HeaderValue); 5] {
    [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (header::CACHE_CONTROL, HeaderValue::from_static(keeps)),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    ]
}

/// `index-B2sUDTwT.css`: Vite puts eight letters of a hash before the extension.
fn is_hashed(name: &str) -> bool {
    name.rsplit_once('.')
        .and_then(|(stem, _)| stem.get(stem.len().checked_sub(9)?..))
        .is_some_and(|tail| tail.starts_with('-'))
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("md") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_a_hash_are_kept_forever() {
        for (name, hashed) in [
            ("index-B2sUDTwT.css", true),
            ("cytoscape.esm-CKS_ZLsc.js", true),
            ("icon.svg", false),
            ("x.js", false),
            ("naïve-Bécdefgh.js", false),
            ("no-extension", false),
        ] {
            assert_eq!(is_hashed(name), hashed, "{name}");
        }
    }

    #[test]
    fn nothing_outside_of_the_build_is_served() {
        for name in ["../package.json", "assets/../../package.json", "/etc/passwd", "assets/", ""] {
            assert!(content(name).is_none(), "{name}");
        }
    }

    #[tokio::test]
    async fn the_page_loads_from_its_own_server_alone() {
        let answer = page().await;
        let policy = answer.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.starts_with("default-src 'self';") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(answer.headers()[header::CACHE_CONTROL], ASK_AGAIN);
        let built = content("index.html").is_some();
        assert_eq!(answer.status(), if built { StatusCode::OK } else { StatusCode::NOT_FOUND });
    }

    #[test]
    fn the_built_page_obeys_the_policy() {
        let texts = [Some(Cow::from(STUB.as_bytes())), content("index.html")];
        for text in texts.into_iter().flatten() {
            let text = String::from_utf8(text.into_owned()).unwrap();
            for refused in ["<style", " style=", "onload=", "onclick=", "http://", "https://"] {
                assert!(!text.contains(refused), "{refused}");
            }
            for (at, _) in text.match_indices("<script") {
                assert!(text[at..].split('>').next().unwrap().contains(" src="), "an inline script");
            }
        }
    }

    #[tokio::test]
    async fn an_asset_that_is_not_there_is_named_so() {
        let problem = asset(Path("index-00000000.js".to_owned())).await.unwrap_err();
        assert_eq!(problem.into_response().status(), StatusCode::NOT_FOUND);
    }
}
