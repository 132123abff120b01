//! Invented voters: the record site's table, and public voter files that overlap with it.

use std::collections::HashSet;

use validation::Random;

use super::tables::{chance, number, of_kind, one, shuffle, word};

const WORDS: &str = include_str!("../../data/case/people.tsv");

/// The first id of the record site.
const FIRST_ID: u32 = 2_000_000;

/// Of each hundred ids, those that have a record. The rest were deleted or never given.
const PRESENT: usize = 65;

/// A record of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voter {
    /// Its id on the site. In a public file that has people of its own: the file's own number.
    pub id: u32,
    /// Given name, with a middle initial where there is one.
    pub given: String,
    /// Family name.
    pub family: String,
    /// House number, street, apartment.
    pub street: String,
    /// Town.
    pub town: String,
    /// Postcode: five digits, by town.
    pub postcode: String,
    /// Party, one of a few that do not exist.
    pub party: String,
    /// County, by town.
    pub county: String,
}

impl Voter {
    /// Given name and family name.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} {}", self.given, self.family)
    }
}

/// A voter file as CSV: `id,name,street,town,postcode,party,county`.
#[must_use]
pub fn to_csv(voters: &[Voter]) -> String {
    let mut text = String::from("id,name,street,town,postcode,party,county\n");
    for v in voters {
        let cells = [&v.id.to_string(), &v.name(), &v.street, &v.town, &v.postcode, &v.party, &v.county].map(
            |cell| {
                if cell.contains([',', '"']) {
                    format!("\"{}\"", cell.replace('"', "\"\""))
                } else {
                    cell.clone()
                }
            },
        );
        text += &cells.join(",");
        text.push('\n');
    }
    text
}

/// The words, by kind.
pub(super) struct Words {
    given: Vec<&'static str>,
    family: [Vec<&'static str>; 2],
    street: [Vec<&'static str>; 2],
    direction: Vec<&'static str>,
    party: Vec<&'static str>,
    /// Town, postcode, county.
    towns: Vec<(String, String, &'static str)>,
}

impl Words {
    pub(super) fn new(random: &mut Random) -> Self {
        let kind = |kind| of_kind(WORDS, kind);
        let (fronts, backs, counties) = (kind("town_front"), kind("town_back"), kind("county"));
        let mut names = HashSet::new();
        let mut towns = Vec::new();
        while towns.len() < 40 {
            let name = format!("{}{}", word(random, &fronts), word(random, &backs));
            if names.insert(name.clone()) {
                let postcode = format!("{:05}", 41_000 + towns.len() * 13);
                towns.push((name, postcode, word(random, &counties)));
            }
        }
        Self {
            given: kind("given"),
            family: [kind("family_front"), kind("family_back")],
            street: [kind("street_front"), kind("street_type")],
            direction: kind("direction"),
            party: kind("party"),
            towns,
        }
    }

    fn given(&self, random: &mut Random) -> String {
        let given = word(random, &self.given);
        if chance(random, 35) {
            let initial = char::from(b'A' + u8::try_from(random.below(26)).unwrap_or(0));
            format!("{given} {initial}")
        } else {
            given.to_owned()
        }
    }

    fn family(&self, random: &mut Random) -> String {
        format!("{}{}", word(random, &self.family[0]), word(random, &self.family[1]))
    }

    fn street(&self, random: &mut Random) -> String {
        let mut street = format!("{} ", 1 + random.below(2400));
        if chance(random, 15) {
            street += word(random, &self.direction);
            street.push(' ');
        }
        street += word(random, &self.street[0]);
        street.push(' ');
        street += word(random, &self.street[1]);
        if chance(random, 18) {
            let letter = char::from(b'A' + u8::try_from(random.below(6)).unwrap_or(0));
            street += &format!(" Apt {}{letter}", 1 + random.below(30));
        }
        street
    }

    /// People who live together: one to four of one family.
    fn household(&self, random: &mut Random) -> Vec<Voter> {
        let (family, street) = (self.family(random), self.street(random));
        let (town, postcode, county) = one(random, &self.towns).clone();
        let mut household: Vec<Voter> = Vec::new();
        for _ in 0..1 + random.below(4).min(random.below(5)) {
            let given = self.given(random);
            if household.iter().any(|other| other.given == given) {
                continue; // Nothing could tell them apart.
            }
            household.push(Voter {
                id: 0,
                given,
                family: family.clone(),
                street: street.clone(),
                town: town.clone(),
                postcode: postcode.clone(),
                party: word(random, &self.party).to_owned(),
                county: county.to_owned(),
            });
        }
        household
    }

    /// So many people.
    fn people(&self, random: &mut Random, count: usize) -> Vec<Voter> {
        let mut people = Vec::with_capacity(count + 4);
        while people.len() < count {
            people.extend(self.household(random));
        }
        people.truncate(count);
        people
    }

    /// The record site's table, by id. People of one household have registered together.
    pub(super) fn voters(&self, random: &mut Random, count: usize) -> Vec<Voter> {
        let mut voters = self.people(random, count);
        let mut id = FIRST_ID;
        for voter in &mut voters {
            while !chance(random, PRESENT) {
                id += 1;
            }
            voter.id = id;
            id += 1;
        }
        voters
    }

    /// People of whom the record site knows nothing, numbered from `first`.
    pub(super) fn strangers(&self, random: &mut Random, count: usize, first: u32) -> Vec<Voter> {
        let mut people = self.people(random, count);
        for (voter, id) in people.iter_mut().zip(first..) {
            voter.id = id;
        }
        people
    }

    /// A public voter file that was made without the site: 45 of each hundred of its voters, of whom some stand with
    /// an older address, and as many again as a fifth of these whom the site does not have. In an order and with
    /// numbers of its own. Beside each entry: the id on the site.
    pub(super) fn public(&self, random: &mut Random, voters: &[Voter]) -> Vec<(Voter, Option<u32>)> {
        let mut file: Vec<(Voter, Option<u32>)> = Vec::new();
        for voter in voters {
            if chance(random, 45) {
                let mut entry = voter.clone();
                if chance(random, 6) {
                    entry.street = self.street(random);
                }
                file.push((entry, Some(voter.id)));
            }
        }
        let others = self.people(random, file.len() / 5);
        file.extend(others.into_iter().map(|voter| (voter, None)));
        shuffle(random, &mut file);
        for ((voter, _), id) in file.iter_mut().zip(700_001..) {
            voter.id = id;
        }
        file
    }
}

/// Reads what [`to_csv`] wrote, for tests that look at the files as others do.
///
/// # Panics
/// Where it is no such file.
#[must_use]
pub fn ids_of(csv: &str) -> Vec<u32> {
    csv.lines().skip(1).map(|line| number(line.split(',').next().unwrap_or_default())).collect()
}
