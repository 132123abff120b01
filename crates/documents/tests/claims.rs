//! Claims against gold tables, which were written before the extractor was tuned: `tests/claims/*.tsv`.
//!
//! A row is subject, predicate, object, status, attribution without the document (links joined by ` > `), date. Names of the
//! gold stand in the found ones or the other way round: "US Treasury", "the US Treasury". An object that a text does not name is empty.

#![allow(clippy::unwrap_used)]
#![allow(clippy::print_stdout)] // Figures and what was missed, for whoever tunes.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use documents::claims::{Document, Reader, claims};
use documents::{Mention, Party};
use model::{Claim, Named, Schema, Source, SourceRole};
use proptest::prelude::*;

/// What a gold table holds.
struct Gold {
    parties: Vec<Party>,
    /// The names by which the text calls each party.
    names: Vec<Vec<String>>,
    rows: Vec<Vec<String>>,
}

fn gold(name: &str) -> Gold {
    let text = std::fs::read_to_string(folder().join(format!("{name}.tsv"))).unwrap();
    let mut gold = Gold { parties: Vec::new(), names: Vec::new(), rows: Vec::new() };
    for line in text.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        match cells[..] {
            ["# party", schema, names] => {
                let names: Vec<String> = names.split(';').map(str::to_owned).collect();
                let named = Named::unlisted(names[0].as_str());
                gold.parties.push(Party { named, schema: Schema::from_name(schema) });
                gold.names.push(names);
            }
            _ if line.starts_with('#') => {}
            _ => gold.rows.push(cells.into_iter().map(str::to_owned).collect()),
        }
    }
    gold
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/claims")
}

/// Where the text has the names, the longest at each place.
fn mentions(text: &str, names: &[Vec<String>]) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    for (party, names) in names.iter().enumerate() {
        for name in names {
            found.extend(
                text.match_indices(name.as_str())
                    .map(|(at, _)| Mention { range: at..at + name.len(), party }),
            );
        }
    }
    found.sort_by_key(|mention| (mention.range.start, std::cmp::Reverse(mention.range.end)));
    let mut end = 0;
    found.retain(|mention| {
        let free = mention.range.start >= end;
        end = end.max(mention.range.end);
        free
    });
    found
}

fn sources(claim: &Claim) -> String {
    claim.attribution[1..].iter().map(|source| &*source.name).collect::<Vec<_>>().join(" > ")
}

fn alike(found: &str, wanted: &str) -> bool {
    let found = found.replace(['"', '“', '”'], "");
    let found = if found == "(not named)" { "" } else { &found };
    found == wanted
        || !found.is_empty() && !wanted.is_empty() && (found.contains(wanted) || wanted.contains(found))
}

fn chains_alike(found: &str, wanted: &str) -> bool {
    let (found, wanted): (Vec<&str>, Vec<&str>) =
        (found.split(" > ").collect(), wanted.split(" > ").collect());
    found.len() == wanted.len() && found.iter().zip(&wanted).all(|(found, wanted)| alike(found, wanted))
}

/// Which found claim is which of the gold; the table of all; how many are expected, found, and right.
fn compare(text: &str, gold: &Gold) -> (String, [usize; 3]) {
    let document = Document { name: "text".into(), publisher: None };
    let found = claims(&document, text, &gold.parties, &mentions(text, &gold.names));
    for claim in &found {
        assert_eq!(&text[claim.quote.start..claim.quote.end], &*claim.quote.text);
        assert_eq!(&*claim.attribution[0].name, "text");
    }
    let mut table = String::new();
    let mut used = vec![false; found.len()];
    let mut right = 0;
    for row in &gold.rows {
        let at = found.iter().enumerate().position(|(n, claim)| {
            !used[n]
                && alike(&claim.subject.name, &row[0])
                && claim.predicate.name() == row[1]
                && alike(&claim.object.name, &row[2])
                && claim.status.name() == row[3]
                && chains_alike(&sources(claim), &row[4])
                && (row[5].is_empty() || claim.date.as_deref().is_some_and(|date| alike(date, &row[5])))
        });
        right += usize::from(at.is_some());
        if let Some(at) = at {
            used[at] = true;
        }
        let _ = writeln!(table, "{} {}", if at.is_some() { "ok    " } else { "MISSED" }, row.join(" | "));
    }
    for (claim, _) in found.iter().zip(&used).filter(|(_, used)| !**used) {
        let _ = writeln!(table, "EXTRA  {}", line(claim));
    }
    (table, [gold.rows.len(), found.len(), right])
}

fn line(claim: &Claim) -> String {
    let (subject, object) = (&claim.subject.name, &claim.object.name);
    let (predicate, status) = (claim.predicate.name(), claim.status.name());
    format!(
        "{subject} | {predicate} | {object} | {status} | {} | {}",
        sources(claim),
        claim.date.as_deref().unwrap_or("")
    )
}

const TEXTS: [&str; 10] = [
    "acquittal",
    "delisting",
    "denial",
    "family",
    "former",
    "groups",
    "indictment",
    "nested",
    "ownership",
    "press_release",
];

#[test]
fn own_texts() {
    let mut sum = [0; 3];
    let mut all = String::new();
    for name in TEXTS {
        let text = std::fs::read_to_string(folder().join(format!("{name}.txt"))).unwrap();
        let (table, counts) = compare(&text, &gold(name));
        let _ = writeln!(all, "{name}\n{table}");
        (0..3).for_each(|n| sum[n] += counts[n]);
    }
    let [expected, found, right] = sum;
    let _ = writeln!(all, "{expected} expected, {found} found, {right} right");
    insta::assert_snapshot!(all);
}

