//! Text of others, fit for a terminal.

/// The text on one line and without characters that steer a terminal or turn the direction of what follows: a name is
/// data, and must neither recolour a verdict nor hide one.
pub(crate) fn plain(text: &str) -> String {
    let kept = |c: char| match c {
        '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => None,
        c => Some(c).filter(|c| !c.is_control()),
    };
    text.chars().filter_map(kept).collect()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn nothing_that_steers() {
        for (text, expected) in [
            ("Jane \u{1b}[2JDoe", "Jane [2JDoe"),
            ("a\u{9b}31mb\u{7f}\0", "a31mb"),
            ("\u{202E}eod\u{202C} \u{2066}x\u{2069}", "eod x"),
            ("one\nMATCH\ttwo", "one MATCH two"),
            ("\u{200F}محمد é", "\u{200F}محمد é"),
        ] {
            assert_eq!(plain(text), expected);
        }
    }
}
