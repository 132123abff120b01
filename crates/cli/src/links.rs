//! What a list says of a party's relations to others, as facts of the party.

use engine::{Entity, Locator, Property, Schema, ScreenList};

/// A relation of a party: what the other is to it, who that is, and where it stands.
pub(crate) struct Link {
    pub(crate) label: &'static str,
    pub(crate) value: String,
    pub(crate) locator: Locator,
}

/// A relation of FollowTheMoney seen from one of its sides: the property that the party stands in, the one of the other party,
/// and what that one is to it.
type Side = (&'static str, &'static str, &'static str);

fn sides(schema: &Schema) -> Option<[Side; 2]> {
    Some(match schema {
        Schema::UnknownLink => [("subject", "object", "linkedTo"), ("object", "subject", "linkedFrom")],
        Schema::Ownership => [("owner", "asset", "ownerOf"), ("asset", "owner", "owner")],
        Schema::Directorship => {
            [("director", "organization", "directorOf"), ("organization", "director", "director")]
        }
        Schema::Representation => [("agent", "client", "agentOf"), ("client", "agent", "agent")],
        Schema::Employment => [("employee", "employer", "employer"), ("employer", "employee", "employee")],
        Schema::Membership => [("member", "organization", "memberOf"), ("organization", "member", "member")],
        Schema::Family => [("person", "relative", "relative"), ("relative", "person", "relative")],
        Schema::Associate => [("person", "associate", "associate"), ("associate", "person", "associate")],
        Schema::Succession => {
            [("predecessor", "successor", "successor"), ("successor", "predecessor", "predecessor")]
        }
        _ => return None,
    })
}

/// The parties that the list relates to this one, in whatever way.
pub(crate) fn links<'a>(list: &'a ScreenList, entity: &'a Entity) -> impl Iterator<Item = Link> + 'a {
    list.relations.iter().flat_map(move |relation| {
        sides(&relation.schema).into_iter().flatten().flat_map(move |(own, other, label)| {
            let own = Property::from_name(own);
            let ours = relation.values(&own).any(|id| id == &*entity.id);
            let others = relation.statements.iter().filter(move |s| ours && s.property.name() == other);
            others.map(move |s| {
                let known = list.entities.iter().chain(&list.relations).find(|e| e.id == s.value);
                let who =
                    known.map_or_else(|| s.value.to_string(), |e| format!("{} [{}]", e.caption(), e.id));
                let role = role(relation).filter(|role| !is_said(label, role));
                let value = role.map_or_else(|| who.clone(), |role| format!("{who} ({role})"));
                Link { label, value, locator: s.locator }
            })
        })
    })
}

/// What the list calls the relation.
fn role(relation: &Entity) -> Option<&str> {
    relation.first(&Property::Role).or_else(|| relation.first(&Property::from_name("relationship")))
}

/// Whether a role says no more than its label: `Linked To`.
fn is_said(label: &str, role: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>().to_lowercase();
    letters(label) == letters(role) || letters(role) == "linkedto"
}

#[cfg(test)]
mod tests {
    use testkit::Scratch;

    use super::*;

    #[test]
    fn relations_of_all_kinds_from_both_sides() {
        let lines = [
            r#"{"id":"a","schema":"Person","properties":{"name":["Jane"]}}"#,
            r#"{"id":"b","schema":"Company","properties":{"name":["Star Ltd"]}}"#,
            r#"{"id":"o","schema":"Ownership","properties":{"owner":["a"],"asset":["b"],"role":["51 percent"]}}"#,
            r#"{"id":"d","schema":"Directorship","properties":{"director":["a"],"organization":["b"]}}"#,
            r#"{"id":"f","schema":"Family","properties":{"person":["a"],"relative":["x"],"relationship":["sister"]}}"#,
            r#"{"id":"u","schema":"UnknownLink","properties":{"subject":["a"],"object":["b"],"role":["Linked To"]}}"#,
        ];
        let scratch = Scratch::new();
        let list = ScreenList::open(&scratch.file("l.jsonl", lines.join("\n"))).unwrap();
        let said = |place: usize| -> Vec<String> {
            links(&list, list.entities.get(place))
                .map(|link| format!("{}: {}", link.label, link.value))
                .collect()
        };
        assert_eq!(
            said(0),
            [
                "ownerOf: Star Ltd [b] (51 percent)",
                "directorOf: Star Ltd [b]",
                "relative: x (sister)",
                "linkedTo: Star Ltd [b]"
            ]
        );
        assert_eq!(said(1), ["owner: Jane [a] (51 percent)", "director: Jane [a]", "linkedFrom: Jane [a]"]);
    }
}
