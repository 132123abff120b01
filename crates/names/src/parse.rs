//! A name cut into tokens with roles.

use text::{Script, SoundKey, SyllableKey, Word, fold_native, letter_mask, person_words, sound_key, words};

use crate::organization::organization;
use crate::population::information;
use crate::tables::{SetId, TitleKind, tables};
use crate::weights::weights;

/// Words of one name that are compared; the rest of a longer one is left out, and [`Name::cut`] says so. The longest
/// name of the SDN list has 32. The cap bounds the work a hostile input can cause, and lets a set of words be a `u64`.
pub const MAX_TOKENS: usize = 64;

/// What a name is the name of: it decides what its words can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameKind {
    /// A person: titles, particles, family and given names.
    Person,
    /// An organisation: legal forms, generic words, numbers.
    Organization,
    /// A vessel or an aircraft: few words, and numbers that tell one from another.
    Vehicle,
}

/// What a word is in its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// A part of the name proper.
    Part,
    /// A family name, known as such because the name is written `FAMILY, Given` or `Given FAMILY`.
    Family,
    /// A patronymic of Slavic form: Ivanovich, Ivanivna.
    Patronymic,
    /// A title or suffix.
    Title,
    /// A title that is part of many names (Seyyed, Haji).
    NameLike,
    /// An article or link: al, bin, de.
    Particle,
    /// A legal form, all its words in one token.
    LegalForm,
    /// A generic word of organisations' names: company, trading, bank.
    Generic,
    /// A number.
    Number,
}

impl Role {
    /// Roles whose words can contradict each other. Titles, particles and legal forms come and go.
    #[must_use]
    pub fn is_content(self) -> bool {
        matches!(self, Self::Part | Self::Family | Self::Patronymic | Self::Generic)
    }
}

/// One way of writing a word in Latin letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// Small Latin letters and digits; never empty.
    pub key: Box<str>,
    pub(crate) mask: u64,
    pub(crate) sound: SoundKey,
    /// Of a Latin word: what other spellings of the same syllables share with it.
    pub(crate) syllables: Box<[SyllableKey]>,
}

impl Form {
    pub(crate) fn new(key: &str) -> Self {
        Self { key: key.into(), mask: letter_mask(key), sound: sound_key(key), syllables: Box::default() }
    }
}

/// A word in its own script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Native {
    pub(crate) script: Script,
    /// Its letters, typing habits taken out; never empty.
    pub(crate) letters: Box<str>,
}

impl Native {
    fn of(word: &Word) -> Option<Box<Self>> {
        let letters = fold_native(&word.native, word.script);
        (!letters.is_empty()).then(|| Box::new(Self { script: word.script, letters: letters.into() }))
    }
}

/// One word of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// As typed.
    pub text: Box<str>,
    /// Its keys: small Latin letters and digits. A Latin word has one; a word of another script has one for each way
    /// of romanising it, the generic one first.
    pub forms: Box<[Form]>,
    /// What it is in the name.
    pub role: Role,
    /// How surprising the word is, in millibits.
    pub information: i32,
    /// What it puts at stake in this name: its information, capped by role.
    pub weight: i32,
    /// Whether it looks disguised: mixed scripts, invisible marks.
    pub disguised: bool,
    /// Whether the key is consonants only, from a script that leaves vowels out.
    pub(crate) consonants_only: bool,
    /// The word in its own script; none for Latin words, which nearly all are.
    pub(crate) native: Option<Box<Native>>,
    pub(crate) number: Option<u32>,
    pub(crate) sets: Box<[SetId]>,
    pub(crate) has_digit: bool,
    /// For a legal form: its group.
    pub(crate) group: Option<&'static str>,
}

impl Token {
    /// A text that two tokens share only if [`crate::similar`] treats them alike: what a cache of it is keyed by.
    #[must_use]
    pub fn identity(&self) -> String {
        let mut identity = format!("{:?} {:?} {:?}", self.role, self.group, self.number);
        for form in &self.forms {
            identity.push(' ');
            identity.push_str(&form.key);
        }
        if self.native.is_some() {
            identity.push('/');
            identity.push_str(&self.text);
        }
        identity
    }

    /// The first of its keys.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.forms[0].key
    }
}

