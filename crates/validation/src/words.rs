//! Words run together, split, left out, put in, and put in another order.

use crate::random::Random;
use crate::script::{is_alphabet, of_letter};
use crate::subject::{Group, Parts, Subject, bare, is_bound, is_particle};

/// Given names that stand for a middle name nobody listed.
const MIDDLE: &[&str] = &[
    "Robert", "James", "Anne", "Marie", "Ahmed", "Ali", "Jose", "Carlos", "Paul", "Peter", "David", "Maria",
];

const TITLES: &[&str] = &["Mr ", "Mr. ", "Dr. ", "Prof. ", "General ", "Sheikh ", "Haji ", "Hon. ", "Sir "];

const PREFIXES: &[&str] = &["MV ", "M/V ", "MT "];

/// Generic words that a translator or a clerk adds to the name of an organisation.
const ADDED: &[&str] = &[" Group", " International", " Holding", " Company"];

/// Two words written as one, over a blank or a hyphen. The comma of `FAMILY, Given` keeps its words apart.
pub(crate) fn joined(subject: &Subject<'_>, random: &mut Random) -> Option<String> {
    let chars: Vec<char> = subject.name.chars().collect();
    let between = |i: &usize| {
        *i > 0
            && matches!(chars[*i], ' ' | '-')
            && chars[i - 1].is_alphabetic()
            && chars.get(i + 1).is_some_and(|c| c.is_alphabetic())
    };
    let places: Vec<usize> = (0..chars.len()).filter(between).collect();
    let at = *random.pick(&places)?;
    Some(chars.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, c)| c).collect())
}

/// All words written as one, of three or more: in the natural order, where there is one.
pub(crate) fn all_joined(subject: &Subject<'_>, _: &mut Random) -> Option<String> {
    let natural = given_first(subject).unwrap_or_else(|| subject.name.to_owned());
    let words: Vec<&str> = natural.split([' ', '-', ',']).filter(|w| !w.is_empty()).collect();
    (words.len() > 2).then(|| words.concat())
}

/// One word written as two, each of three letters or more.
pub(crate) fn split(subject: &Subject<'_>, random: &mut Random) -> Option<String> {
    let chars: Vec<char> = subject.name.chars().collect();
    let mut places = Vec::new();
    let mut start = 0;
    for i in 0..=chars.len() {
        if !chars.get(i).is_some_and(|c| of_letter(*c).is_some_and(is_alphabet)) {
            places.extend((start + 3..i).filter(|at| at + 3 <= i));
            start = i + 1;
        }
    }
    let at = *random.pick(&places)?;
    Some(chars[..at].iter().chain(&[' ']).chain(&chars[at..]).collect())
}

fn natural(parts: &Parts<'_>) -> String {
    [parts.given.join(" "), parts.family.join(" ")].join(" ")
}

fn given_first(subject: &Subject<'_>) -> Option<String> {
    subject.parts().map(|p| natural(&p))
}

/// `FAMILY, Given` as `Given FAMILY`, and a name in the natural order as `Family, Given`.
pub(crate) fn reordered(subject: &Subject<'_>, _: &mut Random) -> Option<String> {
    let parts = subject.parts()?;
    Some(if parts.comma {
        natural(&parts)
    } else {
        format!("{}, {}", parts.family.join(" "), parts.given.join(" "))
    })
}

/// Family name first, without the comma that says so.
pub(crate) fn no_comma(subject: &Subject<'_>, _: &mut Random) -> Option<String> {
    let parts = subject.parts()?;
    Some([parts.family.join(" "), parts.given.join(" ")].join(" "))
}

/// The last word of an organisation's name in front. A legal form stays where it is: nobody writes "Ltd Acme".
pub(crate) fn rotated(subject: &Subject<'_>, _: &mut Random) -> Option<String> {
    let words = subject.words();
    let kept = crate::organizations::form_words(&words);
    let (name, form) = words.split_at(words.len() - kept);
    let (last, rest) = name.split_last()?;
    if subject.group != Group::Organization
        || name.len() < 2
        || name.iter().any(|w| w.contains([',', '(', ')', '.']))
    {
        return None;
    }
    Some([&[*last], rest, form].concat().join(" "))
}

/// All words in an order drawn at random.
pub(crate) fn shuffled(subject: &Subject<'_>, random: &mut Random) -> Option<String> {
    let natural = given_first(subject)?;
    let mut words: Vec<&str> = natural.split_whitespace().collect();
    if words.len() < 3 {
        return None;
    }
    for i in (1..words.len()).rev() {
        words.swap(i, random.below(i + 1));
    }
    Some(words.join(" "))
}

/// Where the middle names stand: after the first given name, no particle, title or initial, not bound by what is before.
fn middles(parts: &Parts<'_>) -> Vec<usize> {
    let given = &parts.given;
    let says = |i: usize| Parts::full(&given[i..=i]) > 0;
    let first = (0..given.len()).find(|&i| says(i));
    (first.map_or(given.len(), |i| i + 1)..given.len())
        .filter(|&i| says(i) && !is_particle(given[i - 1]) && !parts.may_be_syllables())
        .filter(|&i| !given.get(i + 1).is_some_and(|next| is_bound(next)))
        .collect()
}

