//! Compiled lists as a user meets them: `interdict lists compile`, and every command that takes a list.

// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;
use std::time::{Duration, SystemTime};

use assert_cmd::Command;
use common::{Faults, arg, run};
use serde_json::Value;
use testkit::Scratch;

/// The embedded case as files of a list, compiled to `sdn.idx` beside them.
fn compiled() -> Scratch {
    let scratch = Scratch::new();
    for (name, text) in [
        ("sdn.csv", include_str!("../../engine/data/demo/sdn.csv")),
        ("alt.csv", include_str!("../../engine/data/demo/alt.csv")),
        ("add.csv", include_str!("../../engine/data/demo/add.csv")),
        ("customers.csv", include_str!("../../engine/data/demo/customers.csv")),
        ("own.csv", "id,schema,name\nown-1,Person,Anna Lindqvist\n"),
    ] {
        scratch.file(name, text);
    }
    let [list, path] = ["sdn.csv", "sdn.idx"].map(|name| scratch.path(name));
    let ran = run(&["lists", "compile", arg(&list), "--output", arg(&path)], "");
    assert_eq!((ran.status, ran.stdout.as_str()), (0, ""), "{}", ran.stderr);
    let size = std::fs::metadata(&path).unwrap().len().div_ceil(1024);
    for said in ["8 parties", "version sha256:", &format!("sdn.idx written: {size} KiB")] {
        assert!(ran.stderr.contains(said), "{said:?} is not in {}", ran.stderr);
    }
    scratch
}

/// All that is in a folder.
fn folder(path: &Path) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
    let files = std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
    let content =
        |path: &Path| (std::fs::read(path).unwrap(), std::fs::metadata(path).unwrap().modified().unwrap());
    files.map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), content(&path))).collect()
}

/// Every command gives from the compiled list what it gives from the list itself.
#[test]
fn the_same_as_from_the_list() {
    let scratch = compiled();
    let [list, path, own, customers] =
        ["sdn.csv", "sdn.idx", "own.csv", "customers.csv"].map(|name| arg(&scratch.path(name)).to_owned());
    let (list, path, own, customers) = (&*list, &*path, &*own, &*customers);
    let rows: [&[&str]; 11] = [
        &["lists", "show", list],
        &["lists", "show", list, "--format", "table"],
        &["screen", "Mohammad Baqer Shinrakar", "--list", list],
        &["screen", "Mohammad Baqer Shinrakar", "--list", list, "--format", "table"],
        &["screen", "--id", "0067948431", "--list", list],
        &["screen", "Reza Karimi", "--explain", "ofac-26391", "--list", list],
        &["screen", "--input", customers, "--list", list, "--threshold", "0.3"],
        &["screen", "--input", customers, "--list", list, "--threshold", "0.3", "--exhaustive"],
        &["screen", "--input", customers, "--list", list, "--list", own, "--threshold", "0.3"],
        &["policy", "check", "default", "--list", list, "--format", "json"],
        &["policy", "diff", "default", "default", "--input", customers, "--list", list, "--format", "json"],
    ];
    for args in rows {
        let from_list = run(args, "");
        let args: Vec<&str> = args.iter().map(|a| if *a == list { path } else { a }).collect();
        let opened = run(&args, "");
        assert_eq!(opened.status, from_list.status, "{args:?}: {}", opened.stderr);
        assert_eq!(opened.stdout, from_list.stdout, "{args:?}");
        assert_eq!(opened.stderr, from_list.stderr, "{args:?}");
        assert!(!opened.stdout.is_empty(), "{args:?}");
    }
    let joint = run(&["screen", "--input", customers, "--list", path, "--list", own], "");
    for id in ["\"ofac-26391\"", "\"own-1\""] {
        assert!(joint.stdout.contains(id), "{id} of one of two lists: {}", joint.stdout);
    }
    let twice = run(&["screen", "Sajad Kashian", "--list", path, "--list", list], "");
    assert!(twice.stderr.contains("is named twice"), "{}", twice.stderr);
}

#[test]
fn the_same_validation() {
    let scratch = compiled();
    let figures = |name: &str| {
        let list = scratch.path(name);
        let args = ["validate", "--list", arg(&list), "--records", "200", "--format", "json"];
        let ran = run(&args, "");
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        let mut value: Value = serde_json::from_str(&ran.stdout).unwrap();
        value.as_object_mut().unwrap().remove("timings").unwrap();
        value
    };
    assert_eq!(figures("sdn.idx"), figures("sdn.csv"));
}

