//! The mailbox of the case: mailings, each with its template and slots, among ordinary mail.

use std::fmt::Write as _;

use jiff::Timestamp;
use validation::Random;

use super::Scale;
use super::people::Voter;
use super::tables::{chance, number, rows, shuffle};
use super::templates::{Piece, SlotKind, Template};
use super::variants;
use super::web::{BEGIN, HOUR};

const CAMPAIGNS: &str = include_str!("../../data/case/campaigns.tsv");

/// A mailing, as the table has it.
#[derive(Clone, Debug)]
pub struct Campaign {
    /// Its text.
    pub template: Template,
    /// Where its recipients are from: `exposed`, `public`, `customers`, `subscribers`.
    pub source: &'static str,
    copies: [usize; 3],
    start: i64,
    hours: i64,
    noise: usize,
    variants: usize,
    encoding: &'static str,
}

/// A slot as it was filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// What it holds.
    pub kind: SlotKind,
    /// First byte in the text of the message.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// As it stands there.
    pub value: String,
    /// How it is written otherwise than in the record: `order`, `word+slip`; empty: it is not.
    pub variant: String,
}

/// A message with what is known of it.
#[derive(Clone, Debug)]
pub struct Message {
    /// Its `Message-ID`, without brackets.
    pub id: String,
    /// When it was sent: milliseconds since 1970.
    pub at: i64,
    /// The mailing, by its place in the table; `None`: ordinary mail.
    pub campaign: Option<usize>,
    /// Whose record filled the slots: the id on the record site, where the site has the person.
    pub voter: Option<u32>,
    /// Its text, as it is once decoded.
    pub text: String,
    /// The slots of the text.
    pub slots: Vec<Slot>,
    /// The message as it stands in the mailbox, after the separator line.
    pub raw: String,
}

/// A recipient: what fills the slots, and who that is on the record site.
pub(super) type Recipient = (Voter, Option<u32>);

impl Campaign {
    /// All mailings of the table.
    ///
    /// # Panics
    /// Where the table is wrong.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let templates = Template::all();
        let campaign = |row: Vec<&'static str>| {
            let [name, source, demo, small, full, start, hours, noise, variants, encoding] = row[..] else {
                panic!("a mailing has ten cells: {row:?}")
            };
            let template = templates.iter().find(|t| t.name == name);
            Self {
                template: template.unwrap_or_else(|| panic!("no template is called {name}")).clone(),
                source,
                copies: [number(demo), number(small), number(full)],
                start: number(start),
                hours: number(hours),
                noise: number(noise),
                variants: number(variants),
                encoding,
            }
        };
        rows(CAMPAIGNS).map(campaign).collect()
    }

    /// How many copies.
    pub(super) fn copies(&self, scale: Scale) -> usize {
        let [demo, small, full] = self.copies;
        scale.of(demo, small, full)
    }

    /// Its messages, to these recipients.
    pub(super) fn send(&self, random: &mut Random, place: usize, to: &[Recipient]) -> Vec<Message> {
        let mut messages = Vec::with_capacity(to.len());
        for (n, recipient) in to.iter().enumerate() {
            let span = usize::try_from(self.hours * HOUR).unwrap_or(1);
            let at = BEGIN + self.start * HOUR + i64::try_from(random.below(span)).unwrap_or(0);
            let noisy = chance(random, self.noise);
            let (text, slots) = self.fill(random, &recipient.0, noisy);
            let id = format!("{}.{n}.{:08x}@{}", self.template.name, random.number() >> 32, self.domain());
            let raw = self.raw(at, &id, &mailbox_of(&recipient.0), &text);
            messages.push(Message { id, at, campaign: Some(place), voter: recipient.1, text, slots, raw });
        }
        messages
    }

    fn domain(&self) -> &'static str {
        let from = self.template.from.trim_end_matches('>');
        from.rsplit('@').next().unwrap_or(from)
    }

    fn fill(&self, random: &mut Random, of: &Voter, noisy: bool) -> (String, Vec<Slot>) {
        let mut text = String::new();
        let mut slots = Vec::new();
        for piece in &self.template.pieces {
            match piece {
                Piece::Text(piece) => text += piece,
                Piece::Ways(ways) => text += if noisy { ways[random.below(ways.len())] } else { ways[0] },
                Piece::Slot(kind) => {
                    let (value, variant) = self.value(random, *kind, of);
                    let start = text.len();
                    text += &value;
                    slots.push(Slot { kind: *kind, start, end: text.len(), value, variant });
                }
            }
        }
        text.push('\n');
        (text, slots)
    }

    fn value(&self, random: &mut Random, kind: SlotKind, of: &Voter) -> (String, String) {
        let plain = |value: String| (value, String::new());
        let otherwise = chance(random, self.variants);
        match kind {
            SlotKind::Name if otherwise => variants::name(random, &of.given, &of.family),
            SlotKind::Name => plain(of.name()),
            SlotKind::Address if otherwise => variants::address(random, &of.street),
            SlotKind::Address => plain(of.street.clone()),
            SlotKind::Town if otherwise => (of.town.to_uppercase(), "case".to_owned()),
            SlotKind::Town => plain(of.town.clone()),
            SlotKind::Party => plain(of.party.clone()),
            SlotKind::Link => plain(format!("https://{}/r/{:010x}", self.domain(), random.number() >> 24)),
            SlotKind::Date => plain(format!("{} May 2024", 16 + random.below(14))),
            SlotKind::Amount => plain(format!("{}.{:02}", 4 + random.below(90), random.below(100))),
        }
    }

    fn raw(&self, at: i64, id: &str, to: &str, text: &str) -> String {
        let Template { from, relay, subject, .. } = self.template;
        message(&Head { at, id, from, to, relay, subject }, self.encoding, text)
    }
}

