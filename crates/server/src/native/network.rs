//! Who stands behind: the network around a party, and companies that listed parties own.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use engine::networks::ownership::{Regime, Remainder, Terms};
use engine::{Network, NetworkAsked, NetworkShown, network_to_json};
use serde::Deserialize;
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::entities::nobody;
use crate::body::{Name, Params};
use crate::folder::Folder;
use crate::pool::Cost;
use crate::problem::Problem;
use crate::state::AppState;

/// The farthest that can be looked from a party.
const MOST_HOPS: u32 = 3;

/// Bytes of a file of owners.
const MOST_OWNERS: u64 = 64 << 20;

/// Whose rule on ownership and control.
#[derive(Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum RuleParam {
    #[default]
    Ofac,
    Uk,
    Eu,
}

impl From<RuleParam> for Terms {
    fn from(rule: RuleParam) -> Self {
        let regime = match rule {
            RuleParam::Ofac => Regime::Ofac,
            RuleParam::Uk => Regime::Uk,
            RuleParam::Eu => Regime::Eu,
        };
        Self { regime, as_of: None, remainder: Remainder::Others }
    }
}

/// How far to look, and under whose rule.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(crate) struct NetworkParams {
    /// How many relations away.
    #[param(minimum = 1, maximum = 3)]
    hops: Option<u32>,
    /// Whose rule on ownership and control: that of OFAC, where it is left out.
    #[param(inline)]
    rule: Option<RuleParam>,
}

/// The network around a listed party.
#[utoipa::path(get, path = "/v1/entities/{id}/network", tag = "entities",
    params(("id" = String, Path, description = "Such as ofac-26391."), NetworkParams),
    responses((status = 200, description = "What `interdict network ID --format json` prints.", body = Value)))]
pub(crate) async fn around(
    State(state): State<AppState>,
    Name(id): Name,
    Params(params): Params<NetworkParams>,
) -> Result<Json<Value>, Problem> {
    let hops = hops(params.hops)?;
    let terms = params.rule.unwrap_or_default().into();
    let serving = state.serving()?;
    let find = move || -> Result<Value, Problem> {
        let network = serving.network()?;
        let node = network.graph.node(&id).ok_or_else(nobody)?;
        Ok(shown(network, &NetworkAsked::Near(vec![node], hops), terms))
    };
    state.pool().run(Cost::Long, find).await?.map(Json)
}

/// Whom to look from, and what the body is.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(crate) struct OwnersParams {
    /// A party by its id or name, of the lists or of the file; all companies that are owned, where it is left out.
    party: Option<String>,
    /// How many relations away.
    #[param(minimum = 1, maximum = 3)]
    hops: Option<u32>,
    /// Whose rule on ownership and control: that of OFAC, where it is left out.
    #[param(inline)]
    rule: Option<RuleParam>,
    /// What the file is called: its ending says what it may be.
    name: Option<String>,
}

/// Who is owned by listed parties, by a table of owners (`owner,asset,percentage`), FollowTheMoney or BODS, with the proof.
#[utoipa::path(post, path = "/v1/network", tag = "entities", params(OwnersParams),
    request_body(content = String, content_type = "application/octet-stream", description = "The file's bytes, at most 64 MiB."),
    responses((status = 200, description = "What `interdict network FILE --format json` prints.", body = Value)))]
pub(crate) async fn with_owners(
    State(state): State<AppState>,
    Params(params): Params<OwnersParams>,
    body: Body,
) -> Result<Json<Value>, Problem> {
    let hops = hops(params.hops)?;
    let terms: Terms = params.rule.unwrap_or_default().into();
    let serving = state.serving()?;
    let folder = Folder::new(&state.options().folder)?;
    let name = params.name.unwrap_or_else(|| "owners.csv".to_owned());
    let (path, _) = folder.receive(body, &name, MOST_OWNERS, state.options().patience).await?;
    let find = move || -> Result<Value, Problem> {
        // The client knows its file by the name that it gave.
        let (ours, path) = (path.display().to_string(), [path]);
        let base = path[0].file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut network = Network::of(&serving.screening(), &path)
            .map_err(|e| Problem::from(e).renamed(&ours, &name).renamed(&base, &name))?;
        network.rename(&path[0], &name);
        let asked = match &params.party {
            Some(party) => NetworkAsked::Near(network.find(party, &serving.screening())?, hops),
            None => NetworkAsked::All,
        };
        let value = shown(&network, &asked, terms);
        drop(folder);
        Ok(value)
    };
    state.pool().run(Cost::Long, find).await?.map(Json)
}

fn hops(asked: Option<u32>) -> Result<u32, Problem> {
    let hops = asked.unwrap_or(1);
    if (1..=MOST_HOPS).contains(&hops) {
        Ok(hops)
    } else {
        Err(Problem::bad_request(format!("hops: between 1 and {MOST_HOPS}")))
    }
}

/// The part of a network that answers, as JSON.
pub(super) fn shown(network: &Network, asked: &NetworkAsked, terms: Terms) -> Value {
    let assessment = network.assess(terms);
    let around = asked.around(network, &assessment);
    network_to_json(&NetworkShown { network, assessment: &assessment, asked, around: &around })
}
