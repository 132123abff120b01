//! No bytes make the readers of tables, spreadsheets and JSON records panic, or take more time or memory than the file is
//! worth.

#![allow(clippy::unwrap_used)] // helpers of tests are tests

mod common;

use common::{worksheet, xlsx, xlsx_of};
use lists::{ListErrorKind, SourceFile, apply_delta, read, recognise};
use proptest::prelude::*;

const CONLIST: &[u8] = b"Last Updated,13/04/2018\nName 6,Name 1,DOB,Town of Birth,Country of Birth,Nationality,Passport Details,\
NI Number,Address 1,Country,Other Information,Group Type,Alias Type,Regime,Group ID\n\"QUILL\",Toby,00/00/1957,(1) Minsk (2)-(3) \
Brest,(1)-(2) Iran,1) Iran 2) Iraq,Passport no.205939411 (issued 2004),D 001206 (Afghan),1 High St,Iran (since 2009),\"UN Ref \
QDe.004. IMO: 8937675.\",Individual,AKA,Iran,13349\n";
const CSL: &[u8] = b"_id,source,entity_number,type,name,addresses,federal_register_notice,source_list_url,alt_names,ids\n71,Capta \
List (CAP) - Treasury,71,Entity,X,\"Basrah, IQ; SY\",,http://l.example,A; B,\"IR, 2028-01-01, 2018-01-01, Z30, Passport; XBT 1, \
Digital Currency Address - XBT\"\n";
const DPL: &[u8] =
    b"Name\tStreet_Address\tEffective_Date\tFR_Citation\nX\t1 High St\t04/05/2003\t68 F.R. 1\n";
const CSL_JSON: &[u8] = br#"{"results":[{"id":"71","source":"A (B) - C","name":"X","ids":[{"type":"Passport","number":"Z30"}],"addresses":[{"city":"Minsk"}],"source_list_url":"u"}]}"#;
const SENZING: &[u8] = br#"{"DATA_SOURCE":"CRM","RECORD_ID":"1","FEATURES":[{"NAME_FIRST":"Toby","NAME_LAST":"Quill"},{"PASSPORT_NUMBER":"Z30"},{"REL_ANCHOR_KEY":"1","REL_POINTER_KEY":"1"}]}"#;
const DELTA: &[u8] = br#"{"op":"ADD","entity":{"id":"c","schema":"Person","properties":{"name":["Jill"]}}}"#;
const FTM: &[u8] = br#"{"id":"a","schema":"Person","properties":{"name":["Jane DOE"]}}"#;
const UK_XML: &[u8] = include_bytes!("fixtures/uk_sanctions.xml");

fn survives(bytes: &[u8]) {
    let _ = recognise(bytes);
    if let Ok(list) = read(&SourceFile { name: "main", bytes }, &[]) {
        assert_eq!(list.report.total(), list.entities.len());
        assert!(!list.entities.is_empty());
    }
    let base = read(&SourceFile { name: "base", bytes: FTM }, &[]).unwrap();
    let _ = apply_delta(&base, &SourceFile { name: "delta", bytes });
}