/// Several lists go to one file; a compiled one is as good as its list.
#[test]
fn several_lists_in_one_file() {
    let scratch = compiled();
    let [path, own, all] = ["sdn.idx", "own.csv", "all.idx"].map(|name| scratch.path(name));
    let ran = run(&["lists", "compile", arg(&path), arg(&own), "--output", arg(&all)], "");
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("8 parties") && ran.stderr.contains("1 parties"), "{}", ran.stderr);
    let shown = run(&["lists", "show", arg(&all), "--format", "jsonl"], "").stdout;
    assert_eq!(shown.lines().count(), 2, "{shown}");
    let args = |lists: &[&Path]| {
        let mut args =
            vec!["screen".to_owned(), "--input".to_owned(), arg(&scratch.path("customers.csv")).to_owned()];
        lists.iter().for_each(|list| args.extend(["--list".to_owned(), arg(list).to_owned()]));
        args
    };
    let lists = [scratch.path("sdn.csv"), own];
    assert_eq!(run(&args(&[&all]), "").stdout, run(&args(&[&lists[0], &lists[1]]), "").stdout);
}

/// Refused with a word on what to do: status 3 where the list is gone, else its own answer and a warning.
#[test]
fn refused_files() {
    let mut faults = Faults::default();
    let scratch = compiled();
    let [list, path] = ["sdn.csv", "sdn.idx"].map(|name| scratch.path(name));
    let whole = std::fs::read(&path).unwrap();
    let screen = || run(&["screen", "Mohammad Bagher Shirinkar", "--list", arg(&path)], "");
    let expected = run(&["screen", "Mohammad Bagher Shirinkar", "--list", arg(&list)], "").stdout;
    let remedy = format!("interdict lists compile {} --output {}", arg(&list), arg(&path));
    let damaged = |place: usize| {
        let mut bytes = whole.clone();
        bytes[place] ^= 1;
        bytes
    };
    let half = whole[..whole.len() / 2].to_vec();
    let rows = [
        ("a later format", damaged(8), "of format 0; this program reads format 1"),
        ("damaged in the end", damaged(whole.len() - 1), "is damaged"),
        ("breaks off", half, "is damaged"),
    ];
    for (what, bytes, said) in &rows {
        std::fs::write(&path, bytes).unwrap();
        let ran = screen();
        faults.unless(ran.status == 0 && ran.stdout == expected, || format!("{what}: {}", ran.stderr));
        faults.unless_said(what, &ran.stderr, &["warning:", said, &remedy]);
        let shown = run(&["lists", "show", arg(&path), "--format", "json"], "");
        faults.unless_said(what, &shown.stdout, &["warnings", said, "interdict lists compile"]);
    }
    std::fs::remove_file(&list).unwrap();
    let header = ("damaged in its header", damaged(40), "is damaged");
    for (what, bytes, said) in rows.iter().chain([&header]) {
        std::fs::write(&path, bytes).unwrap();
        let ran = screen();
        faults.unless(ran.status == 3 && ran.stdout.is_empty(), || format!("{what}: {}", ran.stderr));
        faults.unless_said(what, &ran.stderr, &[said, "remedy", "interdict lists compile "]);
    }
}

/// A new compiled file does not make an old list young; a list that was changed since is said.
#[test]
fn age_is_that_of_the_list() {
    let scratch = compiled();
    let [list, path] = ["sdn.csv", "sdn.idx"].map(|name| scratch.path(name));
    let screen = || run(&["screen", "Sajad Kashian", "--list", arg(&path), "--max-list-age", "24h"], "");
    assert_eq!(screen().status, 0);
    let old = SystemTime::now() - Duration::from_secs(50 * 3600);
    File::options().append(true).open(&list).unwrap().set_modified(old).unwrap();
    let ran = screen();
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let remedy = format!("interdict lists compile {} --output {}", arg(&list), arg(&path));
    Faults::default().unless_said("changed", &ran.stderr, &["was changed after it was compiled", &remedy]);
    assert_eq!(run(&["lists", "compile", arg(&list), "--output", arg(&path)], "").status, 0);
    let ran = screen();
    assert_eq!(ran.status, 3, "{}", ran.stderr);
    Faults::default().unless_said("stale", &ran.stderr, &["sdn.csv is 50 hours old", "remedy"]);
}

