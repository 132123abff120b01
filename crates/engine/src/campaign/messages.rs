//! Files of messages: mbox, single mails, Maildirs, tables and JSON lines of posts.

use std::io::{BufRead, Read};
use std::path::{Path, PathBuf};

use ::campaign::{LONGEST_TEXT, Message, Place, Source};
use mail::{Limits, Mbox, MboxError, Quoting};

use super::posts;
use crate::EngineError;
use crate::source::{damaged, stream};

/// Bytes of one mail. What providers take is half of that; a larger one is named and left out.
const LARGEST_MAIL: usize = 64 << 20;

/// Failures that are kept with their reason; all are counted.
const KEPT_FAILURES: usize = 1000;

/// What was read of files of messages.
#[derive(Debug, Default)]
pub struct MessagesRead {
    /// The messages, in the order of the files.
    pub messages: Vec<Message>,
    /// Mails and rows that were met, the failed ones too. A mail within a mail is one.
    pub read: u64,
    /// Mails, rows and files that could not be read.
    pub failed: u64,
    /// The first of them: file, place, reason.
    pub failures: Vec<(String, Place, String)>,
    /// Mails of which some part was wrong or is beyond a limit; what could be read of them is there.
    pub defective: u64,
    /// Texts that were longer than is kept.
    pub cut: u64,
    /// Posts whose time could not be read.
    pub undated: u64,
}

impl MessagesRead {
    pub(super) fn fail(&mut self, file: &str, place: Place, reason: &str) {
        self.failed += 1;
        if self.failures.len() < KEPT_FAILURES {
            self.failures.push((file.to_owned(), place, reason.to_owned()));
        }
    }

    fn take(&mut self, raw: &[u8], file: &str, place: Place) {
        self.read += 1;
        match mail::Message::parse(raw, &Limits::default()) {
            Ok(mail) => self.take_mail(&mail, file, place),
            Err(error) => self.fail(file, place, &error.to_string()),
        }
    }

    /// Takes a mail and those within it: victims forward what they got.
    fn take_mail(&mut self, mail: &mail::Message, file: &str, place: Place) {
        let (mut message, cut) = Message::of_mail(mail, Source { file: file.to_owned(), place });
        if message.id.is_empty() {
            message.id = match place {
                Place::File => file.to_owned(),
                Place::Byte(at) | Place::Line(at) => format!("{file}:{at}"),
            };
        }
        self.defective += u64::from(!mail.defects.is_empty());
        self.cut += u64::from(cut);
        self.messages.push(message);
        for nested in mail.nested() {
            self.read += 1;
            self.take_mail(nested, file, place);
        }
    }
}

/// Reads messages: of an mbox, a mail, a folder that is a Maildir or holds `.eml` files, a CSV or JSON lines of posts; plain
/// or packed. What a file is, its beginning tells. A message that cannot be read is named and the others are read; so with
/// files, where others are left.
///
/// # Errors
/// No file can be read.
pub fn read_messages(paths: &[PathBuf]) -> Result<MessagesRead, EngineError> {
    let mut read = MessagesRead::default();
    let mut first_error = None;
    let mut good = 0;
    for path in paths {
        match read_path(path, &mut read) {
            Ok(()) => good += 1,
            Err(error) => {
                let remedy = error.remedy().map(|remedy| format!(" ({remedy})")).unwrap_or_default();
                read.fail(&path.display().to_string(), Place::File, &format!("{error}{remedy}"));
                first_error.get_or_insert(error);
            }
        }
    }
    match first_error {
        Some(error) if good == 0 => Err(error),
        _ => Ok(read),
    }
}

fn read_path(path: &Path, read: &mut MessagesRead) -> Result<(), EngineError> {
    if path.is_dir() {
        return read_folder(path, read);
    }
    read_input(&path.display().to_string(), stream(path)?.input, read)
}

/// The same of what is open already; `shown` is what messages call it.
pub(crate) fn read_input(
    shown: &str,
    mut input: Box<dyn BufRead + Send>,
    read: &mut MessagesRead,
) -> Result<(), EngineError> {
    let head = input.fill_buf().map_err(|e| damaged(shown, &e))?;
    match form(head) {
        Form::Empty => Err(EngineError::input(format!("{shown} is empty")).hint("name a file of messages")),
        Form::Mbox => read_mbox(shown, input, read),
        Form::Mail => {
            let mut raw = Vec::new();
            input.take(LARGEST_MAIL as u64 + 1).read_to_end(&mut raw).map_err(|e| damaged(shown, &e))?;
            if raw.len() > LARGEST_MAIL {
                read.read += 1;
                read.fail(shown, Place::File, &format!("a mail of more than {} MiB", LARGEST_MAIL >> 20));
            } else {
                read.take(&raw, shown, Place::File);
            }
            Ok(())
        }
        Form::Lines => posts::read_lines(shown, input, read),
        Form::Table => posts::read_table(shown, input, read),
    }
}

