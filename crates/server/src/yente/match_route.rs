//! `POST /match/{dataset}`: whom examples may mean.

use std::borrow::Cow;

use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderName;
use axum::response::{IntoResponse, Response};
use engine::{Answer, Query, Screening};
use rayon::prelude::*;
use serde::{Serialize, Serializer};

use super::entity::Properties;
use super::example::{Example, Extras, MOST_QUERIES, MatchBody};
use super::filters::Filters;
use super::params::Params;
use super::scored::{Cut, ScoredEntity, Total, search};
use super::tables::{ALGORITHM, is_algorithm};
use crate::body::{Body, JsonBytes};
use crate::pool::Cost;
use crate::problem::Problem;
use crate::serving::Serving;
use crate::state::AppState;

/// The answer of `/match`.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct MatchResponse<'a> {
    /// Results under the names of the queries.
    #[schema(value_type = std::collections::HashMap<String, Matches>)]
    responses: Named<Matches<'a>>,
    /// Most results of each query.
    limit: usize,
    /// Who scored: whatever `algorithm` was asked for, there is one scorer.
    algorithm: &'static str,
    /// What of the request had no effect.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ignored: Vec<&'static str>,
}

/// Results of one query.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct Matches<'a> {
    /// Always 200.
    status: u16,
    /// The results, best first.
    results: Vec<ScoredEntity<'a>>,
    total: Total,
    query: Asked<'a>,
}

/// The query as it was understood.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = MatchAsked)]
pub(crate) struct Asked<'a> {
    id: Option<&'a str>,
    schema: &'a str,
    #[schema(value_type = Object)]
    properties: Properties<'a>,
}

/// An object of JSON in the order of the request.
struct Named<T>(Vec<(String, T)>);

impl<T: Serialize> Serialize for Named<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// Whom examples may mean: up to 100 parties at once, each with its results.
///
/// Parameters of yente that are not named here are accepted and have no effect.
#[utoipa::path(post, path = "/match/{dataset}", tag = "yente", request_body = MatchBody,
    params(
        ("dataset" = String, Path, description = "default, or a list: ofac_sdn, us_ofac_sdn", example = "default"),
        ("threshold" = Option<f64>, Query, description = "lowest score that is a match; without it the policy decides"),
        ("cutoff" = Option<f64>, Query, description = "lowest score that is returned: 0.7, or the threshold where that is lower"),
        ("limit" = Option<u32>, Query, description = "most results of each query: 5, at most 500"),
        ("algorithm" = Option<String>, Query, description = "accepted in yente's names; there is one scorer"),
        ("include_dataset" = Option<Vec<String>>, Query, description = "only parties of these datasets"),
        ("exclude_dataset" = Option<Vec<String>>, Query, description = "no parties of these datasets"),
        ("exclude_schema" = Option<Vec<String>>, Query, description = "no parties of these schemata"),
        ("topics" = Option<Vec<String>>, Query, description = "only parties with one of these topics"),
        ("changed_since" = Option<String>, Query, description = "no parties whose list says that they changed before"),
        ("exclude_entity_ids" = Option<Vec<String>>, Query, description = "none of these parties, by any of their ids"),
    ),
    responses(
        (status = 200, description = "Results of each query.", body = MatchResponse<'static>),
        (status = 400, description = "An example means nobody, or a parameter is wrong."),
        (status = 404, description = "No list of that name is loaded."),
    ))]
pub(crate) async fn match_examples(
    State(state): State<AppState>,
    Path(dataset): Path<String>,
    RawQuery(query): RawQuery,
    Body(body): Body<MatchBody>,
) -> Result<Response, Problem> {
    let serving = state.serving()?;
    let count = body.queries.0.len();
    if count > MOST_QUERIES {
        return Err(Problem::bad_request(format!("Too many queries in one batch (limit: {MOST_QUERIES})")));
    }
    let work = move || answer(&serving, &dataset, &query.unwrap_or_default(), &body);
    let Done { queries, matched, bytes } = state.pool().run(Cost::Queries(count), work).await??;
    state.metrics().screened(queries as u64, matched as u64);
    let size = [(HeaderName::from_static("x-batch-size"), queries.to_string())];
    Ok((size, JsonBytes(bytes)).into_response())
}

