//! What the eye does not see or passes over: look-alike letters, digits, invisible marks, punctuation, capitals.

use crate::random::Random;
use crate::script::of_letter;
use crate::spelling::cased;
use crate::subject::{Group, Subject, is_caseless};
use crate::tables::{DIGITS, LOOKALIKES, rows};

/// Marks without width: zero-width space, soft hyphen, word joiner.
const INVISIBLE: [char; 3] = ['\u{200B}', '\u{AD}', '\u{2060}'];

/// Letters of the name for which `other` has another character, with their places.
fn places(name: &str, other: impl Fn(char) -> Option<char>) -> Vec<(usize, char)> {
    name.chars().enumerate().filter_map(|(i, c)| other(c).map(|new| (i, new))).collect()
}

fn exchanged(name: &str, places: &[(usize, char)]) -> String {
    let new = |i: usize, c: char| places.iter().find(|(at, _)| *at == i).map_or(c, |(_, new)| *new);
    name.chars().enumerate().map(|(i, c)| new(i, c)).collect()
}

/// The look-alike of a letter in the other alphabet.
fn lookalike(c: char) -> Option<char> {
    rows(LOOKALIKES).find_map(|row| {
        let (latin, cyrillic) = (row[0].chars().next()?, row[1].chars().next()?);
        if c == latin { Some(cyrillic) } else { (c == cyrillic).then_some(latin) }
    })
}

/// One letter of Latin as Cyrillic writes it, or the other way round.
pub(crate) fn one_lookalike(subject: &Subject<'_>, random: &mut Random) -> Option<String> {
    let place = *random.pick(&places(subject.name, lookalike))?;
    Some(exchanged(subject.name, &[place]))
}

/// All letters that have one.
pub(crate) fn all_lookalikes(subject: &Subject<'_>, _: &mut Random) -> Option<String> {
    let places = places(subject.name, lookalike);
    (places.len() > 1).then(|| exchanged(subject.name, &places))
}

fn digit(c: char) -> Option<char> {
    let lower = c.to_ascii_lowercase();
    rows(DIGITS).find(|row| row[0].starts_with(lower)).and_then(|row| row[1].chars().next())
}

/// Not in names with digits of their own: there a digit is a digit.
fn digits(subject: &Subject<'_>) -> Vec<(usize, char)> {
    let people = matches!(subject.group, Group::Person | Group::Organization);
    if people && subject.script == "Latin" && !subject.has_digit() {
        places(subject.name, digit)
    } else {
        Vec::new()
    }
}

/// One letter as a digit: 0liver.
pub(crate) fn one_digit(subject: &Subject<'_>, random: &mut Random) -> Option<String> {
    let place = *random.pick(&digits(subject))?;
    Some(exchanged(subject.name, &[place]))
}

pub(crate) fn all_digits(subject: &Subject<'_>, _: &mut Random) -> Option<String> {
    let places = digits(subject);
    (places.len() > 1).then(|| exchanged(subject.name, &places))
}

/// A mark without width within a word.
pub(crate) fn invisible(subject: &Subject<'_>, random: &mut Random) -> Option<String> {
    let chars: Vec<char> = subject.name.chars().collect();
    let within: Vec<usize> =
        (1..chars.len()).filter(|&i| chars[i].is_alphabetic() && chars[i - 1].is_alphabetic()).collect();
    let at = *random.pick(&within)?;
    let mark = *random.pick(&INVISIBLE)?;
    Some(chars[..at].iter().chain(&[mark]).chain(&chars[at..]).collect())
}

const APOSTROPHES: [char; 7] = ['\'', '’', '‘', '`', '´', 'ʻ', 'ʼ'];

/// Apostrophes and full stops left out, hyphens as blanks. The comma after a family name is another test's.
pub(crate) fn punctuation_dropped(subject: &Subject<'_>, _: &mut Random) -> Option<String> {
    let kept = |c: char| match c {
        '-' | '/' | '_' => Some(' '),
        '.' | '"' | '(' | ')' => None,
        c => Some(c).filter(|c| !APOSTROPHES.contains(c)),
    };
    let text: String = subject.name.chars().filter_map(kept).collect();
    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// An apostrophe in a word of five letters or more, or a hyphen in the place of a blank.
pub(crate) fn punctuation_added(subject: &Subject<'_>, random: &mut Random) -> Option<String> {
    let chars: Vec<char> = subject.name.chars().collect();
    let letter = |i: usize| chars.get(i).is_some_and(|c| c.is_alphabetic());
    let mut found: Vec<(usize, bool)> = Vec::new();
    for (i, &c) in chars.iter().enumerate().skip(1) {
        if c == ' ' && letter(i - 1) && letter(i + 1) {
            found.push((i, true));
        } else if i > 1 && (i - 2..i + 3).all(letter) && of_letter(c) == Some("Latin") {
            found.push((i, false));
        }
    }
    let (at, hyphen) = *random.pick(&found)?;
    let (mark, after) = if hyphen { ('-', at + 1) } else { ('\'', at) };
    Some(chars[..at].iter().chain(&[mark]).chain(&chars[after..]).collect())
}

/// All capitals, all small, or a capital in front of each word.
pub(crate) fn case(subject: &Subject<'_>, random: &mut Random) -> Option<String> {
    if is_caseless(subject.script) {
        return None;
    }
    let title = |word: &str| cased(&word.to_lowercase(), "Xx");
    let forms = [
        subject.name.to_uppercase(),
        subject.name.to_lowercase(),
        subject.words().into_iter().map(title).collect::<Vec<_>>().join(" "),
    ];
    let others: Vec<&String> = forms.iter().filter(|form| *form != subject.name).collect();
    random.pick(&others).map(|form| (*form).clone())
}
