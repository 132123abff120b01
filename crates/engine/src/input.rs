//! Customer files: CSV, TSV and JSON lines of FollowTheMoney entities, row by row, in any length.

use std::collections::BTreeMap;
use std::io::BufRead;
use std::path::Path;

use model::{Locator, Property, entity_from_json};

use crate::records::{Record, Records, Wrong};
use crate::source::{damaged, stream};
use crate::{EngineError, Query};

/// How to read a customer file.
#[derive(Clone, Debug, Default)]
pub struct InputOptions {
    /// Columns by another name: FtM property (or `id`, `schema`) -> the file's column.
    pub map: Vec<(String, String)>,
    /// Whether `;` separates several values within a cell.
    pub multi: bool,
    /// The schema of rows that name none.
    pub schema: Option<String>,
}

/// One row, ready to be screened or failed.
#[derive(Debug)]
pub(crate) struct Row {
    /// Its id, or its number.
    pub(crate) id: String,
    /// Line in the file, from 1.
    pub(crate) line: u64,
    /// The query, or why there is none.
    pub(crate) query: Result<Query, String>,
}

/// The rows of a file, in order.
pub(crate) struct Rows {
    source: Source,
    number: u64,
    options: InputOptions,
    /// Things to tell the user once: unknown columns, recoded rows.
    pub(crate) warnings: Vec<String>,
    pub(crate) recoded: u64,
}

enum Source {
    Table { records: Records<Box<dyn BufRead + Send>>, columns: Vec<Column> },
    JsonLines { input: Box<dyn BufRead + Send>, line: u64 },
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Column {
    Id,
    Schema,
    Property(Property),
    Unknown,
}

impl Rows {
    /// Opens a file.
    pub(crate) fn open(path: &Path, options: InputOptions) -> Result<Self, EngineError> {
        Self::new(&path.display().to_string(), stream(path)?, options)
    }

    /// Reads from a stream of text; `name` is for messages.
    pub(crate) fn new(
        name: &str,
        mut input: Box<dyn BufRead + Send>,
        options: InputOptions,
    ) -> Result<Self, EngineError> {
        let failed = |e: std::io::Error| damaged(name, &e);
        let head = input.fill_buf().map_err(failed)?;
        let Some(first) = head.iter().find(|b| !b.is_ascii_whitespace() && **b != 0x1A) else {
            return Err(EngineError::input(format!("{name} is empty"))
                .hint("a customer file has a header line such as id,schema,name,birthDate and a row for each customer"));
        };
        if head.contains(&0) {
            return Err(EngineError::input(format!("{name} is no text file"))
                .hint("save it as CSV (UTF-8), or as JSON lines of FollowTheMoney entities"));
        }
        if *first == b'{' {
            let source = Source::JsonLines { input, line: 0 };
            return Ok(Self { source, number: 0, options, warnings: Vec::new(), recoded: 0 });
        }
        let mut records = Records::new(input).map_err(failed)?;
        let header = records.next_record().map_err(failed)?;
        let header = header.filter(|record| record.wrong.is_none()).map(|r| r.cells).unwrap_or_default();
        let mut rows = Self {
            source: Source::Table { records, columns: Vec::new() },
            number: 0,
            options,
            warnings: Vec::new(),
            recoded: 0,
        };
        rows.read_header(name, &header)?;
        Ok(rows)
    }

