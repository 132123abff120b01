//! The ways in which one number is written: with its label, its country, its check digit, or without.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::{Chain, Country, Property, Scheme, contact, written};

const LABEL_TABLE: &str = include_str!("../data/identifier_labels.tsv");

static LABELS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| LABEL_TABLE.lines().filter(|line| !line.starts_with('#')).collect());

/// Digits that are left, at least, where something is taken from a number.
const ENOUGH: usize = 7;

impl Scheme {
    /// The keys under which a value compares, its own first: with and without the country's letters before a tax number,
    /// the check digit behind a hyphen, the second number behind a slash. `countries` are its owner's: a phone number
    /// without its calling code is read as theirs. Empty where the property is no identifier or nothing is left.
    #[must_use]
    pub fn keys(property: &Property, value: &str, countries: &[Country]) -> Vec<(Self, String)> {
        let Some(scheme) = Self::of(property) else { return Vec::new() };
        let mut keys: Vec<(Self, String)> = Vec::new();
        let mut add = |scheme: Self, key: String| {
            if !key.is_empty() && !keys.iter().any(|(_, known)| *known == key) {
                keys.push((scheme, key));
            }
        };
        match scheme {
            Self::Email | Self::Website => add(scheme, scheme.key(value)),
            Self::Phone => {
                add(scheme, scheme.key(value));
                for country in countries {
                    add(scheme, contact::phone_key(value, Some(*country)).unwrap_or_default());
                }
            }
            Self::Wallet => add(scheme, scheme.key(&bare_address(value))),
            _ => {
                let plain = plain(value);
                let (number, label) = without_label(&plain);
                // Customers' files have no column for it, and say so in the cell.
                let scheme = if label == Some("imo") { Self::Imo } else { scheme };
                add(scheme, scheme.key(number));
                for other in other_spellings(scheme, number) {
                    add(scheme, scheme.key(&other));
                }
            }
        }
        keys
    }
}

/// Our digits and, where a number mixes them with digits, Latin letters for the Cyrillic ones that look like them; without
/// what stands in brackets behind it.
fn plain(value: &str) -> String {
    let end = value.find('(').filter(|at| value[..*at].chars().any(char::is_numeric)).unwrap_or(value.len());
    let value = value[..end].trim();
    if value.is_ascii() {
        return value.to_owned();
    }
    written::plain(value).to_uppercase()
}

/// A number without the words before it, and the last of them.
fn without_label(number: &str) -> (&str, Option<&'static str>) {
    let (mut rest, mut label) = (number, None);
    loop {
        let start = rest.trim_start_matches([' ', '.', ':', '#', '-']);
        let word_end = start.find(|c: char| !c.is_alphabetic() && !".°№".contains(c)).unwrap_or(start.len());
        let (word, after) = start.split_at(word_end);
        let known = LABELS.get(word.trim_end_matches('.').to_lowercase().as_str()).copied();
        let digits = after.chars().filter(char::is_ascii_digit).count();
        match known {
            Some(known) if digits >= 5 => {
                // "IMO No. 9167253" is an IMO number.
                label = Some(label.filter(|l| *l == "imo").unwrap_or(known));
                rest = after;
            }
            _ => return (start, label),
        }
    }
}

fn other_spellings(scheme: Scheme, number: &str) -> Vec<String> {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
    let enough = |text: &str| digits(text) >= ENOUGH;
    let mut others: Vec<String> = Vec::new();
    if scheme == Scheme::Tax {
        // INN and KPP in one field: 7707083893/773601001.
        others.extend(number.split('/').skip(1).filter(|part| enough(part)).map(str::to_owned));
        others.extend(number.split_once('/').map(|(first, _)| first.to_owned()).filter(|part| enough(part)));
        // A VAT number has its country's letters (Council Directive 2006/112/EC, article 215), a tax number has not.
        let bare = number.trim_start_matches(|c: char| c.is_ascii_alphabetic()).trim_start();
        if number.len() - bare.len() >= 2 && enough(bare) {
            others.push(bare.to_owned());
        }
    }
    if scheme == Scheme::Tax || scheme == Scheme::Registration {
        // Colombia's NIT, 900.373.913-4: the digit behind the hyphen is its check digit, often left out.
        others.extend(
            number.rsplit_once('-').filter(|(n, d)| d.len() == 1 && enough(n)).map(|(n, _)| n.to_owned()),
        );
    }
    if scheme == Scheme::NationalId {
        // Venezuela's V-12345678 and E-...: citizen or foreigner.
        others.extend(
            number
                .split_once('-')
                .filter(|(l, n)| l.len() == 1 && digits(l) == 0 && enough(n))
                .map(|(_, n)| n.to_owned()),
        );
    }
    others
}

