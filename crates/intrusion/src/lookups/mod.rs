//! Record enumeration: who goes through ids, and which records came back.
//!
//! Only look-ups are weighed, never an address or an agent alone. A look-up is *bare* where nothing around it shows a browser: no
//! picture, style or script loaded by the same client, no page that led there. Clients whose look-ups are bare are set against the
//! honest ones of the same place; what they share (network, program) puts them together; what is left is judged as a whole, so that a
//! scrape from hundreds of addresses, each with a handful of look-ups, is seen.

mod answers;
mod asked;
mod evidence;
mod group;
mod keys;
mod records;
mod store;
mod visitors;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::ops::Range;

use roaring::RoaringBitmap;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::clients::{Clients, Crawlers};
use crate::incident::{Incident, Scrape, SetAside};
use crate::returned::Returned;
use crate::spill::{Room, Rows};
use answers::NotFound;
use asked::{Asked, each_endpoint};
use evidence::convicts;
use group::{Group, Seen, Usual};
use visitors::{Bot, Visitors};

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
pub(crate) fn find(lookups: &mut Lookups, clients: &Clients) -> io::Result<(Vec<Incident>, Vec<SetAside>)> {
    let (mut incidents, mut aside) = (Vec::new(), Vec::new());
    let crawlers = clients.crawlers();
    let mut labels = vec![0; clients.len()];
    let room = lookups.room.clone();
    each_endpoint(lookups, |asked| {
        if asked.records >= FEWEST {
            let place = Place::new(asked, clients, &crawlers, room.as_ref())?;
            place.judge(&mut labels, &mut incidents, &mut aside)?;
        }
        Ok(())
    })?;
    aside.reverse();
    Ok((incidents, aside))
}

/// One endpoint.
struct Place<'a> {
    asked: Asked<'a>,
    not_found: NotFound,
    visitors: Visitors,
    usual: Usual,
    clients: &'a Clients,
    room: Option<&'a Room>,
}

/// A part of an endpoint's look-ups, in order of time: those of some clients, and of these, where that is said, the ones that
/// name a page that they come from, or those that do not.
#[derive(Clone, Debug)]
struct Part {
    range: Range<usize>,
    naming: Option<bool>,
}

impl Part {
    fn of(range: Range<usize>) -> Self {
        Self { range, naming: None }
    }

    fn of_rows(&self, rows: &Rows<Seen>) -> impl Iterator<Item = io::Result<Seen>> {
        let wanted = |one: &io::Result<Seen>| match (self.naming, one) {
            (Some(naming), Ok(one)) => one.names_a_page() == naming,
            _ => true,
        };
        rows.iter(self.range.clone()).filter(wanted)
    }
}

/// Clients that are judged together, each with the number of its look-ups.
type Members = Vec<(u32, usize)>;

/// The label of clients whose bare look-ups are judged as a whole, and of those that are not judged.
const REST: u32 = u32::MAX - 1;
const ASIDE: u32 = u32::MAX;

impl<'a> Place<'a> {
    fn new(
        mut asked: Asked<'a>,
        clients: &'a Clients,
        crawlers: &Crawlers,
        room: Option<&'a Room>,
    ) -> io::Result<Self> {
        let seen = &mut asked.seen;
        let not_found = NotFound::of(|| seen.iter(0..seen.len()))?;
        seen.sort_by_key(|s| (s.client, s.time, s.line))?;
        let visitors = Visitors::of(seen.iter(0..seen.len()), &not_found, clients, crawlers)?;
        let usual = visitors.usual(clients);
        Ok(Self { asked, not_found, visitors, usual, clients, room })
    }

