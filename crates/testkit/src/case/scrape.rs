//! Scrapes of the record site and scans of it, each with what it got.

use std::collections::{BTreeSet, HashSet};

use validation::Random;

use super::honest::AGENTS;
use super::people::Voter;
use super::tables::{chance, number, of_kind, rows, shuffle, word};
use super::web::{BEGIN, Form, HOUR, Hit, Missing, SITE, Site};

const SCRAPES: &str = include_str!("../../data/case/scrapes.tsv");
const SCANS: &str = include_str!("../../data/case/scans.tsv");

/// A scrape, as the table has it.
#[derive(Clone, Debug)]
pub struct Scrape {
    /// Its name, and that of its log.
    pub name: &'static str,
    pub(super) site: Site,
    order: &'static str,
    from: &'static str,
    /// Milliseconds between two requests.
    pub(super) pace: i64,
    agent: &'static str,
    referrer: bool,
    /// How the log is written.
    pub form: Form,
}

/// One incident of a log.
#[derive(Clone, Debug)]
pub struct Incident {
    /// `enumeration`, or a kind of scan.
    pub kind: &'static str,
    /// Ids that were asked for.
    pub asked: BTreeSet<u32>,
    /// Those whose record came back.
    pub records: BTreeSet<u32>,
}

impl Scrape {
    /// All scrapes of the table.
    ///
    /// # Panics
    /// Where the table is wrong.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let scrape = |row: Vec<&'static str>| {
            let [name, ids_in, order, from, rate, missing, agent, dress, form] = row[..] else {
                panic!("a scrape has nine cells: {row:?}")
            };
            // Hundredths of a request a second, so that no float decides.
            let (whole, part) = rate.split_once('.').unwrap_or((rate, ""));
            let hundredths: i64 = number::<i64>(whole) * 100 + number::<i64>(&format!("{part:0<2}"));
            let missing = match missing {
                "404" => Missing::NotFound,
                "soft404" => Missing::Soft,
                _ => Missing::Echo,
            };
            Self {
                name,
                site: Site { in_path: ids_in == "path", missing },
                order,
                from,
                pace: 100_000 / hundredths,
                agent,
                referrer: dress == "referrer",
                form: Form::from_name(form),
            }
        };
        rows(SCRAPES).map(scrape).collect()
    }

    /// Its requests, in order of time, from nine in the morning on; `incident` is its place in the gold.
    pub(super) fn run(
        &self,
        random: &mut Random,
        count: usize,
        voters: &[Voter],
        present: &HashSet<u32>,
        incident: usize,
    ) -> (Vec<Hit>, Incident) {
        let ids = self.ids(random, count, voters);
        let addresses = self.addresses(random);
        let browsers = of_kind(AGENTS, "browser");
        let agents = match self.agent {
            "rotating" => browsers,
            kind => vec![word(random, &of_kind(AGENTS, kind))],
        };
        let mut made = Incident { kind: "enumeration", asked: BTreeSet::new(), records: BTreeSet::new() };
        let mut hits = Vec::with_capacity(ids.len());
        let mut at = BEGIN + 9 * HOUR;
        for (n, id) in ids.into_iter().enumerate() {
            let (path, query) = self.site.target(id);
            // Each address in turn, so that none stands out.
            let address = addresses[n % addresses.len()].clone();
            // Now and then the site is overloaded; a few of those are asked again.
            let failures: &[bool] = match (chance(random, 1), random.coin()) {
                (false, _) => &[false],
                (true, false) => &[true],
                (true, true) => &[true, false],
            };
            for &failed in failures {
                at += self.pace / 2
                    + i64::try_from(random.below(usize::try_from(self.pace).unwrap_or(0))).unwrap_or(0);
                let there = present.contains(&id);
                let (status, bytes) = if failed { (503, 172) } else { self.site.answer(id, there, random) };
                made.asked.insert(id);
                if there && !failed {
                    made.records.insert(id);
                }
                hits.push(Hit {
                    at,
                    address: address.clone(),
                    method: "GET",
                    path: path.clone(),
                    query: query.clone(),
                    status,
                    bytes,
                    referrer: if self.referrer { format!("{SITE}/voter/") } else { String::new() },
                    agent: word(random, &agents),
                    incident: Some(incident),
                });
            }
        }
        (hits, made)
    }

    fn ids(&self, random: &mut Random, count: usize, voters: &[Voter]) -> Vec<u32> {
        let first = voters[random.below(voters.len().saturating_sub(count).max(1))].id;
        let mut ids: Vec<u32> = (first..).take(count).collect();
        match self.order {
            "sequential" => {}
            "random" => shuffle(random, &mut ids),
            _ => {
                // A list from elsewhere: of all voters, with a few that are gone.
                let mut known: Vec<u32> = voters.iter().map(|v| v.id).collect();
                shuffle(random, &mut known);
                known.truncate(count);
                known.iter_mut().for_each(|id| *id += u32::from(chance(random, 4)));
                ids = known;
            }
        }
        ids
    }

    fn addresses(&self, random: &mut Random) -> Vec<String> {
        let net = |n: usize| match n {
            0..254 => format!("203.0.113.{}", n + 1),
            _ => format!("198.51.100.{}", n - 253),
        };
        match self.from {
            "one" => vec![net(random.below(508))],
            "block" => (0..60).map(|n| net(n * 4)).collect(),
            "block6" => (0..200).map(|_| format!("2001:db8:7:1::{:x}", 1 + random.below(65_000))).collect(),
            count => {
                let mut all: Vec<usize> = (0..508).collect();
                shuffle(random, &mut all);
                all.into_iter().take(number(count)).map(net).collect()
            }
        }
    }
}

/// The kinds of scan, in the order of the table.
#[must_use]
pub fn scan_kinds() -> Vec<&'static str> {
    let mut kinds: Vec<&'static str> = Vec::new();
    for row in rows(SCANS) {
        if !kinds.contains(&row[0]) {
            kinds.push(row[0]);
        }
    }
    kinds
}

/// A scan: each request of its kind twice or so, over some minutes, from one address.
pub(super) fn scan(random: &mut Random, kind: &'static str, incident: usize) -> (Vec<Hit>, Incident) {
    let address = format!("203.0.113.{}", 1 + random.below(254));
    let mut at = BEGIN + 3 * HOUR + i64::try_from(random.below(4 * 3_600_000)).unwrap_or(0);
    let mut hits = Vec::new();
    let asked: Vec<Vec<&'static str>> = rows(SCANS).filter(|row| row[0] == kind).collect();
    for _ in 0..2 {
        for row in &asked {
            let [_, method, path, query, status, agent] = row[..] else {
                panic!("a scan has six cells: {row:?}")
            };
            at += 300 + i64::try_from(random.below(4000)).unwrap_or(0);
            hits.push(Hit {
                at,
                address: address.clone(),
                method,
                path: path.to_owned(),
                query: query.to_owned(),
                status: number(status),
                bytes: 209 + path.len() * 3,
                referrer: String::new(),
                agent: of_kind(AGENTS, agent)[0],
                incident: Some(incident),
            });
        }
    }
    (hits, Incident { kind, asked: BTreeSet::new(), records: BTreeSet::new() })
}
