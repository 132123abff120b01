//! How much likelier the recipients of a mailing are if they were drawn from the exposed records than if not.
//!
//! Each recipient is in one of a few groups: in the exposed records or not, in the public file or not, linked to nobody.
//! Each way in which the mailing may have come about gives each group a probability, and the likelihood ratio is the
//! product, over the recipients, of these probabilities under one way and the other. Where another way has a number that
//! nobody knows, it takes the value that suits it best, so that the ratio never flatters the exposed records.
//!
//! The ways, besides *the exposed records*:
//! - *an independent list* that holds people of the table whether exposed or not. What share of it is not in the table at all
//!   is not known, and fitted; of the rest, the share that is exposed is that of the table, town by town, so that a scrape
//!   of one county and a mailing to that county do not look like each other for the county's sake.
//! - *the public file*, drawn at random, town by town.
//! - *the public file, by choice*: whoever made the mailing picked from the file whom they wanted, and that may have been those
//!   who happen to be exposed. Only recipients who are not in the file speak against it. Where the file holds all that
//!   was exposed, nothing can: the answer is then that it cannot be told.

mod chance;
mod population;

use rustc_hash::FxHashSet;
use serde_json::{Value, json};

use crate::key::Key;
use crate::link::{Link, Recipient, Unlinked};

pub use population::Exposure;

use chance::log10_at_least;
use population::{Population, Unit};

/// Of a mailing that is drawn from a list, the share of recipients of whom that may not show: added from elsewhere, moved
/// since, or not linked. A judgement of ours and no measurement, ten times what the linking misses on the invented cases. A
/// quarter of it is the least that any probability is taken for, so that one recipient says a factor of 76 at most.
const ELSEWHERE: f64 = 0.05;

/// The least log10 of the ratio that is called evidence: ten thousand to one, from which on the scale of the European
/// Network of Forensic Science Institutes (Guideline for Evaluative Reporting, 2015) says *very strong support*.
const ENOUGH: f64 = 4.0;

/// The largest power of ten that a sentence states.
const MOST_SAID: f64 = 10.0;

/// Recipients by group, each counted once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// All of them.
    pub recipients: usize,
    /// Linked to a record of the table.
    pub linked: usize,
    /// Of these, to one that was exposed.
    pub exposed: usize,
    /// Of those, to one that the public file has too, with the same name and address.
    pub exposed_and_public: usize,
    /// Linked to the public file, and not exposed.
    pub public_only: usize,
    /// In neither: what no hypothesis explains.
    pub neither: usize,
}

/// Whether the exposed records are called the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The recipients are very much likelier under it than under every other way that was weighed. No proof, and it says
    /// nothing of who sent the mailing.
    DrawnFromExposed,
    /// They are not. It does not say that they were not drawn from it.
    NotDistinguishable,
}

impl Verdict {
    /// Its name in the output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::DrawnFromExposed => "drawn_from_exposed",
            Self::NotDistinguishable => "not_distinguishable",
        }
    }
}

/// Another way in which a mailing may have come about.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// `independent_list`, `public_file`, `public_file_by_choice`.
    pub name: &'static str,
    /// The share of the recipients that would be exposed, were it so.
    pub base_rate: f64,
    /// log10 of how much likelier they are under the exposed records than under it.
    pub log10_ratio: f64,
}

/// What the recipients of a mailing say of its source.
#[derive(Clone, Debug, PartialEq)]
pub struct Weight {
    /// The recipients.
    pub tally: Tally,
    /// Whether they were counted as people, or as households because the messages name nobody.
    pub households: bool,
    /// Each other way; the ratio that counts is the least.
    pub alternatives: Vec<Alternative>,
    /// log10 of the chance that a draw of as many linked recipients from the whole table has at least as many exposed
    /// (hypergeometric): the base rate put plainly, and no ratio.
    pub log10_chance: f64,
    /// The answer.
    pub verdict: Verdict,
    /// Why, in a sentence.
    pub reason: String,
}

