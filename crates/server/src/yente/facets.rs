//! Who a search for words keeps, and how the results are spread over countries, topics, datasets.

use engine::{Country, Derived, Entity, Property, PropertyType, Schema, ScreenList, catalogue, datasets};
use serde::Serialize;

use super::params::Params;
use super::tables::ALIASES;

/// Values of a facet that are told, the commonest first.
const MOST_VALUES: usize = 100;

/// Facets where none is asked for, as in yente.
const DEFAULT: [&str; 3] = ["countries", "topics", "datasets"];

/// How many results have which value.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = YenteFacet)]
pub(crate) struct Facet {
    label: &'static str,
    values: Vec<FacetValue>,
}

/// A value, and how many results have it.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = YenteFacetValue)]
struct FacetValue {
    name: String,
    label: String,
    count: usize,
}

/// What a search asks of the results' fields.
pub(crate) struct Wanted {
    schema: Schema,
    /// Fields with the values of which a result must have one.
    fields: Vec<(String, Vec<String>)>,
    /// Of `filter=field:value`: whether all must hold, or one.
    filters: Vec<(String, String)>,
    all: bool,
}

impl Wanted {
    /// Reads `schema`, `countries`, `topics`, `datasets`, `filter` and `filter_op`.
    ///
    /// # Errors
    /// A filter has no value, or its operator is neither AND nor OR: in words for the client.
    pub(crate) fn read(params: &Params<'_>) -> Result<Self, String> {
        let field = |name: &str| {
            let values: Vec<String> = params.all(name).map(str::to_owned).collect();
            (!values.is_empty()).then(|| (name.to_owned(), values))
        };
        let filter = |text: &str| {
            let (field, value) = text
                .split_once(':')
                .ok_or_else(|| format!("filter must be field:value, such as countries:ir, not {text:?}"))?;
            Ok((field.trim().trim_start_matches("properties.").to_owned(), value.trim().to_owned()))
        };
        let all = match params.one("filter_op").unwrap_or("AND").to_ascii_uppercase().as_str() {
            "AND" => true,
            "OR" => false,
            other => return Err(format!("filter_op must be AND or OR, not {other}")),
        };
        Ok(Self {
            schema: Schema::from_name(params.one("schema").unwrap_or("Thing")),
            fields: ["countries", "topics", "datasets"].into_iter().filter_map(field).collect(),
            filters: params.all("filter").map(filter).collect::<Result<_, String>>()?,
            all,
        })
    }

    /// Whether a party is one of those that are asked for.
    pub(crate) fn keep(&self, list: &ScreenList, entity: &Entity) -> bool {
        let has = |field: &str, wanted: &str| {
            values(list, entity, field)
                .iter()
                .any(|v| v == wanted || field.starts_with("dataset") && is_alias(v, wanted))
        };
        let mut filters = self.filters.iter().map(|(field, value)| has(field, value));
        let filtered = if self.all {
            filters.all(|holds| holds)
        } else {
            self.filters.is_empty() || filters.any(|holds| holds)
        };
        filtered
            && (entity.schema == self.schema || entity.schema.is_a(&self.schema))
            && self.fields.iter().all(|(field, any)| any.iter().any(|value| has(field, value)))
    }
}

/// Whether others call a dataset of ours so.
fn is_alias(dataset: &str, name: &str) -> bool {
    ALIASES.iter().any(|alias| alias.dataset == dataset && alias.opensanctions.contains(&name))
}

/// The values of a field: one of yente's groups, or a property.
fn values(list: &ScreenList, entity: &Entity, field: &str) -> Vec<String> {
    let mut found: Vec<String> = match field {
        "datasets" | "dataset" => datasets(list, entity).into_iter().map(str::to_owned).collect(),
        "schema" => vec![entity.schema.name().to_owned()],
        "topics" => entity.values(&Property::Topics).map(str::to_owned).collect(),
        "countries" => {
            let countries = entity.statements.iter().filter_map(|statement| match statement.derived {
                Some(Derived::Country(country)) => Some(country.code().to_owned()),
                _ => None,
            });
            countries.collect()
        }
        "genders" => entity.values(&Property::Gender).map(str::to_lowercase).collect(),
        "identifiers" => {
            let of_type = |kind| entity.statements.iter().filter(move |s| s.property.property_type() == kind);
            of_type(PropertyType::Identifier).map(|s| s.value.to_string()).collect()
        }
        property => {
            let own = entity.statements.iter().filter(|s| s.property.name() == property);
            own.map(|s| super::entity::value_of(entity.schema.name(), s).into_owned()).collect()
        }
    };
    found.sort_unstable();
    found.dedup();
    found
}

/// The facets that are asked for, over all results.
pub(crate) fn facets(params: &Params<'_>, results: &[(&ScreenList, &Entity)]) -> Vec<(&'static str, Facet)> {
    let asked: Vec<&str> = params.all("facets").collect();
    let asked = if asked.is_empty() { DEFAULT.to_vec() } else { asked };
    let known = [
        ("countries", "Countries"),
        ("topics", "Topics"),
        ("datasets", "Data sources"),
        ("schema", "Entity types"),
        ("genders", "Genders"),
    ];
    let facet =
        |(name, label): (&'static str, &'static str)| (name, Facet { label, values: counted(name, results) });
    known.into_iter().filter(|(name, _)| asked.contains(name)).map(facet).collect()
}

fn counted(name: &str, results: &[(&ScreenList, &Entity)]) -> Vec<FacetValue> {
    let mut counts = std::collections::BTreeMap::<String, usize>::new();
    for (list, entity) in results {
        for value in values(list, entity, name) {
            *counts.entry(value).or_default() += 1;
        }
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts.truncate(MOST_VALUES);
    counts
        .into_iter()
        .map(|(value, count)| FacetValue { label: label(name, &value), name: value, count })
        .collect()
}

/// What people call a value.
fn label(facet: &str, value: &str) -> String {
    match facet {
        "countries" => {
            Country::find(value).map_or_else(|| value.to_owned(), |country| country.name().to_owned())
        }
        "datasets" => {
            let source = catalogue().iter().find(|source| source.name == value);
            source.map_or_else(|| value.to_owned(), |source| source.title.to_owned())
        }
        _ => value.to_owned(),
    }
}
