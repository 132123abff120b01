//! What changed between two versions: laws over invented lists, who tells a change of what belongs to parties, and
//! OFAC's own action of 18 November 2021.

// Helpers of tests are tests; the figures, and which files are not here, go to stderr.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

use std::collections::{BTreeMap, BTreeSet};

use lists::records::{Records, Row};
use lists::{ListDiff, Listing, LoadedList, Op, PartyChange, SourceFile, by_programme, delta, diff, read};
use model::{Entity, Locator, Property, Schema};
use proptest::prelude::*;

/// A version of a list: parties, and what belongs to them.
type Version = (Vec<Entity>, Vec<Entity>);

/// `id Schema property=value property=value ...`
fn entity(line: &str) -> Entity {
    let mut parts = line.split(' ');
    let mut entity = Entity::new(parts.next().unwrap(), Schema::from_name(parts.next().unwrap()));
    for part in parts {
        let (property, value) = part.split_once('=').unwrap();
        entity.add(Property::from_name(property), value.replace('_', " "), Locator::Direct);
    }
    entity
}

fn version(parties: &[&str], others: &[&str]) -> Version {
    let entities = |lines: &[&str]| lines.iter().map(|line| entity(line)).collect();
    (entities(parties), entities(others))
}

fn listing((parties, others): &Version) -> Listing<'_> {
    Listing::new(parties, others)
}

