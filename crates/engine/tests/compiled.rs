//! A compiled list gives what the list gives, byte for byte, or it is refused and says what to do.
//!
//! Real lists are read from `../shared`; without it the embedded case alone is tested and that is said.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its data must fail")]

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::{Duration, SystemTime};

use engine::{
    Configuration, EngineError, InputOptions, Library, Policy, Query, Request, Score, ScreenList, Search,
    answer_to_json, explained_to_json, list_to_json, read_rows,
};
use proptest::prelude::*;
use screen::{Index, IndexParts, Profile};
use serde_json::{Value, json};
use testkit::{Scratch, shared};
use xxhash_rust::xxh3::xxh3_64;

/// Several lines at once, weak names for some alone, parties out of scope.
const MIXED: &str = r#"
name = "mixed"
[match]
threshold = 0.74
[programmes]
exclude = ["CUBA", "SDNT", "HRIT-IR"]
[[rule]]
schema = "LegalEntity"
weak_aliases = false
[[rule]]
schema = "Company"
threshold = 0.6
minimum_bits = 20
[[rule]]
schema = "Person"
threshold = 0.8
"#;

/// The embedded customers, as often as they have a name: also with its words turned round and a letter lost.
fn queries() -> Vec<Query> {
    let mut queries = engine::demo_customers().unwrap();
    let names: Vec<String> = queries.iter().map(|query| query.entity().caption().to_owned()).collect();
    for (n, name) in names.iter().enumerate() {
        let turned: Vec<&str> = name.split(' ').rev().collect();
        for (kind, name) in [("turned", turned.join(" ")), ("lost", name.replacen('a', "", 1))] {
            let name = [(engine::Property::Name, &*name)];
            queries.push(Query::from_fields(&format!("{kind}-{n}"), None, name).unwrap());
        }
    }
    queries
}

/// Altered names of listed parties, aliases, and people who are not listed.
fn real_queries() -> Vec<Query> {
    let mut queries = queries();
    for (file, count) in [("q_pos.csv", 110), ("q_aka.csv", 90), ("q_neg.csv", 60)] {
        let bytes = std::fs::read(shared("data/eval").unwrap().join(file)).unwrap();
        let rows = read_rows(&bytes, InputOptions::default()).unwrap();
        queries.extend(rows.into_iter().take(count).filter_map(|row| row.query.ok()));
    }
    queries
}

/// All that is answered, as scripts get it.
fn answers(library: &Library, queries: &[Query], policy: &Policy, search: Search) -> Vec<String> {
    let screening = library.under(policy).unwrap();
    let at = |threshold| Request { threshold, limit: None };
    let mut lines = Vec::new();
    for query in queries {
        for request in [at(None), at(Some(Score::from_ten_thousandths(5000)))] {
            let answer = screening.screen(query, request, search);
            lines.push(answer_to_json(query, &answer, &screening, true).to_string());
        }
    }
    lines
}

/// Whether two libraries are the same in all that can be seen of them.
fn check(what: &str, list: &Library, opened: &Library, queries: &[Query]) {
    assert_eq!(list.lists().len(), opened.lists().len(), "{what}");
    let seconds = |list: &ScreenList| {
        list.modified.map(|time| time.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs())
    };
    for (a, b) in list.lists().iter().zip(opened.lists()) {
        assert_eq!((&a.source, &a.dataset, &a.version), (&b.source, &b.dataset, &b.version), "{what}");
        assert_eq!((&a.sha256, &a.files, seconds(a)), (&b.sha256, &b.files, seconds(b)), "{what}");
        assert_eq!(a.report, b.report, "{what}");
        assert_eq!(list_to_json(a).to_string(), list_to_json(b).to_string(), "{what}");
        for (a, b) in [(&a.entities, &b.entities), (&a.relations, &b.relations)] {
            assert_eq!(a.len(), b.len(), "{what}");
            a.iter().zip(b).for_each(|(a, b)| assert_eq!(a, b, "{what}"));
        }
    }
    check_answers(what, list, opened, queries, Search::Indexed);
}

