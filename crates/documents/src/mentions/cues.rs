//! Words right before a name that say that it is not the party named so before: another Derkach, the battleship Potemkin.

use std::sync::LazyLock;

use names::Role;
use rustc_hash::FxHashMap;

use super::language::is_function_word_of;
use super::lexicon::roles_in_organization;
use crate::tables::rows;

const TABLE: &str = include_str!("../../data/name_cues.tsv");

/// What the word before a name says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cue {
    /// Somebody else bears the name.
    Another,
    /// A full name is introduced anew, in this language.
    Article(&'static str),
    /// The name as such is meant.
    Word,
    /// A place bears the name.
    Place,
    /// A firm or a work bears the name.
    Thing,
    /// A ship or an aircraft bears the name.
    Ship,
    /// A title: the name is that of its bearer.
    Title,
}

/// By word: what it says, and whether only of a name in quotation marks.
static CUES: LazyLock<FxHashMap<&'static str, (Cue, bool)>> = LazyLock::new(|| {
    let of = |row: &'static str| {
        let mut cells = row.split('\t');
        let (means, of) = (cells.next()?, cells.next()?);
        let cue = match means {
            "article" => Cue::Article(of),
            "another" => Cue::Another,
            "word" => Cue::Word,
            "place" => Cue::Place,
            "thing" => Cue::Thing,
            "ship" => Cue::Ship,
            "title" => Cue::Title,
            _ => return None,
        };
        Some((cells.next()?, (cue, of == "quoted")))
    };
    rows(TABLE).filter_map(of).collect()
});

const QUOTES: [char; 12] = ['"', '“', '”', '„', '«', '»', '‹', '›', '\'', '’', '‘', '「'];

/// What the word before the name at `start` says of it.
pub(super) fn before(block: &str, start: usize) -> Option<Cue> {
    let head = block[..start].trim_end();
    let unquoted = head.trim_end_matches(QUOTES).trim_end();
    let (rest, word) = last_word(unquoted)?;
    let say = |word: &str| CUES.get(word.to_lowercase().as_str()).copied();
    if let Some((cue, quoted)) = say(word) {
        return (!quoted || unquoted.len() < head.len()).then_some(cue);
    }
    // "The villages of Potemkin": only places are called after somebody so; his firms are his.
    let of = matches!(word, "of" | "de").then(|| last_word(rest)).flatten()?;
    say(of.1).map(|(cue, _)| cue).filter(|cue| *cue == Cue::Place)
}

/// The acronym that brackets behind a name introduce, over a legal form: "KT Services Company Limited (KTSL)".
pub(super) fn acronym_behind(block: &str, end: usize) -> Option<Box<str>> {
    let reach = block.floor_char_boundary(end + LEGAL_FORM + 2 * ACRONYM);
    let (form, rest) = block[end..reach].split_once('(')?;
    // ("MTC"), (or MTC), (the "MTC").
    let (inside, _) = rest.split_once(')')?;
    let acronym = inside.split(' ').next_back()?.trim_matches(QUOTES);
    let of_form = |role: &Role| matches!(role, Role::LegalForm | Role::Generic);
    let form_alone = roles_in_organization(form).iter().all(of_form);
    let letters = (2..=ACRONYM).contains(&acronym.len()) && acronym.chars().all(char::is_uppercase);
    (form_alone && letters).then(|| acronym.into())
}

/// Letters of an acronym, at most.
const ACRONYM: usize = 10;

/// Bytes of a legal form, about, that a name may go without: Public Company Limited.
const LEGAL_FORM: usize = 40;

/// Whether it is told apart from others of the name: "the Mahdavi who plays the santur" is not the one whom the text has named.
pub(super) fn is_told_apart(block: &str, range: &std::ops::Range<usize>) -> bool {
    let article = || {
        last_word(block[..range.start].trim_end()).is_some_and(|(_, word)| word.eq_ignore_ascii_case("the"))
    };
    let next = block[range.end..].strip_prefix(' ').unwrap_or_default();
    let relative = next.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    matches!(relative, "who" | "whom" | "whose") && article()
}

/// Whether what stands there is in quotation marks by itself: a word that is spoken of.
pub(super) fn is_quoted(block: &str, range: &std::ops::Range<usize>) -> bool {
    block[..range.start].ends_with(QUOTES) && block[range.end..].starts_with(QUOTES)
}

/// Whether a name that an article of a language introduces ends where it does: "a Nazem Ahmad who", not "a Nazem Ahmad
/// gallery", and not Spanish "a Nazem Ahmad le", where it is no article.
pub(super) fn ends_there(block: &str, end: usize, language: &str) -> bool {
    let word = block[end..].trim_start().split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    is_function_word_of(language, word)
}

/// A text that ends with a word, and that word.
fn last_word(text: &str) -> Option<(&str, &str)> {
    let start = text.trim_end_matches(char::is_alphanumeric).len();
    (start < text.len()).then(|| (text[..start].trim_end(), &text[start..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read() {
        assert_eq!(CUES.len(), rows(TABLE).count());
    }

    #[test]
    fn what_stands_before_a_name() {
        let rows = [
            ("and another Vardanov came", Some(Cue::Another)),
            ("there is a Vardanov who", Some(Cue::Article("en"))),
            ("the surname “Vardanov” is", Some(Cue::Word)),
            ("the villages of Vardanov", Some(Cue::Place)),
            ("the firms of Vardanov", None),
            ("the battleship Vardanov", Some(Cue::Ship)),
            ("самолёт «Vardanov»", Some(Cue::Ship)),
            ("самолёт Vardanov", None),
            ("سردار Vardanov", Some(Cue::Title)),
            ("said Vardanov", None),
            ("Vardanov", None),
        ];
        for (text, expected) in rows {
            let start = text.find("Vardanov").unwrap_or_default();
            assert_eq!(before(text, start), expected, "{text}");
        }
        assert_eq!(acronym_behind("KT Services Co., Ltd. (KTSL) leases", 11).as_deref(), Some("KTSL"));
        assert_eq!(acronym_behind("KT Services (the “KTSL”) leases", 11).as_deref(), Some("KTSL"));
        assert_eq!(acronym_behind("KT Services leases (KTSL)", 11), None);
        assert!(is_told_apart("and the Vardanov who sings", &(8..16)));
        assert!(!is_told_apart("and Vardanov, who sings", &(4..12)));
        assert!(is_quoted("so “Vardanov” is", &(6..14)));
        assert!(ends_there("a Vardanov who", 10, "en") && !ends_there("a Vardanov gallery", 10, "en"));
    }
}
