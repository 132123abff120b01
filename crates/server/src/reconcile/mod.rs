//! OpenRefine's reconciliation (Reconciliation Service API 0.2): names in a table, matched to listed parties.

mod extend;
mod manifest;
mod query;
mod route;
mod suggest;
mod types;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(route::manifest, route::answer))
        .routes(routes!(suggest::entity))
        .routes(routes!(suggest::property))
        .routes(routes!(suggest::kind))
        .routes(routes!(suggest::to_extend))
}
