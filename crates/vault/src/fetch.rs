//! What asks an address for a file. The network is at the caller's edge; what is done with the answers is here.

use std::fmt;
use std::io::Read;
use std::time::Duration;

use crate::Validator;

/// Asks addresses.
pub trait Fetch {
    /// Asks once. Redirects are followed, within limits; every status of a server is an answer and no error.
    ///
    /// # Errors
    /// There is no answer.
    fn get(&self, request: &Request<'_>) -> Result<Response, FetchError>;
}

/// A question.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// The address.
    pub address: &'a str,
    /// Only if it is not this any more (`If-None-Match`, `If-Modified-Since`).
    pub unless: Option<&'a Validator>,
    /// Only what is behind so many bytes, if it is still of this mark (`Range`, `If-Range`).
    pub rest: Option<(u64, &'a str)>,
}

/// An answer.
pub struct Response {
    /// Its HTTP status.
    pub status: u16,
    /// `ETag` and `Last-Modified`.
    pub validator: Validator,
    /// `Content-Length`: of the body that follows.
    pub length: Option<u64>,
    /// `Content-Range`: from which byte on, of how many.
    pub range: Option<(u64, Option<u64>)>,
    /// `Retry-After`, where it is a number of seconds.
    pub retry_after: Option<Duration>,
    /// The body.
    pub body: Box<dyn Read>,
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}

/// Why there is no answer, or none that serves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FetchError {
    /// Why.
    pub reason: String,
    /// What to do about it.
    pub remedy: String,
    /// Whether it may go better soon.
    pub passing: bool,
}

impl FetchError {
    /// An error that may pass: it is tried again.
    #[must_use]
    pub fn passing(reason: impl Into<String>) -> Self {
        let remedy = "see that the address can be reached from here, then try again; behind a proxy set HTTPS_PROXY, where \
                      the proxy signs with its own certificate --ca-file";
        Self { reason: reason.into(), remedy: remedy.to_owned(), passing: true }
    }

    /// An error that stays.
    #[must_use]
    pub fn lasting(reason: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { reason: reason.into(), remedy: remedy.into(), passing: false }
    }
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for FetchError {}
