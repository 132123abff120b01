//! Two token sequences laid side by side.
//!
//! Runs of three words that stand once in the one are looked up in the other and grow to blocks while tokens agree; the best
//! chain of blocks stands, and what lies between two blocks is aligned token by token where it is short. Time grows
//! with the length of the texts and the number of slots, not with their product.

use rustc_hash::{FxHashMap, FxHashSet};

use super::sketch::run_of;
use super::tokens::{Kind, Token};

/// Blocks that take part in a chain; the longest ones. A text repeats itself more often only to waste our time.
const MOST_BLOCKS: usize = 128;

/// Cells of the table between two blocks. Slots and changed phrases are far shorter; what is longer stays unmatched.
const MOST_CELLS: usize = 1 << 14;

/// A sequence that others are aligned with.
#[derive(Debug)]
pub(crate) struct Reference {
    pub(crate) tokens: Vec<Token>,
    /// Where each run of three words starts that stands in it once.
    runs: FxHashMap<u32, u32>,
    /// Its words.
    pub(crate) words: usize,
}

/// Places of equal tokens: in the reference, in the other. Ascending in both.
pub(crate) type Pairs = Vec<(u32, u32)>;

impl Reference {
    pub(crate) fn new(tokens: Vec<Token>) -> Self {
        let mut runs: FxHashMap<u32, u32> = FxHashMap::default();
        let mut repeated = FxHashSet::default();
        each_run(&tokens, |run, at| {
            if runs.insert(run, at).is_some() {
                repeated.insert(run);
            }
        });
        runs.retain(|run, _| !repeated.contains(run));
        let words = tokens.iter().filter(|token| token.is_word()).count();
        Self { tokens, runs, words }
    }

    /// Aligns another sequence by blocks: stretches of three words and more, and what agrees beside them.
    pub(crate) fn align(&self, other: &[Token]) -> Pairs {
        self.chain(self.blocks(other))
    }

    fn blocks(&self, other: &[Token]) -> Vec<Pairs> {
        let mut blocks: Vec<Pairs> = Vec::new();
        let mut done = 0;
        each_run(other, |run, at| {
            if at >= done
                && let Some(&own) = self.runs.get(&run)
            {
                let block = self.grow(other, own, at, done);
                if let Some(&(_, last)) = block.last() {
                    done = last + 1;
                    blocks.push(block);
                }
            }
        });
        if blocks.len() > MOST_BLOCKS {
            blocks.sort_by_key(|block| std::cmp::Reverse(block.len()));
            blocks.truncate(MOST_BLOCKS);
            blocks.sort_by_key(|block| block[0].1);
        }
        blocks
    }

    /// The equal tokens around two places, line breaks skipped where only one side has them. Nothing of the other before
    /// `from` is taken.
    fn grow(&self, other: &[Token], own: u32, at: u32, from: u32) -> Pairs {
        let tokens = &self.tokens;
        let mut pairs = Pairs::new();
        let (mut i, mut j) = (own, at);
        // Backward, from the tokens before.
        while i > 0 && j > from {
            let (a, b) = (&tokens[i as usize - 1], &other[j as usize - 1]);
            match (same(a, b), a.is_break(), b.is_break()) {
                (true, ..) => {
                    (i, j) = (i - 1, j - 1);
                    pairs.push((i, j));
                }
                (_, true, _) => i -= 1,
                (_, _, true) => j -= 1,
                _ => break,
            }
        }
        pairs.reverse();
        let (mut i, mut j) = (own as usize, at as usize);
        while let (Some(a), Some(b)) = (tokens.get(i), other.get(j)) {
            match (same(a, b), a.is_break(), b.is_break()) {
                (true, ..) => {
                    pairs.push((i as u32, j as u32));
                    (i, j) = (i + 1, j + 1);
                }
                (_, true, _) => i += 1,
                (_, _, true) => j += 1,
                _ => break,
            }
        }
        pairs
    }

