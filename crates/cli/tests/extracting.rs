//! Files of others are read by a child process: what it may use is bounded, and whatever becomes of it, the rest is read.

#![cfg(unix)]
#![allow(clippy::unwrap_used)]

mod common;

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::Instant;

use common::{arg, json_lines, run};
use documents::extract::read_frame;
use testkit::Scratch;

/// What comes of a hostile file between two good ones: the error, and how long all took.
fn between(scratch: &Scratch, hostile: &Path, flags: &[&str]) -> (String, f64) {
    let good = scratch.file("good.txt", "good");
    let started = Instant::now();
    let mut args = vec!["extract"];
    args.extend(flags);
    args.extend([arg(&good), arg(hostile), arg(&good)]);
    let ran = run(&args, "");
    let took = started.elapsed().as_secs_f64();
    let all = json_lines(&ran.stdout);
    assert_eq!(
        (all.first().unwrap()["text"].as_str(), all.last().unwrap()["text"].as_str()),
        (Some("good"), Some("good"))
    );
    assert_eq!((ran.status, all.len()), (4, 3), "{}", ran.stdout.chars().take(500).collect::<String>());
    assert!(ran.stderr.contains("remedy: "), "{}", ran.stderr);
    let error = format!("{}: {}", all[1]["error"].as_str().unwrap(), all[1]["message"].as_str().unwrap());
    (error, took)
}

#[test]
fn memory_is_limited() {
    let scratch = Scratch::new();
    let page = scratch.file("page.html", "<p>word".repeat(3_000_000));
    let (error, _) = between(&scratch, &page, &["--memory", "256"]);
    assert_eq!(error, "stopped: it needs more than the 256 MiB of memory that it may use");
}

#[test]
fn processor_time_is_limited() {
    let scratch = Scratch::new();
    let page = scratch.file("deep.html", "<div>".repeat(1_000_000));
    let (error, took) = between(&scratch, &page, &["--processor", "1"]);
    assert_eq!(error, "stopped: it takes more than the 1 seconds of processor time that it may use");
    assert!(took < 30.0, "{took}");
}

#[test]
fn patience_is_limited() {
    let scratch = Scratch::new();
    let page = scratch.file("deep.html", "<div>".repeat(1_000_000));
    let (error, took) = between(&scratch, &page, &["--patience", "2"]);
    assert_eq!(error, "stopped: no document came of it within 2 seconds");
    assert!(took < 30.0, "{took}");
}

/// A PDF whose form draws itself.
fn endless_form() -> Vec<u8> {
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Count 1/Kids[3 0 R]/MediaBox[0 0 9 9]>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>".to_owned(),
        "<</Length 5>>stream\n/X Do\nendstream".to_owned(),
        "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>/Length 5>>stream\n/X Do\nendstream"
            .to_owned(),
    ];
    let (mut file, mut table) = (b"%PDF-1.4\n".to_vec(), String::new());
    for (number, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", file.len());
        write!(file, "{} 0 obj\n{object}\nendobj\n", number + 1).unwrap();
    }
    let at = file.len();
    write!(
        file,
        "xref\n0 6\n0000000000 65535 f \n{table}trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n{at}\n%%EOF"
    )
    .unwrap();
    file
}

#[test]
fn a_crash_is_told() {
    let scratch = Scratch::new();
    let form = scratch.file("form.pdf", endless_form());
    let (error, _) = between(&scratch, &form, &[]);
    // What is said of it depends on whether the system lets the child see that its stack is full.
    let said = ["its reader crashed (signal ", "it nests deeper than its reader can follow"];
    assert!(said.iter().any(|said| error.starts_with(&format!("stopped: {said}"))), "{error}");
}

#[test]
fn two_sparse_gigabytes_are_refused_at_once() {
    let scratch = Scratch::new();
    for (name, head, expected) in [
        ("a.bin", &b""[..], "unsupported: "),
        (
            "a.pdf",
            b"%PDF-1.7\n",
            "limit: its 2147483648 bytes are more than the 134217728 that are held in memory",
        ),
        ("a.zip", b"PK\x03\x04", "damaged: "),
        ("a.mbox", b"From a Tue Oct 20 09:14:00 2020\nA: b\n\n", "unsupported: "),
    ] {
        let path = scratch.file(name, head);
        File::options().append(true).open(&path).unwrap().set_len(2 << 30).unwrap();
        let (error, took) = between(&scratch, &path, &["--processor", "20"]);
        assert!(error.starts_with(expected), "{name}: {error}");
        assert!(took < 60.0, "{name}: {took}");
    }
}

#[test]
fn what_is_not_there_is_told() {
    let scratch = Scratch::new();
    let (error, _) = between(&scratch, &scratch.path("nothing.pdf"), &[]);
    assert!(error.starts_with("unreadable: "), "{error}");
}

#[test]
fn the_child_answers_in_frames_and_is_not_in_the_help() {
    let scratch = Scratch::new();
    let file = scratch.file("-a.md", "**Sajjad** Kashian");
    let ran = run(&["extract-child", "--memory", "1073741824", "--seconds", "9", "--", arg(&file)], "");
    let mut stream = ran.stdout.as_bytes();
    let document = read_frame(&mut stream, 100).unwrap().unwrap().unwrap();
    assert_eq!((&*document.path, &*document.text), ("-a.md", "  Sajjad   Kashian"));
    assert!(read_frame(&mut stream, 100).unwrap().is_none());
    assert!(!run(&["--help"], "").stdout.contains("extract"));
}
