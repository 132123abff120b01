//! Lists compiled to one file that opens in milliseconds: entities packed, index as it lies in memory.
//!
//! It holds what names were taken apart to, so a file serves only the engine whose rules made it. Any other, and any that is
//! damaged, is refused, and read from the list files that it was made of where these are still there.

mod file;
mod header;
mod pack;

use std::fs::File;
use std::io::{BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use model::Property;
use screen::{Index, IndexParts};

use crate::output::unwritable;
use crate::{EngineError, Entities, Library, Output, ScreenList};

use file::{MAGIC, Reader, Refusal, Sections, VERSION};
use header::{AnyHeader, Header, ListHeader, Source};
pub(crate) use pack::PackedEntities;
use pack::{Properties, pack};

/// The rules by which this engine reads lists and takes names apart.
pub(crate) const RULES: &str = env!("INTERDICT_RULES");

/// Whether a file is a compiled one, of whatever version. A file that cannot be read is none.
#[must_use]
pub fn is_compiled(path: &Path) -> bool {
    let mut start = [0; MAGIC.len()];
    path.is_file() && File::open(path).is_ok_and(|mut f| f.read_exact(&mut start).is_ok()) && start == *MAGIC
}

impl Library {
    /// Writes the lists and their index to a file, which appears whole or not at all. Returns its size in bytes.
    ///
    /// # Errors
    /// The path is that of a list that was read, or of a file read with it, or cannot be written.
    pub fn compile(&self, path: &Path) -> Result<u64, EngineError> {
        let _span = tracing::info_span!("compile").entered();
        let read: Vec<PathBuf> = self.lists().iter().flat_map(files_of).collect();
        let mut output = Output::create(path, &read.iter().map(PathBuf::as_path).collect::<Vec<_>>())?;
        let failed = |e: std::io::Error| unwritable(Some(path), &e);
        let bytes = self.write_compiled(&mut output).map_err(failed)?;
        output.commit()?;
        Ok(bytes)
    }

    fn write_compiled(&self, out: &mut impl Write) -> std::io::Result<u64> {
        let too_large = || std::io::Error::other("more than 4 GiB of entities: compile the lists one by one");
        let mut sections = Sections::default();
        let mut properties = Properties::default();
        for (n, list) in self.lists().iter().enumerate() {
            for (what, entities) in [("entities", &list.entities), ("relations", &list.relations)] {
                let (bytes, starts) = pack(entities.iter(), &mut properties).ok_or_else(too_large)?;
                sections.add_u32(format!("{what}.{n}.starts"), &starts);
                sections.add(format!("{what}.{n}"), bytes);
            }
        }
        let parts = self.index().parts();
        let lists = parts.keys.iter().enumerate();
        lists.for_each(|(n, keys)| sections.add_u64(format!("index.keys.{n}"), keys));
        let lists = parts.numbers.iter().enumerate();
        lists.for_each(|(n, numbers)| sections.add_u32(format!("index.numbers.{n}"), numbers));
        let index = [parts.keys.len(), parts.numbers.len(), parts.letters.len()];
        let lists = parts.letters.into_iter().enumerate();
        lists.for_each(|(n, letters)| sections.add(format!("index.letters.{n}"), letters));
        let header = Header {
            engine: env!("CARGO_PKG_VERSION").to_owned(),
            rules: RULES.to_owned(),
            lists: self.lists().iter().map(ListHeader::from).collect(),
            properties: properties.names(),
            index,
            sections: Vec::new(),
        };
        sections.write(header, out)
    }

    /// Opens what was compiled of installed lists. `None`: it is not there, or is refused.
    pub(crate) fn open_cached(path: &Path) -> Option<Self> {
        let _span = tracing::info_span!("open_compiled").entered();
        read(path, false).ok()
    }

    /// Opens a compiled file. One that is refused is made again, in memory, from the lists that it was made of, and says
    /// so among their warnings.
    ///
    /// # Errors
    /// The file cannot be read; or it is refused and its lists are not there any more.
    pub fn open_compiled(path: &Path) -> Result<Self, EngineError> {
        let _span = tracing::info_span!("open_compiled").entered();
        let refused = match read(path, true) {
            Ok(library) => return Ok(library),
            Err(refusal) => refusal.text(path),
        };
        let sources = sources(path).unwrap_or_default();
        let there: Vec<PathBuf> = sources.iter().filter_map(|source| source.find(path)).collect();
        if there.is_empty() || there.len() < sources.len() {
            let sources: Vec<PathBuf> = sources.into_iter().map(|source| source.path).collect();
            return Err(EngineError::input(refused).hint(remedy(&sources, path)));
        }
        let mut lists = there.iter().map(|source| ScreenList::open(source)).collect::<Result<Vec<_>, _>>()?;
        let warning = format!("{refused}; read from {} itself; {}", words(&there), remedy(&there, path));
        lists[0].report.warnings.push(warning);
        Self::new(lists)
    }
}

/// The files that a list was read from, where they may lie: packed ones are known by the name of what was in them.
pub(crate) fn files_of(list: &ScreenList) -> Vec<PathBuf> {
    let main = Path::new(&list.source);
    let names = list.files.iter().flat_map(|file| [file.name.clone(), format!("{}.gz", file.name)]);
    names.map(|name| main.with_file_name(name)).chain([main.to_owned()]).collect()
}

/// What to do about a compiled file, as it is typed.
fn remedy(sources: &[PathBuf], compiled: &Path) -> String {
    let sources = if sources.is_empty() { "LIST".to_owned() } else { words(sources) };
    format!("compile it again: interdict lists compile {sources} --output {}", word(compiled))
}

fn words(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| word(path)).collect::<Vec<_>>().join(" ")
}

