//! What all copies of a text share, and where each has something of its own.

use std::ops::Range;

use super::align::{Pairs, Reference};
use super::gather::{Index, gap_allowed, longest_gap};
use super::sketch::sketch;
use super::slots::{Beside, Filling, belongs, kind_of, within};
use super::tokens::{Kind, Token};
use super::vocabulary::class_of;
use super::{Corpus, LEAST_WORDS};
use crate::{Fill, Piece, Slot, SlotKind, Template};

/// Copies that are looked at to learn a template; spread over all.
const SAMPLE: usize = 96;

/// Of these so many are tried as the copy that stands for the others.
const TRIED: usize = 6;

/// Share of the copies that must have a token for it to be fixed, in percent. Changed words take some away; what fewer
/// have fills a slot or is a way to say it.
const FIXED: usize = 60;

/// Share of the fixed words that a copy must have, in percent.
const LEAST_FIXED: usize = 60;

/// ... and in stretches of three and more.
const LEAST_BLOCKS: usize = 25;

/// Share of the words of a copy that must be fixed, in percent: less is somebody's own text with a fixed frame.
const LEAST_SHARE: usize = 45;

/// Words that slots without a form may hold, for each hundred fixed ones. More is a newsletter: the frame is the same each
/// time, and the news are what fills it.
const MOST_FREE: usize = 25;

/// A template being made.
#[derive(Debug)]
pub(crate) struct Shape {
    /// The copy whose words stand for all.
    stands_for: usize,
    /// Fixed tokens; their places are those of that copy.
    fixed: Reference,
    /// For the gap before each fixed token, and the one behind the last, the kind of its slot.
    gaps: Vec<Option<SlotKind>>,
}

/// A shape with the messages that have it.
#[derive(Debug)]
pub(crate) struct Shaped {
    pub(crate) shape: Shape,
    pub(crate) copies: Vec<Copy>,
}

/// One copy: what it has in each slot, in order.
#[derive(Debug)]
pub(crate) struct Copy {
    pub(crate) message: usize,
    fills: Vec<Option<Range<usize>>>,
}

/// A copy laid beside the fixed tokens.
struct Laid<'a> {
    tokens: &'a [Token],
    text: &'a str,
    /// For each fixed token its place, if it is there.
    places: Vec<Option<u32>>,
}

impl Laid<'_> {
    fn new<'a>(tokens: &'a [Token], text: &'a str, fixed: usize, pairs: &Pairs) -> Laid<'a> {
        let mut places = vec![None; fixed];
        pairs.iter().for_each(|(own, other)| places[*own as usize] = Some(*other));
        Laid { tokens, text, places }
    }

    /// The tokens between the nearest fixed ones that are there, line breaks at the ends left out; and the gaps between them.
    fn between(&self, gap: usize) -> (Filling<'_>, Range<usize>) {
        let before = self.places[..gap].iter().rposition(Option::is_some);
        let after = self.places[gap..].iter().position(Option::is_some).map(|n| gap + n);
        let place = |fixed: usize| self.places[fixed].unwrap_or_default() as usize;
        let mut from = before.map_or(0, |fixed| place(fixed) + 1);
        let mut till = after.map_or(self.tokens.len(), place);
        while from < till && self.tokens[from].is_break() {
            from += 1;
        }
        while till > from && self.tokens[till - 1].is_break() {
            till -= 1;
        }
        let gaps = before.map_or(0, |fixed| fixed + 1)..after.map_or(self.places.len(), |fixed| fixed) + 1;
        (Filling { tokens: &self.tokens[from..till], text: self.text }, gaps)
    }

    /// What stands in a gap both of whose neighbours are there.
    fn clean(&self, gap: usize) -> Option<Filling<'_>> {
        let (filling, gaps) = self.between(gap);
        (gaps.len() == 1).then_some(filling)
    }
}