    /// The chain of blocks with the most tokens that ascends in both.
    fn chain(&self, blocks: Vec<Pairs>) -> Pairs {
        if blocks.len() == 1 {
            return blocks.into_iter().next().unwrap_or_default();
        }
        // Best chain that ends with each block: its tokens, and the block before.
        let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(blocks.len());
        for (n, block) in blocks.iter().enumerate() {
            let mut own = (block.len(), None);
            for (before, chained) in best.iter().enumerate().take(n) {
                let last = blocks[before].last().copied().unwrap_or_default();
                let fits = block.iter().filter(|(i, j)| *i > last.0 && *j > last.1).count();
                if fits > 0 && blocks[before][0].0 < block[0].0 && chained.0 + fits > own.0 {
                    own = (chained.0 + fits, Some(before));
                }
            }
            best.push(own);
        }
        let mut at = (0..best.len()).max_by_key(|n| (best[*n].0, std::cmp::Reverse(*n)));
        let mut chosen = Vec::new();
        while let Some(n) = at {
            chosen.push(n);
            at = best[n].1;
        }
        let mut pairs = Pairs::new();
        for n in chosen.into_iter().rev() {
            let last = pairs.last().copied();
            let fits = |pair: &&(u32, u32)| last.is_none_or(|last| pair.0 > last.0 && pair.1 > last.1);
            pairs.extend(blocks[n].iter().filter(fits));
        }
        pairs
    }

    /// Aligns what lies between the blocks too.
    pub(crate) fn closely(&self, other: &[Token], pairs: &[(u32, u32)]) -> Pairs {
        let mut filled = Pairs::with_capacity(self.tokens.len());
        let (mut i, mut j) = (0, 0);
        let ends = (self.tokens.len() as u32, other.len() as u32);
        for &(next_i, next_j) in pairs.iter().chain(std::iter::once(&ends)) {
            if next_i > i && next_j > j {
                let own = &self.tokens[i as usize..next_i as usize];
                let others = &other[j as usize..next_j as usize];
                let found = between(own, others, (i > 0, next_i < ends.0));
                filled.extend(found.into_iter().map(|(a, b)| (a + i, b + j)));
            }
            if (next_i, next_j) != ends {
                filled.push((next_i, next_j));
            }
            (i, j) = (next_i + 1, next_j + 1);
        }
        filled
    }
}

pub(crate) fn same(a: &Token, b: &Token) -> bool {
    a.hash == b.hash && a.kind == b.kind
}

fn each_run(tokens: &[Token], mut each: impl FnMut(u32, u32)) {
    let mut words = tokens.iter().zip(0_u32..).filter(|(token, _)| token.is_word());
    let (Some(mut first), Some(mut second)) = (words.next(), words.next()) else { return };
    for third in words {
        each(run_of(first.0.hash, second.0.hash, third.0.hash), first.1);
        (first, second) = (second, third);
    }
}

/// What a pair is worth by itself, and when it stands right behind another. Marks and breaks stand everywhere: a comma
/// is the comma of the template only where its neighbours are too.
fn worth(token: &Token) -> (i32, i32) {
    match token.kind {
        Kind::Mark => (2, 4),
        Kind::Break => (2, 3),
        _ => (4, 4),
    }
}

