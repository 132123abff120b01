//! Bad input, as a list and as a customer file: a clear result, or an error that names file, line and remedy.
//! Never a panic, never silence (`common::run` holds both for every run), never a good row lost to a bad one.

// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

mod common;

use std::io::Write;
use std::path::{Path, PathBuf};

use common::{Faults, arg, json_lines, run};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;
use testkit::Scratch;
use zip::write::SimpleFileOptions;

/// A row of OFAC's primary file.
fn listed(id: u32, name: &str) -> String {
    format!("{id},\"{name}\",\"individual\",\"SDGT\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n")
}

/// The two parties that every list here holds beside what is wrong with it.
fn first() -> String {
    listed(1, "MÜLLER, Jürgen")
}

fn last() -> String {
    listed(9, "SHIRINKAR, Mohammad Bagher")
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn utf16(text: &str, big: bool) -> Vec<u8> {
    let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(bytes).collect()
}

fn cp1252(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
}

/// Half of what it was, as a download that broke off.
fn half(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.truncate(bytes.len() / 2);
    bytes
}

/// Rows that differ, so that they do not pack to nothing.
fn many_rows() -> String {
    let row = |n: u32| format!("r{n},Person {:x} Smith\n", n.wrapping_mul(2_654_435_761));
    "id,name\n".to_owned() + &(0..20_000).map(row).collect::<String>()
}

/// The ids that a name finds in a list, and what standard error says.
fn find(list: &Path, name: &str) -> (i32, Vec<String>, String) {
    let ran = run(&["screen", name, "--list", arg(list), "--format", "json"], "");
    if ran.status == 3 {
        assert_eq!(ran.stdout, "", "no list, no answer");
        return (3, Vec::new(), ran.stderr);
    }
    let line: Value = serde_json::from_str(&ran.stdout).unwrap();
    let ids =
        line["results"].as_array().unwrap().iter().map(|r| r["id"].as_str().unwrap().to_owned()).collect();
    (ran.status, ids, ran.stderr)
}

/// What it is, the file, its bytes, the status of `lists show` and what that must say.
type ListRow = (&'static str, &'static str, Vec<u8>, i32, &'static [&'static str]);

