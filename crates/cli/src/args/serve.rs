//! What can be typed after `interdict serve`.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// Serves the screening API, and pages to work in.
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:
  interdict serve --list demo
  interdict serve key --name onboarding --scope screen --scope read >> keys.toml
  interdict serve --listen 0.0.0.0:8443 --keys keys.toml --tls-cert chain.pem --tls-key key.pem --max-list-age 48h

Installed lists that are updated meanwhile (interdict lists update) serve as soon as they are read; a request goes on with
the lists that it began with. docs/api.md has the routes."
)]
pub(crate) struct Serve {
    #[command(subcommand)]
    pub(crate) command: Option<ServeCommand>,

    /// Where to listen
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    pub(crate) listen: SocketAddr,

    /// A list: a path, an installed list, or `demo`. May be repeated [default: all that are installed]
    #[arg(long = "list", value_name = "NAME_OR_PATH")]
    pub(crate) lists: Vec<String>,

    /// Who may ask: a file of keys, as `interdict serve key` prints rows of it. Without it everybody who can reach this
    /// machine's own address may, and no other address is listened on
    #[arg(long, value_name = "FILE")]
    pub(crate) keys: Option<PathBuf>,

    /// TLS: the certificate chain, PEM. It is read again on SIGHUP
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub(crate) tls_cert: Option<PathBuf>,

    /// TLS: the certificate's key, PEM
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    pub(crate) tls_key: Option<PathBuf>,

    /// A policy: a TOML file, or `default`
    #[arg(long, value_name = "FILE")]
    pub(crate) policy: Option<PathBuf>,

    /// How often to look whether lists changed: 30s, 5m
    #[arg(long, value_name = "TIME", default_value = "30s")]
    pub(crate) refresh: String,

    /// From this age on a list is stale, which answers and readiness say: 12h, 7d
    #[arg(long, value_name = "AGE")]
    pub(crate) max_list_age: Option<String>,

    /// Threads that screen [default: one a core]
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<usize>,

    /// Queries that may wait; what comes beyond is refused at once, with 503
    #[arg(long, value_name = "N", default_value_t = 128)]
    pub(crate) queue: usize,

    /// The longest that a query may wait for its answer
    #[arg(long, value_name = "TIME", default_value = "10s")]
    pub(crate) deadline: String,

    /// How many may be connected at once
    #[arg(long, value_name = "N", default_value_t = 1024)]
    pub(crate) connections: usize,

    /// Where files that clients send are kept while they are needed [default: a folder of its own among temporary files]
    #[arg(long, value_name = "FOLDER")]
    pub(crate) jobs_dir: Option<PathBuf>,

    /// The largest file of a job, in MiB
    #[arg(long, value_name = "MIB", default_value_t = 1024)]
    pub(crate) job_size: u64,

    /// How many jobs are kept
    #[arg(long, value_name = "N", default_value_t = 32)]
    pub(crate) job_count: usize,

    /// How long a job is kept once it ended
    #[arg(long, value_name = "TIME", default_value = "24h")]
    pub(crate) job_age: String,

    /// Which requests have a line in the log on standard error
    #[arg(long, value_enum, default_value_t = LogLevel::All)]
    pub(crate) log: LogLevel,

    /// Let OpenRefine's own pages read suggestions of /reconcile: http://127.0.0.1:3333 [default: no page may]
    #[arg(long, value_name = "ORIGIN")]
    pub(crate) reconcile_origin: Option<String>,

    /// How long requests may take to end once the server is told to stop
    #[arg(long, value_name = "TIME", default_value = "30s")]
    pub(crate) grace: String,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ServeCommand {
    Key(KeyArgs),
}

/// Makes a key. The key itself is shown once, on standard error; its row for the file of keys goes to standard output.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  interdict serve key --name onboarding --scope screen >> keys.toml
  interdict serve key --name monitoring --scope metrics --rate 1 --expires 2027-12-31 >> keys.toml")]
pub(crate) struct KeyArgs {
    /// Whose it is: logs say this name
    #[arg(long)]
    pub(crate) name: String,

    /// What it may do: screen, read, documents, batch, admin, metrics. May be repeated
    #[arg(long = "scope", value_name = "SCOPE", required = true)]
    pub(crate) scopes: Vec<String>,

    /// Requests a second that it may make [default: any number]
    #[arg(long, value_name = "N")]
    pub(crate) rate: Option<f64>,

    /// Until when: a day (its end, UTC) or a moment
    #[arg(long, value_name = "DATE")]
    pub(crate) expires: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogLevel {
    /// Every request
    All,
    /// Those that failed in the server
    Errors,
    /// None
    None,
}
