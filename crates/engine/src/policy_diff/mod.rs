//! What another policy would change on the queries of a file: which matches it would gain and lose, and why.

mod form;

pub use form::diff_to_json;

use std::collections::BTreeMap;
use std::path::Path;

use model::Schema;
use screen::{Answer, Candidates, Configuration, Profile, Score, Scored, Setting, score};

use crate::batch::{NAMED_FAILURES, cut_short};
use crate::chunks::{Piece, in_order, pool};
use crate::input::{Row, Rows};
use crate::{EngineError, InputOptions, Progress, Query, Request, Screening, Search};

/// Queries to ask under both policies.
pub struct DiffRequest<'a> {
    /// The file of past queries.
    pub input: &'a Path,
    /// How to read it.
    pub options: InputOptions,
    /// Threads; `None` for one a core.
    pub threads: Option<usize>,
}

/// What becomes of a listed party as a result of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ChangeKind {
    /// It is a match under the new policy and was none under the old.
    Gained,
    /// It was a match under the old policy and is none under the new.
    Lost,
    /// It stays a match, or none, and its score, its bits or whether it is returned change.
    Changed,
}

impl ChangeKind {
    /// Its name in outputs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Gained => "gained",
            Self::Lost => "lost",
            Self::Changed => "changed",
        }
    }
}

/// How a query meets a listed party under one policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The score, whether or not it is returned.
    pub score: Score,
    /// Millibits.
    pub bits: i32,
    /// Whether the score reaches the party's match threshold.
    pub returned: bool,
    /// Whether it is a match.
    pub matched: bool,
    /// The party's match threshold.
    pub threshold: Score,
}

/// One result that the policies see differently.
#[derive(Clone, Debug)]
pub struct Change {
    /// Id of the row.
    pub row: String,
    /// Its line in the file, from 1.
    pub line: u64,
    /// What is asked for.
    pub query: String,
    /// Id of the listed party.
    pub id: String,
    /// Its name.
    pub caption: String,
    /// Its schema.
    pub schema: Schema,
    /// The dataset of its list.
    pub list: String,
    /// What changes.
    pub kind: ChangeKind,
    /// The setting that makes the difference: `threshold`, `programme` ...; `a or b` where either does by itself, `a
    /// and b` where it takes both.
    pub reason: String,
    /// Under the old policy; `None`: out of scope, or nothing agrees.
    pub old: Option<Verdict>,
    /// Under the new policy.
    pub new: Option<Verdict>,
}

/// Changes by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Matches gained.
    pub gained: u64,
    /// Matches lost.
    pub lost: u64,
    /// Results that change otherwise.
    pub changed: u64,
}

impl Counts {
    fn add(&mut self, kind: ChangeKind) {
        match kind {
            ChangeKind::Gained => self.gained += 1,
            ChangeKind::Lost => self.lost += 1,
            ChangeKind::Changed => self.changed += 1,
        }
    }
}

/// What came of a comparison of policies.
#[derive(Debug, Default)]
pub struct DiffReport {
    /// Rows read.
    pub rows: u64,
    /// Rows that could not be screened.
    pub failed: u64,
    /// The first of them: id, line, reason. No personal data.
    pub failures: Vec<(String, u64, String)>,
    /// Rows with any change.
    pub rows_changed: u64,
    /// Rows without a match under the old policy that have one under the new.
    pub rows_newly_matched: u64,
    /// Rows with a match under the old policy that have none under the new.
    pub rows_newly_clear: u64,
    /// Matches of all rows under the old policy.
    pub matches_old: u64,
    /// Matches of all rows under the new policy.
    pub matches_new: u64,
    /// All changes.
    pub total: Counts,
    /// Changes by list and schema.
    pub by_party: BTreeMap<(String, String), Counts>,
    /// Changes by reason.
    pub by_reason: BTreeMap<String, Counts>,
    /// Things to tell the user.
    pub warnings: Vec<String>,
}

/// Screens a file under two policies over the same lists and hands out every result that they see differently, in the
/// order of the rows, then best first.
///
/// # Errors
/// The input cannot be opened or ends in damage, or `each` fails.
pub fn diff_policies(
    old: &Screening<'_>,
    new: &Screening<'_>,
    request: &DiffRequest<'_>,
    each: &mut dyn FnMut(&Change) -> Result<(), EngineError>,
    progress: &mut dyn FnMut(Progress),
) -> Result<DiffReport, EngineError> {
    let pool = pool(request.threads)?;
    let Rows { reader, form, mut warnings, .. } = Rows::open(request.input, request.options.clone())?;
    let of_bytes = reader.position.of;
    let mut report = DiffReport::default();
    for (which, screening) in [("old", old), ("new", new)] {
        report.warnings.extend(screening.warnings().iter().map(|w| format!("{which} policy: {w}")));
    }
    let mut recoded = 0_u64;
    let work = |piece: &Piece<'_>| -> Vec<(Row, Compared)> {
        let compared = |row| {
            let compared = compare(&row, old, new);
            (row, compared)
        };
        piece.rows().map(compared).collect()
    };
    let damage = in_order(&pool, reader, &form, work, false, |rows, behind| {
        for (row, compared) in rows {
            recoded += u64::from(row.recoded);
            report.count(row, &compared);
            compared.changes.iter().try_for_each(&mut *each)?;
        }
        progress(Progress { rows: report.rows, bytes: behind.bytes, of_bytes, ..Progress::default() });
        Ok(())
    })?;
    if let Some(e) = damage {
        return Err(cut_short(request.input, report.rows, &e));
    }
    report.warnings.append(&mut warnings);
    if recoded > 0 {
        report.warnings.push(format!("{recoded} rows were not UTF-8 and were read as windows-1252"));
    }
    Ok(report)
}

