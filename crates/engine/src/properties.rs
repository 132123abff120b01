//! The `properties` of an entity, written straight to the bytes of a line.

use std::borrow::Cow;

use model::{Entity, Statement, ftm_value, properties_to_json};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

/// The `properties` of an entity, as [`properties_to_json`] has them, without a value in between.
pub(crate) struct Properties<'a>(pub(crate) &'a Entity);

/// Statements of an entity among which each is looked for by going through all.
const FEW: usize = 32;

impl Serialize for Properties<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let statements = &self.0.statements;
        if statements.len() > FEW {
            return properties_to_json(self.0).serialize(serializer);
        }
        let mut properties = serializer.serialize_map(None)?;
        for (n, statement) in statements.iter().enumerate() {
            let name = statement.property.name();
            if statements[..n].iter().all(|before| before.property.name() != name) {
                properties.serialize_entry(name, &Values { name, statements: &statements[n..] })?;
            }
        }
        properties.end()
    }
}

/// The values of one property, each once.
struct Values<'a> {
    name: &'a str,
    statements: &'a [Statement],
}

impl Serialize for Values<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let own = self.statements.iter().filter(|statement| statement.property.name() == self.name);
        let mut values: Vec<Cow<'_, str>> = Vec::new();
        for value in own.map(ftm_value) {
            if !values.contains(&value) {
                values.push(value);
            }
        }
        values.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use model::{Entity, Locator, Property, Schema, properties_to_json};

    use super::Properties;

    /// Few statements are written without a value in between, many are not: the bytes are the same.
    #[test]
    fn properties_are_those_of_the_model() {
        for count in [0, 1, 7, super::FEW, super::FEW + 1] {
            let mut entity = Entity::new("q", Schema::Person);
            let values = ["Iran", "Islamic Republic of Iran", "21 Sep 1979", "x \"y\"", "1979-09-21"];
            let properties = ["nationality", "birthDate", "own", "nationality", "birthDate", "name"];
            for n in 0..count {
                let property = Property::from_name(properties[n % properties.len()]);
                let statement = model::Statement::new(property, values[n % values.len()], Locator::Direct);
                entity.statements.push(statement);
            }
            let written = serde_json::to_string(&Properties(&entity)).unwrap();
            assert_eq!(written, properties_to_json(&entity).to_string(), "{count}");
        }
    }
}