impl Shape {
    /// Learns what messages share. `None`: too little to be one text.
    pub(crate) fn of(corpus: &Corpus<'_>, members: &[usize]) -> Option<Self> {
        let sample: Vec<usize> = spread(members, SAMPLE).copied().collect();
        let all: Vec<Vec<Token>> = sample.iter().map(|place| tokens_of(corpus, *place)).collect();
        let (stands_for, reference) = spread(&sample, TRIED)
            .map(|&place| {
                let reference = Reference::new(tokens_of(corpus, place));
                let agreeing: usize =
                    spread(&all, 4 * TRIED).map(|tokens| reference.align(tokens).len()).sum();
                (agreeing, place, reference)
            })
            .max_by_key(|(agreeing, place, _)| (*agreeing, std::cmp::Reverse(*place)))
            .map(|(_, place, reference)| (place, reference))?;
        let mut support = vec![0_usize; reference.tokens.len()];
        for tokens in &all {
            reference
                .closely(tokens, &reference.align(tokens))
                .iter()
                .for_each(|(own, _)| support[*own as usize] += 1);
        }
        let is_fixed = |support: &usize| *support * 100 >= all.len() * FIXED;
        let fixed =
            reference.tokens.iter().zip(&support).filter(|(_, support)| is_fixed(support)).map(|(t, _)| *t);
        let mut shape = Self { stands_for, fixed: Reference::new(fixed.collect()), gaps: Vec::new() };
        if shape.fixed.words < LEAST_WORDS as usize {
            return None;
        }
        let texts: Vec<&str> = sample.iter().map(|place| corpus.messages[*place].text.as_str()).collect();
        let laid = |shape: &Self| -> Vec<(usize, Pairs)> {
            let accepted = all.iter().enumerate().filter_map(|(n, tokens)| Some((n, shape.accept(tokens)?)));
            accepted.collect()
        };
        let mut accepted = laid(&shape);
        if accepted.len() * 2 < all.len() {
            return None;
        }
        // What belongs to a slot though all copies share it becomes part of the slot, until nothing does.
        loop {
            let fixed = shape.fixed.tokens.len();
            let copies: Vec<Laid<'_>> =
                accepted.iter().map(|(n, pairs)| Laid::new(&all[*n], texts[*n], fixed, pairs)).collect();
            shape.gaps = shape.kinds(corpus, &copies);
            let text = &corpus.messages[stands_for].text;
            let absorbed = shape.absorbed(text);
            if !absorbed.contains(&true) {
                break;
            }
            let kept = shape.fixed.tokens.iter().zip(&absorbed).filter(|(_, absorbed)| !**absorbed);
            shape.fixed = Reference::new(kept.map(|(token, _)| *token).collect());
            if shape.fixed.words < LEAST_WORDS as usize {
                return None;
            }
            accepted = laid(&shape);
        }
        let fixed = shape.fixed.tokens.len();
        let free =
            |(n, pairs): &(usize, Pairs)| shape.free_words(&Laid::new(&all[*n], texts[*n], fixed, pairs));
        let free: usize = accepted.iter().map(free).sum();
        (free * 100 <= shape.fixed.words * accepted.len() * MOST_FREE).then_some(shape)
    }

    /// The words in slots without a form.
    fn free_words(&self, copy: &Laid<'_>) -> usize {
        let free = self.gaps.iter().enumerate().filter(|(_, kind)| **kind == Some(SlotKind::Other));
        let words = |f: Filling<'_>| f.tokens.iter().filter(|token| token.is_word()).count();
        free.filter_map(|(gap, _)| copy.clean(gap).map(words)).sum()
    }

    /// Lays a message beside the fixed tokens. `None`: it is no copy.
    fn accept(&self, tokens: &[Token]) -> Option<Pairs> {
        let words = tokens.iter().filter(|token| token.is_word()).count();
        let is_word = |own: &u32| self.fixed.tokens[*own as usize].is_word();
        let blocks = self.fixed.align(tokens);
        // What is no copy has few blocks; only what may be one is worth a closer look.
        if blocks.iter().filter(|(own, _)| is_word(own)).count() * 100 < self.fixed.words * LEAST_BLOCKS {
            return None;
        }
        let pairs = self.fixed.closely(tokens, &blocks);
        let agreeing = pairs.iter().filter(|(own, _)| is_word(own)).count();
        let enough =
            agreeing * 100 >= self.fixed.words * LEAST_FIXED && agreeing * 100 >= words * LEAST_SHARE;
        (enough && longest_gap(&self.fixed, tokens, &pairs) <= gap_allowed(words)).then_some(pairs)
    }

