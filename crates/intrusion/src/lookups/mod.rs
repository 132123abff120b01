//! Record enumeration: who goes through ids, and which records came back.
//!
//! Only look-ups are weighed, never an address or an agent alone. A look-up is *bare* where nothing around it shows a browser: no
//! picture, style or script loaded by the same client, no page that led there. Clients whose look-ups are bare are set against the
//! honest ones of the same place; what they share (network, program) puts them together; what is left is judged as a whole, so that a
//! scrape from hundreds of addresses, each with a handful of look-ups, is seen.

mod answers;
mod evidence;
mod group;
mod keys;
mod records;
mod store;

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::clients::{Clients, Crawlers};
use crate::incident::{Incident, Scrape, SetAside};
use answers::NotFound;
use evidence::convicts;
use group::{Group, Seen, Usual};
use records::Records;

pub use evidence::Evidence;
pub(crate) use keys::{Key, is_asset};
pub(crate) use store::{Lookup, Lookups, NO_SIZE, sign};

/// Fewest records of an enumeration from one network or program. Below, an afternoon's curiosity looks the same.
const FEWEST: usize = 30;
/// Fewest records of one that is spread over addresses with nothing in common.
const FEWEST_SPREAD: usize = 100;
/// Part of an endpoint's bare look-ups from which on what is put together is judged by itself.
const OWN_GROUP: f64 = 0.1;

/// Finds the enumerations in all look-ups.
pub(crate) fn find(lookups: &mut Lookups, clients: &Clients) -> (Vec<Incident>, Vec<SetAside>) {
    let (mut incidents, mut aside) = (Vec::new(), Vec::new());
    lookups.seal();
    let mut all = std::mem::take(&mut lookups.all);
    let store = &*lookups;
    let crawlers = clients.crawlers();
    all.sort_unstable_by_key(|l| (store.endpoint_of(l.key), l.time, l.line));
    all.shrink_to_fit();
    // The last endpoint first, so that its look-ups go once they are made out.
    while let Some(last) = all.last() {
        let endpoint = store.endpoint_of(last.key);
        let start = all.partition_point(|l| store.endpoint_of(l.key) < endpoint);
        let own = &all[start..];
        let place = (own.len() >= FEWEST).then(|| Place::new(own, store, clients));
        all.truncate(start);
        all.shrink_to_fit();
        if let Some(place) = place.filter(|place| place.records.len() >= FEWEST) {
            place.judge(&crawlers, &mut incidents, &mut aside);
        }
    }
    aside.reverse();
    (incidents, aside)
}

/// One endpoint.
struct Place<'a> {
    endpoint: String,
    records: Records<'a>,
    seen: Vec<Seen>,
    not_found: NotFound,
    usual: Usual,
    honest: FxHashSet<u32>,
    clients: &'a Clients,
}

impl<'a> Place<'a> {
    fn new(lookups: &[Lookup], store: &'a Lookups, clients: &'a Clients) -> Self {
        let records = Records::of(lookups, store);
        let not_found = not_found(lookups, &records);
        let seen = |l: &Lookup| {
            let record = records.of_key(l.key);
            let empty = l.size == 0 || l.signs & sign::NO_BODY != 0;
            let returned = matches!(l.status, 200 | 203 | 206) && !empty && !not_found.is(l.size);
            Seen {
                line: l.line,
                time: l.time,
                record,
                number: records.number(record),
                client: l.client,
                address: clients.address(l.client),
                count: l.count,
                signs: l.signs,
                returned,
                failed: l.status >= 500 || l.status == 429,
            }
        };
        let seen: Vec<Seen> = lookups.iter().map(seen).collect();
        let (usual, honest) = usual(&seen, clients);
        let endpoint = lookups.first().map(|l| store.endpoint(store.endpoint_of(l.key))).unwrap_or_default();
        Self { endpoint, records, seen, not_found, usual, honest, clients }
    }

