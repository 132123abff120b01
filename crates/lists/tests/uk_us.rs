//! What the readers of the British, Australian and American lists, of Senzing's records and of deltas make of small
//! files. The layouts are the published ones; the parties are invented.

#![allow(clippy::unwrap_used)] // helpers of tests are tests

mod common;

use common::{ods, xlsx};
use lists::{LoadedList, SourceFile, apply_delta, read};
use model::Entity;

fn load(name: &str, bytes: &[u8]) -> Result<LoadedList, String> {
    read(&SourceFile { name, bytes }, &[]).map_err(|error| error.to_string())
}

/// `schema id property=value ...`, without what every listed party has.
fn all(entities: &[Entity]) -> Vec<String> {
    let stated = |e: &Entity| {
        let all = e.statements.iter().map(|s| format!(" {}={}", s.property, s.value));
        all.filter(|s| s != " topics=sanction").collect::<String>()
    };
    entities.iter().map(|e| format!("{} {}{}", e.schema, e.id, stated(e))).collect()
}

const CONLIST_2022: &str = "Last Updated,03/06/2026\n\
Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,Name Non-Latin Script,Non-Latin Script Type,Non-Latin Script Language,DOB,\
Town of Birth,Country of Birth,Nationality,Passport Number,Passport Details,National Identification Number,National \
Identification Details,Position,Address 1,Address 2,Address 3,Address 4,Address 5,Address 6,Post/Zip Code,Country,Other \
Information,Group Type,Alias Type,Alias Quality,Regime,Listed On,UK Sanctions List Date Designated,Last Updated,Group ID,\
Shoe Size\n\
QUILL,Tobias,Ezra,,,,Dr,\u{422}\u{43E}\u{431}\u{438}\u{430}\u{441},Cyrillic,Russian,00/00/1959,(1) Minsk (2) Brest,(1)-(2) \
Belarus,1) Belarus 2) Russia,(1) MP123 (2) MP456,(1) issued in Minsk (2) expired,77,Belarus number,(1) Clerk (2) Minister,\
1 High Street,,,,,Minsk,220000,Belarus,(UK Sanctions List Ref):BEL0099. (UN Ref): KPi.990,Individual,Primary name,,Belarus,\
01/02/2020,31/12/2020,03/03/2021,90001,\n\
QUILL,Toby,,,,,,,,,31/02/1960,,,,,,,,,,,,,,,,,,Individual,AKA,Low,Belarus,01/02/2020,31/12/2020,03/03/2021,90001,41\n\
QUELL,Tobias,,,,,,,,,00/00/0000,,,,,,,,,,,,,,,,,,Individual,Primary name variation,,Belarus,01/02/2020,,03/03/2021,90001,\n\
NORTHERN STAR LTD,,,,,,,,,,,,,,,,,,,,,,,,,,,,Entity,Primary name,,Belarus,01/02/2020,,03/03/2021,90002,\n\
,,,,,,,,,,,,,,,,,,,,,,,,,,,,Entity,Primary name,,Belarus,01/02/2020,,03/03/2021,90003,\n\
X,,,,,,,,,,,,,,,,,,,,,,,,,,,,Entity,Primary name,,Belarus,01/02/2020,,03/03/2021,,\n";