/// An address out of a payment link (BIP-21, ERC-681), without a currency before it or blanks within.
fn bare_address(value: &str) -> String {
    let invisible =
        |c: char| c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    let spaced: Vec<&str> = value.split(invisible).filter(|part| !part.is_empty()).collect();
    let joined = match spaced.as_slice() {
        [currency, rest @ ..] if !rest.is_empty() && is_currency(currency) => rest.concat(),
        parts => parts.concat(),
    };
    let cash = joined.to_ascii_lowercase().starts_with("bitcoincash:");
    let address =
        if cash { &joined[..] } else { joined.rsplit_once(':').map_or(&joined[..], |(_, rest)| rest) };
    let address = address.split(['?', '@']).next().unwrap_or_default();
    let hexadecimal = address.len() == 40 && address.bytes().all(|b| b.is_ascii_hexdigit());
    if hexadecimal { format!("0x{address}") } else { address.to_owned() }
}

/// A ticker: three to five capitals that are no address themselves.
fn is_currency(word: &str) -> bool {
    let word = word.trim_end_matches(':');
    (3..=5).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase()) && Chain::of(word).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_in_many_spellings() {
        use Property as P;
        let check = |property: P, country: &str, a: &str, b: &str, meet: bool| {
            let countries: Vec<Country> = Country::find(country).into_iter().collect();
            let (x, y) = (Scheme::keys(&property, a, &countries), Scheme::keys(&property, b, &countries));
            assert_eq!(x.iter().any(|key| y.contains(key)), meet, "{a} / {b}: {x:?} {y:?}");
        };
        let rows = [
            (P::PassportNumber, "", "U12345678 (Iran)", "U12345678", true),
            (P::PassportNumber, "", "АВ654321", "AB654321", true),
            (P::IdNumber, "", "۰۰۱۲۳۴۵۶۷۹", "0012345679", true),
            (P::IdNumber, "", "V-12345678", "12.345.678", true),
            (P::IdNumber, "", "C.C. 12345678", "12345678", true),
            (P::TaxNumber, "", "DE 136 695 976", "136695976", true),
            (P::TaxNumber, "", "900.373.913-4", "900373913", true),
            (P::InnCode, "", "ИНН 7707083893", "7707083893", true),
            (P::InnCode, "", "7707083893/773601001", "7707083893", true),
            (P::RegistrationNumber, "", "1027739609391", "ОГРН: 1027739609391", true),
            (P::SwiftBic, "", "sabrrumm012", "SABRRUMM", true),
            (P::SerialNumber, "", "0093492771", "93492771", true),
            (
                P::PublicKey,
                "",
                "XBT 14TBJDqepoPZFkUBRyNi8tsCQaW9XBHxUT",
                "14TBJDqepoPZFkUBRyNi8tsCQaW9XBHxUT",
                true,
            ),
            (
                P::PublicKey,
                "",
                "098B716B8Aaf21512996dC57EB0615e2383E2f96",
                "0x098b716b8aaf21512996dc57eb0615e2383e2f96",
                true,
            ),
            (
                P::PublicKey,
                "",
                "ethereum:0x098B716B8Aaf21512996dC57EB0615e2383E2f96@1",
                "0x098b716b8aaf21512996dc57eb0615e2383e2f96",
                true,
            ),
            (P::Phone, "ir", "021-55501234", "+982155501234", true),
            (P::Phone, "", "021-55501234", "+982155501234", false),
            (P::PassportNumber, "", "A1234567", "1234567", false),
            (P::TaxNumber, "", "12-3", "12", false),
            (P::Name, "", "Ali", "Ali", false),
        ];
        for (property, country, a, b, meet) in rows {
            check(property, country, a, b, meet);
        }
        let imo = Scheme::keys(&P::RegistrationNumber, "IMO No. 9167253", &[]);
        assert_eq!(imo, [(Scheme::Imo, "9167253".to_owned())]);
    }
}