    fn judge(
        mut self,
        labels: &mut [u32],
        incidents: &mut Vec<Incident>,
        aside: &mut Vec<SetAside>,
    ) -> io::Result<()> {
        let (bots, not_bots): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.visitors.bots).into_values().partition(Bot::finds_all);
        // Endpoints come last first, and all is turned round in the end.
        aside.extend(bots.iter().rev().filter_map(|bot| self.set_aside(bot)));
        let pretend: BTreeSet<u32> = not_bots.into_iter().flat_map(|bot| bot.clients).collect();
        let (mut bare, mut browsing): (Members, BTreeMap<u32, Members>) = Default::default();
        for (client, visits) in &self.visitors.all {
            let member = (*client, visits.look_ups);
            if pretend.contains(client) || (!visits.crawler && visits.is_bare(self.clients.assets(*client))) {
                bare.push(member);
            } else if visits.crawler {
                labels[*client as usize] = ASIDE;
            } else {
                browsing.entry(self.clients.address(*client)).or_default().push(member);
            }
        }
        let groups = joined(self.groups(bare, browsing.into_values(), labels)?, self.clients);
        incidents.extend(self.incidents(groups)?);
        Ok(())
    }

    /// What a search bot did, which says that it is one, asked for `robots.txt`, and follows links: all it asks for is there.
    fn set_aside(&self, bot: &Bot) -> Option<SetAside> {
        let reason = "says that it is a search bot, asked for robots.txt, and all that it asked for is there";
        let (addresses, agents) = self.who(&bot.clients);
        let asked = usize::try_from(bot.records.len()).unwrap_or(usize::MAX);
        (asked >= FEWEST).then(|| SetAside {
            endpoint: self.asked.endpoint.clone(),
            reason: reason.to_owned(),
            requests: bot.requests,
            asked,
            addresses,
            agents,
        })
    }

    /// The enumerations. Bare look-ups are put together by network and program where that is a good part of them, and the rest as
    /// a whole, to which comes what is no enumeration by itself; all others are judged by address.
    fn groups(
        &mut self,
        bare: Members,
        browsing: impl Iterator<Item = Members>,
        labels: &mut [u32],
    ) -> io::Result<Vec<(Part, Group)>> {
        let root = self.together(&bare);
        let good = look_ups(&bare) as f64 * OWN_GROUP;
        let mut by_root: BTreeMap<u32, Members> = BTreeMap::new();
        for member in bare {
            let address = self.clients.address(member.0);
            by_root.entry(root.get(&address).copied().unwrap_or(address)).or_default().push(member);
        }
        let (mut groups, rest): (Vec<_>, Vec<_>) =
            by_root.into_values().partition(|members| look_ups(members) as f64 >= good);
        let (own, mut rest) = (groups.len(), rest.concat());
        groups.extend(browsing);
        let mut ranges = self.lay_out(&groups, &rest, labels)?;
        let own: Vec<Option<Group>> = ranges
            .iter()
            .take(own)
            .map(|range| self.convicted(&Part::of(range.clone()), FEWEST))
            .collect::<io::Result<_>>()?;
        if own.iter().any(Option::is_none) {
            let mut verdicts = own.iter();
            groups.retain(|members| {
                let acquitted = verdicts.next().is_some_and(Option::is_none);
                if acquitted {
                    rest.extend(members);
                }
                !acquitted
            });
            ranges = self.lay_out(&groups, &rest, labels)?;
        }
        let mut ranges = ranges.into_iter();
        let mut found: Vec<(Part, Group)> = own
            .into_iter()
            .flatten()
            .zip(ranges.by_ref())
            .map(|(group, range)| (Part::of(range), group))
            .collect();
        let rest = self.of_one_kind(ranges.next_back().unwrap_or_default())?;
        found.extend(self.convicted(&rest, FEWEST_SPREAD)?.map(|group| (rest, group)));
        for part in ranges.map(Part::of) {
            found.extend(self.convicted(&part, FEWEST)?.map(|group| (part, group)));
        }
        Ok(found)
    }

    /// Puts the look-ups of each group one behind the other in order of time, then the rest; says where each lies, the rest last.
    fn lay_out(
        &mut self,
        groups: &[Members],
        rest: &Members,
        labels: &mut [u32],
    ) -> io::Result<Vec<Range<usize>>> {
        let mut at = 0;
        let mut place = |(label, members): (u32, &Members)| {
            members.iter().for_each(|(client, _)| labels[*client as usize] = label);
            let start = at;
            at += look_ups(members);
            start..at
        };
        let ranges = (0..REST).zip(groups).chain([(REST, rest)]).map(&mut place).collect();
        self.asked.seen.sort_by_key(|s| (labels[s.client as usize], s.time, s.line))?;
        Ok(ranges)
    }

    /// Of look-ups that have nothing else in common, those that are alike in naming a page that they come from: a script's all
    /// are, and a stray visitor's differ.
    fn of_one_kind(&self, range: Range<usize>) -> io::Result<Part> {
        let (mut with, all) = (0, range.len());
        for one in self.asked.seen.iter(range.clone()) {
            with += usize::from(one?.names_a_page());
        }
        let naming = match with {
            _ if with * 10 <= all => Some(false),
            _ if with * 10 >= all * 9 => Some(true),
            _ => None,
        };
        Ok(Part { range, naming })
    }

    /// The figures of a part, if it is an enumeration.
    fn convicted(&self, part: &Part, fewest: usize) -> io::Result<Option<Group>> {
        if part.range.len() < fewest {
            return Ok(None);
        }
        let group = Group::of(|| part.of_rows(&self.asked.seen), &self.not_found, self.clients)?;
        Ok((group.records >= fewest && convicts(&group.evidence(self.usual))).then_some(group))
    }

    /// For each address the least one of those that share a network with it, or a program that no honest visitor uses.
    fn together(&self, bare: &Members) -> FxHashMap<u32, u32> {
        let honest = self.visitors.all.iter().filter(|(_, visits)| visits.is_honest());
        let common: FxHashSet<u32> = honest.map(|(client, _)| self.clients.agent(*client)).collect();
        let clients: BTreeSet<(u32, u32)> =
            bare.iter().map(|(client, _)| (self.clients.address(*client), *client)).collect();
        let mut root: FxHashMap<u32, u32> = clients.iter().map(|(address, _)| (*address, *address)).collect();
        let mut first: FxHashMap<String, u32> = FxHashMap::default();
        let mut join = |root: &mut FxHashMap<u32, u32>, what: String, address: u32| {
            let other = *first.entry(what).or_insert(address);
            let (a, b) = (top(root, address), top(root, other));
            root.insert(a.max(b), a.min(b));
        };
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

    /// The addresses of clients and their agents, sorted.
    fn who(&self, clients: &BTreeSet<u32>) -> (Vec<String>, Vec<String>) {
        let addresses: BTreeSet<u32> = clients.iter().map(|client| self.clients.address(*client)).collect();
        let agents: BTreeSet<u32> = clients.iter().map(|client| self.clients.agent(*client)).collect();
        let mut addresses: Vec<String> =
            addresses.into_iter().map(|a| self.clients.address_text(a)).collect();
        let mut agents: Vec<String> = agents.into_iter().map(|a| self.clients.agent_text(a)).collect();
        addresses.sort();
        agents.sort();
        (addresses, agents)
    }

    /// The incidents, each of one group or of several that are one operation.
    fn incidents(mut self, groups: Vec<(Vec<Part>, Group)>) -> io::Result<Vec<Incident>> {
        let (mut incidents, mut wanted) = (Vec::new(), Rows::new(self.room.cloned()));
        for (number, (mut parts, mut group)) in (0..).zip(groups) {
            let mut together = Rows::new(self.room.cloned());
            let mut seen = &self.asked.seen;
            if parts.len() > 1 {
                for part in &parts {
                    part.of_rows(seen).try_for_each(|one| together.push(one?))?;
                }
                together.sort_by_key(|s: &Seen| (s.time, s.line))?;
                parts = vec![Part::of(0..together.len())];
                seen = &together;
                group = Group::of(|| parts[0].of_rows(seen), &self.not_found, self.clients)?;
            }
            let (mut evidence, mut told) = (Vec::new(), RoaringBitmap::new());
            for one in parts.iter().flat_map(|part| part.of_rows(seen)) {
                let one = one?;
                if one.is_returned(&self.not_found) && told.insert(one.record) {
                    let nth = u32::try_from(evidence.len()).map_err(io::Error::other)?;
                    wanted.push([one.record, number, nth])?;
                    evidence.push(one.line);
                }
            }
            incidents.push(self.incident(&group, evidence));
        }
        self.asked.seen = Rows::new(None);
        let counts: Vec<usize> =
            incidents.iter().map(|incident: &Incident| incident.evidence.len()).collect();
        let named = self.asked.named(wanted, &counts, self.room)?;
        for (incident, records) in incidents.iter_mut().zip(named) {
            incident.records = records;
        }
        Ok(incidents)
    }

    /// An incident whose records have no names yet.
    fn incident(&self, group: &Group, evidence: Vec<u64>) -> Incident {
        let (addresses, agents) = self.who(&group.clients);
        let blocks: BTreeSet<Option<String>> =
            group.clients.iter().map(|client| self.clients.block(self.clients.address(*client))).collect();
        let spread = match (addresses.len(), blocks.len(), agents.len()) {
            (1, ..) => "address",
            (_, 1, _) => "block",
            (_, _, 1) => "agent",
            _ => "distributed",
        };
        Incident {
            kind: "enumeration",
            first: i64::from(group.window.0),
            last: i64::from(group.window.1),
            requests: group.requests,
            addresses,
            agents,
            records: Returned::default(),
            evidence,
            why: group.evidence(self.usual),
            scrape: Some(Scrape {
                endpoint: self.asked.endpoint.clone(),
                order: group.order(),
                spread,
                asked: group.records,
                rate: group.rate(),
                not_found: self.not_found.shown(),
            }),
        }
    }
}

fn look_ups(members: &Members) -> usize {
    members.iter().map(|(_, look_ups)| look_ups).sum()
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

/// Groups at the same time that share a program are one operation from several networks: their figures are told anew.
fn joined(mut groups: Vec<(Part, Group)>, clients: &Clients) -> Vec<(Vec<Part>, Group)> {
    let agents = |g: &Group| -> BTreeSet<u32> { g.clients.iter().map(|c| clients.agent(*c)).collect() };
    groups.sort_by_key(|(_, group)| group.window);
    let mut out: Vec<(Vec<Part>, Group)> = Vec::new();
    for (part, group) in groups {
        let ((first, last), own) = (group.window, agents(&group));
        let meets = |other: &Group| {
            let (from, to) = other.window;
            let shared = to.min(last).saturating_sub(first.max(from));
            let shorter = (to - from).min(last - first).max(1);
            shared * 2 >= shorter && !own.is_disjoint(&agents(other))
        };
        match out.iter_mut().find(|(_, other)| meets(other)) {
            Some((parts, other)) => {
                parts.push(part);
                other.window = (other.window.0.min(first), other.window.1.max(last));
                other.clients.extend(&group.clients);
            }
            None => out.push((vec![part], group)),
        }
    }
    out
}
