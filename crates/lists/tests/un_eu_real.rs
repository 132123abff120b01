//! The real files of the United Nations, the European Union and Canada, where they are at hand (`../shared`, outside the
//! repository): counts, unmapped fields, and facts that were looked up in the files.

// Helpers of tests are tests; the figures, and which files are not here, go to stderr.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use lists::{LoadedList, SourceFile, read};
use model::{Entity, Property, Schema};

fn data(path: &str) -> Option<Vec<u8>> {
    testkit::shared_bytes(format!("data/{path}"))
}

fn load(path: &str) -> Option<LoadedList> {
    let bytes = data(&format!("lists/{path}"))?;
    let start = Instant::now();
    let list = read(&SourceFile { name: path, bytes: &bytes }, &[]).unwrap();
    let report = &list.report;
    eprintln!(
        "{path}: {:?}; {:?}, {} names, {} aliases, {} weak, {} relations, {} papers, {} beside",
        start.elapsed(),
        report.entities,
        report.names,
        report.aliases,
        report.weak_aliases,
        report.relations,
        report.papers,
        list.relations.len()
    );
    for (label, count) in &report.unmapped {
        eprintln!("  {count:6} {label}");
    }
    for warning in &report.warnings {
        eprintln!("  {warning}");
    }
    Some(list)
}

fn party<'a>(list: &'a LoadedList, id: &str) -> &'a Entity {
    list.entities.iter().find(|entity| &*entity.id == id).unwrap_or_else(|| panic!("{id} is not there"))
}

/// `property=value`, in order, of the properties asked for.
fn stated(entity: &Entity, properties: &[&str]) -> Vec<String> {
    let of = |s: &&model::Statement| properties.contains(&s.property.name());
    entity.statements.iter().filter(of).map(|s| format!("{}={}", s.property, s.value)).collect()
}

/// What belongs to a party.
fn beside<'a>(list: &'a LoadedList, id: &str, schema: &Schema) -> Vec<&'a Entity> {
    let own = |e: &&Entity| {
        [Property::Entity, Property::Holder].iter().any(|property| e.first(property) == Some(id))
            && e.schema == *schema
    };
    list.relations.iter().filter(own).collect()
}

#[test]
fn counts() {
    let Some(counts) = data("eval/counts.json") else { return };
    let mut counts: BTreeMap<String, usize> = serde_json::from_slice(&counts).unwrap();
    // The manifest says 7 and 93; the sample names one reference number twice, for different names.
    counts.extend([("eu/fsf_sample.xml".to_owned(), 7), ("eu/fsf_short_2018-07-04.csv".to_owned(), 93)]);
    let rows = [
        ("un/un_2024-12.xml", "un_sc", [("Organization", 193), ("Person", 686)].as_slice()),
        ("un/un_2026-02-27.xml", "un_sc", &[("Organization", 273), ("Person", 730)]),
        ("eu/fsf_sample.xml", "eu_fsf", &[("Person", 7)]),
        ("eu/fsf_short_2018-07-04.csv", "eu_fsf", &[("Organization", 32), ("Person", 61)]),
        ("ca/sema-lmes_2025-05.xml", "ca_sema", &[("Organization", 1316), ("Person", 3334), ("Vessel", 109)]),
    ];
    for (path, dataset, entities) in rows {
        let Some(list) = load(path) else { continue };
        let entities = entities.iter().map(|(schema, count)| ((*schema).to_owned(), *count)).collect();
        assert_eq!(list.report.entities, entities, "{path}");
        assert_eq!((list.report.total(), list.dataset.as_str()), (counts[path], dataset), "{path}");
        assert_eq!(list.report.names, counts[path], "{path}: each has one primary name");
        assert!(list.report.skipped.is_empty(), "{path}: {:?}", list.report.skipped);
        let ids: BTreeSet<&str> = list.entities.iter().chain(&list.relations).map(|e| &*e.id).collect();
        assert_eq!(ids.len(), list.entities.len() + list.relations.len(), "{path}: ids are there once");
        let sanctioned = |e: &&Entity| {
            e.first(&Property::Program).is_some() && e.first(&Property::Topics) == Some("sanction")
        };
        assert_eq!(list.entities.iter().filter(sanctioned).count(), counts[path], "{path}");
    }
}

