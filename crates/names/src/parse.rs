//! A name cut into tokens with roles.

use std::cell::RefCell;
use std::sync::Arc;

use compact_str::CompactString;
use smallvec::SmallVec;
use text::{
    Script, SoundKey, SpellingKeys, SyllableKey, Word, fold_native, letter_mask, person_words, sound_key,
    spelling_keys, words,
};

use crate::Lexicon;
use crate::organization::organization;
use crate::person::{person, spaced_letters_joined};
use crate::population::{any_of, information, is_common};
use crate::tables::{SetId, SetKind, tables};
use crate::vehicle::vehicle;
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
    /// The first word of the family name, known as such because the name is written `FAMILY, Given` or `Given FAMILY`.
    Family,
    /// A further word of the family name: the mother's in Spanish, the house in Arabic.
    Surname,
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
    /// A place in an organisation's name: where it sits, or what it is called after.
    Place,
    /// A number.
    Number,
}

impl Role {
    /// Roles whose words can contradict each other. Titles, particles and legal forms come and go.
    #[must_use]
    pub fn is_content(self) -> bool {
        matches!(
            self,
            Self::Part | Self::Family | Self::Surname | Self::Patronymic | Self::Generic | Self::Place
        )
    }
}

/// One way of writing a word in Latin letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// Small Latin letters and digits; never empty.
    pub key: CompactString,
    pub(crate) mask: u64,
    pub(crate) sound: SoundKey,
    /// How the orthographies of several languages read it; none where that is no evidence.
    pub(crate) spellings: SpellingKeys,
    /// Of a Latin word: what other spellings of the same syllables share with it.
    pub(crate) syllables: Box<[SyllableKey]>,
}

impl Form {
    pub(crate) fn new(key: &str) -> Self {
        let (spellings, syllables) = (SpellingKeys::default(), Box::default());
        Self { key: key.into(), mask: letter_mask(key), sound: sound_key(key), spellings, syllables }
    }

    /// The forms of a word. A Latin word is read with its marks; a word of another alphabet as it may be romanised.
    fn all(word: &Word, unmasked: &[String], role: Role) -> Forms {
        let proper = matches!(role, Role::Part | Role::Family | Role::Surname | Role::Patronymic);
        let spellings = |key: &str| match word.script {
            Script::Latin if proper => spelling_keys(&word.native),
            Script::Cyrillic | Script::Greek | Script::Armenian | Script::Georgian if proper => {
                spelling_keys(key)
            }
            _ => SpellingKeys::default(),
        };
        // Other scripts are spelt in several systems already.
        let syllables = |key: &str| match word.script {
            Script::Latin => text::syllable_keys(key).into(),
            _ => Box::default(),
        };
        let keys = std::iter::once(&word.key).chain(&word.readings).chain(unmasked);
        keys.map(|key| Self { spellings: spellings(key), syllables: syllables(key), ..Self::new(key) })
            .collect()
    }
}

/// The forms of a word, nearly always one.
pub type Forms = SmallVec<[Form; 1]>;

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
    pub forms: Forms,
    /// What it is in the name.
    pub role: Role,
    /// How surprising the word is, in millibits.
    pub information: i32,
    /// What it puts at stake in this name: its information, capped by role.
    pub weight: i32,
    /// Whether it looks disguised: mixed scripts, invisible marks.
    pub disguised: bool,
    /// Whether the word is common among names, or a generic word: another such word is hardly a slip of the pen.
    pub(crate) known: bool,
    /// Whether it is one letter of an alphabet, as typed: an initial.
    pub(crate) one_letter: bool,
    /// Whether it is one syllable of a Korean name in Latin letters: Kim Yong is not Kim Jong.
    pub(crate) korean: bool,
    /// Whether its last form is its letters as they stand, to be compared only in its own script.
    pub(crate) letters_last: bool,
    /// Whether the word is syllables of pinyin, or Han characters, which have them.
    pub(crate) pinyin: bool,
    /// Whether the key is consonants only, from a script that leaves vowels out.
    pub(crate) consonants_only: bool,
    /// The word in its own script; none for Latin words, which nearly all are.
    pub(crate) native: Option<Box<Native>>,
    pub(crate) number: Option<u32>,
    pub(crate) sets: Box<[SetId]>,
    /// Whether every character counts: words with digits, marks of aircraft.
    pub(crate) literal: bool,
    /// For a legal form: its group.
    pub(crate) group: Option<&'static str>,
}

