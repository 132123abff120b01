//! A file, whole, from a server that may do anything: cut off, stall, change its mind, answer with something else.

use std::io::Read;
use std::time::Duration;

use crate::{Fetch, FetchError, Request, Response, Validator};

/// What came of asking for a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Download {
    /// It is what it was.
    Unchanged,
    /// It is this.
    Whole {
        /// Its bytes.
        bytes: Vec<u8>,
        /// What the server says of it.
        validator: Validator,
    },
}

/// How long to put up with a server.
#[derive(Clone, Copy)]
pub struct Patience<'a> {
    /// How often to try again.
    pub retries: u32,
    /// How long to wait before the first time; twice as long before each that follows.
    pub pause: Duration,
    /// The longest that a server may ask to wait (`Retry-After`).
    pub longest_pause: Duration,
    /// Most bytes of a file.
    pub most_bytes: u64,
    /// A server that gives less than 16 KiB in this time is left. One that gives nothing is the fetcher's to leave.
    pub slow_after: Duration,
    /// Waits; `false` where the caller wants to stop.
    pub sleep: &'a dyn Fn(Duration) -> bool,
    /// Time since some moment.
    pub clock: &'a dyn Fn() -> Duration,
    /// Bytes that have come, and of how many; `false` where the caller wants to stop.
    pub progress: &'a dyn Fn(u64, Option<u64>) -> bool,
}

/// The slowest that a server may be, in bytes within [`Patience::slow_after`]: less than a modem gives.
const SLOWEST: u64 = 16 << 10;

/// Gets a file whole. `known` is what the server said of the content that is there already.
///
/// # Errors
/// It does not come whole, also after all retries; or the caller stops it.
pub fn download(
    fetch: &dyn Fetch,
    address: &str,
    known: Option<&Validator>,
    patience: &Patience<'_>,
) -> Result<Download, FetchError> {
    let mut got = Got::default();
    let mut pause = patience.pause;
    for attempt in 0.. {
        let error = match got.attempt(fetch, address, known, patience) {
            Ok(Some(done)) => return Ok(done),
            // What came was of two contents: begin anew.
            Ok(None) => FetchError::passing("the file changed while it was being fetched"),
            Err(error) => error,
        };
        if !error.passing || attempt >= patience.retries {
            let times = if attempt == 0 { String::new() } else { format!(" ({} attempts)", attempt + 1) };
            return Err(FetchError { reason: format!("{}{times}", error.reason), ..error });
        }
        let asked = got.retry_after.take().map_or(pause, |asked| asked.min(patience.longest_pause));
        if !(patience.sleep)(asked.max(pause)) {
            return Err(stopped());
        }
        pause = pause.saturating_mul(2).min(patience.longest_pause);
    }
    Err(stopped())
}

fn stopped() -> FetchError {
    FetchError::lasting("stopped", "run the command again")
}

/// What has come so far.
#[derive(Default)]
struct Got {
    bytes: Vec<u8>,
    validator: Validator,
    /// How many bytes the whole has, as the server said.
    whole: Option<u64>,
    retry_after: Option<Duration>,
}

impl Got {
    /// One question. `None`: the server gave parts of two contents.
    fn attempt(
        &mut self,
        fetch: &dyn Fetch,
        address: &str,
        known: Option<&Validator>,
        patience: &Patience<'_>,
    ) -> Result<Option<Download>, FetchError> {
        // Without a strong mark nobody can tell whether the rest is of the same content.
        let mark =
            self.validator.etag.clone().filter(|mark| !mark.starts_with("W/") && !self.bytes.is_empty());
        if mark.is_none() {
            self.forget();
        }
        let request = Request {
            address,
            unless: known.filter(|known| !known.is_empty() && mark.is_none()),
            rest: mark.as_deref().map(|mark| (self.bytes.len() as u64, mark)),
        };
        let response = fetch.get(&request)?;
        self.retry_after = response.retry_after;
        match response.status {
            304 if request.unless.is_some() => return Ok(Some(Download::Unchanged)),
            200 => self.begin(&response),
            206 if mark.is_some() => {
                let same = response.validator.etag.is_none() || response.validator.etag == mark;
                let begins = response.range.is_some_and(|(from, of)| {
                    from == self.bytes.len() as u64
                        && (of.is_none() || self.whole.is_none() || of == self.whole)
                });
                if !(same && begins) {
                    self.forget();
                    return Ok(None);
                }
            }
            416 => {
                self.forget();
                return Ok(None);
            }
            status => return Err(refused(status)),
        }
        self.fill(response, patience)?;
        let (bytes, validator) = (std::mem::take(&mut self.bytes), std::mem::take(&mut self.validator));
        Ok(Some(Download::Whole { bytes, validator }))
    }

    fn forget(&mut self) {
        *self = Self { retry_after: self.retry_after, ..Self::default() };
    }

    fn begin(&mut self, response: &Response) {
        self.bytes.clear();
        self.validator = response.validator.clone();
        self.whole = response.length;
    }

    fn fill(&mut self, mut response: Response, patience: &Patience<'_>) -> Result<(), FetchError> {
        let too_large = || {
            FetchError::lasting(
                format!("more than {} MiB", patience.most_bytes >> 20),
                "see that it is the address of a list; no list published today is as large",
            )
        };
        if self.whole.is_some_and(|whole| whole > patience.most_bytes) {
            return Err(too_large());
        }
        let mut some = vec![0; 1 << 16];
        let mut since = ((patience.clock)(), self.bytes.len() as u64);
        loop {
            let read = match response.body.read(&mut some) {
                Ok(read) => read,
                Err(e) if e.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(e) => return Err(self.cut_off(&e.to_string())),
            };
            if read == 0 {
                break;
            }
            self.bytes.extend_from_slice(&some[..read]);
            let have = self.bytes.len() as u64;
            if have > patience.most_bytes {
                return Err(too_large());
            }
            if self.whole.is_some_and(|whole| have > whole) {
                self.forget();
                return Err(FetchError::passing("the server sent more than it announced"));
            }
            if !(patience.progress)(have, self.whole) {
                return Err(stopped());
            }
            let now = (patience.clock)();
            let whole = self.whole == Some(have);
            if !whole && now.saturating_sub(since.0) >= patience.slow_after {
                if have - since.1 < SLOWEST {
                    return Err(self.cut_off("the server hardly sends anything"));
                }
                since = (now, have);
            }
        }
        match self.whole {
            Some(whole) if (self.bytes.len() as u64) < whole => Err(self.cut_off("the connection ended")),
            _ => Ok(()),
        }
    }

    fn cut_off(&self, why: &str) -> FetchError {
        let of = self.whole.map(|whole| format!(" of {whole}")).unwrap_or_default();
        FetchError::passing(format!("cut off after {}{of} bytes: {why}", self.bytes.len()))
    }
}

fn refused(status: u16) -> FetchError {
    let reason = format!("the server answers {status}");
    match status {
        408 | 425 | 429 | 500 | 502 | 503 | 504 => FetchError::passing(reason),
        401 | 403 | 407 => FetchError::lasting(
            reason,
            "the server or a proxy refuses it: fetch the file in a browser and give its path with --from",
        ),
        _ => FetchError::lasting(
            reason,
            "its address may have changed: look it up with its authority and give it with --from",
        ),
    }
}
