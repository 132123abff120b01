//! Injections, scanners and probing, address by address.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::clients::{Clients, page};
use crate::incident::{Incident, LINES};
use crate::lookups::{Evidence, Key, is_asset};
use crate::tables::rows;
use crate::{Request, Returned, Verdict, judge};

/// Different administration pages, copies and the like that were refused, which make an incident: one is a slip or an old link.
const PROBES: usize = 3;
/// Different things that are not there, which do so without any that is known: search bots and old links bring a few.
const MISSING: usize = 30;
/// Failures of the site for one address.
const FAILURES: u32 = 20;

struct Marks {
    /// `None` only where the table had more marks than a machine can hold.
    finder: Option<AhoCorasick>,
    tools: Vec<&'static str>,
}

impl Marks {
    fn of(wanted: &str) -> Self {
        let marks = rows(include_str!("../data/scanners.tsv")).filter(|cells| cells[0] == wanted);
        let (words, tools): (Vec<&str>, Vec<&'static str>) = marks.map(|cells| (cells[1], cells[2])).unzip();
        let finder = AhoCorasick::builder().ascii_case_insensitive(true).build(words).ok();
        Self { finder, tools }
    }

    fn tool(&self, text: &[u8]) -> Option<&'static str> {
        self.finder.as_ref()?.find(text).and_then(|found| self.tools.get(found.pattern().as_usize()).copied())
    }
}

static TARGETS: LazyLock<Marks> = LazyLock::new(|| Marks::of("target"));
static AGENTS: LazyLock<Marks> = LazyLock::new(|| Marks::of("agent"));

struct Probes {
    begin: Vec<&'static [u8]>,
    end: Vec<&'static [u8]>,
}

static PROBED: LazyLock<Probes> = LazyLock::new(|| {
    let column = |wanted: &str| {
        let rows = rows(include_str!("../data/probes.tsv")).filter(|cells| cells[0] == wanted);
        rows.map(|cells| cells[1].as_bytes()).collect()
    };
    Probes { begin: column("begin"), end: column("end") }
});

static SHELLS: LazyLock<Vec<(&'static str, &'static [u8])>> = LazyLock::new(|| {
    rows(include_str!("../data/webshells.tsv")).map(|cells| (cells[0], cells[1].as_bytes())).collect()
});

/// Endings of what a server runs.
const SCRIPTS: [&[u8]; 11] = [
    b".php", b".php5", b".phtml", b".phar", b".asp", b".aspx", b".ashx", b".jsp", b".jspx", b".cfm", b".cgi",
];

/// What one address did of one kind.
#[derive(Clone, Debug, Default)]
struct Tally {
    requests: u64,
    first: i64,
    last: i64,
    agents: BTreeSet<u32>,
    lines: Vec<u64>,
    /// Requests by rule.
    rules: BTreeMap<&'static str, u64>,
}

impl Tally {
    fn add(&mut self, line: u64, time: i64, agent: u32, rule: &'static str) {
        if self.requests == 0 {
            (self.first, self.last) = (time, time);
        }
        self.requests += 1;
        self.first = self.first.min(time);
        self.last = self.last.max(time);
        if self.agents.len() < LINES {
            self.agents.insert(agent);
        }
        if self.lines.len() < LINES && self.lines.last() != Some(&line) {
            self.lines.push(line);
        }
        *self.rules.entry(rule).or_default() += 1;
    }

    fn join(&mut self, other: Self) {
        if self.requests == 0 {
            *self = other;
            return;
        }
        self.requests += other.requests;
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
        self.agents.extend(other.agents);
        self.lines.extend(other.lines);
        self.lines.sort_unstable();
        self.lines.dedup();
        self.lines.truncate(LINES);
        for (rule, requests) in other.rules {
            *self.rules.entry(rule).or_default() += requests;
        }
    }
}

