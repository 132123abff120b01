//! `interdict demo`.

use std::io::Write;

use engine::{
    Answer, DEMO_REPORT, EngineError, Library, Policy, Query, Request, Score, Screening, Search, Texts,
    answer_to_json, demo_customers, demo_list,
};
use report::{Cleared, DocumentView, Hit, OperationView, ScreeningReport, screening_page};

use super::note;

use crate::args::Demo;
use crate::error::{CommandError, Status};
use crate::{document_view, operation_view, table, view};

const TITLE: &str = "The case of 18 November 2021, screened";

const INTRODUCTION: [&str; 2] = [
    "On 18 November 2021 OFAC designated six Iranian nationals and the company Emennet Pasargad under Executive Order \
     13848, for an operation that used stolen voter data to intimidate voters before the United States election of \
     2020. The company had been designated in February 2019 under its former name, and so had its manager.",
    "This report follows an operation of that kind on invented evidence: from a web log to the records that left, to the \
     mails that used them, to what the senders show of themselves, and no further. That the designated parties stood behind the \
     operation of 2020 is the word of the authorities, which is cited. \
     It then screens sixteen invented customers against those listings. Eight are the listed parties under the \
     spellings of the press; the others are innocent people and firms, several of whom look like a listed party.",
];

const NOTICE: &str = "This is the embedded demonstration list. It holds the parties of one case only and never stands \
                      in for a real list: do not clear or hold anybody by it.";

pub(crate) fn run(args: &Demo) -> Result<Status, CommandError> {
    let library = Library::new(vec![demo_list()?])?;
    let screening = library.under(&Policy::default())?;
    let customers = demo_customers()?;
    let screen = |customer: &Query, threshold| {
        let request = Request { threshold, limit: None };
        screening.screen(customer, request, Search::Indexed)
    };
    let answers: Vec<Answer> = customers.iter().map(|c| screen(c, None)).collect();
    let mut report = frame(&screening);
    report.operation = Some(operation_view::demo(&screening)?);
    report.network = Some(super::network::demo_view(&screening)?);
    report.documents.push(newspaper(&screening)?);
    for (customer, answer) in customers.iter().zip(&answers) {
        let row = view::customer(customer.entity());
        let matches = answer.hits.iter().filter(|hit| hit.scored.matched);
        report
            .hits
            .extend(matches.map(|hit| Hit { customer: row.clone(), party: view::nearest(hit, &library) }));
        if !answer.hits.iter().any(|hit| hit.scored.matched) {
            // Any agreement at all: however far the nearest listed party is, the page says what tells the two apart.
            let wider = screen(customer, Some(Score::default()));
            let nearest = wider.hits.first().map(|hit| view::nearest(hit, &library));
            report.cleared.push(Cleared { customer: row.clone(), nearest });
        }
        report.customers.push(row);
    }
    let page = screening_page(&report);
    // `-` is standard output, as with every command: the page alone, and what people read beside it on standard error.
    if args.output.as_os_str() == "-" {
        std::io::stdout().lock().write_all(page.as_bytes())?;
        note(NOTICE);
        return Ok(Status::Ran);
    }
    std::fs::write(&args.output, page).map_err(|e| {
        EngineError::input(format!("{} cannot be written: {e}", args.output.display()))
            .hint("name a file in a folder that is there: --output demo.html")
    })?;
    let lines: Vec<u8> = customers
        .iter()
        .zip(&answers)
        .flat_map(|(c, a)| format!("{}\n", answer_to_json(c, a, &screening, false)).into_bytes())
        .collect();
    let mut out = std::io::stdout().lock();
    out.write_all(table::batch(&lines).as_bytes())?;
    if let Some(operation) = &report.operation {
        out.write_all(told(operation).as_bytes())?;
    }
    let clear = report.cleared.len();
    writeln!(
        out,
        "\n{} customers: {} with a match, {clear} clear. {NOTICE}\nreport: {}",
        customers.len(),
        customers.len() - clear,
        args.output.display()
    )?;
    Ok(Status::Ran)
}

/// The chain before the screening, in a few lines.
fn told(operation: &OperationView) -> String {
    let mut text = format!(
        "\nthe embedded operation (invented): {} incidents in {} lines of {}; {} of {} records came back\n",
        operation.incidents.len(),
        operation.log.lines,
        operation.log.name,
        operation.exposed,
        operation.records
    );
    for mailing in &operation.mailings {
        let from = mailing.senders.first().map_or("", String::as_str);
        text += &format!("  {} copies from {from}: {}\n", mailing.copies, mailing.source.reason);
    }
    let listed = operation.traces.iter().filter(|trace| !trace.matches.is_empty()).count();
    text += &format!("  {} traces of the senders screened: {listed} on the list\n", operation.traces.len());
    text + "  no find here leads from the operation to the parties: that step is the authorities\u{2019} word, which the report cites\n"
}

/// The embedded newspaper article, read against the embedded list.
fn newspaper(screening: &Screening<'_>) -> Result<DocumentView, CommandError> {
    let texts = Texts::new(screening);
    let mut reader = texts.reader();
    let read = reader.read_stream("report.txt", DEMO_REPORT.as_bytes(), |_| {})?;
    Ok(document_view::document(&read, DEMO_REPORT, &[], &reader))
}

/// The report without its customers.
fn frame(screening: &Screening<'_>) -> ScreeningReport {
    let policy = screening.policy();
    ScreeningReport {
        title: TITLE.to_owned(),
        introduction: INTRODUCTION.map(str::to_owned).into(),
        notice: Some(NOTICE.to_owned()),
        match_threshold: i32::from(policy.default.match_threshold.ten_thousandths()),
        lists: screening.library().lists().iter().map(view::list).collect(),
        provenance: view::provenance(policy),
        ..ScreeningReport::default()
    }
}
