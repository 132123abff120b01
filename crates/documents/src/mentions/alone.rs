//! One word that is all there is of a listed name: HAMAS, Grace, PDF.
//!
//! Common words that are also aliases name nobody on their own; an acronym of three letters is somebody's in every trade;
//! a ship's name is a virtue, a girl or a star. What surrounds the word has to say who is meant.

use std::sync::LazyLock;

use names::{NameKind, Role};
use rustc_hash::FxHashSet;

use super::lexicon::Entry;
use super::listed::{Hit, Met};
use super::scan::{Case, Gap};

const CUES: &str = include_str!("../../data/vessel_cues.tsv");

static VESSEL_CUES: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| CUES.lines().filter(|line| !line.starts_with('#')).collect());

/// Words to each side in which a cue is looked for.
const NEAR: usize = 6;

/// Information of a word, in millibits, that is no other person's name: beyond the population table's rarest.
const RARE_PERSON: i32 = 18_500;

/// The same for organisations, which have no namesakes to speak of.
const RARE_ORGANIZATION: i32 = 15_000;

/// The same for a long word that is misspelt, of which less agrees.
const RARE_ENOUGH: i32 = 12_000;

/// Letters of an acronym that others have too.
const SHORT: usize = 3;

/// Letters of a word that is told by nearly all of them.
const LONG: usize = 8;

/// What a single word is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alone {
    /// The listed party.
    Named,
    /// The listed party, if the document names it in full or speaks of its country.
    IfSupported,
    /// The listed party, if the document names it in full.
    IfNamed,
    /// Nothing that concerns the list.
    Word,
}

/// What a match of a single word is, among the words of its block.
pub(super) fn alone(found: &Hit, entry: &Entry, block: &str, words: &[Met]) -> Alone {
    let at = found.words.0;
    let word = words[at].word;
    let agreeing = found.scored.rows.iter().filter(|row| row.feature == "name" && row.gain > 0);
    let nearly = agreeing.clone().any(|row| matches!(row.kind, "near" | "skeleton" | "initial" | "romanised"));
    let gain = agreeing.map(|row| row.gain).max().unwrap_or(0);
    let quoted = word.gap == Gap::Quote;
    let small = word.case == Case::Small && !(quoted && found.weak);
    if small || word.case == Case::Digits || entry.country.is_some() || entry.title {
        return Alone::Word;
    }
    let letters = block[word.range()].chars().count();
    let capitals = word.case == Case::Capitals && !shouted(words, at);
    let acronym = (capitals || word.case == Case::None) && found.kind == NameKind::Organization;
    // What the publisher itself calls weak (OFAC FAQ 122) means its party only beside the full name.
    if found.weak {
        return if acronym && !nearly { Alone::IfSupported } else { Alone::IfNamed };
    }
    // Another word of the name is missing: the rest must be rare, and what is missing a seat or a legal form.
    if found.names_words > 1 {
        let rare = found.kind == NameKind::Organization && !entry.common && !nearly && gain >= RARE_PERSON;
        return if rare && !lacks_more(found) { Alone::Named } else { Alone::Word };
    }
    match found.kind {
        NameKind::Vehicle if !nearly && has_cue(block, words, at) => Alone::Named,
        NameKind::Vehicle => Alone::Word,
        NameKind::Person if nearly || entry.common || gain < RARE_PERSON => Alone::Word,
        NameKind::Person => Alone::Named,
        NameKind::Organization => {
            // Hezbolah, Hezbollah: too long to be another word by chance.
            let another = nearly && (letters < LONG || gain < RARE_ENOUGH);
            if another || (entry.common && !acronym) || entry.organizational {
                Alone::Word
            } else if entry.common || letters <= SHORT || (gain < RARE_ORGANIZATION && !nearly) {
                if acronym { Alone::IfSupported } else { Alone::Word }
            } else {
                Alone::Named
            }
        }
    }
}

/// Whether the name has words of a trade that do not stand there: Ronin is not Ronin Management.
fn lacks_more(found: &Hit) -> bool {
    let missing = found.scored.rows.iter().filter(|row| row.feature == "name" && row.kind == "only_candidate");
    missing.into_iter().any(|row| {
        let name = names::parse(&format!("Qumrixa {}", row.candidate), NameKind::Organization);
        name.tokens.iter().skip(1).any(|token| token.role == Role::Generic)
    })
}

fn has_cue(block: &str, words: &[Met], at: usize) -> bool {
    let around = &words[at.saturating_sub(NEAR)..(at + NEAR + 1).min(words.len())];
    around.iter().any(|met| VESSEL_CUES.contains(&*block[met.word.range()].to_lowercase()))
}

/// Whether all around is written in capitals, so that they say nothing.
pub(super) fn shouted(words: &[Met], at: usize) -> bool {
    let sentence = |met: &&Met| met.word.gap < Gap::Sentence;
    let after = words[at + 1..].iter().take_while(sentence).take(NEAR);
    let before = words[..at].iter().rev().take(NEAR);
    let mut others = after.chain(before).map(|met| met.word.case).filter(|case| *case != Case::Digits).peekable();
    others.peek().is_some() && others.all(|case| case == Case::Capitals)
}
