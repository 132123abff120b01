//! More columns for a table: what lists say of parties that were matched.

use engine::{Country, Derived, Entity, PropertyType, Statement};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::types::{label, plain};
use crate::yente::{Meant, Register};

/// Most rows and columns that are asked for at once.
const MOST: usize = 1000;

/// What is asked for.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    ids: Vec<String>,
    #[serde(default)]
    properties: Vec<Column>,
}

/// A property that becomes a column.
#[derive(Deserialize)]
struct Column {
    id: String,
    #[serde(default)]
    settings: Settings,
}

#[derive(Default, Deserialize)]
struct Settings {
    #[serde(default)]
    limit: Value,
    #[serde(default)]
    render: Option<String>,
}

/// The values of some properties of some parties.
///
/// # Errors
/// The request is none, or asks for too much: in words for the client.
pub(super) fn extend(text: &str, register: Register<'_>) -> Result<Value, String> {
    let asked: Asked =
        serde_json::from_str(text).map_err(|error| format!("Cannot decode extension request: {error}"))?;
    if asked.ids.len() > MOST || asked.properties.len() > MOST {
        return Err(format!("more than {MOST} rows or columns at once"));
    }
    let meta: Vec<Value> = asked
        .properties
        .iter()
        .map(|column| json!({ "id": column.id, "name": label(plain(&column.id)) }))
        .collect();
    let mut rows = Map::new();
    for id in &asked.ids {
        let mut row = Map::new();
        // An id of yesterday still leads to the party.
        if let Some(Meant::Entity(place) | Meant::Moved(place)) = register.find(id) {
            let (_, entity) = register.entity(place);
            for column in &asked.properties {
                row.insert(column.id.clone(), column.values(entity).into());
            }
        }
        rows.insert(id.clone(), row.into());
    }
    Ok(json!({ "meta": meta, "rows": rows }))
}

impl Column {
    fn values(&self, entity: &Entity) -> Vec<Value> {
        let limit = match &self.settings.limit {
            Value::Number(number) => number.as_u64(),
            Value::String(text) => text.parse().ok(),
            _ => None,
        };
        let limit = limit.filter(|limit| *limit > 0).map_or(usize::MAX, |limit| limit as usize);
        let raw = self.settings.render.as_deref() == Some("raw");
        let own = entity.statements.iter().filter(|s| s.property.name() == plain(&self.id));
        own.take(limit).map(|statement| json!({ "str": shown(statement, raw) })).collect()
    }
}

/// A country by name or code, anything else as published, dates in ISO 8601.
fn shown(statement: &Statement, raw: bool) -> String {
    match statement.derived {
        Some(Derived::Country(country)) if !raw => Country::name(country).to_owned(),
        _ if statement.property.property_type() == PropertyType::Text => statement.value.to_string(),
        _ => engine::ftm_value(statement).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use engine::{Library, demo_list};

    use super::*;
    use crate::yente::Directory;

    #[test]
    fn columns_of_matched_parties() {
        let library = Library::new(vec![demo_list().unwrap()]).unwrap();
        let directory = Directory::default();
        let register = Register::new(&library, &directory);
        let asked = r#"{"ids":["ofac-26391","nobody"],"properties":[{"id":"birthDate"},{"id":"Person:nationality"},
            {"id":"program","settings":{"limit":"1"}},{"id":"country","settings":{"render":"raw"}}]}"#;
        insta::assert_json_snapshot!(extend(asked, register).unwrap());
        assert!(extend("{", register).unwrap_err().contains("Cannot decode"));
        let many = format!(r#"{{"ids":[{}"x"]}}"#, r#""y","#.repeat(MOST));
        assert!(extend(&many, register).unwrap_err().contains("more than 1000"));
    }
}
