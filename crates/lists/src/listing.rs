//! What the readers of authorities' lists build: parties, what belongs to them, and the account of the whole.

use std::borrow::Cow;
use std::sync::LazyLock;

use model::{Country, Entity, Locator, Property, Schema, Statement};
use rustc_hash::FxHashMap;

use crate::draft::{Draft, Ids, paper_schema};
use crate::error::ListError;
use crate::report::LoadReport;
use crate::xml::Node;
use crate::{LoadedList, SourceFile};

/// What a paper's number is, by the type that the authority gives the paper.
const PAPERS: &str = include_str!("../data/papers.tsv");

static KINDS: LazyLock<FxHashMap<&str, Property>> = LazyLock::new(|| {
    let rows = PAPERS.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    rows.filter_map(|row| row.split_once('\t'))
        .map(|(kind, property)| (kind, Property::from_name(property)))
        .collect()
});

/// The property that the number of such a paper is; `None` where the table does not know the type.
pub(crate) fn paper_property(kind: &str) -> Option<Property> {
    let kind = one_line(kind).to_lowercase();
    KINDS.get(&*kind).cloned()
}

/// Values in one line: a break within a value is the file's layout.
pub(crate) fn one_line(value: &str) -> Cow<'_, str> {
    let value = value.trim();
    if !value.contains(|c: char| c.is_control()) {
        return Cow::Borrowed(value);
    }
    let mut line = String::with_capacity(value.len());
    for part in value.split(|c: char| c.is_control()).map(str::trim).filter(|part| !part.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(part);
    }
    Cow::Owned(line)
}

/// The parts of an address or of a place that are there, in one line.
pub(crate) fn place<S: AsRef<str>>(parts: &[Option<S>]) -> String {
    let parts = parts.iter().flatten().map(|part| one_line(part.as_ref()));
    let parts: Vec<_> = parts.filter(|part| !part.is_empty() && part != "-").collect();
    parts.join(", ")
}

/// Small letters, digits and dots of a text, joined by hyphens: a part of an id.
pub(crate) fn slug(text: &str) -> String {
    let words = text.split(|c: char| !(c.is_alphanumeric() || c == '.')).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}

/// Half of the letters or more are question marks: a program wrote a name in an encoding that lacks its letters.
fn damaged(name: &str) -> bool {
    let (mut lost, mut all) = (0, 0);
    for c in name.chars().filter(|c| !c.is_whitespace()) {
        lost += usize::from(c == '?');
        all += 1;
    }
    lost > 0 && lost * 2 >= all
}

/// A party while its record is read, with what belongs to it.
pub(crate) struct Party {
    pub(crate) entity: Draft,
    beside: Vec<Entity>,
    /// Ids in `beside`, by how often they were wanted.
    parts: FxHashMap<String, usize>,
}

impl Party {
    pub(crate) fn new(id: impl Into<Box<str>>, schema: Schema) -> Self {
        Self { entity: Draft::new(id, schema), beside: Vec::new(), parts: FxHashMap::default() }
    }

    pub(crate) fn is_person(&self) -> bool {
        self.entity.schema == Schema::Person
    }

    /// States a value, once.
    pub(crate) fn state(&mut self, property: Property, value: &str, at: Locator) {
        self.entity.add(&property, &one_line(value), at);
    }

    /// States the text of a field, which is taken out of the record.
    pub(crate) fn take(&mut self, node: &mut Node, field: &str, property: Property) {
        let at = node.children.iter().find(|child| child.name == field).map(Node::locator);
        if let (Some(at), Some(text)) = (at, node.take_text(field)) {
            self.state(property, &text, at);
        }
    }

    /// States a name, unless an encoding has destroyed it: "???????? Fatah" would be a name of one word.
    pub(crate) fn name(&mut self, property: Property, name: &str, at: Locator, report: &mut LoadReport) {
        if damaged(name) {
            self.note("(name destroyed by an encoding)", name, at, report);
        } else {
            self.state(property, name, at);
        }
    }