#[test]
fn whole_or_not_at_all() {
    let mut faults = Faults::default();
    let scratch = compiled();
    scratch.file("empty.csv", "");
    std::fs::create_dir(scratch.path("folder")).unwrap();
    let inside = |name: &str| arg(&scratch.path(name)).to_owned();
    let files = || {
        let mut names: Vec<_> =
            std::fs::read_dir(scratch.dir()).unwrap().map(|e| e.unwrap().file_name()).collect();
        names.sort();
        names
    };
    let (before, names) = (std::fs::read(scratch.path("alt.csv")).unwrap(), files());
    let rows: [(&[&str], &str, i32, &str); 8] = [
        (&["sdn.csv"], "sdn.csv", 2, "which is read"),
        (&["sdn.csv"], "alt.csv", 2, "which is read"),
        (&["own.csv", "sdn.csv"], "add.csv", 2, "which is read"),
        (&["sdn.csv"], "folder", 3, "is a folder"),
        (&["sdn.csv"], "nowhere/sdn.idx", 3, "there is no folder"),
        (&["empty.csv"], "new.idx", 3, "empty"),
        (&["sdn.csv", "gone.csv"], "new.idx", 3, "gone.csv"),
        (&["customers.csv", "empty.csv"], "sdn.idx", 3, "empty"),
    ];
    for (lists, output, status, said) in rows {
        let lists: Vec<String> = lists.iter().map(|name| inside(name)).collect();
        let mut args = vec!["lists", "compile"];
        args.extend(lists.iter().map(String::as_str));
        let output = inside(output);
        args.extend(["--output", &output]);
        let ran = run(&args, "");
        faults.unless(ran.status == status, || format!("{args:?}: {}", ran.stderr));
        faults.unless_said(&args.join(" "), &ran.stderr, &[said, "error:"]);
    }
    assert_eq!(files(), names, "nothing is left behind");
    assert_eq!(std::fs::read(scratch.path("alt.csv")).unwrap(), before);
    let usage = run(&["lists", "compile", &inside("sdn.csv")], "");
    assert_eq!(usage.status, 2, "where to is to be said: {}", usage.stderr);
}

/// A row that could not be read is no less missing from the compiled list: status 4 each time, and the row is named.
#[test]
fn rows_that_failed_stay_failed() {
    let scratch = Scratch::new();
    let list = scratch.file("own.csv", "id,schema,name\na,Person,Anna Lindqvist\nb,Person\n");
    let path = scratch.path("own.idx");
    let ran = run(&["lists", "compile", arg(&list), "--output", arg(&path)], "");
    assert_eq!(ran.status, 4, "{}", ran.stderr);
    for list in [&list, &path] {
        let ran = run(&["screen", "Anna Lindqvist", "--list", arg(list)], "");
        assert_eq!(ran.status, 4, "{}", ran.stderr);
        assert!(ran.stderr.contains("own.csv line 3"), "{}", ran.stderr);
    }
}

/// Whatever is read from a path, compiled or refused, nothing is written to a home or beside it.
#[test]
fn opening_writes_nothing() {
    let scratch = compiled();
    let home = Scratch::new();
    let path = scratch.path("sdn.idx");
    let whole = std::fs::read(&path).unwrap();
    let mut damaged = whole.clone();
    *damaged.last_mut().unwrap() ^= 1;
    for bytes in [whole, damaged] {
        std::fs::write(&path, bytes).unwrap();
        let before = folder(scratch.dir());
        for args in [&["lists", "show"][..], &["screen", "Sajad Kashian", "--list"]] {
            let ran = Command::new(env!("CARGO_BIN_EXE_interdict"))
                .args(args)
                .arg(&path)
                .current_dir(home.dir())
                .envs(
                    ["HOME", "INTERDICT_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "TMPDIR"]
                        .map(|key| (key, home.dir())),
                )
                .output()
                .unwrap();
            assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        }
        assert_eq!(folder(scratch.dir()), before);
        assert_eq!(std::fs::read_dir(home.dir()).unwrap().count(), 0);
    }
}
