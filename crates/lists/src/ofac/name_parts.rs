//! The parts of a name, by the table `data/ofac_name_parts.tsv`, and the name that they make.

use std::sync::LazyLock;

use model::Property;

const TABLE: &str = include_str!("../../data/ofac_name_parts.tsv");

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Family,
    Given,
    Whole,
}

struct Rule {
    kind: &'static str,
    side: Side,
    property: Option<Property>,
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let lines = TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let rule = |line: &'static str| {
        let mut columns = line.split('\t');
        let (kind, side, property) = (columns.next()?, columns.next()?, columns.next()?);
        let side = match side {
            "family" => Side::Family,
            "given" => Side::Given,
            _ => Side::Whole,
        };
        Some(Rule { kind, side, property: (property != "-").then(|| Property::from_name(property)) })
    };
    lines.filter_map(rule).collect()
});

fn place(kind: &str) -> Option<usize> {
    RULES.iter().position(|rule| rule.kind.eq_ignore_ascii_case(kind))
}

/// The property of a part.
pub(super) fn property(kind: &str) -> Option<&'static Property> {
    RULES[place(kind)?].property.as_ref()
}

/// How the family name and the given names stand to one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// `LAST, First`
    Comma,
    /// Given name first: so OFAC writes in the scripts that go from right to left.
    GivenFirst,
    /// Family name first and nothing between, as East Asia writes.
    Together,
}

impl Order {
    /// By the name of the script.
    pub(super) fn of(script: &str) -> Self {
        match script {
            "Arabic" | "Hebrew" => Self::GivenFirst,
            "Japanese" | "Korean" | "Hangul" => Self::Together,
            other if other.starts_with("Chinese") => Self::Together,
            _ => Self::Comma,
        }
    }
}

/// The whole name of parts (kind, value).
pub(super) fn whole<T: AsRef<str>>(parts: &[(&str, T)], order: Order) -> String {
    let mut parts: Vec<_> = parts.iter().map(|(kind, value)| (place(kind), value.as_ref())).collect();
    parts.sort_by_key(|(place, _)| place.unwrap_or(usize::MAX));
    let side = |wanted: Side| {
        let of = |place: Option<usize>| place.map_or(Side::Whole, |place| RULES[place].side);
        parts.iter().filter(|(place, _)| of(*place) == wanted).map(|(_, v)| *v).collect::<Vec<_>>().join(" ")
    };
    let (family, given, rest) = (side(Side::Family), side(Side::Given), side(Side::Whole));
    let person = match (family.is_empty(), given.is_empty()) {
        (false, false) if order == Order::GivenFirst => format!("{given} {family}"),
        (false, false) if order == Order::Comma => format!("{family}, {given}"),
        _ => family + &given,
    };
    if person.is_empty() || rest.is_empty() { person + &rest } else { format!("{person} {rest}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        type Row<'a> = (&'a [(&'a str, &'a str)], &'a str, &'a str);
        let rows: [Row<'_>; 8] = [
            (
                &[("First Name", "Mhd"), ("Last Name", "ALCHWIKI"), ("Middle Name", "Amer")],
                "Latin",
                "ALCHWIKI, Mhd Amer",
            ),
            (&[("First Name", "حسن"), ("Last Name", "سبری نژاد")], "Arabic", "حسن سبری نژاد"),
            (
                &[("Last Name", "GUZMAN"), ("Matronymic", "LOERA"), ("First Name", "Joaquin")],
                "Latin",
                "GUZMAN LOERA, Joaquin",
            ),
            (&[("First Name", "德舜"), ("Last Name", "毛")], "Chinese Simplified", "毛德舜"),
            (&[("Nickname", "Sweet Micky")], "Latin", "Sweet Micky"),
            (&[("Entity Name", "IRGC")], "Latin", "IRGC"),
            (&[("", "X")], "Latin", "X"),
            (&[], "Latin", ""),
        ];
        for (parts, script, expected) in rows {
            assert_eq!(whole(parts, Order::of(script)), expected);
        }
        assert_eq!(RULES.len(), TABLE.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).count());
        assert_eq!(property("Patronymic"), Some(&Property::FatherName));
        assert_eq!(property("Entity Name"), None);
    }
}
