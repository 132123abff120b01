//! What holds of every text: nothing panics, every place is a place of the text, in order.

// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

use documents::{Context, Finder};
use model::{Entity, Locator, Property, Schema};
use proptest::prelude::*;
use screen::{Configuration, InText, Index, Profile, Rules, Score};

fn profiles() -> Vec<Profile> {
    let rows = [
        (Schema::Person, "KAZEMI, Seyyed Mohammad Hosein Musa"),
        (Schema::Organization, "EMENNET PASARGAD"),
        (Schema::Organization, "IRGC"),
        (Schema::Vessel, "GRACE 1"),
        (Schema::Person, "李家超"),
    ];
    let entity = |(n, (schema, name)): (usize, &(Schema, &str))| {
        let mut entity = Entity::new(format!("x-{n}"), schema.clone());
        entity.add(Property::Name, name, Locator::Direct);
        Profile::new(&entity)
    };
    rows.iter().enumerate().map(entity).collect()
}

fn check(text: &str) -> usize {
    let profiles = profiles();
    let index = Index::new(&profiles);
    let configuration = Configuration::default();
    let in_text = InText::new(&index, &profiles, configuration.match_threshold);
    let mut finder = Finder::new(&in_text, &profiles, Rules::One(&configuration));
    let mut context = Context::default();
    let found = finder.read(&mut context, text);
    let mut last = 0;
    for found in &found {
        let range = found.mention.range.clone();
        assert!(
            text.get(range.clone()).is_some_and(|words| !words.trim().is_empty()),
            "{range:?} of {text:?}"
        );
        assert!(range.start >= last, "out of order in {text:?}");
        last = range.start;
        assert!(found.mention.party < context.parties().len());
    }
    found.iter().filter(|found| found.evidence.is_some()).count()
}

#[test]
fn names_are_found() {
    assert_eq!(check("Seyyed Mohammad Hosein Musa Kazemi of Emennet Pasargad"), 2);
    assert_eq!(check("The tanker Grace 1 sailed"), 1);
    assert_eq!(check("香港特首李家超表示"), 1);
    // Either Mohammad may be the name's; the first is.
    assert_eq!(check("names: Mohammad Hosein Musa Kazemi, Mohammad Hijazi"), 1);
    assert_eq!(check(""), 0);
}

/// The listed parties that a text names, and where, where every name opens a window that any of its words is like
/// something of, and where only those do that may reach the line.
fn listed(text: &str, line: Score) -> Vec<(std::ops::Range<usize>, usize)> {
    let profiles = profiles();
    let index = Index::new(&profiles);
    let configuration = Configuration::default();
    let in_text = InText::new(&index, &profiles, line);
    let mut finder = Finder::new(&in_text, &profiles, Rules::One(&configuration));
    let found = finder.read(&mut Context::default(), text);
    let listed = found.into_iter().filter_map(|found| Some((found.mention.range, found.evidence?.entity)));
    listed.collect()
}

/// What is ruled out before it is compared would not have been a match.
fn loses_nothing(text: &str) -> usize {
    let quick = listed(text, Configuration::default().match_threshold);
    assert_eq!(quick, listed(text, Score::from_ten_thousandths(0)), "{text:?}");
    quick.len()
}

#[test]
fn nothing_is_lost_of_reports() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reports");
    let found: usize = (1..=12)
        .map(|number| {
            loses_nothing(&std::fs::read_to_string(folder.join(format!("{number:02}.txt"))).unwrap())
        })
        .sum();
    assert!(found > 0, "the law is of something");
    // A title adds what the words that count lack.
    loses_nothing("Kazemi Seyyed Mohammad . Kazemi Kazemi ");
}

/// Another of the same name behind does not take the first from his name.
#[test]
fn namesakes_nearby_hide_nobody() {
    for text in [
        "Kazemi the Musa Mohamed of 1 KAZEMI, ",
        "Kazemi the Seyyed Musa said Pasargad Musa said Kazemi Mohammad . ",
        "Kazemi Seyyed Mohammad said Kazemi al Kazemi said al Hossein ",
        "Hossein Seyyed KAZEMI, Emen Mohammad ",
    ] {
        assert!(loses_nothing(text) > 0, "{text}");
    }
}

/// What stands between words; mostly nothing.
const BETWEEN: [&str; 12] = ["", "", "", "", "al ", "of ", "the ", "said ", ". ", "\n\n", "Iran ", "tanker "];

/// Words of the names, in one spelling each, some left out, in any order.
fn words_of_names() -> impl Strategy<Value = Vec<&'static str>> {
    let spellings: [&[&str]; 9] = [
        &["Kazemi", "KAZEMI,", "Kazimi"],
        &["Mohammad", "Mohamed"],
        &["Hossein", "Hosein"],
        &["Musa"],
        &["Seyyed", "Mr"],
        &["Emen Net", "Emennet"],
        &["Pasargad", "Pasargat"],
        &["IRGC"],
        &["Grace 1", "Grace", "1 Grace", "2"],
    ];
    let one = spellings.map(|of| prop::sample::select(of.to_vec()));
    one.prop_flat_map(|words| {
        let all = words.len();
        prop::sample::subsequence(words.to_vec(), 0..=all).prop_shuffle()
    })
}

proptest! {
    /// Of each word of a name a text has one here: of several the finder takes those that stand together, and which they are
    /// depends on where it begins.
    #[test]
    fn nothing_is_lost(words in words_of_names(), between in prop::collection::vec(0..BETWEEN.len(), 24)) {
        let between = between.into_iter().map(|n| BETWEEN[n]);
        let text: String = words.into_iter().zip(between).map(|(word, between)| format!("{word} {between}")).collect();
        loses_nothing(&text);
    }

    #[test]
    fn any_text(text in "\\PC{0,200}") {
        check(&text);
    }

    #[test]
    fn any_text_of_names(text in "((Kazemi|KAZEMI,|Mohammad|Hosein|Musa|al|Emen|Net|Pasargad|Emennet|IRGC|Grace|1|\\.|\n\n|- \n|-\n|,|«|»|\"|'s|李家超|李|Казими|the|of|tanker|  | ) ?){0,40}") {
        check(&text);
    }
}