/// The best alignment of two short sequences; of equal ones the one that pairs latest, for a slot more often holds a mark
/// of its own than ends before one. `touching`: whether they stand right behind and before a pair.
fn between(own: &[Token], other: &[Token], touching: (bool, bool)) -> Pairs {
    let (rows, columns) = (own.len(), other.len());
    if rows * columns > MOST_CELLS {
        return Pairs::new();
    }
    // Best of all alignments of the first so many, and of those that end with a pair of the last two.
    let width = columns + 1;
    let (mut best, mut paired) = (vec![0_i32; (rows + 1) * width], vec![NONE; (rows + 1) * width]);
    for i in 1..=rows {
        for j in 1..=columns {
            let (at, before) = (i * width + j, (i - 1) * width + j - 1);
            if same(&own[i - 1], &other[j - 1]) {
                let (alone, behind) = worth(&own[i - 1]);
                let begins = touching.0 && i == 1 && j == 1;
                let ends = touching.1 && i == rows && j == columns;
                let follows = if begins { best[before] } else { paired[before] };
                paired[at] = alone + (best[before]).max(follows + behind) + if ends { behind } else { 0 };
            }
            best[at] = best[at - 1].max(best[at - width]).max(paired[at]);
        }
    }
    let mut pairs = Pairs::new();
    let (mut i, mut j) = (rows, columns);
    // Whether the pair before must be the one right before.
    let mut tied = false;
    while i > 0 && j > 0 {
        let at = i * width + j;
        if !tied && paired[at] < best[at] {
            if best[at - width] == best[at] {
                i -= 1
            } else {
                j -= 1
            }
            continue;
        }
        if paired[at] <= 0 {
            break;
        }
        pairs.push((i as u32 - 1, j as u32 - 1));
        let before = at - width - 1;
        let (_, behind) = worth(&own[i - 1]);
        tied = paired[before] > 0 && paired[before] + behind >= best[before];
        (i, j) = (i - 1, j - 1);
    }
    pairs.reverse();
    pairs
}

const NONE: i32 = i32::MIN / 2;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::mining::tokens::tokens;

    fn taken(text: &str) -> Vec<Token> {
        let mut found = Vec::new();
        tokens(text, 0..text.len(), &mut found);
        found
    }

    /// What of the other stands in no pair, with `|` where pairs stand between.
    fn check(own: &str, other: &str, left: &str) {
        let (reference, others) = (Reference::new(taken(own)), taken(other));
        let pairs = reference.closely(&others, &reference.align(&others));
        let mut shown: Vec<&str> = Vec::new();
        for (n, token) in others.iter().enumerate() {
            if pairs.iter().any(|(_, j)| *j == n as u32) {
                if shown.last() != Some(&"|") {
                    shown.push("|");
                }
            } else {
                shown.push(&other[token.range()]);
            }
        }
        assert_eq!(shown.join(" "), left, "{own} / {other}");
    }

    #[test]
    fn slots_stand_out() {
        check("Dear , we have your file here", "Dear Ann Lee, we have your file here", "| Ann Lee |");
        // A comma of its own is no comma of the template.
        check("Dear , we have your file here", "Dear Lee, Ann, we have your file here", "| Lee , Ann |");
        check(
            "the file says , , and that you live there",
            "the file says 12 Oak St, Apt 3B, Saltmere, and that you live there",
            "| 12 Oak St , Apt 3B | Saltmere |",
        );
        check("we know who you are and\nwhere you live", "we know who you\nare and where you live", "| \n |");
        check(
            "the vote is over now. Bye\n\n\n",
            "the vote is over now. Bye\n\nAnn\n12 Oak St",
            "| Ann | 12 Oak St",
        );
    }

    #[test]
    fn blocks_that_cross_are_not_both_kept() {
        let (a, b) = ("one two three four five", "six seven eight");
        let (reference, other) = (Reference::new(taken(&format!("{a} {b}"))), taken(&format!("{b} {a}")));
        assert_eq!(reference.align(&other), [(0, 3), (1, 4), (2, 5), (3, 6), (4, 7)]);
    }

    proptest! {
        /// Pairs ascend in both and are equal tokens, whatever the texts are.
        #[test]
        fn pairs_ascend(own in "([abc]{1,2}[ ,\\n]){0,40}", other in "([abc]{1,2}[ ,\\n]){0,40}") {
            let (reference, other) = (Reference::new(taken(&own)), taken(&other));
            let blocks = reference.align(&other);
            for pairs in [reference.closely(&other, &blocks), blocks] {
                prop_assert!(pairs.windows(2).all(|w| w[0].0 < w[1].0 && w[0].1 < w[1].1), "{:?}", pairs);
                for (i, j) in pairs {
                    prop_assert!(same(&reference.tokens[i as usize], &other[j as usize]));
                }
            }
        }
    }
}
