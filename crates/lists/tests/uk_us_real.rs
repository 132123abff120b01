//! The British, Australian and American files themselves, where they are at hand (`../shared`, outside the repository).
//! The facts were looked up in the files.

// Helpers of tests are tests; the figures, and which files are not here, go to stderr.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use lists::{LoadedList, SourceFile, read};
use model::{Entity, Property, Schema};

fn data(path: &str) -> Option<Vec<u8>> {
    testkit::shared_bytes(format!("data/{path}"))
}

fn load(name: &str) -> Option<LoadedList> {
    let bytes = data(&format!("lists/{name}"))?;
    let start = Instant::now();
    let list = read(&SourceFile { name, bytes: &bytes }, &[]).unwrap();
    let report = &list.report;
    eprintln!(
        "{name}: {:?}, {} parties, {} relations",
        start.elapsed(),
        report.total(),
        list.relations.len()
    );
    let unmapped: usize = report.unmapped.values().sum();
    eprintln!("  {unmapped} of {} clauses unmapped; {} skipped", report.clauses, report.skipped.len());
    assert!(report.skipped.is_empty(), "{:?}", report.skipped);
    let ids: BTreeSet<&str> = list.entities.iter().chain(&list.relations).map(|e| &*e.id).collect();
    assert_eq!(ids.len(), list.entities.len() + list.relations.len(), "every id is one entity's");
    Some(list)
}

fn party<'a>(list: &'a LoadedList, id: &str) -> &'a Entity {
    list.entities.iter().chain(&list.relations).find(|e| &*e.id == id).unwrap()
}

/// Checks that the values of a property begin with those expected.
fn check(list: &LoadedList, id: &str, rows: &[(&str, &[&str])]) {
    for (property, expected) in rows {
        let property = Property::from_name(property);
        let values: Vec<&str> = party(list, id).values(&property).take(expected.len()).collect();
        assert_eq!(values, *expected, "{id} {property}");
    }
}

/// The number of parties that the manifest of the files gives.
fn expected(name: &str) -> Option<usize> {
    let counts: BTreeMap<String, usize> = serde_json::from_slice(&data("eval/counts.json")?).unwrap();
    counts.get(name).copied()
}

#[test]
fn ofsi_of_2018() {
    let name = "uk/ConList_2018-04-13.csv";
    let Some(list) = load(name) else { return };
    assert_eq!(Some(list.report.total()), expected(name));
    assert_eq!((list.report.names, &*list.dataset), (2106, "uk_ofsi"));
    let schemata = [("Organization", 655), ("Person", 1426), ("Vessel", 25)];
    assert_eq!(list.report.entities, schemata.map(|(schema, n)| (schema.to_owned(), n)).into());
    check(
        &list,
        "uk-ofsi-13349",
        &[
            ("name", &["AL-HABABI, Nayef Salam Muhammad Ujaym"]),
            ("alias", &["AL-QAHTANI, Sheikh Farooq", "AL QATARI, Farouq al-Qahtani"]),
            ("nationality", &["Saudi Arabia", "Qatar"]),
            ("birthDate", &["00/00/1980", "00/00/1981"]),
            ("passportNumber", &["592667"]),
            ("unscId", &["QDe.004"]),
            ("program", &["The ISIL (Da'esh) and Al-Qaida organisations"]),
            ("country", &["Afghanistan"]),
        ],
    );
    check(&list, "uk-ofsi-13349-sanction-1", &[("listingDate", &["01/04/2016"]), ("unscId", &["QDe.004"])]);
    check(
        &list,
        "uk-ofsi-13556",
        &[("name", &["TONG SAN 2"]), ("imoNumber", &["8937675"]), ("mmsi", &["445539000"])],
    );
    assert_eq!(party(&list, "uk-ofsi-13556").schema, Schema::Vessel);
    // A shipping company has an IMO number too, and is no ship.
    check(&list, "uk-ofsi-13637", &[("imoNumber", &["5434358"]), ("unscId", &["KPe.066"])]);
    assert_eq!(party(&list, "uk-ofsi-13637").schema, Schema::Organization);
    check(
        &list,
        "uk-ofsi-7877",
        &[
            ("birthCountry", &["Tunisia", "Libya", "Algeria", "Morocco", "Lebanon"]),
            ("birthPlace", &["Manzil Tmim, Tunisia"]),
        ],
    );
    let unsc = Property::from_name("unscId");
    let with_reference = list.entities.iter().filter(|e| e.first(&unsc).is_some()).count();
    // The others of the UN's listings give none, or one that is not whole (`UN Ref.077`).
    assert_eq!(with_reference, 673);
}

