//! What serves, what does not, what served when; and what a damaged store says.

#![allow(clippy::unwrap_used)]

mod common;

use std::path::{Path, PathBuf};

use common::{day, file, offer, offer_files, serving, table};
use testkit::Scratch;
use vault::{AsOf, Event, Limits, Offer, Outcome, Vault};

fn kind(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Activated { .. } => "activated".to_owned(),
        Outcome::Confirmed(_) => "confirmed".to_owned(),
        Outcome::Quarantined { reason, .. } => reason.clone(),
    }
}

/// After a good version of 100 parties, each of these is offered: what becomes of it, and that the good one serves on where
/// it does not.
#[test]
fn verified_before_it_serves() {
    let good = table(100, "good");
    let broken_rows = |broken: usize| table(100 - broken, "new") + &"x,y,z,too,many\n".repeat(broken);
    let ofac =
        "1,\"DOE, Jane\",\"individual\",\"SDGT\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n".to_owned();
    let rows: Vec<(&str, String, &str)> = vec![
        ("the same", good.clone(), "confirmed"),
        ("other names", table(100, "new"), "activated"),
        ("a tenth fewer", table(90, "new"), "activated"),
        ("more than a tenth fewer", table(89, "new"), "89 parties, the last version 100: 11.0 % fewer"),
        ("one row broken", broken_rows(1), "activated"),
        ("two rows broken", broken_rows(2), "2 of 100 rows cannot be read"),
        ("empty", String::new(), "an empty file"),
        ("a header alone", "id,name\n".to_owned(), "no listed party could be read"),
        ("a web page", "<!DOCTYPE html><html><body>502</body></html>".to_owned(), "a web page"),
        ("text", "Service unavailable".to_owned(), "plain text"),
        ("an error in JSON", "{\"error\":\"busy\"}".to_owned(), "no listed party could be read"),
        ("bytes", "\u{1}\0\0\u{2}\0".to_owned(), "a binary file"),
        ("half a web page", "<html><p>".to_owned(), "a web page"),
        ("another list, far smaller", ofac, "1 parties, the last version 100"),
    ];
    for (what, content, expected) in rows {
        let scratch = Scratch::new();
        let vault = Vault::create(scratch.dir()).unwrap();
        assert_eq!(kind(&offer(&vault, "watch", &good, day(1))), "activated");
        let outcome = offer(&vault, "watch", &content, day(2));
        let said = kind(&outcome);
        assert!(said.contains(expected), "{what}: {said}");
        let serves = if said == "activated" { &content } else { &good };
        assert_eq!(serving(&vault, "watch").as_ref(), Some(serves), "{what}");
        let history = vault.history().unwrap();
        let installed = history.list("watch", None).unwrap();
        assert_eq!(installed.trouble.is_some(), matches!(outcome, Outcome::Quarantined { .. }), "{what}");
        // What is in quarantine is kept: somebody has to look at it.
        if let Outcome::Quarantined { version, .. } = outcome {
            assert_eq!(vault.read("watch", &version).unwrap()[0].bytes, content.as_bytes(), "{what}");
        }
    }
}

/// A companion that is a web page is no reason to serve a list without its aliases.
#[test]
fn companions_are_looked_at_too() {
    let scratch = Scratch::new();
    let vault = Vault::create(scratch.dir()).unwrap();
    let row = |n: usize| {
        format!("{n},\"DOE {n}, Jane\",\"individual\",\"SDGT\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n")
    };
    let main: String = (1..=50).map(row).collect();
    let alt: String = (1..=50).map(|n| format!("{n},{n},\"aka\",\"ROE {n}, Jane\",-0- \r\n")).collect();
    let half: String = alt.split_inclusive('\n').take(20).collect();
    let offered = |alt: &str, on: u32| {
        let files = vec![file("sdn.csv", main.as_str()), file("alt.csv", alt)];
        kind(&offer_files(&vault, "ofac_sdn", files, day(on)))
    };
    assert_eq!(offered(&alt, 1), "activated");
    assert!(offered("<html>log in</html>", 2).contains("alt.csv is a web page"));
    assert!(offered("", 3).contains("alt.csv is an empty file"));
    assert!(offered(&half, 4).contains("70 names, the last version 100"));
    assert_eq!(offered(&alt, 5), "confirmed");
    // The wrong file from a folder of many.
    let wrong = kind(&offer_files(&vault, "un_sc", vec![file("sdn.csv", main.as_str())], day(6)));
    assert_eq!(wrong, "it is ofac_sdn, not un_sc");
}

