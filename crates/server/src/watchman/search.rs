//! `GET /v2/search`: one name, scored against the lists.

use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::entity::Party;
use super::refused;
use super::request::Asked;
use crate::body::JsonBytes;
use crate::pool::Cost;
use crate::problem::Problem;
use crate::serving::Serving;
use crate::state::AppState;
use crate::yente::{self, Cut, Filters, Register};

/// The answer of `/v2/search`.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = WatchmanSearchResponse)]
pub(crate) struct SearchResponse<'a> {
    /// The listed parties, best first.
    entities: Vec<Scored<'a>>,
}

/// A listed party with its score.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = WatchmanScored)]
struct Scored<'a> {
    #[serde(flatten)]
    party: Party<'a>,
    /// 0 to 1.
    #[serde(rename = "match")]
    score: f64,
    /// How it was scored, in a sentence, where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    debug: Option<String>,
}

/// One party, scored against the lists. Parameters that are unknown are refused, as in Watchman.
#[utoipa::path(get, path = "/v2/search", tag = "watchman",
    params(
        ("name" = Option<String>, Query, description = "whole name", example = "Sajad Kashian"),
        ("type" = Option<String>, Query, description = "person, business, organization, aircraft or vessel"),
        ("altNames" = Option<Vec<String>>, Query, description = "other names"),
        ("birthDate" = Option<String>, Query, description = "YYYY-MM-DD, YYYY-MM or YYYY"),
        ("gender" = Option<String>, Query, description = "male or female"),
        ("address" = Option<Vec<String>>, Query, description = "in one line"),
        ("gov_passport" = Option<Vec<String>>, Query, description = "country and number: IR:A1234567; so other gov_ kinds"),
        ("cryptoAddress" = Option<Vec<String>>, Query, description = "currency and address: XBT:..."),
        ("imoNumber" = Option<String>, Query, description = "of a vessel"),
        ("source" = Option<Vec<String>>, Query, description = "us_ofac, un_csl, eu_csl, uk_csl ..., or a dataset"),
        ("minMatch" = Option<f64>, Query, description = "lowest score that is returned; without it the policy decides"),
        ("limit" = Option<u32>, Query, description = "most results: 10, at most 100"),
        ("debug" = Option<bool>, Query, description = "say how each was scored"),
    ),
    responses(
        (status = 200, description = "The results, best first.", body = SearchResponse<'static>),
        (status = 400, description = "A parameter is unknown or makes no sense."),
    ))]
pub(crate) async fn search(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let serving = state.serving()?;
    let work = move || answer(&serving, query.as_deref().unwrap_or_default());
    Ok(match state.pool().run(Cost::Queries(1), work).await? {
        Ok((bytes, matched)) => {
            state.metrics().screened(1, u64::from(matched));
            JsonBytes(bytes).into_response()
        }
        Err(reason) => refused(&reason),
    })
}

/// The answer, and whether it has a match under the policy.
fn answer(serving: &Serving, query: &str) -> Result<(Vec<u8>, bool), String> {
    let (screening, library) = (serving.screening(), serving.library());
    let asked = Asked::read(query, library)?;
    let register = Register::new(library, serving.directory());
    let cut = Cut::from(asked.least, asked.limit);
    let found = yente::search(&screening, &asked.query, &cut, &Filters::of(asked.source));
    let entities = found.hits.iter().map(|hit| {
        let (list, entity) = library.entity(hit.entity);
        Scored {
            party: Party::new(list, entity, register),
            score: f64::from(hit.scored.score.ten_thousandths()) / 10_000.0,
            debug: asked.debug.then(|| screening.sentence(&asked.query, hit)),
        }
    });
    let response = SearchResponse { entities: entities.collect() };
    let bytes = serde_json::to_vec(&response).map_err(|error| error.to_string())?;
    Ok((bytes, found.hits.iter().any(|hit| hit.scored.matched)))
}
