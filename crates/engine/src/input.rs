//! Customer files: CSV, TSV and JSON lines of FollowTheMoney entities, row by row, in any length.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, BufRead};
use std::path::Path;

use model::{Locator, Property, entity_from_json};

use crate::records::{Layout, Record, Records, Wrong};
use crate::source::{Position, Stream, damaged, stream};
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
    /// Whether it was no UTF-8 and was read as windows-1252.
    pub(crate) recoded: bool,
}

/// The rows of a file, in order.
pub(crate) struct Rows {
    pub(crate) reader: Reader,
    pub(crate) form: Form,
    /// Things to tell the user once: unknown columns.
    pub(crate) warnings: Vec<String>,
    number: u64,
    own: Vec<u8>,
}

/// Tells the rows of a file apart.
pub(crate) struct Reader {
    source: Source,
    /// How far it has come.
    pub(crate) position: Position,
}

enum Source {
    Table(Records<Box<dyn BufRead + Send>>),
    JsonLines { input: Box<dyn BufRead + Send>, line: u64 },
}

/// What the bytes of a row mean.
pub(crate) struct Form {
    /// Of a table; `None`: JSON lines.
    table: Option<(Layout, Vec<Column>)>,
    options: InputOptions,
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
    pub(crate) fn new(name: &str, stream: Stream, options: InputOptions) -> Result<Self, EngineError> {
        let failed = |e: std::io::Error| damaged(name, &e);
        let Stream { mut input, position } = stream;
        let head = input.fill_buf().map_err(failed)?;
        let Some(first) = head.iter().find(|b| !b.is_ascii_whitespace() && **b != 0x1A) else {
            return Err(EngineError::input(format!("{name} is empty"))
                .hint("a customer file has a header line such as id,schema,name,birthDate and a row for each customer"));
        };
        if head.contains(&0) {
            return Err(EngineError::input(format!("{name} is no text file"))
                .hint("save it as CSV (UTF-8), or as JSON lines of FollowTheMoney entities"));
        }
        let (own, number) = (Vec::new(), 0);
        if *first == b'{' {
            let reader = Reader { source: Source::JsonLines { input, line: 0 }, position };
            return Ok(Self {
                reader,
                form: Form { table: None, options },
                warnings: Vec::new(),
                number,
                own,
            });
        }
        let mut records = Records::new(input).map_err(failed)?;
        let header = records.next_record().map_err(failed)?;
        let header = header.filter(|record| record.wrong.is_none()).map(|r| r.cells).unwrap_or_default();
        let (columns, warnings) = read_header(name, &header, &options)?;
        let table = Some((records.layout(), columns));
        let reader = Reader { source: Source::Table(records), position };
        Ok(Self { reader, form: Form { table, options }, warnings, number, own })
    }

    /// The next row, or the error that ends the file.
    pub(crate) fn next_row(&mut self) -> io::Result<Option<Row>> {
        self.own.clear();
        self.number += 1;
        let before = self.reader.next_row(&mut self.own)?;
        Ok(before.map(|before| self.form.row(&self.own, before, self.number)))
    }
}