/// How many queries were answered, how many of them with a match under the policy, and the answer.
struct Done {
    queries: usize,
    matched: usize,
    bytes: Vec<u8>,
}

fn answer(serving: &Serving, dataset: &str, query: &str, body: &MatchBody) -> Result<Done, Problem> {
    let params = Params::parse(query);
    let (screening, library) = (serving.screening(), serving.library());
    let cut = Cut::read(&params).map_err(Problem::bad_request)?;
    if let Some(unknown) = params.one("algorithm").filter(|name| !is_algorithm(name)) {
        return Err(Problem::bad_request(format!(
            "Invalid algorithm: {unknown}; GET /algorithms has the names"
        )));
    }
    // Whether the path's dataset is there is a question of its own: clients tell 404 from 400.
    super::datasets::Selection::named(dataset, library).map_err(Problem::not_found)?;
    let mut filters = Filters::read(dataset, &params, library).map_err(Problem::bad_request)?;
    let more = |filters: &mut Filters, extras: Option<&Extras>| -> Result<(), Problem> {
        let Some(extras) = extras else { return Ok(()) };
        let names = |list: &Option<Vec<String>>| list.clone().unwrap_or_default();
        filters
            .narrow(names(&extras.include_datasets).iter().map(String::as_str), library)
            .map_err(Problem::bad_request)?;
        filters.leave_out(names(&extras.exclude_datasets).iter().map(String::as_str), library);
        filters.leave_out_ids(names(&extras.exclude_entity_ids));
        Ok(())
    };
    more(&mut filters, body.params.as_ref())?;
    let mut asked: Vec<(&String, &Example)> = Vec::with_capacity(body.queries.0.len());
    for (name, example) in &body.queries.0 {
        // Without an answer of its own it would look like nobody found.
        let none = || Problem::bad_request("A query is null: leave it out, or say who is asked for.");
        asked.push((name, example.as_ref().ok_or_else(none)?));
    }
    if asked.is_empty() {
        return Err(Problem::bad_request("No queries provided."));
    }
    let one = |(name, example): &(&String, &Example)| -> Result<Answered, Problem> {
        let query = example.query().map_err(Problem::bad_request)?;
        let mut own = Cow::Borrowed(&filters);
        if example.params.is_some() {
            more(own.to_mut(), example.params.as_ref())?;
        }
        if let Some(topics) = example.filters.as_ref().and_then(|wanted| wanted.topics.clone()) {
            own.to_mut().of_topics(topics);
        }
        let answer = search(&screening, &query, &cut, &own);
        Ok(Answered { name: (*name).clone(), id: example.id.clone(), query, answer })
    };
    let answered: Vec<Answered> = asked.par_iter().map(one).collect::<Result<_, _>>()?;
    let responses = answered.iter().map(|one| (one.name.clone(), one.matches(&cut, &screening))).collect();
    let response = MatchResponse {
        responses: Named(responses),
        limit: cut.limit,
        algorithm: ALGORITHM,
        ignored: body.without_effect(),
    };
    let has_match = |one: &&Answered| one.answer.hits.iter().any(|hit| hit.scored.matched);
    let matched = answered.iter().filter(has_match).count();
    let bytes = serde_json::to_vec(&response).map_err(|_not_json| Problem::internal())?;
    Ok(Done { queries: answered.len(), matched, bytes })
}

/// A query with what was found.
struct Answered {
    name: String,
    id: Option<String>,
    query: Query,
    answer: Answer,
}

impl Answered {
    fn matches<'a>(&'a self, cut: &Cut, screening: &Screening<'a>) -> Matches<'a> {
        let entity = self.query.entity();
        Matches {
            status: 200,
            results: self.answer.hits.iter().map(|hit| ScoredEntity::new(hit, cut, screening)).collect(),
            total: Total::exactly(self.answer.total),
            query: Asked {
                id: self.id.as_deref(),
                schema: entity.schema.name(),
                properties: Properties::of(entity),
            },
        }
    }
}
