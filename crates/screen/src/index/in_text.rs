//! Listed names in running text: which of them a few words may be, before they are compared.
//!
//! A text is a stream of words, nearly none of which name anybody. A name that is to reach the line must hold one of its
//! *anchors*: its rarest words, so many that without all of them the rest is too little. Most names have one or two, and
//! "Mohammad" is hardly ever one. Only a word that may be an anchor opens a window, and only what the words around it can
//! add decides whether the window is compared, by the same arithmetic that bounds a query.

use std::collections::BTreeMap;
use std::sync::Arc;

use names::{NameKind, Token, chance_stake, parse};
use rustc_hash::FxHashSet;
use smallvec::SmallVec;

use super::anchors::Anchors;
use super::bids::{Bid, RunList};
use super::effort::Effort;
use super::nearby::Near;
use super::reading::{Likely, Part, Reading, Sight, best, best_runs, laid_out};
use super::{Index, UNIT};
use crate::{Candidates, Score};

/// Words of a text that may stand between two of a name: "Kashian, a programmer" is no name, "Mohammad bin Salman" is.
pub const GAP: usize = 2;

/// Words around a place among which the others of a name are looked for.
const SIGHT: usize = super::WORDS_WITH_NAME + 2 * GAP;

/// An index, made ready for texts.
pub struct InText<'a, C: ?Sized> {
    index: &'a Index,
    entities: &'a C,
    anchors: Anchors,
    /// For each word what it says, in millibits.
    tells: Vec<i32>,
    threshold: i64,
}

/// The names of some candidates.
#[derive(Debug, Default)]
pub struct NamesOf {
    /// For each word whether it is one that is wanted of theirs.
    pub(super) words: Vec<bool>,
    /// All of the names, by number.
    pub(super) names: FxHashSet<u32>,
}

/// A word of a text that is like some of a list: its place, its number, what it can be.
type Met<'r> = (usize, u32, &'r Reading);

/// A listed name that some words of a text may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Window {
    /// The first word, as a place in the words that were given.
    pub first: usize,
    /// The last word.
    pub last: usize,
    /// The candidate.
    pub entity: usize,
    /// The number of its name in the index.
    pub name: u32,
    /// What its name is the name of.
    pub kind: NameKind,
    /// How many words that count the name has.
    pub words: usize,
}

impl<'a, C: Candidates + ?Sized> InText<'a, C> {
    /// An index ready for texts, of the candidates that it was built of. What cannot reach the threshold is not looked
    /// for.
    #[must_use]
    pub fn new(index: &'a Index, entities: &'a C, threshold: Score) -> Self {
        let threshold = i64::from(threshold.ten_thousandths()).saturating_sub(1).max(0);
        let words = 0..index.stands.len() as u32;
        let token = |word: u32| index.word(word, entities);
        let tells = words.map(|word| token(word).weight.max(token(word).information)).collect();
        let anchors = Anchors::new(index, entities, threshold);
        Self { index, entities, anchors, tells, threshold }
    }

    /// Whether any listed name has a word of these letters.
    #[must_use]
    pub fn is_word(&self, key: &str) -> bool {
        !self.index.vocabulary.with_key(key).is_empty()
    }

    /// Whether a word may be one of a list's as it stands, letter for letter. That is told much sooner than all that it
    /// can be.
    #[must_use]
    pub fn may_be_listed(&self, word: &str) -> bool {
        // Small Latin letters are their own key.
        if word.bytes().all(|b| b.is_ascii_lowercase()) {
            return self.is_word(word);
        }
        super::KINDS.into_iter().any(|kind| {
            let tokens = parse(word, kind).tokens;
            let listed = |token: &Arc<Token>| token.forms.iter().any(|form| self.is_word(&form.key));
            tokens.len() > 1 || tokens.iter().any(listed)
        })
    }