/// Whether two tokens compare alike in everything but how they were typed.
pub(crate) fn same_word(a: &Token, b: &Token) -> bool {
    a.forms == b.forms
        && a.role == b.role
        && a.weight == b.weight
        && a.number == b.number
        && a.group == b.group
        && a.consonants_only == b.consonants_only
        && a.native == b.native
}

/// A name ready to be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// As published or typed.
    pub text: Box<str>,
    /// What it was parsed as.
    pub kind: NameKind,
    /// Its words, a person's in the order given names, family names.
    pub tokens: Box<[Token]>,
    /// Whether words beyond [`MAX_TOKENS`] were left out.
    pub cut: bool,
}

/// Parses a name. Any text parses; one without a letter or digit gives no tokens.
#[must_use]
pub fn parse(text: &str, kind: NameKind) -> Name {
    let mut words = match kind {
        NameKind::Person => person_words(text),
        NameKind::Organization => text::organization_words(text),
        NameKind::Vehicle => words(text),
    };
    let cut = words.len() > MAX_TOKENS;
    words.truncate(MAX_TOKENS);
    let family = match kind {
        NameKind::Person => match given_names_first(&mut words) {
            0 => family_in_capitals(&words),
            family => family,
        },
        _ => 0,
    };
    let mut tokens = match kind {
        NameKind::Person => person(&words, family),
        NameKind::Organization => organization(words),
        NameKind::Vehicle => vehicle(&words),
    };
    // Stripping never empties a name: where titles, particles or forms are all there is, they are the name.
    if !tokens.iter().any(|t| t.role.is_content() || t.role == Role::Number) {
        for token in &mut tokens {
            token.role = Role::Part;
            token.group = None;
            token.weight = token.information;
        }
    }
    Name { text: text.into(), kind, tokens: tokens.into(), cut }
}

/// `FAMILY, Given Middle` becomes `Given Middle FAMILY`; returns how many words at the end are the family name.
/// A comma before nothing but titles (`Jane Doe, PhD`) is no such order.
fn given_names_first(words: &mut [Word]) -> usize {
    let Some(comma) = words.iter().position(|w| w.after_comma) else { return 0 };
    let titles = &tables().titles;
    if words[comma..]
        .iter()
        .all(|w| matches!(titles.get(&*w.key), Some(TitleKind::Title | TitleKind::Suffix)))
    {
        return 0;
    }
    words.rotate_left(comma);
    comma
}

/// How many words at the end are the family name by the habit of lists to print it in capitals: `Daniel PEREZ ROJAS`.
fn family_in_capitals(words: &[Word]) -> usize {
    let capitals = |w: &Word| w.native.chars().count() > 1 && w.native.chars().all(char::is_uppercase);
    let family = words.iter().rev().take_while(|w| capitals(w)).count();
    // A capitalised word before it: in a name all in capitals they say nothing.
    let given = &words[..words.len() - family];
    if given.iter().any(|w| w.native.chars().any(char::is_lowercase)) { family } else { 0 }
}

/// Endings of patronymics in Russian, Ukrainian and Belarusian, masculine and feminine, under the usual romanisations.
const PATRONYMICS: [&str; 14] = [
    "ovich", "evich", "ovitch", "evitch", "ovych", "evych", "yovych", "avich", "ovna", "evna", "ivna",
    "yivna", "auna", "ichna",
];

/// A patronymic stands between given and family name, or last where the family name came first.
fn is_patronymic(word: &Word, at: usize, words: usize) -> bool {
    let inside = at > 0 && words > 2 && at + 1 < words;
    inside && word.key.len() > 6 && PATRONYMICS.iter().any(|ending| word.key.ends_with(ending))
}