/// A path as a word of a command.
fn word(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "/\\._-+:@,=~".contains(c);
    if text.chars().all(plain) && !text.is_empty() {
        text
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}

impl Refusal {
    fn text(self, path: &Path) -> String {
        let path = path.display();
        match self {
            Self::NotCompiled => format!("{path} is no compiled list"),
            Self::Version(version) => {
                format!("{path} is a compiled list of format {version}; this program reads format {VERSION}")
            }
            Self::Rules => format!("{path} was compiled by another version of this program"),
            Self::Damaged => format!("{path} is a compiled list that is damaged"),
        }
    }
}

/// The lists that a compiled file was made of, as far as its header can be read.
fn sources(path: &Path) -> Option<Vec<Source>> {
    let (_, header, _) = file::open(BufReader::new(File::open(path).ok()?)).ok()?;
    let header: AnyHeader = serde_json::from_slice(&header).ok()?;
    Some(header.lists)
}

/// `from_files`: the lists were read from files, which may have changed since.
fn read(path: &Path, from_files: bool) -> Result<Library, Refusal> {
    let input = File::open(path).map_err(|_| Refusal::NotCompiled)?;
    let (version, header, input) = file::open(BufReader::with_capacity(1 << 16, input))?;
    if version != VERSION {
        return Err(Refusal::Version(version));
    }
    let behind = 24 + header.len() as u64;
    let Header { rules, lists, properties, index, sections, .. } =
        serde_json::from_slice(&header).map_err(|_| Refusal::Damaged)?;
    if rules != RULES {
        return Err(Refusal::Rules);
    }
    let mut reader = Reader::new(input, behind, sections);
    let properties: Arc<[Property]> = properties.iter().map(|name| Property::from_name(name)).collect();
    let mut opened = Vec::new();
    for (n, list) in lists.into_iter().enumerate() {
        let mut entities = |what: &str| {
            let starts = reader.next_u32(&format!("{what}.{n}.starts"))?;
            let bytes = reader.next(&format!("{what}.{n}"))?;
            let packed = PackedEntities::new(bytes, starts, Arc::clone(&properties));
            Ok(Entities::from(packed.ok_or(Refusal::Damaged)?))
        };
        let (entities, relations) = (entities("entities")?, entities("relations")?);
        let source = list.source();
        let mut list = list.list(entities, relations);
        if let Some(there) = source.find(path).filter(|there| from_files && !source.is_unchanged(there)) {
            let remedy = remedy(std::slice::from_ref(&there), path);
            let warning =
                format!("{} was changed after it was compiled to {}: {remedy}", word(&there), word(path));
            list.report.warnings.push(warning);
        }
        opened.push(list);
    }
    let [keys, numbers, letters] = index;
    let parts = IndexParts {
        keys: (0..keys).map(|n| reader.next_u64(&format!("index.keys.{n}"))).collect::<Result<_, _>>()?,
        numbers: (0..numbers)
            .map(|n| reader.next_u32(&format!("index.numbers.{n}")))
            .collect::<Result<_, _>>()?,
        letters: (0..letters)
            .map(|n| reader.next(&format!("index.letters.{n}")))
            .collect::<Result<_, _>>()?,
    };
    let parties = opened.iter().map(|list: &ScreenList| list.entities.len()).sum();
    reader.end()?;
    let nobody = opened.is_empty() || opened.iter().any(|list| list.entities.is_empty());
    let index = Index::from_parts(parts, parties).filter(|_| !nobody).ok_or(Refusal::Damaged)?;
    Ok(Library::with_index(opened, index))
}
