//! The laws: whatever the bytes are, reading ends, does not panic, and keeps its places within them.

use mail::{Content, Limits, Mbox, Message, Quoting};
use proptest::prelude::*;

/// Pieces that parsers of mail branch on.
const PIECES: &[&str] = &[
    "\n",
    "\r\n",
    "\n\n",
    "\r",
    " ",
    "\t",
    ":",
    ";",
    "=",
    "\"",
    "\\",
    "(",
    ")",
    "<",
    ">",
    "@",
    ",",
    "--",
    "--x",
    "--x--",
    "\n--x\n",
    "Content-Type: ",
    "multipart/mixed",
    "multipart/digest",
    "multipart/alternative",
    "; boundary=x",
    "; boundary=\"x\"",
    "message/rfc822",
    "text/plain",
    "text/html",
    "; charset=",
    "utf-8",
    "utf-7",
    "utf-16",
    "Content-Transfer-Encoding: ",
    "base64",
    "quoted-printable",
    "Content-Disposition: attachment",
    "; filename*0*=",
    "UTF-8''%41",
    "; name=",
    "From: ",
    "To: ",
    "Received: from a (b [1.2.3.4]) by c",
    "Date: Tue, 20 Oct 2020 09:14:00",
    " -0400",
    "+9999",
    "Authentication-Results: ",
    "Message-ID: <a@b>",
    "Subject: ",
    "=?utf-8?q?a?=",
    "=?utf-8?b?",
    "?=",
    "=C3",
    "=",
    "From a Tue Oct 20 09:14:00 2020\n",
    ">From ",
    "\u{0}",
    "é",
    "a",
    "name",
];

fn checked(raw: &[u8], message: &Message) {
    let ranges = message
        .headers
        .iter()
        .map(|header| &header.range)
        .chain(message.received.iter().map(|hop| &hop.range))
        .chain(message.bodies.iter().map(|body| &body.range))
        .chain(message.attachments.iter().map(|attachment| &attachment.range));
    for range in ranges {
        assert!(raw.get(range.clone()).is_some(), "{range:?} of {}", raw.len());
    }
    for header in &message.headers {
        assert!(header.decoded().len() <= 3 * raw.len());
    }
}

fn read(raw: &[u8]) {
    if let Ok(message) = Message::parse(raw, &Limits::default()) {
        checked(raw, &message);
        let decoded: usize = message
            .attachments
            .iter()
            .map(|one| if let Content::Bytes(bytes) = &one.content { bytes.len() } else { 0 })
            .sum();
        assert!(decoded <= raw.len());
        assert!(message.shown().count() <= message.bodies.len());
    }
    for quoting in [Quoting::Mboxrd, Quoting::Mboxo, Quoting::None] {
        for entry in Mbox::new(raw, 64, quoting).flatten() {
            assert!(entry.raw.len() <= 64);
            assert!(entry.offset_of(entry.raw.len()) <= raw.len() as u64);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn of_pieces(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        read(pieces.concat().as_bytes());
    }

    #[test]
    fn of_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        read(&bytes);
    }

    #[test]
    fn of_a_message_cut_anywhere(cut in 0_usize..2_000, at in 0_usize..2_000, byte: u8) {
        let mut whole = include_bytes!("fuzz/whole.eml").to_vec();
        whole.truncate(cut);
        if let Some(one) = whole.get_mut(at) {
            *one = byte;
        }
        read(&whole);
    }
}

/// Inputs that once were trouble, here or in other parsers of mail.
#[test]
fn kept_inputs() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz");
    let mut files = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        read(&std::fs::read(file.unwrap().path()).unwrap());
        files += 1;
    }
    assert!(files >= 6, "{files}");
}

/// Time grows with the size, not with its square: each of these takes far less than a second.
#[test]
fn megabytes_of_one_thing() {
    for piece in [
        "=?utf-8?q?",
        "=?utf-8?b?a?= ",
        "=?a",
        "(",
        "\\",
        "\"",
        "<",
        ",",
        ";a=b",
        "; a*0*=b",
        "\n ",
        "a:\n",
        "--x\n",
        "\n--x\n\n",
        "a@b,",
        "From: =?x?q?\n",
        "Received: (\n",
        "Content-Type: multipart/mixed; boundary=x\n\n--x\n",
        "%41",
        "Date: (\n",
    ] {
        for head in [
            "Subject: ",
            "From: ",
            "Content-Type: a/b",
            "Received: ",
            "Message-ID: ",
            "Date: ",
            "Authentication-Results: ",
            "X: y\n\n",
            "Content-Type: multipart/mixed; boundary=x\n\n",
        ] {
            let started = std::time::Instant::now();
            let raw = format!("{head}{}", piece.repeat((1 << 20) / piece.len()));
            let message = Message::parse(raw.as_bytes(), &Limits::default());
            if let Ok(message) = &message {
                checked(raw.as_bytes(), message);
            }
            let took = started.elapsed();
            assert!(took.as_secs() < 10, "{head:?} {piece:?}: {took:?}");
        }
    }
}
