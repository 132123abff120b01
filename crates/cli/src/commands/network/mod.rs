//! `interdict network`.

mod page;
mod text;

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use engine::networks::Node;
use engine::networks::ownership::{Assessment, Remainder, Terms};
use engine::{
    DEMO_COMPANY, EngineError, Network, NetworkAsked as Asked, NetworkShown as Shown, Screening, as_of_day,
    demo_network, network_to_csv, network_to_ftm, network_to_graphml, network_to_json, write_file,
};

use report::NetworkView;

use super::open::{open_lists, policy, unless_rows_failed};
use super::{SHOWN_FAILURES, note};
use crate::args::{Network as Args, NetworkFormat, Rule};
use crate::error::{CommandError, Status};

/// How far from a party to look, where it is not said.
const HOPS: u32 = 1;
/// The longest path to another party, where it is not said.
const LONGEST_PATH: u32 = 4;

/// Paths that are shown.
const PATHS: usize = engine::NETWORK_PATHS;

pub(super) fn run(args: &Args) -> Result<Status, CommandError> {
    if args.format.is_some() && args.output.as_deref().is_some_and(is_page) {
        return Err(EngineError::usage("--output FILE.html is a page, and no other form")
            .hint("leave out --format, or give the file another ending")
            .into());
    }
    let policy = policy(args.policy.as_deref())?;
    let terms = Terms {
        regime: args.rule.into(),
        as_of: args.as_of.as_deref().map(as_of_day).transpose()?,
        remainder: if args.unknown_owners { Remainder::Unknown } else { Remainder::Others },
    };
    let (files, parties) = files_and_parties(&args.what)?;
    let library = open_lists(&args.lists, None)?;
    let screening = library.under(&policy)?;
    let network =
        if files.is_empty() { Network::of_lists(&screening)? } else { Network::of(&screening, &files)? };
    let asked = asked(args, &parties, &network, &screening)?;
    let assessment = network.assess(terms);
    let around = asked.around(&network, &assessment);
    let shown = Shown { network: &network, assessment: &assessment, asked: &asked, around: &around };
    let page = args.output.as_deref().is_some_and(is_page);
    let text = match page {
        true => report::network_page(&page::of(&shown, &library)),
        false => written(&shown, args.format),
    };
    match &args.output {
        Some(path) => {
            let read: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
            write_file(path, text.as_bytes(), &read)?;
            let (parties, relations) = (around.parties.len(), around.relations.len());
            note(&format!("{}: {parties} parties, {relations} relations", path.display()));
        }
        None => std::io::stdout().lock().write_all(text.as_bytes())?,
    }
    let failed = say_problems(&network, &assessment);
    let status = if failed { Status::Partial } else { Status::Ran };
    Ok(unless_rows_failed(library.lists(), status))
}

/// The network of the embedded case, as a section of the page of `interdict demo` shows it.
pub(super) fn demo_view(screening: &Screening<'_>) -> Result<NetworkView, EngineError> {
    let network = demo_network(screening)?;
    let terms = Terms { regime: Rule::Ofac.into(), as_of: None, remainder: Remainder::Others };
    let assessment = network.assess(terms);
    let company: Vec<Node> = network.graph.node(DEMO_COMPANY).into_iter().collect();
    let around = network.graph.around(&company, HOPS);
    Ok(page::network(&assessment, &around, "The network of the parties of 18 November 2021", &company, &[]))
}

fn is_page(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("html") || e.eq_ignore_ascii_case("htm"))
}

/// Which arguments are files: those that are there, and those that cannot be anything else.
fn files_and_parties(what: &[String]) -> Result<(Vec<PathBuf>, Vec<&str>), EngineError> {
    const ENDINGS: [&str; 8] = ["csv", "tsv", "json", "jsonl", "ndjson", "ftm", "gz", "zip"];
    let (mut files, mut parties) = (Vec::new(), Vec::new());
    for text in what {
        let path = Path::new(text);
        let ending =
            path.extension().is_some_and(|e| ENDINGS.iter().any(|known| e.eq_ignore_ascii_case(known)));
        match path.is_file() {
            true => files.push(path.to_owned()),
            false if ending || text.contains('/') && path.is_dir() => {
                return Err(EngineError::input(format!("{text}: no such file"))
                    .hint("give the path of a file of owners or claims, or a party by its id or name"));
            }
            false => parties.push(text.as_str()),
        }
    }
    Ok((files, parties))
}