/// Lists that can be read, at least in part: both parties are found, and what `lists show` says of the rest.
#[test]
fn lists_that_hold_something() {
    let mut faults = Faults::default();
    let scratch = Scratch::new();
    let around = |bad: &[u8]| [first().as_bytes(), bad, last().as_bytes()].concat();
    let plain = first() + &last();
    let long = |what: &str| {
        format!("5,\"{what}\",\"individual\",\"X\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"{what}\"\r\n")
    };
    let own =
        "id;name;shoe size;nationality\n1;Jürgen Müller;44;Germany\n9;Mohammad Bagher Shirinkar;41;Iran\n";
    let rows: Vec<ListRow> = vec![
        ("as it should be", "sdn.csv", around(b""), 0, &[]),
        (
            "a row that breaks off",
            "sdn.csv",
            around(b"5,\"ROE, Richard\",\"indiv\r\n"),
            4,
            &["sdn.csv", "line 2"],
        ),
        (
            "a row that breaks off at the end",
            "sdn.csv",
            [around(b""), b"5,\"ROE, Ric".to_vec()].concat(),
            4,
            &["line 3"],
        ),
        (
            "too few columns",
            "sdn.csv",
            around(b"5,\"ROE, Richard\",\"individual\"\r\n"),
            4,
            &["line 2", "column"],
        ),
        (
            "too many columns",
            "sdn.csv",
            around(b"5,a,b,c,d,e,f,g,h,i,j,k,l,m,n\r\n"),
            4,
            &["line 2", "column"],
        ),
        (
            "a quotation mark that never closes",
            "sdn.csv",
            around(b"5,\"ROE, Richard,b,c,d,e,f,g,h,i,j,k\r\n"),
            4,
            &["line 2"],
        ),
        ("no UTF-8", "sdn.csv", cp1252(&plain), 0, &["windows-1252"]),
        ("a line of 10 MB", "sdn.csv", around(long(&"long ".repeat(1 << 20)).as_bytes()), 0, &[]),
        ("gzip", "sdn.csv.gz", gzip(plain.as_bytes()), 0, &[]),
        ("gzip by another name", "list.dat", gzip(plain.as_bytes()), 0, &[]),
        ("zip", "sdn.zip", zip(&[("sdn.csv", plain.as_bytes())]), 0, &[]),
        (
            "zip with siblings",
            "sdn.zip",
            zip(&[("x/alt.csv", b"1,1,\"aka\",\"X, Y\",-0- \r\n"), ("x/sdn.csv", plain.as_bytes())]),
            0,
            &[],
        ),
        ("UTF-16, little end first", "sdn.csv", utf16(&plain, false), 0, &[]),
        ("UTF-16, big end first", "sdn.csv", utf16(&plain, true), 0, &[]),
        ("UTF-8 with a mark", "sdn.csv", format!("\u{FEFF}{plain}").into_bytes(), 0, &[]),
        ("a column that we do not know", "own.csv", own.into(), 0, &["shoe size"]),
        ("own table in UTF-16", "own.csv", utf16(own, false), 0, &["shoe size"]),
        ("own table, no UTF-8", "own.csv", cp1252(own), 0, &["windows-1252"]),
    ];
    for (what, file, bytes, status, said) in rows {
        let list = scratch.file(file, bytes);
        let show = run(&["lists", "show", arg(&list), "--format", "table"], "");
        faults.unless(show.status == status, || format!("{what}: {}{}", show.stdout, show.stderr));
        faults.unless_said(what, &(show.stdout + &show.stderr), said);
        for (name, id) in [("Jürgen Müller", "1"), ("Mohammad Bagher Shirinkar", "9")] {
            let (_, ids, stderr) = find(&list, name);
            faults.unless(ids.iter().any(|i| i.rsplit('-').next() == Some(id)), || {
                format!("{what}: {name} is not in {ids:?}\n{stderr}")
            });
            let lines: Vec<&str> = said.iter().copied().filter(|word| word.starts_with("line")).collect();
            faults.unless_said(what, &stderr, &lines);
        }
    }
}

