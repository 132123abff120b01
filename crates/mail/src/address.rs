//! Who a message is from and for.

use std::fmt;

use mail_parser::{Addr, Address};

/// One mailbox of `From`, `To` and their like. Groups are flattened to their members.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Mailbox {
    /// The display name, decoded.
    pub name: Option<Box<str>>,
    /// The address as written: `info@example.org`. `None` where a header holds a name alone.
    pub address: Option<Box<str>>,
}

impl Mailbox {
    /// The part of the address behind the last `@`.
    #[must_use]
    pub fn domain(&self) -> Option<&str> {
        self.address.as_deref()?.rsplit_once('@').map(|(_, domain)| domain)
    }
}

impl fmt::Display for Mailbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.name.as_deref(), self.address.as_deref()) {
            (Some(name), Some(address)) => write!(f, "{name} <{address}>"),
            (name, address) => f.write_str(name.or(address).unwrap_or_default()),
        }
    }
}

pub(crate) fn mailboxes(address: &Address<'_>) -> Vec<Mailbox> {
    let filled = |text: &Option<std::borrow::Cow<'_, str>>| {
        text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(Into::into)
    };
    let mailbox = |addr: &Addr<'_>| Mailbox { name: filled(&addr.name), address: filled(&addr.address) };
    address.iter().map(mailbox).filter(|one| one.name.is_some() || one.address.is_some()).collect()
}
