//! The committed weights, in millibits.

use std::sync::LazyLock;

const TABLE: &str = include_str!("../data/weights.tsv");

macro_rules! weights {
    ($($name:ident),* $(,)?) => {
        /// `data/weights.tsv`, by name. The table says what each is and why.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Weights {
            $(pub(crate) $name: i32,)*
        }

        impl Weights {
            /// The names of the weights, in the order of the table.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($name)),*];

            fn of_table() -> Self {
                Self { $($name: value(stringify!($name)),)* }
            }

            fn get_mut(&mut self, name: &str) -> Option<&mut i32> {
                match name {
                    $(stringify!($name) => Some(&mut self.$name),)*
                    _ => None,
                }
            }
        }
    };
}

weights!(
    cost_spelling,
    cost_romanised,
    cost_romanised_unsure,
    cost_romanised_syllable,
    cost_nickname,
    cost_translation,
    cost_synonym,
    cost_number,
    cost_near,
    cost_per_edit,
    cost_short_3,
    cost_short_4,
    cost_short_5,
    cost_short_6,
    known_per_cent,
    loss_near,
    loss_3,
    loss_4,
    loss_5,
    loss_6,
    loss_7,
    loss_8,
    cost_joined,
    cost_skeleton,
    cost_initial,
    cost_acronym,
    loss_initial,
    stake_initial,
    cap_title,
    cap_namelike,
    cap_particle,
    cap_legal_form,
    conflict_legal_form,
    conflict_number,
    conflict_place,
    decisive_per_mille,
    omit_number,
    conflict_base,
    conflict_per_mille,
    omit_query_per_mille,
    omit_candidate_per_mille,
    omit_family_per_mille,
    omit_patronymic,
    bits_conflict,
    bits_omit_query,
    bits_omit_candidate,
    bits_minor,
    floor_information,
    unique_person,
    unique_organization,
    unique_vehicle,
    chance_per_mille,
    chance_cap_per_mille,
);

static WEIGHTS: LazyLock<Weights> = LazyLock::new(Weights::of_table);

impl Weights {
    /// The committed weights, which every score is made with.
    #[must_use]
    pub fn committed() -> Self {
        weights().clone()
    }

    /// The value of a weight; `None` if there is none of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<i32> {
        self.clone().get_mut(name).map(|value| *value)
    }

    /// The weights with one of them changed; unchanged if there is none of that name.
    #[must_use]
    pub fn with(mut self, name: &str, value: i32) -> Self {
        if let Some(weight) = self.get_mut(name) {
            *weight = value;
        }
        self
    }
}

pub(crate) fn weights() -> &'static Weights {
    &WEIGHTS
}

fn value(name: &str) -> i32 {
    let row = TABLE.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('\t'));
    row.and_then(|rest| rest.split('\t').next()).and_then(|n| n.parse().ok()).unwrap_or_default()
}

/// `log2(n)` in millibits, straight between the powers of two: the same on every machine. 0 for 0.
#[must_use]
pub fn log2_millibits(n: u32) -> i32 {
    let Some(whole) = n.checked_ilog2() else { return 0 };
    let fraction = (u64::from(n) - (1 << whole)) * 1000 / (1 << whole);
    whole as i32 * 1000 + fraction as i32
}

/// The texts of every table that a score depends on, in a fixed order: what a receipt hashes.
#[must_use]
pub fn table_hash_input() -> Vec<&'static str> {
    let mut texts = vec![TABLE];
    texts.extend(crate::tables::table_texts());
    texts.extend(crate::population::table_text());
    texts.extend(text::table_texts());
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_weight_stands_in_the_table_and_every_row_is_read() {
        let rows: Vec<&str> = TABLE.lines().filter(|l| !l.starts_with('#')).collect();
        for row in &rows {
            let columns: Vec<&str> = row.split('\t').collect();
            assert_eq!(columns.len(), 3, "name, millibits, why: {row}");
            assert!(Weights::NAMES.contains(&columns[0]), "{} is read by nothing", columns[0]);
            assert!(columns[1].parse::<i32>().is_ok(), "{row}");
        }
        assert_eq!(rows.len(), Weights::NAMES.len(), "a weight without a row");
    }

    #[test]
    fn logarithms() {
        for (n, expected) in [(0, 0), (1, 0), (2, 1000), (3, 1500), (4, 2000), (122, 6906), (u32::MAX, 31999)]
        {
            assert_eq!(log2_millibits(n), expected, "{n}");
        }
    }
}
