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
use gather::{gather, left_over};
use shape::{Shape, Shaped};
use tokens::{Token, tokens};

/// Fewer words than this are no text that could be told from another by chance: "Thanks, see you on Monday then".
const LEAST_WORDS: usize = 8;

/// Times that what no template took is gathered anew: a group may have begun with a message that was no copy.
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

/// The messages, and which parts of each are its author's own.
#[derive(Debug)]
pub(crate) struct Corpus<'a> {
    pub(crate) messages: &'a [Message],
    own: Vec<Vec<Range<usize>>>,
}

impl Corpus<'_> {
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
    let corpus = Corpus { messages, own };
    let least = mining.min_copies.max(2);
    let mut places: Vec<usize> = (0..messages.len()).collect();
    let mut shapes: Vec<Shaped> = Vec::new();
    for _ in 0..ROUNDS {
        let before = shapes.len();
        for group in gather(&corpus, &places) {
            if group.members.len() >= least
                && let Some(shape) = Shape::of(&corpus, &group.members)
            {
                shapes.push(Shaped { shape, copies: Vec::new(), offered: group.members });
            }
        }
        shape::settle(&corpus, &mut shapes, least);
        let taken: FxHashSet<usize> =
            shapes.iter().flat_map(|shaped| shaped.copies.iter().map(|copy| copy.message)).collect();
        places = left_over(&places, &taken);
        if shapes.len() == before {
            break;
        }
    }
    shape::join(&corpus, &mut shapes, &places, least);
    let mut templates: Vec<Template> =
        shapes.into_iter().map(|shaped| shaped.into_template(&corpus)).collect();
    templates.sort_by_key(|template| (std::cmp::Reverse(template.copies.len()), template.copies[0]));
    templates
}
