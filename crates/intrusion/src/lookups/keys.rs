//! Which record a request asks for: the ids in its query or path.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::decode::percent;
use crate::request::parameters;
use crate::tables::rows;

/// Between two ids of one request. No id holds it.
pub(crate) const BETWEEN: u8 = 0x1F;

/// Longest value that is an id, in bytes: a UUID has 36, a name with its street about 80.
const LONGEST_ID: usize = 120;

/// Most parameters of one request that are looked at.
const PARAMETERS: usize = 16;

static NOISE: LazyLock<FxHashSet<&'static [u8]>> = LazyLock::new(|| {
    rows(include_str!("../../data/noise_params.tsv")).map(|cells| cells[0].as_bytes()).collect()
});

static ASSETS: LazyLock<FxHashSet<&'static [u8]>> =
    LazyLock::new(|| rows(include_str!("../../data/assets.tsv")).map(|cells| cells[0].as_bytes()).collect());

/// Whether a path is that of a picture, style or script.
pub(crate) fn is_asset(path: &[u8]) -> bool {
    let name = path.rsplit(|b| *b == b'/').next().unwrap_or_default();
    match memchr::memrchr(b'.', name) {
        Some(dot) if name.len() - dot <= 12 => {
            let ending = &name[dot + 1..];
            ASSETS.contains(ending) || ASSETS.contains(&*ending.to_ascii_lowercase())
        }
        _ => false,
    }
}

/// What a request asks of: `/voter/{}?county` and the ids in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Key {
    /// The path with `{}` for each id, and the names of the parameters behind `?` and `&`.
    pub(crate) endpoint: Vec<u8>,
    /// The ids, each with [`BETWEEN`] behind it.
    pub(crate) ids: Vec<u8>,
}

impl Key {
    /// Reads path and query of a request; `false`: it asks for no record. The room is used again from request to request.
    pub(crate) fn read(&mut self, path: &[u8], query: &[u8]) -> bool {
        self.endpoint.clear();
        self.ids.clear();
        for (n, segment) in path.split(|b| *b == b'/').enumerate() {
            if n > 0 {
                self.endpoint.push(b'/');
            }
            let (name, ending) = without_ending(segment);
            if is_id(name) {
                self.endpoint.extend_from_slice(b"{}");
                self.endpoint.extend_from_slice(ending);
                self.take(name, false);
            } else {
                self.endpoint.extend_from_slice(segment);
            }
        }
        let mut sign = b'?';
        for (name, value) in parameters(query).take(PARAMETERS) {
            if value.is_empty() || value.len() > LONGEST_ID || NOISE.contains(&*name.to_ascii_lowercase()) {
                continue;
            }
            self.endpoint.push(sign);
            self.endpoint.extend_from_slice(name);
            self.take(value, true);
            sign = b'&';
        }
        if self.ids.is_empty() {
            self.read_name(path);
        }
        !self.ids.is_empty()
    }

    /// `/voter/john-smith`: a name as the last of two or more segments.
    fn read_name(&mut self, path: &[u8]) {
        let Some(slash) = memchr::memrchr(b'/', path) else { return };
        let (folder, name) = (&path[..slash], &path[slash + 1..]);
        let named = folder.len() > 1
            && (3..=LONGEST_ID).contains(&name.len())
            && memchr::memchr(b'.', name).is_none();
        if named {
            self.endpoint.clear();
            self.endpoint.extend_from_slice(folder);
            self.endpoint.extend_from_slice(b"/{}");
            self.take(name, false);
        }
    }

    fn take(&mut self, id: &[u8], plus: bool) {
        self.ids.extend(percent(id, plus).iter().map(|b| if *b == BETWEEN { b' ' } else { *b }));
        self.ids.push(BETWEEN);
    }
}

/// A segment without the ending of a page or data file.
fn without_ending(segment: &[u8]) -> (&[u8], &[u8]) {
    const ENDINGS: [&[u8]; 9] =
        [b".json", b".xml", b".html", b".htm", b".php", b".aspx", b".asp", b".pdf", b".csv"];
    let found = ENDINGS.iter().find(|ending| segment.ends_with(ending) && segment.len() > ending.len());
    segment.split_at(segment.len() - found.map_or(0, |ending| ending.len()))
}

