//! A request to the record site, and the forms of log that it is written in.

use std::fmt::Write as _;

use jiff::Timestamp;
use serde_json::json;

/// The case begins here: 14 May 2024, 00:00:00 UTC, a Tuesday; in milliseconds since 1970.
pub(super) const BEGIN: i64 = 1_715_644_800_000;

/// Milliseconds of an hour.
pub(super) const HOUR: i64 = 3_600_000;

/// What the site is called in referrers.
pub(super) const SITE: &str = "https://records.example.org";

/// One request and its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// When: milliseconds since 1970.
    pub at: i64,
    /// From which address.
    pub address: String,
    /// `GET`, `POST`.
    pub method: &'static str,
    /// The path.
    pub path: String,
    /// The query, without its question mark; empty: none.
    pub query: String,
    /// The status of the answer.
    pub status: u16,
    /// Bytes of its body.
    pub bytes: usize,
    /// The page that it claims to come from; empty: none.
    pub referrer: String,
    /// The agent.
    pub agent: &'static str,
    /// Which incident it belongs to, by its place in the gold; `None`: it is honest.
    pub incident: Option<usize>,
}

/// How a log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Apache's combined form.
    Combined,
    /// IIS W3C extended.
    Iis,
    /// One JSON object a line, as nginx is often told to write.
    Json,
}

impl Form {
    /// The form of that name.
    ///
    /// # Panics
    /// Where there is none.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        match name {
            "combined" => Self::Combined,
            "iis" => Self::Iis,
            "json" => Self::Json,
            other => panic!("no form of log is called {other}"),
        }
    }

    /// Lines before the first request.
    #[must_use]
    pub fn head(self) -> &'static str {
        match self {
            Self::Iis => {
                "#Software: Microsoft Internet Information Services 10.0\n#Version: 1.0\n\
                 #Date: 2024-05-14 00:00:00\n\
                 #Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) \
                 cs(Referer) sc-status sc-substatus sc-win32-status sc-bytes time-taken\n"
            }
            Self::Combined | Self::Json => "",
        }
    }

    /// The log of these requests, in their order.
    #[must_use]
    pub fn write(self, hits: &[Hit]) -> String {
        let mut text = String::with_capacity(hits.len() * 200);
        text += self.head();
        let mut second = (i64::MIN, String::new());
        for hit in hits {
            let now = hit.at.div_euclid(1000);
            if second.0 != now {
                second = (now, self.stamp(now));
            }
            self.line(hit, &second.1, &mut text);
            text.push('\n');
        }
        text
    }

    fn stamp(self, second: i64) -> String {
        let form = match self {
            Self::Combined => "%d/%b/%Y:%H:%M:%S +0000",
            Self::Iis => "%Y-%m-%d %H:%M:%S",
            Self::Json => "%Y-%m-%dT%H:%M:%S+00:00",
        };
        Timestamp::from_second(second).unwrap_or_default().strftime(form).to_string()
    }

    fn line(self, hit: &Hit, stamp: &str, text: &mut String) {
        let dash = |text: &str| if text.is_empty() { "-".to_owned() } else { text.to_owned() };
        let Hit { address, method, path, query, status, bytes, referrer, agent, .. } = hit;
        let target = if query.is_empty() { path.clone() } else { format!("{path}?{query}") };
        let written = match self {
            Self::Combined => write!(
                text,
                "{address} - - [{stamp}] \"{method} {target} HTTP/1.1\" {status} {bytes} \"{}\" \"{agent}\"",
                dash(referrer)
            ),
            Self::Iis => write!(
                text,
                "{stamp} 192.0.2.1 {method} {path} {} 443 - {address} {} {} {status} 0 0 {bytes} {}",
                dash(query),
                agent.replace(' ', "+"),
                dash(referrer),
                20 + bytes % 90
            ),
            Self::Json => write!(
                text,
                "{}",
                json!({"time": stamp, "remote_addr": address, "request": format!("{method} {target} HTTP/1.1"),
                    "status": status, "body_bytes_sent": bytes, "http_referer": dash(referrer),
                    "http_user_agent": agent})
            ),
        };
        written.unwrap_or_default(); // Writing to a string does not fail.
    }
}

/// How the site answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// 404.
    NotFound,
    /// 200 with the one page that says so.
    Soft,
    /// 200 with a page that says so, and whose size varies.
    Echo,
}

/// The record site: where the id stands, and what it answers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Site {
    /// The id stands in the path.
    pub in_path: bool,
    pub missing: Missing,
}

impl Site {
    /// Path and query of a look-up.
    pub(super) fn target(self, id: u32) -> (String, String) {
        if self.in_path {
            (format!("/api/voter/{id}"), String::new())
        } else {
            ("/voter/lookup.php".to_owned(), format!("id={id}"))
        }
    }

    /// Status and size of an answer. A record's page varies with the record, and a little with the request.
    pub(super) fn answer(self, id: u32, present: bool, random: &mut validation::Random) -> (u16, usize) {
        let scale = if self.in_path { 3 } else { 1 };
        if present {
            let record = usize::try_from(id.wrapping_mul(2_654_435_761) >> 23).unwrap_or(0);
            return (200, (1880 + record + random.below(3)) / scale);
        }
        match self.missing {
            Missing::NotFound => (404, 209),
            Missing::Soft => (200, 641 / scale),
            Missing::Echo => (200, (620 + random.below(45)) / scale),
        }
    }
}
