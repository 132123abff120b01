//! What can be typed after `interdict serve`.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

/// Serves the screening API, and pages to work in.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  interdict serve --list demo
  interdict serve --listen 127.0.0.1:8080 --max-list-age 48h

Installed lists that are updated meanwhile (interdict lists update) serve as soon as they are read; a request goes on with
the lists that it began with. docs/api.md has the routes.")]
pub(crate) struct Serve {
    /// Where to listen
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    pub(crate) listen: SocketAddr,

    /// A list: a path, an installed list, or `demo`. May be repeated [default: all that are installed]
    #[arg(long = "list", value_name = "NAME_OR_PATH")]
    pub(crate) lists: Vec<String>,

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

    /// How long requests may take to end once the server is told to stop
    #[arg(long, value_name = "TIME", default_value = "30s")]
    pub(crate) grace: String,
}
