//! What came of a validation: one record for each name that was put to the filter, and the figures over them.

use std::collections::BTreeMap;

use crate::{Group, Random, Severity, Share, TREATMENTS};

/// Results just above and just below the line that are shown, each.
const AT_THE_LINE: usize = 20;

/// How far from the line they lie at most, in ten-thousandths.
const NEAR: u16 = 500;

/// The lowest threshold of the curve, and the step, in ten-thousandths.
const LOWEST: u16 = 3000;
const STEP: usize = 500;

/// Why a score is no higher: the row of the evidence that loses most.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Why {
    /// What the row says.
    pub kind: String,
    /// The query's words.
    pub query: String,
    /// The listed words.
    pub listed: String,
}

/// One listed name, put to the filter as published or altered.
#[derive(Clone, Debug)]
pub struct Trial {
    /// The party.
    pub entity: String,
    /// What kind of party.
    pub group: Group,
    /// The script of the name.
    pub script: &'static str,
    /// The name as published.
    pub listed: String,
    /// The name as it was asked for.
    pub query: String,
    /// The treatment by its place in [`TREATMENTS`]; `None` for the name as published.
    pub treatment: Option<usize>,
    /// Whether the publisher calls the name weak.
    pub weak: bool,
    /// The rows of their own that the name belongs to, by their places in [`SPECIAL`].
    pub special: Vec<usize>,
    /// Score of the right party, in ten-thousandths; 0 where nothing agrees.
    pub score: u16,
    /// Whether the search at the line brought it, as a match.
    pub found: bool,
    /// Its place among the matches, from 1; parties with the same score and bits share one.
    pub rank: Option<usize>,
    /// Whether the pair alone is a match and the search did not bring it: an error of the filter, whatever the name.
    pub lost: bool,
    /// Why it was not found.
    pub why: Option<Why>,
    /// The reason that is documented for not finding it.
    pub excused: Option<String>,
}

impl Trial {
    /// What is asked of the filter here: weak aliases are a figure of their own.
    fn severity(&self) -> Option<Severity> {
        self.treatment.filter(|_| !self.weak).map(|t| TREATMENTS[t].severity)
    }
}

/// A result at any score, for the calibration.
#[derive(Clone, Debug)]
pub struct Found {
    /// The name asked for.
    pub query: String,
    /// The listed name that it met.
    pub met: String,
    /// The party.
    pub entity: String,
    /// The score, in ten-thousandths.
    pub score: u16,
    /// Whether this is the party that was meant; never for a name that is not listed.
    pub right: bool,
    /// Whether the name is one that nobody listed.
    pub placebo: bool,
}

/// A name that nobody listed, put to the filter.
#[derive(Clone, Debug)]
pub struct Alarm {
    /// Where such names come from.
    pub origin: String,
    /// The name.
    pub query: String,
    /// Score of the best result, in ten-thousandths; 0 where there is none.
    pub score: u16,
    /// Whether it is a match.
    pub alarm: bool,
    /// The listed name that it met best.
    pub met: String,
    /// The party.
    pub entity: String,
}

/// Groups of names that examiners found lost (R3), each a row of its own.
pub const SPECIAL: &[(&str, &str)] = &[
    ("One word", "names of one word"),
    ("With digits", "names with a digit in them"),
    ("Very long", "names of eight words or sixty characters, or more"),
    ("With a title", "people whose listed name has a title or suffix in it"),
    ("Not Latin", "names in another script than Latin"),
    ("Weak aliases", "names that the publisher itself calls weak"),
];

/// A treatment with what came of it.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Its place in [`TREATMENTS`].
    pub treatment: usize,
    /// Names that it applies to.
    pub applicable: usize,
    /// Found, of those tested.
    pub share: Share,
    /// By kind of party and script: the column of [`Outcome::columns`], and the share.
    pub cells: BTreeMap<String, Share>,
}

/// A group of names with what came of them.
#[derive(Clone, Debug, Default)]
pub struct Special {
    /// As published.
    pub exact: Share,
    /// Altered, required treatments; of weak aliases, all.
    pub altered: Share,
}

/// What a threshold would find and cost.
#[derive(Clone, Copy, Debug, Default)]
pub struct Point {
    /// In ten-thousandths.
    pub threshold: u16,
    /// Names as published whose party scores at least that.
    pub exact: Share,
    /// ... altered, required treatments.
    pub altered: Share,
    /// ... altered, stress.
    pub stress: Share,
    /// Names that are not listed and have a result of at least that.
    pub alarms: Share,
}

/// Results of a band of scores.
#[derive(Clone, Copy, Debug, Default)]
pub struct Band {
    /// From this score on, in ten-thousandths.
    pub from: u16,
    /// Below this one; the last band holds 1.0 alone.
    pub to: u16,
    /// Results that are the right party, of all in the band.
    pub right: Share,
}

/// How long single queries took, in microseconds of wall time. The only figures that differ between two runs.
#[derive(Clone, Debug, Default)]
pub struct Timings {
    /// The whole run, in milliseconds.
    pub run: u64,
    /// Threads.
    pub threads: usize,
    /// Each query at the line, in the order of the trials; then sorted.
    pub sorted: Vec<u32>,
    /// The slowest: microseconds and the name asked for.
    pub slowest: Vec<(u32, String)>,
}

