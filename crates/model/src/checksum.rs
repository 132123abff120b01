//! The arithmetic of check digits. Digits and letters are ASCII, as the forms that call these have seen to.

use std::collections::HashMap;
use std::sync::LazyLock;

const IBAN_LENGTHS: &str = include_str!("../data/iban_lengths.tsv");

static LENGTHS: LazyLock<HashMap<&str, usize>> = LazyLock::new(|| {
    let rows = IBAN_LENGTHS.lines().filter(|l| !l.is_empty() && !l.starts_with('#'));
    rows.filter_map(|l| l.split_once('\t')).filter_map(|(c, n)| Some((c, n.parse().ok()?))).collect()
});

/// Whether an IBAN has its country's length, where we know it, and its check digits fit (ISO 13616).
pub(crate) fn iban_fits(key: &str) -> bool {
    let length = LENGTHS.get(&key[..2]).copied();
    length.is_none_or(|length| length == key.len()) && mod_97(&format!("{}{}", &key[4..], &key[..4])) == 1
}

/// A ship's number, or a company's.
pub(crate) fn imo_fits(digits: &[u8]) -> bool {
    let last = u32::from(digits[6] - b'0');
    // IMO Resolution A.1117(30): the last digit of the sum of the first six, weighted 7 to 2.
    let ship = sum(digits, &[7, 6, 5, 4, 3, 2]) % 10 == last;
    // The numbers of companies and registered owners (MSC.160(78)): all 112 that OFAC published by 2023 fit this.
    ship || (11 - sum(digits, &[8, 6, 4, 2, 9, 7]) % 11) % 10 == last
}

/// ISO 7064 MOD 97-10 over digits and letters (A is 10).
pub(crate) fn mod_97(key: &str) -> u32 {
    key.chars().filter_map(|c| c.to_digit(36)).fold(0, |rest, digit| {
        let shift = if digit < 10 { 10 } else { 100 };
        (rest * shift + digit) % 97
    })
}

/// The sum of the first characters times their weights. A letter counts as Brazil does: its code less that of 0.
pub(crate) fn sum(n: &[u8], weights: &[u32]) -> u32 {
    n.iter().zip(weights).map(|(c, weight)| u32::from(c - b'0') * weight).sum()
}

/// Russia's rule: the digit after the weighted ones is their sum modulo 11, modulo 10.
pub(crate) fn mod_11(n: &[u8], weights: &[u32]) -> bool {
    sum(n, weights) % 11 % 10 == u32::from(n[weights.len()] - b'0')
}

/// The check digit of Colombia and Iran: the rest modulo 11 where it is 0 or 1, else 11 less the rest.
pub(crate) fn rest_11(sum: u32) -> u8 {
    match sum % 11 {
        rest @ 0..=1 => rest as u8,
        rest => (11 - rest) as u8,
    }
}

/// 0 to 9, and A as 10.
pub(crate) fn value_36(c: u8) -> u32 {
    char::from(c).to_digit(36).unwrap_or(0)
}

/// Luhn's formula: every second digit from the right doubled.
pub(crate) fn luhn(digits: &[u8]) -> bool {
    let doubled = |d: u32| if d > 4 { d * 2 - 9 } else { d * 2 };
    let value = |(at, c): (usize, &u8)| {
        let digit = u32::from(c - b'0');
        if at % 2 == 1 { doubled(digit) } else { digit }
    };
    digits.iter().rev().enumerate().map(value).sum::<u32>() % 10 == 0
}

/// ISO 7064 MOD 11-2, X for 10, after 17 digits whose seventh to fourteenth are a day.
pub(crate) fn resident_id(n: &[u8]) -> bool {
    let rest = n[..17].iter().fold(0, |rest, d| (rest + u32::from(d - b'0')) * 2 % 11);
    let check = if n[17] == b'X' { 10 } else { value_36(n[17]) };
    (rest + check) % 11 == 1
}

/// Italy's rule: characters in odd places have values of their own, those in even ones their order; a letter modulo 26.
pub(crate) fn weighted_letters(n: &[u8]) -> bool {
    const ODD: [u32; 26] =
        [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
    let order = |c: u8| usize::from(if c.is_ascii_digit() { c - b'0' } else { c.saturating_sub(b'A') });
    let value = |(at, c): (usize, &u8)| match at % 2 {
        0 => ODD[order(*c) % 26],
        _ => order(*c) as u32,
    };
    n[..15].iter().enumerate().map(value).sum::<u32>() % 26 == u32::from(n[15].saturating_sub(b'A'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Country;

    #[test]
    fn ibans_of_known_countries() {
        assert!(LENGTHS.len() > 80);
        for (letters, length) in LENGTHS.iter() {
            assert!(Country::find(letters).is_some(), "{letters}");
            assert!((15..=34).contains(length), "{letters}");
        }
    }
}
