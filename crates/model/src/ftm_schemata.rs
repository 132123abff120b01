//! The schemata of FollowTheMoney itself, and what a property of one takes: what leaves as FollowTheMoney is held to them.
//!
//! `data/ftm_properties.tsv` is derived from the package followthemoney by `cargo xtask ftm`.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use crate::contact::{is_host, phone_key};
use crate::{CheckDigits, Derived, Precision, Property, Statement, check, ftm_value};

const TABLE: &str = include_str!("../data/ftm_properties.tsv");

/// A property of a FollowTheMoney schema.
#[derive(Clone, Copy, Debug)]
pub struct FtmProperty {
    name: &'static str,
    kind: &'static str,
    format: &'static str,
    longest: usize,
}

/// What FollowTheMoney takes of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FtmFit<'a> {
    /// All of it: as published, or a code that means the same.
    Whole(Cow<'a, str>),
    /// What was derived of it, which says less than what was published: 1958 of `circa 1958`.
    Part(Cow<'a, str>),
    /// Nothing.
    Nothing,
}

type Properties = HashMap<&'static str, FtmProperty>;

struct Table {
    schemata: HashMap<&'static str, Properties>,
    /// The codes of a type that has a fixed set of values, by the words for them.
    values: HashMap<(&'static str, &'static str), &'static str>,
}

static FTM: LazyLock<Table> = LazyLock::new(|| {
    let (mut parents, mut own, mut values) = (HashMap::new(), HashMap::<_, Vec<_>>::new(), HashMap::new());
    for row in TABLE.lines().filter(|row| !row.starts_with('#')) {
        match row.split('\t').collect::<Vec<_>>()[..] {
            ["schema", schema, extends] => drop(parents.insert(schema, extends)),
            ["property", schema, name, kind, format, longest] => {
                let longest = longest.parse().unwrap_or(usize::MAX);
                own.entry(schema).or_default().push(FtmProperty { name, kind, format, longest });
            }
            ["values", kind, all] => values.extend(all.split(' ').map(|value| {
                let (word, code) = value.split_once('=').unwrap_or((value, value));
                ((kind, word), code)
            })),
            _ => {}
        }
    }
    let properties = |schema: &&'static str| {
        let (mut found, mut open) = (Properties::new(), vec![*schema]);
        while let Some(schema) = open.pop() {
            for property in own.get(schema).into_iter().flatten() {
                found.entry(property.name).or_insert(*property);
            }
            open.extend(parents.get(schema).into_iter().flat_map(|extends| extends.split(' ')));
        }
        (*schema, found)
    };
    Table { schemata: parents.keys().map(properties).collect(), values }
});

/// Whether FollowTheMoney has a schema of that name.
#[must_use]
pub fn is_ftm_schema(schema: &str) -> bool {
    FTM.schemata.contains_key(schema)
}

/// Whether an entity of such an id can be referred to by others.
#[must_use]
pub fn is_ftm_reference(id: &str) -> bool {
    let within = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-');
    let ends = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphanumeric);
    id.bytes().all(within) && ends(id.as_bytes().first()) && ends(id.as_bytes().last())
}

impl FtmProperty {
    /// The property of that name, where the schema has it.
    #[must_use]
    pub fn of(schema: &str, name: &str) -> Option<Self> {
        FTM.schemata.get(schema)?.get(name).copied()
    }

    /// Whether its values are ids of other entities.
    #[must_use]
    pub fn is_reference(&self) -> bool {
        self.kind == "entity"
    }

