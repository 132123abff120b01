//! Readers: each puts the parties and relations of one source into the graph, and says what it could not take.
//!
//! **Invariant:** a row that makes no sense is named and left out; all others are taken.

mod bods;
mod claims;
mod entities;
mod json;
mod table;

use serde_json::Value;

pub use claims::claims;
pub use entities::{ends, list};

use crate::{Graph, Source, SourceKind};

/// What a reader could not take as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file or list.
    pub source: Box<str>,
    /// Its line (of a JSON array: the number of the statement), from 1.
    pub line: Option<u32>,
    /// What is wrong, and what became of it.
    pub what: String,
}

/// What was read of one source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Parties that it states.
    pub parties: usize,
    /// Relations that it states.
    pub relations: usize,
    /// Names to which a relation leads and that are nobody's on the list: once each, in order.
    pub unresolved: Vec<Box<str>>,
    /// Names to which a relation leads and that are those of several parties: a relation to each.
    pub ambiguous: Vec<Box<str>>,
    /// What it could not take as it stands.
    pub problems: Vec<Problem>,
}

impl Account {
    fn problem(&mut self, source: &str, line: Option<u32>, what: impl Into<String>) {
        self.problems.push(Problem { source: source.into(), line, what: what.into() });
    }
}

/// What a file of relations is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Form {
    /// What `interdict read` writes: a document with its claims, or claims, one a line.
    Claims,
    /// FollowTheMoney entities, one a line or as an array.
    FollowTheMoney,
    /// Statements of the Beneficial Ownership Data Standard 0.2 to 0.4, one a line or as an array.
    Bods,
    /// A table with the columns `owner` and `asset`.
    Table,
}

/// Why a file is none of these.
#[derive(Debug, thiserror::Error)]
#[error("{name}: {what}")]
pub struct ReadError {
    /// The file.
    pub name: Box<str>,
    /// What is wrong with it as a whole.
    pub what: String,
    /// What to do about it.
    pub remedy: &'static str,
}

impl ReadError {
    fn new(name: &str, what: impl Into<String>, remedy: &'static str) -> Self {
        Self { name: name.into(), what: what.into(), remedy }
    }
}

/// Tells by its content what a file is. `None`: none of the forms.
#[must_use]
pub fn recognise(text: &str) -> Option<Form> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if !text.starts_with(['{', '[']) {
        let header = text.lines().next().unwrap_or_default().to_lowercase();
        let has = |column| header.split([',', ';', '\t']).any(|c| c.trim().trim_matches('"') == column);
        return (has("owner") && has("asset")).then_some(Form::Table);
    }
    let first = json::first(text)?;
    let object = first.as_object()?;
    let has = |key: &str| object.contains_key(key);
    if has("statementId") || has("statementID") || has("recordType") || has("statementType") {
        Some(Form::Bods)
    } else if has("claims") || has("predicate") {
        Some(Form::Claims)
    } else if has("schema") || has("properties") {
        Some(Form::FollowTheMoney)
    } else {
        None
    }
}

/// Reads a file of relations into the graph, whatever it is.
///
/// # Errors
/// It is none of the forms. What is wrong with single rows stands in the account.
pub fn file(graph: &mut Graph, name: &str, text: &str) -> Result<Account, ReadError> {
    let text = text.trim_start_matches('\u{feff}');
    let source = |kind| Source { kind, name: name.into(), version: None };
    match recognise(text) {
        Some(Form::Table) => {
            let source = graph.add_source(source(SourceKind::Table));
            table::read(graph, source, text)
        }
        Some(Form::Bods) => {
            let source = graph.add_source(source(SourceKind::Bods));
            Ok(bods::read(graph, source, text))
        }
        Some(Form::FollowTheMoney) => {
            let source = graph.add_source(source(SourceKind::FollowTheMoney));
            Ok(entities::read(graph, source, text))
        }
        Some(Form::Claims) => Ok(claims::read(graph, name, text)),
        None => Err(ReadError::new(
            name,
            "it holds no relations that can be read",
            "give a table with the columns owner,asset,percentage, FollowTheMoney or BODS as JSON, or what `interdict read` writes",
        )),
    }
}

/// A text under a key.
fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn forms_by_content() {
        let rows = [
            ("owner,asset,percentage\n", Some(Form::Table)),
            ("\u{feff}\"Asset\";\"Owner\"\n", Some(Form::Table)),
            ("name,country\n", None),
            (r#"[{"statementID":"1","statementType":"personStatement"}]"#, Some(Form::Bods)),
            (r#"{"statementId":"1","recordType":"person"}"#, Some(Form::Bods)),
            (r#"{"id":"a","schema":"Company","properties":{}}"#, Some(Form::FollowTheMoney)),
            (r#"{"document":"x","mentions":[],"claims":[]}"#, Some(Form::Claims)),
            ("{\n \"document\": \"x\",\n \"claims\": []\n}", Some(Form::Claims)),
            ("{", None),
            ("", None),
        ];
        for (text, expected) in rows {
            assert_eq!(recognise(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn readers_never_panic(
            text in prop_oneof![
                "\\PC{0,60}",
                "owner,asset,percentage,startDate,endDate\n([A-C]?,[A-C]?,[0-9%>/+-]{0,5},[0-9-]{0,10},[0-9-]{0,10}\n){0,4}",
                r#"\{"statementId":"a","recordType":"relationship","recordDetails":[{\[]?"subject"?:?"?a?"?[}\]]{0,3}"#,
            ],
        ) {
            let _any = file(&mut Graph::new(), "x", &text);
        }
    }
}
