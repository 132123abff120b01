//! Distances between the keys of two words.

/// Longest key that distances are computed for; longer ones compare exactly only. Real names stay far below (the
/// longest token of the SDN list has 37 letters); the cap bounds the work that a hostile input can cause.
pub(crate) const MAX_KEY: usize = 48;

/// Which letters and digits a key holds, one bit each; a letter's second occurrence has a bit of its own.
///
/// Inserting, dropping or replacing one letter takes away one bit at most and adds one at most, swapping neighbours
/// none: a test that costs a few instructions, see [`may_lie_within`].
#[must_use]
pub fn letter_mask(key: &str) -> u64 {
    key.bytes().fold(0, |mask, b| {
        let bit = match b {
            b'a'..=b'z' => b - b'a',
            b'0'..=b'9' => return mask | 1 << (52 + b - b'0'),
            _ => return mask | 1 << 62,
        };
        mask | if mask & (1 << bit) == 0 { 1 << bit } else { 1 << (26 + bit) }
    })
}

/// Whether two keys may lie within some edits of each other, by their masks and lengths. True is a maybe, false is
/// sure: of `k` edits, as many as the lengths differ by only add letters to the shorter key, so at most the rest take
/// a letter away from it.
#[must_use]
#[inline]
pub fn may_lie_within(a: u64, a_length: usize, b: u64, b_length: usize, edits: u32) -> bool {
    let ((shorter, less), (longer, more)) =
        if a_length <= b_length { ((a, a_length), (b, b_length)) } else { ((b, b_length), (a, a_length)) };
    let difference = (more - less) as u32;
    difference <= edits
        && (shorter & !longer).count_ones() <= edits - difference
        && (longer & !shorter).count_ones() <= edits
}

/// Optimal string alignment distance (insert, drop, replace, swap neighbours), if it is at most `limit`.
///
/// Both keys must be ASCII, as keys are. Symmetric. `None` also for keys over [`MAX_KEY`] letters that differ.
#[must_use]
pub fn distance_within(a: &str, b: &str, limit: u32) -> Option<u32> {
    if a == b {
        return Some(0);
    }
    if a.len() > MAX_KEY || b.len() > MAX_KEY || a.len().abs_diff(b.len()) > limit as usize {
        return None;
    }
    Pattern::new(a).within(b.as_bytes(), limit)
}

/// A key that is held against many others: its letters are looked up once.
///
/// ```
/// let pattern = text::Pattern::new("kazemi");
/// assert_eq!(pattern.within(b"karemi", 2), text::distance_within("kazemi", "karemi", 2));
/// ```
pub struct Pattern<'a> {
    key: &'a [u8],
    /// For each letter its places in the key, one bit each.
    places: [u64; 128],
}

impl<'a> Pattern<'a> {
    /// Reads a key, which must be ASCII.
    #[must_use]
    pub fn new(key: &'a str) -> Self {
        let (key, mut places) = (key.as_bytes(), [0; 128]);
        for (i, &c) in key.iter().enumerate().take(MAX_KEY) {
            places[usize::from(c & 127)] |= 1 << i;
        }
        Self { key, places }
    }

    /// As [`distance_within`]. Computed a column at a time in the bits of a word, after Hyyrö, "A bit-vector algorithm for
    /// computing Levenshtein and Damerau edit distances" (2003).
    #[must_use]
    pub fn within(&self, other: &[u8], limit: u32) -> Option<u32> {
        let (n, m) = (self.key.len(), other.len());
        if n > MAX_KEY || m > MAX_KEY {
            return (self.key == other).then_some(0);
        }
        if n.abs_diff(m) > limit as usize {
            return None;
        }
        if n == 0 || m == 0 {
            return Some(n.max(m) as u32);
        }
        let last = 1u64 << (n - 1);
        let (mut plus, mut minus, mut diagonal, mut before) = (u64::MAX, 0u64, 0u64, 0u64);
        let mut distance = n as u32;
        for (left, &c) in (0..m as u32).rev().zip(other) {
            let equal = self.places[usize::from(c & 127)];
            let swapped = ((!diagonal & equal) << 1) & before;
            diagonal = (((equal & plus).wrapping_add(plus)) ^ plus) | equal | minus | swapped;
            let right_plus = minus | !(diagonal | plus);
            let right_minus = diagonal & plus;
            distance += u32::from(right_plus & last != 0);
            distance -= u32::from(right_minus & last != 0);
            let (right_plus, right_minus) = (right_plus << 1 | 1, right_minus << 1);
            plus = right_minus | !(diagonal | right_plus);
            minus = right_plus & diagonal;
            before = equal;
            // Each further column takes one away at most.
            if distance > limit + left {
                return None;
            }
        }
        Some(distance).filter(|&distance| distance <= limit)
    }
}

