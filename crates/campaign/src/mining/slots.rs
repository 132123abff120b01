//! What a gap of a template holds, by what stands in it and beside it.

use rustc_hash::FxHashMap;

use super::tokens::{Kind, Token};
use super::vocabulary::{Class, class_of};
use crate::SlotKind;

/// Share of the copies that have something in a gap, in percent, from which on it is a slot. Fewer: some copies say more.
const LEAST_FILLED: usize = 30;

/// Share of the fills that must be of a kind, in percent. Slips of scanners and people make some look like none.
const LEAST_OF_KIND: usize = 60;

/// Distinct fills that a gap without a telling form must have: fewer are ways to say the same.
const LEAST_DISTINCT: usize = 4;

/// ... and the most frequent of them may have this share, in percent.
const MOST_FREQUENT: usize = 60;

/// What one copy has in a gap.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Filling<'a> {
    pub(crate) tokens: &'a [Token],
    /// The copy's text.
    pub(crate) text: &'a str,
}

/// What stands beside a gap.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Beside {
    /// What the token before is in the table.
    pub(crate) before: Option<Class>,
    /// ... and the token behind.
    pub(crate) after: Option<Class>,
    /// The kind of the slot before, where only marks, a line break or one small word stand between.
    pub(crate) slot_before: Option<SlotKind>,
    /// Whether a line begins with the gap, and ends with it but for a mark.
    pub(crate) own_line: bool,
}

/// The kind of a gap; `None`: it is no slot. `copies`: how many copies were looked at.
pub(crate) fn kind_of(fillings: &[Filling<'_>], copies: usize, beside: Beside) -> Option<SlotKind> {
    let filled: Vec<&Filling<'_>> = fillings.iter().filter(|f| f.tokens.iter().any(Token::is_word)).collect();
    if filled.len() < 2 || filled.len() * 100 < copies * LEAST_FILLED {
        return None;
    }
    let mut counts: FxHashMap<u64, usize> = FxHashMap::default();
    filled.iter().for_each(|f| *counts.entry(value(f.tokens)).or_default() += 1);
    let most = counts.values().copied().max().unwrap_or_default();
    let share = |is: &dyn Fn(&Filling<'_>) -> bool| {
        filled.iter().filter(|f| is(f)).count() * 100 >= filled.len() * LEAST_OF_KIND
    };
    if counts.len() < 2 {
        return None;
    }
    for (kind, is) in TELLING {
        if share(is) {
            return Some(*kind);
        }
    }
    // "{River} Party": there are few parties.
    if beside.after == Some(Class::PartyTail) {
        return Some(SlotKind::Party);
    }
    let varied = counts.len() >= LEAST_DISTINCT && most * 100 <= filled.len() * MOST_FREQUENT;
    if !varied {
        return None;
    }
    let capitals = share(&is_capitalised);
    let place = matches!(beside.slot_before, Some(SlotKind::Address | SlotKind::Place));
    Some(match beside.before {
        _ if place && capitals => SlotKind::Place,
        Some(Class::Greeting) if share(&|f| words(f).count() <= 5) => SlotKind::Name,
        _ if share(&is_name) => SlotKind::Name,
        _ if beside.own_line && capitals && share(&|f| words(f).count() <= 4) => SlotKind::Name,
        _ => SlotKind::Other,
    })
}

/// Kinds that are told by the fill alone.
const TELLING: &[(SlotKind, &dyn Fn(&Filling<'_>) -> bool)] = &[
    (SlotKind::Link, &|f| one(f).is_some_and(|token| token.kind == Kind::Link)),
    (SlotKind::Email, &|f| one(f).is_some_and(|token| token.kind == Kind::Email)),
    (SlotKind::Date, &is_date),
    (SlotKind::Number, &|f| words(f).all(|token| token.digits && !has_letters(token, f.text))),
    (SlotKind::Party, &|f| {
        words(f).any(|token| matches!(class_of(token), Some(Class::Party | Class::PartyTail)))
    }),
    (SlotKind::Address, &is_address),
];

fn words<'a>(f: &Filling<'a>) -> impl Iterator<Item = &'a Token> {
    f.tokens.iter().filter(|token| token.is_word())
}

fn one<'a>(f: &Filling<'a>) -> Option<&'a Token> {
    let mut words = words(f);
    words.next().filter(|_| words.next().is_none())
}

