//! Two names compared: the evidence for and against, and what it adds up to.

use crate::align::{Edge, Words, align, chosen};
use crate::parse::{Name, NameKind, Role, Token};
use crate::price::{self, Fact, Opposites, Worth, chance};
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
    /// What was priced.
    pub fact: Fact,
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
        fact: edge.fact,
        bits: edge.worth.bits,
        gain: edge.worth.gain,
        stake: edge.worth.stake,
        disguised: chosen(&query.tokens, edge.query)
            .chain(chosen(&candidate.tokens, edge.candidate))
            .any(|t| t.disguised),
    }
}

fn spell(name: &Name, words: Words) -> String {
    chosen(&name.tokens, words).map(|t| &*t.text).collect::<Vec<_>>().join(" ")
}

/// Abdullah bin Omar is not Omar bin Abdullah: where both names say whose child it is, the first names must meet.
fn other_generation(edges: &[Edge], query: &Name, candidate: &Name) -> Option<Evidence> {
    let (q, c) = (first_name(query)?, first_name(candidate)?);
    let of_query = edges.iter().find(|edge| edge.query & (1 << q) != 0)?;
    let of_candidate = edges.iter().find(|edge| edge.candidate & (1 << c) != 0)?;
    let crossed = of_query.candidate & (1 << c) == 0 && of_candidate.query & (1 << q) == 0;
    crossed.then(|| contradiction(Opposites::Words, &query.tokens[q], &candidate.tokens[c], 0))
}

/// Place of the word before "son of" or "daughter of".
fn first_name(name: &Name) -> Option<usize> {
    let nasab =
        |t: &Token| t.role == Role::Particle && tables().particles.get(t.key()) == Some(&ParticleKind::Nasab);
    name.tokens.iter().position(|token| nasab(token))?.checked_sub(1)
}

/// What no edge covers. Words of content left on both sides contradict each other, heaviest against heaviest;
/// what is left on one side only is an omission. Numbers and legal forms contradict only their own kind.
fn left_over(query: &Name, candidate: &Name, used: (Words, Words), agreed: i32, rows: &mut Vec<Evidence>) {
    let words = if candidate.kind == NameKind::Vehicle { Opposites::Ships } else { Opposites::Words };
    let rest = |name: &Name, used: Words, wanted: &dyn Fn(Role) -> bool| -> Vec<usize> {
        let free = |i: &usize| used & (1 << i) == 0 && wanted(name.tokens[*i].role);
        let mut rest: Vec<usize> = (0..name.tokens.len()).filter(free).collect();
        // Place against place, then the heaviest against the heaviest.
        let place = |i: usize| name.tokens[i].role == Role::Place;
        rest.sort_by_key(|&i| (!place(i), std::cmp::Reverse(name.tokens[i].weight), i));
        rest
    };
    type Kind<'a> = (&'a dyn Fn(Role) -> bool, Option<Opposites>);
    let rules: [Kind; 4] = [
        (&Role::is_content, Some(words)),
        (&|role| role == Role::Number, Some(Opposites::Numbers)),
        (&|role| role == Role::LegalForm, Some(Opposites::LegalForms)),
        // These come and go.
        (&|role| matches!(role, Role::Title | Role::NameLike | Role::Particle), None),
    ];
    for (wanted, opposites) in rules {
        let (q, c) = (rest(query, used.0, wanted), rest(candidate, used.1, wanted));
        let pairs = if opposites.is_some() { q.len().min(c.len()) } else { 0 };
        for (&i, &j) in q.iter().zip(&c).take(pairs) {
            let (x, y) = (&query.tokens[i], &candidate.tokens[j]);
            let places = x.role == Role::Place && y.role == Role::Place;
            let of = if places { Opposites::Places } else { opposites.unwrap_or(words) };
            rows.push(contradiction(of, x, y, agreed));
        }
        rows.extend(q[pairs..].iter().map(|&i| omission(&query.tokens[i], true)));
        rows.extend(c[pairs..].iter().map(|&j| omission(&candidate.tokens[j], false)));
    }
}

fn contradiction(of: Opposites, query: &Token, candidate: &Token, agreed: i32) -> Evidence {
    let fact = Fact::Contradiction { of, heavier: query.weight.max(candidate.weight), agreed };
    let words = (query.text.to_string(), candidate.text.to_string());
    against(EvidenceKind::Conflict, fact, words, query.disguised || candidate.disguised)
}

fn omission(token: &Token, of_query: bool) -> Evidence {
    let fact = Fact::Omission { role: token.role, weight: token.weight, of_query };
    let text = token.text.to_string();
    let (kind, words) = if of_query {
        (EvidenceKind::OnlyQuery, (text, String::new()))
    } else {
        (EvidenceKind::OnlyCandidate, (String::new(), text))
    };
    against(kind, fact, words, token.disguised)
}

fn against(
    kind: EvidenceKind,
    fact: Fact,
    (query, candidate): (String, String),
    disguised: bool,
) -> Evidence {
    let Worth { gain, stake, bits } = fact.price(weights());
    Evidence { kind, fact, query, candidate, bits, gain, stake, disguised }
}

/// What chance namesakes put at stake, in millibits: the less the words that agree say together, the more other people
/// have them too. From the bits on that number the world's people, organisations or vehicles, one alone can be meant;
/// below, `chance_per_mille` of what is missing is at stake. It never takes more than a set share of the agreement, so
/// that a name given back as it is listed matches, however common it is.
#[must_use]
pub fn chance_stake(kind: NameKind, gain: i32, agreeing: i32) -> i32 {
    chance(kind, gain, agreeing, weights())
}

/// What a word puts at stake that the other name lacks. A contradiction never puts less at stake than its two words
/// left over would: an index may count on it.
#[must_use]
pub fn omission_stake(token: &Token, of_query: bool) -> i32 {
    price::omission(token.role, token.weight, of_query, weights())
}

/// The least that a contradiction puts at stake beyond its two words left over, where a word of content of the query has
/// part in it; `None` for other words. An index may count on it.
#[must_use]
pub fn contradiction_beyond(token: &Token) -> Option<i32> {
    token.role.is_content().then(|| price::contradiction_beyond(token.weight, weights()))
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
    fn rows_add_up() {
        let (a, b) = ("Seyed Mohamad Hossein Kazemi", "KAZEMI, Seyyed Mohammad Hosein Musa");
        let comparison = compare(&parse(a, NameKind::Person), &parse(b, NameKind::Person)).unwrap();
        assert_eq!(comparison.gain, comparison.rows.iter().map(|r| r.gain).sum::<i32>());
        assert_eq!(comparison.stake, comparison.rows.iter().map(|r| r.stake).sum::<i32>());
        assert_eq!(comparison.bits, comparison.rows.iter().map(|r| r.bits).sum::<i32>());
        assert!(comparison.rows.iter().all(|r| r.gain <= r.stake));
    }
}
