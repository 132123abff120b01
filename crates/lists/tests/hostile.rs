//! No bytes make a reader panic, and what is broken is said.

use lists::{SourceFile, read, recognise};
use proptest::prelude::*;

const SDN: &[u8] = b"33496,\"KASHIAN, Sajjad\",\"individual\",\"ELECTION-EO13848\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"DOB 17 \
Sep 1994; nationality Iran; Gender Male; National ID No. 4560134669 (Iran); a.k.a. 'NABAVI, Kiarash'; Linked To: EMENNET \
PASARGAD; Digital Currency Address - XBT 1Example.\"\r\n33634,\"EMENNET PASARGAD\",-0- ,\"ELECTION-EO13848\",-0- ,-0- ,-0- ,\
-0- ,-0- ,-0- ,-0- ,-0- \r\n\x1A";
const ALT: &[u8] = b"33634,1,\"fka\",\"NET PEYGARD SAMAVAT COMPANY\",-0- \r\n\x1A";
const ADD: &[u8] = b"33634,1,-0- ,\"Tehran\",\"Iran\",-0- \r\n\x1A";
const COMMENTS: &[u8] = b"33496,\"; a.k.a. 'x'\"\r\n\x1A";
const FTM: &[u8] = br#"{"id":"a","schema":"Person","properties":{"name":["Jane DOE"],"birthDate":["1979"]}}
{"id":"b","schema":"Company","datasets":["x"],"properties":{"name":["Some Ltd"]}}"#;
const TABLE: &[u8] = b"id,schema,name,nationality\n1,Person,\"DOE, Jane\",Iran\n2,Company,Some Ltd,\n";

fn survives(main: &[u8], siblings: &[&[u8]]) {
    let siblings: Vec<_> = siblings.iter().map(|bytes| SourceFile { name: "sibling", bytes }).collect();
    let _ = recognise(main);
    if let Ok(list) = read(&SourceFile { name: "main", bytes: main }, &siblings) {
        assert_eq!(list.report.total(), list.entities.len());
        assert!(!list.entities.is_empty());
    }
}

/// A valid file with a few bytes changed, put in or taken out.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let edit = (
        any::<prop::sample::Index>(),
        0..4_u8,
        prop_oneof![Just(b'"'), Just(b'\''), Just(b';'), any::<u8>()],
    );
    let file = prop::sample::select(vec![SDN, ALT, ADD, COMMENTS, FTM, TABLE]);
    (file, prop::collection::vec(edit, 0..12)).prop_map(|(file, edits)| {
        let mut bytes = file.to_vec();
        for (at, kind, byte) in edits.into_iter().filter(|_| !file.is_empty()) {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 => drop(bytes.remove(at)),
                _ => bytes.truncate(at),
            }
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(main in prop::collection::vec(any::<u8>(), 0..400), sibling in prop::collection::vec(any::<u8>(), 0..200)) {
        survives(&main, &[&sibling]);
    }

    #[test]
    fn any_text(main in "(\\PC|[\n\r\t\"',;0-9]){0,200}") {
        survives(main.as_bytes(), &[]);
    }

    #[test]
    fn any_remarks(remarks in "(a\\.k\\.a\\. '|'|;|\\.| |Passport |issued |\\(|\\)|DOB |1979|alt\\. |Linked To: |ß|[a-z]){0,40}") {
        let row = format!("1,\"X\",-0- ,\"P\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"{remarks}\"\r\n");
        survives(row.as_bytes(), &[]);
    }

    #[test]
    fn mutated_files(main in mutated(), sibling in mutated(), other in mutated()) {
        survives(&main, &[&sibling, &other]);
    }
}

/// Found by fuzzing: a word of a rule within a clause, after letters of several bytes.
#[test]
fn words_after_letters_of_several_bytes() {
    for remarks in ["a‡‡‡ minister", "وزیر Minister of Oil", "é son of"] {
        let row =
            format!("1,\"X\",\"individual\",\"P\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"{remarks}\"\r\n");
        survives(row.as_bytes(), &[]);
    }
}

/// Files made to be slow: each must be read in a time that grows with its size only.
#[test]
fn slow_files() {
    let open = "\"a\n".repeat(300_000);
    let doubled = "x,\"y\"\"\n".repeat(300_000);
    let aliases = "a.k.a. 'x;".repeat(300_000);
    let distinct: String = (0..200_000).map(|n| format!("note {n}a; ")).collect();
    let row =
        |remarks: &str| format!("1,\"X\",-0- ,\"P\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"{remarks}\"\r\n");
    for text in [format!("{}{open}", row("")), format!("{}{doubled}", row("")), row(&aliases), row(&distinct)]
    {
        let start = std::time::Instant::now();
        survives(text.as_bytes(), &[]);
        assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
    }
}
