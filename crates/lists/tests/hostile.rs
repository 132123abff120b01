//! No bytes make a reader panic, and what is broken is said.

use lists::{SourceFile, read, recognise};
use proptest::prelude::*;

const SDN: &[u8] = b"33496,\"KASHIAN, Sajjad\",\"individual\",\"ELECTION-EO13848\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"DOB 17 \
Sep 1994; nationality Iran; Gender Male; National ID No. 4560134669 (Iran); a.k.a. 'NABAVI, Kiarash'; Linked To: EMENNET \
PASARGAD; Digital Currency Address - XBT 1Example.\"\r\n33634,\"EMENNET PASARGAD\",-0- ,\"ELECTION-EO13848\",-0- ,-0- ,-0- ,\
-0- ,-0- ,-0- ,-0- ,-0- \r\n\x1A";
const ALT: &[u8] = b"33634,1,\"fka\",\"NET PEYGARD SAMAVAT COMPANY\",-0- \r\n\x1A";
const ADD: &[u8] = b"33634,1,-0- ,\"Tehran\",\"Iran\",-0- \r\n\x1A";
const COMMENTS: &[u8] = b"33496,\"; a.k.a. 'x'\"\r\n\x1A";
const FTM: &[u8] = br#"{"id":"a","schema":"Person","properties":{"name":["Jane DOE"],"birthDate":["1979"]}}
{"id":"b","schema":"Company","datasets":["x"],"properties":{"name":["Some Ltd"]}}"#;
const TABLE: &[u8] = b"id,schema,name,nationality\n1,Person,\"DOE, Jane\",Iran\n2,Company,Some Ltd,\n";
const LEGACY: &[u8] = br#"<sdnList xmlns="urn:x"><publshInformation><Publish_Date>03/28/2025</Publish_Date><Record_Count>1</Record_Count>
</publshInformation><sdnEntry><uid>1</uid><firstName>Jane</firstName><lastName>DOE</lastName><sdnType>Individual</sdnType><remarks>x; (Linked
To: A (B))</remarks><programList><program>SDGT</program></programList><idList><id><idType>Passport</idType><idNumber>A1 (Iran)</idNumber>
</id></idList><akaList><aka><type>f.k.a.</type><category>weak</category><lastName>D&#233;</lastName></aka></akaList><addressList><address>
<city>Tehran</city></address></addressList><vesselInfo><vesselOwner>O</vesselOwner></vesselInfo></sdnEntry></sdnList>"#;
const ENHANCED: &[u8] = br#"<sanctionsData><publicationInfo><dataAsOf>2025-01-10T00:00:00</dataAsOf></publicationInfo><referenceValues><referenceValue
refId="5"><value>Male</value></referenceValue></referenceValues><entities><entity id="1"><generalInfo><entityType>Individual</entityType>
<remarks>DOB 1946</remarks></generalInfo><sanctionsLists><sanctionsList datePublished="2016-09-01">SDN List</sanctionsList></sanctionsLists>
<names><name><isPrimary>true</isPrimary><translations><translation><formattedFullName>DOE, Jane</formattedFullName><nameParts><namePart><type>First
Name</type><value>Jane</value></namePart></nameParts></translation></translations></name></names><addresses><address><country>Iran</country>
<translations><translation><addressParts><addressPart><type>CITY</type><value>Tehran</value></addressPart></addressParts></translation>
</translations></address></addresses><features><feature><type>Gender</type><valueRefId>5</valueRefId></feature><feature><type>Birthdate</type>
<valueDate><fromDateBegin>1962-01-01</fromDateBegin><fromDateEnd>1962-01-01</fromDateEnd><toDateBegin>1962-12-31</toDateBegin><toDateEnd>
1962-12-31</toDateEnd></valueDate></feature></features><identityDocuments><identityDocument><type>Passport</type><documentNumber>A1
</documentNumber></identityDocument></identityDocuments><relationships><relationship><type>Family member of</type><relatedEntity
entityId="2">X</relatedEntity></relationship></relationships></entity></entities></sanctionsData>"#;
const ADVANCED: &[u8] = include_bytes!("fixtures/ofac_advanced.xml");

fn survives(main: &[u8], siblings: &[&[u8]]) {
    let siblings: Vec<_> = siblings.iter().map(|bytes| SourceFile { name: "sibling", bytes }).collect();
    let _ = recognise(main);
    if let Ok(list) = read(&SourceFile { name: "main", bytes: main }, &siblings) {
        assert_eq!(list.report.total(), list.entities.len());
        assert!(!list.entities.is_empty());
    }
}

