//! One message or post, whatever it came by.

use jiff::Timestamp;

/// A mail or a post, with the text that its author wrote.
///
/// All ranges that this crate tells of a message are bytes of [`Message::text`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// `Message-ID` of a mail, id of a post; where there is none, its place in its file.
    pub id: String,
    /// `mail`, or the platform as the file of posts names it; `post` where it names none.
    pub platform: String,
    /// Address or account that says to have sent it; empty: it says none.
    pub sender: String,
    /// The name that a mail's sender goes by beside the address; whoever sends it writes there what they like.
    pub sender_name: Option<String>,
    /// Addresses it was sent to.
    pub recipients: Vec<String>,
    /// When, by its own word.
    pub time: Option<Timestamp>,
    /// Subject of a mail.
    pub subject: Option<String>,
    /// The text as it is read: decoded, of HTML the words.
    pub text: String,
    /// Web address that a post shares beside its text.
    pub url: Option<String>,
    /// Where it was read.
    pub source: Source,
}

/// Where a message was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The file.
    pub file: String,
    /// Where in it the message starts.
    pub place: Place,
}

/// A place in a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// The file is one message.
    #[default]
    File,
    /// Byte, from 0: of the separator line of an mbox.
    Byte(u64),
    /// Line, from 1.
    Line(u64),
}