/// What the recipients of a mailing say of its source: `in_table` and `in_public` are the links of the same copies of one
/// template to the site's table and to the public file, in the same order.
#[must_use]
pub fn weigh(exposure: &Exposure<'_>, in_table: &[Recipient], in_public: &[Recipient]) -> Weight {
    let people = in_table.iter().filter(|r| matches!(r.link, Link::Person(_))).count();
    let houses = in_table.iter().filter(|r| matches!(r.link, Link::Household(_))).count();
    let population = exposure.population(houses > people);
    let none = Link::None(Unlinked::NoAddress);
    let mut seen = FxHashSet::default();
    let mut recipients: Vec<(Option<Key>, Option<Key>)> = Vec::new();
    for (n, recipient) in in_table.iter().enumerate() {
        let of_table = population.meant(exposure.table(), &recipient.link);
        let public_link = in_public.get(n).map_or(&none, |recipient| &recipient.link);
        let of_public = exposure.public().and_then(|file| population.meant(file, public_link));
        // A person who is written to twice is one recipient. Those who are linked to nobody cannot be told apart.
        if of_table.or(of_public).is_none_or(|key| seen.insert(key)) {
            recipients.push((of_table, of_public));
        }
    }
    Weighing { population, has_public: exposure.public().is_some(), recipients }.weigh()
}

struct Weighing<'a> {
    population: &'a Population,
    has_public: bool,
    /// Of each recipient: its unit in the table, and in the public file.
    recipients: Vec<(Option<Key>, Option<Key>)>,
}

impl Weighing<'_> {
    fn weigh(&self) -> Weight {
        let mut tally = Tally { recipients: self.recipients.len(), ..Tally::default() };
        for (of_table, of_public) in &self.recipients {
            let exposed = self.unit(*of_table).is_some_and(|unit| unit.exposed);
            tally.linked += usize::from(of_table.is_some());
            match (exposed, of_public.is_some()) {
                (true, public) => {
                    tally.exposed += 1;
                    tally.exposed_and_public += usize::from(public);
                }
                (false, true) => tally.public_only += 1,
                (false, false) => tally.neither += 1,
            }
        }
        let mut alternatives = vec![self.independent(&tally)];
        if self.has_public {
            alternatives.push(self.public_file(&tally, false));
            alternatives.push(self.public_file(&tally, true));
        }
        let whole = self.population.table_towns.whole;
        let log10_chance = log10_at_least(tally.exposed, tally.linked, whole.exposed, whole.all);
        let least = alternatives.iter().min_by(|a, b| a.log10_ratio.total_cmp(&b.log10_ratio));
        let (verdict, reason) = verdict(&tally, least);
        Weight { tally, households: self.population.households, alternatives, log10_chance, verdict, reason }
    }

    fn unit(&self, key: Option<Key>) -> Option<&Unit> {
        key.and_then(|key| self.population.table.get(&key))
    }

    fn independent(&self, tally: &Tally) -> Alternative {
        let towns = &self.population.table_towns;
        let outside = share(tally.recipients - tally.linked, tally.recipients);
        let (mut ratio, mut base) = (0.0, 0.0);
        for (of_table, _) in &self.recipients {
            let other = ELSEWHERE / 2.0;
            let (ours, theirs) = match self.unit(*of_table) {
                None => (other, outside),
                Some(unit) => {
                    let rate = towns.share(unit.town);
                    base += rate;
                    let rate = if unit.exposed { rate } else { 1.0 - rate };
                    (if unit.exposed { 1.0 - ELSEWHERE } else { other }, (1.0 - outside) * rate)
                }
            };
            ratio += log10(ours, theirs);
        }
        Alternative {
            name: "independent_list",
            base_rate: base / f64::from(u32::try_from(tally.linked.max(1)).unwrap_or(1)),
            log10_ratio: ratio,
        }
    }

    fn public_file(&self, tally: &Tally, by_choice: bool) -> Alternative {
        let (table, file) = (&self.population.table_towns, &self.population.public_towns);
        // Of what was exposed, the share that the file has.
        let held = file.whole.exposed / table.whole.exposed.max(1.0);
        let chosen = share(tally.exposed_and_public, tally.exposed_and_public + tally.public_only);
        let (mut ratio, mut base, mut in_file) = (0.0, 0.0, 0.0);
        for (of_table, of_public) in &self.recipients {
            let exposed = self.unit(*of_table).is_some_and(|unit| unit.exposed);
            let other = ELSEWHERE / 2.0;
            let town = of_public.and_then(|key| self.population.public.get(&key)).and_then(|unit| unit.town);
            let rate = if by_choice { chosen } else { file.share(town) };
            if of_public.is_some() {
                base += rate;
                in_file += 1.0;
            }
            let (ours, theirs) = match (exposed, of_public.is_some()) {
                (true, true) => ((1.0 - ELSEWHERE) * held, (1.0 - ELSEWHERE) * rate),
                (true, false) => ((1.0 - ELSEWHERE) * (1.0 - held), other),
                (false, true) => (other, (1.0 - ELSEWHERE) * (1.0 - rate)),
                (false, false) => (other, other),
            };
            ratio += log10(ours, theirs);
        }
        let name = if by_choice { "public_file_by_choice" } else { "public_file" };
        Alternative { name, base_rate: base / f64::max(in_file, 1.0), log10_ratio: ratio }
    }
}