fn check_answers(what: &str, list: &Library, opened: &Library, queries: &[Query], search: Search) {
    for policy in [Policy::default(), Policy::from_toml(MIXED).unwrap()] {
        let [expected, found] = [list, opened].map(|library| answers(library, queries, &policy, search));
        let hits = expected.iter().filter(|line| line.contains("\"score\"")).count();
        assert!(hits * 4 > expected.len(), "{what}: {hits} of {} have results: too few", expected.len());
        for (a, b) in expected.iter().zip(&found) {
            assert_eq!(a, b, "{what} under {}", policy.name);
        }
    }
}

/// Compiled and opened again, beside what it was made of; nothing else is in the folder afterwards.
fn round_trip(library: &Library) -> Library {
    let scratch = Scratch::new();
    let path = scratch.path("lists.idx");
    let bytes = library.compile(&path).unwrap();
    assert_eq!(std::fs::metadata(&path).unwrap().len(), bytes);
    assert!(engine::is_compiled(&path));
    let opened = Library::open_compiled(&path).unwrap();
    let left: Vec<_> = std::fs::read_dir(scratch.dir()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left, ["lists.idx"], "opening writes nothing");
    opened
}

fn demo() -> Library {
    Library::new(vec![engine::demo_list().unwrap()]).unwrap()
}

#[test]
fn the_embedded_list() {
    let (list, queries) = (demo(), queries());
    check("demo", &list, &round_trip(&list), &queries);
    check_answers("demo, exhaustive", &list, &round_trip(&list), &queries, Search::Exhaustive);
    let opened = round_trip(&list);
    let policy = Policy::default();
    let [a, b] = [&list, &opened].map(|library| library.under(&policy).unwrap());
    for query in &queries {
        for entity in &list.lists()[0].entities {
            let explained = [&a, &b].map(|screening| {
                let explained = screening.explain(query, &entity.id).unwrap();
                explained_to_json(query, &explained, screening).to_string()
            });
            assert_eq!(explained[0], explained[1], "{}", entity.id);
        }
    }
}

#[test]
fn several_lists_and_a_compiled_one_again() {
    let invented = ScreenList::open(Path::new("tests/fixtures/compiled/invented.csv")).unwrap();
    let lists = Library::new(vec![engine::demo_list().unwrap(), invented]).unwrap();
    let opened = round_trip(&lists);
    check("two lists", &lists, &opened, &queries());
    let again = Library::new(opened.into_lists()).unwrap();
    check("two lists, compiled twice", &lists, &round_trip(&again), &queries());
}

#[test]
fn real_lists() {
    let files = ["data/lists/ofac/2023-12-28/sdn.csv", "data/eval/sdn.ftm.jsonl"];
    let [Some(csv), Some(ftm)] = files.map(shared) else { return };
    let queries = real_queries();
    assert!(queries.len() > 300, "{}", queries.len());
    let [csv, ftm] = [csv, ftm].map(|path| Library::new(vec![ScreenList::open(&path).unwrap()]).unwrap());
    check("sdn.csv", &csv, &round_trip(&csv), &queries);
    check("sdn.ftm.jsonl", &ftm, &round_trip(&ftm), &queries);
    let first = |library: Library| library.into_lists().swap_remove(0);
    let both = Library::new(vec![first(csv), first(ftm)]).unwrap();
    check("both", &both, &round_trip(&both), &queries[..60]);
}

/// The embedded case as files, and compiled: the folder, the list, the compiled file.
struct OnDisk {
    scratch: Scratch,
    list: PathBuf,
    compiled: PathBuf,
    bytes: Vec<u8>,
}

fn on_disk() -> OnDisk {
    let scratch = Scratch::new();
    let [list, ..] = ["sdn.csv", "alt.csv", "add.csv"].map(|name| {
        let demo = Path::new("data/demo").join(name);
        scratch.file(name, std::fs::read(demo).unwrap())
    });
    let compiled = scratch.path("sdn.idx");
    Library::new(vec![ScreenList::open(&list).unwrap()]).unwrap().compile(&compiled).unwrap();
    let bytes = std::fs::read(&compiled).unwrap();
    OnDisk { scratch, list, compiled, bytes }
}

impl OnDisk {
    /// Opens other bytes in the place of the compiled file.
    fn open(&self, bytes: &[u8]) -> Result<Library, EngineError> {
        std::fs::write(&self.compiled, bytes).unwrap();
        Library::open_compiled(&self.compiled)
    }
}

