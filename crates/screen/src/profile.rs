//! An entity made ready to be compared.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use jiff::civil::{Date, date};
use model::{
    Calendar, CheckDigits, Country, Derived, Entity, NameStrength, PartialDate, Property, Schema, Scheme,
    Statement, check,
};
use names::{Lexicon, Name, NameKind, parse};

pub(crate) const FILLER_TABLE: &str = include_str!("../data/filler_words.tsv");
pub(crate) const GENDER_TABLE: &str = include_str!("../data/genders.tsv");

/// One name of a profile.
#[derive(Clone, Debug)]
pub struct ProfileName {
    /// What the name was parsed as.
    pub kind: NameKind,
    /// How strong the publisher calls it.
    pub strength: NameStrength,
    /// The property it stood under.
    pub property: Property,
    /// The parsed name.
    pub name: Name,
}

/// An identifier under its comparison key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Identifier {
    pub(crate) scheme: Scheme,
    pub(crate) key: String,
    pub(crate) property: Property,
    pub(crate) published: Box<str>,
    pub(crate) check: CheckDigits,
}

/// One reading of a birth date.
#[derive(Clone, Debug)]
pub(crate) struct BirthDate {
    pub(crate) date: PartialDate,
    pub(crate) calendar: Calendar,
    /// As published, where that is another calendar's.
    published: Option<Box<str>>,
}

impl BirthDate {
    /// As it is shown: the day in ISO 8601, or as published in its own calendar.
    pub(crate) fn shown(&self) -> String {
        self.published.as_ref().map_or_else(|| self.date.to_string(), ToString::to_string)
    }

    /// What a date of another calendar is in ours.
    pub(crate) fn converted(&self) -> Option<String> {
        let published = self.published.as_ref()?;
        Some(format!("{published} ({}) is {}", self.calendar.name(), self.date))
    }
}

/// A query or a listed party, ready to be compared.
#[derive(Clone, Debug)]
pub struct Profile {
    /// The entity's id, for the order of results.
    pub id: Box<str>,
    /// What it is; `None` in a query that does not say.
    pub schema: Option<Schema>,
    /// Its names, once for each kind of name that its schema allows.
    pub names: Vec<ProfileName>,
    /// How many different names the publisher gives.
    pub name_count: u32,
    pub(crate) birth_dates: Vec<BirthDate>,
    pub(crate) countries: Vec<Country>,
    pub(crate) birth_places: Vec<Box<str>>,
    pub(crate) addresses: Vec<Box<str>>,
    pub(crate) genders: Vec<Gender>,
    pub(crate) identifiers: Vec<Identifier>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gender {
    Female,
    Male,
}

impl Profile {
    /// Makes an entity ready. Values that could not be read (a date of no known form) are evidence of nothing.
    #[must_use]
    pub fn new(entity: &Entity) -> Self {
        Self::with(entity, parse)
    }

    /// As [`Self::new`], with the names of a list read by one lexicon, so that they share their words.
    #[must_use]
    pub fn of_list(entity: &Entity, lexicon: &mut Lexicon) -> Self {
        Self::with(entity, |text, kind| lexicon.parse(text, kind))
    }

    fn with(entity: &Entity, mut parse: impl FnMut(&str, NameKind) -> Name) -> Self {
        let schema = Some(entity.schema.clone()).filter(|schema| *schema != Schema::Thing);
        let kinds = kinds(schema.as_ref());
        let mut names: Vec<ProfileName> = Vec::new();
        for (strength, statement) in entity.names() {
            for &kind in kinds {
                let name = parse(&statement.value, kind);
                if !name.tokens.is_empty() {
                    names.push(ProfileName { kind, strength, property: statement.property.clone(), name });
                }
            }
        }
        let name_count = (names.len() / kinds.len()) as u32;
        let countries = countries(entity);
        let identifiers = entity.statements.iter().flat_map(|s| identifiers(s, &countries)).collect();
        Self {
            id: entity.id.clone(),
            schema,
            names,
            name_count,
            birth_dates: entity.values(&Property::BirthDate).flat_map(birth_dates).collect(),
            countries,
            birth_places: entity.values(&Property::BirthPlace).map(Into::into).collect(),
            addresses: entity.values(&Property::Address).map(Into::into).collect(),
            genders: entity.values(&Property::Gender).filter_map(gender).collect(),
            identifiers,
        }
    }

    /// Countries that tie it to a place, whatever the tie.
    #[must_use]
    pub fn countries(&self) -> &[Country] {
        &self.countries
    }

