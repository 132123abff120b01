//! `interdict campaign`: mailings and coordinated sharing, and what is no message at all.

// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

mod common;

use std::fmt::Write as _;
use std::io::Write as _;

use common::{arg, json_lines, keys, run};
use insta::assert_snapshot;
use serde_json::Value;
use testkit::Scratch;

const PEOPLE: [(&str, &str); 6] = [
    ("Elsa Woodstead", "2010 Maple Court"),
    ("ROY WILLAND", "2086 Fern Dr., Apt 4B"),
    ("Alderbury, Erik", "603 Walnut Road"),
    ("Martin Stanwin", "268 South Walnut Boulevard"),
    ("Jack C Dunwell", "16 Cotton Drive"),
    ("Orla Elmcote", "760 Vine Street"),
];

/// Six copies of a threat, one of them forwarded within another mail, and a mail of its own.
fn mailbox() -> String {
    let mut mbox = String::new();
    for (n, (name, address)) in PEOPLE.iter().enumerate() {
        let mail = format!(
            "Message-ID: <m{n}@club.example.org>\nFrom: The Club <office@club.example.org>\nTo: r{n}@mail.example.net\n\
             Date: Wed, 15 May 2024 16:0{n}:00 +0000\nSubject: Your vote\n\nDear {name},\n\nwe have all of your \
             information, and we know that you live at {address}.\nYou will vote for our man by Friday or we will \
             come after you.\n\n-- \nThe Club\n"
        );
        let mail = if n == 5 {
            format!(
                "Message-ID: <f@mail.example.net>\nFrom: r5@mail.example.net\nTo: police@example.org\nSubject: Fwd\n\
                 Content-Type: multipart/mixed; boundary=b\n\n--b\n\nLook at what they sent me.\n--b\n\
                 Content-Type: message/rfc822\n\n{mail}\n--b--\n"
            )
        } else {
            mail
        };
        write!(mbox, "From x@y Wed May 15 16:00:0{n} 2024\n{mail}\n").unwrap();
    }
    mbox + "From x@y Wed May 15 17:00:00 2024\nFrom: ann@mail.example.net\n\nThanks, the minutes are on the server.\n"
}

fn posts() -> String {
    let text = |n: usize| {
        format!(
            "The register of the river counties is open to everybody now. See the film: https://film.example.org/{n}"
        )
    };
    let mut csv = "tweet_id,user,created_at,tweet_text,platform\n".to_owned();
    for n in 0..6 {
        writeln!(csv, "p{n},acc{n},2024-05-16 10:0{n},\"{}\",Birdsite", text(n % 3)).unwrap();
    }
    csv + "p6,acc6,2024-05-16 11:00,Nice day,Birdsite\np7,acc7\n"
}

#[test]
fn mailings() {
    let scratch = Scratch::new();
    let (mbox, csv) = (scratch.file("box.mbox", mailbox()), scratch.file("posts.csv", posts()));
    let ran = run(&["campaign", arg(&mbox), arg(&csv), "--format", "table"], "");
    assert_eq!(ran.status, 4, "one row is short");
    assert_snapshot!("mailings_table", ran.stdout);
    assert_snapshot!("mailings_stderr", ran.stderr.replace(&*scratch.dir().to_string_lossy(), "DIR"));
    for (_, address) in PEOPLE {
        assert!(!ran.stdout.contains(address), "a recipient's address on the terminal");
    }
    let ran = run(&["campaign", arg(&mbox), "--reveal", "--format", "table"], "");
    assert!(ran.stdout.contains("2086 Fern Dr., Apt 4B"), "{}", ran.stdout);

    let ran = run(&["campaign", arg(&mbox), arg(&csv), "--format", "json"], "");
    let found: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(keys(&found), ["read", "failed", "failures", "templates", "flagged"]);
    assert_eq!((found["read"].as_u64(), found["failed"].as_u64()), (Some(16), Some(1)));
    let first = &found["templates"][0];
    let parts =
        ["text", "copies", "senders", "platforms", "subjects", "first", "last", "slots", "flags", "messages"];
    assert_eq!(keys(first), parts);
    let (copies, messages) = (first["copies"].as_u64(), first["messages"].as_array().unwrap());
    assert_eq!((copies, messages.len()), (Some(6), 6), "the forwarded copy too");
    for (message, (name, address)) in messages.iter().zip(PEOPLE) {
        let values: Vec<&str> =
            message["slots"].as_array().unwrap().iter().map(|slot| slot["value"].as_str().unwrap()).collect();
        assert_eq!(values, [name, address]);
    }
    let lines = run(&["campaign", arg(&mbox), arg(&csv), "--format", "jsonl"], "");
    assert_eq!(json_lines(&lines.stdout), *found["templates"].as_array().unwrap());
    let csv = run(&["campaign", arg(&mbox), "--format", "csv"], "");
    assert!(
        csv.stdout
            .starts_with("copies,senders,first,last,platforms,slots,flags,text\n6,1,2024-05-15T16:00:00Z,")
    );
}