    /// The kind of each gap.
    fn kinds(&self, corpus: &Corpus<'_>, copies: &[Laid<'_>]) -> Vec<Option<SlotKind>> {
        let tokens = &self.fixed.tokens;
        let text = &corpus.messages[self.stands_for].text;
        let mut kinds: Vec<Option<SlotKind>> = Vec::with_capacity(tokens.len() + 1);
        for gap in 0..=tokens.len() {
            let fillings: Vec<Filling<'_>> = copies.iter().filter_map(|copy| copy.clean(gap)).collect();
            let before = gap.checked_sub(1).map(|before| &tokens[before]);
            let after = tokens.get(gap);
            // A slot right before, with a comma, a break or "in" between.
            let slot_before = (0..gap).rev().take(3).find_map(|other| {
                let small =
                    |t: &Token| !t.is_word() || matches!(text.get(t.range()), Some("in" | "of" | "at"));
                tokens[other..gap].iter().all(small).then_some(kinds[other]).flatten()
            });
            let ends = after.is_none_or(|t| t.is_break())
                || after.is_some_and(|t| t.kind == Kind::Mark)
                    && tokens.get(gap + 1).is_none_or(Token::is_break);
            let beside = Beside {
                before: before.and_then(class_of),
                after: after.and_then(class_of),
                slot_before,
                own_line: before.is_none_or(Token::is_break) && ends,
            };
            kinds.push(kind_of(&fillings, fillings.len(), beside));
        }
        kinds
    }

    /// Which fixed tokens belong to the slot beside them.
    fn absorbed(&self, text: &str) -> Vec<bool> {
        let tokens = &self.fixed.tokens;
        let mut absorbed = vec![false; tokens.len()];
        for (gap, kind) in self.gaps.iter().enumerate().filter_map(|(gap, kind)| Some((gap, (*kind)?))) {
            // "23 {May} 2024" and "May {23}, 2024": a comma may stand between.
            let mut kind_now = kind;
            for (n, token) in tokens.iter().enumerate().skip(gap) {
                let comma = kind_now == SlotKind::Date && text.get(token.range()) == Some(",");
                if belongs(kind_now, token, text) {
                    absorbed[gap..=n].iter_mut().for_each(|a| *a = true);
                    kind_now = if kind_now == SlotKind::Number { SlotKind::Date } else { kind_now };
                } else if !comma {
                    break;
                }
            }
            for (n, token) in tokens.iter().enumerate().take(gap).rev() {
                let before =
                    matches!(kind_now, SlotKind::Date | SlotKind::Number) && belongs(kind_now, token, text);
                if !before {
                    break;
                }
                absorbed[n] = true;
                kind_now = SlotKind::Date;
            }
        }
        absorbed
    }

    /// What a copy has in each slot.
    fn fills(&self, tokens: &[Token], text: &str, pairs: &Pairs) -> Vec<Option<Range<usize>>> {
        let laid = Laid::new(tokens, text, self.fixed.tokens.len(), pairs);
        let slots = self.gaps.iter().enumerate().filter_map(|(gap, kind)| Some((gap, (*kind)?)));
        let fill = |(gap, kind): (usize, SlotKind)| {
            let (filling, gaps) = laid.between(gap);
            let found = if gaps.len() == 1 { filling.tokens } else { self.amid(gap, kind, filling, gaps) };
            let (first, last) =
                (found.iter().find(|t| !t.is_break())?, found.iter().rfind(|t| !t.is_break())?);
            found.iter().any(Token::is_word).then(|| first.range().start..last.range().end)
        };
        slots.map(fill).collect()
    }

    /// The fill amid words that stand where others are fixed: by its form where that tells, else what is left when as many
    /// words are taken off as fixed ones are missing on each side.
    fn amid<'a>(&self, gap: usize, kind: SlotKind, filling: Filling<'a>, gaps: Range<usize>) -> &'a [Token] {
        if let Some(found) = within(kind, filling) {
            return found;
        }
        let words = |fixed: &[Token]| fixed.iter().filter(|token| token.is_word()).count();
        let (missing_before, missing_after) =
            (words(&self.fixed.tokens[gaps.start..gap]), words(&self.fixed.tokens[gap..gaps.end - 1]));
        let others = gaps.filter(|other| self.gaps[*other].is_some()).count() > 1;
        if others || words(filling.tokens) <= missing_before + missing_after {
            return &[];
        }
        let word_places = || (0..filling.tokens.len()).filter(|n| filling.tokens[*n].is_word());
        let from = word_places().nth(missing_before).unwrap_or(0);
        let till = word_places().rev().nth(missing_after).map_or(filling.tokens.len(), |n| n + 1);
        filling.tokens.get(from..till).unwrap_or_default()
    }
}

