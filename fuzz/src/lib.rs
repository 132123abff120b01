//! What each fuzz target does with its bytes. `crates/engine/tests/corpus.rs` includes this file and replays the
//! committed corpora through the same functions, so that `cargo test` runs them without libFuzzer.
//!
//! Each function panics where something is wrong and returns where all is well.

use std::io::Cursor;
use std::sync::OnceLock;

use documents::extract::{Format, HEAD, Limits, extract, format_of};
use engine::InputOptions;
use lists::{LoadedList, SourceFile};
use model::{Entity, Locator, Property, Schema, entity_from_json, entity_to_json};
use names::{Name, NameKind, compare, parse, similar};
use screen::{Answer, Configuration, Hit, Index, Profile, Request, Score, Scored, exhaustive};

/// Bytes of names that are compared: the cost grows with the square of their words, and a million runs must end. The
/// readers get all; endless names have tests of their own (`crates/screen/tests/laws.rs`).
const LONGEST_TEXT: usize = 80;

/// OFAC's files, one after another as OFAC ends them: each with the byte 0x1A. The first is the primary file.
pub fn ofac_csv(data: &[u8]) {
    let mut files = data.split_inclusive(|b| *b == 0x1A);
    let main = files.next().unwrap_or_default();
    // Four siblings are more than OFAC has; beyond, the rest is one file.
    let siblings: Vec<&[u8]> = files.take(4).collect();
    read(main, &siblings);
}

/// FollowTheMoney entities, one a line.
pub fn ftm_jsonl(data: &[u8]) {
    // The reader is chosen by the first character.
    let blank = |b: &&u8| b.is_ascii_whitespace() || **b == 0x1A;
    if data.iter().find(|b| !blank(b)) == Some(&b'{') {
        return read(data, &[]);
    }
    let mut bytes = b"{\"id\":\"1\",\"properties\":{\"name\":\"Jane\"}}\n".to_vec();
    bytes.extend_from_slice(data);
    read(&bytes, &[]);
}

/// A table with a header.
pub fn plain_table(data: &[u8]) {
    read(data, &[]);
}

/// A list of any authority, told by its content: XML, tables, JSON, spreadsheets.
pub fn any_list(data: &[u8]) {
    read(data, &[]);
}

fn read(main: &[u8], siblings: &[&[u8]]) {
    let siblings: Vec<_> = siblings.iter().map(|bytes| SourceFile { name: "sibling", bytes }).collect();
    let main = SourceFile { name: "main", bytes: main };
    match lists::read(&main, &siblings) {
        Ok(list) => check_list(&list, main.bytes, siblings.len()),
        Err(error) => assert!(error.to_string().starts_with("main: "), "{error}"),
    }
}

/// What holds of every list that was read: the report counts it, each value says where it stood, and what leaves as
/// FollowTheMoney comes back as the same names.
fn check_list(list: &LoadedList, main: &[u8], siblings: usize) {
    assert!(!list.entities.is_empty(), "a list of nobody is an error");
    assert_eq!(list.report.total(), list.entities.len());
    // In one piece of JSON, and in a spreadsheet, it is records that are counted.
    let counts_lines = !matches!(lists::recognise(main), lists::Format::CslJson | lists::Format::Spreadsheet);
    let breaks = main.iter().filter(|b| matches!(b, b'\n' | b'\r')).count();
    let lines = if counts_lines { 1 + breaks } else { u32::MAX as usize };
    for skipped in list.report.skipped.iter().filter(|skipped| skipped.file == "main") {
        assert!((1..=lines).contains(&(skipped.line as usize)), "{skipped:?} of {lines} lines");
    }
    for entity in &list.entities {
        assert!(!entity.id.is_empty(), "{entity:?}");
        for statement in &entity.statements {
            if let Locator::Line { file, line } = statement.locator {
                assert!(usize::from(file) <= siblings && line > 0, "{statement:?}");
                assert!(file != 0 || line as usize <= lines, "{statement:?} of {lines} lines");
            }
        }
    }
    for entity in list.entities.iter().take(2) {
        let json = entity_to_json(entity, &["fuzz"]).to_string();
        let back = entity_from_json(&json, None, Locator::Direct).expect("what we write can be read");
        assert_eq!(values(&back), values(entity), "{json}");
    }
}

/// Names of an entity, each once, as FollowTheMoney holds them: sorted by property.
fn values(entity: &Entity) -> Vec<(&str, &str)> {
    let mut values: Vec<_> = entity.names().map(|(_, s)| (s.property.name(), s.value.trim())).collect();
    values.sort_unstable();
    values.dedup();
    values
}

