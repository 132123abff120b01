//! Files that were made to do harm: a clear error within the limits, and the rest is read.

#![allow(clippy::unwrap_used)]

mod made;

use std::io::{Cursor, Read, Seek, SeekFrom};
use std::time::Instant;

use documents::extract::{ErrorKind, Limits, extract};
use made::{docx, odt, page, pdf, pdf_of, read, shown, zip};
use pdf_extract::{Object, dictionary};
use proptest::prelude::*;

const GOOD: (&str, &[u8]) = ("good.txt", b"good");

fn good() -> (&'static str, Vec<u8>) {
    (GOOD.0, GOOD.1.to_vec())
}

/// Reads a hostile file beside a good one, and says what came of the hostile one.
fn beside(name: &str, hostile: Vec<u8>, limits: &Limits) -> Vec<String> {
    let mut all = shown("a.zip", &zip([(name, hostile), good()]), limits);
    assert_eq!(all.pop().unwrap(), "a.zip!/good.txt [text] \"good\"", "{all:?}");
    all
}

#[test]
fn a_flat_bomb_is_stopped_at_its_ratio() {
    let all = beside("bomb.txt", vec![b' '; 16 << 20], &Limits::default());
    assert_eq!(all, ["a.zip!/bomb.txt: one byte of it becomes more than 250: a zip bomb"]);
    let part = docx(&[("word/document.xml", &format!("<w:p><w:t>seen</w:t></w:p>{}", " ".repeat(16 << 20)))]);
    let all = beside("bomb.docx", part, &Limits::default());
    assert_eq!(all.len(), 2);
    assert!(all[0].starts_with("a.zip!/bomb.docx [docx] \"seen\\n"), "{}", all[0]);
    assert_eq!(all[1], "a.zip!/bomb.docx: one byte of it becomes more than 250: a zip bomb");
}

#[test]
fn what_comes_out_in_all_is_limited() {
    // Under the ratio each, and too much together.
    let noise: Vec<u8> =
        (0..1_u32 << 20).map(|n| b'a' + (n.wrapping_mul(2_654_435_761) >> 27) as u8 % 26).collect();
    let names: Vec<String> = (0..8).map(|n| format!("{n}.txt")).collect();
    let file = zip(names.iter().map(|name| (name.as_str(), noise.clone())));
    let limits = Limits { unpacked: 5 << 20, ..Limits::default() };
    let all = shown("a.zip", &file, &limits);
    assert_eq!(all.iter().filter(|line| line.contains("[text]")).count(), 5);
    assert_eq!(all[5], "a.zip!/5.txt: more than 5242880 bytes come out of the archive");
    let limits = Limits { held: 1 << 19, ..Limits::default() };
    assert_eq!(
        shown("a.zip", &file, &limits)[0],
        "a.zip!/0.txt: it is larger than the 524288 bytes that are held in memory"
    );
    assert_eq!(
        shown("a.txt", &noise, &limits)[0],
        "a.txt: its 1048576 bytes are more than the 524288 that are held in memory"
    );
    let limits = Limits { files: 3, ..Limits::default() };
    assert_eq!(shown("a.zip", &file, &limits)[3..], ["a.zip: more than 3 files in it: the rest is not read"]);
    let limits = Limits { text: 9, ..Limits::default() };
    assert_eq!(
        shown("a.txt", "Müller, Müller".as_bytes(), &limits),
        ["a.txt [text] \"Müller, \"", "a.txt: its text is longer than 9 bytes"]
    );
}

#[test]
fn nesting_without_end_ends() {
    let mut nested = zip([("last.txt", b"last".to_vec())]);
    for _ in 0..1_000 {
        nested = zip([("in.zip", nested), good()]);
    }
    let all = shown("a.zip", &nested, &Limits::default());
    assert_eq!(all.len(), 9, "one error, and the good file of each level above");
    assert_eq!(
        all[0],
        format!("a.zip{}: it lies in 8 others: what is in it is not read", "!/in.zip".repeat(8))
    );
    assert!(all[1..].iter().all(|line| line.ends_with("good.txt [text] \"good\"")));

    let message = "Subject: s\nMIME-Version: 1\nContent-Type: message/rfc822\n\n".repeat(10_000)
        + "Subject: last\n\ntext";
    let all = beside("m.eml", message.into_bytes(), &Limits::default());
    assert!(all.last().unwrap().ends_with("it lies in 8 others: what is in it is not read"), "{all:?}");

    // Deeper ones cost time that grows with the square of their depth: the child's time limit is for them.
    let deep = format!("<html>{}x", "<div>".repeat(5_000));
    assert_eq!(
        beside("deep.html", deep.into_bytes(), &Limits::default()),
        ["a.zip!/deep.html [html] \"x\\n\""]
    );
    let deep = docx(&[("word/document.xml", &format!("{}<w:t>x</w:t>", "<w:a>".repeat(200_000)))]);
    assert!(beside("deep.docx", deep, &Limits::default())[0].starts_with("a.zip!/deep.docx [docx] \"x\""));
}

