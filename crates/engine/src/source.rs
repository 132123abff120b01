//! Files as they are: plain, gzip or zip; and the siblings of an OFAC list file.

use std::fs::{File, Metadata};
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::read::MultiGzDecoder;

use crate::EngineError;

/// Most bytes that one file may unpack to: eight times the largest list published today (130 MB), far below what a
/// zip bomb makes.
const MAX_UNPACKED: u64 = 1 << 30;

/// A file's content, unpacked.
#[derive(Clone, Debug)]
pub struct Part {
    /// File name (of the archive's entry, where it was packed), for messages.
    pub name: String,
    /// Unpacked bytes.
    pub bytes: Vec<u8>,
}

/// Bytes by which a file is recognised.
const HEAD: u64 = 1 << 16;

/// Opens a file: as it is, or what is in a gzip or zip. A zip gives one part for each file in it.
///
/// # Errors
/// Missing, a directory, unreadable, damaged, or larger than one gibibyte unpacked.
pub fn open(path: &Path) -> Result<Vec<Part>, EngineError> {
    let mut bytes = Vec::new();
    let file = open_file(path)?;
    file.take(MAX_UNPACKED + 1).read_to_end(&mut bytes).map_err(|e| unreadable(path, &e))?;
    unpack(name_of(path), bytes)
}

/// A stream of text, and how far it has come.
pub(crate) struct Stream {
    pub(crate) input: Box<dyn BufRead + Send>,
    pub(crate) position: Position,
}

/// How many bytes of a file are read: of the file as it lies there, so that what is left can be told of a packed one
/// too; of its text, where all of it had to be unpacked beforehand.
#[derive(Clone, Debug, Default)]
pub(crate) struct Position {
    read: Arc<AtomicU64>,
    /// Of how many; `None`: a pipe does not tell.
    pub(crate) of: Option<u64>,
}

impl Position {
    pub(crate) fn read(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
    }

    fn count<R: Read>(&self, input: R) -> Counted<R> {
        Counted { input, read: Arc::clone(&self.read) }
    }
}

/// Counts the bytes that go through it.
struct Counted<R> {
    input: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        let read = self.input.read(to)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        self.input.fill_buf()
    }

    fn consume(&mut self, bytes: usize) {
        self.input.consume(bytes);
        self.read.fetch_add(bytes as u64, Ordering::Relaxed);
    }
}

impl Stream {
    fn buffered(input: impl Read + Send + 'static, position: Position) -> Self {
        Self { input: Box::new(BufReader::with_capacity(1 << 16, input)), position }
    }

    /// Text that is in memory whole.
    pub(crate) fn of_bytes(bytes: Vec<u8>) -> Self {
        let position = Position { of: Some(bytes.len() as u64), ..Position::default() };
        Self { input: Box::new(position.count(Cursor::new(bytes))), position }
    }

    /// The same as UTF-8: UTF-16 is recoded, a byte order mark is left out. `name` is for messages.
    pub(crate) fn text(mut self, name: &str) -> Result<Self, EngineError> {
        let failed = |e: std::io::Error| damaged(name, &e);
        let head = self.input.fill_buf().map_err(failed)?;
        if head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") {
            return Ok(Self::of_bytes(from_utf16(self.input).map_err(failed)?));
        }
        if head.starts_with(b"\xEF\xBB\xBF") {
            self.input.consume(3);
        }
        Ok(self)
    }
}

/// A file, or a pipe, as a stream of text: plain and gzip are read as they come, a zip holds one file.
pub(crate) fn stream(path: &Path) -> Result<Stream, EngineError> {
    if path.is_dir() {
        return Err(EngineError::input(format!("{} is a folder", path.display()))
            .hint("name the files in it, one after the other"));
    }
    let failed = |e: std::io::Error| unreadable(path, &e);
    let file = open_file(path)?;
    let of = file.metadata().ok().filter(Metadata::is_file).map(|metadata| metadata.len());
    let position = Position { of, ..Position::default() };
    let mut file = position.count(file);
    // A pipe may give its first bytes one by one, and cannot be rewound.
    let mut head = Vec::new();
    (&mut file).take(HEAD).read_to_end(&mut head).map_err(failed)?;
    let (gzip, zip) = (head.starts_with(GZIP), head.starts_with(ZIP) || head.starts_with(EMPTY_ZIP));
    let mut whole = Cursor::new(head).chain(file);
    let stream = if gzip {
        Stream::buffered(MultiGzDecoder::new(whole), position)
    } else if zip {
        let mut bytes = Vec::new();
        (&mut whole).take(MAX_UNPACKED + 1).read_to_end(&mut bytes).map_err(failed)?;
        let mut parts = unpack(name_of(path), bytes)?;
        if parts.len() > 1 {
            return Err(EngineError::input(format!("{} holds {} files", path.display(), parts.len()))
                .hint("unpack it and name the file that is meant"));
        }
        let bytes = parts.pop().map(|p| p.bytes).unwrap_or_default();
        // A list may be a spreadsheet; customers come as text.
        if bytes.starts_with(ZIP) {
            let message = format!("{} is a spreadsheet", path.display());
            return Err(EngineError::input(message).hint("save the sheet as CSV (UTF-8) and give that"));
        }
        Stream::of_bytes(bytes)
    } else {
        Stream::buffered(whole, position)
    };
    stream.text(&path.display().to_string())
}

