//! What the rows of a comparison are worth: facts on one side, the prices of `data/weights.tsv` on the other.
//!
//! A fact is what a price needs to know, so that `cargo xtask fit` can ask what other prices would have made of the same
//! comparisons, by the same arithmetic. Three facts hold millibits at the committed prices all the same: what agrees beside
//! a contradiction, what a run costs more than its likeness, and what a romanisation costs.

use crate::parse::{NameKind, Role, Token};
use crate::similar::Likeness;
use crate::weights::Weights;

/// What a row adds to a comparison, in millibits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Worth {
    /// How much of what is at stake agrees.
    pub gain: i32,
    /// What is at stake.
    pub stake: i32,
    /// The evidence, log2(m/u): what the row says beyond chance; negative against.
    pub bits: i32,
}

/// What a row of a comparison says, before it is priced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    /// Words agree.
    Pair {
        /// In which way.
        likeness: Likeness,
        /// Millibits of the commoner spelling: meeting "Johhn" says no more than meeting "John".
        information: i32,
        /// Letters of the shorter word.
        letters: usize,
        /// Whether both are names that people have, or generic words.
        known: bool,
        /// What the pair costs beside its likeness, in millibits: a run that is only nearly the word.
        more: i32,
    },
    /// Words contradict each other.
    Contradiction {
        /// What they are.
        of: Opposites,
        /// Millibits of the heavier one.
        heavier: i32,
        /// Millibits that agree in the rest of the names.
        agreed: i32,
    },
    /// A word of one side is missing from the other.
    Omission {
        /// What it is.
        role: Role,
        /// Its millibits.
        weight: i32,
        /// Whether the query has it, or the candidate.
        of_query: bool,
    },
}

/// Words that can contradict each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opposites {
    /// Words of content.
    Words,
    /// Words of ships' names: the Sea Princess is not the Ocean Princess.
    Ships,
    /// Two places in organisations' names.
    Places,
    /// Two numbers.
    Numbers,
    /// Two legal forms.
    LegalForms,
}

impl Fact {
    /// The fact of two similar words.
    pub(crate) fn pair(likeness: Likeness, a: &Token, b: &Token) -> Self {
        let letters = a.key().len().min(b.key().len());
        let (information, known) = (a.weight.min(b.weight), a.known && b.known);
        Self::Pair { likeness, information, letters, known, more: 0 }
    }

    /// The fact of a word and the run of words that it stands for.
    pub(crate) fn run(likeness: Likeness, information: i32, more: i32) -> Self {
        Self::Pair { likeness, information, letters: 0, known: false, more }
    }

    /// What the row is worth at given prices.
    #[must_use]
    pub fn price(self, weights: &Weights) -> Worth {
        match self {
            Self::Pair { likeness, information, letters, known, more } => {
                let worth = pair(likeness, information, letters, known, weights);
                Worth { gain: worth.gain - more, bits: worth.bits - more, ..worth }
            }
            Self::Contradiction { of, heavier, agreed } => {
                let by_weight = weights.conflict_base + per_mille(heavier, weights.conflict_per_mille);
                let stake = match of {
                    Opposites::Words => by_weight,
                    Opposites::Ships => by_weight.max(per_mille(agreed, weights.decisive_per_mille)),
                    Opposites::Places => by_weight.max(weights.conflict_place),
                    Opposites::Numbers => weights.conflict_number,
                    Opposites::LegalForms => weights.conflict_legal_form,
                };
                Worth { gain: 0, stake, bits: weights.bits_conflict }
            }
            Self::Omission { role, weight, of_query } => {
                let minor = matches!(role, Role::Title | Role::NameLike | Role::Particle | Role::LegalForm);
                let bits = match (minor, of_query) {
                    (true, _) => weights.bits_minor,
                    (false, true) => weights.bits_omit_query,
                    (false, false) => weights.bits_omit_candidate,
                };
                Worth { gain: 0, stake: omission(role, weight, of_query, weights), bits }
            }
        }
    }
}

fn pair(likeness: Likeness, information: i32, letters: usize, known: bool, weights: &Weights) -> Worth {
    let stake = information;
    let less = |cost: i32| Worth { gain: stake - cost, stake, bits: stake - cost };
    match likeness {
        Likeness::Exact | Likeness::LegalForm => less(0),
        Likeness::Number => less(weights.cost_number),
        Likeness::Spelling => less(weights.cost_spelling.min(stake / 4)),
        Likeness::Romanised(cost) => {
            let cost = cost as i32;
            Worth { gain: stake - cost.min(stake / 4), stake, bits: stake - cost }
        }
        Likeness::Synonym => less(weights.cost_synonym.min(stake / 4)),
        Likeness::Nickname => less(weights.cost_nickname),
        Likeness::Translation => less(weights.cost_translation),
        Likeness::Joined => less(weights.cost_joined),
        Likeness::Acronym => less(weights.cost_acronym),
        Likeness::Skeleton => less(weights.cost_skeleton),
        Likeness::Near(distance) => {
            // Carl is not Earl: where both are names that people have, one is hardly a slip for the other.
            let distance = distance as i32 * if known { weights.known_per_cent } else { 100 } / 100;
            // A near word loses the share of its letters that differ from the agreement, and more from the evidence: the
            // shorter and commoner it is, the more strangers' words lie as near.
            let gain = stake - per_mille(stake, near_loss(distance, letters, weights));
            let bits = stake - near_cost(distance, letters, weights);
            // What is no evidence is hardly agreement.
            let gain = if bits > 0 { gain } else { gain / 2 };
            Worth { gain, stake, bits: bits.max(0) }
        }
        Likeness::Initial => Worth {
            gain: stake - weights.loss_initial,
            stake: stake + weights.stake_initial,
            bits: stake - weights.cost_initial,
        },
    }
}

