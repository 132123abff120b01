//! Small files of our own, field by field.

use std::collections::BTreeSet;

use lists::LoadedList;

use crate::{ADVANCED, beside, legacy, load_text, read_text, stated};

#[test]
fn legacy_fields() {
    let party = "<sdnType>Vessel</sdnType><lastName>NOOR 7</lastName><title>Flagship</title>\
        <programList><program>IFSR</program><program>SDGT</program></programList>";
    let rows: [(&str, &[&str], &[&str]); 12] = [
        (
            "<vesselInfo><callSign>EPAB</callSign><vesselType>Tug</vesselType><vesselFlag>Iran</vesselFlag>\
             <vesselOwner>OWNER CO.</vesselOwner><tonnage>99,144</tonnage>\
             <grossRegisteredTonnage>212</grossRegisteredTonnage></vesselInfo>",
            &[
                "callSign=EPAB",
                "type=Tug",
                "tonnage=99,144",
                "grossRegisteredTonnage=212",
                "flag=Iran",
                "owner=OWNER CO.",
            ],
            &[
                "-link-1 Ownership asset=ofac-7 owner=ofac-unlisted-owner-co role=Vessel owner namesMentioned=OWNER CO.",
            ],
        ),
        (
            "<akaList><aka><type>a.k.a.</type><category>weak</category><lastName>W</lastName></aka><aka><type>f.k.a.</type>\
             <category>weak</category><lastName>F</lastName></aka><aka><type>n.k.a.</type><category>strong</category>\
             <lastName>N</lastName><firstName>First</firstName></aka></akaList>",
            &["weakAlias=W", "previousName=F", "alias=N, First"],
            &[],
        ),
        (
            "<dateOfBirthList><dateOfBirthItem><dateOfBirth>1960</dateOfBirth><mainEntry>false</mainEntry></dateOfBirthItem>\
             <dateOfBirthItem><dateOfBirth>circa 1961</dateOfBirth><mainEntry>true</mainEntry></dateOfBirthItem></dateOfBirthList>",
            &["birthDate=circa 1961", "birthDate=1960"],
            &[],
        ),
        (
            "<citizenshipList><citizenship><country>Iran</country><mainEntry>true</mainEntry></citizenship></citizenshipList>\
             <nationalityList><nationality><country>Iraq</country></nationality></nationalityList>",
            &["nationality=Iraq", "citizenship=Iran"],
            &[],
        ),
        (
            "<idList><id><idType>Passport</idType><idNumber>A12</idNumber><idCountry>Iran</idCountry>\
             <issueDate>01 Feb 2008</issueDate><expirationDate>31 Jan 2018</expirationDate></id></idList>",
            &["passportNumber=A12"],
            &[
                "-paper-1 Passport holder=ofac-7 number=A12 type=Passport country=Iran startDate=01 Feb 2008 endDate=31 Jan 2018",
            ],
        ),
        (
            "<idList><id><idType>Vessel Registration Identification</idType><idNumber>IMO 9074729</idNumber></id>\
             <id><idType>Digital Currency Address - XBT</idType><idNumber>1Example</idNumber></id></idList>",
            &["imoNumber=9074729", "publicKey=1Example", "currency=XBT"],
            &["-wallet-1 CryptoWallet holder=ofac-7 publicKey=1Example currency=XBT"],
        ),
        (
            "<idList><id><idType>Registration ID</idType><idNumber>33556474 (Russia)</idNumber></id></idList>",
            &["registrationNumber=33556474"],
            &["-paper-1 Identification holder=ofac-7 number=33556474 type=Registration ID country=Russia"],
        ),
        (
            "<idList><id><idType>Registration Certificate Number (Dubai)</idType><idNumber>1</idNumber></id></idList>",
            &["registrationNumber=1"],
            &["-paper-1 Identification holder=ofac-7 number=1 type=Registration Certificate Number (Dubai)"],
        ),
        (
            "<idList><id><idType>Library Card</idType><idNumber>12</idNumber><idCountry>Iran</idCountry></id>\
             <id><idType>Passport</idType><idNumber>Pending</idNumber></id>\
             <id><idType>Website</idType><idNumber>a.example</idNumber><idCountry>Iran</idCountry></id></idList>",
            &[
                "notes=Library Card 12 (Iran)",
                "notes=Passport Pending",
                "website=a.example",
                "notes=Website a.example (Iran)",
            ],
            &[],
        ),
        (
            "<remarks>Secondary sanctions risk: all; (Linked To: A CO., LTD.; Linked To: GUARD (B)-C)</remarks>",
            &["summary=Secondary sanctions risk: all"],
            &[
                "-link-1 UnknownLink subject=ofac-7 object=ofac-unlisted-a-co-ltd role=Linked To namesMentioned=A CO., LTD.",
                "-link-2 UnknownLink subject=ofac-7 object=ofac-unlisted-guard-b-c role=Linked To namesMentioned=GUARD (B)-C",
            ],
        ),
        (
            "<addressList><address><uid>1</uid><country>Iran</country><city>Tehran</city><address1>1 Street</address1>\
             <planet>Earth</planet></address></addressList>",
            &["address=1 Street, Tehran, Iran", "country=Iran", "notes=address/planet: Earth"],
            &[],
        ),
        (
            "<akaList><aka sure=\"no\"><lastName>A</lastName><shoe>41</shoe></aka><odd>x</odd></akaList><future year=\"2030\"/>",
            &[
                "alias=A",
                "notes=aka/@sure: no",
                "notes=aka/shoe: 41",
                "notes=sdnEntry/akaList/odd: x",
                "notes=sdnEntry/future/@year: 2030",
            ],
            &[],
        ),
    ];
    let common = ["name=NOOR 7", "topics=sanction", "program=IFSR", "program=SDGT", "position=Flagship"];
    for (fields, expected, expected_beside) in rows {
        let list = read_text(&legacy(&format!("{party}{fields}")));
        let found = stated(&list.entities[0]);
        let found: Vec<&String> = found.iter().filter(|s| !common.contains(&s.as_str())).collect();
        assert_eq!(found, expected, "{fields}");
        assert_eq!(beside(&list, "ofac-7"), expected_beside, "{fields}");
        let notes = expected.iter().filter(|value| value.starts_with("notes=")).count();
        assert_eq!(list.report.unmapped.values().sum::<usize>(), notes, "{:?}", list.report.unmapped);
    }
}