fn asked(
    args: &Args,
    parties: &[&str],
    network: &Network,
    screening: &Screening<'_>,
) -> Result<Asked, EngineError> {
    let found = |text: &str| network.find(text, screening);
    let Some(to) = &args.to else {
        if parties.is_empty() {
            return match args.hops {
                None => Ok(Asked::All),
                Some(_) => {
                    Err(EngineError::usage("--hops: from whom?").hint("name a party, by its id or name"))
                }
            };
        }
        let mut nodes = Vec::new();
        for party in parties {
            nodes.extend(found(party)?);
        }
        return Ok(Asked::Near(nodes, args.hops.unwrap_or(HOPS)));
    };
    let [from] = parties else {
        return Err(EngineError::usage("--to is from one party to another")
            .hint("interdict network ofac-33493 --to ofac-26391 --list sdn.csv"));
    };
    let one = |text: &str| -> Result<Node, EngineError> {
        match found(text)?[..] {
            [node] => Ok(node),
            ref several => {
                let ids: Vec<&str> =
                    several.iter().take(5).map(|node| &*network.graph.party(*node).entity.id).collect();
                Err(EngineError::input(format!("{} parties are {text}: {}", several.len(), ids.join(", ")))
                    .hint("give the id of the one that is meant"))
            }
        }
    };
    Ok(Asked::Between(one(from)?, one(to)?, args.hops.unwrap_or(LONGEST_PATH)))
}

fn written(shown: &Shown<'_>, format: Option<NetworkFormat>) -> String {
    let graph = &shown.network.graph;
    let machine = if std::io::stdout().is_terminal() { NetworkFormat::Table } else { NetworkFormat::Json };
    match format.unwrap_or(machine) {
        NetworkFormat::Table => text::of(shown),
        NetworkFormat::Json => format!("{:#}\n", network_to_json(shown)),
        NetworkFormat::Jsonl => format!("{}\n", network_to_json(shown)),
        NetworkFormat::Csv => network_to_csv(graph, &shown.around.relations),
        NetworkFormat::Graphml => network_to_graphml(shown.around, shown.assessment),
        NetworkFormat::Ftm => network_to_ftm(graph, shown.around),
    }
}

/// Names what could not be taken as it stands; whether anything of the files was left out.
fn say_problems(network: &Network, assessment: &Assessment<'_>) -> bool {
    network.warnings.iter().for_each(|warning| note(&format!("warning: {warning}")));
    let graph = &network.graph;
    let contradictions = assessment.contradictions();
    for found in contradictions.iter().take(SHOWN_FAILURES) {
        let rows: Vec<String> =
            found.relations.iter().take(6).map(|edge| graph.cite(&graph.relation(*edge).evidence)).collect();
        note(&format!("warning: {} ({})", found.what, rows.join("; ")));
    }
    if contradictions.len() > SHOWN_FAILURES {
        note(&format!("warning: {} more contradictions", contradictions.len() - SHOWN_FAILURES));
    }
    let problems: Vec<_> = network.problems().collect();
    for problem in problems.iter().take(SHOWN_FAILURES) {
        let line = problem.line.map(|line| format!(" line {line}")).unwrap_or_default();
        note(&format!("failed: {}{line}: {}", problem.source, problem.what));
    }
    if problems.len() > SHOWN_FAILURES {
        note(&format!("failed: {} more rows", problems.len() - SHOWN_FAILURES));
    }
    if !problems.is_empty() {
        note("  remedy: mend these rows; all others are taken");
    }
    !problems.is_empty()
}
