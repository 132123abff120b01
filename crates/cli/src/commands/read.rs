//! `interdict read`.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{Read as _, Write};
use std::path::Path;

use documents::extract::{ErrorKind, Extract, ExtractError, Extracted, Format as Kind, HEAD, format_of};
use engine::{DocumentRead, EngineError, Output, Policy, TextReader, Texts, format_of_file, write_read};
use report::{DocumentView, DocumentsReport, documents_page};

use super::open::{open_lists, or_standard_input, policy, unless_rows_failed};
use super::progress::Spinner;
use super::{format_or, ner, note};
use crate::args::{Format, Read};
use crate::error::{CommandError, Status};
use crate::extracting::InChild;
use crate::plain::plain;
use crate::{document_view, view};

/// Bytes of a document's text that a page shows. A longer one would not open in a browser.
const SHOWN: usize = 16 << 20;

pub(crate) fn run(args: &Read) -> Result<Status, CommandError> {
    if args.format == Some(Format::Csv) {
        return Err(EngineError::usage("what documents say is no table of cells")
            .hint("say --format json, jsonl or table")
            .into());
    }
    if let Some(page) = args.output.as_deref().filter(|page| !is_page(page)) {
        return Err(EngineError::usage(format!("--output {}: a page is written", page.display()))
            .hint("name it .html; JSON goes to standard output: --format json > FILE")
            .into());
    }
    let model = args.ner.as_deref().map(ner::open).transpose()?;
    let policy = policy(args.policy.as_deref())?;
    let library = open_lists(&args.lists, args.max_list_age.as_deref())?;
    let files: Vec<&Path> = args.files.iter().map(AsRef::as_ref).collect();
    let page = args.output.as_deref().map(|path| Output::create(path, &files)).transpose()?;
    let screening = library.under(&policy)?;
    let texts = Texts::new(&screening);
    let mut reader = match &model {
        Some(model) => texts.reader_with(&**model),
        None if args.listed_only => texts.reader_of_listed(),
        None => texts.reader(),
    };
    reader.outlet.clone_from(&args.outlet);
    let several = if args.files.len() > 1 { Format::Jsonl } else { Format::Json };
    let mut desk = Desk {
        form: format_or(args.format, several),
        views: page.is_some().then(Vec::new),
        documents: Vec::new(),
        failed: Vec::new(),
    };
    let bar = Spinner::start();
    for file in &args.files {
        bar.show(&file.display().to_string());
        desk.read(file, &mut reader);
    }
    bar.finish();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    desk.print(&mut out, &reader)?;
    out.flush()?;
    drop(out);
    for error in &desk.failed {
        note(&format!("failed: {error}"));
    }
    if let (Some(page), Some(views)) = (page, desk.views.take()) {
        write_page(page, views, &desk.failed, &reader, &policy)?;
    }
    if desk.documents.is_empty() {
        return Err(EngineError::input("no document could be read")
            .hint("see what is said of each above")
            .into());
    }
    let status = if desk.failed.is_empty() { Status::Ran } else { Status::Partial };
    Ok(unless_rows_failed(library.lists(), status))
}

/// What is on the desk: documents that were read, and those that could not be.
struct Desk {
    form: Format,
    /// Of a page: the documents as it shows them.
    views: Option<Vec<DocumentView>>,
    documents: Vec<DocumentRead>,
    failed: Vec<String>,
}

impl Desk {
    fn read(&mut self, file: &Path, reader: &mut TextReader<'_>) {
        if !is_regular(file) {
            self.read_pipe(file, reader);
            return;
        }
        match format_of_file(file) {
            Err(e) => {
                self.failed.push(format!("{}: {e}; remedy: name a file that can be read", file.display()));
            }
            Ok(Kind::Text) => self.read_text(file, File::open(file), reader),
            Ok(_) => InChild::default().extract(file, &mut |outcome| match outcome {
                Ok(document) => self.add(&document, file, reader),
                Err(error) => self.fail(&error),
            }),
        }
    }

    fn fail(&mut self, error: &ExtractError) {
        // A picture in a mail is nothing wrong.
        if !(error.kind == ErrorKind::Unsupported && error.path.contains("!/")) {
            self.failed.push(format!("{error}; remedy: {}", error.remedy()));
        }
    }

    /// What comes through a pipe can be read once: text as it comes, all else only from a file.
    fn read_pipe(&mut self, file: &Path, reader: &mut TextReader<'_>) {
        let read = File::open(or_standard_input(file)).and_then(|mut pipe| {
            if pipe.metadata()?.is_dir() {
                return Err(std::io::Error::other("is a folder; name the files in it"));
            }
            let mut head = Vec::new();
            (&mut pipe).take(HEAD as u64).read_to_end(&mut head)?;
            match format_of(&head, "") {
                Kind::Text => Ok(std::io::Cursor::new(head).chain(pipe)),
                other => Err(std::io::Error::other(format!(
                    "{} cannot be read from a pipe; save it as a file",
                    other.name()
                ))),
            }
        });
        self.read_text(file, read, reader);
    }

    fn read_text(
        &mut self,
        file: &Path,
        text: std::io::Result<impl std::io::Read>,
        reader: &mut TextReader<'_>,
    ) {
        let mut whole = String::new();
        let shown = self.views.is_some();
        let keep = |part: &str| {
            if shown && whole.len() + part.len() <= SHOWN {
                whole.push_str(part);
            }
        };
        let read = text.and_then(|text| reader.read_stream(&file.display().to_string(), text, keep));
        match read {
            Err(e) => self.failed.push(format!("{}: {e}; remedy: read it again", file.display())),
            Ok(read) => self.keep(read, &whole, &[], reader),
        }
    }

