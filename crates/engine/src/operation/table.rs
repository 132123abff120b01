//! Tables of records that an analyst supplies: who stands behind an id of the site, and who in a public file.

use std::io::BufRead;
use std::path::Path;

use attribution::{Record, Records as People, Salt};

use crate::EngineError;
use crate::records::Records;
use crate::source::{damaged, stream};

/// What columns hold, by their names.
const COLUMNS: &str = include_str!("../../data/record_columns.tsv");

/// Failed rows that are kept with their reason; all are counted.
const KEPT_FAILURES: usize = 1000;

/// A table of people, hashed, and how reading it went.
#[derive(Debug)]
pub struct PeopleRead {
    /// The people.
    pub people: People,
    /// Rows of the file, the failed ones too.
    pub rows: u64,
    /// Rows that could not be taken.
    pub failed: u64,
    /// The first of them: line, reason. No value of the row: it is personal data.
    pub failures: Vec<(u64, String)>,
}

/// Places of the columns that are read.
struct Columns {
    id: usize,
    /// One column, or the parts in the order in which a name is said.
    name: Vec<usize>,
    /// Street, then flat.
    address: Vec<usize>,
    town: Option<usize>,
}

impl Columns {
    fn of(header: &[impl AsRef<str>]) -> Result<Self, Vec<&'static str>> {
        let heads: Vec<String> = header.iter().map(|head| plain(head.as_ref())).collect();
        let place = |kind: &str| {
            let names = COLUMNS.lines().filter_map(|line| line.split_once('\t')).filter(|(k, _)| *k == kind);
            names.into_iter().find_map(|(_, name)| heads.iter().position(|head| head == name))
        };
        let whole: Vec<usize> = place("name").into_iter().collect();
        let parts = ["given", "middle", "family"].into_iter().filter_map(place).collect();
        let name = if whole.is_empty() { parts } else { whole };
        let street = place("address");
        let missing =
            [("id", place("id").is_none()), ("name", name.is_empty()), ("address", street.is_none())];
        let missing: Vec<&str> =
            missing.into_iter().filter(|(_, gone)| *gone).map(|(name, _)| name).collect();
        match (place("id"), street) {
            (Some(id), Some(street)) if missing.is_empty() => {
                let address = [Some(street), place("unit")].into_iter().flatten().collect();
                Ok(Self { id, name, address, town: place("town") })
            }
            _ => Err(missing),
        }
    }
}

/// The name of a column as the table of columns has it.
fn plain(head: &str) -> String {
    let letters = head.trim().to_lowercase();
    let words = letters.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("_")
}

/// Reads a table of people, plain or packed: CSV with a header that names an id, a name (or its parts), a street address and,
/// if there is one, a town; other columns are left aside. A row that cannot be read is named by its line, and the
/// others are read.
///
/// # Errors
/// The file cannot be read, or lacks a column.
pub fn read_people(path: &Path, salt: &Salt) -> Result<PeopleRead, EngineError> {
    people_of(&path.display().to_string(), stream(path)?.input, salt)
}

/// The same of what is open already; `shown` is what messages call it.
pub(crate) fn people_of(shown: &str, input: impl BufRead, salt: &Salt) -> Result<PeopleRead, EngineError> {
    let failed = |e: std::io::Error| damaged(shown, &e);
    let mut records = Records::new(input).map_err(failed)?;
    let header = records.next_record().map_err(failed)?.map(|record| record.cells).unwrap_or_default();
    let columns = Columns::of(&header).map_err(|missing| {
        EngineError::input(format!("{shown} line 1: no column for {}", missing.join(", ")))
            .hint("name the columns id,name,street,town, or as engine/data/record_columns.tsv lists them")
    })?;
    let mut read = PeopleRead { people: People::new([], salt), rows: 0, failed: 0, failures: Vec::new() };
    let layout = records.layout();
    while let Some(record) = records.next_record().map_err(failed)? {
        let swallowed = layout.swallowed(&record);
        read.rows += 1 + swallowed as u64;
        let wrong = match (&record.wrong, swallowed) {
            (None, 0) => None,
            (Some(wrong), 0) => Some(wrong.to_string()),
            (_, rows) => Some(format!(
                "a quotation mark opens here and takes in what looks like other rows ({rows}); close it, or write it twice"
            )),
        };
        if let Some(wrong) = wrong {
            read.failed += 1 + swallowed as u64;
            if read.failures.len() < KEPT_FAILURES {
                read.failures.push((record.line, wrong));
            }
            continue;
        }
        let join = |places: &[usize], between: &str| {
            let cells =
                places.iter().map(|place| record.cells[*place].trim()).filter(|cell| !cell.is_empty());
            cells.collect::<Vec<_>>().join(between)
        };
        let (name, address) = (join(&columns.name, " "), join(&columns.address, " # "));
        read.people.push(Record {
            id: record.cells[columns.id].trim(),
            name: &name,
            address: &address,
            town: columns.town.map_or("", |place| record.cells[place].trim()),
        });
    }
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_or_missed() {
        let check = |header: &str, wanted: &str| {
            let header: Vec<&str> = header.split(',').collect();
            let got = match Columns::of(&header) {
                Ok(Columns { id, name, address, town }) => format!("{id} {name:?} {address:?} {town:?}"),
                Err(missing) => format!("no {}", missing.join(", ")),
            };
            assert_eq!(got, wanted, "{header:?}");
        };
        check("id,name,street,town,postcode,party,county", "0 [1] [2] Some(3)");
        check("City,Voter ID,Last Name,First Name,Middle Initial,Address,Apt.", "1 [3, 4, 2] [5, 6] Some(0)");
        check("id,name", "no address");
        check("a,b", "no id, name, address");
    }

    #[test]
    fn a_broken_row_costs_itself_alone() {
        let scratch = testkit::Scratch::new();
        let file = scratch.file(
            "people.csv",
            "id,name,street,town\n1,Ada Brook,5 Mill Street,Saltmere\n2,Hugo\n3,\"Lind, Hugo\",7 Mill Street,\n",
        );
        let read = read_people(&file, &Salt::new(b"s")).unwrap();
        assert_eq!((read.rows, read.failed, read.people.len(), read.failures[0].0), (3, 1, 2, 3));
        let quoted = scratch.file(
            "quoted.csv",
            "id,name,street,town\n1,\"Ada Brook\n2,Hugo Lind,7 Mill Street,Saltmere\",5 Mill Street,Saltmere\n3,Ida Dell,9 Mill \
             Street,Saltmere\n",
        );
        let read = read_people(&quoted, &Salt::new(b"s")).unwrap();
        assert_eq!((read.rows, read.failed, read.people.len(), read.failures[0].0), (3, 2, 1, 2));
        assert!(read.failures[0].1.contains("other rows (1)"), "{:?}", read.failures);
        let error = read_people(&scratch.file("no.csv", "name\nx\n"), &Salt::new(b"s")).unwrap_err();
        assert!(error.to_string().contains("line 1: no column for id, address"), "{error}");
    }
}