fn verdict(tally: &Tally, least: Option<&Alternative>) -> (Verdict, String) {
    let Tally { recipients, linked, exposed, .. } = *tally;
    let not = Verdict::NotDistinguishable;
    if linked == 0 {
        return (not, "no recipient is linked to a record: a name alone identifies nobody".to_owned());
    }
    let Some(least) = least else { return (not, "nothing was weighed".to_owned()) };
    let of = format!("{exposed} of {recipients} recipients are among the exposed records");
    let other = match least.name {
        "independent_list" => "an independent list",
        "public_file" => "the public file",
        _ => "a choice from the public file",
    };
    if least.log10_ratio >= ENOUGH {
        // Beyond that, what the model leaves out is likelier than what it says.
        let ratio = if least.log10_ratio >= MOST_SAID {
            format!("more than 10^{MOST_SAID:.0}")
        } else {
            format!("about 10^{:.0}", least.log10_ratio.floor())
        };
        let why =
            format!("{of}; that is {ratio} times likelier if they were drawn from these than from {other}");
        return (Verdict::DrawnFromExposed, why);
    }
    let so = if least.log10_ratio <= 0.0 { "explains that as well, or better" } else { "may explain that" };
    (not, format!("{of}; {other} {so}"))
}

fn share(part: usize, of: usize) -> f64 {
    let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    number(part) / number(of.max(1))
}

/// log10 of a ratio of probabilities, neither taken as nothing: a model that excludes what has happened is wrong, and
/// one recipient must not decide.
fn log10(ours: f64, theirs: f64) -> f64 {
    let floor = ELSEWHERE / 4.0;
    (ours.max(floor) / theirs.max(floor)).log10()
}

impl Weight {
    /// As the commands write it; numbers with two decimals.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let rounded = |x: f64| (x * 100.0).round() / 100.0;
        let Tally { recipients, linked, exposed, exposed_and_public, public_only, neither } = self.tally;
        let alternative = |a: &Alternative| {
            json!({"name": a.name, "base_rate": (a.base_rate * 10_000.0).round() / 10_000.0,
                "log10_ratio": rounded(a.log10_ratio)})
        };
        json!({
            "verdict": self.verdict.name(),
            "reason": self.reason,
            "counted": if self.households { "households" } else { "people" },
            "recipients": recipients,
            "linked": linked,
            "exposed": exposed,
            "exposed_and_public": exposed_and_public,
            "public_only": public_only,
            "neither": neither,
            "log10_ratio": self.log10_ratio().map(rounded),
            "alternatives": self.alternatives.iter().map(alternative).collect::<Vec<_>>(),
            "log10_chance": rounded(self.log10_chance),
        })
    }

    /// The ratio that counts: the least. `None`: nothing was weighed.
    #[must_use]
    pub fn log10_ratio(&self) -> Option<f64> {
        self.alternatives.iter().map(|a| a.log10_ratio).min_by(f64::total_cmp)
    }
}