fn refusal(opened: Result<Library, EngineError>) -> Option<String> {
    let error = opened.err()?;
    Some(format!("{error}; {}", error.remedy().unwrap_or_default()))
}

/// No byte of it can be another, none can be missing, none be added.
#[test]
fn every_damage_is_noticed() {
    let mut disk = on_disk();
    std::fs::remove_file(&disk.list).unwrap();
    let whole = std::mem::take(&mut disk.bytes);
    let refused = |bytes: &[u8], what: &dyn Fn() -> String| {
        let said = refusal(disk.open(bytes)).unwrap_or_else(|| panic!("{}: opened", what()));
        assert!(said.contains("interdict lists compile "), "{}: {said}", what());
    };
    for place in (0..whole.len()).filter(|place| *place < 4096 || place % 23 == 0) {
        let mut bytes = whole.clone();
        bytes[place] ^= 1 << (place % 8);
        refused(&bytes, &|| format!("byte {place} of {}", whole.len()));
    }
    for length in (0..whole.len()).filter(|length| *length < 64 || length % 211 == 0) {
        refused(&whole[..length], &|| format!("{length} bytes of {}", whole.len()));
    }
    refused(&whole[..whole.len() - 1], &|| "the last byte is missing".to_owned());
    refused(&[&whole[..], &[0]].concat(), &|| "a byte more".to_owned());
    refused(&[&whole[..], &whole].concat(), &|| "twice".to_owned());
    assert!(disk.open(&whole).is_ok());
}

/// Where the list is still there it is read instead, and says so.
#[test]
fn a_damaged_file_is_made_again_from_its_list() {
    let disk = on_disk();
    let header = header_end(&disk.bytes);
    let list = Library::new(vec![ScreenList::open(&disk.list).unwrap()]).unwrap();
    let queries = queries();
    let policy = Policy::default();
    let expected = answers(&list, &queries, &policy, Search::Indexed);
    for place in (header..disk.bytes.len()).step_by(disk.bytes.len() / 24) {
        let mut bytes = disk.bytes.clone();
        bytes[place] ^= 0x10;
        let opened = disk.open(&bytes).unwrap();
        let warnings = opened.lists()[0].report.warnings.join("\n");
        assert!(warnings.contains("damaged") && warnings.contains("sdn.csv itself"), "{warnings}");
        assert_eq!(answers(&opened, &queries, &policy, Search::Indexed), expected, "byte {place}");
        assert_eq!(std::fs::read(&disk.compiled).unwrap(), bytes, "opening writes nothing");
    }
}

fn header_end(bytes: &[u8]) -> usize {
    24 + u32::from_le_bytes(bytes[12..16].try_into().unwrap()) as usize
}

fn header(bytes: &[u8]) -> Value {
    serde_json::from_slice(&bytes[24..header_end(bytes)]).unwrap()
}

/// The same file with another version and another header, whose checksum is right.
fn forged(bytes: &[u8], version: u32, change: impl FnOnce(&mut Value)) -> Vec<u8> {
    let mut value = header(bytes);
    change(&mut value);
    let header = value.to_string();
    let mut out = bytes[..8].to_vec();
    out.extend(version.to_le_bytes());
    out.extend((header.len() as u32).to_le_bytes());
    out.extend(xxh3_64(header.as_bytes()).to_le_bytes());
    out.extend(header.as_bytes());
    let pad = |length: usize| vec![0; length.wrapping_neg() % 8];
    out.extend(pad(out.len()));
    out.extend(&bytes[header_end(bytes).next_multiple_of(8)..]);
    out
}

type Change = fn(&mut Value);