impl Timings {
    /// The time that so many of a thousand queries do not exceed.
    #[must_use]
    pub fn quantile(&self, per_mille: usize) -> u32 {
        let at = (self.sorted.len() * per_mille / 1000).min(self.sorted.len().saturating_sub(1));
        self.sorted.get(at).copied().unwrap_or_default()
    }
}

/// A file and its hash.
#[derive(Clone, Debug, Default)]
pub struct Hashed {
    /// Its name.
    pub name: String,
    /// SHA-256.
    pub sha256: String,
}

/// A list as it was validated.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    /// What the user called it.
    pub source: String,
    /// Dataset.
    pub dataset: String,
    /// Version.
    pub version: String,
    /// SHA-256 over its files.
    pub sha256: String,
    /// Parties on it.
    pub parties: usize,
    /// Rows that could not be read: whoever stood there is not validated.
    pub skipped: usize,
    /// Its files.
    pub files: Vec<Hashed>,
}

/// What was validated, under which parameters.
#[derive(Clone, Debug, Default)]
pub struct Setting {
    /// Engine and version.
    pub engine: String,
    /// The policy's settings in words.
    pub settings: String,
    /// SHA-256 of the policy.
    pub configuration: String,
    /// SHA-256 of the engine's tables.
    pub tables: String,
    /// The validation's own tables.
    pub own_tables: Vec<Hashed>,
    /// The lists.
    pub lists: Vec<Listed>,
    /// Where the names that are not listed come from: `generated`, or the user's file.
    pub placebo: String,
    /// SHA-256 of that file.
    pub placebo_sha256: Option<String>,
    /// Names of it that are listed verbatim and left out.
    pub placebo_listed: usize,
    /// Rows of it that could not be screened.
    pub placebo_failed: usize,
    /// Seed of every draw.
    pub seed: u64,
    /// Records asked for.
    pub records: usize,
    /// The match line, in ten-thousandths.
    pub line: u16,
    /// Variants left out because another listed name is spelt so.
    pub collisions: usize,
}

/// A validation.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// What was validated.
    pub setting: Setting,
    /// Names as published.
    pub exact: Share,
    /// Of those not found, how many have a documented reason.
    pub excused: usize,
    /// Altered names, required treatments.
    pub altered: Share,
    /// Altered names, stress.
    pub stress: Share,
    /// Names that are not listed and alarmed.
    pub alarms: Share,
    /// Pairs that match and that the search did not bring.
    pub lost: usize,
    /// Altered names (required) that were found as first, second to fifth, sixth to tenth, later.
    pub ranks: [usize; 4],
    /// The columns of the matrix: `Person, Latin`, the largest first.
    pub columns: Vec<String>,
    /// The treatments that applied to any name.
    pub rows: Vec<Row>,
    /// R3: the groups of [`SPECIAL`].
    pub special: Vec<Special>,
    /// By threshold, 0.30 to 1.00.
    pub curve: Vec<Point>,
    /// By score.
    pub bands: Vec<Band>,
    /// Queries behind the bands: listed ones altered, and not listed.
    pub banded: (usize, usize),
    /// False alarms by origin, worst first.
    pub origins: Vec<(String, Share)>,
    /// The false alarms, highest score first.
    pub false_alarms: Vec<Alarm>,
    /// Results just above the line, then just below, by lot.
    pub at_the_line: [Vec<Found>; 2],
    /// Listed names that were not found: as published first, then by treatment.
    pub misses: Vec<Trial>,
    /// How long it took.
    pub timings: Timings,
}

impl Outcome {
    /// The figures over all records. `applicable` is of [`crate::Sample`]; `found` are the results of a part of the
    /// queries at any score, `queries` how many of them were for listed and unlisted names.
    #[must_use]
    pub fn new(
        setting: Setting,
        trials: Vec<Trial>,
        applicable: &[usize],
        alarms: Vec<Alarm>,
        found: Vec<Found>,
        banded: (usize, usize),
    ) -> Self {
        let mut outcome = Self {
            special: vec![Special::default(); SPECIAL.len()],
            curve: curve(&trials, &alarms),
            bands: bands(&found),
            banded,
            at_the_line: at_the_line(found, setting.line, setting.seed),
            setting,
            ..Self::default()
        };
        outcome.rows = (0..TREATMENTS.len())
            .map(|t| Row {
                treatment: t,
                applicable: applicable.get(t).copied().unwrap_or(0),
                ..Row::default()
            })
            .collect();
        for trial in &trials {
            outcome.count(trial);
        }
        outcome.rows.retain(|row| row.share.of > 0);
        outcome.columns = columns(&outcome.rows);
        outcome.misses = trials.into_iter().filter(|t| !t.found).collect();
        outcome.misses.sort_by_key(|t| t.treatment);
        outcome.count_alarms(alarms);
        outcome
    }