#[derive(Default)]
struct Compared {
    changes: Vec<Change>,
    matches: [u64; 2],
}

impl DiffReport {
    fn count(&mut self, row: Row, compared: &Compared) {
        self.rows += 1;
        if let Err(reason) = row.query {
            self.failed += 1;
            if self.failures.len() < NAMED_FAILURES {
                self.failures.push((row.id, row.line, reason));
            }
        }
        let [old, new] = compared.matches;
        self.matches_old += old;
        self.matches_new += new;
        self.rows_changed += u64::from(!compared.changes.is_empty());
        self.rows_newly_matched += u64::from(old == 0 && new > 0);
        self.rows_newly_clear += u64::from(old > 0 && new == 0);
        for change in &compared.changes {
            self.total.add(change.kind);
            let party = (change.list.clone(), change.schema.name().to_owned());
            self.by_party.entry(party).or_default().add(change.kind);
            self.by_reason.entry(change.reason.clone()).or_default().add(change.kind);
        }
    }
}

fn compare(row: &Row, old: &Screening<'_>, new: &Screening<'_>) -> Compared {
    let Ok(query) = &row.query else { return Compared::default() };
    let answers = [old, new].map(|s| s.screen(query, Request::default(), Search::Indexed));
    let matches = |answer: &Answer| answer.hits.iter().filter(|hit| hit.scored.matched).count() as u64;
    let mut compared =
        Compared { matches: [matches(&answers[0]), matches(&answers[1])], ..Compared::default() };
    if answers[0] == answers[1] {
        return compared;
    }
    let mut seen: Vec<usize> = Vec::new();
    for hit in answers.iter().flat_map(|answer| &answer.hits) {
        if !seen.contains(&hit.entity) {
            seen.push(hit.entity);
            compared.changes.extend(change(row, query, hit.entity, old, new));
        }
    }
    compared
}

/// How a query meets one listed party, with the evidence.
type Met = Option<(Verdict, Scored)>;

fn met(query: &Profile, listed: &Profile, under: Option<&Configuration>) -> Met {
    let under = under?;
    let scored = score(query, listed, under)?;
    let threshold = under.match_threshold;
    let Scored { score, bits, matched, .. } = scored;
    Some((Verdict { score, bits, returned: score >= threshold, matched, threshold }, scored))
}

/// What of it a change of that kind is about; `None` where there is nothing to see.
fn outcome(met: &Met, kind: ChangeKind) -> Option<(bool, Option<&Scored>)> {
    let (verdict, scored) = met.as_ref().filter(|(verdict, _)| verdict.returned)?;
    match kind {
        ChangeKind::Changed => Some((verdict.matched, Some(scored))),
        _ => verdict.matched.then_some((true, None)),
    }
}

fn change(
    row: &Row,
    query: &Query,
    entity: usize,
    old: &Screening<'_>,
    new: &Screening<'_>,
) -> Option<Change> {
    let listed = old.library().profiles().get(entity);
    let ruled = [old.ruling(entity), new.ruling(entity)];
    let sides = ruled.map(|under| met(query.profile(), listed, under));
    let kind = match sides.each_ref().map(|met| met.as_ref().is_some_and(|(v, _)| v.matched)) {
        [false, true] => ChangeKind::Gained,
        [true, false] => ChangeKind::Lost,
        _ if outcome(&sides[0], ChangeKind::Changed) == outcome(&sides[1], ChangeKind::Changed) => {
            return None;
        }
        _ => ChangeKind::Changed,
    };
    let reason = match ruled {
        [Some(from), Some(to)] => reason(from, to, |under| {
            let met = met(query.profile(), listed, Some(under));
            outcome(&met, kind) == outcome(&sides[1], kind)
        }),
        _ => "programme".to_owned(),
    };
    let (list, party) = old.library().entity(entity);
    let [old, new] = sides.map(|met| met.map(|(verdict, _)| verdict));
    Some(Change {
        row: row.id.clone(),
        line: row.line,
        query: query.entity().caption().to_owned(),
        id: party.id.to_string(),
        caption: party.caption().to_owned(),
        schema: party.schema.clone(),
        list: list.dataset.clone(),
        kind,
        reason,
        old,
        new,
    })
}

/// Which settings bring about what the new policy says: each that does by itself, else as few as do together.
fn reason(from: &Configuration, to: &Configuration, as_new: impl Fn(&Configuration) -> bool) -> String {
    let pairs = from.settings().into_iter().zip(to.settings());
    let other: Vec<Setting> = pairs.filter(|(from, to)| from != to).map(|(_, to)| to).collect();
    let enough = |settings: &[Setting]| {
        let mut under = from.clone();
        settings.iter().for_each(|setting| setting.apply(&mut under));
        as_new(&under)
    };
    let keys =
        |settings: &[Setting], by: &str| settings.iter().map(Setting::key).collect::<Vec<_>>().join(by);
    let alone: Vec<Setting> = other.iter().copied().filter(|setting| enough(&[*setting])).collect();
    if !alone.is_empty() {
        return keys(&alone, " or ");
    }
    let mut together = other.clone();
    for setting in &other {
        let less: Vec<Setting> = together.iter().copied().filter(|kept| kept != setting).collect();
        if enough(&less) {
            together = less;
        }
    }
    keys(&together, " and ")
}