/// The fields that the readers leave to the notes, each with its count. A field that is not here is mapped.
#[test]
fn unmapped_fields() {
    let rows: [(&str, &[(&str, usize)]); 3] = [
        (
            "un/un_2026-02-27.xml",
            &[
                ("CONSOLIDATED_LIST/@dateGenerated", 1),
                ("CONSOLIDATED_LIST/@noNamespaceSchemaLocation", 1),
                ("ENTITY/DATAID", 273),
                ("ENTITY/VERSIONNUM", 273),
                ("ENTITY_ADDRESS/NOTE", 85),
                ("ENTITY_ALIAS/NOTE", 2),
                ("INDIVIDUAL/DATAID", 730),
                ("INDIVIDUAL/VERSIONNUM", 730),
                ("INDIVIDUAL_ADDRESS/NOTE", 160),
                ("INDIVIDUAL_ALIAS/NOTE", 98),
                ("INDIVIDUAL_DATE_OF_BIRTH/NOTE", 2),
                ("INDIVIDUAL_PLACE_OF_BIRTH/NOTE", 4),
            ],
        ),
        (
            "eu/fsf_sample.xml",
            &[
                ("address/@logicalId", 2),
                ("address/@regulationLanguage", 2),
                ("address/remark", 2),
                ("birthdate/@logicalId", 9),
                ("birthdate/@regulationLanguage", 9),
                ("citizenship/@logicalId", 3),
                ("citizenship/@regulationLanguage", 3),
                ("identification/@regulationLanguage", 3),
                ("nameAlias/@logicalId", 15),
                ("nameAlias/@regulationLanguage", 15),
                ("nameAlias/remark", 1),
                ("regulation/@logicalId", 7),
                ("export/@generationDate", 1),
                ("export/@globalFileId", 1),
            ],
        ),
        ("ca/sema-lmes_2025-05.xml", &[("record/Aliases (language)", 87)]),
    ];
    for (path, expected) in rows {
        let Some(list) = load(path) else { continue };
        let expected: BTreeMap<String, usize> =
            expected.iter().map(|(label, count)| ((*label).to_owned(), *count)).collect();
        assert_eq!(list.report.unmapped, expected, "{path}");
    }
}

/// Every word of every field of the real XML files is found again in what was read of its party, whatever became of the
/// field. This goes through the file by itself, not through the reader's eyes.
#[test]
fn no_word_is_lost() {
    // Said by the schema of the party, or by the property; or numbers of the database, which are counted.
    let silent = [
        "DATAID",
        "VERSIONNUM",
        "LIST_TYPE",
        "QUALITY",
        "TYPE_OF_DATE",
        "@logicalId",
        "@regulationLanguage",
        "@strong",
        "@circa",
        "@calendarType",
        "@code",
        "@classificationCode",
        "@asAtListingTime",
        "@diplomatic",
        "@knownExpired",
        "@knownFalse",
        "@reportedLost",
        "@revokedByIssuer",
        "@identificationTypeCode",
        "@countryIso2Code",
        "@dayOfMonth",
        "@monthOfYear",
    ];
    let rows: [(&str, &[&str], &[&str]); 4] = [
        ("un/un_2024-12.xml", &["INDIVIDUAL", "ENTITY"], &["Approximately"]),
        ("un/un_2026-02-27.xml", &["INDIVIDUAL", "ENTITY"], &["Approximately"]),
        ("eu/fsf_sample.xml", &["sanctionEntity"], &["UNKNOWN"]),
        ("ca/sema-lmes_2025-05.xml", &["record"], &["or"]),
    ];
    for (path, records, words) in rows {
        let (Some(list), Some(bytes)) = (load(path), data(&format!("lists/{path}"))) else { continue };
        let mut of_party: BTreeMap<&str, String> = BTreeMap::new();
        for entity in list.entities.iter().chain(&list.relations) {
            let owner =
                [Property::Entity, Property::Holder].iter().find_map(|property| entity.first(property));
            let text = of_party.entry(owner.unwrap_or(&entity.id)).or_default();
            entity.statements.iter().for_each(|s| text.extend([&*s.value, " "]));
        }
        let fields = fields(&bytes, records);
        assert_eq!(fields.len(), list.entities.len(), "{path}");
        let mut checked = 0;
        for (record, entity) in fields.iter().zip(&list.entities) {
            let text = &of_party[&*entity.id];
            for (field, value) in record.iter().filter(|(field, _)| !silent.contains(&field.as_str())) {
                let cut = |c: char| c.is_whitespace() || [';', ',', '(', ')', '/', ':'].contains(&c);
                for word in
                    value.split(cut).filter(|word| !word.is_empty() && !words.contains(word) && *word != "-")
                {
                    assert!(text.contains(word), "{path} {}: {word} of {field} ({value}) is lost", entity.id);
                    checked += 1;
                }
            }
        }
        eprintln!("{path}: {checked} words are all there");
        assert!(checked > 100);
    }
}