/// A header that was written wrong, or by a later version.
#[test]
fn refusals() {
    const KEEP: Change = |_| ();
    let disk = on_disk();
    let compiled = &disk.bytes;
    let rows: [(&str, u32, Change, &str); 11] = [
        ("a later format", 7, KEEP, "format 7; this program reads format 1"),
        ("a later format with another header", 9, |h| h["rules"] = json!([1]), "format 9"),
        ("other rules", 1, |h| h["rules"] = json!("0"), "compiled by another version of this program"),
        ("a header without rules", 1, |h| drop(h.as_object_mut().unwrap().remove("rules")), "damaged"),
        ("a section too large", 1, |h| h["sections"][1]["bytes"] = json!(1_u64 << 60), "damaged"),
        ("a section of all numbers", 1, |h| h["sections"][0]["bytes"] = json!(u64::MAX), "damaged"),
        ("a section of another name", 1, |h| h["sections"][2]["name"] = json!("x"), "damaged"),
        ("a section less", 1, |h| drop(h["sections"].as_array_mut().unwrap().pop()), "damaged"),
        (
            "a section more",
            1,
            |h| {
                let sections = h["sections"].as_array_mut().unwrap();
                sections.push(json!({ "name": "more", "bytes": 0, "xxh3": "2d06800538d394c2" }));
            },
            "damaged",
        ),
        ("more lists of numbers than there are", 1, |h| h["index"] = json!([usize::MAX, 1, 1]), "damaged"),
        ("fewer lists of numbers", 1, |h| h["index"] = json!([0, 0, 0]), "damaged"),
    ];
    for (what, version, change, said) in rows {
        let bytes = forged(compiled, version, change);
        // The list is there: it is read, and the warning says what to do.
        let opened = disk.open(&bytes).unwrap_or_else(|e| panic!("{what}: {e}"));
        let warnings = opened.lists()[0].report.warnings.join("\n");
        let [list, path] = [&disk.list, &disk.compiled].map(|path| path.display().to_string());
        let remedy = format!("interdict lists compile {list} --output {path}");
        for said in [said, &format!("read from {list} itself"), &remedy] {
            assert!(warnings.contains(said), "{what}: {said:?} is not in {warnings}");
        }
        // The list is gone.
        let gone = disk.scratch.path("elsewhere.csv");
        std::fs::rename(&disk.list, &gone).unwrap();
        let text = refusal(disk.open(&bytes)).unwrap_or_else(|| panic!("{what}: opened"));
        for said in [said, &remedy] {
            assert!(text.contains(said), "{what}: {said:?} is not in {text}");
        }
        // What lies there is no list, but compiled itself.
        std::fs::write(&disk.list, compiled).unwrap();
        assert!(refusal(disk.open(&bytes)).is_some_and(|text| text.contains(&remedy)), "{what}");
        std::fs::rename(&gone, &disk.list).unwrap();
    }
    for (what, change) in [
        ("the end of time", (|h| h["lists"][0]["modified"] = json!(u64::MAX)) as Change),
        ("no time", |h| h["lists"][0]["modified"] = Value::Null),
    ] {
        let opened = disk.open(&forged(compiled, 1, change)).unwrap_or_else(|e| panic!("{what}: {e}"));
        assert_eq!(opened.lists()[0].modified, None, "{what}");
    }
}

/// A list beside the compiled file is found wherever both were moved; one that was changed is said.
#[test]
fn lists_that_moved_or_changed() {
    let disk = on_disk();
    let broken = forged(&disk.bytes, 1, |h| h["rules"] = json!("0"));
    let moved = disk.scratch.path("moved here");
    std::fs::create_dir(&moved).unwrap();
    for name in ["sdn.csv", "alt.csv", "add.csv"] {
        std::fs::rename(disk.scratch.path(name), moved.join(name)).unwrap();
    }
    let compiled = moved.join("sdn.idx");
    let warnings = |bytes: &[u8]| {
        std::fs::write(&compiled, bytes).unwrap();
        Library::open_compiled(&compiled).unwrap().lists()[0].report.warnings.join("\n")
    };
    let remedy =
        format!("interdict lists compile '{}/sdn.csv' --output '{}'", moved.display(), compiled.display());
    let said = warnings(&broken);
    assert!(said.contains("another version") && said.contains(&remedy), "{said}");
    assert_eq!(warnings(&disk.bytes), "", "the same list in another place");
    let file = File::options().append(true).open(moved.join("sdn.csv")).unwrap();
    file.set_modified(SystemTime::now() + Duration::from_secs(90)).unwrap();
    let said = warnings(&disk.bytes);
    assert!(said.contains("was changed after it was compiled") && said.contains(&remedy), "{said}");
}

