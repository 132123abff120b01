//! People and organisations that no list has, told by how they are written: capitals, titles, legal forms.
//!
//! These are hints for whoever reads, and the parties of claims; nobody is screened by them.

use std::ops::Range;

use model::Schema;
use names::NameKind;
use screen::Candidates;

use super::lexicon::Lexicon;
use super::listed::Met;
use super::scan::{Case, Gap};

/// A run of capitalised words that names somebody.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) range: Range<usize>,
    pub(super) name: Box<str>,
    pub(super) schema: Schema,
    /// Key of the surname, for people.
    pub(super) short: Option<Box<str>>,
}

impl Run {
    pub(super) fn moved(self, by: usize) -> Self {
        Self { range: self.range.start + by..self.range.end + by, ..self }
    }
}

/// Words that may stand between two capitalised words of an organisation's name.
const LINKS: [&str; 14] =
    ["of", "for", "and", "the", "de", "du", "des", "la", "del", "und", "für", "in", "on", "y"];

/// The runs of a stretch that are nobody listed.
pub(super) fn runs<C: Candidates + ?Sized>(
    block: &str,
    stretch: &[Met],
    taken: &[bool],
    lexicon: &Lexicon<'_, C>,
    mut each: impl FnMut(Run),
) {
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
        if let Some(run) = run(block, &stretch[at..=end], at, lexicon) {
            each(run);
        }
        at = end + 1;
    }
}

fn run<C: Candidates + ?Sized>(
    block: &str,
    words: &[Met],
    place: usize,
    lexicon: &Lexicon<'_, C>,
) -> Option<Run> {
    let entry = |met: &Met| lexicon.get(met.number);
    // A sentence begins with a capital whatever its first word is.
    let opening = place == 0 && words[0].word.gap >= Gap::Sentence;
    let skipped = usize::from(
        opening && words.len() > 1 && entry(&words[0]).common && !entry(&words[0]).organizational,
    );
    let words = &words[skipped..];
    let range = words.first()?.word.start as usize..words.last()?.word.end as usize;
    let organizational = words.iter().any(|met| entry(met).organizational);
    let linked = words.iter().any(|met| met.word.case == Case::Small);
    if words.len() > 1 && organizational && !shouted(words) {
        let name = block[range.clone()].into();
        return Some(Run { range, name, schema: Schema::Organization, short: None });
    }
    if linked {
        return None;
    }
    let titles = words.iter().take_while(|met| entry(met).title).count();
    let rest = &words[titles..];
    let proper = rest.iter().all(|met| !entry(met).organizational && entry(met).country.is_none());
    let known = rest.iter().any(|met| !entry(met).common && entry(met).known_name);
    let uncommon = rest.iter().any(|met| !entry(met).common);
    let person =
        proper && uncommon && (1..=5).contains(&rest.len()) && (titles > 0 || (rest.len() > 1 && known));
    if !person || shouted(rest) && titles == 0 {
        return None;
    }
    let range = rest.first()?.word.start as usize..rest.last()?.word.end as usize;
    let name: Box<str> = block[range.clone()].into();
    let parsed = names::parse(&name, NameKind::Person);
    let short = parsed.tokens.last().map(|token| Box::from(token.key()));
    Some(Run { range, name, schema: Schema::Person, short })
}

fn shouted(words: &[Met]) -> bool {
    words.len() > 1 && words.iter().all(|met| met.word.case == Case::Capitals)
}
