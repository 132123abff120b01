//! `docs/matching.md` says how two names are compared. Its examples, its worked comparisons and its table of weights are
//! run here, so that it cannot say what the engine does not do.
//!
//! After a change of weights or tables `UPDATE_DOCS=1 cargo test -p interdict-screen --test matching_doc` writes the
//! figures anew. An example of what the engine gets wrong (`should match`, `should be clear`) leaves once it is right.
//! Where a verdict changed, the test still fails, once: the text around it must be read again.

use std::fs;

use model::{Entity, Locator, Property, Schema};
use screen::{Configuration, Profile, Scored, score};
use testkit::unescaped;

const DOCUMENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/matching.md");
const WEIGHTS: &str = include_str!("../../names/data/weights.tsv");

/// Fewer examples than this show that blocks were lost.
const LEAST: usize = 100;

/// What stands in the document in the way in which weights are named, and is none.
const NO_WEIGHTS: [&str; 4] = ["legal_form", "only_query", "only_candidate", "best_of"];

#[test]
#[allow(clippy::print_stderr)] // How many examples ran; `--nocapture` shows it.
fn matching_doc() {
    let text = fs::read_to_string(DOCUMENT).expect("docs/matching.md can be read");
    let mut document = Document::default();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        document.out.push(line.to_owned());
        let Some(info) = line.strip_prefix("```").filter(|info| !info.is_empty()) else {
            document.names_weights(line);
            continue;
        };
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        match info.split_once(' ').unwrap_or((info, "")) {
            ("names", schema) => document.examples(&schema_of(schema), &block),
            ("evidence", schema) => document.evidence(&schema_of(schema), &block),
            ("weights", _) => document.weights(&block),
            _ => document.out.extend(block.iter().map(|&line| line.to_owned())),
        }
        document.out.push("```".to_owned());
    }
    let Document { out, examples, weights, wrong, verdicts } = document;
    eprintln!("docs/matching.md: {examples} examples");
    assert!(examples >= LEAST, "{examples} examples, {LEAST} at least were wanted");
    assert_eq!(weights, 1, "one table of weights");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(DOCUMENT, out.join("\n") + "\n").expect("docs/matching.md can be written");
        let (count, verdicts) = (verdicts.len(), verdicts.join("\n"));
        assert!(
            count == 0,
            "all is written. {count} verdicts changed, read the text around them:\n{verdicts}"
        );
        return;
    }
    let command = "UPDATE_DOCS=1 cargo test -p interdict-screen --test matching_doc";
    assert!(wrong.is_empty(), "{} lines, `{command}`:\n{}", wrong.len(), wrong.join("\n"));
}

fn schema_of(name: &str) -> Schema {
    assert!(
        ["Person", "Organization", "Company", "Vessel", "Airplane"].contains(&name),
        "no schema for examples: {name:?}"
    );
    Schema::from_name(name)
}

#[derive(Default)]
struct Document {
    /// The document as it should be.
    out: Vec<String>,
    examples: usize,
    weights: usize,
    /// What stands there, and what should.
    wrong: Vec<String>,
    /// Examples whose verdict is another one.
    verdicts: Vec<String>,
}

impl Document {
    /// Lines `query | listed | 0.93 match | why`; the last column may be missing. It says what would be right, `should
    /// match` or `should be clear`, where the engine is wrong.
    fn examples(&mut self, schema: &Schema, block: &[&str]) {
        let rows: Vec<Vec<&str>> =
            block.iter().map(|line| line.split('|').map(str::trim).collect()).collect();
        let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        let pad = |text: &str, width: usize| {
            let blanks = width - text.chars().count();
            format!("{text}{:blanks$}", "")
        };
        if rows.is_empty() {
            self.wrong.push(format!("no example is left after: {:?}", self.out.iter().rev().nth(2)));
        }
        for row in &rows {
            let (query, listed, told, why) = match row[..] {
                [query, listed, told] => (query, listed, told, ""),
                [query, listed, told, why] => (query, listed, told, why),
                _ => panic!("not query | listed | score verdict | why: {row:?}"),
            };
            let scored = compared(schema, query, listed);
            let verdict = if scored.as_ref().is_some_and(|s| s.matched) { "match" } else { "clear" };
            let hundredths = scored.map_or(0, |s| (u32::from(s.score.ten_thousandths()) + 50) / 100);
            let right = format!("{}.{:02} {verdict}", hundredths / 100, hundredths % 100);
            if told != right {
                self.wrong.push(format!("{query} | {listed} | {told}, should be {right}"));
            }
            if (verdict == "match" && why.starts_with("should match"))
                || (verdict == "clear" && why.starts_with("should be clear"))
            {
                self.wrong.push(format!("{query} | {listed} is right now: it leaves"));
                self.verdicts.push(format!("{query} | {listed} | {right}, and left"));
                continue;
            }
            if told.split(' ').next_back() != Some(verdict) {
                self.verdicts.push(format!("{query} | {listed} | {right}"));
            }
            let line = format!(
                "{} | {} | {right}{}{why}",
                pad(query, width(0)),
                pad(listed, width(1)),
                if why.is_empty() { "" } else { " | " }
            );
            self.out.push(line);
            self.examples += 1;
        }
    }

