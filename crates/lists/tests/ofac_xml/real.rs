//! The authorities' own files.

use std::collections::{BTreeMap, BTreeSet};

use lists::{LoadedList, SourceFile, read};
use model::{Entity, Property};

use crate::{
    ADVANCED, ENHANCED, EXTRACT, LEGACY, beside, data, legacy, load, load_text, party, read_text, stated,
};

/// File, dataset, day, relations and papers, and all that was not understood, by label.
type Counted<'a> = (&'a str, &'a str, &'a str, [usize; 2], &'a [(&'a str, usize)]);

#[test]
fn counts() {
    let Some(counts) = data("eval/counts.json") else { return };
    let counts: BTreeMap<String, usize> = serde_json::from_slice(&counts).unwrap();
    let rows: [Counted<'_>; 3] = [
        (LEGACY, "ofac_cons", "2025-03-28", [283, 682], &[]),
        (
            ENHANCED,
            "ofac_cons",
            "2025-01-10",
            [283, 683],
            &[("Organization Established Date: Reported", 1), ("feature/comments", 5)],
        ),
        (
            EXTRACT,
            "ofac_sdn",
            "2024-08-28",
            [229, 224],
            &[
                ("Birthdate: Reported", 2),
                ("Driver's License is issued by the State of Texas", 1),
                ("identityDocument/idFeatures/idFeature", 1),
                ("identityDocument/isValid", 2),
            ],
        ),
    ];
    for (file, dataset, published, [relations, papers], unmapped) in rows {
        let Some(list) = load(file) else { continue };
        let report = &list.report;
        assert_eq!(report.total(), counts[file], "{file}");
        assert_eq!((&*list.dataset, list.published.as_deref()), (dataset, Some(published)), "{file}");
        assert_eq!([report.relations, report.papers], [relations, papers], "{file}");
        let found: Vec<(&str, usize)> = report.unmapped.iter().map(|(label, n)| (&**label, *n)).collect();
        assert_eq!(found, unmapped, "{file}");
        assert!(report.skipped.is_empty() && report.warnings.is_empty(), "{file}: {report:?}");
        let ids: BTreeSet<&str> = list.entities.iter().chain(&list.relations).map(|e| &*e.id).collect();
        assert_eq!(ids.len(), list.entities.len() + list.relations.len(), "{file}: an id stands twice");
    }
}

#[test]
fn legacy_parties() {
    let Some(list) = load(LEGACY) else { return };
    let expected = [
        "name=HANIYA, Ismail Abdul Salah",
        "alias=HANIYA, Ismail",
        "alias=HANIYYA, Ismaeel",
        "topics=sanction",
        "program=NS-PLC",
        "birthDate=1962",
        "birthPlace=Shati",
    ];
    assert_eq!(stated(party(&list, "ofac-9639")), expected);
    let kinef = party(&list, "ofac-23568");
    let rows: [(Property, &[&str]); 8] = [
        (Property::Name, &["KINEF OOO"]),
        (Property::Program, &["UKRAINE-EO13662", "RUSSIA-EO14024"]),
        (Property::RegistrationNumber, &["1024701478735"]),
        (Property::TaxNumber, &["4708007089"]),
        (Property::Website, &["http://www.kinef.ru"]),
        (Property::Email, &["kinef@kinef.ru"]),
        (Property::Jurisdiction, &["Russia"]),
        (Property::Country, &["Russia"]),
    ];
    for (property, values) in rows {
        assert_eq!(kinef.values(&property).collect::<Vec<_>>(), values, "{property}");
    }
    let owner = list.entities.iter().find(|e| e.caption() == "SURGUTNEFTEGAS").unwrap();
    let expected = [
        "-paper-1 Identification holder=ofac-23568 number=1024701478735 type=Registration ID country=Russia"
            .into(),
        "-paper-2 Identification holder=ofac-23568 number=4708007089 type=Tax ID No. country=Russia".into(),
        format!(
            "-link-1 UnknownLink subject=ofac-23568 object={} role=Linked To namesMentioned=SURGUTNEFTEGAS",
            owner.id
        ),
    ];
    assert_eq!(beside(&list, "ofac-23568"), expected);
}