    /// What it takes of a statement, which may be one of another property. Every check is the one that the package makes when
    /// it cleans a value, or a stricter one.
    #[must_use]
    pub fn fit<'a>(&self, statement: &'a Statement) -> FtmFit<'a> {
        let published = &*statement.value;
        let code = |word: &str| {
            let code = FTM.values.get(&(self.kind, word));
            code.map_or(FtmFit::Nothing, |code| FtmFit::Whole(Cow::Borrowed(*code)))
        };
        let short = published.chars().count() <= self.longest;
        let whole = |fits: bool| {
            if fits && short { FtmFit::Whole(Cow::Borrowed(published)) } else { FtmFit::Nothing }
        };
        match self.kind {
            "date" => date(statement),
            "country" => match statement.derived {
                Some(Derived::Country(country)) => code(country.code()),
                _ => FtmFit::Nothing,
            },
            "gender" => code(&published.to_lowercase()),
            "topic" => code(published),
            "identifier" => whole(has_format(self.format, published)),
            "entity" => whole(is_ftm_reference(published)),
            "email" => whole(is_email(published)),
            "url" => whole(is_url(published)),
            // Without its calling code a number may be in any country.
            "phone" => whole(published.starts_with('+') && phone_key(published, None).is_some()),
            "number" => whole(is_number(published)),
            _ => whole(published.chars().any(|c| !c.is_control() && !c.is_whitespace() && !is_quote(c))),
        }
    }
}

/// An ISO 8601 date, or the beginning of one, of a year from 1000 to 2999.
fn date(statement: &Statement) -> FtmFit<'_> {
    let Some(Derived::Date(date)) = statement.derived else { return FtmFit::Nothing };
    if date.precision() == Precision::Range || !(1000..3000).contains(&date.first().year()) {
        return FtmFit::Nothing;
    }
    if date.is_circa() {
        let circa = date.to_string();
        return FtmFit::Part(Cow::Owned(circa.trim_start_matches(|c: char| !c.is_ascii_digit()).to_owned()));
    }
    let iso = ftm_value(statement);
    // A time of day stays.
    let timed = statement.value.strip_prefix(&*iso).is_some_and(|rest| rest.starts_with('T'));
    FtmFit::Whole(if timed { Cow::Borrowed(&*statement.value) } else { iso })
}

fn has_format(format: &str, value: &str) -> bool {
    let checked = |property| check(&property, value) == CheckDigits::Valid;
    match format {
        "imo" => checked(Property::ImoNumber),
        "inn" => checked(Property::InnCode),
        "ogrn" => checked(Property::OgrnCode),
        "lei" => checked(Property::LeiCode),
        "uscc" => checked(Property::UscCode),
        "isin" => checked(Property::from_name("isin")),
        "bic" => is_bic(value),
        "ssn" => is_social_security_number(value),
        _ => value.chars().any(char::is_alphanumeric),
    }
}

/// ISO 9362: four letters of the party, two of the country, two letters or digits of the place, three of the branch.
fn is_bic(value: &str) -> bool {
    let (bytes, capital) = (value.as_bytes(), |b: &u8| b.is_ascii_uppercase() || b.is_ascii_digit());
    matches!(bytes.len(), 8 | 11)
        && bytes[..6].iter().all(u8::is_ascii_uppercase)
        && bytes.iter().all(capital)
}

/// A number of the US Social Security Administration: three, two and four digits, in no group that it never gives.
fn is_social_security_number(value: &str) -> bool {
    let parts: Vec<&str> = match value.split('-').collect::<Vec<_>>()[..] {
        [one] if one.len() == 9 && one.is_ascii() => vec![&one[..3], &one[3..5], &one[5..]],
        ref parts => parts.to_vec(),
    };
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    lengths == [3, 2, 4]
        && parts
            .iter()
            .all(|part| part.bytes().all(|b| b.is_ascii_digit()) && part.bytes().any(|b| b != b'0'))
        && parts[0] != "666"
        && !parts[0].starts_with('9')
}

fn is_email(value: &str) -> bool {
    let Some((mailbox, host)) = value.rsplit_once('@') else { return false };
    let odd = |c: char| c.is_whitespace() || "<>()[],;:?@\"".contains(c);
    (1..=64).contains(&mailbox.chars().count()) && !mailbox.contains(odd) && is_host(host)
}

fn is_url(value: &str) -> bool {
    let lower = value.to_lowercase();
    let (scheme, rest) = lower.split_once("://").unwrap_or(("http", &lower));
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    matches!(scheme, "http" | "https" | "ftp") && is_host(host) && !path.contains(char::is_whitespace)
}