    /// States a country by its name, and by its code too where only that tells which it is.
    pub(crate) fn country(
        &mut self,
        property: &Property,
        name: Option<&str>,
        code: Option<&str>,
        at: Locator,
    ) {
        let name = name.filter(|name| !name.eq_ignore_ascii_case("unknown"));
        let known = name.is_some_and(|name| Country::find(name).is_some());
        let code = code.filter(|code| *code != "00" && !known);
        for value in [name, code].into_iter().flatten() {
            self.state(property.clone(), value, at);
        }
    }

    /// Keeps what has no property, and counts it under its label.
    pub(crate) fn note(&mut self, label: &str, value: &str, at: Locator, report: &mut LoadReport) {
        report.clauses += 1;
        report.unmapped(label);
        let note = format!("{label}: {value}");
        self.entity.add(&Property::Notes, &note, at);
    }

    /// Keeps what is left of a record or of a part of it.
    pub(crate) fn keep(&mut self, node: Node, report: &mut LoadReport) {
        node.keep(&mut self.entity, report);
    }

    /// Something that belongs to the party, under an id of its own: `un-QDi.001-paper-1`. The key is the authority's
    /// number for it, if it has one; numbers in order are given otherwise.
    pub(crate) fn part<V: AsRef<str>>(
        &mut self,
        kind: &str,
        key: Option<&str>,
        schema: Schema,
        values: impl IntoIterator<Item = (Property, Option<V>)>,
        at: Locator,
    ) {
        let base = match key {
            Some(key) => format!("{}-{kind}-{}", self.entity.id, slug(key)),
            None => format!("{}-{kind}", self.entity.id),
        };
        let times = self.parts.entry(base.clone()).or_default();
        *times += 1;
        let id = if key.is_some() && *times == 1 { base } else { format!("{base}-{times}") };
        let mut part = Entity::new(id, schema);
        for (property, value) in values {
            if let Some(value) =
                value.as_ref().map(|value| one_line(value.as_ref())).filter(|v| !v.is_empty())
            {
                part.statements.push(Statement::new(property, value, at));
            }
        }
        self.beside.push(part);
    }

    /// An identity paper: its number on the party, and a record of its own.
    pub(crate) fn paper<V: AsRef<str>>(
        &mut self,
        key: Option<&str>,
        property: Property,
        number: Option<&str>,
        values: impl IntoIterator<Item = (Property, Option<V>)>,
        at: Locator,
    ) {
        let schema = paper_schema(&property);
        if let Some(number) = number {
            // Only people have passports; what an organisation calls so is a number all the same.
            let passport = property == Property::PassportNumber && !self.is_person();
            self.state(if passport { Property::IdNumber } else { property }, number, at);
        }
        let holder = self.entity.id.to_string();
        let own = [(Property::Holder, Some(Cow::from(holder))), (Property::Number, number.map(Cow::from))];
        let values = values.into_iter().map(|(property, value)| {
            let value = value.map(|value| Cow::from(value.as_ref().to_owned()));
            (property, value)
        });
        self.part("paper", key, schema, own.into_iter().chain(values), at);
    }

    /// The listing itself: its programme is stated on the party too, for policies ask for it there.
    pub(crate) fn sanction<V: AsRef<str>>(
        &mut self,
        key: Option<&str>,
        values: impl IntoIterator<Item = (Property, Option<V>)>,
        at: Locator,
    ) {
        let entity = Some(Cow::from(self.entity.id.to_string()));
        let mut all = vec![(Property::Entity, entity)];
        for (property, value) in values {
            let Some(value) = value else { continue };
            if property == Property::Program {
                self.state(Property::Program, value.as_ref(), at);
            }
            all.push((property, Some(Cow::from(value.as_ref().to_owned()))));
        }
        self.part("sanction", key, Schema::Sanction, all, at);
    }
}

/// The parties of a list while it is read.
pub(crate) struct Roll<'a> {
    file: SourceFile<'a>,
    pub(crate) report: LoadReport,
    entities: Vec<Entity>,
    relations: Vec<Entity>,
    ids: Ids,
    twice: Vec<(u32, Box<str>)>,
    delisted: usize,
}

