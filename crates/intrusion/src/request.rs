//! One line of an access log.

use std::borrow::Cow;

/// A request and its answer, as the log has them. `-` is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request<'a> {
    /// Who asked: an IPv4 or IPv6 address, or a host name, as the log has it.
    pub address: Cow<'a, [u8]>,
    /// Seconds since 1970, UTC. `None`: the line has no time that can be read.
    pub time: Option<i64>,
    /// `GET`, `POST` ... Empty where the request line is no HTTP.
    pub method: Cow<'a, [u8]>,
    /// The path as it was sent, not decoded.
    pub path: Cow<'a, [u8]>,
    /// What stands behind the `?`, not decoded. Empty where there is none.
    pub query: Cow<'a, [u8]>,
    /// HTTP status; 0 where the log has none.
    pub status: u16,
    /// Bytes of the answer, where the log says so.
    pub size: Option<u64>,
    /// The page that led here, by the client's own word.
    pub referrer: Cow<'a, [u8]>,
    /// The program that asked, by its own word.
    pub agent: Cow<'a, [u8]>,
}

impl<'a> Request<'a> {
    /// Takes a target apart: path and query. An absolute address (as proxies are asked) loses its host, a fragment goes.
    pub(crate) fn set_target(&mut self, target: &'a [u8]) {
        let (path, query) = split_target(target);
        self.path = Cow::Borrowed(path);
        self.query = Cow::Borrowed(query);
    }

    /// Names and values of the query, in order, not decoded.
    pub fn parameters(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        parameters(&self.query)
    }
}

/// Names and values of a query, in order, not decoded. What has no `=` is a value without a name.
pub(crate) fn parameters(query: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    query.split(|b| *b == b'&').filter(|part| !part.is_empty()).map(|part| match memchr::memchr(b'=', part) {
        Some(at) => (&part[..at], &part[at + 1..]),
        None => (&part[..0], part),
    })
}

/// Path and query of a target.
pub(crate) fn split_target(target: &[u8]) -> (&[u8], &[u8]) {
    let target = without_host(target);
    match memchr::memchr(b'?', target) {
        Some(at) => (&target[..at], &target[at + 1..]),
        None => (target, &[]),
    }
}

/// What follows the host of an absolute address; any other text as it is.
pub(crate) fn without_host(target: &[u8]) -> &[u8] {
    // Scheme and `://` come before anything else, or it is no absolute address.
    let scheme = target.iter().take(8).take_while(|b| b.is_ascii_alphabetic()).count();
    if scheme == 0 || !target[scheme..].starts_with(b"://") {
        return target;
    }
    let rest = &target[scheme + 3..];
    memchr::memchr(b'/', rest).map_or(b"/", |at| &rest[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets() {
        for (target, path, query) in [
            ("/voter/lookup.php?id=7", "/voter/lookup.php", "id=7"),
            ("/", "/", ""),
            ("http://vote.example.org/a?b=http://c/", "/a", "b=http://c/"),
            ("https://vote.example.org", "/", ""),
            ("/a?b?c", "/a", "b?c"),
            ("", "", ""),
        ] {
            assert_eq!(split_target(target.as_bytes()), (path.as_bytes(), query.as_bytes()), "{target}");
        }
    }

    #[test]
    fn values_without_names() {
        let all: Vec<_> = parameters(b"id=1&x&&y=&=z&a=b=c").collect();
        let expected: [(&[u8], &[u8]); 5] =
            [(b"id", b"1"), (b"", b"x"), (b"y", b""), (b"", b"z"), (b"a", b"b=c")];
        assert_eq!(all, expected);
    }
}
