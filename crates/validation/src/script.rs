//! The script of a name, by the blocks of Unicode that its letters lie in. A table of its own: a test of a filter that
//! asks the filter what it is testing would not find its blind spots.

/// First and last code point of a block, and the script. In the order of the code points.
const BLOCKS: &[(u32, u32, &str)] = &[
    (0x0041, 0x02AF, "Latin"),
    (0x0370, 0x03FF, "Greek"),
    (0x0400, 0x052F, "Cyrillic"),
    (0x0530, 0x058F, "Armenian"),
    (0x0590, 0x05FF, "Hebrew"),
    (0x0600, 0x06FF, "Arabic"),
    (0x0750, 0x077F, "Arabic"),
    (0x08A0, 0x08FF, "Arabic"),
    (0x0900, 0x097F, "Devanagari"),
    (0x0E00, 0x0E7F, "Thai"),
    (0x10A0, 0x10FF, "Georgian"),
    (0x1100, 0x11FF, "Hangul"),
    (0x1E00, 0x1EFF, "Latin"),
    (0x1F00, 0x1FFF, "Greek"),
    (0x3040, 0x30FF, "Kana"),
    (0x3400, 0x9FFF, "Han"),
    (0xAC00, 0xD7A3, "Hangul"),
    (0xF900, 0xFAFF, "Han"),
    (0xFB1D, 0xFB4F, "Hebrew"),
    (0xFB50, 0xFDFF, "Arabic"),
    (0xFE70, 0xFEFC, "Arabic"),
    (0x20000, 0x3FFFF, "Han"),
];

/// The script of a letter; `None` for what is no letter.
pub(crate) fn of_letter(c: char) -> Option<&'static str> {
    if !c.is_alphabetic() {
        return None;
    }
    let block = BLOCKS.iter().find(|(first, last, _)| (*first..=*last).contains(&u32::from(c)));
    Some(block.map_or("other", |(_, _, script)| script))
}

/// The script of most of a name's letters, the first of them in a tie; "none" for a name without letters. A kanji name
/// with kana is Japanese, but its kanji are Han: the letters decide.
#[must_use]
pub fn script_of(name: &str) -> &'static str {
    let mut counts: Vec<(&'static str, usize)> = Vec::new();
    for script in name.chars().filter_map(of_letter) {
        match counts.iter_mut().find(|(known, _)| *known == script) {
            Some((_, count)) => *count += 1,
            None => counts.push((script, 1)),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max();
    counts.iter().find(|(_, count)| Some(*count) == most).map_or("none", |(script, _)| script)
}

/// Whether a letter stands for a sound, so that one can be left out, added or exchanged by a slip of the pen.
pub(crate) fn is_alphabet(script: &str) -> bool {
    matches!(script, "Latin" | "Greek" | "Cyrillic" | "Armenian" | "Hebrew" | "Arabic" | "Georgian")
}

/// Small letters of an alphabet, from which a wrong one is drawn.
pub(crate) fn letters(script: &str) -> &'static str {
    match script {
        "Greek" => "αβγδεζηθικλμνξοπρστυφχψω",
        "Cyrillic" => "абвгдежзиклмнопрстуфхцчшщыэюя",
        "Armenian" => "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցփքօֆ",
        "Hebrew" => "אבגדהוזחטילמנסעפצקרשת",
        "Arabic" => "ابتجحدرزسصضطعفقلمنهو",
        "Georgian" => "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
        _ => "abcdefghijklmnopqrstuvwxyz",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts() {
        for (name, script) in [
            ("SHIRINKAR, Mohammad", "Latin"),
            ("Łukasz Ñandú", "Latin"),
            ("Путин", "Cyrillic"),
            ("سجاد کاشیان", "Arabic"),
            ("金正恩", "Han"),
            ("김정은", "Hangul"),
            ("トヨタ", "Kana"),
            ("7-28", "none"),
            ("LLC Ромашка", "Cyrillic"),
            ("", "none"),
        ] {
            assert_eq!(script_of(name), script, "{name}");
        }
        assert!(BLOCKS.is_sorted_by(|a, b| a.1 < b.0));
    }
}