#[test]
fn enhanced_parties() {
    let Some(list) = load(EXTRACT) else { return };
    let expected = [
        "name=SAJJAD, Rasoul",
        "firstName=Rasoul",
        "lastName=Sajjad",
        "alias=SAJJAD, Rasul",
        "alias=SAJJAD, Rassoul",
        "topics=sanction",
        "program=IFSR",
        "program=IRGC",
        "program=SDGT",
        "position=Dr",
        "country=Iran",
        "address=Iran",
        "summary=Additional Sanctions Information - Subject to Secondary Sanctions",
        "birthDate=09 Aug 1970",
        "gender=Male",
        "birthPlace=Esfahan, Iran",
        "passportNumber=G9333110",
    ];
    assert_eq!(stated(party(&list, "ofac-26123")), expected);
    let expected = [
        "-paper-1 Passport holder=ofac-26123 number=G9333110 type=Passport country=Iran startDate=03 Mar 2014 \
         endDate=03 Mar 2019",
        "-sanction-1 Sanction entity=ofac-26123 listingDate=2018-11-20 summary=SDN List program=IFSR program=IRGC \
         program=SDGT provisions=Block reason=Executive Order 13224 (Terrorism)",
        "-relation-1 Representation agent=ofac-26123 client=ofac-10465 role=Acting for or on behalf of",
    ];
    assert_eq!(beside(&list, "ofac-26123"), expected);
    let plane = party(&list, "ofac-15757");
    assert_eq!(plane.schema.name(), "Airplane");
    for value in
        ["name=YK-AIC", "buildDate=Mar 1985", "serialNumber=710", "model=Tu-154M", "operator=Syrianair"]
    {
        assert!(stated(plane).iter().any(|stated| stated == value), "{value}");
    }
    let relation = beside(&list, "ofac-15757").pop().unwrap();
    assert_eq!(
        relation,
        "-relation-1 Ownership asset=ofac-15757 owner=ofac-13440 role=Owned or Controlled By"
    );
    // Hizballah is not in the extract: it is named beside it, under the number that it has on the list.
    let unlisted: Vec<&Entity> = list.relations.iter().filter(|e| e.schema.name() == "LegalEntity").collect();
    assert_eq!(unlisted.len(), 13);
    assert!(unlisted.iter().any(|e| (&*e.id, e.caption()) == ("ofac-4697", "HIZBALLAH")), "{unlisted:?}");
    // A paper in another name says so, and so does a name in its own script.
    let papers = beside(&list, "ofac-11786");
    assert!(
        papers[0].contains("number=6579726970") && papers[0].ends_with("summary=GHASEMI MOHAMMADALI, ROSTAM")
    );
    let division = party(&list, "ofac-26347");
    assert!(division.names().any(|(_, name)| name.value.contains("لواء فاطميون")), "{:?}", stated(division));
    let nikaeen = party(&list, "ofac-38420");
    let keys: Vec<&str> = nikaeen.values(&Property::PublicKey).collect();
    assert_eq!(keys[0], "1H939dom7i4WDLCKyGbXUp3fs9CSTNRzgL", "the main one first");
    let wallets = beside(&list, "ofac-38420").iter().filter(|e| e.contains(" CryptoWallet ")).count();
    assert_eq!((keys.len(), wallets), (4, 4));
}

/// Every date that the enhanced form gives in numbers is the one that it gives in words.
#[test]
fn dates_in_numbers_are_written_as_ofac_writes_them() {
    for (file, expected) in [(ENHANCED, 104), (EXTRACT, 235)] {
        let Some(bytes) = data(&format!("lists/{file}")) else { continue };
        let text = String::from_utf8(bytes).unwrap();
        let (words, numbers) = (read_text(&text), read_text(&without_words(&text)));
        let mut dates = 0;
        for (a, b) in words.entities.iter().zip(&numbers.entities) {
            for property in [Property::BirthDate, Property::IncorporationDate, Property::BuildDate] {
                let values = |e: &Entity| e.values(&property).map(str::to_owned).collect::<Vec<_>>();
                assert_eq!(values(a), values(b), "{}", a.id);
                dates += values(a).len();
            }
        }
        assert_eq!(dates, expected, "{file}");
    }
}

/// The file without the words of features that have a date in numbers.
fn without_words(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    for feature in text.split_inclusive("</feature>") {
        match (feature.find("<value>"), feature.find("</value>"), feature.contains("<valueDate")) {
            (Some(from), Some(to), true) => {
                bare += &feature[..from];
                bare += &feature[to + "</value>".len()..];
            }
            _ => bare += feature,
        }
    }
    bare
}

/// Every kind of paper that the enhanced form knows has a property.
#[test]
fn every_kind_of_paper_is_known() {
    let Some(bytes) = data(&format!("lists/{ENHANCED}")) else { return };
    let text = String::from_utf8(bytes).unwrap();
    let values = text.split("<type>ID DOCUMENT TYPE</type>").skip(1);
    let kinds: Vec<&str> = values
        .map(|rest| rest.split("<value>").nth(1).and_then(|value| value.split("</value>").next()).unwrap())
        .collect();
    assert_eq!(kinds.len(), 105);
    for kind in kinds {
        let id = format!("<id><idType>{kind}</idType><idNumber>A1234567</idNumber></id>");
        let list = read_text(&legacy(&format!("<lastName>X</lastName><idList>{id}</idList>")));
        assert_eq!(list.report.unmapped, BTreeMap::new(), "{kind}");
    }
}