    /// A comparison row by row: `query | listed`, then what the engine makes of it.
    fn evidence(&mut self, schema: &Schema, block: &[&str]) {
        let pair = block.first().expect("a pair of names");
        let (query, listed) = pair.split_once('|').expect("query | listed");
        let scored = compared(schema, query.trim(), listed.trim()).expect("something agrees");
        let bits = |millibits: i32| format!("{:.1}", f64::from(millibits) / 1000.0);
        let mut right = vec![(*pair).to_owned(), String::new()];
        let row = |cells: [&str; 6]| {
            let [kind, query, listed, gain, stake, bits] = cells;
            format!("{kind:<15}{query:<14}{listed:<14}{gain:>7}{stake:>8}{bits:>8}").trim_end().to_owned()
        };
        right.push(row(["", "query", "listed", "gain", "stake", "bits"]));
        let (mut gain, mut stake) = (0, 0);
        for r in &scored.rows {
            right.push(row([r.kind, &r.query, &r.candidate, &bits(r.gain), &bits(r.stake), &bits(r.bits)]));
            (gain, stake) = (gain + r.gain, stake + r.stake);
        }
        right.push(row(["total", "", "", &bits(gain), &bits(stake), &bits(scored.bits)]));
        right.push(format!("score {} = {} / {}", scored.score, bits(gain), bits(stake)));
        self.replaces(block, right);
    }

    /// The table of weights in full: name, millibits or thousandths, what it says.
    fn weights(&mut self, block: &[&str]) {
        let rows = WEIGHTS.lines().filter(|line| !line.starts_with('#'));
        let right = rows.map(|row| match row.split('\t').collect::<Vec<_>>()[..] {
            [name, value, why] => format!("{name:<23}{value:>7}  {why}"),
            _ => panic!("not name, value, why: {row:?}"),
        });
        self.weights += 1;
        self.replaces(block, right.collect());
    }

    /// A block that the engine writes.
    fn replaces(&mut self, block: &[&str], right: Vec<String>) {
        for (at, line) in right.iter().enumerate() {
            let told = block.get(at).copied().unwrap_or_default();
            if told != line {
                self.wrong.push(format!("{told}\nshould be\n{line}"));
            }
        }
        if block.len() > right.len() {
            self.wrong.push(format!("nothing more should follow {:?}", right.last()));
        }
        self.out.extend(right);
    }

    /// Weights that the text names must be weights.
    fn names_weights(&mut self, line: &str) {
        for word in line.split('`').skip(1).step_by(2) {
            let like_one = word.contains('_')
                && word.chars().all(|c| c.is_ascii_lowercase() || "_0123456789".contains(c));
            let is_one = || WEIGHTS.lines().any(|row| row.split('\t').next() == Some(word));
            if like_one && !NO_WEIGHTS.contains(&word) && !is_one() {
                self.wrong.push(format!("no such weight: {word}"));
            }
        }
    }
}

fn compared(schema: &Schema, query: &str, listed: &str) -> Option<Scored> {
    score(&party(schema, query), &party(schema, listed), &Configuration::default())
}

/// A party of one name. `\u{200B}` is the character itself.
fn party(schema: &Schema, name: &str) -> Profile {
    let mut entity = Entity::new("x", schema.clone());
    entity.add(Property::Name, unescaped(name), Locator::Direct);
    Profile::new(&entity)
}
