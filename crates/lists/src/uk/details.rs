//! What the free text of the UK's lists says of a party: numbers of papers, the UN's reference, ships' numbers.

use model::{CheckDigits, Country, Locator, Property, Scheme};

use crate::numbered;
use crate::party::{Paper, Party};
use crate::report::LoadReport;

/// Papers of a row: `numbers` is the column of the numbers, `details` that of what is said of them. The layout of 2018
/// has both in one; a number that cannot be told from the words is kept in the notes.
pub(super) fn papers(
    party: &mut Party,
    property: &Property,
    (label, numbers): (&str, Option<&str>),
    details: Option<&str>,
    locator: Locator,
    report: &mut LoadReport,
) {
    let column = numbers.is_some();
    let Some(numbers) = numbers.or(details) else { return };
    let (values, info) = (numbered::values(numbers), details.map(numbered::values).unwrap_or_default());
    let paired = values.len() == info.len();
    let kind = if *property == Property::PassportNumber { "Passport" } else { "National identifier" };
    for (at, value) in values.iter().enumerate().filter(|(_, value)| **value != "-") {
        let about = if paired { info[at] } else { details.unwrap_or(value) };
        let has_digit = |text: &&str| text.bytes().any(|b| b.is_ascii_digit());
        // Where numbers have a column of their own, the whole field is one.
        match number(value).or(Some(*value).filter(|value| column && has_digit(value))) {
            Some(number) => {
                let country = country_in(about).or_else(|| country_in(value));
                let whole = if about == *value { value.to_string() } else { format!("{value} {about}") };
                let whole = Some(whole.trim()).filter(|whole| *whole != number);
                let paper = Paper { number, kind, country, whole, ..Paper::default() };
                party.paper(property, paper, locator);
            }
            None => party.note(label, value, locator, report),
        }
    }
}

/// The number in `Passport no. 0608109. issued ...`, `OR801168 (Afghan). Issued on ...`, `D 001206 (Afghan)`: the first
/// word with a digit, outside of parentheses, with the capitals before it. `None` where a month or a year might be it.
fn number(text: &str) -> Option<&str> {
    let outside = text.split(['(', ';']).next().unwrap_or(text);
    let is_number = |word: &str| {
        let word = word.trim_matches(['.', ',', ':']);
        word.len() >= 3
            && word.bytes().any(|b| b.is_ascii_digit())
            && word.bytes().all(|b| b.is_ascii_alphanumeric() || b"-/.".contains(&b))
    };
    let mut from = 0;
    let mut words = Vec::new();
    for word in outside.split(|c: char| c.is_whitespace() || c == ':') {
        words.push((from, word));
        from += word.len() + outside[from + word.len()..].chars().next().map_or(0, char::len_utf8);
    }
    let unlabelled =
        |word: &'static str| move |text: &'_ str| text.len() - text.trim_start_matches(word).len();
    let label = |text: &str| unlabelled("no.")(text).max(unlabelled("No.")(text));
    let at = words.iter().position(|(_, word)| is_number(&word[label(word)..]))?;
    let before = &words[..at];
    // "issued 18/11/2005" alone says when, not which.
    let says_when =
        |word: &str| ["issued", "expires", "expired", "born"].contains(&&*word.to_ascii_lowercase());
    if before.iter().any(|(_, word)| says_when(word)) {
        return None;
    }
    let (start, word) = words[at];
    let mut start = start + label(word);
    if label(word) == 0 {
        // "D 001206", "TR-P 614 166", "96 03 464086": the series belongs to the number.
        let series = |word: &str| {
            (1..=4).contains(&word.len())
                && word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-')
        };
        for (from, _) in before.iter().rev().take_while(|(_, word)| series(word)) {
            start = *from;
        }
    }
    let mut end = words[at].0 + word.len();
    // "96 03 464086", "614 166": groups of digits.
    for (from, next) in &words[at + 1..] {
        if next.is_empty() || !next.bytes().all(|b| b.is_ascii_digit()) {
            break;
        }
        end = from + next.len();
    }
    Some(outside[start..end].trim_matches(['.', ',', ':', ' ']))
}

/// The country in `(Afghan)`, `(Qatari passport issued ...)`, `Libyan national id`: the first word, in parentheses or in
/// front, that names one.
fn country_in(text: &str) -> Option<&str> {
    let inside = text.split_once('(').and_then(|(_, rest)| rest.split(')').next());
    let candidates = [inside, Some(text)].into_iter().flatten();
    candidates
        .flat_map(|text| [text, text.split([' ', ',']).next().unwrap_or(text)])
        .find(|t| Country::find(t).is_some())
}

/// The UN's reference: `UN Ref QDe.004.`, `UN REF:QE.A.146.14.`, `UN Ref.KPI.067`, `(UN Ref): KPi.066`.
pub(super) fn un_reference(text: &str) -> Option<&str> {
    let lower = text.to_ascii_lowercase();
    let labels = ["un ref", "un. ref"];
    labels.iter().flat_map(|label| lower.match_indices(label)).find_map(|(at, found)| {
        let rest = &text[at + found.len()..];
        let skipped = |c: char| " .:()-".contains(c);
        let mut rest = rest.strip_prefix("erence").unwrap_or(rest).trim_start_matches(skipped);
        for word in ["No", "no", "Number", "number"] {
            rest = rest
                .strip_prefix(word)
                .filter(|r| r.starts_with(skipped))
                .unwrap_or(rest)
                .trim_start_matches(skipped);
        }
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.')).unwrap_or(rest.len());
        let reference = rest[..end].trim_end_matches('.');
        // "E.29.I.9.Other": the sentence may begin without a blank.
        let reference = reference
            .rsplit_once('.')
            .filter(|(_, last)| last.len() > 4 && last.bytes().all(|b| b.is_ascii_alphabetic()))
            .map_or(reference, |(head, _)| head);
        let begins = reference.starts_with(|c: char| c.is_ascii_alphabetic());
        let shaped = begins && reference.contains('.') && reference.bytes().any(|b| b.is_ascii_digit());
        (shaped && reference.len() <= 16).then_some(reference)
    })
}