#[test]
fn parties_that_cannot_be_read_are_named() {
    let entry = |fields: &str| format!("<sdnEntry>{fields}</sdnEntry>\n");
    let good = "<uid>7</uid><lastName>GOOD</lastName>";
    let rows = [
        ("<lastName>NOBODY</lastName>", "the party has no number"),
        ("<uid>x</uid><lastName>NOBODY</lastName>", "the party has no number"),
        ("<uid>8</uid><title>Dr</title>", "the party 8 has no name"),
        (good, "the number 7 was given to a party before"),
    ];
    for (bad, reason) in rows {
        let list = read_text(&format!("<sdnList>\n{}{}</sdnList>", entry(good), entry(bad)));
        assert_eq!(list.entities.len(), 1, "{bad}");
        let skipped: Vec<_> = list.report.skipped.iter().map(|s| (s.line, &*s.reason)).collect();
        assert_eq!(skipped, [(3, reason)]);
    }
    for root in ["sdnList", "sanctionsData", "Sanctions"] {
        let error = load_text(&format!("<{root}></{root}>")).unwrap_err();
        assert!(error.contains("no listed party could be read"), "{error}");
    }
    let short = "<sdnList><publshInformation><Record_Count>3</Record_Count></publshInformation><sdnEntry><uid>7</uid>\
        <lastName>GOOD</lastName></sdnEntry></sdnList>";
    assert_eq!(read_text(short).report.warnings, ["list.xml: it says that it has 3 parties, and has 1"]);
}

