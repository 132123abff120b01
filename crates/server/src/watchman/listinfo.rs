//! `GET /v2/listinfo`: which lists serve, in which version.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use crate::problem::Problem;
use crate::state::AppState;
use crate::yente::{ALIASES, iso};

/// The answer of `/v2/listinfo`.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = WatchmanListInfo)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ListInfo {
    /// How many parties each list has.
    lists: BTreeMap<String, usize>,
    /// SHA-256 over the files of each list.
    list_hashes: BTreeMap<String, String>,
    /// When the lists that serve were loaded.
    started_at: String,
    ended_at: String,
    /// Of the program.
    version: &'static str,
}

/// The lists that serve, by Watchman's ids where it has one.
#[utoipa::path(get, path = "/v2/listinfo", tag = "watchman", responses((status = 200, description = "The lists.", body = ListInfo)))]
pub(crate) async fn listinfo(State(state): State<AppState>) -> Result<Json<ListInfo>, Problem> {
    let serving = state.serving()?;
    let loaded = format!("{}Z", iso(serving.loaded()));
    let mut info = ListInfo {
        lists: BTreeMap::new(),
        list_hashes: BTreeMap::new(),
        started_at: loaded.clone(),
        ended_at: loaded,
        version: env!("CARGO_PKG_VERSION"),
    };
    for list in serving.library().lists() {
        let alias = ALIASES.iter().find(|alias| alias.dataset == list.dataset);
        let name = alias.and_then(|alias| alias.watchman).unwrap_or(&list.dataset).to_owned();
        *info.lists.entry(name.clone()).or_default() += list.entities.len();
        info.list_hashes.insert(name, list.sha256.clone());
    }
    Ok(Json(info))
}
