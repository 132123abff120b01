//! Two names compared: the evidence for and against, and what it adds up to.

use crate::align::{Edge, Words, align};
use crate::parse::{Name, NameKind, Role, Token};
use crate::similar::Likeness;
use crate::tables::{ParticleKind, tables};
use crate::weights::weights;

/// What one row of evidence says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvidenceKind {
    /// Words agree, in one of the ways of [`Likeness`].
    Agree(Likeness),
    /// A word of each side stands against the other.
    Conflict,
    /// The query has a word that the candidate lacks.
    OnlyQuery,
    /// The candidate has a word that the query lacks.
    OnlyCandidate,
}

impl EvidenceKind {
    /// The name that explanations use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Agree(likeness) => likeness.name(),
            Self::Conflict => "conflict",
            Self::OnlyQuery => "only_query",
            Self::OnlyCandidate => "only_candidate",
        }
    }
}

/// One row of evidence between two names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// What it says.
    pub kind: EvidenceKind,
    /// Words of the query.
    pub query: String,
    /// Words of the candidate.
    pub candidate: String,
    /// Evidence in millibits; negative against.
    pub bits: i32,
    /// Millibits that agree: the row's part in the numerator of the score.
    pub gain: i32,
    /// Millibits at stake: the row's part in its denominator.
    pub stake: i32,
    /// Whether a word looks disguised on purpose: mixed scripts, invisible marks.
    pub disguised: bool,
}

/// Two names compared. The score of the names alone is `gain / stake`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// Sum of the rows' gains.
    pub gain: i32,
    /// Sum of the rows' stakes; at least 1.
    pub stake: i32,
    /// Sum of the rows' bits, in millibits.
    pub bits: i32,
    /// Sum of the bits of the rows that agree: what [`chance_stake`] asks for.
    pub agreeing: i32,
    /// The rows: agreements in the order of the query's words, then what is left over.
    pub rows: Vec<Evidence>,
}

/// Compares a query's name with a candidate's. `None` where nothing agrees.
#[must_use]
pub fn compare(query: &Name, candidate: &Name) -> Option<Comparison> {
    let mut edges = align(&query.tokens, &candidate.tokens);
    if edges.is_empty() {
        return None;
    }
    edges.sort_by_key(|edge| (edge.query.trailing_zeros(), edge.candidate.trailing_zeros()));
    let mut rows: Vec<Evidence> = edges.iter().map(|edge| agreement(edge, query, candidate)).collect();
    let used = edges.iter().fold((0, 0), |(q, c), edge| (q | edge.query, c | edge.candidate));
    rows.extend(other_generation(&edges, query, candidate));
    let agreed = rows.iter().map(|row| row.gain).sum();
    left_over(query, candidate, used, agreed, &mut rows);
    let sum = |part: fn(&Evidence) -> i32| rows.iter().map(part).sum::<i32>();
    let agreeing = sum(|r| if r.gain > 0 { r.bits } else { 0 });
    let (gain, stake, bits) = (sum(|r| r.gain), sum(|r| r.stake).max(1), sum(|r| r.bits));
    Some(Comparison { gain, stake, bits, agreeing, rows })
}

fn agreement(edge: &Edge, query: &Name, candidate: &Name) -> Evidence {
    Evidence {
        kind: EvidenceKind::Agree(edge.likeness),
        query: spell(query, edge.query),
        candidate: spell(candidate, edge.candidate),
        bits: edge.bits,
        gain: edge.gain,
        stake: edge.stake,
        disguised: chosen(query, edge.query).chain(chosen(candidate, edge.candidate)).any(|t| t.disguised),
    }
}

fn chosen(name: &Name, words: Words) -> impl Iterator<Item = &Token> {
    name.tokens.iter().enumerate().filter(move |(i, _)| words & (1 << i) != 0).map(|(_, t)| t)
}

fn spell(name: &Name, words: Words) -> String {
    chosen(name, words).map(|t| &*t.text).collect::<Vec<_>>().join(" ")
}

/// Abdullah bin Omar is not Omar bin Abdullah: where both names say whose child it is, the first names must meet.
fn other_generation(edges: &[Edge], query: &Name, candidate: &Name) -> Option<Evidence> {
    let (q, c) = (first_name(query)?, first_name(candidate)?);
    let of_query = edges.iter().find(|edge| edge.query & (1 << q) != 0)?;
    let of_candidate = edges.iter().find(|edge| edge.candidate & (1 << c) != 0)?;
    let crossed = of_query.candidate & (1 << c) == 0 && of_candidate.query & (1 << q) == 0;
    crossed.then(|| Rule::content(0).contradiction(&query.tokens[q], &candidate.tokens[c]))
}

/// Place of the word before "son of" or "daughter of".
fn first_name(name: &Name) -> Option<usize> {
    let nasab =
        |t: &Token| t.role == Role::Particle && tables().particles.get(t.key()) == Some(&ParticleKind::Nasab);
    name.tokens.iter().position(nasab)?.checked_sub(1)
}

