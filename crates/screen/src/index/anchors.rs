//! The words that a listed name is told by in running text: its anchors.
//!
//! A name's anchors are its rarest words, so many that without all of them the rest does not reach the line. A text is full
//! of single letters, "I" and "A", and each may be the initial of a thousand names: a name is told by its other words, of
//! which a person's initials may stand for two, and an initial opens nothing.

use std::sync::Arc;

use names::{Likeness, Lists, NameKind, Role, Token, Worth, chance_stake, parse, similar, worth};
use smallvec::SmallVec;

use super::in_text::reaches;
use super::reading::Part;
use super::{Index, KINDS, UNIT};
use crate::Candidates;

/// The words by which listed names are told, and what names are worth without them.
pub(super) struct Anchors {
    /// For each word the names that it is an anchor of.
    of: Lists,
    /// For each word what it is worth where an initial stands for it; a gain of 0: none does.
    initials: Vec<Worth>,
    /// For each word what it puts at stake where it is missing, in millibits; `None`: it is a letter itself.
    kept: Vec<Option<i32>>,
    /// For each word what it is worth in full, in millibits.
    weights: Vec<i32>,
    /// For each word whether it counts: content and numbers do, titles and legal forms come and go.
    counts: Vec<bool>,
    /// For each name what its words that do not count can add, in millibits: whoever compares a window tries them too.
    besides: Vec<i32>,
    /// For each name whether it has no word but letters: "S. A." is told by these.
    of_letters: Vec<bool>,
    /// What a name must reach, in ten-thousandths.
    threshold: i64,
}

/// Words of a person's name that initials stand for: D. I. Gusev, J. R. Smith.
const INITIALS: usize = 2;

/// What some words are worth, in millibits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sum {
    gain: i64,
    stake: i64,
}

impl Anchors {
    pub(super) fn new(index: &Index, entities: &(impl Candidates + ?Sized), threshold: i64) -> Self {
        let tokens: Vec<&Token> =
            (0..index.stands.len() as u32).map(|word| index.word(word, entities)).collect();
        let counts =
            tokens.iter().map(|token| token.role.is_content() || token.role == Role::Number).collect();
        let weights = tokens.iter().map(|token| token.weight).collect();
        let letters = Letters::new();
        let kept = |(token, kept): (&&Token, &i32)| (!is_letter(token)).then_some(*kept);
        let kept: Vec<Option<i32>> = tokens.iter().zip(&index.kept).map(kept).collect();
        let initials = tokens.iter().map(|token| letters.initial_of(token, threshold)).collect();
        let (besides, of_letters) = (vec![0; index.names.len()], vec![false; index.names.len()]);
        let of = Lists::default();
        let mut anchors = Self { of, initials, kept, weights, counts, besides, of_letters, threshold };
        let mut of = Vec::new();
        for name in 0..index.names.len() as u32 {
            let words = index.words_of.get(name).iter();
            let beside =
                words.filter(|word| !anchors.counts(**word)).map(|word| anchors.weights[*word as usize]);
            anchors.besides[name as usize] = beside.sum();
            let (needed, all) = anchors.of_name(index, name);
            of.extend(needed.into_iter().map(|word| (word, name)));
            anchors.of_letters[name as usize] = all;
        }
        of.sort_unstable();
        of.dedup();
        anchors.of = Lists::by_key(tokens.len(), &of);
        anchors
    }

    /// The anchors of a name, and whether it has no word but letters.
    fn of_name(&self, index: &Index, name: u32) -> (Vec<u32>, bool) {
        let (kind, beside) = (index.kind(name), self.beside(name));
        let mut words: Vec<u32> = self.counting(index, name).collect();
        words.sort_by_key(|word| rarity(index, *word));
        if words.iter().all(|word| self.kept[*word as usize].is_none()) {
            return (words, true);
        }
        let mut rest = beside + words.iter().map(|word| self.weight(*word)).sum::<i64>();
        let mut needed = 0;
        while self.may_reach(kind, rest, rest, self.without(kind, words[..needed].iter().copied())) {
            let Some(word) = words.get(needed) else { break };
            rest -= self.weight(*word);
            needed += 1;
        }
        words.truncate(needed);
        (words, false)
    }

    /// The names that a word opens which stands for a listed word and is worth so much as that.
    pub(super) fn opened(&self, index: &Index, word: u32, part: Part) -> impl Iterator<Item = u32> {
        let initial = match self.kept[word as usize] {
            Some(_) => self.initials[word as usize],
            None => Worth { gain: self.weights[word as usize], stake: 0, bits: 0 },
        };
        let faint = part.gain <= initial.gain && part.stake >= initial.stake;
        let names = self.of.get(word).iter().copied();
        let names = names.filter(move |name| !faint || self.of_letters[*name as usize]);
        names.filter(move |name| self.opens(index, *name, word, part.gain))
    }

