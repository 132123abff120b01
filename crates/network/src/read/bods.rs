//! Statements of the Beneficial Ownership Data Standard: 0.4, whose records are told by `recordId`, and 0.2 and 0.3, whose
//! statements are.
//!
//! A later statement of a record takes the place of an earlier one; one that is closed ends it. An interest that is indirect sums
//! up a chain. Where the chain stands in the file as its components, with their shares, those are counted and the sum is not.

use std::sync::LazyLock;

use model::{Entity, Locator, PartialDate, Property, Schema};
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

use super::{Account, json, text};
use crate::share::ShareError;
use crate::{Evidence, Graph, Holding, Relation, Share};

const TABLE: &str = include_str!("../../data/bods_interests.tsv");

/// Interest, plain, with what it gives and its schema.
static INTERESTS: LazyLock<FxHashMap<String, (&str, Schema)>> = LazyLock::new(|| {
    let row = |line: &'static str| match line.split('\t').collect::<Vec<_>>()[..] {
        [code, gives, schema] => Some((plain(code), (gives, Schema::from_name(schema)))),
        _ => None,
    };
    rows().filter_map(row).collect()
});

fn rows() -> impl Iterator<Item = &'static str> {
    TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn plain(code: &str) -> String {
    code.replace(['-', '_', ' '], "").to_lowercase()
}

/// A statement on what somebody has of an entity, until all are read.
struct Stated {
    record: Box<str>,
    line: u32,
    subject: Box<str>,
    party: Box<str>,
    interests: Vec<Interest>,
    components: Vec<Box<str>>,
    word: Option<Box<str>>,
}

struct Interest {
    code: Box<str>,
    holding: Holding,
    schema: Schema,
    start: Option<PartialDate>,
    end: Option<PartialDate>,
    indirect: bool,
}

/// Reads statements.
pub(super) fn read(graph: &mut Graph, source: u32, file: &str) -> Account {
    let name = graph.source(source).name.clone();
    let mut reader = Reader::default();
    json::each(file, |line, value| match value {
        Err(error) => reader.account.problem(&name, Some(line), format!("{error}: left out")),
        Ok(value) => {
            if let Err(what) = reader.statement(graph, &value, line, &name) {
                reader.account.problem(&name, Some(line), format!("{what}: left out"));
            }
        }
    });
    reader.relate(graph, source, &name);
    reader.account
}

#[derive(Default)]
struct Reader {
    account: Account,
    stated: Vec<Option<Stated>>,
    /// Place of a statement by its record, and by its own id.
    places: FxHashMap<Box<str>, usize>,
    /// Ids of statements on parties that others replaced.
    newer: FxHashMap<Box<str>, Box<str>>,
    parties: FxHashSet<Box<str>>,
}

impl Reader {
    fn statement(&mut self, graph: &mut Graph, value: &Value, line: u32, name: &str) -> Result<(), String> {
        let id = text(value, "statementId").or(text(value, "statementID")).ok_or("it has no statementId")?;
        let record = text(value, "recordId").unwrap_or(id);
        let details = value.get("recordDetails").unwrap_or(value);
        let kind =
            text(value, "recordType").or(text(value, "statementType")).ok_or("it has no recordType")?;
        let replaced = value.get("replacesStatements").and_then(Value::as_array);
        let replaced: Vec<&str> = replaced.into_iter().flatten().filter_map(Value::as_str).collect();
        match kind {
            "person" | "entity" | "personStatement" | "entityStatement" => {
                graph.add_party(party(record, kind.starts_with("person"), details, line), None);
                self.newer.extend(replaced.into_iter().map(|old| (old.into(), record.into())));
                if self.parties.insert(record.into()) {
                    self.account.parties += 1;
                }
            }
            "relationship" | "ownershipOrControlStatement" => {
                let places = &self.places;
                let before: Vec<usize> = [&[record], &replaced[..]]
                    .concat()
                    .iter()
                    .filter_map(|id| places.get(*id).copied())
                    .collect();
                for place in before {
                    self.stated[place] = None;
                }
                if text(value, "recordStatus") == Some("closed") {
                    return Ok(());
                }
                let stated = self.stated(details, record, line, name)?;
                self.places.insert(record.into(), self.stated.len());
                self.places.insert(id.into(), self.stated.len());
                self.stated.push(stated);
            }
            other => return Err(format!("{other} is no kind of statement")),
        }
        Ok(())
    }

