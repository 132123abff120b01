//! A group of look-ups of one endpoint, and what its figures say.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::iter::repeat_n;

use roaring::RoaringBitmap;
use rustc_hash::{FxHashMap, FxHashSet};
use zerocopy::{FromBytes, Immutable, IntoBytes};

use super::answers::NotFound;
use super::evidence::{Evidence, bits_of};
use super::store::{Lookup, sign};
use crate::clients::Clients;

/// A look-up whose record is known.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable)]
#[repr(C)]
pub(crate) struct Seen {
    pub(crate) line: u64,
    /// The number in the id, or [`NO_NUMBER`].
    number: u64,
    pub(crate) time: u32,
    pub(crate) record: u32,
    pub(crate) client: u32,
    pub(crate) count: u32,
    pub(crate) size: u32,
    pub(crate) status: u16,
    pub(crate) signs: u16,
}

/// No number of an id has more than 18 digits.
const NO_NUMBER: u64 = u64::MAX;

impl Seen {
    pub(crate) fn new(lookup: &Lookup, record: u32, number: Option<u64>) -> Self {
        let &Lookup { line, time, client, size, count, status, signs, .. } = lookup;
        Self { line, number: number.unwrap_or(NO_NUMBER), time, record, client, count, size, status, signs }
    }

    fn number(&self) -> Option<u64> {
        (self.number != NO_NUMBER).then_some(self.number)
    }

    /// Nothing around it shows a browser.
    pub(crate) fn is_bare(&self) -> bool {
        self.signs & (sign::ASSET | sign::PAGE) == 0
    }

    /// It names a page that it comes from.
    pub(crate) fn names_a_page(&self) -> bool {
        self.signs & sign::REFERRER != 0
    }

    /// The answer has a body that says whether there is a record.
    pub(crate) fn has_body(&self) -> bool {
        self.size != 0 && self.signs & sign::NO_BODY == 0
    }

    /// The record came back.
    pub(crate) fn is_returned(&self, not_found: &NotFound) -> bool {
        matches!(self.status, 200 | 203 | 206) && self.has_body() && !not_found.is(self.size)
    }

    /// The site failed, so that nothing is known of the record.
    pub(crate) fn is_failed(&self) -> bool {
        self.status >= 500 || self.status == 429
    }
}

/// What is usual at an endpoint.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Usual {
    /// Records that nine of ten honest visitors look up at most.
    pub(crate) records: usize,
    /// Honest visitors, by address and agent.
    pub(crate) visitors: usize,
    /// Their look-ups.
    pub(crate) look_ups: usize,
    /// Part of their look-ups that found nothing.
    pub(crate) misses: f64,
    /// The log shows pictures, styles or scripts at all.
    pub(crate) assets: bool,
}

/// Figures of a group.
#[derive(Clone, Debug, Default)]
pub(crate) struct Group {
    pub(crate) clients: BTreeSet<u32>,
    pub(crate) addresses: usize,
    pub(crate) look_ups: usize,
    pub(crate) records: usize,
    /// Requests: look-ups, and those that were joined with them.
    pub(crate) requests: u64,
    /// The first time and the last.
    pub(crate) window: (u32, u32),
    bare: usize,
    without_referrer: usize,
    unvisited: usize,
    /// Part of the steps that go to a neighbouring id.
    in_order: f64,
    ascending: f64,
    misses: f64,
    gap: Gap,
}

/// Pauses between look-ups of one address; of all together where each has but a few.
#[derive(Clone, Copy, Debug, Default)]
struct Gap {
    median: f64,
    /// Standard deviation over mean.
    variation: f64,
    count: usize,
}

/// Steps and pauses from which on their figures mean something.
const ENOUGH: usize = 20;
/// One look-up in so many is bare though somebody honest makes it: from a bookmark, by a browser that fetches ahead, with all of the
/// site in its cache.
const STRAY: usize = 100;
/// Ids apart that are neighbours: a script may leave some out, or ask for two at a time.
const NEIGHBOURS: u64 = 3;

