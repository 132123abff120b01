//! What the service is, for OpenRefine to read first.

use serde::Serialize;
use serde_json::{Value, json};

use super::types::{TYPES, Type};

/// The service manifest.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = ReconcileManifest)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Manifest {
    versions: [&'static str; 1],
    name: String,
    identifier_space: String,
    schema_space: &'static str,
    documentation: &'static str,
    /// Where a person looks at a party.
    #[schema(value_type = Object)]
    view: Value,
    batch_size: usize,
    default_types: Vec<Type>,
    #[schema(value_type = Object)]
    suggest: Value,
    #[schema(value_type = Object)]
    extend: Value,
}

/// Queries that OpenRefine sends at once.
const BATCH: usize = 50;

impl Manifest {
    /// The manifest of a dataset at an address. `query` is what the client sent beside it, a key perhaps, and comes back in every
    /// address as OpenRefine can add nothing itself.
    pub(super) fn new(dataset: &str, base: &str, query: &str) -> Self {
        let here = format!("{base}/reconcile/{dataset}");
        let rest = if query.is_empty() { String::new() } else { format!("?{query}") };
        let service = |path: &str| json!({ "service_url": here, "service_path": format!("{path}{rest}") });
        let choice = |id: &str, name: &str| json!({ "value": id, "name": name });
        Self {
            versions: ["0.2"],
            name: format!("Interdict ({dataset})"),
            identifier_space: format!("{base}/entities/"),
            schema_space: "https://followthemoney.tech/explorer/schemata/",
            documentation: "https://followthemoney.tech/",
            view: json!({ "url": format!("{base}/desk/party/{{{{id}}}}") }),
            batch_size: BATCH,
            default_types: TYPES.to_vec(),
            suggest: json!({
                "entity": service("/suggest/entity"),
                "property": service("/suggest/property"),
                "type": service("/suggest/type"),
            }),
            extend: json!({
                "propose_properties": service("/extend/property"),
                "property_settings": [
                    { "name": "limit", "label": "Limit", "type": "number", "default": 0,
                      "help_text": "Most values of each row; 0 for all." },
                    { "name": "render", "label": "Values", "type": "select", "default": "caption",
                      "help_text": "Countries by name, or by code.",
                      "choices": [choice("caption", "For people"), choice("raw", "For programs")] },
                ],
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Manifest;

    #[test]
    fn what_open_refine_reads_first() {
        insta::assert_json_snapshot!(Manifest::new("default", "http://127.0.0.1:8080", "api_key=k"));
    }
}
