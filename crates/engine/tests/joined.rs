//! Each rule by which listings are joined, and each by which they are not; what a joined file says; its way back.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its data must fail")]

use std::collections::BTreeSet;

use engine::{JoinedForm, Library, Reason, ScreenList, resolve};
use proptest::prelude::*;
use serde_json::{Value, json};
use testkit::Scratch;

/// A list of FollowTheMoney entities of one dataset.
fn list(scratch: &Scratch, dataset: &str, entities: &[Value]) -> ScreenList {
    let mut text = String::new();
    for entity in entities {
        let mut entity = entity.clone();
        entity["datasets"] = json!([dataset]);
        text += &format!("{entity}\n");
    }
    let path = scratch.file(format!("{dataset}.jsonl"), &text);
    ScreenList::open(&path).unwrap_or_else(|e| panic!("{e}"))
}

fn party(id: &str, schema: &str, properties: Value) -> Value {
    json!({"id": id, "schema": schema, "properties": properties})
}

/// The ids of each party with several listings, and the reasons of the edges that were followed.
fn joined(lists: Vec<ScreenList>) -> (Vec<Vec<String>>, BTreeSet<Reason>, Vec<String>) {
    let library = Library::new(lists).unwrap();
    let joined = library.join(None).unwrap();
    let several = joined.clusters().all().iter().filter(|cluster| cluster.members.len() > 1);
    let ids = several
        .map(|cluster| cluster.members.iter().map(|m| joined.party(*m).1.id.to_string()).collect())
        .collect();
    let cuts = joined.cuts().iter().map(|cut| cut.because.name().to_owned()).collect();
    (ids, joined.by_reason().into_keys().collect(), cuts)
}

/// Two listings: `Some(reason)` where they are joined by it.
fn check(what: &str, un: &Value, ofac: &Value, expected: Option<Reason>) {
    let scratch = Scratch::new();
    let lists = |swap: bool| {
        let mut lists = vec![
            list(&scratch, "un_sc", std::slice::from_ref(un)),
            list(&scratch, "ofac_sdn", std::slice::from_ref(ofac)),
        ];
        if swap {
            lists.reverse();
        }
        lists
    };
    let (ids, reasons, _) = joined(lists(false));
    assert_eq!(ids.len(), usize::from(expected.is_some()), "{what}: {ids:?} {reasons:?}");
    if let Some(reason) = expected {
        assert!(reasons.contains(&reason), "{what}: {reasons:?}");
        assert_eq!(ids[0], [un["id"].as_str().unwrap(), ofac["id"].as_str().unwrap()], "{what}: the order");
    }
    assert_eq!(joined(lists(true)).0, ids, "{what}: the order of the lists");
}

