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
/// Computed a column at a time in the bits of a word, after Hyyrö, "A bit-vector algorithm for computing Levenshtein
/// and Damerau edit distances" (2003).
#[must_use]
pub fn distance_within(a: &str, b: &str, limit: u32) -> Option<u32> {
    if a == b {
        return Some(0);
    }
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let (n, m) = (a.len(), b.len());
    if n > MAX_KEY || m > MAX_KEY || n.abs_diff(m) > limit as usize {
        return None;
    }
    if n == 0 || m == 0 {
        return Some(n.max(m) as u32);
    }
    let mut places = [0u64; 128];
    for (i, &c) in a.iter().enumerate() {
        places[usize::from(c & 127)] |= 1 << i;
    }
    let last = 1u64 << (n - 1);
    let (mut plus, mut minus, mut diagonal, mut before) = (u64::MAX, 0u64, 0u64, 0u64);
    let mut distance = n as u32;
    for &c in b {
        let equal = places[usize::from(c & 127)];
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
    }
    Some(distance).filter(|&distance| distance <= limit)
}

/// One full edit in [`sound_distance`].
const FULL: u32 = 100;

/// A distance that knows how romanised spellings vary, in hundredths of an edit, if at most `limit`.
///
/// Vowels vary most (a vowel for another 40, one more or less 50), a doubled letter is 25, an `h` or `y` more or
/// less 40, consonants of one sound class (`k q g c`, `s z`, `v w`, `d t`) 40. All else is a full edit. Symmetric.
#[must_use]
pub fn sound_distance(a: &str, b: &str, limit: u32) -> Option<u32> {
    if a == b {
        return Some(0);
    }
    align(a.as_bytes(), b.as_bytes(), limit, 25, gap_cost, replace_cost, 80)
}

fn is_vowel(c: u8) -> bool {
    matches!(c, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

fn gap_cost(word: &[u8], at: usize) -> u32 {
    let c = word[at];
    let doubled = |other: Option<&u8>| other == Some(&c);
    if doubled(word.get(at + 1)) || at.checked_sub(1).is_some_and(|before| doubled(word.get(before))) {
        25
    } else if c == b'h' || c == b'y' {
        40
    } else if is_vowel(c) {
        50
    } else {
        FULL
    }
}

fn replace_cost(a: u8, b: u8) -> u32 {
    let class = |c: u8| match c {
        b'k' | b'q' | b'g' | b'c' => 1,
        b's' | b'z' => 2,
        b'v' | b'w' => 3,
        b'd' | b't' => 4,
        _ => 0,
    };
    if a == b {
        0
    } else if matches!((a, b), (b'i', b'y' | b'j') | (b'y' | b'j', b'i') | (b'y', b'j') | (b'j', b'y')) {
        25
    } else if (is_vowel(a) && is_vowel(b)) || (class(a) != 0 && class(a) == class(b)) {
        40
    } else {
        FULL
    }
}

/// Optimal string alignment over bytes with given costs. `least` is the least cost of a gap.
fn align(
    a: &[u8],
    b: &[u8],
    limit: u32,
    least: u32,
    gap: impl Fn(&[u8], usize) -> u32,
    replace: impl Fn(u8, u8) -> u32,
    swap: u32,
) -> Option<u32> {
    let (n, m) = (a.len(), b.len());
    if n > MAX_KEY || m > MAX_KEY || (n.abs_diff(m) as u32) * least > limit {
        return None;
    }
    let mut rows = [[0u32; MAX_KEY + 1]; 3];
    for j in 0..m {
        rows[0][j + 1] = rows[0][j] + gap(b, j);
    }
    let mut best_before = 0;
    for i in 0..n {
        let (current, previous, before) = ((i + 1) % 3, i % 3, (i + 2) % 3);
        rows[current][0] = rows[previous][0] + gap(a, i);
        let mut best = rows[current][0];
        for j in 0..m {
            let mut cost = (rows[previous][j] + replace(a[i], b[j]))
                .min(rows[previous][j + 1] + gap(a, i))
                .min(rows[current][j] + gap(b, j));
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] && a[i] != b[j] {
                cost = cost.min(rows[before][j - 1] + swap);
            }
            rows[current][j + 1] = cost;
            best = best.min(cost);
        }
        // A swap reaches back two rows, so two rows beyond the limit end it.
        if best > limit && best_before > limit {
            return None;
        }
        best_before = best;
    }
    Some(rows[n % 3][m]).filter(|&cost| cost <= limit)
}

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

    /// The textbook recurrence, which the bits must equal.
    fn textbook(a: &str, b: &str) -> u32 {
        let unit = |_: &[u8], _: usize| 1;
        align(a.as_bytes(), b.as_bytes(), u32::MAX, 1, unit, |x, y| u32::from(x != y), 1).unwrap()
    }

    proptest::proptest! {
        #[test]
        fn bits_equal_the_textbook(a in "[a-e]{0,10}", b in "[a-e]{0,10}") {
            let distance = textbook(&a, &b);
            proptest::prop_assert_eq!(distance_within(&a, &b, 20), Some(distance));
            let (x, y) = (letter_mask(&a), letter_mask(&b));
            proptest::prop_assert!(may_lie_within(x, a.len(), y, b.len(), distance));
            proptest::prop_assert_eq!(distance_within(&b, &a, 20), Some(distance), "symmetric");
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