    /// `Ok(None)`: nobody in particular has an interest.
    fn stated(
        &mut self,
        details: &Value,
        record: &str,
        line: u32,
        name: &str,
    ) -> Result<Option<Stated>, String> {
        let whose = |key: &str| -> Result<Option<&str>, String> {
            match details.get(key) {
                Some(Value::String(id)) => Ok(Some(id)),
                Some(Value::Object(object)) => {
                    Ok(["describedByEntityStatement", "describedByPersonStatement"]
                        .iter()
                        .find_map(|key| object.get(*key).and_then(Value::as_str)))
                }
                _ => Err(format!("it has no {key}")),
            }
        };
        let (Some(subject), Some(party)) = (whose("subject")?, whose("interestedParty")?) else {
            return Ok(None);
        };
        let none = Value::Array(vec![Value::Object(serde_json::Map::new())]);
        let interests = details.get("interests").filter(|i| i.as_array().is_some_and(|i| !i.is_empty()));
        let mut read = Vec::new();
        for interest in interests.unwrap_or(&none).as_array().into_iter().flatten() {
            match self.interest(interest, line, name) {
                Ok(interest) => read.push(interest),
                Err(what) => {
                    self.account.problem(name, Some(line), format!("{what}: the interest is left out"));
                }
            }
        }
        let components = details.get("componentRecords").or(details.get("componentStatementIDs"));
        let components = components.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        let word =
            details.get("source").and_then(|source| text(source, "description").or(text(source, "url")));
        Ok(Some(Stated {
            record: record.into(),
            line,
            subject: subject.into(),
            party: party.into(),
            interests: read,
            components: components.map(Into::into).collect(),
            word: word.map(Into::into),
        }))
    }

    fn interest(&mut self, interest: &Value, line: u32, name: &str) -> Result<Interest, String> {
        let code = text(interest, "type").unwrap_or("unknownInterest");
        let (gives, schema) = INTERESTS.get(&plain(code)).cloned().unwrap_or_else(|| {
            self.account.problem(
                name,
                Some(line),
                format!("interest {code} is not known: taken as an influence"),
            );
            ("influence", Schema::UnknownLink)
        });
        let date = |key: &str| match text(interest, key) {
            None => Ok(None),
            Some(date) => {
                PartialDate::parse(date).map(Some).ok_or_else(|| format!("{key} {date} is no date"))
            }
        };
        let (start, end) = super::table::in_order(date("startDate")?, date("endDate")?)?;
        let mut held = || {
            share(interest.get("share")).unwrap_or_else(|error| {
                self.account.problem(name, Some(line), format!("share: {error}: it is taken as unknown"));
                Share::UNKNOWN
            })
        };
        let holding = match gives {
            "shares" => Holding::Shares(held()),
            "votes" => Holding::Votes(held()),
            "control" => Holding::Control,
            _ => Holding::Influence,
        };
        let level = text(interest, "directOrIndirect").or(text(interest, "interestLevel"));
        Ok(Interest { code: code.into(), holding, schema, start, end, indirect: level == Some("indirect") })
    }

