//! `cargo xtask growth`: a list of any size out of the words of a real one, to see what growth costs.
//!
//! `--times 10` is the list itself and nine copies of it. A copied party keeps its schema and the number and length of its
//! names, but each name is put together of two others of the same shape, cut at the same place: the given names of
//! one with the family names of another, the head of a company's name with the trade and legal form of the next. So
//! words and pairs of neighbours are as common as on the list, and whole names are new. Two things are unlike a real list
//! of that size: it has no new words, so that each word is borne by more parties; and aliases are not
//! spellings of one name.
//!
//! A copy takes birth dates from others, new digits and letters for identifiers, and all else as it stands. It is the
//! same for the same seed. The words are held in memory, the parties never.

mod demo;
mod names;

use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Cursor, Write};
use std::path::Path;

use model::{Property, Schema};
use serde_json::{Map, Value, json};
use validation::Random;

use names::Names;

/// A list that can be read once for each copy.
enum Source<'a> {
    File(&'a Path),
    Text(String),
}

impl Source<'_> {
    fn lines(&self) -> std::io::Result<Box<dyn BufRead + '_>> {
        Ok(match self {
            Self::File(path) => Box::new(BufReader::new(File::open(path)?)),
            Self::Text(text) => Box::new(Cursor::new(text)),
        })
    }
}

/// What was written.
#[derive(Debug, Default, PartialEq, Eq)]
struct Made {
    /// Lines of the list itself.
    listed: u64,
    /// Parties put together.
    synthetic: u64,
    /// Their names.
    names: u64,
    /// Those of them that are on the list as they are: one word alone, or of a shape that is the only one.
    repeated: u64,
}

/// Writes `times` the list `from`: a file of FtM JSON lines, or `demo`, the embedded case among invented parties.
pub(crate) fn run(from: &str, times: &str, seed: &str, output: &Path) -> Result<(), Box<dyn Error>> {
    let times: u64 = times.parse().map_err(|_| format!("--times {times}: not a number"))?;
    let seed: u64 = seed.parse().map_err(|_| format!("--seed {seed}: not a number"))?;
    let source = if from == "demo" { Source::Text(demo::list(seed)?) } else { Source::File(Path::new(from)) };
    let mut to = BufWriter::new(File::create(output)?);
    let made = grow(&source, times, seed, &mut to)?;
    to.flush()?;
    let Made { listed, synthetic, names, repeated } = made;
    println!(
        "{listed} listed and {synthetic} synthetic parties; {repeated} of {names} names are on the list as they are"
    );
    Ok(())
}

fn grow(source: &Source<'_>, times: u64, seed: u64, to: &mut impl Write) -> Result<Made, Box<dyn Error>> {
    let mut made = Made::default();
    let mut known = Known::default();
    for line in source.lines()?.lines() {
        let line = line?;
        if line.trim().is_empty() || times == 0 {
            continue;
        }
        writeln!(to, "{line}")?;
        made.listed += 1;
        if let Some(party) = Party::read(&line)? {
            known.learn(&party);
        }
    }
    for copy in 1..times {
        let mut random = Random::new(seed, &["growth", &copy.to_string()]);
        for line in source.lines()?.lines() {
            if let Some(party) = Party::read(&line?)? {
                made.synthetic += 1;
                let line =
                    known.synthetic(&party, &format!("syn-{:07}", made.synthetic), &mut random, &mut made);
                writeln!(to, "{line}")?;
            }
        }
    }
    Ok(made)
}

/// A listed party as its line says it.
struct Party {
    schema: String,
    datasets: Value,
    properties: Vec<(Property, Vec<String>)>,
}

impl Party {
    /// `None` for what is no party: a relation, an address.
    fn read(line: &str) -> Result<Option<Self>, Box<dyn Error>> {
        if line.trim().is_empty() {
            return Ok(None);
        }
        let value: Value = serde_json::from_str(line)?;
        let schema = value["schema"].as_str().unwrap_or("Thing").to_owned();
        if !Schema::from_name(&schema).is_party() {
            return Ok(None);
        }
        let texts = |values: &Value| -> Vec<String> {
            let list = values.as_array().map_or(std::slice::from_ref(values), Vec::as_slice);
            list.iter()
                .filter_map(Value::as_str)
                .filter(|v| !v.trim().is_empty())
                .map(str::to_owned)
                .collect()
        };
        let properties = value["properties"].as_object().into_iter().flatten();
        let properties =
            properties.map(|(name, values)| (Property::from_name(name), texts(values))).collect();
        Ok(Some(Self { schema, datasets: value["datasets"].clone(), properties }))
    }
}

/// What synthetic parties are made of.
#[derive(Default)]
struct Known {
    names: Names,
    birth_dates: Vec<Box<str>>,
}

impl Known {
    fn learn(&mut self, party: &Party) {
        for (property, values) in &party.properties {
            if property.name_strength().is_some() {
                values.iter().for_each(|name| self.names.learn(&party.schema, name));
            } else if *property == Property::BirthDate {
                self.birth_dates.extend(values.iter().map(|v| v.as_str().into()));
            }
        }
    }

    fn synthetic(&self, party: &Party, id: &str, random: &mut Random, made: &mut Made) -> Value {
        let mut properties = Map::new();
        let mut first: Option<names::Made> = None;
        for (property, values) in &party.properties {
            let mut name = |value: &String| {
                let name = self.names.another(&party.schema, value, random);
                made.names += 1;
                made.repeated += u64::from(name.repeated);
                let text = name.text();
                first.get_or_insert(name);
                text
            };
            let values: Vec<String> = if property.name_strength().is_some() {
                values.iter().map(&mut name).collect()
            } else if *property == Property::BirthDate {
                let other = |_| random.pick(&self.birth_dates).map(ToString::to_string);
                values.iter().filter_map(other).collect()
            } else if model::Scheme::of(property).is_some() {
                values.iter().map(|value| renumbered(value, random)).collect()
            } else {
                values.clone()
            };
            properties.insert(property.name().to_owned(), json!(values));
        }
        // Given and family names stand beside the whole name and say the same.
        if let Some(name) = &first {
            for (part, words) in [("firstName", name.given()), ("lastName", name.family())] {
                match properties.get_mut(part) {
                    Some(values) if !words.is_empty() => *values = json!([words]),
                    _ => {
                        properties.shift_remove(part);
                    }
                }
            }
        }
        let caption = first.map_or_else(|| id.to_owned(), |name| name.text());
        json!({
            "id": id,
            "schema": party.schema,
            "caption": caption,
            "datasets": party.datasets,
            "properties": properties,
        })
    }
}

/// An identifier of the same form, with other digits and letters.
fn renumbered(value: &str, random: &mut Random) -> String {
    let letter = |c: char| match c {
        '0'..='9' => char::from(b'0' + random.below(10) as u8),
        'A'..='Z' => char::from(b'A' + random.below(26) as u8),
        'a'..='z' => char::from(b'a' + random.below(26) as u8),
        _ => c,
    };
    value.chars().map(letter).collect()
}

#[cfg(test)]
pub(crate) use demo::list as demo_lines;

#[cfg(test)]
mod tests;
