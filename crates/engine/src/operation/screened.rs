//! The last step of the chain: whether anything that an operation shows of itself is a listed party's.

use screen::{Answer, Request};
use serde_json::{Value, json};

use super::queries::Trace;
use crate::{EngineError, Query, Screening, Search, answer_to_json};

/// A trace and who on the lists it may be.
#[derive(Debug)]
pub struct ScreenedTrace<'t> {
    /// The trace.
    pub trace: &'t Trace,
    /// What was asked and found; or why it could not be asked: it could mean anybody (an example domain, an account that is
    /// a number).
    pub asked: Result<(Query, Answer), EngineError>,
}

impl ScreenedTrace<'_> {
    /// What was found, where it was asked.
    #[must_use]
    pub fn answer(&self) -> Option<&Answer> {
        self.asked.as_ref().ok().map(|(_, answer)| answer)
    }

    /// Whether a listed party matches it.
    #[must_use]
    pub fn is_match(&self) -> bool {
        self.answer().is_some_and(|answer| answer.hits.iter().any(|hit| hit.scored.matched))
    }

    /// As the commands write it: the trace with `total`, `truncated`, `results` of a line of `screen`, or with `error`.
    #[must_use]
    pub fn to_json(&self, screening: &Screening<'_>) -> Value {
        let mut value = self.trace.to_json();
        match &self.asked {
            Ok((query, answer)) => {
                let mut line = answer_to_json(query, answer, screening, false);
                for key in ["total", "truncated", "results"] {
                    value[key] = line[key].take();
                }
            }
            Err(error) => {
                value["error"] = json!(error.to_string());
                value["results"] = json!([]);
            }
        }
        value
    }
}

/// Listed parties that are named for one trace, as for one name by hand; those that tie with the last are kept.
const LISTED: usize = 10;

/// Screens traces, each by itself.
pub fn screen_traces<'t>(traces: &'t [Trace], screening: &Screening<'_>) -> Vec<ScreenedTrace<'t>> {
    let request = Request { threshold: None, limit: Some(LISTED) };
    let screened = |trace: &'t Trace| {
        let asked = trace.query().map(|query| {
            let answer = screening.screen(&query, request, Search::Indexed);
            (query, answer)
        });
        ScreenedTrace { trace, asked }
    };
    traces.iter().map(screened).collect()
}

/// The traces with what was found of each, as the commands write them.
#[must_use]
pub fn screened_to_json(screened: &[ScreenedTrace<'_>], screening: &Screening<'_>) -> Value {
    screened.iter().map(|one| one.to_json(screening)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TraceKind;

    #[test]
    fn traces_are_screened() {
        let library = crate::Library::new(vec![crate::demo_list().unwrap()]).unwrap();
        let policy = crate::Policy::default();
        let screening = library.under(&policy).unwrap();
        let trace =
            |kind, value: &str| Trace { kind, value: value.to_owned(), messages: 1, first: "m".to_owned() };
        let all = [
            trace(TraceKind::Name, "Emennet Pasargad"),
            trace(TraceKind::Name, "Garden Letter"),
            trace(TraceKind::Name, "---"),
        ];
        let found = screen_traces(&all, &screening);
        let ids: Vec<Option<usize>> =
            found.iter().map(|one| one.answer().map(|answer| answer.hits.len())).collect();
        assert_eq!(ids, [Some(1), Some(0), None]);
        assert_eq!(found.iter().filter(|one| one.is_match()).count(), 1);
        let json = screened_to_json(&found, &screening);
        assert_eq!(json[0]["results"][0]["id"], "ofac-33634");
        assert_eq!((&json[1]["total"], json[2]["error"].is_string()), (&json!(0), true), "{json}");
    }
}
