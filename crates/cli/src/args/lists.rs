//! What can be typed after `interdict lists`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{Format, ListsDiff};

/// Installs, updates, looks into, compares and compiles lists.
#[derive(Debug, Args)]
pub(crate) struct Lists {
    #[command(subcommand)]
    pub(crate) command: ListsCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ListsCommand {
    Catalogue(Catalogue),
    Add(Add),
    Update(Update),
    Remove(Remove),
    Log(Log),
    Show(Show),
    Diff(ListsDiff),
    Compile(Compile),
    Export(Export),
    Join(Join),
}

/// Names the lists that authorities publish: which are installed, and how old they are.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  interdict lists catalogue
  interdict lists catalogue --programmes
  interdict lists catalogue --format json | jq '.programmes[] | select(.tag == \"ELECTION-EO13848\")'")]
pub(crate) struct Catalogue {
    /// Explain the programmes by which parties are listed, with their legal basis, instead
    #[arg(long)]
    pub(crate) programmes: bool,

    /// Output form [default: table on a terminal, json in a pipe]
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,
}

/// Installs a list: takes it from its authority, or from elsewhere, and screens against it from now on.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  interdict lists add ofac_sdn
  interdict lists add un_sc --from /media/usb/consolidated.xml
  interdict lists add ofac_sdn --from /media/usb/lists
  interdict lists add group_watch --from https://intranet.example/watch.csv --ca-file intranet.pem
  interdict lists add ofac_sdn --from https://a.example/sdn.csv --from https://a.example/alt.csv

What comes is read before it serves. A list that cannot be read, is much smaller than the last
or has many rows that cannot be read is kept in quarantine, status 4. A path that is given alone
is read with its siblings; a folder is searched for the list's main file.")]
pub(crate) struct Add {
    /// A name of the catalogue, or one of your own: small letters, digits, _ and -
    #[arg(value_name = "NAME")]
    pub(crate) list: String,

    /// An address, a file or a folder [default: its address in the catalogue]. May be repeated for its other files
    #[arg(long, value_name = "ADDRESS_OR_PATH")]
    pub(crate) from: Vec<String>,

    #[command(flatten)]
    pub(crate) taking: Taking,

    /// Output form [default: table on a terminal, json in a pipe]
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,
}

/// Updates installed lists. The last good version serves until a new one was read.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  interdict lists update
  interdict lists update ofac_sdn un_sc
  interdict lists update ofac_sdn --allow-shrink 40
  interdict lists update --watch --every 1h

Exit status 4: a list could not be fetched or is in quarantine; it is named, and the others are
updated. HTTPS_PROXY, ALL_PROXY and NO_PROXY are heeded.")]
pub(crate) struct Update {
    /// Names of installed lists [default: all]
    #[arg(value_name = "NAME")]
    pub(crate) lists: Vec<String>,

    /// Update again and again, until the program is told to end
    #[arg(long)]
    pub(crate) watch: bool,

    /// How long to wait between two updates, more or less: 30m, 1h, 1d
    #[arg(long, value_name = "TIME", default_value = "1h", requires = "watch")]
    pub(crate) every: String,

    #[command(flatten)]
    pub(crate) taking: Taking,

    /// Output form [default: table on a terminal, json in a pipe (jsonl with --watch)]
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,
}

/// How lists are taken, and which are not.
#[derive(Debug, Args)]
pub(crate) struct Taking {
    /// How many percent fewer parties or names than the last version a list may have
    #[arg(long, value_name = "PERCENT", default_value_t = 10.0)]
    pub(crate) allow_shrink: f64,

    /// How many percent of its rows may be unreadable
    #[arg(long, value_name = "PERCENT", default_value_t = 1.0)]
    pub(crate) allow_skipped: f64,

    /// Trust the certificates in this file (PEM), and no others
    #[arg(long, value_name = "FILE")]
    pub(crate) ca_file: Option<PathBuf>,

    /// How long a server may be silent
    #[arg(long, value_name = "TIME", default_value = "30s")]
    pub(crate) timeout: String,

