//! A listed name as the treatments see it: what kind of party bears it, its words, and which of them is the family name.
//!
//! These readings are the validation's own and plainer than the engine's, on purpose.

use std::collections::HashMap;
use std::sync::LazyLock;

use model::{NameStrength, Schema};

use crate::script::script_of;
use crate::tables::{NAME_WORDS, rows};

/// Kinds of party whose names are written alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Natural persons.
    Person,
    /// Companies, organisations, public bodies, and legal entities of any kind.
    Organization,
    /// Ships.
    Vessel,
    /// Aircraft and other vehicles.
    Aircraft,
    /// Wallets, securities and what has no schema.
    Other,
}

impl Group {
    /// The group of a schema.
    #[must_use]
    pub fn of(schema: &Schema) -> Self {
        match schema {
            Schema::Person => Self::Person,
            Schema::Company | Schema::Organization | Schema::PublicBody | Schema::LegalEntity => {
                Self::Organization
            }
            Schema::Vessel => Self::Vessel,
            Schema::Airplane | Schema::Vehicle => Self::Aircraft,
            _ => Self::Other,
        }
    }

    /// Its name in a table.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "Person",
            Self::Organization => "Organization",
            Self::Vessel => "Vessel",
            Self::Aircraft => "Aircraft",
            Self::Other => "Other",
        }
    }
}

/// One listed name.
#[derive(Clone, Debug)]
pub struct Subject<'a> {
    /// The id of the party.
    pub entity: &'a str,
    /// The name as published.
    pub name: &'a str,
    /// What kind of party.
    pub group: Group,
    /// The script of most of its letters.
    pub script: &'static str,
    /// How strong the publisher calls it.
    pub strength: NameStrength,
}

/// A person's name by its parts.
pub(crate) struct Parts<'a> {
    pub(crate) given: Vec<&'a str>,
    pub(crate) family: Vec<&'a str>,
    /// Whether it was written `FAMILY, Given`.
    pub(crate) comma: bool,
}

/// What a word of a name is that names nobody by itself.
static WORDS: LazyLock<HashMap<&str, &str>> =
    LazyLock::new(|| rows(NAME_WORDS).map(|row| (row[1], row[0])).collect());

impl<'a> Subject<'a> {
    /// A name of a party.
    #[must_use]
    pub fn new(entity: &'a str, name: &'a str, schema: &Schema, strength: NameStrength) -> Self {
        Self { entity, name, group: Group::of(schema), script: script_of(name), strength }
    }

    /// The words as they are written, punctuation and all.
    pub(crate) fn words(&self) -> Vec<&'a str> {
        self.name.split_whitespace().collect()
    }

    /// A person's given and family names, where the name shows which is which: by the comma, by capitals, else by place,
    /// the last word being the family name.
    pub(crate) fn parts(&self) -> Option<Parts<'a>> {
        if self.group != Group::Person {
            return None;
        }
        if let Some((family, given)) = self.name.split_once(',') {
            let (family, given): (Vec<&str>, Vec<&str>) =
                (family.split_whitespace().collect(), given.split_whitespace().collect());
            let whole = !family.is_empty() && !given.is_empty() && !given.iter().any(|w| w.contains(','));
            return whole.then_some(Parts { given, family, comma: true });
        }
        let words = self.words();
        let capitals =
            |w: &&str| w.chars().filter(|c| c.is_alphabetic()).count() > 1 && *w == w.to_uppercase();
        let shouted: Vec<&str> = words.iter().copied().filter(capitals).collect();
        if !shouted.is_empty() && shouted.len() < words.len() && !is_caseless(self.script) {
            let given = words.into_iter().filter(|w| !shouted.contains(w)).collect();
            return Some(Parts { given, family: shouted, comma: false });
        }
        let mut first = words.len().checked_sub(1).filter(|n| *n > 0)?;
        while first > 1 && (is_particle(words[first - 1]) || is_bound(words[first])) {
            first -= 1;
        }
        if is_bound(words[first]) {
            return None;
        }
        let (given, family) = words.split_at(first);
        Some(Parts { given: given.to_vec(), family: family.to_vec(), comma: false })
    }

    /// Whether it says who the party is by one word alone.
    #[must_use]
    pub fn is_one_word(&self) -> bool {
        self.words().len() == 1 && !self.name.contains('-')
    }

    /// Whether a digit is in it.
    #[must_use]
    pub fn has_digit(&self) -> bool {
        self.name.chars().any(char::is_numeric)
    }

    /// Whether it is very long: eight words or sixty characters, about the longest hundredth of the SDN list.
    #[must_use]
    pub fn is_long(&self) -> bool {
        self.words().len() >= 8 || self.name.chars().count() >= 60
    }

    /// Whether a title or a suffix stands in the name itself.
    #[must_use]
    pub fn has_title(&self) -> bool {
        let titled = |w: &&str| is_title(w);
        self.group == Group::Person && self.words().len() > 1 && self.words().iter().any(titled)
    }
}