/// Digits, in groups or not, with a fraction or not, and a unit of one word.
fn is_number(value: &str) -> bool {
    let value = value.trim_start_matches(['+', '-']);
    let end = value.find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.'))).unwrap_or(value.len());
    let (number, unit) = value.split_at(end);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let groups: Vec<&str> = whole.split(',').collect();
    let grouped = groups.len() == 1 || (groups[0].len() <= 3 && groups[1..].iter().all(|g| g.len() == 3));
    let one_word = !unit.trim().contains(|c: char| c.is_whitespace() || c.is_ascii_digit());
    groups.iter().all(|group| digits(group)) && grouped && digits(fraction) && one_word
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '«' | '»' | '“' | '”' | '‘' | '’' | '„' | '`')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Locator, Schema};

    #[test]
    fn what_properties_take() {
        let rows = [
            ("Person", "birthDate", "21 Sep 1979", "1979-09-21"),
            ("Person", "birthDate", "1979-09-21T10:00:00", "1979-09-21T10:00:00"),
            ("Person", "birthDate", "00/00/1957", "1957"),
            ("Person", "birthDate", "circa 1958", "~1958"),
            ("Person", "birthDate", "1958 to 1960", ""),
            ("Person", "birthDate", "0017-05-26", ""),
            ("Person", "birthDate", "unknown", ""),
            ("Person", "nationality", "Iran", "ir"),
            ("Person", "nationality", "possibly Iranian", ""),
            ("Person", "gender", "Male", "male"),
            ("Person", "gender", "F", "female"),
            ("Person", "country", "Congo, Democratic Republic of the", "cd"),
            ("Person", "gender", "unknown", ""),
            ("Person", "topics", "sanction", "sanction"),
            ("Person", "topics", "sanctioned", ""),
            ("Person", "socialSecurityNumber", "078-05-1120", "078-05-1120"),
            ("Person", "socialSecurityNumber", "33-3208848-3", ""),
            ("Person", "phone", "+44 20 7946 0018", "+44 20 7946 0018"),
            ("Person", "phone", "020 7946 0018", ""),
            ("Person", "name", "\" \"", ""),
            ("Person", "idNumber", &"7".repeat(65), ""),
            ("Company", "leiCode", "852777978", ""),
            ("Company", "swiftBic", "SBZAIRTHXXX", "SBZAIRTHXXX"),
            ("Company", "swiftBic", "sbza ir th", ""),
            ("Company", "email", "info@bank.example", "info@bank.example"),
            ("Company", "email", "info@bank", ""),
            ("Company", "website", "www.bank.example/a?b", "www.bank.example/a?b"),
            ("Company", "website", "www.bank.example. Its branch", ""),
            ("Company", "website", "none", ""),
            ("Vessel", "imoNumber", "9187629", "9187629"),
            ("Vessel", "imoNumber", "9187628", ""),
            ("Vessel", "tonnage", "163,660", "163,660"),
            ("Vessel", "tonnage", "99.5 t", "99.5 t"),
            ("Vessel", "tonnage", "10 to 20", ""),
            ("Sanction", "entity", "ofac-1", "ofac-1"),
            ("Sanction", "entity", "a b", ""),
        ];
        for (schema, name, value, expected) in rows {
            let statement = Statement::new(Property::from_name(name), value, Locator::Direct);
            let property = FtmProperty::of(schema, name).unwrap_or_else(|| panic!("{schema} {name}"));
            let fit = match property.fit(&statement) {
                FtmFit::Whole(value) => value.into_owned(),
                FtmFit::Part(value) => format!("~{value}"),
                FtmFit::Nothing => String::new(),
            };
            assert_eq!(fit, expected, "{schema} {name} {value}");
        }
    }

    #[test]
    fn schemata_have_what_they_extend() {
        let rows = [
            ("Person", "wikidataId", true),
            ("Company", "isinCode", true),
            ("Organization", "isinCode", false),
            ("Organization", "passportNumber", false),
            ("Vessel", "ownershipAsset", false),
            ("Ownership", "asset", true),
        ];
        for (schema, name, expected) in rows {
            assert_eq!(FtmProperty::of(schema, name).is_some(), expected, "{schema} {name}");
        }
        for schema in Schema::PARTIES {
            assert!(is_ftm_schema(schema.name()), "{schema}");
        }
    }
}
