//! yente's routes, for clients that speak to it: [`match_route`], [`search_route`], [`entities_route`], [`catalog_route`].
//! `docs/drop-in.md` says what differs.

mod catalog_route;
mod datasets;
mod directory;
mod entities_route;
mod entity;
mod example;
mod facets;
mod filters;
mod match_route;
mod params;
mod scored;
mod search_route;
mod tables;
mod time;
mod words;

use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) use datasets::Selection;
pub(crate) use directory::{Directory, Meant, Register};
pub(crate) use example::Ordered;
pub(crate) use filters::Filters;
pub(crate) use params::Params;
pub(crate) use scored::{Cut, score, search};
pub(crate) use tables::ALIASES;
pub(crate) use time::iso;

use crate::guard::scope;
use crate::keys::Scope;
use crate::native::{MANY_QUERIES, in_time};
use crate::state::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    let screen = OpenApiRouter::new()
        .routes(routes!(match_route::match_examples))
        .routes(routes!(search_route::search_text))
        .route_layer(DefaultBodyLimit::max(MANY_QUERIES))
        .route_layer(from_fn(in_time))
        .route_layer(scope!(Scope::Screen));
    let read = OpenApiRouter::new()
        .routes(routes!(entities_route::entity))
        .routes(routes!(entities_route::adjacent))
        .routes(routes!(entities_route::adjacent_by))
        .routes(routes!(catalog_route::catalog))
        .routes(routes!(catalog_route::algorithms))
        .route_layer(scope!(Scope::Read));
    let admin = OpenApiRouter::new().routes(routes!(catalog_route::update)).route_layer(scope!(Scope::Admin));
    screen.merge(read).merge(admin)
}