/// Name and text of every field of each record; attributes with `@`.
fn fields(bytes: &[u8], records: &[&str]) -> Vec<Vec<(String, String)>> {
    use quick_xml::events::Event;
    let text = std::str::from_utf8(bytes).unwrap();
    let mut reader = quick_xml::Reader::from_str(text);
    let mut path: Vec<String> = Vec::new();
    let mut all: Vec<Vec<(String, String)>> = Vec::new();
    let mut inside = false;
    loop {
        let event = reader.read_event().unwrap();
        let mut open = |start: &quick_xml::events::BytesStart<'_>, all: &mut Vec<Vec<(String, String)>>| {
            let name = start.local_name().as_ref().to_string();
            if records.contains(&&*name) {
                all.push(Vec::new());
                inside = true;
            }
            let attributes = start.attributes().map(|a| a.unwrap());
            let pairs = attributes
                .map(|a| (format!("@{}", a.key.as_ref()), a.value.to_string().replace("&amp;", "&")));
            if let Some(record) = all.last_mut().filter(|_| inside) {
                record.extend(pairs);
            }
            name
        };
        match event {
            Event::Start(start) => path.push(open(&start, &mut all)),
            Event::Empty(start) => drop(open(&start, &mut all)),
            Event::End(_) => {
                let name = path.pop().unwrap();
                inside &= !records.contains(&&*name);
            }
            Event::Text(text) if inside => {
                let text = text.xml10_content().to_string();
                let of = path.last().cloned().unwrap_or_default();
                let of = if of == "VALUE" { path[path.len() - 2].clone() } else { of };
                all.last_mut().unwrap().push((of, text));
            }
            Event::Eof => return all,
            _ => {}
        }
    }
}

#[test]
fn united_nations() {
    let Some(list) = load("un/un_2026-02-27.xml") else { return };
    // Looked up in the file by its reference numbers.
    let rows: [(&str, &[&str], &[&str]); 5] = [
        (
            "un-CDi.001",
            &["name", "birthDate", "nationality", "program", "gender"],
            &[
                "name=ERIC BADEGE",
                "birthDate=1971",
                "nationality=Democratic Republic of the Congo",
                "gender=Male",
                "program=UN-DRC",
            ],
        ),
        (
            "un-CDi.030",
            &["weakAlias"],
            &[
                "weakAlias=Lydia",
                "weakAlias=Terminator",
                "weakAlias=Tango Romeo",
                "weakAlias=Romeo",
                "weakAlias=Major",
            ],
        ),
        (
            "un-TAi.114",
            &["name", "alias", "birthDate", "birthPlace", "title"],
            &[
                "name=ABDUL RAHMAN AGHA",
                "alias=عبدالرحمان آغا",
                "birthDate=circa 1958",
                "birthPlace=Arghandab District, Kandahar Province, Afghanistan",
                "title=Maulavi",
            ],
        ),
        ("un-TAi.002", &["birthDate"], &["birthDate=circa 1955 to 1958", "birthDate=circa 1945 to 1950"]),
        ("un-QDi.306", &["birthDate"], &["birthDate=Between Aug. and Sep. 1977", "birthDate=1976"]),
    ];
    for (id, properties, expected) in rows {
        assert_eq!(stated(party(&list, id), properties), expected, "{id}");
    }
    let passport = beside(&list, "un-QDi.096", &Schema::Passport);
    let of_milan = passport.iter().find(|p| p.first(&Property::Number) == Some("L335915")).unwrap();
    let expected =
        ["type=Passport", "country=Tunisia", "country=Italy", "authority=Milan", "startDate=1996-11-08"];
    assert_eq!(stated(of_milan, &["type", "country", "authority", "startDate"]), expected);
    assert!(
        stated(party(&list, "un-QDi.096"), &["passportNumber"])
            .contains(&"passportNumber=L335915".to_owned())
    );
    let sanction = beside(&list, "un-CDi.001", &Schema::Sanction);
    assert_eq!(stated(sanction[0], &["unscId", "listingDate"]), ["unscId=CDi.001", "listingDate=2012-12-31"]);
    let names: Vec<&str> = party(&list, "un-QDi.309").names().map(|(_, name)| &*name.value).collect();
    assert!(
        ["Abdul Rehman", "Abd Ur-Rehman", "Abdur Rahman"].iter().all(|name| names.contains(name)),
        "{names:?}"
    );
    let circa = list
        .entities
        .iter()
        .flat_map(|e| e.dates(&Property::BirthDate))
        .filter(model::PartialDate::is_circa)
        .count();
    assert!(circa > 100, "what is approximate is read as such: {circa}");
}