fn value(tokens: &[Token]) -> u64 {
    tokens.iter().filter(|token| token.is_word()).fold(3, |hash, token| {
        (hash ^ u64::from(token.hash)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(31)
    })
}

fn has_letters(token: &Token, text: &str) -> bool {
    text.get(token.range()).is_some_and(|text| text.chars().any(char::is_alphabetic))
}

/// A day: a month's or a weekday's name with few other words, or numbers parted by strokes or colons.
fn is_date(f: &Filling<'_>) -> bool {
    let named = words(f).any(|token| matches!(class_of(token), Some(Class::Month | Class::Weekday)));
    let digits = words(f).filter(|token| token.digits).count();
    let count = words(f).count();
    let parted = f.tokens.iter().filter(|token| {
        token.kind == Kind::Mark && matches!(f.text.get(token.range()), Some("/" | "-" | ":"))
    });
    named && digits > 0 && count <= 5 || digits == count && count > 1 && parted.count() > 0
}

/// A house number and a street.
fn is_address(f: &Filling<'_>) -> bool {
    let mut each = words(f);
    let number = each.next().is_some_and(|token| token.digits);
    let named = words(f).skip(1).any(|token| !token.digits && token.kind == Kind::Word);
    let street = words(f).any(|token| class_of(token) == Some(Class::Street));
    (number && named || street && words(f).any(|token| token.digits)) && words(f).count() <= 14
}

fn is_capitalised(f: &Filling<'_>) -> bool {
    let mut letters = words(f).filter_map(|token| f.text.get(token.range())?.chars().next());
    words(f).count() <= 6 && letters.all(|c| c.is_uppercase() || c.is_ascii_digit() || !c.is_lowercase())
}

/// Two to four capitalised words without a digit.
fn is_name(f: &Filling<'_>) -> bool {
    (2..=4).contains(&words(f).count()) && is_capitalised(f) && !words(f).any(|token| token.digits)
}

/// Whether a fixed word right beside a slot belongs to what fills it: "May 2024" behind "{23}", "Party" behind "{River}".
pub(crate) fn belongs(kind: SlotKind, token: &Token, text: &str) -> bool {
    let class = class_of(token);
    match kind {
        SlotKind::Party => matches!(class, Some(Class::Party | Class::PartyTail)),
        SlotKind::Date => matches!(class, Some(Class::Month | Class::Weekday)) || is_year(token, text),
        // The number of a day: beside a month it is a date.
        SlotKind::Number => matches!(class, Some(Class::Month)),
        SlotKind::Address => matches!(class, Some(Class::Street | Class::Unit)),
        SlotKind::Other | SlotKind::Name => matches!(class, Some(Class::PartyTail)),
        _ => false,
    }
}

fn is_year(token: &Token, text: &str) -> bool {
    text.get(token.range()).is_some_and(|t| {
        t.len() == 4 && (t.starts_with("19") || t.starts_with("20")) && t.bytes().all(|b| b.is_ascii_digit())
    })
}

/// The part of a stretch that is most likely the fill of a slot, where changed words stand beside it.
pub(crate) fn within<'a>(kind: SlotKind, f: Filling<'a>) -> Option<&'a [Token]> {
    let is = |token: &Token| match kind {
        SlotKind::Link => token.kind == Kind::Link,
        SlotKind::Email => token.kind == Kind::Email,
        SlotKind::Number => token.digits,
        SlotKind::Date => token.digits || matches!(class_of(token), Some(Class::Month | Class::Weekday)),
        SlotKind::Address => token.digits,
        _ => false,
    };
    let first = f.tokens.iter().position(is)?;
    let last = match kind {
        SlotKind::Link | SlotKind::Email => first,
        SlotKind::Address => {
            let ends = |token: &Token| {
                token.is_break() || token.kind == Kind::Mark && f.text.get(token.range()) == Some(",")
            };
            f.tokens[first..].iter().position(ends).map_or(f.tokens.len(), |n| first + n) - 1
        }
        _ => first + f.tokens[first..].iter().take_while(|t| is(t) || t.kind == Kind::Mark).count() - 1,
    };
    f.tokens.get(first..=last)
}
