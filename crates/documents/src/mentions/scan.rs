//! A text cut into words with their places.

use std::borrow::Cow;
use std::ops::Range;

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    /// `company`
    Small,
    /// `Company`, `McDonald`
    Capital,
    /// `COMPANY`
    Capitals,
    /// Of a script without capitals: سجاد, 金
    None,
    /// `2020`
    Digits,
}

impl Case {
    /// Whether it is written as names are, in a script that has capitals.
    pub(crate) fn is_large(self) -> bool {
        matches!(self, Self::Capital | Self::Capitals)
    }
}

/// What stands between a word and the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    /// Space, a hyphen, the stop of an abbreviation.
    Space,
    /// The end of a line: of a sentence that goes on, or of a name in a list of names.
    Line,
    /// A quotation mark: OOO «Vagner».
    Quote,
    /// A comma.
    Comma,
    /// A bracket, a colon, a semicolon: another thing begins.
    Mark,
    /// The end of a sentence.
    Sentence,
    /// The end of a paragraph, of a table's cell; the beginning of the text.
    Paragraph,
}

/// A word of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    /// Its first byte in the block.
    pub(crate) start: u32,
    /// The byte after its last.
    pub(crate) end: u32,
    /// What stands before it.
    pub(crate) gap: Gap,
    /// How it is written.
    pub(crate) case: Case,
    /// Whether a hyphen at the end of a line was taken out of it.
    pub(crate) rejoined: bool,
}

impl Word {
    pub(crate) fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl Word {
    /// The word as it is read: put together again where the end of a line parted it.
    pub(crate) fn surface<'t>(&self, block: &'t str) -> Cow<'t, str> {
        let text = &block[self.range()];
        if self.rejoined {
            let letters =
                |c: &char| is_letter(*c) || !(c.is_whitespace() || matches!(c, '-' | '\u{AD}' | '>'));
            text.chars().filter(letters).collect()
        } else {
            text.into()
        }
    }
}

/// Bytes of a word and what stands before it, about.
const LETTERS: usize = 5;

/// The words of a block. It is read once, from left to right.
pub(crate) fn scan(block: &str, words: &mut Vec<Word>) {
    words.clear();
    words.reserve(block.len() / LETTERS);
    let mut gap = Gap::Paragraph;
    // Whether the line so far has columns: then the next line is another row, not the rest of a sentence.
    let mut columns = false;
    let mut at = 0;
    while let Some(c) = char_at(block, at) {
        if is_letter(c) {
            let (word, behind) = word_at(block, at, gap);
            words.push(word);
            (gap, at) = (Gap::Space, behind);
            continue;
        }
        let next = at + c.len_utf8();
        // Between most words stands one space.
        if c == ' ' && block.as_bytes().get(next) != Some(&b' ') {
            at = next;
            continue;
        }
        let possessive = matches!(c, '\'' | '’') && is_possessive(&block[next..]);
        if possessive {
            // Whose it is ends here, what it is begins.
            gap = gap.max(Gap::Mark);
        }
        if is_column_gap(block, at) {
            (columns, gap) = (true, gap.max(Gap::Mark));
        }
        if c == '\n' && std::mem::take(&mut columns) {
            gap = gap.max(Gap::Mark);
        }
        gap = gap.max(gap_of(c, block, at, words.last()));
        at = next + usize::from(possessive);
    }
}

/// The word that begins with the letter at `at`, and where the text goes on behind it.
fn word_at(block: &str, at: usize, gap: Gap) -> (Word, usize) {
    let bytes = block.as_bytes();
    let (mut shape, mut rejoined) = (Shape::default(), false);
    // Most words are ASCII letters and nothing else.
    let mut next = shape.add_ascii(bytes, at);
    let mut end = next;
    while let Some(c) = char_at(block, next) {
        if is_letter(c) {
            let joined = next > at && !(c.is_ascii() && bytes[next - 1].is_ascii());
            if joined && parts_scripts(block[..next].chars().next_back(), c) {
                break;
            }
            shape.add(c);
            next += c.len_utf8();
            next = if c.is_ascii() { shape.add_ascii(bytes, next) } else { next };
            end = next;
        } else if let Some(width) = joiner(c, block, next) {
            rejoined |= c == '-' || c == '\u{AD}';
            // What joins is passed over up to the letter behind it.
            next += width;
        } else {
            break;
        }
    }
    (Word { start: at as u32, end: end as u32, gap, case: shape.case(), rejoined }, next)
}

/// The character at a place of a text.
fn char_at(text: &str, at: usize) -> Option<char> {
    let byte = *text.as_bytes().get(at)?;
    if byte.is_ascii() { Some(byte.into()) } else { text[at..].chars().next() }
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || (!c.is_ascii() && (c.is_alphanumeric() || is_mark(c)))
}

