//! Who is named in a text: listed parties through the index that names are screened with, and others.

mod again;
mod alone;
mod blocks;
mod compared;
mod concern;
mod cues;
mod described;
mod extent;
mod given;
mod han;
mod inflection;
mod language;
mod lexicon;
mod links;
mod listed;
mod lone;
mod place;
mod scan;
mod somebody;
mod spans;
mod spelt;
mod stated;
mod ties;
mod unlisted;
mod verdict;
mod who;

use std::ops::Range;
use std::sync::Arc;

use names::NameKind;
use rustc_hash::{FxHashMap, FxHashSet};
use screen::{Candidates, InText, Rules, Scored};
use smallvec::SmallVec;

use crate::{Mention, Party};
use again::ShortNames;
use blocks::{Looked, han_runs, in_blocks, stretches, taken_by};
use language::is_polish;
use lexicon::{Entry, Lexicon, Means};
pub use links::Linked;
use links::Unlinked;
use listed::{Hit, Listed, Met};
use lone::Lone;
use place::Place;
use scan::{Case, Gap, scan};
use spelt::InSmallLetters;
pub use stated::SetAside;
use ties::{as_near, tie};
use unlisted::Run;
pub use unlisted::{Block, ByRules, MentionFinder, Spotted};
use verdict::{Verdict, verdict};

/// Reads texts against lists. One serves a thread, document after document: it remembers the words that it met.
pub struct Finder<'a, C: ?Sized> {
    listed: Listed<'a, C>,
    lexicon: Lexicon<'a, C>,
    /// Who finds those who are not listed.
    others: &'a dyn MentionFinder,
    /// Who is tied to whom.
    links: &'a dyn Linked,
    /// Whether listed parties alone are asked for.
    listed_only: bool,
}

/// Why words are taken for a listed party.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// Place of the listed party among the candidates.
    pub entity: usize,
    /// The words as they were compared: in the nominative, rejoined over the end of a line.
    pub compared: Box<str>,
    /// The comparison; of a short name that stands for one given before, that of the name given before.
    pub scored: Arc<Scored>,
    /// Whether a part of the name stands for a whole one elsewhere in the document.
    pub short: bool,
}

/// A place where a document names somebody.
#[derive(Clone, Debug)]
pub struct Found {
    /// Where, and whom.
    pub mention: Mention,
    /// Of a listed party, why it is one.
    pub evidence: Option<Evidence>,
}

/// A document that is being read: who it has named so far.
#[derive(Default)]
pub struct Context {
    parties: Vec<Party>,
    /// Bytes read so far.
    offset: usize,
    /// For each listed party its place among the parties, and the name that told most of it: whether a
    /// primary one, and its millibits.
    of_entity: FxHashMap<usize, (usize, (bool, i32))>,
    of_name: FxHashMap<Box<str>, usize>,
    short: ShortNames,
    /// The same of whoever may have been named, where listed parties alone are asked for: what may be short for them.
    may_be_short: ShortNames,
    /// Acronyms that the text itself gives to listed parties.
    acronyms: FxHashMap<Box<str>, Vec<usize>>,
    /// Where the last part has names with small letters.
    small: InSmallLetters,
    /// Who bears a listed name and is somebody else by what the text states beside it, as far as there is room.
    set_aside: Vec<SetAside>,
    /// Surnames of two Han characters of whoever was named in full.
    double_surnames: FxHashSet<Box<str>>,
    /// Why a block was read by the built-in rules and not by the finder that was asked: the first reason.
    unread: Option<Box<str>>,
}

impl Context {
    /// Why some of it was read by the built-in rules although another finder was asked.
    #[must_use]
    pub fn unread(&self) -> Option<&str> {
        self.unread.as_deref()
    }

    /// Those who bear a listed party's name and are somebody else, by what the text states beside it: the first of them.
    #[must_use]
    pub fn set_aside(&self) -> &[SetAside] {
        &self.set_aside
    }

    /// Everybody whom it names, once.
    #[must_use]
    pub fn parties(&self) -> &[Party] {
        &self.parties
    }
}