    /// What a word can be. It is worked out anew; callers remember it.
    #[must_use]
    pub fn read(&self, word: &str, as_what: Likely) -> Reading {
        let mut tokens: Vec<Arc<Token>> = Vec::new();
        let (mut bids, mut runs, mut opens, mut parts) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut effort = Effort::default();
        for kind in super::KINDS {
            let name = parse(word, kind);
            // Written apart where a list has one word.
            self.index.parts_of_runs(&name, self.entities, &mut parts);
            let mut whole: BTreeMap<u32, i32> = BTreeMap::new();
            parts.iter().for_each(|part| *whole.entry(part.bid.to).or_default() += part.bid.gain);
            bids.extend(whole.into_iter().map(|(to, gain)| {
                let stake = self.index.word(to, self.entities).weight;
                (to, Part { gain: gain.min(stake), stake, bits: gain })
            }));
            tokens.extend(name.tokens);
        }
        for (n, token) in tokens.iter().enumerate() {
            if tokens[..n].contains(token) {
                continue;
            }
            let of_token = match as_what {
                Likely::Misspelt => self.index.bids(token, self.entities, &mut effort),
                Likely::Spelt | Likely::Listed => Arc::new(self.index.spelt_bids(token, self.entities)),
            };
            let part = |bid: &Bid| Part { gain: bid.gain, stake: bid.stake, bits: bid.bits };
            bids.extend(of_token.words.iter().map(|bid| (bid.to, part(bid))));
            for run in of_token.runs.iter().filter(|run| matches!(run.list, RunList::Joined)) {
                let names = self.index.runs(run.list, &run.names).iter();
                runs.extend(names.map(|name| (name.name, part(&run.bid), run.bid.kept)));
            }
        }
        let mut bids = best(bids);
        let least = as_what.least();
        bids.retain(|(_, part)| part.likeness() >= least);
        let runs = best_runs(runs);
        for (word, part) in &bids {
            opens.extend(self.anchors.opened(self.index, *word, *part));
        }
        opens.extend(runs.iter().map(|run| run.0));
        opens.sort_unstable();
        opens.dedup();
        let mut reading = Reading { bids: bids.into(), runs: runs.into(), ..Reading::default() };
        // A name of one word that is not reached has no other that could help.
        let alone = |name: u32| (name, self.reaches(name, &reading), self.counting(name));
        (reading.opens, reading.words) = laid_out(opens.into_iter().map(alone));
        reading
    }

    /// The words of a name that count.
    pub(super) fn counting(&self, name: u32) -> impl Iterator<Item = u32> {
        self.anchors.counting(self.index, name)
    }

    /// The listed names that one word of a text may be all by itself, as windows of the first place.
    pub fn alone(&self, word: &Reading) -> impl Iterator<Item = Window> {
        word.names().filter(|(_, alone, _)| *alone).map(|(name, ..)| self.window(name, 0, 0))
    }

    /// Whether a name has words that come and go: a title, a legal form.
    #[must_use]
    pub fn has_beside(&self, name: u32) -> bool {
        self.anchors.beside(name) > 0
    }

    /// Whether a word may be one of those of a name that come and go: its title, its legal form.
    #[must_use]
    pub fn goes_with(&self, word: &Reading, name: u32) -> bool {
        let mut beside = self.index.words_of.get(name).iter().filter(|of| !self.anchors.counts(**of));
        self.has_beside(name) && beside.any(|of| word.bid(*of).is_some())
    }

    /// The listed names that several words of a text may be together. Beyond the gaps that a name may have, or without a
    /// word that it is told by, none is looked for. Words that mean nothing to any list are `None`; the number of a word is
    /// the caller's, the same for the same reading as long as [`Sight`] is.
    pub fn windows(
        &self,
        words: &[Option<(u32, &Reading)>],
        sight: &mut Sight,
        mut each: impl FnMut(Window),
    ) {
        sight.gains.resize(self.tells.len(), 0);
        let met = words.iter().enumerate().filter_map(|(at, word)| word.map(|(number, of)| (at, number, of)));
        let met: SmallVec<[Met<'_>; 32]> = met.collect();
        for (place, &(at, number, opener)) in met.iter().enumerate().filter(|(_, word)| word.2.opens()) {
            let (before, behind) = in_sight(&met, place);
            let others = || before.iter().chain(behind).map(|word| (word.1, word.2));
            let mut any = false;
            for (other, reading) in others() {
                any |= sight.pairs.meet((number, other), || completes(opener, reading));
            }
            if !any {
                continue;
            }
            let others = || others().map(|other| other.1);
            sight.lay(others());
            for (name, alone, of) in opener.names() {
                let any = of.iter().any(|word| sight.gain(*word) > 0);
                if any && (alone || self.may_be(name, of, opener, others(), sight)) {
                    self.around(name, words, at, &mut each);
                }
            }
            sight.clear(others());
        }
    }

    /// Whether a word and the best that the words around it can do reach the line of a name, wherever they stand.
    fn may_be<'r>(
        &self,
        name: u32,
        of: &[u32],
        opener: &Reading,
        mut others: impl Iterator<Item = &'r Reading>,
        sight: &Sight,
    ) -> bool {
        let beside = self.anchors.beside(name);
        let (mut gain, mut stake, mut bits) = (beside, beside, beside);
        for word in of {
            let own = opener.bid(*word).map_or(0, |part| part.gain);
            let best = own.max(sight.gain(*word));
            gain += i64::from(best);
            // What agrees is at stake at least.
            stake += i64::from(if best > 0 { best } else { self.index.kept[*word as usize] });
            bits += if best > 0 { i64::from(self.tells[*word as usize]) } else { 0 };
        }
        reaches(self.threshold, self.index.kind(name), gain, stake, bits)
            || opener.run(name).is_some()
            || others.any(|word| word.run(name).is_some())
    }

