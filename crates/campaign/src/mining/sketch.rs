//! A few numbers for each text, of which texts that share much share many.
//!
//! The smallest hashes of all runs of three words: a sample of the runs that is the same for every text (bottom-k
//! sketch, Broder 1997). A slot breaks the runs across it and leaves the others, so copies of a mail merge keep most of
//! theirs.

use super::tokens::Token;

/// Runs kept of each text. Copies whose slots and changed words leave a fourth of their runs alike still share about
/// sixteen.
const KEPT: usize = 64;

/// The hash of three words in a row.
pub(crate) fn run_of(first: u32, second: u32, third: u32) -> u32 {
    let mix =
        |hash: u64, word: u32| (hash ^ u64::from(word)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
    let hash = mix(mix(mix(0x51, first), second), third);
    (hash ^ (hash >> 32)) as u32
}

/// What a text is known by, so that it need not be taken apart again.
#[derive(Debug)]
pub(crate) struct Digest {
    /// Its words.
    pub(crate) words: u32,
    /// A hash of all its words and marks: copies without slots are the same in full.
    pub(crate) whole: u64,
    /// Its sketch.
    pub(crate) sketch: Box<[u32]>,
}

impl Digest {
    /// `room` is for reuse.
    pub(crate) fn of(tokens: &[Token], room: &mut Vec<u32>) -> Self {
        let mix = |hash: u64, token: &Token| {
            (hash ^ u64::from(token.hash)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(31)
        };
        let words = tokens.iter().filter(|token| token.is_word()).count() as u32;
        let whole = tokens.iter().filter(|token| !token.is_break()).fold(0x7E, mix);
        Self { words, whole, sketch: sketch(tokens, room) }
    }
}

/// The sketch of a text: ascending, without repetition. `room` is for reuse.
pub(crate) fn sketch(tokens: &[Token], room: &mut Vec<u32>) -> Box<[u32]> {
    room.clear();
    let mut words = tokens.iter().filter(|token| token.is_word()).map(|token| token.hash);
    if let (Some(mut first), Some(mut second)) = (words.next(), words.next()) {
        for third in words {
            room.push(run_of(first, second, third));
            (first, second) = (second, third);
        }
    }
    // Repeated runs would take the place of others: twice as many are looked at as are kept.
    if room.len() > 2 * KEPT {
        room.select_nth_unstable(2 * KEPT);
        room.truncate(2 * KEPT);
    }
    room.sort_unstable();
    room.dedup();
    room.truncate(KEPT);
    room.as_slice().into()
}