/// Whether Chinese and Latin letters meet: 又作Li is two words.
fn parts_scripts(before: Option<char>, c: char) -> bool {
    let han = |c: char| matches!(c, '\u{3400}'..='\u{9FFF}');
    let latin = |c: char| c.is_ascii_alphabetic();
    (han(c) && before.is_some_and(latin)) || (latin(c) && before.is_some_and(han))
}

/// Marks that belong to the letter before: harakat, nukta, combining accents.
fn is_mark(c: char) -> bool {
    matches!(u32::from(c), 0x300..=0x36F | 0x591..=0x5C7 | 0x610..=0x61A | 0x64B..=0x65F | 0x670 | 0x640 | 0x900..=0x903 | 0x93A..=0x94F)
}

/// Whether a text begins with the rest of a possessive: Iran's, Iran’s.
fn is_possessive(rest: &str) -> bool {
    rest.strip_prefix(['s', 'S']).is_some_and(|rest| !rest.starts_with(is_letter))
}

/// ASCII marks that may join the letters around them.
const JOINERS: [char; 4] = ['\'', '`', '.', '-'];

/// Whether the mark at `at` joins the letters around it, and up to which byte: an apostrophe that is no possessive, an
/// invisible mark, a hyphen at the end of a line before a small letter.
fn joiner(c: char, block: &str, at: usize) -> Option<usize> {
    if c.is_ascii() && !JOINERS.contains(&c) {
        return None;
    }
    let rest = &block[at + c.len_utf8()..];
    let next = rest.chars().next()?;
    match c {
        // The zero-width non-joiner stands within a Persian compound, which a list may write as one word.
        '\u{200B}' | '\u{200C}' | '\u{200D}' | '\u{2060}' | '\u{FEFF}' => {
            is_letter(next).then_some(c.len_utf8())
        }
        '\'' | '’' | 'ʼ' | '`' | 'ʿ' | 'ʾ' if is_letter(next) => {
            (!is_possessive(rest)).then_some(c.len_utf8())
        }
        // Blender.io, example.org: the address is the name.
        '.' if next.is_ascii_lowercase() => {
            let end = rest.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(rest.len());
            let before = block[..at].chars().next_back().is_some_and(char::is_alphabetic);
            let ends = rest[end..].chars().next().is_none_or(|c| !is_letter(c));
            (before && ends && (2..=3).contains(&end) && !is_initial(&block[..at])).then_some(1)
        }
        '-' | '\u{AD}' => {
            let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
            let line = rest[blank..].strip_prefix("\r\n").or(rest[blank..].strip_prefix('\n'));
            if c == '\u{AD}' && is_letter(next) {
                return Some(c.len_utf8());
            }
            let below = line?.trim_start_matches([' ', '\t', '>']);
            let first = below.chars().next()?;
            let parts = first.is_lowercase() && block[..at].ends_with(char::is_lowercase);
            parts.then(|| block.len() - below.len() - at)
        }
        _ => None,
    }
}

/// Whether three spaces begin here within a line, as between the columns of a table. Two stand between sentences.
fn is_column_gap(block: &str, at: usize) -> bool {
    let within = at > 0 && !block[..at].ends_with(['\n', ' ', '\t']);
    within && block[at..].starts_with("   ") && !block[at..].trim_start_matches(' ').starts_with(['\n', '\r'])
}

/// Whether a text ends with a letter that stands alone: `S.a`.
fn is_initial(text: &str) -> bool {
    let mut last = text.chars().rev();
    last.next();
    last.next().is_none_or(|c| !is_letter(c))
}

fn gap_of(c: char, block: &str, at: usize, before: Option<&Word>) -> Gap {
    let rest = &block[at + c.len_utf8()..];
    match c {
        '\n' => {
            // A blank line, or a line that begins a list's item or a quoted paragraph.
            let blank = rest.trim_start_matches([' ', '\t', '\r', '>']);
            if blank.starts_with('\n') || blank.starts_with(['*', '•', '#', '|']) || blank.starts_with("- ")
            {
                Gap::Paragraph
            } else {
                Gap::Line
            }
        }
        '\t' | '|' | '\u{C}' | '\u{2029}' => Gap::Paragraph,
        ',' | '،' | '，' | '、' => Gap::Comma,
        '.' => {
            let next = rest.chars().next();
            let initial = before.is_some_and(|word| {
                let letters = block[word.range()].chars().count();
                // "Grace 1. Royal": a number ends a sentence, an initial does not.
                let initial = letters == 1 && word.case != Case::Digits;
                word.end as usize == at && (initial || is_abbreviation(&block[word.range()]))
            });
            match next {
                Some(next) if is_letter(next) && !initial => {
                    // `election.Intelligence` is two sentences, `example.org` is an address.
                    if next.is_uppercase() { Gap::Sentence } else { Gap::Mark }
                }
                _ if initial => Gap::Space,
                _ => Gap::Sentence,
            }
        }
        '!' | '?' | '。' | '！' | '？' | '؟' | '।' | '…' => Gap::Sentence,
        '"' | '“' | '”' | '„' | '«' | '»' | '‹' | '›' | '\'' | '’' | '‘' => Gap::Quote,
        ' ' | '-' | '\r' | '&' | '\u{A0}' | '\u{200C}' | '‐' | '‑' | '·' | '・' => Gap::Space,
        c if c.is_whitespace() => Gap::Space,
        _ => Gap::Mark,
    }
}