#[test]
fn entities_of_others_are_never_resolved() {
    let folder = testkit::Scratch::new();
    let secret = folder.file("secret.txt", "SECRET");
    let dtd = format!(
        "<!DOCTYPE x [<!ENTITY file SYSTEM \"file://{}\"><!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;\">]>",
        secret.display()
    );
    let types = || ("[Content_Types].xml", b"<Types/>".to_vec());
    let word = zip([
        types(),
        ("word/document.xml", format!("{dtd}<w:p><w:t>a&file;b&b;c</w:t></w:p>").into_bytes()),
    ]);
    let mimetype = ("mimetype", b"application/vnd.oasis.opendocument.text".to_vec());
    let open = zip([
        mimetype,
        ("content.xml", format!("{dtd}<o:body><t:p>a&file;b&b;c</t:p></o:body>").into_bytes()),
    ]);
    for (name, file) in [("a.docx", word), ("a.odt", open)] {
        let all = read(name, &file, &Limits::default());
        let document = all[0].as_ref().unwrap();
        assert_eq!((document.text.trim(), all.len()), ("abc", 1), "{name}");
        assert!(document.warnings[0].contains("not resolved"), "{name}: {:?}", document.warnings);
    }
}

#[test]
fn pages_without_number_are_not_read() {
    // A tree that says so, and one of which one page is a thousand.
    let declares = pdf_of(vec![page(&["first"]).into_bytes()], |_, tree| tree.set("Count", 1_000_000));
    let all = beside("many.pdf", declares, &Limits::default());
    assert_eq!(
        all,
        [
            "a.zip!/many.pdf [pdf] \"first\\n\\n\"",
            "a.zip!/many.pdf: it declares 1000000 pages: those after page 10000 are not read",
        ]
    );
    let content: Vec<Vec<u8>> = (0..30).map(|n| page(&[&format!("page {n}")]).into_bytes()).collect();
    let limits = Limits { pages: 3, ..Limits::default() };
    let all = beside("thirty.pdf", pdf_of(content, |_, _| {}), &limits);
    assert_eq!(all[0], "a.zip!/thirty.pdf [pdf] \"page 0\\n\\npage 1\\n\\npage 2\\n\\n\"");
    assert!(all[1].ends_with("it declares 30 pages: those after page 3 are not read"));
    let same = pdf_of(vec![page(&["same"]).into_bytes()], |_, tree| {
        let kid = tree.get(b"Kids").unwrap().as_array().unwrap()[0].clone();
        tree.set("Kids", vec![kid; 1_000_000]);
    });
    assert!(beside("same.pdf", same, &Limits::default())[0].contains("same"));
}

#[test]
fn pages_that_break_the_reader_take_no_other_with_them() {
    let pages = ["BT (no font) Tj ET", &page(&["second"]), "q Q Q Q ( ", "/X Do BT /F9 1 Tf (x) Tj"];
    let broken = pdf_of(pages.iter().map(|page| page.as_bytes().to_vec()).collect(), |_, _| {});
    let all = beside("broken.pdf", broken, &Limits::default());
    assert!(all[0].contains("second"), "{all:?}");
    assert!(all[1].starts_with("a.zip!/broken.pdf: not a pdf file that can be read: "), "{all:?}");
    // A page that is its own parent.
    let circle = pdf_of(vec![page(&["first"]).into_bytes()], |document, tree| {
        let kid = tree.get(b"Kids").unwrap().as_array().unwrap()[0].as_reference().unwrap();
        document.get_dictionary_mut(kid).unwrap().set("Parent", kid);
        tree.remove(b"MediaBox");
    });
    assert_eq!(
        beside("circle.pdf", circle, &Limits::default()),
        ["a.zip!/circle.pdf: not a pdf file that can be read: 1 of 1 pages, 1"]
    );
    let none = pdf_of(vec![], |_, tree| tree.set("Kids", Object::Array(vec![dictionary! {}.into()])));
    assert!(beside("none.pdf", none, &Limits::default())[0].contains("no pages"));
}

