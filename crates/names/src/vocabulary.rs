//! The words of many names, and those among them that are similar to a given one.
//!
//! [`Vocabulary::similar_to`] enumerates the relation that [`similar`] tests: it finds every word that may be related by
//! one of the relation's own keys (letters, sound, orthographies, sets, numbers, initials), and keeps those that
//! `similar` confirms. It may look at too many words, never at too few.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use text::SoundKey;

use crate::near::NearKeys;
use crate::parse::{Form, Token, same_word};
use crate::postings::{Postings, key_of};
use crate::runs::{JoinKey, set_of};
use crate::similar::{Likeness, similar};
use crate::tables::SetId;

/// What a word is looked up by.
enum Key<'a> {
    /// The letters of one of its forms.
    Letters(&'a str),
    /// Its sound, or syllables of another system. Also words without consonants, whose sound is 0: a run of such words
    /// may be one of them.
    Sound(SoundKey),
    /// How an orthography reads it.
    Spelling(u64),
    /// A set that it stands in.
    Set(SetId),
    Number(u32),
    /// The group of a legal form.
    Group(&'a str),
    /// Its letters in its own script: a word may be read otherwise where it stands otherwise (이 is Lee before a given
    /// name, and i alone).
    Native(&'a str),
    /// Its first letter, one-letter words apart: what initials are looked up by.
    Initial(u8, bool),
}

impl Key<'_> {
    fn number(&self) -> u64 {
        match self {
            Self::Letters(key) => key_of(0, key.bytes()),
            Self::Sound(key) => key_of(1, key.to_le_bytes()),
            Self::Spelling(key) => key_of(2, key.to_le_bytes()),
            Self::Set(SetId(kind, set)) => key_of(3 + *kind as u8, set.to_le_bytes()),
            Self::Number(number) => key_of(8, number.to_le_bytes()),
            Self::Group(group) => key_of(9, group.bytes()),
            // As `same_han` takes them.
            Self::Native(letters) => {
                key_of(11, letters.chars().flat_map(|c| (text::simplified(c) as u32).to_le_bytes()))
            }
            Self::Initial(letter, one_letter) => key_of(10, [*letter, u8::from(*one_letter)]),
        }
    }
}

/// The keys of a form, but for its nearness to others.
fn keys_of_form<'a>(form: &'a Form, one_letter: bool) -> impl Iterator<Item = Key<'a>> {
    let sounds = std::iter::once(form.sound).chain(form.syllables.iter().copied());
    let initial = Key::Initial(form.key.as_bytes()[0], one_letter);
    [Key::Letters(&form.key), initial]
        .into_iter()
        .chain(sounds.map(Key::Sound))
        .chain(form.spellings.iter().map(Key::Spelling))
}

/// The keys of a word beside those of its forms.
fn keys_of_word(token: &Token) -> impl Iterator<Item = Key<'_>> {
    let sets = token.sets.iter().map(|set| Key::Set(*set));
    let native = token.native.as_ref().map(|native| Key::Native(&native.letters));
    sets.chain(token.number.map(Key::Number)).chain(token.group.map(Key::Group)).chain(native)
}

/// Distinct words by number, being collected.
#[derive(Default)]
pub struct Words {
    words: Vec<Arc<Token>>,
    /// Names of one list share their equal words: most are known by where they lie.
    known: FxHashMap<*const Token, u32>,
    by_letters: FxHashMap<Box<str>, Vec<u32>>,
}

impl Words {
    /// The number of a word; new words get the next one. Words that compare alike in everything share a number.
    pub fn add(&mut self, token: &Arc<Token>) -> u32 {
        if let Some(number) = self.known.get(&Arc::as_ptr(token)) {
            return *number;
        }
        let alike = self.by_letters.get(token.key()).into_iter().flatten().copied();
        let alike = alike.into_iter().find(|&n| same_word(&self.words[n as usize], token));
        if let Some(number) = alike {
            return number;
        }
        let number = self.words.len() as u32;
        self.by_letters.entry(token.key().into()).or_default().push(number);
        self.known.insert(Arc::as_ptr(token), number);
        self.words.push(Arc::clone(token));
        number
    }

    /// How many different words there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// All words, by number.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Token>> {
        self.words.iter()
    }

    /// The word of a number.
    #[must_use]
    pub fn word(&self, number: u32) -> &Arc<Token> {
        &self.words[number as usize]
    }

    /// What they are looked up by.
    #[must_use]
    pub fn vocabulary(&self) -> Vocabulary {
        let mut keys: Vec<(u64, u32)> = Vec::new();
        for (token, number) in self.words.iter().zip(0..) {
            let of_forms = token.forms.iter().flat_map(|form| keys_of_form(form, token.one_letter));
            keys.extend(of_forms.chain(keys_of_word(token)).map(|key| (key.number(), number)));
        }
        let forms = self
            .words
            .iter()
            .zip(0..)
            .flat_map(|(token, number)| token.forms.iter().map(move |form| (&*form.key, number)));
        Vocabulary { by_key: Postings::new(keys), near: NearKeys::new(forms) }
    }
}

/// What distinct words are looked up by. The words themselves whoever asks has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vocabulary {
    by_key: Postings<u32>,
    near: NearKeys,
}