#[test]
fn what_joins_and_what_does_not() {
    let person = |properties: Value| party("un-1", "Person", properties);
    let other = |properties: Value| party("ofac-1", "Person", properties);
    let rare = "Zubeyr Qarasholi Tomanbek";
    let full = json!({"name": [rare], "birthDate": ["1961-03-14"], "nationality": ["Iraq"], "birthPlace": ["Mosul, Iraq"]});
    let rows: Vec<(&str, Value, Value, Option<Reason>)> = vec![
        ("a name alone, however rare", person(json!({"name": [rare]})), other(json!({"name": [rare]})), None),
        (
            "a name and a country",
            person(json!({"name": [rare], "country": ["iq"]})),
            other(json!({"name": [rare], "country": ["iq"]})),
            None,
        ),
        (
            "a name and a birth date",
            person(json!({"name": [rare], "birthDate": ["1961-03-14"]})),
            other(json!({"name": [rare], "birthDate": ["1961-03-14"]})),
            None,
        ),
        (
            "a name, a birth date and a place",
            person(full.clone()),
            other(full.clone()),
            Some(Reason::Evidence),
        ),
        (
            "a common name, the year and the country",
            person(json!({"name": ["Mohammad Ali"], "birthDate": ["1961"], "country": ["iq"]})),
            other(json!({"name": ["Mohammad Ali"], "birthDate": ["1961"], "country": ["iq"]})),
            None,
        ),
        (
            "another birth date",
            person(full.clone()),
            other(
                json!({"name": [rare], "birthDate": ["1975-10-02"], "nationality": ["Iraq"], "birthPlace": ["Mosul, Iraq"]}),
            ),
            None,
        ),
        (
            "another schema",
            party("un-1", "Person", full.clone()),
            party("ofac-1", "Company", json!({"name": [rare], "country": ["iq"]})),
            None,
        ),
        (
            "a brother of one birthday",
            person(
                json!({"name": ["Kamal Zubeyr Qarasholi Tomanbek"], "birthDate": ["1961-03-14"], "nationality": ["Iraq"]}),
            ),
            other(
                json!({"name": ["Jamal Zubeyr Qarasholi Tomanbek"], "birthDate": ["1961-03-14"], "nationality": ["Iraq"]}),
            ),
            None,
        ),
        (
            "one reference, in two spellings",
            person(json!({"name": ["Zubeyr Qarasholi"], "unscId": ["QDi.991"]})),
            other(json!({"name": ["Zubayr Qarasholi"], "unscId": ["QI.Q.991.03."]})),
            Some(Reason::UnReference),
        ),
        (
            "one reference, two names",
            person(json!({"name": ["Zubeyr Qarasholi"], "unscId": ["QDi.991"]})),
            other(json!({"name": ["Hilde Bauernfeind"], "unscId": ["QDi.991"]})),
            None,
        ),
        (
            "one reference, a person and a company",
            person(json!({"name": ["Zubeyr Qarasholi"], "unscId": ["QDi.991"]})),
            party("ofac-1", "Company", json!({"name": ["Zubeyr Qarasholi"], "unscId": ["QDi.991"]})),
            None,
        ),
        (
            "two references, whatever agrees",
            person(
                json!({"name": [rare], "birthDate": ["1961-03-14"], "birthPlace": ["Mosul, Iraq"], "unscId": ["QDi.991"]}),
            ),
            other(
                json!({"name": [rare], "birthDate": ["1961-03-14"], "birthPlace": ["Mosul, Iraq"], "unscId": ["QDi.992"]}),
            ),
            None,
        ),
        (
            "a referent",
            person(json!({"name": [rare]})),
            json!({"id": "ofac-1", "schema": "Person", "referents": ["un-1"], "properties": {"name": ["Zubeyr"]}}),
            Some(Reason::Referent),
        ),
        (
            "an IMO number",
            party("un-1", "Vessel", json!({"name": ["SEA LANTERN"], "imoNumber": ["9074729"]})),
            party("ofac-1", "Vessel", json!({"name": ["SEA LANTERN"], "imoNumber": ["IMO 9074729"]})),
            Some(Reason::Identifier),
        ),
        (
            "an IMO number under another name",
            party("un-1", "Vessel", json!({"name": ["SEA LANTERN"], "imoNumber": ["9074729"]})),
            party("ofac-1", "Vessel", json!({"name": ["OKTYABR"], "imoNumber": ["9074729"]})),
            None,
        ),
        (
            "a wallet",
            person(json!({"name": [rare], "publicKey": ["1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"]})),
            other(json!({"name": [rare], "publicKey": ["1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"]})),
            Some(Reason::Identifier),
        ),
        (
            "a passport of one country and one name",
            person(json!({"name": [rare], "nationality": ["Iraq"], "passportNumber": ["A0823417"]})),
            other(json!({"name": [rare], "nationality": ["Iraq"], "passportNumber": ["A 0823417"]})),
            Some(Reason::Identifier),
        ),
        (
            "a passport number without a country",
            person(json!({"name": [rare], "passportNumber": ["A0823417"]})),
            other(json!({"name": [rare], "passportNumber": ["A0823417"]})),
            None,
        ),
        (
            "a passport number under another name",
            person(json!({"name": [rare], "nationality": ["Iraq"], "passportNumber": ["A0823417"]})),
            other(
                json!({"name": ["Hilde Bauernfeind"], "nationality": ["Iraq"], "passportNumber": ["A0823417"]}),
            ),
            None,
        ),
        (
            "an e-mail address and a name",
            party(
                "un-1",
                "Company",
                json!({"name": ["Qarasholi Holding"], "country": ["iq"], "email": ["office@example.org"]}),
            ),
            party(
                "ofac-1",
                "Company",
                json!({"name": ["Qarasholi Holding"], "country": ["iq"], "email": ["office@example.org"]}),
            ),
            None,
        ),
    ];
    for (what, un, ofac, expected) in rows {
        check(what, &un, &ofac, expected);
    }
}

