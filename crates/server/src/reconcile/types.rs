//! FollowTheMoney's schemata and properties as OpenRefine's types and properties.

use std::cell::RefCell;

use engine::{FtmProperty, Property, Schema};
use serde::Serialize;

/// A type: a schema of parties.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = ReconcileType)]
pub(super) struct Type {
    /// The schema.
    pub(super) id: &'static str,
    /// What people call it.
    pub(super) name: &'static str,
}

/// A property of a schema.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = ReconcileTypeProperty)]
pub(super) struct TypeProperty {
    /// `Person:birthDate`
    pub(super) id: String,
    /// What people call it.
    pub(super) name: String,
}

/// The schemata of parties, the general ones first.
pub(super) const TYPES: [Type; 10] = [
    Type { id: "LegalEntity", name: "People and organizations" },
    Type { id: "Person", name: "People" },
    Type { id: "Organization", name: "Organizations" },
    Type { id: "Company", name: "Companies" },
    Type { id: "PublicBody", name: "Public bodies" },
    Type { id: "Vessel", name: "Vessels" },
    Type { id: "Airplane", name: "Airplanes" },
    Type { id: "Vehicle", name: "Vehicles" },
    Type { id: "CryptoWallet", name: "Cryptocurrency wallets" },
    Type { id: "Security", name: "Securities" },
];

/// The type of a schema.
pub(super) fn of(schema: &Schema) -> Type {
    let known = TYPES.iter().find(|kind| kind.id == schema.name());
    known.cloned().unwrap_or(Type { id: "Thing", name: "Things" })
}

/// The properties that values can be matched or asked for by, each under the most general schema that has it; only those of one
/// schema where it is named.
pub(super) fn properties(schema: Option<&str>) -> Vec<TypeProperty> {
    let names = RefCell::new(Vec::new());
    let _none = Property::find(|name| {
        names.borrow_mut().push(name.to_owned());
        false
    });
    let of = |name: String| {
        let has = |schema: &str| {
            FtmProperty::of(schema, &name)
                .is_some_and(|property| !property.is_reference())
                .then(|| schema.to_owned())
        };
        let owner = match schema {
            Some(schema) => has(schema)?,
            None => has("Thing").or_else(|| TYPES.iter().find_map(|kind| has(kind.id)))?,
        };
        Some(TypeProperty { id: format!("{owner}:{name}"), name: label(&name) })
    };
    names.into_inner().into_iter().filter_map(of).collect()
}

/// `birthDate` as `Birth date`.
pub(super) fn label(name: &str) -> String {
    let mut label = String::new();
    for (n, c) in name.chars().enumerate() {
        match (n, c.is_ascii_uppercase()) {
            (0, _) => label.push(c.to_ascii_uppercase()),
            (_, true) => label.extend([' ', c.to_ascii_lowercase()]),
            _ => label.push(c),
        }
    }
    label
}

/// The name of a property without its schema: `birthDate` of `Person:birthDate`.
pub(super) fn plain(id: &str) -> &str {
    id.rsplit_once(':').map_or(id, |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_have_a_schema_and_a_label() {
        let all = properties(None);
        let find = |id: &str| all.iter().find(|p| p.id == id).map(|p| p.name.as_str());
        assert_eq!(find("Thing:name"), Some("Name"));
        assert_eq!(find("Person:birthDate"), Some("Birth date"));
        assert_eq!(find("Vessel:callSign"), Some("Call sign"));
        assert!(all.iter().all(|p| !p.id.ends_with(":parent")), "references are no values");
        let of_vessels = properties(Some("Vessel"));
        assert!(
            of_vessels.iter().any(|p| p.id == "Vessel:flag")
                && !of_vessels.iter().any(|p| p.id.contains("birthDate"))
        );
        assert_eq!((plain("Person:birthDate"), plain("name")), ("birthDate", "name"));
        assert_eq!(of(&Schema::Person).name, "People");
    }
}
