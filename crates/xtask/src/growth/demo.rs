//! The list that a checkout makes by itself: the embedded case among people and companies that nobody listed.
//!
//! Eight names would lend each other no words; those of `interdict validate` are of forty origins.

use std::error::Error;

use engine::demo_list;
use serde_json::json;
use validation::{Random, placebo};

/// Names that are asked for; a third of the parties has two.
const NAMES: usize = 1_320;

/// The list as FtM JSON lines, about a thousand.
pub(crate) fn list(seed: u64) -> Result<String, Box<dyn Error>> {
    let demo = demo_list()?;
    let mut lines: Vec<String> = Vec::new();
    for entity in &demo.entities {
        lines.push(model::entity_to_json(entity, &[&demo.dataset]).to_string());
    }
    let mut random = Random::new(seed, &["growth", "demo"]);
    let mut invented = placebo(NAMES, seed).into_iter().peekable();
    while let Some(party) = invented.next() {
        let mut properties = json!({"name": [party.name], "topics": ["sanction"]});
        if party.schema == model::Schema::Person {
            let (year, month, day) = (1940 + random.below(60), 1 + random.below(12), 1 + random.below(28));
            properties["birthDate"] = json!([format!("{year}-{month:02}-{day:02}")]);
        }
        let alias = random.below(3) == 0;
        if let Some(next) = invented.next_if(|next| alias && next.schema == party.schema) {
            properties["alias"] = json!([next.name]);
        }
        let id = format!("demo-{:04}", lines.len());
        let line = json!({"id": id, "schema": party.schema.name(), "datasets": [demo.dataset], "properties": properties});
        lines.push(line.to_string());
    }
    lines.push(String::new());
    Ok(lines.join("\n"))
}
