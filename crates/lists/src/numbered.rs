//! Several values in one field: `(1) German (2) Moroccan`, `1) Saudi Arabia 2) Qatar`, `a) 1965 b) 1 Jan. 1964`.
//!
//! They are told apart only where that is certain: the marks must begin the field and count up without a gap. Anything
//! else is one value, as published.

use model::Country;

/// The values in a field, without their marks; the field itself where it holds one. A range of marks,
/// `(1)-(2) Tunisia`, gives its value once.
pub(crate) fn values(text: &str) -> Vec<&str> {
    numbered(text).into_iter().map(|(_, _, value)| value).collect()
}

/// The values with the first and the last number that each stands for.
pub(crate) fn numbered(text: &str) -> Vec<(usize, usize, &str)> {
    let text = text.trim();
    let mut parts = Vec::new();
    let Some(mut mark) = Mark::at(text, 1) else { return vec![(1, 1, text)] };
    let mut rest = &text[mark.length..];
    loop {
        let (first, mut last) = (mark.number, mark.number);
        // A range goes on with a dash and the mark that it ends with.
        let dashed = rest.trim_start();
        if let Some(after) = dashed.strip_prefix(['-', '–'])
            && let Some(end) = (last + 1..last + 30).find_map(|n| Mark::at(after.trim_start(), n))
        {
            last = end.number;
            rest = &after.trim_start()[end.length..];
        }
        let next = Mark::find(rest, last + 1);
        let (value, after) = next.map_or((rest, ""), |(at, _)| rest.split_at(at));
        let value = value.trim().trim_end_matches([';', ',']).trim_end();
        if !value.is_empty() {
            parts.push((first, last, value));
        }
        match next {
            Some((_, found)) => {
                rest = &after[found.length..];
                mark = found;
            }
            None => break,
        }
    }
    // One mark alone counts nothing.
    if mark.number == 1 && parts.len() == 1 && parts[0].1 == 1 {
        return vec![(1, 1, text)];
    }
    parts
}

#[derive(Clone, Copy)]
struct Mark {
    number: usize,
    length: usize,
}

impl Mark {
    /// The mark of a number, `(2)`, `2)`, `(b)`, `b)`, at the beginning of a text.
    fn at(text: &str, number: usize) -> Option<Self> {
        let bare = text.strip_prefix('(').unwrap_or(text);
        let letter =
            u8::try_from(number).ok().filter(|n| (1..=26).contains(n)).map(|n| char::from(b'a' + n - 1));
        let digits = number.to_string();
        let after = bare.strip_prefix(digits.as_str()).or_else(|| {
            let first = bare.chars().next()?;
            (Some(first.to_ascii_lowercase()) == letter).then(|| &bare[first.len_utf8()..])
        })?;
        let after = after.strip_prefix(')')?;
        Some(Self { number, length: text.len() - after.len() })
    }

    /// Where that mark stands: after a blank or a stop, or opened by a parenthesis, and within no other parenthesis.
    fn find(text: &str, number: usize) -> Option<(usize, Self)> {
        let (mut before, mut depth) = (' ', 0_usize);
        for (at, c) in text.char_indices() {
            let begins = c == '(' || before.is_whitespace() || matches!(before, ';' | ',' | '.');
            if depth == 0
                && begins
                && let Some(mark) = Self::at(&text[at..], number)
            {
                return Some((at, mark));
            }
            match c {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            before = c;
        }
        None
    }
}

/// The countries in a field: by their marks, or where all that stands between commas, semicolons, slashes or "and"
/// are countries (`Russian; German`, but `Korea, North`). Otherwise the field as published.
pub(crate) fn countries(text: &str) -> Vec<&str> {
    let mut countries = Vec::new();
    for value in values(text) {
        let pieces = [";", ",", "/", " and "].into_iter().find_map(|separator| {
            let pieces: Vec<&str> = value.split(separator).map(str::trim).filter(|p| !p.is_empty()).collect();
            (pieces.len() > 1 && pieces.iter().all(|piece| Country::find(piece).is_some())).then_some(pieces)
        });
        match pieces.filter(|_| Country::find(value).is_none()) {
            Some(pieces) => countries.extend(pieces),
            None => countries.push(value),
        }
    }
    countries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_by_their_marks() {
        let rows: [(&str, &[&str]); 16] = [
            ("", &[""]),
            ("Tunisia", &["Tunisia"]),
            ("1) Saudi Arabia 2) Qatar", &["Saudi Arabia", "Qatar"]),
            ("(1) German (2) Moroccan", &["German", "Moroccan"]),
            ("a) 1963; b) 1964", &["1963", "1964"]),
            ("a)04/05/1948; b)4/05/1946", &["04/05/1948", "4/05/1946"]),
            ("A) 1 (b) 2", &["1", "2"]),
            ("(1)-(2) Tunisia (3) Libya", &["Tunisia", "Libya"]),
            ("(1) Manzil Tmim (2)-(6) -", &["Manzil Tmim", "-"]),
            ("(11) K (12)H", &["(11) K (12)H"]),
            ("(1) one (3) three", &["(1) one (3) three"]),
            ("(1) alone", &["(1) alone"]),
            ("Jordanian (1) K048787 (2) 486298", &["Jordanian (1) K048787 (2) 486298"]),
            ("(1) a flat (number 2) of house 2 (2) b", &["a flat (number 2) of house 2", "b"]),
            ("a) x,\nb) y", &["x", "y"]),
            ("(", &["("]),
        ];
        for (text, expected) in rows {
            assert_eq!(values(text), expected, "{text}");
        }
        assert_eq!(numbered("(1)-(2) Tunisia (3) Libya"), [(1, 2, "Tunisia"), (3, 3, "Libya")]);
    }

    #[test]
    fn countries_between_commas() {
        let rows: [(&str, &[&str]); 6] = [
            ("Russian; German", &["Russian", "German"]),
            ("a) German b) Moroccan", &["German", "Moroccan"]),
            ("Iran and United States", &["Iran", "United States"]),
            ("Bosnia and Herzegovina", &["Bosnia and Herzegovina"]),
            ("Korea, North", &["Korea, North"]),
            ("Indonesian (as at Dec. 2003), Somali", &["Indonesian (as at Dec. 2003), Somali"]),
        ];
        for (text, expected) in rows {
            assert_eq!(countries(text), expected, "{text}");
        }
    }
}
