//! Words met so far: what each is in general, and what it can be in listed names.

use std::cell::{Cell, OnceCell};
use std::ops::Deref;
use std::sync::{Arc, LazyLock};

use compact_str::CompactString;
use model::Country;
use names::{NameKind, Role, Token, parse};
use rustc_hash::{FxHashMap, FxHashSet};
use screen::{Candidates, InText, Likely, Reading};

use super::alone::Alone;
use super::inflection;
use super::language::is_function_word;
use super::scan::Case;
use crate::tables::rows;

const COMMON: &str = include_str!("../../data/common_words.tsv");

static COMMON_WORDS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| words().collect());

fn words() -> impl Iterator<Item = &'static str> {
    rows(COMMON)
}

const SANCTIONS: &str = include_str!("../../data/sanctions_words.tsv");

static OF_SANCTIONS: LazyLock<Vec<&'static str>> = LazyLock::new(|| rows(SANCTIONS).collect());

/// Whether a word, in small letters, begins as those of sanctions do.
fn is_of_sanctions(small: &str) -> bool {
    OF_SANCTIONS.iter().any(|stem| small.starts_with(stem))
}

/// Room for words that are remembered, in numbers of their readings and what they take beside: 128 MiB. A text of a
/// gigabyte has millions of words; the lexicon begins anew, and most that follow are met again at once.
const MOST: usize = 1 << 25;

/// Room that a word takes beside its readings, in numbers.
const OF_WORD: usize = 48;

/// Information below which a word is common among people's names, in millibits: the population table ends about there.
const KNOWN_NAME: i32 = 17_500;

/// What a word is, wherever it stands.
#[derive(Debug, Default)]
pub(crate) struct Entry {
    /// The word as it stands, then the forms of which it may be an inflection.
    pub(crate) forms: Vec<Form>,
    /// What all its forms together can be in listed names, where it has several.
    together: Option<Box<Reading>>,
    /// A word of the language, which need not name anybody with a capital letter either.
    pub(crate) common: bool,
    /// A word of sanctions: what is written around it is about listed parties.
    pub(crate) sanctions: bool,
    /// A word that only holds sentences together.
    pub(crate) function: bool,
    /// What it is in names, once that was asked for: of most words nobody asks.
    in_names: OnceCell<InNames>,
    /// See [`Entry::country`], once that was asked for.
    country: OnceCell<Option<Country>>,
    /// The word, to be asked.
    word: Box<str>,
    /// Whether it is a word of the language in small letters.
    small: bool,
    /// The listed names that it may be by itself, once that was asked for.
    pub(super) alone: OnceCell<Box<[Alone]>>,
    /// Whether it may stand in a case of its language.
    inflects: bool,
}

/// What a word is in names.
#[derive(Debug, Default)]
pub(crate) struct InNames {
    /// One that many people bear: a given name, a usual surname.
    pub(crate) known_name: bool,
    /// A title before a person's name.
    pub(crate) title: bool,
    /// A title that is a part of names: Seyyed, Haji.
    pub(crate) name_like: bool,
    /// A particle within a person's name: al, bin, von.
    pub(crate) particle: bool,
    /// A generic word or a legal form of organisations' names.
    pub(crate) organizational: bool,
    /// A legal form.
    pub(crate) legal_form: bool,
    /// A place in organisations' names.
    pub(crate) place: bool,
}

impl Deref for Entry {
    type Target = InNames;

    fn deref(&self) -> &InNames {
        self.in_names.get_or_init(|| match self.small {
            true => InNames { particle: is_particle(&self.word), ..InNames::default() },
            false => InNames::of(&self.word, self.inflects),
        })
    }
}

impl InNames {
    fn of(word: &str, inflects: bool) -> Self {
        let of_person = role_in_person(&format!("{word} {GIVEN} {FAMILY}"), 0);
        let of_organization = roles_in_organization(word).first().copied();
        let first = |token: &Arc<Token>| token.information < KNOWN_NAME;
        Self {
            known_name: parse(word, NameKind::Person).tokens.first().is_some_and(first),
            title: matches!(of_person, Some(Role::Title)),
            name_like: matches!(of_person, Some(Role::NameLike)),
            particle: matches!(of_person, Some(Role::Particle)),
            organizational: matches!(of_organization, Some(Role::Generic | Role::LegalForm)),
            legal_form: matches!(of_organization, Some(Role::LegalForm)),
            place: matches!(of_organization, Some(Role::Place)) || inflects && is_inflected_place(word),
        }
    }
}

