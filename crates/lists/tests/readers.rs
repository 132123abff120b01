//! What each reader makes of small files, good and bad. The files are ours; real people and parties in them are
//! those of the public case.

#![allow(clippy::unwrap_used)] // helpers of tests are tests

use lists::{LoadedList, SourceFile, read};
use model::{Entity, Locator, Property};

const NULLS: &str = "-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ";

/// A row of the primary file.
fn row(id: &str, name: &str, kind: &str, programmes: &str, remarks: &str) -> String {
    format!("{id},\"{name}\",{kind},\"{programmes}\",{NULLS},\"{remarks}\"\r\n")
}

fn load(main: &str, siblings: &[(&str, &str)]) -> Result<LoadedList, String> {
    let siblings: Vec<_> =
        siblings.iter().map(|(name, text)| SourceFile { name, bytes: text.as_bytes() }).collect();
    read(&SourceFile { name: "sdn.csv", bytes: main.as_bytes() }, &siblings).map_err(|e| e.to_string())
}

/// `property=value` of an entity, in order, without what every listed party has.
fn stated(entity: &Entity) -> Vec<String> {
    let all = entity.statements.iter().map(|s| format!("{}={}", s.property, s.value));
    all.filter(|s| s != "topics=sanction" && s != "program=X" && !s.starts_with("name=")).collect()
}

fn all(entities: &[Entity]) -> Vec<String> {
    let one = |e: &Entity| format!("{} {} {}", e.id, e.schema, stated(e).join(" "));
    entities.iter().map(one).collect()
}

#[test]
fn clauses_become_statements() {
    let rows: [(&str, &[&str], &[&str]); 20] = [
        ("DOB 21 Sep 1979.", &["birthDate=21 Sep 1979"], &[]),
        (
            "DOB circa 1950; alt. DOB 1951 to 1953; POB Town, Land; alt. POB Village",
            &[
                "birthDate=circa 1950",
                "birthDate=1951 to 1953",
                "birthPlace=Town, Land",
                "birthPlace=Village",
            ],
            &[],
        ),
        (
            "nationality Iran; citizen Iraq; alt. nationality Syria; Gender Male",
            &["nationality=Iran", "citizenship=Iraq", "nationality=Syria", "gender=Male"],
            &[],
        ),
        (
            "a.k.a. 'ZAMANI, Hosein'; a.k.a. ''ABD-AL-'IZ'.",
            &["weakAlias=ZAMANI, Hosein", "weakAlias='ABD-AL-'IZ"],
            &[],
        ),
        ("f.k.a. 'OLD'; n.k.a. 'NEW'", &["previousName=OLD", "alias=NEW"], &[]),
        (
            "National ID No. 0067948431 (Iran)",
            &["idNumber=0067948431"],
            &[
                "ofac-1-paper-1 Identification holder=ofac-1 number=0067948431 type=National ID No. country=Iran",
            ],
        ),
        (
            "Passport A12 (Iran) issued 01 Feb 2008 expires 31 Jan 2018",
            &["passportNumber=A12"],
            &["ofac-1-paper-1 Passport holder=ofac-1 number=A12 type=Passport country=Iran \
               startDate=01 Feb 2008 endDate=31 Jan 2018"],
        ),
        (
            "Birth Certificate Number 365",
            &["idNumber=365"],
            &["ofac-1-paper-1 Identification holder=ofac-1 number=365 type=Birth Certificate Number"],
        ),
        (
            "NIT # 800018928-0",
            &["taxNumber=800018928-0"],
            &["ofac-1-paper-1 Identification holder=ofac-1 number=800018928-0 type=NIT"],
        ),
        ("SWIFT/BIC BNAMGBXX; MMSI 572469210", &["swiftBic=BNAMGBXX", "mmsi=572469210"], &[]),
        (
            "Vessel Registration Identification IMO 9074729; Former Vessel Flag Malta; Vessel Year of Build 1999",
            &["imoNumber=9074729", "pastFlags=Malta", "buildDate=1999"],
            &[],
        ),
        (
            "Digital Currency Address - XBT 1Example; alt. Digital Currency Address - ETH 0xExample",
            &["publicKey=1Example", "currency=XBT", "publicKey=0xExample", "currency=ETH"],
            &[
                "ofac-1-wallet-1 CryptoWallet holder=ofac-1 publicKey=1Example currency=XBT",
                "ofac-1-wallet-2 CryptoWallet holder=ofac-1 publicKey=0xExample currency=ETH",
            ],
        ),
        (
            "Aircraft Model IL76-TD; Aircraft Manufacturer's Serial Number (MSN) 102; Aircraft Tail Number EP-AAA",
            &["model=IL76-TD", "serialNumber=102", "registrationNumber=EP-AAA"],
            &[],
        ),
        (
            "Organization Established Date 1969; Organization Type: Real estate; Target Type Private Company",
            &["incorporationDate=1969", "sector=Real estate", "legalForm=Private Company"],
            &[],
        ),
        (
            "Secondary sanctions risk: section 1(b) of Executive Order 13224",
            &["summary=Secondary sanctions risk: section 1(b) of Executive Order 13224"],
            &[],
        ),
        ("Deputy Minister of Nothing", &["position=Deputy Minister of Nothing"], &[]),
        ("Fond of 3 cats; fond of 4 cats", &["notes=Fond of 3 cats", "notes=fond of 4 cats"], &[]),
        ("Passport issued in Town", &["notes=Passport issued in Town"], &[]),
        ("Website ; Linked To:", &["notes=Website", "notes=Linked To:"], &[]),
        ("a.k.a. 'never closed", &["notes=a.k.a. 'never closed"], &[]),
    ];
    for (remarks, expected, beside) in rows {
        let list = load(&row("1", "DOE, Jane", "\"individual\"", "X", remarks), &[]).unwrap();
        assert_eq!(stated(&list.entities[0]), expected, "{remarks}");
        assert_eq!(all(&list.relations), beside, "{remarks}");
        let notes = expected.iter().filter(|e| e.starts_with("notes=")).count();
        assert_eq!(
            list.report.unmapped.values().sum::<usize>(),
            notes,
            "{remarks}: {:?}",
            list.report.unmapped
        );
    }
}

