//! What weights make of the development sets: the figures of the quality bars.

use names::Weights;

use super::data::{Data, Pair, Query, Rank, rank};

/// The score from which on a pair matches, in ten-thousandths.
const MATCH: i64 = 7_000;

/// Figures of `tools/bars.py`, computed on some of the folds.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Figures {
    pub altered: f64,
    /// At one false alarm in 1,000 unlisted people.
    pub altered_above: f64,
    pub aliases: f64,
    /// At one false alarm in 100 unlisted people.
    pub aliases_above: f64,
    pub unlisted: f64,
    pub f1: f64,
    pub auc: f64,
    /// Share of our own cases that come out as written.
    pub cases: f64,
}

impl Figures {
    pub(super) fn of(data: &Data, weights: &Weights, wanted: &dyn Fn(usize) -> bool) -> Self {
        let best = |query: &Query| best(query, weights).map(|(rank, _)| rank).unwrap_or_default();
        let mut alarms: Vec<Rank> = data.unlisted.iter().filter(|q| wanted(q.fold)).map(best).collect();
        alarms.sort_unstable_by(|a, b| b.cmp(a));
        let cut = |one_in: usize| {
            alarms.get((alarms.len() / one_in).saturating_sub(1)).copied().unwrap_or_default()
        };
        let (altered, altered_above) = recall(&data.altered, weights, wanted, cut(1_000));
        let (aliases, aliases_above) = recall(&data.aliases, weights, wanted, cut(100));
        let (ranks, same): (Vec<Rank>, Vec<bool>) = ranked(&data.pairs, weights, wanted);
        let (cases, verdicts) = ranked(&data.cases, weights, wanted);
        let right = cases.iter().zip(&verdicts).filter(|(rank, same)| (rank.0 >= MATCH) == **same).count();
        Self {
            altered,
            altered_above,
            aliases,
            aliases_above,
            unlisted: share(alarms.iter().filter(|rank| rank.0 >= MATCH).count(), alarms.len()),
            f1: f1(&ranks, &same),
            auc: auc(&ranks, &same),
            cases: share(right, verdicts.len()),
        }
    }

    /// What the search raises. False alarms at the match threshold count only where there are more than 2 in 1,000: the
    /// rest of the figures already punish them.
    pub(super) fn objective(&self) -> f64 {
        let many = (self.unlisted - 0.002).max(0.0) * 20.0;
        self.f1
            + self.auc
            + self.altered
            + 2.0 * self.altered_above
            + self.aliases
            + self.aliases_above
            + 2.0 * self.cases
            - many
    }

    /// Heading of a table of figures.
    pub(super) const HEADING: &'static str = "| | altered recall@1 | at 1 in 1,000 | aliases recall@1 | at 1 in 100 | unlisted at 0.70 | pairs F1 | AUC | our cases |\n|---|---|---|---|---|---|---|---|---|";

    pub(super) fn row(&self, name: &str) -> String {
        format!(
            "| {name} | {:.3} | {:.3} | {:.3} | {:.3} | {:.4} | {:.3} | {:.3} | {:.3} |",
            self.altered,
            self.altered_above,
            self.aliases,
            self.aliases_above,
            self.unlisted,
            self.f1,
            self.auc,
            self.cases
        )
    }

    /// The mean of the figures of several folds.
    pub(super) fn mean(all: &[Self]) -> Self {
        let mean = |part: fn(&Self) -> f64| all.iter().map(part).sum::<f64>() / all.len().max(1) as f64;
        Self {
            altered: mean(|f| f.altered),
            altered_above: mean(|f| f.altered_above),
            aliases: mean(|f| f.aliases),
            aliases_above: mean(|f| f.aliases_above),
            unlisted: mean(|f| f.unlisted),
            f1: mean(|f| f.f1),
            auc: mean(|f| f.auc),
            cases: mean(|f| f.cases),
        }
    }
}

/// The first result of a query: rank, ties by id.
fn best<'a>(query: &'a Query, weights: &Weights) -> Option<(Rank, &'a str)> {
    let ranked = query.candidates.iter().map(|c| (rank(&c.names, weights), &*c.id));
    ranked.max_by(|(a, x), (b, y)| a.cmp(b).then(y.cmp(x)))
}

fn recall(queries: &[Query], weights: &Weights, wanted: &dyn Fn(usize) -> bool, cut: Rank) -> (f64, f64) {
    let (mut all, mut found, mut above) = (0, 0, 0);
    for query in queries.iter().filter(|q| wanted(q.fold)) {
        all += 1;
        if let Some((rank, id)) = best(query, weights)
            && Some(id) == query.gold.as_deref()
        {
            found += 1;
            above += usize::from(rank > cut);
        }
    }
    (share(found, all), share(above, all))
}

fn ranked(pairs: &[Pair], weights: &Weights, wanted: &dyn Fn(usize) -> bool) -> (Vec<Rank>, Vec<bool>) {
    pairs.iter().filter(|p| wanted(p.fold)).map(|p| (rank(&p.names, weights), p.same)).unzip()
}

fn share(part: usize, all: usize) -> f64 {
    part as f64 / all.max(1) as f64
}

fn f1(ranks: &[Rank], same: &[bool]) -> f64 {
    let matched = ranks.iter().filter(|rank| rank.0 >= MATCH).count();
    let right = ranks.iter().zip(same).filter(|(rank, same)| rank.0 >= MATCH && **same).count();
    share(2 * right, matched + same.iter().filter(|same| **same).count())
}

/// The chance that a pair of the same party ranks above one of two; ties count half.
fn auc(ranks: &[Rank], same: &[bool]) -> f64 {
    let of =
        |wanted: bool| ranks.iter().zip(same).filter(move |(_, same)| **same == wanted).map(|(rank, _)| rank);
    let (mut wins, mut all) = (0, 0);
    for yes in of(true) {
        for no in of(false) {
            wins += 1 + yes.cmp(no) as i32;
            all += 2;
        }
    }
    f64::from(wins) / f64::from(all.max(1))
}