/// A form of a word.
#[derive(Debug)]
pub(crate) struct Form {
    pub(crate) text: Box<str>,
    pub(crate) reading: Reading,
}

impl Entry {
    /// What it can be in listed names; `None`: nothing.
    pub(crate) fn reading(&self) -> Option<&Reading> {
        let own = || self.forms.first().map(|form| &form.reading);
        self.together.as_deref().or_else(own).filter(|reading| reading.is_anything())
    }

    /// The form of it that is most like a listed name's word; the word as it stands, where no other is more. `None`: no form
    /// is like any.
    pub(super) fn form<C: Candidates + ?Sized>(&self, in_text: &InText<'_, C>, name: u32) -> Option<&str> {
        let gains = self.forms.iter().rev().map(|form| (in_text.gain(&form.reading, name), &*form.text));
        gains.max_by_key(|(gain, _)| *gain).filter(|(gain, _)| *gain > 0).map(|(_, text)| text)
    }

    /// The country that it names, or is the adjective of, with a capital letter.
    pub(crate) fn country(&self) -> Option<Country> {
        *self.country.get_or_init(|| if self.small { None } else { country(&self.word) })
    }

    /// Room that its readings take, in numbers.
    fn weight(&self) -> usize {
        self.forms.iter().map(|form| &form.reading).chain(self.together.as_deref()).map(Reading::weight).sum()
    }

    /// Whether it is a word of the language, of organisations in general, or a place: many together name nobody.
    pub(crate) fn says_little(&self) -> bool {
        self.common || self.organizational || self.place || self.country().is_some()
    }

    /// Whether it can be a part of somebody's name and of nothing else.
    pub(crate) fn is_proper(&self) -> bool {
        !self.common && !self.title && !self.organizational && self.country().is_none()
    }
}

/// What a word means to lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Means {
    /// It is like no word of a listed name.
    Nothing,
    /// It is like one.
    Word,
    /// A listed name may be told by it.
    Opener,
}

/// The words of a thread.
pub(crate) struct Lexicon<'a, C: ?Sized> {
    in_text: &'a InText<'a, C>,
    /// By the word: a text is looked up word by word, and most lie in the table itself.
    numbers: FxHashMap<CompactString, u32>,
    entries: Vec<Entry>,
    /// Beside each entry what it means to lists.
    means: Vec<Means>,
    /// Room that the entries take, in numbers.
    weight: Cell<usize>,
    /// Whether the text is in a language that inflects names in Latin letters.
    polish: bool,
    /// How often it began anew.
    volume: u32,
}

impl<'a, C: Candidates + ?Sized> Lexicon<'a, C> {
    pub(crate) fn new(in_text: &'a InText<'a, C>) -> Self {
        let (entries, means) = (Vec::new(), Vec::new());
        Self {
            in_text,
            numbers: FxHashMap::default(),
            entries,
            means,
            weight: Cell::new(0),
            polish: false,
            volume: 0,
        }
    }

    /// Makes ready for the next block. Numbers given before are void.
    pub(crate) fn begin(&mut self, polish: bool) {
        if self.weight.get() > MOST || polish != self.polish {
            self.polish = polish;
            self.volume += 1;
            self.weight.set(0);
            self.numbers.clear();
            self.entries.clear();
            self.means.clear();
        }
    }

    /// Numbers are good as long as this is the same.
    pub(crate) fn volume(&self) -> u32 {
        self.volume
    }