#[test]
fn companions_and_columns() {
    let main = [
        row("1", "COMPANY, THE", "-0- ", "HRIT-IR] [ELECTION-EO13848", "-0- "),
        "2,\"NOOR 7\",\"vessel\",\"X\",-0- ,\"EPAB\",\"Tug\",\"99,144\",\"212\",\"Iran\",\"OWNER CO.\",-0- \r\n".into(),
        "3,\"DOE, Jane\",\"individual\",\"X\",\"Director; Member\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"Linked To: COMPANY, THE; \
         Linked To: FORMERLY THIS; Linked To: UNHEARD OF LTD.\"\r\n\x1A".into(),
    ];
    let alt = "1,11,\"aka\",\"THE COMPANY\",-0- \r\n1,12,\"fka\",\"FORMERLY THIS\",-0- \r\n9,13,\"aka\",\"X\",-0- \r\n\x1A";
    let add = "1,21,\"1 Street\",\"Tehran\",\"Iran\",-0- \r\n3,22,-0- ,-0- ,-0- ,-0- \r\n\x1A";
    let list = load(&main.concat(), &[("add.csv", add), ("alt.csv", alt)]).unwrap();
    assert_eq!(
        all(&list.entities),
        [
            "ofac-1 Organization program=HRIT-IR program=ELECTION-EO13848 alias=THE COMPANY \
         previousName=FORMERLY THIS address=1 Street, Tehran, Iran country=Iran",
            "ofac-2 Vessel callSign=EPAB type=Tug tonnage=99,144 grossRegisteredTonnage=212 flag=Iran owner=OWNER CO.",
            "ofac-3 Person position=Director; Member",
        ]
    );
    assert_eq!(
        all(&list.relations),
        [
            "ofac-unlisted-owner-co LegalEntity ",
            "ofac-2-link-1 Ownership asset=ofac-2 owner=ofac-unlisted-owner-co role=Vessel owner namesMentioned=OWNER CO.",
            "ofac-3-link-1 UnknownLink subject=ofac-3 object=ofac-1 role=Linked To namesMentioned=COMPANY, THE",
            "ofac-3-link-2 UnknownLink subject=ofac-3 object=ofac-1 role=Linked To namesMentioned=FORMERLY THIS",
            "ofac-unlisted-unheard-of-ltd LegalEntity ",
            "ofac-3-link-3 UnknownLink subject=ofac-3 object=ofac-unlisted-unheard-of-ltd role=Linked To namesMentioned=UNHEARD OF LTD",
        ]
    );
    let skipped: Vec<_> = list.report.skipped.iter().map(|s| (&*s.file, s.line, &*s.reason)).collect();
    assert_eq!(skipped, [("alt.csv", 3, "nobody has the number 9")]);
    assert_eq!(list.report.warnings, Vec::<String>::new());
    let address = list.entities[0].statements.iter().find(|s| s.property.name() == "address").unwrap();
    assert_eq!(address.locator, Locator::Line { file: 1, line: 1 }, "the first sibling is file 1");
    let report = list.report;
    assert_eq!((report.total(), report.names, report.aliases, report.relations), (3, 3, 2, 4));
}