impl Vocabulary {
    /// From its parts, as [`Self::parts`] gives them.
    #[must_use]
    pub fn from_parts(by_key: Postings<u32>, near: NearKeys) -> Self {
        Self { by_key, near }
    }

    /// Words by key, and the letters of all keys.
    #[must_use]
    pub fn parts(&self) -> (&Postings<u32>, &NearKeys) {
        (&self.by_key, &self.near)
    }

    fn get(&self, key: &Key<'_>) -> &[u32] {
        self.by_key.get(key.number())
    }

    /// The words that have a key among their forms.
    #[must_use]
    pub fn with_key(&self, key: &str) -> &[u32] {
        self.get(&Key::Letters(key))
    }

    /// The words that may be a run of this key written together.
    #[must_use]
    pub fn with_join_key(&self, key: JoinKey) -> &[u32] {
        match set_of(key) {
            Some(set) => self.get(&Key::Set(set)),
            None => self.get(&Key::Sound(key)),
        }
    }

    /// Every word that is similar to the given one, by number; `word` is the word of a number.
    #[must_use]
    pub fn similar_to<'a>(&self, token: &Token, word: impl Fn(u32) -> &'a Token) -> Vec<(u32, Likeness)> {
        self.alike(token, word, true)
    }

    /// Those that are similar by a key that both have: a spelling, a sound, a set; not those that are only near in their
    /// letters. They are found in a fraction of the time.
    #[must_use]
    pub fn spelt_like<'a>(&self, token: &Token, word: impl Fn(u32) -> &'a Token) -> Vec<(u32, Likeness)> {
        self.alike(token, word, false)
    }

    fn alike<'a>(
        &self,
        token: &Token,
        word: impl Fn(u32) -> &'a Token,
        misspelt: bool,
    ) -> Vec<(u32, Likeness)> {
        let mut found: Vec<u32> = Vec::new();
        for key in keys_of_word(token) {
            found.extend(self.get(&key));
        }
        for form in &token.forms {
            // An initial looks for longer words, a longer word for initials.
            for key in keys_of_form(form, !token.one_letter).filter(|key| !matches!(key, Key::Sound(0))) {
                found.extend(self.get(&key));
            }
            if misspelt && !token.literal {
                self.near.within(&form.key, |word| found.push(word));
            }
        }
        found.sort_unstable();
        found.dedup();
        found.iter().filter_map(|&n| Some((n, similar(token, word(n))?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::parse::{NameKind, parse};

    const WORDS: &str = "Mohammad Mohamed Muhammad Mohamad M Kazemi Kazimi Karimi Hosein Hussein Bill William B Bank Banco \
        Limited Ltd 44 45 IV 4 four Shirinkar Shinrakar Sherinkaar Toghroljerdi Togroljerdi Yevgeny Evgenii Ivan John \
        Tchaikovsky Khrushchev Kovalčuk Šojgu Soeharto Yudhoyono Чайковский Poutine Nováková Novak \
        سید محمد Сергей Siarhei a o 7x8 al de Юрий Ю Евгений Щукин";

    /// Words that are others where they stand otherwise: 이 before a given name is Lee.
    const NAMES: [&str; 8] =
        ["이종인", "이 종인", "종인 이", "王小明", "王 小明", "張偉", "伟 张", "LEE, Jong In"];

    /// The vocabulary finds exactly what a loop over all words finds.
    fn check(kind: NameKind, query: &str) {
        let mut words = Words::default();
        for name in std::iter::once(WORDS).chain(NAMES) {
            for token in &parse(name, kind).tokens {
                words.add(token);
            }
        }
        let vocabulary = words.vocabulary();
        for token in &parse(query, kind).tokens {
            let all = 0..words.len() as u32;
            let expected: Vec<_> = all.filter_map(|n| Some((n, similar(token, words.word(n))?))).collect();
            let found = vocabulary.similar_to(token, |n| words.word(n));
            assert_eq!(found, expected, "{query}: {}", token.text);
        }
    }

    #[test]
    fn enumerates_the_relation() {
        for kind in [NameKind::Person, NameKind::Organization, NameKind::Vehicle] {
            check(kind, WORDS);
            check(
                kind,
                "Czajkowski Tschaïkowski Chruszczow Kowaltschuk Choïgou Suharto Joedhojono Путин Chang Novák Novakova",
            );
            NAMES.iter().for_each(|name| check(kind, name));
            check(kind, "mohamd kasemi shirinkr toghrljrdi jewgeni j 4 vier banque ltda м к ю е щ я");
        }
    }

    proptest! {
        #[test]
        fn enumerates_the_relation_for_any_word(word in "[a-z]{1,12}|[czjstšč]{1,3}[aeiouy]{1,2}[jkhvw]{1,2}[aeo]{1,2}[wvfk]{1,2}i?|[а-я]{1,8}|[0-9]{1,3}|\\PC{1,8}") {
            check(NameKind::Person, &word);
            check(NameKind::Organization, &word);
        }

        #[test]
        fn similarity_is_symmetric(a in "[a-z]{1,9}", b in "[a-z]{1,9}") {
            let (x, y) = (parse(&a, NameKind::Person), parse(&b, NameKind::Person));
            if let (Some(x), Some(y)) = (x.tokens.first(), y.tokens.first()) {
                prop_assert_eq!(similar(x, y), similar(y, x));
            }
        }
    }
}
