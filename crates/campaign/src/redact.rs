//! What a terminal or a page may show of messages: nothing by which a recipient, or whom a text is about, is known.
//!
//! What fills a slot is hidden whole. What stands in every copy is the sender's, unless all copies went to one person: then
//! name and address are fixed text as well, and of the text only words in small letters are shown.

use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::mining::{Class, Kind, Token, class_of, hash_of, tokens};
use crate::{Message, Piece, SlotKind, Template};

/// Words between a house number and the kind of street: "5 North Old Mill Street".
const STREET_WORDS: usize = 4;

/// Words of a recipient's mail address that are shorter are no name.
const NAME_LETTERS: usize = 3;

/// What is hidden of the words of a mailing, or of one message.
#[derive(Clone, Debug, Default)]
pub struct Redaction {
    /// All copies went to one recipient, or nobody knows to whom.
    one_recipient: bool,
    /// Words of the address of that one.
    names: FxHashSet<u32>,
    /// All addresses, in small letters.
    recipients: FxHashSet<String>,
}

impl Redaction {
    /// For the words of these messages, the copies of one template or one message by itself. A post to nobody in
    /// particular is public, and only addresses in it are hidden.
    pub fn of<'m>(copies: impl IntoIterator<Item = &'m Message>) -> Self {
        let (mut to, mut recipients) = (FxHashSet::default(), FxHashSet::default());
        let mut personal = false;
        for message in copies {
            personal |= message.platform == "mail" || !message.recipients.is_empty();
            let of: Vec<String> = message.recipients.iter().map(|address| address.to_lowercase()).collect();
            to.insert(of.join(" "));
            recipients.extend(of);
        }
        let one_recipient = personal && to.len() < 2;
        let mut names = FxHashSet::default();
        if one_recipient {
            let local = recipients.iter().map(|address| address.split('@').next().unwrap_or_default());
            let words = local.flat_map(|local| local.split(|c: char| !c.is_alphabetic()));
            names.extend(words.filter(|word| word.chars().count() >= NAME_LETTERS).map(hash_of));
        }
        Self { one_recipient, names, recipients }
    }

    /// Fixed words as they may be shown: what is hidden is there, letter by letter, as stars.
    #[must_use]
    pub fn text(&self, text: &str) -> String {
        let mut all = Vec::new();
        tokens(text, 0..text.len(), &mut all);
        let mut shown = String::with_capacity(text.len());
        let mut from = 0;
        for (token, in_address) in all.iter().zip(in_addresses(&all, text)) {
            let word = text.get(token.range()).unwrap_or_default();
            if in_address || self.hides(token, word) {
                shown += text.get(from..token.range().start).unwrap_or_default();
                shown += &hidden(word, token.kind == Kind::Link);
                from = token.range().end;
            }
        }
        shown + text.get(from..).unwrap_or_default()
    }

    fn hides(&self, token: &Token, word: &str) -> bool {
        let in_small_letters = || word.chars().all(|c| !c.is_alphanumeric() || c.is_lowercase());
        match token.kind {
            Kind::Email => self.one_recipient || self.recipients.contains(&word.to_lowercase()),
            Kind::Link => self.one_recipient,
            Kind::Word => self.one_recipient && (!in_small_letters() || self.names.contains(&token.hash)),
            Kind::Mark | Kind::Break => false,
        }
    }

    /// A stretch of one copy: what fills its slots is hidden, the rest is as [`Redaction::text`] shows it.
    #[must_use]
    pub fn stretch(&self, message: &Message, range: Range<usize>, slots: &[Range<usize>]) -> String {
        let words = |range: Range<usize>| message.text.get(range).unwrap_or_default();
        let mut filled: Vec<Range<usize>> = slots
            .iter()
            .map(|slot| slot.start.max(range.start)..slot.end.min(range.end))
            .filter(|slot| !slot.is_empty())
            .collect();
        filled.sort_by_key(|slot| slot.start);
        let (mut shown, mut from) = (String::new(), range.start);
        for slot in filled {
            shown += &self.text(words(from..slot.start.max(from)));
            shown += &hidden(words(slot.start.max(from)..slot.end.max(from)), false);
            from = from.max(slot.end);
        }
        shown + &self.text(words(from..range.end.max(from)))
    }
}

/// For each token whether it is part of a house number, street and flat.
fn in_addresses(all: &[Token], text: &str) -> Vec<bool> {
    let mut within = vec![false; all.len()];
    for (first, number) in
        all.iter().enumerate().filter(|(_, token)| token.kind == Kind::Word && token.digits)
    {
        let line = all[first + 1..].iter().take_while(|token| token.kind == Kind::Word);
        let line: Vec<&Token> = line.take(STREET_WORDS + 1).collect();
        let Some(street) = line.iter().position(|token| class_of(token) == Some(Class::Street)) else {
            continue;
        };
        // "5 Mill Street", not "2 days in the street": what names a street has a capital, or all is written large or small.
        let named = |token: &&Token| {
            let word = text.get(token.range()).unwrap_or_default();
            token.digits || word.starts_with(|c: char| !c.is_lowercase())
        };
        let small = text.get(number.range().end..line[street].range().end).unwrap_or_default();
        if street == 0 || !(line[..street].iter().all(named) || small.chars().all(|c| !c.is_uppercase())) {
            continue;
        }
        let mut last = first + 1 + street;
        // The flat: "Apt 3B", ", # 4".
        let flat = all[last + 1..].iter().take(4).take_while(|token| !token.is_break());
        if let Some(unit) = flat.clone().position(|token| class_of(token) == Some(Class::Unit)) {
            last = (last + 2 + unit).min(all.len() - 1);
        }
        within[first..=last].iter_mut().for_each(|of| *of = true);
    }
    within
}