/// Two parties of one list, or of two references, are not one through a third: the weakest edge goes.
#[test]
fn contradictions_are_kept_apart_through_others() {
    let full = |id: &str, extra: Value| {
        let mut party = party(
            id,
            "Person",
            json!({"name": ["Zubeyr Qarasholi Tomanbek"], "birthDate": ["1961-03-14"], "birthPlace": ["Mosul, Iraq"]}),
        );
        for (key, value) in extra.as_object().unwrap() {
            party["properties"][key] = value.clone();
        }
        party
    };
    let scratch = Scratch::new();
    let lists = vec![
        list(&scratch, "eu_fsf", &[full("eu-1", json!({})), full("eu-2", json!({"unscId": ["QDi.991"]}))]),
        list(&scratch, "un_sc", &[full("un-QDi.991", json!({"unscId": ["QDi.991"]}))]),
        list(&scratch, "uk_ofsi", &[full("uk-1", json!({"unscId": ["QDi.992"]}))]),
    ];
    let (ids, _, cuts) = joined(lists);
    assert_eq!(ids[0], ["un-QDi.991", "eu-2"]);
    assert!(cuts.contains(&"same_list".to_owned()) && cuts.contains(&"un_references".to_owned()), "{cuts:?}");
    assert!(ids.iter().all(|ids| !(ids.contains(&"un-QDi.991".into()) && ids.contains(&"uk-1".into()))));
}

#[test]
fn one_list_twice_is_refused() {
    let scratch = Scratch::new();
    let one = || list(&scratch, "un_sc", &[party("un-1", "Person", json!({"name": ["Jane Doe"]}))]);
    let library = Library::new(vec![one(), one()]).unwrap();
    let error = library.join(None).err().unwrap().to_string();
    assert!(error.contains("both un_sc"), "{error}");
}

