//! No bytes make the readers of the UN, EU, Swiss and Canadian lists panic; a file that is cut is refused at its line; no
//! file is slow beyond its size.

#![allow(clippy::unwrap_used)] // helpers of tests are tests

use std::collections::BTreeSet;
use std::time::Instant;

use lists::{SourceFile, read};
use proptest::prelude::*;

const UN: &str = include_str!("fixtures/un.xml");
const EU: &str = include_str!("fixtures/eu.xml");
const EU_CSV: &str = include_str!("fixtures/eu.csv");
const SECO: &str = include_str!("fixtures/seco.xml");
const CANADA: &str = "<data-set><record><Country>Haiti / Haïti</Country><LastName>DOE</LastName><GivenName>Jane\
    </GivenName><Aliases>Jane Dough, J. or Jana Doe; Arabic: جين / دو</Aliases><Schedule>1, Part 1.1</Schedule>\
    <Item>3</Item></record></data-set>";
const OLD: &str = "\"Date_file1;Entity_logical_id;Naal_wholename;Addr_other;Iden_number;Birt_date\t\"\r\n\
    \"1;5;\"\"DOE; Jane\"\";PHONE[1]\\nFAX[2];A1 (passport-National passport) ((x));N/A\t\"\r\n";

fn survives(bytes: &[u8]) {
    if let Ok(list) = read(&SourceFile { name: "main", bytes }, &[]) {
        assert_eq!(list.report.total(), list.entities.len());
        // What became a table of one's own by a mutation has rows with an identifier alone.
        let ours = ["un_sc", "eu_fsf", "ch_seco", "ca_sema"].contains(&list.dataset.as_str());
        assert!(!ours || list.entities.iter().all(|entity| entity.names().next().is_some()));
        let ids: BTreeSet<&str> = list.entities.iter().map(|entity| &*entity.id).collect();
        assert_eq!(ids.len(), list.entities.len(), "no id is given twice");
    }
}

/// A valid file with bytes changed, put in or taken out, or whole pieces of it moved.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just("<".to_owned()),
        Just(">".to_owned()),
        Just("\"".to_owned()),
        Just(";".to_owned()),
        Just("(".to_owned()),
        Just(")".to_owned()),
        Just(" / ".to_owned()),
        Just("Russian:".to_owned()),
        Just("]".to_owned()),
        Just("ß".to_owned()),
        Just("\u{0}".to_owned()),
        "\\PC{0,3}",
    ];
    let edit = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..6_u8, piece);
    let file = prop::sample::select(vec![UN, EU, EU_CSV, SECO, CANADA, OLD]);
    (file, prop::collection::vec(edit, 0..12)).prop_map(|(file, edits)| {
        let mut bytes = file.as_bytes().to_vec();
        for (at, to, kind, piece) in edits {
            if bytes.is_empty() {
                break;
            }
            let (at, to) = (at.index(bytes.len()), to.index(bytes.len()));
            let (from, to) = (at.min(to), at.max(to));
            match kind {
                0 | 1 => drop(bytes.splice(at..at, piece.bytes())),
                2 => drop(bytes.remove(at)),
                3 => drop(bytes.splice(from..to.min(from + 40), piece.bytes())),
                4 => {
                    let again = bytes[from..to.min(from + 400)].to_vec();
                    drop(bytes.splice(from..from, again));
                }
                _ => bytes[at] = piece.bytes().next().unwrap_or(0xFF),
            }
        }
        bytes
    })
}

/// Texts of what the readers take apart, in a record of each list.
fn with_text(text: &str) -> [String; 4] {
    let text: String = text.chars().filter(|c| !['<', '&', '"'].contains(c)).collect();
    let un = format!(
        "<CONSOLIDATED_LIST><INDIVIDUAL><FIRST_NAME>A</FIRST_NAME><REFERENCE_NUMBER>{text}1</REFERENCE_NUMBER>\
        <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>{text}</ALIAS_NAME></INDIVIDUAL_ALIAS>\
        </INDIVIDUAL></CONSOLIDATED_LIST>"
    );
    let canada = CANADA.replace("Jane Dough", &text);
    let eu = format!(
        "<export><sanctionEntity logicalId=\"{text}1\"><nameAlias wholeName=\"A\"/><identification number=\"{text}\"/>\
        </sanctionEntity></export>"
    );
    let table =
        format!("Entity_logical_id;Naal_wholename;Addr_other;Iden_number\n1;A;\"{text}\";\"{text}\"\n");
    [un, canada, eu, table]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_files(bytes in mutated()) {
        survives(&bytes);
    }

    #[test]
    fn any_text_in_a_field(text in "(\\PC|[;(),/\\[\\]:]| or | / |Russian: |Arabic:|\\(a-b\\)|\n){0,30}") {
        for file in with_text(&text) {
            survives(file.as_bytes());
        }
    }
}