/// Titles and words before names that end in a full stop.
fn is_abbreviation(word: &str) -> bool {
    const ABBREVIATIONS: [&str; 26] = [
        "mr", "mrs", "ms", "dr", "prof", "gen", "col", "maj", "capt", "lt", "sgt", "adm", "brig", "st", "sr",
        "jr", "rev", "hon", "gov", "sen", "rep", "pres", "messrs", "mt", "vs", "no",
    ];
    let word = word.to_lowercase();
    ABBREVIATIONS.contains(&&*word)
}

#[derive(Default)]
struct Shape {
    first_large: Option<bool>,
    large: u32,
    small: u32,
    letters: bool,
}

impl Shape {
    fn add(&mut self, c: char) {
        let (large, small) = if c.is_ascii() {
            (c.is_ascii_uppercase(), c.is_ascii_lowercase())
        } else {
            (c.is_uppercase(), c.is_lowercase())
        };
        self.letters |= !c.is_numeric();
        if large || small {
            self.first_large.get_or_insert(large);
            self.large += u32::from(large);
            self.small += u32::from(small);
        }
    }

    /// Adds the ASCII letters and digits from `at` on. Returns where they end.
    fn add_ascii(&mut self, bytes: &[u8], at: usize) -> usize {
        let length = bytes[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let letters = &bytes[at..at + length];
        let count = |is: fn(&u8) -> bool| letters.iter().filter(|byte| is(byte)).count() as u32;
        let (large, small) = (count(u8::is_ascii_uppercase), count(u8::is_ascii_lowercase));
        self.letters |= large + small > 0;
        if self.first_large.is_none() {
            // Digits, then letters: which of them is first tells.
            let first = letters.iter().find(|byte| byte.is_ascii_alphabetic());
            self.first_large = first.map(u8::is_ascii_uppercase);
        }
        (self.large, self.small) = (self.large + large, self.small + small);
        at + length
    }

    fn case(&self) -> Case {
        match self.first_large {
            None if self.letters => Case::None,
            None => Case::Digits,
            Some(_) if self.small == 0 && self.large > 1 => Case::Capitals,
            Some(true) => Case::Capital,
            // iPhone, al-Qaida's own word `alQaida`: a capital within is as good.
            Some(false) if self.large > 0 => Case::Capital,
            Some(false) => Case::Small,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rows: &[(&str, &str)]) {
        for (text, expected) in rows {
            let mut words = Vec::new();
            scan(text, &mut words);
            let gap = |word: &Word| match word.gap {
                Gap::Space => " ",
                Gap::Line => " / ",
                Gap::Quote => " ~ ",
                Gap::Comma => ", ",
                Gap::Mark => " : ",
                Gap::Sentence => " . ",
                Gap::Paragraph => " | ",
            };
            let shown: String = words.iter().map(|w| format!("{}{}", gap(w), &text[w.range()])).collect();
            assert_eq!(shown.trim_start_matches(" | "), *expected, "{text}");
        }
    }

    #[test]
    fn words_and_what_stands_between() {
        check(&[
            ("The company’s manager, Mohammad", "The company : manager, Mohammad"),
            ("electoral process.Intelligence report", "electoral process . Intelligence report"),
            ("J. R. Smith of S.A. Example", "J R Smith of S A Example"),
            ("Mr. Kazemi left. He", "Mr Kazemi left . He"),
            ("mail info@example.org now", "mail info : example.org now"),
            ("Shirin-\n   kar and Al-\nQaida", "Shirin-\n   kar and Al / Qaida"),
            ("O’Brien 'Abd al-'Aziz", "O’Brien ~ Abd al ~ Aziz"),
            ("the Grace 1. Royal", "the Grace 1 . Royal"),
            ("one\n\ntwo\nthree", "one | two / three"),
            ("شیرین\u{200C}کار", "شیرین\u{200C}کار"),
            ("又作Li Jia是李家超", "又作 Li Jia 是李家超"),
        ]);
    }
}
