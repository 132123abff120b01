//! The table `data/ofac_remarks.tsv`: what a clause of OFAC's remarks says, by the label that it begins with.

use std::sync::LazyLock;

use model::{Property, Schema};

const TABLE: &str = include_str!("../../data/ofac_remarks.tsv");

/// How the value stands in the clause; the table's head explains each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Text,
    Whole,
    Quoted,
    Code,
    Paper,
    Wallet,
    Link,
}

/// One row.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) label: &'static str,
    pub(crate) property: Property,
    pub(crate) shape: Shape,
    schema: Option<Schema>,
}

struct Rules {
    /// By the first byte of the label in small letters, longest label first.
    labels: Vec<Vec<Rule>>,
    /// Words that give a clause away wherever they stand.
    words: Vec<Rule>,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let mut rules = Rules { labels: (0..256).map(|_| Vec::new()).collect(), words: Vec::new() };
    for line in rows() {
        let mut columns = line.split('\t');
        let (Some(label), Some(property), Some(shape)) = (columns.next(), columns.next(), columns.next())
        else {
            continue;
        };
        let (shape, word) = match shape {
            "text" => (Shape::Text, false),
            "quoted" => (Shape::Quoted, false),
            "code" => (Shape::Code, false),
            "paper" => (Shape::Paper, false),
            "wallet" => (Shape::Wallet, false),
            "link" => (Shape::Link, false),
            "word" => (Shape::Whole, true),
            _ => (Shape::Whole, false),
        };
        let property = Property::from_name(property);
        let rule = Rule { label, property, shape, schema: columns.next().map(Schema::from_name) };
        if word {
            rules.words.push(rule);
        } else if let Some(first) = label.bytes().next() {
            rules.labels[usize::from(first.to_ascii_lowercase())].push(rule);
        }
    }
    for bucket in &mut rules.labels {
        bucket.sort_by_key(|rule| std::cmp::Reverse(rule.label.len()));
    }
    rules
});

fn rows() -> impl Iterator<Item = &'static str> {
    TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

impl Rule {
    fn fits(&self, schema: &Schema) -> bool {
        self.schema.as_ref().is_none_or(|only| only == schema)
    }

    fn begins(&self, clause: &str) -> bool {
        let (label, clause) = (self.label.as_bytes(), clause.as_bytes());
        let Some(head) = clause.get(..label.len()) else { return false };
        let complete = !label.last().is_some_and(u8::is_ascii_alphanumeric)
            || clause.get(label.len()).is_none_or(|b| b" \t:,.#(-".contains(b));
        complete && head.eq_ignore_ascii_case(label)
    }
}

/// The rule whose label a clause (without its "alt. ") begins with, for a party of that schema.
pub(super) fn labelled(clause: &str, schema: &Schema) -> Option<&'static Rule> {
    let first = clause.bytes().next()?.to_ascii_lowercase();
    RULES.labels[usize::from(first)].iter().find(|r| r.begins(clause) && r.fits(schema))
}

/// The same, or else the rule of a word in it.
pub(crate) fn find(clause: &str, schema: &Schema) -> Option<&'static Rule> {
    labelled(clause, schema).or_else(|| {
        let mut words = clause.split(|c: char| !c.is_alphanumeric());
        words.find_map(|word| {
            RULES.words.iter().find(|r| r.label.eq_ignore_ascii_case(word) && r.fits(schema))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_well_formed() {
        let mut seen = std::collections::HashSet::new();
        for line in rows() {
            let columns: Vec<&str> = line.split('\t').collect();
            assert!((3..=4).contains(&columns.len()), "{line}");
            assert!(columns.iter().all(|c| !c.is_empty() && c.trim() == *c), "{line}");
            let shapes = ["text", "whole", "quoted", "code", "paper", "wallet", "link", "word"];
            assert!(shapes.contains(&columns[2]), "{line}");
            assert!(seen.insert(columns[0].to_lowercase()), "stands twice: {line}");
            if let Some(schema) = columns.get(3) {
                assert!(Schema::from_name(schema).is_party(), "{line}");
            }
        }
    }

    #[test]
    fn finds() {
        let rows = [
            ("DOB 1946", Schema::Person, Some("DOB")),
            ("Passport Booklet A1", Schema::Person, Some("Passport Booklet")),
            ("Passports of his", Schema::Person, None),
            ("Citizen's Card Number 2", Schema::Person, Some("Citizen's Card Number")),
            ("PHONE 850", Schema::Organization, Some("Phone")),
            (
                "Vessel Registration Identification IMO 1",
                Schema::Vessel,
                Some("Vessel Registration Identification IMO"),
            ),
            ("Former Vice Minister of Culture", Schema::Person, Some("minister")),
            ("Former Vice Minister of Culture", Schema::Organization, None),
            ("son of the President", Schema::Person, Some("son of")),
            ("administration", Schema::Person, None),
            ("", Schema::Person, None),
            ("é", Schema::Person, None),
        ];
        for (clause, schema, expected) in rows {
            assert_eq!(find(clause, &schema).map(|r| r.label), expected, "{clause}");
        }
    }
}
