//! Letters of one alphabet that look like letters of another: how names are disguised from a plain comparison.

use std::sync::LazyLock;

use icu_properties::props::Script;

const ROWS: &str = include_str!("../data/lookalikes.tsv");

/// Letters of other alphabets, each with the Latin letter it looks like.
static LATIN: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let letter = |s: &str| s.chars().next();
    let rows = ROWS.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'));
    rows.filter_map(|(other, latin)| Some((letter(other)?, letter(latin)?))).collect()
});

/// A word of mixed alphabets read in the one that most of its letters belong to, which it was made to look like.
pub(crate) fn unmasked(word: &str, script_of: impl Fn(char) -> Script) -> (String, Script) {
    let count = |script| word.chars().filter(|&c| script_of(c) == script).count();
    let script = [Script::Latin, Script::Cyrillic, Script::Greek]
        .into_iter()
        .max_by_key(|&s| (count(s), s == Script::Latin));
    let script = script.unwrap_or(Script::Latin);
    let read = |c: char| match script {
        Script::Latin => LATIN.iter().find(|(other, _)| *other == c).map_or(c, |(_, latin)| *latin),
        Script::Cyrillic => LATIN.iter().find(|(_, latin)| *latin == c).map_or(c, |(other, _)| *other),
        _ => c,
    };
    (word.chars().map(read).collect(), script)
}

#[cfg(test)]
mod tests {
    use crate::words;

    #[test]
    fn disguised_words_are_read_as_they_look() {
        for (text, key) in
            [("Рutin", "putin"), ("Оleg", "oleg"), ("Mohаmmad", "mohammad"), ("Сергeй", "sergey")]
        {
            let word = &words(text)[0];
            assert!(word.disguised, "{text}");
            assert_eq!(word.key, key, "{text}");
        }
    }
}
