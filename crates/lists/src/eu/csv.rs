//! The EU's CSV files: one row for each name, address, birth, citizenship and paper of a party, with what is said of the
//! party itself repeated in every row.
//!
//! Rows are put together to the `<sanctionEntity>` that they were flattened from (`data/eu_csv.tsv`), so that a party is
//! the same whichever file it is read from. Only `strong` is in no table.
//!
//! Two forms are about: CSV 1.1, and the form of before 2019. The latter also goes round with each of its lines put into
//! quotation marks once more, by a program that took it for a table of commas; its commas have become tabs.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{DATASET, party};
use crate::encoding;
use crate::error::ListError;
use crate::listing::Roll;
use crate::records::{Records, Row};
use crate::xml::Node;
use crate::{LoadedList, SourceFile};

const COLUMNS: &str = include_str!("../../data/eu_csv.tsv");

/// The path of each column.
static PATHS: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| {
    let rows = COLUMNS.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    rows.filter_map(|row| row.split_once('\t')).collect()
});

/// Where a column's values go.
enum Column {
    /// An element's text, or its attribute, within the party or within a part of it.
    Path(&'static str),
    /// The date of the file, the repeated number of the party.
    Nothing,
    /// A column that the table does not know, by its name.
    Unknown(String),
}

/// A party being put together.
struct Flat {
    node: Node,
    /// The parts that it has already.
    parts: FxHashSet<String>,
}

pub(crate) fn read(main: &SourceFile<'_>) -> Result<LoadedList, ListError> {
    let mut roll = Roll::new(main);
    let data = encoding::plain(main.bytes);
    let mut columns: Vec<Column> = Vec::new();
    let mut parties: Vec<Flat> = Vec::new();
    let mut index: FxHashMap<String, usize> = FxHashMap::default();
    let legacy = rows(&data, |line, row| {
        if columns.is_empty() {
            columns = header(&row.fields);
            return columns.len();
        }
        let found = row.fields.len();
        if row.unclosed || found != columns.len() {
            let reason = if row.unclosed {
                "a quote is opened and never closed".to_owned()
            } else {
                format!("{found} columns where the header has {}", columns.len())
            };
            roll.skip(line, reason);
            return columns.len();
        }
        let parts = parts(&columns, &row.fields, line);
        let Some(id) = parts[0].attributes.iter().find(|(name, _)| name == "logicalId").map(|(_, id)| id)
        else {
            roll.skip(line, "the row has no logical id of a party");
            return columns.len();
        };
        let place = *index.entry(id.to_string()).or_insert_with(|| {
            parties.push(Flat { node: Node::new("sanctionEntity", line), parts: FxHashSet::default() });
            parties.len() - 1
        });
        join(&mut parties[place], parts);
        columns.len()
    });
    roll.report.warnings.extend(encoding::legacy_warning(main.name, legacy));
    for flat in parties {
        party(flat.node, &mut roll);
    }
    roll.finish(DATASET)
}

/// Every row with its line, out of the second quotation marks where there are any. `each` answers how many columns there
/// are. Gives the number of lines that are no UTF-8.
fn rows(data: &[u8], mut each: impl FnMut(u32, &Row<'_>) -> usize) -> usize {
    let mut row = Row::default();
    if !quoted_twice(data) {
        let mut records = Records::new(data, b';', None);
        while records.read(&mut row) {
            let columns = each(row.line, &row);
            records.expect_columns(columns);
        }
        return records.legacy;
    }
    let mut records = Records::new(data, b',', Some(1));
    let mut columns = None;
    while records.read(&mut row) {
        let whole = row.fields.join(",");
        let mut inner = Row::default();
        if Records::new(whole.trim_end().as_bytes(), b';', columns).read(&mut inner) {
            inner.unclosed |= row.unclosed;
            columns = Some(each(row.line, &inner));
        }
    }
    records.legacy
}

/// The header is one field in quotation marks.
fn quoted_twice(data: &[u8]) -> bool {
    let mut row = Row::default();
    Records::new(data, b';', None).read(&mut row) && row.fields.len() == 1 && row.fields[0].contains(';')
}

fn header<S: AsRef<str>>(names: &[S]) -> Vec<Column> {
    let mut known: FxHashSet<&str> = FxHashSet::default();
    let names = names.iter().map(|name| name.as_ref().trim());
    let columns = names.map(|name| match PATHS.get(name) {
        Some(&"-") => Column::Nothing,
        // The table of old repeats the party's number in front of every part.
        Some(path) => {
            if known.insert(path) {
                Column::Path(path)
            } else {
                Column::Nothing
            }
        }
        None if name.starts_with("Date_file") || name.is_empty() => Column::Nothing,
        None => Column::Unknown(name.to_owned()),
    });
    columns.collect()
}

/// The elements that a row holds; the first is the party itself.
fn parts<S: AsRef<str>>(columns: &[Column], fields: &[S], line: u32) -> Vec<Node> {
    let mut parts = vec![Node::new("sanctionEntity", line)];
    for (column, field) in columns.iter().zip(fields) {
        let value = field.as_ref().trim();
        if value.is_empty() {
            continue;
        }
        let path = match column {
            Column::Path(path) => *path,
            Column::Nothing => continue,
            Column::Unknown(name) => {
                let mut node = Node::new(name.as_str(), line);
                node.text = value.to_owned();
                parts.push(node);
                continue;
            }
        };
        let mut steps = path.split('/');
        let first = steps.next().unwrap_or_default();
        let at = if first.starts_with('@') { 0 } else { element(&mut parts, first, line) };
        let mut node = &mut parts[at];
        let steps = first.starts_with('@').then_some(first).into_iter().chain(steps);
        let mut text = true;
        for step in steps {
            if let Some(attribute) = step.strip_prefix('@') {
                node.attributes.push((attribute.into(), value.into()));
                text = false;
            } else if step == "contactInfo" {
                node.children.extend(contacts(value, line));
                text = false;
            } else {
                let child = element(&mut node.children, step, line);
                node = &mut node.children[child];
            }
        }
        if text {
            node.text = value.to_owned();
        }
    }
    parts
}

/// The place of the element of that name, which is made if need be.
fn element(nodes: &mut Vec<Node>, name: &str, line: u32) -> usize {
    nodes.iter().position(|node| node.name == name).unwrap_or_else(|| {
        nodes.push(Node::new(name, line));
        nodes.len() - 1
    })
}

/// `PHONE[668 33 01]\nFAX[662 38 14]`, with the break as two letters in the table of old.
fn contacts(text: &str, line: u32) -> Vec<Node> {
    let contact = |key: &str, value: &str| {
        let mut node = Node::new("contactInfo", line);
        let pairs = [("key", key.trim()), ("value", value.trim())];
        node.attributes.extend(pairs.map(|(name, value)| (name.into(), value.into())));
        node
    };
    let pieces = text.split(']').map(|piece| piece.trim().trim_start_matches("\\n").trim());
    let pieces = pieces.filter(|piece| !piece.is_empty());
    pieces
        .map(|piece| {
            piece.split_once('[').map_or_else(|| contact("", piece), |(key, value)| contact(key, value))
        })
        .collect()
}

/// Adds what a row says and the rows before it did not.
fn join(flat: &mut Flat, parts: Vec<Node>) {
    let mut parts = parts.into_iter();
    for (name, value) in parts.next().map(|party| party.attributes).unwrap_or_default() {
        if flat.parts.insert(format!("@{name}={value}")) {
            flat.node.attributes.push((name, value));
        }
    }
    for part in parts {
        let mut key = String::new();
        part.clone().leftovers(|path, value, _| key.extend([path, "=", value, "\n"]));
        if flat.parts.insert(key) {
            flat.node.children.push(part);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts_of_both_forms() {
        let rows: [(&str, &[(&str, &str)]); 4] = [
            ("PHONE[1 2]\\nFAX[3]", &[("PHONE", "1 2"), ("FAX", "3")]),
            ("PHONE[1]\nWEB[x.y]", &[("PHONE", "1"), ("WEB", "x.y")]),
            ("ask", &[("", "ask")]),
            ("]", &[]),
        ];
        for (text, expected) in rows {
            let nodes = contacts(text, 1);
            let found: Vec<(&str, &str)> =
                nodes.iter().map(|node| (&*node.attributes[0].1, &*node.attributes[1].1)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn every_path_is_within_a_party() {
        let parts = [
            "subjectType",
            "regulation",
            "nameAlias",
            "address",
            "birthdate",
            "identification",
            "citizenship",
        ];
        for (column, path) in PATHS.iter() {
            let first = path.split('/').next().unwrap();
            let known = parts.contains(&first) || first.starts_with('@') || ["-", "remark"].contains(&first);
            assert!(known, "{column}: {path}");
        }
    }
}
