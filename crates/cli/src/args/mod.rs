//! What can be typed. Meaning is given in `commands`.

mod campaign;
mod extract;
mod intrusion;
mod lists;
mod lists_diff;
mod network;
mod policy;
mod read;
mod rescreen;
mod serve;
mod validate;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub(crate) use campaign::Campaign;
pub(crate) use extract::{ExtractChild, ExtractText};
pub(crate) use intrusion::Intrusion;
pub(crate) use lists::{
    Add, Catalogue, Compile, Export, Join, Lists, ListsCommand, Log, Remove, Show, Taking, Update,
};
pub(crate) use lists_diff::ListsDiff;
pub(crate) use network::{Network, NetworkFormat, Rule};
pub(crate) use policy::{Check, Diff, Policy, PolicyCommand};
pub(crate) use read::Read;
pub(crate) use rescreen::Rescreen;
pub(crate) use serve::{KeyArgs, LogLevel, Serve, ServeCommand};
pub(crate) use validate::Validate;

/// Finds sanctioned parties in names and customer files, and says why.
///
/// Exit status: 0 ran, hits or not; 1 hits, with --fail-on-hit; 2 usage; 3 bad input or no list; 4 ran, but rows
/// or files failed.
#[derive(Debug, Parser)]
#[command(name = "interdict", version, max_term_width = 110, arg_required_else_help = true)]
pub(crate) struct Interdict {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Demo(Demo),
    Screen(Box<Screen>),
    Rescreen(Rescreen),
    Compare(Compare),
    Read(Read),
    Lists(Lists),
    Network(Network),
    Serve(Box<Serve>),
    Policy(Policy),
    Validate(Validate),
    #[command(name = "extract")]
    Extract(ExtractText),
    #[command(name = "extract-child")]
    ExtractChild(ExtractChild),
    Campaign(Campaign),
    Intrusion(Intrusion),
}

/// Runs the embedded case end to end, offline, and writes one HTML report.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  interdict demo
  interdict demo --output reports/case.html

Sixteen customers, some of them innocent look-alikes, are screened against the seven parties of OFAC's action of
18 November 2021. The embedded list never stands in for a real list.")]
pub(crate) struct Demo {
    /// Where the report goes
    #[arg(long, value_name = "FILE", default_value = "interdict-demo.html")]
    pub(crate) output: PathBuf,
}

/// Screens one name, the names on standard input, or a customer file against sanctions lists.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  interdict screen \"Mohammad Bagher Shirinkar\" --list sdn.csv
  interdict screen \"Hosein Zamani\" --schema Person --birth-date 1997-06-18 --country ir --list demo
  interdict screen --imo 9187629 --list sdn.csv
  interdict screen \"Reza Karimi\" --birth-date 1979 --explain ofac-26391 --list sdn.csv
  cut -f2 names.tsv | interdict screen - --list sdn.csv --format jsonl
  interdict screen --input customers.csv --output hits.jsonl --list sdn.csv --map name=Full_Name
  interdict screen --input customers.csv --output hits.jsonl --list sdn.csv --policy onboarding.toml
  interdict screen \"Mohammad Bagher Shirinkar\" --list ofac_sdn --as-of 2021-11-16

A list is a file as its authority publishes it: OFAC's sdn.csv or cons_prim.csv (alt.csv, add.csv and
sdn_comments.csv beside it are read with it), FollowTheMoney JSON lines, or a CSV of your own; also gzip and zip.
What `interdict lists compile` makes of them opens at once.
Without --list all installed lists are screened against: `interdict lists add ofac_sdn`.
`--list demo` is a small embedded case that never stands in for a real list.")]
pub(crate) struct Screen {
    /// The name; `-` reads names from standard input, one a line. Optional where an identifier is given
    pub(crate) name: Option<String>,

    /// A list: a path, an installed list, or `demo`. May be repeated [default: all that are installed]
    #[arg(long = "list", value_name = "NAME_OR_PATH")]
    pub(crate) lists: Vec<String>,

    /// Refuse to screen against a list older than this: 12h, 7d. An installed one is as old as its last confirmation
    #[arg(long, value_name = "AGE")]
    pub(crate) max_list_age: Option<String>,

    /// Screen against the versions of installed lists that served at the end of a day (UTC) or at a moment: 2021-11-16,
    /// 2021-11-16T14:00:00Z
    #[arg(long, value_name = "DATE", conflicts_with = "max_list_age")]
    pub(crate) as_of: Option<String>,

    /// A policy: a TOML file, or `default`. What is a match, by list and schema, and who is out of scope
    #[arg(long, value_name = "FILE")]
    pub(crate) policy: Option<PathBuf>,

    /// Who owns whom: a table owner,asset,percentage, FollowTheMoney, BODS, or what `interdict read` writes. Companies that listed
    /// parties own, or possibly own, are results too, with the proof. May be repeated
    #[arg(long, value_name = "FILE")]
    pub(crate) ownership: Vec<PathBuf>,

    /// Whose rule on ownership and control: ofac, uk or eu [default: ofac]
    #[arg(long, value_enum, requires = "ownership", hide_possible_values = true)]
    pub(crate) rule: Option<Rule>,

    #[command(flatten)]
    pub(crate) query: QueryArgs,

    /// Say of one listed party why it is a result or none: its id, such as ofac-26391
    #[arg(long, value_name = "ID", conflicts_with = "input")]
    pub(crate) explain: Option<String>,

