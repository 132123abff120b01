//! The OpenAPI document: what the routes say of themselves, and what all of them have in common.

use std::collections::BTreeMap;

use serde_json::Value;
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{
    ContentBuilder, HeaderBuilder, InfoBuilder, OpenApi, Ref, RefOr, ResponseBuilder, SecurityRequirement,
};
use utoipa::{PartialSchema, ToSchema};
use utoipa_axum::router::OpenApiRouter;

use crate::state::AppState;
use crate::{mcp, native, reconcile, watchman, yente};

/// A query and its results: a line of the output of `interdict screen`. Where a row could not be screened, `id`, `error` and
/// no results.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it describes bytes that the engine writes")]
pub(crate) struct Line {
    /// The query's, or the number of its row.
    id: String,
    /// Who was asked for, as it was stated.
    #[schema(required = false)]
    query: Option<AskedFor>,
    /// Results before the limit.
    #[schema(required = false)]
    total: Option<u64>,
    /// Whether the limit kept some back.
    #[schema(required = false)]
    truncated: Option<bool>,
    results: Vec<ResultObject>,
    /// Why the row could not be screened.
    #[schema(required = false)]
    error: Option<String>,
    /// Datasets of lists that are older than is allowed; left out, where none is.
    #[schema(required = false)]
    stale: Option<Vec<String>>,
}

/// Who was asked for.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it describes bytes that the engine writes")]
struct AskedFor {
    schema: Option<String>,
    properties: BTreeMap<String, Vec<String>>,
}

/// A listed party that the query may mean, with the evidence.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it describes bytes that the engine writes")]
struct ResultObject {
    /// Such as `ofac-26391`.
    id: String,
    caption: String,
    schema: String,
    datasets: Vec<String>,
    list_version: String,
    /// `listed`, `identifier` or `owned`.
    basis: String,
    /// How much of what was at stake agrees: 0 to 1, four decimals. The rows' shares add up to it.
    score: f64,
    /// The evidence, in bits. The rows' bits add up to it.
    bits: f64,
    /// Whether it is a match under the policy.
    r#match: bool,
    /// What of the policy decided that: its `name`, the `match_threshold`.
    policy: BTreeMap<String, Value>,
    /// `name`: the best names of both; `rows`: what agrees and what does not, each with its bits and share; of one query
    /// by hand also `sentence` and `counterfactuals`.
    explanation: BTreeMap<String, Value>,
    /// Its values by FollowTheMoney property; of one query by hand alone.
    #[schema(required = false)]
    properties: Option<BTreeMap<String, Vec<String>>>,
}

/// Why there is no answer.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it describes what `Problem` writes")]
pub(crate) struct ProblemObject {
    /// What is wrong, and what to do.
    detail: String,
}

/// What any request may meet.
const COMMON: [(&str, &str); 9] = [
    ("400", "The request makes no sense."),
    ("401", "No key is shown that is let in."),
    ("403", "The key has not that scope, or a page of another site asks."),
    ("408", "The request took too long to come."),
    ("413", "The body is longer than is allowed."),
    ("415", "The body is not of the type that the route takes."),
    ("429", "The key asks more often than it may, or there are as many jobs as are kept."),
    ("503", "The server is busy, or no list serves yet. `Retry-After` says how soon to come again."),
    ("504", "The answer was not there in time."),
];

/// All routes that describe themselves.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .merge(native::routes())
        .merge(yente::routes())
        .merge(watchman::routes())
        .merge(reconcile::routes())
        .merge(mcp::routes())
}

/// The OpenAPI document of all routes.
#[must_use]
pub fn description() -> OpenApi {
    finished(routes().to_openapi())
}

/// Adds what all routes have in common to what they say of themselves.
fn finished(mut api: OpenApi) -> OpenApi {
    api.info = InfoBuilder::new()
        .title("Interdict")
        .description(Some(
            "Sanctions screening with evidence. What the answers hold is that of the command's JSON, see ARCHITECTURE.md; \
             docs/api.md has examples.",
        ))
        .version(env!("CARGO_PKG_VERSION"))
        .build();
    let components = api.components.get_or_insert_default();
    components.schemas.insert(ProblemObject::name().into_owned(), ProblemObject::schema());
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
    components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
    let header = ApiKeyValue::with_description("Authorization", "`ApiKey KEY`, or `Bearer KEY`");
    components.add_security_scheme("apikey", SecurityScheme::ApiKey(ApiKey::Header(header)));
    let none: [String; 0] = [];
    api.security = Some(vec![
        SecurityRequirement::new("apikey", none.clone()),
        SecurityRequirement::new("bearer", none),
    ]);
    for (path, item) in &mut api.paths.paths {
        let named = path.contains('{');
        let operations = [&mut item.get, &mut item.post, &mut item.put, &mut item.delete, &mut item.patch];
        for operation in operations.into_iter().flatten() {
            common(operation, named);
        }
    }
    api
}

fn common(operation: &mut Operation, named: bool) {
    let open = operation.security.is_some();
    let takes_body = operation.request_body.is_some();
    let not_found = ("404", "There is no such thing.");
    for (status, description) in COMMON.into_iter().chain(named.then_some(not_found)) {
        let meant = match status {
            "401" | "429" | "504" => !open,
            "408" | "413" | "415" => takes_body,
            _ => true,
        };
        if !meant || operation.responses.responses.contains_key(status) {
            continue;
        }
        let detail = Ref::from_schema_name(ProblemObject::name());
        let content = ContentBuilder::new().schema(Some(detail)).build();
        let mut response =
            ResponseBuilder::new().description(description).content("application/json", content);
        if matches!(status, "429" | "503") {
            response =
                response.header("Retry-After", HeaderBuilder::new().description(Some("Seconds.")).build());
        }
        operation.responses.responses.insert(status.to_owned(), RefOr::T(response.build()));
    }
}
