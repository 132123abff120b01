//! Templates: texts that were sent many times with slots filled for each recipient.
//!
//! A mail merge defeats near-duplicate hashing: the slots are a good part of each copy. So copies are gathered by runs
//! of words that stand outside the slots ([`sketch`], [`gather`]), laid side by side ([`align`]), and what all share is
//! told from what each has of its own ([`shape`]); the slots are then named by what stands in them ([`slots`]).

mod align;
mod gather;
mod own;
mod shape;
mod sketch;
mod slots;
mod tokens;
mod vocabulary;

use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::{Message, Template};
use gather::gather;
use shape::Shaped;
use sketch::Digest;
pub(crate) use tokens::{Kind, Token, hash_of, tokens};
pub(crate) use vocabulary::{Class, class_of};

/// Fewer words than this are no text that could be told from another by chance: "Thanks, see you on Monday then".
const LEAST_WORDS: u32 = 8;

/// Times that what was gathered and is no copy is gathered anew: a group may have begun with a message that was none.
const ROUNDS: usize = 2;

/// How templates are mined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mining {
    /// A text with fewer copies is none.
    pub min_copies: usize,
}

impl Default for Mining {
    /// Five copies: two or three the same are a reply sent twice, or the same mail to two lists.
    fn default() -> Self {
        Self { min_copies: 5 }
    }
}

/// The messages, which parts of each are its author's own, and what each is known by.
#[derive(Debug)]
pub(crate) struct Corpus<'a> {
    pub(crate) messages: &'a [Message],
    own: Vec<Vec<Range<usize>>>,
    digests: Vec<Digest>,
}

impl Corpus<'_> {
    /// The tokens of one message's own words.
    pub(crate) fn own_tokens(message: &Message, into: &mut Vec<Token>) {
        into.clear();
        own::own(&message.text).into_iter().for_each(|part| tokens(&message.text, part, into));
    }

    /// The tokens of a message, without line breaks at its ends.
    pub(crate) fn tokens(&self, place: usize, into: &mut Vec<Token>) {
        into.clear();
        for part in &self.own[place] {
            tokens(&self.messages[place].text, part.clone(), into);
        }
        while into.last().is_some_and(Token::is_break) {
            into.pop();
        }
        let leading = into.iter().take_while(|token| token.is_break()).count();
        into.drain(..leading);
    }
}

/// Finds the templates of messages, those with the most copies first. A message is a copy of one at most.
///
/// What a message quotes, its signature and the footers of lists are left aside. The order of the messages decides between
/// templates that are equal otherwise; the same messages in the same order give the same templates.
#[must_use]
pub fn mine(messages: &[Message], mining: &Mining) -> Vec<Template> {
    let own = messages.iter().map(|message| own::own(&message.text)).collect();
    let mut corpus = Corpus { messages, own, digests: Vec::with_capacity(messages.len()) };
    let (mut tokens, mut room) = (Vec::new(), Vec::new());
    for place in 0..messages.len() {
        corpus.tokens(place, &mut tokens);
        corpus.digests.push(Digest::of(&tokens, &mut room));
    }
    let least = mining.min_copies.max(2);
    let mut places: Vec<usize> = (0..messages.len()).collect();
    let mut shapes: Vec<Shaped> = Vec::new();
    for _ in 0..ROUNDS {
        let mut groups = gather(&corpus, &places);
        groups.retain(|group| group.members.len() >= least);
        let mut found: Vec<Shaped> =
            groups.iter().filter_map(|group| Shaped::of(&corpus, &group.members)).collect();
        found.retain(|shaped| shaped.copies.len() >= least);
        let taken: FxHashSet<usize> = found.iter().flat_map(Shaped::messages).collect();
        places = groups
            .into_iter()
            .flat_map(|group| group.members)
            .filter(|place| !taken.contains(place))
            .collect();
        places.sort_unstable();
        shapes.extend(found);
    }
    let shapes = shape::join(&corpus, shapes, least);
    let mut templates: Vec<Template> =
        shapes.into_iter().map(|shaped| shaped.into_template(&corpus)).collect();
    templates.sort_by_key(|template| (std::cmp::Reverse(template.copies.len()), template.copies[0]));
    templates
}
