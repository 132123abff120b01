use std::collections::HashSet;

use serde_json::Value;

use super::names::Names;
use super::{Made, Source, demo, grow, renumbered};
use validation::Random;

const LIST: &str = r#"{"id":"a-1","schema":"Person","datasets":["x"],"properties":{"name":["Amir KAZEMI"],"firstName":["Amir"],"lastName":["KAZEMI"],"alias":["Amir QASEMI"],"birthDate":["1979"],"passportNumber":["AB-123"],"country":["Iran"]}}
{"id":"a-2","schema":"Person","datasets":["x"],"properties":{"name":["Bahram NODEH"],"firstName":["Bahram"],"lastName":["NODEH"],"birthDate":["1980-12-27"]}}

{"id":"a-3","schema":"Company","datasets":["x"],"properties":{"name":["ORION TRADING CO., LTD."]}}
{"id":"a-4","schema":"Company","datasets":["x"],"properties":{"name":["VEGA SHIPPING FZE LLC"],"weakAlias":["VS"]}}
{"id":"a-5","schema":"Ownership","properties":{"owner":["a-1"],"asset":["a-3"]}}
"#;

fn grown(list: &str, times: u64, seed: u64) -> (Made, String) {
    let mut out = Vec::new();
    let made = grow(&Source::Text(list.to_owned()), times, seed, &mut out).unwrap();
    (made, String::from_utf8(out).unwrap())
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn as_many_as_asked_for_and_the_list_itself_first() {
    let check = |times: u64, listed: u64, synthetic: u64| {
        let (made, text) = grown(LIST, times, 1);
        assert_eq!((made.listed, made.synthetic), (listed, synthetic), "x{times}");
        assert_eq!(text.lines().count() as u64, listed + synthetic, "x{times}");
    };
    check(0, 0, 0);
    check(1, 5, 0);
    check(2, 5, 4);
    check(10, 5, 36);
    let (_, text) = grown(LIST, 2, 1);
    assert!(text.starts_with(&LIST.replace("\n\n", "\n")));
    assert_eq!(lines(&text)[5]["id"], "syn-0000001");
}

#[test]
fn the_same_seed_gives_the_same_list() {
    assert_eq!(grown(LIST, 20, 7).1, grown(LIST, 20, 7).1);
    assert_ne!(grown(LIST, 20, 7).1, grown(LIST, 20, 8).1);
    assert!(
        grown(LIST, 20, 7).1.starts_with(&grown(LIST, 10, 7).1),
        "a larger list begins with a smaller one"
    );
}

#[test]
fn a_copy_has_the_shape_of_its_party() {
    let copies = lines(&grown(LIST, 30, 1).1).split_off(5);
    for (n, party) in copies.iter().enumerate() {
        let properties = &party["properties"];
        let all = |name: &str| properties[name].as_array().map_or(0, Vec::len);
        let first = properties["name"][0].as_str().unwrap();
        assert_eq!(party["caption"], first);
        match n % 4 {
            0 => {
                assert_eq!((all("name"), all("alias"), all("birthDate")), (1, 1, 1));
                assert_eq!(properties["country"][0], "Iran");
                let passport = properties["passportNumber"][0].as_str().unwrap();
                assert!(
                    passport.len() == 6 && passport.as_bytes()[2] == b'-' && passport != "AB-123",
                    "{passport}"
                );
                let (given, family) = (&properties["firstName"][0], &properties["lastName"][0]);
                assert_eq!(first, format!("{} {}", given.as_str().unwrap(), family.as_str().unwrap()));
            }
            2 => {
                let may = [
                    "ORION SHIPPING FZE LLC",
                    "ORION TRADING FZE LLC",
                    "VEGA SHIPPING CO., LTD.",
                    "VEGA TRADING CO., LTD.",
                ];
                assert!(may.contains(&first), "{first}");
            }
            3 => assert_eq!(properties["weakAlias"][0], "VS", "one word alone is taken as it is"),
            _ => {}
        }
    }
}

/// A name, what it may become out of the names of the list, and whether it must become something new.
#[test]
fn names_of_two_others() {
    let check = |schema: &str, listed: &[&str], may: &[&str], new: bool| {
        let mut names = Names::default();
        listed.iter().for_each(|name| names.learn(schema, name));
        let mut random = Random::new(1, &[]);
        for _ in 0..50 {
            let made = names.another(schema, listed[0], &mut random);
            assert!(may.contains(&made.text().as_str()), "{listed:?}: {made:?}");
            assert_eq!(made.repeated, !new, "{listed:?}: {made:?}");
        }
    };
    check("Person", &["Ali REZAI", "Omar HADDAD"], &["Ali HADDAD", "Omar REZAI"], true);
    check("Person", &["REZAI, Ali", "HADDAD, Omar"], &["REZAI, Omar", "HADDAD, Ali"], true);
    check("Person", &["Ali al REZAI", "Omar Said HADDAD"], &["Ali al HADDAD", "Omar Said REZAI"], true);
    check("Person", &["Ali Rezai", "Omar Haddad"], &["Ali Haddad", "Omar Rezai"], true);
    check("Person", &["Ali REZAI"], &["Ali REZAI"], false);
    check("Vessel", &["AMIN", "SARA"], &["AMIN", "SARA"], false);
    check("Company", &["ORION LLC", "VEGA GMBH"], &["ORION GMBH", "VEGA LLC"], true);
    check(
        "Company",
        &["A B CO., LTD.", "C D FZE LLC"],
        &["A D FZE LLC", "C B CO., LTD.", "A B FZE LLC", "C D CO., LTD."],
        true,
    );
    check("Person", &["علی رضایی", "Omar Haddad", "عمر حداد"], &["علی حداد", "عمر رضایی"], true);
}

#[test]
fn no_name_is_empty_and_no_id_comes_twice() {
    let list = demo::list(1).unwrap();
    let (made, text) = grown(&list, 3, 1);
    let parties = lines(&text);
    assert!((2_000..4_000).contains(&parties.len()), "{}", parties.len());
    assert!(made.repeated * 10 < made.names, "{made:?}");
    let mut ids = HashSet::new();
    for party in &parties {
        assert!(ids.insert(party["id"].to_string()), "{party}");
        for (property, values) in party["properties"].as_object().unwrap() {
            let values = values.as_array().unwrap();
            assert!(
                !values.is_empty() && values.iter().all(|v| !v.as_str().unwrap().trim().is_empty()),
                "{property}: {party}"
            );
        }
    }
}

#[test]
fn an_identifier_keeps_its_form() {
    let mut random = Random::new(1, &[]);
    let shape = |text: &str| -> String {
        text.chars()
            .map(|c| {
                if c.is_ascii_digit() {
                    '0'
                } else if c.is_ascii_uppercase() {
                    'A'
                } else {
                    c
                }
            })
            .collect()
    };
    for value in ["IMO 9187629", "A-12/é", ""] {
        assert_eq!(shape(&renumbered(value, &mut random)), shape(value));
    }
}