#[test]
fn what_was_read_is_not_written_over() {
    let disk = on_disk();
    let library = Library::new(vec![ScreenList::open(&disk.list).unwrap()]).unwrap();
    for name in ["sdn.csv", "alt.csv", "add.csv"] {
        let path = disk.scratch.path(name);
        let before = std::fs::read(&path).unwrap();
        let said = library.compile(&path).err().unwrap().to_string();
        assert!(said.contains("which is read"), "{said}");
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }
    for (path, said) in
        [(disk.scratch.dir().to_owned(), "is a folder"), (disk.scratch.path("no/x"), "no folder")]
    {
        let error = library.compile(&path).err().unwrap().to_string();
        assert!(error.contains(said), "{error}");
    }
    let mut left: Vec<_> =
        std::fs::read_dir(disk.scratch.dir()).unwrap().map(|e| e.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["add.csv", "alt.csv", "sdn.csv", "sdn.idx"], "nothing half written");
}

/// The same seven parties that the damaged parts below are of.
fn profiles() -> &'static [Profile] {
    static PROFILES: LazyLock<Vec<Profile>> =
        LazyLock::new(|| engine::demo_list().unwrap().entities.iter().map(Profile::new).collect());
    &PROFILES
}

fn parts() -> &'static IndexParts {
    static PARTS: LazyLock<IndexParts> = LazyLock::new(|| Index::new(profiles()).parts());
    &PARTS
}

fn copy(parts: &IndexParts) -> IndexParts {
    let IndexParts { keys, numbers, letters } = parts;
    IndexParts { keys: keys.clone(), numbers: numbers.clone(), letters: letters.clone() }
}

/// A wrong number in a file whose checksums are right: the index is refused, or a search ends. One that names a word that
/// is not there stops with a remedy: it clears nobody.
fn check_parts(parts: IndexParts) -> Result<bool, TestCaseError> {
    let Some(index) = Index::from_parts(parts, profiles().len()) else { return Ok(false) };
    let configuration = Configuration::default();
    let request = Request { threshold: Some(Score::from_ten_thousandths(4000)), limit: None };
    static QUERIES: LazyLock<Vec<Query>> = LazyLock::new(|| queries().into_iter().take(20).collect());
    for query in QUERIES.iter() {
        let search = || index.search(query.profile(), profiles(), &configuration, request);
        if let Err(panic) = catch_unwind(AssertUnwindSafe(search)) {
            let said = panic.downcast_ref::<String>().map(String::as_str);
            let said = said.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or_default();
            prop_assert!(said.contains("compile it again"), "{}", said);
        }
    }
    Ok(true)
}

