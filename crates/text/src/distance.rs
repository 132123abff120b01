//! Distances between the keys of two words.

/// Longest key that distances are computed for; longer ones compare exactly only. Real names stay far below (the
/// longest token of the SDN list has 37 letters); the cap bounds the work that a hostile input can cause.
pub(crate) const MAX_KEY: usize = 48;

/// Which letters and digits a key holds, one bit each. An edit changes at most two bits, so two keys whose masks
/// differ in more than `2 k` bits are further than `k` edits apart: a test that costs two instructions.
#[must_use]
pub fn letter_mask(key: &str) -> u64 {
    key.bytes().fold(0, |mask, b| {
        let bit = match b {
            b'a'..=b'z' => b - b'a',
            b'0'..=b'9' => 26 + b - b'0',
            _ => 36,
        };
        mask | 1 << bit
    })
}

/// Optimal string alignment distance (insert, drop, replace, swap neighbours), if it is at most `limit`.
///
/// Both keys must be ASCII, as keys are. Symmetric. `None` also for keys over [`MAX_KEY`] letters that differ.
#[must_use]
pub fn distance_within(a: &str, b: &str, limit: u32) -> Option<u32> {
    if a == b {
        return Some(0);
    }
    let unit = |_: &[u8], _: usize| 1;
    let swap = |x: u8, y: u8| u32::from(x != y);
    align(a.as_bytes(), b.as_bytes(), limit, 1, unit, swap, 1)
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
        let differ = |a, b| (letter_mask(a) ^ letter_mask(b)).count_ones();
        assert!(differ("kazemi", "karemi") <= 2);
        assert!(differ("kazemi", "shirinkar") > 4);
    }
}
