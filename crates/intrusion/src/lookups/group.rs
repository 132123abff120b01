//! A group of look-ups of one endpoint, and what its figures say.

use rustc_hash::FxHashSet;

use super::evidence::{Evidence, bits_of};
use super::store::sign;

/// A look-up whose record is known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    pub(crate) line: u64,
    pub(crate) time: u32,
    pub(crate) record: u32,
    pub(crate) number: Option<u64>,
    pub(crate) client: u32,
    pub(crate) address: u32,
    pub(crate) count: u32,
    pub(crate) signs: u8,
    /// The record came back.
    pub(crate) returned: bool,
    /// The site failed, so that nothing is known of the record.
    pub(crate) failed: bool,
}

impl Seen {
    /// Nothing around it shows a browser.
    pub(crate) fn is_bare(&self) -> bool {
        self.signs & (sign::ASSET | sign::PAGE) == 0
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
#[derive(Clone, Debug)]
pub(crate) struct Group {
    /// In order of time.
    pub(crate) seen: Vec<Seen>,
    pub(crate) records: usize,
    pub(crate) addresses: usize,
    /// Part of the steps that go to a neighbouring id.
    pub(crate) in_order: f64,
    pub(crate) ascending: f64,
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
    pub(crate) fn new(mut seen: Vec<Seen>) -> Self {
        seen.sort_unstable_by_key(|s| (s.time, s.line));
        let records = seen.iter().map(|s| s.record).collect::<FxHashSet<_>>().len();
        let all = [Row { seen: &seen, places: None }];
        let mut places: Vec<u32> = (0..).take(seen.len()).collect();
        let address = |place: &u32| seen[*place as usize].address;
        // Places ascend with time, so that each address keeps its order.
        places.sort_unstable_by_key(|place| (address(place), *place));
        let of_one = places.chunk_by(|a, b| address(a) == address(b));
        let each: Vec<Row<'_>> = of_one.map(|own| Row { seen: &seen, places: Some(own) }).collect();
        let addresses = each.len();
        // A machine of many shares the ids out by turns, or gives each a range of its own.
        let by_turns = NEIGHBOURS.max(2 * addresses as u64);
        let span = numbers(&seen).max().unwrap_or(0) - numbers(&seen).min().unwrap_or(0);
        let wide = if span > 20 * by_turns { near(&each, by_turns) } else { 0.0 };
        let in_order = near(&all, NEIGHBOURS).max(near(&each, NEIGHBOURS)).max(wide);
        let judged = seen.iter().filter(|s| !s.failed).count().max(1);
        let missed = seen.iter().filter(|s| !s.failed && !s.returned).count();
        let gap = Gap::of(&each).unwrap_or_else(|| Gap::of(&all).unwrap_or_default());
        Self {
            records,
            addresses,
            in_order,
            ascending: steps(&all, |from, to| to > from),
            misses: missed as f64 / judged as f64,
            gap,
            seen,
        }
    }

    fn share(&self, is: impl Fn(&Seen) -> bool) -> f64 {
        self.seen.iter().filter(|s| is(s)).count() as f64 / self.seen.len().max(1) as f64
    }

    /// Requests a second, from the first to the last.
    pub(crate) fn rate(&self) -> f64 {
        let (Some(first), Some(last)) = (self.seen.first(), self.seen.last()) else { return 0.0 };
        let requests: u64 = self.seen.iter().map(|s| u64::from(s.count)).sum();
        requests as f64 / f64::from((last.time - first.time).max(1))
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
        let bare = self.share(Seen::is_bare);
        let look_ups = self.seen.len();
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
        let without = self.share(|s| s.signs & sign::REFERRER == 0);
        if without >= 0.9 {
            say("no_referrer", format!("{} name no page that they come from", percent(without)));
        }
        let unvisited = self.share(|s| s.signs & sign::UNVISITED != 0);
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

fn numbers(seen: &[Seen]) -> impl Iterator<Item = u64> {
    seen.iter().filter_map(|s| s.number)
}

/// Look-ups in order of time: all of a group, or those of one address, by their places. A group has millions of them, and is
/// not copied to be put in another order.
#[derive(Clone, Copy)]
struct Row<'a> {
    seen: &'a [Seen],
    places: Option<&'a [u32]>,
}

impl<'a> Row<'a> {
    fn iter(self) -> impl Iterator<Item = &'a Seen> {
        let count = self.places.map_or(self.seen.len(), <[u32]>::len);
        (0..count).filter_map(move |n| {
            let place = match self.places {
                Some(places) => *places.get(n)? as usize,
                None => n,
            };
            self.seen.get(place)
        })
    }

    fn times(self) -> impl Iterator<Item = u32> {
        self.iter().map(|s| s.time)
    }

    fn numbers(self) -> impl Iterator<Item = u64> {
        self.iter().filter_map(|s| s.number)
    }
}

/// Part of the steps to a neighbour.
fn near(rows: &[Row<'_>], within: u64) -> f64 {
    steps(rows, |from, to| from.abs_diff(to) <= within)
}

/// Part of the steps between different ids that are such; 0 where there are too few.
fn steps(rows: &[Row<'_>], such: impl Fn(u64, u64) -> bool) -> f64 {
    let (mut all, mut those) = (0_usize, 0_usize);
    for row in rows {
        let mut last = None;
        for number in row.numbers() {
            if let Some(from) = last.filter(|from| *from != number) {
                all += 1;
                those += usize::from(such(from, number));
            }
            last = Some(number);
        }
    }
    if all < ENOUGH { 0.0 } else { those as f64 / all as f64 }
}

impl Gap {
    fn of(rows: &[Row<'_>]) -> Option<Self> {
        let mut gaps: Vec<f64> = rows
            .iter()
            .flat_map(|row| row.times().zip(row.times().skip(1)))
            .map(|(a, b)| f64::from(b - a))
            .collect();
        if gaps.len() < ENOUGH {
            return None;
        }
        gaps.sort_unstable_by(f64::total_cmp);
        // Nights and failures are no pauses: the longest twentieth is left out.
        let gaps = &gaps[..gaps.len() - gaps.len() / 20];
        let mean = gaps.iter().sum::<f64>() / gaps.len() as f64;
        let deviation = (gaps.iter().map(|g| (g - mean).powi(2)).sum::<f64>() / gaps.len() as f64).sqrt();
        Some(Self { median: gaps[gaps.len() / 2], variation: deviation / mean.max(0.001), count: gaps.len() })
    }
}
