//! What logs, messages and records come to together: `--messages`, `--records`, `--public`.

use std::hash::{BuildHasher, RandomState};
use std::path::Path;

use engine::{
    EngineError, Findings, MessagesRead, Moment, OperationEvidence, OperationReport, People, Salt,
    SourceVerdict, doubts_of_messages, operation, read_messages, read_people,
};

use crate::args::Intrusion;
use crate::commands::{SHOWN_FAILURES, note};
use crate::error::CommandError;
use crate::plain::plain;

/// Recipients, traces and the like that a terminal shows of each list; JSON has all.
const SHOWN: usize = 5;

/// Messages and tables, read.
pub(super) struct Sources {
    messages: MessagesRead,
    table: People,
    public: Option<People>,
    /// Rows and messages that could not be read.
    pub(super) failed: u64,
}

impl Sources {
    /// Reads what the flags name; `None`: they name nothing.
    pub(super) fn read(args: &Intrusion) -> Result<Option<Self>, CommandError> {
        let Some(records) = args.records.as_deref().filter(|_| !args.messages.is_empty()) else {
            return Ok(None);
        };
        let (salt, mut failed) = (salt(), 0);
        let mut people = |path: &Path| -> Result<People, EngineError> {
            let read = read_people(path, &salt)?;
            for (line, reason) in read.failures.iter().take(SHOWN_FAILURES) {
                note(&format!("failed: {} line {line}: {reason}", path.display()));
            }
            failed += read.failed;
            if read.people.is_empty() {
                return Err(EngineError::input(format!("{} holds no record", path.display()))
                    .hint("give the table of the site as CSV: id,name,street,town"));
            }
            Ok(read.people)
        };
        let table = people(records)?;
        let public = args.public.as_deref().map(people).transpose()?;
        let messages = read_messages(&args.messages)?;
        for (file, _, reason) in messages.failures.iter().take(SHOWN_FAILURES) {
            note(&format!("failed: {file}: {reason}"));
        }
        doubts_of_messages(&messages).iter().for_each(|doubt| note(&format!("warning: {doubt}")));
        let failed = failed + messages.failed;
        Ok(Some(Self { messages, table, public, failed }))
    }

    /// The operation that they and the logs show.
    pub(super) fn operation<'a>(
        &'a self,
        findings: &'a Findings,
    ) -> Result<OperationReport<'a>, EngineError> {
        let report = operation(OperationEvidence {
            findings,
            messages: &self.messages.messages,
            table: &self.table,
            public: self.public.as_ref(),
        })?;
        let unknown = report.operation.unknown_ids;
        if unknown > 0 {
            note(&format!("warning: the table of records lacks {unknown} ids whose record was returned"));
        }
        Ok(report)
    }
}

/// Sixteen bytes that the system's own seeds of hash tables give: the hashes are of no use after the run.
fn salt() -> Salt {
    let random = || RandomState::new().hash_one(0_u8).to_le_bytes();
    Salt::new(&[random(), random()].concat())
}

/// The operation for people. Its recipients are victims, and named only where that is asked for. `name_traces`: what could be
/// screened, where nothing was.
pub(super) fn as_text(report: &OperationReport<'_>, reveal: bool, name_traces: bool) -> String {
    let operation = &report.operation;
    let mut text = format!("\nrecords exposed: {}\n", operation.exposed);
    for (number, mailing) in operation.mailings.iter().enumerate() {
        let weight = &mailing.weight;
        let told = weight.verdict == SourceVerdict::DrawnFromExposed;
        text += &format!(
            "\nmailing {}: {} messages  {}\n   {}\n",
            number + 1,
            mailing.recipients.len(),
            if told { "DRAWN FROM EXPOSED RECORDS" } else { "source not distinguishable" },
            weight.reason
        );
        for other in weight.alternatives.iter().filter(|_| weight.tally.linked > 0) {
            text += &format!(
                "   against {:<22} base rate {:.4}  log10 ratio {:>8.2}\n",
                other.name, other.base_rate, other.log10_ratio
            );
        }
        let template = report.templates.get(number);
        let shown = template.filter(|_| !reveal).map(|template| template.shown_text(report.messages));
        let shown = shown.unwrap_or_else(|| mailing.template.clone());
        let words: Vec<&str> = shown.split_whitespace().take(16).collect();
        text += &format!("   {}\n", plain(&words.join(" ")));
        if told {
            text += &recipients(report, &mailing.recipients, reveal);
        }
    }
    if operation.mailings.is_empty() {
        text += "no mailing\n";
    }
    text += "\ntimeline\n";
    for moment in &report.timeline {
        text += &line(moment);
    }
    if name_traces && !report.traces.is_empty() {
        text += "\nto be screened (--list)\n";
        for trace in report.traces.iter().take(SHOWN * 4) {
            text += &format!(
                "   {:<7} {}  ({} messages)\n",
                trace.kind.name(),
                plain(&trace.value),
                trace.messages
            );
        }
        if report.traces.len() > SHOWN * 4 {
            text += &format!("   and {} more\n", report.traces.len() - SHOWN * 4);
        }
    }
    text
}

fn recipients(report: &OperationReport<'_>, recipients: &[engine::Recipient], reveal: bool) -> String {
    let table = report.exposure.table();
    let linked: Vec<u32> = recipients.iter().filter_map(|r| r.link.records().first().copied()).collect();
    let name = |record: &u32| {
        if reveal {
            plain(table.id(*record))
        } else {
            table.pseudonym(*record).map(|key| key.to_string()).unwrap_or_default()
        }
    };
    let named: Vec<String> = linked.iter().take(SHOWN).map(name).collect();
    let more = linked.len().saturating_sub(SHOWN);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let hint = if reveal { "" } else { "; --reveal names their records" };
    format!("   recipients: {}{more}{hint}\n", named.join(", "))
}

fn line(moment: &Moment) -> String {
    let since = moment.hours_since.map_or(String::new(), |hours| format!("{hours:+.1} h"));
    let event = &moment.event;
    format!(
        "   {}  {since:>9}  {:<14} {} ({})\n",
        event.at,
        event.kind.name(),
        plain(&event.what),
        event.count
    )
}
