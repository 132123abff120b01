//! An entity as yente's clients read it.

use std::borrow::Cow;

use engine::{
    Entity, FtmFit, FtmProperty, PartialDate, Property, ScreenList, Statement, datasets, ftm_value, referents,
};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::Value;

/// An entity of FollowTheMoney with yente's fields.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = YenteEntityResponse)]
pub(crate) struct EntityResponse<'a> {
    /// Its id: the list's own, such as `ofac-26391`.
    id: &'a str,
    /// What to call it.
    caption: &'a str,
    /// Its FollowTheMoney schema.
    schema: &'a str,
    /// Values by property. Where nesting was asked for, entities stand in place of their ids.
    #[schema(value_type = Object)]
    pub(crate) properties: Properties<'a>,
    /// The datasets that list it.
    datasets: Vec<&'a str>,
    /// Other ids of the same party.
    referents: Vec<&'a str>,
    /// Whether it is a party that a list lists, and no address, relation or sanction.
    target: bool,
    /// Not known of lists that do not say it.
    #[schema(value_type = Option<String>)]
    first_seen: Option<String>,
    /// When the list was last found to be what its authority publishes.
    last_seen: Option<String>,
    /// When the entry changed, where the list says so.
    last_change: Option<String>,
}

/// Statements by property, and nested entities after them.
pub(crate) struct Properties<'a> {
    entity: &'a Entity,
    /// Nested entities under the property that they stand in; where it is one of the entity's own, in place of its values.
    nested: Vec<(&'a str, Vec<Value>)>,
}

impl<'a> Properties<'a> {
    /// What is stated of an entity.
    pub(crate) fn of(entity: &'a Entity) -> Self {
        Self { entity, nested: Vec::new() }
    }
}

impl<'a> EntityResponse<'a> {
    /// An entity of a list, with what is nested in it.
    pub(crate) fn new(list: &'a ScreenList, entity: &'a Entity, nested: Vec<(&'a str, Vec<Value>)>) -> Self {
        Self {
            id: &entity.id,
            caption: entity.caption(),
            schema: entity.schema.name(),
            properties: Properties { entity, nested },
            datasets: datasets(list, entity),
            referents: referents(entity).collect(),
            target: entity.schema.is_party(),
            first_seen: first(entity, &Property::ListingDate),
            last_seen: list.modified.map(super::time::iso),
            last_change: first(entity, &Property::ModifiedAt),
        }
    }
}

/// A date that a list gives, where it is a day: the form that clients read as a moment.
fn first(entity: &Entity, property: &Property) -> Option<String> {
    let days = entity.dates(property).filter(|date: &PartialDate| date.first() == date.last());
    days.map(|date| format!("{}T00:00:00", date.first())).next()
}

/// Names that stand beside the properties and are none.
const BESIDE: [&str; 2] = ["datasets", "referents"];

/// The value as FollowTheMoney has it: codes and ISO dates where they could be derived, else as published.
pub(crate) fn value_of<'a>(schema: &str, statement: &'a Statement) -> Cow<'a, str> {
    let fit = FtmProperty::of(schema, statement.property.name()).map(|property| property.fit(statement));
    match fit {
        Some(FtmFit::Whole(value)) => value,
        _ => ftm_value(statement),
    }
}

impl Serialize for Properties<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (schema, statements) = (self.entity.schema.name(), &self.entity.statements);
        let mut groups: Vec<(&str, Vec<Cow<'_, str>>)> = Vec::new();
        for statement in statements {
            let name = statement.property.name();
            if BESIDE.contains(&name) || self.nested.iter().any(|(own, _)| *own == name) {
                continue;
            }
            let value = value_of(schema, statement);
            match groups.iter_mut().find(|(own, _)| *own == name) {
                Some((_, values)) if values.contains(&value) => {}
                Some((_, values)) => values.push(value),
                None => groups.push((name, vec![value])),
            }
        }
        let mut map = serializer.serialize_map(Some(groups.len() + self.nested.len()))?;
        for (name, values) in &groups {
            map.serialize_entry(name, values)?;
        }
        for (name, values) in &self.nested {
            map.serialize_entry(name, values)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use engine::demo_list;

    use super::*;

    #[test]
    fn a_party_as_clients_read_it() {
        let list = demo_list().unwrap();
        let nested = vec![("sanctions", vec![Value::from("x")])];
        let shown = EntityResponse::new(&list, list.entities.get(1), nested);
        insta::assert_json_snapshot!(shown);
    }
}
