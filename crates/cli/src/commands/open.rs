//! What commands open: lists, the policy, files of customers.

use std::path::Path;
use std::time::SystemTime;

use engine::{AsOf, EngineError, InputOptions, Installed, Library, Policy, Schema, ScreenList};

use super::{SHOWN_FAILURES, note};
use crate::args::RowArgs;
use crate::error::Status;
use crate::{duration, home};

/// The policy of a file; the built-in one where none is named.
pub(crate) fn policy(path: Option<&Path>) -> Result<Policy, EngineError> {
    path.map_or_else(|| Ok(Policy::default()), engine::open_policy)
}

/// A file of customers; `-` is standard input.
pub(crate) fn or_standard_input(input: &Path) -> &Path {
    if input.as_os_str() == "-" { Path::new("/dev/stdin") } else { input }
}

/// How to read a file of customers.
pub(crate) fn input_options(
    map: &[String],
    multi: bool,
    schema: Option<String>,
) -> Result<InputOptions, EngineError> {
    let pair = |pair: &String| {
        let (property, column) = pair
            .split_once('=')
            .ok_or_else(|| EngineError::usage(format!("--map {pair}: no =")).hint("--map name=Full_Name"))?;
        Ok((property.to_owned(), column.to_owned()))
    };
    let map = map.iter().map(pair).collect::<Result<Vec<_>, EngineError>>()?;
    Ok(InputOptions { map, multi, schema })
}

/// The same, of a command that reads nothing but rows.
pub(crate) fn row_options(rows: &RowArgs) -> Result<InputOptions, EngineError> {
    check_schema(rows.schema.as_deref())?;
    input_options(&rows.map, rows.multi, rows.schema.clone())
}

/// Refuses a schema that no party has.
pub(crate) fn check_schema(schema: Option<&str>) -> Result<(), EngineError> {
    match schema.filter(|schema| !Schema::from_name(schema).is_party()) {
        None => Ok(()),
        Some(schema) => Err(EngineError::usage(format!("--schema {schema}: no party has it"))
            .hint("Person, Company, Organization, PublicBody, LegalEntity, Vessel, Airplane, CryptoWallet")),
    }
}

/// A list by path or name, `NAME@DAY` or `NAME@VERSION` of an installed one; a compiled file may hold several.
pub(crate) fn open_list(list: &str) -> Result<Vec<ScreenList>, EngineError> {
    open_one(list, &home::installed_for(&[list.to_owned()])?)
}

fn open_one(list: &str, installed: &Installed) -> Result<Vec<ScreenList>, EngineError> {
    if list == "demo" {
        return Ok(vec![engine::demo_list()?]);
    }
    // Whoever means a file of that name writes ./NAME.
    if installed.knows(list) {
        return Ok(vec![installed.list(list, None)?]);
    }
    if let Some((name, when)) = list.split_once('@').filter(|(name, _)| installed.knows(name)) {
        return Ok(vec![installed.list(name, Some(&installed.moment(name, when)?))?]);
    }
    let path = Path::new(list);
    if is_compiled(list) {
        return Ok(Library::open_compiled(path)?.into_lists());
    }
    if path.exists() || list.contains(['/', '\\', '.']) {
        return Ok(vec![ScreenList::open(path)?]);
    }
    Err(EngineError::input(format!("there is no file and no installed list named {list}")).hint(
        "give the path of a list file, for example --list lists/sdn.csv, or --list demo; `interdict lists catalogue` names \
         the lists that can be installed",
    ))
}

/// Every list that is named, once, none older than allowed; without names those that are installed.
pub(crate) fn open_lists(names: &[String], max_age: Option<&str>) -> Result<Library, EngineError> {
    open_lists_as_of(names, max_age, None)
}

/// The same, as installed lists were on a day.
pub(crate) fn open_lists_as_of(
    names: &[String],
    max_age: Option<&str>,
    as_of: Option<&AsOf>,
) -> Result<Library, EngineError> {
    let installed = home::installed_for(names)?;
    let all = installed.names(as_of);
    if names.is_empty() && all.is_empty() {
        return Err(nothing_installed(as_of));
    }
    let names = if names.is_empty() { &all } else { names };
    if let Some(path) = names.iter().find(|name| as_of.is_some() && !engine::is_name(name)) {
        return Err(EngineError::usage(format!("--as-of: {path} is no installed list")).hint(
            "only installed lists have versions; give the list file of that day and leave out --as-of",
        ));
    }
    let mut once = names.to_vec();
    once.sort();
    once.dedup();
    if as_of.is_some() || once.len() == names.len() && names.iter().all(|name| installed.knows(name)) {
        let library = installed.library(if as_of.is_some() { &once } else { names }, as_of)?;
        library.lists().iter().try_for_each(|list| check(list, max_age))?;
        return Ok(library);
    }
    if let [one] = names
        && is_compiled(one)
    {
        let library = Library::open_compiled(Path::new(one))?;
        library.lists().iter().try_for_each(|list| check(list, max_age))?;
        return Ok(library);
    }
    Library::new(opened_lists(names, max_age)?)
}

