//! Several words written as one, and words that an acronym stands for: what an index must know of them.
//!
//! The same functions decide here and in the alignment, so that neither can know a run that the other does not.

use std::sync::{Arc, LazyLock};

use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};
use text::{sound_key, syllable_keys};

use crate::align::{RunKind, chosen, joined_more, weight_of, windows};
use crate::parse::{Form, Role, Token};
use crate::similar::{SHORTEST_JOINED, joined_stake, may_join, of_syllables, spelling_sets};
use crate::tables::{SetId, SetKind, tables};
use crate::weights::weights;

/// Neighbouring words of a name: a set of their places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Places of the words, one bit each.
    pub words: u64,
    /// What the words put at stake together, in millibits.
    pub stake: i32,
}

/// What a run and a word that is the run written together have in common: the sound, or a set of spellings.
pub type JoinKey = u64;

/// Set apart from sounds, which take 60 bits, and from syllables, which have the highest.
const OF_SET: JoinKey = 1 << 62;

fn join_keys(spelling: &str) -> impl Iterator<Item = JoinKey> {
    std::iter::once(sound_key(spelling)).chain(spelling_sets(spelling).map(set_key))
}

fn set_key(set: SetId) -> JoinKey {
    OF_SET | JoinKey::from(set.1)
}

/// The set of spellings that a key is of.
pub(crate) fn set_of(key: JoinKey) -> Option<SetId> {
    (key >> 62 == 1).then_some(SetId(SetKind::Spelling, key as u16))
}

/// The runs of a name that may be written as one word, each with the keys of every spelling and with all spellings.
pub fn joinable(tokens: &[Arc<Token>], mut each: impl FnMut(JoinKey, Run, &[CompactString])) {
    for start in 0..tokens.len() {
        windows(
            tokens,
            start,
            RunKind::Joined,
            |_| true,
            |words, spellings| {
                let run = Run { words, stake: weight_of(tokens, words) };
                spellings.iter().flat_map(|s| join_keys(s)).for_each(|key| each(key, run, spellings));
                // Syllables in another system have keys of their own, which no sound has.
                if of_syllables(chosen(tokens, words)) {
                    spellings.iter().flat_map(|s| syllable_keys(s)).for_each(|key| each(key, run, spellings));
                }
            },
        );
    }
}

/// Whether a word may be a run of a name written together, in any of the run's spellings: that they share a key is not
/// enough.
#[must_use]
pub fn is_joined(word: &Token, tokens: &[Arc<Token>], run: Run, spellings: &[CompactString]) -> bool {
    let is = |form: &Form| {
        form.key.len() >= SHORTEST_JOINED
            && spellings.iter().any(|s| may_join(form, s))
            && joined_more(form, tokens, run.words, spellings).is_some()
    };
    word.role != Role::LegalForm && word.forms.iter().any(is)
}

/// The most that taking a word for a run can gain, and what it puts at stake, in millibits, by what the words of the run
/// put at stake. An index counts on it without spelling the run out.
#[must_use]
pub fn joined_bound(word: &Token, run: i32) -> (i32, i32) {
    let stake = joined_stake(word, run);
    (stake - weights().cost_joined, stake)
}

/// The keys of the forms of a word that are long enough to be a run written together.
pub fn joined_keys(word: &Token) -> impl Iterator<Item = JoinKey> {
    let forms = word.forms.iter().filter(|f| f.key.len() >= SHORTEST_JOINED);
    forms.flat_map(|f| join_keys(&f.key).chain(f.syllables.iter().copied()))
}

/// The runs of a name that some acronym stands for, each with its acronyms.
pub fn expansions(tokens: &[Arc<Token>], mut each: impl FnMut(&'static str, Run)) {
    let (reverse, beginnings) = acronyms_by_expansion();
    for start in 0..tokens.len() {
        windows(
            tokens,
            start,
            RunKind::Acronym,
            |s| beginnings.contains(s),
            |words, spellings| {
                for acronym in spellings.iter().filter_map(|s| reverse.get(s.as_str())).flatten() {
                    each(acronym, Run { words, stake: weight_of(tokens, words) });
                }
            },
        );
    }
}

/// The gain of taking an acronym for a run that it stands for, in millibits, by what the words of the run put at stake.
#[must_use]
pub fn acronym_gain(run: i32) -> i32 {
    run - weights().cost_acronym
}

/// Acronyms by what they stand for, and everything that any of that begins with.
type Expansions = (FxHashMap<&'static str, Vec<&'static str>>, FxHashSet<&'static str>);

fn acronyms_by_expansion() -> &'static Expansions {
    static REVERSE: LazyLock<Expansions> = LazyLock::new(|| {
        let mut reverse: FxHashMap<&'static str, Vec<&'static str>> = FxHashMap::default();
        let mut beginnings = FxHashSet::default();
        for (acronym, expansions) in &tables().acronyms {
            for expansion in expansions {
                reverse.entry(expansion).or_default().push(acronym);
                beginnings.extend((1..=expansion.len()).filter_map(|end| expansion.get(..end)));
            }
        }
        reverse.values_mut().for_each(|acronyms| acronyms.sort_unstable());
        (reverse, beginnings)
    });
    &REVERSE
}
