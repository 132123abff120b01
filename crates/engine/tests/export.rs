//! What leaves as FollowTheMoney: each value in its place, and none left out. `benches/ftm/validate.py` asks the package itself.

#![allow(clippy::unwrap_used)] // helpers of tests are tests

use std::path::{Path, PathBuf};

use engine::{Exported, ScreenList, export_list};
use serde_json::Value;

fn export(list: &ScreenList) -> (Vec<Value>, Exported) {
    let mut out = Vec::new();
    let exported = export_list(list, &mut out).unwrap();
    let lines = String::from_utf8(out).unwrap();
    let entities: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(entities.len(), exported.entities);
    (entities, exported)
}

fn fixtures() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folders = ["benches/ftm/fixtures", "crates/lists/tests/fixtures"];
    let mut files: Vec<PathBuf> = folders
        .iter()
        .flat_map(|folder| std::fs::read_dir(root.join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
}

/// `schema id property=value ...`
fn shown(entity: &Value) -> String {
    let mut text = format!("{} {}", entity["schema"].as_str().unwrap(), entity["id"].as_str().unwrap());
    for (property, values) in entity["properties"].as_object().unwrap() {
        for value in values.as_array().unwrap() {
            text += &format!(" {property}={}", value.as_str().unwrap());
        }
    }
    text
}

#[test]
fn each_value_in_its_place() {
    let own = fixtures().into_iter().find(|path| path.ends_with("own.csv")).unwrap();
    let (entities, exported) = export(&ScreenList::open(&own).unwrap());
    let entities: Vec<String> = entities.iter().map(shown).collect();
    let rows = [
        // The year of a birth date that is no day, and the words that it was published in.
        "Person a.5f.1 name=QUILL, Tobias birthDate=1958 notes=birthDate: circa 1958 notes=nationality: possibly Iranian \
         notes=phone: 020 7946 0018 notes=email: tobias@nowhere notes=website: see below notes=shoeSize: 43 \
         passportNumber=Z30 gender=male",
        // A wallet with its currency, and the UN's number with the day of listing, are entities of the party.
        "CryptoWallet a.5f.1-cryptowallet-12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h holder=a.5f.1 \
         publicKey=12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h currency=XBT",
        "Sanction a.5f.1-sanction entity=a.5f.1 unscId=QDi.990 listingDate=2001-01-01",
        // A company has no passport, and no LEI whose check digits are wrong.
        "Company b.20.1 name=NORTHERN STAR LTD notes=birthDate: 00/00/1957 country=mt idNumber=C 4711 \
         registrationNumber=852777978 currency=XMR",
        "Security b.20.1-security-US1694261033 issuer=b.20.1 isin=US1694261033",
        // An owner is an entity: one that is there, or one of that name.
        "Vessel v-1 name=NORTHERN STAR country=pa registrationNumber=9187628 owner=own-named-Northern-Shipping-Ltd",
        "LegalEntity own-named-Northern-Shipping-Ltd name=Northern Shipping Ltd.",
        "Airplane v-2 name=EP-QUI owner=b.20.1",
    ];
    for row in rows {
        assert!(entities.iter().any(|entity| entity == row), "{row}\n{entities:#?}");
    }
    assert_eq!(exported.notes[&("Person".to_owned(), "birthDate".to_owned())], 2);
}

/// Every value of every source is somewhere: as published, or as the code or date that it was read as.
#[test]
fn nothing_is_left_out() {
    for path in fixtures() {
        let list = ScreenList::open(&path).unwrap();
        let (entities, _) = export(&list);
        let strings: String = entities.iter().map(|entity| shown(entity) + "\n").collect();
        let referents: Vec<&Value> =
            entities.iter().filter_map(|e| e["referents"].as_array()).flatten().collect();
        for entity in list.entities.iter().chain(&list.relations) {
            for statement in &entity.statements {
                let (published, read) = (&*statement.value, model::ftm_value(statement));
                let there = strings.contains(published)
                    || strings.contains(&*read)
                    || referents.iter().any(|id| **id == *published)
                    || strings.to_lowercase().contains(&format!("gender={}", published.to_lowercase()));
                assert!(there, "{}: {} {}={published}", path.display(), entity.id, statement.property);
            }
        }
    }
}