fn ids(changes: &[PartyChange<'_>]) -> Vec<String> {
    changes.iter().map(|change| change.party().id.to_string()).collect()
}

/// `id property -removed +added`, a line for each property that changed.
fn told(diff: &ListDiff<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    for change in &diff.changed {
        for c in &change.changes {
            let removed = c.removed.iter().map(|v| format!(" -{v}"));
            let values: String = removed.chain(c.added.iter().map(|v| format!(" +{v}"))).collect();
            lines.push(format!("{} {}{values}", change.party().id, c.property));
        }
    }
    lines
}

/// What is published of each entity, in no order.
type Content = BTreeMap<String, (String, bool, BTreeSet<(Property, String)>)>;

fn content((parties, others): &Version) -> Content {
    let each = parties.iter().map(|e| (e, true)).chain(others.iter().map(|e| (e, false)));
    each.map(|(e, listed)| (e.id.to_string(), of(e, listed))).collect()
}

fn of(entity: &Entity, listed: bool) -> (String, bool, BTreeSet<(Property, String)>) {
    let values = entity.statements.iter().map(|s| (s.property.clone(), s.value.to_string()));
    (entity.schema.name().to_owned(), listed, values.collect())
}

/// What is tried, the belongings before and after, and what is told of them.
type Tried = (&'static str, &'static [&'static str], &'static [&'static str], &'static [&'static str]);

#[test]
fn whose_change_it_is() {
    let parties = ["a Person name=Ann", "b Company name=Bee", "v Vessel name=Vee"];
    let rows: [Tried; 11] = [
        (
            "a paper came",
            &[],
            &["p Passport holder=a number=1 country=Iran"],
            &["a Passport +number: 1; country: Iran"],
        ),
        (
            "a paper's other id changes nothing",
            &["p Passport holder=a number=1"],
            &["q Passport holder=a number=1"],
            &[],
        ),
        (
            "one value of a sanction changed",
            &["s Sanction entity=b program=X reason=old"],
            &["s Sanction entity=b reason=new program=X"],
            &["b Sanction:reason -old +new"],
        ),
        (
            "countries of two passports changed places",
            &["p Passport holder=a number=1 country=ir", "q Passport holder=a number=2 country=iq"],
            &["p Passport holder=a number=1 country=iq", "q Passport holder=a number=2 country=ir"],
            &["a Passport:country -ir -iq +iq +ir"],
        ),
        (
            "a link is told with the party that has it, not with the one it names",
            &[],
            &["l UnknownLink subject=a object=b role=Linked_To namesMentioned=Bee"],
            &["a UnknownLink +Linked To: Bee"],
        ),
        (
            "whom a name means is derived",
            &["u LegalEntity name=Bee", "l UnknownLink subject=a object=u role=Linked_To namesMentioned=Bee"],
            &["l UnknownLink subject=a object=b role=Linked_To namesMentioned=Bee"],
            &[],
        ),
        (
            "who owns a vessel is a change of the vessel",
            &["o Ownership owner=b asset=v"],
            &["o LegalEntity name=Oh", "w Ownership owner=o asset=v"],
            &["v Ownership -owner: Bee [b] +owner: Oh"],
        ),
        (
            "an unlisted owner counts under what it owns",
            &["o LegalEntity name=Oh", "w Ownership owner=o asset=v"],
            &["o LegalEntity name=Oh country=Iran", "w Ownership owner=o asset=v"],
            &["v Ownership:owner -Oh +Oh, country: Iran"],
        ),
        (
            "with nobody listed at the first end the other end tells it",
            &[],
            &["u Person name=Uhu", "d Directorship director=u organization=b"],
            &["b Directorship +director: Uhu"],
        ),
        (
            "what belongs to nobody is nobody's change",
            &[],
            &["u Person name=Uhu", "p Passport holder=u number=1"],
            &[],
        ),
        (
            "twice the same is once",
            &["l UnknownLink subject=a object=b role=x"],
            &["l UnknownLink subject=a object=b role=x", "m UnknownLink subject=a object=b role=x"],
            &[],
        ),
    ];
    for (what, old, new, expected) in rows {
        let (old, new) = (version(&parties, old), version(&parties, new));
        let diff = diff(&listing(&old), &listing(&new));
        assert_eq!(
            (told(&diff), diff.added, diff.removed),
            (expected.iter().map(|s| (*s).to_owned()).collect(), vec![], vec![]),
            "{what}"
        );
    }
}

#[test]
fn values_and_parties() {
    let old = version(
        &["a Person name=Ann program=X", "b Company name=Bee addressEntity=adr-1", "c Person name=Cee"],
        &["adr-1 Address full=One_Street", "l UnknownLink subject=c object=a"],
    );
    let new = version(
        &[
            "b LegalEntity name=Bee addressEntity=adr-2 program=Y",
            "d Person name=Dee",
            "a Person program=Z name=Ann",
        ],
        &["adr-2 Address full=Two_Street", "l UnknownLink subject=d object=a"],
    );
    let diff = diff(&listing(&old), &listing(&new));
    assert_eq!((ids(&diff.added), ids(&diff.removed)), (vec!["d".to_owned()], vec!["c".to_owned()]));
    assert_eq!(
        told(&diff),
        [
            "b schema -Company +LegalEntity",
            "b program +Y",
            "b Address -full: One Street +full: Two Street",
            "a program -X +Z",
        ]
    );
    let groups: Vec<_> = by_programme(&diff)
        .into_iter()
        .map(|(p, c)| (p, ids(&c.into_iter().cloned().collect::<Vec<_>>())))
        .collect();
    let expected = [(Some("Y"), vec!["b"]), (Some("Z"), vec!["a"]), (None, vec!["d", "c"])];
    assert_eq!(groups, expected.map(|(p, ids)| (p, ids.into_iter().map(str::to_owned).collect())));
    // Of a party that came all is added.
    let of_d: Vec<_> =
        diff.added[0].changes.iter().map(|c| (&*c.property, c.removed.len(), &*c.added[0])).collect();
    assert_eq!(of_d, [("name", 0, "Dee"), ("UnknownLink", 0, "object: Ann [a]")]);
}

/// A party under one of a few ids, of few values, so that versions have much in common.
fn party() -> impl Strategy<Value = Entity> {
    let value = (prop::sample::select(vec!["name", "alias", "program", "birthDate"]), 0..4_u8);
    let schema = prop::sample::select(vec![Schema::Person, Schema::Company]);
    ((0..8_u8), schema, prop::collection::vec(value, 0..6)).prop_map(|(id, schema, values)| {
        let mut party = Entity::new(format!("p{id}"), schema);
        for (property, value) in values {
            party.add(Property::from_name(property), format!("{value}"), Locator::Direct);
        }
        party
    })
}

/// What belongs to a party, or to two, or to nobody.
fn other() -> impl Strategy<Value = Entity> {
    let kind = prop::sample::select(vec![
        ("Passport", "holder", "number"),
        ("Sanction", "entity", "program"),
        ("Ownership", "asset", "owner"),
        ("UnknownLink", "subject", "object"),
        ("LegalEntity", "name", "country"),
    ]);
    ((0..10_u8), kind, 0..10_u8, 0..10_u8, any::<bool>()).prop_map(
        |(id, (schema, first, second), a, b, named)| {
            let mut other = Entity::new(format!("o{id}"), Schema::from_name(schema));
            let pointed = |n: u8| if n < 8 { format!("p{n}") } else { format!("o{n}") };
            other.add(Property::from_name(first), pointed(a), Locator::Direct);
            other.add(Property::from_name(second), pointed(b), Locator::Direct);
            if named && schema == "UnknownLink" {
                other.add(Property::NamesMentioned, format!("{b}"), Locator::Direct);
            }
            other
        },
    )
}

fn any_version() -> impl Strategy<Value = Version> {
    let distinct = |entities: Vec<Entity>| {
        let mut seen = BTreeSet::new();
        entities.into_iter().filter(|e| seen.insert(e.id.clone())).collect::<Vec<_>>()
    };
    (prop::collection::vec(party(), 0..8), prop::collection::vec(other(), 0..8))
        .prop_map(move |(parties, others)| (distinct(parties), distinct(others)))
}

/// The same parties and values in another order.
fn turned((parties, others): &Version) -> Version {
    let turn = |entities: &[Entity]| {
        let mut entities = entities.to_vec();
        entities.reverse();
        entities.iter_mut().for_each(|entity| entity.statements.reverse());
        entities
    };
    (turn(parties), turn(others))
}

proptest! {
    #[test]
    fn nothing_changes_of_itself(a in any_version()) {
        for b in [a.clone(), turned(&a)] {
            let difference = diff(&listing(&a), &listing(&b));
            prop_assert!(difference.is_empty(), "{:?}", difference);
            prop_assert_eq!(delta(&listing(&a), &listing(&b)), vec![]);
        }
    }

    #[test]
    fn the_delta_makes_the_new_version_of_the_old(a in any_version(), b in any_version()) {
        let mut made = content(&a);
        for op in delta(&listing(&a), &listing(&b)) {
            let (new, entity, listed) = match op {
                Op::Add { entity, listed } => (true, entity, listed),
                Op::Mod { entity, listed } => (false, entity, listed),
                Op::Del { id } => {
                    prop_assert!(made.remove(id).is_some(), "{} was not there", id);
                    continue;
                }
            };
            let before = made.insert(entity.id.to_string(), of(entity, listed));
            prop_assert_eq!(before.is_none(), new);
            prop_assert_ne!(before, made.get(&*entity.id).cloned(), "nothing changed");
        }
        prop_assert_eq!(made, content(&b));
    }

    /// What the changes say of a party's own values makes the new ones of the old.
    #[test]
    fn the_changes_make_the_new_values_of_the_old(a in any_version(), b in any_version()) {
        let [was, is] = [&a, &b].map(content);
        let difference = diff(&listing(&a), &listing(&b));
        for change in difference.all() {
            let id = change.party().id.to_string();
            let values = |of: &Content| of.get(&id).filter(|(_, listed, _)| *listed).map(|(_, _, v)| v.clone()).unwrap_or_default();
            let mut made = values(&was);
            for c in change.changes.iter().filter(|c| !c.property.starts_with(char::is_uppercase) && c.property != "schema") {
                let property = Property::from_name(&c.property);
                for value in &c.removed {
                    prop_assert!(made.remove(&(property.clone(), value.clone())));
                }
                made.extend(c.added.iter().map(|value| (property.clone(), value.clone())));
            }
            prop_assert_eq!(made, values(&is));
        }
        // Whoever is not named is as it was.
        let named: BTreeSet<String> = difference.all().map(|c| c.party().id.to_string()).collect();
        for (id, before) in was.iter().filter(|(id, (_, listed, _))| *listed && !named.contains(*id)) {
            prop_assert_eq!(Some(before), is.get(id));
        }
    }

    #[test]
    fn backwards_it_is_the_mirror(a in any_version(), b in any_version()) {
        let [there, back] = [diff(&listing(&a), &listing(&b)), diff(&listing(&b), &listing(&a))];
        prop_assert_eq!(ids(&there.added), ids(&back.removed));
        prop_assert_eq!(ids(&there.removed), ids(&back.added));
        let set = |values: &[String]| values.iter().cloned().collect::<BTreeSet<_>>();
        let changes = |diff: &ListDiff<'_>, forth: bool| {
            let each = diff.all().flat_map(|party| party.changes.iter().map(move |c| {
                let [removed, added] = [set(&c.removed), set(&c.added)];
                let (old, new) = if forth { (removed, added) } else { (added, removed) };
                (party.party().id.to_string(), c.property.clone(), old, new)
            }));
            each.collect::<BTreeSet<_>>()
        };
        prop_assert_eq!(changes(&there, true), changes(&back, false));
    }
}

fn data(path: &str) -> Option<Vec<u8>> {
    testkit::shared_bytes(format!("data/lists/ofac/{path}"))
}

fn load(name: &str, bytes: &[u8]) -> LoadedList {
    read(&SourceFile { name, bytes }, &[]).unwrap()
}

#[test]
fn what_ofac_did_on_18_november_2021() {
    let (Some(old), Some(new)) = (data("sdn_2021-11-15.csv"), data("sdn_2021-11-18.csv")) else { return };
    let (old, new) = (load("old.csv", &old), load("new.csv", &new));
    let diff = diff(&Listing::from(&old), &Listing::from(&new));
    let numbers = |changes: &[PartyChange<'_>]| -> BTreeSet<u32> {
        changes.iter().map(|c| c.party().id.strip_prefix("ofac-").unwrap().parse().unwrap()).collect()
    };
    assert_eq!(numbers(&diff.added), [31192, 33493, 33494, 33495, 33496, 33497, 33634].into());
    let burundi = [19039, 19049, 19050, 19051, 19208, 19209, 19210, 19211, 19893, 19894, 19895];
    assert_eq!(numbers(&diff.removed), burundi.into());
    assert_eq!(numbers(&diff.changed), [17368, 17386, 17927, 26391].into());
    assert!(told(&diff).contains(&"ofac-26391 program +ELECTION-EO13848".to_owned()), "{:?}", told(&diff));
    let groups: Vec<(&str, usize)> = by_programme(&diff).iter().map(|(p, c)| (p.unwrap(), c.len())).collect();
    assert_eq!(groups, [("BURUNDI", 11), ("ELECTION-EO13848", 7), ("YEMEN", 4)]);
}

/// The rows of OFAC's primary file, as they stand there.
fn rows(bytes: &[u8]) -> BTreeMap<String, Vec<String>> {
    let mut records = Records::new(bytes, b',', Some(12));
    let (mut row, mut rows) = (Row::default(), BTreeMap::new());
    while records.read(&mut row) {
        if row.fields.len() == 12 {
            let fields: Vec<String> = row.fields.iter().map(|f| f.trim().to_owned()).collect();
            rows.insert(format!("ofac-{}", fields[0]), fields);
        }
    }
    rows
}

/// Two years of changes, as the rows themselves tell: who is in one file only, and whose row differs.
#[test]
fn as_the_rows_themselves_tell() {
    for (old, new) in [
        ("sdn_2021-11-15.csv", "sdn_2021-11-18.csv"),
        ("sdn_2021-11-18.csv", "2022-01-21/sdn.csv"),
        ("2022-01-21/sdn.csv", "2023-12-28/sdn.csv"),
    ] {
        let (Some(old_file), Some(new_file)) = (data(old), data(new)) else { continue };
        let (was, is) = (rows(&old_file), rows(&new_file));
        let (old_list, new_list) = (load(old, &old_file), load(new, &new_file));
        let diff = diff(&Listing::from(&old_list), &Listing::from(&new_list));
        let sorted = |changes: &[PartyChange<'_>]| ids(changes).into_iter().collect::<BTreeSet<_>>();
        let only = |a: &BTreeMap<String, Vec<String>>, b: &BTreeMap<String, Vec<String>>| {
            a.keys().filter(|id| !b.contains_key(*id)).cloned().collect::<BTreeSet<_>>()
        };
        assert_eq!(sorted(&diff.added), only(&is, &was), "{old} -> {new}");
        assert_eq!(sorted(&diff.removed), only(&was, &is), "{old} -> {new}");
        let differ: BTreeSet<String> = is
            .iter()
            .filter(|(id, row)| was.get(*id).is_some_and(|before| before != *row))
            .map(|(id, _)| id.clone())
            .collect();
        let found = sorted(&diff.changed);
        let only_rows: Vec<_> = differ.difference(&found).map(|id| (&was[id], &is[id])).collect();
        let only_diff: Vec<_> = found.difference(&differ).collect();
        eprintln!(
            "{old} -> {new}: {} added, {} removed, {} changed",
            diff.added.len(),
            diff.removed.len(),
            diff.changed.len()
        );
        assert!(only_diff.is_empty(), "{old} -> {new}: nothing in the row of {only_diff:?} changed");
        assert!(
            only_rows.is_empty(),
            "{old} -> {new}: {} rows changed unseen: {:#?}",
            only_rows.len(),
            &only_rows[..only_rows.len().min(5)]
        );
    }
}
