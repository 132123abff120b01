//! Messages as they are sent, and as they should never be.

#![allow(clippy::unwrap_used)] // A helper of tests.

use mail::{BodyKind, Content, Limits, Message};

fn parse(raw: &str) -> Message {
    Message::parse(raw.as_bytes(), &Limits::default()).unwrap()
}

const THREAT: &str = "Return-Path: <info@example.org>\r
Received: from relay.example.net (relay.example.net [192.0.2.7])\r
\tby mx.example.com with ESMTPS id ab12\r
\tfor <voter@example.com>; Tue, 20 Oct 2020 09:14:02 -0400\r
Received: from unknown (HELO mailer) (198.51.100.4) by relay.example.net with SMTP; 20 Oct 2020 13:14:00 -0000\r
Authentication-Results: mx.example.com; spf=fail smtp.mailfrom=info@example.org; dkim=none\r
From: \"The Boys\" <info@example.org>\r
To: =?UTF-8?Q?J=C3=BCrgen?= <voter@example.com>, second@example.com\r
Cc: group: a@example.com, b@example.com;\r
Reply-To: <answers@example.net>\r
Date: Tue, 20 Oct 2020 09:14:00 -0400\r
Subject: =?windows-1251?B?wu7y5fDxIOTr/yDi4PE=?=\r
Message-ID: <1@example.org>\r
Content-Type: multipart/mixed; boundary=\"outer\"\r
\r
This is a MIME message.\r
--outer\r
Content-Type: multipart/alternative; boundary=outer2\r
\r
--outer2\r
Content-Type: text/plain; charset=iso-8859-1\r
Content-Transfer-Encoding: quoted-printable\r
\r
Change your party, M=FCller=\r
!\r
--outer2\r
Content-Type: text/html\r
\r
<p>Change your party</p>\r
--outer2--\r
--outer\r
Content-Type: application/pdf; name=\"wrong.pdf\"\r
Content-Disposition: attachment; filename*=UTF-8''%D0%B0%D0%BA%D1%82.pdf\r
Content-Transfer-Encoding: base64\r
\r
JVBERg==\r
--outer--\r
Nobody reads this.\r
";

#[test]
fn a_message_is_taken_apart() {
    let message = parse(THREAT);
    assert_eq!(message.defects, [] as [Box<str>; 0]);
    let show = |all: &[mail::Mailbox]| all.iter().map(ToString::to_string).collect::<Vec<_>>().join(" | ");
    let rows = [
        (show(&message.from), "The Boys <info@example.org>"),
        (show(&message.to), "Jürgen <voter@example.com> | second@example.com"),
        (show(&message.cc), "a@example.com | b@example.com"),
        (show(&message.reply_to), "answers@example.net"),
        (message.subject.as_deref().unwrap().into(), "Вотерс для вас"),
        (message.message_id.as_deref().unwrap().into(), "1@example.org"),
        (message.date.clone().unwrap().rfc3339.into(), "2020-10-20T09:14:00-04:00"),
        (message.from[0].domain().unwrap().into(), "example.org"),
        (message.authentication[0].by.to_string(), "mx.example.com"),
        (message.authentication[0].results[0].result.to_string(), "fail"),
        (message.header("return-path").unwrap().into(), "<info@example.org>"),
    ];
    for (read, expected) in rows {
        assert_eq!(read, expected);
    }
    assert_eq!(message.date.unwrap().unix, 1_603_199_640);
}

#[test]
fn hops_stand_with_their_places() {
    let message = parse(THREAT);
    let hops: Vec<_> = message
        .received
        .iter()
        .map(|hop| (hop.by.as_deref().unwrap(), hop.ip.unwrap().to_string(), hop.date.as_ref().unwrap().unix))
        .collect();
    assert_eq!(
        hops,
        [
            ("mx.example.com", "192.0.2.7".to_owned(), 1_603_199_642),
            ("relay.example.net", "198.51.100.4".to_owned(), 1_603_199_640)
        ]
    );
    assert!(THREAT[message.received[1].range.clone()].starts_with("Received: from unknown (HELO mailer)"));
    for header in &message.headers {
        let written = &THREAT[header.range.clone()];
        assert!(written.starts_with(&*header.name) && written.ends_with("\r\n"), "{written:?}");
    }
    assert_eq!(message.headers.len(), 12);
    let subject = message.headers.iter().find(|header| header.is("subject")).unwrap();
    assert_eq!(
        (&*subject.value, &*subject.decoded()),
        ("=?windows-1251?B?wu7y5fDxIOTr/yDi4PE=?=", "Вотерс для вас")
    );
}

