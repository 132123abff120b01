//! Who is asked for, as a body states it.

use std::collections::BTreeMap;

use engine::{FtmProperty, Property, Query, Score, is_readable};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::problem::Problem;

/// A party: a FollowTheMoney schema and properties.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct QueryBody {
    /// The id that the answer carries.
    #[serde(default)]
    #[schema(example = "c-17")]
    id: Option<String>,
    /// Person, Company, Organization, LegalEntity, Vessel, Airplane ... Any, where it is left out.
    #[serde(default)]
    #[schema(example = "Person")]
    schema: Option<String>,
    /// Values by FollowTheMoney property.
    #[schema(example = json!({ "name": ["Hosein Zamani"], "birthDate": ["1997-06-18"] }))]
    properties: BTreeMap<String, Values>,
}

/// One value or several.
#[derive(Deserialize, ToSchema)]
#[serde(untagged)]
enum Values {
    One(String),
    Many(Vec<String>),
}

impl Values {
    fn each(&self) -> &[String] {
        match self {
            Self::One(value) => std::slice::from_ref(value),
            Self::Many(values) => values,
        }
    }
}

impl QueryBody {
    /// Makes it ready to be compared. `id` is that of a query that has none.
    ///
    /// # Errors
    /// It means nobody, its schema is no party's, or a property or value cannot be heeded.
    pub(crate) fn query(&self, id: &str) -> Result<Query, Problem> {
        let schema = self.schema.as_deref().unwrap_or("Thing");
        for (name, values) in &self.properties {
            let property = Property::from_name(name);
            // A misspelt `birthdate` would be taken for heeded.
            if matches!(property, Property::Other(_)) && FtmProperty::of(schema, name).is_none() {
                return Err(Problem::bad_request(format!(
                    "properties: {name:.40} is no property of FollowTheMoney's {schema:.40}; birthDate, \
                     nationality, passportNumber ... are, in these letters"
                )));
            }
            if !values.each().iter().all(|value| is_readable(&property, value)) {
                return Err(Problem::bad_request(format!(
                    "properties: a value of {name:.40} cannot be read; dates are 1997-06-18, 1997-06 or 1997, \
                     countries a code or a name"
                )));
            }
        }
        let fields = self
            .properties
            .iter()
            .flat_map(|(name, values)| values.each().iter().map(|value| (Property::from_name(name), value)));
        Ok(Query::from_fields(self.id.as_deref().unwrap_or(id), self.schema.as_deref(), fields)?)
    }
}

/// A score as clients write it.
///
/// # Errors
/// It is not between 0 and 1.
pub(crate) fn score(value: f64) -> Result<Score, Problem> {
    if (0.0..=1.0).contains(&value) {
        Ok(Score::from_ten_thousandths((value * 10_000.0).round() as u16))
    } else {
        Err(Problem::bad_request("threshold: a score is between 0 and 1, such as 0.7"))
    }
}
