//! Names put together of two others.

use std::collections::{HashMap, HashSet};

use validation::{Random, script_of};

/// Tries for a name that is not on the list.
const TRIES: usize = 32;

/// Words beyond which names are of one shape: few have as many.
const LONG: usize = 6;

/// Where a name of some words can be put together anew.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Shape {
    /// A person's, of which it shows where the given names end: "Eusebio ARZALLUS TAPIA".
    GivenFirst { given: usize, family: usize },
    /// The same with the comma of "ARZALLUS TAPIA, Eusebio".
    FamilyFirst { given: usize, family: usize },
    /// Any other's: so many words.
    Words(usize),
}

/// Names that can lend each other words.
type Key = (String, &'static str, Shape);

/// The names of a list.
#[derive(Default)]
pub(super) struct Names {
    by_key: HashMap<Key, Vec<Box<str>>>,
    whole: HashSet<Box<str>>,
}

/// A name that was put together.
#[derive(Clone, Debug)]
pub(super) struct Made {
    front: String,
    back: String,
    family_first: bool,
    /// Whether it is on the list as it is.
    pub(super) repeated: bool,
}

impl Made {
    pub(super) fn text(&self) -> String {
        [self.front.as_str(), &self.back]
            .iter()
            .filter(|part| !part.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// What of a person's name is given.
    pub(super) fn given(&self) -> &str {
        if self.family_first { &self.back } else { &self.front }
    }

    /// What of a person's name is the family's.
    pub(super) fn family(&self) -> &str {
        if self.family_first { self.front.trim_end_matches(',') } else { &self.back }
    }
}

impl Names {
    pub(super) fn learn(&mut self, schema: &str, name: &str) {
        self.by_key.entry(key(schema, name)).or_default().push(name.into());
        self.whole.insert(name.into());
    }

    /// A name of the same shape as `name`, which is one of those that were learnt.
    pub(super) fn another(&self, schema: &str, name: &str, random: &mut Random) -> Made {
        let key = key(schema, name);
        let (family_first, known) = (matches!(key.2, Shape::FamilyFirst { .. }), self.by_key.get(&key));
        let mut made = Made { front: name.to_owned(), back: String::new(), family_first, repeated: true };
        for _ in 0..TRIES {
            let mut one = || known.and_then(|names| random.pick(names)).map_or(name, |n| n);
            let (front, back) = (words(one()), words(one()));
            let at = match key.2 {
                Shape::GivenFirst { .. } | Shape::FamilyFirst { .. } => seam(&front).map_or(0, |(at, _)| at),
                // What stands last is the legal form, often of two words ("CO., LTD."): they stay together.
                Shape::Words(_) => 1 + random.below(front.len().min(back.len()).saturating_sub(2)),
            };
            let from = seam(&back).filter(|_| !matches!(key.2, Shape::Words(_))).map_or(at, |(from, _)| from);
            made.front = front[..at.min(front.len())].join(" ");
            made.back = back[from.min(back.len())..].join(" ");
            made.repeated = self.whole.contains(made.text().as_str());
            if !made.repeated {
                break;
            }
        }
        made
    }
}

fn key(schema: &str, name: &str) -> Key {
    let words = words(name);
    let shape = match seam(&words).filter(|_| schema == "Person") {
        Some((at, true)) => Shape::FamilyFirst { family: at.min(LONG), given: (words.len() - at).min(LONG) },
        Some((at, false)) => Shape::GivenFirst { given: at.min(LONG), family: (words.len() - at).min(LONG) },
        None => Shape::Words(words.len().min(LONG)),
    };
    (schema.to_owned(), script_of(name), shape)
}

fn words(name: &str) -> Vec<&str> {
    name.split_whitespace().collect()
}

/// Where a person's name falls into two, and whether the family name is the first of them. Lists write the family name
/// before a comma, or in capitals; where neither shows it, it is the last word.
fn seam(words: &[&str]) -> Option<(usize, bool)> {
    let last = words.len().checked_sub(1).filter(|last| *last > 0)?;
    if let Some(comma) = words[..last].iter().position(|word| word.ends_with(',')) {
        return Some((comma + 1, true));
    }
    let small = |word: &&str| word.chars().any(char::is_lowercase);
    let capitals = words.iter().rposition(small).map_or(0, |at| at + 1);
    Some((if (1..=last).contains(&capitals) { capitals } else { last }, false))
}