#[test]
fn bodies_and_attachments_stand_with_their_places() {
    let message = parse(THREAT);
    let bodies: Vec<_> =
        message.bodies.iter().map(|body| (body.kind, &*body.text, &THREAT[body.range.clone()])).collect();
    assert_eq!(
        bodies,
        [
            (BodyKind::Plain, "Change your party, Müller!", "Change your party, M=FCller=\r\n!"),
            (BodyKind::Html, "<p>Change your party</p>", "<p>Change your party</p>"),
        ]
    );
    assert_eq!(message.shown().count(), 1);
    let pdf = &message.attachments[0];
    assert_eq!(
        (pdf.name.as_deref(), &*pdf.content_type, &pdf.content, &THREAT[pdf.range.clone()]),
        (Some("акт.pdf"), "application/pdf", &Content::Bytes(b"%PDF".to_vec()), "JVBERg==")
    );
}

#[test]
fn what_is_malformed_is_read_as_far_as_it_goes() {
    // Message, bodies, attachments, a defect.
    let rows: &[(&str, &[&str], usize, &str)] = &[
        ("A: b", &[""], 0, ""),
        ("A: b\n\ntext", &["text"], 0, ""),
        ("A: b\n\n\n\n", &["\n\n"], 0, ""),
        ("Content-Type: multipart/mixed\n\ntext", &["text"], 0, ""),
        ("Content-Type: multipart/mixed; boundary=x\n\ntext", &["text"], 0, "without its boundary"),
        ("Content-Type: multipart/mixed; boundary=x\n\n--x\n\ntext", &["text"], 0, "does not end"),
        ("Content-Type: multipart/mixed; boundary=x\n\n--x--\n\ntext", &[], 0, ""),
        ("Content-Type: multipart/mixed; boundary=x\n\n--x\n--x\n\n\n--x--", &["", ""], 0, ""),
        (
            "Content-Type: multipart/mixed; boundary=\"\"\n\n--\n\na\n--\n\nb\n----",
            &["--\n\na\n--\n\nb\n----"],
            0,
            "",
        ),
        ("Content-Type: text\n\ntext", &["text"], 0, ""),
        ("Content-Type: text/plain; charset=none\n\ntext", &["text"], 0, "unknown character set"),
        ("Content-Type: ;;;=\"\n\ntext", &["text"], 0, ""),
        ("Content-Transfer-Encoding: base64\n\n!!!!", &[""], 0, "faulty transfer encoding"),
        ("Content-Type: message/rfc822\n\n", &[], 1, ""),
        ("Content-Type: message/rfc822\n\nno header", &[], 1, ""),
        ("Content-Type: multipart/digest; boundary=x\n\n--x\n\nA: b\n\nc\n--x--", &[], 1, ""),
        ("Content-Disposition: attachment\n\ntext", &[], 1, ""),
    ];
    for (raw, bodies, attachments, defect) in rows {
        let message = parse(raw);
        let read: Vec<_> = message.bodies.iter().map(|body| &*body.text).collect();
        assert_eq!((&read[..], message.attachments.len()), (*bodies, *attachments), "{raw:?}");
        let told = message.defects.join("; ");
        assert!(told.contains(defect) && told.is_empty() == defect.is_empty(), "{raw:?}: {told}");
    }
    for nothing in ["", "\n\n", "text", "text\nwithout\nheaders"] {
        assert!(Message::parse(nothing.as_bytes(), &Limits::default()).is_err(), "{nothing:?}");
    }
}

#[test]
fn nested_messages_are_read_up_to_the_limit() {
    let nested = |levels: usize| {
        "Subject: s\nContent-Type: message/rfc822\n\n".repeat(levels) + "Subject: last\n\ntext"
    };
    let depth = |mut message: Message| {
        let mut depth = 0;
        loop {
            let inner = message.nested().next().cloned();
            let Some(inner) = inner else { break };
            (message, depth) = (inner, depth + 1);
        }
        (depth, message)
    };
    assert_eq!(depth(parse(&nested(3))).0, 3);
    assert_eq!(depth(parse(&nested(3))).1.subject.as_deref(), Some("last"));
    // A thousand, and what would overflow a stack.
    for levels in [1_000, 200_000] {
        let (depth, last) = depth(parse(&nested(levels)));
        assert_eq!(depth, 10);
        assert!(last.defects[0].contains("more than 10 messages within each other"), "{:?}", last.defects);
        assert!(matches!(&last.attachments[0].content, Content::Bytes(bytes) if bytes.ends_with(b"text")));
    }
    let coded = "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nU3ViamVjdDogaW4KCnRleHQ=";
    assert_eq!(parse(coded).nested().next().unwrap().subject.as_deref(), Some("in"));
}

#[test]
fn parts_are_read_up_to_the_limits() {
    let flat = |parts: usize| {
        format!("Content-Type: multipart/mixed; boundary=x\n\n{}--x--", "--x\n\ntext\n".repeat(parts))
    };
    assert_eq!(parse(&flat(1_000)).bodies.len(), 1_000);
    let many = parse(&flat(10_001));
    assert_eq!(
        (many.bodies.len(), &*many.defects[0]),
        (10_000, "more than 10000 parts: the rest is not read")
    );
    let mut deep = String::new();
    for level in 0..1_000 {
        deep += &format!("Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n");
    }
    assert!(parse(&deep).defects.iter().any(|told| told.starts_with("more than 100 levels")));
}