#[test]
fn ofsi_of_2022() {
    let list = load("ConList.csv", CONLIST_2022.as_bytes()).unwrap();
    assert_eq!(list.dataset, "uk_ofsi");
    let parties = [
        "Person uk-ofsi-90001 program=Belarus notes=(UK Sanctions List Ref):BEL0099. (UN Ref): KPi.990 unscId=KPi.990 \
         referents=uk-BEL0099 name=QUILL, Tobias Ezra alias=Тобиас birthPlace=Minsk, Belarus birthPlace=Brest, Belarus birthCountry=Belarus \
         passportNumber=MP123 passportNumber=MP456 idNumber=77 address=1 High Street, Minsk, 220000, Belarus \
         country=Belarus title=Dr notes=Non-Latin Script Type: Cyrillic notes=Non-Latin Script Language: Russian \
         birthDate=00/00/1959 nationality=Belarus nationality=Russia position=Clerk position=Minister \
         weakAlias=QUILL, Toby birthDate=31/02/1960 notes=Shoe Size: 41 alias=QUELL, Tobias birthDate=00/00/0000",
        "Organization uk-ofsi-90002 program=Belarus name=NORTHERN STAR LTD",
    ];
    assert_eq!(all(&list.entities), parties);
    let relations = [
        "Passport uk-ofsi-90001-paper-1 holder=uk-ofsi-90001 number=MP123 type=Passport summary=MP123 issued in Minsk",
        "Passport uk-ofsi-90001-paper-2 holder=uk-ofsi-90001 number=MP456 type=Passport summary=MP456 expired",
        "Identification uk-ofsi-90001-paper-3 holder=uk-ofsi-90001 number=77 type=National identifier country=Belarus \
         summary=77 Belarus number",
        "Sanction uk-ofsi-90001-sanction-1 entity=uk-ofsi-90001 program=Belarus authority=Office of Financial Sanctions \
         Implementation authorityId=90001 unscId=KPi.990 listingDate=01/02/2020 startDate=31/12/2020 \
         modifiedAt=03/03/2021",
        "Sanction uk-ofsi-90002-sanction-1 entity=uk-ofsi-90002 program=Belarus authority=Office of Financial Sanctions \
         Implementation authorityId=90002 listingDate=01/02/2020 modifiedAt=03/03/2021",
    ];
    assert_eq!(all(&list.relations), relations);
    assert_eq!(list.report.warnings, ["ConList.csv: unknown column(s), kept in the notes: Shoe Size"]);
    let skipped: Vec<_> = list.report.skipped.iter().map(|s| (s.line, &*s.reason)).collect();
    let no_group = "there is no Group ID: whose row it is cannot be told";
    assert_eq!(skipped, [(8, no_group), (7, "the party uk-ofsi-90003 has no name")]);
    let dated = |value: &str| {
        let found = list.entities[0].statements.iter().find(|s| &*s.value == value).unwrap();
        found.derived.is_some()
    };
    assert!(dated("00/00/1959") && !dated("31/02/1960") && !dated("00/00/0000"), "published, read or not");
}

const UK_COLUMNS: &str = "Last Updated,Unique ID,OFSI Group ID,UN Reference Number,Name 6,Name 1,Name 2,Name 3,Name 4,Name \
5,Name type,Alias strength,Title,Name non-latin script,Non-latin script type,Non-latin script language,Regime Name,\
Designation Type,Designation source,Sanctions Imposed,Other Information,UK Statement of Reasons,Address Line 1,Address Line \
2,Address Line 3,Address Line 4,Address Line 5,Address Line 6,Address Postal Code,Address Country,Phone number,Website,Email \
address,Date Designated,D.O.B,Nationality(/ies),National Identifier number,National Identifier additional information,\
Passport number,Passport additional information,Position,Gender,Town of birth,Country of birth,Type of entity,Subsidiaries,\
Parent company,Business registration number (s),IMO number,Current owner/operator (s),Previous owner/operator (s),Current \
believed flag of ship,Previous flags,Type of ship,Tonnage of ship,Length of ship,Year Built,Hull identification number (HIN)";

