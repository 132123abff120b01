//! `GET /search/{dataset}`: a search box over the lists.

use axum::extract::{Path, RawQuery, State};
use engine::{Entity, Property, Query, Request, ScreenList, Screening, Search};
use serde::{Serialize, Serializer};

use super::datasets::Selection;
use super::directory::Register;
use super::entity::EntityResponse;
use super::facets::{Facet, Wanted, facets};
use super::filters::Filters;
use super::params::Params;
use super::scored::{Total, score};
use crate::body::JsonBytes;
use crate::pool::Cost;
use crate::problem::Problem;
use crate::serving::Serving;
use crate::state::AppState;

/// Results on a page where the client does not say how many.
const PAGE: usize = 10;

/// Lowest score of who is shown for words that nobody has: search boxes are forgiving, matches are not.
const FORGIVING: f64 = 0.5;

/// The answer of `/search`.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct SearchResponse<'a> {
    /// The results of the page.
    results: Vec<EntityResponse<'a>>,
    /// How all results are spread.
    #[schema(value_type = std::collections::HashMap<String, Facet>)]
    facets: Facets,
    total: Total,
    limit: usize,
    offset: usize,
}

struct Facets(Vec<(&'static str, Facet)>);

impl Serialize for Facets {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, facet)| (name, facet)))
    }
}

/// Parties that have the words of a text, in any script; where nobody has them, or with `fuzzy=true`, those with names like it.
///
/// For people who look something up. To screen, use `/match`.
#[utoipa::path(get, path = "/search/{dataset}", tag = "yente",
    params(
        ("dataset" = String, Path, description = "default, or a list", example = "default"),
        ("q" = Option<String>, Query, description = "words, or an id; without it everybody", example = "kashian"),
        ("schema" = Option<String>, Query, description = "only parties of this schema and those derived from it"),
        ("countries" = Option<Vec<String>>, Query, description = "only with one of these country codes"),
        ("topics" = Option<Vec<String>>, Query, description = "only with one of these topics"),
        ("datasets" = Option<Vec<String>>, Query, description = "only of these datasets"),
        ("include_dataset" = Option<Vec<String>>, Query, description = "only of these datasets"),
        ("exclude_dataset" = Option<Vec<String>>, Query, description = "not of these datasets"),
        ("exclude_schema" = Option<Vec<String>>, Query, description = "not of these schemata"),
        ("changed_since" = Option<String>, Query, description = "no parties whose list says that they changed before"),
        ("filter" = Option<Vec<String>>, Query, description = "field:value, such as countries:ir or birthDate:1979-09-21"),
        ("filter_op" = Option<String>, Query, description = "AND or OR"),
        ("facets" = Option<Vec<String>>, Query, description = "countries, topics, datasets, schema, genders"),
        ("sort" = Option<Vec<String>>, Query, description = "caption:asc or caption:desc; else the best first"),
        ("fuzzy" = Option<bool>, Query, description = "also names that are like the words"),
        ("limit" = Option<u32>, Query, description = "results on the page: 10, at most 500"),
        ("offset" = Option<u32>, Query, description = "results to pass over"),
    ),
    responses(
        (status = 200, description = "The results.", body = SearchResponse<'static>),
        (status = 400, description = "A parameter is wrong."),
        (status = 404, description = "No list of that name is loaded."),
    ))]
pub(crate) async fn search_text(
    State(state): State<AppState>,
    Path(dataset): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<JsonBytes, Problem> {
    let serving = state.serving()?;
    let work = move || answer(&serving, &dataset, query.as_deref().unwrap_or_default());
    // Goes through all parties where nothing narrows it.
    state.pool().run(Cost::Queries(8), work).await?
}

fn answer(serving: &Serving, dataset: &str, query: &str) -> Result<JsonBytes, Problem> {
    let params = Params::parse(query);
    let library = serving.library();
    Selection::named(dataset, library).map_err(Problem::not_found)?;
    let filters = Filters::read(dataset, &params, library).map_err(Problem::bad_request)?;
    let wanted = Wanted::read(&params).map_err(Problem::bad_request)?;
    let fuzzy = params.flag("fuzzy").map_err(Problem::bad_request)?.unwrap_or(false);
    let (limit, offset) = super::entities_route::page(&params, PAGE)?;
    let register = Register::new(library, serving.directory());
    let text = params.one("q").unwrap_or_default();
    let found = find(register, &serving.screening(), text, fuzzy);
    let mut results: Vec<(&ScreenList, &Entity)> = found
        .into_iter()
        .map(|place| library.entity(place))
        .filter(|(list, entity)| filters.keep(list, entity) && wanted.keep(list, entity))
        .collect();
    sort(&mut results, &params);
    let shown = results.iter().skip(offset).take(limit);
    let response = SearchResponse {
        results: shown.map(|(list, entity)| EntityResponse::new(list, entity, Vec::new())).collect(),
        facets: Facets(facets(&params, &results)),
        total: Total::exactly(results.len()),
        limit,
        offset,
    };
    Ok(JsonBytes(serde_json::to_vec(&response).map_err(|_not_json| Problem::internal())?))
}

/// Places of parties: those that have the words, then those with names like them.
pub(crate) fn find(register: Register<'_>, screening: &Screening<'_>, text: &str, fuzzy: bool) -> Vec<usize> {
    if text.is_empty() || text == "*" {
        return (0..register.library().lists().iter().map(|list| list.entities.len()).sum()).collect();
    }
    let mut found = register.words().find(text, false);
    if fuzzy || found.is_empty() {
        let like = Query::from_fields("search", None, [(Property::Name, text)]).map(|query| {
            let request = Request { threshold: Some(score(FORGIVING)), limit: None };
            screening.screen(&query, request, Search::Indexed)
        });
        for hit in like.map(|answer| answer.hits).unwrap_or_default() {
            if !found.contains(&hit.entity) {
                found.push(hit.entity);
            }
        }
    }
    found
}

/// Orders results by caption where that is asked for; other orders of yente's are not known here and leave the best first.
fn sort(results: &mut [(&ScreenList, &Entity)], params: &Params<'_>) {
    for order in params.all("sort").collect::<Vec<_>>().into_iter().rev() {
        match order.split_once(':').unwrap_or((order, "asc")) {
            ("caption" | "name", "desc") => results.sort_by(|a, b| b.1.caption().cmp(a.1.caption())),
            ("caption" | "name", _) => results.sort_by(|a, b| a.1.caption().cmp(b.1.caption())),
            _ => {}
        }
    }
}