    /// Whether all that a sum is made of is here, with its shares.
    fn components_are_here(&self, stated: &Stated) -> bool {
        let has_shares = |stated: &Stated| {
            let shares =
                |i: &Interest| matches!(i.holding, Holding::Shares(share) if share != Share::UNKNOWN);
            stated.interests.iter().any(shares)
        };
        let mut chain = 0;
        stated.components.iter().all(|id| {
            match self.places.get(id).and_then(|place| self.stated[*place].as_ref()) {
                Some(component) => {
                    chain += 1;
                    has_shares(component)
                }
                None => self.parties.contains(id),
            }
        }) && chain > 1
    }

    fn relate(&mut self, graph: &mut Graph, source: u32, name: &str) {
        let newest = |mut id: Box<str>| {
            // Statements that replace each other in a ring are nobody's newest: stop where it has been long enough.
            for _ in 0..self.newer.len() {
                match self.newer.get(&id) {
                    Some(newer) if *newer != id => id = newer.clone(),
                    _ => break,
                }
            }
            id
        };
        let mut problems: Vec<(u32, String)> = Vec::new();
        let mut relations = 0;
        for stated in self.stated.iter().flatten() {
            let (from, to) = (newest(stated.party.clone()), newest(stated.subject.clone()));
            for id in [&from, &to].into_iter().filter(|id| graph.node(id).is_none()) {
                problems
                    .push((stated.line, format!("no statement is on {id}: taken as a party without a name")));
            }
            if from == to {
                problems.push((stated.line, format!("{from} would have an interest in itself: left out")));
                continue;
            }
            let (from, to) = (graph.party_of(&from), graph.party_of(&to));
            let summed = self.components_are_here(stated);
            for interest in &stated.interests {
                let evidence = Evidence {
                    source,
                    line: Some(stated.line),
                    record: Some(stated.record.clone()),
                    on_whose_word: stated.word.clone(),
                    ..Evidence::default()
                };
                let holding = if summed && interest.indirect { Holding::Nothing } else { interest.holding };
                graph.relate(
                    from,
                    to,
                    Relation {
                        role: Some(interest.code.clone()),
                        start: interest.start,
                        end: interest.end,
                        indirect: interest.indirect,
                        ..Relation::new(interest.schema.clone(), holding, evidence)
                    },
                );
                relations += 1;
            }
        }
        self.account.relations = relations;
        for (line, what) in problems {
            self.account.problem(name, Some(line), what);
        }
    }
}

/// `share` of an interest. In 0.2 and 0.3 `exclusiveMinimum` and `exclusiveMaximum` are true or false, in 0.4 they are ends.
fn share(value: Option<&Value>) -> Result<Share, ShareError> {
    let Some(value) = value.filter(|value| !value.is_null()) else { return Ok(Share::UNKNOWN) };
    let end = |key: &str| -> Result<Option<Share>, ShareError> {
        match value.get(key) {
            Some(Value::Number(number)) => Share::parse(&number.to_string()).map(Some),
            Some(Value::String(text)) => Share::parse(text).map(Some),
            _ => Ok(None),
        }
    };
    if let Some(exact) = end("exact")? {
        return Ok(exact);
    }
    let is = |key: &str| value.get(key).and_then(Value::as_bool) == Some(true);
    let (low, low_open) = match (end("exclusiveMinimum")?, end("minimum")?) {
        (Some(end), _) => (end.low(), true),
        (None, Some(end)) => (end.low(), is("exclusiveMinimum")),
        (None, None) => (Share::UNKNOWN.low(), false),
    };
    let (high, high_open) = match (end("exclusiveMaximum")?, end("maximum")?) {
        (Some(end), _) => (end.high(), true),
        (None, Some(end)) => (end.high(), is("exclusiveMaximum")),
        (None, None) => (Share::UNKNOWN.high(), false),
    };
    Share::between(low, low_open, high, high_open)
}