#[test]
fn as_it_was_on_a_day() {
    let scratch = Scratch::new();
    let vault = Vault::create(scratch.dir()).unwrap();
    let texts = ["first", "second", "third"].map(|mark| table(20, mark));
    for (text, on) in texts.iter().zip([10, 15, 18]) {
        assert_eq!(kind(&offer(&vault, "watch", text, day(on))), "activated");
    }
    offer(&vault, "watch", "broken", day(19));
    vault.lock(&mut || {}).unwrap().note(day(20), "tester", "watch", Event::Removed).unwrap();
    // An authority may go back to what it had.
    offer(&vault, "watch", &texts[0], day(22));
    let history = vault.history().unwrap();
    for (as_of, expected) in [
        ("2021-11-09", None),
        ("2021-11-10T11:59:59Z", None),
        ("2021-11-10T12:00:00Z", Some(0)),
        ("2021-11-10", Some(0)),
        ("2021-11-14", Some(0)),
        ("2021-11-15", Some(1)),
        ("2021-11-17", Some(1)),
        ("2021-11-18T13:59:59+02:00", Some(1)),
        ("2021-11-18", Some(2)),
        ("2021-11-19", Some(2)),
        ("2021-11-20", None),
        ("2021-11-22", Some(0)),
        ("2030-01-01", Some(0)),
    ] {
        let as_of: AsOf = as_of.parse().unwrap();
        let text = history.list("watch", Some(&as_of)).map(|list| {
            String::from_utf8(vault.read("watch", list.version).unwrap().remove(0).bytes).unwrap()
        });
        assert_eq!(text.as_ref(), expected.map(|n: usize| &texts[n]), "{as_of}");
    }
}

/// A content that is not what it was is refused by name, and fetching the same again puts it right.
#[test]
fn tampered_contents() {
    let scratch = Scratch::new();
    let vault = Vault::create(scratch.dir()).unwrap();
    let text = table(20, "good");
    offer(&vault, "watch", &table(20, "older"), day(1));
    offer(&vault, "watch", &text, day(2));
    let version = vault.history().unwrap().list("watch", None).unwrap().version.clone();
    let blob = scratch.dir().join("blobs").join(&version.sha256[..2]).join(format!("{}.gz", version.sha256));
    let whole = std::fs::read(&blob).unwrap();
    let other = blob_of(&scratch, |path| path != blob);
    let changes: [(&str, Option<Vec<u8>>); 5] = [
        ("another list", Some(std::fs::read(other).unwrap())),
        ("cut", Some(whole[..whole.len() / 2].to_vec())),
        ("empty", Some(Vec::new())),
        ("a letter", Some(whole.iter().enumerate().map(|(n, b)| if n == 40 { b ^ 1 } else { *b }).collect())),
        ("gone", None),
    ];
    for (what, content) in changes {
        match content {
            Some(content) => std::fs::write(&blob, content).unwrap(),
            None => std::fs::remove_file(&blob).unwrap(),
        }
        let error = vault.read("watch", &version).unwrap_err();
        let said = format!("{error}; {}", error.remedy());
        for word in ["watch", &version.sha256, "interdict lists update watch"] {
            assert!(said.contains(word), "{what}: no word of {word} in {said}");
        }
        assert!(vault.verify("watch", &version).is_err(), "{what}");
        assert_eq!(kind(&offer(&vault, "watch", &text, day(3))), "confirmed");
        assert_eq!(serving(&vault, "watch").as_ref(), Some(&text), "{what}");
    }
}

fn blob_of(scratch: &Scratch, wanted: impl Fn(&Path) -> bool) -> PathBuf {
    let folders = std::fs::read_dir(scratch.dir().join("blobs")).unwrap();
    let files = folders.flat_map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap());
    files.map(|file| file.unwrap().path()).find(|path| wanted(path)).unwrap()
}

/// What a killed process leaves is neither seen nor in the way.
#[test]
fn left_behind() {
    let scratch = Scratch::new();
    let vault = Vault::create(scratch.dir()).unwrap();
    let text = table(20, "good");
    offer(&vault, "watch", &text, day(1));
    let log = scratch.path("log.jsonl");
    let whole = std::fs::read(&log).unwrap();
    std::fs::create_dir_all(scratch.path("blobs/ab")).unwrap();
    let unfinished = scratch.file("blobs/ab/.unfinished-abcd.gz", "half");
    std::fs::write(&log, [&whole[..], b"{\"sum\":\"12"].concat()).unwrap();
    assert_eq!(serving(&vault, "watch").as_ref(), Some(&text));
    assert_eq!(std::fs::read(&log).unwrap().len(), whole.len() + 10, "reading changes nothing");
    let newer = table(21, "newer");
    offer(&vault, "watch", &newer, day(2));
    assert_eq!(serving(&vault, "watch"), Some(newer));
    assert_eq!(vault.history().unwrap().entries().len(), 2);
    assert!(!unfinished.exists());
}