#[test]
fn australia_of_2024() {
    let Some(list) = load("au/regulation8_consolidated_2024-12.xlsx") else { return };
    // Every party has one row whose name type is "Primary Name".
    assert_eq!((list.report.total(), list.report.names, &*list.dataset), (3062, 3062, "au_dfat"));
    check(
        &list,
        "au-2",
        &[
            ("name", &["MOHAMMAD HASSAN AKHUND"]),
            ("alias", &["محمد حسن أخوند"]),
            ("birthDate", &["Approximately 1955- 1958", "Approximately 1945-1950"]),
            ("birthPlace", &["Pashmul village, Panjwai District, Kandahar Province, Afghanistan"]),
            ("citizenship", &["Afghanistan"]),
            ("program", &["1988 (Taliban)"]),
            ("address", &[]),
        ],
    );
    check(&list, "au-2-sanction-1", &[("modifiedAt", &["2014-12-15"])]);
    check(&list, "au-4", &[("birthDate", &["Approximately 1966", "1960", "1953"])]);
    assert_eq!(list.entities.iter().filter(|e| e.schema == Schema::Person).count(), 2316);
}

#[test]
fn consolidated_screening_list_of_2022() {
    let name = "us/csl_2022-04.csv";
    let Some(list) = load(name) else { return };
    assert_eq!(Some(list.report.total()), expected(name));
    let mut by_list: BTreeMap<&str, usize> = BTreeMap::new();
    for entity in &list.entities {
        *by_list.entry(entity.id.split('-').nth(1).unwrap()).or_default() += 1;
    }
    let lists = [
        ("cap", 53),
        ("cmic", 68),
        ("dpl", 462),
        ("dtc", 727),
        ("el", 2001),
        ("fse", 3),
        ("isn", 163),
        ("meu", 71),
        ("nsmbslist", 17),
        ("plc", 78),
        ("sdn", 10_026),
        ("ssi", 290),
        ("uvl", 201),
    ];
    assert_eq!(by_list, lists.into());
    check(
        &list,
        "csl-sdn-17291",
        &[
            ("name", &["'ABD AL-SALAM, 'Abd al-Malik Muhammad Yusuf 'Uthman"]),
            ("alias", &["'ABD-AL-SALAM, 'Abd al-Malik Muhammad Yusif", "'Umar al-Qatari", "'Umar al-Tayyar"]),
            ("birthDate", &["1989-07-13"]),
            ("nationality", &["JO"]),
            ("idNumber", &["28940000602"]),
            ("passportNumber", &["K475336"]),
            ("program", &["SDGT"]),
            ("referents", &["ofac-17291"]),
        ],
    );
    check(
        &list,
        "csl-sdn-17291-paper-2",
        &[("country", &["JO"]), ("startDate", &["2009-08-31"]), ("endDate", &["2014-08-30"])],
    );
    let denied = "csl-dpl-deb7a1d5743a85c354ca1a2c7f2664e2104b32d7";
    check(&list, denied, &[("name", &["I. ASH"]), ("program", &["Denied Persons List (DPL)"])]);
    check(
        &list,
        &format!("{denied}-sanction-1"),
        &[
            ("authority", &["Bureau of Industry and Security"]),
            ("listingDate", &["2003-06-19"]),
            ("endDate", &["2056-06-29"]),
        ],
    );
    // Every "Linked To:" of the remarks.
    assert_eq!(list.report.relations, 4346);
    let unmapped: usize = list.report.unmapped.values().sum();
    assert!(unmapped * 20 < list.report.clauses, "{:?}", list.report.unmapped);
}
