//! The way that a message took, as the hosts on it say.

use std::net::IpAddr;
use std::ops::Range;

use crate::Date;

/// One `Received` header: a host says from whom it took the message. Only those of hosts that one trusts are evidence: a
/// sender may write as many as it likes below them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// The host that handed it over, as the receiver calls it.
    pub from: Option<Box<str>>,
    /// What that host called itself.
    pub helo: Option<Box<str>>,
    /// Its address, as the receiver saw it.
    pub ip: Option<IpAddr>,
    /// The host that received it.
    pub by: Option<Box<str>>,
    /// The protocol: `SMTP`, `ESMTPS` ...
    pub with: Option<Box<str>>,
    /// The receiver's id of the message.
    pub id: Option<Box<str>>,
    /// Whom it was for.
    pub envelope_to: Option<Box<str>>,
    /// When.
    pub date: Option<Date>,
    /// The header's bytes in the message.
    pub range: Range<usize>,
}

impl Received {
    pub(crate) fn new(hop: &mail_parser::Received<'_>, range: Range<usize>) -> Self {
        let host = |host: &Option<mail_parser::Host<'_>>| host.as_ref().map(|host| host.to_string().into());
        Self {
            from: host(&hop.from),
            helo: host(&hop.helo),
            ip: hop.from_ip,
            by: host(&hop.by),
            with: hop.with.map(|with| with.to_string().into()),
            id: hop.id.as_deref().map(Into::into),
            envelope_to: hop.for_.as_deref().map(Into::into),
            date: hop.date.as_ref().and_then(Date::new),
            range,
        }
    }
}
