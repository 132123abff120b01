//! Each format, as its programs write it.

#![allow(clippy::unwrap_used)]

mod made;

use documents::extract::{ErrorKind, Extracted, Limits};
use made::{docx, odt, page, pdf, read, shown, zip};

fn one(name: &str, bytes: &[u8]) -> Extracted {
    let mut all = read(name, bytes, &Limits::default());
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0).unwrap()
}

#[test]
fn texts_of_word() {
    let file = docx(&[
        ("docProps/core.xml", "<dc:title>Report</dc:title><dc:creator>Somebody</dc:creator>"),
        (
            "word/document.xml",
            "<w:p><w:r><w:t>Sajjad </w:t></w:r><w:r><w:t xml:space=\"preserve\">Kash</w:t></w:r><w:r><w:t>ian &amp; Co&#246;p</w:t></w:r></w:p>
             <w:p><w:pPr><w:tabs><w:tab w:val=\"left\" w:pos=\"9\"/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r>
             <w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>
             <mc:AlternateContent><mc:Choice><w:p><w:r><w:t>box</w:t></w:r></w:p></mc:Choice><mc:Fallback><w:p><w:r><w:t>box</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>
             <w:tbl><w:tr><w:tc><w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        ),
        ("word/footnotes.xml", "<w:footnote><w:p><w:r><w:t>note</w:t></w:r></w:p></w:footnote>"),
        ("word/comments.xml", "<w:comment><w:p><w:r><w:t>remark</w:t></w:r></w:p></w:comment>"),
        ("word/header1.xml", "<w:p><w:r><w:t>head</w:t></w:r></w:p>"),
        ("word/footer2.xml", "<w:p><w:r><w:t>foot</w:t></w:r></w:p>"),
        ("word/styles.xml", "<w:p><w:r><w:t>never</w:t></w:r></w:p>"),
    ]);
    let read = one("a.docx", &file);
    assert_eq!(read.text, "head\n\nSajjad Kashian & Coöp\na\tb\nc-d\nbox\ncell\n\nnote\n\nremark\n\nfoot\n");
    assert_eq!(
        (read.header("title"), read.header("author"), read.pages.len()),
        (Some("Report"), Some("Somebody"), 0)
    );
}

#[test]
fn texts_of_opendocument() {
    let file = odt(&[
        ("meta.xml", "<dc:title>Report</dc:title><meta:initial-creator>Somebody</meta:initial-creator>"),
        (
            "content.xml",
            "<style:p>never</style:p><office:body><text:tracked-changes><text:p>gone</text:p></text:tracked-changes>
             <text:h>Head<text:bookmark/>ing</text:h>
             <text:p>Sajjad\n   <text:span>Kash</text:span><text:span>ian<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>a  note</text:p></text:note-body></text:note> and</text:span> x<text:s text:c=\"2\"/>y<text:tab/>z<text:line-break/>w
             <office:annotation><dc:creator>who</dc:creator><text:p>remark</text:p></office:annotation></text:p>
             <text:list><text:list-item><text:p>item</text:p></text:list-item></text:list></office:body>",
        ),
        ("styles.xml", "<style:header><text:p>head</text:p></style:header><style:footer><text:p>foot</text:p></style:footer>"),
    ]);
    let read = one("a.odt", &file);
    assert_eq!(read.text, "head\n\nHeading\nSajjad Kashian and x  y\tz\nw\na note\nremark\nitem\n\nfoot\n");
    assert_eq!((read.header("title"), read.header("author")), (Some("Report"), Some("Somebody")));
}

#[test]
fn pages_of_pdf() {
    let file = pdf(&[&page(&["Sajjad Kashian", "of Emennet Pasargad"]), "", &page(&["third"])]);
    let read = one("a.pdf", &file);
    assert_eq!(read.text, "Sajjad Kashian\nof Emennet Pasargad\n\nthird\n\n");
    let pages: Vec<_> = read.pages.iter().map(|page| (page.number, page.start)).collect();
    assert_eq!(pages, [(1, 0), (2, 36), (3, 36)]);
    assert_eq!([0, 35, 36, 40].map(|at| read.page_at(at).unwrap()), [1, 1, 3, 3]);
    assert_eq!((read.header("title"), &read.warnings[..]), (Some("Made"), &[][..]));
    let scan = one("a.pdf", &pdf(&["0 0 m 1 1 l S"]));
    assert!(scan.warnings[0].contains("may be a scan"));
}

