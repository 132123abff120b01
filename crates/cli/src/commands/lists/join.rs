//! `interdict lists join`.

use std::io::Write;
use std::path::Path;

use engine::{Cluster, EngineError, Joined, JoinedForm, Reason, ScreenList, one_decimal, resolve};

use crate::args::{Format, Join};
use crate::commands::open::{open_lists, unless_rows_failed};
use crate::commands::{format_or, note};
use crate::error::{CommandError, Status};
use crate::plain::plain;
use crate::waterfall::evidence;

/// Cuts named on standard error; JSON names all.
const SHOWN_CUTS: usize = 20;

pub(super) fn run(args: &Join) -> Result<Status, CommandError> {
    if args.format == Some(Format::Csv) {
        return Err(EngineError::usage("lists join has no CSV form").hint("use --format json").into());
    }
    let library = open_lists(&args.lists, None)?;
    let previous = args.previous.as_deref().map(ScreenList::open).transpose()?;
    let joined = library.join(previous.as_ref())?;
    if let Some(path) = &args.output {
        let form = if args.statements { JoinedForm::Statements } else { JoinedForm::Entities };
        joined.save(path, form)?;
    }
    let mut out = std::io::stdout().lock();
    let format = format_or(args.format, Format::Json);
    if let Some(id) = &args.explain {
        let cluster = resolve(id, joined.clusters()).ok_or_else(|| no_such_party(id))?;
        match format {
            Format::Json => writeln!(out, "{:#}", joined.explained_to_json(cluster))?,
            Format::Jsonl => writeln!(out, "{}", joined.explained_to_json(cluster))?,
            _ => out.write_all(explained(&joined, cluster).as_bytes())?,
        }
        return Ok(unless_rows_failed(library.lists(), Status::Ran));
    }
    summary(&joined, args.output.as_deref());
    match (args.format, format) {
        (None, _) if args.output.is_some() => {}
        (_, Format::Json) => writeln!(out, "{:#}", joined.to_json())?,
        (_, Format::Jsonl) => writeln!(out, "{}", joined.to_json())?,
        _ => out.write_all(table(&joined).as_bytes())?,
    }
    Ok(unless_rows_failed(library.lists(), Status::Ran))
}

fn no_such_party(id: &str) -> EngineError {
    EngineError::input(format!("no listing and no joined party has the id {id}"))
        .hint("ids stand in square brackets in results, such as ofac-26391; see that its list is named")
}

/// Figures, on standard error.
fn summary(joined: &Joined<'_>, output: Option<&Path>) {
    let listings: usize = joined.by_size().iter().map(|(size, count)| size * count).sum();
    let parties = joined.clusters().all().len();
    note(&format!("{listings} listings of {parties} parties"));
    for (size, count) in joined.by_size() {
        let listings = if size == 1 { "listing" } else { "listings" };
        note(&format!("  {count:>8} with {size} {listings}"));
    }
    let reasons = joined.by_reason();
    for (reason, says) in [
        (Reason::UnReference, "the UN's reference"),
        (Reason::Referent, "an id that one names of the other"),
        (Reason::Identifier, "an identifier"),
        (Reason::Evidence, "names and attributes"),
    ] {
        note(&format!("  {:>8} pairs by {says}", reasons.get(&reason).copied().unwrap_or(0)));
    }
    for cut in joined.cuts().iter().take(SHOWN_CUTS) {
        let edge = &joined.edges()[cut.edge];
        let (a, b) = (joined.party(edge.a).1, joined.party(edge.b).1);
        let by = format!("{} {}", edge.reason.name(), edge.by);
        note(&format!("cut: {} and {} ({by}): {}", a.id, b.id, cut.because));
    }
    if joined.cuts().len() > SHOWN_CUTS {
        note(&format!("cut: {} more; --format json names all", joined.cuts().len() - SHOWN_CUTS));
    }
    if let Some(path) = output {
        note(&format!("{} written", path.display()));
    }
}

/// A line for each party that has several listings.
fn table(joined: &Joined<'_>) -> String {
    let several = joined.clusters().all().iter().filter(|cluster| cluster.members.len() > 1);
    several.map(|cluster| head(joined, cluster) + "\n").collect()
}

fn head(joined: &Joined<'_>, cluster: &Cluster) -> String {
    let ids: Vec<&str> = cluster.members.iter().map(|member| &*joined.party(*member).1.id).collect();
    let caption = cluster.members.first().map_or("", |first| joined.party(*first).1.caption());
    format!("{}  [{}]", plain(caption), plain(&ids.join(", ")))
}

/// One joined party: its listings, and the evidence of each edge.
fn explained(joined: &Joined<'_>, cluster: &Cluster) -> String {
    let mut text = head(joined, cluster) + "\n";
    for member in &cluster.members {
        let (list, entity) = joined.party(*member);
        let (id, caption) = (plain(&entity.id), plain(entity.caption()));
        text +=
            &format!("   {id}  {caption}  {} on {} {}\n", entity.schema, plain(&list.dataset), list.version);
    }
    for edge in joined.edges_of(cluster) {
        let (a, b) = (joined.party(edge.a).1, joined.party(edge.b).1);
        let by = format!("{} ({})", edge.reason.name(), plain(&edge.by));
        let bits = one_decimal(edge.bits());
        text += &format!("\n{} and {}: {by}, {bits} bits\n", plain(&b.id), plain(&a.id));
        text += &edge.scored.as_ref().map(evidence).unwrap_or_default();
    }
    for (edge, cut) in joined.cuts_of(cluster) {
        let (a, b) = (joined.party(edge.a).1, joined.party(edge.b).1);
        let by = format!("{} ({})", edge.reason.name(), plain(&edge.by));
        text += &format!("\nnot joined: {} and {}, {by}: {}\n", plain(&b.id), plain(&a.id), cut.because);
    }
    text
}
