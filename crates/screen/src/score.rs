//! The score of one candidate for one query.

use std::fmt;

use model::{CheckDigits, NameStrength, Property, Scheme};
use names::{Comparison, Evidence, NameKind, chance_stake, compare, log2_millibits};

use crate::Configuration;
use crate::attributes::{Attribute, Price, attributes, prices};
use crate::profile::{Identifier, Profile, ProfileName};

/// A score between 0 and 1 with four decimals, held as an integer so that it is the same on every machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Score(u16);

impl Score {
    /// From ten-thousandths; more than 10,000 is 1.
    #[must_use]
    pub const fn from_ten_thousandths(n: u16) -> Self {
        Self(if n > 10_000 { 10_000 } else { n })
    }

    /// In ten-thousandths.
    #[must_use]
    pub fn ten_thousandths(self) -> u16 {
        self.0
    }

    /// The one division: `gain / stake`, rounded half up; 0 where nothing agrees.
    fn ratio(gain: i32, stake: i32) -> Self {
        let (gain, stake) = (i64::from(gain.max(0)), i64::from(stake.max(1)));
        Self(((gain * 20_000 + stake) / (2 * stake)).min(10_000) as u16)
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:04}", self.0 / 10_000, self.0 % 10_000)
    }
}

/// Why a party is a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Basis {
    /// Its name is like the query's.
    Listed,
    /// One of its identifiers is the query's.
    Identifier,
}

impl Basis {
    /// The name that the output contract uses.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Listed => "listed",
            Self::Identifier => "identifier",
        }
    }
}

/// One row of the explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The property that speaks: `name`, `birthDate`, `passportNumber` ...
    pub feature: String,
    /// What it says: `exact`, `near`, `conflict`, `only_query` ...
    pub kind: &'static str,
    /// The query's words or value.
    pub query: String,
    /// The candidate's words or value.
    pub candidate: String,
    /// What a reader must know beside it: a calendar that was converted, wrong check digits, why it counts for nothing.
    pub note: Option<Box<str>>,
    /// Evidence in millibits. The rows add up to the whole.
    pub bits: i32,
    /// Part of the score in ten-thousandths. The rows add up to the whole.
    pub share: i32,
    /// Millibits that agree: the row's part in the numerator of the score.
    pub gain: i32,
    /// Millibits at stake: the row's part in the denominator of the score.
    pub stake: i32,
    /// Whether something looks disguised on purpose: mixed scripts, invisible marks.
    pub disguised: bool,
}

/// Which name of the query met which name of the candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameHit {
    /// The query's name as typed.
    pub query: Box<str>,
    /// The candidate's name as published.
    pub candidate: Box<str>,
    /// The property under which the candidate has it.
    pub property: Property,
    /// How strong the publisher calls it.
    pub strength: NameStrength,
    /// Whether one of the two was compared by its first [`names::MAX_TOKENS`] words only.
    pub cut: bool,
}

/// A candidate's score, with all its evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scored {
    /// Information-weighted agreement.
    pub score: Score,
    /// Weight of evidence in millibits.
    pub bits: i32,
    /// Why it is a result.
    pub basis: Basis,
    /// Whether it is a match under the policy.
    pub matched: bool,
    /// The names that met; `None` where only an identifier did.
    pub name: Option<NameHit>,
    /// The explanation.
    pub rows: Vec<Row>,
}