/// What each column is, and what to tell the user of them.
fn read_header(
    name: &str,
    header: &[Cow<'_, str>],
    options: &InputOptions,
) -> Result<(Vec<Column>, Vec<String>), EngineError> {
    let mut mapped: BTreeMap<String, &str> = BTreeMap::new();
    for (property, column) in &options.map {
        if !header.iter().any(|h| squeezed(h) == squeezed(column)) {
            return Err(EngineError::usage(format!(
                "--map {property}={column}: {name} has no column {column}"
            ))
            .hint(format!("its columns are: {}", header.join(", "))));
        }
        mapped.insert(squeezed(column), property);
    }
    let taken = |property: &str| options.map.iter().any(|(p, _)| squeezed(p) == squeezed(property));
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
    let warning = || format!("{name}: columns not used: {}", unknown.join(", "));
    Ok((found, (!unknown.is_empty()).then(warning).into_iter().collect()))
}

impl Reader {
    /// Adds the bytes of the next row to others, and returns how many lines of the file stand before them.
    pub(crate) fn next_row(&mut self, to: &mut Vec<u8>) -> io::Result<Option<u64>> {
        match &mut self.source {
            Source::Table(records) => records.next_raw(to),
            Source::JsonLines { input, line } => loop {
                let begin = to.len();
                if input.read_until(b'\n', to)? == 0 {
                    return Ok(None);
                }
                *line += 1;
                to.truncate(begin + LONGEST_ROW + 1);
                if !to[begin..].iter().all(|b| b.is_ascii_whitespace() || *b == 0x1A) {
                    return Ok(Some(*line - 1));
                }
                to.truncate(begin);
            },
        }
    }
}

/// Most bytes of a row: of a longer one no more than this is kept, and it fails. A name of so many letters would take a
/// thousand times the memory of a long one, and is none.
pub(crate) const LONGEST_ROW: usize = 32 << 20;

impl Form {
    /// Makes a row of its bytes. `before`: the lines of the file before them; `number`: which row it is, from 1.
    pub(crate) fn row(&self, bytes: &[u8], before: u64, number: u64) -> Row {
        if bytes.len() > LONGEST_ROW {
            let reason = format!("the row is longer than {} MiB: no customer's is", LONGEST_ROW >> 20);
            return Row { id: number.to_string(), line: before + 1, query: Err(reason), recoded: false };
        }
        match &self.table {
            Some((layout, columns)) => table_row(columns, layout.read(bytes, before), number, &self.options),
            None => json_row(bytes, number, before + 1, &self.options),
        }
    }
}

fn table_row(columns: &[Column], record: Record<'_>, number: u64, options: &InputOptions) -> Row {
    let Record { line, cells, wrong, recoded } = record;
    let own = || match &wrong {
        Some(Wrong::Unclosed) => None,
        _ => id_cell(columns, &cells),
    };
    let id = own().map_or_else(|| number.to_string(), str::to_owned);
    if let Some(wrong) = wrong {
        return Row { id, line, query: Err(wrong.to_string()), recoded };
    }
    let mut schema = options.schema.as_deref();
    let mut fields: Vec<(Property, &str)> = Vec::with_capacity(cells.len());
    for (column, cell) in columns.iter().zip(&cells) {
        match column {
            Column::Schema if !cell.trim().is_empty() => schema = Some(cell),
            Column::Property(property) if options.multi => {
                fields.extend(cell.split(';').map(|value| (property.clone(), value)));
            }
            Column::Property(property) => fields.push((property.clone(), cell)),
            _ => {}
        }
    }
    let query = Query::from_fields(&id, schema, fields).map_err(|e| e.to_string());
    Row { id, line, query, recoded }
}

fn id_cell<'a>(columns: &[Column], cells: &'a [Cow<'_, str>]) -> Option<&'a str> {
    let at = columns.iter().position(|c| *c == Column::Id)?;
    cells.get(at).map(|cell| cell.trim()).filter(|id| !id.is_empty())
}

/// A row that is a line of JSON.
pub(crate) fn json_row(bytes: &[u8], number: u64, line: u64, options: &InputOptions) -> Row {
    let (number, recoded) = (number.to_string(), false);
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Row { id: number, line, query: Err("not UTF-8, as JSON must be".to_owned()), recoded };
    };
    match entity_from_json(text.trim(), Some(&number), Locator::Direct) {
        Ok(mut entity) => {
            if let (model::Schema::Thing, Some(schema)) = (&entity.schema, &options.schema) {
                entity.schema = model::Schema::from_name(schema);
            }
            let id = entity.id.to_string();
            Row { id, line, query: Query::new(entity).map_err(|e| e.to_string()), recoded }
        }
        Err(e) => Row { id: number, line, query: Err(e.to_string()), recoded },
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