/// One full edit in [`sound_distance`].
const FULL: u16 = 100;
/// One letter more or less where it is doubled: no gap costs less.
const DOUBLED: u16 = 25;
/// Two neighbours the other way round.
const SWAPPED: u16 = 80;

/// A distance that knows how romanised spellings vary, in hundredths of an edit, if at most `limit`.
///
/// Vowels vary most (a vowel for another 40, one more or less 50), a doubled letter is 25, an `h` or `y` more or
/// less 40, consonants of one sound class (`k q g c`, `s z`, `v w`, `d t`) 40. All else is a full edit. Symmetric.
#[must_use]
pub fn sound_distance(a: &str, b: &str, limit: u32) -> Option<u32> {
    if a == b {
        return Some(0);
    }
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let (n, m) = (a.len(), b.len());
    if n > MAX_KEY || m > MAX_KEY || n.abs_diff(m) as u32 * u32::from(DOUBLED) > limit {
        return None;
    }
    // Three rows of the table, each beginning where none of `b` is read, and the letters that its columns stand for.
    let (mut rows, mut letters) = ([[0; MAX_KEY + 1]; 3], [Letter::default(); MAX_KEY]);
    let [before, above, row] = &mut rows;
    let (mut before, mut above, mut row) = (&mut before[..=m], &mut above[..=m], &mut row[..=m]);
    let letters = &mut letters[..m];
    for (j, letter) in letters.iter_mut().enumerate() {
        *letter = Letter::of(b, j);
        above[j + 1] = above[j] + letter.gap;
    }
    let mut best_above = 0;
    for i in 0..n {
        let letter = Letter::of(a, i);
        let last = if i > 0 { a[i - 1] } else { letter.byte };
        let mut left = above[0] + letter.gap;
        let mut best = left;
        let mut behind = letter.byte;
        row[0] = left;
        for (j, other) in letters.iter().enumerate() {
            let mut cost =
                (above[j] + letter.replaced(*other)).min(above[j + 1] + letter.gap).min(left + other.gap);
            if letter.byte == behind && last == other.byte && letter.byte != other.byte && j > 0 {
                cost = cost.min(before[j - 1] + SWAPPED);
            }
            row[j + 1] = cost;
            (left, behind) = (cost, other.byte);
            best = best.min(cost);
        }
        // A swap reaches back two rows, so two rows beyond the limit end it.
        if u32::from(best) > limit && u32::from(best_above) > limit {
            return None;
        }
        best_above = best;
        (before, above, row) = (above, row, before);
    }
    Some(u32::from(above[m])).filter(|&cost| cost <= limit)
}

/// A letter of a word with what it costs.
#[derive(Clone, Copy, Default)]
struct Letter {
    byte: u8,
    /// What it sounds like, one bit each: two letters that share one stand for each other.
    kinds: u8,
    /// What it costs to leave it out.
    gap: u16,
}

impl Letter {
    #[inline]
    fn of(word: &[u8], at: usize) -> Self {
        let byte = word[at];
        let doubled = (at > 0 && word[at - 1] == byte) | (word.get(at + 1) == Some(&byte));
        let gap = if doubled { DOUBLED } else { GAPS[usize::from(byte)] };
        Self { byte, kinds: KINDS[usize::from(byte)], gap }
    }

    /// What it costs to put another letter in its place.
    #[inline]
    fn replaced(self, other: Self) -> u16 {
        let shared = self.kinds & other.kinds;
        let alike = if shared & GLIDES != 0 { 25 } else { 40 };
        let differ = if shared != 0 { alike } else { FULL };
        if self.byte == other.byte { 0 } else { differ }
    }
}

/// [`Letter::kinds`] of each.
static KINDS: [u8; 256] = {
    const KINDS: [&[u8]; 6] = [b"ijy", b"aeiouy", b"kqgc", b"sz", b"vw", b"dt"];
    let mut kinds = [0; 256];
    let mut kind = 0;
    while kind < KINDS.len() {
        let mut letters = KINDS[kind];
        while let [letter, rest @ ..] = letters {
            kinds[*letter as usize] |= 1 << kind;
            letters = rest;
        }
        kind += 1;
    }
    kinds
};

/// The bit of i, j and y.
const GLIDES: u8 = 1;