impl Token {
    /// The forms that words of other scripts are compared with.
    pub(crate) fn readings(&self) -> &[Form] {
        &self.forms[..self.forms.len() - usize::from(self.letters_last)]
    }

    /// The first of its keys.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.forms[0].key
    }
}

/// Whether two tokens compare alike in everything but how they were typed.
#[must_use]
pub fn same_word(a: &Token, b: &Token) -> bool {
    let alike = || {
        a.forms == b.forms
            && a.role == b.role
            && a.weight == b.weight
            && a.number == b.number
            && a.group == b.group
            && a.consonants_only == b.consonants_only
            && (a.literal, a.known, a.pinyin, a.korean) == (b.literal, b.known, b.pinyin, b.korean)
            && (a.one_letter, a.letters_last) == (b.one_letter, b.letters_last)
            && a.sets == b.sets
            && a.native == b.native
    };
    std::ptr::eq(a, b) || alike()
}

/// A name ready to be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// As published or typed.
    pub text: Box<str>,
    /// What it was parsed as.
    pub kind: NameKind,
    /// Its words, a person's in the order given names, family names.
    pub tokens: Box<[Arc<Token>]>,
    /// Whether words beyond [`MAX_TOKENS`] were left out.
    pub cut: bool,
}

thread_local! {
    static MET: RefCell<Lexicon> = RefCell::default();
}

/// Parses a name. Any text parses; one without a letter or digit gives no tokens. Each thread remembers the words that it
/// met last.
#[must_use]
pub fn parse(text: &str, kind: NameKind) -> Name {
    MET.with_borrow_mut(|lexicon| lexicon.parse(text, kind))
}

