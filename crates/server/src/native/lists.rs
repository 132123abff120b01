//! The lists that serve.

use std::time::SystemTime;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::problem::Problem;
use crate::serving::ListState;
use crate::state::AppState;

/// The lists that serve.
#[derive(Serialize, ToSchema)]
pub(crate) struct Lists {
    lists: Vec<ListObject>,
}

/// A list that serves.
#[derive(Serialize, ToSchema)]
struct ListObject {
    /// What it is called where it is installed, or its path.
    name: String,
    /// Its FollowTheMoney dataset, which results carry.
    dataset: String,
    /// `sha256:` and twelve digits.
    version: String,
    sha256: String,
    /// How many parties it lists.
    parties: usize,
    /// When this version was made to serve; null, where that is not known.
    fetched_at: Option<String>,
    /// When it was last known to be the newest; null, where that is not known.
    confirmed_at: Option<String>,
    age_seconds: Option<u64>,
    /// Older than is allowed.
    stale: bool,
    /// What was asked for: a name or a path.
    source: String,
}

/// The lists that serve, each with its version and age.
#[utoipa::path(get, path = "/v1/lists", tag = "lists", responses((status = 200, description = "The lists.", body = Lists)))]
pub(crate) async fn lists(State(state): State<AppState>) -> Result<Json<Lists>, Problem> {
    let serving = state.serving()?;
    let lists = serving.lists().iter().map(|state| object(state)).collect();
    Ok(Json(Lists { lists }))
}

fn object(state: &ListState<'_>) -> ListObject {
    let list = state.list;
    ListObject {
        name: list.source.clone(),
        dataset: list.dataset.clone(),
        version: list.version.clone(),
        sha256: list.sha256.clone(),
        parties: list.entities.len(),
        fetched_at: None,
        confirmed_at: list.modified.map(moment),
        age_seconds: state.age.map(|age| age.as_secs()),
        stale: state.stale,
        source: list.source.clone(),
    }
}

/// A moment as ISO 8601, to the second.
pub(crate) fn moment(at: SystemTime) -> String {
    let seconds = at.duration_since(SystemTime::UNIX_EPOCH).map(|d| d.as_secs()).unwrap_or_default();
    let moment = i64::try_from(seconds).ok().and_then(|s| engine::Timestamp::from_second(s).ok());
    moment.map(|at| at.to_string()).unwrap_or_default()
}
