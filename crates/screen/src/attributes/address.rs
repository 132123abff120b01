//! Addresses: what two lines have in common. A different address is no evidence: people and companies move.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use model::Country;
use names::{Likeness, Token, similar};

use super::prices::{Price, prices};
use super::towns::{SEPARATORS, Town, parse_place};
use super::{Attribute, attribute};
use crate::profile::Profile;

const TABLE: &str = include_str!("../../data/address_words.tsv");

/// Words of addresses that name no place, and whether a part that has one is a place still.
static COMMON: LazyLock<HashMap<&str, bool>> = LazyLock::new(|| {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
    rows.map(|(word, kind)| (word, kind == "district")).collect()
});

pub(super) fn table_text() -> &'static str {
    TABLE
}

/// Digits from which a number is no house's but a postal district's.
const POSTCODE_DIGITS: usize = 5;

/// One address, taken apart.
pub(super) struct Address {
    /// Parts without a house number and without a word for a street: towns, districts, provinces.
    towns: Vec<Town>,
    /// Words of the other parts that name something.
    streets: Vec<Arc<Token>>,
    /// House numbers and the like.
    numbers: Vec<String>,
    postcodes: Vec<String>,
}

impl Address {
    /// Takes a line apart at its commas. The country is left out: countries have a row of their own.
    pub(super) fn read(line: &str) -> Self {
        let mut address =
            Self { towns: Vec::new(), streets: Vec::new(), numbers: Vec::new(), postcodes: Vec::new() };
        let country = line.rsplit(SEPARATORS).next().and_then(Country::find);
        for part in line.split(SEPARATORS).filter(|part| Country::find(part).is_none()) {
            address.read_part(part, country);
        }
        address
    }

    fn read_part(&mut self, part: &str, country: Option<Country>) {
        let words = parse_place(part).tokens;
        let codes = postcodes(&words);
        let (mut street, mut named) = (false, Vec::new());
        for (at, token) in words.into_iter().enumerate() {
            let key = token.key();
            if codes.iter().any(|(places, _)| places.contains(&at)) {
                continue;
            }
            if key.bytes().any(|b| b.is_ascii_digit()) {
                street = true;
                // "43A" and "43 A" are one house.
                let number = key.trim_end_matches(|c: char| c.is_ascii_alphabetic());
                self.numbers.push(if number.is_empty() { key.to_owned() } else { number.to_owned() });
            } else if let Some(district) = COMMON.get(key) {
                street |= !district;
            } else {
                named.push(token);
            }
        }
        self.postcodes.extend(codes.into_iter().map(|(_, code)| code));
        if street {
            self.streets.extend(named);
        } else if !named.is_empty() {
            let text: Vec<&str> = named.iter().map(|token| &*token.text).collect();
            self.towns.push(Town::new(&text.join(" "), country));
        }
    }
}

/// Whether a word names no place.
pub(super) fn is_common(key: &str) -> bool {
    COMMON.contains_key(key)
}

/// Postal codes among words, with the places of their words: numbers of five digits and more ("1583616414", "101000"),
/// and British ones, a letter before and after the digits of two words ("SW1A 1AA").
fn postcodes(words: &[Arc<Token>]) -> Vec<(Vec<usize>, String)> {
    let mut found: Vec<(Vec<usize>, String)> = Vec::new();
    let digits = |key: &str| key.bytes().filter(u8::is_ascii_digit).count();
    for (i, token) in words.iter().enumerate() {
        let key = token.key();
        let long = digits(key) >= POSTCODE_DIGITS && digits(key) == key.len();
        if long || is_british(key) {
            found.push((vec![i], key.to_owned()));
        } else if let Some(next) = words.get(i + 1).filter(|next| is_british(&format!("{key}{}", next.key())))
        {
            found.push((vec![i, i + 1], format!("{key}{}", next.key())));
        }
    }
    found
}

/// Letters and digits of a British postcode without its blank: EC2V6DN.
fn is_british(code: &str) -> bool {
    let Some((outward, inward)) = code.len().checked_sub(3).and_then(|at| code.split_at_checked(at)) else {
        return false;
    };
    let digit = |b: u8| b.is_ascii_digit();
    let letter = |b: u8| b.is_ascii_lowercase();
    matches!(inward.as_bytes(), [d, a, b] if digit(*d) && letter(*a) && letter(*b))
        && (2..=4).contains(&outward.len())
        && outward.bytes().next().is_some_and(letter)
        && outward.bytes().any(digit)
}
/// The most that two addresses of the two sides have in common.
pub(super) fn address(query: &Profile, entity: &Profile) -> Option<Attribute> {
    let theirs: Vec<(Address, &str)> = if query.addresses.is_empty() {
        Vec::new()
    } else {
        entity.addresses.iter().map(|a| (Address::read(a), &**a)).collect()
    };
    let mut best: Option<(&'static str, Price, &str, &str)> = None;
    for ours in &query.addresses {
        let parts = Address::read(ours);
        for (other, published) in &theirs {
            if let Some((kind, price)) = in_common(&parts, other)
                && best.as_ref().is_none_or(|(_, known, ..)| price.gain > known.gain)
            {
                best = Some((kind, price, ours, published));
            }
        }
    }
    let (kind, price, ours, theirs) = best?;
    Some(attribute("address", kind, price, ours.to_owned(), theirs.to_owned()))
}

fn in_common(a: &Address, b: &Address) -> Option<(&'static str, Price)> {
    let alike = |x: &Token, y: &Token| {
        similar(x, y).is_some_and(|likeness| !matches!(likeness, Likeness::Initial | Likeness::Skeleton))
    };
    let street = a.streets.iter().any(|x| b.streets.iter().any(|y| alike(x, y)));
    let shared = a.numbers.iter().filter(|x| b.numbers.contains(x)).count();
    let number = shared > 0;
    let numbered = !a.numbers.is_empty() && !b.numbers.is_empty();
    let postcode = a.postcodes.iter().any(|x| b.postcodes.contains(x));
    let town = a.towns.iter().any(|x| b.towns.iter().any(|y| x.is(y)));
    let p = prices();
    // The house in its street; without numbers on both sides the street of the town is as far as one can see.
    // Where streets are numbered ("Cra. 43A No. 14-27"), numbers are all that names them.
    let by_number = shared > 1 && a.streets.is_empty() && b.streets.is_empty();
    if (by_number || (street && (number || !numbered))) && (town || postcode) {
        Some(("agree", p.address_agree))
    } else if postcode {
        Some(("postcode", p.address_postcode))
    } else if town {
        Some(("city", p.address_city))
    } else {
        None
    }
}