/// Scores a candidate for a query. `None` where no name agrees in anything and no identifier is shared. Where the schemas
/// cannot mean the same party, no name is compared; a wallet or an IMO number that both have decides all the same.
///
/// A pure function: no clock, no input or output, no randomness, no knowledge of a list. The score is the sum of the
/// rows' gains over the sum of their stakes; integers up to that one division.
#[must_use]
pub fn score(query: &Profile, entity: &Profile, configuration: &Configuration) -> Option<Scored> {
    let same_schema =
        query.schema.as_ref().zip(entity.schema.as_ref()).is_none_or(|(q, e)| e.may_be(Some(q)));
    let shared = shared_identifiers(query, entity, same_schema);
    let names = same_schema.then(|| best_names(query, entity, configuration)).flatten();
    let mut rows: Vec<Row> = Vec::new();
    let mut hit = None;
    let mut above_floor = !shared.is_empty();
    let (mut kind, mut agreeing) = (NameKind::Person, 0);
    if let Some((q, e, comparison)) = names {
        above_floor |= name_score(q.kind, &comparison) >= configuration.name_floor;
        (kind, agreeing) = (q.kind, comparison.agreeing);
        rows.extend(comparison.rows.into_iter().map(name_row));
        if entity.name_count > 1 {
            rows.push(alias_row(entity.name_count));
        }
        hit = Some(NameHit {
            query: q.name.text.clone(),
            candidate: e.name.text.clone(),
            property: e.property.clone(),
            strength: e.strength,
            cut: q.name.cut || e.name.cut,
        });
    } else if shared.is_empty() {
        return None;
    }
    rows.extend(attributes(query, entity, configuration).into_iter().map(|a| attribute_row(a, above_floor)));
    let namesakes = namesakes_row(&rows, kind, agreeing);
    let basis = if shared.is_empty() {
        if namesakes.stake > 0 {
            rows.push(namesakes);
        }
        Basis::Listed
    } else {
        // An identifier decides by itself: the other rows stay as evidence, with nothing at stake.
        rows.iter_mut().for_each(|row| (row.gain, row.stake) = (0, 0));
        rows.splice(0..0, shared.into_iter().map(|(q, e)| identifier_row(q, e)));
        Basis::Identifier
    };
    let (gain, stake) = rows.iter().fold((0, 0), |(gain, stake), row| (gain + row.gain, stake + row.stake));
    let (score, bits) = (Score::ratio(gain, stake), rows.iter().map(|row| row.bits).sum());
    share_out(&mut rows, stake);
    let matched = score >= configuration.match_threshold && bits >= configuration.minimum_bits_for(basis);
    Some(Scored { score, bits, basis, matched, name: hit, rows })
}

impl Configuration {
    /// An identifier needs no support from a name.
    fn minimum_bits_for(&self, basis: Basis) -> i32 {
        if basis == Basis::Identifier || self.minimum_bits == 0 { i32::MIN } else { self.minimum_bits }
    }
}

/// The best single pair of names: most agreement, then most evidence, then the publisher's order. Two aliases are
/// never mixed.
fn best_names<'a>(
    query: &'a Profile,
    entity: &'a Profile,
    configuration: &Configuration,
) -> Option<(&'a ProfileName, &'a ProfileName, Comparison)> {
    let mut best: Option<(&ProfileName, &ProfileName, Comparison)> = None;
    for q in &query.names {
        for e in entity.names.iter().filter(|e| e.kind == q.kind) {
            if not_compared(q, e, configuration).is_some() {
                continue;
            }
            let Some(comparison) = compare(&q.name, &e.name) else { continue };
            let rank = |c: &Comparison| (name_score(q.kind, c), c.bits);
            if best.as_ref().is_none_or(|(_, _, b)| rank(&comparison) > rank(b)) {
                best = Some((q, e, comparison));
            }
        }
    }
    best
}

/// How a listed name fared against one of the query's. The order is that of worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameOutcome {
    /// A weak alias, which the policy does not compare (OFAC FAQ 122 to 125).
    WeakByPolicy,
    /// A weak alias of one word, which means anybody in a longer name.
    WeakOneWord,
    /// No word agrees in any way.
    NothingAgrees,
    /// The score of the two names alone.
    Compared(Score),
}

/// How a listed name fares against one name of a query.
pub(crate) fn name_outcome(q: &ProfileName, e: &ProfileName, configuration: &Configuration) -> NameOutcome {
    not_compared(q, e, configuration).unwrap_or_else(|| {
        compare(&q.name, &e.name).map_or(NameOutcome::NothingAgrees, |comparison| {
            NameOutcome::Compared(name_score(q.kind, &comparison))
        })
    })
}

/// Why two names are not compared; `None` where they are.
fn not_compared(q: &ProfileName, e: &ProfileName, configuration: &Configuration) -> Option<NameOutcome> {
    if e.strength != NameStrength::Weak {
        None
    } else if !configuration.weak_aliases {
        Some(NameOutcome::WeakByPolicy)
    } else if e.name.tokens.len() == 1 && q.name.tokens.len() > 1 {
        // "PAT", "CARD".
        Some(NameOutcome::WeakOneWord)
    } else {
        None
    }
}

/// Characters under which a number of papers is not one in the world but one in each register.
const OF_ONE_REGISTER: usize = 7;

