//! Which list an XML file is, by its root element.

use compact_str::CompactString;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::{Malformed, Node};
use crate::draft::Draft;
use crate::error::{ListError, ListErrorKind};
use crate::report::LoadReport;
use crate::{LoadedList, SourceFile, encoding};
use model::{Locator, Property};

/// Reads the text of a list file, which is UTF-8 by now; the [`SourceFile`] gives the name for messages.
pub(crate) type XmlReader = fn(&SourceFile<'_>) -> Result<LoadedList, ListError>;

/// The reader of each root element, by local name. One line a source.
const READERS: [(&str, XmlReader); 8] = [
    ("sdnList", crate::ofac::read_legacy),
    ("sanctionsData", crate::ofac::read_enhanced),
    ("Sanctions", crate::ofac::read_advanced),
    ("CONSOLIDATED_LIST", crate::un::read),
    ("data-set", crate::canada::read),
    ("export", crate::eu::read),
    ("swiss-sanctions-list", crate::seco::read),
    ("Designations", crate::uk::read_xml),
];

/// Longest name of an element in a message, in characters.
const SHOWN: usize = 40;

/// Reads an XML list.
pub(crate) fn read(main: &SourceFile<'_>) -> Result<LoadedList, ListError> {
    let text = encoding::xml(main.bytes);
    let main = SourceFile { name: main.name, bytes: &text };
    let root = root(main.bytes).ok_or(Malformed { line: 1, reason: "there is no element".to_owned() });
    let root = root.map_err(|malformed| malformed.of(&main))?;
    match READERS.iter().find(|(name, _)| root == *name) {
        Some((_, read)) => read(&main),
        None => {
            let known = READERS.map(|(name, _)| name).join(", ");
            let root = root.chars().take(SHOWN).collect();
            Err(ListError::new(main.name, ListErrorKind::UnknownRoot { root, known }))
        }
    }
}

/// The local name of the root element.
fn root(bytes: &[u8]) -> Option<CompactString> {
    let mut reader = Reader::from_reader(bytes);
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) | Event::Empty(start) => return Some(super::name_of(&start)),
            Event::Eof => return None,
            _ => {}
        }
    }
}

impl Malformed {
    /// The error of a file.
    pub(crate) fn of(self, file: &SourceFile<'_>) -> ListError {
        ListError::new(file.name, ListErrorKind::Malformed { line: self.line, reason: self.reason })
    }
}

impl Node {
    /// Keeps what a reader did not take as notes of the party, `path: value`, counted by path.
    pub(crate) fn keep(self, entity: &mut Draft, report: &mut LoadReport) {
        self.leftovers(|path, value, line| {
            let locator = Locator::Line { file: 0, line };
            report.clauses += 1;
            report.unmapped(path);
            entity.add(&Property::Notes, &format!("{path}: {value}"), locator);
        });
    }

    /// Where it stands in the main file.
    pub(crate) fn locator(&self) -> Locator {
        Locator::Line { file: 0, line: self.line }
    }
}
