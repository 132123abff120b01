//! The API of our own.

mod case;
mod documents;
mod entities;
mod explain;
mod health;
mod job_results;
mod jobs;
mod lists;
mod network;
mod query;
mod screen;
mod stream;

use std::time::Duration;

use axum::extract::{DefaultBodyLimit, Request};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) use lists::moment;

use crate::guard::{Patience, scope};
use crate::keys::Scope;
use crate::problem::Problem;
use crate::state::AppState;

/// The longest body of one query, in bytes. The longest name that a list has takes less than a hundredth of it.
const ONE_QUERY: usize = 64 << 10;

/// The longest body of many queries.
const MANY_QUERIES: usize = 2 << 20;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    let screen = OpenApiRouter::new()
        .routes(routes!(screen::screen))
        .routes(routes!(explain::explain))
        .routes(routes!(explain::compare))
        .route_layer(DefaultBodyLimit::max(ONE_QUERY))
        .merge(
            OpenApiRouter::new()
                .routes(routes!(screen::many))
                .route_layer(DefaultBodyLimit::max(MANY_QUERIES)),
        )
        .route_layer(from_fn(in_time))
        // A stream takes as long as it takes; each of its pieces is timed.
        .merge(OpenApiRouter::new().routes(routes!(stream::stream)).route_layer(DefaultBodyLimit::disable()))
        .route_layer(scope!(Scope::Screen));
    let read = OpenApiRouter::new()
        .routes(routes!(lists::lists))
        .routes(routes!(lists::versions))
        .routes(routes!(lists::diff))
        .routes(routes!(entities::entity))
        .routes(routes!(network::around))
        .routes(routes!(network::with_owners))
        .routes(routes!(case::case))
        .route_layer(DefaultBodyLimit::disable())
        .route_layer(scope!(Scope::Read));
    let documents = OpenApiRouter::new()
        .routes(routes!(documents::read))
        .route_layer(DefaultBodyLimit::disable())
        .route_layer(scope!(Scope::Documents));
    let batch = OpenApiRouter::new()
        .routes(routes!(jobs::start))
        .routes(routes!(jobs::job, jobs::remove))
        .routes(routes!(jobs::events))
        .routes(routes!(job_results::results))
        .route_layer(DefaultBodyLimit::disable())
        .route_layer(scope!(Scope::Batch));
    let admin = OpenApiRouter::new().routes(routes!(lists::reload)).route_layer(scope!(Scope::Admin));
    let metrics = OpenApiRouter::new().routes(routes!(health::metrics)).route_layer(scope!(Scope::Metrics));
    let open = OpenApiRouter::new().routes(routes!(health::healthz)).routes(routes!(health::readyz));
    open.merge(screen).merge(read).merge(documents).merge(batch).merge(admin).merge(metrics)
}

/// Cuts off who takes too long to say what he wants.
async fn in_time(request: Request, next: Next) -> Response {
    let patience = request.extensions().get::<Patience>().map_or(Duration::MAX, |patience| patience.0);
    let answer = tokio::time::timeout(patience, next.run(request)).await;
    let slow = || Problem::new(StatusCode::REQUEST_TIMEOUT, "the request took too long to come");
    answer.unwrap_or_else(|_late| slow().into_response())
}