    /// Whether a name reaches the line by one of its anchors worth so much, without the rarer ones and with all else in
    /// full: where a rarer one stands there too, that one opens the window.
    fn opens(&self, index: &Index, name: u32, anchor: u32, gain: i32) -> bool {
        let (kind, rare) = (index.kind(name), rarity(index, anchor));
        let (mut gains, mut stakes) = (self.beside(name), self.beside(name));
        let mut rarer: SmallVec<[u32; 8]> = SmallVec::new();
        for word in self.counting(index, name) {
            if rarity(index, word) < rare {
                rarer.push(word);
            } else {
                gains += if word == anchor { i64::from(gain) } else { self.weight(word) };
                stakes += self.weight(word);
            }
        }
        self.may_reach(kind, gains, stakes, self.without(kind, rarer.into_iter()))
    }

    /// The best that words of a name do which open nothing: they are missing, or a person's initials.
    fn without(&self, kind: NameKind, words: impl Iterator<Item = u32>) -> Sum {
        let mut sum = Sum::default();
        let mut initials: SmallVec<[(i64, Sum); 8]> = SmallVec::new();
        for word in words {
            let Some(kept) = self.kept[word as usize].map(i64::from) else {
                let letter = self.weight(word);
                sum = Sum { gain: sum.gain + letter, stake: sum.stake + letter };
                continue;
            };
            sum.stake += kept;
            let Worth { gain, stake, .. } = self.initials[word as usize];
            let initial = Sum { gain: gain.into(), stake: i64::from(stake) - kept };
            let better = value(initial.gain, initial.stake, self.threshold);
            if kind == NameKind::Person && gain > 0 && better > 0 {
                initials.push((better, initial));
            }
        }
        initials.sort_unstable_by_key(|(better, _)| -better);
        for (_, initial) in initials.iter().take(INITIALS) {
            sum = Sum { gain: sum.gain + initial.gain, stake: sum.stake + initial.stake };
        }
        sum
    }

    /// Whether a name reaches the line with what agrees in full and what is faint.
    fn may_reach(&self, kind: NameKind, gain: i64, stake: i64, faint: Sum) -> bool {
        reaches(self.threshold, kind, gain + faint.gain, stake + faint.stake, stake + faint.gain)
    }

    fn weight(&self, word: u32) -> i64 {
        self.weights[word as usize].into()
    }

    /// Whether a word counts.
    pub(super) fn counts(&self, word: u32) -> bool {
        self.counts[word as usize]
    }

    /// The words of a name that count.
    pub(super) fn counting<'s>(&'s self, index: &'s Index, name: u32) -> impl Iterator<Item = u32> + 's {
        index.words_of.get(name).iter().copied().filter(|word| self.counts(*word))
    }

    /// What the words of a name that do not count can add, in millibits.
    pub(super) fn beside(&self, name: u32) -> i64 {
        self.besides[name as usize].into()
    }
}

/// The order of words from the rarest on: in how many names it stands.
fn rarity(index: &Index, word: u32) -> (usize, u32) {
    (index.names_with.get(word).len(), word)
}

/// Whether a listed word is a letter: any word that begins with it may be what it is the initial of.
fn is_letter(token: &Token) -> bool {
    token.key().len() == 1
}

/// What agreement is worth on the way to the line, where namesakes put as much at stake as they ever do.
fn value(gain: i64, stake: i64, threshold: i64) -> i64 {
    let chance = i32::try_from(gain).map_or(0, |gain| chance_stake(NameKind::Person, gain, 0));
    gain * UNIT - (stake + i64::from(chance)) * threshold
}

/// Single letters as words of a text.
struct Letters(Vec<Arc<Token>>);

impl Letters {
    fn new() -> Self {
        let of =
            |letter: char| KINDS.into_iter().flat_map(move |kind| parse(&letter.to_string(), kind).tokens);
        Self(('A'..='Z').flat_map(of).collect())
    }

    /// What an initial of a listed word is worth at best.
    fn initial_of(&self, word: &Token, threshold: i64) -> Worth {
        let begins = |letter: &&Arc<Token>| word.forms.iter().any(|form| form.key.starts_with(letter.key()));
        let initials = self.0.iter().filter(begins);
        let initials = initials.filter(|letter| similar(letter, word) == Some(Likeness::Initial));
        let worths = initials.map(|letter| worth(Likeness::Initial, letter, word));
        let of = |worth: &Worth| value(worth.gain.into(), worth.stake.into(), threshold);
        worths.max_by_key(of).unwrap_or(Worth { gain: 0, stake: 0, bits: 0 })
    }
}