#[test]
fn advanced() {
    let list = read_text(ADVANCED);
    assert_eq!((&*list.dataset, list.published.as_deref()), ("ofac_sdn", Some("2024-05-07")));
    let expected: [(&str, &str, &[&str]); 3] = [
        (
            "ofac-90001",
            "Person",
            &[
                "name=NOBODYZADEH, Bahram Ali",
                "firstName=Bahram",
                "lastName=NOBODYZADEH",
                "middleName=Ali",
                "name=بهرام هیچکس زاده",
                "lastName=هیچکس زاده",
                "firstName=بهرام",
                "weakAlias=Captain Zero",
                "topics=sanction",
                "birthDate=circa 1961",
                "birthPlace=Nishapur, Iran",
                "notes=Place of Birth Nishapur, Iran: Reported",
                "nationality=Iran",
                "gender=Male",
                "position=Harbour Master",
                "summary=Additional Sanctions Information - Subject to Secondary Sanctions",
                "publicKey=1Example",
                "currency=XBT",
                "publicKey=1Other",
                "passportNumber=X00000001",
                "idNumber=0000000000",
                "notes=IDRegDocument/@Validity: Fraudulent",
                "program=SDGT",
            ],
        ),
        (
            "ofac-90002",
            "Organization",
            &[
                "name=NOWHERE SHIPPING LTD",
                "previousName=ELSEWHERE SHIPPING LTD",
                "topics=sanction",
                "country=Cyprus",
                "address=1 Quay Street, Limassol 4102, Cyprus",
                "address=Λεμεσός, Cyprus",
                "notes=UN/LOCODE CYLMS",
                "program=SDGT",
            ],
        ),
        (
            "ofac-90003",
            "Vessel",
            &[
                "name=NOWHERE STAR",
                "topics=sanction",
                "type=Crude Oil Tanker",
                "flag=Ruritania",
                "imoNumber=9074729",
                "program=SDGT",
            ],
        ),
    ];
    assert_eq!(list.entities.len(), expected.len());
    for (entity, (id, schema, values)) in list.entities.iter().zip(expected) {
        assert_eq!((&*entity.id, entity.schema.name()), (id, schema));
        assert_eq!(stated(entity), values, "{id}");
    }
    let expected = [
        "-wallet-1 CryptoWallet holder=ofac-90001 publicKey=1Example currency=XBT",
        "-wallet-2 CryptoWallet holder=ofac-90001 publicKey=1Other currency=XBT",
        "-paper-3 Passport holder=ofac-90001 number=X00000001 type=Passport country=Iran startDate=03 Mar 2014 \
         summary=Captain Zero",
        "-paper-4 Identification holder=ofac-90001 number=0000000000 type=National ID No. country=Iran",
        "-sanction-1 Sanction entity=ofac-90001 summary=SDN List reason=Executive Order 13224 (Terrorism) \
         listingDate=2019-09-13 provisions=Block program=SDGT",
        "-relation-1 Directorship director=ofac-90001 organization=ofac-90002 role=Leader or official of summary=Former",
    ];
    assert_eq!(beside(&list, "ofac-90001"), expected);
    let owned =
        "-relation-1 Ownership asset=ofac-90003 owner=ofac-90002 role=Owned or Controlled By summary=High";
    assert_eq!(beside(&list, "ofac-90003").last().map(String::as_str), Some(owned));
    let unmapped: Vec<&str> = list.report.unmapped.keys().map(String::as_str).collect();
    assert_eq!(unmapped, ["IDRegDocument/@Validity", "Place of Birth: Reported", "UN/LOCODE CYLMS"]);
    assert_eq!(list.report.skipped, []);
}

/// The advanced form with its sections in any order says the same.
#[test]
fn sections_in_any_order() {
    let names = [
        "ReferenceValueSets",
        "Locations",
        "IDRegDocuments",
        "DistinctParties",
        "ProfileRelationships",
        "SanctionsEntries",
    ];
    let cut = |name: &str| {
        let (open, close) = (format!("  <{name}>"), format!("</{name}>\n"));
        let from = ADVANCED.find(&open).unwrap();
        &ADVANCED[from..ADVANCED.find(&close).unwrap() + close.len()]
    };
    let sections = names.map(cut);
    let head = &ADVANCED[..ADVANCED.find("  <ReferenceValueSets>").unwrap()];
    let facts = |list: &LoadedList| -> BTreeSet<(String, String, BTreeSet<String>)> {
        let all = list.entities.iter().chain(&list.relations);
        all.map(|e| (e.id.to_string(), e.schema.to_string(), stated(e).into_iter().collect())).collect()
    };
    let expected = facts(&read_text(ADVANCED));
    let orders =
        [[5, 4, 3, 2, 1, 0], [0, 3, 1, 2, 4, 5], [4, 5, 0, 1, 2, 3], [3, 0, 5, 1, 4, 2], [1, 0, 2, 5, 3, 4]];
    for order in orders {
        let text = head.to_owned() + &order.map(|n| sections[n]).concat() + "</Sanctions>";
        let list = read_text(&text);
        assert_eq!(facts(&list), expected, "{order:?}");
        assert_eq!(list.report.skipped, [], "{order:?}");
    }
}
