//! `GET /catalog` and `GET /algorithms`: what serves, and who scores.

use std::time::Duration;

use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use engine::catalogue;
use serde::Serialize;

use super::params::Params;
use super::tables::{ALGORITHM, ALGORITHMS, ALIASES};
use super::time::iso;
use crate::problem::Problem;
use crate::serving::{ListState, Serving};
use crate::state::AppState;

/// The answer of `/catalog`.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = YenteCatalog)]
pub(crate) struct Catalog {
    /// The collection of all lists, then the lists.
    datasets: Vec<Dataset>,
    /// Lists that are as new as is asked for.
    current: Vec<String>,
    /// Lists that are older.
    outdated: Vec<String>,
    /// Whether any is older.
    index_stale: bool,
}

/// A dataset.
#[derive(Default, Serialize, utoipa::ToSchema)]
#[schema(as = YenteDataset)]
struct Dataset {
    name: String,
    title: String,
    summary: Option<String>,
    /// Other names that mean it.
    aliases: Vec<&'static str>,
    /// The version of the list: `sha256:` and twelve digits.
    version: String,
    index_version: String,
    index_current: bool,
    /// Whether it is searched by itself; collections are not.
    load: bool,
    entities_url: Option<String>,
    entity_count: usize,
    thing_count: usize,
    updated_at: Option<String>,
    last_export: Option<String>,
    tags: Vec<&'static str>,
    publisher: Option<Publisher>,
    coverage: Option<Coverage>,
    children: Vec<String>,
}

/// Who publishes a list.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = YentePublisher)]
struct Publisher {
    name: &'static str,
    official: bool,
}

/// How often a list changes.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = YenteCoverage)]
struct Coverage {
    frequency: &'static str,
    countries: Vec<String>,
}

/// The lists that serve, in yente's form, with their versions. Carries an ETag.
#[utoipa::path(get, path = "/catalog", tag = "yente", responses(
    (status = 200, description = "The lists.", body = Catalog),
    (status = 304, description = "Nothing changed since the ETag in If-None-Match."),
))]
pub(crate) async fn catalog(State(state): State<AppState>, headers: HeaderMap) -> Result<Response, Problem> {
    let serving = state.serving()?;
    let etag = etag(&serving);
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    // Weak or strong is one to If-None-Match (RFC 9110, 13.1.2).
    let same = known.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag || tag.trim() == "*");
    let tag = [(header::ETAG, etag)];
    Ok(if same {
        (StatusCode::NOT_MODIFIED, tag).into_response()
    } else {
        (tag, axum::Json(Catalog::of(&serving))).into_response()
    })
}

/// What changes when the answer does: versions, confirmations, staleness.
fn etag(serving: &Serving) -> String {
    let mut told = String::new();
    for state in serving.lists() {
        let confirmed = state.list.modified.map(iso).unwrap_or_default();
        told.push_str(&format!("{} {} {confirmed} {};", state.list.source, state.list.sha256, state.stale));
    }
    format!("\"{}\"", &engine::sha256_hex(&[told.as_bytes()])[..32])
}

impl Catalog {
    fn of(serving: &Serving) -> Self {
        let lists = serving.lists();
        let name = |state: &ListState<'_>| state.list.dataset.clone();
        let of =
            |stale: bool| lists.iter().filter(|state| state.stale == stale).map(name).collect::<Vec<_>>();
        let (current, outdated) = (of(false), of(true));
        let children: Vec<String> = lists.iter().map(name).collect();
        let loaded = iso(serving.loaded());
        let all = Dataset {
            name: "default".to_owned(),
            title: "All lists that are loaded".to_owned(),
            aliases: vec!["all", "sanctions"],
            version: loaded.clone(),
            index_version: loaded.clone(),
            index_current: outdated.is_empty(),
            entity_count: lists.iter().map(|state| state.list.entities.len()).sum(),
            thing_count: lists.iter().map(|state| state.list.entities.len()).sum(),
            updated_at: Some(loaded),
            tags: vec!["list.sanction"],
            children,
            ..Dataset::default()
        };
        Self {
            datasets: std::iter::once(all).chain(lists.iter().map(Dataset::of)).collect(),
            index_stale: !outdated.is_empty(),
            current,
            outdated,
        }
    }
}