/// Whether a segment is an id: digits for the most part, or long and of digits and letters, as a UUID is. `v2` and
/// `top-10-tips` are none.
fn is_id(name: &[u8]) -> bool {
    // As it stands for an id in the endpoint, it must be one: the ids of an endpoint are as many as it says.
    if name == b"{}" {
        return true;
    }
    let digits = name.iter().filter(|b| b.is_ascii_digit()).count();
    if digits == 0 || name.len() > LONGEST_ID {
        return false;
    }
    if !name.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')) {
        return false;
    }
    let version = name.len() <= 3 && name[0] == b'v';
    let hexadecimal = name.len() >= 16 && name.iter().all(|b| b.is_ascii_hexdigit() || *b == b'-');
    !version && (digits * 2 >= name.len() || hexadecimal)
}

/// The ids of a key, one by one.
pub(crate) fn ids(key: &[u8]) -> impl Iterator<Item = &[u8]> {
    key.strip_suffix(&[BETWEEN]).unwrap_or(key).split(|b| *b == BETWEEN)
}

/// The number in an id, where it has one: `2004000`, `V-2004000`. Ids whose letters differ are not in one order, which the
/// steps between them will show.
pub(crate) fn number(id: &[u8]) -> Option<u64> {
    let end = id.iter().rposition(u8::is_ascii_digit)? + 1;
    let start = id[..end].iter().rposition(|b| !b.is_ascii_digit()).map_or(0, |at| at + 1);
    // What has letters on both sides, or between its digits, is a code without an order.
    let before = id[..start].iter().filter(|b| b.is_ascii_digit()).count();
    if end != id.len() || before > 0 || end - start > 18 {
        return None;
    }
    id[start..end].iter().try_fold(0, |n, b| Some(n * 10 + u64::from(b - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(target: &str, expected: &str) {
        let (path, query) = crate::request::split_target(target.as_bytes());
        let mut key = Key::default();
        let shown = if key.read(path, query) {
            let ids: Vec<_> = ids(&key.ids).map(|id| String::from_utf8_lossy(id).into_owned()).collect();
            format!("{} [{}]", String::from_utf8_lossy(&key.endpoint), ids.join("|"))
        } else {
            "none".to_owned()
        };
        assert_eq!(shown, expected, "{target}");
    }

    #[test]
    fn keys() {
        check("/voter/lookup.php?id=2004000", "/voter/lookup.php?id [2004000]");
        check("/voter/lookup.php?id=2004000&_=1602921600", "/voter/lookup.php?id [2004000]");
        check("/search?last=O%27Brien&first=Pat+J", "/search?last&first [O'Brien|Pat J]");
        check("/api/v2/voter/2004000.json", "/api/v2/voter/{}.json [2004000]");
        check("/county/12/voter/2004000", "/county/{}/voter/{} [12|2004000]");
        check("/v/9b2f6c1e-4d0a-4a52-9f3e-0c8c7a1b2d3e", "/v/{} [9b2f6c1e-4d0a-4a52-9f3e-0c8c7a1b2d3e]");
        check("/v/V2004000", "/v/{} [V2004000]");
        check("/voter/john-smith", "/voter/{} [john-smith]");
        check("/{}/7", "/{}/{} [{}|7]");
        check("/top-10-tips", "none");
        check("/about", "none");
        check("/voter/", "none");
        check("/?x=", "none");
    }

    #[test]
    fn numbers() {
        for (id, expected) in [
            ("2004000", Some(2_004_000)),
            ("V-0012", Some(12)),
            ("12-34", None),
            ("9b2f6c1e", None),
            ("smith", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(number(id.as_bytes()), expected, "{id}");
        }
    }

    #[test]
    fn assets() {
        for (path, expected) in
            [("/css/site.css", true), ("/a/B.PNG", true), ("/lookup.php", false), ("/", false)]
        {
            assert_eq!(is_asset(path.as_bytes()), expected, "{path}");
        }
    }
}
