//! Case tables: what competent analysts would say, row by row, and which rows the engine fails today.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The lines of a table that are no comment.
fn lines(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).expect("a table can be read");
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(str::to_owned).collect()
}

/// Runs every table of a folder but `known_failures.txt`. `check` takes a row's columns and gives its query and listed
/// party, and what is wrong with it: what to say, and what to add to its line among the known failures.
///
/// A known failure is a line of file, query and listed party, perhaps with more behind. A row that starts to fail breaks
/// the test; so does one there that passes.
#[allow(clippy::print_stderr)] // The figures by file; `--nocapture` shows them.
pub(crate) fn run(
    folder: &str,
    check: impl for<'r> Fn(&str, &[&'r str]) -> ([&'r str; 2], Option<(String, String)>),
) {
    let known_failures = lines(&Path::new(folder).join("known_failures.txt"));
    let key_of = |line: &str| line.split('\t').take(3).collect::<Vec<_>>().join("\t");
    let mut known: BTreeMap<String, &str> =
        known_failures.iter().map(|line| (key_of(line), line.as_str())).collect();
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("the folder").map(|f| f.expect("a file").path()).collect();
    files.retain(|path| !path.ends_with("known_failures.txt")); // All else is a table: none can be forgotten.
    files.sort();
    let (mut broken, mut total, mut passed) = (Vec::new(), 0, 0);
    for path in &files {
        let file = path.file_stem().expect("a name").to_string_lossy();
        let rows = lines(path);
        let mut good = 0;
        for row in &rows[1..] {
            let columns: Vec<&str> = row.split('\t').collect();
            let ([query, listed], fault) = check(&file, &columns);
            good += usize::from(fault.is_none());
            let key = format!("{file}\t{query}\t{listed}");
            match (fault, known.remove(&key)) {
                (None, None) | (Some(_), Some(_)) => {}
                (None, Some(line)) => broken.push(format!("passes now, delete the line:\n{line}")),
                (Some((fault, more)), None) => broken.push(format!("{fault}:\n{key}{more}")),
            }
        }
        let count = rows.len() - 1;
        eprintln!("{file:>20} {count:>5} rows {good:>5} passed {:>4} known failures", count - good);
        (total, passed) = (total + count, passed + good);
    }
    eprintln!("{:>20} {total:>5} rows {passed:>5} passed {:>4} known failures", "all", total - passed);
    broken.extend(known.values().map(|line| format!("no such row, delete the line:\n{line}")));
    assert!(broken.is_empty(), "{} rows changed:\n{}", broken.len(), broken.join("\n"));
}
