//! What holds of every text: nothing panics, every place is a place of the text, in order.

// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

use documents::{Context, Finder};
use model::{Entity, Locator, Property, Schema};
use proptest::prelude::*;
use screen::{Configuration, InText, Index, Profile, Rules};

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
    assert_eq!(check(""), 0);
}

proptest! {
    #[test]
    fn any_text(text in "\\PC{0,200}") {
        check(&text);
    }

    #[test]
    fn any_text_of_names(text in "((Kazemi|KAZEMI,|Mohammad|Hosein|Musa|al|Emen|Net|Pasargad|Emennet|IRGC|Grace|1|\\.|\n\n|- \n|-\n|,|«|»|\"|'s|李家超|李|Казими|the|of|tanker|  | ) ?){0,40}") {
        check(&text);
    }
}
