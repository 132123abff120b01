//! The tool `screen`: one party, its results with their explanation.

use engine::{Locator, Property, Query, Schema, Screening, answer_to_json};
use rmcp::model::{CallToolResult, ContentBlock, JsonObject, Tool, ToolAnnotations};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::yente::{Cut, Filters, Selection, score, search};

/// What the tool is called.
pub(super) const NAME: &str = "screen";

/// Results where the client does not say how many, and the most: an answer is read by a model.
const LIMIT: usize = 5;
const MOST_RESULTS: usize = 25;

/// Most values of one party.
const MOST_VALUES: usize = 100;

/// The tool as clients learn of it.
pub(super) fn tool() -> Tool {
    let text = |description: &str| json!({ "type": "string", "description": description });
    let texts = |description: &str| json!({ "type": "array", "items": { "type": "string" }, "description": description });
    let schema = json!({
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "name": text("Whole name, in any script"),
            "aliases": texts("Other names"),
            "schema": {
                "type": "string", "description": "What the party is; anything, where it is left out",
                "enum": ["Person", "Company", "Organization", "LegalEntity", "Vessel", "Airplane", "CryptoWallet"],
            },
            "birthDate": text("YYYY-MM-DD, YYYY-MM or YYYY"),
            "countries": texts("Nationality, residence, jurisdiction: names or codes"),
            "gender": text("male or female"),
            "addresses": texts("Addresses, each in one line"),
            "identifiers": texts("Numbers of passports, identity cards, registers, IMO numbers, wallets"),
            "threshold": {
                "type": "number", "minimum": 0, "maximum": 1,
                "description": "Lowest score that is returned; without it the policy's match threshold",
            },
            "limit": { "type": "integer", "minimum": 1, "maximum": MOST_RESULTS, "description": "Most results: 5" },
            "list": text("Only this list, such as ofac_sdn"),
        },
    });
    let schema: JsonObject = serde_json::from_value(schema).unwrap_or_default();
    Tool::new(
        NAME,
        "Screens one party against the sanctions lists that are loaded. Returns the listed parties that it may be, each with \
         score (0 to 1), bits of evidence, whether it is a match under the policy, an explanation row by row and in one sentence, \
         and what the list says of the party. No results: nobody on these lists is like it.",
        schema,
    )
    .with_title("Screen a party")
    .with_annotations(ToolAnnotations::new().read_only(true).idempotent(true).open_world(false))
}

/// Who is asked for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Asked {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    schema: Option<String>,
    #[serde(default)]
    birth_date: Option<String>,
    #[serde(default)]
    countries: Vec<String>,
    #[serde(default)]
    gender: Option<String>,
    #[serde(default)]
    addresses: Vec<String>,
    #[serde(default)]
    identifiers: Vec<String>,
    #[serde(default)]
    threshold: Option<f64>,
    #[serde(default)]
    limit: Option<usize>,
    #[serde(default)]
    list: Option<String>,
}

/// Properties that a number of no named kind may be: the kinds do not meet each other, so it is stated as each.
const KINDS: [Property; 7] = [
    Property::IdNumber,
    Property::PassportNumber,
    Property::TaxNumber,
    Property::RegistrationNumber,
    Property::ImoNumber,
    Property::PublicKey,
    Property::SwiftBic,
];

impl Asked {
    fn query(&self) -> Result<Query, String> {
        let schema = self.schema.as_deref().map_or(Schema::Thing, Schema::from_name);
        let mut entity = engine::Entity::new("query", schema);
        let one = |value: &Option<String>| value.iter().cloned().collect::<Vec<_>>();
        let fields = [
            (Property::Name, one(&self.name)),
            (Property::Alias, self.aliases.clone()),
            (Property::BirthDate, one(&self.birth_date)),
            (Property::Country, self.countries.clone()),
            (Property::Gender, one(&self.gender)),
            (Property::Address, self.addresses.clone()),
        ];
        let numbers = KINDS.into_iter().map(|kind| (kind, self.identifiers.clone()));
        for (property, values) in fields.into_iter().chain(numbers) {
            if values.len() > MOST_VALUES {
                return Err(format!("more than {MOST_VALUES} values of {}", property.name()));
            }
            for value in values {
                entity.add(property.clone(), value, Locator::Direct);
            }
        }
        Query::new(entity).map_err(|error| error.to_string())
    }
}

