//! Joining on real lists: the UN's against the UK's, whose texts name the UN's references. These are hidden from the joiner,
//! and judge what it finds by identifiers and evidence.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its data must fail")]

use std::collections::{BTreeMap, BTreeSet};

use engine::{Entity, Joined, Library, Property, ScreenList};

/// Groups of OFSI's list of 13 April 2018 beside whose text another party's reference stands: the text speaks of somebody
/// else (Hassan Aweys under Al-Itihaad's, al-Qahtani under Al-Qaida's, five organisations of Pyongyang under one bank's), or
/// a digit is wrong.
const MISPRINTED: [&str; 12] = [
    "uk-ofsi-6995",
    "uk-ofsi-8425",
    "uk-ofsi-11286",
    "uk-ofsi-13135",
    "uk-ofsi-13289",
    "uk-ofsi-13331",
    "uk-ofsi-13349",
    "uk-ofsi-13355",
    "uk-ofsi-13484",
    "uk-ofsi-13485",
    "uk-ofsi-13537",
    "uk-ofsi-13569",
];

/// A real list; `None` where the data is not there.
fn open(path: &str) -> Option<ScreenList> {
    let path = testkit::shared(format!("data/lists/{path}"))?;
    Some(ScreenList::open(&path).unwrap_or_else(|e| panic!("{e}")))
}

/// The list without what names other listings.
fn hidden(mut list: ScreenList) -> ScreenList {
    let told = |entity: &Entity| {
        let mut entity = entity.clone();
        entity.statements.retain(|s| !["unscId", "referents"].contains(&s.property.name()));
        entity
    };
    let own: Vec<Entity> = list.entities.iter().map(told).collect();
    let beside: Vec<Entity> = list.relations.iter().map(told).collect();
    (list.entities, list.relations) = (own.into(), beside.into());
    list
}

/// The id of the UN's party that a reference means: `QE.A.146.14` is what QDe.146 was called until 2014.
fn un_id(reference: &str) -> String {
    let reference = reference.to_ascii_uppercase();
    let parts: Vec<&str> = reference.split('.').collect();
    match parts[..] {
        [old @ ("QI" | "QE" | "TI" | "TE"), _, number, _] => {
            let regime = if old.starts_with('Q') { "QD" } else { "TA" };
            format!("UN-{regime}{}.{number:0>3}", &old[1..])
        }
        _ => format!("UN-{reference}"),
    }
}

/// UN's and UK's parties of one reference: what is judged by.
fn gold(un: &ScreenList, uk: &ScreenList) -> BTreeMap<String, BTreeSet<String>> {
    let ids: BTreeMap<String, String> =
        un.entities.iter().map(|e| (e.id.to_ascii_uppercase(), e.id.to_string())).collect();
    let unsc = Property::from_name("unscId");
    let mut gold: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for entity in uk.entities.iter().filter(|e| !MISPRINTED.contains(&&*e.id)) {
        for reference in entity.values(&unsc) {
            if let Some(id) = ids.get(&un_id(reference)) {
                gold.entry(entity.id.to_string()).or_default().insert(id.clone());
            }
        }
    }
    gold
}

/// For each UK party the UN parties that it is joined with.
fn found(joined: &Joined<'_>) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for cluster in joined.clusters().all() {
        let ids: Vec<&str> = cluster.members.iter().map(|m| &*joined.party(*m).1.id).collect();
        for uk in ids.iter().filter(|id| id.starts_with("uk-")) {
            let un = ids.iter().filter(|id| id.starts_with("un-")).map(|id| (*id).to_owned());
            found.entry((*uk).to_owned()).or_default().extend(un);
        }
    }
    found
}

/// How many of the pairs in `gold` are found, and which pairs are found of parties in `gold` that are not in it.
fn judged(
    gold: &BTreeMap<String, BTreeSet<String>>,
    found: &BTreeMap<String, BTreeSet<String>>,
) -> (usize, Vec<(String, String)>) {
    let partners: BTreeSet<&String> = gold.values().flatten().collect();
    let (mut right, mut wrong) = (0, Vec::new());
    for (uk, uns) in found {
        for un in uns {
            match gold.get(uk) {
                Some(expected) if expected.contains(un) => right += 1,
                None if !partners.contains(un) => {}
                _ => wrong.push((uk.clone(), un.clone())),
            }
        }
    }
    (right, wrong)
}

#[test]
#[allow(clippy::print_stderr)] // The figures of `docs/joined.md`.
fn the_uns_list_and_the_uks() {
    let (Some(un), Some(uk)) = (open("un/un_2024-12.xml"), open("uk/ConList_2018-04-13.csv")) else { return };
    let gold = gold(&un, &uk);
    let pairs: usize = gold.values().map(BTreeSet::len).sum();
    let people = un.entities.iter().filter(|e| e.schema.name() == "Person").map(|e| e.id.to_string());
    let people: BTreeSet<String> = people.collect();
    let of_people: usize = gold.values().flatten().filter(|id| people.contains(*id)).count();

    let library = Library::new(vec![hidden(un), hidden(uk)]).unwrap();
    let (right, wrong) = judged(&gold, &found(&library.join(None).unwrap()));
    eprintln!("references hidden: {right} of {pairs} pairs found ({of_people} of people), wrong: {wrong:?}");
    // OFSI gives KPi.074's number to Pak Mun Il and KPi.075's to nobody: the papers say who is who.
    assert_eq!(wrong, []);
    assert!(right * 100 >= pairs * 60, "{right} of {pairs}");

    let (Some(un), Some(uk)) = (open("un/un_2024-12.xml"), open("uk/ConList_2018-04-13.csv")) else { return };
    let library = Library::new(vec![un, uk]).unwrap();
    let joined = library.join(None).unwrap();
    let (right, wrong) = judged(&gold, &found(&joined));
    eprintln!(
        "references shown: {right} of {pairs} pairs found, wrong: {wrong:?}; {} cuts",
        joined.cuts().len()
    );
    assert_eq!(wrong, []);
    assert_eq!(right, pairs);
}
