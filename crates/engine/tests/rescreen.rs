//! Rescreening loses nothing: what it says of a change of lists is the difference of two full runs, result for result.
//!
//! The oracle screens every customer against the whole of both versions, by scoring everybody, and takes the difference.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its data must fail")]

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use engine::{
    BatchRequest, InputOptions, Library, Policy, Reach, Request, RescreenRequest, Score, ScreenList, Search,
    rescreen_file, screen_file,
};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestRunner;
use serde_json::{Map, Value, json};
use testkit::{Scratch, shared};

/// Parts of names that meet each other: spellings of one name, words a letter apart, forms, another script.
const WORDS: &str = "Mohammad Muhammad Mohamed Bagher Baqer Bager Shirinkar Shinrakar Hosein Hossein Hussein Kazemi \
    Kazimi Seyyed Sayed Mehdi Hashemi Toghroljerdi Sajjad Sajad Kashian Mostafa Sarmadi Akbari Nodeh Smith Smyth John \
    Emennet Pasargad Bank Trading Company Ltd 7 VII محمد حسین کاظمی Сергей Иванов";

/// Several lines at once, weak names for some alone, parties out of scope.
const MIXED: &str = r#"
name = "mixed"
[match]
threshold = 0.6
[programmes]
exclude = ["CUBA"]
[[rule]]
schema = "Person"
weak_aliases = false
[[rule]]
list = "watch"
schema = "Company"
threshold = 0.45
"#;

/// A list that does not change.
const STAYS: &str = r#"{"id":"s-1","schema":"Person","properties":{"name":["John Smith"]}}"#;

