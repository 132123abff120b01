//! A log, line by line.

use std::io;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::clients::{Clients, page};
use crate::incident::{Findings, NAMED};
use crate::lines::{Line, each_line};
use crate::lookups::{self, Key, Lookup, Lookups, NO_SIZE, is_asset, sign};
use crate::request::without_host;
use crate::scans::Scans;
use crate::spill::{Room, Spill};
use crate::{Malformed, Parser, Request};

/// Seconds within which a browser has loaded what a page shows.
const LOADS_WITHIN: u32 = 60;

/// What is known of a log so far. Lines may come in any order, and from several logs one after the other; their numbers are the
/// caller's. Memory grows with the number of different clients and ids, not with that of lines; of a log that [spills](Log::spilling)
/// only with that of clients, and of the records found.
#[derive(Debug, Default)]
pub struct Log {
    parser: Parser,
    findings: Findings,
    clients: Clients,
    pub(crate) lookups: Lookups,
    scans: Scans,
    /// Pages that anybody asked for.
    pages: FxHashSet<u32>,
    key: Key,
}

impl Log {
    /// A log whose look-ups go to files of a place, in order, once they pass a bound in memory. What it comes to is the same to
    /// the last byte. The bound is in bytes, of each sequence by itself: about four are in hand at a time.
    #[must_use]
    pub fn spilling(place: Arc<dyn Spill>, bound: usize) -> Self {
        Self { lookups: Lookups::in_room(Room { place, bound }), ..Self::default() }
    }

    /// Takes the next line of a log: one without its end, or one that was too long to be read.
    ///
    /// # Errors
    /// Those of the place to which the log spills; one that does not spill has none.
    pub fn push(&mut self, number: u64, line: Line<'_>) -> io::Result<()> {
        self.findings.lines += 1;
        match line {
            Line::Whole(line) => {
                // The parser holds the columns of IIS alone; what it gives points into the line.
                let mut parser = std::mem::take(&mut self.parser);
                let mut pushed = Ok(());
                match parser.read(line) {
                    Ok(Some(request)) => pushed = self.push_request(number, &request),
                    Ok(None) => {}
                    Err(malformed) => self.push_malformed(number, malformed),
                }
                self.parser = parser;
                return pushed;
            }
            Line::TooLong(bytes) => self.push_malformed(number, Malformed::TooLong(bytes)),
        }
        Ok(())
    }

    fn push_malformed(&mut self, number: u64, malformed: Malformed) {
        self.findings.malformed += 1;
        if self.findings.malformed_lines.len() < NAMED {
            self.findings.malformed_lines.push((number, malformed));
        }
    }

    /// Another file begins: columns that the last one announced do not hold in it.
    pub fn begin_file(&mut self) {
        self.parser = Parser::default();
    }

    /// Takes all lines of a stream, numbered from `first` on, and says the number that comes next.
    ///
    /// # Errors
    /// Those of the stream, and of the place to which the log spills; what was read before is kept.
    pub fn read(&mut self, input: impl io::BufRead, first: u64) -> io::Result<u64> {
        self.begin_file();
        each_line(input, first, |number, line| self.push(number, line))
    }

    fn push_request(&mut self, number: u64, request: &Request<'_>) -> io::Result<()> {
        self.findings.requests += 1;
        let client = self.clients.client(&request.address, &request.agent);
        let attack = self.scans.look(number, request, client, &self.clients);
        let time = u32::try_from(request.time.unwrap_or_default().max(0)).unwrap_or(u32::MAX);
        if is_asset(&request.path) {
            return self.push_asset(client, time);
        } else if !attack && self.key.read(&request.path, &request.query) {
            return self.push_lookup(number, request, client, time);
        } else if !attack {
            let page = page(&request.path);
            self.pages.insert(page);
            if let Some(client) = self.clients.get_mut(client) {
                client.visit(page);
                client.robots |= *request.path == *b"/robots.txt";
            }
        }
        Ok(())
    }

    /// A picture, style or script: the look-ups just before it are a browser's.
    fn push_asset(&mut self, client: u32, time: u32) -> io::Result<()> {
        self.clients.note_assets();
        let Some(client) = self.clients.get_mut(client) else { return Ok(()) };
        client.assets = client.assets.saturating_add(1);
        client.last_asset = time;
        let mut waited = std::mem::take(&mut client.waiting);
        for lookup in &mut waited {
            if time.abs_diff(lookup.time) <= LOADS_WITHIN {
                lookup.signs |= sign::ASSET;
            }
        }
        self.keep(waited.into_iter().filter(|lookup| lookup.count > 0))
    }

    /// Takes look-ups that wait no longer, all before any is put down: then the numbers of keys change.
    fn keep(&mut self, waited: impl IntoIterator<Item = Lookup>) -> io::Result<()> {
        let mut full = false;
        for lookup in waited {
            full = self.lookups.keep(lookup);
        }
        if full { self.lookups.put_down(self.clients.waiting()) } else { Ok(()) }
    }

    /// Takes all that wait; the bound is looked at again with the next one.
    fn keep_waiting(&mut self) {
        for lookup in self.clients.waiting() {
            self.lookups.keep(std::mem::take(lookup));
        }
    }

    fn push_lookup(&mut self, number: u64, request: &Request<'_>, client: u32, time: u32) -> io::Result<()> {
        let key = self.lookups.key(&self.key);
        let own = page(&request.path);
        let Some(who) = self.clients.get_mut(client) else { return Ok(()) };
        let mut signs = 0;
        if !request.referrer.is_empty() {
            signs |= sign::REFERRER;
            let (path, _) = crate::request::split_target(without_host(&request.referrer));
            let from = page(path);
            if who.visited(from) {
                signs |= sign::PAGE;
            } else if from == own || self.pages.contains(&from) {
                signs |= sign::UNVISITED;
            }
        }
        // In a log out of order what was loaded may stand before what loaded it.
        if who.last_asset >= time && who.last_asset - time <= 2 {
            signs |= sign::ASSET;
        }
        if *request.method == *b"HEAD" {
            signs |= sign::NO_BODY;
        }
        let size = request.size.map_or(NO_SIZE, |size| u32::try_from(size).unwrap_or(NO_SIZE - 1));
        let lookup =
            Lookup { line: number, time, key, client, size, count: 1, status: request.status, signs };
        let waited = who.wait(lookup);
        self.keep(waited)?;
        if self.lookups.note() {
            self.keep_waiting();
            self.lookups.compact()?;
        }
        Ok(())
    }

    /// What it all comes to.
    ///
    /// # Errors
    /// Those of the place to which the log spills; one that does not spill has none.
    pub fn finish(mut self) -> io::Result<Findings> {
        self.keep_waiting();
        let (incidents, aside) = lookups::find(&mut self.lookups, &self.clients)?;
        let scraping = incidents.iter().flat_map(|i| i.addresses.iter().cloned()).collect();
        self.findings.incidents = incidents;
        self.findings.incidents.extend(self.scans.incidents(&self.clients, &scraping));
        self.findings
            .incidents
            .sort_by(|a, b| (a.first, a.kind, &a.addresses).cmp(&(b.first, b.kind, &b.addresses)));
        self.findings.set_aside = aside;
        Ok(self.findings)
    }
}
