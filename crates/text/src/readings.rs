//! The keys that a word of another script may have been romanised to.

use icu_properties::props::Script;

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
}

/// Readings of a word in its own script, whose generic romanisation is `key`.
pub(crate) fn readings(native: &str, key: String, script: Script) -> Readings {
    match script {
        Script::Arabic => arabic::readings(native, key),
        Script::Hebrew => hebrew::readings(native, key),
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