    /// The windows of several words of a name around one of them: around each of its words in reach those whose words stand
    /// close together, and those that have others between. "Hossein Kazemi said Musa" is Hossein Kazemi, and perhaps Musa.
    fn around(&self, name: u32, words: &[Option<(u32, &Reading)>], at: usize, each: &mut impl FnMut(Window)) {
        let Some(widest) = Near::new(self, name, words, at).widest(GAP) else { return };
        for centre in widest.0..=widest.1 {
            let near = Near::new(self, name, words, centre);
            let tightest = (0..=GAP).filter(|_| near.holds(centre)).filter_map(|gap| near.tightest(gap));
            tightest.for_each(|(first, last)| each(self.window(name, first, last)));
        }
    }

    fn window(&self, name: u32, first: usize, last: usize) -> Window {
        let entity = self.index.names[name as usize].entity as usize;
        let (kind, words) = (self.index.kind(name), self.counting(name).count());
        Window { first, last, entity, name, kind, words }
    }

    /// Takes among some names those of a candidate, of them the words that are wanted.
    pub fn take(&self, entity: usize, names: &mut NamesOf, wanted: impl Fn(NameKind, &Token) -> bool) {
        names.words.resize(self.tells.len(), false);
        let index = self.index;
        let mut start = 0;
        for end in index.kind_ends {
            let of_kind = &index.names[start as usize..end as usize];
            let from = of_kind.partition_point(|name| (name.entity as usize) < entity);
            let to = of_kind.partition_point(|name| name.entity as usize <= entity);
            for name in start + from as u32..start + to as u32 {
                names.names.insert(name);
                for word in self
                    .counting(name)
                    .filter(|word| wanted(index.kind(name), index.word(*word, self.entities)))
                {
                    names.words[word as usize] = true;
                }
            }
            start = end;
        }
    }

    /// The most that a word can add to a name, in millibits.
    #[must_use]
    pub fn gain(&self, word: &Reading, name: u32) -> i32 {
        self.index
            .words_of
            .get(name)
            .iter()
            .filter_map(|of| word.bid(*of))
            .map(|part| part.gain)
            .max()
            .unwrap_or(0)
    }

    /// Whether one word alone reaches the line of a name.
    fn reaches(&self, name: u32, word: &Reading) -> bool {
        let sums = self.sums(self.counting(name).map(|of| (of, word.bid(of))));
        self.reach(name, std::iter::once(word), sums)
    }

    /// Whether some words reach the line of a name, given what they come to one by one; some of it may be one of them,
    /// written together.
    pub(super) fn reach<'r>(&self, name: u32, words: impl Iterator<Item = &'r Reading>, sums: Sums) -> bool {
        let runs = words.filter_map(|word| word.run(name));
        let (run, covered) = runs.max_by_key(|run| run.0.gain).unwrap_or_default();
        let Sums { agrees, missing } = sums;
        let (gain, bits) = (agrees.gain + run.gain, agrees.bits + run.bits);
        let stake = agrees.stake + run.stake + (missing - covered).max(0);
        let most = [gain, stake, bits].map(|of| i64::from(of) + self.anchors.beside(name));
        gain > 0 && reaches(self.threshold, self.index.kind(name), most[0], most[1], most[2])
    }

    /// What the words of a name come to, each with the best that stands for it, as far as each can be told by itself.
    pub(super) fn sums(&self, words: impl Iterator<Item = (u32, Option<Part>)>) -> Sums {
        words.fold(Sums::default(), |mut sums, (word, best)| {
            match best {
                Some(part) => {
                    sums.agrees.gain += part.gain;
                    sums.agrees.stake += part.stake;
                    sums.agrees.bits += part.bits;
                }
                None => sums.missing += self.index.kept[word as usize],
            }
            sums
        })
    }
}

/// The words before and behind one among which the others of a name are looked for.
fn in_sight<'w, 'r>(met: &'w [Met<'r>], place: usize) -> (&'w [Met<'r>], &'w [Met<'r>]) {
    let near = |other: &&Met<'_>| other.0.abs_diff(met[place].0) <= SIGHT;
    let before = met[..place].iter().rev().take_while(near).count();
    let behind = met[place + 1..].iter().take_while(near).count();
    (&met[place - before..place], &met[place + 1..=place + behind])
}

/// Whether a word stands for any of a name that another opens.
fn completes(opener: &Reading, other: &Reading) -> bool {
    opener.words.iter().any(|word| other.bid(*word).is_some())
}

/// What the words of a name come to.
#[derive(Clone, Copy, Default)]
pub(super) struct Sums {
    pub(super) agrees: Part,
    /// What those that are missing put at stake, in millibits.
    pub(super) missing: i32,
}

/// Whether what agrees reaches the line, given all that is at stake and the most that it is evidence of: the less it says,
/// the more namesakes there are by chance.
pub(super) fn reaches(threshold: i64, kind: NameKind, gain: i64, stake: i64, bits: i64) -> bool {
    let most = |millibits: i64| i32::try_from(millibits).unwrap_or(i32::MAX / 1000);
    gain * UNIT >= threshold * (stake + i64::from(chance_stake(kind, most(gain), most(bits))))
}
