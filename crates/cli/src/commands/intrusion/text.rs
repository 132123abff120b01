//! The findings for people.

use std::io;

use engine::{Incident, LogReport, Scrape, time_to_string};

use crate::plain::plain;

/// Addresses, agents, records and lines that are named; JSON names all.
const SHOWN: usize = 5;

/// The findings as text. Records are victims' data, and named only where that is asked for.
pub(super) fn findings(report: &LogReport, reveal: bool) -> io::Result<String> {
    let findings = &report.findings;
    let files: Vec<String> = report.files.iter().map(|f| plain(&f.path.display().to_string())).collect();
    let mut text = format!(
        "{}: {} lines, {} requests, {} malformed\n",
        files.join(", "),
        findings.lines,
        findings.requests,
        findings.malformed
    );
    for (number, one) in findings.incidents.iter().enumerate() {
        text += &incident(number + 1, one, reveal)?;
    }
    if findings.incidents.is_empty() {
        text += "no incident\n";
    }
    for aside in &findings.set_aside {
        text += &format!(
            "\nset aside: {} requests to {} for {} ids, by {} from {}: {}\n",
            aside.requests,
            plain(&aside.endpoint),
            aside.asked,
            some(&aside.agents),
            some(&aside.addresses),
            aside.reason
        );
    }
    Ok(text)
}

fn incident(number: usize, incident: &Incident, reveal: bool) -> io::Result<String> {
    let mut text = format!(
        "\n{number}. {}  {} to {}  {}\n",
        incident.kind,
        time_to_string(incident.first),
        time_to_string(incident.last),
        counted(incident.requests, "request"),
    );
    if let Some(scrape) = &incident.scrape {
        text += &how(scrape);
    }
    text += &format!("   from: {}\n", some(&incident.addresses));
    text += &format!("   as: {}\n", some(&incident.agents));
    if let Some(scrape) = &incident.scrape {
        let named = match (reveal, incident.records.is_empty()) {
            (_, true) => String::new(),
            (true, false) => {
                let first: Vec<_> = incident.records.iter().take(SHOWN).collect::<io::Result<_>>()?;
                format!(": {}", some_of(&first, incident.records.len()))
            }
            (false, false) => "; --reveal names them".to_owned(),
        };
        text += &format!(
            "   records returned: {} of {} asked for{named}\n",
            incident.records.len(),
            scrape.asked
        );
    }
    for reason in &incident.why {
        let bits = if reason.bits == 0.0 { String::new() } else { format!("{:+5.1} bits  ", reason.bits) };
        text += &format!("   {bits}{}\n", plain(&reason.why));
    }
    let lines: Vec<String> = incident.evidence.iter().map(ToString::to_string).collect();
    Ok(text + &format!("   lines: {}\n", some(&lines)))
}

/// In what order and from where records were asked for.
pub(crate) fn manner(scrape: &Scrape) -> String {
    let order = match scrape.order {
        "none" => "in no order".to_owned(),
        order => format!("{order} ids"),
    };
    let spread = match scrape.spread {
        "address" => "one address",
        "block" => "one network",
        "agent" => "one program from many networks",
        _ => "many networks and programs",
    };
    format!("{order}, {spread}")
}

fn how(scrape: &Scrape) -> String {
    let mut text = format!(
        "   what: {}, {}, {:.2} requests a second\n",
        plain(&scrape.endpoint),
        manner(scrape),
        scrape.rate
    );
    if let Some(sizes) = &scrape.not_found {
        text += &format!("   answers of {sizes} bytes say \"not found\", though their status is 200\n");
    }
    text
}

/// The first few, and how many there are.
fn some(all: &[String]) -> String {
    some_of(all, all.len())
}

/// The same of so many, of which the first are known.
fn some_of(first: &[impl AsRef<str>], all: usize) -> String {
    let first = first.iter().take(SHOWN).map(AsRef::as_ref);
    let shown: Vec<String> = first.map(|one| plain(if one.is_empty() { "-" } else { one })).collect();
    let more = all - shown.len();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    shown.join(", ") + &more
}

fn counted(n: u64, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}