fn from_utf16(mut input: Box<dyn BufRead + Send>) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    let encoding = encoding_rs::Encoding::for_bom(&bytes).map_or(encoding_rs::UTF_8, |(e, _)| e);
    Ok(encoding.decode(&bytes).0.into_owned().into_bytes())
}

fn open_file(path: &Path) -> Result<File, EngineError> {
    if path.is_dir() {
        return Err(EngineError::input(format!("{} is a folder", path.display())).hint(
            "name the file itself, for a list for example sdn.csv in that folder; its siblings are found beside it",
        ));
    }
    File::open(path).map_err(|e| unreadable(path, &e))
}

fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned())
}

fn unreadable(path: &Path, error: &std::io::Error) -> EngineError {
    let hint = match error.kind() {
        std::io::ErrorKind::NotFound => "check the path; a relative path starts at the current folder",
        std::io::ErrorKind::PermissionDenied => "ask for the right to read the file",
        _ => "see that the file can be read, then run the command again",
    };
    EngineError::input(format!("{}: {}", path.display(), plain(error))).hint(hint)
}

fn plain(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

const GZIP: &[u8] = &[0x1F, 0x8B];
const ZIP: &[u8] = b"PK\x03\x04";
const EMPTY_ZIP: &[u8] = b"PK\x05\x06";

/// Unpacks gzip and zip by their magic numbers.
pub(crate) fn unpack(name: String, bytes: Vec<u8>) -> Result<Vec<Part>, EngineError> {
    if bytes.starts_with(GZIP) {
        let mut unpacked = Vec::new();
        let decoder = MultiGzDecoder::new(Cursor::new(bytes));
        decoder.take(MAX_UNPACKED + 1).read_to_end(&mut unpacked).map_err(|e| damaged(&name, &e))?;
        let inner = name.strip_suffix(".gz").unwrap_or(&name).to_owned();
        return Ok(vec![Part { bytes: limited(&name, unpacked)?, name: inner }]);
    }
    if bytes.starts_with(ZIP) || bytes.starts_with(EMPTY_ZIP) {
        return unzip(&name, bytes);
    }
    Ok(vec![Part { bytes: limited(&name, bytes)?, name }])
}

pub(crate) fn damaged(name: &str, error: &dyn std::error::Error) -> EngineError {
    EngineError::input(format!("{name} is damaged: {error}")).hint("fetch the file again")
}

fn limited(name: &str, bytes: Vec<u8>) -> Result<Vec<u8>, EngineError> {
    if bytes.len() as u64 > MAX_UNPACKED {
        return Err(EngineError::input(format!("{name} is larger than one gibibyte unpacked"))
            .hint("split the file; no list published today is as large"));
    }
    Ok(bytes)
}

fn unzip(name: &str, bytes: Vec<u8>) -> Result<Vec<Part>, EngineError> {
    // A spreadsheet is an archive too. Its reader unpacks it itself: it goes on whole, once it is known to be no bomb.
    let spreadsheet = lists::recognise(&bytes) == lists::Format::Spreadsheet;
    let archive = zip::ZipArchive::new(Cursor::new(&*bytes)).map_err(|e| damaged(name, &e))?;
    // What it says of itself is the cheaper check; the bytes that come out are the sure one.
    if archive.decompressed_size().is_some_and(|size| size > u128::from(MAX_UNPACKED)) {
        return Err(too_large(name));
    }
    drop(archive);
    let mut left = MAX_UNPACKED;
    if spreadsheet {
        measure(name, &bytes, &mut left)?;
        return Ok(vec![Part { name: name.to_owned(), bytes }]);
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(&*bytes)).map_err(|e| damaged(name, &e))?;
    let mut parts = Vec::new();
    for i in 0..archive.len() {
        let entry = archive.by_index(i).map_err(|e| damaged(name, &e))?;
        if entry.is_dir() {
            continue;
        }
        let path = entry.name().map(std::borrow::Cow::into_owned).unwrap_or_else(|_| format!("entry {i}"));
        let inner = path.rsplit('/').next().unwrap_or_default().to_owned();
        let mut unpacked = Vec::new();
        entry.take(left + 1).read_to_end(&mut unpacked).map_err(|e| damaged(name, &e))?;
        left = left.checked_sub(unpacked.len() as u64).ok_or_else(|| too_large(name))?;
        if lists::recognise(&unpacked) == lists::Format::Spreadsheet {
            measure(&inner, &unpacked, &mut left)?;
        } else if unpacked.starts_with(b"PK") || inner == "[Content_Types].xml" {
            return Err(EngineError::input(format!(
                "{name} is a spreadsheet, a document or an archive within an archive"
            ))
            .hint("save it as CSV, or unpack it first"));
        }
        parts.push(Part { name: inner, bytes: unpacked });
    }
    if parts.is_empty() {
        return Err(EngineError::input(format!("{name} is an empty archive"))
            .hint("fetch it again, or name another file"));
    }
    Ok(parts)
}

fn too_large(name: &str) -> EngineError {
    EngineError::input(format!("{name} unpacks to more than one gibibyte")).hint("unpack and split it")
}

/// Unpacks a spreadsheet to nowhere: its reader will unpack it as a whole, so what comes out must be within the limit.
fn measure(name: &str, bytes: &[u8], left: &mut u64) -> Result<(), EngineError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| damaged(name, &e))?;
    for i in 0..archive.len() {
        let entry = archive.by_index(i).map_err(|e| damaged(name, &e))?;
        let size = std::io::copy(&mut entry.take(*left + 1), &mut std::io::sink());
        *left = left.checked_sub(size.map_err(|e| damaged(name, &e))?).ok_or_else(|| too_large(name))?;
    }
    Ok(())
}

