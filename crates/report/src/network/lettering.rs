//! Names in a drawing: as wide as they are, cut where they do not fit.

/// Size of the letters of names, in pixels.
pub(super) const SIZE: f64 = 13.0;

/// How wide a letter is, in parts of the letters' size: a little more than those of the usual sans-serif fonts, so that
/// what is thought to fit does.
fn advance(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | '\'' | ':' | ';' | '|' | '!' => 0.32,
        'f' | 't' | 'r' | ' ' | '(' | ')' | '[' | ']' | '-' | '/' => 0.40,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '\u{2026}' => 0.95,
        c if c.is_ascii_uppercase() => 0.72,
        c if c.is_ascii() => 0.59,
        // Marks that stand on their letter, and invisible signs.
        '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{200b}'..='\u{200f}' => {
            0.0
        }
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => 0.60,
        // Chinese, Japanese, Korean; signs of the higher planes.
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' => 1.02,
        '\u{ff00}'..='\u{ff60}' | '\u{10000}'.. => 1.02,
        c if c.is_uppercase() => 0.76,
        _ => 0.64,
    }
}

/// How wide a text is at a size of letters, in pixels.
pub(super) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(advance).sum::<f64>() * size
}

/// Whether a text is written from right to left: by its first letter.
pub(super) fn is_right_to_left(text: &str) -> bool {
    let first = text.chars().find(|c| c.is_alphabetic());
    first.is_some_and(|c| {
        matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
    })
}

/// A text in at most some lines that are no wider than `room`, broken between words; what does not fit is cut, and says so.
pub(super) fn lines(text: &str, room: f64, size: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let (full, count) = (lines.len() >= most, lines.len());
        match lines.last_mut() {
            Some(line) if full || width(line, size) + width(word, size) + advance(' ') * size <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
        // What follows on a last line that is too wide is not shown.
        if lines.len() == count && full && lines.last().is_some_and(|line| width(line, size) > room) {
            break;
        }
    }
    lines.iter().map(|line| cut(line, room, size)).collect()
}

/// As much of a text as fits before a sign that there is more.
pub(super) fn cut(text: &str, room: f64, size: f64) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let room = room - width("\u{2026}", size);
    let (mut end, mut so_far) = (0, 0.0);
    for (at, c) in text.char_indices() {
        let next = advance(c) * size;
        if so_far + next > room {
            break;
        }
        so_far += next;
        end = at + c.len_utf8();
    }
    let kept = text[..end].trim_end_matches(|c: char| c.is_whitespace() || ",;(-/&".contains(c));
    format!("{kept}\u{2026}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit() {
        let rows = [
            ("NODEH, Hosein Akbari", 2, "NODEH, Hosein Akbari"),
            ("ISLAMIC REPUBLIC OF IRAN SHIPPING LINES", 2, "ISLAMIC REPUBLIC OF|IRAN SHIPPING LINES"),
            ("ISLAMIC REPUBLIC OF IRAN SHIPPING LINES", 1, "ISLAMIC REPUBLIC OF\u{2026}"),
            ("Donaudampfschifffahrtsgesellschaft", 2, "Donaudampfschifffahrts\u{2026}"),
            ("سید محمد حسین موسی کاظمی", 1, "سید محمد حسین موسی کا\u{2026}"),
            ("", 2, ""),
            ("A VERYLONGWORDINDEEDTHATDOESNOTFITANYWHERE b c", 2, "A|VERYLONGWORDINDEE\u{2026}"),
        ];
        for (name, most, expected) in rows {
            let lines = lines(name, 170.0, SIZE, most);
            assert_eq!(lines.join("|"), expected);
            assert!(lines.iter().all(|line| width(line, SIZE) <= 170.0), "{lines:?}");
        }
    }

    #[test]
    fn directions() {
        for (text, expected) in [("سید", true), ("(שלום) ltd", true), ("Emennet سید", false), ("12", false)]
        {
            assert_eq!(is_right_to_left(text), expected, "{text}");
        }
    }
}
