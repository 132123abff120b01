//! Words met before: a word that comes again is not worked out again.
//!
//! Names repeat their words ("Mohammad" is in every twentieth name of some files), and working one out (its readings,
//! orthographies, syllables, information) costs a hundred times more than finding it again. Names read by one lexicon
//! share their equal words, so that a list holds each of them once.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHasher};
use text::Word;

use crate::parse::{Name, NameKind, Role, Token, parse_with, work_out};

/// Words read so far, with what came of them. What it gives is what it would give without a memory.
#[derive(Debug)]
pub struct Lexicon {
    met: FxHashMap<u64, Met>,
    /// Tokens that are more than a word: legal forms of several words, numbers written in words.
    made: FxHashMap<u64, Arc<Token>>,
    most: usize,
}

#[derive(Debug)]
struct Met {
    word: Word,
    role: Role,
    kind: NameKind,
    token: Arc<Token>,
}

/// Words that a lexicon for queries holds: some 8 MB. A file of customers with more begins anew from time to time.
const MOST_OF_QUERIES: usize = 1 << 14;

impl Default for Lexicon {
    /// A lexicon for queries, whose words never end: it stays small.
    fn default() -> Self {
        Self { met: FxHashMap::default(), made: FxHashMap::default(), most: MOST_OF_QUERIES }
    }
}

impl Lexicon {
    /// A lexicon for a list, whose words are kept anyway.
    #[must_use]
    pub fn of_list() -> Self {
        Self { most: usize::MAX, ..Self::default() }
    }

    /// Parses a name, as [`crate::parse`] does.
    #[must_use]
    pub fn parse(&mut self, text: &str, kind: NameKind) -> Name {
        parse_with(text, kind, self)
    }

    /// The token of a word in its role.
    pub(crate) fn token(&mut self, word: &Word, role: Role, kind: NameKind) -> Arc<Token> {
        let key = hash(&(&word.native, &word.key, role, kind));
        if let Some(met) = self.met.get(&key)
            && (met.role, met.kind) == (role, kind)
            && same_but_for_commas(&met.word, word)
        {
            return Arc::clone(&met.token);
        }
        let token = Arc::new(work_out(word, role, kind));
        if self.met.len() >= self.most {
            self.met.clear();
        }
        // Of two words with one hash the later stays.
        self.met.insert(key, Met { word: word.clone(), role, kind, token: Arc::clone(&token) });
        token
    }

    /// A token that was put together or changed, shared with its equals.
    pub(crate) fn share(&mut self, token: Token) -> Arc<Token> {
        let key = hash(&(&token.text, token.key(), token.role, token.number));
        if let Some(known) = self.made.get(&key).filter(|known| ***known == token) {
            return Arc::clone(known);
        }
        let token = Arc::new(token);
        if self.made.len() >= self.most {
            self.made.clear();
        }
        self.made.insert(key, Arc::clone(&token));
        token
    }
}

fn same_but_for_commas(a: &Word, b: &Word) -> bool {
    a.native == b.native
        && a.key == b.key
        && a.readings == b.readings
        && (a.consonants_only, a.script, a.disguised) == (b.consonants_only, b.script, b.disguised)
}

fn hash(of: &impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    of.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn equal_words_are_shared() {
        let mut lexicon = Lexicon::of_list();
        let mut read = |text| lexicon.parse(text, NameKind::Organization);
        let (a, b) = (
            read("Romashka Trading Limited Liability Company"),
            read("Trading Romashka Limited Liability Company"),
        );
        assert!(Arc::ptr_eq(&a.tokens[0], &b.tokens[1]), "a word");
        assert!(Arc::ptr_eq(&a.tokens[2], &b.tokens[2]), "a legal form of three words");
    }

    proptest! {
        #[test]
        fn a_memory_changes_nothing(names in prop::collection::vec("[a-cA-C .,0-4]{0,12}|\\PC{0,8}|(DOCTOR|al|V\\.V\\.|Ltd|de|IV|forty two|co\u{200B}mpany)( [a-b]{1,2}){0,2}", 1..12)) {
            for kind in [NameKind::Person, NameKind::Organization, NameKind::Vehicle] {
                let (mut long, mut short) = (Lexicon::of_list(), Lexicon { most: 2, ..Lexicon::default() });
                for name in &names {
                    let fresh = Lexicon::default().parse(name, kind);
                    prop_assert_eq!(&long.parse(name, kind), &fresh);
                    prop_assert_eq!(&short.parse(name, kind), &fresh);
                }
            }
        }
    }
}