/// Each format, whole.
fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let paragraph = "<w:p><w:r><w:t>Sajjad Kashian</w:t></w:r></w:p>";
    vec![
        ("a.pdf", pdf(&[&page(&["Sajjad Kashian"]), &page(&["second"])])),
        ("a.docx", docx(&[("word/document.xml", paragraph), ("word/footer1.xml", paragraph)])),
        ("a.odt", odt(&[("content.xml", "<office:body><text:p>Sajjad Kashian</text:p></office:body>")])),
        ("a.html", b"<html><head><title>t</title><body><p>Sajjad <b>Kashian</b><table><tr><td>x".to_vec()),
        ("a.md", b"# Sajjad **Kashian** [link](http://example.org) <b>x</b>".to_vec()),
        ("a.mbox", b"From a Tue Oct 20 09:14:00 2020\nFrom: a@b\nTo: c\nDate: Tue, 20 Oct 2020 09:14:00 -0400\n\nSajjad\n".to_vec()),
        ("a.txt", "\u{FEFF}Sajjad Müller".as_bytes().to_vec()),
        ("a.zip", zip([good(), ("b.html", b"<p>x".to_vec())])),
    ]
}

#[test]
fn what_is_cut_off_is_told_or_read() {
    let limits = Limits::default();
    for (name, whole) in samples() {
        let full = read(name, &whole, &limits);
        assert!(full.iter().all(Result::is_ok), "{name}: {full:?}");
        let zipped = matches!(name, "a.pdf" | "a.docx" | "a.odt" | "a.zip");
        for cut in (0..whole.len()).step_by(7) {
            let part = read(name, &whole[..cut], &limits);
            assert!(!part.is_empty(), "{name} cut at {cut} is silent");
            // Of a text the rest is as good as the whole; an archive lost its directory.
            if zipped && cut > 8 && name != "a.pdf" {
                assert!(part.iter().any(Result::is_err), "{name} cut at {cut}: {part:?}");
            }
        }
    }
}

/// Two gigabytes of nothing behind a beginning, without a byte of them in memory.
struct Sparse {
    head: &'static [u8],
    at: u64,
}

const TWO_GIGABYTES: u64 = 2 << 30;

impl Read for Sparse {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let left = usize::try_from((TWO_GIGABYTES - self.at).min(buffer.len() as u64)).unwrap();
        buffer[..left].fill(0);
        let head = self.head.get(usize::try_from(self.at).unwrap()..).unwrap_or_default();
        let both = head.len().min(left);
        buffer[..both].copy_from_slice(&head[..both]);
        self.at += left as u64;
        Ok(left)
    }
}

impl Seek for Sparse {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.at = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::End(back) => TWO_GIGABYTES.saturating_add_signed(back),
            SeekFrom::Current(step) => self.at.saturating_add_signed(step),
        };
        Ok(self.at)
    }
}

#[test]
fn two_gigabytes_of_nothing_are_refused() {
    let rows: &[(&str, &[u8], ErrorKind)] = &[
        ("a.txt", b"", ErrorKind::Unsupported),
        ("a.pdf", b"%PDF-1.7\n", ErrorKind::Limit),
        ("a.zip", b"PK\x03\x04", ErrorKind::Damaged),
    ];
    for (name, head, kind) in rows {
        let started = Instant::now();
        let mut all = Vec::new();
        extract(Sparse { head, at: 0 }, name, &Limits::default(), &mut |outcome| all.push(outcome));
        assert_eq!(all.len(), 1, "{name}");
        assert_eq!(all[0].as_ref().unwrap_err().kind, *kind, "{name}: {all:?}");
        assert!(started.elapsed().as_secs() < 20, "{name} took {:?}", started.elapsed());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_changed_byte_is_survived(which in 0_usize..8, at in 0_usize..2_000, byte: u8) {
        let (name, mut bytes) = samples().swap_remove(which);
        let at = at % bytes.len();
        bytes[at] = byte;
        for outcome in read(name, &bytes, &Limits::default()).into_iter().flatten() {
            for page in &outcome.pages {
                prop_assert!(outcome.text.is_char_boundary(page.start));
            }
        }
    }

    #[test]
    fn any_bytes_are_survived(head in prop::sample::select(vec!["%PDF-", "PK\u{3}\u{4}", "<html>", "From a 10:00 2020\n", "Received: x\n", ""]), bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let mut file = head.as_bytes().to_vec();
        file.extend(bytes);
        let mut all = 0;
        extract(Cursor::new(file), "a", &Limits::default(), &mut |_| all += 1);
        prop_assert!(all > 0 || head == "From a 10:00 2020\n");
    }
}