impl Group {
    /// The figures of look-ups in order of time, which are read twice.
    pub(crate) fn of<I: Iterator<Item = io::Result<Seen>>>(
        seen: impl Fn() -> I,
        not_found: &NotFound,
        clients: &Clients,
    ) -> io::Result<Self> {
        let mut group = Self::default();
        for one in seen() {
            group.clients.insert(one?.client);
        }
        let addresses: FxHashSet<u32> = group.clients.iter().map(|client| clients.address(*client)).collect();
        group.addresses = addresses.len();
        // A machine of many shares the ids out by turns, or gives each a range of its own.
        let by_turns = NEIGHBOURS.max(2 * addresses.len() as u64);
        let (mut of_all, mut each): (Row, FxHashMap<u32, Row>) = Default::default();
        let (mut steps, mut own_steps) = (Steps::default(), Steps::default());
        let (mut gaps, mut own_gaps) = (Gaps::default(), Gaps::default());
        let (mut least, mut most) = (u64::MAX, 0);
        let (mut records, mut judged, mut missed) = (RoaringBitmap::new(), 0_usize, 0_usize);
        for one in seen() {
            let one = one?;
            if group.look_ups == 0 {
                group.window.0 = one.time;
            }
            group.window.1 = one.time;
            group.look_ups += 1;
            group.requests += u64::from(one.count);
            group.bare += usize::from(one.is_bare());
            group.without_referrer += usize::from(!one.names_a_page());
            group.unvisited += usize::from(one.signs & sign::UNVISITED != 0);
            records.insert(one.record);
            if !one.is_failed() {
                judged += 1;
                missed += usize::from(!one.is_returned(not_found));
            }
            let row = each.entry(clients.address(one.client)).or_default();
            if let Some(number) = one.number() {
                (least, most) = (least.min(number), most.max(number));
                steps.add(of_all.step(number), by_turns);
                own_steps.add(row.step(number), by_turns);
            }
            gaps.add(of_all.pause(one.time));
            own_gaps.add(row.pause(one.time));
        }
        let wide =
            if most.saturating_sub(least) > 20 * by_turns { own_steps.part(own_steps.by_turns) } else { 0.0 };
        group.in_order = steps.part(steps.near).max(own_steps.part(own_steps.near)).max(wide);
        group.ascending = steps.part(steps.up);
        group.records = usize::try_from(records.len()).unwrap_or(usize::MAX);
        group.misses = missed as f64 / judged.max(1) as f64;
        group.gap = own_gaps.gap().or_else(|| gaps.gap()).unwrap_or_default();
        Ok(group)
    }

    fn share(&self, those: usize) -> f64 {
        those as f64 / self.look_ups.max(1) as f64
    }

    /// Requests a second, from the first to the last.
    pub(crate) fn rate(&self) -> f64 {
        self.requests as f64 / f64::from((self.window.1 - self.window.0).max(1))
    }

