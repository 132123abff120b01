//! Relations that the newer XML forms give by the number of the other party. The table `data/ofac_relationships.tsv` says
//! what each is.

use std::sync::LazyLock;

use model::{Entity, Locator, Property, Schema, Statement};
use rustc_hash::{FxHashMap, FxHashSet};

const TABLE: &str = include_str!("../../data/ofac_relationships.tsv");

/// A relation to another party, listed or not.
pub(super) struct Tie {
    /// Number of the party that it is said of.
    pub(super) party: u64,
    /// Number of the other party.
    pub(super) other: u64,
    /// The other party's name, where the form gives it.
    pub(super) name: Option<Box<str>>,
    /// What the relation is called.
    pub(super) kind: Box<str>,
    /// What else is said of it.
    pub(super) summary: Vec<Box<str>>,
    pub(super) locator: Locator,
}

struct Rule {
    kind: &'static str,
    schema: Schema,
    party: Property,
    other: Property,
    role: Property,
    between: Option<Schema>,
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let rule = |[kind, schema, party, other, role, between]: [&'static str; 6]| Rule {
        kind,
        schema: Schema::from_name(schema),
        party: Property::from_name(party),
        other: Property::from_name(other),
        role: Property::from_name(role),
        between: (between != "-").then(|| Schema::from_name(between)),
    };
    rows().map(rule).collect()
});

fn rows() -> impl Iterator<Item = [&'static str; 6]> {
    let lines = TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.filter_map(|line| line.split('\t').collect::<Vec<_>>().try_into().ok())
}

/// Relations from ties. A party that stands not in the file has its number for an id all the same, for it may be listed in
/// another one: on the other list, or in the whole of which this is an extract.
pub(super) fn resolve(
    ties: Vec<Tie>,
    entities: &[Entity],
    index: &FxHashMap<u64, usize>,
    relations: &mut Vec<Entity>,
) {
    let mut unlisted = FxHashSet::default();
    let mut counts: FxHashMap<u64, usize> = FxHashMap::default();
    for tie in ties {
        let listed = |uid| index.get(&uid).and_then(|index| entities.get(*index));
        let (party, other) = (format!("ofac-{}", tie.party), format!("ofac-{}", tie.other));
        if listed(tie.other).is_none() && unlisted.insert(tie.other) {
            let mut entity = Entity::new(other.clone(), Schema::LegalEntity);
            if let Some(name) = &tie.name {
                entity.add(Property::Name, name, tie.locator);
            }
            relations.push(entity);
        }
        let both_are = |schema: &Schema| {
            [tie.party, tie.other].into_iter().all(|uid| listed(uid).is_some_and(|e| e.schema == *schema))
        };
        let rule = RULES.iter().find(|rule| {
            rule.kind.eq_ignore_ascii_case(&tie.kind) && rule.between.as_ref().is_none_or(both_are)
        });
        let (schema, subject, object, role) = match rule {
            Some(rule) => (rule.schema.clone(), &rule.party, &rule.other, &rule.role),
            None => (Schema::UnknownLink, &Property::Subject, &Property::Object, &Property::Role),
        };
        let count = counts.entry(tie.party).or_default();
        *count += 1;
        let mut relation = Entity::new(format!("{party}-relation-{count}"), schema);
        let summary = tie.summary.into_iter().map(|summary| (&Property::Summary, summary));
        let values = [(subject, party.into()), (object, other.into()), (role, tie.kind)];
        relation.statements = (values.into_iter().chain(summary))
            .filter(|(_, value): &(_, Box<str>)| !value.is_empty())
            .map(|(property, value)| Statement::new(property.clone(), value, tie.locator))
            .collect();
        relations.push(relation);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_well_formed() {
        let lines = TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        assert_eq!(lines.count(), RULES.len(), "every row has six columns");
        let mut seen = FxHashSet::default();
        for rule in RULES.iter() {
            assert!(rule.schema.is_relation(), "{}", rule.kind);
            assert!(seen.insert(rule.kind), "stands twice: {}", rule.kind);
        }
    }
}