pub(crate) fn parse_with(text: &str, kind: NameKind, lexicon: &mut Lexicon) -> Name {
    let mut words = match kind {
        NameKind::Person => person_words(text),
        NameKind::Organization => text::organization_words(text),
        NameKind::Vehicle => words(text),
    };
    words = spaced_letters_joined(words);
    let cut = words.len() > MAX_TOKENS;
    words.truncate(MAX_TOKENS);
    let mut tokens: Vec<Arc<Token>> = match kind {
        NameKind::Person => person(words, lexicon),
        NameKind::Organization => organization(words, lexicon),
        NameKind::Vehicle => vehicle(&words, text.contains('-'), lexicon),
    };
    // Stripping never empties a name: where titles, particles or forms are all there is, they are the name.
    if !tokens.iter().any(|t| t.role.is_content() || t.role == Role::Number) {
        for token in &mut tokens {
            let part =
                Token { role: Role::Part, group: None, weight: token.information, ..Token::clone(token) };
            *token = lexicon.share(part);
        }
    }
    Name { text: text.into(), kind, tokens: tokens.into(), cut }
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

/// A word whose digits stand where letters look like them, with those letters: DER1PASKA, 0liver. Among organisations
/// and vehicles digits at the end number things (SPARTA4), and a word with few letters is a mark (A320B); people have no
/// numbers in their names (MARCEL0, A1i).
pub(crate) fn digits_as_letters(key: &str, kind: NameKind) -> Vec<String> {
    const LETTERS: [(char, char); 7] =
        [('0', 'o'), ('1', 'i'), ('3', 'e'), ('4', 'a'), ('5', 's'), ('7', 't'), ('8', 'b')];
    let digits = key.bytes().filter(u8::is_ascii_digit).count();
    let letters = key.len() - digits;
    let person = kind == NameKind::Person;
    let fewest = if person { 2 } else { 3 };
    if digits == 0 || letters < fewest.max(2 * digits) {
        return Vec::new();
    }
    let numbered = !person && key.ends_with(|c: char| c.is_ascii_digit());
    let read = |one: char| -> Option<String> {
        let letter = |c: char| match c {
            '1' => Some(one),
            c if c.is_ascii_digit() => {
                LETTERS.iter().find(|(digit, _)| *digit == c).map(|(_, letter)| *letter)
            }
            c => Some(c),
        };
        key.chars().map(letter).collect()
    };
    let mut readings: Vec<String> = ['i', 'l'].into_iter().filter_map(read).collect();
    readings.dedup();
    // Unless a word of organisations comes of it: EXCHANG3.
    readings.retain(|read| !numbered || tables().org_words.contains_key(read.as_str()));
    readings
}

fn is_one_letter(word: &Word) -> bool {
    word.native.chars().count() == 1
        && !text::is_east_asian(word.script)
        && word.native.chars().all(char::is_alphabetic)
}

/// Whether a word of a script without vowels has its bare letters behind the readings of a dictionary.
fn letters_last(word: &Word) -> bool {
    let bare = || text::fold(&fold_native(&word.native, word.script));
    matches!(word.script, Script::Arabic | Script::Hebrew)
        && word.readings.last().is_some_and(|last| *last == bare())
}

/// Chinese and Korean given names are made of some hundred syllables: one says no more than log2 100, about 7 bits, and
/// the letters that romanisation makes of it say nothing more.
fn of_syllables(word: &Word, kind: NameKind) -> i32 {
    const SYLLABLE: i32 = 7_000;
    let syllabic = matches!(word.script, Script::Han | Script::Hangul) && kind == NameKind::Person;
    if syllabic { word.native.chars().count() as i32 * SYLLABLE } else { i32::MAX }
}

/// A word as a token, worked out anew. In the names of people Jordan, Bank and Rose are names: only organisations and vehicles have
/// generic words, and only organisations translate them.
pub(crate) fn work_out(word: &Word, role: Role, kind: NameKind) -> Token {
    let (table, weights) = (tables(), weights());
    let unmasked = digits_as_letters(&word.key, kind);
    let keys = || std::iter::once(&word.key).chain(&word.readings).chain(&unmasked).map(String::as_str);
    // A word is as common as all its readings together, in the names of people or of organisations.
    let generic = |key: &str| table.org_words.get(key).copied().filter(|_| kind != NameKind::Person);
    let common = |key: &str| information(key).min(generic(key).unwrap_or(i32::MAX));
    let information = any_of(keys().map(common)).min(of_syllables(word, kind)).max(weights.floor_information);
    let cap = match role {
        Role::Title => weights.cap_title,
        Role::NameLike => weights.cap_namelike,
        Role::Particle => weights.cap_particle,
        Role::LegalForm => weights.cap_legal_form,
        _ => i32::MAX,
    };
    let stands_for = |set: &SetId| set.0 != SetKind::Synonym || kind == NameKind::Organization;
    let mut sets: Vec<SetId> =
        keys().filter_map(|key| table.sets.get(key)).flatten().copied().filter(stands_for).collect();
    sets.sort_unstable();
    sets.dedup();
    Token {
        text: word.native.as_str().into(),
        forms: Form::all(word, &unmasked, role),
        role,
        information,
        weight: information.min(cap),
        disguised: word.disguised || !unmasked.is_empty(),
        known: is_common(&word.key) || generic(&word.key).is_some(),
        one_letter: is_one_letter(word),
        korean: word.script == Script::Latin && text::is_korean_syllable(&word.key),
        letters_last: letters_last(word),
        pinyin: word.script == Script::Han
            || (word.script == Script::Latin && text::is_pinyin_syllables(&word.key)),
        consonants_only: word.consonants_only,
        native: Native::of(word),
        number: (role == Role::Number).then(|| word.key.parse().ok()).flatten(),
        sets: sets.into(),
        literal: word.key.bytes().any(|b| b.is_ascii_digit()),
        group: None,
    }
}