/// Letters and digits as stars; of a link the host is left, which says nothing of the recipient.
fn hidden(text: &str, is_link: bool) -> String {
    let host = text.find("://").filter(|_| is_link).map_or(0, |scheme| {
        text[scheme + 3..].find(['/', '?', '#']).map_or(text.len(), |end| scheme + 3 + end)
    });
    let stars = text[host..].chars().map(|c| if c.is_alphanumeric() { '*' } else { c });
    text[..host].chars().chain(stars).collect()
}

/// What fills a slot, as it may be shown: letter by letter unseen, so that its shape shows that it is there.
#[must_use]
pub fn hidden_fill(kind: SlotKind, value: &str) -> String {
    hidden(value, kind == SlotKind::Link)
}

impl Template {
    /// What is hidden of the words of its copies.
    #[must_use]
    pub fn redaction(&self, messages: &[Message]) -> Redaction {
        Redaction::of(self.copies.iter().filter_map(|place| messages.get(*place)))
    }

    /// Its pieces as a terminal or a page may show them.
    #[must_use]
    pub fn shown_pieces(&self, messages: &[Message]) -> Vec<Piece> {
        let redaction = self.redaction(messages);
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => Piece::Text(redaction.text(text)),
            Piece::Slot(slot) => Piece::Slot(*slot),
        };
        self.pieces.iter().map(piece).collect()
    }

    /// Its text as a terminal or a page may show it, with the kind of each slot in braces.
    #[must_use]
    pub fn shown_text(&self, messages: &[Message]) -> String {
        self.written(&self.shown_pieces(messages))
    }

    /// What fills the slots of one copy, by bytes of its text.
    #[must_use]
    pub fn fills_of(&self, message: usize) -> Vec<Range<usize>> {
        let fills = self.slots.iter().flat_map(|slot| &slot.fills);
        fills.filter(|fill| fill.message == message).map(|fill| fill.range.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(to: &str, text: &str) -> Message {
        let recipients = if to.is_empty() { Vec::new() } else { vec![to.to_owned()] };
        Message { platform: "mail".to_owned(), recipients, text: text.to_owned(), ..Message::default() }
    }

    #[test]
    fn what_is_hidden() {
        let one = Redaction::of(&[mail("ada.brook@a.example", ""), mail("Ada.Brook@a.example", "")]);
        let two = Redaction::of(&[mail("ada.brook@a.example", ""), mail("hugo@a.example", "")]);
        let post = Redaction::of(&[Message { platform: "post".to_owned(), ..Message::default() }]);
        let check = |redaction: &Redaction, text: &str, wanted: &str| {
            assert_eq!(redaction.text(text), wanted, "{text}");
        };
        // A mailing to one victim: her name and street are fixed text.
        check(
            &one,
            "Ada Brook,\nwe know that you live at 5 Mill Street.",
            "*** *****,\nwe know that you live at * **** ******.",
        );
        check(&one, "ada brook, we come", "*** *****, we come");
        check(
            &one,
            "born 3 May 1970, see https://x.example/r/17",
            "born * *** ****, see https://x.example/*/**",
        );
        // To many: what all have in common is the sender's, but for an address of anybody.
        check(&two, "Ada Brook writes from Saltmere.", "Ada Brook writes from Saltmere.");
        check(
            &two,
            "We meet at 5 Mill Street, Apt 3B, at seven.",
            "We meet at * **** ******, *** **, at seven.",
        );
        check(&two, "Within 2 days go out in the street", "Within 2 days go out in the street");
        check(&two, "write to Hugo@a.example or desk@b.example", "write to ****@*.******* or desk@b.example");
        check(&post, "A goose stood in 12 Old Market Road", "A goose stood in ** *** ****** ****");
        check(&post, "A goose in Saltmere", "A goose in Saltmere");
        check(&Redaction::of(&[mail("", "")]), "Dear Ada", "**** ***");
    }

    #[test]
    fn of_a_stretch_the_slots_are_hidden() {
        let copy = mail("x@a.example", "by 20 May 2024 or we come");
        let many = Redaction::of(&[copy.clone(), mail("y@a.example", "")]);
        let slot = 3..14;
        assert_eq!(many.stretch(&copy, 0..25, std::slice::from_ref(&slot)), "by ** *** **** or we come");
        assert_eq!(many.stretch(&copy, 0..9, std::slice::from_ref(&slot)), "by ** ***");
        assert_eq!(many.stretch(&copy, 15..25, &[slot]), "or we come");
        assert_eq!(many.stretch(&copy, 0..14, &[]), "by 20 May 2024");
    }
}