/// The address of a person's mailbox.
fn mailbox_of(person: &Voter) -> String {
    let given = person.given.split(' ').next().unwrap_or_default();
    format!("{given}.{}.{}@mail.example.net", person.family, person.id % 1000).to_lowercase()
}

struct Head<'a> {
    at: i64,
    id: &'a str,
    from: &'a str,
    to: &'a str,
    relay: &'a str,
    subject: &'a str,
}

fn message(head: &Head<'_>, encoding: &str, text: &str) -> String {
    let Head { at, id, from, to, relay, subject } = head;
    let date = stamp(*at, "%a, %d %b %Y %H:%M:%S +0000");
    let body = match encoding {
        "quoted-printable" => quoted_printable(text),
        "base64" => base64(text.as_bytes()),
        _ => text.to_owned(),
    };
    format!(
        "Received: from out.example.org ([{relay}]) by mx.mail.example.net; {date}\nMessage-ID: <{id}>\nDate: \
         {date}\nFrom: {from}\nTo: {to}\nSubject: {subject}\nMIME-Version: 1.0\nContent-Type: text/plain; \
         charset=utf-8\nContent-Transfer-Encoding: {encoding}\n\n{body}"
    )
}

fn stamp(at: i64, form: &str) -> String {
    Timestamp::from_second(at.div_euclid(1000)).unwrap_or_default().strftime(form).to_string()
}

/// Ordinary mail: each message written by itself.
pub(super) fn chatter(random: &mut Random, people: &[Voter], count: usize) -> Vec<Message> {
    let mut messages = Vec::new();
    for n in 0..count {
        let at = BEGIN + i64::try_from(random.below(72 * 3_600_000)).unwrap_or(0);
        let text = format!("{}\n", variants::letter(random));
        let id = format!("talk.{n}.{:08x}@mail.example.net", random.number() >> 32);
        let (from, to) = (&people[random.below(people.len())], &people[random.below(people.len())]);
        let (from, to) = (format!("{} <{}>", from.name(), mailbox_of(from)), mailbox_of(to));
        let subject = variants::chatter(random);
        let head = Head { at, id: &id, from: &from, to: &to, relay: "192.0.2.25", subject: &subject };
        let raw = message(&head, "7bit", &text);
        messages.push(Message { id, at, campaign: None, voter: None, text, slots: Vec::new(), raw });
    }
    messages
}

/// The mailbox (mboxrd would quote lines that begin with `From `; no text here has one).
#[must_use]
pub fn to_mbox(messages: &[Message]) -> String {
    let mut text = String::new();
    for message in messages {
        let written = write!(
            text,
            "From case@example.org {}\n{}\n",
            stamp(message.at, "%a %b %e %H:%M:%S %Y"),
            message.raw.trim_end_matches('\n').to_owned() + "\n"
        );
        written.unwrap_or_default(); // Writing to a string does not fail.
    }
    text
}

/// In the order in which they were sent.
pub(super) fn by_time(random: &mut Random, mut messages: Vec<Message>) -> Vec<Message> {
    shuffle(random, &mut messages);
    messages.sort_by_key(|message| message.at);
    messages
}

/// RFC 2045, section 6.7: lines of at most 76 characters.
fn quoted_printable(text: &str) -> String {
    let mut out = String::new();
    for line in text.split_inclusive('\n') {
        let mut width = 0;
        for byte in line.trim_end_matches('\n').bytes() {
            let cell = match byte {
                b' '..=b'~' if byte != b'=' => char::from(byte).to_string(),
                _ => format!("={byte:02X}"),
            };
            if width + cell.len() > 75 {
                out += "=\n";
                width = 0;
            }
            width += cell.len();
            out += &cell;
        }
        if line.ends_with('\n') {
            if out.ends_with(' ') {
                out.pop();
                out += "=20";
            }
            out.push('\n');
        }
    }
    out
}

/// RFC 4648, in lines of 76 characters.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for (n, chunk) in bytes.chunks(3).enumerate() {
        if n > 0 && n % 19 == 0 {
            out.push('\n');
        }
        let bits = chunk.iter().chain(&[0, 0]).take(3).fold(0_usize, |bits, b| bits << 8 | usize::from(*b));
        for place in 0..4 {
            let letter = LETTERS[bits >> (18 - 6 * place) & 63];
            out.push(if place <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::{base64, quoted_printable};

    #[test]
    fn encodings() {
        let check = |made: String, wanted: &str| assert_eq!(made, wanted);
        // The vectors of RFC 4648, section 10.
        check(base64(b"f"), "Zg==\n");
        check(base64(b"fo"), "Zm8=\n");
        check(base64(b"foobar"), "Zm9vYmFy\n");
        check(quoted_printable("a=b \u{e9}\n"), "a=3Db =C3=A9\n");
        check(quoted_printable("a \n"), "a=20\n");
        check(quoted_printable(&"x".repeat(80)), &format!("{}=\n{}", "x".repeat(75), "x".repeat(5)));
    }
}
