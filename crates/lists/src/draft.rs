//! An entity in the making: `Entity::add`, but linear for parties with thousands of values.

use std::hash::{Hash, Hasher};

use model::{Entity, Locator, Property, Statement};
use rustc_hash::{FxHashSet, FxHasher};

/// Up to so many statements, looking through all of them is the fastest way to find a repeated one.
const FEW: usize = 32;

/// What was already stated, once it has become too much to look through.
#[derive(Default)]
pub(crate) struct Seen(FxHashSet<u64>);

/// States a value unless it is empty or stated already; whether it was stated now.
pub(crate) fn add(
    entity: &mut Entity,
    seen: &mut Seen,
    property: &Property,
    value: &str,
    locator: Locator,
) -> bool {
    let value = value.trim();
    if value.is_empty() {
        return false;
    }
    let repeated = |entity: &Entity| entity.values(property).any(|v| v == value);
    if entity.statements.len() < FEW {
        if repeated(entity) {
            return false;
        }
    } else {
        if seen.0.is_empty() {
            seen.0.extend(entity.statements.iter().map(|s| key(&s.property, &s.value)));
        }
        // A hash met before is most likely a repeated value; only looking tells.
        if !seen.0.insert(key(property, value)) && repeated(entity) {
            return false;
        }
    }
    entity.statements.push(Statement::new(property.clone(), value, locator));
    true
}

fn key(property: &Property, value: &str) -> u64 {
    let mut hasher = FxHasher::default();
    property.hash(&mut hasher);
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Schema;

    #[test]
    fn states_each_value_once() {
        let (mut entity, mut seen) = (Entity::new("x", Schema::Thing), Seen::default());
        for round in 0..2 {
            for n in 0..100 {
                let new = add(&mut entity, &mut seen, &Property::Alias, &format!(" {n} "), Locator::Direct);
                assert_eq!(new, round == 0, "{n}");
            }
        }
        assert!(!add(&mut entity, &mut seen, &Property::Alias, "  ", Locator::Direct));
        assert_eq!(entity.statements.len(), 100);
    }
}
