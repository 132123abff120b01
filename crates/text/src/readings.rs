//! The keys that a word of another script may have been romanised to.

use icu_properties::props::Script;

use crate::fold;
use crate::{arabic, armenian, chinese, cyrillic, devanagari, greek, hebrew, kana, korean};

/// The keys of a word: the first, the others, and whether they are consonants only.
pub(crate) struct Readings {
    pub(crate) key: String,
    pub(crate) others: Vec<String>,
    pub(crate) consonants_only: bool,
}

impl Readings {
    /// Keys without repetition, the first of them the key; none at all leaves the generic one.
    pub(crate) fn of(keys: impl IntoIterator<Item = String>, generic: String) -> Self {
        let mut all: Vec<String> = Vec::new();
        for key in keys {
            if !key.is_empty() && !all.contains(&key) {
                all.push(key);
            }
        }
        if all.is_empty() {
            all.push(generic);
        }
        let key = all.remove(0);
        Self { key, others: all, consonants_only: false }
    }

    /// Puts the letters as they stand behind the readings: two words of a script without vowels are compared by them.
    pub(crate) fn with_letters(mut self, letters: String) -> Self {
        if letters != self.key && !letters.is_empty() {
            self.others.retain(|other| *other != letters);
            self.others.push(letters);
        }
        self
    }
}

/// A word in its own script with typing habits taken out, so that equal words are equal; empty for a script whose
/// words are compared by their key: Latin, and digits.
///
/// ```
/// use text::{Script, fold_native};
/// assert_eq!(fold_native("موسى", Script::Arabic), fold_native("موسی", Script::Arabic));
/// assert_eq!(fold_native("Вiктор", Script::Cyrillic), "віктор");
/// assert_eq!(fold_native("Viktor", Script::Latin), "");
/// ```
#[must_use]
pub fn fold_native(native: &str, script: Script) -> String {
    match script {
        Script::Latin | Script::Common | Script::Inherited => String::new(),
        Script::Arabic => arabic::fold_arabic(native),
        Script::Hebrew => hebrew::fold_hebrew(native),
        Script::Cyrillic => cyrillic::fold_cyrillic(native).collect(),
        _ => native.to_lowercase(),
    }
}

/// Readings of a word in its own script, whose generic romanisation is `key`.
pub(crate) fn readings(native: &str, key: String, script: Script) -> Readings {
    match script {
        Script::Arabic => arabic::readings(native, key).with_letters(fold(&arabic::fold_arabic(native))),
        Script::Hebrew => hebrew::readings(native, key.clone()).with_letters(key),
        Script::Cyrillic => Readings::of(cyrillic::keys(native), key),
        Script::Greek => Readings::of(greek::keys(native), key),
        Script::Hangul => Readings::of(korean::keys(native), key),
        Script::Han => Readings::of(chinese::keys(native), key),
        Script::Hiragana | Script::Katakana => Readings::of(kana::keys(native), key),
        Script::Devanagari => Readings::of(devanagari::keys(native), key),
        Script::Armenian => Readings::of(armenian::armenian_keys(native), key),
        Script::Georgian => Readings::of(armenian::georgian_keys(native, key.clone()), key),
        _ => Readings { key, others: Vec::new(), consonants_only: false },
    }
}
