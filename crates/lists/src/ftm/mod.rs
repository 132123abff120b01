//! FollowTheMoney entities, one JSON object a line.

mod delta;

use model::{Entity, Locator, Property, Statement};
use rustc_hash::FxHashSet;
use serde::Deserialize;
use serde_json::Value;

use crate::encoding;
use crate::error::ListError;
use crate::report::LoadReport;
use crate::{LoadedList, SourceFile, stem};
pub use delta::apply_delta;

/// What stands beside `id`, `schema` and `properties`.
#[derive(Deserialize)]
struct Envelope {
    #[serde(default)]
    datasets: Vec<String>,
    /// In exports of OpenSanctions: whether the party is itself listed, or only tied to one that is.
    #[serde(default)]
    target: Option<bool>,
    /// Ids under which the entity was known before it was joined with others.
    #[serde(default)]
    referents: Value,
    #[serde(default)]
    first_seen: Value,
    #[serde(default)]
    last_change: Value,
}

/// One line.
struct Line {
    entity: Entity,
    datasets: Vec<String>,
    target: bool,
}

impl Line {
    /// Reads an entity with what its envelope says: `referents`, `first_seen` and `last_change` are kept under these
    /// names, `datasets` where there are several.
    fn read(text: &str, locator: Locator) -> Result<Self, model::FtmError> {
        let mut entity = model::entity_from_json(text, None, locator)?;
        let Some(envelope) = serde_json::from_str::<Envelope>(text).ok() else {
            return Ok(Self { entity, datasets: Vec::new(), target: true });
        };
        let id = entity.id.clone();
        let kept = [
            ("referents", &envelope.referents),
            ("first_seen", &envelope.first_seen),
            ("last_change", &envelope.last_change),
        ];
        for (name, value) in kept {
            let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
            let values = values.iter().filter_map(Value::as_str).map(str::trim);
            for value in values.filter(|value| !value.is_empty() && **value != *id) {
                entity.statements.push(Statement::new(Property::from_name(name), value, locator));
            }
        }
        // A party of several lists says so itself: the file's name would not tell which.
        if let [_, _, ..] = envelope.datasets[..] {
            for dataset in &envelope.datasets {
                entity.add(Property::from_name("datasets"), dataset, locator);
            }
        }
        Ok(Self { entity, datasets: envelope.datasets, target: envelope.target.unwrap_or(true) })
    }

    /// Whether the entity is listed, or only belongs to one that is.
    fn is_listed(&self) -> bool {
        self.entity.schema.is_party() && self.target
    }
}

/// Reads the file.
pub(crate) fn read(main: &SourceFile<'_>) -> Result<LoadedList, ListError> {
    let mut report = LoadReport::default();
    let (mut entities, mut relations) = (Vec::new(), Vec::new());
    let mut ids: FxHashSet<Box<str>> = FxHashSet::default();
    let mut dataset: Option<String> = None;
    let mut agreed = true;
    let mut legacy = 0;
    let data = encoding::plain(main.bytes);
    for (line, number) in data.split(|b| *b == b'\n').zip(1_u32..) {
        let (text, no_utf8) = encoding::text(line);
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{1A}');
        if text.is_empty() {
            continue;
        }
        legacy += usize::from(no_utf8);
        let locator = Locator::Line { file: 0, line: number };
        let line = match Line::read(text, locator) {
            Ok(line) => line,
            Err(error) => {
                report.skip(main.name, number, error.to_string());
                continue;
            }
        };
        if !ids.insert(line.entity.id.clone()) {
            let reason = format!("the id {} was given to an entity before", line.entity.id);
            report.skip(main.name, number, reason);
            continue;
        }
        match line.datasets.as_slice() {
            [only] if dataset.is_none() => dataset = Some(only.clone()),
            [only] if dataset.as_ref() == Some(only) => {}
            _ => agreed = false,
        }
        if line.is_listed() {
            entities.push(line.entity);
        } else {
            relations.push(line.entity);
        }
    }
    report.warnings.extend(encoding::legacy_warning(main.name, legacy));
    let dataset = dataset.filter(|_| agreed).unwrap_or_else(|| stem(main.name));
    LoadedList::unless_empty(main, &dataset, entities, relations, report)
}
