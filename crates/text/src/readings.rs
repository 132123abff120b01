//! The keys that a word of another script may have been romanised to.

use icu_properties::props::Script;

/// The keys of a word: the first, the others, and whether they are consonants only.
pub(crate) struct Readings {
    pub(crate) key: String,
    pub(crate) others: Vec<String>,
    pub(crate) consonants_only: bool,
}

/// Readings of a word in its own script, whose generic romanisation is `key`.
pub(crate) fn readings(_native: &str, key: String, script: Script) -> Readings {
    let consonants_only = matches!(script, Script::Arabic | Script::Hebrew);
    Readings { key, others: Vec::new(), consonants_only }
}
