//! What a client asks for: the body of `/match`, read leniently as yente reads it.

use std::collections::HashSet;
use std::fmt;
use std::marker::PhantomData;

use engine::{Entity, FtmProperty, Locator, Property, Query, Schema};
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// Most queries of one request, yente's own bound.
pub(crate) const MOST_QUERIES: usize = 100;

/// Most values of one example: nobody has so many names, and each is compared with each.
const MOST_VALUES: usize = 1000;

/// The body of `POST /match/{dataset}`. What is unknown is passed over, as in yente.
#[derive(Deserialize, utoipa::ToSchema)]
pub(crate) struct MatchBody {
    /// Examples under names of the client's own; the answers come back under them.
    #[schema(value_type = std::collections::HashMap<String, Example>)]
    pub(crate) queries: Ordered<Option<Example>>,
    /// Weights of yente's features. Accepted and not used: there is one scorer.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub(crate) weights: Value,
    /// Settings of yente's algorithms. Accepted and not used.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub(crate) config: Value,
    /// Parameters that may stand in the body instead of the query string, for all queries (motiva).
    #[serde(default)]
    pub(crate) params: Option<Extras>,
}

/// A party that is asked for, by example.
#[derive(Deserialize, utoipa::ToSchema)]
pub(crate) struct Example {
    /// The client's own id of it.
    #[serde(default)]
    pub(crate) id: Option<String>,
    /// A FollowTheMoney schema: Person, Company, Vessel ...; without it anybody.
    #[serde(default)]
    pub(crate) schema: Option<String>,
    /// Values of FollowTheMoney properties, one or a list: `{"name": ["Jane Doe"], "nationality": "Russia"}`.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub(crate) properties: Ordered<Value>,
    /// Parameters for this query alone (motiva).
    #[serde(default)]
    pub(crate) params: Option<Extras>,
    /// Topics that results must have: any of each inner list, of every outer one (motiva).
    #[serde(default)]
    pub(crate) filters: Option<Wanted>,
}

/// motiva's parameters in the body.
#[derive(Clone, Default, Deserialize, utoipa::ToSchema)]
pub(crate) struct Extras {
    /// Only parties of these datasets.
    #[serde(default, alias = "include_dataset")]
    pub(crate) include_datasets: Option<Vec<String>>,
    /// No parties of these datasets.
    #[serde(default, alias = "exclude_dataset")]
    pub(crate) exclude_datasets: Option<Vec<String>>,
    /// None of these parties, by any of their ids.
    #[serde(default)]
    pub(crate) exclude_entity_ids: Option<Vec<String>>,
}

/// motiva's filters in the body.
#[derive(Clone, Default, Deserialize, utoipa::ToSchema)]
pub(crate) struct Wanted {
    /// Topics: any of each inner list, of every outer one.
    #[serde(default)]
    pub(crate) topics: Option<Vec<Vec<String>>>,
}

/// An object of JSON in the order in which it was sent, each name once.
#[derive(Debug)]
pub(crate) struct Ordered<T>(pub(crate) Vec<(String, T)>);

impl<T> Default for Ordered<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Ordered<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for InOrder<T> {
            type Value = Ordered<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let (mut entries, mut names) = (Vec::new(), HashSet::new());
                while let Some((name, value)) = map.next_entry::<String, T>()? {
                    if !names.insert(name.clone()) {
                        return Err(serde::de::Error::custom("a name stands there twice"));
                    }
                    entries.push((name, value));
                }
                Ok(Ordered(entries))
            }
        }
        deserializer.deserialize_map(InOrder(PhantomData))
    }
}

impl MatchBody {
    /// What of the body has no effect, for the answer to say.
    pub(crate) fn without_effect(&self) -> Vec<&'static str> {
        let given = |value: &Value| value.as_object().is_some_and(|o| !o.is_empty());
        let mut names = Vec::new();
        if given(&self.weights) {
            names.push("weights");
        }
        if given(&self.config) {
            names.push("config");
        }
        names
    }
}

