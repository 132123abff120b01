//! What a client completes as its user types: parties, properties, types.

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use serde::Serialize;

use super::query::described;
use super::types::{TYPES, Type, TypeProperty, of, properties};
use crate::pool::Cost;
use crate::problem::Problem;
use crate::serving::Serving;
use crate::state::AppState;
use crate::yente::{Params, Register, Selection};

/// Suggestions of one kind.
const MOST: usize = 20;

/// What may be meant by what was typed.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct Suggestions<T> {
    code: &'static str,
    status: &'static str,
    prefix: String,
    result: Vec<T>,
}

/// A listed party that may be meant.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = ReconcileSuggestedEntity)]
pub(crate) struct SuggestedEntity {
    id: String,
    name: String,
    description: String,
    #[serde(rename = "type")]
    kind: Vec<Type>,
}

/// Properties that can become columns.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = ReconcileToExtend)]
pub(crate) struct ToExtend {
    #[serde(rename = "type")]
    kind: Option<String>,
    limit: usize,
    properties: Vec<TypeProperty>,
}

fn suggestions<T>(prefix: &str, result: Vec<T>) -> Json<Suggestions<T>> {
    Json(Suggestions { code: "/api/status/ok", status: "200 OK", prefix: prefix.to_owned(), result })
}

/// Parties that have the words typed so far.
#[utoipa::path(get, path = "/reconcile/{dataset}/suggest/entity", tag = "reconcile",
    params(("dataset" = String, Path, example = "default"), ("prefix" = Option<String>, Query, example = "kash")),
    responses((status = 200, description = "The parties.", body = Suggestions<SuggestedEntity>),
        (status = 404, description = "No list of that name is loaded.")))]
pub(crate) async fn entity(
    State(state): State<AppState>,
    Path(dataset): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Json<Suggestions<SuggestedEntity>>, Problem> {
    let serving = state.serving()?;
    let work = move || entities(&serving, &dataset, query.as_deref().unwrap_or_default());
    state.pool().run(Cost::Queries(1), work).await?
}

fn entities(
    serving: &Serving,
    dataset: &str,
    query: &str,
) -> Result<Json<Suggestions<SuggestedEntity>>, Problem> {
    let params = Params::parse(query);
    let library = serving.library();
    let selection = Selection::named(dataset, library).map_err(Problem::not_found)?;
    let prefix = params.one("prefix").unwrap_or_default();
    let words = Register::new(library, serving.directory()).words();
    let parties = words.find(prefix, true).into_iter().map(|place| library.entity(place));
    let suggested =
        parties.filter(|(list, entity)| selection.covers(list, entity)).take(MOST).map(|(list, entity)| {
            SuggestedEntity {
                id: entity.id.to_string(),
                name: entity.caption().to_owned(),
                description: described(entity, &list.dataset),
                kind: vec![of(&entity.schema)],
            }
        });
    Ok(suggestions(prefix, suggested.collect()))
}

/// Properties whose names hold what is typed so far.
#[utoipa::path(get, path = "/reconcile/{dataset}/suggest/property", tag = "reconcile",
    params(("dataset" = String, Path, example = "default"), ("prefix" = Option<String>, Query, example = "birth")),
    responses((status = 200, description = "The properties.", body = Suggestions<TypeProperty>)))]
pub(crate) async fn property(
    Path(_dataset): Path<String>,
    RawQuery(query): RawQuery,
) -> Json<Suggestions<TypeProperty>> {
    let query = query.unwrap_or_default();
    let params = Params::parse(&query);
    let prefix = params.one("prefix").unwrap_or_default();
    let holds = |property: &TypeProperty| holds(prefix, &[&property.id, &property.name]);
    suggestions(prefix, properties(None).into_iter().filter(holds).take(MOST).collect())
}

/// Schemata whose names hold what is typed so far.
#[utoipa::path(get, path = "/reconcile/{dataset}/suggest/type", tag = "reconcile",
    params(("dataset" = String, Path, example = "default"), ("prefix" = Option<String>, Query, example = "Comp")),
    responses((status = 200, description = "The types.", body = Suggestions<Type>)))]
pub(crate) async fn kind(Path(_dataset): Path<String>, RawQuery(query): RawQuery) -> Json<Suggestions<Type>> {
    let query = query.unwrap_or_default();
    let params = Params::parse(&query);
    let prefix = params.one("prefix").unwrap_or_default();
    suggestions(prefix, TYPES.into_iter().filter(|kind| holds(prefix, &[kind.id, kind.name])).collect())
}

/// The properties that a type has, to become columns.
#[utoipa::path(get, path = "/reconcile/{dataset}/extend/property", tag = "reconcile",
    params(("dataset" = String, Path, example = "default"), ("type" = Option<String>, Query, example = "Person"),
        ("limit" = Option<u32>, Query)),
    responses((status = 200, description = "The properties.", body = ToExtend),
        (status = 400, description = "The limit is no number.")))]
pub(crate) async fn to_extend(
    Path(_dataset): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Json<ToExtend>, Problem> {
    let query = query.unwrap_or_default();
    let params = Params::parse(&query);
    let kind = params.one("type").filter(|kind| TYPES.iter().any(|known| known.id == *kind));
    let limit = params.number("limit").map_err(Problem::bad_request)?.unwrap_or(100);
    let properties = properties(kind).into_iter().take(limit).collect();
    Ok(Json(ToExtend { kind: kind.map(str::to_owned), limit, properties }))
}

/// Whether a text stands in one of some names.
fn holds(text: &str, names: &[&str]) -> bool {
    let text = text.to_lowercase();
    names.iter().any(|name| name.to_lowercase().contains(&text))
}