/// Edits of a file: a byte changed, put in, taken out, or the rest cut off.
fn edited(file: &[u8], edits: Vec<(prop::sample::Index, u8, u8)>) -> Vec<u8> {
    let mut bytes = file.to_vec();
    for (at, kind, byte) in edits {
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
}

fn edits() -> impl Strategy<Value = Vec<(prop::sample::Index, u8, u8)>> {
    let byte =
        prop_oneof![Just(b'('), Just(b')'), Just(b'1'), Just(b' '), Just(b','), Just(b'"'), any::<u8>()];
    // A cut is the rarest of them: it leaves little to read.
    prop::collection::vec(
        (any::<prop::sample::Index>(), prop_oneof![8 => 0..3_u8, 1 => Just(3)], byte),
        0..12,
    )
}

fn australian() -> Vec<Vec<String>> {
    let head =
        "Reference|Name of Individual or Entity|Type|Name Type|Date of Birth|Address|Committees|Control Date";
    let row = "#7|Tobias QUILL|Individual|Primary Name|@29221|a) 1 High St, Iran b) 2|X|@41988";
    [head, row].iter().map(|row| row.split('|').map(str::to_owned).collect()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_files(
        file in prop::sample::select(vec![CONLIST, CSL, DPL, CSL_JSON, SENZING, DELTA, UK_XML]),
        edits in edits(),
    ) {
        survives(&edited(file, edits));
    }

    /// A field of marks, parentheses and labels, in each column where they mean something.
    #[test]
    fn any_field(field in "(\\(1\\)|\\(2\\)|a\\)|b\\)|1\\)|\\(|\\)|-|UN Ref|IMO|No\\.|no\\.|:|;|\\.| |é|ß|٣|[A-Z]{1,3}|[0-9]{1,9}){0,30}") {
        let text = String::from_utf8(CONLIST.to_vec()).unwrap();
        let head: String = text.lines().take(2).map(|line| format!("{line}\n")).collect();
        let row = [field.replace(['"', '\n'], " ").as_str(); 14].map(|f| format!("\"{f}\"")).join(",");
        survives(format!("{head}{row},77\n").as_bytes());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    /// The archive itself is damaged.
    #[test]
    fn mutated_workbooks(edits in edits()) {
        survives(&edited(&xlsx(&australian()), edits));
    }

    /// The archive is whole, and the sheet in it is damaged.
    #[test]
    fn mutated_sheets(edits in edits()) {
        let sheet = edited(worksheet(&australian()).as_bytes(), edits);
        survives(&xlsx_of(&String::from_utf8_lossy(&sheet)));
    }
}

/// A cell that claims to stand at the far end of the sheet takes no room for those before it, and a number of days that no
/// calendar has is no date.
#[test]
fn far_cells_and_odd_dates() {
    let sheet = worksheet(&australian());
    let far = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>";
    let rows = [
        sheet.replace("</sheetData>", far),
        sheet.replace("29221", "1e300"),
        sheet.replace("29221", "-5"),
        sheet.replace("29221", "NaN"),
        sheet.replace("r=\"A2\"", "r=\"A99999999999\""),
        sheet.replace("r=\"A2\"", "r=\"\""),
    ];
    for sheet in rows {
        survives(&xlsx_of(&sheet));
    }
}

#[test]
fn a_damaged_spreadsheet_is_said_to_be_one() {
    let bytes = common::archive(&[("[Content_Types].xml", "<x/>"), ("xl/workbook.xml", "<x/>")]);
    let error = read(&SourceFile { name: "list.xlsx", bytes: &bytes }, &[]).unwrap_err();
    assert!(matches!(error.kind(), ListErrorKind::Damaged { .. }), "{error}");
    let unknown = xlsx(&[vec!["Shoe".to_owned(), "Size".to_owned()], vec!["a".to_owned(), "41".to_owned()]]);
    let error = read(&SourceFile { name: "list.xlsx", bytes: &unknown }, &[]).unwrap_err().to_string();
    assert!(error.contains("this is a spreadsheet") && error.contains("save the sheet as CSV"), "{error}");
}

/// Files made to be slow: each must be read in a time that grows with its size only.
#[test]
fn slow_files() {
    let text = String::from_utf8(CONLIST.to_vec()).unwrap();
    let head: String = text.lines().take(2).map(|line| format!("{line}\n")).collect();
    let row = |n: usize| format!("N{n},,{n},,,,P{n}0,X{n}1,{n},,Note {n},Individual,AKA,R{n},7\n");
    let many_rows: String = (0..40_000).map(row).collect();
    let marks: String = (1..40_000).map(|n| format!("({n}) x ")).collect();
    let one_mark = "(1) ".repeat(100_000);
    let links = |n: usize| format!("<Subsidiary>s{n}</Subsidiary>");
    let links: String = (0..50_000).map(links).collect();
    let xml = String::from_utf8(UK_XML.to_vec())
        .unwrap()
        .replace("<Subsidiary>Star Crewing Ltd</Subsidiary>", &links);
    let features: String = (0..50_000).map(|n| format!(",{{\"NAME_FULL\":\"n{n}\"}}")).collect();
    let senzing = format!("{{\"DATA_SOURCE\":\"x\",\"RECORD_ID\":\"1\",\"FEATURES\":[{{}}{features}]}}");
    for text in [
        format!("{head}{many_rows}"),
        format!("{head}N,,,,,\"{marks}\",,,,,,,,,7\n"),
        format!("{head}N,,,\"{one_mark}\",,\"{one_mark}\",\"{one_mark}\",,,,,,,,7\n"),
        xml,
        senzing,
    ] {
        let start = std::time::Instant::now();
        survives(text.as_bytes());
        assert!(start.elapsed().as_secs() < 5, "{:?} {}", start.elapsed(), &text[..40]);
    }
}
