//! FollowTheMoney JSON in and out: `{"id","schema","properties":{"name":[...]}}`, one entity a line.

use std::borrow::Cow;

use rustc_hash::FxHashSet;
use serde_json::{Map, Value, json};

use crate::{Derived, Entity, Locator, Property, Schema, Statement};

/// Why a line is no FollowTheMoney entity.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FtmError {
    /// Not JSON at all, with serde's word on where.
    #[error("not JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// JSON, but not an entity.
    #[error("not a FollowTheMoney entity: {0}")]
    Shape(&'static str),
}

/// Reads one entity. `fallback_id` serves where the entity has none (rows of a customer file).
///
/// Property values may be a list or a single value; numbers and booleans are read as their text.
///
/// # Errors
/// [`FtmError`] where the text is not JSON or has not the shape of an entity.
pub fn entity_from_json(text: &str, fallback_id: Option<&str>, locator: Locator) -> Result<Entity, FtmError> {
    let value: Value = serde_json::from_str(text)?;
    let object = value.as_object().ok_or(FtmError::Shape("it is no JSON object"))?;
    let id = object.get("id").and_then(scalar).filter(|id| !id.trim().is_empty());
    let id = id.as_deref().or(fallback_id).ok_or(FtmError::Shape("it has no id"))?;
    let schema = object
        .get("schema")
        .map_or(Ok("Thing"), |s| s.as_str().ok_or(FtmError::Shape("schema is no text")))?;
    let mut entity = Entity::new(id, Schema::from_name(schema));
    let properties = match object.get("properties") {
        None => return Err(FtmError::Shape("it has no properties")),
        Some(p) => p.as_object().ok_or(FtmError::Shape("properties is no JSON object"))?,
    };
    for (name, values) in properties {
        let property = Property::from_name(name);
        let list = values.as_array().map_or(std::slice::from_ref(values), Vec::as_slice);
        // A set, since a hostile line may hold a million values of one property.
        let mut seen = FxHashSet::default();
        for value in list.iter().filter_map(scalar) {
            let value = value.trim();
            if !value.is_empty() && seen.insert(value.to_owned()) {
                entity.statements.push(Statement::new(property.clone(), value, locator));
            }
        }
    }
    // A file without a `name` may still carry one as its caption.
    let nameless = entity.schema.is_party() && entity.names().next().is_none();
    if let Some(caption) = object.get("caption").and_then(Value::as_str).filter(|_| nameless)
        && caption != &*entity.id
    {
        entity.add(Property::Name, caption, locator);
    }
    Ok(entity)
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(s) => Some(s.clone()),
        Value::Number(n) => Some(n.to_string()),
        Value::Bool(b) => Some(b.to_string()),
        _ => None,
    }
}

/// The entity as FollowTheMoney reads it, with codes where we derived them.
#[must_use]
pub fn entity_to_json(entity: &Entity, datasets: &[&str]) -> Value {
    json!({
        "id": &*entity.id,
        "caption": entity.caption(),
        "schema": entity.schema.name(),
        "datasets": datasets,
        "properties": properties_to_json(entity),
    })
}

/// The `properties` object of an entity: country codes and ISO dates where they could be derived, else the
/// published values.
#[must_use]
pub fn properties_to_json(entity: &Entity) -> Value {
    let mut properties: Map<String, Value> = Map::new();
    for statement in &entity.statements {
        let list = properties.entry(statement.property.name()).or_insert_with(|| Value::Array(Vec::new()));
        let value = Value::String(ftm_value(statement).into_owned());
        if let Some(list) = list.as_array_mut().filter(|list| !list.contains(&value)) {
            list.push(value);
        }
    }
    Value::Object(properties)
}

/// The value of a statement as FollowTheMoney has it: the country's code or the ISO date where one could be derived,
/// else as published.
#[must_use]
pub fn ftm_value(statement: &Statement) -> Cow<'_, str> {
    use crate::Precision::{Day, Month, Year};
    match statement.derived {
        Some(Derived::Country(country)) => Cow::Borrowed(country.code()),
        Some(Derived::Date(date)) if matches!(date.precision(), Day | Month | Year) && !date.is_circa() => {
            Cow::Owned(date.to_string())
        }
        _ => Cow::Borrowed(&statement.value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes() {
        let line = r#"{"id":"x-1","schema":"Person","properties":{"name":["Jane DOE"],"nationality":"Iran","birthDate":["21 Sep 1979"],"weird":[1]}}"#;
        let entity = entity_from_json(line, None, Locator::Direct).unwrap();
        assert_eq!(
            entity_to_json(&entity, &["demo"]).to_string(),
            r#"{"id":"x-1","caption":"Jane DOE","schema":"Person","datasets":["demo"],"properties":{"name":["Jane DOE"],"nationality":["ir"],"birthDate":["1979-09-21"],"weird":["1"]}}"#
        );
    }

    #[test]
    fn says_what_is_wrong() {
        let rows = [
            ("", "not JSON"),
            ("[]", "no JSON object"),
            (r#"{"schema":"Person","properties":{}}"#, "no id"),
            (r#"{"id":" ","schema":"Person","properties":{}}"#, "no id"),
            (r#"{"id":"1"}"#, "no properties"),
            (r#"{"id":"1","properties":[]}"#, "no JSON object"),
            (r#"{"id":"1","schema":7,"properties":{}}"#, "schema is no text"),
        ];
        for (line, expected) in rows {
            let error = entity_from_json(line, None, Locator::Direct).unwrap_err().to_string();
            assert!(error.contains(expected), "{line}: {error}");
        }
    }
}
