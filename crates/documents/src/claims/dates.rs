//! Dates: "3 May 2020", "since 2017", "Thursday".

use super::chunks::{Builder, same};
use super::lexicon::{Class, Tag};
use super::tokens::Mark;

impl Builder<'_> {
    /// How many tokens the date has that begins here.
    pub(crate) fn date(&self, at: usize, tags: &[Tag]) -> Option<usize> {
        let month = |at| self.look_up(at).is_some_and(|(tags, _)| tags.contains(&Tag::Class(Class::Month)));
        let capital = |at| self.word(at).starts_with(char::is_uppercase);
        let day = |at| {
            let number = self.word(at).trim_end_matches(|c: char| c.is_ascii_lowercase());
            number.len() <= 2 && number.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day))
        };
        let year = |at| {
            let word = self.word(at);
            word.len() == 4 && word.parse::<u16>().is_ok_and(|year| (1900..2100).contains(&year))
        };
        let with_year = |length: usize| {
            let comma =
                usize::from(self.tokens.get(at + length).is_some_and(|token| token.mark == Mark::Comma));
            if year(at + length + comma) { length + comma + 1 } else { length }
        };
        let word = self.word(at);
        let first = word.chars().next()?;
        if first.is_ascii_digit() {
            let iso = word.len() == 10 && word.as_bytes()[4] == b'-' && word.as_bytes()[7] == b'-';
            if iso {
                return Some(1);
            }
            if day(at) && month(at + 1) && capital(at + 1) {
                return Some(with_year(2));
            }
            let before = self.tokens.get(at.wrapping_sub(1)).map(|token| &self.text[token.start..token.end]);
            let leads = |word: &str| {
                ["in", "since", "until", "of", "by", "from", "for", "before", "after"]
                    .iter()
                    .any(|w| same(word, w))
            };
            return (year(at) && before.is_some_and(leads)).then_some(1);
        }
        let own = |class| tags.contains(&Tag::Class(class));
        if own(Class::Preposition) && same(word, "between") && year(at + 1) && year(at + 3) {
            return Some(4);
        }
        if !first.is_uppercase() {
            return (own(Class::Weekday) && ["today", "yesterday"].contains(&word)).then_some(1);
        }
        if own(Class::Month) {
            let days = usize::from(day(at + 1));
            let length = with_year(1 + days);
            return (length > 1).then_some(length);
        }
        own(Class::Weekday).then_some(1)
    }
}