    fn add(&mut self, document: &Extracted, file: &Path, reader: &mut TextReader<'_>) {
        let mut read = reader.read(document);
        // As the file was named, with what lies in it behind.
        let inner = document.path.find("!/").map_or("", |at| &document.path[at..]);
        read.name = format!("{}{inner}", file.display());
        let pages: Vec<usize> = document.pages.iter().map(|page| page.start).collect();
        self.keep(read, &document.text, &pages, reader);
    }

    fn keep(&mut self, read: DocumentRead, text: &str, pages: &[usize], reader: &TextReader<'_>) {
        if let Some(views) = &mut self.views {
            views.push(document_view::document(&read, text, pages, reader));
        }
        self.documents.push(read);
    }

    fn print(&self, out: &mut impl Write, reader: &TextReader<'_>) -> std::io::Result<()> {
        let list = self.form == Format::Json && self.documents.len() != 1;
        let between = if list { "," } else { "\n" };
        if list {
            out.write_all(b"[")?;
        }
        for (n, read) in self.documents.iter().enumerate() {
            if self.form == Format::Table {
                out.write_all(as_text(read, reader).as_bytes())?;
                continue;
            }
            if n > 0 {
                out.write_all(between.as_bytes())?;
            }
            write_read(out, read, reader.library())?;
        }
        match self.form {
            Format::Table => Ok(()),
            _ if list => out.write_all(b"]\n"),
            _ if self.documents.is_empty() => Ok(()),
            _ => out.write_all(b"\n"),
        }
    }
}

fn is_page(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("html") || ending.eq_ignore_ascii_case("htm"))
}

fn is_regular(file: &Path) -> bool {
    // What is not there is said by whoever opens it.
    file.as_os_str() != "-" && file.metadata().map_or(true, |known| known.is_file())
}

fn write_page(
    mut page: Output,
    documents: Vec<DocumentView>,
    failed: &[String],
    reader: &TextReader<'_>,
    policy: &Policy,
) -> Result<(), CommandError> {
    let report = DocumentsReport {
        documents,
        notices: failed.iter().map(|error| format!("Not read: {error}")).collect(),
        lists: reader.library().lists().iter().map(view::list).collect(),
        provenance: view::provenance(policy),
    };
    page.write_all(documents_page(&report).as_bytes())?;
    let path = page.commit()?;
    note(&format!("page: {}", path.display()));
    Ok(())
}

/// A document for people: the listed parties with their places, then the claims.
fn as_text(read: &DocumentRead, reader: &TextReader<'_>) -> String {
    let mut out = format!("{}: {} bytes of text", read.name, read.bytes);
    if read.pages > 0 {
        let _ = write!(out, ", {} pages", read.pages);
    }
    out.push('\n');
    read.warnings.iter().for_each(|warning| out += &format!("  warning: {warning}\n"));
    let by_party = read.by_party();
    let listed = by_party.iter().filter(|of| of.best.is_some()).count();
    let named = match listed {
        1 => "1 listed party is named".to_owned(),
        n => format!("{n} listed parties are named"),
    };
    let _ = writeln!(out, "\n{named}:");
    for (party, of) in by_party.iter().enumerate() {
        let Some((entity, scored)) = of.best else { continue };
        let (list, entity) = reader.library().entity(entity);
        let bits = f64::from(scored.bits) / 1000.0;
        let _ = writeln!(
            out,
            "\n  {}  [{}, {}, {}]  score {}  {bits:.1} bits",
            entity.caption(),
            entity.id,
            entity.schema.name(),
            list.dataset,
            scored.score
        );
        let places = read.mentions.iter().filter(|mention| mention.found.mention.party == party);
        for mention in places.take(PLACES) {
            let at = &mention.found.mention.range;
            let page = mention.page.map(|page| format!("page {page}, ")).unwrap_or_default();
            let _ = writeln!(out, "    {page}bytes {}-{}: ... {} ...", at.start, at.end, mention.context);
        }
        let more = of.mentions.saturating_sub(PLACES);
        if more > 0 {
            let _ = writeln!(out, "    and {more} more places");
        }
    }
    let others = match read.parties.iter().filter(|party| party.named.entity.is_none()).count() {
        _ if read.listed_only => "Others are left out, as asked.".to_owned(),
        others => format!("{others} others are named (--format json)."),
    };
    let _ = writeln!(out, "\n{others} {} claims:\n", read.claims.len());
    for claim in &read.claims {
        let chain: Vec<&str> = claim.attribution.iter().map(|source| &*source.name).collect();
        let listed = |named: &engine::Named| match &named.entity {
            Some(id) => format!("{} [{id}]", named.name),
            None => named.name.to_string(),
        };
        let _ = writeln!(
            out,
            "  {}: {} {} {}\n    on the word of {}",
            claim.status.name(),
            listed(&claim.subject),
            claim.predicate.name().replace('_', " "),
            listed(&claim.object),
            chain.join(" > ")
        );
        let _ =
            writeln!(out, "    \"{}\"", claim.quote.text.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    if !read.claims.is_empty() {
        out += "\nA claim is what the document says, with its words and on whose word. It is no fact.\n";
    }
    out.lines().map(|line| format!("{}\n", plain(line))).collect()
}

/// Places of a party that a table shows; JSON has all.
const PLACES: usize = 5;