    fn read_header(&mut self, name: &str, header: &[String]) -> Result<(), EngineError> {
        let mut mapped: BTreeMap<String, &str> = BTreeMap::new();
        for (property, column) in &self.options.map {
            if !header.iter().any(|h| squeezed(h) == squeezed(column)) {
                return Err(EngineError::usage(format!(
                    "--map {property}={column}: {name} has no column {column}"
                ))
                .hint(format!("its columns are: {}", header.join(", "))));
            }
            mapped.insert(squeezed(column), property);
        }
        let taken = |property: &str| self.options.map.iter().any(|(p, _)| squeezed(p) == squeezed(property));
        let mut unknown = Vec::new();
        let found: Vec<Column> = header
            .iter()
            .map(|cell| {
                let column = match mapped.get(&squeezed(cell)) {
                    Some(property) => column_for(property),
                    None if taken(cell) => Column::Unknown,
                    None => column_for(cell),
                };
                if column == Column::Unknown {
                    unknown.push(cell.trim().to_owned());
                }
                column
            })
            .collect();
        let comparable = |column: &Column| match column {
            Column::Property(p) => {
                let name = p.property_type() == model::PropertyType::Name;
                name || model::Scheme::of(p).is_some()
            }
            _ => false,
        };
        if !found.iter().any(comparable) {
            return Err(EngineError::input(format!("{name} line 1: no column holds a name or an identifier"))
                .hint("name the columns id, schema, name, birthDate, nationality ..., or say which is which: --map name=Full_Name"));
        }
        if !unknown.is_empty() {
            self.warnings.push(format!("{name}: columns not used: {}", unknown.join(", ")));
        }
        if let Source::Table { columns, .. } = &mut self.source {
            *columns = found;
        }
        Ok(())
    }

    /// The next row, or the error that ends the file.
    pub(crate) fn next_row(&mut self) -> std::io::Result<Option<Row>> {
        self.number += 1;
        let number = self.number.to_string();
        match &mut self.source {
            Source::Table { records, columns } => {
                let Some(record) = records.next_record()? else { return Ok(None) };
                self.recoded += u64::from(record.recoded);
                Ok(Some(table_row(columns, &record, number, &self.options)))
            }
            Source::JsonLines { input, line } => loop {
                let mut bytes = Vec::new();
                if input.read_until(b'\n', &mut bytes)? == 0 {
                    return Ok(None);
                }
                *line += 1;
                if bytes.iter().all(|b| b.is_ascii_whitespace() || *b == 0x1A) {
                    continue;
                }
                return Ok(Some(json_row(&bytes, number, *line, &self.options)));
            },
        }
    }
}

fn table_row(columns: &[Column], record: &Record, number: String, options: &InputOptions) -> Row {
    let (cells, line) = (&record.cells, record.line);
    let id = match &record.wrong {
        Some(Wrong::Unclosed) => number,
        _ => id_cell(columns, cells).unwrap_or(number),
    };
    if let Some(wrong) = &record.wrong {
        return Row { id, line, query: Err(wrong.to_string()) };
    }
    let mut schema = options.schema.clone();
    let mut fields: Vec<(Property, String)> = Vec::new();
    for (column, cell) in columns.iter().zip(cells) {
        match column {
            Column::Schema if !cell.trim().is_empty() => schema = Some(cell.clone()),
            Column::Property(property) if options.multi => {
                fields.extend(cell.split(';').map(|value| (property.clone(), value.to_owned())));
            }
            Column::Property(property) => fields.push((property.clone(), cell.clone())),
            _ => {}
        }
    }
    let query = Query::from_fields(&id, schema.as_deref(), fields).map_err(|e| e.to_string());
    Row { id, line, query }
}

fn id_cell(columns: &[Column], cells: &[String]) -> Option<String> {
    let at = columns.iter().position(|c| *c == Column::Id)?;
    cells.get(at).map(|cell| cell.trim().to_owned()).filter(|id| !id.is_empty())
}

fn json_row(bytes: &[u8], number: String, line: u64, options: &InputOptions) -> Row {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Row { id: number, line, query: Err("not UTF-8, as JSON must be".to_owned()) };
    };
    match entity_from_json(text.trim(), Some(&number), Locator::Direct) {
        Ok(mut entity) => {
            if let (model::Schema::Thing, Some(schema)) = (&entity.schema, &options.schema) {
                entity.schema = model::Schema::from_name(schema);
            }
            let id = entity.id.to_string();
            Row { id, line, query: Query::new(entity).map_err(|e| e.to_string()) }
        }
        Err(e) => Row { id: number, line, query: Err(e.to_string()) },
    }
}

/// Header cells are compared without case, blanks, hyphens and underscores: `Birth_Date` is `birthDate`.
fn squeezed(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn column_for(name: &str) -> Column {
    match squeezed(name).as_str() {
        "id" => Column::Id,
        "schema" => Column::Schema,
        squeezed_name => {
            Property::find(|p| squeezed(p) == squeezed_name).map_or(Column::Unknown, Column::Property)
        }
    }
}
