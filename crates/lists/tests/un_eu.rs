//! What the readers of the United Nations', European, Swiss and Canadian lists make of small files of our own, written
//! after the published schemas. Everybody in them is invented.

#![allow(clippy::unwrap_used)] // helpers of tests are tests

use lists::{LoadedList, SourceFile, read};
use model::Entity;

const UN: &str = include_str!("fixtures/un.xml");
const EU: &str = include_str!("fixtures/eu.xml");
const EU_CSV: &str = include_str!("fixtures/eu.csv");
const SECO: &str = include_str!("fixtures/seco.xml");

fn load(name: &str, text: &str) -> LoadedList {
    read(&SourceFile { name, bytes: text.as_bytes() }, &[]).unwrap()
}

fn find<'a>(list: &'a LoadedList, id: &str) -> &'a Entity {
    let all = list.entities.iter().chain(&list.relations);
    all.clone()
        .find(|e| &*e.id == id)
        .unwrap_or_else(|| panic!("{id}: {:?}", all.map(|e| &e.id).collect::<Vec<_>>()))
}

/// `property=value` of an entity, in order.
fn stated(entity: &Entity) -> Vec<String> {
    entity.statements.iter().map(|s| format!("{}={}", s.property, s.value)).collect()
}

fn check(list: &LoadedList, rows: &[(&str, &str, &[&str])]) {
    for (id, schema, expected) in rows {
        let entity = find(list, id);
        assert_eq!(entity.schema.name(), *schema, "{id}");
        assert_eq!(stated(entity), *expected, "{id}");
    }
}

fn skipped(list: &LoadedList) -> Vec<(u32, &str)> {
    list.report.skipped.iter().map(|s| (s.line, &*s.reason)).collect()
}

fn unmapped(list: &LoadedList) -> Vec<(&str, usize)> {
    list.report.unmapped.iter().map(|(label, count)| (label.as_str(), *count)).collect()
}

#[test]
fn united_nations() {
    let list = load("un.xml", UN);
    check(
        &list,
        &[
            (
                "un-QDi.901",
                "Person",
                &[
                    "name=JANE MARY DOE",
                    "alias=جين دو",
                    "alias=Jana Doe",
                    "alias=Jane Dough",
                    "birthDate=1958-01-01",
                    "birthPlace=Town, Mali",
                    "birthCountry=Mali",
                    "weakAlias=Jay",
                    "notes=INDIVIDUAL_ALIAS/NOTE: call sign: Jay",
                    "notes=INDIVIDUAL_ALIAS/QUALITY: Medium: J. D.",
                    "alias=J. D.",
                    "address=1 Street, Town, 9, Mali",
                    "country=Mali",
                    "notes=INDIVIDUAL_ADDRESS/NOTE: previous: 1 Street, Town, 9, Mali",
                    "country=Yemen",
                    "birthDate=00/00/1957",
                    "birthDate=31/02/1960",
                    "birthDate=0",
                    "birthDate=circa 1955",
                    "birthDate=1950 to 1952",
                    "birthDate=Nov. 1973",
                    "birthDate=1958",
                    "notes=INDIVIDUAL_DATE_OF_BIRTH/NOTE: Sep.",
                    "birthPlace=Tikrit, Iraq",
                    "birthCountry=Iraq",
                    "notes=INDIVIDUAL_PLACE_OF_BIRTH/NOTE: possibly",
                    "passportNumber=A1",
                    "idNumber=77",
                    "nationality=Iran (Islamic Republic of)",
                    "position=Treasurer",
                    "position=Clerk",
                    "title=Dr.",
                    "modifiedAt=2010-01-01",
                    "modifiedAt=2020-01-01",
                    "gender=Female",
                    "summary=Invented.",
                    "program=UN-Al-Qaida",
                    "notes=INDIVIDUAL/FAVOURITE_COLOUR/@shade: dark",
                    "notes=INDIVIDUAL/FAVOURITE_COLOUR: blue",
                    "topics=sanction",
                ],
            ),
            (
                "un-QDi.901-paper-1",
                "Passport",
                &[
                    "holder=un-QDi.901",
                    "number=A1",
                    "type=Passport",
                    "country=Mali",
                    "authority=Town",
                    "startDate=2001-02-03",
                    "summary=expired",
                ],
            ),
            (
                "un-QDi.901-paper-2",
                "Identification",
                &["holder=un-QDi.901", "number=77", "type=National Identification Number"],
            ),
            (
                "un-QDi.901-sanction-1",
                "Sanction",
                &[
                    "entity=un-QDi.901",
                    "authority=United Nations Security Council",
                    "unscId=QDi.901",
                    "program=UN-Al-Qaida",
                    "listingDate=2001-10-17",
                ],
            ),
            ("un-QDi.902", "Person", &["name=GONE"]),
            (
                "un-IQe.901",
                "Organization",
                &[
                    "name=SOME TRUST (ST)",
                    "previousName=Old Trust",
                    "alias=The Trust",
                    "program=UN-Iraq",
                    "topics=sanction",
                ],
            ),
            ("un-IQe.901-2", "Organization", &["name=ANOTHER", "topics=sanction"]),
        ],
    );
    assert_eq!((list.report.total(), list.report.papers), (3, 2), "who is de-listed is kept, and not listed");
    assert_eq!(
        skipped(&list),
        [
            (41, "the party un-QDi.903 has no name"),
            (42, "the party has neither a reference number nor a data id")
        ]
    );
    let warnings = list.report.warnings.join("\n");
    assert!(
        warnings.contains("1 de-listed") && warnings.contains("the first: un-IQe.901, line 48"),
        "{warnings}"
    );
}