/// The identifiers that both have, the strongest first, each number once. Papers of two different kinds must agree in six
/// characters at least; a short number in registers of two countries is two numbers. Between parties that cannot be of one
/// schema only what has one owner in the world counts: a company's register number may well be some person's.
fn shared_identifiers<'a>(
    query: &'a Profile,
    entity: &'a Profile,
    same_schema: bool,
) -> Vec<(&'a Identifier, &'a Identifier)> {
    if query.identifiers.is_empty() || entity.identifiers.is_empty() {
        return Vec::new();
    }
    let abroad = !query.countries.is_empty()
        && !entity.countries.is_empty()
        && !query.countries.iter().any(|q| entity.countries.iter().any(|e| q == e || q.related(*e)));
    let is_shared = |q: &Identifier, e: &Identifier| {
        let papers = q.scheme.comparable(Scheme::Registration);
        q.key == e.key
            && (q.scheme == e.scheme || (q.scheme.comparable(e.scheme) && q.key.len() >= 6))
            && !(abroad && papers && q.key.len() < OF_ONE_REGISTER)
            && (same_schema || !papers)
    };
    let mut shared: Vec<(&Identifier, &Identifier)> = Vec::new();
    for q in &query.identifiers {
        for e in entity.identifiers.iter().filter(|e| is_shared(q, e)) {
            if !shared.iter().any(|(a, b)| a.published == q.published || b.published == e.published) {
                shared.push((q, e));
            }
        }
    }
    shared.sort_by_key(|(q, e)| std::cmp::Reverse(identifier_price(q, e).bits));
    shared
}

fn identifier_price(query: &Identifier, entity: &Identifier) -> Price {
    match entity.scheme {
        Scheme::Phone | Scheme::Website => prices().contact_agree,
        _ if is_mistyped(query, entity) => prices().identifier_unchecked,
        _ => prices().identifier_agree,
    }
}

fn is_mistyped(query: &Identifier, entity: &Identifier) -> bool {
    [query, entity].iter().any(|id| id.check == CheckDigits::Wrong)
}

fn identifier_row(query: &Identifier, entity: &Identifier) -> Row {
    let price = identifier_price(query, entity);
    let note = is_mistyped(query, entity).then(|| "its check digits are wrong".into());
    Row {
        feature: entity.property.name().to_owned(),
        kind: "exact",
        query: query.published.to_string(),
        candidate: entity.published.to_string(),
        note,
        bits: price.bits,
        share: 0,
        gain: price.gain,
        stake: price.stake,
        disguised: false,
    }
}

fn name_row(evidence: Evidence) -> Row {
    Row {
        feature: NAME.to_owned(),
        kind: evidence.kind.name(),
        query: evidence.query,
        candidate: evidence.candidate,
        note: None,
        bits: evidence.bits,
        share: 0,
        gain: evidence.gain,
        stake: evidence.stake,
        disguised: evidence.disguised,
    }
}

/// Each further name is one more chance to agree by accident, so it takes from the evidence, never from the score:
/// parties with many aliases are not pushed down (yente #1252).
fn alias_row(names: u32) -> Row {
    Row {
        feature: NAME.to_owned(),
        kind: "best_of",
        query: String::new(),
        candidate: format!("{names} names"),
        note: None,
        bits: -log2_millibits(names),
        share: 0,
        gain: 0,
        stake: 0,
        disguised: false,
    }
}

fn attribute_row(attribute: Attribute, above_floor: bool) -> Row {
    let Attribute { feature, kind, query, candidate, mut note, bits, mut gain, mut stake } = attribute;
    // Below the floor agreement lifts nothing; a contradiction always counts.
    if gain > 0 && !above_floor {
        (gain, stake) = (0, 0);
        note = Some("lifts nothing: the names are not near enough".to_owned());
    }
    let note = note.map(Into::into);
    Row { feature, kind, query, candidate, note, bits, share: 0, gain, stake, disguised: false }
}

/// What namesakes put at stake. Attributes that agree tell them apart, so their evidence counts with the words'.
fn namesakes_row(rows: &[Row], kind: NameKind, agreeing: i32) -> Row {
    let gain = rows.iter().map(|row| row.gain).sum();
    let attributes = rows.iter().filter(|row| row.feature != NAME && row.gain > 0).map(|row| row.bits);
    let stake = chance_stake(kind, gain, agreeing + attributes.sum::<i32>());
    Row {
        feature: NAME.to_owned(),
        kind: "namesakes",
        query: String::new(),
        candidate: String::new(),
        note: None,
        bits: 0,
        share: 0,
        gain: 0,
        stake,
        disguised: false,
    }
}

/// The score of the names alone.
fn name_score(kind: NameKind, c: &Comparison) -> Score {
    Score::ratio(c.gain, c.stake + chance_stake(kind, c.gain, c.agreeing))
}

/// The feature of rows that names make.
const NAME: &str = "name";

/// Shares are differences of rounded running sums, so that they add up to the score exactly.
fn share_out(rows: &mut [Row], stake: i32) {
    let (mut gain, mut given) = (0, 0);
    for row in rows {
        gain += row.gain;
        let reached = i32::from(Score::ratio(gain, stake).ten_thousandths());
        row.share = reached - given;
        given = reached;
    }
}