const UK_ROWS: [&[(&str, &str)]; 4] = [
    &[
        ("Last Updated", "12/01/2022"),
        ("Unique ID", "AFG9001"),
        ("OFSI Group ID", "99703"),
        ("UN Reference Number", "TAi.990"),
        ("Name 6", "QUILL"),
        ("Name 1", "Tobias"),
        ("Name type", "Primary Name"),
        ("Name non-latin script", "طوبیاس"),
        ("Regime Name", "The Afghanistan Regulations 2020"),
        ("Designation Type", "Individual"),
        ("Designation source", "UN"),
        ("Sanctions Imposed", "Asset freeze|Travel Ban"),
        ("UK Statement of Reasons", "Invented."),
        ("Address Line 1", "1 High Street"),
        ("Address Country", "Afghanistan"),
        ("Date Designated", "29/06/2012"),
        ("D.O.B", "00/00/1957"),
        ("Nationality(/ies)", "(1) Afghanistan (2) Iran"),
        ("Passport number", "A1234567"),
        ("Passport additional information", "Afghan passport"),
        ("Gender", "Male"),
        ("Town of birth", "Kandahar"),
        ("Country of birth", "Afghanistan"),
    ],
    &[
        ("Unique ID", "AFG9001"),
        ("OFSI Group ID", "99703"),
        ("Name 6", "QUILL"),
        ("Name 1", "Toby"),
        ("Name type", "Alias"),
        ("Alias strength", "Low quality"),
        ("Regime Name", "The Afghanistan Regulations 2020"),
        ("Designation Type", "Individual"),
    ],
    &[
        ("Unique ID", "RUS9002"),
        ("Name 6", "Northern Star Shipping Ltd"),
        ("Name type", "Primary Name"),
        ("Regime Name", "The Russia Regulations 2019"),
        ("Designation Type", "Entity"),
        ("Subsidiaries", "Star Crewing Ltd"),
        ("Business registration number (s)", "1027700000000"),
        ("Website", "https://star.example"),
    ],
    &[
        ("Unique ID", "RUS9003"),
        ("Name 6", "Morning Star"),
        ("Name type", "Primary Name"),
        ("Regime Name", "The Russia Regulations 2019"),
        ("Designation Type", "Ship"),
        ("IMO number", "IMO9074729"),
        ("Current owner/operator (s)", "Northern Star Shipping Ltd"),
        ("Current believed flag of ship", "Comoros"),
        ("Previous flags", "(1) Panama (2) Liberia"),
        ("Type of ship", "Tanker"),
        ("Tonnage of ship", "7078"),
        ("Length of ship", "100m"),
        ("Year Built", "2011"),
    ],
];

/// The rows of the fixture, header first.
fn uk_table() -> Vec<Vec<String>> {
    let columns: Vec<&str> = UK_COLUMNS.split(',').collect();
    let row = |cells: &[(&str, &str)]| {
        assert!(cells.iter().all(|(name, _)| columns.contains(name)), "{cells:?}");
        let cell =
            |column: &&str| cells.iter().find(|(name, _)| name == column).map_or("", |(_, value)| value);
        columns.iter().map(|column| cell(column).to_owned()).collect()
    };
    let header = columns.iter().map(|&column| column.to_owned()).collect();
    let report = vec!["Report Date: 02-Oct-2026".to_owned()];
    [report, header].into_iter().chain(UK_ROWS.iter().map(|cells| row(cells))).collect()
}

fn uk_csv() -> String {
    let quoted =
        |row: &Vec<String>| row.iter().map(|v| format!("\"{v}\"")).collect::<Vec<_>>().join(",") + "\r\n";
    uk_table().iter().map(quoted).collect()
}

const UK_XML: &str = include_str!("fixtures/uk_sanctions.xml");

