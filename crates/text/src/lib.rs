//! Text as names need it: normal forms, scripts, romanisation, tokens and sound keys.
//!
//! Everything here is a pure function of its input. A word of a name becomes a [`Word`]: its letters in its own
//! script, and its *key*, small Latin letters and digits, under which words of different scripts and different
//! typing habits can be compared at all. What the romanisation loses is written beside it: generic transliteration
//! cannot restore the short vowels of Arabic script, so سید is `syd`.

mod arabic;
mod armenian;
mod chinese;
mod cyrillic;
mod devanagari;
mod distance;
mod east_asian;
mod fold;
mod greek;
mod han;
mod hebrew;
mod hepburn;
mod japanese;
mod kana;
mod korean;
mod lookalikes;
mod organizations;
mod readers;
mod readings;
mod romanised;
mod signs;
mod sound;
mod spelling;
mod syllable_cuts;
mod syllable_systems;
mod syllables;
mod words;

pub use arabic::fold_arabic;
pub use distance::{Pattern, distance_within, letter_mask, may_lie_within, sound_distance};
pub use fold::fold;
pub use han::{same_han, simplified};
pub use icu_properties::props::Script;
pub use organizations::organization_words;
pub use readings::fold_native;
pub use romanised::{
    Romanised, SyllableKey, has_syllable_key, is_korean_syllable, is_pinyin_syllables, romanised_alike,
    syllable_keys,
};
pub use sound::{SoundKey, sound_key, sound_length};
pub use spelling::{SpellingKeys, spelling_keys};
pub use words::{Word, is_east_asian, person_words, words};

/// The texts of every table that a romanisation depends on, in a fixed order: what a receipt hashes.
#[must_use]
pub fn table_texts() -> [&'static str; 11] {
    [
        include_str!("../data/arabic.tsv"),
        include_str!("../data/arabic_words.tsv"),
        include_str!("../data/cantonese.tsv"),
        include_str!("../data/chinese_surnames.tsv"),
        include_str!("../data/cyrillic_names.tsv"),
        include_str!("../data/han_variants.tsv"),
        include_str!("../data/hebrew.tsv"),
        include_str!("../data/japanese_names.tsv"),
        include_str!("../data/korean_surnames.tsv"),
        include_str!("../data/lookalikes.tsv"),
        include_str!("../data/native_org_words.tsv"),
    ]
}
