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

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Value, json};

use crate::key::Key;
use crate::link::{Link, Recipient};
use crate::records::{Entry, Records};

/// Of a mailing that is drawn from a list, the share of recipients of whom that may not show: added from elsewhere, moved
/// since, or not linked. A judgement of ours and no measurement, ten times what the linking misses on the invented cases. A
/// quarter of it is the least that any probability is taken for, so that one recipient says a factor of 76 at most.
const ELSEWHERE: f64 = 0.05;

/// The least log10 of the ratio that is called evidence: ten thousand to one, from which on the scale of the European
/// Network of Forensic Science Institutes (Guideline for Evaluative Reporting, 2015) says *very strong support*.
const ENOUGH: f64 = 4.0;

/// The largest power of ten that a sentence states.
const MOST_SAID: f64 = 10.0;

/// What came back to a scrape: the table of the site, which of its records were exposed, and a public file.
#[derive(Debug)]
pub struct Exposure<'a> {
    table: &'a Records,
    public: Option<&'a Records>,
    exposed: FxHashSet<u32>,
    unknown: usize,
}

impl<'a> Exposure<'a> {
    /// The records of these ids were exposed. Ids that the table does not have are counted: [`Exposure::unknown`].
    #[must_use]
    pub fn new<'i>(
        table: &'a Records,
        public: Option<&'a Records>,
        ids: impl IntoIterator<Item = &'i str>,
    ) -> Self {
        let (mut exposed, mut unknown) = (FxHashSet::default(), FxHashSet::default());
        for id in ids {
            match table.find(id) {
                Some(record) => drop(exposed.insert(record)),
                None => drop(unknown.insert(id)),
            }
        }
        Self { table, public, exposed, unknown: unknown.len() }
    }

    /// The site's table.
    #[must_use]
    pub fn table(&self) -> &'a Records {
        self.table
    }

    /// The public file.
    #[must_use]
    pub fn public(&self) -> Option<&'a Records> {
        self.public
    }

    /// How many records were exposed.
    #[must_use]
    pub fn len(&self) -> usize {
        self.exposed.len()
    }

    /// Whether none was.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.exposed.is_empty()
    }

    /// Ids that were exposed and of which the table has no record.
    #[must_use]
    pub fn unknown(&self) -> usize {
        self.unknown
    }

    /// Whether a record of the table was exposed.
    #[must_use]
    pub fn is_exposed(&self, record: u32) -> bool {
        self.exposed.contains(&record)
    }
}

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

/// Where a unit (a person or a household) of a list is.
#[derive(Clone, Copy, Default)]
struct Unit {
    town: Option<Key>,
    exposed: bool,
}

/// Numbers of a list, or of a town of it.
#[derive(Clone, Copy, Default)]
struct Counts {
    all: f64,
    exposed: f64,
}

/// The units of the table, and of the public file, by towns.
struct Towns {
    whole: Counts,
    by_town: FxHashMap<Option<Key>, Counts>,
}

impl Towns {
    fn new<'u>(units: impl Iterator<Item = &'u Unit>) -> Self {
        let mut towns = Self { whole: Counts::default(), by_town: FxHashMap::default() };
        for unit in units {
            for counts in [&mut towns.whole, towns.by_town.entry(unit.town).or_default()] {
                counts.all += 1.0;
                counts.exposed += f64::from(u8::from(unit.exposed));
            }
        }
        towns
    }

    /// The share of a town that is exposed. What a small town lacks in people comes from the whole: one of its units.
    fn share(&self, town: Option<Key>) -> f64 {
        let whole = self.whole.exposed / self.whole.all.max(1.0);
        let counts = self.by_town.get(&town).copied().unwrap_or_default();
        (counts.exposed + whole) / (counts.all + 1.0)
    }
}

/// What the recipients of a mailing say of its source: `in_table` and `in_public` are the links of the same copies of one
/// template to the site's table and to the public file, in the same order.
#[must_use]
pub fn weigh(exposure: &Exposure<'_>, in_table: &[Recipient], in_public: &[Recipient]) -> Weight {
    let people = in_table.iter().filter(|r| matches!(r.link, Link::Person(_))).count();
    let houses = in_table.iter().filter(|r| matches!(r.link, Link::Household(_))).count();
    let households = houses > people;
    let key = |entry: &Entry| if households { entry.household } else { entry.person };
    let units = |records: &Records, exposed: &dyn Fn(u32) -> bool| {
        let mut units: FxHashMap<Key, Unit> = FxHashMap::default();
        for (place, entry) in (0..).zip(&records.entries) {
            let unit = units.entry(key(entry)).or_default();
            unit.town = entry.town;
            unit.exposed |= exposed(place);
        }
        units
    };
    let table = units(exposure.table, &|place| exposure.is_exposed(place));
    let mut public = exposure.public.map(|file| units(file, &|_| false)).unwrap_or_default();
    for (key, unit) in &mut public {
        unit.exposed = table.get(key).is_some_and(|unit| unit.exposed);
    }
    let first = |records: &Records, link: &Link| {
        link.records().first().and_then(|record| records.entries.get(*record as usize)).map(key)
    };
    let none = Link::None(crate::link::Unlinked::NoAddress);
    let mut seen = FxHashSet::default();
    let mut recipients: Vec<(Option<Key>, Option<Key>)> = Vec::new();
    for (n, recipient) in in_table.iter().enumerate() {
        let of_table = first(exposure.table, &recipient.link);
        let public_link = in_public.get(n).map_or(&none, |recipient| &recipient.link);
        let of_public = exposure.public.and_then(|file| first(file, public_link));
        // A person who is written to twice is one recipient. Those who are linked to nobody cannot be told apart.
        if of_table.or(of_public).is_none_or(|key| seen.insert(key)) {
            recipients.push((of_table, of_public));
        }
    }
    Weighing { table, public, has_public: exposure.public.is_some(), recipients }.weigh(households)
}

