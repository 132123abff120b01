//! The best alignment of the words of two names.

use std::sync::Arc;

use compact_str::{CompactString, format_compact};
use smallvec::SmallVec;

use crate::parse::{Form, Role, Token, same_word};
use crate::price::{Fact, Worth};
use crate::similar::{
    Likeness, SHORTEST_JOINED, joined_cost, joined_stake, joined_syllables_cost, may_join, of_syllables,
    similar,
};
use crate::tables::tables;
use crate::weights::weights;

/// A set of words of one name.
pub(crate) type Words = u64;

/// Words of the query against words of the candidate: one to one, or one against a short run.
#[derive(Clone, Debug)]
pub(crate) struct Edge {
    pub(crate) query: Words,
    pub(crate) candidate: Words,
    pub(crate) likeness: Likeness,
    pub(crate) fact: Fact,
    /// What it is worth; its gain is more than 0.
    pub(crate) worth: Worth,
}

impl Edge {
    fn new((query, candidate): (Words, Words), likeness: Likeness, fact: Fact) -> Self {
        Self { query, candidate, likeness, fact, worth: fact.price(weights()) }
    }
}

/// What a run of words may be on the other side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RunKind {
    /// One word, written together.
    Joined,
    /// An acronym.
    Acronym,
}

/// Words of a run that may be written as one.
const LONGEST_RUN: usize = 4;

/// Letters of a run that goes round the end of the name.
const SHORTEST_ROUND: usize = 9;

/// Words of the longest expansion of an acronym in `data/acronyms.tsv`.
const LONGEST_EXPANSION: usize = 8;

/// Steps of the search for the best alignment. Real names need a few dozen; the budget makes hostile ones ("a a a a")
/// end in the best alignment found so far, which is the same on every machine.
const STEPS: u32 = 2_000;

/// The edges of the best alignment: most evidence, ties by the order of the words.
pub(crate) fn align(query: &[Arc<Token>], candidate: &[Arc<Token>]) -> Vec<Edge> {
    let mut edges = Vec::new();
    // A name given back as it is listed is that name, word for word: nothing can be worth more, and a search among many
    // equal words might end before it finds so.
    if query.len() == candidate.len() && query.iter().zip(candidate).all(|(q, c)| same_word(q, c)) {
        for (i, (q, c)) in query.iter().zip(candidate).enumerate() {
            push_pair(&mut edges, (i, q), (i, c));
        }
        return edges;
    }
    for (i, q) in query.iter().enumerate() {
        for (j, c) in candidate.iter().enumerate() {
            push_pair(&mut edges, (i, q), (j, c));
        }
    }
    runs(query, candidate, &mut edges, |one, run| (one, run));
    runs(candidate, query, &mut edges, |one, run| (run, one));
    if edges.len() < 2 {
        return edges;
    }
    edges.sort_by(|a, b| {
        (b.worth.gain)
            .cmp(&a.worth.gain)
            .then(a.likeness.cmp(&b.likeness))
            .then((a.query, a.candidate).cmp(&(b.query, b.candidate)))
    });
    choose(&edges)
}

fn push_pair(edges: &mut Vec<Edge>, (i, query): (usize, &Token), (j, candidate): (usize, &Token)) {
    if let Some(likeness) = similar(query, candidate) {
        let fact = Fact::pair(likeness, query, candidate);
        push(edges, Edge::new((1 << i, 1 << j), likeness, fact));
    }
}

fn push(edges: &mut Vec<Edge>, edge: Edge) {
    if edge.worth.gain > 0 {
        edges.push(edge);
    }
}

