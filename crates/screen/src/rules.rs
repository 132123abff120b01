//! Which configuration rules which candidate.

use names::NameKind;

use crate::{Candidates, Configuration, Profile, Score};

/// The configurations that rule some candidates, settled once and used for every query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    configurations: Vec<Configuration>,
    /// For each candidate the place of its configuration; empty where one rules all.
    of: Vec<u16>,
    /// The match thresholds that there are, for an index's bound.
    lines: Vec<Line>,
}

/// In `of`: a candidate that is not searched for.
const OUT_OF_SCOPE: u16 = u16::MAX;

/// Candidates that are returned from one score on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) threshold: Score,
    /// The lowest of their floors.
    name_floor: Score,
    /// The kinds of name that they have, a bit for each.
    kinds: u8,
}

impl Line {
    /// Whether attributes can bring anybody over the line: they lift only a name that stands above the floor.
    pub(crate) fn can_be_lifted_to(&self) -> bool {
        self.threshold > self.name_floor
    }

    /// Whether any of the candidates has a name of that kind.
    pub(crate) fn holds(&self, kind: NameKind) -> bool {
        self.kinds & bit(kind) != 0
    }
}

fn bit(kind: NameKind) -> u8 {
    match kind {
        NameKind::Person => 1,
        NameKind::Organization => 2,
        NameKind::Vehicle => 4,
    }
}

const ALL_KINDS: u8 = 7;

impl Ruling {
    /// One configuration for all candidates.
    #[must_use]
    pub fn uniform(configuration: Configuration) -> Self {
        Self { configurations: vec![configuration], of: Vec::new(), lines: Vec::new() }
    }

    /// A configuration for each candidate; `None` for those that are out of scope.
    ///
    /// # Errors
    /// More than 65,535 different configurations.
    pub fn new(
        candidates: &(impl Candidates + ?Sized),
        configuration_of: impl Fn(usize) -> Option<Configuration>,
    ) -> Result<Self, TooManyConfigurations> {
        let mut ruling = Self { configurations: Vec::new(), of: Vec::new(), lines: Vec::new() };
        for n in 0..candidates.len() {
            let Some(configuration) = configuration_of(n) else {
                ruling.of.push(OUT_OF_SCOPE);
                continue;
            };
            ruling.draw(&configuration, candidates.get(n));
            let known = ruling.configurations.iter().position(|c| *c == configuration);
            let place = known.unwrap_or_else(|| {
                ruling.configurations.push(configuration);
                ruling.configurations.len() - 1
            });
            let place = u16::try_from(place).ok().filter(|place| *place != OUT_OF_SCOPE);
            ruling.of.push(place.ok_or(TooManyConfigurations)?);
        }
        if ruling.configurations.len() == 1 && !ruling.of.contains(&OUT_OF_SCOPE) {
            (ruling.of, ruling.lines) = (Vec::new(), Vec::new());
        }
        Ok(ruling)
    }

    fn draw(&mut self, configuration: &Configuration, candidate: &Profile) {
        let Configuration { match_threshold: threshold, name_floor, .. } = *configuration;
        let kinds = candidate.names.iter().fold(0, |kinds, name| kinds | bit(name.kind));
        match self.lines.iter_mut().find(|line| line.threshold == threshold) {
            Some(line) => {
                line.kinds |= kinds;
                line.name_floor = line.name_floor.min(name_floor);
            }
            None => self.lines.push(Line { threshold, name_floor, kinds }),
        }
    }

    /// The different configurations in force, in the order of the candidates.
    #[must_use]
    pub fn configurations(&self) -> &[Configuration] {
        &self.configurations
    }

    /// What rules a candidate; `None` where it is out of scope.
    #[must_use]
    pub fn of(&self, candidate: usize) -> Option<&Configuration> {
        Rules::from(self).of(candidate)
    }
}

/// More different configurations than can be numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("more than 65,535 different settings for the parties of the lists")]
pub struct TooManyConfigurations;

/// What rules the candidates of a search: one configuration for all of them, or a [`Ruling`].
#[derive(Clone, Copy, Debug)]
pub enum Rules<'a> {
    /// One for all.
    One(&'a Configuration),
    /// One for each.
    Each(&'a Ruling),
}

impl<'a> From<&'a Configuration> for Rules<'a> {
    fn from(configuration: &'a Configuration) -> Self {
        Self::One(configuration)
    }
}

impl<'a> From<&'a Ruling> for Rules<'a> {
    fn from(ruling: &'a Ruling) -> Self {
        match ruling.configurations.as_slice() {
            [one] if ruling.of.is_empty() => Self::One(one),
            _ => Self::Each(ruling),
        }
    }
}

impl<'a> Rules<'a> {
    /// What rules a candidate; `None` where it is out of scope.
    pub fn of(self, candidate: usize) -> Option<&'a Configuration> {
        match self {
            Self::One(configuration) => Some(configuration),
            Self::Each(ruling) => ruling.configurations.get(usize::from(*ruling.of.get(candidate)?)),
        }
    }

    /// What rules a candidate, and the lowest score from which it is returned.
    pub(crate) fn line_of(
        self,
        candidate: usize,
        threshold: Option<Score>,
    ) -> Option<(&'a Configuration, Score)> {
        let configuration = self.of(candidate)?;
        Some((configuration, threshold.unwrap_or(configuration.match_threshold)))
    }

    /// Calls for each line that candidates must reach, where all must reach one and where each has its own.
    pub(crate) fn each_line(self, threshold: Option<Score>, mut each: impl FnMut(Line)) {
        match (self, threshold) {
            (Self::One(c), _) => {
                let threshold = threshold.unwrap_or(c.match_threshold);
                each(Line { threshold, name_floor: c.name_floor, kinds: ALL_KINDS });
            }
            (Self::Each(ruling), None) => ruling.lines.iter().for_each(|line| each(*line)),
            (Self::Each(ruling), Some(threshold)) => {
                if let Some(name_floor) = ruling.lines.iter().map(|line| line.name_floor).min() {
                    let kinds = ruling.lines.iter().fold(0, |kinds, line| kinds | line.kinds);
                    each(Line { threshold, name_floor, kinds });
                }
            }
        }
    }
}
