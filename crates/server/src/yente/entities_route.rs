//! `GET /entities/{id}`, alone or with all that belongs to it.

use axum::extract::{Path, RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::directory::{Meant, Nested, Place, Register};
use super::entity::EntityResponse;
use super::params::Params;
use super::scored::{MOST_RESULTS, Total};
use crate::body::JsonBytes;
use crate::pool::Cost;
use crate::problem::Problem;
use crate::serving::Serving;
use crate::state::AppState;

/// Relations of one property on a page.
const PAGE: usize = 100;

/// Furthest page that can be asked for, yente's own bound.
const FURTHEST: usize = 9_499;

/// Relations of one property.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = YenteAdjacent)]
pub(crate) struct Adjacent {
    /// The entities, each with what it refers to.
    #[schema(value_type = Vec<Object>)]
    results: Vec<Value>,
    total: Total,
    limit: usize,
    offset: usize,
}

/// What an id leads to.
enum Found {
    Body(Vec<u8>),
    Moved(String),
}

impl IntoResponse for Found {
    fn into_response(self) -> Response {
        match self {
            Self::Body(bytes) => JsonBytes(bytes).into_response(),
            Self::Moved(to) => (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, to)]).into_response(),
        }
    }
}

/// An entity, with the relations, papers and sanctions that belong to it, and the entities at their other ends.
#[utoipa::path(get, path = "/entities/{id}", tag = "yente",
    params(
        ("id" = String, Path, description = "its id, or another id of the same party", example = "ofac-26391"),
        ("nested" = Option<bool>, Query, description = "whether what belongs to it comes with it: true"),
    ),
    responses(
        (status = 200, description = "The entity.", body = EntityResponse<'static>),
        (status = 308, description = "The party has another id now."),
        (status = 404, description = "No list that is loaded has it."),
    ))]
pub(crate) async fn entity(
    State(state): State<AppState>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let serving = state.serving()?;
    let work = move || {
        found(&serving, &id, "", query.as_deref().unwrap_or_default(), |register, place, params| {
            let nested = params.flag("nested").map_err(Problem::bad_request)?.unwrap_or(true);
            json_bytes(&if nested { register.nested(place) } else { register.plain(place) })
        })
    };
    Ok(state.pool().run(Cost::Queries(1), work).await??.into_response())
}

/// An entity and what belongs to it, page by page for each property.
#[utoipa::path(get, path = "/entities/{id}/adjacent", tag = "yente",
    params(
        ("id" = String, Path, description = "its id", example = "ofac-33634"),
        ("limit" = Option<u32>, Query, description = "most entities of each property: 100, at most 500"),
        ("offset" = Option<u32>, Query, description = "entities to pass over"),
    ),
    responses(
        (status = 200, description = "The entity, and what belongs to it by property."),
        (status = 308, description = "The party has another id now."),
        (status = 404, description = "No list that is loaded has it."),
    ))]
pub(crate) async fn adjacent(
    State(state): State<AppState>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let serving = state.serving()?;
    let work = move || {
        found(&serving, &id, "/adjacent", query.as_deref().unwrap_or_default(), |register, place, params| {
            let (limit, offset) = page(params, PAGE)?;
            let (_, entity) = register.entity(place);
            let pages = register.adjacent(place).into_iter().map(|(name, places)| {
                (name.to_owned(), json!(Adjacent::page(register, &places, &entity.id, limit, offset)))
            });
            let pages: Map<String, Value> = pages.collect();
            json_bytes(&json!({ "entity": register.plain(place), "adjacent": pages }))
        })
    };
    Ok(state.pool().run(Cost::Queries(1), work).await??.into_response())
}

/// What belongs to an entity by one property, page by page.
#[utoipa::path(get, path = "/entities/{id}/adjacent/{property}", tag = "yente",
    params(
        ("id" = String, Path, description = "its id", example = "ofac-33634"),
        ("property" = String, Path, description = "a property of the entity, or one of others from its side", example = "unknownLinkFrom"),
        ("limit" = Option<u32>, Query, description = "most entities: 100, at most 500"),
        ("offset" = Option<u32>, Query, description = "entities to pass over"),
    ),
    responses(
        (status = 200, description = "The entities.", body = Adjacent),
        (status = 308, description = "The party has another id now."),
        (status = 404, description = "No list that is loaded has it."),
    ))]
pub(crate) async fn adjacent_by(
    State(state): State<AppState>,
    Path((id, property)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let serving = state.serving()?;
    let rest = format!("/adjacent/{}", encoded(&property));
    let work = move || {
        found(&serving, &id, &rest, query.as_deref().unwrap_or_default(), |register, place, params| {
            let (limit, offset) = page(params, PAGE)?;
            let (_, entity) = register.entity(place);
            let all: Nested<'_> = register.adjacent(place);
            let places = all.into_iter().find(|(name, _)| *name == property).map(|(_, places)| places);
            let places = places.unwrap_or_default();
            json_bytes(&Adjacent::page(register, &places, &entity.id, limit, offset))
        })
    };
    Ok(state.pool().run(Cost::Queries(1), work).await??.into_response())
}

impl Adjacent {
    fn page(register: Register<'_>, places: &[Place], beside: &str, limit: usize, offset: usize) -> Self {
        let shown = places.iter().skip(offset).take(limit);
        Self {
            results: shown.map(|place| register.shown(*place, beside)).collect(),
            total: Total::exactly(places.len()),
            limit,
            offset,
        }
    }
}

/// Looks an id up and shows what it means, or where it went.
fn found(
    serving: &Serving,
    id: &str,
    rest: &str,
    query: &str,
    show: impl Fn(Register<'_>, Place, &Params<'_>) -> Result<Vec<u8>, Problem>,
) -> Result<Found, Problem> {
    let register = Register::new(serving.library(), serving.directory());
    match register.find(id) {
        Some(Meant::Entity(place)) => Ok(Found::Body(show(register, place, &Params::parse(query))?)),
        Some(Meant::Moved(place)) => {
            let to = encoded(&register.entity(place).1.id);
            let query = if query.is_empty() { String::new() } else { format!("?{query}") };
            Ok(Found::Moved(format!("/entities/{to}{rest}{query}")))
        }
        None => Err(Problem::not_found("No such entity!")),
    }
}

/// Limit and offset; `length` is the limit where the client gives none.
pub(super) fn page(params: &Params<'_>, length: usize) -> Result<(usize, usize), Problem> {
    let number = |name, else_, most: usize| -> Result<usize, Problem> {
        let number = params.number(name).map_err(Problem::bad_request)?.unwrap_or(else_);
        if number > most {
            Err(Problem::bad_request(format!("{name} must be at most {most}")))
        } else {
            Ok(number)
        }
    };
    Ok((number("limit", length, MOST_RESULTS)?, number("offset", 0, FURTHEST)?))
}

/// A segment of a path.
fn encoded(segment: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~');
    let byte = |b: u8| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") };
    segment.bytes().map(byte).collect()
}

fn json_bytes(shape: &impl Serialize) -> Result<Vec<u8>, Problem> {
    serde_json::to_vec(shape).map_err(|_not_json| Problem::internal())
}
