//! The embedded case, whatever lists serve: what `interdict demo` shows.

use std::sync::OnceLock;

use axum::extract::State;
use engine::networks::ownership::{Regime, Remainder, Terms};
use engine::{
    DEMO_COMPANY, DEMO_REPORT, EngineError, Library, NetworkAsked, Policy, Request, Search, Texts,
    answer_to_json, demo_customers, demo_list, demo_network, demo_operation,
};
use serde_json::{Value, json};

use super::documents::with_text;
use super::network::shown;
use crate::body::JsonBytes;
use crate::pool::Cost;
use crate::problem::Problem;
use crate::state::AppState;

/// The embedded case of 18 November 2021: its network, a newspaper's account with who is named and what is claimed,
/// invented customers screened, and the chain of an invented operation from its web log to its mails. It never stands in for a real list.
#[utoipa::path(get, path = "/v1/case", tag = "case",
    responses((status = 200, description = "The case.", body = Value)))]
pub(crate) async fn case(State(state): State<AppState>) -> Result<JsonBytes, Problem> {
    // It is the same for everybody, and worked out for the first who asks.
    static CASE: OnceLock<Vec<u8>> = OnceLock::new();
    if let Some(case) = CASE.get() {
        return Ok(JsonBytes(case.clone()));
    }
    let case = state.pool().run(Cost::Long, embedded).await??.to_string().into_bytes();
    Ok(JsonBytes(CASE.get_or_init(|| case).clone()))
}

fn embedded() -> Result<Value, EngineError> {
    let library = Library::new(vec![demo_list()?])?;
    let screening = library.under(&Policy::default())?;
    let network = demo_network(&screening)?;
    let company = network.graph.node(DEMO_COMPANY).into_iter().collect();
    let terms = Terms { regime: Regime::Ofac, as_of: None, remainder: Remainder::Others };
    let texts = Texts::new(&screening);
    let damaged = |e: std::io::Error| EngineError::input(format!("the embedded report: {e}"));
    let read = texts.reader().read_stream("report.txt", DEMO_REPORT.as_bytes(), |_| {}).map_err(damaged)?;
    let report: Value = serde_json::from_slice(&with_text(&read, Some(DEMO_REPORT), &library))
        .map_err(|e| damaged(e.into()))?;
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
