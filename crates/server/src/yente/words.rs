//! The words of listed parties, for search boxes: whole words in any order, the last one as far as it is typed.
//!
//! This is no screening. It finds what is written there, by the letters; `/match` finds whom a name may mean.

use std::collections::{BTreeMap, HashSet};
use std::ops::Bound;

use engine::{Library, PropertyType, words};

/// The words of all parties, in their own script and in Latin letters, with the parties that have them.
pub(crate) struct Words {
    /// By word: parties, ascending, as places in the library.
    parties: BTreeMap<Box<str>, Vec<u32>>,
    /// For each party how many different words its names have.
    of_names: Vec<u16>,
}

/// Longest text whose words are looked up: a title, not a story.
const LONGEST: usize = 300;

impl Words {
    /// Reads names, identifiers, ids, places and programmes of all parties.
    pub(crate) fn new(library: &Library) -> Self {
        let mut parties: BTreeMap<Box<str>, Vec<u32>> = BTreeMap::new();
        let mut of_names = Vec::new();
        let entities = library.lists().iter().flat_map(|list| &list.entities);
        for (place, entity) in entities.enumerate() {
            let mut all: HashSet<String> = forms(&entity.id).flatten().collect();
            let mut names = HashSet::new();
            for statement in &entity.statements {
                let long = statement.value.len() > LONGEST;
                let told = matches!(
                    statement.property.property_type(),
                    PropertyType::Name
                        | PropertyType::Identifier
                        | PropertyType::Address
                        | PropertyType::Text
                );
                if told && !long {
                    for word in forms(&statement.value) {
                        if statement.property.name_strength().is_some() {
                            names.extend(word.first().cloned());
                        }
                        all.extend(word);
                    }
                }
            }
            of_names.push(u16::try_from(names.len()).unwrap_or(u16::MAX));
            for word in all {
                parties.entry(word.into()).or_default().push(place as u32);
            }
        }
        Self { parties, of_names }
    }

    /// Parties that have every word of a text, the last as far as it is typed where `prefix` asks for that: those with the fewest
    /// other words in their names first, then in the order of the lists.
    pub(crate) fn find(&self, text: &str, prefix: bool) -> Vec<usize> {
        let asked: Vec<Vec<String>> = forms(text).collect();
        let mut found: Option<Vec<u32>> = None;
        for (n, word) in asked.iter().enumerate() {
            let begun = prefix && n + 1 == asked.len();
            let mut having: Vec<u32> = word.iter().flat_map(|form| self.having(form, begun)).collect();
            having.sort_unstable();
            having.dedup();
            found = Some(match found {
                Some(before) => before.into_iter().filter(|p| having.binary_search(p).is_ok()).collect(),
                None => having,
            });
        }
        let mut found = found.unwrap_or_default();
        found.sort_by_key(|place| (self.of_names[*place as usize], *place));
        found.into_iter().map(|place| place as usize).collect()
    }

    fn having<'a>(&'a self, form: &'a str, begun: bool) -> Box<dyn Iterator<Item = u32> + 'a> {
        if begun {
            let from = self.parties.range::<str, _>((Bound::Included(form), Bound::Unbounded));
            Box::new(
                from.take_while(move |(word, _)| word.starts_with(form)).flat_map(|(_, p)| p.iter().copied()),
            )
        } else {
            Box::new(self.parties.get(form).into_iter().flatten().copied())
        }
    }
}

/// The forms of each word: its Latin key first, other readings, and its own letters.
fn forms(text: &str) -> impl Iterator<Item = Vec<String>> {
    words(text).into_iter().map(|word| {
        let native = word.native.to_lowercase();
        let mut forms = vec![word.key];
        forms.extend(word.readings);
        if !forms.contains(&native) {
            forms.push(native);
        }
        forms
    })
}

#[cfg(test)]
mod tests {
    use engine::{Library, demo_list};

    use super::Words;

    #[test]
    fn words_in_any_order_the_last_as_far_as_it_is_typed() {
        let library = Library::new(vec![demo_list().unwrap()]).unwrap();
        let words = Words::new(&library);
        let rows = [
            ("Kashian", false, "33496"),
            ("sajjad KASHIAN", false, "33496"),
            ("Кашиан", false, "33496"),
            ("kash", true, "33496"),
            ("kash", false, ""),
            ("emennet pasar", true, "33634"),
            ("seyyed", true, "33497 33495"),
            ("net peygard", false, "26390 33634"),
            ("0067948431", false, "26391"),
            ("ofac-26391", false, "26391"),
            ("Nobody", true, ""),
            ("", true, ""),
        ];
        for (text, prefix, expected) in rows {
            let found = words.find(text, prefix).into_iter();
            let ids: Vec<_> =
                found.map(|place| library.entity(place).1.id.trim_start_matches("ofac-")).collect();
            assert_eq!(ids.join(" "), expected, "{text}");
        }
    }
}
