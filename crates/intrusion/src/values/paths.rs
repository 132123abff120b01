//! Ways out of a folder, and the files that they go for.

use std::sync::LazyLock;

use memchr::memmem;

use crate::tables::rows;

static PLACES: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| rows(include_str!("../../data/paths.tsv")).map(|cells| cells[0]).collect());

static SPELLINGS: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    rows(include_str!("../../data/spellings.tsv")).map(|cells| (cells[0], cells[1])).collect()
});

/// Length from which a single segment of one sign is a probe for an overflow, and no name: longer than file systems take.
const RUN: usize = 200;

/// Why a value, in lower case, leaves its folder: the rule, if it does.
pub(crate) fn leaves(value: &[u8]) -> Option<&'static str> {
    let mut text = value.to_vec();
    for (written, means) in SPELLINGS.iter() {
        if memmem::find(&text, written.as_bytes()).is_some() {
            text = replaced(&text, written.as_bytes(), means.as_bytes());
        }
    }
    text.iter_mut().filter(|b| **b == b'\\').for_each(|b| *b = b'/');
    let slashes = memchr::memchr(b'/', &text).is_some();
    if slashes {
        let segments = || text.split(|b| *b == b'/').map(<[u8]>::trim_ascii);
        let dots = |s: &[u8]| !s.is_empty() && s.iter().all(|b| *b == b'.');
        // Up a folder; filters that take `../` out of `....//` leave it.
        if segments().any(|s| dots(s) && (s.len() == 2 || s.len() == 4)) {
            return Some("parent-folder");
        }
        // Dots before a name that is no name: `/....{file}`, `.../.../`.
        if segments().filter(|s| dots(s) && s.len() > 2).count() > 1
            || segments()
                .any(|s| s.len() > 6 && s.starts_with(b"......") && memchr::memchr(b' ', s).is_none())
        {
            return Some("dots");
        }
        // `/./`, which says nothing but gets past a filter.
        if text.starts_with(b"/./") || segments().filter(|s| *s == b".").count() > 1 {
            return Some("same-folder");
        }
    }
    let run =
        text.strip_prefix(b"/").is_some_and(|t| t.len() >= RUN && t.iter().take(RUN).all(|b| *b == t[0]));
    if run {
        return Some("long-run");
    }
    PLACES.iter().find(|place| memmem::find(&text, place.as_bytes()).is_some()).copied()
}

fn replaced(text: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memmem::find(rest, from) {
        out.extend_from_slice(&rest[..at]);
        out.extend_from_slice(to);
        rest = &rest[at + from.len()..];
    }
    out.extend_from_slice(rest);
    out
}
