//! mbox files, whole, broken, hostile.

use std::io::{BufReader, Read};

use mail::{Mbox, MboxError, Quoting};

const DAY: &str = "From a@example.org Tue Oct 20 09:14:00 2020\n";

/// What the iterator gives, one line each.
fn read(file: &str, limit: usize, quoting: Quoting) -> Vec<String> {
    Mbox::new(file.as_bytes(), limit, quoting)
        .map(|entry| match entry {
            Ok(entry) => format!("{} {:?}", entry.offset, String::from_utf8_lossy(&entry.raw)),
            Err(error) => error.to_string(),
        })
        .collect()
}

#[test]
fn messages_stand_between_separators() {
    let rows: &[(String, &[&str])] = &[
        (String::new(), &[]),
        (format!("{DAY}A: b\n\ntext\n\n{DAY}C: d\n\n"), &[r#"0 "A: b\n\ntext\n""#, r#"56 "C: d\n""#]),
        (format!("{DAY}A: b\n\ntext"), &[r#"0 "A: b\n\ntext""#]),
        // A sentence is no separator, whatever stands before it.
        (
            format!("{DAY}A: b\n\nFrom here on, at 10:30, all is\n"),
            &[r#"0 "A: b\n\nFrom here on, at 10:30, all is\n""#],
        ),
        // Programs that forget the empty line.
        (format!("{DAY}A: b\n{DAY}C: d\n"), &[r#"0 "A: b\n""#, r#"49 "C: d\n""#]),
        (format!("{DAY}{DAY}"), &[r#"0 """#, r#"44 """#]),
        // Only the first line may be bare.
        ("From somebody\nA: b\n\n".to_owned(), &[r#"0 "A: b\n""#]),
        (
            format!("junk\n{DAY}A: b\n"),
            &[
                r#"not an mbox: 5 bytes stand before the first line that starts with "From ""#,
                r#"5 "A: b\n""#,
            ],
        ),
        (
            "no mbox at all".to_owned(),
            &[r#"not an mbox: 14 bytes stand before the first line that starts with "From ""#],
        ),
    ];
    for (file, expected) in rows {
        assert_eq!(read(file, 1_000, Quoting::Mboxrd), *expected, "{file:?}");
        let crlf: Vec<String> = read(&file.replace('\n', "\r\n"), 1_000, Quoting::Mboxrd);
        assert_eq!(crlf.len(), expected.len(), "{file:?} with CRLF");
    }
    let crlf = format!("{DAY}A: b\n\ntext\n\n{DAY}C: d\n").replace('\n', "\r\n");
    assert_eq!(read(&crlf, 99, Quoting::Mboxrd), [r#"0 "A: b\r\n\r\ntext\r\n""#, r#"61 "C: d\r\n""#]);
}

#[test]
fn quoting_is_undone() {
    let file = format!("{DAY}A: b\n\n>From x\n>>From y\n> From z\n");
    let rows = [
        (Quoting::Mboxrd, r#"0 "A: b\n\nFrom x\n>From y\n> From z\n""#),
        (Quoting::Mboxo, r#"0 "A: b\n\nFrom x\n>>From y\n> From z\n""#),
        (Quoting::None, r#"0 "A: b\n\n>From x\n>>From y\n> From z\n""#),
    ];
    for (quoting, expected) in rows {
        assert_eq!(read(&file, 1_000, quoting), [expected], "{quoting:?}");
    }
}

#[test]
fn each_byte_has_its_place_in_the_file() {
    let file = format!("{DAY}A: b\n\n>From x\n>>From y\nz\n\n{DAY}C: d\n\n>From w\n");
    for entry in Mbox::new(file.as_bytes(), 1_000, Quoting::Mboxrd) {
        let entry = entry.unwrap();
        for (at, byte) in entry.raw.iter().enumerate() {
            assert_eq!(file.as_bytes()[usize::try_from(entry.offset_of(at)).unwrap()], *byte, "{at}");
        }
    }
}

#[test]
fn a_message_over_the_limit_is_skipped_alone() {
    let large = "x".repeat(300_000);
    let file = format!("{DAY}A: b\n\n{DAY}L: {large}\n\n{large}\n\n{DAY}C: d\n");
    let read = read(&file, 100_000, Quoting::Mboxrd);
    assert_eq!(read.len(), 3);
    assert_eq!(read[1], "byte 50: a message of 600007 bytes is over the limit of 100000 and was skipped");
    assert!(read[2].contains("C: d"));
}

#[test]
fn a_file_without_line_breaks_stays_out_of_memory() {
    // Half a gigabyte, a zero at a time: the test would not end well if it were kept.
    let endless = BufReader::new(std::io::repeat(0).take(512 << 20));
    let file = DAY.as_bytes().chain(endless);
    let read: Vec<_> = Mbox::new(file, 1_000, Quoting::Mboxrd).collect();
    assert!(matches!(read[..], [Err(MboxError::TooLarge { offset: 0, bytes: 536_870_912, limit: 1_000 })]));
}
