//! A file comes whole, or not at all, whatever the server does.

#![allow(clippy::unwrap_used)]

use std::cell::{Cell, RefCell};
use std::io::{Cursor, Read};
use std::time::Duration;

use vault::{Download, Fetch, FetchError, Patience, Request, Response, Validator, download};

const WHOLE: &[u8] = b"id,name\n1,Jane Doe\n2,Richard Roe\n";

/// What a server does when it is asked.
#[derive(Clone, Debug)]
enum Does {
    /// Sends the content with its mark, as much of it as is said, and then cuts off.
    Sends { content: &'static [u8], mark: Option<&'static str>, bytes: usize },
    /// As `Sends`, without an announcement of the length.
    Unannounced { content: &'static [u8], bytes: usize },
    /// Answers with a status.
    Says(u16),
    /// Is not there.
    Silent,
    /// Sends more than it announced.
    TooMuch,
    /// Sends a byte at a time, for ever.
    Drips,
    /// Claims a size.
    Claims(u64),
    /// Sends a part that nobody asked for.
    WrongRange,
}

use Does::*;

struct Server {
    does: Vec<Does>,
    asked: RefCell<Vec<String>>,
    now: Cell<Duration>,
}

/// Gives its bytes, then the connection breaks or ends.
struct Body<R>(R, bool);

impl<R: Read> Read for Body<R> {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        match self.0.read(to)? {
            0 if self.1 && !to.is_empty() => Err(std::io::Error::other("reset by peer")),
            n => Ok(n),
        }
    }
}

struct Dripping;

impl Read for Dripping {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        to[0] = b'x';
        Ok(1)
    }
}

fn response(status: u16, body: impl Read + 'static) -> Response {
    let (validator, retry_after) = (Validator::default(), None);
    Response { status, validator, length: None, range: None, retry_after, body: Box::new(body) }
}

impl Fetch for Server {
    fn get(&self, request: &Request<'_>) -> Result<Response, FetchError> {
        let n = self.asked.borrow().len();
        let rest = request.rest.map_or(String::new(), |(from, mark)| format!(" from {from} if {mark}"));
        let unless = request
            .unless
            .map_or(String::new(), |known| format!(" unless {}", known.etag.as_deref().unwrap_or("?")));
        self.asked.borrow_mut().push(format!("get{rest}{unless}"));
        let validator = |mark: Option<&str>| Validator { etag: mark.map(str::to_owned), last_modified: None };
        match self.does[n.min(self.does.len() - 1)].clone() {
            Sends { content, mark, bytes } => {
                // A server that keeps to the standard: the rest if the mark is the same, else all of it.
                let from = request
                    .rest
                    .filter(|(_, asked)| mark == Some(asked))
                    .map_or(0, |(from, _)| from as usize);
                let sent = &content[from..content.len().min(from + bytes)];
                let cut = from + sent.len() < content.len();
                let mut response = response(if from > 0 { 206 } else { 200 }, Body(Cursor::new(sent), cut));
                response.validator = validator(mark);
                response.length = Some((content.len() - from) as u64);
                response.range = (from > 0).then_some((from as u64, Some(content.len() as u64)));
                Ok(response)
            }
            Unannounced { content, bytes } => {
                Ok(response(200, Body(Cursor::new(&content[..bytes]), bytes < content.len())))
            }
            Says(status) => Ok(response(status, Cursor::new(b"<html>"))),
            Silent => Err(FetchError::passing("the server is silent")),
            TooMuch => Ok(Response { length: Some(3), ..response(200, Cursor::new(WHOLE)) }),
            Drips => {
                self.now.set(self.now.get() + Duration::from_secs(1));
                Ok(Response { length: Some(1 << 20), ..response(200, Dripping) })
            }
            Claims(length) => Ok(Response { length: Some(length), ..response(200, Cursor::new(b"x")) }),
            WrongRange => Ok(Response { range: Some((3, None)), ..response(206, Cursor::new(b"x")) }),
        }
    }
}

/// What came of it, what the server was asked, how long was waited.
fn got(does: Vec<Does>, known: Option<&str>) -> (Result<Download, FetchError>, Vec<String>, Vec<u64>) {
    let server = Server { does, asked: RefCell::default(), now: Cell::default() };
    let slept = RefCell::new(Vec::new());
    let known = known.map(|mark| Validator { etag: Some(mark.to_owned()), last_modified: None });
    let tick = || {
        server.now.set(server.now.get() + Duration::from_millis(1));
        server.now.get()
    };
    let patience = Patience {
        retries: 3,
        pause: Duration::from_secs(1),
        longest_pause: Duration::from_secs(60),
        most_bytes: 1 << 20,
        slow_after: Duration::from_secs(5),
        sleep: &|pause| {
            slept.borrow_mut().push(pause.as_secs());
            true
        },
        clock: &tick,
        progress: &|_, _| true,
    };
    let got = download(&server, "https://a.example", known.as_ref(), &patience);
    (got, server.asked.into_inner(), slept.into_inner())
}

