//! Relations that are entities of FollowTheMoney: those of lists, and those of files.

use std::sync::LazyLock;

use model::{Derived, Entity, Locator, PartialDate, Property, Schema, Statement, entity_from_json};
use rustc_hash::FxHashSet;

use super::{Account, json};
use crate::{Evidence, Graph, Holding, Node, Relation, Share, Source, SourceKind};

const TABLE: &str = include_str!("../../data/relations.tsv");

struct Rule {
    schema: Schema,
    from: Property,
    to: Property,
    gives: &'static str,
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let rule = |line: &'static str| match line.split('\t').collect::<Vec<_>>()[..] {
        [schema, from, to, gives] => Some(Rule {
            schema: Schema::from_name(schema),
            from: Property::from_name(from),
            to: Property::from_name(to),
            gives,
        }),
        _ => None,
    };
    TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).filter_map(rule).collect()
});

/// The properties of a relation's schema that hold its first party and its second. `None`: it is no relation of parties.
#[must_use]
pub fn ends(schema: &Schema) -> Option<(&'static str, &'static str)> {
    RULES.iter().find(|rule| rule.schema == *schema).map(|rule| (rule.from.name(), rule.to.name()))
}

/// Puts a list into the graph: its parties, and the relations that its readers found. `version` is what results call it.
pub fn list<'a>(
    graph: &mut Graph,
    dataset: &str,
    version: &str,
    entities: impl IntoIterator<Item = &'a Entity>,
    relations: impl IntoIterator<Item = &'a Entity>,
) -> Account {
    let source = Source { kind: SourceKind::List, name: dataset.into(), version: Some(version.into()) };
    let source = graph.add_source(source);
    let mut account = Account::default();
    for entity in entities {
        graph.add_party(entity.clone(), Some(source));
        account.parties += 1;
    }
    let mut reader = Reader { graph, source, account, named: FxHashSet::default() };
    for relation in relations {
        if relation.schema.is_party() && !matches!(relation.schema, Schema::CryptoWallet) {
            // The other side of a relation, which is on no list.
            reader.graph.add_party(relation.clone(), None);
        } else {
            reader.relation(relation, line_of(relation));
        }
    }
    reader.account
}

/// Reads FollowTheMoney entities.
pub(super) fn read(graph: &mut Graph, source: u32, text: &str) -> Account {
    let mut reader = Reader { graph, source, account: Account::default(), named: FxHashSet::default() };
    let name = reader.graph.source(source).name.clone();
    let before = reader.graph.len();
    json::each(text, |line, value| {
        let locator = Locator::Line { file: 0, line };
        let entity = value.and_then(|value| {
            entity_from_json(&value.to_string(), None, locator).map_err(|error| error.to_string())
        });
        match entity {
            Err(error) => reader.account.problem(&name, Some(line), format!("{error}: left out")),
            Ok(entity) if entity.schema.is_party() => {
                reader.graph.add_party(entity, None);
                reader.account.parties += 1;
            }
            Ok(entity) => reader.relation(&entity, Some(line)),
        }
    });
    reader.unknown(before);
    reader.account
}

fn line_of(entity: &Entity) -> Option<u32> {
    entity.statements.iter().find_map(|s| match s.locator {
        Locator::Line { line, .. } => Some(line),
        _ => None,
    })
}

struct Reader<'g> {
    graph: &'g mut Graph,
    source: u32,
    account: Account,
    /// Names that are in the account already.
    named: FxHashSet<Box<str>>,
}

