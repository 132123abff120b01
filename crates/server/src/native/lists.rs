//! The lists that serve, their versions, what changed between these.

use std::time::{Duration, SystemTime};

use axum::Json;
use axum::extract::State;
use engine::{Installed, ScreenList, diff_lists, list_diff_to_json, versions_to_json};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use crate::body::{Name, Params};
use crate::openapi::ProblemObject;
use crate::pool::Cost;
use crate::problem::Problem;
use crate::serving::ListState;
use crate::state::AppState;

/// The lists that serve.
#[derive(Serialize, ToSchema)]
pub(crate) struct Lists {
    lists: Vec<ListObject>,
    /// Since when these serve.
    loaded_at: String,
    /// Why they are not the newest or not whole: they could not be read again, or rows of them could not.
    #[serde(skip_serializing_if = "Option::is_none")]
    trouble: Option<TroubleObject>,
}

/// Why lists could not be read again.
#[derive(Serialize, ToSchema)]
struct TroubleObject {
    at: String,
    reason: String,
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
    let of = state.clone();
    let read = move || -> Result<Lists, Problem> {
        // When a version came is known of installed lists alone.
        let installed = of.options().lists.installed().ok();
        let fetched = |name: &str| {
            let all = installed.as_ref().map(Installed::lists).unwrap_or_default();
            all.iter().find(|list| list.name == name).map(|list| list.activated.to_string())
        };
        let lists = serving.lists();
        let lists = lists.iter().map(|state| object(state, fetched(&state.list.source))).collect();
        let trouble = of.updates().trouble().map(|t| TroubleObject { at: t.at, reason: t.reason });
        Ok(Lists { lists, loaded_at: moment(serving.loaded()), trouble })
    };
    blocking(read).await.map(Json)
}

/// The versions of an installed list that ever served, the newest first.
#[utoipa::path(get, path = "/v1/lists/{name}/versions", tag = "lists",
    params(("name" = String, Path, description = "What the list is called where it is installed.")),
    responses((status = 200, description = "Its versions.", body = Value)))]
pub(crate) async fn versions(
    State(state): State<AppState>,
    Name(name): Name,
) -> Result<Json<Value>, Problem> {
    let read = move || -> Result<Value, Problem> {
        let installed = installed(&state, &name)?;
        versions_to_json(&installed, &name).ok_or_else(not_installed)
    };
    blocking(read).await.map(Json)
}

/// Which versions to compare.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(crate) struct DiffParams {
    /// The older: a day (2021-11-16), a moment, or `sha256:` and twelve digits.
    from: String,
    /// The newer; the one that serves now, where it is left out.
    to: Option<String>,
}

/// What changed between two versions of an installed list: who came, who went, who changed.
#[utoipa::path(get, path = "/v1/lists/{name}/diff", tag = "lists",
    params(("name" = String, Path, description = "What the list is called where it is installed."), DiffParams),
    responses((status = 200, description = "What `interdict lists diff --format json` prints.", body = Value)))]
pub(crate) async fn diff(
    State(state): State<AppState>,
    Name(name): Name,
    Params(params): Params<DiffParams>,
) -> Result<Json<Value>, Problem> {
    let of = state.clone();
    let read = move || -> Result<Value, Problem> {
        let installed = installed(&of, &name)?;
        let open = |when: &str| -> Result<ScreenList, Problem> {
            Ok(installed.list(&name, Some(&installed.moment(&name, when)?))?)
        };
        let old = open(&params.from)?;
        let new = match &params.to {
            Some(to) => open(to)?,
            None => installed.list(&name, None)?,
        };
        Ok(list_diff_to_json(&diff_lists(&old, &new), &old, &new))
    };
    state.pool().run(Cost::Long, read).await?.map(Json)
}

/// Has the lists read again. Those that serve go on serving until the others are ready; where they cannot be read, too.
#[utoipa::path(post, path = "/v1/lists/reload", tag = "lists", responses(
    (status = 200, description = "The lists that serve now.", body = Lists),
    (status = 503, description = "They could not be read: those before go on serving.", body = ProblemObject),
))]
pub(crate) async fn reload(State(state): State<AppState>) -> Result<Json<Lists>, Problem> {
    let asked = state.updates().ask().await;
    asked.map_err(|reason| Problem::unavailable(reason, AGAIN))?;
    lists(State(state)).await
}

/// How soon to try again what may have to be mended first.
const AGAIN: Duration = Duration::from_secs(60);

fn not_installed() -> Problem {
    Problem::not_found("no list of that name is installed; GET /v1/lists has those that serve")
}

/// The installed lists, where one has that name. A name is a word: it is never a path.
fn installed(state: &AppState, name: &str) -> Result<Installed, Problem> {
    if !engine::is_name(name) {
        return Err(not_installed());
    }
    let installed = state.options().lists.installed()?;
    if installed.knows(name) { Ok(installed) } else { Err(not_installed()) }
}

/// Work that waits for the disk.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await.map_err(|_panicked| Problem::internal())?
}

fn object(state: &ListState<'_>, fetched_at: Option<String>) -> ListObject {
    let list = state.list;
    ListObject {
        name: list.source.clone(),
        dataset: list.dataset.clone(),
        version: list.version.clone(),
        sha256: list.sha256.clone(),
        parties: list.entities.len(),
        // The time of a file is its copy's, and no authority's word.
        confirmed_at: fetched_at.as_ref().and_then(|_| list.modified.map(moment)),
        fetched_at,
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