/// A listed party: schema, and values of properties.
#[derive(Clone, Debug)]
struct Party {
    schema: &'static str,
    values: Vec<(&'static str, String)>,
}

fn name() -> impl Strategy<Value = String> {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    prop::collection::vec(select(words), 1..4).prop_map(|words| words.join(" "))
}

fn value() -> impl Strategy<Value = (&'static str, String)> {
    prop_oneof![
        4 => name().prop_map(|name| ("alias", name)),
        1 => name().prop_map(|name| ("weakAlias", name)),
        2 => select(vec!["1979-09-21", "1979", "21 Sep 1979", "1987-08-22"]).prop_map(|d| ("birthDate", d.to_owned())),
        1 => select(vec!["Iran", "ir", "Iraq"]).prop_map(|c| ("nationality", c.to_owned())),
        1 => select(vec!["0067948431", "14008996506"]).prop_map(|n| ("idNumber", n.to_owned())),
        1 => select(vec!["CUBA", "HRIT-IR"]).prop_map(|p| ("program", p.to_owned())),
        1 => select(vec!["one", "two"]).prop_map(|n| ("notes", n.to_owned())),
    ]
}

fn party() -> impl Strategy<Value = Party> {
    let schema = select(vec!["Person", "Person", "Person", "Company", "LegalEntity"]);
    (schema, name(), prop::collection::vec(value(), 0..4)).prop_map(|(schema, name, mut values)| {
        values.insert(0, ("name", name));
        Party { schema, values }
    })
}

/// What becomes of a party.
#[derive(Clone, Debug)]
enum Fate {
    Stays,
    Goes,
    Gains((&'static str, String)),
    Loses(usize),
    Turns,
    Becomes(Party),
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        5 => Just(Fate::Stays),
        1 => Just(Fate::Goes),
        2 => value().prop_map(Fate::Gains),
        1 => (1..4_usize).prop_map(Fate::Loses),
        1 => Just(Fate::Turns),
        1 => party().prop_map(Fate::Becomes),
    ]
}

fn after((party, fate): (Party, Fate)) -> Option<Party> {
    let mut party = party;
    match fate {
        Fate::Stays => {}
        Fate::Goes => return None,
        Fate::Gains(value) => party.values.push(value),
        Fate::Loses(place) if place < party.values.len() => drop(party.values.remove(place)),
        Fate::Loses(_) => {}
        Fate::Turns => party.values.reverse(),
        Fate::Becomes(other) => party = other,
    }
    Some(party)
}

/// Both versions, each party with the number that is its id.
type Versions = [Vec<(usize, Party)>; 2];

fn versions() -> impl Strategy<Value = Versions> {
    let parties = prop::collection::vec((party(), fate()), 1..12);
    (parties, prop::collection::vec(party(), 0..4), any::<bool>()).prop_map(|(parties, more, turned)| {
        let old: Vec<_> = parties.iter().map(|(party, _)| party.clone()).enumerate().collect();
        let stay = parties.into_iter().enumerate().filter_map(|(n, both)| Some((n, after(both)?)));
        let mut new: Vec<_> = stay.chain(more.into_iter().enumerate().map(|(n, p)| (n + 100, p))).collect();
        if turned {
            new.reverse();
        }
        [old, new]
    })
}

fn list(parties: &[(usize, Party)]) -> String {
    let mut text = String::new();
    for (id, Party { schema, values }) in parties {
        let mut properties = Map::new();
        for (property, value) in values {
            let list = properties.entry(*property).or_insert_with(|| json!([]));
            list.as_array_mut().unwrap().push(json!(value));
        }
        let line = json!({ "id": format!("w-{id}"), "schema": schema, "properties": properties });
        writeln!(text, "{line}").unwrap();
    }
    text
}

fn customers() -> impl Strategy<Value = String> {
    let customer = (
        name(),
        select(vec!["", "Person", "Company"]),
        select(vec!["", "1979-09-21", "1950"]),
        select(vec!["", "0067948431"]),
    );
    prop::collection::vec(customer, 1..12).prop_map(|customers| {
        let mut text = "id,name,schema,birthDate,idNumber\n".to_owned();
        for (n, (name, schema, born, number)) in customers.iter().enumerate() {
            writeln!(text, "c-{n},{name},{schema},{born},{number}").unwrap();
        }
        text + "c-x,?!,,,\n"
    })
}

fn open(paths: &[PathBuf]) -> Vec<ScreenList> {
    paths.iter().map(|path| ScreenList::open(path).unwrap()).collect()
}

fn lines(bytes: &[u8]) -> Vec<Value> {
    bytes
        .split(|b| *b == b'\n')
        .filter(|l| !l.is_empty())
        .map(|l| serde_json::from_slice(l).unwrap())
        .collect()
}

/// A full run: each row's line.
fn full(
    lists: &[PathBuf],
    customers: &Path,
    policy: &Policy,
    threshold: Option<Score>,
    search: Search,
) -> Vec<Value> {
    let library = Library::new(open(lists)).unwrap();
    let screening = library.under(policy).unwrap();
    let batch = BatchRequest {
        input: customers,
        output: None,
        options: InputOptions::default(),
        request: Request { threshold, limit: None },
        search,
        threads: Some(1),
        now: SystemTime::UNIX_EPOCH,
        timings: false,
    };
    let mut out = Vec::new();
    screen_file(&screening, batch, &mut out, &mut |_| Ok(())).unwrap();
    lines(&out)
}

/// A result without what differs in any two versions.
fn unversioned(result: &Value) -> Value {
    let mut result = result.clone();
    result.as_object_mut().unwrap().remove("list_version");
    result
}

/// The difference of two full runs.
fn difference(before: &[Value], after: &[Value]) -> Vec<Value> {
    assert_eq!(before.len(), after.len());
    let mut different = Vec::new();
    for (was, is) in before.iter().zip(after) {
        if is.get("error").is_some() {
            different
                .push(json!({ "id": is["id"], "error": is["error"], "new": [], "gone": [], "changed": [] }));
            continue;
        }
        let [old, new] = [was, is].map(|line| line["results"].as_array().unwrap());
        let of = |results: &[Value], id: &Value| results.iter().find(|r| r["id"] == *id).cloned();
        let fresh: Vec<&Value> = new.iter().filter(|r| of(old, &r["id"]).is_none()).collect();
        let gone: Vec<&Value> = old.iter().filter(|r| of(new, &r["id"]).is_none()).collect();
        let both = new.iter().filter_map(|after| Some((of(old, &after["id"])?, after)));
        let changed = both.filter(|(before, after)| unversioned(before) != unversioned(after));
        let changed: Vec<Value> =
            changed.map(|(before, after)| json!({ "before": before, "after": after })).collect();
        if !(fresh.is_empty() && gone.is_empty() && changed.is_empty()) {
            different.push(json!({ "id": is["id"], "new": fresh, "gone": gone, "changed": changed }));
        }
    }
    different
}

fn rescreened(
    old: &[PathBuf],
    new: &[PathBuf],
    customers: &Path,
    policy: &Policy,
    threshold: Option<Score>,
) -> Vec<Value> {
    let reach = Reach::new(open(old), open(new)).unwrap();
    let request = RescreenRequest {
        input: customers,
        output: None,
        options: InputOptions::default(),
        threshold,
        threads: Some(2),
        now: SystemTime::UNIX_EPOCH,
    };
    let mut out = Vec::new();
    rescreen_file(&reach, policy, &request, &mut out, &mut |_| {}).unwrap();
    lines(&out)
}

/// Whether the policy leaves anybody of a version in scope; without anybody a full run is refused.
fn anybody(parties: &[(usize, Party)], policy: &Policy) -> bool {
    let out = |party: &Party| party.values.iter().any(|(p, v)| *p == "program" && v == "CUBA");
    let only_cuba =
        |party: &Party| party.values.iter().filter(|(p, _)| *p == "program").all(|(_, v)| v == "CUBA");
    policy.name == "default" || parties.iter().any(|(_, party)| !(out(party) && only_cuba(party)))
}

/// What is tried: both versions, customers, whether under [`MIXED`], a threshold, whether the list was renamed, whether
/// there are others beside it.
type Trial = (Versions, String, bool, Option<u16>, bool, bool);

fn trial() -> impl Strategy<Value = Trial> {
    let threshold = select(vec![None, Some(2000), Some(5000)]);
    (versions(), customers(), any::<bool>(), threshold, prop::bool::weighted(0.1), prop::bool::weighted(0.2))
}

#[test]
fn as_two_full_runs() {
    // New, gone and changed results, over all trials: without them this would prove nothing.
    let seen = RefCell::new([0; 3]);
    let mut runner = TestRunner::new(ProptestConfig::with_cases(256));
    let tried = runner.run(&trial(), |(versions, customers, mixed, threshold, renamed, elsewhere)| {
        let [was, is] = &versions;
        let policy = if mixed { Policy::from_toml(MIXED).unwrap() } else { Policy::default() };
        prop_assume!(!is.is_empty() && anybody(was, &policy) && anybody(is, &policy));
        let scratch = Scratch::new();
        std::fs::create_dir(scratch.path("old")).unwrap();
        let mut old = vec![scratch.file("old/watch.ftm.jsonl", list(was))];
        let name = if renamed { "guard.ftm.jsonl" } else { "watch.ftm.jsonl" };
        let mut new = vec![scratch.file(name, list(is))];
        if elsewhere {
            old.push(scratch.file("stays.ftm.jsonl", STAYS));
            new.insert(0, old[1].clone());
        }
        let customers = scratch.file("customers.csv", customers);
        let threshold = threshold.map(Score::from_ten_thousandths);
        let [before, after] =
            [&old, &new].map(|lists| full(lists, &customers, &policy, threshold, Search::Exhaustive));
        let expected = difference(&before, &after);
        for (seen, kind) in seen.borrow_mut().iter_mut().zip(["new", "gone", "changed"]) {
            *seen += expected.iter().map(|line| line[kind].as_array().unwrap().len()).sum::<usize>();
        }
        prop_assert_eq!(rescreened(&old, &new, &customers, &policy, threshold), expected);
        Ok(())
    });
    tried.unwrap();
    assert!(seen.borrow().iter().all(|seen| *seen >= 100), "{seen:?} new, gone and changed results");
}

/// OFAC's action of 18 November 2021, for the development queries of every kind.
#[test]
fn the_real_pair() {
    let (Some(old), Some(new)) =
        (shared("data/lists/ofac/sdn_2021-11-15.csv"), shared("data/lists/ofac/sdn_2021-11-18.csv"))
    else {
        return;
    };
    let (Some(queries), Some(case)) = (shared("data/eval/q_aka.csv"), shared("data/eval/case.tsv")) else {
        return;
    };
    let scratch = Scratch::new();
    let head = |path: &Path, rows: usize| -> Vec<String> {
        std::fs::read_to_string(path).unwrap().lines().skip(1).take(rows).map(str::to_owned).collect()
    };
    let mut customers = "id,schema,name\n".to_owned();
    for (n, row) in head(&case, usize::MAX).iter().enumerate() {
        // qid, gold, schema, kind, query
        let query = row.split('\t').nth(4).unwrap().replace('"', "");
        writeln!(customers, "case-{n},,\"{query}\"").unwrap();
    }
    for (n, row) in head(&queries, 300).iter().enumerate() {
        let name = row.split(',').skip(2).collect::<Vec<_>>().join(",").replace('"', "");
        writeln!(customers, "q-{n},,\"{name}\"").unwrap();
    }
    let customers = scratch.file("customers.csv", customers);
    let (policy, threshold) = (Policy::default(), Some(Score::from_ten_thousandths(5000)));
    let [before, after] = [&old, &new]
        .map(|list| full(std::slice::from_ref(list), &customers, &policy, threshold, Search::Indexed));
    let expected = difference(&before, &after);
    let found = rescreened(&[old], &[new], &customers, &policy, threshold);
    assert_eq!(found, expected);
    let ids = |key: &str, at: fn(&Value) -> &Value| -> BTreeSet<String> {
        let results = found.iter().flat_map(|line| line[key].as_array().unwrap());
        results.map(|result| at(result)["id"].as_str().unwrap().to_owned()).collect()
    };
    let new = ids("new", |result| result);
    for id in ["ofac-33493", "ofac-33494", "ofac-33495", "ofac-33496", "ofac-33497", "ofac-33634"] {
        assert!(new.contains(id), "{id} is no new result: {new:?}");
    }
    // His programmes changed, which no score looks at.
    assert!(!ids("changed", |both| &both["after"]).contains("ofac-26391"));
}