/// The same mails as single files, in a Maildir and in a folder, and packed.
#[test]
fn however_they_lie() {
    let scratch = Scratch::new();
    let mbox = mailbox();
    let mails: Vec<&str> = mbox.split("From x@y ").skip(1).map(|m| m.split_once('\n').unwrap().1).collect();
    for folder in ["box/cur", "folder"] {
        std::fs::create_dir_all(scratch.path(folder)).unwrap();
    }
    for (n, mail) in mails.iter().enumerate() {
        scratch.file(format!("box/cur/{n}.M.host:2,S"), mail);
        scratch.file(format!("folder/{n}.eml"), mail);
    }
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(mbox.as_bytes()).unwrap();
    scratch.file("box.mbox.gz", gz.finish().unwrap());
    for place in ["box", "folder", "box.mbox.gz", "folder/0.eml"] {
        let ran = run(&["campaign", arg(&scratch.path(place)), "--format", "json"], "");
        let found: Value = serde_json::from_str(&ran.stdout).unwrap();
        let templates = found["templates"].as_array().unwrap();
        let copies: Vec<_> = templates.iter().map(|t| t["copies"].as_u64().unwrap()).collect();
        assert_eq!((ran.status, found["failed"].as_u64()), (0, Some(0)), "{place}");
        assert_eq!(copies, if place.ends_with(".eml") { vec![] } else { vec![6] }, "{place}");
    }
}

#[test]
fn sharing() {
    let scratch = Scratch::new();
    let rows = "object_id,account_id,content_id,timestamp_share\no,a,a1,0\no,b,b1,5\np,a,a2,0\np,b,b2,1.5\no,c,c1,x\n";
    let file = scratch.file("shares.csv", rows);
    let check = |more: &[&str], status: i32, expected: &str| {
        let args: Vec<_> =
            ["campaign", "--shares", arg(&file)].into_iter().chain(more.iter().copied()).collect();
        let ran = run(&args, "");
        assert_eq!((ran.status, ran.stdout.as_str()), (status, expected), "{more:?}\n{}", ran.stderr);
    };
    check(&["--format", "json"], 4, "{\"pairs\":2,\"accounts\":2,\"edges\":1,\"components\":1}\n");
    check(
        &["--format", "json", "--edge-quantile", "0.5"],
        4,
        "{\"pairs\":2,\"accounts\":0,\"edges\":0,\"components\":0,\"weight_threshold\":2.0}\n",
    );
    check(
        &["--format", "csv"],
        4,
        "account_id,account_id_y,weight,avg_time_delta,n_content_id,n_content_id_y,edge_symmetry_score\na,b,2,3.25,2,2,1\n",
    );
    check(
        &["--format", "json", "--window", "1", "--min-participation", "1"],
        4,
        "{\"pairs\":0,\"accounts\":0,\"edges\":0,\"components\":0}\n",
    );
    check(&["--window", "-1"], 2, "");
    check(&["--edge-quantile", "2"], 2, "");
    let ran = run(&["campaign", "--shares", arg(&file), "--format", "jsonl"], "");
    let edge = &json_lines(&ran.stdout)[0];
    let messages: Vec<&str> =
        edge["messages"].as_array().unwrap().iter().map(|m| m["content_id"].as_str().unwrap()).collect();
    assert_eq!(messages, ["a1", "b1", "a2", "b2"]);
    assert!(ran.stderr.contains("line 6 (id c1): timestamp_share is no number of seconds"), "{}", ran.stderr);
}