#[test]
fn a_file_that_is_cut_is_refused_at_its_line() {
    for (name, file) in [("un.xml", UN), ("eu.xml", EU), ("seco.xml", SECO)] {
        let lines: Vec<&str> = file.lines().collect();
        for kept in [lines.len() / 3, lines.len() / 2, lines.len() - 1] {
            let cut = lines[..kept].join("\n");
            let error = read(&SourceFile { name, bytes: cut.as_bytes() }, &[]).unwrap_err().to_string();
            assert!(error.starts_with(&format!("{name}: line {kept}: ")) && error.contains("cut"), "{error}");
        }
    }
}

#[test]
fn nobody_listed() {
    let rows = [
        ("<CONSOLIDATED_LIST><INDIVIDUALS/></CONSOLIDATED_LIST>", "the file has no rows"),
        ("<export><sanctionEntity logicalId=\"1\"/></export>", "line 1: the party eu-1 has no name"),
        ("<data-set>\n<record/></data-set>", "line 2: the record has neither"),
        ("<swiss-sanctions-list>\n\n<target/></swiss-sanctions-list>", "line 3: the target has no ssid"),
        (
            "fileGenerationDate;Entity_LogicalId;NameAlias_WholeName\n1;;A\n",
            "line 2: the row has no logical id",
        ),
        ("fileGenerationDate;Entity_LogicalId;NameAlias_WholeName\n", "the file has no rows"),
    ];
    for (file, expected) in rows {
        let error = read(&SourceFile { name: "x", bytes: file.as_bytes() }, &[]).unwrap_err().to_string();
        assert!(error.contains(expected), "{file}: {error}");
    }
}

/// Many of everything: the time grows with the size only.
#[test]
fn slow_files() {
    let many = 50_000;
    let alias = |n: usize| {
        format!(
            "<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>name {n}</ALIAS_NAME></INDIVIDUAL_ALIAS>"
        )
    };
    let un = |aliases: &str, more: &str| {
        format!(
            "<CONSOLIDATED_LIST><INDIVIDUAL><FIRST_NAME>A</FIRST_NAME><REFERENCE_NUMBER>1</REFERENCE_NUMBER>{aliases}\
            </INDIVIDUAL>{more}</CONSOLIDATED_LIST>"
        )
    };
    let aliases: String = (0..many).map(alias).collect();
    let one_field = alias(1).replace("name 1", &"(a;".repeat(many));
    let same_id = "<INDIVIDUAL><FIRST_NAME>A</FIRST_NAME><REFERENCE_NUMBER>1</REFERENCE_NUMBER></INDIVIDUAL>"
        .repeat(many);
    let act = |n: usize| format!("<citizenship><regulationSummary numberTitle=\"{n}\"/></citizenship>");
    let acts: String = (0..many).map(act).collect();
    let papers = "<identification logicalId=\"1\" number=\"1\"/>".repeat(many);
    let eu = |body: &str| {
        format!(
            "<export><sanctionEntity logicalId=\"1\"><nameAlias wholeName=\"A\"/>{body}</sanctionEntity></export>"
        )
    };
    let rows: String = (0..many).map(|n| format!("1;1;name {n};{n}\n")).collect();
    let table =
        format!("fileGenerationDate;Entity_LogicalId;NameAlias_WholeName;Entity_DesignationDetails\n{rows}");
    let variants: String =
        (0..many).map(|n| format!("<spelling-variant lang=\"x{n}\">v</spelling-variant>")).collect();
    let part = format!("<name-part><value>A</value>{variants}</name-part>");
    let seco = format!(
        "<swiss-sanctions-list><target ssid=\"1\"><entity><identity><name name-type=\"primary-name\">{part}{part}</name>\
        </identity></entity></target></swiss-sanctions-list>"
    );
    let canada = CANADA.replace("Jane Dough", &"Russian: a b, ".repeat(many));
    for (what, file) in [
        ("aliases", un(&aliases, "")),
        ("aliases in one field", un(&one_field, "")),
        ("one id", un("", &same_id)),
        ("acts", eu(&acts)),
        ("papers of one number", eu(&papers)),
        ("rows", table),
        ("spellings", seco),
        ("languages", canada),
    ] {
        let start = Instant::now();
        survives(file.as_bytes());
        assert!(start.elapsed().as_secs() < 5, "{what}: {:?}", start.elapsed());
    }
}