/// Edges between one word of `ones` and a run of neighbouring words of `others`. A name is a circle here: family and
/// given names may have been joined in either order.
fn runs(
    ones: &[Arc<Token>],
    others: &[Arc<Token>],
    edges: &mut Vec<Edge>,
    sides: fn(Words, Words) -> (Words, Words),
) {
    if others.len() < 2 {
        return;
    }
    for (i, one) in ones.iter().enumerate().filter(|(_, one)| one.role != Role::LegalForm) {
        let expansions = tables().acronyms.get(one.key());
        for start in 0..others.len() {
            let run = RunSearch { i, one, start, others, sides };
            if let Some(expansions) = expansions {
                run.acronym(expansions, edges);
            }
            for form in one.forms.iter().filter(|form| form.key.len() >= SHORTEST_JOINED) {
                run.joined(form, edges);
            }
        }
    }
}

/// A word, and the place in the other name from which a run may match it.
struct RunSearch<'a> {
    i: usize,
    one: &'a Token,
    start: usize,
    others: &'a [Arc<Token>],
    sides: fn(Words, Words) -> (Words, Words),
}

/// Ways of writing a run that are tried, where its words have several forms.
const RUN_SPELLINGS: usize = 8;

impl RunSearch<'_> {
    fn widths(
        &self,
        kind: RunKind,
        keep: impl Fn(&str) -> bool,
        mut each: impl FnMut(Words, &[CompactString], i32),
    ) {
        windows(self.others, self.start, kind, keep, |words, spellings| {
            each(words, spellings, weight_of(self.others, words));
        });
    }

    fn edge(&self, run: Words, likeness: Likeness, stake: i32, more: i32) -> Edge {
        Edge::new((self.sides)(1 << self.i, run), likeness, Fact::run(likeness, stake, more))
    }

    fn acronym(&self, expansions: &[String], edges: &mut Vec<Edge>) {
        let begins = |s: &str| expansions.iter().any(|e| e.starts_with(s));
        self.widths(RunKind::Acronym, begins, |run, spellings, stake| {
            if spellings.iter().any(|s| expansions.iter().any(|e| e == s)) {
                push(edges, self.edge(run, Likeness::Acronym, stake, 0));
            }
        });
    }

    /// Runs that, written together, are the word.
    fn joined(&self, form: &Form, edges: &mut Vec<Edge>) {
        let may_grow = |s: &str| may_join(form, s);
        self.widths(RunKind::Joined, may_grow, |run, spellings, stake| {
            if let Some(more) = joined_more(form, self.others, run, spellings) {
                push(edges, self.edge(run, Likeness::Joined, joined_stake(self.one, stake), more));
            }
        });
    }
}

/// What taking a word for a run in one of its spellings costs more than the likeness; `None` where it cannot be.
pub(crate) fn joined_more(
    form: &Form,
    tokens: &[Arc<Token>],
    run: Words,
    spellings: &[CompactString],
) -> Option<i32> {
    let syllables = !form.syllables.is_empty() && of_syllables(chosen(tokens, run));
    let more = |s: &CompactString| {
        let by_syllables = || joined_syllables_cost(form, s).filter(|_| syllables);
        joined_cost(form, s).or_else(by_syllables)
    };
    spellings.iter().filter_map(more).min()
}

/// What the words of a set say together: as one word they are no particles (Abd Allah).
pub(crate) fn weight_of(tokens: &[Arc<Token>], words: Words) -> i32 {
    chosen(tokens, words).map(|t| t.information).sum()
}

/// The words of a set, in order.
pub(crate) fn chosen(tokens: &[Arc<Token>], words: Words) -> impl Iterator<Item = &Token> {
    tokens.iter().enumerate().filter(move |(i, _)| words & (1 << i) != 0).map(|(_, t)| &**t)
}

