//! Whether anything that messages show of who sent them is a listed party's: `--list` of `campaign` and `intrusion`.

use engine::{Library, Policy, ScreenedTrace, Screening, Trace, screen_traces, screened_to_json};
use serde_json::Value;

use super::note;
use super::open::{open_lists, policy};
use crate::args::TraceArgs;
use crate::error::CommandError;
use crate::plain::plain;
use crate::table;

/// Traces without a result that a terminal names.
const SHOWN: usize = 20;

/// The lists to screen against, opened before anything long is done.
pub(super) struct Lists {
    library: Library,
    policy: Policy,
}

/// What came of screening.
pub(super) struct Screened {
    /// As the data outputs carry it: the traces, each with its results.
    pub(super) json: Value,
    /// For people: the results with their explanation, then who has none.
    pub(super) text: String,
    /// Whether there is any result.
    pub(super) hit: bool,
}

impl Lists {
    /// Opens what is named; `None`: nothing is.
    pub(super) fn open(args: &TraceArgs) -> Result<Option<Self>, CommandError> {
        if args.lists.is_empty() {
            return Ok(None);
        }
        let policy = policy(args.policy.as_deref())?;
        let library = open_lists(&args.lists, args.max_list_age.as_deref())?;
        Ok(Some(Self { library, policy }))
    }

    /// Screens traces.
    pub(super) fn screen(&self, traces: &[Trace]) -> Result<Screened, CommandError> {
        let screening = self.library.under(&self.policy)?;
        screening.warnings().iter().for_each(|warning| note(&format!("warning: {warning}")));
        let screened = screen_traces(traces, &screening);
        let hit = |one: &ScreenedTrace<'_>| one.answer().is_some_and(|answer| answer.total > 0);
        let (hits, others): (Vec<_>, Vec<_>) = screened.iter().partition(|one| hit(one));
        note(&format!("{} traces of senders screened, {} with a result", screened.len(), hits.len()));
        Ok(Screened {
            json: screened_to_json(&screened, &screening),
            text: text(&hits, &others, &screening),
            hit: !hits.is_empty(),
        })
    }

    /// The lists, so that rows of them that were not read decide the status.
    pub(super) fn library(&self) -> &Library {
        &self.library
    }
}

fn text(hits: &[&ScreenedTrace<'_>], others: &[&ScreenedTrace<'_>], screening: &Screening<'_>) -> String {
    let mut text = "\nwhat the senders show of themselves, screened\n".to_owned();
    for one in hits {
        if let Ok((query, answer)) = &one.asked {
            text += &format!("\n{}, in {} messages: ", one.trace.kind.name(), one.trace.messages);
            text += &table::answer(query, answer, screening);
        }
    }
    for one in others.iter().take(SHOWN) {
        let found = match &one.asked {
            Ok(_) => "no result".to_owned(),
            Err(error) => format!("not asked: {error}"),
        };
        let trace = one.trace;
        text += &format!(
            "   {:<7} {}  ({} messages): {}\n",
            trace.kind.name(),
            plain(&trace.value),
            trace.messages,
            plain(&found)
        );
    }
    if others.len() > SHOWN {
        text += &format!("   and {} more without a result\n", others.len() - SHOWN);
    }
    text + "   a sender writes what they like: a result is a reason to look, and no finding of who sent anything\n"
}
