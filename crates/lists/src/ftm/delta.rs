//! Deltas of FollowTheMoney lists, as OpenSanctions publishes them: `{"op": "ADD|MOD|DEL", "entity": {...}}` a line.

use model::{Entity, Locator};
use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use super::Line;
use crate::encoding;
use crate::error::{ListError, ListErrorKind};
use crate::report::LoadReport;
use crate::{LoadedList, SourceFile};

/// What a line does.
enum Change {
    /// An entity is new, or is another than before. Both are written alike: the entity as it is now.
    Put(Box<Line>),
    /// An entity is gone.
    Delete(Box<str>),
}

/// Applies a delta to the list that it is for. New entities come last, in the order of the delta.
///
/// A line that does not fit the list (an addition of what is there, a change or a deletion of what is not) is applied as
/// far as it makes sense and is said in a warning: the delta may be for another version. In the [`Locator`] of a value
/// that the delta brought, file 1 is the delta.
///
/// # Errors
/// [`ListError`] where no line of the file is a change, or nobody is listed afterwards.
pub fn apply_delta(base: &LoadedList, delta: &SourceFile<'_>) -> Result<LoadedList, ListError> {
    // Skipped rows of the base were said when it was read; here they are still what the list lacks.
    let mut report = LoadReport {
        skipped: base.report.skipped.clone(),
        warnings: base.report.warnings.clone(),
        ..LoadReport::default()
    };
    let mut now = Now::of(base);
    let (mut changes, mut unfit) = (0, 0);
    let mut first_problem = None;
    let data = encoding::plain(delta.bytes);
    for (line, number) in data.split(|b| *b == b'\n').zip(1_u32..) {
        let (text, _) = encoding::text(line);
        let text = text.trim();
        if text.is_empty() {
            continue;
        }
        match read(text, number) {
            Ok((added, change)) => {
                changes += 1;
                unfit += usize::from(!now.apply(added, change));
            }
            Err(reason) => {
                first_problem = first_problem.or(Some((number, reason.clone())));
                report.skip(delta.name, number, reason);
            }
        }
    }
    if changes == 0 {
        return Err(ListError::new(delta.name, ListErrorKind::NobodyListed { first_problem }));
    }
    if unfit > 0 {
        report.warnings.push(format!(
            "{}: {unfit} of {changes} changes do not fit the list: the delta is for another version of it",
            delta.name
        ));
    }
    let (entities, relations) = now.finish();
    if entities.is_empty() {
        return Err(ListError::new(delta.name, ListErrorKind::NobodyListed { first_problem }));
    }
    Ok(LoadedList::new(base.dataset.clone(), entities, relations, report))
}

/// A change; the flag tells an addition.
fn read(text: &str, number: u32) -> Result<(bool, Change), String> {
    let line: Map<String, Value> =
        serde_json::from_str(text).map_err(|error| format!("not JSON: {error}"))?;
    let entity = line.get("entity").ok_or("no change of a list: it has no entity")?;
    let op = line.get("op").and_then(Value::as_str).unwrap_or_default();
    let put = |added| {
        let locator = Locator::Line { file: 1, line: number };
        let line = Line::read(&entity.to_string(), locator).map_err(|error| error.to_string())?;
        Ok((added, Change::Put(Box::new(line))))
    };
    match op {
        "ADD" => put(true),
        "MOD" => put(false),
        "DEL" => {
            let id =
                entity.get("id").and_then(Value::as_str).ok_or("the entity that is deleted has no id")?;
            Ok((false, Change::Delete(id.into())))
        }
        other => Err(format!("op {other:?}: expected ADD, MOD or DEL")),
    }
}

/// The entities while changes come in, each in its place.
struct Now {
    /// Listed or not, and the entity; `None` where it was deleted.
    entities: Vec<Option<(bool, Entity)>>,
    places: FxHashMap<Box<str>, usize>,
}

impl Now {
    fn of(base: &LoadedList) -> Self {
        let listed = base.entities.iter().map(|entity| (true, entity));
        let all = listed.chain(base.relations.iter().map(|entity| (false, entity)));
        let entities: Vec<_> = all.map(|(listed, entity)| Some((listed, entity.clone()))).collect();
        let places =
            entities.iter().flatten().zip(0..).map(|((_, entity), at)| (entity.id.clone(), at)).collect();
        Self { entities, places }
    }

    /// Whether the change fitted.
    fn apply(&mut self, added: bool, change: Change) -> bool {
        match change {
            Change::Delete(id) => {
                self.places.remove(&id).is_some_and(|at| self.entities[at].take().is_some())
            }
            Change::Put(line) => {
                let entry = Some((line.is_listed(), line.entity));
                let id = entry.as_ref().map(|(_, entity)| entity.id.clone()).unwrap_or_default();
                if let Some(at) = self.places.get(&id) {
                    self.entities[*at] = entry;
                    !added
                } else {
                    self.places.insert(id, self.entities.len());
                    self.entities.push(entry);
                    added
                }
            }
        }
    }

    fn finish(self) -> (Vec<Entity>, Vec<Entity>) {
        let (mut entities, mut relations) = (Vec::new(), Vec::new());
        for (listed, entity) in self.entities.into_iter().flatten() {
            if listed { &mut entities } else { &mut relations }.push(entity);
        }
        (entities, relations)
    }
}
