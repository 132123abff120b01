//! What changed between two versions of a list, as JSON, as a FollowTheMoney delta, and as records of a table.

use lists::{ListDiff, Op, PartyChange, delta};
use model::{Entity, entity_to_json};
use serde_json::{Value, json};

use super::listing;
use crate::ScreenList;

/// The frozen form of `lists diff`: `{"added":[entity],"removed":[entity],"changed":[{"id","caption","changes"}]}`.
#[must_use]
pub fn list_diff_to_json(diff: &ListDiff<'_>, old: &ScreenList, new: &ScreenList) -> Value {
    let entities = |changes: &[PartyChange<'_>], list: &ScreenList| -> Vec<Value> {
        changes.iter().map(|change| entity_to_json(change.party(), &[&list.dataset])).collect()
    };
    let changed = |change: &PartyChange<'_>| {
        let changes = change.changes.iter();
        let changes = changes
            .map(|c| json!({ "property": c.property, "removed": c.removed, "added": c.added }))
            .collect::<Vec<_>>();
        json!({ "id": &*change.party().id, "caption": change.party().caption(), "changes": changes })
    };
    json!({
        "added": entities(&diff.added, new),
        "removed": entities(&diff.removed, old),
        "changed": diff.changed.iter().map(changed).collect::<Vec<_>>(),
    })
}

/// The change as a FollowTheMoney delta, as OpenSanctions publishes them: `{"op":"ADD|MOD|DEL","entity":{...}}`, of what
/// is gone the id alone. It holds what belongs to parties too; `target` says who is a listed party.
pub fn delta_to_json<'a>(old: &'a ScreenList, new: &'a ScreenList) -> impl Iterator<Item = Value> + 'a {
    let entity = |entity: &Entity, listed: bool| {
        let mut value = entity_to_json(entity, &[&new.dataset]);
        value["target"] = listed.into();
        value
    };
    delta(&listing(old), &listing(new)).into_iter().map(move |op| match op {
        Op::Add { entity: new, listed } => json!({ "op": "ADD", "entity": entity(new, listed) }),
        Op::Mod { entity: new, listed } => json!({ "op": "MOD", "entity": entity(new, listed) }),
        Op::Del { id } => json!({ "op": "DEL", "entity": { "id": id } }),
    })
}