const ALL: usize = usize::MAX >> 1;

fn sends(bytes: usize) -> Does {
    Sends { content: WHOLE, mark: Some("\"a\""), bytes }
}

/// What the server does, what comes, what it is asked.
type Row = (Vec<Does>, Result<&'static [u8], &'static str>, Vec<String>);

#[test]
fn whole_or_not_at_all() {
    const OTHER: &[u8] = b"id,name\n1,Someone Else\n";
    let weak = |content, bytes| Sends { content, mark: Some("W/\"a\""), bytes };
    let unmarked = |bytes| Sends { content: WHOLE, mark: None, bytes };
    let ask = |n: usize| format!("get from {n} if \"a\"");
    let rows: Vec<Row> = vec![
        (vec![sends(ALL)], Ok(WHOLE), vec!["get".into()]),
        (vec![sends(5), sends(ALL)], Ok(WHOLE), vec!["get".into(), ask(5)]),
        (vec![sends(5), sends(7), sends(ALL)], Ok(WHOLE), vec!["get".into(), ask(5), ask(12)]),
        // It changed in between: all of the new one, nothing of the old.
        (
            vec![sends(5), Sends { content: OTHER, mark: Some("\"b\""), bytes: ALL }],
            Ok(OTHER),
            vec!["get".into(), ask(5)],
        ),
        // Without a strong mark the rest might be of another content: begin anew.
        (vec![weak(WHOLE, 5), weak(OTHER, ALL)], Ok(OTHER), vec!["get".into(), "get".into()]),
        (vec![unmarked(5), unmarked(ALL)], Ok(WHOLE), vec!["get".into(), "get".into()]),
        (
            vec![Unannounced { content: WHOLE, bytes: 5 }, sends(ALL)],
            Ok(WHOLE),
            vec!["get".into(), "get".into()],
        ),
        (vec![sends(5), WrongRange, sends(ALL)], Ok(WHOLE), vec!["get".into(), ask(5), "get".into()]),
        (vec![sends(5), Says(416), sends(ALL)], Ok(WHOLE), vec!["get".into(), ask(5), "get".into()]),
        (vec![Says(500), Silent, Says(503), sends(ALL)], Ok(WHOLE), vec!["get".into(); 4]),
        (vec![TooMuch, sends(ALL)], Ok(WHOLE), vec!["get".into(); 2]),
        (vec![Drips, sends(ALL)], Ok(WHOLE), vec!["get".into(); 2]),
        (vec![Silent], Err("silent (4 attempts)"), vec!["get".into(); 4]),
        (vec![Says(500)], Err("answers 500 (4 attempts)"), vec!["get".into(); 4]),
        (vec![Says(404)], Err("answers 404"), vec!["get".into()]),
        (vec![Says(403)], Err("answers 403"), vec!["get".into()]),
        (vec![Says(304)], Err("answers 304"), vec!["get".into()]),
        (vec![Says(206)], Err("answers 206"), vec!["get".into()]),
        (vec![Claims(1 << 40)], Err("more than 1 MiB"), vec!["get".into()]),
        (vec![Claims(9)], Err("cut off after 1 of 9 bytes"), vec!["get".into(); 4]),
    ];
    for (does, expected, asks) in rows {
        let shown = format!("{does:?}");
        let (got, asked, _) = got(does, None);
        match (got, expected) {
            (Ok(Download::Whole { bytes, .. }), Ok(expected)) => assert_eq!(bytes, expected, "{shown}"),
            (Err(error), Err(said)) => {
                assert!(error.reason.contains(said), "{shown}: {error}");
                assert!(!error.remedy.is_empty(), "{shown}");
            }
            (got, expected) => panic!("{shown}: {got:?}, not {expected:?}"),
        }
        assert_eq!(asked, asks, "{shown}");
    }
}

#[test]
fn only_what_changed() {
    let (got_it, asked, _) = got(vec![Says(304)], Some("\"a\""));
    assert_eq!((got_it, asked), (Ok(Download::Unchanged), vec!["get unless \"a\"".to_owned()]));
    // Once a part came, the rest is asked for, not whether it changed.
    let (_, asked, _) = got(vec![sends(5), sends(ALL)], Some("\"z\""));
    assert_eq!(asked, ["get unless \"z\"", "get from 5 if \"a\""]);
}

#[test]
fn pauses_double() {
    assert_eq!(got(vec![Silent], None).2, [1, 2, 4]);
    assert!(got(vec![Says(404)], None).2.is_empty());
}