    /// The number of a word.
    pub(crate) fn number(&mut self, word: &str, case: Case) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = self.entries.len() as u32;
        let entry = self.work_out(word, case);
        self.grew(OF_WORD + entry.weight());
        self.means.push(match entry.reading() {
            None => Means::Nothing,
            Some(reading) if reading.opens() => Means::Opener,
            Some(_) => Means::Word,
        });
        self.entries.push(entry);
        self.numbers.insert(word.into(), number);
        number
    }

    /// An entry takes more room, in numbers.
    pub(super) fn grew(&self, by: usize) {
        self.weight.set(self.weight.get() + by);
    }

    pub(crate) fn get(&self, number: u32) -> &Entry {
        &self.entries[number as usize]
    }

    /// What a word means to lists.
    pub(super) fn means(&self, number: u32) -> Means {
        self.means[number as usize]
    }

    pub(crate) fn in_text(&self) -> &'a InText<'a, C> {
        self.in_text
    }

    fn work_out(&self, word: &str, case: Case) -> Entry {
        let small = word.to_lowercase();
        let function = is_function_word(&small);
        let common = function || is_common(&small);
        let sanctions = is_of_sanctions(&small);
        if case == Case::Small && (common || sanctions) {
            return Entry {
                sanctions,
                common,
                function,
                word: small.into(),
                small: true,
                ..Entry::default()
            };
        }
        // A word in small letters is a name only where a list has it so; a word of the language with a capital letter is
        // that, but for another spelling of it, rather than a name misspelt.
        let own = match case {
            Case::Small if !self.in_text.may_be_listed(word) => Reading::default(),
            Case::Small => self.in_text.read(word, Likely::Listed),
            // A letter alone is an initial too.
            _ if common && word.len() > 1 => self.in_text.read(word, Likely::Spelt),
            _ => self.in_text.read(word, Likely::Misspelt),
        };
        let nominatives = self.nominatives(word, &own);
        let together = (!nominatives.is_empty()).then(|| {
            let mut together = own.clone();
            nominatives.iter().for_each(|form| together.merge(&form.reading));
            Box::new(together)
        });
        let mut forms = vec![Form { text: word.into(), reading: own }];
        forms.extend(nominatives);
        let (word, inflects) = (word.into(), self.inflects(word));
        Entry { together, forms, common, function, sanctions, word, inflects, ..Entry::default() }
    }
}

impl<C: Candidates + ?Sized> Lexicon<'_, C> {
    /// What a word may be an inflection of, of that what is more like a listed word than the word as it stands.
    fn nominatives(&self, word: &str, own: &Reading) -> Vec<Form> {
        let form =
            |lemma: String| Form { reading: self.in_text.read(&lemma, Likely::Misspelt), text: lemma.into() };
        let forms = self.inflected(word).into_iter().map(form);
        forms
            .filter(|form| form.reading.likeness() > own.likeness() && form.reading.likeness() >= LIKE)
            .collect()
    }
}

impl<C: ?Sized> Lexicon<'_, C> {
    /// What a word may be an inflection of, where the text is of a language that has such.
    pub(crate) fn inflected(&self, word: &str) -> Vec<String> {
        if self.inflects(word) { inflection::lemmas(word) } else { Vec::new() }
    }

    fn inflects(&self, word: &str) -> bool {
        self.polish || word.chars().any(|c| matches!(c, '\u{400}'..='\u{52F}'))
    }
}

/// How much of a listed word a nominative must be, in hundredths: another spelling of it, not a word near it.
const LIKE: i32 = 85;

/// The country that a word names, in whatever case.
fn country(word: &str) -> Option<Country> {
    let long = |word: &str| word.chars().count() > 3;
    let find = |word: &str| Country::find(word).filter(|_| long(word));
    find(word).or_else(|| inflection::lemmas(word).iter().find_map(|lemma| find(lemma)))
}

/// Whether a word is a place in one of its cases: Чечни, Czeczenii.
fn is_inflected_place(word: &str) -> bool {
    let place = |lemma: &String| roles_in_organization(lemma) == [Role::Place];
    inflection::lemmas(word).iter().any(place)
}

/// Words that are nothing but names, to ask what another is beside them.
const GIVEN: &str = "Qumrixa";
const FAMILY: &str = "Wolstane";

/// What the word in a place of a person's name is.
fn role_in_person(name: &str, place: usize) -> Option<Role> {
    parse(name, NameKind::Person).tokens.get(place).map(|token| token.role)
}

/// What words are behind the first of an organisation's name.
pub(super) fn roles_in_organization(words: &str) -> Vec<Role> {
    let name = parse(&format!("{GIVEN} {words}"), NameKind::Organization);
    name.tokens.iter().skip(1).map(|token| token.role).collect()
}

fn is_particle(small: &str) -> bool {
    role_in_person(&format!("{GIVEN} {small} {FAMILY}"), 1) == Some(Role::Particle)
}

/// Whether a word is of the language: as it stands, or as a plural.
pub(crate) fn is_common(small: &str) -> bool {
    let has = |word: &str| COMMON_WORDS.contains(word);
    small.len() < 3 && small.is_ascii() || has(small) || small.strip_suffix('s').is_some_and(has)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order() {
        assert!(words().collect::<Vec<_>>().is_sorted_by(|a, b| a < b));
        assert!(words().all(|word| word.bytes().all(|b| b.is_ascii_lowercase())));
        assert!(is_common("company") && is_common("emails") && !is_common("kashian"));
    }
}
