//! Who is asked for, by Watchman's parameters.

use std::collections::HashMap;
use std::sync::LazyLock;

use engine::{Library, Property, Query};

use crate::yente::{ALIASES, Params, Selection, score};

/// Parameters, and the property of each; `None` where it states nothing.
static PARAMETERS: LazyLock<HashMap<&str, Option<Property>>> = LazyLock::new(|| {
    let table = include_str!("../../data/watchman_params.tsv").lines();
    let rows =
        table.filter(|row| !row.is_empty() && !row.starts_with('#')).filter_map(|row| row.split_once('\t'));
    rows.flat_map(|(names, property)| {
        let property = (property != "-").then(|| Property::from_name(property));
        names.split(' ').map(move |name| (name, property.clone()))
    })
    .collect()
});

/// Results where the client does not say how many, and the most: Watchman's own bounds.
const LIMIT: usize = 10;
const MOST_RESULTS: usize = 100;

/// Most values of one request: Watchman itself has a bound on the address line only.
const MOST_VALUES: usize = 200;

/// What a request asks for.
pub(super) struct Asked {
    pub(super) query: Query,
    /// Only these lists.
    pub(super) source: Selection,
    /// Lowest score; `None`: as the policy has it.
    pub(super) least: Option<engine::Score>,
    pub(super) limit: usize,
    /// Whether each result says how it was scored.
    pub(super) debug: bool,
}

impl Asked {
    /// Reads a query string.
    ///
    /// # Errors
    /// A parameter is unknown, as in Watchman, or makes no sense; nobody is meant: in words for the client.
    pub(super) fn read(text: &str, library: &Library) -> Result<Self, String> {
        let params = Params::parse(text);
        // Also those without a value: a parameter that is misspelt must not pass for one that is left out.
        for (name, _) in form_urlencoded::parse(text.as_bytes()) {
            if !PARAMETERS.contains_key(&*name) {
                return Err(format!("unknown parameter {name:?}: would have no effect, and is refused"));
            }
        }
        if let Some(format) = params.one("format").filter(|format| *format != "json") {
            return Err(format!("format {format} is not served: leave it out"));
        }
        let schema = schema(params.one("type"))?;
        let mut fields: Vec<(Property, &str)> = Vec::new();
        for (name, property) in PARAMETERS.iter() {
            let Some(property) = property else { continue };
            fields.extend(params.all(name).map(|value| (property.clone(), told(name, value))));
        }
        if fields.len() > MOST_VALUES {
            return Err(format!("more than {MOST_VALUES} values"));
        }
        // The table has no order; queries have.
        fields.sort();
        let query = Query::from_fields("query", schema, fields).map_err(|error| error.to_string())?;
        let sources = params.all("source").chain(params.all("sourceList"));
        let sources: Vec<&str> = sources.flat_map(|all| all.split(',')).map(str::trim).collect();
        let ours = sources.iter().map(|source| ours(source, library)).collect::<Result<Vec<_>, _>>()?;
        let least: Option<f64> = params.number("minMatch")?;
        if least.is_some_and(|least| !(0.0..=1.0).contains(&least)) {
            return Err("minMatch must be between 0 and 1".to_owned());
        }
        let limit: usize = params.number("limit")?.unwrap_or(LIMIT);
        Ok(Self {
            query,
            source: Selection::any(ours, library)?,
            least: least.map(score),
            limit: if limit == 0 { LIMIT } else { limit.min(MOST_RESULTS) },
            debug: params.flag("debug")?.unwrap_or(false),
        })
    }
}

/// The schema of a type.
fn schema(kind: Option<&str>) -> Result<Option<&'static str>, String> {
    let Some(kind) = kind else { return Ok(None) };
    match kind.to_ascii_lowercase().as_str() {
        "person" => Ok(Some("Person")),
        "business" => Ok(Some("Company")),
        "organization" => Ok(Some("Organization")),
        "aircraft" => Ok(Some("Airplane")),
        "vessel" => Ok(Some("Vessel")),
        other => Err(format!("unknown type {other:?}: person, business, organization, aircraft or vessel")),
    }
}

/// What a value says: Watchman writes a country before a number (`US:123`) and a currency before a wallet (`XBT:1BoatSLRH`).
fn told<'a>(parameter: &str, value: &'a str) -> &'a str {
    let prefixed = parameter.starts_with("gov_") || parameter.starts_with("crypto");
    value.split_once(':').filter(|_| prefixed).map_or(value, |(_, number)| number.trim())
}

/// The dataset that a source of Watchman's, or a dataset's own name, means here.
fn ours<'a>(source: &'a str, library: &'a Library) -> Result<&'a str, String> {
    let here = |dataset: &str| library.lists().iter().any(|list| list.dataset == dataset);
    let mut aliases =
        ALIASES.iter().filter(|alias| alias.watchman == Some(source)).map(|alias| alias.dataset);
    match aliases.clone().find(|dataset| here(dataset)) {
        Some(dataset) => Ok(dataset),
        None => aliases
            .next()
            .map_or(Ok(source), |dataset| Err(format!("source {source} ({dataset}) is not loaded"))),
    }
}

#[cfg(test)]
mod tests {
    use engine::demo_list;

    use super::*;

    fn asked(query: &str) -> Result<Asked, String> {
        Asked::read(query, &Library::new(vec![demo_list().unwrap()]).unwrap())
    }

    #[test]
    fn parameters_state_properties() {
        let read = asked(
            "name=Sajad+Kashian&type=person&birthDate=1994-09-17&altNames=Kiarash+Nabavi&gov_passport=IR:A1234567\
             &cryptoAddress=XBT:149w62rY42aZBox8fGcmqNsXUzSStKeq8C&source=us_ofac&minMatch=0.85&limit=500&debug=yes&requestID=7",
        )
        .unwrap();
        let entity = read.query.entity();
        let stated: Vec<String> =
            entity.statements.iter().map(|s| format!("{}={}", s.property.name(), s.value)).collect();
        assert_eq!(
            stated,
            [
                "name=Sajad Kashian",
                "alias=Kiarash Nabavi",
                "birthDate=1994-09-17",
                "passportNumber=A1234567",
                "publicKey=149w62rY42aZBox8fGcmqNsXUzSStKeq8C"
            ]
        );
        assert_eq!((entity.schema.name(), read.limit, read.debug), ("Person", 100, true));
        assert_eq!(read.least.unwrap().ten_thousandths(), 8500);
        assert_eq!(read.source, Selection::All, "the only list");
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        let rows = [
            ("name=x&fullName=y", "unknown parameter \"fullName\""),
            ("name=x&fullName=", "unknown parameter \"fullName\""),
            ("", "neither a name nor an identifier"),
            ("name=Jane+Doe&type=animal", "unknown type"),
            ("name=Jane+Doe&minMatch=high", "must be a number"),
            ("name=Jane+Doe&minMatch=85", "between 0 and 1"),
            ("name=Jane+Doe&source=eu_csl", "source eu_csl (eu_fsf) is not loaded"),
            ("name=Jane+Doe&source=nowhere", "No such dataset: nowhere"),
            ("name=Jane+Doe&format=senzing", "format senzing is not served"),
        ];
        for (query, expected) in rows {
            let error = asked(query).err().unwrap_or_default();
            assert!(error.contains(expected), "{query}: {error}");
        }
        let many: String = (0..=MOST_VALUES).map(|n| format!("&altNames=n{n}")).collect();
        assert!(asked(&format!("name=x{many}")).err().unwrap().contains("more than 200 values"));
    }
}