/// What no edge covers. Words of content left on both sides contradict each other, heaviest against heaviest;
/// what is left on one side only is an omission. Numbers and legal forms contradict only their own kind.
fn left_over(query: &Name, candidate: &Name, used: (Words, Words), agreed: i32, rows: &mut Vec<Evidence>) {
    let weights = weights();
    // However much else agrees, another word is another ship: Sea Princess, Ocean Princess.
    let vehicle = candidate.kind == NameKind::Vehicle;
    let least = if vehicle { per_mille(agreed, weights.decisive_per_mille) } else { 0 };
    let rest = |name: &Name, used: Words, wanted: &dyn Fn(Role) -> bool| -> Vec<usize> {
        let free = |i: &usize| used & (1 << i) == 0 && wanted(name.tokens[*i].role);
        let mut rest: Vec<usize> = (0..name.tokens.len()).filter(free).collect();
        // Place against place, then the heaviest against the heaviest.
        let place = |i: usize| name.tokens[i].role == Role::Place;
        rest.sort_by_key(|&i| (!place(i), std::cmp::Reverse(name.tokens[i].weight), i));
        rest
    };
    let rules: [(&dyn Fn(Role) -> bool, Rule); 4] = [
        (&Role::is_content, Rule::content(least)),
        (&|role| role == Role::Number, Rule::fixed(weights.conflict_number, false)),
        (&|role| role == Role::LegalForm, Rule::fixed(weights.conflict_legal_form, true)),
        (&|role| matches!(role, Role::Title | Role::NameLike | Role::Particle), Rule::minor()),
    ];
    for (wanted, rule) in rules {
        let (q, c) = (rest(query, used.0, wanted), rest(candidate, used.1, wanted));
        let pairs = if rule.conflict.is_some() { q.len().min(c.len()) } else { 0 };
        for (&i, &j) in q.iter().zip(&c).take(pairs) {
            rows.push(rule.contradiction(&query.tokens[i], &candidate.tokens[j]));
        }
        for &i in &q[pairs..] {
            rows.push(rule.omission(&query.tokens[i], EvidenceKind::OnlyQuery));
        }
        for &j in &c[pairs..] {
            rows.push(rule.omission(&candidate.tokens[j], EvidenceKind::OnlyCandidate));
        }
    }
}

/// What left-over words of one kind put at stake.
struct Rule {
    /// Contradiction: a fixed stake (0: by weight), or none of this kind.
    conflict: Option<i32>,
    /// The least that a contradiction puts at stake.
    least: i32,
    minor: bool,
}

impl Rule {
    fn content(least: i32) -> Self {
        Self { conflict: Some(0), least, minor: false }
    }

    fn fixed(conflict: i32, minor: bool) -> Self {
        Self { conflict: Some(conflict), least: 0, minor }
    }

    fn minor() -> Self {
        Self { conflict: None, least: 0, minor: true }
    }

    fn contradiction(&self, query: &Token, candidate: &Token) -> Evidence {
        let weights = weights();
        let heavier = query.weight.max(candidate.weight);
        let by_weight = weights.conflict_base + per_mille(heavier, weights.conflict_per_mille);
        let places = query.role == Role::Place && candidate.role == Role::Place;
        let least = self.least.max(if places { weights.conflict_place } else { 0 });
        let stake = self.conflict.filter(|&fixed| fixed > 0).unwrap_or(by_weight).max(least);
        let (query, candidate) = (query.text.to_string(), candidate.text.to_string());
        let (kind, bits) = (EvidenceKind::Conflict, weights.bits_conflict);
        Evidence { kind, query, candidate, bits, gain: 0, stake, disguised: false }
    }

    fn omission(&self, token: &Token, kind: EvidenceKind) -> Evidence {
        let weights = weights();
        let only_query = kind == EvidenceKind::OnlyQuery;
        let bits = if only_query { weights.bits_omit_query } else { weights.bits_omit_candidate };
        let text = token.text.to_string();
        let (query, candidate) = if only_query { (text, String::new()) } else { (String::new(), text) };
        let bits = if self.minor { weights.bits_minor } else { bits };
        Evidence {
            kind,
            query,
            candidate,
            bits,
            gain: 0,
            stake: omission_stake(token, only_query),
            disguised: token.disguised,
        }
    }
}

/// What chance namesakes put at stake, in millibits: the less the words that agree say together, the more other people
/// have them too. From the bits on that number the world's people,
/// organisations or vehicles, one alone can be meant; below, `chance_per_mille` of what is missing is
/// at stake. It never takes more than a set share of the agreement, so that a name given back as it is listed matches,
/// however common it is.
#[must_use]
pub fn chance_stake(kind: NameKind, gain: i32, agreeing: i32) -> i32 {
    let weights = weights();
    let unique = match kind {
        NameKind::Person => weights.unique_person,
        NameKind::Organization => weights.unique_organization,
        NameKind::Vehicle => weights.unique_vehicle,
    };
    let missing = (unique - agreeing).max(0);
    per_mille(missing, weights.chance_per_mille).min(per_mille(gain, weights.chance_cap_per_mille))
}