pub(crate) fn middle_dropped(subject: &Subject<'_>, random: &mut Random) -> Option<String> {
    let parts = subject.parts()?;
    let mut given = parts.given.clone();
    given.remove(*random.pick(&middles(&parts))?);
    (Parts::full(&given) > 0 && Parts::full(&parts.family) > 0).then(|| parts.written(&given, &parts.family))
}

pub(crate) fn middle_added(subject: &Subject<'_>, random: &mut Random) -> Option<String> {
    let parts = subject.parts().filter(|_| subject.script == "Latin")?;
    let new = random.pick(MIDDLE)?;
    let mut given = parts.given.clone();
    given.push(new);
    let known = subject.words().iter().any(|w| bare(w) == bare(new));
    let bound = parts.given.last().is_some_and(|w| is_particle(w));
    let whole = Parts::full(&parts.given) > 0 && Parts::full(&parts.family) > 0;
    (!known && whole && !bound).then(|| parts.written(&given, &parts.family))
}

fn initial(word: &str, random: &mut Random) -> Option<String> {
    let first = word.chars().find(|c| c.is_alphabetic())?;
    let letter: String = first.to_uppercase().collect();
    Some(if random.coin() { format!("{letter}.") } else { letter })
}

/// A middle name as its initial.
pub(crate) fn middle_initial(subject: &Subject<'_>, random: &mut Random) -> Option<String> {
    let parts = subject.parts().filter(|_| is_alphabet(subject.script))?;
    let mut given = parts.given.clone();
    let at = *random.pick(&middles(&parts))?;
    let letter = initial(given[at], random)?;
    given[at] = &letter;
    (Parts::full(&given) > 0).then(|| parts.written(&given, &parts.family))
}

/// The first given name as its initial; `left` is how many full names must stand beside it.
fn first_initial(subject: &Subject<'_>, random: &mut Random, left: impl Fn(usize) -> bool) -> Option<String> {
    let parts = subject.parts().filter(|_| is_alphabet(subject.script))?;
    let mut given = parts.given.clone();
    let bound = given.get(1).is_some_and(|next| is_bound(next));
    let first = given.first().filter(|w| Parts::full(&[**w]) > 0 && !parts.may_be_syllables() && !bound)?;
    let letter = initial(first, random)?;
    given[0] = &letter;
    left(Parts::full(&given) + Parts::full(&parts.family)).then(|| parts.written(&given, &parts.family))
}

pub(crate) fn given_initial(subject: &Subject<'_>, random: &mut Random) -> Option<String> {
    first_initial(subject, random, |left| left > 1)
}

/// One name and an initial are all that is left: "J. Smith" is anybody.
pub(crate) fn initial_and_name(subject: &Subject<'_>, random: &mut Random) -> Option<String> {
    first_initial(subject, random, |left| left == 1)
}

pub(crate) fn all_initials(subject: &Subject<'_>, random: &mut Random) -> Option<String> {
    let parts = subject.parts().filter(|p| is_alphabet(subject.script) && p.given.len() > 1)?;
    let letters = parts.given.iter().map(|w| initial(w, random)).collect::<Option<Vec<_>>>()?;
    let letters: Vec<&str> = letters.iter().map(String::as_str).collect();
    (Parts::full(&parts.family) > 0).then(|| parts.written(&letters, &parts.family))
}

/// A title before the natural order; for ships, a prefix.
pub(crate) fn title_added(subject: &Subject<'_>, random: &mut Random) -> Option<String> {
    if subject.script != "Latin" || subject.has_title() {
        return None;
    }
    match subject.group {
        Group::Person => {
            let name = given_first(subject).unwrap_or_else(|| subject.name.to_owned());
            Some(format!("{}{name}", random.pick(TITLES)?))
        }
        Group::Vessel => Some(format!("{}{}", random.pick(PREFIXES)?, subject.name)),
        _ => None,
    }
}

/// A word of an organisation's name left out, of four or more beside the legal form; never the first.
pub(crate) fn word_dropped(subject: &Subject<'_>, random: &mut Random) -> Option<String> {
    let mut words = subject.words();
    let name = words.len() - crate::organizations::form_words(&words);
    if subject.group != Group::Organization || name < 4 {
        return None;
    }
    let places: Vec<usize> = (1..name).filter(|&i| bare(words[i]).chars().count() > 3).collect();
    words.remove(*random.pick(&places)?);
    Some(words.join(" "))
}

pub(crate) fn word_added(subject: &Subject<'_>, random: &mut Random) -> Option<String> {
    let added = random.pick(ADDED)?;
    let known = subject.words().iter().any(|w| bare(w) == bare(added));
    (subject.group == Group::Organization && subject.script == "Latin" && !known && subject.words().len() > 1)
        .then(|| format!("{}{added}", subject.name))
}