/// The runs of two and more words from `start`, each with its words and its spellings (the first few, where words have
/// several forms). The runs end where no spelling may `grow` any more.
pub(crate) fn windows(
    tokens: &[Arc<Token>],
    start: usize,
    kind: RunKind,
    grow: impl Fn(&str) -> bool,
    mut each: impl FnMut(Words, &[CompactString]),
) {
    let longest = if kind == RunKind::Joined { LONGEST_RUN } else { LONGEST_EXPANSION };
    // People write a name's words as one, not its legal form; an acronym may stand for both (NIOC).
    let ends = |token: &Token| token.role == Role::LegalForm && kind == RunKind::Joined;
    let first = &tokens[start];
    // Most runs end before they begin: nothing is written down for those.
    if ends(first) || !first.forms.iter().take(RUN_SPELLINGS).any(|form| grow(&form.key)) {
        return;
    }
    let mut spellings: SmallVec<[CompactString; 1]> =
        first.forms.iter().take(RUN_SPELLINGS).map(|form| form.key.clone()).collect();
    let mut words = 1 << start;
    for width in 1..longest.min(tokens.len()) {
        let at = (start + width) % tokens.len();
        let token = &tokens[at];
        if ends(token) {
            return;
        }
        let article = is_article(&tokens[(at + tokens.len() - 1) % tokens.len()]);
        if let ([form], false) = (&*token.forms, article) {
            spellings.iter_mut().for_each(|s| s.push_str(&form.key));
        } else {
            let longer = spellings.iter().flat_map(|s| {
                token.forms.iter().flat_map(move |f| {
                    let assimilated = article.then(|| assimilated(s, &f.key)).flatten();
                    let mut whole = s.clone();
                    whole.push_str(&f.key);
                    std::iter::once(whole).chain(assimilated)
                })
            });
            spellings = longer.take(RUN_SPELLINGS).collect();
        }
        words |= 1 << at;
        if !spellings.iter().any(|s| grow(s)) {
            return;
        }
        // Round the end of the name only long runs count: "Tor Vik" is not Viktor.
        if at > start || spellings.iter().any(|s| s.len() >= SHORTEST_ROUND) {
            each(words, &spellings);
        }
    }
}

/// An Arabic article in Latin letters, alone or with the word before it: al, el, ul, Abdul, Abdel.
fn is_article(token: &Token) -> bool {
    token.role == Role::Particle && token.native.is_none() && token.key().ends_with('l')
}

/// The run and the word after its article, the l of which speech makes the sound that follows: Nur al-Din, Nuraddin.
fn assimilated(run: &str, word: &str) -> Option<CompactString> {
    let stem = run.strip_suffix('l')?;
    let digraph = ["sh", "th", "dh"].into_iter().find(|d| word.starts_with(d));
    let sound = digraph.or_else(|| word.get(..1).filter(|first| "tdrzsn".contains(first)))?;
    Some(format_compact!("{stem}{sound}{word}"))
}

/// The compatible edges that gain most together, by branch and bound; edges come best first.
fn choose(edges: &[Edge]) -> Vec<Edge> {
    let mut rest: Vec<i64> = vec![0; edges.len() + 1];
    for (i, edge) in edges.iter().enumerate().rev() {
        rest[i] = rest[i + 1] + i64::from(edge.worth.gain);
    }
    let mut search = Search { edges, rest, steps: STEPS, best: -1, chosen: Vec::new(), path: Vec::new() };
    search.visit(0, 0, 0, 0);
    search.chosen.iter().map(|&i| edges[i].clone()).collect()
}

struct Search<'a> {
    edges: &'a [Edge],
    /// What all edges from here on would gain.
    rest: Vec<i64>,
    steps: u32,
    best: i64,
    chosen: Vec<usize>,
    path: Vec<usize>,
}

impl Search<'_> {
    fn visit(&mut self, from: usize, query: Words, candidate: Words, gain: i64) {
        if gain > self.best {
            self.best = gain;
            self.chosen.clone_from(&self.path);
        }
        for i in from..self.edges.len() {
            if self.steps == 0 || gain + self.rest[i] <= self.best {
                return;
            }
            let edge = &self.edges[i];
            if edge.query & query != 0 || edge.candidate & candidate != 0 {
                continue;
            }
            self.steps -= 1;
            self.path.push(i);
            self.visit(
                i + 1,
                query | edge.query,
                candidate | edge.candidate,
                gain + i64::from(edge.worth.gain),
            );
            self.path.pop();
        }
    }
}
