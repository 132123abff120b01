//! A name cut into tokens with roles.

use text::{Script, SoundKey, Word, fold_native, letter_mask, person_words, sound_key, words};

use crate::population::information;
use crate::tables::{SetId, SetKind, TitleKind, tables};
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
    /// A family name, known as such because the name is written `FAMILY, Given`.
    Family,
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
        matches!(self, Self::Part | Self::Family | Self::Generic)
    }
}

/// One way of writing a word in Latin letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// Small Latin letters and digits; never empty.
    pub key: Box<str>,
    pub(crate) mask: u64,
    pub(crate) sound: SoundKey,
}

impl Form {
    fn new(key: &str) -> Self {
        Self { key: key.into(), mask: letter_mask(key), sound: sound_key(key) }
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
        // Of one word, the sets differ only by whether it may be a place.
        let mut identity = format!("{:?} {:?} {:?} {}", self.role, self.group, self.number, self.sets.len());
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
    /// Its words, a person's in the order given names, family names.
    pub tokens: Box<[Token]>,
    /// Whether words beyond [`MAX_TOKENS`] were left out.
    pub cut: bool,
}

/// Parses a name. Any text parses; one without a letter or digit gives no tokens.
#[must_use]
pub fn parse(text: &str, kind: NameKind) -> Name {
    let mut words = if kind == NameKind::Person { person_words(text) } else { words(text) };
    let cut = words.len() > MAX_TOKENS;
    words.truncate(MAX_TOKENS);
    let family = if kind == NameKind::Person { given_names_first(&mut words) } else { 0 };
    let mut tokens = match kind {
        NameKind::Person => person(&words, family),
        NameKind::Organization => organization(&words),
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
    Name { text: text.into(), tokens: tokens.into(), cut }
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

fn person(words: &[Word], family: usize) -> Vec<Token> {
    let table = tables();
    let mut tokens = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let in_family = at + family >= words.len();
        let title = |p: &str| matches!(table.titles.get(p), Some(TitleKind::Title | TitleKind::Suffix));
        if let Some(width) = phrase(words, at, 3, title).filter(|width| {
            // A title stands before a name, a suffix after it: "Daniel King" and "MARQUES, Juan" have none.
            let last = at + width == words.len();
            let suffix =
                words[at..at + width].iter().all(|w| table.titles.get(&*w.key) == Some(&TitleKind::Suffix));
            !in_family && if last { suffix && at > 0 } else { !suffix || at > 0 }
        }) {
            tokens.extend(words[at..at + width].iter().map(|w| token(w, Role::Title, false)));
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
            _ => Role::Part,
        };
        tokens.push(token(word, role, false));
        at += 1;
    }
    tokens
}

fn organization(words: &[Word]) -> Vec<Token> {
    let table = tables();
    let mut tokens = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let form = |p: &str| table.legal_forms.contains_key(p);
        // Short forms are ordinary words elsewhere (as, is, sa, pt): a form only at either end of the name.
        let width = phrase(words, at, 6, form).filter(|&width| {
            let long = words[at..at + width].iter().map(|w| w.key.len()).sum::<usize>() > 4;
            at == 0 || long || ends_with_forms(&words[at + width..])
        });
        if let Some(width) = width {
            tokens.push(legal_form(&words[at..at + width]));
            at += width;
            continue;
        }
        let word = &words[at];
        let role = if number(word, at + 1 == words.len()).is_some() {
            Role::Number
        } else if is_particle(word) {
            Role::Particle
        } else if table.org_words.contains_key(&*word.key) {
            Role::Generic
        } else {
            Role::Part
        };
        let mut token = token(word, role, true);
        token.number = number(word, at + 1 == words.len());
        tokens.push(token);
        at += 1;
    }
    tokens
}

/// One capital letter is an initial ("Hans O Friedrich"), not the particle of "Garcia y Lopez".
fn is_particle(word: &Word) -> bool {
    let capital = word.key.len() == 1 && word.native.chars().all(char::is_uppercase);
    // Han and Hangul surnames (李 li, 이 i) are romanised to letters that are particles elsewhere.
    let capital = capital || text::is_east_asian(word.script);
    tables().particles.contains_key(&*word.key) && !capital
}

/// Whether nothing but legal forms follows.
fn ends_with_forms(rest: &[Word]) -> bool {
    rest.is_empty()
        || phrase(rest, 0, 6, |p| tables().legal_forms.contains_key(p))
            .is_some_and(|width| ends_with_forms(&rest[width..]))
}

/// The longest run of words from `at` that, joined by blanks, is wanted.
fn phrase(words: &[Word], at: usize, longest: usize, wanted: impl Fn(&str) -> bool) -> Option<usize> {
    let mut joined = String::new();
    let mut found = None;
    for (count, word) in words[at..].iter().take(longest).enumerate() {
        if count > 0 {
            joined.push(' ');
        }
        joined.push_str(&word.key);
        if wanted(&joined) {
            found = Some(count + 1);
        }
    }
    found
}

/// Words and Roman figures as numbers; a one-letter figure only at the end of a name (`FUND V`).
fn number(word: &Word, last: bool) -> Option<u32> {
    let digits = word.key.bytes().all(|b| b.is_ascii_digit());
    if digits {
        return word.key.parse().ok();
    }
    tables().numbers.get(&*word.key).filter(|(_, one_letter)| last || !one_letter).map(|(n, _)| *n)
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
    words.iter().enumerate().map(|(at, word)| token(word, role((at, word)), true)).collect()
}

fn legal_form(words: &[Word]) -> Token {
    let phrase = words.iter().map(|w| &*w.key).collect::<Vec<_>>().join(" ");
    let mut form = token(&words[0], Role::LegalForm, true);
    form.text = words.iter().map(|w| &*w.native).collect::<Vec<_>>().join(" ").into();
    form.group = tables().legal_forms.get(&*phrase).copied();
    form.forms = [Form::new(&phrase.replace(' ', ""))].into();
    // What the first word alone is says nothing of the whole form.
    (form.sets, form.native, form.number) = (Box::default(), None, None);
    (form.consonants_only, form.has_digit) = (false, false);
    form.information = form.weight.max(weights().floor_information);
    form
}

/// `places`: whether the word may be a place. In the names of people Jordan, Paris and Irani are names.
fn token(word: &Word, role: Role, places: bool) -> Token {
    let (table, weights) = (tables(), weights());
    let name = |key: &str| !places && table.places.contains(key);
    let keys = || std::iter::once(&word.key).chain(&word.readings).map(String::as_str);
    // A word is as common as its commonest form in the names of people or of organisations.
    let generic = |key: &str| table.org_words.get(key).copied().filter(|_| !name(key)).unwrap_or(i32::MAX);
    let common = |key: &str| information(key).min(generic(key));
    let information = keys().map(common).min().unwrap_or_default().max(weights.floor_information);
    let cap = match role {
        Role::Part | Role::Family | Role::Generic | Role::Number => i32::MAX,
        Role::Title => weights.cap_title,
        Role::NameLike => weights.cap_namelike,
        Role::Particle => weights.cap_particle,
        Role::LegalForm => weights.cap_legal_form,
    };
    let of_key = |key| table.sets.get(key).into_iter().flatten().map(move |set| (key, *set));
    let mut sets: Vec<SetId> = keys()
        .flat_map(of_key)
        .filter(|(key, set)| set.0 != SetKind::Synonym || !name(key))
        .map(|(_, set)| set)
        .collect();
    sets.sort_unstable();
    sets.dedup();
    Token {
        text: word.native.as_str().into(),
        forms: keys().map(Form::new).collect(),
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
