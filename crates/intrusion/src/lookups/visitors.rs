//! What each visitor of an endpoint did there, and what is usual.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use roaring::RoaringBitmap;

use super::answers::NotFound;
use super::group::{Seen, Usual};
use crate::clients::{Clients, Crawlers};

/// What one client did.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Visits {
    pub(super) look_ups: usize,
    records: usize,
    bare: usize,
    /// Look-ups for which the site did not fail, and those of them that found nothing.
    judged: usize,
    missed: usize,
    /// It is a search bot.
    pub(super) crawler: bool,
}

impl Visits {
    /// A browser shows at its look-ups.
    pub(super) fn is_honest(&self) -> bool {
        self.bare * 2 <= self.look_ups
    }

    /// It shows no browser: one picture in five look-ups may be another's behind the same address.
    pub(super) fn is_bare(&self, assets: u32) -> bool {
        self.bare * 10 >= self.look_ups * 9 && assets as usize * 5 <= self.look_ups
    }
}

/// What a search bot did, with all its clients.
#[derive(Clone, Debug, Default)]
pub(super) struct Bot {
    pub(super) clients: BTreeSet<u32>,
    pub(super) records: RoaringBitmap,
    pub(super) requests: u64,
    look_ups: usize,
    answered: usize,
}

impl Bot {
    /// It follows links, which lead to what is there.
    pub(super) fn finds_all(&self) -> bool {
        self.answered * 100 >= self.look_ups * 98
    }
}

/// All of them.
#[derive(Debug, Default)]
pub(super) struct Visitors {
    /// By client, ascending.
    pub(super) all: Vec<(u32, Visits)>,
    /// By agent.
    pub(super) bots: BTreeMap<u32, Bot>,
}

impl Visitors {
    /// Tallies look-ups that come client by client.
    pub(super) fn of(
        seen: impl Iterator<Item = io::Result<Seen>>,
        not_found: &NotFound,
        clients: &Clients,
        crawlers: &Crawlers,
    ) -> io::Result<Self> {
        let (mut all, mut records): (Vec<(u32, Visits)>, _) = (Vec::new(), RoaringBitmap::new());
        let mut bots: BTreeMap<u32, Bot> = BTreeMap::new();
        for one in seen {
            let one = one?;
            if all.last().is_none_or(|(client, _)| *client != one.client) {
                let crawler = clients.is_crawler(one.client, crawlers);
                all.push((one.client, Visits { crawler, ..Visits::default() }));
                records.clear();
            }
            let Some((_, visits)) = all.last_mut() else { continue };
            let (returned, failed) = (one.is_returned(not_found), one.is_failed());
            visits.look_ups += 1;
            visits.records += usize::from(records.insert(one.record));
            visits.bare += usize::from(one.is_bare());
            visits.judged += usize::from(!failed);
            visits.missed += usize::from(!failed && !returned);
            if visits.crawler {
                let bot = bots.entry(clients.agent(one.client)).or_default();
                bot.clients.insert(one.client);
                bot.records.insert(one.record);
                bot.requests += u64::from(one.count);
                bot.look_ups += 1;
                bot.answered += usize::from(returned || failed);
            }
        }
        Ok(Self { all, bots })
    }

    /// What honest visitors do here: those at whose look-ups a browser shows.
    pub(super) fn usual(&self, clients: &Clients) -> Usual {
        let honest: Vec<&Visits> =
            self.all.iter().map(|(_, visits)| visits).filter(|v| v.is_honest()).collect();
        let mut counts: Vec<usize> = honest.iter().map(|visits| visits.records).collect();
        counts.sort_unstable();
        let ninth = counts.get(counts.len() * 9 / 10).copied().unwrap_or(0);
        let judged: usize = honest.iter().map(|visits| visits.judged).sum();
        let missed: usize = honest.iter().map(|visits| visits.missed).sum();
        Usual {
            // Somebody who looks up a family is no outlier.
            records: ninth.max(3),
            visitors: honest.len(),
            look_ups: judged,
            misses: (missed + 1) as f64 / (judged + 20) as f64,
            assets: clients.any_assets(),
        }
    }
}
