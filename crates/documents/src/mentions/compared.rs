//! Comparisons made before: texts name the same people over and over, and places even more.

use std::sync::Arc;

use names::{NameKind, Role};
use rustc_hash::FxHashMap;
use screen::{Candidates, Scored, Window};

use super::extent::says_little;
use super::listed::Listed;
use super::verdict::lacks;

/// Comparisons by the words.
type OfWords = FxHashMap<Box<str>, Known>;

/// A comparison that was made.
struct Known {
    /// `None`: no match.
    scored: Option<Arc<Scored>>,
    /// What the words are among the party's names, once that was asked for.
    among: Option<Among>,
}

/// What words are among a party's names.
#[derive(Clone, Copy, Default)]
pub(super) struct Among {
    /// See `Hit::as_listed`.
    pub(super) as_listed: bool,
    /// See `Hit::begins`.
    pub(super) begins: bool,
    /// See `Hit::own`.
    pub(super) own: bool,
    /// Whether an organisation's own word is missing beside it.
    pub(super) lacks_part: bool,
    /// See [`says_little`].
    pub(super) says_little: bool,
}

/// Comparisons by candidate and kind.
#[derive(Default)]
pub(super) struct Compared {
    of: FxHashMap<(usize, NameKind), OfWords>,
    count: usize,
}

/// Comparisons that are remembered.
const REMEMBERED: usize = 1 << 16;

impl<C: Candidates + ?Sized> Listed<'_, C> {
    /// The score of some words as the name of a listed party, where it is a match.
    pub(super) fn score(&self, text: &str, window: &Window) -> Option<Arc<Scored>> {
        let key = (window.entity, window.kind);
        if let Some(known) = self.compared.borrow().of.get(&key).and_then(|of| of.get(text)) {
            return known.scored.clone();
        }
        let scored = self.score_anew(text, window.entity, window.kind, None);
        let scored = scored.filter(|scored| scored.matched).map(Arc::new);
        let compared = &mut *self.compared.borrow_mut();
        if compared.count >= REMEMBERED {
            *compared = Compared::default();
        }
        compared.count += 1;
        compared
            .of
            .entry(key)
            .or_default()
            .insert(text.into(), Known { scored: scored.clone(), among: None });
        scored
    }

    /// What words are among the party's names.
    pub(super) fn among(&self, text: &str, scored: &Scored, window: &Window, single: bool) -> Among {
        let key = (window.entity, window.kind);
        let compared = &mut *self.compared.borrow_mut();
        let mut known = compared.of.get_mut(&key).and_then(|of| of.get_mut(text));
        if let Some(among) = known.as_ref().and_then(|known| known.among) {
            return among;
        }
        let among = Among {
            as_listed: single && self.is_listed_as(text, window),
            begins: single && self.is_begun_by(text, window, &[Role::LegalForm]),
            own: single && self.is_begun_by(text, window, &[Role::LegalForm, Role::Generic, Role::Place]),
            lacks_part: lacks(scored, Role::Part),
            says_little: says_little(text),
        };
        if let Some(known) = &mut known {
            known.among = Some(among);
        }
        among
    }

    /// Whether one of the party's names begins with this word, but for words of some roles.
    fn is_begun_by(&self, text: &str, window: &Window, but: &[Role]) -> bool {
        let word = names::parse(text, window.kind);
        let same =
            |key: &str| word.tokens.iter().any(|token| token.forms.iter().any(|form| *form.key == *key));
        let of_kind = self.entities.get(window.entity).names.iter().filter(|name| name.kind == window.kind);
        of_kind.into_iter().any(|name| {
            let first = name.name.tokens.iter().find(|token| !but.contains(&token.role));
            first.is_some_and(|token| same(token.key()))
        })
    }

    /// Whether one of the party's names is this one word.
    fn is_listed_as(&self, text: &str, window: &Window) -> bool {
        let word = names::parse(text, window.kind);
        let names = &self.entities.get(window.entity).names;
        let mut single = names.iter().filter(|name| name.kind == window.kind && name.name.tokens.len() == 1);
        single.any(|name| {
            let key = name.name.tokens[0].key();
            word.tokens.len() == 1 && word.tokens[0].forms.iter().any(|form| *form.key == *key)
        })
    }
}