#[test]
fn european_union() {
    let list = load("eu.xml", EU);
    let country = "KOREA, Democratic People's Republic of";
    check(
        &list,
        &[
            (
                "eu-EU.901.1",
                "Person",
                &[
                    "name=Jane M. DOE",
                    "firstName=Jane",
                    "middleName=M.",
                    "lastName=DOE",
                    "position=Director",
                    "title=Dr",
                    "gender=F",
                    "alias=Джейн Доу",
                    "notes=nameAlias/@nameLanguage: RU: Джейн Доу",
                    "weakAlias=Jana Doe",
                    "firstName=Jana",
                    "lastName=Doe",
                    "notes=nameAlias/remark: Low quality alias",
                    &format!("citizenship={country}"),
                    "birthDate=circa 1960-02-31",
                    &format!("birthCountry={country}"),
                    &format!("birthPlace=Town, North, {country}"),
                    "birthDate=1378",
                    "notes=birthdate/@calendarType: ISLAMIC",
                    "birthDate=1961 to 1963",
                    &format!("country={country}"),
                    &format!("address=1 Street, PO 7, 99, Pyongyang, Block 2, {country}"),
                    &format!(
                        "notes=address/@asAtListingTime: 1 Street, PO 7, 99, Pyongyang, Block 2, {country}"
                    ),
                    "phone=+850 1",
                    "email=j@example.org",
                    "notes=address/contactInfo: TELEX 12",
                    "notes=address/remark: as of 2019",
                    "passportNumber=B2",
                    "passportNumber=Б2",
                    "summary=(An invented person)",
                    "program=PRK",
                    "topics=sanction",
                ],
            ),
            (
                "eu-EU.901.1-paper-61",
                "Passport",
                &[
                    "holder=eu-EU.901.1",
                    "number=Б2",
                    "number=B2",
                    "type=National passport",
                    &format!("country={country}"),
                    "authority=Ministry",
                    "startDate=2011-01-01",
                    "endDate=2021-01-01",
                    "summary=diplomatic",
                    "summary=reportedLost",
                    "summary=nameOnDocument: J DOE",
                    "summary=seen once",
                ],
            ),
            (
                "eu-EU.901.1-sanction-2021-1-oj-l1",
                "Sanction",
                &[
                    "entity=eu-EU.901.1",
                    "authority=European Union",
                    "authority=council",
                    "program=PRK",
                    "reason=2021/1 (OJ L1)",
                    "status=amendment",
                    "date=2021-01-02",
                    "startDate=2021-01-03",
                    "sourceUrl=http://example.org/2021-1",
                    "unscId=KPi.901",
                    "listingDate=2020-05-06",
                    "summary=by note",
                ],
            ),
            (
                "eu-EU.901.1-sanction-2019-5-oj-l5",
                "Sanction",
                &[
                    "entity=eu-EU.901.1",
                    "authority=European Union",
                    "reason=2019/5 (OJ L5)",
                    "status=regulation",
                    "date=2019-01-02",
                    "sourceUrl=http://example.org/2019-5",
                ],
            ),
            (
                "eu-902",
                "Organization",
                &[
                    "name=Some Trading",
                    "description=A bank",
                    "weakAlias=ST",
                    "registrationNumber=123",
                    "program=PRK",
                    "notes=sanctionEntity/newElement/@attribute: kept",
                    "notes=sanctionEntity/newElement: and counted",
                    "topics=sanction",
                ],
            ),
        ],
    );
    assert_eq!((list.report.total(), list.report.papers, list.dataset.as_str()), (2, 2, "eu_fsf"));
}

