//! What of a document may concern the listed parties that it names: the paragraphs around their names, and around what may
//! be short for one. Whoever is named elsewhere neither bears such a name nor has part in what is claimed of them.

use std::ops::Range;

use rustc_hash::FxHashSet;
use screen::{Candidates, NamesOf};

use super::again::{Introduced, may_stand_alone};
use super::blocks::Looked;
use super::han::is_han;
use super::listed::Met;
use super::scan::Gap;
use super::{Context, Finder, Place};

/// Bytes before and behind a name that belong to it at least: what is claimed of a party is read from no more.
const PAGE: usize = 1 << 12;

/// What of a part may concern somebody.
pub(super) struct Concern {
    /// Where listed parties are named, in the order of the text.
    named: Vec<Range<usize>>,
    /// The names of whom it names, and of whom the document named before.
    names: NamesOf,
    /// For each word of the lexicon whether it may be short for one, once that was asked for.
    short: Vec<Option<bool>>,
    /// The lexicon's volume that the words' numbers are of.
    volume: u32,
}

impl<C: Candidates + ?Sized> Finder<'_, C> {
    /// Learns what may be short for those whom a part names.
    pub(super) fn concern<'p, I: Iterator<Item = &'p Place>>(
        &self,
        context: &mut Context,
        places: impl Fn() -> I,
        part: &str,
    ) -> Concern {
        for place in places() {
            let entity = place.evidence.entity;
            let introduced = Introduced { at: place.range.start, described: Vec::new(), kin: false };
            let profile = self.listed.entities.get(entity);
            context.may_be_short.learn(&introduced, entity, profile, &place.evidence, place.kind);
        }
        let entities: FxHashSet<usize> =
            places().map(|place| place.evidence.entity).chain(context.of_entity.keys().copied()).collect();
        let mut names = NamesOf::default();
        entities.iter().for_each(|entity| self.lexicon.in_text().take(*entity, &mut names, may_stand_alone));
        let small = self.in_small_letters(context, entities, part).into_iter();
        let start = context.offset - part.len();
        let small = small.map(|(range, ..)| range.start + start..range.end + start);
        let mut named: Vec<Range<usize>> = places().map(|place| place.range.clone()).chain(small).collect();
        named.sort_unstable_by_key(|range| (range.start, range.end));
        Concern { named, names, short: Vec::new(), volume: self.lexicon.volume() }
    }

    /// The paragraphs of a block in which, or near which, somebody may be named, be it by a short name.
    pub(super) fn concerning<'t>(
        &self,
        context: &mut Context,
        concern: &mut Concern,
        block: &Looked<'t>,
    ) -> Vec<Looked<'t>> {
        if concern.volume != self.lexicon.volume() {
            (concern.volume, concern.short) = (self.lexicon.volume(), Vec::new());
        }
        let mut named = concern.named.iter().skip_while(|range| range.end <= block.offset).peekable();
        let concerns = |met: &Met| {
            let start = met.word.start as usize + block.offset;
            while named.next_if(|range| range.end <= start).is_some() {}
            named.peek().is_some_and(|range| range.start <= start)
                || self.is_short(context, block, met, &concern.names, &mut concern.short)
        };
        pages(&block.words, concerns).into_iter().map(|words| part_of(block, words)).collect()
    }

    /// Whether a word may be short for somebody who is named.
    fn is_short(
        &self,
        context: &mut Context,
        block: &Looked<'_>,
        met: &Met,
        names: &NamesOf,
        known: &mut Vec<Option<bool>>,
    ) -> bool {
        let at = met.number as usize;
        if known.len() <= at {
            known.resize(at + 1, None);
        }
        *known[at].get_or_insert_with(|| {
            let word = &block.text[met.word.range()];
            if is_han(word) {
                return context.double_surnames.iter().any(|surname| word.contains(&**surname));
            }
            // To take a word apart costs more than to see that it is nothing like theirs.
            if !self.lexicon.get(met.number).reading().is_some_and(|reading| reading.is_of(names)) {
                return false;
            }
            let surface = met.word.surface(block.text);
            let lemmas = self.lexicon.inflected(&surface);
            let mut forms = std::iter::once(&*surface).chain(lemmas.iter().map(|lemma| &**lemma));
            forms.any(|form| context.may_be_short.is_short(form))
        })
    }
}

/// The words around some, from paragraph to paragraph where one ends within another page, put together where they meet.
fn pages(words: &[Met], mut concerns: impl FnMut(&Met) -> bool) -> Vec<Range<usize>> {
    let mut pages: Vec<Range<usize>> = Vec::new();
    for (at, met) in words.iter().enumerate() {
        if !concerns(met) {
            continue;
        }
        let start = met.word.start as usize;
        let from = words[..at].partition_point(|word| (word.word.start as usize) + PAGE < start);
        let to = at + words[at..].partition_point(|word| (word.word.start as usize) < start + PAGE);
        let breaks = |at: &usize| words.get(*at).is_none_or(|word| word.word.gap >= Gap::Paragraph);
        let first = words[..from].partition_point(|word| (word.word.start as usize) + 2 * PAGE < start);
        let last = to + words[to..].partition_point(|word| (word.word.start as usize) < start + 2 * PAGE);
        let first = (first..=from).rev().find(breaks).unwrap_or(first);
        let last = (to..=last).find(breaks).unwrap_or(last);
        match pages.last_mut().filter(|page| first <= page.end) {
            Some(page) => page.end = page.end.max(last),
            None => pages.push(first..last),
        }
    }
    pages
}

/// Some words of a block as a block of their own, with the marks around them.
fn part_of<'t>(block: &Looked<'t>, words: Range<usize>) -> Looked<'t> {
    let before = words.start.checked_sub(1).map(|at| block.words[at].word.end as usize);
    let from = before.unwrap_or(0);
    let to = block.words.get(words.end).map_or(block.text.len(), |met| met.word.start as usize);
    let moved = |met: &Met| {
        let mut met = *met;
        met.word.start -= from as u32;
        met.word.end -= from as u32;
        met
    };
    let (text, offset) = (&block.text[from..to], block.offset + from);
    let mut words: Vec<Met> = block.words[words].iter().map(moved).collect();
    if let Some(first) = words.first_mut() {
        first.word.gap = Gap::Paragraph;
    }
    Looked { text, offset, words, volume: block.volume }
}