#[test]
fn uk_sanctions_list_in_three_forms() {
    let parties = [
        "Person uk-AFG9001 program=The Afghanistan Regulations 2020 referents=uk-ofsi-99703 unscId=TAi.990 name=QUILL, \
         Tobias alias=طوبیاس birthPlace=Kandahar, Afghanistan birthCountry=Afghanistan passportNumber=A1234567 \
         address=1 High Street, Afghanistan country=Afghanistan birthDate=00/00/1957 nationality=Afghanistan \
         nationality=Iran gender=Male weakAlias=QUILL, Toby",
        "Organization uk-RUS9002 program=The Russia Regulations 2019 name=Northern Star Shipping Ltd \
         website=https://star.example registrationNumber=1027700000000",
        "Vessel uk-RUS9003 program=The Russia Regulations 2019 name=Morning Star imoNumber=9074729 flag=Comoros \
         pastFlags=Panama pastFlags=Liberia type=Tanker tonnage=7078 notes=Length of ship: 100m buildDate=2011",
    ];
    let csv = load("UK-Sanctions-List.csv", uk_csv().as_bytes()).unwrap();
    assert_eq!(all(&csv.entities), parties);
    let relations = [
        "Passport uk-AFG9001-paper-1 holder=uk-AFG9001 number=A1234567 type=Passport country=Afghan \
         summary=A1234567 Afghan passport",
        "Sanction uk-AFG9001-sanction-1 entity=uk-AFG9001 program=The Afghanistan Regulations 2020 authority=Foreign, \
         Commonwealth and Development Office authorityId=AFG9001 unscId=TAi.990 modifiedAt=12/01/2022 authority=UN \
         provisions=Asset freeze provisions=Travel Ban reason=Invented. listingDate=29/06/2012",
        "Company uk-RUS9002-star-crewing-ltd name=Star Crewing Ltd",
        "Ownership uk-RUS9002-link-2 owner=uk-RUS9002 asset=uk-RUS9002-star-crewing-ltd role=Subsidiary",
        "Sanction uk-RUS9002-sanction-1 entity=uk-RUS9002 program=The Russia Regulations 2019 authority=Foreign, \
         Commonwealth and Development Office authorityId=RUS9002",
        "LegalEntity uk-RUS9003-northern-star-shipping-ltd name=Northern Star Shipping Ltd",
        "UnknownLink uk-RUS9003-link-2 object=uk-RUS9003 subject=uk-RUS9003-northern-star-shipping-ltd role=Current \
         owner/operator",
        "Sanction uk-RUS9003-sanction-1 entity=uk-RUS9003 program=The Russia Regulations 2019 authority=Foreign, \
         Commonwealth and Development Office authorityId=RUS9003",
    ];
    assert_eq!(all(&csv.relations), relations);
    assert!(csv.report.warnings.is_empty() && csv.report.skipped.is_empty(), "{:?}", csv.report);

    for (name, bytes) in [("UK.ods", ods(&uk_table())), ("UK.xlsx", xlsx(&uk_table()))] {
        let sheet = load(name, &bytes).unwrap();
        assert_eq!(
            (all(&sheet.entities), all(&sheet.relations)),
            (all(&csv.entities), all(&csv.relations)),
            "{name}"
        );
    }

    // The same parties as XML say the same, but for the order of the statements.
    let xml = load("UK-Sanctions-List.xml", UK_XML.as_bytes()).unwrap();
    let sorted = |entities: &[Entity]| {
        let words = |e: &Entity| {
            let mut words: Vec<_> =
                e.statements.iter().map(|s| format!("{}={}", s.property, s.value)).collect();
            words.sort();
            (e.id.clone(), words)
        };
        let mut all: Vec<_> = entities.iter().map(words).collect();
        all.sort();
        all
    };
    let mut theirs = sorted(&xml.entities);
    for (_, words) in &mut theirs {
        // XML gives the length of a ship under its path, and has one field that nobody knows yet.
        words.retain(|word| !word.contains("Shoe"));
        for word in words.iter_mut() {
            *word = word
                .replace("Designation/ShipDetails/Ship/LengthOfShipDetails/LengthOfShip", "Length of ship");
        }
        words.sort();
    }
    assert_eq!(theirs, sorted(&csv.entities));
    assert_eq!(sorted(&xml.relations).len(), relations.len());
    assert_eq!(xml.report.unmapped["Designation/ShoeSize"], 1);
    assert!(xml.report.skipped.is_empty(), "{:?}", xml.report.skipped);
}

