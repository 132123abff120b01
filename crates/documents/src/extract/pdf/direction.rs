//! Lines of scripts that run from right to left, from the order in which they are drawn to the order in which they are read.
//!
//! A PDF holds glyphs at places. Most programs draw a line from its left edge on, so that Arabic, Persian and Hebrew come
//! out backwards, and the letters of Arabic as the forms that they have at the start, in the middle and at the end of a
//! word. Some draw them in the order of reading. Which of them a page was made by, its words tell.

use icu_normalizer::ComposingNormalizerBorrowed;
use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};

/// A line of a page.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// Its characters in the order in which they are drawn.
    pub(super) text: String,
    /// Of neighbours that run from right to left: how many were drawn rightwards, less those drawn leftwards.
    pub(super) rightwards: i64,
    /// An empty line stands before it.
    pub(super) paragraph: bool,
}

pub(super) fn is_right_to_left(c: char) -> bool {
    matches!(bidi_class(c), BidiClass::R | BidiClass::AL)
}

/// Puts the lines of a page into the order of reading.
pub(super) fn in_order(lines: &mut [Line]) {
    let page: i64 = lines.iter().map(|line| backwards(&line.text)).sum();
    for line in lines {
        // What tells of a line is its own words, else those of its page. Where none tells, what is drawn rightwards is
        // backwards.
        let own = backwards(&line.text);
        let told = if own == 0 { page } else { own };
        if line.rightwards > 0 && told >= 0 {
            line.text = turned(&line.text);
        }
        if line.text.chars().any(is_form) {
            line.text = without_forms(&line.text);
        }
    }
}

/// Letters that only end a word: teh marbuta, and the final forms of Hebrew.
const FINAL: [char; 6] = ['\u{629}', '\u{5DA}', '\u{5DD}', '\u{5DF}', '\u{5E3}', '\u{5E5}'];

/// The article of Arabic, which starts words, and the small words of Arabic, Persian and Hebrew that make up a tenth of any
/// text and mean nothing backwards.
const ARTICLE: &str = "\u{627}\u{644}";
const SMALL: [&str; 9] = ["من", "في", "على", "إلى", "از", "به", "که", "את", "של"];

/// How much tells that a line stands backwards, less what tells that it does not.
fn backwards(line: &str) -> i64 {
    let mut told = 0;
    for word in line.split(|c: char| !is_right_to_left(c)).filter(|word| !word.is_empty()) {
        // Forms are chosen for the eye, by programs that think in what is drawn.
        told += i64::from(word.chars().any(is_arabic_form));
        let reversed: String = word.chars().rev().collect();
        let read = |word: &str| {
            let ends = word.chars().count() > 1 && word.ends_with(FINAL);
            let starts = word.chars().count() > 4 && word.starts_with(ARTICLE);
            i64::from(ends) + i64::from(starts) + i64::from(SMALL.contains(&word))
        };
        told += read(&reversed) - read(word);
    }
    told
}

/// Presentation forms: ligatures of Latin, Hebrew and Arabic, and the shapes of Arabic letters.
fn is_form(c: char) -> bool {
    matches!(c, '\u{FB00}'..='\u{FB4F}') || is_arabic_form(c)
}

fn is_arabic_form(c: char) -> bool {
    matches!(c, '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

/// The bidirectional algorithm (UAX 9) turns what is read into what is drawn. Done again, it turns it back.
fn turned(line: &str) -> String {
    let (mut right, mut left) = (0, 0);
    for c in line.chars() {
        match bidi_class(c) {
            BidiClass::R | BidiClass::AL => right += 1,
            BidiClass::L => left += 1,
            _ => {}
        }
    }
    let base = if right > left { Level::rtl() } else { Level::ltr() };
    let info = BidiInfo::new(line, Some(base));
    let mut out = String::with_capacity(line.len());
    for paragraph in &info.paragraphs {
        let (levels, runs) = info.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            if levels[run.start].is_rtl() {
                out.extend(line[run].chars().rev().map(mirrored));
            } else {
                out.push_str(&line[run]);
            }
        }
    }
    out
}

/// Brackets are drawn as they look, and read as they open and close.
fn mirrored(c: char) -> char {
    match c {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '{' => '}',
        '}' => '{',
        '<' => '>',
        '>' => '<',
        '«' => '»',
        '»' => '«',
        c => c,
    }
}

fn without_forms(line: &str) -> String {
    let normalizer = ComposingNormalizerBorrowed::new_nfkc();
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        if is_form(c) {
            out.push_str(&normalizer.normalize(c.encode_utf8(&mut [0; 4])));
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(drawn: &str, rightwards: i64) -> String {
        let mut lines = [Line { text: drawn.to_owned(), rightwards, paragraph: false }];
        in_order(&mut lines);
        std::mem::take(&mut lines[0].text)
    }

    #[test]
    fn lines_are_read() {
        let rows = [
            // Forms, drawn from the left.
            (".ﺪﻨﺘﻓﺮﮔ ﺖﺳﺮﻬﻓ رد ﯽﻤﻇﺎﮐ ﺪﯿﺳ", 20, "سید کاظمی در فهرست گرفتند."),
            // Numbers and words of other scripts keep their order.
            (".2021 ﺮﺒﻤﻓﻮﻧ 18 ﻲﻓ ﺔﻤﺋﺎﻘﻟا ﻰﻠﻋ", 20, "على القائمة في 18 نوفمبر 2021."),
            (
                "Mixed: ﯽﻤﻇﺎﮐ ﺪﯿﺳ (born 1997) in The Treasury",
                9,
                "Mixed: سید کاظمی (born 1997) in The Treasury",
            ),
            ("(1997) ﯽﻤﻇﺎﮐ", 5, "کاظمی (1997)"),
            // A ligature is one form and two letters.
            ("ﺔﻴﻜﻳﺮﻣﻷا", 8, "الأمريكية"),
            // No forms: a final letter at the start of a word, and one at its end.
            ("והינתנ ןימינב", 11, "בנימין נתניהו"),
            ("ةمئاقلا يف", 8, "في القائمة"),
            ("في القائمة", 8, "في القائمة"),
            ("سید محمد به فهرست", 12, "سید محمد به فهرست"),
            // Drawn from the right: already in order.
            ("بنيامين", -6, "بنيامين"),
            ("Griﬃth ﬁrst", 0, "Griffith first"),
            ("Пригожин (x)", 0, "Пригожин (x)"),
            ("", 0, ""),
        ];
        for (drawn, rightwards, expected) in rows {
            assert_eq!(read(drawn, rightwards), expected, "{drawn}");
        }
    }
}
