//! What a word does in a sentence, and the language of a text, as far as that tells names from other words.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::tables;

const TABLE: &str = include_str!("../../data/function_words.tsv");

fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    tables::rows(TABLE).filter_map(|line| line.split_once('\t'))
}

static FUNCTION_WORDS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| rows().map(|(_, word)| word).collect());

/// Function words that only one language has.
static TELLING: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let mut of: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
    rows().for_each(|(language, word)| of.entry(word).or_default().push(language));
    of.into_iter().filter(|(_, languages)| languages.len() == 1).map(|(word, of)| (word, of[0])).collect()
});

/// Whether a word, in small letters, only holds a sentence together.
pub(crate) fn is_function_word(small: &str) -> bool {
    FUNCTION_WORDS.contains(small)
}

/// Whether a word, in small letters, holds sentences of a language together.
pub(crate) fn is_function_word_of(language: &str, small: &str) -> bool {
    rows().any(|row| row == (language, small))
}

/// Whether a text is Polish, whose names are inflected in Latin letters: more of its function words are Polish ones than
/// any other language's.
pub(crate) fn is_polish<'t>(words: impl Iterator<Item = &'t str>) -> bool {
    let (mut polish, mut others): (usize, FxHashMap<&str, usize>) = (0, FxHashMap::default());
    for language in words.filter_map(|word| TELLING.get(word)) {
        match *language {
            "pl" => polish += 1,
            other => *others.entry(other).or_default() += 1,
        }
    }
    polish > LEAST && others.values().all(|count| *count < polish)
}

/// Function words that a text needs to be of a language.
const LEAST: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_by_their_function_words() {
        let polish =
            "Został skazany przez sąd, że nie był to on, oraz który się z tym nie zgadza, także dla nich";
        assert!(is_polish(polish.split([' ', ','])));
        let english = "He was convicted by the court, and it was not he who would not agree with them";
        assert!(!is_polish(english.split([' ', ','])));
        assert!(is_function_word("the") && is_function_word("который") && !is_function_word("kashian"));
    }
}
