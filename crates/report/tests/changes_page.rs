//! The page of changes: what it says, and that nothing of a list gets out of its text.

// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

use report::{
    ChangeKind, ChangedParty, ChangedProperty, ListChanges, ListSource, ProgrammeChanges, changes_page,
};

const HOSTILE: &str = "</style><script>alert(1)</script><img src=x onerror=\"alert(2)\">&amp;'";

fn property(property: &str, removed: &[&str], added: &[&str]) -> ChangedProperty {
    let texts = |values: &[&str]| values.iter().map(|v| (*v).to_owned()).collect();
    ChangedProperty { property: property.to_owned(), removed: texts(removed), added: texts(added) }
}

fn party(kind: ChangeKind, caption: &str, changes: Vec<ChangedProperty>) -> ChangedParty {
    ChangedParty {
        kind,
        id: "x-1".to_owned(),
        caption: caption.to_owned(),
        schema: "Person".to_owned(),
        changes,
    }
}

fn changes(programme: &str, parties: Vec<ChangedParty>) -> ListChanges {
    let version = |name: &str, parties| ListSource {
        name: name.to_owned(),
        dataset: "watch".to_owned(),
        version: "sha256:00".to_owned(),
        parties,
        ..ListSource::default()
    };
    ListChanges {
        old: version("lists/old.csv", 2),
        new: version("lists/new.csv", 3),
        programmes: vec![ProgrammeChanges { programme: programme.to_owned(), parties }],
        engine: "interdict 0".to_owned(),
        ..ListChanges::default()
    }
}

#[test]
fn every_change_stands_on_the_page() {
    let parties = vec![
        party(
            ChangeKind::Added,
            "DOE, Jane",
            vec![property("name", &[], &["DOE, Jane"]), property("idNumber", &[], &["17"])],
        ),
        party(ChangeKind::Removed, "ROE, Richard", vec![property("birthDate", &["1950"], &[])]),
        party(ChangeKind::Changed, "Xi Wu", vec![property("Passport:country", &["Iran"], &["Iraq"])]),
    ];
    let page = changes_page(&changes("ALPHA", parties));
    for said in [
        "<h1>What changed on watch</h1>",
        "From <bdi>old.csv</bdi> to <bdi>new.csv</bdi>: <strong>1 party added</strong>, <strong>1 removed</strong>, <strong>1 changed</strong>.",
        "<dt>National ID No.</dt><dd><bdi>17</bdi></dd>",
        "<dt>Date of birth</dt><dd><bdi>1950</bdi></dd>",
        "Passport: country",
        "<del><bdi>Iran</bdi></del>",
        "<ins><bdi>Iraq</bdi></ins>",
    ] {
        assert!(page.contains(said), "no {said}\n{page}");
    }
    assert!(!page.contains("<dt>Name</dt>"), "the name heads the card");
}

#[test]
fn nothing_changed() {
    let page = changes_page(&ListChanges { programmes: Vec::new(), ..changes("", Vec::new()) });
    assert!(page.contains("Nothing that is published of any party changed."));
}

#[test]
fn many_are_folded_and_all_are_there() {
    let parties = (0..100).map(|n| party(ChangeKind::Added, &format!("party {n}."), Vec::new())).collect();
    let page = changes_page(&changes("", parties));
    assert!(page.contains("<summary>100 added</summary>") && page.contains("No programme"));
    assert!((0..100).all(|n| page.contains(&format!("party {n}."))));
}

#[test]
fn nothing_of_a_list_gets_out_of_its_text() {
    for kind in [ChangeKind::Added, ChangeKind::Changed] {
        let mut hostile = party(kind, HOSTILE, vec![property(HOSTILE, &[HOSTILE], &[HOSTILE])]);
        (hostile.id, hostile.schema) = (HOSTILE.to_owned(), HOSTILE.to_owned());
        let mut changes = changes(HOSTILE, vec![hostile]);
        changes.warnings = vec![HOSTILE.to_owned()];
        for list in [&mut changes.old, &mut changes.new] {
            (list.name, list.dataset, list.version) =
                (HOSTILE.to_owned(), HOSTILE.to_owned(), HOSTILE.to_owned());
        }
        let page = changes_page(&changes);
        for never in ["<script", "<img", "onerror=\"alert"] {
            assert!(!page.contains(never), "{never}\n{page}");
        }
        assert_eq!(page.matches("</style>").count(), 1, "our own");
        assert_eq!(page, changes_page(&changes), "the same changes give the same page");
    }
}