#[test]
fn mails_and_what_lies_in_them() {
    let inner = "Subject: inner\nFrom: x@example.org\n\nnested";
    let report = docx(&[("word/document.xml", "<w:p><w:r><w:t>annex</w:t></w:r></w:p>")]);
    let coded = |bytes: &[u8]| {
        // Quoted-printable of every byte is the simplest that holds anything.
        bytes
            .iter()
            .map(|b| format!("={b:02X}"))
            .collect::<Vec<_>>()
            .chunks(20)
            .map(|line| line.concat() + "=\r\n")
            .collect::<String>()
    };
    let part = |head: &str, bytes: &[u8]| {
        format!("--b\r\n{head}\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{}\r\n", coded(bytes))
    };
    let mail = format!(
        "Message-ID: <1@x>\r\nFrom: A <a@example.org>\r\nTo: b@example.org\r\nDate: Tue, 20 Oct 2020 09:14:00 -0400\r\nSubject: =?utf-8?q?H=C3=A9?=\r\n\
         Content-Type: multipart/mixed; boundary=b\r\n\r\n{}{}{}{}{}--b--\r\n",
        part("Content-Type: text/html", b"<p>Hello <b>Sajjad</b> Kashian</p>"),
        part("Content-Disposition: attachment; filename=annex.docx", &report),
        part(
            "Content-Type: text/plain; charset=koi8-r; name=x.txt\r\nContent-Disposition: attachment",
            b"\xF0\xD5\xD4\xC9\xCE"
        ),
        part("Content-Type: image/png", b"\x89PNG\r\n\x1a\n\0"),
        part("Content-Type: message/rfc822", inner.as_bytes()),
    );
    let expected = [
        "m.eml [eml] \"From: A <a@example.org>\\nTo: b@example.org\\nSubject: Hé\\n\\nHello Sajjad Kashian\\n\\n\"",
        "m.eml!/annex.docx [docx] \"annex\\n\"",
        "m.eml!/x.txt [text] \"Путин\"",
        "m.eml!/attachment 3: no text, web page, PDF, office document, mail or archive",
        "m.eml!/attachment 4 [eml] \"From: x@example.org\\nSubject: inner\\n\\nnested\"",
    ];
    assert_eq!(shown("m.eml", mail.as_bytes(), &Limits::default()), expected);
    let all = read("m.eml", mail.as_bytes(), &Limits::default());
    let first = all[0].as_ref().unwrap();
    assert_eq!(
        (first.header("date"), first.header("message-id")),
        (Some("2020-10-20T09:14:00-04:00"), Some("1@x"))
    );
    assert_eq!(all[3].as_ref().unwrap_err().kind, ErrorKind::Unsupported);

    let separator = "From a@example.org Tue Oct 20 09:14:00 2020\r\n";
    let mailbox = format!("{separator}{mail}\r\n{separator}Subject: second\r\n\r\n>From here\r\n");
    let boxed = zip([("box.mbox", mailbox.into_bytes())]);
    let all = shown("a.zip", &boxed, &Limits::default());
    let paths: Vec<_> = all.iter().map(|line| line.split([' ', ':']).next().unwrap()).collect();
    assert_eq!(paths[0], "a.zip!/box.mbox!/1");
    assert_eq!(all[5], "a.zip!/box.mbox!/2 [eml] \"Subject: second\\n\\nFrom here\\r\\n\"");
    assert_eq!(all.len(), 6);
    let second = read("a.zip", &boxed, &Limits::default())[5].clone().unwrap();
    assert!(second.header("offset").unwrap().parse::<usize>().unwrap() > mail.len());
}

#[test]
fn archives_hold_anything() {
    let inner = zip([("deep.txt", b"deep".to_vec())]);
    let file = zip([
        ("folder/", vec![]),
        ("folder/a.txt", b"M\xFCller".to_vec()),
        ("../../b.md", b"**b**".to_vec()),
        ("page", b"<html>c".to_vec()),
        ("bad.pdf", b"%PDF-1.4 nothing".to_vec()),
        ("inner.zip", inner),
        ("__MACOSX/._a.txt", b"\0".to_vec()),
    ]);
    let all = shown("a.zip", &file, &Limits::default());
    assert_eq!(all[0], "a.zip!/folder/a.txt [text] \"Müller\"");
    assert_eq!(all[1], "a.zip!/../../b.md [markdown] \"  b  \"");
    assert_eq!(all[2], "a.zip!/page [html] \"c\\n\"");
    assert!(all[3].starts_with("a.zip!/bad.pdf: not a pdf file that can be read: "), "{}", all[3]);
    assert_eq!(all[4], "a.zip!/inner.zip!/deep.txt [text] \"deep\"");
    assert_eq!(all.len(), 5);
    let sheet = zip([("[Content_Types].xml", b"<Types/>".to_vec()), ("xl/workbook.xml", vec![])]);
    assert!(shown("a.xlsx", &sheet, &Limits::default())[0].contains("a spreadsheet"));
    for without in [zip([("folder/", vec![])]), [&b"PK\x05\x06"[..], &[0; 18]].concat()] {
        assert_eq!(shown("a.zip", &without, &Limits::default()), ["a.zip: an archive without a file in it"]);
    }
}
