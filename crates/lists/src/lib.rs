//! Pure readers of the lists that authorities publish: bytes in, [`Entity`] values and a [`LoadReport`] out. No file
//! system, no clock, no terminal.
//!
//! ```
//! use lists::{SourceFile, read};
//! let main = SourceFile { name: "watch.csv", bytes: b"id,name,nationality\n1,Jane DOE,Iran\n" };
//! let list = read(&main, &[])?;
//! assert_eq!(list.entities[0].caption(), "Jane DOE");
//! # Ok::<(), lists::ListError>(())
//! ```
//!
//! **Invariant:** a reader never normalises and never drops. What it does not understand is kept in `notes` and
//! counted in [`LoadReport::unmapped`]; a row that cannot be read is named in [`LoadReport::skipped`].

mod au;
mod bis;
mod canada;
mod catalogue;
mod csl;
mod diff;
mod draft;
mod encoding;
mod error;
mod eu;
mod files;
mod ftm;
mod layout;
mod listing;
mod numbered;
mod ofac;
mod party;
mod recognise;
pub mod records;
mod report;
mod seco;
mod senzing;
mod sheet;
mod table;
mod tables;
mod uk;
mod un;
mod xml;

use model::Entity;

pub use catalogue::{Programme, Source, catalogue, last_segment, programmes};
pub use diff::{ListDiff, Listing, Op, PartyChange, PropertyChange, by_programme, delta, diff};
pub use encoding::{file as decode_file, text as decode};
pub use error::{ListError, ListErrorKind};
pub use files::{main_file, read_files};
pub use ftm::apply_delta;
pub use recognise::{Format, recognise};
pub use report::{LoadReport, Skipped};

/// A file's content, unpacked already (`.gz`, `.zip`).
#[derive(Clone, Copy, Debug)]
pub struct SourceFile<'a> {
    /// Its name, for messages; the last resort where a list does not say what it is.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// A list as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LoadedList {
    /// What the list is called: `ofac_sdn`, `uk_ofsi`, `au_dfat`; of FollowTheMoney entities the dataset that they all
    /// name, of Senzing records their source, of other files the name without its endings.
    pub dataset: String,
    /// The listed parties, in the order of the file.
    pub entities: Vec<Entity>,
    /// What belongs to them: relations, their unlisted counterparties, papers, wallets, addresses, sanctions.
    pub relations: Vec<Entity>,
    /// What was read and what was not.
    pub report: LoadReport,
    /// When the authority published it, as `YYYY-MM-DD`, where the file itself says so.
    pub published: Option<String>,
}

impl LoadedList {
    fn new(dataset: String, entities: Vec<Entity>, relations: Vec<Entity>, mut report: LoadReport) -> Self {
        report.count(&entities, &relations);
        Self { dataset, entities, relations, report, published: None }
    }

    /// The list of a file, unless nobody is listed in it.
    fn unless_empty(
        file: &SourceFile<'_>,
        dataset: &str,
        entities: Vec<Entity>,
        relations: Vec<Entity>,
        report: LoadReport,
    ) -> Result<Self, ListError> {
        if entities.is_empty() {
            let first_problem = report.skipped.iter().find(|s| s.file == file.name);
            let first_problem = first_problem.map(|s| (s.line, s.reason.clone()));
            return Err(ListError::new(file.name, ListErrorKind::NobodyListed { first_problem }));
        }
        Ok(Self::new(dataset.to_owned(), entities, relations, report))
    }
}

/// Reads a list: `main`, and for OFAC's CSV files what stands beside it. Both are recognised by content, and the
/// siblings may come in any order; a missing one is a warning in the report.
///
/// In the [`Locator`](model::Locator) of a value, file 0 is `main` and file n is `siblings[n - 1]`.
///
/// # Errors
/// [`ListError`], where `main` is no list that can be read, or nobody is listed in it.
pub fn read(main: &SourceFile<'_>, siblings: &[SourceFile<'_>]) -> Result<LoadedList, ListError> {
    let fail = |kind| Err(ListError::new(main.name, kind));
    let sibling = |what| ListErrorKind::Sibling { what, primary: "sdn.csv or cons_prim.csv" };
    let mut list = match recognise(main.bytes) {
        Format::OfacPrimary => return ofac::read(main, siblings),
        Format::OfacAliases => return fail(sibling("alias file")),
        Format::OfacAddresses => return fail(sibling("address file")),
        Format::OfacComments => return fail(sibling("file of continued remarks")),
        Format::EuCsv => eu::read_csv(main)?,
        Format::FtmJsonLines => ftm::read(main)?,
        Format::SenzingJsonLines => senzing::read(main)?,
        Format::CslJson => csl::read_json(main)?,
        Format::AuthorityTable { delimiter } => tables::read(main, delimiter)?,
        Format::Spreadsheet => tables::read_workbook(main)?,
        Format::Xml => xml::read(main)?,
        Format::PlainTable { delimiter } => table::read(main, delimiter)?,
        Format::Empty => return fail(ListErrorKind::Empty),
        other => return fail(ListErrorKind::Unreadable(other)),
    };
    for sibling in siblings {
        let warning = format!("{}: {} has no companions: not read", sibling.name, main.name);
        list.report.warnings.push(warning);
    }
    Ok(list)
}

/// The name of a file without its folder and endings.
fn stem(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    match file.char_indices().skip(1).find(|(_, c)| *c == '.') {
        Some((dot, _)) => file[..dot].to_owned(),
        None => file.to_owned(),
    }
}
