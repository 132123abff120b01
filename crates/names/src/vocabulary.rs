//! The words of many names, and those among them that are similar to a given one.
//!
//! [`Vocabulary::similar_to`] enumerates the relation that [`similar`] tests: it finds every word that may be related by
//! one of the relation's own keys (letters, sound, orthographies, sets, numbers, initials), and keeps those that
//! `similar` confirms. It may look at too many words, never at too few.

use rustc_hash::FxHashMap;
use text::{SoundKey, may_lie_within};

use crate::parse::{Form, Token, same_word};
use crate::runs::{JoinKey, set_of};
use crate::similar::{Likeness, edits_allowed, few_edits, similar};
use crate::tables::SetId;

/// Distinct words, by number.
#[derive(Default)]
pub struct Vocabulary {
    words: Vec<Token>,
    by_key: FxHashMap<Box<str>, Vec<u32>>,
    by_sound: FxHashMap<SoundKey, Vec<u32>>,
    by_spelling: FxHashMap<u64, Vec<u32>>,
    by_set: FxHashMap<SetId, Vec<u32>>,
    by_number: FxHashMap<u32, Vec<u32>>,
    by_group: FxHashMap<&'static str, Vec<u32>>,
    /// Words by first letter, one-letter words apart: what initials are looked up in.
    by_initial: FxHashMap<(u8, bool), Vec<u32>>,
    /// Words of each length with their letter masks: what typing errors are looked up in.
    by_length: Vec<Lengths>,
}

#[derive(Default)]
struct Lengths {
    masks: Vec<u64>,
    /// For each mask: the word, and which of its forms.
    words: Vec<(u32, u8)>,
}

impl Vocabulary {
    /// The number of a word; new words get the next one. Words that compare alike in everything share a number.
    pub fn add(&mut self, token: &Token) -> u32 {
        let known = self.by_key.get(token.key()).into_iter().flatten().copied();
        if let Some(number) = known.into_iter().find(|&n| same_word(&self.words[n as usize], token)) {
            return number;
        }
        let number = self.words.len() as u32;
        for (of, form) in token.forms.iter().enumerate() {
            self.add_form(form, number, of as u8, token.one_letter);
        }
        for set in &token.sets {
            self.by_set.entry(*set).or_default().push(number);
        }
        if let Some(value) = token.number {
            self.by_number.entry(value).or_default().push(number);
        }
        if let Some(group) = token.group {
            self.by_group.entry(group).or_default().push(number);
        }
        self.words.push(token.clone());
        number
    }

    fn add_form(&mut self, form: &Form, number: u32, of: u8, one_letter: bool) {
        self.by_key.entry(form.key.clone()).or_default().push(number);
        // Also words without consonants, whose sound key is 0: a run of such words may be one of them.
        for key in std::iter::once(form.sound).chain(form.syllables.iter().copied()) {
            self.by_sound.entry(key).or_default().push(number);
        }
        for key in form.spellings.iter() {
            let words = self.by_spelling.entry(key).or_default();
            if words.last() != Some(&number) {
                words.push(number);
            }
        }
        self.by_initial.entry((form.key.as_bytes()[0], one_letter)).or_default().push(number);
        let length = form.key.len();
        if self.by_length.len() <= length {
            self.by_length.resize_with(length + 1, Lengths::default);
        }
        self.by_length[length].masks.push(form.mask);
        self.by_length[length].words.push((number, of));
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

    /// The word of a number.
    #[must_use]
    pub fn word(&self, number: u32) -> &Token {
        &self.words[number as usize]
    }

    /// The words that have a key among their forms.
    #[must_use]
    pub fn with_key(&self, key: &str) -> &[u32] {
        self.by_key.get(key).map(Vec::as_slice).unwrap_or_default()
    }

    /// The words that may be a run of this key written together.
    #[must_use]
    pub fn with_join_key(&self, key: JoinKey) -> &[u32] {
        match set_of(key) {
            Some(set) => self.by_set.get(&set).map(Vec::as_slice).unwrap_or_default(),
            None => self.with_sound(key),
        }
    }

    fn with_sound(&self, sound: SoundKey) -> &[u32] {
        self.by_sound.get(&sound).map(Vec::as_slice).unwrap_or_default()
    }

    /// Every word that is similar to the given one, by number.
    #[must_use]
    pub fn similar_to(&self, token: &Token) -> Vec<(u32, Likeness)> {
        let mut found: Vec<u32> = Vec::new();
        for set in &token.sets {
            found.extend(self.by_set.get(set).into_iter().flatten());
        }
        if let Some(value) = token.number {
            found.extend(self.by_number.get(&value).into_iter().flatten());
        }
        if let Some(group) = token.group {
            found.extend(self.by_group.get(group).into_iter().flatten());
        }
        for form in &token.forms {
            found.extend(self.with_key(&form.key));
            if form.sound != 0 {
                found.extend(self.with_sound(form.sound));
            }
            for key in form.spellings.iter() {
                found.extend(self.by_spelling.get(&key).into_iter().flatten());
            }
            form.syllables.iter().for_each(|&key| found.extend(self.with_sound(key)));
            // An initial looks for longer words, a longer word for initials.
            let first = (form.key.as_bytes()[0], !token.one_letter);
            found.extend(self.by_initial.get(&first).into_iter().flatten());
            if !token.literal {
                self.near_letters(form, &mut found);
            }
        }
        found.sort_unstable();
        found.dedup();
        found.iter().filter_map(|&n| Some((n, similar(token, self.word(n))?))).collect()
    }

    /// Words within the allowed edits. All words of nearby lengths are looked at, most only by their mask.
    fn near_letters(&self, form: &Form, found: &mut Vec<u32>) {
        let length = form.key.len();
        for (other, lengths) in self.by_length.iter().enumerate() {
            let edits = edits_allowed(length.min(other));
            if edits == 0 || length.abs_diff(other) > edits as usize {
                continue;
            }
            for (&mask, &(word, of)) in lengths.masks.iter().zip(&lengths.words) {
                if may_lie_within(form.mask, length, mask, other, edits)
                    && few_edits(form, &self.word(word).forms[usize::from(of)], edits)
                {
                    found.push(word);
                }
            }
        }
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

    /// The vocabulary finds exactly what a loop over all words finds.
    fn check(kind: NameKind, query: &str) {
        let mut vocabulary = Vocabulary::default();
        for token in &parse(WORDS, kind).tokens {
            vocabulary.add(token);
        }
        for token in &parse(query, kind).tokens {
            let all = 0..vocabulary.len() as u32;
            let expected: Vec<_> =
                all.filter_map(|n| Some((n, similar(token, vocabulary.word(n))?))).collect();
            assert_eq!(vocabulary.similar_to(token), expected, "{query}: {}", token.text);
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