/// What an address asked for that was refused, is not there, or failed.
#[derive(Clone, Debug, Default)]
struct Refused {
    /// Known places, by their row.
    probes: BTreeSet<usize>,
    missing: FxHashSet<u32>,
    tally: Tally,
    failures: Tally,
}

/// Injections, scanners and probing so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scans {
    tallies: FxHashMap<(u32, &'static str), Tally>,
    refused: FxHashMap<u32, Refused>,
    /// Requests by address.
    requests: FxHashMap<u32, u64>,
    /// The tool of each agent that was met.
    tools: FxHashMap<u32, Option<&'static str>>,
    key: Key,
}

impl Scans {
    /// Looks at a request; `true`: it is an attack, and no look-up of a record.
    pub(crate) fn look(&mut self, line: u64, request: &Request<'_>, client: u32, clients: &Clients) -> bool {
        let (address, agent) = (clients.address(client), clients.agent(client));
        let time = request.time.unwrap_or_default();
        let mut found: [Option<(&'static str, &'static str)>; 2] = [None; 2];
        found[0] = injection(request);
        if let Some(rule) = web_shell(request) {
            // What is sent to a shell is not an injection beside it.
            found[0] = Some(("web_shell", rule));
        }
        let by_agent = *self.tools.entry(agent).or_insert_with(|| AGENTS.tool(&request.agent));
        let by_target = TARGETS.tool(&request.query).or_else(|| TARGETS.tool(&request.path));
        found[1] = by_target.or(by_agent).map(|tool| ("scanner", tool));
        for (kind, rule) in found.into_iter().flatten() {
            self.tallies.entry((address, kind)).or_default().add(line, time, agent, rule);
        }
        *self.requests.entry(address).or_default() += 1;
        // A tool's name in the agent does not make a look-up less of one: what it got is lost all the same.
        let attack = found[0].is_some() || by_target.is_some();
        match request.status {
            401 | 403 | 404 | 410 => self.refuse(line, request, address, agent),
            500..=599 => {
                let refused = self.refused.entry(address).or_default();
                refused.failures.add(line, time, agent, "failures");
            }
            _ => {}
        }
        attack
    }

    fn refuse(&mut self, line: u64, request: &Request<'_>, address: u32, agent: u32) {
        let path = request.path.to_ascii_lowercase();
        let probes = &*PROBED;
        let begin =
            probes.begin.iter().position(|p| path.starts_with(p) || path.starts_with(&[b"/", *p].concat()));
        let end = || probes.end.iter().position(|p| path.ends_with(p)).map(|n| n + probes.begin.len());
        let probe = begin.or_else(end);
        // Ids that are not there are one thing that is not, and so are pictures that a page lost.
        let missing = match probe {
            None if is_asset(&path) => return,
            None if self.key.read(&path, &request.query) && !request.query.is_empty() => {
                page(&self.key.endpoint)
            }
            None if self.key.endpoint.ends_with(b"{}") && path.last().is_some_and(u8::is_ascii_digit) => {
                page(&self.key.endpoint)
            }
            _ => page(&path),
        };
        let refused = self.refused.entry(address).or_default();
        refused.probes.extend(probe);
        if refused.missing.len() < LINES {
            refused.missing.insert(missing);
        }
        let time = request.time.unwrap_or_default();
        refused.tally.add(line, time, agent, if probe.is_some() { "known places" } else { "other places" });
    }

