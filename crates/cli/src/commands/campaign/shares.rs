//! Coordinated sharing: `interdict campaign --shares`.

use std::io::{BufWriter, Write};
use std::path::Path;

use engine::{
    EngineError, Output, SharingEdge, SharingNetwork, SharingSummary, edge_to_json, read_shares,
    summary_to_json,
};

use crate::args::{Campaign, Format};
use crate::commands::{format_of_file, format_or, note, say_failures};
use crate::error::{CommandError, Status};
use crate::plain::plain;
use crate::table::csv_line;

/// Edges that a terminal shows.
const SHOWN_EDGES: usize = 20;

/// The head of the CSV form.
const COLUMNS: [&str; 7] = [
    "account_id",
    "account_id_y",
    "weight",
    "avg_time_delta",
    "n_content_id",
    "n_content_id_y",
    "edge_symmetry_score",
];

pub(super) fn run(path: &Path, args: &Campaign) -> Result<Status, CommandError> {
    check(args)?;
    let format = match &args.output {
        Some(output) => format_of_file(args.format, output)?,
        None => format_or(args.format, Format::Json),
    };
    let mut file = args.output.as_deref().map(|output| Output::create(output, &[path])).transpose()?;
    let read = read_shares(path)?;
    let (rows, without_object) = (read.rows, read.shares.without_object());
    let network = read.shares.network(args.window, args.min_participation);
    let summary = network.summary(args.edge_quantile);
    {
        let mut stdout = BufWriter::new(std::io::stdout().lock());
        let out: &mut dyn Write = match &mut file {
            Some(file) => file,
            None => &mut stdout,
        };
        write(out, format, &network, &summary)?;
        out.flush()?;
    }
    file.map(Output::commit).transpose()?;
    say_failures(path, &read.failures, read.failed);
    let left_out = match without_object {
        0 => String::new(),
        n => format!(", {n} of them without an object"),
    };
    note(&format!("{rows} rows{left_out}, {} failed", read.failed));
    Ok(if read.failed == 0 { Status::Ran } else { Status::Partial })
}

fn check(args: &Campaign) -> Result<(), EngineError> {
    if !(args.window.is_finite() && args.window >= 0.0) {
        return Err(EngineError::usage(format!("--window {}: no number of seconds", args.window))
            .hint("how far apart two shares may be: --window 60"));
    }
    match args.edge_quantile {
        Some(quantile) if !(0.0..=1.0).contains(&quantile) => {
            Err(EngineError::usage(format!("--edge-quantile {quantile}: not from 0 to 1"))
                .hint("0.5 keeps the edges that weigh more than the median edge"))
        }
        _ => Ok(()),
    }
}

fn write(
    out: &mut dyn Write,
    format: Format,
    network: &SharingNetwork,
    summary: &SharingSummary,
) -> Result<(), CommandError> {
    let threshold = summary.weight_threshold;
    match format {
        Format::Json => writeln!(out, "{}", summary_to_json(summary))?,
        Format::Jsonl => network.each_edge(threshold, |edge| writeln!(out, "{}", edge_to_json(&edge)))?,
        Format::Csv => {
            writeln!(out, "{}", COLUMNS.join(","))?;
            network.each_edge(threshold, |edge| writeln!(out, "{}", csv_line(&cells(&edge))))?;
        }
        Format::Table => table(out, network, summary)?,
    }
    Ok(())
}

fn cells(edge: &SharingEdge<'_>) -> [String; 7] {
    [
        edge.account_id.to_owned(),
        edge.account_id_y.to_owned(),
        edge.weight.to_string(),
        edge.avg_time_delta.to_string(),
        edge.n_content_id.to_string(),
        edge.n_content_id_y.to_string(),
        edge.edge_symmetry_score.to_string(),
    ]
}

fn table(out: &mut dyn Write, network: &SharingNetwork, summary: &SharingSummary) -> std::io::Result<()> {
    writeln!(out, "{} pairs of shares", summary.pairs)?;
    let above = summary.weight_threshold.map(|weight| format!(" with a weight above {weight}"));
    let SharingSummary { accounts, edges, components, .. } = summary;
    let above = above.unwrap_or_default();
    writeln!(out, "{accounts} accounts, {edges} edges{above}, {components} components")?;
    for (weight, line) in heaviest(network, summary.weight_threshold) {
        writeln!(out, "{weight:>8}  {line}")?;
    }
    if *edges > SHOWN_EDGES as u64 {
        writeln!(
            out,
            "the {SHOWN_EDGES} heaviest of {edges} edges; --format jsonl tells all, with their messages"
        )?;
    }
    Ok(())
}

/// The heaviest edges, and what is to be said of each; of equal ones those that come first.
fn heaviest(network: &SharingNetwork, threshold: Option<f64>) -> Vec<(u64, String)> {
    let mut shown: Vec<(u64, String)> = Vec::new();
    let found: Result<(), std::convert::Infallible> = network.each_edge(threshold, |edge| {
        if shown.len() < SHOWN_EDGES || shown.last().is_some_and(|(least, _)| edge.weight > *least) {
            let at = shown.partition_point(|(weight, _)| *weight >= edge.weight);
            let line = format!(
                "{} - {}  {:.1} s apart, symmetry {:.2}, {} messages",
                plain(edge.account_id),
                plain(edge.account_id_y),
                edge.avg_time_delta,
                edge.edge_symmetry_score,
                edge.shares.len()
            );
            shown.insert(at, (edge.weight, line));
            shown.truncate(SHOWN_EDGES);
        }
        Ok(())
    });
    let Ok(()) = found;
    shown
}