/// What was seen of a part of a document.
#[derive(Default)]
struct Seen {
    places: Vec<Place>,
    /// Single words that stand for a listed party only if the document says more of it.
    unsupported: Vec<(Place, Verdict)>,
    lone: Vec<Lone>,
    runs: Vec<Run>,
}

impl<'a, C: Candidates + ?Sized> Finder<'a, C> {
    /// A finder of the parties of an index, under rules.
    #[must_use]
    pub fn new(in_text: &'a InText<'a, C>, entities: &'a C, rules: Rules<'a>) -> Self {
        let (listed, lexicon) = (Listed::new(entities, rules), Lexicon::new(in_text));
        Self { listed, lexicon, others: &ByRules, links: &Unlinked, listed_only: false }
    }

    /// The same, with those who are not listed found by another than the built-in rules.
    #[must_use]
    pub fn finding_others_by(self, others: &'a dyn MentionFinder) -> Self {
        Self { others, ..self }
    }

    /// The same, with what the lists themselves tie to each other.
    #[must_use]
    pub fn with_links(self, links: &'a dyn Linked) -> Self {
        Self { links, ..self }
    }

    /// The same, with those who are not listed looked for only around what names somebody listed, or may be short for that:
    /// whose surname it is, and who does what to whom, is told by them too. Other text is read faster.
    #[must_use]
    pub fn finding_listed_only(self) -> Self {
        Self { listed_only: true, ..self }
    }

    /// Whether listed parties alone are asked for.
    #[must_use]
    pub fn is_listed_only(&self) -> bool {
        self.listed_only
    }

    /// Reads the next part of a document: the whole of it, or some megabytes that end where a paragraph does. Short names
    /// are understood from the part that they stand in and those before.
    pub fn read(&mut self, context: &mut Context, part: &str) -> Vec<Found> {
        let (mut seen, mut blocks) = (Seen::default(), Vec::new());
        for text in in_blocks(part) {
            let words = self.words_of(text);
            self.listed_in(context, text, &words, &mut seen);
            blocks.push(Looked { text, offset: context.offset, words, volume: self.lexicon.volume() });
            context.offset += text.len();
        }
        seen.places.sort_by_key(|place| place.range.start);
        // Where nobody listed is named in full, no short name stands for one, whoever else is named.
        if self.listed_only && seen.places.is_empty() && context.of_entity.is_empty() {
            return Vec::new();
        }
        let supported = self.supported(context, &mut seen);
        let named = || seen.places.iter().chain(&supported);
        let mut concern = self.listed_only.then(|| self.concern(context, named, part));
        for mut block in blocks {
            if block.volume != self.lexicon.volume() {
                block.words = self.words_of(block.text);
            }
            match &mut concern {
                None => self.others_in(context, &block, &mut seen),
                Some(concern) => {
                    for page in self.concerning(context, concern, &block) {
                        self.others_in(context, &page, &mut seen);
                    }
                }
            }
        }
        self.resolve(context, seen, supported, part)
    }

    /// The words of a block, known to the lexicon.
    fn words_of(&mut self, block: &str) -> Vec<Met> {
        let mut words = Vec::new();
        scan(block, &mut words);
        let sample = words.iter().step_by(1 + words.len() / SAMPLE);
        self.lexicon.begin(is_polish(sample.map(|word| &block[word.range()])));
        let mut number = |word: &scan::Word| match is_spoken_of(block, word) {
            true => self.lexicon.number(&capitalised(&word.surface(block)), Case::Capital),
            false => self.lexicon.number(&word.surface(block), word.case),
        };
        let of_word = |word| Met { word, number: number(&word), means: Means::Nothing, with_next: None };
        let mut met: Vec<Met> = words.into_iter().map(of_word).collect();
        for at in 0..met.len() {
            met[at].means = met[at].means.max(self.lexicon.means(met[at].number));
            let next = met.get(at + 1).and_then(|next| self.joined(block, &met[at].word, &next.word));
            if next.is_some() {
                met[at].with_next = next;
                (met[at].means, met[at + 1].means) = (Means::Opener, Means::Opener);
            }
        }
        met
    }

