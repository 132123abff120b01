//! One word to its key: small Latin letters and digits.

use icu_normalizer::DecomposingNormalizerBorrowed;

/// The key of a word: compatibility forms resolved, marks dropped, other scripts romanised, small letters and digits
/// only. Empty where nothing is left (punctuation, zero-width marks).
///
/// ```
/// assert_eq!(text::fold("Ærø"), "aero");
/// assert_eq!(text::fold("Пригожин"), "prigozhin");
/// assert_eq!(text::fold("Jos\u{0301}e"), "jose");
/// assert_eq!(text::fold("\u{200B}—"), "");
/// ```
#[must_use]
pub fn fold(word: &str) -> String {
    let mut key = String::with_capacity(word.len());
    if word.is_ascii() {
        key.extend(word.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()));
        return key;
    }
    // Decomposed, an accented Latin letter is its base letter and a mark; the romaniser has nothing for the mark.
    for c in DecomposingNormalizerBorrowed::new_nfkd().normalize_iter(word.chars()) {
        if c.is_ascii() {
            if c.is_ascii_alphanumeric() {
                key.push(c.to_ascii_lowercase());
            }
        } else {
            let latin = any_ascii::any_ascii_char(c);
            key.extend(latin.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()));
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn keys() {
        let rows = [
            ("SHIRINKAR", "shirinkar"),
            ("Łukasz", "lukasz"),
            ("Đorđe", "dorde"),
            ("Straße", "strasse"),
            ("İstanbul", "istanbul"),
            ("ﬁnance", "finance"),
            ("１２", "12"),
            ("٤٤", "44"),
            ("Юлия", "yuliya"),
            ("سید", "syd"),
            ("김정은", "gimjeongeun"),
            ("", ""),
            ("'", ""),
        ];
        for (word, key) in rows {
            assert_eq!(fold(word), key, "{word}");
        }
    }
}