enum Form {
    Empty,
    Mbox,
    Mail,
    Lines,
    Table,
}

/// What a file is, by how it begins.
fn form(head: &[u8]) -> Form {
    let Some(start) = head.iter().position(|b| !b.is_ascii_whitespace()) else { return Form::Empty };
    let head = &head[start..];
    let line = head.split(|b| *b == b'\n').next().unwrap_or_default();
    // `Name: value`, with no blank in the name.
    let name = line.iter().take_while(|b| b.is_ascii_graphic() && **b != b':').count();
    match head {
        [b'{', ..] => Form::Lines,
        _ if head.starts_with(b"From ") => Form::Mbox,
        _ if name > 0 && line.get(name) == Some(&b':') && !line[..name].contains(&b',') => Form::Mail,
        _ => Form::Table,
    }
}

fn read_mbox(
    shown: &str,
    input: Box<dyn BufRead + Send>,
    read: &mut MessagesRead,
) -> Result<(), EngineError> {
    for entry in Mbox::new(input, LARGEST_MAIL, Quoting::Mboxrd) {
        match entry {
            Ok(entry) => read.take(&entry.raw, shown, Place::Byte(entry.offset)),
            Err(MboxError::Read { error, .. }) => return Err(damaged(shown, &error)),
            Err(error) => {
                read.read += 1;
                let place = match &error {
                    MboxError::TooLarge { offset, .. } => Place::Byte(*offset),
                    _ => Place::File,
                };
                read.fail(shown, place, &error.to_string());
            }
        }
    }
    Ok(())
}

/// A Maildir, or a folder of `.eml` files.
fn read_folder(path: &Path, read: &mut MessagesRead) -> Result<(), EngineError> {
    let shown = path.display();
    let files = |folder: &Path| -> Result<Vec<PathBuf>, EngineError> {
        let failed = |e: std::io::Error| EngineError::input(format!("{}: {e}", folder.display()));
        let entries =
            std::fs::read_dir(folder).map_err(failed)?.collect::<Result<Vec<_>, _>>().map_err(failed)?;
        let mut files: Vec<PathBuf> =
            entries.into_iter().map(|entry| entry.path()).filter(|p| p.is_file()).collect();
        files.sort();
        Ok(files)
    };
    let is_maildir = ["cur", "new"].iter().any(|part| path.join(part).is_dir());
    let mails: Vec<PathBuf> = if is_maildir {
        let mut all = Vec::new();
        for part in ["cur", "new"].map(|part| path.join(part)).iter().filter(|part| part.is_dir()) {
            all.extend(files(part)?);
        }
        mail::maildir(all).into_iter().map(|entry| entry.path).collect()
    } else {
        let eml = |file: &PathBuf| file.extension().is_some_and(|e| e.eq_ignore_ascii_case("eml"));
        files(path)?.into_iter().filter(eml).collect()
    };
    if mails.is_empty() {
        return Err(EngineError::input(format!("{shown} holds no mail"))
            .hint("a Maildir has its mails in cur and new; else the folder must hold .eml files"));
    }
    for file in mails {
        let name = file.display().to_string();
        match std::fs::File::open(&file) {
            Ok(open) => {
                let mut raw = Vec::new();
                match open.take(LARGEST_MAIL as u64 + 1).read_to_end(&mut raw) {
                    Ok(bytes) if bytes <= LARGEST_MAIL => read.take(&raw, &name, Place::File),
                    Ok(_) => read.fail(
                        &name,
                        Place::File,
                        &format!("a mail of more than {} MiB", LARGEST_MAIL >> 20),
                    ),
                    Err(error) => read.fail(&name, Place::File, &error.to_string()),
                }
            }
            Err(error) => read.fail(&name, Place::File, &error.to_string()),
        }
    }
    Ok(())
}

/// What was left out or cut, in sentences for standard error.
#[must_use]
pub fn doubts_of_messages(read: &MessagesRead) -> Vec<String> {
    let limit = LONGEST_TEXT >> 20;
    [
        (
            read.defective,
            "mails have parts that are wrong or beyond a limit; what could be read of them is there"
                .to_owned(),
        ),
        (read.cut, format!("texts are longer than {limit} MiB and were cut")),
        (read.undated, "posts have a time that could not be read".to_owned()),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, what)| format!("{count} {what}"))
    .collect()
}
