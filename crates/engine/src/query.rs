//! Queries from what users type: fields of a form, cells of a row.

use model::{
    CheckDigits, Country, Derived, Entity, Locator, PartialDate, Property, PropertyType, Schema, Scheme,
    Statement,
};

use screen::{Profile, is_birth_date};

use crate::EngineError;

/// Who is asked for: what is stated of the party, and the same made ready to be compared, once.
#[derive(Clone, Debug)]
pub struct Query {
    entity: Entity,
    profile: Profile,
}

impl Query {
    /// A query from properties and their values.
    ///
    /// # Errors
    /// As [`Query::new`].
    pub fn from_fields(
        id: &str,
        schema: Option<&str>,
        fields: impl IntoIterator<Item = (Property, impl AsRef<str>)>,
    ) -> Result<Self, EngineError> {
        let schema = schema.map(str::trim).filter(|s| !s.is_empty());
        let mut entity = Entity::new(id, schema.map_or(Schema::Thing, Schema::from_name));
        for (property, value) in fields {
            entity.add(property, value, Locator::Direct);
        }
        Self::new(entity)
    }

    /// Makes an entity ready. Where no whole name is given, one is put together from `firstName`, `secondName`,
    /// `middleName`, `fatherName` and `lastName`.
    ///
    /// # Errors
    /// A query without a name that has a letter or digit in it, and without an identifier, means nobody; a schema
    /// that is no party's is on no list.
    pub fn new(mut entity: Entity) -> Result<Self, EngineError> {
        if !entity.schema.is_party() {
            return Err(EngineError::input(format!(
                "schema {} is no party that a list could hold",
                entity.schema
            ))
            .hint(
                "use a FollowTheMoney schema: Person, Company, Organization, LegalEntity, Vessel, Airplane ...",
            ));
        }
        if entity.names().next().is_none() {
            use Property as P;
            let parts = [P::FirstName, P::SecondName, P::MiddleName, P::FatherName, P::LastName];
            let whole: Vec<&str> = parts.iter().filter_map(|part| entity.first(part)).collect();
            let whole = whole.join(" ");
            entity.add(Property::Name, whole, Locator::Direct);
        }
        let profile = Profile::new(&entity);
        if profile.is_comparable() { Ok(Self { entity, profile }) } else { Err(means_nobody(&entity)) }
    }

    /// What is stated of the party.
    #[must_use]
    pub fn entity(&self) -> &Entity {
        &self.entity
    }

    /// What of it is compared.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// Its identifier properties whose check digits are wrong: a typing error, or an invented number. They are
    /// searched as they stand; lists carry wrong ones too.
    #[must_use]
    pub fn wrong_check_digits(&self) -> Vec<&Property> {
        let wrong = |s: &&Statement| model::check(&s.property, &s.value) == CheckDigits::Wrong;
        self.entity.statements.iter().filter(wrong).map(|s| &s.property).collect()
    }

    /// Its properties whose values are dates or countries that we cannot read: they are evidence of nothing.
    pub(crate) fn unreadable(&self) -> impl Iterator<Item = &Property> {
        // A country that was read stands beside the value; a date may be readable and still be nobody's birth date.
        let known = |s: &Statement| matches!(s.derived, Some(Derived::Country(_)));
        let doubtful = move |s: &&Statement| !known(s) && !is_readable(&s.property, &s.value);
        self.entity.statements.iter().filter(doubtful).map(|s| &s.property)
    }

    /// Whether a name of it has more words than are compared: [`crate::WORDS_COMPARED`].
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.profile.names.iter().any(|name| name.name.cut)
    }
}

/// Why there is nothing to compare.
fn means_nobody(entity: &Entity) -> EngineError {
    let message = if entity.names().next().is_some() {
        "the name has no letter or digit in it"
    } else if entity.statements.iter().any(|s| Scheme::of(&s.property).is_some()) {
        "the identifier is too short, or one character repeated: it could mean anybody"
    } else {
        "there is neither a name nor an identifier"
    };
    EngineError::input(message).hint("give a name, or an identifier such as passportNumber or imoNumber")
}

/// Whether a value of a date or country property is one that we can read, dates in any calendar. Values of other
/// properties always are.
#[must_use]
pub fn is_readable(property: &Property, value: &str) -> bool {
    match property.property_type() {
        _ if *property == Property::BirthDate => is_birth_date(value),
        PropertyType::Date => !PartialDate::readings(value).is_empty(),
        PropertyType::Country => Country::find(value).is_some(),
        _ => true,
    }
}