#[test]
fn broken_rows_are_named_and_the_rest_is_read() {
    let good = row("7", "GOOD, One", "\"individual\"", "X", "DOB 1979");
    let rows = [
        ("1,\"CUT, O\r\n".to_owned(), 1, "a quote is opened and never closed"),
        ("1,\"SHORT\",-0- ,\"X\"\r\n".to_owned(), 1, "4 columns where OFAC has 12"),
        (good.replacen('7', "7,extra", 1), 1, "13 columns"),
        (good.replacen('7', "seven", 1), 1, "the first column is no number"),
        (good.replacen('7', "-7", 1), 1, "the first column is no number"),
        (row("8", "-0- ", "-0- ", "X", ""), 1, "the party 8 has no name"),
        (format!("\r\n\r\n{}1,x\r\n", row("8", "OTHER", "-0- ", "X", "")), 4, "2 columns where OFAC has 12"),
    ];
    for (bad, line, reason) in rows {
        let list = load(&format!("{bad}{good}\x1A"), &[]).unwrap();
        assert!(list.entities.iter().any(|e| &*e.id == "ofac-7"), "{bad}");
        let skipped = &list.report.skipped;
        assert_eq!((skipped.len(), skipped[0].line), (1, line), "{bad}: {skipped:?}");
        assert!(skipped[0].reason.contains(reason), "{bad}: {skipped:?}");
    }
    let twice = load(&format!("{good}{good}"), &[]).unwrap();
    assert_eq!(twice.entities.len(), 1);
    assert_eq!((twice.report.skipped[0].line, twice.report.skipped.len()), (2, 1));
}