/// A customer file. Every row is a query or has a reason why not. Files of an odd length are read with `;` between
/// several values of a cell.
pub fn customer_file(data: &[u8]) {
    let options = InputOptions { multi: data.len() % 2 == 1, ..InputOptions::default() };
    let Ok(rows) = engine::read_rows(data, options) else { return };
    let mut last = 0;
    for row in rows {
        assert!(row.line > last, "line {} after line {last}", row.line);
        last = row.line;
        assert!(!row.id.is_empty(), "line {last}");
        match row.query {
            Ok(query) => assert!(!query.entity().statements.is_empty(), "line {last}"),
            Err(reason) => assert!(!reason.is_empty(), "line {last}"),
        }
    }
}

/// Two names, on two lines, as one of the three kinds of name: the length chooses, which a fuzzer changes most easily.
pub fn names_compare(data: &[u8]) {
    let kind = [NameKind::Person, NameKind::Organization, NameKind::Vehicle][data.len() % 3];
    let text = String::from_utf8_lossy(&data[..data.len().min(LONGEST_TEXT)]);
    let (a, b) = text.split_once('\n').unwrap_or((&text, "Mohammad Bagher Shirinkar"));
    let (a, b) = (parse(a, kind), parse(b, kind));
    check_comparison(&a, &b);
    check_comparison(&b, &a);
    if !a.tokens.is_empty() {
        let itself = compare(&a, &a).expect("a name agrees with itself");
        assert_eq!(itself.gain, itself.stake, "{:?} is itself", a.text);
    }
    for x in a.tokens.iter().take(12) {
        for y in b.tokens.iter().take(12) {
            assert_eq!(similar(x, y), similar(y, x), "{} {}", x.text, y.text);
        }
    }
}

fn check_comparison(query: &Name, candidate: &Name) {
    let Some(comparison) = compare(query, candidate) else { return };
    assert!(0 <= comparison.gain && comparison.gain <= comparison.stake, "{comparison:?}");
    let sum = |part: fn(&names::Evidence) -> i32| comparison.rows.iter().map(part).sum::<i32>();
    assert_eq!(comparison.gain, sum(|row| row.gain));
    assert_eq!(comparison.stake, sum(|row| row.stake).max(1));
    assert_eq!(comparison.bits, sum(|row| row.bits));
    for row in &comparison.rows {
        assert!(0 <= row.gain && row.gain <= row.stake, "{row:?}");
    }
}

/// Sixty invented parties with every trouble that names have, made ready once.
struct Parties {
    profiles: Vec<Profile>,
    index: Index,
}

fn parties() -> &'static Parties {
    static PARTIES: OnceLock<Parties> = OnceLock::new();
    PARTIES.get_or_init(|| {
        let bytes = include_bytes!("../data/parties.ftm.jsonl");
        let list = lists::read(&SourceFile { name: "parties", bytes }, &[]).expect("our own file");
        assert!(list.entities.len() >= 60 && list.report.skipped.is_empty());
        let profiles: Vec<Profile> = list.entities.iter().map(Profile::new).collect();
        Parties { index: Index::new(&profiles), profiles }
    })
}

/// Thresholds of which every query is asked at one, besides one of its own.
const THRESHOLDS: [u16; 6] = [0, 3000, 5000, 7000, 9000, 10_000];

/// A query against sixty parties: through the index and by scoring everybody, which must be the same.
///
/// The first two bytes choose schema, policy, limit and the two thresholds. Then each line is a value: `b` a birth
/// date, `c` a country, `g` a gender, `i` a passport, `n` an IMO number, `w` a wallet, `a` an alias, each with a `:`
/// after it; anything else is a name.
pub fn query_engine(data: &[u8]) {
    let Some((&[first, second], text)) = data.split_first_chunk() else { return };
    let text = &text[..text.len().min(LONGEST_TEXT)];
    let query = Profile::new(&query(first, &String::from_utf8_lossy(text)));
    if !query.is_comparable() {
        return;
    }
    let configuration = Configuration {
        weak_aliases: first & 0x10 == 0,
        name_floor: Score::from_ten_thousandths(if first & 0x20 == 0 { 6000 } else { 0 }),
        ..Configuration::default()
    };
    let limit = (first & 0xC0 != 0).then_some(usize::from(first >> 6));
    let Parties { profiles, index } = parties();
    let at =
        |threshold: u16, limit| Request { threshold: Some(Score::from_ten_thousandths(threshold)), limit };
    let all = exhaustive(&query, profiles, &configuration, at(0, None));
    all.hits.iter().for_each(|hit| check_parts(&hit.scored));
    // As often as not the very score of somebody, where rounding decides.
    let met = all.hits.get(usize::from(second) / 2).map(|hit| hit.scored.score.ten_thousandths());
    let own = met.filter(|_| second % 2 == 0).unwrap_or(u16::from(second) * 40);
    for threshold in [THRESHOLDS[usize::from(second) % THRESHOLDS.len()], own] {
        let request = at(threshold, None);
        assert_eq!(index.search(&query, profiles, &configuration, request), above(&all, request.threshold));
    }
    if limit.is_some() {
        let request = at(own, limit);
        assert_eq!(
            index.search(&query, profiles, &configuration, request),
            exhaustive(&query, profiles, &configuration, request)
        );
    }
}

