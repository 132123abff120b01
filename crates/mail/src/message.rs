//! One message, taken apart.

use mail_parser::{HeaderName, HeaderValue, MessageParser};

use crate::address::mailboxes;
use crate::header::{as_written, section};
use crate::part::{About, Budget, Place, read};
use crate::{
    Attachment, AuthenticationResults, Body, BodyKind, Content, Date, Header, Limits, Mailbox, Received,
};

/// Faults of one message that are told one by one; more of them tell nothing more.
const TOLD_DEFECTS: usize = 20;

/// One message. Ranges are bytes of what was parsed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// Without the angle brackets.
    pub message_id: Option<Box<str>>,
    /// Who says to have written it.
    pub from: Vec<Mailbox>,
    /// Who says to have sent it, where it is not who wrote it.
    pub sender: Vec<Mailbox>,
    /// For whom.
    pub to: Vec<Mailbox>,
    /// For whom else.
    pub cc: Vec<Mailbox>,
    /// Where answers go.
    pub reply_to: Vec<Mailbox>,
    /// When, by the sender's word.
    pub date: Option<Date>,
    /// The subject, decoded.
    pub subject: Option<Box<str>>,
    /// The way it took, the last host first, as the headers stand.
    pub received: Vec<Received>,
    /// What hosts found out about the sender, the last host first.
    pub authentication: Vec<AuthenticationResults>,
    /// All headers in their order.
    pub headers: Vec<Header>,
    /// What is read as text, in its order.
    pub bodies: Vec<Body>,
    /// What is attached, in its order.
    pub attachments: Vec<Attachment>,
    /// What is wrong with it, or was left unread at a limit: nothing is lost without a line here.
    pub defects: Vec<Box<str>>,
    /// How many `multipart/alternative` it has.
    alternatives: u32,
}

/// The bytes have no header: they are no message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a mail message: it does not start with headers (Name: value)")]
pub struct NotAMessage;

impl Message {
    /// Takes a message apart. Whatever the bytes are, it ends and does not panic.
    ///
    /// # Errors
    /// [`NotAMessage`] where there is not one header. Everything else that is wrong is in [`Message::defects`].
    pub fn parse(raw: &[u8], limits: &Limits) -> Result<Self, NotAMessage> {
        let mut budget = Budget {
            limits: *limits,
            parser: MessageParser::new(),
            parts: limits.parts,
            nested: 0,
            levels: 0,
        };
        Self::read(raw, &mut budget).ok_or(NotAMessage)
    }

    pub(crate) fn read(raw: &[u8], budget: &mut Budget) -> Option<Self> {
        let head = section(&budget.parser, raw, budget.limits.header_bytes);
        if head.fields.is_empty() {
            return None;
        }
        let mut message = Self::default();
        if head.cut {
            message.defect(format!("headers are cut after {} bytes", budget.limits.header_bytes));
        }
        message.take_headers(raw, &head.fields);
        read(raw, head.body..raw.len(), About::new(&head.fields), Place::TOP, budget, &mut message);
        Some(message)
    }

    /// The value of the first header of that name, unfolded.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|header| header.is(name)).map(|header| &*header.value)
    }

    /// The bodies as a mail program shows them: of alternatives the plain one, where it says anything.
    pub fn shown(&self) -> impl Iterator<Item = &Body> {
        let plain = |alternative| {
            let says = |body: &&Body| body.kind == BodyKind::Plain && !body.text.trim().is_empty();
            self.bodies.iter().filter(says).any(|body| body.alternative == Some(alternative))
        };
        self.bodies.iter().filter(move |body| match (body.kind, body.alternative) {
            (BodyKind::Html, Some(alternative)) => !plain(alternative),
            _ => true,
        })
    }

    /// The nested messages, in their order.
    pub fn nested(&self) -> impl Iterator<Item = &Self> {
        self.attachments.iter().filter_map(|attachment| match &attachment.content {
            Content::Message(message) => Some(&**message),
            Content::Bytes(_) => None,
        })
    }

    pub(crate) fn defect(&mut self, what: String) {
        if self.defects.iter().any(|told| **told == what) {
            return;
        }
        match self.defects.len() {
            ..TOLD_DEFECTS => self.defects.push(what.into()),
            TOLD_DEFECTS => self.defects.push("and more that is not told".into()),
            _ => {}
        }
    }

    pub(crate) fn next_alternative(&mut self) -> u32 {
        self.alternatives += 1;
        self.alternatives - 1
    }

    fn take_headers(&mut self, raw: &[u8], fields: &[mail_parser::Header<'_>]) {
        for field in fields {
            let header = as_written(raw, field);
            match (&field.name, &field.value) {
                (HeaderName::Received, HeaderValue::Received(hop)) => {
                    self.received.push(Received::new(hop, header.range.clone()));
                }
                (HeaderName::AuthenticationResults, _) => {
                    self.authentication.push(AuthenticationResults::new(&header.value, header.range.clone()));
                }
                // Of those that must stand once, the first counts: it is what most programs show.
                (HeaderName::Subject, HeaderValue::Text(text)) if self.subject.is_none() => {
                    self.subject = Some(text.as_ref().into());
                }
                (HeaderName::Date, HeaderValue::DateTime(date)) if self.date.is_none() => {
                    self.date = Date::new(date);
                }
                (HeaderName::MessageId, HeaderValue::Text(id)) if self.message_id.is_none() => {
                    self.message_id = Some(id.as_ref().into());
                }
                (name, HeaderValue::Address(address)) => {
                    let into = match name {
                        HeaderName::From => &mut self.from,
                        HeaderName::Sender => &mut self.sender,
                        HeaderName::To => &mut self.to,
                        HeaderName::Cc => &mut self.cc,
                        HeaderName::ReplyTo => &mut self.reply_to,
                        _ => {
                            self.headers.push(header);
                            continue;
                        }
                    };
                    into.extend(mailboxes(address));
                }
                _ => {}
            }
            self.headers.push(header);
        }
    }
}
