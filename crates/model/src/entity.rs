//! Entities and the statements they are made of.

use crate::{Country, NameStrength, PartialDate, Property, PropertyType, Schema};

/// Where a value stood in its source. The list (file names, hashes) is known to whoever holds the entity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Locator {
    /// Typed by a user, or made by the program.
    #[default]
    Direct,
    /// A line of one of the list's files.
    Line {
        /// Index into the list's files: 0 is the main file, siblings follow.
        file: u16,
        /// Line number, from 1.
        line: u32,
    },
}

/// What was read out of a published value. It stands beside the value and never replaces it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Derived {
    /// The country that the value names.
    Country(Country),
    /// The date, with its precision.
    Date(PartialDate),
}

/// One value of one property, and where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The property.
    pub property: Property,
    /// The value exactly as published.
    pub value: Box<str>,
    /// What the value means, where its type has a meaning that we could read.
    pub derived: Option<Derived>,
    /// Where it stood.
    pub locator: Locator,
}

impl Statement {
    /// A statement; country and date are derived from the value by the property's type.
    #[must_use]
    pub fn new(property: Property, value: impl Into<Box<str>>, locator: Locator) -> Self {
        let value = value.into();
        let derived = match property.property_type() {
            PropertyType::Country => Country::find(&value).map(Derived::Country),
            PropertyType::Date => PartialDate::parse(&value).map(Derived::Date),
            _ => None,
        };
        Self { property, value, derived, locator }
    }
}

/// A party, or something that belongs to parties (a relation, an address, a sanction), with all that is stated of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Stable id: `ofac-26391`, or the id that an FtM file gave.
    pub id: Box<str>,
    /// What it is.
    pub schema: Schema,
    /// Every value, in the order of the source.
    pub statements: Vec<Statement>,
}

impl Entity {
    /// An entity with nothing stated of it yet.
    #[must_use]
    pub fn new(id: impl Into<Box<str>>, schema: Schema) -> Self {
        Self { id: id.into(), schema, statements: Vec::new() }
    }

    /// States one more value. Empty values, and values already stated of the same property, are passed over.
    pub fn add(&mut self, property: Property, value: impl AsRef<str>, locator: Locator) {
        let value = value.as_ref().trim();
        if value.is_empty() || self.values(&property).any(|v| v == value) {
            return;
        }
        self.statements.push(Statement::new(property, value, locator));
    }

    /// The published values of one property, in order.
    pub fn values<'a>(&'a self, property: &'a Property) -> impl Iterator<Item = &'a str> + 'a {
        self.statements.iter().filter(move |s| s.property == *property).map(|s| &*s.value)
    }

    /// The first value of one property.
    #[must_use]
    pub fn first(&self, property: &Property) -> Option<&str> {
        self.statements.iter().find(|s| s.property == *property).map(|s| &*s.value)
    }

    /// Whole names with their strength: primary name, aliases, former names, weak aliases.
    pub fn names(&self) -> impl Iterator<Item = (NameStrength, &Statement)> {
        self.statements.iter().filter_map(|s| s.property.name_strength().map(|strength| (strength, s)))
    }

    /// Dates derived from one property.
    pub fn dates<'a>(&'a self, property: &'a Property) -> impl Iterator<Item = PartialDate> + 'a {
        self.statements.iter().filter(move |s| s.property == *property).filter_map(|s| match s.derived {
            Some(Derived::Date(date)) => Some(date),
            _ => None,
        })
    }

    /// What to call the entity: its first name, else its id.
    #[must_use]
    pub fn caption(&self) -> &str {
        self.names().map(|(_, s)| &*s.value).next().unwrap_or(&self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_keep_their_published_form_beside_what_was_derived() {
        let mut entity = Entity::new("x-1", Schema::Person);
        entity.add(Property::Nationality, "Iran", Locator::Direct);
        entity.add(Property::Nationality, " Iran ", Locator::Direct);
        entity.add(Property::BirthDate, "circa 1979", Locator::Direct);
        assert_eq!(entity.statements.len(), 2, "the same value is stated once");
        assert_eq!(entity.first(&Property::Nationality), Some("Iran"));
        assert!(matches!(entity.statements[0].derived, Some(Derived::Country(c)) if c.code() == "ir"));
        assert_eq!(
            entity.dates(&Property::BirthDate).next().map(|d| d.to_string()),
            Some("circa 1979".into())
        );
        assert_eq!(entity.caption(), "x-1");
    }
}