/// Opens a list file and the siblings that OFAC publishes beside it: in the same folder, of the same suffix, `sdn`
/// replaced by `alt`, `add`, `sdn_comments` (`cons_prim` by `cons_alt` and so on). Parts of a zip are each other's
/// siblings.
///
/// # Errors
/// As [`open`]; a sibling that is there and cannot be read is an error, one that is not there is none.
pub fn open_with_siblings(path: &Path) -> Result<Vec<Part>, EngineError> {
    let mut parts = Vec::new();
    for file in list_files(path) {
        parts.extend(open(&file)?);
    }
    Ok(parts)
}

/// The files that a list is read from: its own, and the siblings that are there.
#[must_use]
pub fn list_files(path: &Path) -> Vec<PathBuf> {
    let siblings = sibling_paths(path).into_iter().filter(|sibling| sibling.is_file());
    std::iter::once(path.to_owned()).chain(siblings).collect()
}

fn sibling_paths(path: &Path) -> Vec<PathBuf> {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let (stem, suffix) = name.split_once('.').unwrap_or((&name, ""));
    let names: Vec<String> = match stem.to_ascii_lowercase().as_str() {
        "sdn" => ["alt", "add", "sdn_comments"].map(str::to_owned).into(),
        lower if lower.ends_with("_prim") => {
            let list = &stem[..stem.len() - "_prim".len()];
            ["alt", "add", "comments"].map(|s| format!("{list}_{s}")).into()
        }
        _ => return Vec::new(),
    };
    let upper = stem.chars().all(|c| !c.is_lowercase());
    let cased = |s: String| if upper { s.to_uppercase() } else { s.to_lowercase() };
    let dotted = if suffix.is_empty() { String::new() } else { format!(".{suffix}") };
    names.into_iter().map(|n| path.with_file_name(cased(n) + &dotted)).collect()
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn siblings_stand_beside_the_main_file() {
        let names = |path: &str| -> Vec<String> {
            sibling_paths(Path::new(path)).iter().map(|p| p.display().to_string()).collect()
        };
        assert_eq!(names("d/sdn.csv"), ["d/alt.csv", "d/add.csv", "d/sdn_comments.csv"]);
        assert_eq!(names("SDN.CSV"), ["ALT.CSV", "ADD.CSV", "SDN_COMMENTS.CSV"]);
        assert_eq!(names("sdn.csv.gz"), ["alt.csv.gz", "add.csv.gz", "sdn_comments.csv.gz"]);
        assert_eq!(names("c/cons_prim.csv"), ["c/cons_alt.csv", "c/cons_add.csv", "c/cons_comments.csv"]);
        assert!(names("sdn_2021-11-18.csv").is_empty(), "alt.csv beside it may be of another day");
    }

    /// The bytes that are read add up to what there is: of the file as it lies there, packed or not.
    #[test]
    fn how_much_is_left_is_known() {
        let text: String = (0..100_000).map(|n| format!("{n},Jane Doe\n")).collect();
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(text.as_bytes()).unwrap();
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let scratch = testkit::Scratch::new();
        let files = [
            ("plain.csv", text.clone().into_bytes(), None),
            ("packed.csv.gz", gzip.finish().unwrap(), None),
            ("wide.csv", [b"\xFF\xFE".to_vec(), utf16].concat(), Some(text.len())),
        ];
        for (name, bytes, of) in files {
            let of = of.unwrap_or(bytes.len()) as u64;
            let Stream { mut input, position } = stream(&scratch.file(name, bytes)).unwrap();
            assert_eq!(position.of, Some(of), "{name}");
            let (mut line, mut before) = (Vec::new(), position.read());
            assert!(before < of, "{name}: nothing is done yet, and {before} of {of} are read");
            while input.read_until(b'\n', &mut line).unwrap() > 0 {
                assert!(before <= position.read(), "{name}");
                before = position.read();
            }
            assert_eq!((position.read(), line.len()), (of, text.len()), "{name}");
        }
    }

    fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(bytes).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    #[test]
    fn a_spreadsheet_is_a_list_whole_and_no_file_of_customers() {
        let book = zipped(&[("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"<x/>")]);
        let parts = unpack("list.xlsx".into(), book.clone()).unwrap();
        assert_eq!((parts.len(), &*parts[0].name, &parts[0].bytes), (1, "list.xlsx", &book));
        let scratch = testkit::Scratch::new();
        let error = stream(&scratch.file("c.xlsx", book)).err().map(|error| error.to_string());
        assert!(error.is_some_and(|error| error.contains("spreadsheet")));
    }

    /// In an archive the list may lie beside notes, in any order.
    #[test]
    fn the_list_of_an_archive_is_found() {
        let table = "name,remarks\nJane DOE,x\n".as_bytes();
        let root = include_bytes!("../../lists/tests/fixtures/un.xml");
        let conlist = include_bytes!("../../../benches/ftm/fixtures/uk_conlist_2022.csv");
        let scratch = testkit::Scratch::new();
        for (name, list, dataset) in [("un.xml", &root[..], "un_sc"), ("ConList.csv", conlist, "uk_ofsi")] {
            for files in [[("notes.csv", table), (name, list)], [(name, list), ("notes.csv", table)]] {
                let path = scratch.file("l.zip", zipped(&files));
                let opened = crate::ScreenList::open(&path).unwrap();
                assert_eq!(opened.dataset, dataset, "{name}");
            }
        }
    }

    #[test]
    fn a_spreadsheet_in_an_archive_goes_on_whole() {
        let book = zipped(&[("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"<x/>")]);
        let parts = unpack("list.zip".into(), zipped(&[("a.txt", b"x"), ("d/list.xlsx", &book)])).unwrap();
        assert_eq!((parts.len(), &*parts[1].name, &parts[1].bytes), (2, "list.xlsx", &book));
        let nested = zipped(&[("list.zip", &zipped(&[("a.txt", b"x")]))]);
        assert!(unpack("list.zip".into(), nested).is_err());
    }

    /// What an archive says of its size is believed where it is too much, and not where it is little.
    #[test]
    fn a_spreadsheet_that_is_a_bomb_is_refused() {
        let zeros = vec![0; 64 << 20];
        let names: Vec<String> = (0..17).map(|n| format!("xl/worksheets/sheet{n}.xml")).collect();
        let head: [(&str, &[u8]); 2] = [("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"<x/>")];
        let files: Vec<(&str, &[u8])> =
            head.into_iter().chain(names.iter().map(|name| (&**name, &*zeros))).collect();
        let honest = zipped(&files);
        // The sizes of all entries are set to nothing: in the headers before them, and in the directory at the end.
        let mut lying = honest.clone();
        for (mark, at) in [(b"PK\x03\x04", 22), (b"PK\x01\x02", 24)] {
            let places: Vec<usize> = places_of(&lying, mark);
            for place in places {
                lying[place + at..place + at + 4].fill(0);
            }
        }
        for (what, bytes) in [("honest", honest), ("lying", lying)] {
            let error = unpack("list.xlsx".into(), bytes).unwrap_err().to_string();
            assert!(error.contains("gibibyte") || error.contains("damaged"), "{what}: {error}");
        }
    }

    fn places_of(bytes: &[u8], mark: &[u8]) -> Vec<usize> {
        bytes
            .windows(mark.len())
            .enumerate()
            .filter(|(_, window)| *window == mark)
            .map(|(at, _)| at)
            .collect()
    }

    #[test]
    fn a_bomb_is_refused_and_damage_is_said() {
        assert!(
            unpack("x.gz".into(), vec![0x1F, 0x8B, 8, 0, 0]).unwrap_err().to_string().contains("damaged")
        );
        assert!(
            unpack("x.zip".into(), b"PK\x03\x04junk".to_vec()).unwrap_err().to_string().contains("damaged")
        );
    }
}
