//! What other programs call our lists and FollowTheMoney's relations, and which algorithms their clients ask for: tables.

use std::sync::LazyLock;

use engine::Schema;

/// A list under the names of others.
pub(crate) struct Alias {
    /// Our dataset.
    pub(crate) dataset: &'static str,
    /// OpenSanctions' names, the usual one first.
    pub(crate) opensanctions: Vec<&'static str>,
    /// Watchman's id of the source.
    pub(crate) watchman: Option<&'static str>,
}

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    let rows = table.lines().filter(|row| !row.is_empty() && !row.starts_with('#'));
    rows.map(|row| row.split('\t').collect())
}

/// `data/datasets.tsv`.
pub(crate) static ALIASES: LazyLock<Vec<Alias>> = LazyLock::new(|| {
    let alias = |cells: Vec<&'static str>| {
        let [dataset, opensanctions, watchman] = cells[..] else { return None };
        let watchman = Some(watchman).filter(|id| !id.is_empty());
        Some(Alias { dataset, opensanctions: opensanctions.split(' ').collect(), watchman })
    };
    rows(include_str!("../../data/datasets.tsv")).filter_map(alias).collect()
});

/// `data/ftm_reverse.tsv`.
static REVERSE: LazyLock<Vec<(Schema, &str, &str)>> = LazyLock::new(|| {
    let row = |cells: Vec<&'static str>| match cells[..] {
        [schema, property, reverse] => Some((Schema::from_name(schema), property, reverse)),
        _ => None,
    };
    rows(include_str!("../../data/ftm_reverse.tsv")).filter_map(row).collect()
});

/// `data/algorithms.tsv`: the name, and whose it is.
pub(crate) static ALGORITHMS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let row = |cells: Vec<&'static str>| match cells[..] {
        [name, origin] => Some((name, origin)),
        _ => None,
    };
    rows(include_str!("../../data/algorithms.tsv")).filter_map(row).collect()
});

/// What our scorer is called.
pub(crate) const ALGORITHM: &str = "interdict";

/// Whether an algorithm of that name may be asked for.
pub(crate) fn is_algorithm(name: &str) -> bool {
    name == ALGORITHM || ALGORITHMS.iter().any(|(known, _)| *known == name)
}

/// What a property that refers to another entity is called from that one's side.
pub(crate) fn reverse(schema: &Schema, property: &str) -> Option<&'static str> {
    let is_a = |general: &Schema| schema == general || schema.is_a(general);
    REVERSE
        .iter()
        .find(|(general, name, _)| *name == property && is_a(general))
        .map(|(_, _, reverse)| *reverse)
}

#[cfg(test)]
mod tests {
    use engine::FtmProperty;

    use super::*;

    #[test]
    fn every_reverse_is_of_a_reference_of_follow_the_money() {
        assert!(REVERSE.len() > 25);
        for (schema, property, _) in REVERSE.iter() {
            let known = FtmProperty::of(schema.name(), property);
            assert!(known.is_some_and(|property| property.is_reference()), "{schema} {property}");
        }
        assert_eq!(reverse(&Schema::Sanction, "entity"), Some("sanctions"));
        assert_eq!(reverse(&Schema::Company, "parent"), Some("subsidiaries"));
        assert_eq!(reverse(&Schema::Vessel, "owner"), Some("ownedVehicles"));
        assert_eq!(reverse(&Schema::Person, "name"), None);
    }

    #[test]
    fn every_alias_is_of_a_list_that_we_read() {
        for alias in ALIASES.iter() {
            let known = engine::catalogue().iter().any(|source| source.name == alias.dataset);
            assert!(known || alias.dataset == "uk_ofsi", "{}", alias.dataset);
            assert!(alias.opensanctions.iter().all(|name| !name.is_empty()), "{}", alias.dataset);
        }
        assert_eq!(ALIASES.len(), engine::catalogue().len() + 1, "and the list that was closed in 2026");
    }

    #[test]
    fn algorithms_of_others_are_accepted() {
        for (name, accepted) in [("best", true), ("logic-v1", true), ("interdict", true), ("logic-v9", false)]
        {
            assert_eq!(is_algorithm(name), accepted, "{name}");
        }
    }
}