/// The answer at a higher threshold, out of the answer at 0 without a limit: a score does not depend on the
/// threshold, and leaving hits out does not change the order of the others.
fn above(all: &Answer, threshold: Option<Score>) -> Answer {
    let hits: Vec<Hit> = all.hits.iter().filter(|hit| Some(hit.scored.score) >= threshold).cloned().collect();
    Answer { total: hits.len(), truncated: false, hits }
}

fn query(first: u8, text: &str) -> Entity {
    const SCHEMATA: [Schema; 8] = [
        Schema::Thing,
        Schema::Person,
        Schema::Company,
        Schema::Organization,
        Schema::LegalEntity,
        Schema::Vessel,
        Schema::Airplane,
        Schema::PublicBody,
    ];
    let mut entity = Entity::new("query", SCHEMATA[usize::from(first & 7)].clone());
    // Each name is compared with all of the list: more than a few only make the runs fewer.
    for line in text.lines().take(4) {
        let (property, value) = match line.split_at_checked(2) {
            Some(("a:", value)) => (Property::Alias, value),
            Some(("b:", value)) => (Property::BirthDate, value),
            Some(("c:", value)) => (Property::Nationality, value),
            Some(("g:", value)) => (Property::Gender, value),
            Some(("i:", value)) => (Property::PassportNumber, value),
            Some(("n:", value)) => (Property::ImoNumber, value),
            Some(("w:", value)) => (Property::PublicKey, value),
            _ => (Property::Name, line),
        };
        entity.add(property, value, Locator::Direct);
    }
    entity
}

/// A score lies between 0 and 1 and is the sum of its parts.
fn check_parts(scored: &Scored) {
    let sum = |part: fn(&screen::Row) -> i32| scored.rows.iter().map(part).sum::<i32>();
    assert!(scored.score.ten_thousandths() <= 10_000, "{scored:?}");
    assert_eq!(sum(|row| row.share), i32::from(scored.score.ten_thousandths()), "{scored:?}");
    assert_eq!(sum(|row| row.bits), scored.bits, "{scored:?}");
}

/// What a fuzzer may spend on one document: a million runs must end.
const LIMITS: Limits =
    Limits { held: 1 << 20, unpacked: 1 << 22, text: 1 << 18, files: 64, depth: 3, pages: 64, ratio: 250 };

/// A document, told by its content: text, HTML, mail, mailbox, DOCX, ODT, and archives of these. The length chooses the name,
/// which tells what content leaves open. PDFs are read by a child process, for good reason, and not here.
pub fn document(data: &[u8]) {
    let name = ["a.txt", "a.html", "a.md", "a.eml", "a.docx", "a"][data.len() % 6];
    if format_of(&data[..data.len().min(HEAD)], name) == Format::Pdf || has(data, b"%PDF-") {
        return;
    }
    let mut outcomes = 0_usize;
    extract(Cursor::new(data), name, &LIMITS, &mut |outcome| {
        outcomes += 1;
        match outcome {
            Ok(document) => {
                assert!(document.path.starts_with(name), "{}", document.path);
                assert!(document.text.len() <= 1 << 18, "{} bytes", document.text.len());
                let mut last = 0;
                for page in &document.pages {
                    assert!(last <= page.start && page.start <= document.text.len(), "{page:?}");
                    last = page.start;
                }
            }
            Err(error) => assert!(!error.to_string().is_empty() && !error.remedy().is_empty()),
        }
    });
    assert!(outcomes > 0, "nothing is lost silently");
}

fn has(data: &[u8], mark: &[u8]) -> bool {
    data.windows(mark.len()).any(|window| window == mark)
}

/// Files in memory.
#[derive(Debug)]
struct Memory;

impl intrusion::Spill for Memory {
    fn file(&self) -> std::io::Result<Box<dyn intrusion::SpillFile>> {
        Ok(Box::new(std::io::Cursor::new(Vec::new())))
    }
}

/// A log of a web server. Every line is a request, malformed or a comment, what is found stands in lines that are there, and it is the
/// same where all goes to files.
pub fn access_log(data: &[u8]) {
    let mut log = intrusion::Log::default();
    let next = log.read(data, 1).expect("bytes in memory can be read");
    let findings = log.finish().expect("a log in memory needs no disk");
    let mut log = intrusion::Log::spilling(std::sync::Arc::new(Memory), 1);
    log.read(data, 1).expect("bytes in memory can be read");
    assert_eq!(log.finish().expect("files in memory can be read"), findings);
    assert!(findings.requests + findings.malformed <= findings.lines, "{findings:?}");
    assert!(findings.lines < next, "{} lines, the next is {next}", findings.lines);
    for (number, reason) in &findings.malformed_lines {
        assert!((1..next).contains(number) && !reason.to_string().is_empty());
    }
}