    /// Who of the listed is named in a block.
    fn listed_in(&mut self, context: &mut Context, block: &str, met: &[Met], seen: &mut Seen) {
        let mut hits: Vec<Hit> = Vec::new();
        for (start, stretch) in stretches(met, Gap::Comma) {
            for (n, part) in stretch.chunks(STRETCH).enumerate() {
                let mut of_part = Vec::new();
                self.listed.in_stretch(block, part, start + n * STRETCH, &self.lexicon, &mut of_part);
                // "Банк МКБ и «Уралсиб»": what names nobody takes no word from what does.
                of_part.retain(|hit| self.judged(hit, block, met) != Verdict::Words);
                if !of_part.is_empty() {
                    hits.extend(best(of_part));
                }
            }
        }
        for hit in hits {
            let verdict = self.judged(&hit, block, met);
            let supported = verdict == Verdict::IfSupported && self.is_supported(met, &hit);
            let (first, last) = self.whole(met, &hit);
            let range = met[first].word.start as usize..met[last].word.end as usize;
            let Some(hit) = self.with_stated(context, block, hit, &range) else { continue };
            let word = met[first].word;
            let opens = first == last && word.gap >= Gap::Sentence && word.case == Case::Capital;
            let place = Place { opens, ..Place::of(hit, block, range, context.offset) };
            if supported || verdict == Verdict::Named {
                seen.places.push(place);
            } else {
                seen.unsupported.push((place, verdict));
            }
        }
        for run in han_runs(block, met) {
            self.in_han(context, block, run, seen);
        }
    }

    /// Who else is named in a block, and what may be somebody's short name.
    fn others_in(&self, context: &mut Context, looked: &Looked<'_>, seen: &mut Seen) {
        let Looked { text, offset, words, .. } = looked;
        let taken = taken_by(&seen.places, words, *offset);
        let block = Block { text, words, taken: &taken, lexicon: &self.lexicon };
        for spotted in self.spotted(context, &block) {
            let run = Run::of(spotted, text, words, &self.lexicon);
            seen.runs.extend(run.map(|run| run.moved(*offset)));
        }
        for surname in &context.double_surnames {
            for run in han_runs(text, words) {
                for (at, _) in text[run.clone()].match_indices(&**surname) {
                    let at = run.start + at;
                    let words = vec![vec![surname.clone()]];
                    let lone = Lone::at(text, at..at + surname.len(), words, Vec::new());
                    seen.lone.push(lone.moved(*offset));
                }
            }
        }
        for (start, stretch) in stretches(words, Gap::Space) {
            let taken = &taken[start..start + stretch.len()];
            lone::lone(text, stretch, taken, &self.lexicon, |lone| seen.lone.push(lone.moved(*offset)));
        }
    }

    /// Who is named in a block and not listed; by the rules, where another cannot read it.
    fn spotted(&self, context: &mut Context, block: &Block<'_>) -> Vec<Spotted> {
        self.others.find(block).unwrap_or_else(|reason| {
            context.unread.get_or_insert(reason);
            ByRules.find(block).unwrap_or_default()
        })
    }

    /// The number of two words that a list writes as one.
    fn joined(&mut self, block: &str, first: &scan::Word, second: &scan::Word) -> Option<u32> {
        if !first.case.is_large() || !second.case.is_large() || second.gap != Gap::Space {
            return None;
        }
        let (a, b) = (&block[first.range()], &block[second.range()]);
        if !a.is_ascii() || !b.is_ascii() {
            return None;
        }
        let mut joined: SmallVec<[u8; 64]> = a.bytes().chain(b.bytes()).collect();
        joined.make_ascii_lowercase();
        let listed = joined.len() >= JOINED
            && std::str::from_utf8(&joined).is_ok_and(|joined| self.lexicon.in_text().is_word(joined));
        listed.then(|| self.lexicon.number(&format!("{a} {b}"), first.case))
    }

    /// Names within a run of Han characters, the longest first from the left.
    fn in_han(&mut self, context: &mut Context, block: &str, run: Range<usize>, seen: &mut Seen) {
        let mut at = run.start;
        while at < run.end {
            let found = han::names(&block[at..run.end]).find_map(|name| {
                let number = self.lexicon.number(name, scan::Case::None);
                let reading = self.lexicon.get(number).reading().filter(|reading| reading.opens())?;
                Some((name.len(), self.listed.in_han(name, reading, &self.lexicon)?))
            });
            let Some((length, hit)) = found else {
                at += block[at..].chars().next().map_or(1, char::len_utf8);
                continue;
            };
            let name = at..at + length;
            at += length;
            context.double_surnames.extend(han::double_surname(&block[name.clone()]).map(Box::from));
            if let Some(hit) = self.with_stated(context, block, hit, &name) {
                seen.places.push(Place::of(hit, block, name, context.offset));
            }
        }
    }