#[test]
fn stores_that_are_refused() {
    let rows: [(&str, &str, &[&str]); 4] = [
        ("FORMAT", "interdict vault 2\n", &["format 2", "format 1", "INTERDICT_HOME"]),
        ("FORMAT", "something", &["FORMAT", "INTERDICT_HOME"]),
        ("log.jsonl", "{}\n", &["log.jsonl line 1", "copy"]),
        ("log.jsonl", "nonsense\n", &["log.jsonl line 1", "copy"]),
    ];
    for (name, content, said) in rows {
        let scratch = Scratch::new();
        Vault::create(scratch.dir()).unwrap();
        scratch.file(name, content);
        let opened = Vault::open(scratch.dir()).and_then(|vault| vault.unwrap().history().map(drop));
        let error = opened.unwrap_err();
        let text = format!("{error}; {}", error.remedy());
        assert!(said.iter().all(|word| text.contains(word)), "{name} {content}: {text}");
    }
    assert!(Vault::open(Path::new("/nowhere/at/all")).unwrap().is_none());
}

/// A store of each format is kept and opens for good. To make one: `MAKE_FIXTURE=1 cargo test -p interdict-vault`.
#[test]
fn stores_of_every_format() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    if std::env::var_os("MAKE_FIXTURE").is_some() {
        let vault = Vault::create(&fixtures.join(format!("format-{}", vault::FORMAT))).unwrap();
        offer(&vault, "watch", "id,name\n1,Jane Doe\n2,Richard Roe\n", day(15));
        offer(&vault, "watch", "id,name\n1,Jane Doe\n2,Richard Roe\n3,Peter Poe\n", day(18));
        offer(&vault, "watch", "<html>busy</html>", day(19));
        let event = Event::Failed {
            from: "https://lists.example.org/watch.csv".to_owned(),
            reason: "silent".to_owned(),
        };
        vault.lock(&mut || {}).unwrap().note(day(20), "tester", "watch", event).unwrap();
        offer(&vault, "other", "id,name\n1,Anna Lind\n", day(20));
        offer(&vault, "other", "id,name\n1,Anna Lind\n", day(21));
        vault.lock(&mut || {}).unwrap().note(day(22), "tester", "other", Event::Removed).unwrap();
    }
    for format in 1..=vault::FORMAT {
        let vault = Vault::open(&fixtures.join(format!("format-{format}"))).unwrap().unwrap();
        let history = vault.history().unwrap();
        let names: Vec<&str> = history.installed(None).iter().map(|list| list.name).collect();
        assert_eq!(names, ["watch"], "{format}");
        let list = history.list("watch", None).unwrap();
        assert_eq!((list.version.parties, list.activated, list.by), (3, day(18), "tester"));
        assert_eq!(list.trouble, Some((day(20), "silent")));
        assert_eq!(
            list.version.sha256, "43feffff03fd50f2097662bb7c82d4d23df09bf0c42e5d34f750cefd650f61e3",
            "{format}"
        );
        assert!(serving(&vault, "watch").unwrap().contains("Peter Poe"));
        let then: AsOf = "2021-11-16".parse().unwrap();
        assert_eq!(history.list("watch", Some(&then)).unwrap().version.parties, 2);
    }
}

#[test]
fn limits_can_be_widened() {
    let scratch = Scratch::new();
    let vault = Vault::create(scratch.dir()).unwrap();
    offer(&vault, "watch", &table(100, "good"), day(1));
    let half = table(50, "half");
    for (shrink, activated) in [(49.9, false), (50.0, true)] {
        let offer = Offer {
            list: "watch",
            files: vec![file("watch.csv", half.as_str())],
            sources: None,
            published: None,
            confirmed: day(2),
            at: day(2),
            by: "tester",
            limits: Limits { shrink, ..Limits::default() },
        };
        let outcome = vault.lock(&mut || {}).unwrap().offer(offer).unwrap();
        assert_eq!(matches!(outcome, Outcome::Activated { .. }), activated, "{shrink}");
    }
}

/// Where a list is taken from, and what its servers said of it, stays as it was until it is said anew.
#[test]
fn sources_and_marks() {
    let scratch = Scratch::new();
    let vault = Vault::create(scratch.dir()).unwrap();
    let text = table(10, "good");
    let from = "https://lists.example.org/watch.csv";
    for (sources, mark, expected) in [
        (Some(vec![from.to_owned()]), "\"1\"", &[from][..]),
        (None, "\"1\"", &[from]),
        (None, "\"2\"", &[from]),
        (Some(vec![]), "\"2\"", &[]),
    ] {
        let mut file = file("watch.csv", text.as_str());
        file.validator.etag = Some(mark.to_owned());
        let (published, confirmed, at, by, limits) = (None, day(1), day(1), "tester", Limits::default());
        let offer = Offer { list: "watch", files: vec![file], sources, published, confirmed, at, by, limits };
        vault.lock(&mut || {}).unwrap().offer(offer).unwrap();
        let history = vault.history().unwrap();
        let list = history.list("watch", None).unwrap();
        assert_eq!(list.sources, expected);
        assert_eq!(list.validators[from].etag.as_deref(), Some(mark));
    }
}
