//! `interdict network`, and owned companies in screening.

// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

mod common;

use common::{Ran, arg, run};
use insta::assert_snapshot;
use serde_json::Value;
use testkit::Scratch;

const LIST: &str = "id,schema,name,birthDate,program
p-1,Person,\"VRONSKY, Alexei Kirillovich\",1849,ALPHA
p-2,Person,\"OBLONSKY, Stepan Arkadyevich\",1845,BETA
p-3,Company,Levin Estates Trading LLC,,BETA
";

const OWNERS: &str = "owner,asset,percentage,startDate,endDate,source
Stepan Arkadyevich Oblonsky,Pokrovskoe Grain Company,30,2020-01-01,,Company register
p-1,Pokrovskoe Grain Company,20-40,,,Company register
Pokrovskoe Grain Company,Ergushovo <Railways> Ltd,60,,,Annual report
Kitty,Ergushovo <Railways> Ltd,40,,,Annual report
p-3,Yergushovo Mills,49,,,press
p-3,Zavod Nine,,,,press
p-1,Sold Out Ltd,80,,2019-05,
Kitty,Kitty,10,,,
p-2,Nowhere Ltd,lots,,,
";

struct Files {
    scratch: Scratch,
}

impl Files {
    fn new() -> Self {
        let scratch = Scratch::new();
        std::fs::write(scratch.path("list.csv"), LIST).unwrap();
        std::fs::write(scratch.path("owners.csv"), OWNERS).unwrap();
        Self { scratch }
    }

    fn run(&self, args: &[&str]) -> Ran {
        let at = |name: &str| arg(&self.scratch.path(name)).to_owned();
        let args: Vec<String> = args
            .iter()
            .map(|a| if *a == "list.csv" || *a == "owners.csv" { at(a) } else { (*a).to_owned() })
            .collect();
        let mut ran = run(&args, "");
        let list = self.scratch.path("list.csv");
        let folder = arg(&list).trim_end_matches("list.csv").to_owned();
        ran.stdout = ran.stdout.replace(&folder, "");
        ran.stderr = ran.stderr.replace(&folder, "");
        ran
    }
}

#[test]
fn every_owned_company_with_its_proof() {
    let files = Files::new();
    let ran = files.run(&["network", "owners.csv", "--list", "list.csv", "--format", "table"]);
    assert_eq!(ran.status, 4, "two rows make no sense");
    assert_snapshot!("table", ran.stdout);
    assert_snapshot!("stderr", ran.stderr);
}

#[test]
fn other_forms() {
    let files = Files::new();
    for (name, format) in [("json", "json"), ("csv", "csv"), ("graphml", "graphml"), ("ftm", "ftm")] {
        let ran = files.run(&[
            "network",
            "Ergushovo <Railways> Ltd",
            "owners.csv",
            "--list",
            "list.csv",
            "--format",
            format,
        ]);
        assert_eq!(ran.status, 4);
        assert_snapshot!(name, ran.stdout);
    }
}

/// A spreadsheet's "Unicode text" is UTF-16 with its mark.
#[test]
fn owners_in_utf16() {
    let files = Files::new();
    let mut wide = vec![0xFF, 0xFE];
    wide.extend(OWNERS.encode_utf16().flat_map(u16::to_le_bytes));
    let args = ["network", "owners.csv", "--list", "list.csv", "--format", "csv"];
    let plain = files.run(&args).stdout;
    std::fs::write(files.scratch.path("owners.csv"), wide).unwrap();
    assert_eq!(files.run(&args).stdout, plain);
    assert!(plain.contains("Ergushovo <Railways> Ltd"), "{plain}");
}

#[test]
fn from_one_to_another() {
    let files = Files::new();
    let ran = files.run(&[
        "network",
        "p-1",
        "--to",
        "Kitty",
        "owners.csv",
        "--list",
        "list.csv",
        "--format",
        "table",
    ]);
    assert_snapshot!("path", ran.stdout);
}

