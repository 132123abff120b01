//! Mail as it lies in files: MIME messages, mbox, Maildir.
//!
//! [`Message::parse`] takes a message apart: who, to whom, when, by which hosts; its bodies and attachments; each header
//! with its place. [`Mbox`] streams the messages of an mbox file in bounded memory, [`maildir`] tells which files of a
//! Maildir are messages. Nothing here opens a file.
//!
//! Headers and encoded words are read by `mail-parser`. The walk over the parts is our own: the library's tree is as deep
//! as a message says, so that a small hostile message overflows the stack when the tree is dropped. Ours is bounded by
//! [`Limits`], and what a limit or a fault leaves unread is told in [`Message::defects`].

mod address;
mod authentication;
mod bodies;
mod decode;
mod header;
mod limits;
mod maildir;
mod mbox;
mod message;
mod part;
mod received;

pub use address::Mailbox;
pub use authentication::{AuthenticationResults, MethodResult};
pub use bodies::{Attachment, Body, BodyKind, Content};
pub use header::{Date, Header};
pub use limits::Limits;
pub use maildir::{MaildirEntry, maildir};
pub use mbox::{Entry, Mbox, MboxError, Quoting};
pub use message::{Message, NotAMessage};
pub use received::Received;