/// The same party is the same in both files; each difference is listed.
#[test]
fn european_table_and_file_agree() {
    let (file, table) = (load("eu.xml", EU), load("eu.csv", EU_CSV));
    assert!(table.report.skipped.is_empty(), "{:?}", table.report.skipped);
    let sorted = |list: &LoadedList| {
        let all = list.entities.iter().chain(&list.relations);
        let mut all: Vec<String> =
            all.flat_map(|e| stated(e).into_iter().map(|s| format!("{} {} {s}", e.id, e.schema))).collect();
        all.sort();
        all
    };
    let (file, table) = (sorted(&file), sorted(&table));
    let only = |these: &[String], those: &[String]| -> Vec<String> {
        these.iter().filter(|s| !those.contains(s)).cloned().collect()
    };
    assert_eq!(
        only(&file, &table),
        [
            "eu-902 Organization notes=sanctionEntity/newElement/@attribute: kept",
            "eu-902 Organization notes=sanctionEntity/newElement: and counted",
            "eu-902 Organization weakAlias=ST",
        ]
    );
    assert_eq!(
        only(&table, &file),
        ["eu-902 Organization alias=ST"],
        "the table does not say what is strong"
    );
}

#[test]
fn european_tables() {
    let old = "Date_file1;Entity_logical_id;Subject_type;Programme;Naal_wholename;Entity_logical_id;Iden_number;Shoe_size;EU_ref_num\n\
        04/07/2018;5;P;ZWE;Jane DOE;5;;41;EU.5.1\n\
        04/07/2018;5;P;ZWE;;;A1 (passport-National passport) ((old));;EU.5.1\n\
        04/07/2018;5;P;ZWE;cut\n\
        04/07/2018;;P;ZWE;Nobody;;;;\n\
        04/07/2018;6;E;IRQ;\"SOME; TRADING \"\"CO\"\"\";6;;;\n";
    let quoted: String =
        old.lines().map(|line| format!("\"{}\t\t\"\r\n", line.replace('"', "\"\""))).collect();
    for text in [old, &quoted] {
        let list = load("old.csv", text);
        check(
            &list,
            &[
                (
                    "eu-EU.5.1",
                    "Person",
                    &[
                        "name=Jane DOE",
                        "passportNumber=A1",
                        "program=ZWE",
                        "notes=sanctionEntity/Shoe_size: 41",
                        "topics=sanction",
                    ],
                ),
                ("eu-6", "Organization", &["name=SOME; TRADING \"CO\"", "program=IRQ", "topics=sanction"]),
            ],
        );
        let reasons = [(4, "5 columns where the header has 9"), (5, "the row has no logical id of a party")];
        assert_eq!(skipped(&list), reasons);
    }
}

