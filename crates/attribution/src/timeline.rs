//! What happened when, and how long after what came before.

use jiff::Timestamp;
use serde_json::{Value, json};

/// What an event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventKind {
    /// A scan or break-in begins.
    Scan,
    /// The first request of a scrape.
    ScrapeBegins,
    /// Its last.
    ScrapeEnds,
    /// The first message of a mailing.
    MailingBegins,
    /// Its last.
    MailingEnds,
    /// The first post of a group of accounts.
    PostsBegin,
    /// Their last.
    PostsEnd,
}

impl EventKind {
    /// Its name in the output: `scrape_begins`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Scan => "scan",
            Self::ScrapeBegins => "scrape_begins",
            Self::ScrapeEnds => "scrape_ends",
            Self::MailingBegins => "mailing_begins",
            Self::MailingEnds => "mailing_ends",
            Self::PostsBegin => "posts_begin",
            Self::PostsEnd => "posts_end",
        }
    }
}

/// Something that happened, by the word of a log or a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// What.
    pub kind: EventKind,
    /// Of what: the kind of a scan, the log of a scrape, the first words of a mailing.
    pub what: String,
    /// How many requests, messages or posts.
    pub count: usize,
}

/// An event in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// The event.
    pub event: Event,
    /// Hours since the event before; `None`: it is the first.
    pub hours_since: Option<f64>,
}

/// The events in order of time; of one moment, in that of their kinds.
#[must_use]
pub fn timeline(mut events: Vec<Event>) -> Vec<Moment> {
    events.sort_by(|a, b| (a.at, a.kind, &a.what).cmp(&(b.at, b.kind, &b.what)));
    let mut before: Option<Timestamp> = None;
    let moment = |event: Event| {
        let hours_since = before.map(|before| event.at.duration_since(before).as_secs_f64() / 3600.0);
        before = Some(event.at);
        Moment { event, hours_since }
    };
    events.into_iter().map(moment).collect()
}

impl Moment {
    /// As the commands write it; hours with two decimals.
    #[must_use]
    pub fn to_json(&self) -> Value {
        json!({
            "at": self.event.at.to_string(),
            "kind": self.event.kind.name(),
            "what": self.event.what,
            "count": self.event.count,
            "hours_since": self.hours_since.map(|hours| (hours * 100.0).round() / 100.0),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_stand_in_order_with_their_gaps() {
        let event = |second, kind| Event {
            at: Timestamp::from_second(second).unwrap(),
            kind,
            what: String::new(),
            count: 1,
        };
        let moments = timeline(vec![
            event(9000, EventKind::MailingBegins),
            event(0, EventKind::ScrapeBegins),
            event(3600, EventKind::ScrapeEnds),
            event(9000, EventKind::ScrapeEnds),
        ]);
        let got: Vec<(&str, Option<f64>)> =
            moments.iter().map(|m| (m.event.kind.name(), m.hours_since)).collect();
        let wanted = [
            ("scrape_begins", None),
            ("scrape_ends", Some(1.0)),
            ("scrape_ends", Some(1.5)),
            ("mailing_begins", Some(0.0)),
        ];
        assert_eq!(got, wanted);
    }
}
