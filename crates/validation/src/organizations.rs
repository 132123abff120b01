//! What comes and goes in the names of organisations and ships: legal forms, numbers, articles.

use crate::random::Random;
use crate::spelling::{cased, exchanged, pieces};
use crate::subject::{Group, Subject, bare};
use crate::tables::{LEGAL_FORMS, NUMBERS, rows};

/// How many of the last words are a legal form, abbreviated or written out; the longest one.
pub(crate) fn form_words(words: &[&str]) -> usize {
    let keys: Vec<String> = words.iter().map(|w| bare(w)).collect();
    // Written apart ("Co., Ltd.") and with stops in between ("S.A. DE C.V.") alike.
    let of = |form: &str| {
        let length = form.split(' ').count();
        (length < keys.len() && keys[keys.len() - length..].join(" ") == form).then_some(length)
    };
    rows(LEGAL_FORMS).flat_map(|row| [of(row[0]), of(row[1])]).flatten().max().unwrap_or(0)
}

/// The name before its legal form, and the form.
fn apart<'a>(subject: &Subject<'a>) -> Option<(String, Vec<&'a str>)> {
    let words = subject.words();
    let form = form_words(&words);
    if subject.group != Group::Organization || form == 0 {
        return None;
    }
    let (name, form) = words.split_at(words.len() - form);
    Some((name.join(" ").trim_end_matches([',', ' ']).to_owned(), form.to_vec()))
}

/// Abbreviated where it is written out, and the other way round.
pub(crate) fn form_written(subject: &Subject<'_>, random: &mut Random) -> Option<String> {
    let (name, form) = apart(subject)?;
    let key = form.iter().map(|w| bare(w)).collect::<Vec<_>>().join(" ");
    let mut others: Vec<&str> = Vec::new();
    for row in rows(LEGAL_FORMS) {
        if row[0] == key {
            others.push(row[1]);
        } else if row[1] == key {
            others.push(row[0]);
        }
    }
    let shouted = subject.name == subject.name.to_uppercase();
    random.pick(&others).map(|other| {
        let short = other.len() <= 5;
        format!("{name} {}", if shouted || short { other.to_uppercase() } else { (*other).to_owned() })
    })
}

/// Left out, where what is left is two words or a word of five letters.
pub(crate) fn form_dropped(subject: &Subject<'_>, _: &mut Random) -> Option<String> {
    let (name, _) = apart(subject)?;
    let words: Vec<String> = name.split_whitespace().map(bare).filter(|w| !w.is_empty()).collect();
    (words.len() > 1 || words.first().is_some_and(|w| w.chars().count() >= 5)).then_some(name)
}

/// A number in another way of writing it: 1, One, I; 1st, First. Single Roman letters are read as numbers only at the
/// end of a name, where there is something else before them.
pub(crate) fn number(subject: &Subject<'_>, random: &mut Random) -> Option<String> {
    if subject.group == Group::Person || subject.group == Group::Aircraft || subject.name.contains('.') {
        return None;
    }
    let words = pieces(subject.name);
    let mut found = Vec::new();
    for (at, piece) in &words {
        let key = piece.to_lowercase();
        let last = *at + piece.len() == subject.name.len() && words.len() > 1;
        for row in rows(NUMBERS) {
            let [digits, word, roman, ordinal, ordinal_word] = row[..] else { continue };
            // Digits beside a hyphen or another number are a designation ("7-28"), not a count.
            let alone = !subject.name[..*at].ends_with(['-', '/'])
                && !subject.name[at + piece.len()..].starts_with(['-', '/']);
            let capitals = *piece == piece.to_uppercase();
            let others: &[&str] = match () {
                () if key == digits && alone => &[word, roman],
                () if key == word => &[digits],
                () if key == roman && (roman.len() > 1 || last) && capitals => &[digits, word],
                () if key == ordinal => &[ordinal_word],
                () if key == ordinal_word => &[ordinal],
                () => &[],
            };
            // A Roman figure is read as one only at the end of a name.
            let written = others.iter().filter(|o| **o != roman || last);
            found.extend(written.map(|o| {
                (
                    *at,
                    *piece,
                    if *o == roman {
                        o.to_uppercase()
                    } else {
                        cased(o, if piece.chars().all(char::is_numeric) { subject.name } else { piece })
                    },
                )
            }));
        }
    }
    let (at, piece, other) = random.pick(&found)?;
    Some(exchanged(subject.name, (*at, piece), other))
}

/// `and` as `&` and the other way round; else "The" in front.
pub(crate) fn article(subject: &Subject<'_>, _: &mut Random) -> Option<String> {
    if subject.group != Group::Organization || subject.script != "Latin" {
        return None;
    }
    let words = subject.words();
    let known = |word: &str| words.iter().any(|w| w.eq_ignore_ascii_case(word));
    let with = |from: &str, to: &str| {
        let new = |w: &&str| if w.eq_ignore_ascii_case(from) { cased(to, w) } else { (*w).to_owned() };
        Some(words.iter().map(new).collect::<Vec<_>>().join(" "))
    };
    if known("and") {
        with("and", "&")
    } else if known("&") {
        with("&", "and")
    } else if known("the") {
        Some(words.iter().filter(|w| !w.eq_ignore_ascii_case("the")).copied().collect::<Vec<_>>().join(" "))
    } else if words.len() > 1 {
        Some(format!("The {}", subject.name))
    } else {
        None
    }
}