/// The UK Sanctions List's number, which OFSI's list gives since 2022: `(UK Sanctions List Ref):RUS1042.`
pub(super) fn uk_reference(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("UK Sanctions List Ref")?;
    let rest = rest.trim_start_matches([' ', ':', '.', ')']);
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let reference = &rest[..end];
    let shaped = reference.starts_with(|c: char| c.is_ascii_uppercase())
        && reference.ends_with(|c: char| c.is_ascii_digit());
    shaped.then_some(reference)
}

/// A ship's number after its label: `IMO: 8937675`, `(IMO number: 7303803)`, `MMSI: 445539000`.
pub(super) fn labelled_number<'a>(text: &'a str, label: &str, digits: usize) -> Option<&'a str> {
    text.match_indices(label).find_map(|(at, _)| {
        let rest = text[at + label.len()..].trim_start_matches([' ', ':', '.', '#']);
        let rest = ["number", "Number", "No", "no"].iter().find_map(|w| rest.strip_prefix(w)).unwrap_or(rest);
        let rest = rest.trim_start_matches([' ', ':', '.', '#']);
        let end = rest.bytes().position(|b| !b.is_ascii_digit()).unwrap_or(rest.len());
        (end == digits).then(|| &rest[..end])
    })
}

/// Whether an IMO number is a ship's own. The numbers of shipping companies are as long, and begin with less than 7;
/// those of the ships at sea today do not.
pub(super) fn is_ship(imo: &str) -> bool {
    imo.starts_with(['7', '8', '9']) && Scheme::Imo.check(imo) != CheckDigits::Wrong
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_papers() {
        let rows = [
            ("Passport No: 592667 (Qatari passport issued on 3 May 2007).", Some("592667")),
            ("OR801168 (Afghan). Issued on 28 Feb 2006", Some("OR801168")),
            ("D 001206 (Afghan). Issued on 17 July 2000", Some("D 001206")),
            ("2863795S, expires 23 Aug 2005 (Iraq)", Some("2863795S")),
            ("British passport no.205939411 (issued 21.07.2004)", Some("205939411")),
            ("LIBYAN PASSPORT No.B/001897", Some("B/001897")),
            ("96 03 464086, Russian passport, issued on 01/06/2003", Some("96 03 464086")),
            ("TR-P 614 166 (Turkish)", Some("TR-P 614 166")),
            ("96/184442 (Libyan)", Some("96/184442")),
            ("Uganda Passport.", None),
            ("issued 18/11/2005", None),
            ("Ration card no. 1729765", Some("1729765")),
            ("(diplomatic)", None),
            ("", None),
        ];
        for (text, expected) in rows {
            assert_eq!(number(text), expected, "{text}");
        }
    }

    #[test]
    fn references_of_the_un() {
        let rows = [
            ("UN Ref QDe.004. Emir for", Some("QDe.004")),
            ("UN REF:QE.A.146.14. Also", Some("QE.A.146.14")),
            ("Annex XIII. UN Listing. UN Ref.KPI.067.", Some("KPI.067")),
            ("(UN Ref): KPi.066", Some("KPi.066")),
            ("UN Ref E.29.II.9. Other", Some("E.29.II.9")),
            ("UN Ref E.29.II.9.Other", Some("E.29.II.9")),
            ("UN Reference number QDi.006", Some("QDi.006")),
            ("UN Listing. UN. REF.KPI.073. Pak", Some("KPI.073")),
            ("UN Ref not known", None),
            ("run reform", None),
            ("", None),
        ];
        for (text, expected) in rows {
            assert_eq!(un_reference(text), expected, "{text}");
        }
    }

    #[test]
    fn references_of_the_uk() {
        let rows = [
            ("(UK Sanctions List Ref):RUS1042. (UN Ref)", Some("RUS1042")),
            ("(UK Sanctions List Ref): none", None),
            ("RUS1042", None),
        ];
        for (text, expected) in rows {
            assert_eq!(uk_reference(text), expected, "{text}");
        }
    }

    #[test]
    fn numbers_of_ships() {
        let rows = [
            ("IMO: 8937675. MMSI: 445539000.", Some("8937675")),
            ("(IMO number: 7303803). Annex", Some("7303803")),
            ("with IMO Number: ((a) Chol R", None),
            ("Company Number IMO 5434358  Registered", Some("5434358")),
            ("Oleg AKIMOV", None),
        ];
        for (text, expected) in rows {
            assert_eq!(labelled_number(text, "IMO", 7), expected, "{text}");
        }
        assert_eq!(labelled_number("MMSI: 445539000.", "MMSI", 9), Some("445539000"));
        assert!(is_ship("8937675") && !is_ship("5434358"));
    }
}