#[test]
fn encodings_and_long_lines() {
    let good = row("7", "GOOD, One", "\"individual\"", "X", "DOB 1979");
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(good.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let legacy =
        [good.as_bytes(), b"8,\"M\xDCLLER\",-0- ,\"X\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n"].concat();
    let long = row("8", "LONG", "-0- ", "X", &"many words; ".repeat(900_000));
    let nul = good.replace("One", "O\0ne");
    let many: Vec<String> = (100..200).map(|n| good.replacen('7', &n.to_string(), 1)).collect();
    let rows: [(&str, Vec<u8>, usize, &str); 6] = [
        ("UTF-8 mark", [b"\xEF\xBB\xBF", good.as_bytes()].concat(), 1, ""),
        ("UTF-16", utf16, 1, ""),
        ("windows-1252", legacy, 2, "1 line(s) are no UTF-8"),
        ("10 MB line", format!("{good}{long}").into_bytes(), 2, ""),
        ("10 MB of junk", format!("{good}{}", "x".repeat(10 << 20)).into_bytes(), 1, ""),
        ("NUL", format!("{}{nul}", many.concat()).into_bytes(), 101, "1 row(s) hold NUL bytes"),
    ];
    for (what, bytes, parties, warning) in rows {
        let list = read(&SourceFile { name: "sdn.csv", bytes: &bytes }, &[]).unwrap();
        assert_eq!(list.entities.len(), parties, "{what}");
        assert!(
            list.report.warnings.iter().any(|w| w.contains(warning)),
            "{what}: {:?}",
            list.report.warnings
        );
        if what == "windows-1252" {
            assert_eq!(list.entities[1].caption(), "MÜLLER");
        }
    }
}

#[test]
fn ftm_lines() {
    let text = concat!(
        r#"{"id":"a","schema":"Person","datasets":["mine"],"properties":{"name":["Jane DOE"]}}"#,
        "\n\n",
        r#"{"id":"o","schema":"Ownership","datasets":["mine"],"properties":{"owner":["a"],"asset":["c"]}}"#,
        "\nnot json\n",
        r#"{"id":"a","schema":"Person","datasets":["mine"],"properties":{}}"#,
        "\n",
        r#"{"id":"b","schema":"Company","datasets":["mine"],"target":false,"properties":{"name":["Tied Ltd"]}}"#,
    );
    let list = load(text, &[("alt.csv", "1,2,\"aka\",\"X\",-0- ")]).unwrap();
    assert_eq!(list.dataset, "mine");
    assert_eq!(all(&list.entities), ["a Person "]);
    assert_eq!(all(&list.relations), ["o Ownership owner=a asset=c", "b Company "]);
    let skipped: Vec<_> = list.report.skipped.iter().map(|s| s.line).collect();
    assert_eq!(skipped, [4, 5]);
    assert_eq!(list.report.warnings, ["alt.csv: sdn.csv has no companions: not read"]);
    let other = text.replacen("mine", "theirs", 1);
    assert_eq!(load(&other, &[]).unwrap().dataset, "sdn", "they do not agree: the file's name");
}

#[test]
fn tables() {
    let list = load(
        "\u{FEFF}ID;Schema;NAME;birthdate;Shoe size\n\
         x;Person;DOE; Jane;\n\
         y;Person;\"DOE; Jane\";1979-09-21;41\n\
         y;Person;Again;;\n\
         ;;\"Two\nlines\";;\n\
         ;;;;\n\
         z;Family;Kin;;\n",
        &[],
    )
    .unwrap();
    assert_eq!(
        all(&list.entities),
        ["x Person birthDate=Jane", "y Person birthDate=1979-09-21 Shoe size=41", "row-4 Thing ",]
    );
    assert_eq!(list.entities[1].caption(), "DOE; Jane", "values are not split");
    assert_eq!(list.report.warnings.len(), 1);
    assert!(list.report.warnings[0].ends_with(": Shoe size"), "{:?}", list.report.warnings);
    let skipped: Vec<_> = list.report.skipped.iter().map(|s| (s.line, &*s.reason)).collect();
    assert_eq!(
        skipped,
        [
            (4, "the id y stands in line 3 already"),
            (7, "nothing is stated in this row"),
            (8, "schema Family: no kind of party"),
        ]
    );
    assert_eq!(list.dataset, "sdn");
}

#[test]
fn what_is_no_list_is_named_with_the_remedy() {
    let rows = [
        ("", "sdn.csv: the file is empty: download it again"),
        ("\x1A", "the file is empty"),
        ("1,2,\"aka\",\"X\",-0- \r\n\x1A", "this is the alias file of OFAC's list: give the primary file"),
        ("1,2,-0- ,\"Town\",\"Land\",-0- ", "this is the address file"),
        ("1,\"rest of the remarks\"", "this is the file of continued remarks"),
        (
            "<?xml version='1.0'?><a/>",
            "this is an XML file whose root <a> is of no list that is read: the roots of lists are sdnList, ",
        ),
        ("<html>", "this is a web page"),
        ("PK\x03\x04", "save the sheet as CSV"),
        ("[]", "write one entity a line"),
        ("hello", "this is plain text"),
        (
            "Full Name,Born\nJane,1979\n",
            "no column holds names (columns: Full Name, Born): call the column of names",
        ),
        ("name,alias\n", "no listed party could be read: the file has no rows"),
        ("{\n", "no listed party could be read: line 1: not JSON"),
        ("{}", "line 1: not a FollowTheMoney entity: it has no id"),
    ];
    for (text, expected) in rows {
        let error = load(text, &[]).unwrap_err();
        assert!(error.contains(expected), "{text:?}: {error}");
    }
    let headed = format!("ent_num,SDN_Name,c,d,e,f,g,h,i,j,k,l\n{}", row("1", "N", "-0- ", "X", ""));
    let skipped = load(&headed, &[]).unwrap().report.skipped;
    assert_eq!((skipped.len(), skipped[0].line), (1, 1), "a header put over OFAC's file: {skipped:?}");
}

#[test]
fn the_embedded_case() {
    let file = |name| {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../engine/data/demo/");
        std::fs::read(format!("{folder}{name}")).unwrap()
    };
    let [sdn, alt, add] = ["sdn.csv", "alt.csv", "add.csv"].map(file);
    let siblings = [SourceFile { name: "alt.csv", bytes: &alt }, SourceFile { name: "add.csv", bytes: &add }];
    let list = read(&SourceFile { name: "sdn.csv", bytes: &sdn }, &siblings).unwrap();
    let report = &list.report;
    assert_eq!((report.total(), report.weak_aliases, report.relations, report.papers), (8, 3, 3, 8));
    assert!(
        report.skipped.is_empty() && report.warnings.is_empty() && report.unmapped.is_empty(),
        "{report:?}"
    );
    assert!(list.entities.iter().all(|e| e.first(&Property::Country) == Some("Iran")));
    let customers = read(&SourceFile { name: "customers.csv", bytes: &file("customers.csv") }, &[]).unwrap();
    assert_eq!((customers.report.total(), customers.report.warnings.len()), (16, 0));
}