impl<'a> Roll<'a> {
    pub(crate) fn new(file: &SourceFile<'a>) -> Self {
        Self {
            file: *file,
            report: LoadReport::default(),
            entities: Vec::new(),
            relations: Vec::new(),
            ids: Ids::default(),
            twice: Vec::new(),
            delisted: 0,
        }
    }

    pub(crate) fn skip(&mut self, line: u32, reason: impl Into<String>) {
        self.report.skip(self.file.name, line, reason);
    }

    /// The id as it is wanted, or with a number behind it where another party has it.
    pub(crate) fn id(&mut self, wanted: String, line: u32) -> Box<str> {
        let id = self.ids.free(&wanted);
        if *id != *wanted {
            self.twice.push((line, wanted.into()));
        }
        id
    }

    /// Enters a listed party.
    pub(crate) fn enter(&mut self, mut party: Party, line: u32) {
        if !self.named(&party, line) {
            return;
        }
        party.state(Property::Topics, "sanction", Locator::Direct);
        self.entities.push(party.entity.done());
        self.relations.append(&mut party.beside);
    }

    /// Keeps a party that the file names as struck off: relations may lead to it, but it is not listed.
    pub(crate) fn delisted(&mut self, mut party: Party, line: u32) {
        if !self.named(&party, line) {
            return;
        }
        self.delisted += 1;
        self.relations.push(party.entity.done());
        self.relations.append(&mut party.beside);
    }

    fn named(&mut self, party: &Party, line: u32) -> bool {
        let named = party.entity.names().next().is_some();
        if !named {
            self.skip(line, format!("the party {} has no name", party.entity.id));
        }
        named
    }

    /// A relation between parties.
    pub(crate) fn relation(&mut self, relation: Entity) {
        self.relations.push(relation);
    }

    /// Counts what stands outside of all records.
    pub(crate) fn outside(&mut self, node: Node) {
        let report = &mut self.report;
        node.leftovers(|path, _, _| {
            report.clauses += 1;
            report.unmapped(path);
        });
    }

    /// The list, unless nobody is listed in it.
    pub(crate) fn finish(mut self, dataset: &str) -> Result<LoadedList, ListError> {
        if let Some((line, id)) = self.twice.first() {
            self.report.warnings.push(format!(
                "{}: {} id(s) were given to several parties (the first: {id}, line {line}); each later one has a number \
                 behind it",
                self.file.name,
                self.twice.len()
            ));
        }
        if self.delisted > 0 {
            let count = self.delisted;
            self.report
                .warnings
                .push(format!("{}: {count} de-listed parties are not screened", self.file.name));
        }
        LoadedList::unless_empty(&self.file, dataset, self.entities, self.relations, self.report)
    }
}

impl Node {
    /// Takes out the numbers that the authority's database gives its rows: they say nothing of the party, and a new
    /// export changes them all. They are counted, not kept.
    pub(crate) fn row_numbers(&mut self, fields: &[&str], report: &mut LoadReport) {
        for field in fields {
            let taken = match field.strip_prefix('@') {
                Some(name) => self.take_attribute(name).is_some(),
                None => self.take_text(field).is_some(),
            };
            if taken {
                report.clauses += 1;
                report.unmapped(&format!("{}/{field}", self.name));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts() {
        let lines = [("a  b", "a  b"), (" a\n   b\r\n", "a b"), ("a,\t b", "a, b"), ("\n", "")];
        for (value, expected) in lines {
            assert_eq!(one_line(value), expected);
        }
        let slugs = [("1, Part 1.1", "1-part-1.1"), ("Haiti / Haïti", "haiti-haïti"), ("(X)", "x")];
        for (text, expected) in slugs {
            assert_eq!(slug(text), expected);
        }
        assert_eq!(place(&[Some("a\n b"), None, Some("-"), Some("c")]), "a b, c");
        for (name, expected) in [("???? Fatah", false), ("????? Fatah", true), ("??", true), ("", false)] {
            assert_eq!(damaged(name), expected, "{name}");
        }
    }

    #[test]
    fn every_kind_of_paper_is_a_property_that_the_model_knows() {
        for (kind, property) in KINDS.iter() {
            assert!(!matches!(property, Property::Other(_)), "{kind}");
            assert_eq!(*kind, kind.to_lowercase());
        }
    }
}