#[test]
fn what_makes_no_sense_is_refused() {
    let files = Files::new();
    let rows: [(&[&str], i32, &str); 8] = [
        (&["network", "nobody at all", "owners.csv", "--list", "list.csv"], 3, "nobody in the network is"),
        (&["network", "Oblonski", "owners.csv", "--list", "list.csv"], 3, "nearest by name: OBLONSKY"),
        (&["network", "/gone/gone.csv", "--list", "list.csv"], 3, "no such file"),
        (&["network", "list.csv", "--list", "list.csv"], 3, "holds no relations"),
        (&["network", "owners.csv"], 3, "no list is installed"),
        (&["network", "owners.csv", "--list", "list.csv", "--hops", "2"], 2, "from whom"),
        (&["network", "owners.csv", "--list", "list.csv", "--to", "p-1"], 2, "from one party to another"),
        (&["network", "owners.csv", "--list", "list.csv", "--as-of", "soon"], 2, "not a day"),
    ];
    for (args, status, word) in rows {
        let ran = files.run(args);
        assert_eq!(ran.status, status, "{args:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(word), "{args:?}: {}", ran.stderr);
    }
}

#[test]
fn an_owned_company_is_a_result_of_screening() {
    let files = Files::new();
    let screen = |name: &str, more: &[&str]| -> Value {
        let args = [&["screen", name, "--list", "list.csv", "--format", "json"], more].concat();
        serde_json::from_str(&files.run(&args).stdout).unwrap()
    };
    let owners = &["--ownership", "owners.csv"][..];
    // Name, the basis of the result, the verdict, whether it stands without looking at a tie.
    let rows = [
        ("Pokrovskoe Grain Company", "owned", "blocked", Some(false)),
        ("Ergushovo Railways Ltd", "owned", "blocked", Some(false)),
        ("Zavod Nine", "owned", "possible", None),
    ];
    for (name, basis, verdict, certain) in rows {
        assert_eq!(screen(name, &[])["total"], 0, "{name} is on no list");
        let answer = screen(name, owners);
        let result = &answer["results"][0];
        assert_eq!(result["basis"], basis, "{name}: {answer}");
        assert_eq!(result["match"], true, "{name}");
        assert_eq!(result["ownership"]["verdict"], verdict, "{name}");
        assert_eq!(result["ownership"].get("certain").and_then(Value::as_bool), certain, "{name}");
        assert_eq!(result["datasets"], serde_json::json!(["ownership"]), "{name}");
        assert!(
            result["ownership"]["proof"]["stakes"][0]["statements"][0]["evidence"]["line"].is_u64(),
            "{name}"
        );
    }
    for name in ["Yergushovo Mills", "Sold Out Ltd"] {
        assert_eq!(screen(name, owners)["total"], 0, "{name} is not owned enough");
    }
    // Under the United Kingdom's rule two persons' holdings are not added up.
    let uk = screen("Pokrovskoe Grain Company", &[owners, &["--rule", "uk"]].concat());
    assert_eq!(uk["total"], 0);
    // Whoever is listed is so as before.
    assert_eq!(screen("Levin Estates Trading", owners)["results"][0]["basis"], "listed");
}

/// An owner who is taken for a listed party leads from the one to the other, however the table writes the names of a chain.
#[test]
fn from_the_listed_party_to_what_it_owns() {
    let scratch = Scratch::new();
    let owners = scratch.file(
        "owners.csv",
        "owner,asset,percentage\nEMENNET PASARGAD,Acme Trading Ltd,50\nacme  trading ltd.,Beta Holding,60\n",
    );
    let args = [
        "network",
        "ofac-33634",
        "--to",
        "Beta Holding",
        arg(&owners),
        "--list",
        "demo",
        "--format",
        "table",
    ];
    let ran = run(&args, "");
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    for said in ["Taken for EMENNET PASARGAD", "Acme Trading Ltd", "Beta Holding"] {
        assert!(ran.stdout.contains(said), "{said}: {}", ran.stdout);
    }
}