/// How much of the agreement a near word loses, in thousandths.
fn near_loss(distance: i32, letters: usize, weights: &Weights) -> i32 {
    let whole_edit = match letters {
        0..=3 => weights.loss_3,
        4 => weights.loss_4,
        5 => weights.loss_5,
        6 => weights.loss_6,
        7 => weights.loss_7,
        letters => weights.loss_8 * 8 / letters as i32,
    };
    (weights.loss_near + whole_edit * distance / 100).min(900)
}

/// What a near word loses of the evidence, in millibits. It grows with the difference and shrinks with the length.
pub(crate) fn near_cost(distance: i32, letters: usize, weights: &Weights) -> i32 {
    let short = match letters {
        0..=3 => weights.cost_short_3,
        4 => weights.cost_short_4,
        5 => weights.cost_short_5,
        6 => weights.cost_short_6,
        _ => 0,
    };
    weights.cost_near + (weights.cost_per_edit + short) * distance / 100
}

/// What a word puts at stake that the other name lacks.
pub(crate) fn omission(role: Role, weight: i32, of_query: bool, weights: &Weights) -> i32 {
    let share = match (of_query, role) {
        (true, _) => weights.omit_query_per_mille,
        // People leave out middle names and second surnames, hardly the first surname.
        (false, Role::Family) => weights.omit_family_per_mille,
        (false, _) => weights.omit_candidate_per_mille,
    };
    let base = match role {
        Role::Number => weights.omit_number,
        // Bulgarians and Russians are registered with a patronymic and live without it.
        Role::Patronymic => weight.min(weights.omit_patronymic),
        _ => weight,
    };
    per_mille(base, share)
}

/// The least that a contradiction of a word of the query puts at stake beyond what it and the other name's word would put
/// there if they were left over, whatever the other word is: the least is that of a family name of the same weight.
pub(crate) fn contradiction_beyond(weight: i32, weights: &Weights) -> i32 {
    let left_over =
        weights.omit_query_per_mille + weights.omit_family_per_mille.max(weights.omit_candidate_per_mille);
    // Each of the three shares is rounded down on its own.
    (weights.conflict_base + per_mille(weight, weights.conflict_per_mille - left_over) - 2).max(0)
}

/// What chance namesakes put at stake at given prices; see [`crate::chance_stake`].
#[must_use]
pub fn chance(kind: NameKind, gain: i32, agreeing: i32, weights: &Weights) -> i32 {
    let unique = match kind {
        NameKind::Person => weights.unique_person,
        NameKind::Organization => weights.unique_organization,
        NameKind::Vehicle => weights.unique_vehicle,
    };
    let missing = (unique - agreeing).max(0);
    per_mille(missing, weights.chance_per_mille).min(per_mille(gain, weights.chance_cap_per_mille))
}

fn per_mille(value: i32, share: i32) -> i32 {
    value * share / 1000
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::weights::weights;

    #[test]
    fn contradictions_beyond_omissions() {
        let w = weights();
        for query in (0..24_000).step_by(371) {
            let beyond = contradiction_beyond(query, w);
            for candidate in (0..24_000).step_by(97).chain([query]) {
                let of = Opposites::Words;
                let fact = Fact::Contradiction { of, heavier: query.max(candidate), agreed: 0 };
                for role in [Role::Part, Role::Family, Role::Patronymic, Role::Place] {
                    let both = omission(role, query, true, w) + omission(role, candidate, false, w);
                    assert!(fact.price(w).stake >= both + beyond, "{role:?} {query} {candidate}");
                }
            }
            assert!(query > 0 || beyond > 6_000, "the bound is of use: {beyond}");
        }
    }

    /// A contradiction never puts less at stake than its two words left over would: an index counts on it.
    #[test]
    fn a_contradiction_is_never_cheaper_than_two_omissions() {
        let w = weights();
        for weight in [2_000, 8_000, 16_000, 24_000] {
            for role in [Role::Part, Role::Family, Role::Number, Role::LegalForm] {
                let (of, weight) = match role {
                    Role::Number => (Opposites::Numbers, weight),
                    Role::LegalForm => (Opposites::LegalForms, weight.min(w.cap_legal_form)),
                    _ => (Opposites::Words, weight),
                };
                let conflict = Fact::Contradiction { of, heavier: weight, agreed: 0 }.price(w).stake;
                let both = omission(role, weight, true, w) + omission(role, weight, false, w);
                assert!(conflict >= both, "{role:?} {weight}: {conflict} < {both}");
            }
        }
    }
}
