//! The words of the name of a ship or an aircraft.

use std::sync::Arc;

use text::Word;

use crate::Lexicon;
use crate::organization::one_number;
use crate::parse::{NameKind, Role, Token};
use crate::tables::{TitleKind, tables};

/// Letters of a part of a registration.
const LONGEST_MARK: usize = 3;

/// A prefix such as MV says that it is a ship, not which. Any digit tells one from another, and so does any word: the
/// Sea Princess is not the Ocean Princess, though among companies the two words would stand for each other.
pub(crate) fn vehicle(words: &[Word], hyphenated: bool, lexicon: &mut Lexicon) -> Vec<Arc<Token>> {
    let words = without_slashed_prefix(words);
    let prefix = |at: usize, word: &Word| {
        at == 0 && words.len() > 1 && tables().titles.get(&*word.key) == Some(&TitleKind::Vessel)
    };
    let registration =
        hyphenated && words.len() > 1 && words.iter().all(|word| word.key.len() <= LONGEST_MARK);
    let tokens = words.iter().enumerate().map(|(at, word)| {
        let number = one_number(word, at > 0 && at + 1 == words.len());
        let digits = word.key.bytes().any(|b| b.is_ascii_digit());
        let role = if prefix(at, word) {
            Role::Title
        } else if digits || number.is_some() {
            Role::Number
        } else {
            Role::Part
        };
        let token = lexicon.token(word, role, NameKind::Vehicle);
        // Letters of a registration (EP-MNA, T7-OKY): another letter is another aircraft, no slip of the pen.
        let literal = token.literal || registration;
        if (token.number, token.literal) == (number, literal) {
            return token;
        }
        lexicon.share(Token { number, literal, ..Token::clone(&token) })
    });
    tokens.collect()
}

/// `F/V` is one prefix, though the slash cuts it.
fn without_slashed_prefix(words: &[Word]) -> Vec<Word> {
    if let [first, second, rest @ ..] = words
        && !rest.is_empty()
        && first.key.len() == 1
        && second.key.len() == 1
    {
        let key = format!("{}{}", first.key, second.key);
        if tables().titles.get(&*key) == Some(&TitleKind::Vessel) {
            let native = format!("{}/{}", first.native, second.native);
            let prefix = Word { native, key, ..first.clone() };
            return std::iter::once(prefix).chain(rest.iter().cloned()).collect();
        }
    }
    words.to_vec()
}