    /// A file of customers: CSV, TSV or JSON lines of FtM entities, also gzip; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with = "name")]
    pub(crate) input: Option<PathBuf>,

    /// Where the results go as JSON lines; the receipt lies beside it as FILE.run.json
    #[arg(long, value_name = "FILE", requires = "input")]
    pub(crate) output: Option<PathBuf>,

    /// A column by another name: property=Column. May be repeated
    #[arg(long, value_name = "PROPERTY=COLUMN", requires = "input")]
    pub(crate) map: Vec<String>,

    /// `;` separates several values within a cell
    #[arg(long, requires = "input")]
    pub(crate) multi: bool,

    /// Lowest score that is returned [default: the policy's match threshold of each party, 0.7]. Scores never depend
    /// on it
    #[arg(long, value_name = "SCORE")]
    pub(crate) threshold: Option<String>,

    /// Most results for each query; ties with the last are kept [default: 10 for one name, none for a file]
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,

    /// Score every listed party without an index. Results are the same; it is the proof of them
    #[arg(long)]
    pub(crate) exhaustive: bool,

    /// Threads for a file [default: one a core]. Results are the same with any number
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<usize>,

    /// Say on standard error how long loading and screening took; of a file, stage by stage
    #[arg(long)]
    pub(crate) timings: bool,

    /// Exit with status 1 if there is any result
    #[arg(long)]
    pub(crate) fail_on_hit: bool,

    /// Output form [default: table on a terminal, json in a pipe (jsonl for several names)]
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,
}

/// What is known of the party, beside its name.
#[derive(Debug, Args)]
pub(crate) struct QueryArgs {
    /// FollowTheMoney schema: Person, Company, Organization, LegalEntity, Vessel, Airplane ...
    #[arg(long)]
    pub(crate) schema: Option<String>,

    /// Date of birth: 1979-09-21, 1979-09 or 1979; also Hijri and Solar Hijri (1358-06-30)
    #[arg(long, value_name = "DATE", conflicts_with = "input")]
    pub(crate) birth_date: Option<String>,

    /// Country or nationality: a code, a name or a demonym
    #[arg(long, conflicts_with = "input")]
    pub(crate) country: Option<String>,

    /// male or female
    #[arg(long, conflicts_with = "input")]
    pub(crate) gender: Option<String>,

    /// Town or country of birth
    #[arg(long, value_name = "PLACE", conflicts_with = "input")]
    pub(crate) birth_place: Option<String>,

    /// Address in one line
    #[arg(long, value_name = "LINE", conflicts_with = "input")]
    pub(crate) address: Vec<String>,

    /// Number of a passport, an identity card, a tax or company register
    #[arg(long = "id", value_name = "NUMBER", conflicts_with = "input")]
    pub(crate) id: Vec<String>,

    /// Digital currency address
    #[arg(long, value_name = "ADDRESS", conflicts_with = "input")]
    pub(crate) wallet: Vec<String>,

    /// IMO number of a vessel
    #[arg(long, value_name = "NUMBER", conflicts_with = "input")]
    pub(crate) imo: Vec<String>,

    /// E-mail address
    #[arg(long, value_name = "ADDRESS", conflicts_with = "input")]
    pub(crate) email: Vec<String>,

    /// Phone number
    #[arg(long, value_name = "NUMBER", conflicts_with = "input")]
    pub(crate) phone: Vec<String>,

    /// Website
    #[arg(long, value_name = "ADDRESS", conflicts_with = "input")]
    pub(crate) website: Vec<String>,
}

/// Compares two names, or a file of pairs, and shows the evidence.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  interdict compare \"Sayed Mohammad Hussein Kazemi\" \"KAZEMI, Seyyed Mohammad Hosein Musa\" --schema Person
  interdict compare --pairs pairs.csv --output scored.csv

The file has the columns name1, name2 and, if you like, schema; all its columns come back with score, bits, match.")]
pub(crate) struct Compare {
    /// The query's name
    #[arg(required_unless_present = "pairs")]
    pub(crate) a: Option<String>,

    /// The candidate's name
    #[arg(required_unless_present = "pairs")]
    pub(crate) b: Option<String>,

    /// FollowTheMoney schema of both
    #[arg(long)]
    pub(crate) schema: Option<String>,

    /// A CSV file of pairs
    #[arg(long, value_name = "FILE", conflicts_with_all = ["a", "b"])]
    pub(crate) pairs: Option<PathBuf>,

    /// Where the pairs go [default: standard output]
    #[arg(long, value_name = "FILE", requires = "pairs")]
    pub(crate) output: Option<PathBuf>,

    /// A policy: a TOML file, or `default`. Rules for a list do not hold here
    #[arg(long, value_name = "FILE")]
    pub(crate) policy: Option<PathBuf>,

    /// Output form for two names [default: table on a terminal, json in a pipe]
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,
}

/// How the rows of a file of customers are to be read.
#[derive(Debug, Args)]
pub(crate) struct RowArgs {
    /// A column by another name: property=Column. May be repeated
    #[arg(long, value_name = "PROPERTY=COLUMN")]
    pub(crate) map: Vec<String>,

    /// `;` separates several values within a cell
    #[arg(long)]
    pub(crate) multi: bool,

    /// FollowTheMoney schema of rows that name none
    #[arg(long)]
    pub(crate) schema: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Table,
    Json,
    Jsonl,
    Csv,
}
