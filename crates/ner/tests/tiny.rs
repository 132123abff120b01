//! A model is loaded and read as real ones are: a tiny one, which `tiny.py` makes.

// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use documents::{Context, Finder};
use interdict_ner::{Model, NerError};
use model::{Entity, Locator, Property, Schema};
use screen::{Configuration, InText, Index, Profile, Rules};

fn tiny() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tiny/model.onnx")
}

/// Who is found in a text beside one listed party: the words and what they are.
fn found(text: &str) -> (Vec<String>, Option<String>) {
    let mut entity = Entity::new("x-1", Schema::Organization);
    entity.add(Property::Name, "EMENNET PASARGAD", Locator::Direct);
    let profiles = vec![Profile::new(&entity)];
    let index = Index::new(&profiles);
    let configuration = Configuration::default();
    let in_text = InText::new(&index, &profiles, configuration.match_threshold);
    let model = Model::open(&tiny()).unwrap();
    let mut finder = Finder::new(&in_text, &profiles, Rules::One(&configuration)).finding_others_by(&model);
    let mut context = Context::default();
    let found = finder.read(&mut context, text);
    let words = found.iter().map(|found| {
        let party = &context.parties()[found.mention.party];
        format!("{} {}", party.schema.name(), &text[found.mention.range.clone()])
    });
    (words.collect(), context.unread().map(str::to_owned))
}

#[test]
fn the_model_finds_people_and_organisations() {
    // Letters of several bytes before the names: ranges are bytes.
    let text = "Łódź – Anna Vardanov met Ivan of Acme Trading, Emennet Pasargad and John Smith.";
    let expected =
        ["Person Anna Vardanov", "Person Ivan", "Organization Acme Trading", "Organization Emennet Pasargad"];
    assert_eq!(found(text), (expected.map(str::to_owned).to_vec(), None));
}

#[test]
fn a_long_text_is_read_in_pieces() {
    let text = format!("{}Anna Vardanov met nobody", "of ".repeat(2_000));
    assert_eq!(found(&text).0, ["Person Anna Vardanov"]);
}

#[test]
fn what_is_no_model_says_so() {
    let said = |result: Result<Model, NerError>| result.err().unwrap().to_string();
    assert!(said(Model::open(Path::new("/nowhere/model.onnx"))).starts_with("/nowhere/model.onnx: "));
    let read = |name: &str| std::fs::read(tiny().with_file_name(name)).unwrap();
    let (onnx, tokenizer, config) = (read("model.onnx"), read("tokenizer.json"), read("config.json"));
    assert!(said(Model::new(b"x", &tokenizer, &config)).starts_with("the model: "));
    assert!(said(Model::new(&onnx, b"{}", &config)).starts_with("tokenizer.json: "));
    assert!(said(Model::new(&onnx, &tokenizer, b"{}")).starts_with("config.json: "));
}