/// Lists that hold nothing: no search is done, and the message says which file and what to do.
#[test]
fn lists_that_hold_nothing() {
    let mut faults = Faults::default();
    let scratch = Scratch::new();
    let plain = (1..2000).map(|n| listed(n, &format!("X{:x}, Y", n * 7919))).collect::<String>();
    let rows: Vec<(&str, &str, Vec<u8>, &[&str])> = vec![
        ("empty", "sdn.csv", Vec::new(), &["sdn.csv", "empty"]),
        ("an end mark only", "sdn.csv", b"\x1A".to_vec(), &["sdn.csv", "empty"]),
        ("blanks only", "sdn.csv", b"\r\n \r\n".to_vec(), &["sdn.csv", "empty"]),
        ("an empty gzip", "sdn.csv.gz", gzip(b""), &["sdn.csv", "empty"]),
        (
            "a gzip that breaks off",
            "sdn.csv.gz",
            half(gzip(plain.as_bytes())),
            &["sdn.csv.gz", "damaged", "remedy"],
        ),
        (
            "a zip that breaks off",
            "sdn.zip",
            half(zip(&[("sdn.csv", plain.as_bytes())])),
            &["sdn.zip", "damaged", "remedy"],
        ),
        ("an empty zip", "sdn.zip", zip(&[]), &["sdn.zip", "empty"]),
        (
            "a spreadsheet",
            "list.xlsx",
            zip(&[("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"<x/>")]),
            &["list.xlsx", "spreadsheet", "save it as CSV"],
        ),
        (
            "a web page",
            "sdn.csv",
            b"<!DOCTYPE html><html><body>Log in</body></html>".to_vec(),
            &["sdn.csv", "web page"],
        ),
        ("NUL bytes in a row", "sdn.csv", listed(5, "ROE\0, Rich\0ard").into_bytes(), &["sdn.csv", "binary"]),
        ("a PDF", "list.pdf", b"%PDF-1.7 x".to_vec(), &["list.pdf", "PDF"]),
        ("bytes", "list.bin", (0..=255).cycle().take(5000).collect(), &["list.bin", "binary"]),
        ("a line of 10 MB without a delimiter", "list.txt", "x".repeat(10 << 20).into_bytes(), &["list.txt"]),
        (
            "every row too short",
            "sdn.csv",
            b"1,\"A, B\",\"individual\"\r\n2,\"C, D\",\"individual\"\r\n".to_vec(),
            &["sdn.csv"],
        ),
    ];
    for (what, file, bytes, said) in rows {
        let list = scratch.file(file, bytes);
        let (status, _, stderr) = find(&list, "Jürgen Müller");
        faults.unless(status == 3, || format!("{what}: {stderr}"));
        faults.unless_said(what, &stderr, said);
    }
    let folder = scratch.path("folder.csv");
    std::fs::create_dir(&folder).unwrap();
    let (status, _, stderr) = find(&folder, "Jürgen Müller");
    assert_eq!(status, 3);
    faults.unless_said("a folder", &stderr, &["folder.csv", "remedy"]);
}

/// Screens a customer file against a list with both parties; returns the lines.
fn batch(scratch: &Scratch, file: &str, bytes: Vec<u8>) -> (i32, Vec<Value>, String, PathBuf) {
    let list = scratch.file("the-list.csv", first() + &last());
    let (input, output) = (scratch.file(file, bytes), scratch.path("out.jsonl"));
    let _absent = std::fs::remove_file(&output);
    let ran = run(&["screen", "--input", arg(&input), "--output", arg(&output), "--list", arg(&list)], "");
    let text = std::fs::read_to_string(&output).unwrap_or_default();
    (ran.status, json_lines(&text), ran.stderr, output)
}

/// What it is, the file, its bytes, the status, the failed ids in order, what standard error must say.
type CustomerRow =
    (&'static str, &'static str, Vec<u8>, i32, &'static [&'static str], &'static [&'static str]);

/// Customer files that can be read, at least in part: both customers are found, each bad row stands in its place.
#[test]
fn customers_that_can_be_screened() {
    let mut faults = Faults::default();
    let scratch = Scratch::new();
    let (header, a, z) = ("id,name,nationality\n", "a,Jürgen Müller,\n", "z,Mohammad Bagher Shirinkar,\n");
    let around = |bad: &[u8]| [header.as_bytes(), a.as_bytes(), bad, z.as_bytes()].concat();
    let plain = format!("{header}{a}{z}");
    let entity =
        |id: &str, name: &str| format!("{{\"id\":\"{id}\",\"properties\":{{\"name\":[\"{name}\"]}}}}\n");
    let (json_a, json_z) = (entity("a", "Jürgen Müller"), entity("z", "Mohammad Bagher Shirinkar"));
    let json = |bad: &str| format!("{json_a}{bad}{json_z}").into_bytes();
    let rows: Vec<CustomerRow> = vec![
        ("as it should be", "c.csv", around(b""), 0, &[], &[]),
        (
            "a row that breaks off",
            "c.csv",
            around(b"b,\"Roe, Ri\n"),
            4,
            &["2"],
            &["c.csv line 3", "quotation mark"],
        ),
        (
            "too few columns",
            "c.csv",
            around(b"b,Richard Roe\n"),
            4,
            &["b"],
            &["c.csv line 3", "2 columns where the header has 3"],
        ),
        ("too many columns", "c.csv", around(b"b,Roe,x,y\n"), 4, &["b"], &["c.csv line 3", "4 columns"]),
        (
            "breaks off at the end",
            "c.csv",
            [around(b""), b"b,Richard R".to_vec()].concat(),
            4,
            &["b"],
            &["c.csv line 4"],
        ),
        ("no UTF-8", "c.csv", cp1252(&plain), 0, &[], &["windows-1252"]),
        ("one row no UTF-8", "c.csv", around(b"b,M\xDCLLER Hans,\n"), 0, &[], &["1 rows", "windows-1252"]),
        (
            "a line of 10 MB",
            "c.csv",
            around(format!("b,{},\n", "long ".repeat(2 << 20)).as_bytes()),
            0,
            &[],
            &[],
        ),
        (
            "punctuation and marks only",
            "c.csv",
            around("b,\u{200B}\u{200F}-.'\u{FEFF},\n".as_bytes()),
            4,
            &["b"],
            &["line 3", "no letter or digit"],
        ),
        ("gzip", "c.csv.gz", gzip(plain.as_bytes()), 0, &[], &[]),
        ("zip", "c.zip", zip(&[("c.csv", plain.as_bytes())]), 0, &[], &[]),
        ("UTF-16, little end first", "c.csv", utf16(&plain, false), 0, &[], &[]),
        ("UTF-16, big end first", "c.csv", utf16(&plain, true), 0, &[], &[]),
        ("UTF-8 with a mark", "c.csv", format!("\u{FEFF}{plain}").into_bytes(), 0, &[], &[]),
        ("tabs", "c.tsv", "id\tname\na\tJürgen Müller\nz\tMohammad Bagher Shirinkar\n".into(), 0, &[], &[]),
        (
            "an unknown column",
            "c.csv",
            plain.replace("nationality", "shoe size").into(),
            0,
            &[],
            &["not used: shoe size"],
        ),
        ("a line that is no JSON", "c.jsonl", json("{\"id\":\n"), 4, &["2"], &["c.jsonl line 2", "not JSON"]),
        (
            "JSON of another shape",
            "c.jsonl",
            json("[1,2]\n"),
            4,
            &["2"],
            &["c.jsonl line 2", "no JSON object"],
        ),
        (
            "JSON without properties",
            "c.jsonl",
            json("{\"id\":\"b\"}\n"),
            4,
            &["2"],
            &["c.jsonl line 2", "no properties"],
        ),
        (
            "JSON without names",
            "c.jsonl",
            json("{\"id\":\"b\",\"properties\":{}}\n"),
            4,
            &["b"],
            &["line 2", "neither a name"],
        ),
        (
            "JSON nested deep",
            "c.jsonl",
            json(&format!("{}\n", "{\"a\":".repeat(50_000))),
            4,
            &["2"],
            &["line 2"],
        ),
        ("right to left", "c.csv", around("b,سید محمد حسین,\n".as_bytes()), 0, &[], &[]),
    ];
    for (what, file, bytes, status, failed, said) in rows {
        let (there, lines, stderr, _) = batch(&scratch, file, bytes);
        faults.unless(there == status, || format!("{what}: {stderr}"));
        faults.unless_said(what, &stderr, said);
        let best = |id: &str| {
            let line = lines.iter().find(|l| l["id"] == id)?;
            line["results"].as_array()?.first().and_then(|r| r["id"].as_str().map(str::to_owned))
        };
        faults.unless(best("a").as_deref() == Some("ofac-1"), || format!("{what}: {stderr}"));
        faults.unless(best("z").as_deref() == Some("ofac-9"), || format!("{what}: {stderr}"));
        let errors: Vec<&str> =
            lines.iter().filter(|l| l.get("error").is_some()).filter_map(|l| l["id"].as_str()).collect();
        faults.unless(errors == failed, || format!("{what}: {stderr}"));
    }
}

/// Customer files that give nothing: status 3, and no output that could pass for one.
#[test]
fn customers_that_cannot_be_screened() {
    let mut faults = Faults::default();
    let scratch = Scratch::new();
    let rows: Vec<(&str, &str, Vec<u8>, &[&str])> = vec![
        ("empty", "c.csv", Vec::new(), &["c.csv", "empty", "remedy"]),
        ("blanks only", "c.csv", b"\n \n\x1A".to_vec(), &["c.csv", "empty", "remedy"]),
        ("an empty gzip", "c.csv.gz", gzip(b""), &["c.csv.gz", "empty", "remedy"]),
        ("no column of names", "c.csv", b"shoe,size\n1,2\n".to_vec(), &["c.csv line 1", "remedy", "--map"]),
        ("a header of 10 MB", "c.csv", "x".repeat(10 << 20).into_bytes(), &["c.csv line 1", "remedy"]),
        ("NUL bytes", "c.csv", b"id,name\n1,A\0B\n".to_vec(), &["c.csv", "no text file", "remedy"]),
        (
            "a zip of two files",
            "c.zip",
            zip(&[("a.csv", b"name\nA\n"), ("b.csv", b"name\nB\n")]),
            &["c.zip", "2 files", "remedy"],
        ),
        (
            "a spreadsheet",
            "c.xlsx",
            zip(&[("[Content_Types].xml", b"<x/>")]),
            &["c.xlsx", "spreadsheet", "remedy"],
        ),
        (
            "a zip that breaks off",
            "c.zip",
            half(zip(&[("c.csv", many_rows().as_bytes())])),
            &["c.zip", "damaged", "remedy"],
        ),
        (
            "a gzip that breaks off",
            "c.csv.gz",
            half(gzip(many_rows().as_bytes())),
            &["c.csv.gz", "damage", "remedy"],
        ),
    ];
    for (what, file, bytes, said) in rows {
        let (status, _, stderr, output) = batch(&scratch, file, bytes);
        faults.unless(status == 3, || format!("{what}: {stderr}"));
        faults.unless_said(what, &stderr, said);
        faults.unless(!output.exists(), || format!("{what}: an output is in place"));
        faults.unless(!scratch.path("out.jsonl.run.json").exists(), || {
            format!("{what}: a receipt is in place")
        });
    }
}

/// The next row has a quoted cell, whose first mark closes the open one: two rows come out as one bad row,
/// and the good one is neither screened nor named. The reader of lists does recover from this.
#[test]
fn an_open_quotation_mark_swallows_no_row() {
    let scratch = Scratch::new();
    let rows = "id,name\na,\"Roe, Ri\nb,\"SHIRINKAR, Mohammad Bagher\"\nc,Sajjad Kashian\n";
    let (input, output) = (scratch.file("c.csv", rows), scratch.path("o"));
    let ran = run(&["screen", "--input", arg(&input), "--output", arg(&output), "--list", "demo"], "");
    let lines = json_lines(&std::fs::read_to_string(&output).unwrap());
    assert_eq!((ran.status, lines.len()), (4, 3), "a line for every row: {}", ran.stderr);
    assert_eq!(lines[1]["results"][0]["id"], "ofac-26391");
}

/// Without alt.csv no alias is screened against. The receipt of a batch says so; one name has no receipt.
#[test]
fn warnings_of_a_list_are_said() {
    let scratch = Scratch::new();
    let list = scratch.file("sdn.csv", listed(1, "DOE, Jane"));
    let ran = run(&["screen", "Jane Doe", "--list", arg(&list)], "");
    assert_eq!(ran.status, 0);
    Faults::default().unless_said("missing siblings", &ran.stderr, &["warning", "alt.csv"]);
}

/// Gzip as it is, also on standard input.
#[test]
fn gzip_on_standard_input() {
    let ran = run(&["screen", "--input", "-", "--list", "demo"], gzip(b"id,name\na,Sajjad Kashian\n"));
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let line: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(line["results"][0]["id"], "ofac-33496");
}