/// The joined file says which listing states what, and read as a list gives one hit with all its listings; joined again,
/// the ids of before still mean somebody.
#[test]
fn there_and_back() {
    let scratch = Scratch::new();
    let un = party(
        "un-QDi.991",
        "Person",
        json!({"name": ["Zubeyr Qarasholi"], "nationality": ["Iraq"], "unscId": ["QDi.991"]}),
    );
    let eu = party("eu-7", "Person", json!({"name": ["Zubair Qarasholi"], "unscId": ["QDi.991"]}));
    let alone = party("eu-8", "Company", json!({"name": ["Tomanbek Trading"]}));
    let owns = json!({"id": "eu-own", "schema": "Ownership", "properties": {"owner": ["x"], "subject": ["eu-7"], "object": ["eu-8"]}});
    let owner =
        json!({"id": "x", "schema": "Company", "target": false, "properties": {"name": ["Not Listed"]}});
    let lists = vec![
        list(&scratch, "un_sc", &[un]),
        list(&scratch, "eu_fsf", &[eu.clone(), alone.clone(), owns, owner]),
    ];
    let library = Library::new(lists).unwrap();
    let joined = library.join(None).unwrap();
    let path = scratch.path("joined.ftm.jsonl");
    joined.save(&path, JoinedForm::Entities).unwrap();
    let lines: Vec<Value> =
        std::fs::read_to_string(&path).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[0]["id"], "un-QDi.991");
    assert_eq!(lines[0]["datasets"], json!(["un_sc", "eu_fsf"]));
    assert_eq!(lines[0]["referents"], json!(["un-QDi.991", "eu-7"]));
    assert_eq!(lines[0]["properties"]["name"], json!(["Zubeyr Qarasholi", "Zubair Qarasholi"]));
    let says = |value: &str, entity: &str, dataset: &str| {
        lines[0]["statements"]
            .as_array()
            .unwrap()
            .iter()
            .any(|s| s["value"] == value && s["entity_id"] == entity && s["dataset"] == dataset)
    };
    assert!(says("iq", "un-QDi.991", "un_sc") && says("Zubair Qarasholi", "eu-7", "eu_fsf"));
    assert_eq!(lines[2]["properties"]["subject"], json!(["un-QDi.991"]), "relations have the ids of today");

    let back = Library::new(vec![ScreenList::open(&path).unwrap()]).unwrap();
    assert_eq!(back.lists()[0].entities.len(), 2, "who is not listed is not listed by a join");
    let (read, entity) = back.entity(0);
    assert_eq!(engine::datasets(read, entity), ["un_sc", "eu_fsf"]);
    assert_eq!(engine::referents(entity).collect::<Vec<_>>(), ["eu-7"]);

    // The UN strikes the party off; a decision on its id goes to whoever it was joined with.
    let library = Library::new(vec![list(&scratch, "eu_fsf", &[eu, alone])]).unwrap();
    let before = ScreenList::open(&path).unwrap();
    let again = library.join(Some(&before)).unwrap();
    assert_eq!(resolve("un-QDi.991", again.clusters()).map(|c| &*c.id), Some("eu-7"));
    assert!(resolve("un-QDi.992", again.clusters()).is_none());

    let path = scratch.path("statements.jsonl");
    joined.save(&path, JoinedForm::Statements).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    let first: Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    assert_eq!(first["canonical_id"], "un-QDi.991");
    assert_eq!(text.lines().count(), 3 + 2 + 1 + 3 + 1, "a line for each statement of each listing");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// The order of lists and of the parties in them does not matter, and every listing is in one party.
    #[test]
    fn order_does_not_matter(rows in prop::collection::vec((0_usize..4, 0_usize..3, 0_usize..3), 2..10), turn in 1_usize..4) {
        const DATASETS: [&str; 4] = ["un_sc", "ofac_sdn", "eu_fsf", "uk_ofsi"];
        const NAMES: [&str; 3] = ["Zubeyr Qarasholi Tomanbek", "Hilde Bauernfeind Oxenstern", "Zubair Qarasholi Tomanbek"];
        let mut of: Vec<Vec<Value>> = vec![Vec::new(); 4];
        for (n, (dataset, name, reference)) in rows.iter().enumerate() {
            let mut properties = json!({"name": [NAMES[*name]], "birthDate": ["1961-03-14"], "birthPlace": ["Mosul, Iraq"]});
            if *reference > 0 {
                properties["unscId"] = json!([format!("QDi.99{reference}")]);
            }
            of[*dataset].push(party(&format!("{}-{n}", DATASETS[*dataset]), "Person", properties));
        }
        let scratch = Scratch::new();
        let run = |turn: usize| {
            let mut lists: Vec<(usize, Vec<Value>)> = of.iter().cloned().enumerate().filter(|(_, e)| !e.is_empty()).collect();
            let by = turn % lists.len();
            lists.rotate_left(by);
            for (_, entities) in &mut lists {
                let by = turn % entities.len();
                entities.rotate_left(by);
            }
            let lists = lists.iter().map(|(dataset, entities)| list(&scratch, DATASETS[*dataset], entities)).collect();
            let library = Library::new(lists).unwrap();
            let joined = library.join(None).unwrap();
            let ids = |cluster: &engine::Cluster| -> Vec<String> {
                cluster.members.iter().map(|m| joined.party(*m).1.id.to_string()).collect()
            };
            joined.clusters().all().iter().map(ids).collect::<Vec<_>>()
        };
        let clusters = run(0);
        prop_assert_eq!(clusters.iter().map(Vec::len).sum::<usize>(), rows.len());
        prop_assert_eq!(run(turn), clusters);
    }
}
