//! Markup where text was expected.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::tables::rows;

static ELEMENTS: LazyLock<FxHashSet<&'static [u8]>> = LazyLock::new(|| {
    rows(include_str!("../../data/elements.tsv")).map(|cells| cells[0].as_bytes()).collect()
});

/// Whether a value, in lower case, opens or closes an element. "Bob <bob@example.org>" does not, nor does "a <b".
pub(crate) fn has_element(value: &[u8]) -> bool {
    memchr::memchr_iter(b'<', value).any(|at| {
        let rest = &value[at + 1..];
        let rest = rest.strip_prefix(b"/").unwrap_or(rest);
        let name = rest.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        let after = &rest[name..];
        // `<t:set>`, of another name space, and a script of PHP.
        if after.first() == Some(&b':') || rest.starts_with(b"?") {
            return after.contains(&b'>') && after.contains(&b'=')
                || rest.starts_with(b"? ")
                || rest.starts_with(b"?php");
        }
        // Filters that forget what they took, and probes of one's own making, leave names that are none.
        let known = ELEMENTS.contains(&rest[..name]) || rest[..name].ends_with(b"scripting");
        let bounded = match after.first() {
            None => name > 2,
            Some(b'>' | b'/') => true,
            Some(b) if name <= 2 => b.is_ascii_whitespace() && after.contains(&b'='),
            // "<Head Office>" is a note; what takes no value is told by its name alone.
            Some(b) if b.is_ascii_whitespace() => {
                let code: [&[u8]; 6] = [b"script", b"input", b"iframe", b"svg", b"img", b"textarea"];
                after.contains(&b'=') || code.contains(&&rest[..name]) || rest[..name].ends_with(b"scripting")
            }
            Some(b) => matches!(b, b'<' | b'\'' | b'"' | b'+'),
        };
        known && bounded
    })
}

#[cfg(test)]
mod tests {
    use super::has_element;

    #[test]
    fn markup() {
        for (value, expected) in [
            ("<script>", true),
            ("</body></html>", true),
            ("<img src=x", true),
            ("<svg/onload=1", true),
            ("<a href='x'>", true),
            ("<b>", true),
            ("<t:set attributename=\"x\">", true),
            ("<? echo", true),
            ("bob <bob@example.org>", false),
            ("a <b and c", false),
            ("a < b", false),
            ("<3", false),
            ("<none>", false),
            ("<head office>.", false),
            ("<input autofocus>", true),
            ("x <unknown> y", false),
        ] {
            assert_eq!(has_element(value.as_bytes()), expected, "{value}");
        }
    }
}