    fn judge(mut self, crawlers: &Crawlers, incidents: &mut Vec<Incident>, aside: &mut Vec<SetAside>) {
        // By client, each in order of time: they are sorted, and never copied into a heap for each.
        let mut seen = std::mem::take(&mut self.seen);
        seen.sort_unstable_by_key(|s| (s.client, s.time, s.line));
        let (mut bare, mut crawled, mut browsing) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
        for of_client in seen.chunk_by(|a, b| a.client == b.client) {
            let client = of_client[0].client;
            if self.clients.is_crawler(client, crawlers) {
                crawled.entry(self.clients.agent(client)).or_insert_with(Vec::new).extend(of_client);
            } else if self.is_bare(client, of_client) {
                bare.extend(of_client);
            } else {
                browsing.entry(self.clients.address(client)).or_insert_with(Vec::new).extend(of_client);
            }
        }
        drop(seen);
        let mut set_aside = Vec::new();
        for seen in crawled.into_values() {
            match self.crawl(seen) {
                Ok(one) => set_aside.extend(one),
                Err(seen) => bare.extend(seen),
            }
        }
        // Endpoints come last first, and all is turned round in the end.
        aside.extend(set_aside.into_iter().rev());
        let mut found = self.bare_groups(bare);
        found.extend(browsing.into_values().filter_map(|seen| self.convicted(seen, FEWEST).ok()));
        incidents.extend(joined(found, self.clients).into_iter().map(|group| self.incident(&group)));
    }

    /// A client that shows no browser: one picture in five look-ups may be another's behind the same address.
    fn is_bare(&self, client: u32, seen: &[Seen]) -> bool {
        let bare = seen.iter().filter(|s| s.is_bare()).count();
        bare * 10 >= seen.len() * 9 && self.clients.assets(client) as usize * 5 <= seen.len()
    }

    /// What a search bot did, which says that it is one, asked for `robots.txt`, and follows links: all it asks for is there.
    fn crawl(&self, seen: Vec<Seen>) -> Result<Option<SetAside>, Vec<Seen>> {
        let group = Group::new(seen);
        let answered = group.seen.iter().filter(|s| s.returned || s.failed).count();
        if answered * 100 < group.seen.len() * 98 {
            return Err(group.seen);
        }
        let reason = "says that it is a search bot, asked for robots.txt, and all that it asked for is there";
        let (addresses, agents) = self.who(&group);
        Ok((group.records >= FEWEST).then(|| SetAside {
            endpoint: self.endpoint.clone(),
            reason: reason.to_owned(),
            requests: requests(&group),
            asked: group.records,
            addresses,
            agents,
        }))
    }

    /// Bare look-ups, put together by network and program where that is a good part of them, and the rest as a whole.
    fn bare_groups(&self, mut bare: Vec<Seen>) -> Vec<Group> {
        let all = bare.len();
        let root = self.together(&bare);
        let root_of = |s: &Seen| root.get(&s.address).copied().unwrap_or(s.address);
        bare.sort_unstable_by_key(|s| (root_of(s), s.client, s.time, s.line));
        let (mut found, mut rest) = (Vec::new(), Vec::new());
        // From behind, so that what is judged is no copy.
        while let Some(last) = bare.last().map(root_of) {
            let start = bare.partition_point(|s| root_of(s) < last);
            let own = if start == 0 { std::mem::take(&mut bare) } else { bare.split_off(start) };
            if own.len() as f64 >= all as f64 * OWN_GROUP {
                match self.convicted(own, FEWEST) {
                    Ok(group) => found.push(group),
                    Err(seen) => rest.push(seen),
                }
            } else {
                rest.push(own);
            }
        }
        found.reverse();
        rest.reverse();
        let rest = if rest.len() == 1 { rest.pop().unwrap_or_default() } else { rest.concat() };
        found.extend(self.convicted(self.of_one_kind(rest), FEWEST_SPREAD).ok());
        found
    }