    /// What a hit is, among the words of its block.
    fn judged(&self, hit: &Hit, block: &str, met: &[Met]) -> Verdict {
        let own = &met[hit.words.0..=hit.words.1];
        let entries: Vec<&Entry> = own.iter().map(|met| self.lexicon.get(met.number)).collect();
        verdict(hit, &entries, block, met)
    }

    /// Whether a country of the party is named near its name, or the page is about sanctions.
    fn is_supported(&self, met: &[Met], hit: &Hit) -> bool {
        let around = |words: usize| {
            let (from, to) = (hit.words.0.saturating_sub(words), (hit.words.1 + words + 1).min(met.len()));
            met[from..to].iter().map(|met| self.lexicon.get(met.number))
        };
        let countries = self.listed.entities.get(hit.entity).countries();
        around(PAGE).any(|entry| entry.sanctions)
            || around(NEARBY).filter_map(Entry::country).any(|country| countries.contains(&country))
    }

    /// A person's name with the Seyyed or Haji before it, which comparisons hardly weigh.
    fn whole(&self, met: &[Met], hit: &Hit) -> (usize, usize) {
        let (mut first, last) = hit.words;
        let belongs = |at: usize| {
            let entry = self.lexicon.get(met[at].number);
            entry.name_like && met[at + 1].word.gap == Gap::Space
        };
        while hit.kind == NameKind::Person && first > 0 && belongs(first - 1) {
            first -= 1;
        }
        (first, last)
    }
}

/// Words around a name in which its country is looked for: a sentence or two.
const NEARBY: usize = 40;

/// Words without a break that are looked at together. No sentence has so many; a text without an end would take the square
/// of its length.
const STRETCH: usize = 256;

/// Words of a block, about, by which its language is told.
const SAMPLE: usize = 4096;

/// Letters of a word that two may be.
const JOINED: usize = 5;

/// Words of a page.
const PAGE: usize = 400;

/// Whether a word in small letters stands in quotation marks by itself: an alias may be written so, "aqua".
fn is_spoken_of(block: &str, word: &scan::Word) -> bool {
    word.gap >= Gap::Quote && word.case == Case::Small && cues::is_quoted(block, &word.range())
}

/// A word with a capital letter.
fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// Of candidates for the same words the best; those that are equally good all stay, as one party may stand on several
/// lists.
fn best(mut found: Vec<Hit>) -> Vec<Hit> {
    let rank = |hit: &Hit| (hit.agreeing, hit.as_listed, hit.scored.score, hit.scored.bits);
    // "Жена Кадырова, Медни Кадырова": of two that are equally good the one that no comma parts.
    let parted = |hit: &Hit| hit.compared.contains(',');
    found.sort_by(|a, b| {
        let by_worth = rank(b).cmp(&rank(a)).then(parted(a).cmp(&parted(b)));
        by_worth.then(a.words.cmp(&b.words)).then(a.entity.cmp(&b.entity))
    });
    let mut kept: Vec<Hit> = Vec::new();
    for hit in found {
        let meets = |other: &&Hit| other.words.0 <= hit.words.1 && hit.words.0 <= other.words.1;
        // An alias that several parties bear is one of them; the text says which.
        let alike = |other: &Hit| {
            rank(other) == rank(&hit) || (other.as_listed && hit.as_listed) || as_near(other, &hit)
        };
        let ties = |other: &Hit| other.words == hit.words && alike(other) && other.entity != hit.entity;
        if kept.iter().filter(meets).all(ties) {
            kept.push(hit);
        } else if let Some(better) = kept.iter_mut().find(|other| tie(other, &hit)) {
            better.shared = true;
        }
    }
    kept.sort_by_key(|hit| (hit.words, hit.entity));
    kept
}
