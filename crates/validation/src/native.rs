//! What is written in more than one way within one script other than Latin.

use crate::random::Random;
use crate::script::of_letter;
use crate::subject::Subject;
use crate::tables::{HAN_FORMS, rows};

fn mapped(name: &str, to: impl Fn(char) -> Option<char>) -> String {
    name.chars().map(|c| to(c).unwrap_or(c)).collect()
}

/// Letters that Arabic and Persian keyboards write differently, and hamza left off its seat.
pub(crate) fn arabic_letters(subject: &Subject<'_>, random: &mut Random) -> Option<String> {
    if subject.script != "Arabic" {
        return None;
    }
    let forms = [
        mapped(subject.name, |c| match c {
            'ي' | 'ى' => Some('ی'),
            'ك' => Some('ک'),
            _ => None,
        }),
        mapped(subject.name, |c| match c {
            'ی' => Some('ي'),
            'ک' => Some('ك'),
            _ => None,
        }),
        mapped(subject.name, |c| match c {
            'أ' | 'إ' | 'آ' => Some('ا'),
            'ة' => Some('ه'),
            'ؤ' => Some('و'),
            'ئ' => Some('ي'),
            _ => None,
        }),
    ];
    let others: Vec<&String> = forms.iter().filter(|form| *form != subject.name).collect();
    random.pick(&others).map(|form| (*form).clone())
}

/// A vowel mark that is mostly left out, put in; or all marks left out where there are some.
pub(crate) fn marks(subject: &Subject<'_>, random: &mut Random) -> Option<String> {
    let (range, added): (std::ops::RangeInclusive<char>, &[char]) = match subject.script {
        "Arabic" => ('\u{064B}'..='\u{0652}', &['\u{064E}', '\u{0650}', '\u{064F}', '\u{0640}']),
        "Hebrew" => ('\u{05B0}'..='\u{05C7}', &['\u{05B7}', '\u{05B4}', '\u{05B8}']),
        _ => return None,
    };
    if subject.name.chars().any(|c| range.contains(&c)) {
        return Some(subject.name.chars().filter(|c| !range.contains(c)).collect());
    }
    let chars: Vec<char> = subject.name.chars().collect();
    let within: Vec<usize> =
        (1..chars.len()).filter(|&i| chars[i].is_alphabetic() && chars[i - 1].is_alphabetic()).collect();
    let at = *random.pick(&within)?;
    Some(chars[..at].iter().chain(&[*random.pick(added)?]).chain(&chars[at..]).collect())
}

/// The Arabic article left out, where three letters stay.
pub(crate) fn arabic_article(subject: &Subject<'_>, random: &mut Random) -> Option<String> {
    let mut words = subject.words();
    let with: Vec<usize> = (0..words.len())
        .filter(|&i| {
            words[i]
                .strip_prefix("ال")
                .is_some_and(|rest| rest.chars().count() > 2 && rest != "له" && rest != "لاه")
        })
        .collect();
    let at = *random.pick(&with)?;
    words[at] = words[at].strip_prefix("ال")?;
    Some(words.join(" "))
}

/// The dots of ё and the breve of й, which typists leave out.
pub(crate) fn cyrillic_marks(subject: &Subject<'_>, _: &mut Random) -> Option<String> {
    let plain = |c| match c {
        'ё' => Some('е'),
        'Ё' => Some('Е'),
        'й' => Some('и'),
        'Й' => Some('И'),
        'ї' => Some('і'),
        'ґ' => Some('г'),
        _ => None,
    };
    (subject.script == "Cyrillic").then(|| mapped(subject.name, plain))
}

/// Simplified characters as traditional ones, or the other way round.
pub(crate) fn han_forms(subject: &Subject<'_>, _: &mut Random) -> Option<String> {
    if subject.script != "Han" {
        return None;
    }
    let first = |cell: &str, c: char| cell.starts_with(c);
    let other = |from: usize, to: usize| {
        mapped(subject.name, |c| {
            rows(HAN_FORMS).find(|row| first(row[from], c)).and_then(|row| row[to].chars().next())
        })
    };
    let traditional = other(0, 1);
    Some(if traditional == subject.name { other(1, 0) } else { traditional })
}

/// A blank after the family name, or the blanks and middle dots left out.
pub(crate) fn blanks(subject: &Subject<'_>, _: &mut Random) -> Option<String> {
    if !matches!(subject.script, "Han" | "Hangul" | "Kana") {
        return None;
    }
    let separates = |c: char| c.is_whitespace() || c == '・' || c == '·';
    if subject.name.contains(separates) {
        return Some(subject.name.chars().filter(|c| !separates(*c)).collect());
    }
    let mut chars = subject.name.chars();
    let first = chars.next().filter(|c| of_letter(*c).is_some())?;
    let rest = chars.as_str();
    (2..=3).contains(&rest.chars().count()).then(|| format!("{first} {rest}"))
}