#[test]
fn australia() {
    let head = "Reference,Name of Individual or Entity,Type,Name Type,Date of Birth,Place of Birth,Citizenship,Address,\
        Additional Information,Listing Information,Committees,Control Date";
    let mut rows: Vec<Vec<String>> = vec![head.split(',').map(str::to_owned).collect()];
    for row in [
        "#7|Tobias QUILL|Individual|Primary Name|@29221|a) Minsk b) Brest|Russian; German|NA|Says things|Listed on 1 Jan. 2001|Autonomous (Belarus)|@41988",
        "7a|Toby|Individual|aka|a) 1960 b) 31/02/1960||||||Autonomous (Belarus)|@41988",
        "7a1|QUELL|Individual|Formerly known as||||||@41988|Autonomous (Belarus)|@41988",
        "x|Nobody|Individual|aka||||||||",
        "8|NORTHERN STAR|Entity|Primary Name|||| 1 High Street, Minsk, Belarus|||Autonomous (Belarus)|@41988",
    ] {
        rows.push(row.split('|').map(str::to_owned).collect());
    }
    let list = load("list.xlsx", &xlsx(&rows)).unwrap();
    assert_eq!(list.dataset, "au_dfat");
    let parties = [
        "Person au-7 name=Tobias QUILL birthDate=1980-01-01 program=Autonomous (Belarus) birthPlace=Minsk birthPlace=Brest \
         citizenship=Russian citizenship=German notes=Says things alias=Toby birthDate=1960 birthDate=31/02/1960 \
         previousName=QUELL",
        "Organization au-8 name=NORTHERN STAR address=1 High Street, Minsk, Belarus country=Belarus program=Autonomous \
         (Belarus)",
    ];
    assert_eq!(all(&list.entities), parties);
    let sanction = "Sanction au-7-sanction-1 entity=au-7 program=Autonomous (Belarus) authority=Department of Foreign \
        Affairs and Trade authorityId=7 reason=Listed on 1 Jan. 2001 modifiedAt=2014-12-15 listingDate=2014-12-15";
    assert_eq!(all(&list.relations)[0], sanction);
    assert_eq!(list.report.skipped.len(), 1);
}

const CSL_COLUMNS: &str = "_id,source,entity_number,type,programs,name,title,addresses,federal_register_notice,start_date,\
end_date,standard_order,license_requirement,license_policy,call_sign,vessel_type,gross_tonnage,gross_registered_tonnage,\
vessel_flag,vessel_owner,remarks,source_list_url,alt_names,citizenships,dates_of_birth,nationalities,places_of_birth,\
source_information_url,ids\n";

