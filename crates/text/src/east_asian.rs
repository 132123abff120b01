//! Names that are written without a blank: the surname parted from the given name.

use icu_properties::props::Script;

use crate::readings::Readings;
use crate::words::Word;
use crate::{chinese, fold, japanese, korean};

/// Parts family and given name of a person where one word is the whole name. A name with blanks or a middle dot has
/// been parted by its writer, and one with Kana is Japanese, whose surnames are of any length.
pub(crate) fn part_names(words: &mut Vec<Word>) {
    let east_asian =
        |script| matches!(script, Script::Han | Script::Hangul | Script::Hiragana | Script::Katakana);
    let mut found = words.iter().enumerate().filter(|(_, w)| east_asian(w.script));
    let (Some((at, word)), None) = (found.next(), found.next()) else { return };
    let end = match word.script {
        Script::Han => {
            let chinese = chinese::surname_end(&word.native);
            japanese::surname_end(&word.native, chinese.is_some()).or(chinese)
        }
        Script::Hangul => korean::surname_end(&word.native),
        _ => None,
    };
    let Some(end) = end else { return };
    let (family, given) = word.native.split_at(end);
    let (family, given) = if word.script == Script::Han {
        (part(word, family, chinese::surname_keys(family)), part(word, given, chinese::keys(given)))
    } else {
        (part(word, family, korean::surname_keys(family)), part(word, given, korean::keys(given)))
    };
    // A stray mark after the surname is no given name: without a key a word cannot be compared.
    if family.key.is_empty() || given.key.is_empty() {
        return;
    }
    words.splice(at..=at, [family, Word { after_comma: false, ..given }]);
}

fn part(whole: &Word, native: &str, keys: impl IntoIterator<Item = String>) -> Word {
    let Readings { key, others, consonants_only } = Readings::of(keys, fold(native));
    Word { native: native.to_owned(), key, readings: others, consonants_only, ..whole.clone() }
}