#[test]
fn the_report_of_the_case() {
    let Some(bytes) = testkit::shared_bytes("report.txt") else { return };
    let text = String::from_utf8(bytes).unwrap();
    let (table, [expected, found, right]) = compare(&text, &gold("report"));
    // Words of the report are no part of this repository: of what was found besides, only the count stands here.
    let rows: Vec<&str> = table.lines().filter(|line| !line.starts_with("EXTRA")).collect();
    let rows = rows.join("\n");
    insta::assert_snapshot!(format!("{rows}\n{expected} expected, {found} found, {right} right"));
}

#[test]
fn blocks_give_what_the_whole_text_gives() {
    for name in TEXTS {
        let text = std::fs::read_to_string(folder().join(format!("{name}.txt"))).unwrap();
        let text = format!("{text}\n{text}");
        let gold = gold(name);
        let mentions = mentions(&text, &gold.names);
        let document = Document { name: "text".into(), publisher: None };
        let whole = claims(&document, &text, &gold.parties, &mentions);
        let half = text.len() / 2 + 1;
        let mut reader = Reader::new(&document);
        let (first, second): (Vec<Mention>, Vec<Mention>) =
            mentions.into_iter().partition(|m| m.range.end <= half);
        let mut blocks = reader.read(&text[..half], 0, &gold.parties, &first);
        blocks.extend(reader.read(&text[half..], half, &gold.parties, &second));
        assert_eq!(blocks, whole, "{name}");
    }
}

#[test]
fn the_publisher_is_the_second_source() {
    let text = "Reuters said that Ann Low owns Blue Ltd.";
    let parties =
        ["Ann Low", "Blue Ltd"].map(|name| Party { named: Named::unlisted(name), schema: Schema::Person });
    let names = ["Ann Low", "Blue Ltd"].map(|name| vec![name.to_owned()]);
    let publisher = Some(Source { name: "Daily Note".into(), role: SourceRole::Outlet });
    let document = Document { name: "text".into(), publisher };
    let found = claims(&document, text, &parties, &mentions(text, &names));
    assert_eq!(found.len(), 1);
    assert_eq!(sources(&found[0]), "Daily Note > Reuters");
}

proptest! {
    /// Any text with mentions anywhere: no panic, quotes are the text's, and every claim has its source.
    #[test]
    fn any_text_is_read(
        words in proptest::collection::vec(
            prop_oneof![
                proptest::sample::select(WORDS.to_vec()).prop_map(str::to_owned),
                "\\PC{0,6}",
            ],
            0..60,
        ),
        places in proptest::collection::vec((0..200_usize, 0..20_usize, 0..3_usize), 0..8),
    ) {
        let text = words.join(" ");
        let boundary = |mut at: usize| {
            at = at.min(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let mut mentions: Vec<Mention> = places
            .iter()
            .map(|(start, length, party)| Mention { range: boundary(*start)..boundary(start + length), party: *party })
            .collect();
        mentions.sort_by_key(|mention| mention.range.start);
        let kinds = [Schema::Person, Schema::Company];
        let parties = kinds.map(|schema| Party { named: Named::unlisted("P"), schema });
        for claim in claims(&Document { name: "text".into(), publisher: None }, &text, &parties, &mentions) {
            prop_assert_eq!(&text[claim.quote.start..claim.quote.end], &*claim.quote.text);
            prop_assert!(!claim.attribution.is_empty());
        }
    }
}

const WORDS: [&str; 48] = [
    "sanctioned",
    "charged",
    "with",
    "fraud",
    "and",
    ",",
    ".",
    "the",
    "company",
    "two",
    "Iranians",
    "of",
    "X's",
    "manager",
    "is",
    "owned",
    "by",
    "\"",
    "“",
    "”",
    "said",
    "that",
    "it",
    "he",
    "his",
    "brother",
    "according to",
    "Reuters",
    "US",
    "Treasury",
    "who",
    "not",
    "former",
    "(",
    ")",
    ":",
    "denied",
    "any",
    "links",
    "to",
    "statement",
    "May",
    "3",
    "2020",
    "\n",
    "\n\n",
    "for",
    "hacking",
];

/// `INTERDICT_CLAIMS_MB=20 cargo test --release -p interdict-documents --test claims -- --ignored speed`: how fast; the time of the
/// processor is measured around it (`perf stat`, `time`).
#[test]
#[ignore = "a measurement"]
fn speed() {
    let megabytes: usize =
        std::env::var("INTERDICT_CLAIMS_MB").ok().and_then(|n| n.parse().ok()).unwrap_or(20);
    let mut texts = Vec::new();
    for name in TEXTS {
        let text = std::fs::read_to_string(folder().join(format!("{name}.txt"))).unwrap();
        let gold = gold(name);
        let mentions = mentions(&text, &gold.names);
        texts.push((text, gold, mentions));
    }
    let (mut bytes, mut count) = (0, 0);
    let started = std::time::Instant::now();
    while bytes < megabytes << 20 {
        for (text, gold, mentions) in &texts {
            count += claims(&Document::default(), text, &gold.parties, mentions).len();
            bytes += text.len();
        }
    }
    println!("{bytes} bytes, {count} claims, {:.2} s", started.elapsed().as_secs_f64());
}