#[test]
fn consolidated_screening_list() {
    let csv = format!(
        "{CSL_COLUMNS}71,Specially Designated Nationals (SDN) - Treasury Department,71,Individual,SYRIA; SDGT,\"QUILL, \
         Tobias\",Clerk,\"Basrah, IQ; SY\",,,,,,,,,,,,,(Linked To: TWICE; Linked To: NOBODY),http://l.example,\"QUILL, Toby; QUELL\",,1960; 1961,SY,\"Homs, \
         Syria\",http://s.example,\"IR, 2028-01-01, 2018-01-01, Z30, Passport; Male, Gender; odd\"\n\
         71,Capta List (CAP) - Treasury Department,71,Entity,X,TWICE,,,,,,,,,,,,,,,,,,,,,,,\n\
         71,Capta List (CAP) - Treasury Department,71,Entity,X,TWICE,,,,,,,,,,,,,,,,,,,,,,,\n\
         ab12,Denied Persons List (DPL) - Bureau of Industry and Security,,,,I. QUILL,,,68 F.R. 1,2003-06-19,2056-06-29,Y\
         ,,,,,,,,,,,,,,,,,\n\
         ,,,,,,,,,,,,,,,,,,,,,,,,,,,,lost\n"
    );
    let list = load("consolidated.csv", csv.as_bytes()).unwrap();
    let person = "Person csl-sdn-71 name=QUILL, Tobias program=SYRIA program=SDGT referents=ofac-71 alias=QUILL, Toby \
        alias=QUELL address=Basrah, IQ country=IQ address=SY country=SY passportNumber=Z30 gender=Male notes=ids: odd \
        title=Clerk sourceUrl=http://l.example birthDate=1960 birthDate=1961 nationality=SY birthPlace=Homs, Syria";
    let found = all(&list.entities);
    assert_eq!(found[0], person);
    assert_eq!(
        found[1..],
        [
            "Organization csl-cap-71 name=TWICE program=X referents=ofac-71",
            "Organization csl-cap-71-2 name=TWICE program=X referents=ofac-71",
            "LegalEntity csl-dpl-ab12 name=I. QUILL program=Denied Persons List (DPL) notes=standard_order: Y",
        ]
    );
    let relations = all(&list.relations);
    let paper = "Passport csl-sdn-71-paper-1 holder=csl-sdn-71 number=Z30 type=Passport country=IR startDate=2018-01-01 \
        endDate=2028-01-01";
    assert_eq!(relations[0], paper);
    let denial = "Sanction csl-dpl-ab12-sanction-1 entity=csl-dpl-ab12 authority=Bureau of Industry and Security \
        program=Denied Persons List (DPL) summary=Denied Persons List (DPL) reason=68 F.R. 1 listingDate=2003-06-19 \
        endDate=2056-06-29";
    assert!(relations.iter().any(|relation| relation == denial), "{relations:?}");
    let links = [
        "UnknownLink csl-sdn-71-link-1 subject=csl-sdn-71 object=csl-cap-71 object=csl-cap-71-2 role=Linked To namesMentioned=TWICE",
        "LegalEntity csl-unlisted-nobody name=NOBODY",
        "UnknownLink csl-sdn-71-link-2 subject=csl-sdn-71 object=csl-unlisted-nobody role=Linked To namesMentioned=NOBODY",
    ];
    assert_eq!(relations[relations.len() - 3..], links);
    assert_eq!(list.report.skipped.len(), 1);

    let json = r#"{"results":[
        {"id":"71","source":"Specially Designated Nationals (SDN) - Treasury Department","entity_number":71,
         "type":"Individual","programs":["SYRIA","SDGT"],"name":"QUILL, Tobias","title":"Clerk",
         "addresses":[{"address":null,"city":"Basrah","state":null,"postal_code":null,"country":"IQ"},{"country":"SY"}],
         "alt_names":["QUILL, Toby","QUELL"],"citizenships":[],"dates_of_birth":["1960","1961"],"nationalities":["SY"],
         "places_of_birth":["Homs, Syria"],"source_list_url":"http://l.example","source_information_url":"http://s.example",
         "federal_register_notice":null,"remarks":"(Linked To: NOBODY)",
         "ids":[{"country":"IR","expiration_date":"2028-01-01","issue_date":"2018-01-01","number":"Z30","type":"Passport"},
                {"country":null,"number":"Male","type":"Gender"},{"number":"odd","type":"ids"}],"shoe":{"size":41}},
        7]}"#;
    let list = load("consolidated.json", json.as_bytes()).unwrap();
    let sorted = |text: &str| {
        let mut words: Vec<String> =
            text.replace(" notes=shoe: {\"size\":41}", "").split(' ').map(str::to_owned).collect();
        words.sort();
        words
    };
    assert_eq!(sorted(&all(&list.entities)[0]), sorted(person), "{:?}", all(&list.entities));
    assert_eq!(all(&list.relations)[0], paper);
    assert_eq!((list.report.unmapped["shoe"], list.report.skipped.len()), (1, 1));
    let error = load("consolidated.json", b"{\"results\":[{\"source_list_url\":\n1,").unwrap_err();
    assert!(error.contains("line 2") && error.contains("fetch the file again"), "{error}");
}

