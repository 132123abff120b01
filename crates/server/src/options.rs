//! What `interdict serve` can be told.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use engine::{EngineError, Extract, Installed, Library, Policy};

use crate::jobs::JobLimits;
use crate::keys::Keys;

/// Where lists come from. The server asks again whenever they may have changed.
pub trait ListSource: Send + Sync + 'static {
    /// Reads the lists and makes them ready. Slow; called off to the side.
    ///
    /// # Errors
    /// There is none, or one cannot be read: those that serve go on serving.
    fn load(&self) -> Result<Library, EngineError>;

    /// What changes whenever the lists do, found out quickly: hashes of versions, times of files.
    ///
    /// # Errors
    /// The store cannot be read.
    fn state(&self) -> Result<String, EngineError>;

    /// The installed lists with their history, for versions and what changed between them.
    ///
    /// # Errors
    /// The store cannot be read.
    fn installed(&self) -> Result<Installed, EngineError>;
}

/// Takes a line of the log.
pub type LogLine = Box<dyn Fn(&str) + Send + Sync>;

/// How to serve.
pub struct Options {
    /// Where to listen.
    pub listen: SocketAddr,
    /// The lists.
    pub lists: Box<dyn ListSource>,
    /// The policy that they are searched under.
    pub policy: Policy,
    /// How often to look whether lists changed; `None`: only when told to.
    pub refresh: Option<Duration>,
    /// From which age on a list is stale; `None`: never.
    pub max_list_age: Option<Duration>,
    /// Threads that compute; `None`: one a core.
    pub threads: Option<usize>,
    /// Queries that may wait for a thread. What comes beyond is refused at once.
    pub queue: usize,
    /// The longest that a request may wait for its answer.
    pub deadline: Duration,
    /// How long a client may take over the head of its request, and how long over a body that is JSON; a file must come
    /// with some speed.
    pub patience: Duration,
    /// Who may ask; `None`: everybody, on loopback alone.
    pub keys: Option<Keys>,
    /// A certificate chain and its key, both PEM; `None`: no TLS.
    pub tls: Option<(PathBuf, PathBuf)>,
    /// How many may be connected at once.
    pub connections: usize,
    /// Where files of clients are kept while they are needed: a folder of its own.
    pub folder: PathBuf,
    /// How jobs are limited.
    pub jobs: JobLimits,
    /// Reads files of others, where it cannot harm; `None`: plain text alone is read.
    pub extract: Option<Box<dyn Extract + Send + Sync>>,
    /// Where lines of the log go, each one JSON object.
    pub log: Option<LogLine>,
    /// Whether every request has its line, or only those that failed in the server.
    pub log_all: bool,
    /// The one origin whose pages may read OpenRefine's suggestions, such as `http://127.0.0.1:3333`; `None`: no page may.
    pub reconcile_origin: Option<String>,
    /// How long requests that run may take to end once the server is told to stop.
    pub grace: Duration,
}

impl Options {
    /// On loopback, without keys, under the built-in policy, with the defaults of `interdict serve`.
    #[must_use]
    pub fn new(lists: Box<dyn ListSource>, folder: PathBuf) -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            lists,
            policy: Policy::default(),
            refresh: None,
            max_list_age: None,
            threads: None,
            queue: 128,
            deadline: Duration::from_secs(10),
            patience: Duration::from_secs(20),
            keys: None,
            tls: None,
            connections: 1024,
            folder,
            jobs: JobLimits::default(),
            extract: None,
            log: None,
            log_all: true,
            reconcile_origin: None,
            grace: Duration::from_secs(30),
        }
    }
}