impl Example {
    /// Makes the example ready to be compared. Properties that its schema does not have in FollowTheMoney are passed over, as
    /// yente does; a value may be a text, a number, yes or no.
    ///
    /// # Errors
    /// It means nobody, or its schema is none of a party: in yente's words.
    pub(crate) fn query(&self) -> Result<Query, String> {
        let wrong = |detail: &str| format!("Cannot parse example entity: {detail}");
        let schema = self.schema.as_deref().map_or("Thing", str::trim);
        let id = self.id.as_deref().unwrap_or("query");
        let mut entity = Entity::new(id, Schema::from_name(schema));
        for (name, values) in &self.properties.0 {
            let property = Property::from_name(name);
            let known = schema == "Thing" || FtmProperty::of(schema, name).is_some();
            if !known && matches!(property, Property::Other(_)) {
                continue;
            }
            let list = values.as_array().map_or(std::slice::from_ref(values), Vec::as_slice);
            if list.len() + entity.statements.len() > MOST_VALUES {
                return Err(wrong(&format!("more than {MOST_VALUES} values")));
            }
            for value in list.iter().filter_map(scalar) {
                entity.add(property.clone(), value, Locator::Direct);
            }
        }
        Query::new(entity).map_err(|error| wrong(&error.to_string()))
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_as_clients_send_them() {
        let body: MatchBody = serde_json::from_str(
            r#"{"weights":{"name_literal":0.5},"config":{},"unknown":[1],"params":{"exclude_entity_ids":["ofac-1"]},
                "queries":{"z":{"schema":"Person","properties":{"name":"Jane Doe","birthDate":1979,"nationality":["Russia"]},
                                "filters":{"topics":[["sanction","role.pep"],["debarment"]]}},
                           "a":null}}"#,
        )
        .unwrap();
        assert_eq!(body.without_effect(), ["weights"]);
        let names: Vec<&str> = body.queries.0.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["z", "a"], "the client's order is kept");
        let example = body.queries.0[0].1.as_ref().unwrap();
        let query = example.query().unwrap();
        assert_eq!(query.entity().first(&Property::BirthDate), Some("1979"));
        assert_eq!(example.filters.as_ref().unwrap().topics.as_ref().unwrap().len(), 2);
        assert!(body.queries.0[1].1.is_none());
    }

    #[test]
    fn examples_that_mean_nobody() {
        let rows = [
            (r#"{"schema":"Person","properties":{}}"#, "neither a name nor an identifier"),
            (r#"{"schema":"Article","properties":{"name":["x"]}}"#, "schema Article is no party"),
            (r#"{"schema":"Person","properties":{"name":["--"]}}"#, "no letter or digit"),
            (r#"{"schema":"Person","properties":{"name":[{"a":1}, null]}}"#, "neither a name"),
        ];
        for (json, expected) in rows {
            let example: Example = serde_json::from_str(json).unwrap();
            let error = example.query().unwrap_err();
            assert!(
                error.starts_with("Cannot parse example entity: ") && error.contains(expected),
                "{error}"
            );
        }
    }

    #[test]
    fn values_without_end_are_refused() {
        let names: Vec<String> = (0..=MOST_VALUES).map(|n| format!("Jane {n}")).collect();
        let example = Example {
            id: None,
            schema: None,
            properties: Ordered(vec![("name".to_owned(), names.into())]),
            params: None,
            filters: None,
        };
        assert!(example.query().unwrap_err().contains("more than 1000 values"));
    }

    #[test]
    fn what_a_schema_lacks_is_passed_over() {
        let json = r#"{"schema":"Person","properties":{"name":["Jane Doe"],"shoeSize":["39"],"passportNumber":"A1234567"}}"#;
        let example: Example = serde_json::from_str(json).unwrap();
        let query = example.query().unwrap();
        let names: Vec<&str> = query.entity().statements.iter().map(|s| s.property.name()).collect();
        assert_eq!(names, ["name", "passportNumber"]);
    }
}
