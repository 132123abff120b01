//! Which answers hold a record: status, and size against the page that says "not found".

use std::io;

use itertools::Itertools;
use roaring::RoaringBitmap;
use rustc_hash::FxHashMap;

use super::group::Seen;
use super::store::NO_SIZE;

/// Fewest records of which anything about sizes can be said.
const LEARNT_FROM: usize = 20;

/// Sizes of answers with status 200 that hold no record, learnt from the answers themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct NotFound {
    /// Sizes from, to, both included.
    ranges: Vec<(u32, u32)>,
}

impl NotFound {
    /// Whether an answer of that size says that there is no record.
    pub(crate) fn is(&self, size: u32) -> bool {
        self.ranges.iter().any(|(from, to)| (*from..=*to).contains(&size))
    }

    /// The sizes, for people.
    pub(crate) fn shown(&self) -> Option<String> {
        let range =
            |(from, to): &(u32, u32)| if from == to { from.to_string() } else { format!("{from} to {to}") };
        (!self.ranges.is_empty()).then(|| self.ranges.iter().map(range).collect::<Vec<_>>().join(", "))
    }

    /// Learns from the sizes of answers with status 200, one for each id, and the number of ids that were answered 404.
    ///
    /// A site that answers 404 says itself what is not there. One that does not sends one page again and again, where
    /// records differ: one size stands out, or sizes that lie close together apart from the rest.
    pub(crate) fn learn(sizes: impl Iterator<Item = io::Result<u32>>, refused: u64) -> io::Result<Self> {
        let (mut counts, mut all): (FxHashMap<u32, usize>, usize) = Default::default();
        for size in sizes {
            *counts.entry(size?).or_default() += 1;
            all += 1;
        }
        if all < LEARNT_FROM || refused * 100 >= all as u64 {
            return Ok(Self::default());
        }
        let mut by_size: Vec<(u32, usize)> = counts.into_iter().collect();
        by_size.sort_unstable();
        let range = outstanding(&by_size, all).or_else(|| apart(&by_size, all));
        Ok(Self { ranges: range.into_iter().collect() })
    }

    /// Learns from look-ups in order of time.
    pub(crate) fn of<I: Iterator<Item = io::Result<Seen>>>(seen: impl Fn() -> I) -> io::Result<Self> {
        let (mut refused, mut told) = (RoaringBitmap::new(), RoaringBitmap::new());
        for one in seen() {
            let one = one?;
            if matches!(one.status, 404 | 410) {
                refused.insert(one.record);
            }
        }
        let sizes = seen().filter_map_ok(|one| {
            let tells = one.status == 200 && one.size != NO_SIZE && one.has_body();
            (tells && told.insert(one.record)).then_some(one.size)
        });
        Self::learn(sizes, refused.len())
    }
}

/// One size that is far more common than any other, where the others differ as records do.
fn outstanding(by_size: &[(u32, usize)], all: usize) -> Option<(u32, u32)> {
    let (size, count) = *by_size.iter().max_by_key(|(size, count)| (*count, u32::MAX - size))?;
    let second = by_size.iter().filter(|(s, _)| *s != size).map(|(_, count)| *count).max()?;
    let (others, below) = (by_size.len() - 1, by_size.iter().filter(|(s, _)| *s < size).count());
    // A record's page of fixed length lies among the sizes of those that vary, or is all there is.
    let at_the_edge = below * 10 <= others || below * 10 >= others * 9;
    let differ = others >= 8;
    let dominant = count >= 5 && count >= 8 * second;
    (differ && dominant && (at_the_edge || count * 2 <= all) && count * 20 <= all * 19)
        .then_some((size, size))
}

/// The smallest answers, where they lie close together and a wide gap parts them from the rest.
fn apart(by_size: &[(u32, usize)], all: usize) -> Option<(u32, u32)> {
    let cut = by_size.windows(2).position(|w| f64::from(w[1].0) >= 1.25 * f64::from(w[0].0.max(1)))?;
    let (low, high) = by_size.split_at(cut + 1);
    let (from, to) = (low.first()?.0, low.last()?.0);
    let (least, most) = (high.first()?.0, high.last()?.0);
    let count: usize = low.iter().map(|(_, count)| count).sum();
    let together = f64::from(to) <= 1.15 * f64::from(from.max(1));
    let narrower = to - from <= most - least;
    // A handful of small records is no page that says "not found".
    (together && narrower && count >= 3 && count * 300 >= all).then_some((from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sizes: impl Iterator<Item = u32>, refused: u64, expected: Option<&str>) {
        let sizes: Vec<u32> = sizes.collect();
        let learnt = NotFound::learn(sizes.iter().copied().map(Ok), refused).unwrap();
        assert_eq!(learnt.shown().as_deref(), expected, "{sizes:?}");
    }

    #[test]
    fn pages_that_say_not_found() {
        let records = || (0..300_u32).map(|n| 1880 + n * 37 % 500);
        check(records(), 0, None);
        check(records().chain([641; 100]), 0, Some("641"));
        check(records().chain([641; 4]), 0, Some("641"));
        check(records().chain([641; 100]), 40, None);
        // One page in which the id is repeated.
        check(records().chain((0..90).map(|n| 620 + n % 45)), 0, Some("620 to 664"));
        // A page as large as records are.
        check(records().chain([2100; 120]), 0, Some("2100"));
        // All records of one size, and two that differ.
        check([512; 300].into_iter().chain([530, 531]), 0, None);
        check([512; 200].into_iter().chain([88; 100]), 0, Some("88"));
        check([2000, 641].into_iter(), 0, None);
    }
}