    /// Whether there is anything to compare: a name with a letter or digit in it, or an identifier.
    #[must_use]
    pub fn is_comparable(&self) -> bool {
        !self.names.is_empty() || !self.identifiers.is_empty()
    }
}

/// The kinds of name that an entity of that schema can have.
fn kinds(schema: Option<&Schema>) -> &'static [NameKind] {
    use NameKind::{Organization, Person, Vehicle};
    match schema {
        Some(Schema::Person) => &[Person],
        Some(s) if s.is_organization() => &[Organization],
        Some(s) if s.is_vehicle() => &[Vehicle],
        Some(Schema::LegalEntity) => &[Person, Organization],
        _ => &[Person, Organization, Vehicle],
    }
}

/// Years in which people who are screened were born. What programs write where no date was given lies outside: the first
/// and last days of their calendars (0001, 1753, 1899-12-30, 9999).
const BIRTH_YEARS: std::ops::RangeInclusive<i16> = 1900..=2035;

/// The first day of calendars that begin in such a year.
const NO_BIRTHDAY: Date = date(1900, 1, 1);

/// Whether a value can be read as somebody's birth date, in any calendar. What cannot is evidence of nothing.
#[must_use]
pub fn is_birth_date(value: &str) -> bool {
    birth_dates(value).next().is_some()
}

/// The readings of a birth date: one in our calendar, or those of the calendars that it fits.
fn birth_dates(value: &str) -> impl Iterator<Item = BirthDate> {
    let somebodys = |date: &PartialDate| {
        BIRTH_YEARS.contains(&date.first().year())
            && (date.first(), date.last()) != (NO_BIRTHDAY, NO_BIRTHDAY)
    };
    let readings = PartialDate::readings(value).into_iter();
    readings.filter(move |reading| somebodys(&reading.date)).map(move |reading| BirthDate {
        date: reading.date,
        calendar: reading.calendar,
        published: (reading.calendar != Calendar::Gregorian).then(|| value.into()),
    })
}

/// Countries that tie a party to a place, whatever the tie: the evidence of one place counts once. Birthplaces and
/// addresses end in theirs.
fn countries(entity: &Entity) -> Vec<Country> {
    use Property as P;
    let mut countries = Vec::new();
    for statement in &entity.statements {
        let ties = matches!(
            statement.property,
            P::Country
                | P::Nationality
                | P::Citizenship
                | P::Jurisdiction
                | P::MainCountry
                | P::Flag
                | P::BirthCountry
        );
        let country = match statement.derived {
            Some(Derived::Country(country)) if ties => Some(country),
            _ if matches!(statement.property, P::BirthPlace | P::Address) => last_part(&statement.value),
            _ => None,
        };
        countries.extend(country.filter(|country| !countries.contains(country)));
    }
    countries
}

/// The country that ends an address line.
fn last_part(line: &str) -> Option<Country> {
    line.rsplit([',', ';']).next().and_then(Country::find)
}

/// Whether a gender is one that we can read.
#[must_use]
pub fn is_gender(value: &str) -> bool {
    gender(value).is_some()
}

/// Words for a gender in the languages of customer files.
static GENDERS: LazyLock<HashMap<&str, Gender>> = LazyLock::new(|| {
    let rows = GENDER_TABLE.lines().filter(|line| !line.starts_with('#'));
    let rows = rows.filter_map(|line| line.split_once('\t'));
    rows.flat_map(|(gender, words)| {
        let gender = if gender == "male" { Gender::Male } else { Gender::Female };
        words.split(';').map(move |word| (word, gender))
    })
    .collect()
});

fn gender(value: &str) -> Option<Gender> {
    GENDERS.get(&*value.trim().trim_end_matches('.').to_lowercase()).copied()
}

/// Digits that count from one, as they are typed where a number must be given: longer and shorter ones are somebody's.
const COUNTED: [&str; 5] = ["123456", "123456789", "1234567890", "987654321", "9876543210"];

static FILLER_WORDS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| FILLER_TABLE.lines().filter(|line| !line.starts_with('#')).collect());

/// Numbers that mean nobody: under five characters, one character repeated; of papers also counted digits and words.
fn is_filler(scheme: Scheme, key: &str) -> bool {
    let paper = scheme.comparable(Scheme::Registration);
    key.chars().count() < 5
        || key.chars().all(|c| key.starts_with(c))
        || (paper && (COUNTED.contains(&key) || FILLER_WORDS.contains(key)))
}

/// The identifiers of a statement under each of their keys. Fillers mean nobody.
fn identifiers<'a>(
    statement: &'a Statement,
    countries: &'a [Country],
) -> impl Iterator<Item = Identifier> + 'a {
    let keys = Scheme::keys(&statement.property, &statement.value, countries).into_iter();
    let meant = keys.filter(|(scheme, key)| !is_filler(*scheme, key));
    meant.map(|(scheme, key)| Identifier {
        scheme,
        key,
        property: statement.property.clone(),
        published: statement.value.clone(),
        check: check(&statement.property, &statement.value),
    })
}
