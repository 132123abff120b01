//! Names in Chinese text, which parts no words: what may be a person's name begins with a surname.

use names::{NameKind, parse};

/// Characters of a personal name: a surname of one or two and a given name of one or two.
const LONGEST: usize = 4;

/// Whether a word is written in Han characters.
pub(super) fn is_han(word: &str) -> bool {
    word.chars().next().is_some_and(
        |c| matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'),
    )
}

/// The surname of two characters that a full name of four begins with: 欧阳, or those of husband and wife, 林郑.
pub(super) fn double_surname(name: &str) -> Option<&str> {
    let mut places = name.char_indices().map(|(at, _)| at);
    let end = places.nth(2).filter(|_| places.count() == 1)?;
    name.chars().all(|c| is_han(c.encode_utf8(&mut [0; 4]))).then(|| &name[..end])
}

/// What may be a person's name at the beginning of a text, the longest first.
pub(super) fn names(text: &str) -> impl Iterator<Item = &str> {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(LONGEST);
    let ends: Vec<usize> = ends.collect();
    ends.into_iter().skip(1).rev().map(|end| &text[..end]).filter(|name| is_name(name))
}

/// Whether a surname is told from a given name.
fn is_name(name: &str) -> bool {
    is_han(name) && parse(name, NameKind::Person).tokens.len() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_begins_with_a_surname() {
        assert_eq!(names("林郑月娥出席").collect::<Vec<_>>()[0], "林郑月娥");
        assert!(names("夏宝龙在").any(|name| name == "夏宝龙"));
        assert_eq!(names("的了").count(), 0);
        assert_eq!(double_surname("林郑月娥"), Some("林郑"));
        assert!(double_surname("夏宝龙").is_none() && double_surname("Alex").is_none());
    }
}
