//! Mails and mailboxes: what a reader sees of the headers, the bodies, then what is attached.

use std::io::{BufReader, Cursor};

use encoding_rs::Encoding;
use mail::{Attachment, BodyKind, Content, Mailbox, Mbox, MboxError, Message, Quoting};

use super::document::Draft;
use super::error::{ErrorKind, Fault};
use super::format::Format;
use super::html;
use super::walk::{Place, Source, Walk};

/// Reads a mailbox, message by message.
pub(super) fn mailbox(source: &mut dyn Source, place: &Place<'_>, walk: &mut Walk<'_>) -> Result<(), Fault> {
    if place.depth >= walk.limits.depth {
        return Err(walk.too_deep());
    }
    let limit = usize::try_from(walk.limits.held.saturating_sub(place.held)).unwrap_or(usize::MAX);
    for (number, entry) in Mbox::new(BufReader::new(source), limit, Quoting::Mboxrd).enumerate() {
        walk.another_file()?;
        let path = place.inner(&(number + 1).to_string());
        match entry {
            Ok(entry) => {
                let held = place.held + entry.raw.len() as u64;
                let inner = Place { path: &path, depth: place.depth + 1, held };
                if let Err(fault) = read(&entry.raw, &inner, walk, Some(entry.offset)) {
                    walk.fail(fault.at(&path));
                }
            }
            Err(error) => {
                let kind = match error {
                    MboxError::TooLarge { .. } => ErrorKind::Limit,
                    MboxError::NoSeparator { .. } => ErrorKind::Damaged,
                    MboxError::Read { .. } => ErrorKind::Unreadable,
                };
                walk.fail(Fault { kind, message: error.to_string() }.at(&path));
            }
        }
    }
    Ok(())
}

/// Reads one message; `offset` is where it starts in its mailbox.
pub(super) fn read(
    raw: &[u8],
    place: &Place<'_>,
    walk: &mut Walk<'_>,
    offset: Option<u64>,
) -> Result<(), Fault> {
    let message =
        Message::parse(raw, &mail::Limits::default()).map_err(|error| Fault::damaged(Format::Eml, error))?;
    tell(message, place, walk, offset)
}

fn tell(message: Message, place: &Place<'_>, walk: &mut Walk<'_>, offset: Option<u64>) -> Result<(), Fault> {
    let mut draft = walk.draft(place, Format::Eml);
    if let Some(offset) = offset {
        draft.header("offset", &offset.to_string());
    }
    let read = write(&message, &mut draft);
    walk.hand_over(draft, read);
    if !message.attachments.is_empty() && place.depth >= walk.limits.depth {
        return Err(walk.too_deep());
    }
    for (number, attachment) in message.attachments.into_iter().enumerate() {
        walk.another_file()?;
        let name = attachment.name.as_deref().filter(|name| !name.trim().is_empty());
        let path = place.inner(&name.map_or_else(|| format!("attachment {}", number + 1), ToOwned::to_owned));
        let inner = Place { path: &path, depth: place.depth + 1, held: place.held };
        match attachment {
            Attachment { content: Content::Message(message), .. } => tell(*message, &inner, walk, None)?,
            Attachment { content: Content::Bytes(bytes), charset, .. } => {
                let bytes = in_utf8(bytes, charset.as_deref());
                let held = place.held + bytes.len() as u64;
                walk.file(&mut Cursor::new(bytes), &Place { held, ..inner });
            }
        }
    }
    Ok(())
}

/// The bytes of a text in a character set that its own bytes do not tell.
fn in_utf8(bytes: Vec<u8>, charset: Option<&str>) -> Vec<u8> {
    match charset.and_then(|label| Encoding::for_label(label.as_bytes())) {
        Some(encoding) if std::str::from_utf8(&bytes).is_err() => {
            encoding.decode(&bytes).0.into_owned().into_bytes()
        }
        _ => bytes,
    }
}

/// The headers that name people, as lines; then the bodies.
fn write(message: &Message, draft: &mut Draft) -> Result<(), Fault> {
    for defect in &message.defects {
        draft.warn(defect.clone());
    }
    let all =
        |mailboxes: &[Mailbox]| mailboxes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let lines = [
        ("from", "From", all(&message.from)),
        ("sender", "Sender", all(&message.sender)),
        ("to", "To", all(&message.to)),
        ("cc", "Cc", all(&message.cc)),
        ("reply-to", "Reply-To", all(&message.reply_to)),
        ("subject", "Subject", message.subject.as_deref().unwrap_or_default().to_owned()),
    ];
    if let Some(date) = &message.date {
        draft.header("date", &date.rfc3339);
    }
    draft.header("message-id", message.message_id.as_deref().unwrap_or_default());
    for (key, name, value) in lines.iter().filter(|(_, _, value)| !value.is_empty()) {
        draft.header(key, value);
        draft.push(&format!("{name}: {value}\n"))?;
    }
    for body in message.shown() {
        draft.end_paragraph()?;
        match body.kind {
            BodyKind::Plain => draft.push(&body.text)?,
            BodyKind::Html => html::read(&body.text, draft)?,
        }
    }
    Ok(())
}