/// What a word puts at stake that the other name lacks. A contradiction never puts less at stake than its two words
/// left over would: an index may count on it.
#[must_use]
pub fn omission_stake(token: &Token, of_query: bool) -> i32 {
    let weights = weights();
    let share = match (of_query, token.role) {
        (true, _) => weights.omit_query_per_mille,
        // People leave out middle names and second surnames, hardly the first surname.
        (false, Role::Family) => weights.omit_family_per_mille,
        (false, _) => weights.omit_candidate_per_mille,
    };
    let base = match token.role {
        Role::Number => weights.omit_number,
        // Bulgarians and Russians are registered with a patronymic and live without it.
        Role::Patronymic => token.weight.min(weights.omit_patronymic),
        _ => token.weight,
    };
    per_mille(base, share)
}

fn per_mille(value: i32, share: i32) -> i32 {
    value * share / 1000
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::parse;

    /// The score of two names in hundredths, rounded down.
    fn score(a: &str, b: &str, kind: NameKind) -> i32 {
        compare(&parse(a, kind), &parse(b, kind)).map_or(0, |c| c.gain * 100 / c.stake)
    }

    fn check(kind: NameKind, rows: &[(&str, &str, std::ops::RangeInclusive<i32>)]) {
        for (a, b, expected) in rows {
            let score = score(a, b, kind);
            assert!(expected.contains(&score), "{a} / {b}: {score} is not in {expected:?}");
        }
    }

    #[test]
    fn people() {
        check(
            NameKind::Person,
            &[
                ("SHIRINKAR, Mohammad Bagher", "Mohammad Bagher SHIRINKAR", 100..=100),
                ("Mohammad Bagher Shirinkar", "SHIRINKAR, Mohammad Bagher", 100..=100),
                ("Mohammad Baqer Shinrakar", "SHIRINKAR, Mohammad Bagher", 70..=95),
                ("MohammadBagher Shirinkar", "SHIRINKAR, Mohammad Bagher", 90..=99),
                ("M. B. Shirinkar", "SHIRINKAR, Mohammad Bagher", 60..=95),
                ("Sayed Mohammad Hussein Mousa Kazemi", "KAZEMI, Seyyed Mohammad Hosein Musa", 85..=99),
                ("Barack Obama", "Michelle Obama", 0..=69),
                ("Boris Netanyahu", "Benjamin Netanyahu", 0..=69),
                ("Hans O Friedrich", "Hans Joachim Friedrich", 0..=69),
                ("DOCTOR", "DOCTOR", 100..=100),
                ("a a a a a a a aa aaa a a a b a a", "a a a a a a a aa aaa a a a b a a", 100..=100),
            ],
        );
    }

    #[test]
    fn organisations_and_vehicles() {
        check(
            NameKind::Organization,
            &[
                ("Emenet Pasargad Co.", "EMENNET PASARGAD", 80..=99),
                ("CIMEX", "CIMEX, S.A.", 90..=99),
                ("BELLETECH CORP", "11420 CORP.", 0..=30),
                ("LLC", "SPC", 0..=0),
                ("Ltd", "PCC", 0..=0),
                ("Brigade 44", "Brigade 45", 0..=69),
                ("40", "40", 100..=100),
            ],
        );
        check(
            NameKind::Vehicle,
            &[("M.V. NABI", "NABI", 95..=100), ("NABI 7", "NABI 8", 0..=69), ("7-28", "7-28", 100..=100)],
        );
    }

    #[test]
    fn a_contradiction_is_never_cheaper_than_two_omissions() {
        let w = weights();
        let both = w.omit_query_per_mille + w.omit_candidate_per_mille;
        assert!(w.conflict_per_mille >= both);
        assert!(w.conflict_number >= per_mille(w.omit_number, both));
        assert!(w.conflict_legal_form >= per_mille(w.cap_legal_form, both));
    }

    #[test]
    fn rows_add_up() {
        let (a, b) = ("Seyed Mohamad Hossein Kazemi", "KAZEMI, Seyyed Mohammad Hosein Musa");
        let comparison = compare(&parse(a, NameKind::Person), &parse(b, NameKind::Person)).unwrap();
        assert_eq!(comparison.gain, comparison.rows.iter().map(|r| r.gain).sum::<i32>());
        assert_eq!(comparison.stake, comparison.rows.iter().map(|r| r.stake).sum::<i32>());
        assert_eq!(comparison.bits, comparison.rows.iter().map(|r| r.bits).sum::<i32>());
        assert!(comparison.rows.iter().all(|r| r.gain <= r.stake));
    }
}
