//! Where values go that the schema of their entity does not take: `data/ftm_moves.tsv`.

use std::collections::HashMap;
use std::sync::LazyLock;

const TABLE: &str = include_str!("../../data/ftm_moves.tsv");

/// A way for a value.
#[derive(Clone, Copy, Debug)]
pub(super) enum Way {
    /// Another property of the same entity.
    Property(&'static str),
    /// A property of an entity that belongs to the party.
    Belonging(Belonging),
}

/// `+CryptoWallet.publicKey@holder`
#[derive(Clone, Copy, Debug)]
pub(super) struct Belonging {
    pub(super) schema: &'static str,
    pub(super) property: &'static str,
    /// What refers to the party.
    pub(super) link: &'static str,
    /// One for each value.
    pub(super) each: bool,
}

static WAYS: LazyLock<HashMap<&str, Vec<Way>>> = LazyLock::new(|| {
    let rows = TABLE.lines().filter(|row| !row.starts_with('#')).filter_map(|row| row.split_once('\t'));
    rows.map(|(property, ways)| (property, ways.split(' ').filter_map(way).collect())).collect()
});

fn way(text: &'static str) -> Option<Way> {
    let Some((schema, rest)) = text.trim_start_matches(['+', '=']).split_once('.') else {
        return Some(Way::Property(text));
    };
    let (property, link) = rest.split_once('@')?;
    Some(Way::Belonging(Belonging { schema, property, link, each: text.starts_with('+') }))
}

/// The ways for values of a property, in their order.
pub(super) fn ways(property: &str) -> &'static [Way] {
    WAYS.get(property).map_or(&[], Vec::as_slice)
}

/// What refers to the party in entities of a schema that belong to parties.
pub(super) fn link(schema: &str) -> Option<&'static str> {
    WAYS.values().flatten().find_map(|way| match way {
        Way::Belonging(belonging) if belonging.schema == schema => Some(belonging.link),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use model::{FtmProperty, Property, Schema};

    use super::*;

    #[test]
    fn every_way_ends_in_a_property_of_follow_the_money() {
        assert!(WAYS.len() > 20);
        for (property, ways) in WAYS.iter() {
            assert!(!ways.is_empty(), "{property}");
            for way in ways {
                match way {
                    Way::Property(other) => {
                        let some = Schema::PARTIES.iter().any(|s| FtmProperty::of(s.name(), other).is_some());
                        assert!(some && !matches!(Property::from_name(other), Property::Other(_)), "{other}");
                    }
                    Way::Belonging(Belonging { schema, property, link, .. }) => {
                        assert!(FtmProperty::of(schema, property).is_some(), "{schema} {property}");
                        assert!(FtmProperty::of(schema, link).is_some_and(|p| p.is_reference()), "{link}");
                    }
                }
            }
        }
    }
}
