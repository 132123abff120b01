//! The plain and correct search: every candidate is scored.

use crate::{Candidates, Profile, Rules, Score, Scored, score};

/// What to return. The default: every match threshold's own results, without a limit.
#[derive(Clone, Copy, Debug, Default)]
pub struct Request {
    /// Lowest score that is returned; `None`: of each party the match threshold that rules it. Scores never depend on
    /// it.
    pub threshold: Option<Score>,
    /// Most results; those that tie with the last one are returned with it.
    pub limit: Option<usize>,
}

/// One result: which candidate, and its score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Index of the candidate.
    pub entity: usize,
    /// Its score and evidence.
    pub scored: Scored,
}

/// The results of a query, best first: by score, then bits, then id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Results at or above the threshold, before the limit.
    pub total: usize,
    /// Whether the limit kept some back.
    pub truncated: bool,
    /// The results.
    pub hits: Vec<Hit>,
}

/// Scores every candidate that is in scope. It shares no code with any index: it is what an index is checked against.
#[must_use]
pub fn exhaustive<'a>(
    query: &Profile,
    entities: &(impl Candidates + ?Sized),
    rules: impl Into<Rules<'a>>,
    request: Request,
) -> Answer {
    let rules = rules.into();
    let mut hits: Vec<Hit> = Vec::new();
    for entity in 0..entities.len() {
        let Some(configuration) = rules.of(entity) else { continue };
        let least = request.threshold.unwrap_or(configuration.match_threshold);
        if let Some(scored) = score(query, entities.get(entity), configuration).filter(|s| s.score >= least) {
            hits.push(Hit { entity, scored });
        }
    }
    rank(hits, entities, request.limit)
}

/// Orders results and applies the limit, without splitting a tie.
pub(crate) fn rank(
    mut hits: Vec<Hit>,
    entities: &(impl Candidates + ?Sized),
    limit: Option<usize>,
) -> Answer {
    let worth = |hit: &Hit| (hit.scored.score, hit.scored.bits);
    hits.sort_by(|a, b| {
        let id = |hit: &Hit| &*entities.get(hit.entity).id;
        worth(b).cmp(&worth(a)).then_with(|| id(a).cmp(id(b)))
    });
    let total = hits.len();
    if let Some(last) = limit.and_then(|limit| hits.get(limit.checked_sub(1)?)).map(worth) {
        hits.retain(|hit| worth(hit) >= last);
    } else if limit == Some(0) {
        hits.clear();
    }
    Answer { total, truncated: hits.len() < total, hits }
}
