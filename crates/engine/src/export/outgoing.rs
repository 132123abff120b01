//! An entity on its way out.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt::Write as _;

use model::is_ftm_reference;
use serde_json::{Map, Value, json};

/// An entity as FollowTheMoney has it.
pub(super) struct Outgoing {
    pub(super) id: String,
    pub(super) schema: String,
    pub(super) caption: String,
    /// Other ids of the same party.
    pub(super) referents: Vec<String>,
    properties: Map<String, Value>,
    seen: HashSet<(String, String)>,
}

impl Outgoing {
    pub(super) fn new(id: &str, schema: &str, caption: &str) -> Self {
        let mut out = Self {
            id: reference(id).into_owned(),
            schema: schema.to_owned(),
            caption: caption.to_owned(),
            referents: Vec::new(),
            properties: Map::new(),
            seen: HashSet::default(),
        };
        if out.id != id {
            out.referents.push(id.to_owned());
        }
        out
    }

    /// States a value, once.
    pub(super) fn state(&mut self, property: &str, value: &str) {
        if !self.seen.insert((property.to_owned(), value.to_owned())) {
            return;
        }
        let values = self.properties.entry(property).or_insert_with(|| Value::Array(Vec::new()));
        if let Some(values) = values.as_array_mut() {
            values.push(Value::from(value));
        }
    }

    pub(super) fn states(&self, property: &str, value: &str) -> bool {
        self.seen.contains(&(property.to_owned(), value.to_owned()))
    }

    pub(super) fn to_json(&self, dataset: &str) -> Value {
        let mut entity = json!({ "id": self.id, "caption": self.caption, "schema": self.schema });
        if !self.referents.is_empty() {
            entity["referents"] = json!(self.referents);
        }
        entity["datasets"] = json!([dataset]);
        entity["properties"] = Value::Object(self.properties.clone());
        entity
    }
}

/// An id by which others can refer to the entity: FollowTheMoney knows Latin letters, digits, dots and hyphens. Any other
/// letter is written by its number, so that two ids stay two.
pub(super) fn reference(id: &str) -> Cow<'_, str> {
    if is_ftm_reference(id) {
        return Cow::Borrowed(id);
    }
    let mut plain = String::with_capacity(id.len());
    for c in id.chars() {
        if c.is_ascii_alphanumeric() || matches!(c, '.' | '-') {
            plain.push(c);
        } else {
            let _ = write!(plain, ".{:x}.", u32::from(c));
        }
    }
    let ends = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let (first, last) = (ends(plain.chars().next()), ends(plain.chars().last()));
    Cow::Owned(format!("{}{plain}{}", if first { "" } else { "id" }, if last { "" } else { "x" }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_that_can_be_referred_to() {
        let rows = [
            ("ofac-26391", "ofac-26391"),
            ("un-QDi.001", "un-QDi.001"),
            ("a_1", "a.5f.1"),
            ("_1", "id.5f.1"),
            ("é", "id.e9.x"),
            ("", "idx"),
        ];
        for (id, expected) in rows {
            assert_eq!(reference(id), expected);
            assert!(is_ftm_reference(&reference(id)), "{id}");
        }
    }
}