/// What one letter more or less costs, if it is not doubled.
static GAPS: [u16; 256] = {
    let mut gaps = [FULL; 256];
    let mut vowels: &[u8] = b"aeiou";
    while let [letter, rest @ ..] = vowels {
        gaps[*letter as usize] = 50;
        vowels = rest;
    }
    (gaps[b'h' as usize], gaps[b'y' as usize]) = (40, 40);
    gaps
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits() {
        let rows = [
            ("kitten", "sitting", 3),
            ("shirinkar", "shinrakar", 3),
            ("jon", "john", 1),
            ("ab", "ba", 1),
            ("", "abc", 3),
            ("same", "same", 0),
        ];
        for (a, b, expected) in rows {
            assert_eq!(distance_within(a, b, 5), Some(expected), "{a} {b}");
            assert_eq!(distance_within(b, a, 5), Some(expected), "{b} {a}");
            assert_eq!(distance_within(a, b, expected), Some(expected));
            if expected > 0 {
                assert_eq!(distance_within(a, b, expected - 1), None);
            }
        }
        let long = "a".repeat(MAX_KEY + 1);
        assert_eq!(distance_within(&long, "a", 1000), None);
        assert_eq!(distance_within(&long, &long, 0), Some(0));
    }

    /// The textbook recurrence, which both distances must equal: what a gap costs, by word and place, and what one
    /// letter costs for another; `swap` is what two neighbours cost the other way round.
    fn textbook(
        a: &str,
        b: &str,
        gap: impl Fn(&[u8], usize) -> u32,
        replace: impl Fn(u8, u8) -> u32,
        swap: u32,
    ) -> u32 {
        let (a, b) = (a.as_bytes(), b.as_bytes());
        let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                let mut ways = Vec::new();
                if i > 0 {
                    ways.push(table[i - 1][j] + gap(a, i - 1));
                }
                if j > 0 {
                    ways.push(table[i][j - 1] + gap(b, j - 1));
                }
                if i > 0 && j > 0 {
                    ways.push(table[i - 1][j - 1] + replace(a[i - 1], b[j - 1]));
                }
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && a[i - 1] != b[j - 1] {
                    ways.push(table[i - 2][j - 2] + swap);
                }
                table[i][j] = ways.into_iter().min().unwrap_or(0);
            }
        }
        table[a.len()][b.len()]
    }

    fn is_vowel(c: u8) -> bool {
        matches!(c, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
    }

    fn gap_cost(word: &[u8], at: usize) -> u32 {
        let beside = [at.checked_sub(1), Some(at + 1)];
        if beside.into_iter().flatten().any(|beside| word.get(beside) == Some(&word[at])) {
            return 25;
        }
        match word[at] {
            b'h' | b'y' => 40,
            c if is_vowel(c) => 50,
            _ => 100,
        }
    }

    fn replace_cost(a: u8, b: u8) -> u32 {
        let one_of = |letters: &[u8]| letters.contains(&a) && letters.contains(&b);
        if a == b {
            0
        } else if one_of(b"ijy") {
            25
        } else if (is_vowel(a) && is_vowel(b)) || [&b"kqgc"[..], b"sz", b"vw", b"dt"].into_iter().any(one_of)
        {
            40
        } else {
            100
        }
    }

    proptest::proptest! {
        #[test]
        fn bits_equal_the_textbook(a in "[a-e]{0,10}", b in "[a-e]{0,10}") {
            let distance = textbook(&a, &b, |_, _| 1, |x, y| u32::from(x != y), 1);
            proptest::prop_assert_eq!(distance_within(&a, &b, 20), Some(distance));
            let (x, y) = (letter_mask(&a), letter_mask(&b));
            proptest::prop_assert!(may_lie_within(x, a.len(), y, b.len(), distance));
            proptest::prop_assert_eq!(distance_within(&b, &a, 20), Some(distance), "symmetric");
        }

        #[test]
        fn sounds_equal_the_textbook(
            a in "[a-eh-kq-z]{0,9}|[aeiouhyj]{0,7}|\\PC{0,4}",
            b in "[a-eh-kq-z]{0,9}|[aeiouhyj]{0,7}|\\PC{0,4}",
            limit in 0u32..900,
        ) {
            let distance = textbook(&a, &b, gap_cost, replace_cost, 80);
            let expected = Some(distance).filter(|&distance| distance <= limit);
            proptest::prop_assert_eq!(sound_distance(&a, &b, limit), expected);
            proptest::prop_assert_eq!(sound_distance(&b, &a, limit), expected, "symmetric");
        }
    }

    #[test]
    fn spelling_habits_are_cheaper_than_typos() {
        let rows = [
            ("hosein", "hussein", 65),
            ("seyyed", "sayed", 65),
            ("sarmadi", "sarmady", 25),
            ("kazemi", "karemi", 100),
        ];
        for (a, b, expected) in rows {
            assert_eq!(sound_distance(a, b, 400), Some(expected), "{a} {b}");
        }
    }

    #[test]
    fn masks_bound_edits() {
        let may =
            |a: &str, b: &str, edits| may_lie_within(letter_mask(a), a.len(), letter_mask(b), b.len(), edits);
        assert!(may("kazemi", "karemi", 1));
        assert!(may("ab", "ba", 0), "swapping neighbours changes no letter: a maybe");
        assert!(!may("kazemi", "shirinkar", 2));
        assert!(!may("aaab", "ab", 1));
    }
}
