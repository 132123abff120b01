//! The table `data/tables.tsv`: what each column of an authority's table says.

use std::sync::LazyLock;

use model::{Locator, Property};
use rustc_hash::FxHashMap;

use crate::SourceFile;
use crate::numbered;
use crate::party::Party;
use crate::report::LoadReport;
use crate::sheet::{Cells, Sheet, key};

const TABLE: &str = include_str!("../data/tables.tsv");

/// What becomes of the values of a column.
#[derive(Debug, PartialEq, Eq)]
enum Target {
    /// A property of the party.
    Party(Property, Split),
    /// A property of its sanction.
    Sanction(Property, Split),
    /// A note, counted.
    Note,
    /// The reader takes it together with other columns.
    Reader,
}

/// How several values stand in one field; the table's head explains each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Split {
    No,
    Numbered,
    Countries,
    Semicolons,
    Bars,
}

/// The columns of one list.
#[derive(Debug, Default)]
pub(crate) struct Layout(FxHashMap<String, Target>);

static LAYOUTS: LazyLock<FxHashMap<&'static str, Layout>> = LazyLock::new(|| {
    let mut layouts: FxHashMap<&'static str, Layout> = FxHashMap::default();
    for line in rows() {
        let mut fields = line.split('\t');
        if let (Some(list), Some(column), Some(target)) = (fields.next(), fields.next(), fields.next()) {
            let target = target_of(target, fields.next().unwrap_or_default());
            layouts.entry(list).or_default().0.insert(key(column), target);
        }
    }
    layouts
});

fn rows() -> impl Iterator<Item = &'static str> {
    TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn target_of(target: &str, split: &str) -> Target {
    let split = match split {
        "numbered" => Split::Numbered,
        "countries" => Split::Countries,
        "semicolons" => Split::Semicolons,
        "bars" => Split::Bars,
        _ => Split::No,
    };
    match target.split_once('.') {
        Some(("sanction", property)) => Target::Sanction(Property::from_name(property), split),
        _ if target == "note" => Target::Note,
        _ if target == "-" => Target::Reader,
        _ => Target::Party(Property::from_name(target), split),
    }
}

/// Where the values of a row go.
pub(crate) struct Context<'a> {
    pub(crate) party: &'a mut Party,
    /// The key of the sanction that they are about.
    pub(crate) sanction: &'a str,
    pub(crate) locator: Locator,
    pub(crate) report: &'a mut LoadReport,
}

impl Layout {
    /// The columns of the list of that name in the table.
    pub(crate) fn of(list: &str) -> &'static Self {
        static NONE: LazyLock<Layout> = LazyLock::new(Layout::default);
        LAYOUTS.get(list).unwrap_or(&NONE)
    }

    /// Warns once of the columns that the table does not know: the authority has changed its layout.
    pub(crate) fn warn_of_unknown(&self, sheet: &Sheet<'_>, file: &SourceFile<'_>, report: &mut LoadReport) {
        let unknown = |column: &&String| !column.is_empty() && !self.0.contains_key(&key(column));
        let unknown: Vec<&str> = sheet.columns.iter().filter(unknown).map(|column| &**column).collect();
        if !unknown.is_empty() {
            let names: String = unknown.join(", ").chars().take(500).collect();
            report.warnings.push(format!("{}: unknown column(s), kept in the notes: {names}", file.name));
        }
    }

    /// States every value of a row that the reader does not take itself.
    pub(crate) fn state(&self, row: Cells<'_>, into: &mut Context<'_>) {
        for (column, value) in row.all() {
            self.value(column, value, into);
        }
    }

    /// States the value of one column.
    pub(crate) fn value(&self, column: &str, value: &str, into: &mut Context<'_>) {
        let locator = into.locator;
        match self.0.get(&key(column)) {
            Some(Target::Reader) => {}
            Some(Target::Party(property, split)) => {
                for value in split.values(value) {
                    into.party.add(property, value, locator);
                }
            }
            Some(Target::Sanction(property, split)) => {
                for value in split.values(value) {
                    into.party.sanction(into.sanction, locator).add(property, value, locator);
                }
            }
            Some(Target::Note) | None => {
                let label = if column.is_empty() { "(no name)" } else { column };
                into.party.note(label, value, locator, into.report);
            }
        }
    }
}

impl Split {
    fn values(self, value: &str) -> Vec<&str> {
        let pieces = |separator: &str| value.split(separator).collect();
        match self {
            Self::No => vec![value],
            // A dash stands for "nothing known of this one".
            Self::Numbered => numbered::values(value).into_iter().filter(|v| *v != "-").collect(),
            Self::Countries => numbered::countries(value).into_iter().filter(|v| *v != "-").collect(),
            Self::Semicolons => pieces("; "),
            Self::Bars => pieces("|"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_well_formed() {
        let mut seen = std::collections::HashSet::new();
        for line in rows() {
            let fields: Vec<&str> = line.split('\t').collect();
            assert!((3..=4).contains(&fields.len()) && fields.iter().all(|f| f.trim() == *f), "{line}");
            assert!(seen.insert((fields[0], key(fields[1]))), "{line}: twice");
            if let Some(split) = fields.get(3) {
                assert!(["numbered", "countries", "semicolons", "bars"].contains(split), "{line}");
            }
            if let Target::Party(Property::Other(name), _) = target_of(fields[2], "") {
                assert!(
                    ["unscId", "referents", "isinCode"].contains(&&*name),
                    "{line}: FollowTheMoney has no {name}"
                );
            }
        }
    }
}