/// Screens a party: the line of `interdict screen NAME --format json`, and its sentences as text; and whether it has a match.
///
/// # Errors
/// The arguments mean nobody, or no list that is loaded: in words for the model.
pub(super) fn call(
    arguments: &JsonObject,
    screening: &Screening<'_>,
) -> Result<(CallToolResult, bool), String> {
    let asked: Asked = serde_json::from_value(Value::Object(arguments.clone()))
        .map_err(|error| format!("arguments: {error}"))?;
    let query = asked.query()?;
    if asked.threshold.is_some_and(|threshold| !(0.0..=1.0).contains(&threshold)) {
        return Err("threshold: between 0 and 1".to_owned());
    }
    let limit = asked.limit.unwrap_or(LIMIT);
    if !(1..=MOST_RESULTS).contains(&limit) {
        return Err(format!("limit: between 1 and {MOST_RESULTS}"));
    }
    let selection = Selection::any(asked.list.as_deref(), screening.library())?;
    let cut = Cut::from(asked.threshold.map(score), limit);
    let answer = search(screening, &query, &cut, &Filters::of(selection));
    let matched = answer.hits.iter().any(|hit| hit.scored.matched);
    let told: Vec<String> = answer.hits.iter().map(|hit| screening.sentence(&query, hit)).collect();
    let told =
        if told.is_empty() { "Nobody on the lists is like this party.".to_owned() } else { told.join("\n") };
    let mut result = CallToolResult::structured(answer_to_json(&query, &answer, screening, true));
    result.content = vec![ContentBlock::text(told)];
    Ok((result, matched))
}

#[cfg(test)]
mod tests {
    use engine::{Library, Policy, demo_list};

    use super::*;

    fn called(arguments: Value) -> Result<CallToolResult, String> {
        let library = Library::new(vec![demo_list().unwrap()]).unwrap();
        let Value::Object(arguments) = arguments else { panic!("an object") };
        call(&arguments, &library.under(&Policy::default()).unwrap()).map(|(result, _matched)| result)
    }

    #[test]
    fn an_answer_has_the_explanation() {
        let result =
            called(json!({ "name": "Mohammad Baqer Shinrakar", "birthDate": "1979-09-21" })).unwrap();
        let line = result.structured_content.unwrap();
        assert_eq!(line["results"][0]["id"], "ofac-26391");
        assert!(line["results"][0]["explanation"]["rows"].as_array().unwrap().len() >= 4);
        assert!(
            line["results"][0]["explanation"]["sentence"].as_str().unwrap().contains("born on the same day")
        );
        let by_number = called(json!({ "identifiers": ["0067948431"] })).unwrap().structured_content.unwrap();
        assert_eq!(by_number["results"][0]["basis"], "identifier");
        let nobody =
            called(json!({ "name": "Anna Lindqvist", "schema": "Person", "list": "us_ofac_sdn" })).unwrap();
        assert_eq!(nobody.structured_content.unwrap()["total"], 0);
    }

    #[test]
    fn arguments_that_make_no_sense() {
        let rows = [
            (json!({}), "neither a name nor an identifier"),
            (json!({ "name": "x", "limit": 0 }), "limit: between"),
            (json!({ "name": "Jane Doe", "threshold": 85 }), "threshold: between"),
            (json!({ "name": "Jane Doe", "list": "eu_fsf" }), "No such dataset: eu_fsf"),
            (json!({ "fullName": "Jane Doe" }), "unknown field"),
            (json!({ "name": "Jane Doe", "schema": "Article" }), "no party"),
        ];
        for (arguments, expected) in rows {
            let shown = arguments.to_string();
            let error = called(arguments).err().unwrap_or_default();
            assert!(error.contains(expected), "{shown}: {error}");
        }
    }

    #[test]
    fn the_tool_as_clients_learn_of_it() {
        let tool = serde_json::to_value(tool()).unwrap();
        assert_eq!(tool["inputSchema"]["properties"].as_object().unwrap().len(), 11, "the schema is whole");
        insta::assert_json_snapshot!(tool);
    }
}
