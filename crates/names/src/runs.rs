//! Several words written as one, and words that an acronym stands for: what an index must know of them.
//!
//! The same functions decide here and in the alignment, so that neither can know a run that the other does not.

use rustc_hash::FxHashMap;
use text::{SoundKey, sound_key, syllable_keys};

use crate::align::{LONGEST_EXPANSION, LONGEST_RUN, weight_of, windows};
use crate::parse::Token;
use crate::similar::{SHORTEST_JOINED, joined_stake, of_syllables};
use crate::tables::tables;
use crate::weights::weights;

/// Neighbouring words of a name: a set of their places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Places of the words, one bit each.
    pub words: u64,
    /// What the words put at stake together, in millibits.
    pub stake: i32,
}

/// The runs of a name that may be written as one word, each with the sound of every spelling.
pub fn joinable(tokens: &[Token], mut each: impl FnMut(SoundKey, Run)) {
    for start in 0..tokens.len() {
        windows(
            tokens,
            start,
            LONGEST_RUN,
            |_| true,
            |words, spellings| {
                let run = Run { words, stake: weight_of(tokens, words) };
                spellings.iter().for_each(|s| each(sound_key(s), run));
                // Syllables in another system have keys of their own, which no sound has.
                let of_run = tokens.iter().enumerate().filter(|(i, _)| words & (1 << i) != 0).map(|(_, t)| t);
                if of_syllables(of_run) {
                    spellings.iter().flat_map(|s| syllable_keys(s)).for_each(|key| each(key, run));
                }
            },
        );
    }
}

/// The most that taking a word for a run of its sound can gain, and what it puts at stake, in millibits. An index counts
/// on it without spelling the run out.
#[must_use]
pub fn joined_bound(word: &Token, run: Run) -> (i32, i32) {
    let stake = joined_stake(word, run.stake);
    (stake - weights().cost_joined, stake)
}

/// The sounds of the forms of a word that are long enough to be a run written together.
pub fn joinable_sounds(word: &Token) -> impl Iterator<Item = SoundKey> {
    let forms = word.forms.iter().filter(|f| f.key.len() >= SHORTEST_JOINED);
    forms.flat_map(|f| std::iter::once(f.sound).chain(f.syllables.iter().copied()))
}

/// The runs of a name that some acronym stands for, each with its acronyms.
pub fn expansions(tokens: &[Token], mut each: impl FnMut(&'static str, Run)) {
    let reverse = acronyms_by_expansion();
    for start in 0..tokens.len() {
        windows(
            tokens,
            start,
            LONGEST_EXPANSION,
            |_| true,
            |words, spellings| {
                for acronym in spellings.iter().filter_map(|s| reverse.get(s.as_str())).flatten() {
                    each(acronym, Run { words, stake: weight_of(tokens, words) });
                }
            },
        );
    }
}

/// The gain of taking an acronym for a run that it stands for, in millibits.
#[must_use]
pub fn acronym_gain(run: Run) -> i32 {
    run.stake - weights().cost_acronym
}

fn acronyms_by_expansion() -> &'static FxHashMap<&'static str, Vec<&'static str>> {
    static REVERSE: std::sync::LazyLock<FxHashMap<&'static str, Vec<&'static str>>> =
        std::sync::LazyLock::new(|| {
            let mut reverse: FxHashMap<&'static str, Vec<&'static str>> = FxHashMap::default();
            for (acronym, expansions) in &tables().acronyms {
                for expansion in expansions {
                    reverse.entry(expansion).or_default().push(acronym);
                }
            }
            reverse.values_mut().for_each(|acronyms| acronyms.sort_unstable());
            reverse
        });
    &REVERSE
}
