//! An entity made ready to be compared.

use model::{Country, Derived, Entity, NameStrength, PartialDate, Property, Schema, Scheme};
use names::{Name, NameKind, parse};

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
    pub(crate) birth_dates: Vec<PartialDate>,
    pub(crate) countries: Vec<Country>,
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
        let identifiers = entity.statements.iter().filter_map(identifier).collect();
        Self {
            id: entity.id.clone(),
            schema,
            names,
            name_count,
            birth_dates: entity.dates(&Property::BirthDate).collect(),
            countries: countries(entity),
            genders: entity.values(&Property::Gender).filter_map(gender).collect(),
            identifiers,
        }
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

/// Countries that tie a party to a place, whatever the tie: the evidence of one place counts once.
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
        if let Some(Derived::Country(country)) = statement.derived.filter(|_| ties)
            && !countries.contains(&country)
        {
            countries.push(country);
        }
    }
    countries
}

/// Whether a gender is one that we can read.
#[must_use]
pub fn is_gender(value: &str) -> bool {
    gender(value).is_some()
}

fn gender(value: &str) -> Option<Gender> {
    match value.trim().to_lowercase().as_str() {
        "male" | "m" | "man" => Some(Gender::Male),
        "female" | "f" | "woman" => Some(Gender::Female),
        _ => None,
    }
}

/// Identifiers under five characters, or of one character repeated, are too often typed as fillers to mean anybody.
fn identifier(statement: &model::Statement) -> Option<Identifier> {
    let scheme = Scheme::of(&statement.property)?;
    let key = scheme.key(&statement.value);
    let first = key.chars().next()?;
    let filler = key.chars().count() < 5 || key.chars().all(|c| c == first);
    (!filler).then(|| Identifier {
        scheme,
        key,
        property: statement.property.clone(),
        published: statement.value.clone(),
    })
}
