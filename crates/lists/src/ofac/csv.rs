//! OFAC's CSV files: `sdn.csv` and `cons_prim.csv` with their companions.
//!
//! They have no header; `-0- ` stands for nothing; the file ends with 0x1A. Dates of birth, numbers, links and weak
//! aliases stand in the remarks, clause by clause; the table `data/ofac_remarks.tsv` says what each clause is.

use std::borrow::Cow;

use model::{Entity, Locator, Property, Schema};
use rustc_hash::FxHashMap;

use super::links::{self, Link};
use super::remarks::{Beside, Party};
use super::{CONSOLIDATED, clause, dataset, schema};
use crate::draft::Draft;
use crate::encoding;
use crate::error::{ListError, ListErrorKind};
use crate::recognise::{Format, recognise};
use crate::records::{Records, Row};
use crate::report::LoadReport;
use crate::{LoadedList, SourceFile};

/// The columns of the primary file.
const PRIMARY: usize = 12;

/// OFAC cuts remarks of this length and goes on in the comments file.
const CUT: usize = 1000;

/// Reads the primary file and what stands beside it.
pub(crate) fn read(main: &SourceFile<'_>, siblings: &[SourceFile<'_>]) -> Result<LoadedList, ListError> {
    let mut reader = Reader::default();
    let formats: Vec<Format> = siblings.iter().map(|sibling| recognise(sibling.bytes)).collect();
    let each = |format: Format| {
        let numbered = siblings.iter().zip(&formats).zip(1_u16..);
        numbered.filter(move |((_, f), _)| **f == format).map(|((sibling, _), number)| (sibling, number))
    };
    for (sibling, number) in each(Format::OfacComments) {
        reader.comments(sibling, number);
    }
    reader.primary(main);
    if reader.entities.is_empty() {
        let first = reader.report.skipped.iter().find(|s| s.file == main.name);
        let first_problem = first.map(|s| (s.line, s.reason.clone()));
        return Err(ListError::new(main.name, ListErrorKind::NobodyListed { first_problem }));
    }
    reader.dangling_comments();
    for (format, what) in [(Format::OfacAliases, "alias"), (Format::OfacAddresses, "address")] {
        let mut any = false;
        for (sibling, number) in each(format) {
            any = true;
            if format == Format::OfacAliases {
                reader.aliases(sibling, number);
            } else {
                reader.addresses(sibling, number);
            }
        }
        if !any {
            let file = if what == "alias" { "alt.csv" } else { "add.csv" };
            reader.report.warnings.push(format!(
                "{}: no {what} file ({file}, cons_{file}) was given: put it beside the primary file",
                main.name
            ));
        }
    }
    for (sibling, format) in siblings.iter().zip(&formats) {
        let used = [Format::OfacAliases, Format::OfacAddresses, Format::OfacComments];
        if !used.contains(format) {
            let warning =
                format!("{}: this is {format}, no companion of an OFAC list: not read", sibling.name);
            reader.report.warnings.push(warning);
        }
    }
    Ok(reader.finish(main.name))
}

#[derive(Default)]
struct Reader {
    report: LoadReport,
    entities: Vec<Draft>,
    /// Place of each party by its number.
    index: FxHashMap<u64, usize>,
    comments: FxHashMap<u64, Comment>,
    beside: Beside,
    cut: usize,
    nul: usize,
    consolidated: usize,
}

/// The rest of cut remarks.
struct Comment {
    text: String,
    file: String,
    locator: Locator,
}

/// A field that is not `-0-`.
fn value<'a>(row: &'a Row<'_>, column: usize) -> Option<&'a str> {
    row.fields.get(column).map(|field| field.trim()).filter(|field| !field.is_empty() && *field != "-0-")
}