fn person(words: &[Word], family: usize) -> Vec<Token> {
    let table = tables();
    let mut tokens = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let in_family = at + family >= words.len();
        let title = |p: &str| matches!(table.titles.get(p), Some(TitleKind::Title | TitleKind::Suffix));
        let keys = words[at..].iter().map(|w| &*w.key);
        if let Some(width) = phrase(keys, 3, title).filter(|width| {
            // A title stands before a name, a suffix after it: "Daniel King" and "MARQUES, Juan" have none.
            let last = at + width == words.len();
            let suffix =
                words[at..at + width].iter().all(|w| table.titles.get(&*w.key) == Some(&TitleKind::Suffix));
            !in_family && if last { suffix && at > 0 } else { !suffix || at > 0 }
        }) {
            tokens.extend(words[at..at + width].iter().map(|w| token(w, Role::Title)));
            at += width;
            continue;
        }
        let word = &words[at];
        let last = at + 1 == words.len();
        let role = match table.titles.get(&*word.key) {
            Some(TitleKind::NameLike) if !last => Role::NameLike,
            Some(TitleKind::First) if at == 0 && !last && !in_family => Role::Title,
            _ if !last && is_particle(word) => Role::Particle,
            _ if in_family => Role::Family,
            _ if is_patronymic(word, at, words.len()) => Role::Patronymic,
            _ => Role::Part,
        };
        tokens.push(token(word, role));
        at += 1;
    }
    tokens
}

/// One capital letter is an initial ("Hans O Friedrich"), not the particle of "Garcia y Lopez".
pub(crate) fn is_particle(word: &Word) -> bool {
    let capital = word.key.len() == 1 && word.native.chars().all(char::is_uppercase);
    // Han and Hangul surnames (李 li, 이 i) are romanised to letters that are particles elsewhere.
    let capital = capital || text::is_east_asian(word.script);
    tables().particles.contains_key(&*word.key) && !capital
}

/// The longest run of keys from `at` that, joined by blanks, is wanted.
pub(crate) fn phrase<'a>(
    keys: impl IntoIterator<Item = &'a str>,
    longest: usize,
    wanted: impl Fn(&str) -> bool,
) -> Option<usize> {
    let mut joined = String::new();
    let mut found = None;
    for (count, key) in keys.into_iter().take(longest).enumerate() {
        if count > 0 {
            joined.push(' ');
        }
        joined.push_str(key);
        if wanted(&joined) {
            found = Some(count + 1);
        }
    }
    found
}

/// A prefix such as MV says that it is a ship, not which. Any digit tells one from another.
fn vehicle(words: &[Word]) -> Vec<Token> {
    let role = |(at, word): (usize, &Word)| {
        let prefix =
            at == 0 && words.len() > 1 && tables().titles.get(&*word.key) == Some(&TitleKind::Vessel);
        let digits = word.key.bytes().any(|b| b.is_ascii_digit());
        if prefix {
            Role::Title
        } else if digits {
            Role::Number
        } else {
            Role::Part
        }
    };
    words.iter().enumerate().map(|(at, word)| token(word, role((at, word)))).collect()
}

fn form(key: &str, script: Script) -> Form {
    // Other scripts are spelt in several systems already.
    let syllables = if script == Script::Latin { text::syllable_keys(key).into() } else { Box::default() };
    Form { syllables, ..Form::new(key) }
}

pub(crate) fn token(word: &Word, role: Role) -> Token {
    let (table, weights) = (tables(), weights());
    let keys = || std::iter::once(&word.key).chain(&word.readings).map(String::as_str);
    // A word is as common as its commonest form in the names of people or of organisations.
    let common = |key: &str| information(key).min(table.org_words.get(key).copied().unwrap_or(i32::MAX));
    let information = keys().map(common).min().unwrap_or_default().max(weights.floor_information);
    let cap = match role {
        Role::Part | Role::Family | Role::Patronymic | Role::Generic | Role::Number => i32::MAX,
        Role::Title => weights.cap_title,
        Role::NameLike => weights.cap_namelike,
        Role::Particle => weights.cap_particle,
        Role::LegalForm => weights.cap_legal_form,
    };
    let mut sets: Vec<SetId> = keys().filter_map(|key| table.sets.get(key)).flatten().copied().collect();
    sets.sort_unstable();
    sets.dedup();
    Token {
        text: word.native.as_str().into(),
        forms: keys().map(|key| form(key, word.script)).collect(),
        role,
        information,
        weight: information.min(cap),
        disguised: word.disguised,
        consonants_only: word.consonants_only,
        native: Native::of(word),
        number: (role == Role::Number).then(|| word.key.parse().ok()).flatten(),
        sets: sets.into(),
        has_digit: word.key.bytes().any(|b| b.is_ascii_digit()),
        group: None,
    }
}