impl Dataset {
    fn of(state: &ListState<'_>) -> Self {
        let list = state.list;
        let source = catalogue().iter().find(|source| source.name == list.dataset);
        let aliases = ALIASES.iter().filter(|alias| alias.dataset == list.dataset);
        let confirmed = list.modified.map(iso);
        let parties = list.entities.len();
        Self {
            name: list.dataset.clone(),
            title: source.map_or(list.dataset.as_str(), |source| source.title).to_owned(),
            summary: source.map(|source| format!("{}, {}", source.title, source.authority)),
            aliases: aliases.flat_map(|alias| alias.opensanctions.iter().copied()).collect(),
            version: list.version.clone(),
            index_version: list.version.clone(),
            index_current: !state.stale,
            load: true,
            entities_url: None,
            entity_count: parties + list.relations.len(),
            thing_count: parties,
            updated_at: confirmed.clone(),
            last_export: confirmed,
            tags: vec!["list.sanction"],
            publisher: source.map(|source| Publisher { name: source.authority, official: true }),
            coverage: source.map(|source| Coverage { frequency: source.rhythm, countries: Vec::new() }),
            children: Vec::new(),
        }
    }
}

/// The answer of `/algorithms`.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = YenteAlgorithms)]
pub(crate) struct Algorithms {
    algorithms: Vec<Algorithm>,
    default: &'static str,
    best: &'static str,
}

/// A name that `algorithm` may have.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = YenteAlgorithm)]
struct Algorithm {
    name: &'static str,
    description: String,
    /// What contributes to scores: the properties of explanations.
    #[schema(value_type = Object)]
    features: serde_json::Value,
    #[schema(value_type = Object)]
    docs: serde_json::Value,
}

/// What scores take into account, for clients that show it.
fn features() -> serde_json::Value {
    serde_json::json!({
        "name": { "description": "Words of names by what they say: the same, another spelling, a slip, left out, contradicted" },
        "birthDate": { "description": "The same day, month or year; or another" },
        "country": { "description": "Countries, nationalities, jurisdictions, flags" },
        "gender": { "description": "The same, or another" },
        "address": { "description": "Towns and addresses" },
        "identifiers": { "description": "A shared number decides; check digits are looked at" },
    })
}

/// The scorer, and the names of others that are accepted for it.
#[utoipa::path(get, path = "/algorithms", tag = "yente", responses((status = 200, description = "The names.", body = Algorithms)))]
pub(crate) async fn algorithms() -> axum::Json<Algorithms> {
    let own = Algorithm {
        name: ALGORITHM,
        description: "What agrees over what is at stake, in bits of evidence. Every score can be replayed from its explanation."
            .to_owned(),
        features: features(),
        docs: serde_json::json!({ "features": features(), "config": {} }),
    };
    let others = ALGORITHMS.iter().map(|(name, origin)| Algorithm {
        name,
        description: format!(
            "A name of others ({origin}), accepted for their clients. The scorer is {ALGORITHM}."
        ),
        features: serde_json::json!({}),
        docs: serde_json::json!({ "features": {}, "config": {} }),
    });
    axum::Json(Algorithms {
        algorithms: std::iter::once(own).chain(others).collect(),
        default: ALGORITHM,
        best: ALGORITHM,
    })
}

/// The answer of `/updatez`.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = YenteUpdated)]
pub(crate) struct Updated {
    status: &'static str,
}

/// Has the lists read again, and says so at once; with `sync=true` when they serve. `token` and `force` are passed over: a key of
/// the scope `admin` is asked for instead.
#[utoipa::path(post, path = "/updatez", tag = "yente",
    params(("sync" = Option<bool>, Query, description = "wait until the lists serve")),
    responses((status = 200, description = "They are read, or have been.", body = Updated),
        (status = 503, description = "They could not be read: those before go on serving.")))]
pub(crate) async fn update(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
) -> Result<axum::Json<Updated>, Problem> {
    let query = query.unwrap_or_default();
    if Params::parse(&query).flag("sync").map_err(Problem::bad_request)?.unwrap_or(false) {
        let told = state.updates().ask().await;
        told.map_err(|reason| Problem::unavailable(reason, AGAIN))?;
    } else {
        state.updates().ask_quietly();
    }
    Ok(axum::Json(Updated { status: "ok" }))
}

/// How soon to try again what may have to be mended first.
const AGAIN: Duration = Duration::from_secs(60);