    /// How often to try again where a server fails; each time after twice the pause
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub(crate) retries: u32,
}

/// Screens against an installed list no more. Its versions and its log are kept.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  interdict lists remove group_watch")]
pub(crate) struct Remove {
    /// An installed list
    #[arg(value_name = "NAME")]
    pub(crate) list: String,
}

/// Says what served when: each version with its hash, from where it came, who made it serve; and what failed.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  interdict lists log
  interdict lists log ofac_sdn
  interdict lists log ofac_sdn --format jsonl | jq 'select(.event == \"activated\")'")]
pub(crate) struct Log {
    /// A list [default: all]
    #[arg(value_name = "NAME")]
    pub(crate) list: Option<String>,

    /// Output form [default: table on a terminal, jsonl in a pipe]
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,
}

/// Says what a list file holds, and what in it was not understood.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  interdict lists show sdn.csv
  interdict lists show sdn.csv --format json | jq .entities
  interdict lists show ofac_sdn
  interdict lists show demo")]
pub(crate) struct Show {
    /// A path, an installed list, or `demo`
    pub(crate) list: String,

    /// Output form [default: table on a terminal, json in a pipe]
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,
}

/// Compiles lists to one file that opens in milliseconds. It serves this version of the program; any other refuses it and
/// reads the list again.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  interdict lists compile sdn.csv --output sdn.idx
  interdict screen 'Mohammad Baqer Shirinkar' --list sdn.idx
  interdict lists compile sdn.csv un.jsonl --output all.idx

The file holds the parties, their index and what is known of the lists: version, age, rows that could not be read. Where
another version of the program meets it, or it is damaged, it is read from sdn.csv if that is still there.")]
pub(crate) struct Compile {
    /// Paths, installed lists, or `demo`
    #[arg(required = true)]
    pub(crate) lists: Vec<String>,

    /// Where the compiled lists go
    #[arg(long, value_name = "FILE")]
    pub(crate) output: PathBuf,
}

/// Writes lists as FollowTheMoney entities, one JSON object a line: the parties, and all that belongs to them.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  interdict lists export sdn.csv --output sdn.ftm.jsonl
  interdict lists export un.xml eu.xml | ftm validate

Schemata, properties and values are such that the package followthemoney takes them: dates in ISO 8601, countries as codes, a
wallet's key as a CryptoWallet of its holder. What it has no place for is in `notes`, with the name of its property, and is
counted on standard error.")]
pub(crate) struct Export {
    /// Paths, installed lists (NAME, NAME@DAY, NAME@sha256:...), or `demo`
    #[arg(required = true)]
    pub(crate) lists: Vec<String>,

    /// Where the entities go [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

impl Default for Taking {
    fn default() -> Self {
        Self { allow_shrink: 10.0, allow_skipped: 1.0, ca_file: None, timeout: "30s".to_owned(), retries: 3 }
    }
}

/// Joins the listings of one party on several lists: by references, identifiers and evidence, never by a name alone.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  interdict lists join un.xml sdn.csv ConList.csv --output joined.ftm.jsonl
  interdict screen 'Ri Won Ho' --list joined.ftm.jsonl                  # one hit with several listings
  interdict lists join un.xml sdn.csv --explain un-KPi.033              # why these are one, in bits
  interdict lists join un.xml sdn.csv --previous joined.ftm.jsonl --output new.ftm.jsonl

The joined file is FollowTheMoney: an entity a line, with `referents`, the `datasets` of all listings, and `statements`
that say which listing states what. Parties without a partner stand there as they are. With --previous the ids of an
earlier joined file go on to mean somebody, so that decisions which name them are not lost.")]
pub(crate) struct Join {
    /// Paths, installed lists (NAME, NAME@DAY, NAME@sha256:...), or `demo`
    #[arg(required = true)]
    pub(crate) lists: Vec<String>,

    /// Where the joined parties go
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// A line for each statement instead of each entity
    #[arg(long, requires = "output")]
    pub(crate) statements: bool,

    /// A joined file of before, whose ids are kept
    #[arg(long, value_name = "FILE")]
    pub(crate) previous: Option<PathBuf>,

    /// Shows one joined party with the evidence of each edge, by any of its ids
    #[arg(long, value_name = "ID", conflicts_with = "output")]
    pub(crate) explain: Option<String>,

    /// Output form [default: table on a terminal, json in a pipe; with --output nothing but the file]
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,
}
