//! What somebody is called beside the surname.

use std::sync::Arc;

use names::{NameKind, Role, Token};

/// Somebody's given names.
#[derive(Default)]
pub(super) struct Given {
    /// The letters that they begin with, in any romanisation.
    pub(super) letters: Vec<char>,
    /// The first of them, as each of the names has it: a second one may be the father's.
    pub(super) first: Vec<Box<str>>,
}

impl Given {
    /// Takes up the words of a name that are no surnames.
    pub(super) fn take<'t>(&mut self, words: impl Iterator<Item = &'t Arc<Token>>) {
        let mut first = true;
        for token in words {
            for letter in first_letters(token) {
                if !self.letters.contains(&letter) {
                    self.letters.push(letter);
                }
            }
            // Abdul is a particle of Abdul Rahman, and what Abdul Mohamed is called.
            if first
                && matches!(token.role, Role::Part | Role::Particle | Role::NameLike)
                && token.key().len() > 2
            {
                for form in &token.forms {
                    if !self.first.iter().any(|known| **known == *form.key) {
                        self.first.push((&*form.key).into());
                    }
                }
                first = false;
            }
        }
    }
}

/// The letters that a word begins with, in any romanisation.
fn first_letters(token: &Token) -> impl Iterator<Item = char> {
    token.forms.iter().filter_map(|form| form.key.chars().next())
}

pub(super) fn letters_of(initial: &str) -> Vec<char> {
    names::parse(initial, NameKind::Person).tokens.iter().flat_map(|token| first_letters(token)).collect()
}