impl Reader<'_> {
    fn relation(&mut self, entity: &Entity, line: Option<u32>) {
        let Some(rule) = RULES.iter().find(|rule| rule.schema == entity.schema) else { return };
        let name = self.graph.source(self.source).name.clone();
        let ends = |property| entity.values(property).collect::<Vec<_>>();
        let (from, to) = (ends(&rule.from), ends(&rule.to));
        if from.is_empty() || to.is_empty() {
            let missing = if from.is_empty() { &rule.from } else { &rule.to };
            let what = format!("{} {} has no {missing}: left out", entity.schema, entity.id);
            return self.account.problem(&name, line, what);
        }
        let mut relation = Relation::new(entity.schema.clone(), Holding::Nothing, Evidence::default());
        relation.evidence =
            Evidence { source: self.source, line, record: Some(entity.id.clone()), ..Evidence::default() };
        relation.evidence.on_whose_word = entity.first(&Property::SourceUrl).map(Into::into);
        let roles =
            [Property::Role, Property::from_name("ownershipType"), Property::from_name("relationship")];
        relation.role = roles.iter().find_map(|role| entity.first(role)).map(Into::into);
        match self.dates(entity) {
            Ok((start, end)) => (relation.start, relation.end) = (start, end),
            Err(what) => {
                return self.account.problem(&name, line, format!("{}: {what}: left out", entity.id));
            }
        }
        relation.holding = match rule.gives {
            "influence" => Holding::Influence,
            "shares" => {
                match Share::parse(entity.first(&Property::from_name("percentage")).unwrap_or_default()) {
                    Ok(share) => Holding::Shares(share),
                    Err(error) => {
                        let what =
                            format!("{}: percentage: {error}: the share is taken as unknown", entity.id);
                        self.account.problem(&name, line, what);
                        Holding::Shares(Share::UNKNOWN)
                    }
                }
            }
            _ => Holding::Nothing,
        };
        for (from, to) in from.iter().flat_map(|from| to.iter().map(move |to| (*from, *to))) {
            let (from, to) = (self.graph.party_of(from), self.graph.party_of(to));
            if from == to {
                let what = format!("{}: {} of itself: left out", entity.id, entity.schema);
                self.account.problem(&name, line, what);
                continue;
            }
            self.graph.relate(from, to, relation.clone());
            self.account.relations += 1;
        }
        self.count_name(entity, &[&from[..], &to[..]].concat());
    }

    /// A link that the list gives by a name, to whom nobody or several answer.
    fn count_name(&mut self, entity: &Entity, ends: &[&str]) {
        let Some(name) = entity.first(&Property::NamesMentioned) else { return };
        let unlisted =
            |id: &&str| self.graph.node(id).is_none_or(|node| self.graph.party(node).listed.is_none());
        let to = if ends.len() > 2 {
            &mut self.account.ambiguous
        } else if ends.iter().any(unlisted) {
            &mut self.account.unresolved
        } else {
            return;
        };
        if self.named.insert(name.into()) {
            to.push(name.into());
        }
    }

    fn dates(&self, entity: &Entity) -> Result<(Option<PartialDate>, Option<PartialDate>), String> {
        let date = |property: Property| -> Result<Option<PartialDate>, String> {
            let Some(statement) = entity.statements.iter().find(|s: &&Statement| s.property == property)
            else {
                return Ok(None);
            };
            match statement.derived {
                Some(Derived::Date(date)) => Ok(Some(date)),
                _ => Err(format!("{property} {} is no date", statement.value)),
            }
        };
        super::table::in_order(date(Property::StartDate)?, date(Property::EndDate)?)
    }

    /// Names the parties that relations lead to and that no entity is.
    fn unknown(&mut self, before: usize) {
        let new: Vec<Node> = self.graph.nodes().skip(before).collect();
        let name = self.graph.source(self.source).name.clone();
        for node in new.into_iter().filter(|node| self.graph.party(*node).bare) {
            let id = self.graph.party(node).entity.id.clone();
            let first = self.graph.relations_of(node);
            let line = first.first().and_then(|(edge, ..)| self.graph.relation(*edge).evidence.line);
            self.account.problem(
                &name,
                line,
                format!("nobody has the id {id}: taken as a party without a name"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_well_formed() {
        let lines = TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        assert_eq!(lines.count(), RULES.len(), "every row has four columns");
        for rule in RULES.iter() {
            assert!(rule.schema.is_relation(), "{}", rule.schema);
            assert!(matches!(rule.gives, "shares" | "influence" | "-"), "{}", rule.schema);
        }
    }

    #[test]
    fn followthemoney() {
        let text = r#"{"id":"o1","schema":"Ownership","properties":{"owner":["a"],"asset":["b"],"percentage":["50.5"],"startDate":["2020"]}}
{"id":"a","schema":"Person","properties":{"name":["Anna"]}}
{"id":"b","schema":"Company","properties":{"name":["Bert Ltd"]}}
{"id":"o2","schema":"Ownership","properties":{"owner":["a"],"asset":["gone"],"percentage":["lots"]}}
{"id":"o3","schema":"Ownership","properties":{"owner":["b"],"asset":["b"]}}
{"id":"o4","schema":"Ownership","properties":{"owner":["b"]}}
{"id":"d1","schema":"Directorship","properties":{"director":["a"],"organization":["b"],"startDate":["2021-05"],"endDate":["2020"]}}
{"id":"d2","schema":"Directorship","properties":{"director":["a"],"organization":["b"],"startDate":["soon"]}}
{"id":"x","schema":"Address","properties":{"full":["Street 1"]}}
not JSON"#;
        let mut graph = Graph::new();
        let account = super::super::file(&mut graph, "x.jsonl", text).unwrap();
        assert_eq!((account.parties, account.relations), (2, 2));
        let problems: Vec<String> =
            account.problems.iter().map(|p| format!("{}: {}", p.line.unwrap_or(0), p.what)).collect();
        assert_eq!(problems.len(), 7, "{problems:#?}");
        for (problem, expected) in problems.iter().zip([
            "4: o2: percentage: no percentage",
            "5: o3: Ownership of itself",
            "6: Ownership o4 has no asset",
            "7: d1: it ends before it begins",
            "8: d2: startDate soon is no date",
            "10: ",
            "4: nobody has the id gone",
        ]) {
            assert!(problem.starts_with(expected), "{problem}");
        }
        let edge = graph.edges().next().unwrap();
        assert_eq!(graph.caption(graph.ends(edge).0), "Anna");
        assert_eq!(graph.relation(edge).holding, Holding::Shares(Share::parse("50.5").unwrap()));
        assert_eq!(graph.cite(&graph.relation(edge).evidence), "x.jsonl record o1 line 1");
    }
}