#[test]
fn denied_persons() {
    let text = "Name\tStreet_Address\tCity\tState\tCountry\tPostal_Code\tEffective_Date\tExpiration_Date\tStandard_Order\t\
        Last_Update\tAction\tFR_Citation\n\
        TOBIAS QUILL\t1 HIGH STREET\tDALLAS\tTX\tUS\t75001\t04/05/2003\t06/29/2056\tY\t2003-06-20\tFR NOTICE ADDED\t68 F.R. 1\n\
        TOBIAS QUILL\t2 LOW STREET\tMINSK\t\tBY\t\t04/05/2003\t06/29/2056\tY\t2003-06-20\tFR NOTICE ADDED\t68 F.R. 1\n\
        TOBIAS QUILL\t\t\t\tUS\t\t31/31/2009\t\tN\t\t\t\n";
    let list = load("dpl.txt", text.as_bytes()).unwrap();
    let parties = [
        "LegalEntity bis-dpl-tobias-quill-04-05-2003 name=TOBIAS QUILL program=Denied Persons List (DPL) address=1 HIGH \
         STREET, DALLAS, TX, 75001, US country=US notes=Standard_Order: Y address=2 LOW STREET, MINSK, BY country=BY",
        "LegalEntity bis-dpl-tobias-quill-31-31-2009 name=TOBIAS QUILL program=Denied Persons List (DPL) address=US \
         country=US notes=Standard_Order: N",
    ];
    assert_eq!(all(&list.entities), parties);
    let sanction = &list.relations[0];
    let listed = sanction.dates(&model::Property::ListingDate).next().unwrap();
    assert_eq!(listed.to_string(), "2003-04-05", "the month stands first");
    assert_eq!(list.relations[1].first(&model::Property::ListingDate), Some("31/31/2009"));
}

#[test]
fn senzing_records() {
    let text = concat!(
        r#"{"DATA_SOURCE":"CRM","RECORD_ID":"1","FEATURES":[{"RECORD_TYPE":"PERSON"},{"NAME_TYPE":"PRIMARY","NAME_FIRST":"Tobias","NAME_LAST":"Quill"},{"NAME_TYPE":"AKA","NAME_FULL":"Toby Quill"},{"DATE_OF_BIRTH":"31/02/1960"},{"PASSPORT_NUMBER":"Z30","PASSPORT_COUNTRY":"IR"},{"ADDR_LINE1":"1 High St","ADDR_CITY":"Minsk","ADDR_COUNTRY":"BY"},{"REL_ANCHOR_DOMAIN":"CRM","REL_ANCHOR_KEY":"1"},{"REL_POINTER_DOMAIN":"CRM","REL_POINTER_KEY":"2","REL_POINTER_ROLE":"EMPLOYED_BY"}],"SHOE_SIZE":41}"#,
        "\n",
        r#"{"DATA_SOURCE":"CRM","RECORD_ID":2,"PRIMARY_NAME_ORG":"Northern Star","ADDR_FULL":"2 Low St","LEI_NUMBER":"5493001KJTIIGC8Y1R12","REL_ANCHOR_DOMAIN":"CRM","REL_ANCHOR_KEY":"2","REL_POINTER_DOMAIN":"CRM","REL_POINTER_KEY":"9"}"#,
        "\nnot json\n",
        r#"{"DATA_SOURCE":"CRM","RECORD_ID":"2","NAME_ORG":"Again"}"#,
        "\n",
        r#"{"DATA_SOURCE":"OS","RECORD_ID":"2","RECORD_TYPE":"VESSEL","NAMES":[{"NAME_TYPE":"PRIMARY","NAME_ORG":"Morning Star"},{"NAME_TYPE":"ALIAS","NAME_ORG":"Evening Star"}],"IDENTIFIERS":[{"IMO_NUMBER":"9074729"}],"RISKS":[{"TOPIC":"sanction"}]}"#,
    );
    let list = load("records.json", text.as_bytes()).unwrap();
    let topics: Vec<_> = list.entities.iter().map(|e| e.first(&model::Property::Topics)).collect();
    assert_eq!(topics, [None, None, Some("sanction")], "a record says itself what it is");
    let parties = [
        "Person crm-1 name=Tobias Quill alias=Toby Quill birthDate=31/02/1960 passportNumber=Z30 address=1 High St, Minsk, \
         BY country=BY notes=SHOE_SIZE: 41",
        "Organization crm-2 name=Northern Star address=2 Low St leiCode=5493001KJTIIGC8Y1R12 notes=REL_POINTER_KEY: CRM 9",
        "Vessel os-2 name=Morning Star alias=Evening Star imoNumber=9074729",
    ];
    assert_eq!(all(&list.entities), parties);
    let relations = [
        "Passport crm-1-paper-1 holder=crm-1 number=Z30 type=PASSPORT country=IR",
        "UnknownLink crm-1-link-2 subject=crm-1 object=crm-2 role=EMPLOYED_BY",
    ];
    assert_eq!(all(&list.relations), relations);
    assert_eq!(list.report.skipped.iter().map(|s| s.line).collect::<Vec<_>>(), [3, 4]);
}