    /// Of look-ups that have nothing else in common, those that are alike in naming a page that they come from: a script's all
    /// are, and a stray visitor's differ.
    fn of_one_kind(&self, mut rest: Vec<Seen>) -> Vec<Seen> {
        let named = |s: &Seen| s.signs & sign::REFERRER != 0;
        let with = rest.iter().filter(|s| named(s)).count();
        if with * 10 <= rest.len() {
            rest.retain(|s| !named(s));
        } else if with * 10 >= rest.len() * 9 {
            rest.retain(named);
        }
        rest
    }

    /// The group of these look-ups, if it is an enumeration; else the look-ups.
    fn convicted(&self, seen: Vec<Seen>, fewest: usize) -> Result<Group, Vec<Seen>> {
        let group = Group::new(seen);
        let is_one = group.records >= fewest && convicts(&group.evidence(self.usual));
        if is_one { Ok(group) } else { Err(group.seen) }
    }

    /// For each address the least one of those that share a network with it, or a program that no honest visitor uses.
    fn together(&self, bare: &[Seen]) -> FxHashMap<u32, u32> {
        let common: FxHashSet<u32> = self.honest.iter().map(|client| self.clients.agent(*client)).collect();
        let mut root: FxHashMap<u32, u32> = bare.iter().map(|s| (s.address, s.address)).collect();
        let mut first: FxHashMap<String, u32> = FxHashMap::default();
        let mut join = |root: &mut FxHashMap<u32, u32>, what: String, address: u32| {
            let other = *first.entry(what).or_insert(address);
            let (a, b) = (top(root, address), top(root, other));
            root.insert(a.max(b), a.min(b));
        };
        let clients: BTreeSet<(u32, u32)> = bare.iter().map(|s| (s.address, s.client)).collect();
        for (address, client) in clients {
            if let Some(block) = self.clients.block(address) {
                join(&mut root, block, address);
            }
            let agent = self.clients.agent(client);
            if !common.contains(&agent) {
                join(&mut root, format!("agent {agent}"), address);
            }
        }
        let addresses: Vec<u32> = root.keys().copied().collect();
        addresses.into_iter().map(|address| (address, top(&mut root, address))).collect()
    }

    fn who(&self, group: &Group) -> (Vec<String>, Vec<String>) {
        let addresses: BTreeSet<u32> = group.seen.iter().map(|s| s.address).collect();
        let agents: BTreeSet<u32> = group.seen.iter().map(|s| self.clients.agent(s.client)).collect();
        let mut addresses: Vec<String> =
            addresses.into_iter().map(|a| self.clients.address_text(a)).collect();
        let mut agents: Vec<String> = agents.into_iter().map(|a| self.clients.agent_text(a)).collect();
        addresses.sort();
        agents.sort();
        (addresses, agents)
    }

    fn incident(&self, group: &Group) -> Incident {
        let (mut records, mut evidence, mut told) = (Vec::new(), Vec::new(), FxHashSet::default());
        for seen in group.seen.iter().filter(|s| s.returned) {
            if told.insert(seen.record) {
                records.push(self.records.name(seen.record));
                evidence.push(seen.line);
            }
        }
        let (addresses, agents) = self.who(group);
        let blocks: BTreeSet<Option<String>> =
            group.seen.iter().map(|s| self.clients.block(s.address)).collect();
        let spread = match (addresses.len(), blocks.len(), agents.len()) {
            (1, ..) => "address",
            (_, 1, _) => "block",
            (_, _, 1) => "agent",
            _ => "distributed",
        };
        let time = |seen: Option<&Seen>| seen.map_or(0, |s| i64::from(s.time));
        Incident {
            kind: "enumeration",
            first: time(group.seen.first()),
            last: time(group.seen.last()),
            requests: requests(group),
            addresses,
            agents,
            records,
            evidence,
            why: group.evidence(self.usual),
            scrape: Some(Scrape {
                endpoint: self.endpoint.clone(),
                order: group.order(),
                spread,
                asked: group.records,
                rate: group.rate(),
                not_found: self.not_found.shown(),
            }),
        }
    }
}

