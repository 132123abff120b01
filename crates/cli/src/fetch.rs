//! The network: one question to a server, one answer. What is made of answers is the vault's.

use std::path::Path;
use std::time::Duration;

use engine::{EngineError, Fetch, FetchError, FetchRequest, Response, Validator};
use ureq::http::HeaderMap;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Body, Proxy};

/// A server that leads elsewhere more often leads in a circle.
const MOST_REDIRECTS: u32 = 5;

/// Asks servers over HTTP and HTTPS.
pub(crate) struct Http {
    agent: Agent,
    /// The proxy of the environment, for messages: without its password.
    proxy: Option<String>,
}

impl Http {
    /// `silence`: how long a server may say nothing. Proxies are those of the environment.
    pub(crate) fn new(ca_file: Option<&Path>, silence: Duration) -> Result<Self, EngineError> {
        let roots = ca_file.map(certificates).transpose()?.unwrap_or(RootCerts::WebPki);
        let proxy = Proxy::try_from_env();
        let named = proxy.as_ref().map(|proxy| format!("{}:{}", proxy.host(), proxy.port()));
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(MOST_REDIRECTS)
            .user_agent(concat!("interdict/", env!("CARGO_PKG_VERSION")))
            .timeout_connect(Some(silence))
            .timeout_recv_response(Some(silence))
            .timeout_per_read(Some(silence))
            .proxy(proxy)
            .tls_config(TlsConfig::builder().root_certs(roots).build())
            .build();
        Ok(Self { agent: config.into(), proxy: named })
    }

    fn no_answer(&self, error: &ureq::Error) -> FetchError {
        use ureq::Error;
        let untrusted = || {
            FetchError::lasting(
                "its certificate is not trusted",
                "see that the address is right; behind a proxy that signs with its own certificate give that with --ca-file",
            )
        };
        let through =
            self.proxy.as_ref().map(|proxy| format!(", through the proxy {proxy}")).unwrap_or_default();
        match error {
            Error::TooManyRedirects => FetchError::lasting(
                format!("the server leads elsewhere more than {MOST_REDIRECTS} times, or in a circle"),
                "open the address in a browser, and give the one where it ends with --from",
            ),
            Error::RequireHttpsOnly(_) => FetchError::lasting(
                "the server leads from https to http",
                "open the address in a browser, and give the https address where it ends with --from",
            ),
            Error::BadUri(_) | Error::Http(_) => {
                FetchError::lasting("this is no address", "give it as https://HOST/PATH")
            }
            Error::InvalidProxyUrl => FetchError::lasting(
                "the proxy of the environment is no address",
                "correct HTTPS_PROXY or ALL_PROXY",
            ),
            Error::Tls(_) | Error::Rustls(_) => untrusted(),
            // What a certificate is refused for comes as an error of the connection.
            Error::Io(e) if e.to_string().contains("certificate") => untrusted(),
            Error::Io(e) => FetchError::passing(format!("{e}{through}")),
            Error::Timeout(_) => FetchError::passing(format!("the server is silent (--timeout){through}")),
            other => FetchError::passing(format!("{other}{through}")),
        }
    }
}

fn certificates(path: &Path) -> Result<RootCerts, EngineError> {
    let failed = |what: String| {
        EngineError::input(format!("--ca-file {}: {what}", path.display()))
            .hint("give a file of certificates in PEM form, as the proxy's administrators have it")
    };
    let bytes = std::fs::read(path).map_err(|e| failed(e.to_string()))?;
    let mut certificates: Vec<Certificate<'static>> = Vec::new();
    for item in parse_pem(&bytes) {
        if let PemItem::Certificate(certificate) = item.map_err(|e| failed(e.to_string()))? {
            certificates.push(certificate);
        }
    }
    if certificates.is_empty() {
        return Err(failed("no certificate in it".to_owned()));
    }
    Ok(RootCerts::new_with_certs(&certificates))
}

impl Fetch for Http {
    fn get(&self, request: &FetchRequest<'_>) -> Result<Response, FetchError> {
        // A list that is asked for in private must not come in public.
        let secure = request.address.get(..6).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https:"));
        let mut call = self.agent.get(request.address).config().https_only(secure).build();
        if let Some(known) = request.unless {
            for (header, value) in
                [("If-None-Match", &known.etag), ("If-Modified-Since", &known.last_modified)]
            {
                if let Some(value) = value {
                    call = call.header(header, value);
                }
            }
        }
        if let Some((from, mark)) = request.rest {
            call = call.header("Range", format!("bytes={from}-")).header("If-Range", mark);
        }
        let (head, body) = call.call().map_err(|e| self.no_answer(&e))?.into_parts();
        Ok(answer(head.status.as_u16(), &head.headers, body))
    }
}

fn answer(status: u16, headers: &HeaderMap, body: Body) -> Response {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    Response {
        status,
        validator: Validator {
            etag: text("etag").map(str::to_owned),
            last_modified: text("last-modified").map(str::to_owned),
        },
        length: text("content-length").and_then(|length| length.parse().ok()),
        range: text("content-range").and_then(range),
        retry_after: text("retry-after").and_then(|seconds| seconds.parse().ok()).map(Duration::from_secs),
        body: Box::new(body.into_reader()),
    }
}

/// From which byte on, of how many: `bytes 1000-1999/2000`, `bytes 1000-1999/*`.
fn range(text: &str) -> Option<(u64, Option<u64>)> {
    let (bytes, of) = text.strip_prefix("bytes ")?.split_once('/')?;
    Some((bytes.split_once('-')?.0.parse().ok()?, of.parse().ok()))
}

#[cfg(test)]
mod tests {
    use super::range;

    #[test]
    fn ranges() {
        for (text, expected) in [
            ("bytes 1000-1999/2000", Some((1000, Some(2000)))),
            ("bytes 0-9/*", Some((0, None))),
            ("bytes */2000", None),
            ("lines 1-2/3", None),
            ("", None),
        ] {
            assert_eq!(range(text), expected, "{text}");
        }
    }
}
