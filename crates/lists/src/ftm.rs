//! FollowTheMoney entities, one JSON object a line.

use model::Locator;
use rustc_hash::FxHashSet;
use serde::Deserialize;

use crate::encoding;
use crate::error::{ListError, ListErrorKind};
use crate::report::LoadReport;
use crate::{LoadedList, SourceFile, stem};

/// What stands beside `id`, `schema` and `properties`.
#[derive(Deserialize)]
struct Envelope {
    #[serde(default)]
    datasets: Vec<String>,
    /// In exports of OpenSanctions: whether the party is itself listed, or only tied to one that is.
    #[serde(default)]
    target: Option<bool>,
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
        let entity = match model::entity_from_json(text, None, locator) {
            Ok(entity) => entity,
            Err(error) => {
                report.skip(main.name, number, error.to_string());
                continue;
            }
        };
        if !ids.insert(entity.id.clone()) {
            report.skip(main.name, number, format!("the id {} was given to an entity before", entity.id));
            continue;
        }
        let envelope: Option<Envelope> = serde_json::from_str(text).ok();
        let target = envelope.as_ref().and_then(|e| e.target).unwrap_or(true);
        match envelope.as_ref().map(|e| e.datasets.as_slice()) {
            Some([only]) if dataset.is_none() => dataset = Some(only.clone()),
            Some([only]) if dataset.as_ref() == Some(only) => {}
            _ => agreed = false,
        }
        if entity.schema.is_party() && target {
            entities.push(entity);
        } else {
            relations.push(entity);
        }
    }
    report.warnings.extend(encoding::legacy_warning(main.name, legacy));
    if entities.is_empty() {
        let first_problem = report.skipped.first().map(|s| (s.line, s.reason.clone()));
        return Err(ListError::new(main.name, ListErrorKind::NobodyListed { first_problem }));
    }
    let dataset = dataset.filter(|_| agreed).unwrap_or_else(|| stem(main.name));
    Ok(LoadedList::new(dataset, entities, relations, report))
}
