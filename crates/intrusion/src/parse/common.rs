//! Apache's and nginx' common and combined forms.
//!
//! `[vhost[:port]] host ident user [time] "request" status bytes ["referrer" "agent" ...]`

use std::borrow::Cow;

use memchr::{memchr, memmem};

use super::{Malformed, time};
use crate::Request;

/// Reads a line. What follows the agent (times, bytes in) is not needed here.
pub(crate) fn read(line: &[u8]) -> Result<Request<'_>, Malformed> {
    // The user may hold blanks, and anybody may call himself "[": the time is where a bracket is followed by a digit.
    let mut from = 0;
    let open = loop {
        let at = from + memmem::find(&line[from..], b" [").ok_or(Malformed::NoTime)?;
        if line.get(at + 2).is_some_and(u8::is_ascii_digit) {
            break at;
        }
        from = at + 2;
    };
    let close = open + memchr(b']', &line[open..]).ok_or(Malformed::NoTime)?;
    let time = time::apache(&line[open + 2..close]).ok_or(Malformed::NoTime)?;
    let mut request = Request {
        address: Cow::Borrowed(address(&line[..open]).ok_or(Malformed::NoAddress)?),
        time: Some(time),
        ..Request::default()
    };
    let (asked, rest) = quoted(&line[close + 1..]).ok_or(Malformed::NoRequest)?;
    set_request_line(&mut request, asked);
    let mut words = rest.split(|b| *b == b' ').filter(|w| !w.is_empty());
    let (status, size) = (words.next().ok_or(Malformed::NoStatus)?, words.next().unwrap_or_default());
    request.status = match status {
        b"-" => 0,
        digits => number(digits).and_then(|n| u16::try_from(n).ok()).ok_or(Malformed::NoStatus)?,
    };
    // Apache's dash is an answer without a body.
    request.size = if size == b"-" { Some(0) } else { number(size) };
    if let Some((referrer, rest)) = quoted(rest) {
        request.referrer = unescaped(blank(referrer));
        request.agent = quoted(rest).map(|(agent, _)| unescaped(blank(agent))).unwrap_or_default();
    }
    Ok(request)
}

/// Whose address it is: behind the name of a virtual host, if there is one, and before that of a proxy.
fn address(head: &[u8]) -> Option<&[u8]> {
    let mut words = head.split(|b| *b == b' ').filter(|w| !w.is_empty());
    let first = words.next()?;
    let is_ip = |word: &[u8]| {
        let word = word.strip_suffix(b",").unwrap_or(word);
        std::str::from_utf8(word).is_ok_and(|w| w.parse::<std::net::IpAddr>().is_ok())
    };
    // Digits and dots are no name of a host: nearly every line ends here.
    let plain = first.iter().all(|b| b.is_ascii_digit() || *b == b'.');
    let vhost = !plain && !is_ip(first) && words.next().filter(|w| is_ip(w)).is_some();
    let word = if vhost { head.split(|b| *b == b' ').filter(|w| !w.is_empty()).nth(1)? } else { first };
    Some(word.strip_suffix(b",").unwrap_or(word))
}

/// What stands in the next quotation marks, and what follows. A mark behind a backslash does not close.
fn quoted(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let open = memchr(b'"', text)? + 1;
    let mut at = open;
    loop {
        at += memchr(b'"', &text[at..])?;
        let slashes = text[open..at].iter().rev().take_while(|b| **b == b'\\').count();
        if slashes % 2 == 0 {
            return Some((&text[open..at], &text[at + 1..]));
        }
        at += 1;
    }
}

/// Method and target of `GET /path HTTP/1.1`. What is no HTTP (a TLS greeting on the wrong port) is a target without a
/// method: it is evidence too.
pub(crate) fn set_request_line<'a>(request: &mut Request<'a>, asked: &'a [u8]) {
    let Some(at) = memchr(b' ', asked) else {
        request.set_target(blank(asked));
        return;
    };
    let (method, rest) = (&asked[..at], &asked[at + 1..]);
    let target = match memmem::rfind(rest, b" HTTP/") {
        Some(end) => &rest[..end],
        None => rest,
    };
    request.method = Cow::Borrowed(method);
    if target.contains(&b'\\') {
        let target = unescaped(target);
        let (path, query) = crate::request::split_target(&target);
        (request.path, request.query) = (Cow::Owned(path.to_vec()), Cow::Owned(query.to_vec()));
    } else {
        request.set_target(target);
    }
}

/// `-` is nothing.
pub(crate) fn blank(text: &[u8]) -> &[u8] {
    if text == b"-" { b"" } else { text }
}

/// `\"`, `\\` and `\xHH`, which both servers write for what must not stand in a line.
fn unescaped(text: &[u8]) -> Cow<'_, [u8]> {
    if memchr(b'\\', text).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&b, after)) = rest.split_first() {
        rest = after;
        match (b, after) {
            (b'\\', [b'x', a, b, ..]) => match byte(*a, *b) {
                Some(byte) => {
                    out.push(byte);
                    rest = &after[3..];
                }
                None => out.push(b'\\'),
            },
            (b'\\', [next @ (b'"' | b'\\'), ..]) => {
                out.push(*next);
                rest = &after[1..];
            }
            _ => out.push(b),
        }
    }
    Cow::Owned(out)
}

/// The byte of two hexadecimal digits; `None` where they are none.
pub(crate) fn byte(high: u8, low: u8) -> Option<u8> {
    let digit = |b: u8| char::from(b).to_digit(16).and_then(|d| u8::try_from(d).ok());
    Some(digit(high)? * 16 + digit(low)?)
}

/// A count. `None` where it is none.
pub(crate) fn number(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() || digits.len() > 18 {
        return None;
    }
    digits.iter().try_fold(0, |n, b| b.is_ascii_digit().then(|| n * 10 + u64::from(b - b'0')))
}