/// What somebody may send to stop whoever looks: each is named, and what is beside it is read.
#[test]
fn hostile_files() {
    let scratch = Scratch::new();
    let good = scratch.file("good.mbox", mailbox());
    let nested = "Content-Type: message/rfc822\n\n".repeat(1000) + "Subject: deep\n\ntext\n";
    let bomb = "Content-Type: multipart/mixed; boundary=a\n\n--a\n".repeat(3000);
    let wide = format!("id,text\n1,short\n2,\"{}\"\n3,after\n", "x".repeat(50 << 20));
    let wide_line =
        format!("{{\"id\":1,\"text\":\"{}\"}}\n{{\"id\":2,\"text\":\"after\"}}\n", "x".repeat(50 << 20));
    for (name, content, status, failed) in [
        ("nested.eml", nested.into_bytes(), 0, 0),
        ("bomb.eml", bomb.into_bytes(), 0, 0),
        (
            "noise.eml",
            b"Subject: =?utf-8?B?////?=\nContent-Transfer-Encoding: base64\n\n\xFF\xFE!!\0\n".to_vec(),
            0,
            0,
        ),
        ("wide.csv", wide.into_bytes(), 4, 1),
        ("wide.jsonl", wide_line.into_bytes(), 4, 1),
        ("broken.jsonl", b"{\"text\":\n[1]\n{\"text\":\"ok\"}\n".to_vec(), 4, 2),
        ("open.csv", b"id,text\n1,\"never closes\n2,fine\n".to_vec(), 4, 1),
        ("empty.mbox", Vec::new(), 4, 1),
        ("columns.csv", b"a,b\n1,2\n".to_vec(), 4, 1),
    ] {
        let file = scratch.file(name, content);
        let ran = run(&["campaign", arg(&file), arg(&good), "--format", "json"], "");
        let found: Value = serde_json::from_str(&ran.stdout).unwrap();
        assert_eq!((ran.status, found["failed"].as_u64()), (status, Some(failed)), "{name}\n{}", ran.stderr);
        assert_eq!(found["templates"][0]["copies"].as_u64(), Some(6), "{name}");
        // Alone, a file that holds nothing is bad input.
        let alone = run(&["campaign", arg(&file), "--format", "json"], "");
        assert_eq!(
            alone.status,
            if matches!(name, "empty.mbox" | "columns.csv") { 3 } else { status },
            "{name}"
        );
    }
    assert_eq!(run(&["campaign", arg(&scratch.path("none"))], "").status, 3);
    assert_eq!(run(&["campaign"], "").status, 2);
}

/// A gibibyte: one mail of half of it, and a hundred thousand others.
#[test]
#[ignore = "writes a gibibyte; `make soak`"]
fn a_gibibyte_of_mail() {
    let scratch = Scratch::new();
    let path = scratch.path("large.mbox");
    let mut file = std::io::BufWriter::new(std::fs::File::create(&path).unwrap());
    writeln!(file, "From x@y Wed May 15 16:00:00 2024\nFrom: a@b.example\n").unwrap();
    (0..512 << 10).for_each(|_| file.write_all(&[b'x'; 1023]).and_then(|()| file.write_all(b"\n")).unwrap());
    let one = mailbox();
    let mails = (512 << 20) / one.len();
    for _ in 0..mails {
        file.write_all(b"\n").and_then(|()| file.write_all(one.as_bytes())).unwrap();
    }
    file.into_inner().unwrap().sync_all().unwrap();
    let output = scratch.path("out.csv");
    let ran = run(&["campaign", arg(&path), "--format", "csv", "--output", arg(&output)], "");
    assert_eq!(ran.status, 4, "{}", ran.stderr);
    assert!(ran.stderr.contains("is over the limit of 67108864 and was skipped"), "{}", ran.stderr);
    let found = std::fs::read_to_string(output).unwrap();
    assert!(found.lines().nth(1).unwrap().starts_with(&format!("{},", mails * 6)), "{found}");
}

/// Six mails to one victim, the same but for a number.
fn to_one_victim() -> String {
    let mut mbox = String::new();
    for n in 0..6 {
        let mail = format!(
            "Message-ID: <v{n}@club.example.org>\nFrom: Emennet Pasargad <office@club.example.org>\nTo: ada.brook@mail.example.net\n\
             Date: Wed, 15 May 2024 16:0{n}:00 +0000\nSubject: Ada Brook, listen\n\nAda Brook, born 3 May 1970,\n\nwe know that \
             you live at 2010 Maple Court, and we will come after you. This is warning number 7{n}1 of many that you get.\n"
        );
        write!(mbox, "From x@y Wed May 15 16:00:0{n} 2024\n{mail}\n").unwrap();
    }
    mbox
}