/// A file that was cut is no list, wherever it was cut; the line is named.
#[test]
fn a_cut_file_is_refused() {
    let real = [LEGACY, ENHANCED].map(|file| data(&format!("lists/{file}")));
    let real = real.into_iter().flatten().map(|bytes| String::from_utf8(bytes).unwrap());
    for text in real.chain([ADVANCED.to_owned()]) {
        let whole = text.trim_end().len();
        for at in (1..40).map(|n| whole * n / 40).chain([whole - 1]) {
            let at = (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap();
            let cut = &text[..at];
            let error = load_text(cut).unwrap_err();
            let line: usize =
                error.split("line ").nth(1).unwrap().split(':').next().unwrap().parse().unwrap();
            let lines = cut.matches('\n').count() + 1;
            assert!(line <= lines && line + 1 >= lines, "{error}: cut in line {lines}");
        }
    }
}

fn csv() -> Option<LoadedList> {
    let names = ["cons_prim.csv", "cons_alt.csv", "cons_add.csv", "cons_comments.csv"];
    let files: Option<Vec<_>> = names.iter().map(|name| data(&format!("lists/ofac/cons/{name}"))).collect();
    let files = files?;
    let files: Vec<_> = names.iter().zip(&files).map(|(name, bytes)| SourceFile { name, bytes }).collect();
    Some(read(&files[0], &files[1..]).unwrap())
}

/// The same party in two forms. What differs is counted by class: OFAC changed a few parties between the dates of the
/// files, the CSV files have no quotation marks in their values, and only the enhanced form has other scripts than Latin.
#[test]
fn forms_agree() {
    let (Some(csv), Some(legacy), Some(enhanced)) = (csv(), load(LEGACY), load(ENHANCED)) else { return };
    // Between the CSV files of 2024 and the XML of 2025 OFAC took nine names from six parties, wrote the name of one
    // otherwise, and listed one more.
    let changed = [
        ("alias: only the first", 9),
        ("name: only the first", 1),
        ("name: only the second", 1),
        ("party: only the second", 1),
        ("quotation marks", 1),
    ];
    let scripts = [("other script: only the second", 45)];
    let changed_with_scripts = [&changed[..], &scripts].concat();
    let rows = [
        ("CSV and legacy", &csv, &legacy, &changed[..]),
        ("CSV and enhanced", &csv, &enhanced, &changed_with_scripts),
        ("legacy and enhanced", &legacy, &enhanced, &scripts),
    ];
    for (what, first, second, expected) in rows {
        let mut found: BTreeMap<String, usize> = BTreeMap::new();
        for (class, value) in differences(first, second) {
            eprintln!("{what}: {class}: {value}");
            *found.entry(class).or_default() += 1;
        }
        let expected: BTreeMap<String, usize> =
            expected.iter().map(|(class, n)| ((*class).to_owned(), *n)).collect();
        assert_eq!(found, expected, "{what}");
    }
}

/// A property with a value of it: an alias that is weak in one form is weak in the other.
type Values = BTreeSet<(String, String)>;

/// Class and value of what is in one of two lists only.
fn differences(first: &LoadedList, second: &LoadedList) -> Vec<(String, String)> {
    let mut differences = Vec::new();
    let mut differ = |class: &str, what: String| differences.push((class.to_owned(), what));
    let ids: BTreeSet<&str> = first.entities.iter().chain(&second.entities).map(|e| &*e.id).collect();
    for id in ids {
        let [a, b] = [first, second].map(|list| list.entities.iter().find(|e| &*e.id == id));
        let (Some(a), Some(b)) = (a, b) else {
            differ(
                if a.is_some() { "party: only the first" } else { "party: only the second" },
                id.to_owned(),
            );
            continue;
        };
        let classes: [(&str, &[Property]); 3] = [
            ("name", &[Property::Name]),
            ("alias", &[Property::Alias, Property::PreviousName, Property::WeakAlias]),
            ("birthDate", &[Property::BirthDate]),
        ];
        for (class, properties) in classes {
            let of = |entity: &Entity| -> Values {
                let wanted = entity.statements.iter().filter(|s| properties.contains(&s.property));
                wanted.map(|s| (s.property.to_string(), s.value.to_string())).collect()
            };
            let plain = |values: Values| -> Values {
                values.into_iter().map(|(property, value)| (property, value.replace('"', "'"))).collect()
            };
            let (a, b) = (of(a), of(b));
            for (_, value) in b.difference(&a).filter(|(property, value)| {
                value.contains('"') && a.contains(&(property.clone(), value.replace('"', "'")))
            }) {
                differ("quotation marks", format!("{id} {value}"));
            }
            let (a, b) = (plain(a), plain(b));
            for (side, values) in [("first", a.difference(&b)), ("second", b.difference(&a))] {
                for (property, value) in values {
                    let latin = value.chars().all(|c| !c.is_alphabetic() || c < '\u{250}');
                    let class = if latin { class } else { "other script" };
                    differ(&format!("{class}: only the {side}"), format!("{id} {property}={value}"));
                }
            }
        }
    }
    differences
}