    fn count(&mut self, trial: &Trial) {
        self.lost += usize::from(trial.lost);
        match trial.treatment {
            None => {
                self.exact.count(trial.found);
                self.excused += usize::from(!trial.found && trial.excused.is_some());
                for &row in &trial.special {
                    self.special[row].exact.count(trial.found);
                }
            }
            Some(treatment) => {
                let required = TREATMENTS[treatment].severity == Severity::Required;
                // Weak aliases are a row of their own, and none of the others'.
                let own = |row: &&usize| !trial.weak || **row + 1 == SPECIAL.len();
                for &row in trial.special.iter().filter(|_| required).filter(own) {
                    self.special[row].altered.count(trial.found);
                }
                match trial.severity() {
                    Some(Severity::Required) => {
                        self.altered.count(trial.found);
                        if let Some(rank) = trial.rank {
                            let place = match rank {
                                1 => 0,
                                2..=5 => 1,
                                6..=10 => 2,
                                _ => 3,
                            };
                            self.ranks[place] += 1;
                        }
                    }
                    Some(Severity::Stress) => self.stress.count(trial.found),
                    None => return,
                }
                let row = &mut self.rows[treatment];
                row.share.count(trial.found);
                let column = format!("{}, {}", trial.group.name(), trial.script);
                row.cells.entry(column).or_default().count(trial.found);
            }
        }
    }

    fn count_alarms(&mut self, alarms: Vec<Alarm>) {
        let mut origins: BTreeMap<String, Share> = BTreeMap::new();
        for alarm in &alarms {
            self.alarms.count(alarm.alarm);
            origins.entry(alarm.origin.clone()).or_default().count(alarm.alarm);
        }
        self.origins = origins.into_iter().collect();
        self.origins.sort_by(|a, b| b.1.percent().total_cmp(&a.1.percent()).then_with(|| a.0.cmp(&b.0)));
        self.false_alarms = alarms.into_iter().filter(|a| a.alarm).collect();
        self.false_alarms.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.query.cmp(&b.query)));
    }

    /// False alarms for each thousand names that are not listed.
    #[must_use]
    pub fn alarms_per_thousand(&self) -> f64 {
        10.0 * self.alarms.percent()
    }

    /// Required treatments first, then stress; each from the one that loses most.
    #[must_use]
    pub fn by_severity(&self, severity: Severity) -> Vec<&Row> {
        let mut rows: Vec<&Row> =
            self.rows.iter().filter(|row| TREATMENTS[row.treatment].severity == severity).collect();
        rows.sort_by(|a, b| {
            a.share.percent().total_cmp(&b.share.percent()).then(a.treatment.cmp(&b.treatment))
        });
        rows
    }
}

/// The columns that any treatment has, those with most variants first.
fn columns(rows: &[Row]) -> Vec<String> {
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    for (column, share) in rows.iter().flat_map(|row| &row.cells) {
        *sizes.entry(column).or_default() += share.of;
    }
    let mut columns: Vec<(&str, usize)> = sizes.into_iter().collect();
    columns.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    columns.into_iter().map(|(column, _)| column.to_owned()).collect()
}

fn curve(trials: &[Trial], alarms: &[Alarm]) -> Vec<Point> {
    let point = |threshold: u16| {
        let mut point = Point { threshold, ..Point::default() };
        for trial in trials {
            let share = match trial.severity() {
                None if trial.treatment.is_none() => &mut point.exact,
                None => continue,
                Some(Severity::Required) => &mut point.altered,
                Some(Severity::Stress) => &mut point.stress,
            };
            share.count(trial.score >= threshold);
        }
        for alarm in alarms {
            point.alarms.count(alarm.score >= threshold);
        }
        point
    };
    (LOWEST..=10_000).step_by(STEP).map(point).collect()
}

fn bands(found: &[Found]) -> Vec<Band> {
    let starts: Vec<u16> = (LOWEST..=10_000).step_by(STEP).collect();
    let band = |from: &u16| {
        let to = (*from + STEP as u16).min(10_001);
        let mut right = Share::default();
        for one in found.iter().filter(|f| (*from..to).contains(&f.score)) {
            right.count(one.right);
        }
        Band { from: *from, to: to.min(10_000), right }
    };
    starts.iter().map(band).collect()
}

/// A sample by lot of the results that a line a little lower would add, and of those that a line a little higher would
/// lose: what a reviewer reads to judge the line itself.
fn at_the_line(found: Vec<Found>, line: u16, seed: u64) -> [Vec<Found>; 2] {
    let lot = |f: &Found| Random::new(seed, &["line", &f.query, &f.entity]).number();
    let (mut above, mut below) = (Vec::new(), Vec::new());
    for one in found {
        if (line..line.saturating_add(NEAR)).contains(&one.score) {
            above.push(one);
        } else if (line.saturating_sub(NEAR)..line).contains(&one.score) {
            below.push(one);
        }
    }
    [above, below].map(|mut side| {
        side.sort_by_cached_key(|f| (lot(f), f.query.clone()));
        side.truncate(AT_THE_LINE);
        side.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.query.cmp(&b.query)));
        side
    })
}
