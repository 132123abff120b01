//! The policy file: what it says is what holds; what it cannot say is refused with line, column and a remedy.

// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

use model::Schema;
use proptest::prelude::*;
use screen::{Configuration, DEFAULT_POLICY, Policy, Programmes, Score};

/// A policy with every key.
const WHOLE: &str = r#"
name = "retail-onboarding"
[match]
threshold = 0.72
minimum_bits = 12.5
weak_aliases = false
name_floor = 0.5
birth_date_tolerance = 1
[programmes]
exclude = ["SDGT", "CUBA", "CUBA"]
[[rule]]
list = "ofac_sdn"
threshold = 0.75
minimum_bits = 20
[[rule]]
schema = "Organization"
threshold = 0.85
[[rule]]
list = "ofac_sdn"
schema = "Vessel"
threshold = 0.8
weak_aliases = true
"#;

fn score(ten_thousandths: u16) -> Score {
    Score::from_ten_thousandths(ten_thousandths)
}

#[test]
fn the_embedded_file_is_the_default() {
    assert_eq!(Policy::from_toml(DEFAULT_POLICY).unwrap(), Policy::default());
    assert_eq!(Policy::default().default, Configuration::default());
    // What stands behind a comment mark is an example: taken out of it, it must be one.
    let examples: String = DEFAULT_POLICY
        .lines()
        .map(|line| match line.strip_prefix("# ") {
            Some(rest) if rest.starts_with('[') || rest.contains(" = ") => format!("{rest}\n"),
            _ => format!("{line}\n"),
        })
        .collect();
    let policy = Policy::from_toml(&examples.replace("\"default\"", "\"mine\"")).unwrap();
    assert_eq!((policy.rules.len(), policy.programmes.tags().len()), (1, 1));
}

/// The documentation shows the embedded file as it is, and has a row for every key.
#[test]
fn the_document_says_the_same() {
    let document = include_str!("../../../docs/policy.md");
    assert!(
        document.contains(&format!("```toml\n{DEFAULT_POLICY}```")),
        "docs/policy.md shows data/policy.toml"
    );
    let keys = Configuration::default().settings();
    for (key, value) in keys.iter().map(|setting| (setting.key(), setting.value())) {
        let row = document.lines().find(|line| line.starts_with('|') && line.contains(&format!("`{key}` |")));
        let default = row.and_then(|row| row.split('|').nth(3)).unwrap_or_default();
        let stem = value.trim_end_matches('0').trim_end_matches('.');
        assert!(default.contains(if stem.is_empty() { "0" } else { stem }), "{key}, {value}: {row:?}");
    }
}

#[test]
fn later_rules_win_property_by_property() {
    let policy = Policy::from_toml(WHOLE).unwrap();
    assert_eq!(policy.programmes, Programmes::Exclude(vec!["CUBA".into(), "SDGT".into()]));
    let floor = Configuration {
        match_threshold: score(7200),
        minimum_bits: 12_500,
        weak_aliases: false,
        name_floor: score(5000),
        birth_date_tolerance: 1,
    };
    for (list, schema, threshold, bits, weak) in [
        (None, "Person", 7200, 12_500, false),
        (Some("eu"), "Person", 7200, 12_500, false),
        (Some("ofac_sdn"), "Person", 7500, 20_000, false),
        (Some("ofac_sdn"), "Organization", 8500, 20_000, false),
        (Some("ofac_sdn"), "Company", 8500, 20_000, false),
        (Some("ofac_sdn"), "PublicBody", 8500, 20_000, false),
        // What may be a person is no organisation.
        (Some("ofac_sdn"), "LegalEntity", 7500, 20_000, false),
        (Some("eu"), "Company", 8500, 12_500, false),
        (Some("ofac_sdn"), "Vessel", 8000, 20_000, true),
        (Some("eu"), "Vessel", 7200, 12_500, false),
        (Some("ofac_sdn"), "Airplane", 7500, 20_000, false),
    ] {
        let expected = Configuration {
            match_threshold: score(threshold),
            minimum_bits: bits,
            weak_aliases: weak,
            ..floor.clone()
        };
        assert_eq!(policy.settle(list, &Schema::from_name(schema)), expected, "{list:?} {schema}");
    }
}

