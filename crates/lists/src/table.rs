//! A table of the user's own: a header of FollowTheMoney property names, one party a row.

use std::sync::LazyLock;

use model::{Entity, Locator, Property, Schema};
use rustc_hash::FxHashMap;

use crate::draft::Draft;
use crate::encoding;
use crate::error::{ListError, ListErrorKind};
use crate::records::{Records, Row};
use crate::report::LoadReport;
use crate::{LoadedList, SourceFile, stem};

/// The names that a column may have, one a line.
const COLUMNS: &str = include_str!("../data/columns.txt");

/// By the name in small letters.
static PROPERTIES: LazyLock<FxHashMap<String, Property>> = LazyLock::new(|| {
    let names = COLUMNS.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    names.map(|name| (name.to_ascii_lowercase(), Property::from_name(name))).collect()
});

/// The properties of a header; a name that FollowTheMoney does not know is kept as [`Property::Other`].
pub(crate) fn columns<S: AsRef<str>>(header: &[S]) -> impl Iterator<Item = Property> {
    header.iter().map(|name| {
        let name = name.as_ref().trim();
        let known = PROPERTIES.get(&name.to_ascii_lowercase());
        known.cloned().unwrap_or_else(|| Property::Other(name.into()))
    })
}

/// Reads the table.
pub(crate) fn read(main: &SourceFile<'_>, delimiter: u8) -> Result<LoadedList, ListError> {
    let mut report = LoadReport::default();
    let data = encoding::plain(main.bytes);
    let mut records = Records::new(&data, delimiter, None);
    let mut row = Row::default();
    records.read(&mut row);
    let header: Vec<String> = row.fields.iter().map(|f| f.trim().to_owned()).collect();
    let properties: Vec<Property> = columns(&header).collect();
    if !properties.iter().any(|p| p.name_strength().is_some()) {
        let columns = header.join(", ").chars().take(200).collect();
        return Err(ListError::new(main.name, ListErrorKind::NoNameColumn { columns }));
    }
    let place = |name: &str| header.iter().position(|h| h.eq_ignore_ascii_case(name));
    let (id_column, schema_column) = (place("id"), place("schema"));
    let special = |column: usize| [id_column, schema_column].contains(&Some(column));
    let unknown: Vec<&str> = (properties.iter().enumerate())
        .filter(|(column, p)| matches!(p, Property::Other(_)) && !special(*column))
        .map(|(column, _)| if header[column].is_empty() { "(no name)" } else { &*header[column] })
        .collect();
    if !unknown.is_empty() {
        let names: String = unknown.join(", ").chars().take(500).collect();
        let warning = format!("{}: unknown column(s), kept but not matched on: {names}", main.name);
        report.warnings.push(warning);
    }
    records.expect_columns(header.len());
    let mut entities: Vec<Entity> = Vec::new();
    let mut ids: FxHashMap<Box<str>, u32> = FxHashMap::default();
    let mut number = 0_usize;
    while records.read(&mut row) {
        number += 1;
        if row.unclosed || row.fields.len() > header.len() {
            let reason = if row.unclosed {
                "a quote is opened and never closed".to_owned()
            } else {
                format!("{} columns where the header has {}", row.fields.len(), header.len())
            };
            report.skip(main.name, row.line, reason);
            continue;
        }
        let field = |column: Option<usize>| {
            column.and_then(|c| row.fields.get(c)).map(|f| f.trim()).filter(|f| !f.is_empty())
        };
        let id: Box<str> = field(id_column).map_or_else(|| format!("row-{number}").into(), Into::into);
        let schema = field(schema_column).map_or(Schema::Thing, Schema::from_name);
        if !schema.is_party() {
            report.skip(main.name, row.line, format!("schema {schema}: no kind of party"));
            continue;
        }
        let locator = Locator::Line { file: 0, line: row.line };
        let mut entity = Draft::new(id, schema);
        for (column, property) in properties.iter().enumerate().filter(|(column, _)| !special(*column)) {
            if let Some(value) = field(Some(column)) {
                entity.add(property, value, locator);
            }
        }
        if entity.statements.is_empty() {
            report.skip(main.name, row.line, "nothing is stated in this row");
            continue;
        }
        // Two parties under one id would be one to whoever asks for it.
        if let Some(first) = ids.get(&entity.id) {
            let reason = format!("the id {} stands in line {first} already", entity.id);
            report.skip(main.name, row.line, reason);
            continue;
        }
        ids.insert(entity.id.clone(), row.line);
        entities.push(entity.done());
    }
    report.warnings.extend(encoding::legacy_warning(main.name, records.legacy));
    LoadedList::unless_empty(main, &stem(main.name), entities, Vec::new(), report)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_name_is_a_property_that_the_model_knows() {
        for (name, property) in PROPERTIES.iter() {
            assert!(!matches!(property, Property::Other(_)), "{name}");
        }
    }
}