fn requests(group: &Group) -> u64 {
    group.seen.iter().map(|s| u64::from(s.count)).sum()
}

/// The representative of a set, with the path to it made short.
fn top(root: &mut FxHashMap<u32, u32>, mut of: u32) -> u32 {
    while let Some(&up) = root.get(&of).filter(|up| **up != of) {
        let next = root.get(&up).copied().unwrap_or(up);
        root.insert(of, next);
        of = next;
    }
    of
}

/// Groups at the same time that share a program are one operation from several networks.
fn joined(mut groups: Vec<Group>, clients: &Clients) -> Vec<Group> {
    let agents = |g: &Group| -> BTreeSet<u32> { g.seen.iter().map(|s| clients.agent(s.client)).collect() };
    let window = |g: &Group| (g.seen.first().map_or(0, |s| s.time), g.seen.last().map_or(0, |s| s.time));
    groups.sort_by_key(window);
    let mut out: Vec<Group> = Vec::new();
    for group in groups {
        let ((first, last), own) = (window(&group), agents(&group));
        let meets = |other: &Group| {
            let (from, to) = window(other);
            let shared = to.min(last).saturating_sub(first.max(from));
            let shorter = (to - from).min(last - first).max(1);
            shared * 2 >= shorter && !own.is_disjoint(&agents(other))
        };
        match out.iter_mut().find(|other| meets(other)) {
            Some(other) => {
                let together = other.seen.iter().chain(&group.seen).copied().collect();
                *other = Group::new(together);
            }
            None => out.push(group),
        }
    }
    out
}

/// Learns the page that says "not found".
fn not_found(lookups: &[Lookup], records: &Records<'_>) -> NotFound {
    let (mut sizes, mut refused): (FxHashMap<u32, u32>, FxHashSet<u32>) = Default::default();
    for lookup in lookups {
        let record = records.of_key(lookup.key);
        match lookup.status {
            200 if lookup.size != NO_SIZE && lookup.size != 0 && lookup.signs & sign::NO_BODY == 0 => {
                sizes.entry(record).or_insert(lookup.size);
            }
            404 | 410 => {
                refused.insert(record);
            }
            _ => {}
        }
    }
    let sizes: Vec<u32> = sizes.into_values().collect();
    NotFound::learn(&sizes, refused.len())
}

/// What honest visitors do here, and who they are: those at whose look-ups a browser shows.
fn usual(seen: &[Seen], clients: &Clients) -> (Usual, FxHashSet<u32>) {
    let mut by_client: FxHashMap<u32, (FxHashSet<u32>, usize, usize)> = FxHashMap::default();
    for one in seen {
        let (records, all, bare) = by_client.entry(one.client).or_default();
        records.insert(one.record);
        *all += 1;
        *bare += usize::from(one.is_bare());
    }
    by_client.retain(|_, (_, all, bare)| *bare * 2 <= *all);
    let honest: FxHashSet<u32> = by_client.keys().copied().collect();
    let mut counts: Vec<usize> = by_client.values().map(|(records, ..)| records.len()).collect();
    counts.sort_unstable();
    let ninth = counts.get(counts.len() * 9 / 10).copied().unwrap_or(0);
    let own = || seen.iter().filter(|s| honest.contains(&s.client) && !s.failed);
    let missed = own().filter(|s| !s.returned).count();
    let usual = Usual {
        // Somebody who looks up a family is no outlier.
        records: ninth.max(3),
        visitors: honest.len(),
        look_ups: own().count(),
        misses: (missed + 1) as f64 / (own().count() + 20) as f64,
        assets: clients.any_assets(),
    };
    (usual, honest)
}