#[test]
fn programmes_in_and_out() {
    let tags = |tags: &[&str]| tags.iter().map(|tag| (*tag).to_owned()).collect::<Vec<_>>();
    let (exclude, only) = (Programmes::Exclude(tags(&["CUBA", "IRAN"])), Programmes::Only(tags(&["SDGT"])));
    for (stated, excluding, alone) in [
        (&["CUBA"][..], false, false),
        (&["CUBA", "IRAN"], false, false),
        (&["CUBA", "SDGT"], true, true),
        (&["SDGT"], true, true),
        (&[" sdgt "], true, true),
        (&["cuba"], false, false),
        (&["NPWMD"], true, false),
        // Who is not known to be out of scope is in it.
        (&[], true, true),
    ] {
        assert_eq!(exclude.in_scope(stated.iter().copied()), excluding, "exclude: {stated:?}");
        assert_eq!(only.in_scope(stated.iter().copied()), alone, "only: {stated:?}");
        assert!(Programmes::All.in_scope(stated.iter().copied()));
    }
}

/// Line, column, words of the message, words of the remedy.
#[test]
fn what_is_refused() {
    let rows: &[(&str, usize, usize, &str, &str)] = &[
        ("", 1, 1, "no name", "name ="),
        ("[match]\nthreshold = 0.7\n", 1, 1, "no name", "name ="),
        ("name = \"x\"\n[match]\nthresold = 0.7\n", 3, 1, "no key thresold", "did you mean threshold?"),
        (
            "name = \"x\"\n[match]\nminimum-bits = 7\n",
            3,
            1,
            "no key minimum-bits",
            "did you mean minimum_bits?",
        ),
        (
            "name = \"x\"\n[match]\n  colour = 7\n",
            3,
            3,
            "[match] has no key colour",
            "threshold, minimum_bits",
        ),
        ("name = \"x\"\n[programs]\nexclude = []\n", 2, 2, "no key programs", "did you mean programmes?"),
        ("name = \"x\"\nThreshold = 0.7\n", 2, 1, "a policy has no key Threshold", "name, match"),
        ("name = \"x\"\n[match]\nthreshold = 1.4\n", 3, 13, "threshold cannot be 1.4", "from 0 to 1"),
        ("name = \"x\"\n[match]\nthreshold = -0.1\n", 3, 13, "-0.1", "from 0 to 1"),
        ("name = \"x\"\n[match]\nthreshold = 70\n", 3, 13, "70", "0.70"),
        ("name = \"x\"\n[match]\nthreshold = 0.70005\n", 3, 13, "0.70005", "four decimals"),
        ("name = \"x\"\n[match]\nthreshold = nan\n", 3, 13, "nan", "from 0 to 1"),
        ("name = \"x\"\n[match]\nthreshold = inf\n", 3, 13, "inf", "from 0 to 1"),
        ("name = \"x\"\n[match]\nthreshold = \"high\"\n", 3, 13, "\"high\"", "from 0 to 1"),
        ("name = \"x\"\n[match]\nminimum_bits = 201\n", 3, 16, "201", "0 to 200"),
        ("name = \"x\"\n[match]\nweak_aliases = \"no\"\n", 3, 16, "\"no\"", "true or false"),
        ("name = \"x\"\n[match]\nweak_aliases = 0\n", 3, 16, "weak_aliases cannot be 0", "true or false"),
        ("name = \"x\"\n[match]\nbirth_date_tolerance = 1.5\n", 3, 24, "1.5", "whole years"),
        ("name = \"x\"\n[match]\nbirth_date_tolerance = 11\n", 3, 24, "11", "0 to 10"),
        ("name = \"x\"\n[match]\nthreshold = 99999999999999999999\n", 3, 13, "9999", "from 0 to 1"),
        ("name = \"x\"\nmatch = 0.7\n", 2, 1, "match is no table", "[match]"),
        ("name = 7\n", 1, 8, "name cannot be 7", "quotation marks"),
        ("name = \"\"\n", 1, 8, "name cannot be", "1 to 64"),
        ("name = \"default\"\n[match]\nthreshold = 0.9\n", 1, 8, "built-in", "name of its own"),
        ("name = \"é\"\nname = \"y\"\n", 2, 1, "no TOML", "interdict policy default"),
        ("name = \"x\n", 1, 10, "no TOML", "interdict policy default"),
        ("name = \"x\"\n[programmes]\nexclude = [\"A\"]\nonly = [\"B\"]\n", 4, 1, "together", "either"),
        ("name = \"x\"\n[programmes]\nonly = []\n", 3, 8, "only cannot be []", "[\"CUBA\""),
        ("name = \"x\"\n[programmes]\nexclude = [\"A\", 7]\n", 3, 17, "exclude cannot be 7", "[\"CUBA\""),
        ("name = \"x\"\n[programmes]\nexclude = \"A\"\n", 3, 11, "\"A\"", "[\"CUBA\""),
        ("name = \"x\"\n[rule]\nlist = \"a\"\n", 2, 2, "no list of rules", "[[rule]]"),
        ("name = \"x\"\nrule = [7]\n", 2, 9, "rule cannot be 7", "[[rule]]"),
        ("name = \"x\"\n\n[[rule]]\nthreshold = 0.8\n", 3, 1, "no list and no schema", "[match]"),
        ("name = \"x\"\n[[rule]]\nlist = \"ofac_sdn\"\n", 2, 1, "sets nothing", "threshold"),
        (
            "name = \"x\"\n[[rule]]\nschema = \"Vesel\"\nthreshold = 0.8\n",
            3,
            10,
            "schema Vesel",
            "did you mean Vessel?",
        ),
        (
            "name = \"x\"\n[[rule]]\nschema = \"Sanction\"\nthreshold = 0.8\n",
            3,
            10,
            "schema Sanction",
            "there are Thing",
        ),
        ("name = \"x\"\n[[rule]]\nschema = 7\nthreshold = 0.8\n", 3, 10, "schema cannot be 7", "\"Vessel\""),
        ("name = \"x\"\n[[rule]]\nlist = \"\"\nthreshold = 0.8\n", 3, 8, "list cannot be", "ofac_sdn"),
        ("name = \"é\" # ü\n[[rule]]\nlist = \"é\"; é = 1\n", 3, 11, "no TOML", "toml.io"),
        (
            "name = \"x\"\n[[rule]]\nlisst = \"a\"\nthreshold = 0.8\n",
            3,
            1,
            "no key lisst",
            "did you mean list?",
        ),
    ];
    let mut faults = Vec::new();
    for (text, line, column, message, remedy) in rows {
        match Policy::from_toml(text) {
            Ok(policy) => faults.push(format!("{text:?} is read: {policy:?}")),
            Err(e) => {
                let there = (e.line, e.column) == (*line, *column);
                if !there || !e.message.contains(message) || !e.remedy.contains(remedy) {
                    faults.push(format!(
                        "{text:?}, not {line}:{column} {message:?} {remedy:?}: {e} / {}",
                        e.remedy
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Two policies that decide otherwise in anything have other canonical forms, and so other hashes.
#[test]
fn the_canonical_form_says_it_all() {
    let base = Policy::from_toml(WHOLE).unwrap();
    let lines: Vec<&str> = WHOLE.lines().collect();
    for n in (0..lines.len()).filter(|&n| lines[n].contains(" = ")) {
        let without: String =
            lines.iter().enumerate().filter(|(i, _)| *i != n).map(|(_, line)| format!("{line}\n")).collect();
        if let Ok(other) = Policy::from_toml(&without) {
            assert_ne!(other.canonical(), base.canonical(), "without {:?}", lines[n]);
        }
    }
    // Layout, comments and the order of programmes decide nothing.
    let same =
        WHOLE.replace("0.72", "0.7200 # two").replace("\"SDGT\", \"CUBA\", \"CUBA\"", "\"CUBA\", \"SDGT\"");
    assert_eq!(Policy::from_toml(&same).unwrap().canonical(), base.canonical());
    // Nothing that is typed can pass for something else.
    let odd = Policy::from_toml("name = 'x\"; threshold=0.1'\n").unwrap();
    assert_eq!(odd.canonical().matches("; ").count(), 2);
    assert!(odd.canonical().starts_with(r#"name="x\"; threshold=0.1"; "#));
}

#[test]
fn rules_that_never_apply() {
    let rule = |scope: &str, sets: &str| format!("[[rule]]\n{scope}\n{sets}\n");
    for (rules, warned) in [
        (
            [
                rule("schema = 'Company'", "threshold = 0.8"),
                rule("schema = 'Organization'", "threshold = 0.9"),
            ],
            1,
        ),
        (
            [
                rule("schema = 'Organization'", "threshold = 0.8"),
                rule("schema = 'Company'", "threshold = 0.9"),
            ],
            0,
        ),
        (
            [
                rule("list = 'a'\nschema = 'Company'", "threshold = 0.8"),
                rule("list = 'a'", "threshold = 0.9"),
            ],
            1,
        ),
        ([rule("list = 'a'", "threshold = 0.8"), rule("list = 'b'", "threshold = 0.9")], 0),
        ([rule("list = 'a'", "threshold = 0.8"), rule("schema = 'Thing'", "threshold = 0.9")], 1),
        ([rule("list = 'a'", "threshold = 0.8\nminimum_bits = 1"), rule("list = 'a'", "threshold = 0.9")], 0),
    ] {
        let text = format!("name = 'x'\n{}", rules.concat());
        let warnings = Policy::from_toml(&text).unwrap().warnings();
        assert_eq!(warnings.len(), warned, "{text}\n{warnings:?}");
        assert!(warnings.iter().all(|w| w.contains("rule 1")), "{warnings:?}");
    }
}

proptest! {
    /// Any text is read or refused at a place that it has.
    #[test]
    fn never_panics(text in prop_oneof![any::<String>(), "\\PC{0,80}", "[a-z\\[\\]=\"'\n0-9. #é]{0,80}"]) {
        if let Err(e) = Policy::from_toml(&text) {
            let lines: Vec<&str> = text.split('\n').collect();
            prop_assert!((1..=lines.len()).contains(&e.line), "{}", e);
            prop_assert!((1..=lines[e.line - 1].chars().count() + 1).contains(&e.column), "{}", e);
            prop_assert!(!e.remedy.is_empty());
        }
    }

    /// Every number that the file can hold comes back as it was.
    #[test]
    fn numbers_are_exact(threshold in 0..=10_000_u16, bits in 0..=200_000_i32, years in 0..=10_u8, floor in 0..=10_000_u16) {
        let text = format!(
            "name = 'x'\n[match]\nthreshold = {}\nminimum_bits = {}.{:03}\nbirth_date_tolerance = {years}\nname_floor = {}\n",
            score(threshold), bits / 1000, bits % 1000, score(floor),
        );
        let read = Policy::from_toml(&text).unwrap().default;
        prop_assert_eq!((read.match_threshold, read.minimum_bits), (score(threshold), bits));
        prop_assert_eq!((read.birth_date_tolerance, read.name_floor), (years, score(floor)));
    }
}