impl Reader {
    /// The rows of a file that have the right number of columns and a number in front.
    fn rows(
        &mut self,
        file: &SourceFile<'_>,
        columns: usize,
        mut each: impl FnMut(&mut Self, u64, &Row<'_>),
    ) {
        let data = encoding::plain(file.bytes);
        let mut records = Records::new(&data, b',', Some(columns));
        let mut row = Row::default();
        while records.read(&mut row) {
            let found = row.fields.len();
            let reason = if row.unclosed {
                "a quote is opened and never closed: the row may have been cut".to_owned()
            } else if found != columns {
                format!("{found} columns where OFAC has {columns}")
            } else if let Ok(id) = row.fields[0].trim().parse::<u64>() {
                self.nul += usize::from(row.fields.iter().any(|f| f.contains('\0')));
                each(self, id, &row);
                continue;
            } else {
                "the first column is no number".to_owned()
            };
            self.report.skip(file.name, row.line, reason);
        }
        self.report.warnings.extend(encoding::legacy_warning(file.name, records.legacy));
        if self.nul > 0 {
            let nul = std::mem::take(&mut self.nul);
            self.report
                .warnings
                .push(format!("{}: {nul} row(s) hold NUL bytes: the file is damaged", file.name));
        }
    }

    fn comments(&mut self, file: &SourceFile<'_>, number: u16) {
        self.rows(file, 2, |reader, id, row| {
            let locator = Locator::Line { file: number, line: row.line };
            let text = row.fields[1].trim_end();
            let new = || Comment { text: String::new(), file: file.name.to_owned(), locator };
            reader.comments.entry(id).or_insert_with(new).text.push_str(text);
        });
    }

    fn dangling_comments(&mut self) {
        let mut dangling: Vec<_> = self.comments.drain().collect();
        dangling.sort_by_key(|(id, _)| *id);
        for (id, comment) in dangling {
            let Locator::Line { line, .. } = comment.locator else { continue };
            self.report.skip(&comment.file, line, format!("nobody has the number {id}"));
        }
    }

    fn primary(&mut self, file: &SourceFile<'_>) {
        self.rows(file, PRIMARY, |reader, id, row| {
            let locator = Locator::Line { file: 0, line: row.line };
            let index = reader.entities.len();
            if reader.index.contains_key(&id) {
                let reason = format!("the number {id} was given to a party before");
                reader.report.skip(file.name, row.line, reason);
                return;
            }
            let Some(name) = value(row, 1) else {
                reader.report.skip(file.name, row.line, format!("the party {id} has no name"));
                return;
            };
            reader.index.insert(id, index);
            let schema = schema(value(row, 2));
            let odd_type = value(row, 2).filter(|_| schema.is_none());
            let mut entity = Draft::new(format!("ofac-{id}"), schema.unwrap_or(Schema::LegalEntity));
            let mut party = Party { entity: &mut entity, index, parts: 0 };
            party.add(&Property::Name, name, locator);
            party.add(&Property::Topics, "sanction", Locator::Direct);
            let programmes = value(row, 3).unwrap_or("").split("] [");
            let programmes = programmes.map(|p| p.trim().trim_start_matches('[').trim_end_matches(']'));
            let mut consolidated = false;
            for programme in programmes {
                consolidated |= CONSOLIDATED.contains(&programme);
                party.add(&Property::Program, programme, locator);
            }
            reader.consolidated += usize::from(consolidated);
            let columns = [
                (4, Property::Position),
                (5, Property::CallSign),
                (6, Property::Type),
                (7, Property::Tonnage),
                (8, Property::GrossRegisteredTonnage),
                (9, Property::Flag),
                (10, Property::Owner),
            ];
            for (column, property) in columns {
                if let Some(value) = value(row, column) {
                    party.add(&property, value, locator);
                }
            }
            if let Some(owner) = value(row, 10) {
                reader.beside.links.push(Link::owned_by(index, owner, locator));
            }
            if let Some(odd) = odd_type {
                party.note(&format!("SDN_Type {odd}"), locator, &mut reader.report);
            }
            let comment = reader.comments.remove(&id);
            let published = value(row, 11).unwrap_or("");
            let (text, rest) = match &comment {
                // The cut goes through words: no blank may be lost or added at the seam.
                Some(comment) if published.is_empty() => {
                    (Cow::from(&*comment.text), Some((0, comment.locator)))
                }
                Some(comment) => {
                    let head: &str = row.fields[11].trim_start();
                    (Cow::from(format!("{head}{}", comment.text)), Some((head.len(), comment.locator)))
                }
                None => (Cow::from(published), None),
            };
            let long = row.fields[11].len() >= CUT && row.fields[11].chars().count() >= CUT;
            let cut = long && comment.is_none() && !text.ends_with('.');
            reader.cut += usize::from(cut);
            let text = text.trim_end();
            let text = text.strip_suffix('.').unwrap_or(text);
            for (at, clause) in clause::clauses(text) {
                let locator = rest.filter(|(from, _)| at >= *from).map_or(locator, |(_, comment)| comment);
                if cut && at + clause.len() == text.len() {
                    reader.report.clauses += 1;
                    party.add(&Property::Notes, clause, locator);
                    reader.report.unmapped("(cut clause)");
                } else {
                    party.clause(clause, locator, &mut reader.beside, &mut reader.report);
                }
            }
            reader.entities.push(entity);
        });
    }

    /// The party of a row of a companion file.
    fn party(
        &mut self,
        file: &SourceFile<'_>,
        id: u64,
        row: &Row<'_>,
    ) -> Option<(Party<'_>, &mut LoadReport)> {
        let Some(&index) = self.index.get(&id) else {
            self.report.skip(file.name, row.line, format!("nobody has the number {id}"));
            return None;
        };
        let entity = self.entities.get_mut(index)?;
        Some((Party { entity, index, parts: 0 }, &mut self.report))
    }

    fn aliases(&mut self, file: &SourceFile<'_>, number: u16) {
        self.rows(file, 5, |reader, id, row| {
            let locator = Locator::Line { file: number, line: row.line };
            let Some((mut party, report)) = reader.party(file, id, row) else { return };
            let Some(name) = value(row, 3) else {
                reader.report.skip(file.name, row.line, "the alias is empty");
                return;
            };
            let former = value(row, 2).is_some_and(|kind| kind.eq_ignore_ascii_case("fka"));
            let property = if former { Property::PreviousName } else { Property::Alias };
            party.add(&property, name, locator);
            if let Some(remark) = value(row, 4) {
                report.clauses += 1;
                party.note(remark, locator, report);
            }
        });
    }

    fn addresses(&mut self, file: &SourceFile<'_>, number: u16) {
        self.rows(file, 6, |reader, id, row| {
            let locator = Locator::Line { file: number, line: row.line };
            let Some((mut party, report)) = reader.party(file, id, row) else { return };
            let parts: Vec<&str> = (2..=4).filter_map(|column| value(row, column)).collect();
            party.add(&Property::Address, &parts.join(", "), locator);
            if let Some(country) = value(row, 4) {
                party.add(&Property::Country, country, locator);
            }
            if let Some(remark) = value(row, 5) {
                report.clauses += 1;
                party.note(remark, locator, report);
            }
        });
    }

    fn finish(mut self, file: &str) -> LoadedList {
        if self.cut > 0 {
            self.report.warnings.push(format!(
                "{file}: the remarks of {} parties are cut at {CUT} characters; the comments file (sdn_comments.csv, \
                 cons_comments.csv) has the rest: put it beside the primary file",
                self.cut
            ));
        }
        let dataset = dataset(file, self.entities.len(), self.consolidated);
        let entities: Vec<Entity> = self.entities.into_iter().map(Draft::done).collect();
        let Beside { papers, links } = self.beside;
        let mut relations = papers;
        links::resolve("ofac", links, &entities, &mut relations);
        LoadedList::new(dataset.to_owned(), entities, relations, self.report)
    }
}