/// The same, not yet made ready to be searched.
pub(crate) fn opened_lists(names: &[String], max_age: Option<&str>) -> Result<Vec<ScreenList>, EngineError> {
    let installed = home::installed_for(names)?;
    let all = installed.names(None);
    if names.is_empty() && all.is_empty() {
        return Err(nothing_installed(None));
    }
    let names = if names.is_empty() { &all } else { names };
    let mut opened: Vec<(&String, ScreenList)> = Vec::new();
    for name in names {
        opened.extend(open_one(name, &installed)?.into_iter().map(|list| (name, list)));
    }
    let mut lists: Vec<ScreenList> = Vec::new();
    for (name, list) in opened {
        if lists.iter().any(|other| other.sha256 == list.sha256) {
            note(&format!("warning: {name} is named twice: it is screened against once"));
            continue;
        }
        check(&list, max_age)?;
        lists.push(list);
    }
    Ok(lists)
}

/// Lists as they were before: of list files the older file, of installed lists (all, where none is named) what served on a
/// day, or a version of one.
pub(crate) fn open_since(since: &str, names: &[String]) -> Result<Vec<ScreenList>, EngineError> {
    if since == "demo" || since.contains(['/', '\\']) || Path::new(since).exists() {
        return open_list(since);
    }
    let installed = home::installed_for(names)?;
    let all = installed.names(None);
    if names.is_empty() && installed.log().is_empty() || !names.iter().all(|name| installed.knows(name)) {
        return Err(EngineError::input(format!(
            "--since {since}: no such file, and no installed list is named"
        ))
        .hint("give the path of the list file that the customers were last screened against"));
    }
    let asked = |name: &&String| names.is_empty() || names.contains(name);
    if since.starts_with("sha256:") {
        let moments = all.iter().filter(asked).map(|name| (name, installed.moment(name, since)));
        let (name, moment) = moments
            .reduce(|first, other| if first.1.is_ok() { first } else { other })
            .ok_or_else(|| nothing_installed(None))?;
        return Ok(vec![installed.list(name, Some(&moment?))?]);
    }
    let as_of = installed.moment("--since", since)?;
    // What was screened against then, whether it still is or not: a list that was removed takes its results with it.
    let then = installed.names(Some(&as_of));
    for new in all.iter().filter(asked).filter(|name| !then.contains(name)) {
        note(&format!("warning: {new} was not installed as of {as_of}: all that it lists is new"));
    }
    let old: Vec<&String> = then.iter().filter(asked).collect();
    if old.is_empty() {
        return Err(nothing_installed(Some(&as_of)));
    }
    old.into_iter().map(|name| installed.list(name, Some(&as_of))).collect()
}

fn nothing_installed(as_of: Option<&AsOf>) -> EngineError {
    match as_of {
        Some(as_of) => EngineError::input(format!("no list was installed as of {as_of}"))
            .hint("see what served when: interdict lists log; or give the list file of that day: --list PATH"),
        None => EngineError::input("no list is installed and none is named").hint(
            "install one: interdict lists add ofac_sdn; or name a list file: --list path/to/sdn.csv, or --list demo for \
             the embedded case",
        ),
    }
}

fn is_compiled(name: &str) -> bool {
    engine::is_compiled(Path::new(name))
}

/// Says what a list is to be doubted for, and refuses a stale one.
fn check(list: &ScreenList, max_age: Option<&str>) -> Result<(), EngineError> {
    if let Some(limit) = max_age {
        check_age(list, limit)?;
    }
    say_doubts(list);
    Ok(())
}

/// Who is listed in a row that could not be read cannot be found.
pub(crate) fn unless_rows_failed(lists: &[ScreenList], status: Status) -> Status {
    let whole = lists.iter().all(|list| list.report.skipped.is_empty());
    if whole { status } else { Status::Partial }
}

/// A stale list fails closed; so does one whose age is not known.
fn check_age(list: &ScreenList, limit: &str) -> Result<(), EngineError> {
    let allowed = duration::parse(limit)
        .ok_or_else(|| EngineError::usage(format!("--max-list-age {limit}: no age")).hint("12h, 7d, 90m"))?;
    let age = list.modified.and_then(|m| SystemTime::now().duration_since(m).ok());
    match age {
        Some(age) if age <= allowed => Ok(()),
        Some(age) => Err(EngineError::input(format!(
            "{} is {} hours old, more than {limit}",
            list.source,
            age.as_secs() / 3600
        ))
        .hint("fetch the list again (of an installed one: interdict lists update), or allow a greater age")),
        None => Err(EngineError::input(format!("the age of {} is not known", list.source))
            .hint("screen against a list file, or leave out --max-list-age")),
    }
}

/// Says why a list may not find all that it should: what it is to be doubted for, and rows that could not be read.
pub(crate) fn say_doubts(list: &ScreenList) {
    for warning in &list.report.warnings {
        note(&format!("warning: {warning}"));
    }
    let skipped = &list.report.skipped;
    for row in skipped.iter().take(SHOWN_FAILURES) {
        note(&format!("failed: {} line {}: {}", row.file, row.line, row.reason));
    }
    if skipped.len() > SHOWN_FAILURES {
        let more = skipped.len() - SHOWN_FAILURES;
        note(&format!(
            "failed: {more} more rows; interdict lists show {} --format json names all",
            list.source
        ));
    }
    if !skipped.is_empty() {
        note("  remedy: fetch the list again, or mend these rows: who is listed there is not found");
    }
}