fn party(id: &str, person: bool, details: &Value, line: u32) -> Entity {
    let at = Locator::Line { file: 0, line };
    let list = |key: &str| details.get(key).and_then(Value::as_array).into_iter().flatten();
    let kind = details.get("entityType");
    let kind = kind.and_then(|kind| kind.as_str().or(text(kind, "type"))).unwrap_or_default();
    let schema = match kind {
        _ if person => Schema::Person,
        "registeredEntity" => Schema::Company,
        "state" | "stateBody" => Schema::PublicBody,
        _ => Schema::LegalEntity,
    };
    let mut entity = Entity::new(id, schema);
    let mut state =
        |property: Property, value: Option<&str>| entity.add(property, value.unwrap_or_default(), at);
    state(Property::Name, text(details, "name"));
    for name in list("names") {
        state(Property::Name, text(name, "fullName"));
    }
    for name in list("alternateNames") {
        state(Property::Alias, name.as_str());
    }
    state(Property::BirthDate, text(details, "birthDate"));
    for country in list("nationalities") {
        state(Property::Nationality, text(country, "code").or(text(country, "name")));
    }
    for key in ["jurisdiction", "incorporatedInJurisdiction"] {
        let country = details.get(key);
        state(Property::Jurisdiction, country.and_then(|c| text(c, "code").or(text(c, "name"))));
    }
    for identifier in list("identifiers") {
        let scheme = text(identifier, "scheme").or(text(identifier, "schemeName")).unwrap_or_default();
        let property = match person {
            true => Property::IdNumber,
            false if scheme.to_uppercase().contains("LEI") => Property::LeiCode,
            false => Property::RegistrationNumber,
        };
        state(property, text(identifier, "id"));
    }
    for address in list("addresses") {
        state(Property::Address, text(address, "address"));
    }
    entity
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_well_formed() {
        assert_eq!(rows().count(), INTERESTS.len(), "three columns, every interest once");
        for (gives, schema) in INTERESTS.values() {
            assert!(matches!(*gives, "shares" | "votes" | "control" | "influence"), "{gives}");
            assert!(schema.is_relation(), "{schema}");
        }
    }

    fn check(file: &str, expected: &[&str], problems: &[&str]) {
        let mut graph = Graph::new();
        let account = super::super::file(&mut graph, "b.json", file).unwrap();
        let shown = graph.edges().map(|edge| {
            let (from, to) = graph.ends(edge);
            let relation = graph.relation(edge);
            let held = match relation.holding {
                Holding::Shares(share) => share.to_string(),
                Holding::Votes(share) => format!("votes {share}"),
                other => format!("{other:?}"),
            };
            let dates = relation.end.map(|end| format!(" until {end}")).unwrap_or_default();
            format!("{} -> {}: {held}{dates}", graph.caption(from), graph.caption(to))
        });
        assert_eq!(shown.collect::<Vec<_>>(), expected);
        let found: Vec<String> = account.problems.iter().map(|p| p.what.clone()).collect();
        assert_eq!(found.len(), problems.len(), "{found:#?}");
        for (found, expected) in found.iter().zip(problems) {
            assert!(found.contains(expected), "{found}");
        }
    }

    #[test]
    fn version_0_4() {
        let entity = |id: &str, name: &str| {
            format!(
                r#"{{"statementId":"s-{id}","recordId":"{id}","recordType":"entity","recordDetails":{{"entityType":{{"type":"registeredEntity"}},"name":"{name}"}}}}"#
            )
        };
        let relation = |id: &str, status: &str, party: &str, subject: &str, rest: &str| {
            format!(
                r#"{{"statementId":"s-{id}-{status}","recordId":"{id}","recordStatus":"{status}","recordType":"relationship","recordDetails":{{"subject":"{subject}","interestedParty":{party},{rest}}}}}"#
            )
        };
        let shares = |share: &str| format!(r#""interests":[{{"type":"shareholding","share":{share}}}]"#);
        let file = [
            entity("a", "A Ltd"),
            entity("b", "B Ltd"),
            r#"{"statementId":"s-p","recordId":"p","recordType":"person","recordDetails":{"names":[{"fullName":"Pia"}]}}"#.into(),
            relation("r1", "new", r#""p""#, "a", &shares(r#"{"exact":40}"#)),
            relation("r1", "updated", r#""p""#, "a", &shares(r#"{"exclusiveMinimum":50,"maximum":75}"#)),
            relation("r2", "new", r#""a""#, "b", r#""interests":[{"type":"votingRights","share":{"minimum":25,"exclusiveMaximum":50},"endDate":"2020-01-01"},{"type":"appointmentOfBoard"},{"type":"magic"}]"#),
            relation("r3", "new", r#""p""#, "b", &shares(r#"{"exact":10}"#)),
            relation("r3", "closed", r#""p""#, "b", &shares(r#"{"exact":10}"#)),
            relation("r4", "new", r#"{"reason":"noBeneficialOwners"}"#, "b", r#""interests":[]"#),
            relation("r5", "new", r#""gone""#, "b", &shares(r#"{"exact":120}"#)),
        ];
        check(
            &format!("[{}]", file.join(",")),
            &[
                "Pia -> A Ltd: more than 50 % to 75 %",
                "A Ltd -> B Ltd: votes 25 % to less than 50 % until 2020-01-01",
                "A Ltd -> B Ltd: Control",
                "A Ltd -> B Ltd: Influence",
                "gone -> B Ltd: an unknown share",
            ],
            &["interest magic is not known", "share: a share lies between", "no statement is on gone"],
        );
    }

    #[test]
    fn versions_0_2_and_0_3() {
        let file = r#"{"statementID":"e1","statementType":"entityStatement","entityType":"registeredEntity","name":"A Ltd"}
{"statementID":"p1","statementType":"personStatement","names":[{"fullName":"Pia"}],"birthDate":"1965-10"}
{"statementID":"p2","statementType":"personStatement","names":[{"fullName":"Pia B"}],"replacesStatements":["p1"]}
{"statementID":"o1","statementType":"ownershipOrControlStatement","subject":{"describedByEntityStatement":"e1"},"interestedParty":{"describedByPersonStatement":"p1"},"interests":[{"type":"shareholding","share":{"minimum":25,"exclusiveMinimum":true,"maximum":50,"exclusiveMaximum":false}},{"type":"voting-rights","share":{"exact":51}}]}
{"statementID":"o2","statementType":"ownershipOrControlStatement","subject":{"describedByEntityStatement":"e1"},"interestedParty":{"unspecified":{"reason":"unknown"}}}"#;
        check(file, &["Pia B -> A Ltd: more than 25 % to 50 %", "Pia B -> A Ltd: votes 51 %"], &[]);
    }

    #[test]
    fn a_sum_of_a_chain_that_is_there_is_not_counted_again() {
        let relation = |id: &str, party: &str, subject: &str, level: &str, rest: &str| {
            format!(
                r#"{{"statementId":"{id}","recordType":"relationship","recordDetails":{{"subject":"{subject}","interestedParty":"{party}","interests":[{{"type":"shareholding","directOrIndirect":"{level}","share":{{"exact":60}}}}]{rest}}}}}"#
            )
        };
        let party = |id: &str| {
            format!(r#"{{"statementId":"{id}","recordType":"entity","recordDetails":{{"name":"{id}"}}}}"#)
        };
        let mut file = vec![party("p"), party("a"), party("b")];
        file.push(relation("r1", "p", "a", "direct", ""));
        file.push(relation("r2", "a", "b", "direct", ""));
        file.push(relation("r3", "p", "b", "indirect", r#","componentRecords":["r1","r2","a"]"#));
        check(&format!("[{}]", file.join(",")), &["p -> a: 60 %", "a -> b: 60 %", "p -> b: Nothing"], &[]);
        file.remove(4);
        check(&format!("[{}]", file.join(",")), &["p -> a: 60 %", "p -> b: 60 %"], &[]);
    }
}