    /// The incidents, of addresses that do not enumerate records where what is not there is all that speaks for one.
    pub(crate) fn incidents(mut self, clients: &Clients, scraping: &FxHashSet<String>) -> Vec<Incident> {
        let mut out = Vec::new();
        let refused = std::mem::take(&mut self.refused);
        let crawlers = clients.crawlers();
        for (address, mut refused) in refused {
            let all = self.requests.get(&address).copied().unwrap_or(0).max(1);
            let many = refused.missing.len() >= MISSING
                && refused.tally.requests * 2 >= all
                && !scraping.contains(&clients.address_text(address));
            if refused.probes.len() >= PROBES || (many && !crawlers.comes_from(address)) {
                refused.tally.rules.retain(|rule, _| *rule == "known places" || many);
                // What a scanner looks for is part of its scan.
                let kind = if self.tallies.contains_key(&(address, "scanner")) {
                    "scanner"
                } else {
                    "admin_probing"
                };
                self.tallies.entry((address, kind)).or_default().join(refused.tally);
            }
            let failures = refused.failures;
            if failures.requests >= u64::from(FAILURES)
                && failures.requests * 3 >= all
                && !scraping.contains(&clients.address_text(address))
            {
                self.tallies.entry((address, "error_profile")).or_default().join(failures);
            }
        }
        for ((address, kind), tally) in self.tallies {
            let all = self.requests.get(&address).copied().unwrap_or(0);
            let why = |(rule, requests): (&&'static str, &u64)| {
                let why = format!("{requests} of the address's {all} requests: {rule}");
                Evidence { feature: rule, bits: 0.0, why }
            };
            let mut agents: Vec<String> = tally.agents.iter().map(|a| clients.agent_text(*a)).collect();
            agents.sort();
            out.push(Incident {
                kind,
                first: tally.first,
                last: tally.last,
                requests: tally.requests,
                addresses: vec![clients.address_text(address)],
                agents,
                records: Returned::default(),
                evidence: tally.lines,
                why: tally.rules.iter().map(why).collect(),
                scrape: None,
            });
        }
        out
    }
}

/// The first value or path that is an attack.
fn injection(request: &Request<'_>) -> Option<(&'static str, &'static str)> {
    let values = request.parameters().flat_map(|(name, value)| [value, name]);
    let segments = plain_path(&request.path).then_some(&*request.path);
    let judged = values.chain(segments).map(judge).find(|judged| judged.verdict != Verdict::Norm)?;
    let kind = match judged.verdict {
        Verdict::Sqli => "sql_injection",
        Verdict::Xss => "xss",
        Verdict::Traversal => "traversal",
        Verdict::Cmdi => "command_injection",
        Verdict::Norm => return None,
    };
    Some((kind, judged.rule))
}

/// Whether a path has signs that an honest one has not.
fn plain_path(path: &[u8]) -> bool {
    let odd = |b: &u8| matches!(b, b'%' | b'<' | b'\'' | b'"' | b';' | b'|' | b'`' | b'(' | b'\\' | b'{');
    path.iter().any(odd) || memchr::memmem::find(path, b"..").is_some()
}

/// Why a request is for a web shell, if it is.
fn web_shell(request: &Request<'_>) -> Option<&'static str> {
    let dot = memchr::memrchr(b'.', &request.path)?;
    // Most paths end here: nothing runs there.
    if request.path.len() - dot > 6 && memchr::memchr(b';', &request.path).is_none() {
        return None;
    }
    let path = request.path.to_ascii_lowercase();
    let name = path.rsplit(|b| *b == b'/').next().unwrap_or_default();
    let script = SCRIPTS.iter().any(|ending| path.ends_with(ending));
    let hidden = SCRIPTS.iter().any(|ending| {
        // `x.asp;.jpg`, `x.php.jpg`: IIS and Apache ran these.
        memchr::memmem::find(name, ending)
            .is_some_and(|at| matches!(name.get(at + ending.len()), Some(b';' | b'.')))
    });
    if *request.method == *b"PUT" && (script || hidden) {
        return Some("script put on the server");
    }
    if hidden && is_asset(&path) {
        return Some("script under the name of a picture");
    }
    if !script {
        return None;
    }
    let shells = SHELLS.iter();
    let mut fitting = shells.filter(|(what, text)| match *what {
        "folder" => memchr::memmem::find(&path, text).is_some(),
        _ => name == *text,
    });
    fitting.next().map(|(what, _)| {
        if *what == "folder" { "script in a folder of uploads" } else { "name of a web shell" }
    })
}