    /// In which order the ids come, in a word.
    pub(crate) fn order(&self) -> &'static str {
        match self {
            _ if self.in_order >= 0.5 => "sequential",
            _ if self.ascending >= 0.95 => "ascending",
            _ => "none",
        }
    }

    /// What speaks for an enumeration and against it.
    pub(crate) fn evidence(&self, usual: Usual) -> Vec<Evidence> {
        let mut all = Vec::new();
        let mut say = |feature, why: String| all.push(Evidence::new(feature, why));
        let percent = |share: f64| format!("{:.0} %", share * 100.0);
        let bare = self.share(self.bare);
        let look_ups = self.look_ups;
        if bare >= 0.9 && usual.assets {
            let why = format!(
                "{} of {look_ups} look-ups have no picture, style, script or page around them",
                percent(bare)
            );
            if usual.visitors >= 5 {
                say("no_page", format!("{why}; those of {} visitors do", usual.visitors));
            } else {
                say("no_page_here", why);
            }
        } else if bare <= 0.5 {
            say(
                "pages",
                format!("{} of {look_ups} look-ups come with what a browser loads", percent(1.0 - bare)),
            );
        }
        let without = self.share(self.without_referrer);
        if without >= 0.9 {
            say("no_referrer", format!("{} name no page that they come from", percent(without)));
        }
        let unvisited = self.share(self.unvisited);
        if unvisited >= 0.9 {
            say(
                "referrer_not_visited",
                format!("{} claim to come from a page that was never asked for", percent(unvisited)),
            );
        }
        if self.in_order >= 0.5 {
            say("in_order", format!("{} of the steps go to a neighbouring id", percent(self.in_order)));
        } else if self.ascending >= 0.95 {
            say("ascending", format!("{} of the steps go up", percent(self.ascending)));
        }
        let Gap { median, variation, count } = self.gap;
        if count >= ENOUGH {
            if median < 2.0 {
                say("fast", format!("half of the pauses are of {median:.0} s or less"));
            } else if variation < 0.35 {
                say("steady", format!("pauses of {median:.0} s that vary by {}", percent(variation)));
            } else if median >= 3.0 && variation >= 0.5 && self.addresses == 1 {
                say("think_time", format!("pauses of {median:.0} s that vary by {}", percent(variation)));
            }
        }
        if self.misses >= 0.1 && self.misses >= 3.0 * usual.misses {
            let why = format!(
                "{} found nothing, of others' look-ups {}",
                percent(self.misses),
                percent(usual.misses)
            );
            say("misses", why);
        }
        let mut covers = 4 * usual.records;
        let mut why =
            format!("{} records; nine of ten visitors look up {} or fewer", self.records, usual.records);
        let stray = usual.look_ups / STRAY;
        if self.addresses > 1 && stray > covers {
            covers = stray;
            why = format!(
                "{} records; of {} look-ups of visitors, {stray} may be bare",
                self.records, usual.look_ups
            );
        }
        let volume = (self.records as f64 / covers as f64).log2().clamp(0.0, bits_of("volume_most"));
        if volume > 0.0 {
            all.push(Evidence { feature: "volume", bits: volume * bits_of("volume"), why });
        }
        all
    }
}

/// Look-ups one after the other: all of a group, or those of one address. Only the last is kept.
#[derive(Clone, Copy, Debug, Default)]
struct Row {
    number: Option<u64>,
    time: Option<u32>,
}

impl Row {
    /// From the last number to this one, where they differ.
    fn step(&mut self, to: u64) -> Option<(u64, u64)> {
        let from = self.number.replace(to)?;
        (from != to).then_some((from, to))
    }

    /// Seconds since the last.
    fn pause(&mut self, time: u32) -> Option<u32> {
        Some(time - self.time.replace(time)?)
    }
}

/// Steps between different ids.
#[derive(Clone, Copy, Debug, Default)]
struct Steps {
    all: usize,
    /// To a neighbour.
    near: usize,
    /// To where the next of so many machines that share the ids would go on.
    by_turns: usize,
    up: usize,
}

impl Steps {
    fn add(&mut self, step: Option<(u64, u64)>, by_turns: u64) {
        let Some((from, to)) = step else { return };
        self.all += 1;
        self.near += usize::from(from.abs_diff(to) <= NEIGHBOURS);
        self.by_turns += usize::from(from.abs_diff(to) <= by_turns);
        self.up += usize::from(to > from);
    }

    /// Part of them; 0 where there are too few.
    fn part(&self, those: usize) -> f64 {
        if self.all < ENOUGH { 0.0 } else { those as f64 / self.all as f64 }
    }
}

/// How often there was a pause of so many seconds: a window of seconds holds few different ones, however many look-ups.
#[derive(Clone, Debug, Default)]
struct Gaps {
    times: BTreeMap<u32, usize>,
    count: usize,
}

impl Gaps {
    fn add(&mut self, pause: Option<u32>) {
        let Some(pause) = pause else { return };
        *self.times.entry(pause).or_default() += 1;
        self.count += 1;
    }

    fn gap(&self) -> Option<Gap> {
        if self.count < ENOUGH {
            return None;
        }
        // Nights and failures are no pauses: the longest twentieth is left out.
        let count = self.count - self.count / 20;
        let gaps = || {
            let each = self.times.iter().flat_map(|(gap, times)| repeat_n(f64::from(*gap), *times));
            each.take(count)
        };
        let mean = gaps().sum::<f64>() / count as f64;
        let deviation = (gaps().map(|g| (g - mean).powi(2)).sum::<f64>() / count as f64).sqrt();
        let median = gaps().nth(count / 2).unwrap_or_default();
        Some(Gap { median, variation: deviation / mean.max(0.001), count })
    }
}
