//! The prices of attribute evidence, `data/attributes.tsv`, by name.

use std::sync::LazyLock;

const TABLE: &str = include_str!("../../data/attributes.tsv");

/// What one row of attribute evidence is worth, in millibits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Price {
    pub(crate) bits: i32,
    pub(crate) gain: i32,
    pub(crate) stake: i32,
}

macro_rules! prices {
    ($($name:ident),* $(,)?) => {
        /// The table, by name.
        pub(crate) struct Prices {
            $(pub(crate) $name: Price,)*
        }

        static PRICES: LazyLock<Prices> = LazyLock::new(|| Prices { $($name: of_table(stringify!($name)),)* });

        #[cfg(test)]
        const NAMES: &[&str] = &[$(stringify!($name)),*];
    };
}

prices!(
    birth_date_agree,
    birth_date_month,
    birth_date_year,
    birth_date_swapped,
    birth_date_off_by_one,
    birth_date_transposed,
    birth_date_one_digit,
    birth_date_same_year,
    birth_date_near,
    birth_date_conflict_few,
    birth_date_conflict,
    birth_date_conflict_generation,
    country_agree,
    country_related,
    country_conflict,
    birth_place_agree,
    birth_place_conflict,
    address_agree,
    address_postcode,
    address_city,
    gender_agree,
    gender_conflict,
    identifier_agree,
    identifier_unchecked,
    contact_agree,
    ship_conflict,
    register_conflict,
);

pub(crate) fn prices() -> &'static Prices {
    &PRICES
}

pub(crate) fn table_text() -> &'static str {
    TABLE
}

fn rows() -> impl Iterator<Item = [&'static str; 4]> {
    TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut columns = line.split('\t');
        Some([columns.next()?, columns.next()?, columns.next()?, columns.next()?])
    })
}

fn of_table(name: &str) -> Price {
    let number = |text: &str| text.parse().unwrap_or_default();
    rows().find(|row| row[0] == name).map_or_else(Price::default, |[_, bits, gain, stake]| Price {
        bits: number(bits),
        gain: number(gain),
        stake: number(stake),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_and_none_is_missing() {
        let table: Vec<&str> = rows().map(|row| row[0]).collect();
        assert_eq!(table, NAMES, "the table and the list of names are one");
        for [name, bits, gain, stake] in rows() {
            for number in [bits, gain, stake] {
                assert!(number.parse::<i32>().is_ok(), "{name}: {number}");
            }
        }
    }

    /// An index bounds what attributes add by their gain: no row may gain more than it puts at stake.
    #[test]
    fn no_gain_beyond_its_stake() {
        for name in NAMES {
            let Price { bits, gain, stake } = of_table(name);
            assert!(0 <= gain && gain <= stake, "{name}");
            assert!(gain == 0 || bits == gain, "{name}: what agrees is its evidence");
            assert!(
                gain > 0 || stake == 0 || bits == -stake,
                "{name}: what contradicts puts its evidence at stake"
            );
        }
    }
}