#[test]
fn switzerland() {
    let list = load("seco.xml", SECO);
    check(
        &list,
        &[
            (
                "ch-100",
                "Person",
                &[
                    "gender=female",
                    "firstName=Jana",
                    "lastName=Lukashenka",
                    "title=Dr.",
                    "name=Jana Lukashenka",
                    "alias=Яна Лукашенко",
                    "notes=spelling-variant/@lang: rus: Яна Лукашенко",
                    "alias=Jana Lukashenko",
                    "alias=Jana Loukachenko",
                    "weakAlias=Jay",
                    "nationality=Belarus",
                    "birthDate=1960-02-31",
                    "birthDate=1961",
                    "birthPlace=Minsk, Minsk Region, Belarus",
                    "birthCountry=Belarus",
                    "address=1 Street, 7, Minsk, Minsk Region, Belarus",
                    "country=Belarus",
                    "notes=address/@main: true",
                    "notes=address/remarks: flat 2",
                    "passportNumber=P9",
                    "alias=Another Self",
                    "summary=Hair: grey",
                    "program=Nowhere",
                    "topics=sanction",
                ],
            ),
            (
                "ch-100-paper-113",
                "Passport",
                &[
                    "holder=ch-100",
                    "number=P9",
                    "type=diplomatic-passport",
                    "country=Belarus",
                    "startDate=2010-01-01",
                    "endDate=2020-01-01",
                    "summary=lost",
                ],
            ),
            (
                "ch-100-sanction-1",
                "Sanction",
                &[
                    "entity=ch-100",
                    "authority=State Secretariat for Economic Affairs (SECO)",
                    "unscId=NWi.001",
                    "program=Nowhere",
                    "summary=Ordinance on Nowhere (SR 0)",
                    "summary=Annex 1",
                    "reason=Invented for a test.",
                    "modifiedAt=2023-01-03",
                    "date=2023-01-02",
                    "date=2023-01-01",
                    "startDate=2022-01-03",
                    "listingDate=2022-01-02",
                    "date=2022-01-01",
                ],
            ),
            (
                "ch-100-link-131",
                "UnknownLink",
                &["subject=ch-100", "object=ch-200", "role=related-to", "summary=runs it"],
            ),
            (
                "ch-200",
                "Organization",
                &[
                    "name=Works Ltd",
                    "previousName=Old Works",
                    "incorporationDate=1999-03-01",
                    "notes=address/@place-id: 999",
                    "notes=target/sanctions-set-id: 99",
                    "program=Nowhere",
                    "topics=sanction",
                ],
            ),
            ("ch-300", "Vessel", &["name=Ship", "imoNumber=9187629", "program=Nowhere", "topics=sanction"]),
            ("ch-400", "Person", &["name=Gone", "program=Nowhere"]),
        ],
    );
    let total = (list.report.total(), list.report.relations, list.report.papers);
    assert_eq!(total, (3, 1, 1), "who is de-listed is kept, and not listed");
    assert_eq!(skipped(&list), [(51, "the target 500 is neither an individual nor an entity nor an object")]);
    let labels: Vec<&str> =
        unmapped(&list).into_iter().map(|(label, _)| label).filter(|l| !l.contains("@ssid")).collect();
    assert_eq!(
        labels,
        [
            "address/@main",
            "address/@place-id",
            "address/remarks",
            "modification/added",
            "modification/removed",
            "place/location-variant",
            "place/location-variant/@variant-type",
            "sanctions-program/@version-date",
            "sanctions-program/origin",
            "spelling-variant/@lang",
            "swiss-sanctions-list/@list-type",
            "target/sanctions-set-id",
        ]
    );
}

#[test]
fn canada() {
    let record = |fields: &str| {
        let fields = fields.split('|').map(|field| field.split_once('=').unwrap());
        let fields: String = fields.map(|(name, value)| format!("<{name}>{value}</{name}>\n")).collect();
        format!("<record>{fields}</record>")
    };
    let records = [
        record(
            "Country=Haiti / Haïti|LastName=DOE|GivenName=Jane|Aliases=Jane Dough;\n Arabic: جين|DateOfBirthOrShipBuildDate=00/00/1957|Item=3|DateOfListing=2022-11-03|New=x",
        ),
        record(
            "Country=Russia / Russie|EntityOrShip=NOOR|TitleOrShip=Oil Tanker|ShipIMONumber=9187629|DateOfBirthOrShipBuildDate=2002|Schedule=1.1|Item=22",
        ),
        record("Country=Russia / Russie|EntityOrShip=Works|Schedule=1.1|Item=22"),
        record("Country=Russia / Russie|Schedule=1|Item=1"),
        record("EntityOrShip=Nowhere"),
    ];
    let list = load("ca.xml", &format!("<data-set>{}</data-set>", records.concat()));
    check(
        &list,
        &[
            (
                "ca-haiti-3",
                "Person",
                &[
                    "name=Jane DOE",
                    "firstName=Jane",
                    "lastName=DOE",
                    "alias=Jane Dough",
                    "alias=جين",
                    "notes=record/Aliases (language): Arabic: جين",
                    "birthDate=00/00/1957",
                    "program=Haiti / Haïti",
                    "notes=record/New: x",
                    "topics=sanction",
                ],
            ),
            (
                "ca-haiti-3-sanction-1",
                "Sanction",
                &[
                    "entity=ca-haiti-3",
                    "authority=Global Affairs Canada",
                    "program=Haiti / Haïti",
                    "authorityId=Item 3",
                    "listingDate=2022-11-03",
                ],
            ),
            (
                "ca-russia-1.1-22",
                "Vessel",
                &[
                    "name=NOOR",
                    "type=Oil Tanker",
                    "imoNumber=9187629",
                    "buildDate=2002",
                    "program=Russia / Russie",
                    "topics=sanction",
                ],
            ),
            (
                "ca-russia-1.1-22-2",
                "Organization",
                &["name=Works", "program=Russia / Russie", "topics=sanction"],
            ),
        ],
    );
    let reasons: Vec<&str> = skipped(&list).into_iter().map(|(_, reason)| reason).collect();
    let expected = [
        "the party ca-russia-1-1 has no name",
        "the record has neither a country nor a schedule nor an item",
    ];
    assert_eq!(reasons, expected);
}