/// Makes one of templates that take each other's copies, and gives them what messages are left over and fit.
pub(crate) fn join(corpus: &Corpus<'_>, mut shapes: Vec<Shaped>, least: usize) -> Vec<Shaped> {
    shapes.sort_by_key(|shaped| (std::cmp::Reverse(shaped.copies.len()), shaped.copies[0].message));
    let (mut index, mut room, mut tokens) = (Index::default(), Vec::new(), Vec::new());
    let mut kept: Vec<Shaped> = Vec::new();
    let mut taken = vec![false; corpus.messages.len()];
    for shaped in shapes {
        let stands_for = shaped.shape.stands_for;
        corpus.tokens(stands_for, &mut tokens);
        let candidates = index.candidates(&corpus.digests[stands_for].sketch);
        let accepts = |at: &usize| kept[*at].shape.accept(&tokens).is_some();
        let into = candidates.iter().map(|(at, _)| *at as usize).find(accepts);
        shaped.messages().for_each(|message| taken[message] = true);
        match into {
            Some(at) => {
                for copy in shaped.copies {
                    corpus.tokens(copy.message, &mut tokens);
                    taken[copy.message] = kept[at].take(corpus, copy.message, &tokens);
                }
            }
            None => {
                index.insert(&sketch(&shaped.shape.fixed.tokens, &mut room), kept.len() as u32);
                kept.push(shaped);
            }
        }
    }
    for (place, digest) in corpus.digests.iter().enumerate().filter(|(place, _)| !taken[*place]) {
        let candidates = index.candidates(&digest.sketch);
        if !candidates.is_empty() {
            corpus.tokens(place, &mut tokens);
        }
        for &(at, _) in candidates {
            if kept[at as usize].take(corpus, place, &tokens) {
                break;
            }
        }
    }
    kept.retain(|shaped| shaped.copies.len() >= least);
    kept.iter_mut().for_each(|shaped| shaped.copies.sort_by_key(|copy| copy.message));
    kept
}

impl Shaped {
    /// Learns what messages share, and takes those that have it. `None`: too little to be one text.
    pub(crate) fn of(corpus: &Corpus<'_>, members: &[usize]) -> Option<Self> {
        let mut shaped = Self { shape: Shape::of(corpus, members)?, copies: Vec::new() };
        let mut tokens = Vec::new();
        for &place in members {
            corpus.tokens(place, &mut tokens);
            shaped.take(corpus, place, &tokens);
        }
        Some(shaped)
    }

    /// The messages that have it.
    pub(crate) fn messages(&self) -> impl Iterator<Item = usize> {
        self.copies.iter().map(|copy| copy.message)
    }

    /// Takes a message if it is a copy.
    fn take(&mut self, corpus: &Corpus<'_>, place: usize, tokens: &[Token]) -> bool {
        let Some(pairs) = self.shape.accept(tokens) else { return false };
        let fills = self.shape.fills(tokens, &corpus.messages[place].text, &pairs);
        self.copies.push(Copy { message: place, fills });
        true
    }

    /// The template, with the words of the copy that stands for all.
    pub(crate) fn into_template(self, corpus: &Corpus<'_>) -> Template {
        let Self { shape, copies, .. } = self;
        let kinds: Vec<SlotKind> = shape.gaps.iter().copied().flatten().collect();
        let text = &corpus.messages[shape.stands_for].text;
        let tokens = tokens_of(corpus, shape.stands_for);
        let pairs = shape.fixed.closely(&tokens, &shape.fixed.align(&tokens));
        let own = shape.fills(&tokens, text, &pairs);
        let mut pieces = Vec::new();
        let mut from = tokens.first().map_or(0, |token| token.range().start);
        let end = tokens.last().map_or(0, |token| token.range().end);
        let gaps = shape.gaps.iter().enumerate().filter(|(_, kind)| kind.is_some()).map(|(gap, _)| gap);
        for (slot, (gap, fill)) in gaps.zip(own).enumerate() {
            // A slot that this copy leaves empty stands behind the fixed word before it.
            let behind = gap.checked_sub(1).map_or(from, |before| shape.fixed.tokens[before].range().end);
            let range = fill.unwrap_or(behind..behind);
            if range.start > from {
                pieces.push(Piece::Text(text.get(from..range.start).unwrap_or_default().to_owned()));
            }
            pieces.push(Piece::Slot(slot));
            from = from.max(range.end);
        }
        if end > from {
            pieces.push(Piece::Text(text.get(from..end).unwrap_or_default().to_owned()));
        }
        let mut slots: Vec<Slot> = kinds.iter().map(|kind| Slot { kind: *kind, fills: Vec::new() }).collect();
        for copy in &copies {
            for (slot, fill) in slots.iter_mut().zip(&copy.fills) {
                slot.fills.extend(fill.clone().map(|range| Fill { message: copy.message, range }));
            }
        }
        Template { pieces, slots, copies: copies.into_iter().map(|copy| copy.message).collect() }
    }
}

fn tokens_of(corpus: &Corpus<'_>, place: usize) -> Vec<Token> {
    let mut tokens = Vec::new();
    corpus.tokens(place, &mut tokens);
    tokens
}

/// So many of them, evenly spread.
fn spread<T>(all: &[T], count: usize) -> impl Iterator<Item = &T> {
    let count = count.min(all.len());
    (0..count).map(move |n| &all[n * all.len() / count])
}