#[test]
fn a_mailing_to_one_victim_shows_nothing_of_her() {
    let scratch = Scratch::new();
    let mbox = scratch.file("box.mbox", to_one_victim());
    let ran = run(&["campaign", arg(&mbox), "--format", "table"], "");
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    for personal in ["Ada", "Brook", "1970", "2010", "Maple", "721"] {
        assert!(!ran.stdout.contains(personal), "{personal}: {}", ran.stdout);
    }
    assert!(ran.stdout.contains("we will come after you"), "{}", ran.stdout);
    let ran = run(&["campaign", arg(&mbox), "--format", "table", "--reveal"], "");
    for shown in ["Ada Brook, born 3 May 1970", "2010 Maple Court", "721"] {
        assert!(ran.stdout.contains(shown), "{shown}: {}", ran.stdout);
    }
    let ran = run(&["campaign", arg(&mbox), "--format", "json"], "");
    assert!(ran.stdout.contains("2010 Maple Court"), "a data output carries the data: {}", ran.stdout);
}

#[test]
fn senders_are_screened() {
    let scratch = Scratch::new();
    let listed = scratch.file("listed.mbox", to_one_victim());
    let others = scratch.file("others.mbox", mailbox());
    let check = |file: &std::path::Path, more: &[&str], status: i32| {
        let ran = run(&[&["campaign", arg(file), "--list", "demo"], more].concat(), "");
        assert_eq!(ran.status, status, "{more:?}: {}", ran.stderr);
        ran
    };
    let json = check(&listed, &["--format", "json"], 0);
    let found: Value = serde_json::from_str(&json.stdout).unwrap();
    let traces = found["traces"].as_array().unwrap();
    let of = |value: &str| traces.iter().find(|trace| trace["value"] == value).unwrap();
    assert_eq!(of("Emennet Pasargad")["results"][0]["id"], "ofac-33634");
    assert_eq!(of("office@club.example.org")["total"], 0);
    let table = check(&listed, &["--format", "table", "--fail-on-hit"], 1);
    for said in [
        "name, in 6 messages: Emennet Pasargad",
        "MATCH",
        "met as EMENNET PASARGAD",
        "no finding of who sent",
    ] {
        assert!(table.stdout.contains(said), "{said}: {}", table.stdout);
    }
    check(&others, &["--fail-on-hit", "--format", "table"], 0);
    check(&others, &["--format", "csv"], 2);
    let ran = run(&["campaign", arg(&others), "--fail-on-hit"], "");
    assert_eq!(ran.status, 2, "{}", ran.stderr);
    let ran = run(&["campaign", arg(&others), "--list", "no/such.csv"], "");
    assert_eq!(ran.status, 3, "{}", ran.stderr);
}

#[test]
fn the_ending_of_the_output_is_its_form() {
    let scratch = Scratch::new();
    let mbox = scratch.file("box.mbox", mailbox());
    let check = |name: &str, more: &[&str], begins: &str| {
        let output = scratch.path(name);
        let ran = run(&[&["campaign", arg(&mbox), "--output", arg(&output)], more].concat(), "");
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        let written = std::fs::read_to_string(&output).unwrap();
        assert!(written.starts_with(begins), "{name}: {written}");
    };
    check("a.csv", &[], "copies,senders,");
    check("a.jsonl", &[], "{\"text\":");
    check("a.txt", &[], "1. 6 copies");
    check("a.json", &[], "{\"read\":");
    check("b", &[], "{\"read\":");
    check("b.csv", &["--format", "json"], "{\"read\":");
    let ran = run(&["campaign", arg(&mbox), "--output", arg(&scratch.path("a.html"))], "");
    assert!(ran.status == 2 && ran.stderr.contains("no page is written"), "{}", ran.stderr);
    for copies in ["0", "1", "x"] {
        let ran = run(&["campaign", arg(&mbox), "--min-copies", copies], "");
        assert!(ran.status == 2 && ran.stderr.contains("2 or more"), "{}", ran.stderr);
    }
}
