//! Mails as messages.

use std::borrow::Cow;

use jiff::Timestamp;
use mail::{Body, BodyKind};
use mail_parser::decoders::html::html_to_text;

use crate::{Message, Source};

/// Bytes of text that are kept of one mail: a long book. More is cut, and said so.
pub const LONGEST_TEXT: usize = 4 << 20;

/// Of two alternatives the plain one counts, unless the other says so many times as much: "Your program cannot show this
/// message" is not the message, and a harmless text beside a threat is a way to hide it.
const SAYS_MORE: usize = 3;

impl Message {
    /// The message of a mail: its bodies as a mail program shows them, one below the other, HTML as its words. `true`: the text
    /// was longer than [`LONGEST_TEXT`] and is cut.
    #[must_use]
    pub fn of_mail(mail: &mail::Message, source: Source) -> (Self, bool) {
        let bodies: Vec<(&Body, Cow<'_, str>)> = mail.bodies.iter().map(|body| (body, words(body))).collect();
        let mut text = String::new();
        for (body, words) in &bodies {
            let shown = body
                .alternative
                .is_none_or(|of| (body.kind == BodyKind::Html) == html_says_more(&bodies, of));
            if shown && text.len() <= LONGEST_TEXT {
                if !text.is_empty() && !text.ends_with('\n') {
                    text.push('\n');
                }
                text += words;
            }
        }
        let cut = text.len() > LONGEST_TEXT;
        text.truncate(text.floor_char_boundary(LONGEST_TEXT));
        let address = |mailbox: &mail::Mailbox| {
            mailbox.address.as_deref().or(mailbox.name.as_deref()).map(str::to_owned)
        };
        let message = Self {
            id: mail.message_id.as_deref().unwrap_or_default().to_owned(),
            platform: "mail".to_owned(),
            sender: mail.from.iter().find_map(address).unwrap_or_default(),
            sender_name: mail.from.iter().find_map(|mailbox| mailbox.name.as_deref()).map(str::to_owned),
            recipients: mail.to.iter().chain(&mail.cc).filter_map(address).collect(),
            time: mail.date.as_ref().and_then(|date| Timestamp::from_second(date.unix).ok()),
            subject: mail.subject.as_deref().map(str::to_owned),
            text,
            url: None,
            source,
        };
        (message, cut)
    }
}

fn words(body: &Body) -> Cow<'_, str> {
    match body.kind {
        BodyKind::Plain => Cow::Borrowed(&body.text),
        BodyKind::Html => Cow::Owned(html_to_text(&body.text)),
    }
}

/// Whether of the alternatives with that number the HTML is the message.
fn html_says_more(bodies: &[(&Body, Cow<'_, str>)], alternative: u32) -> bool {
    let count = |kind| -> usize {
        let of = bodies.iter().filter(|(body, _)| body.alternative == Some(alternative) && body.kind == kind);
        of.map(|(_, words)| words.split_whitespace().count()).sum()
    };
    count(BodyKind::Html) > SAYS_MORE * count(BodyKind::Plain)
}