impl Parts<'_> {
    /// Puts the parts together in the order that they were written in.
    pub(crate) fn written(&self, given: &[&str], family: &[&str]) -> String {
        if self.comma {
            format!("{}, {}", family.join(" "), given.join(" "))
        } else {
            [given.join(" "), family.join(" ")].join(" ").trim().to_owned()
        }
    }

    /// Names that say something: two letters or more, no particle and no title.
    pub(crate) fn full(words: &[&str]) -> usize {
        words
            .iter()
            .filter(|w| bare(w).chars().count() > 1 && !is_particle(w) && !is_title(w) && !is_bound(w))
            .count()
    }

    /// Two syllables of one given name rather than two given names, as in "KIM, Jong Un" and "Shi Yu HUA": three words of
    /// at most five letters; not in Arabic script, which writes few vowels. To leave one out, or its first letter in its place, makes another name.
    pub(crate) fn may_be_syllables(&self) -> bool {
        self.given.len() == 2
            && self.family.len() == 1
            && self
                .given
                .iter()
                .chain(&self.family)
                .all(|w| bare(w).chars().count() <= 5 && script_of(w) != "Arabic")
    }
}

/// A word in small letters, without its punctuation.
pub(crate) fn bare(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

pub(crate) fn is_particle(word: &str) -> bool {
    WORDS.get(bare(word).as_str()) == Some(&"particle")
}

/// Whether it belongs to the word before it.
pub(crate) fn is_bound(word: &str) -> bool {
    WORDS.get(bare(word).as_str()) == Some(&"bound")
}

pub(crate) fn is_title(word: &str) -> bool {
    WORDS.get(bare(word).as_str()) == Some(&"title")
}

/// Scripts without capitals.
pub(crate) fn is_caseless(script: &str) -> bool {
    !matches!(script, "Latin" | "Greek" | "Cyrillic" | "Armenian")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_and_family() {
        let rows = [
            ("SHIRINKAR, Mohammad Bagher", Some(("Mohammad Bagher", "SHIRINKAR"))),
            ("Daniel PEREZ ROJAS", Some(("Daniel", "PEREZ ROJAS"))),
            ("Vincent van der Berg", Some(("Vincent", "van der Berg"))),
            ("سجاد کاشیان", Some(("سجاد", "کاشیان"))),
            ("SMITH, John, Jr.", None),
            ("كمال عبد الله", Some(("كمال", "عبد الله"))),
            ("مطيع الله", None),
            ("Osama", None),
            ("", None),
        ];
        for (name, expected) in rows {
            let subject = Subject::new("x", name, &Schema::Person, NameStrength::Primary);
            let parts = subject.parts().map(|p| (p.given.join(" "), p.family.join(" ")));
            assert_eq!(parts, expected.map(|(g, f)| (g.to_owned(), f.to_owned())), "{name}");
        }
        let company = Subject::new("x", "Acme, Ltd", &Schema::Company, NameStrength::Primary);
        assert!(company.parts().is_none());
    }

    #[test]
    fn rows_of_their_own() {
        let of = |name| Subject::new("x", name, &Schema::Person, NameStrength::Primary);
        assert!(of("Osama").is_one_word() && !of("Al-Zarqawi").is_one_word() && !of("A B").is_one_word());
        assert!(of("Haji Abdul Manan").has_title() && !of("Haji").has_title() && !of("Manan").has_title());
        assert!(of("7-28").has_digit() && of("a b c d e f g h").is_long() && !of("a b").is_long());
    }
}