/// A valid file with a few bytes changed, put in or taken out.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let edit = (
        any::<prop::sample::Index>(),
        0..4_u8,
        prop_oneof![Just(b'"'), Just(b'\''), Just(b';'), Just(b'<'), Just(b'/'), Just(b'0'), any::<u8>()],
    );
    let file = prop::sample::select(vec![SDN, ALT, ADD, COMMENTS, FTM, TABLE, LEGACY, ENHANCED, ADVANCED]);
    (file, prop::collection::vec(edit, 0..12)).prop_map(|(file, edits)| {
        let mut bytes = file.to_vec();
        for (at, kind, byte) in edits.into_iter().filter(|_| !file.is_empty()) {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 => drop(bytes.remove(at)),
                _ => bytes.truncate(at),
            }
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(main in prop::collection::vec(any::<u8>(), 0..400), sibling in prop::collection::vec(any::<u8>(), 0..200)) {
        survives(&main, &[&sibling]);
    }

    #[test]
    fn any_text(main in "(\\PC|[\n\r\t\"',;0-9]){0,200}") {
        survives(main.as_bytes(), &[]);
    }

    #[test]
    fn any_remarks(remarks in "(a\\.k\\.a\\. '|'|;|\\.| |Passport |issued |\\(|\\)|DOB |1979|alt\\. |Linked To: |ß|[a-z]){0,40}") {
        let row = format!("1,\"X\",-0- ,\"P\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"{remarks}\"\r\n");
        survives(row.as_bytes(), &[]);
    }

    /// Well-formed XML whose values changed places: numbers that lead elsewhere, dates that are words.
    #[test]
    fn values_in_other_places(
        file in prop::sample::select(vec![LEGACY, ENHANCED, ADVANCED]),
        swaps in prop::collection::vec(any::<(prop::sample::Index, prop::sample::Index)>(), 1..40),
    ) {
        let text = std::str::from_utf8(file).unwrap_or_default();
        for quote in ['>', '"'] {
            // Between two quotation marks, or between the end of a tag and the beginning of the next.
            let mut pieces: Vec<&str> = text.split_inclusive([quote, '<']).collect();
            let is_value = |piece: &&str| piece.len() > 2 && (piece.ends_with('<') || (quote == '"' && !piece.contains(['=', '<', '>'])));
            let values: Vec<usize> = (0..pieces.len()).filter(|n| is_value(&pieces[*n])).collect();
            for (a, b) in &swaps {
                pieces.swap(values[a.index(values.len())], values[b.index(values.len())]);
            }
            survives(pieces.concat().as_bytes(), &[]);
        }
    }

    #[test]
    fn mutated_files(main in mutated(), sibling in mutated(), other in mutated()) {
        survives(&main, &[&sibling, &other]);
    }
}

/// Found by fuzzing: a word of a rule within a clause, after letters of several bytes.
#[test]
fn words_after_letters_of_several_bytes() {
    for remarks in ["a‡‡‡ minister", "وزیر Minister of Oil", "é son of"] {
        let row =
            format!("1,\"X\",\"individual\",\"P\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"{remarks}\"\r\n");
        survives(row.as_bytes(), &[]);
    }
}

/// Files made to be slow: each must be read in a time that grows with its size only.
#[test]
fn slow_files() {
    let open = "\"a\n".repeat(300_000);
    let doubled = "x,\"y\"\"\n".repeat(300_000);
    let aliases = "a.k.a. 'x;".repeat(300_000);
    let distinct: String = (0..200_000).map(|n| format!("note {n}a; ")).collect();
    let row =
        |remarks: &str| format!("1,\"X\",-0- ,\"P\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"{remarks}\"\r\n");
    let many = |piece: &str| piece.repeat(200_000);
    let legacy = |fields: &str| {
        format!("<sdnList><sdnEntry><uid>1</uid><lastName>X</lastName>{fields}</sdnEntry></sdnList>")
    };
    let enhanced = |fields: &str| {
        format!("<sanctionsData><entities><entity id=\"1\">{fields}</entity></entities></sanctionsData>")
    };
    let numbered = |piece: &str| (0..200_000).map(|n| piece.replace('#', &n.to_string())).collect::<String>();
    let aka = numbered("<aka><lastName>A#</lastName></aka>");
    let id = numbered("<id><idType>Passport</idType><idNumber>#</idNumber></id>");
    let part = numbered("<namePart><value>p#</value></namePart>");
    let name = numbered("a# ");
    let attributes: String = (0..200_000).map(|n| format!(" a{n}=\"x\"")).collect();
    let measure = numbered("<sanctionsType>t#</sanctionsType>");
    let relation = numbered("<relationship><relatedEntity entityId=\"#\">X</relatedEntity></relationship>");
    let named = "<names><name><translations><translation><formattedFullName>X</formattedFullName></translation></translations></name></names>";
    let long_name = format!(
        "<names><name><translations><translation><formattedFullName>{name}</formattedFullName><nameParts>{part}</nameParts>\
         </translation></translations></name></names>"
    );
    let xml = [
        legacy(&format!("<akaList>{aka}</akaList><idList>{id}</idList>")),
        legacy(&format!("<odd{attributes}/>")),
        legacy(&many("<odd>x</odd>")),
        legacy(&format!("<remarks>{}</remarks>", many("(Linked To: A; "))),
        enhanced(&long_name),
        enhanced(&format!(
            "{named}<sanctionsTypes>{measure}</sanctionsTypes><relationships>{relation}</relationships>"
        )),
        format!("<sdnList>{}</sdnList>", many("<sdnEntry><uid>1</uid><lastName>X</lastName></sdnEntry>")),
        format!("<Sanctions>{}</Sanctions>", many("<DistinctParties><DistinctParty/></DistinctParties>")),
    ];
    let csv = [format!("{}{open}", row("")), format!("{}{doubled}", row("")), row(&aliases), row(&distinct)];
    for text in csv.into_iter().chain(xml) {
        let start = std::time::Instant::now();
        survives(text.as_bytes(), &[]);
        let begin: String = text.chars().take(80).collect();
        assert!(start.elapsed().as_secs() < 10, "{:?}: {begin}", start.elapsed());
    }
}
