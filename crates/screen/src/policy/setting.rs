//! One property of a configuration that a policy sets: its key, what it can be, what it does.

use crate::{Configuration, Score};

/// A property of a [`Configuration`], with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Setting {
    /// Lowest score that is a match.
    Threshold(Score),
    /// Least evidence, in millibits, that a match needs.
    MinimumBits(i32),
    /// Whether names that the publisher calls weak are compared.
    WeakAliases(bool),
    /// Name score under which attributes lift nothing.
    NameFloor(Score),
    /// Years by which birth years may differ without contradicting.
    BirthDateTolerance(u8),
}

/// Most bits that a policy may ask for. An identifier gives 25, long rare names 80: more nobody can have.
const MOST_BITS: i32 = 200;

/// Most years that two birth years may differ. Beyond, a date separates nobody from anybody.
const MOST_YEARS: i32 = 10;

/// A key of a policy file, and what it can be, in the words of an error's remedy.
pub(crate) struct Key {
    pub(crate) name: &'static str,
    pub(crate) wanted: &'static str,
    kind: fn(Value) -> Option<Setting>,
}

/// What stands in the file.
#[derive(Clone, Copy)]
pub(crate) enum Value {
    Truth(bool),
    Number(f64),
}

impl Value {
    /// The number in steps of `1 / scale`, if it is one of them and at most `most`.
    fn steps(self, scale: i32, most: i32) -> Option<i32> {
        let Self::Number(number) = self else { return None };
        let scaled = number * f64::from(scale);
        let whole = scaled.round();
        let fits = (scaled - whole).abs() < 1e-6 && (0.0..=f64::from(most)).contains(&whole);
        fits.then_some(whole as i32)
    }

    fn score(self) -> Option<Score> {
        self.steps(10_000, 10_000).map(|n| Score::from_ten_thousandths(n as u16))
    }

    fn truth(self) -> Option<bool> {
        if let Self::Truth(truth) = self { Some(truth) } else { None }
    }
}

/// The keys of `[match]`, which every rule may set too.
pub(crate) const KEYS: [Key; 5] = [
    Key {
        name: "threshold",
        wanted: "a score from 0 to 1 with at most four decimals, such as 0.70",
        kind: |value| value.score().map(Setting::Threshold),
    },
    Key {
        name: "minimum_bits",
        wanted: "bits from 0 to 200 with at most three decimals, such as 20.0",
        kind: |value| value.steps(1000, MOST_BITS * 1000).map(Setting::MinimumBits),
    },
    Key {
        name: "weak_aliases",
        wanted: "true or false",
        kind: |value| value.truth().map(Setting::WeakAliases),
    },
    Key {
        name: "name_floor",
        wanted: "a score from 0 to 1 with at most four decimals, such as 0.60",
        kind: |value| value.score().map(Setting::NameFloor),
    },
    Key {
        name: "birth_date_tolerance",
        wanted: "whole years from 0 to 10, such as 1",
        kind: |value| value.steps(1, MOST_YEARS).map(|years| Setting::BirthDateTolerance(years as u8)),
    },
];

impl Key {
    /// The setting; `None` where the value is not what the key wants.
    pub(crate) fn set(&self, value: Value) -> Option<Setting> {
        (self.kind)(value)
    }
}

impl Setting {
    /// The key that sets it in a policy file.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Threshold(_) => "threshold",
            Self::MinimumBits(_) => "minimum_bits",
            Self::WeakAliases(_) => "weak_aliases",
            Self::NameFloor(_) => "name_floor",
            Self::BirthDateTolerance(_) => "birth_date_tolerance",
        }
    }

    /// Its value, as a policy file would have it.
    #[must_use]
    pub fn value(&self) -> String {
        match self {
            Self::Threshold(score) | Self::NameFloor(score) => score.to_string(),
            Self::MinimumBits(bits) => format!("{}.{:03}", bits / 1000, bits % 1000),
            Self::WeakAliases(truth) => truth.to_string(),
            Self::BirthDateTolerance(years) => years.to_string(),
        }
    }

    /// Sets it.
    pub fn apply(&self, configuration: &mut Configuration) {
        match *self {
            Self::Threshold(score) => configuration.match_threshold = score,
            Self::MinimumBits(bits) => configuration.minimum_bits = bits,
            Self::WeakAliases(truth) => configuration.weak_aliases = truth,
            Self::NameFloor(score) => configuration.name_floor = score,
            Self::BirthDateTolerance(years) => configuration.birth_date_tolerance = years,
        }
    }
}

impl Configuration {
    /// Every property with its value, in a fixed order.
    #[must_use]
    pub fn settings(&self) -> [Setting; 5] {
        let Self { match_threshold, minimum_bits, weak_aliases, name_floor, birth_date_tolerance } = *self;
        [
            Setting::Threshold(match_threshold),
            Setting::MinimumBits(minimum_bits),
            Setting::WeakAliases(weak_aliases),
            Setting::NameFloor(name_floor),
            Setting::BirthDateTolerance(birth_date_tolerance),
        ]
    }
}

/// Settings in a fixed textual form.
pub(crate) fn canonical(settings: &[Setting]) -> String {
    settings.iter().map(|s| format!("{}={}", s.key(), s.value())).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_settings_are_the_same() {
        let keys: Vec<&str> = KEYS.iter().map(|key| key.name).collect();
        assert_eq!(Configuration::default().settings().map(|s| s.key()).as_slice(), keys);
    }
}