#[test]
fn canada() {
    let Some(list) = load("ca/sema-lmes_2025-05.xml") else { return };
    let rows: [(&str, &[&str]); 3] = [
        (
            "ca-belarus-1-part-1-8",
            &[
                "name=Aleksandr Grigoryevich Lukashenko",
                "firstName=Aleksandr Grigoryevich",
                "lastName=Lukashenko",
                "birthDate=1954-08-30",
                "program=Belarus / Bélarus",
                "topics=sanction",
            ],
        ),
        (
            "ca-russia-1.1-22",
            &[
                "name=Daksha",
                "type=Oil Tanker",
                "imoNumber=9259185",
                "buildDate=2002",
                "program=Russia / Russie",
                "topics=sanction",
            ],
        ),
        (
            "ca-myanmar-burma-part-2-24",
            &[
                "name=Thaung",
                "lastName=Thaung",
                "birthDate=1937-07-06",
                "program=Myanmar (Burma) / Myanmar (Birmanie)",
                "topics=sanction",
            ],
        ),
    ];
    for (id, expected) in rows {
        let properties = [
            "name",
            "firstName",
            "lastName",
            "birthDate",
            "type",
            "imoNumber",
            "buildDate",
            "program",
            "topics",
        ];
        assert_eq!(stated(party(&list, id), &properties), expected, "{id}");
    }
    let dates = ["Sep-99", "born in the early 1970s", "1963 or 1964"];
    let stated: BTreeSet<&str> = list.entities.iter().flat_map(|e| e.values(&Property::BirthDate)).collect();
    assert!(dates.iter().all(|date| stated.contains(date)), "odd dates stay as they were published");
}

#[test]
fn european_table_of_old() {
    let Some(list) = load("eu/fsf_short_2018-07-04.csv") else { return };
    let mugabe = party(&list, "eu-EU.36.64");
    let properties = ["name", "position", "gender", "birthDate", "birthPlace", "passportNumber"];
    let expected = [
        "name=Robert Gabriel Mugabe",
        "position=Former President",
        "gender=M",
        "position=president",
        "birthDate=1924-02-21",
        "birthPlace=Kutama",
        "passportNumber=AD001095",
    ];
    assert_eq!(stated(mugabe, &properties), expected);
    let acts: Vec<&str> = beside(&list, "eu-EU.36.64", &Schema::Sanction)
        .iter()
        .filter_map(|act| act.first(&Property::Reason))
        .collect();
    assert_eq!(acts, ["2018/223 (OJ L43)", "1643/2002 (OJ L247)", "898/2005 (OJ L153)", "151/2012 (OJ L49)"]);
    let names = |entity: &Entity| entity.names().map(|(_, name)| name.value.to_string()).collect::<Vec<_>>();
    let all: Vec<String> = list.entities.iter().flat_map(names).collect();
    assert!(all.iter().any(|name| name == "Qoussaï Saddam Hussein Al-Tikriti"), "windows-1252");
    assert!(
        !all.iter().any(|name| name.starts_with("????")),
        "names that an encoding destroyed are no names"
    );
    assert_eq!(list.report.unmapped["(name destroyed by an encoding)"], 65);
}