#[test]
fn deltas() {
    let base = concat!(
        r#"{"id":"a","schema":"Person","datasets":["mine"],"referents":["old-a","a",7],"first_seen":"2024-01-01","last_change":"2024-02-02","properties":{"name":["Jane DOE"]}}"#,
        "\n",
        r#"{"id":"b","schema":"Person","datasets":["mine"],"referents":null,"properties":{"name":["John DOE"]}}"#,
        "\n",
        r#"{"id":"o","schema":"Ownership","datasets":["mine"],"properties":{"owner":["a"]}}"#,
    );
    let base = load("entities.ftm.json", base.as_bytes()).unwrap();
    let jane = "Person a name=Jane DOE referents=old-a first_seen=2024-01-01 last_change=2024-02-02";
    assert_eq!(all(&base.entities)[0], jane);
    let apply = |text: &str| {
        let delta = SourceFile { name: "delta.json", bytes: text.as_bytes() };
        apply_delta(&base, &delta).map_err(|error| error.to_string())
    };
    let put = |op: &str, id: &str, name: &str| {
        format!(
            r#"{{"op":"{op}","entity":{{"id":"{id}","schema":"Person","properties":{{"name":["{name}"]}}}}}}"#
        ) + "\n"
    };
    let gone = |id: &str| format!(r#"{{"op":"DEL","entity":{{"id":"{id}"}}}}"#) + "\n";
    let now =
        apply(&[put("ADD", "c", "Jill"), put("MOD", "b", "Jon"), gone("a"), gone("o")].concat()).unwrap();
    assert_eq!(all(&now.entities), ["Person b name=Jon", "Person c name=Jill"]);
    assert_eq!((now.relations.len(), now.report.total(), now.report.warnings.len()), (0, 2, 0));
    assert_eq!(now.dataset, "mine");
    let unfit =
        apply(&[put("ADD", "b", "Jon"), put("MOD", "d", "Dan"), gone("x"), "{}\n".to_owned()].concat())
            .unwrap();
    assert_eq!(all(&unfit.entities)[1..], ["Person b name=Jon", "Person d name=Dan"]);
    assert!(unfit.report.warnings[0].contains("3 of 3 changes do not fit"), "{:?}", unfit.report.warnings);
    assert_eq!(unfit.report.skipped.len(), 1);
    assert!(apply("{}").unwrap_err().contains("no entity"));
    assert!(apply(&[gone("a"), gone("b")].concat()).is_err(), "nobody is left");
    let alone = load("delta.json", put("ADD", "c", "Jill").as_bytes()).unwrap_err();
    assert!(alone.contains("a delta of a FollowTheMoney list") && alone.contains("give the list"), "{alone}");
}
