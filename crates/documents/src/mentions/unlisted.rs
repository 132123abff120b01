//! People and organisations that no list has: behind a trait, as they are told by how they are written (capitals, titles,
//! legal forms) or by a model.
//!
//! These are hints for whoever reads, and the parties of claims; nobody is screened by them.

use std::ops::Range;

use model::Schema;
use names::NameKind;
use screen::Candidates;

use super::blocks::stretches;
use super::described;
use super::lexicon::{Entry, Lexicon};
use super::listed::Met;
use super::lone::{self, Lone};
use super::scan::{Case, Gap};

/// A person or an organisation at a place of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spotted {
    /// The name, as bytes of the text.
    pub range: Range<usize>,
    /// [`Schema::Person`] or [`Schema::Organization`].
    pub schema: Schema,
}

/// Finds the people and organisations that a text names, whether or not a list has them. What is found to be listed is the
/// index's to say: a place that a listed party has is not asked for again.
pub trait MentionFinder: Send + Sync {
    /// Those of a block of text, in its order. Places that overlap, or are none of the text, are left out by whoever asks.
    ///
    /// # Errors
    /// Why the block could not be read. It is then read by [`ByRules`], and the document has a warning.
    fn find(&self, block: &Block<'_>) -> Result<Vec<Spotted>, Box<str>>;
}

/// A block of text, some paragraphs, with what was made of its words.
pub struct Block<'b> {
    pub(super) text: &'b str,
    pub(super) words: &'b [Met],
    /// For each word whether a listed party has it.
    pub(super) taken: &'b [bool],
    pub(super) lexicon: &'b dyn Words,
}

impl Block<'_> {
    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        self.text
    }
}

/// What words are, by their numbers.
pub(super) trait Words {
    fn entry(&self, number: u32) -> &Entry;
}

impl<C: Candidates + ?Sized> Words for Lexicon<'_, C> {
    fn entry(&self, number: u32) -> &Entry {
        self.get(number)
    }
}

/// The rules of this module: capitalised runs, titles, generic words of organisations. They need no model, and every
/// result can be traced to a row of a table.
#[derive(Clone, Copy, Debug, Default)]
pub struct ByRules;

impl MentionFinder for ByRules {
    fn find(&self, block: &Block<'_>) -> Result<Vec<Spotted>, Box<str>> {
        let mut spotted = Vec::new();
        for (start, stretch) in stretches(block.words, Gap::Space) {
            let taken = &block.taken[start..start + stretch.len()];
            runs(block.text, stretch, taken, block.lexicon, |one| spotted.push(one));
        }
        Ok(spotted)
    }
}

/// Somebody spotted, with the short names that he goes by.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) range: Range<usize>,
    pub(super) name: Box<str>,
    pub(super) schema: Schema,
    /// Key of the surname, for people.
    pub(super) short: Option<Box<str>>,
    /// What the words beside it call its bearer.
    pub(super) described: Vec<Box<str>>,
    /// Whether it is introduced as kin of another.
    pub(super) kin: bool,
    /// The words as the short name that they may be of somebody named before: Mr Derkach, R. Semenov.
    pub(super) lone: Option<Lone>,
}

