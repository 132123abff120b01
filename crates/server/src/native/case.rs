//! The embedded case, whatever lists serve: what `interdict demo` shows.

use std::sync::OnceLock;

use axum::Json;
use axum::extract::State;
use engine::networks::ownership::{Regime, Remainder, Terms};
use engine::{
    DEMO_REPORT, EngineError, Library, NetworkAsked, Policy, Request, Search, Texts, answer_to_json,
    demo_customers, demo_list, demo_network, demo_operation, read_to_json,
};
use serde_json::{Value, json};

use super::network::shown;
use crate::pool::Cost;
use crate::problem::Problem;
use crate::state::AppState;

/// The company of the case: all its other parties are linked to it.
const COMPANY: &str = "ofac-33634";

/// The embedded case of 18 November 2021: its network, a newspaper's account with who is named and what is claimed,
/// invented customers screened, and the chain of an invented operation from its web log to its mails. It never stands in for a real list.
#[utoipa::path(get, path = "/v1/case", tag = "case",
    responses((status = 200, description = "The case.", body = Value)))]
pub(crate) async fn case(State(state): State<AppState>) -> Result<Json<Value>, Problem> {
    static CASE: OnceLock<Value> = OnceLock::new();
    let make = || -> Result<Value, Problem> {
        if let Some(case) = CASE.get() {
            return Ok(case.clone());
        }
        let case = embedded()?;
        Ok(CASE.get_or_init(|| case).clone())
    };
    state.pool().run(Cost::Long, make).await?.map(Json)
}

fn embedded() -> Result<Value, EngineError> {
    let library = Library::new(vec![demo_list()?])?;
    let screening = library.under(&Policy::default())?;
    let network = demo_network(&screening)?;
    let company = network.graph.node(COMPANY).into_iter().collect();
    let terms = Terms { regime: Regime::Ofac, as_of: None, remainder: Remainder::Others };
    let texts = Texts::new(&screening);
    let damaged = |e: std::io::Error| EngineError::input(format!("the embedded report: {e}"));
    let read = texts.reader().read_stream("report.txt", DEMO_REPORT.as_bytes(), |_| {}).map_err(damaged)?;
    let mut report = read_to_json(&read, &library);
    report["text"] = DEMO_REPORT.into();
    let customers: Vec<Value> = demo_customers()?
        .iter()
        .map(|query| {
            let answer = screening.screen(query, Request::default(), Search::Indexed);
            answer_to_json(query, &answer, &screening, true)
        })
        .collect();
    Ok(json!({
        "network": shown(&network, &NetworkAsked::Near(company, 1), terms),
        "report": report,
        "customers": customers,
        "chain": demo_operation(&screening, false)?,
    }))
}