struct Weighing {
    table: FxHashMap<Key, Unit>,
    public: FxHashMap<Key, Unit>,
    has_public: bool,
    /// Of each recipient: its unit in the table, and in the public file.
    recipients: Vec<(Option<Key>, Option<Key>)>,
}

impl Weighing {
    fn weigh(&self, households: bool) -> Weight {
        let mut tally = Tally { recipients: self.recipients.len(), ..Tally::default() };
        for (of_table, of_public) in &self.recipients {
            let exposed = of_table.and_then(|key| self.table.get(&key)).is_some_and(|unit| unit.exposed);
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
        let whole = Towns::new(self.table.values()).whole;
        let log10_chance = log10_at_least(tally.exposed, tally.linked, whole.exposed, whole.all);
        let least = alternatives.iter().min_by(|a, b| a.log10_ratio.total_cmp(&b.log10_ratio));
        let (verdict, reason) = verdict(&tally, least);
        Weight { tally, households, alternatives, log10_chance, verdict, reason }
    }

    fn unit(&self, key: Option<Key>) -> Option<&Unit> {
        key.and_then(|key| self.table.get(&key))
    }

    fn independent(&self, tally: &Tally) -> Alternative {
        let towns = Towns::new(self.table.values());
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
        let (table, file) = (Towns::new(self.table.values()), Towns::new(self.public.values()));
        // Of what was exposed, the share that the file has.
        let held = file.whole.exposed / table.whole.exposed.max(1.0);
        let chosen = share(tally.exposed_and_public, tally.exposed_and_public + tally.public_only);
        let (mut ratio, mut base, mut in_file) = (0.0, 0.0, 0.0);
        for (of_table, of_public) in &self.recipients {
            let exposed = self.unit(*of_table).is_some_and(|unit| unit.exposed);
            let other = ELSEWHERE / 2.0;
            let town = of_public.and_then(|key| self.public.get(&key)).and_then(|unit| unit.town);
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

/// log10 of the hypergeometric chance of at least `found` marked in `drawn` from `all`, of which `marked` are.
fn log10_at_least(found: usize, drawn: usize, marked: f64, all: f64) -> f64 {
    let drawn_f = f64::from(u32::try_from(drawn).unwrap_or(u32::MAX));
    let term = |k: usize| {
        let k = f64::from(u32::try_from(k).unwrap_or(u32::MAX));
        if k > marked || drawn_f - k > all - marked {
            return f64::NEG_INFINITY;
        }
        ln_choose(marked, k) + ln_choose(all - marked, drawn_f - k) - ln_choose(all, drawn_f)
    };
    let terms: Vec<f64> = (found..=drawn).map(term).collect();
    let most = terms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if most == f64::NEG_INFINITY {
        return 0.0; // Nothing was drawn, or more than there is: it says nothing.
    }
    let sum: f64 = terms.iter().map(|term| (term - most).exp()).sum();
    ((most + sum.ln()) / std::f64::consts::LN_10).min(0.0)
}

fn ln_choose(n: f64, k: f64) -> f64 {
    ln_factorial(n) - ln_factorial(k) - ln_factorial(n - k)
}

/// ln n!, by Stirling's series from 32 on: right to ten digits.
fn ln_factorial(n: f64) -> f64 {
    if n < 32.0 {
        let mut product = 1.0;
        let mut factor = 2.0;
        while factor <= n {
            product *= factor;
            factor += 1.0;
        }
        return f64::ln(product);
    }
    n * n.ln() - n + 0.5 * (std::f64::consts::TAU * n).ln() + 1.0 / (12.0 * n) - 1.0 / (360.0 * n * n * n)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hypergeometric_tail() {
        let check = |found, drawn, marked, all, wanted: f64| {
            let got = log10_at_least(found, drawn, marked, all);
            assert!((got - wanted.log10()).abs() < 1e-9, "{found} of {drawn}: {got} {}", wanted.log10());
        };
        // By counting: all hands of cards.
        check(1, 1, 4.0, 52.0, 4.0 / 52.0);
        check(2, 2, 4.0, 52.0, 6.0 / 1326.0);
        check(1, 2, 4.0, 52.0, 1.0 - (48.0 * 47.0) / (52.0 * 51.0));
        check(0, 5, 4.0, 52.0, 1.0);
        check(13, 13, 13.0, 52.0, 1.0 / 635_013_559_600.0);
    }
}