impl Run {
    /// Takes up what was spotted in a block. `None`: it is no place of the block.
    pub(super) fn of<C: Candidates + ?Sized>(
        spotted: Spotted,
        block: &str,
        words: &[Met],
        lexicon: &Lexicon<'_, C>,
    ) -> Option<Self> {
        let Spotted { range, schema } = spotted;
        let name: Box<str> = block.get(range.clone()).filter(|name| !name.trim().is_empty())?.into();
        if schema != Schema::Person {
            let described = Vec::new();
            return Some(Self { range, name, schema, short: None, described, kin: false, lone: None });
        }
        let parsed = names::parse(&name, NameKind::Person);
        let short = parsed.tokens.last().map(|token| Box::from(token.key()));
        let from = words.partition_point(|met| (met.word.start as usize) < range.start);
        let to = words.partition_point(|met| (met.word.start as usize) < range.end);
        let own = &words[from..to];
        let is_initial = |met: &&Met| block[met.word.range()].chars().count() == 1;
        let initials: Vec<Box<str>> =
            own.iter().take_while(is_initial).map(|met| block[met.word.range()].into()).collect();
        let surnames: Vec<_> =
            own[initials.len()..].iter().map(|met| lone::forms(block, met, lexicon)).collect();
        let lone = (!surnames.is_empty()).then(|| Lone::at(block, range.clone(), surnames, initials));
        let (described, kin) = (described::words(block, &range), described::is_kin(block, range.start));
        Some(Self { range, name, schema, short, described, kin, lone })
    }

    pub(super) fn moved(self, by: usize) -> Self {
        let range = self.range.start + by..self.range.end + by;
        Self { range, lone: self.lone.map(|lone| lone.moved(by)), ..self }
    }
}

/// Words that may stand between two capitalised words of an organisation's name.
const LINKS: [&str; 14] =
    ["of", "for", "and", "the", "de", "du", "des", "la", "del", "und", "für", "in", "on", "y"];

/// The runs of a stretch that are nobody listed.
fn runs(block: &str, stretch: &[Met], taken: &[bool], lexicon: &dyn Words, mut each: impl FnMut(Spotted)) {
    let capital = |at: usize| stretch[at].word.case.is_large() && !taken[at];
    let text = |at: usize| &block[stretch[at].word.range()];
    let mut at = 0;
    while at < stretch.len() {
        if !capital(at) {
            at += 1;
            continue;
        }
        let mut end = at;
        loop {
            let next = end + 1;
            if next < stretch.len() && capital(next) {
                end = next;
                continue;
            }
            let links = (next..stretch.len()).take(2).take_while(|n| LINKS.contains(&text(*n))).count();
            if links > 0 && next + links < stretch.len() && capital(next + links) {
                end = next + links;
                continue;
            }
            break;
        }
        if let Some(run) = run(&stretch[at..=end], at, lexicon) {
            each(run);
        }
        at = end + 1;
    }
}

fn run(words: &[Met], place: usize, lexicon: &dyn Words) -> Option<Spotted> {
    let entry = |met: &Met| lexicon.entry(met.number);
    // A sentence begins with a capital whatever its first word is.
    let opening = place == 0 && words[0].word.gap >= Gap::Sentence;
    let skipped = usize::from(
        opening
            && words.len() > 1
            && (entry(&words[0]).function || entry(&words[0]).common && !entry(&words[0]).organizational),
    );
    let words = &words[skipped..];
    let range = words.first()?.word.start as usize..words.last()?.word.end as usize;
    let organizational = words.iter().any(|met| entry(met).organizational);
    let linked = words.iter().any(|met| met.word.case == Case::Small);
    if words.len() > 1 && organizational && !shouted(words) {
        return Some(Spotted { range, schema: Schema::Organization });
    }
    if linked {
        return None;
    }
    let titles = words.iter().take_while(|met| entry(met).title).count();
    let rest = &words[titles..];
    let proper = rest.iter().all(|met| !entry(met).organizational && entry(met).country().is_none());
    let known = rest.iter().any(|met| !entry(met).common && entry(met).known_name);
    let uncommon = rest.iter().any(|met| !entry(met).common);
    let person =
        proper && uncommon && (1..=5).contains(&rest.len()) && (titles > 0 || (rest.len() > 1 && known));
    if !person || shouted(rest) && titles == 0 {
        return None;
    }
    let range = rest.first()?.word.start as usize..rest.last()?.word.end as usize;
    Some(Spotted { range, schema: Schema::Person })
}

fn shouted(words: &[Met]) -> bool {
    words.len() > 1 && words.iter().all(|met| met.word.case == Case::Capitals)
}