#[test]
fn parts_that_are_whole_are_an_index() {
    assert!(check_parts(copy(parts())).unwrap());
    assert_eq!(Index::from_parts(copy(parts()), profiles().len()).unwrap().parts(), *parts());
    assert!(Index::from_parts(copy(parts()), 3).is_none(), "fewer parties than it names");
    assert!(Index::from_parts(IndexParts::default(), profiles().len()).is_none());
    // Values of the runs: whose they are, and two stakes. A stake that no name has would make sums overflow.
    for (place, wrong) in [(0, u32::MAX), (1, 1 << 31), (1, 1 << 24), (2, i32::MAX as u32), (2, u32::MAX)] {
        let mut parts = copy(parts());
        parts.numbers[3][place] = wrong;
        assert!(Index::from_parts(parts, profiles().len()).is_none(), "{place} is {wrong}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn wrong_numbers(wrong in prop::collection::vec(wrong(), 1..4)) {
        let mut parts = copy(parts());
        let (keys, numbers) = (parts.keys.len(), parts.numbers.len());
        for Wrong { list, place, to, how } in wrong {
            // Numbers three times as often: most of what there is.
            let list = list.index(keys + 3 * numbers + parts.letters.len());
            match list.checked_sub(keys) {
                None => alter(&mut parts.keys[list], place, u64::from(to).rotate_left(how.into()), how),
                Some(n) if n < 3 * numbers => alter(&mut parts.numbers[n / 3], place, to, how),
                Some(n) => alter(&mut parts.letters[n - 3 * numbers], place, to as u8, how),
            }
        }
        check_parts(parts)?;
    }

    #[test]
    fn a_list_too_many_or_too_few(list in any::<prop::sample::Index>(), more in any::<bool>()) {
        let mut parts = copy(parts());
        let list = list.index(parts.numbers.len());
        if more {
            parts.numbers.insert(list, vec![0, 1, 2]);
        } else {
            parts.numbers.remove(list);
        }
        check_parts(parts)?;
    }

    /// Whatever follows the magic number: refused, at once.
    #[test]
    fn random_files(start in prop_oneof![Just(&b"IDICTIDX"[..]), Just(&b"IDICTIDX\x01\0\0\0"[..]), Just(&b"IDICTIDX\x01\0\0\0\xFF\xFF\xFF\xFF"[..])], rest in prop::collection::vec(any::<u8>(), 0..300)) {
        let scratch = Scratch::new();
        let path = scratch.file("x.idx", [start, &rest].concat());
        let said = refusal(Library::open_compiled(&path));
        prop_assert!(said.is_some_and(|said| said.contains("interdict lists compile LIST --output")));
    }
}

/// A number of a list that is another.
#[derive(Clone, Debug)]
struct Wrong {
    list: prop::sample::Index,
    place: prop::sample::Index,
    to: u32,
    how: u8,
}

fn wrong() -> impl Strategy<Value = Wrong> {
    let to = prop_oneof![4 => 0..9_u32, 2 => 0..90_u32, 1 => any::<u32>(), 1 => Just(u32::MAX), 1 => Just(1 << 31)];
    (any::<prop::sample::Index>(), any::<prop::sample::Index>(), to, 0..12_u8)
        .prop_map(|(list, place, to, how)| Wrong { list, place, to, how })
}

/// A number is missing, one too many, exchanged with another of the same list, or another.
fn alter<T: Copy>(list: &mut Vec<T>, place: prop::sample::Index, to: T, how: u8) {
    if list.is_empty() {
        list.push(to);
        return;
    }
    let place = place.index(list.len());
    let other = usize::from(how) * 7 % list.len();
    match how {
        0 => drop(list.remove(place)),
        1 => list.insert(place, to),
        2..6 => list.swap(place, other),
        _ => list[place] = to,
    }
}

/// A file of each version of the format that there was. It opens, or it is refused with the remedy and its list is read: which
/// of the two the rules say that it was made by.
///
/// `UPDATE_FIXTURES=1 cargo test -p interdict-engine --test compiled` writes that of this version again. There is no need as
/// long as it is refused cleanly; with a new version of the format the old file stays, under its name.
#[test]
fn every_format_that_there_was() {
    let folder = Path::new("tests/fixtures/compiled");
    let list = folder.join("invented.csv");
    let of_list = || {
        let mut list = ScreenList::open(&list).unwrap();
        // Of every checkout the same: no folder, no time.
        (list.source, list.modified) = ("invented.csv".to_owned(), None);
        Library::new(vec![list]).unwrap()
    };
    let scratch = Scratch::new();
    let now = scratch.path("now.idx");
    of_list().compile(&now).unwrap();
    let now = std::fs::read(now).unwrap();
    if std::env::var_os("UPDATE_FIXTURES").is_some() {
        std::fs::write(folder.join("v1.idx"), &now).unwrap();
    }
    let asked = ["Quillon Abernath Vosk", "Brackwater and Thole Shiping Ltd", "Merry Osprey", "Jane Doe"];
    let query = |name: &&str| Query::from_fields(name, None, [(engine::Property::Name, *name)]).unwrap();
    let queries: Vec<Query> = asked.iter().map(query).collect();
    let policy = Policy::default();
    let expected = answers(&of_list(), &queries, &policy, Search::Indexed);
    for version in 1..=1 {
        let path = folder.join(format!("v{version}.idx"));
        let bytes = std::fs::read(&path).unwrap();
        assert_eq!(bytes[8..12], u32::to_le_bytes(version), "{}", path.display());
        let opened = Library::open_compiled(&path).unwrap();
        let warnings = opened.lists()[0].report.warnings.join("\n");
        if bytes[8..12] == now[8..12] && header(&bytes)["rules"] == header(&now)["rules"] {
            assert_eq!(warnings, "");
            let [old, new] = [&bytes, &now].map(|bytes| header(bytes)["sections"].clone());
            assert_eq!(old, new, "the same rules write the same bytes");
        } else {
            let remedy =
                "compile it again: interdict lists compile tests/fixtures/compiled/invented.csv --output";
            assert!(warnings.contains(remedy), "{warnings}");
        }
        assert_eq!(answers(&opened, &queries, &policy, Search::Indexed), expected, "{}", path.display());
    }
}
