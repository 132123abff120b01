//! A proof in words and as JSON.

use serde_json::{Map, Value, json};

use super::{Because, Class, Counted, Interval, Proof, Regime, Verdict};
use crate::{Edge, Graph, Share};

/// One line of a proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProofLine {
    /// How deep it stands: 0 is the party that is asked for.
    pub depth: usize,
    /// What it says.
    pub text: String,
    /// Whether it names a source rather than a step.
    pub is_source: bool,
}

impl Interval {
    /// In words: `50 %`, `25 % to less than 60 %`.
    #[must_use]
    pub fn in_words(&self) -> String {
        if self.min == self.max {
            return self.min.to_string();
        }
        let from = if self.min_open { "more than " } else { "" };
        let to = if self.max_open { "less than " } else { "" };
        format!("{from}{} to {to}{}", self.min, self.max)
    }

    fn to_json(&self) -> Value {
        let (open, close) = (if self.min_open { '(' } else { '[' }, if self.max_open { ')' } else { ']' });
        json!({
            "min": self.min.approximately(),
            "max": self.max.approximately(),
            "exact": format!("{open}{}, {}{close}", self.min.exactly(), self.max.exactly()),
        })
    }
}

impl Class {
    /// Its name in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Shares => "shares",
            Self::Votes => "votes",
            Self::Control => "control",
        }
    }
}

impl Because {
    /// Its name in files.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Listed => "listed",
            Self::TakenFor(_) => "taken_for",
            Self::Owned => "owned",
            Self::Votes => "votes",
            Self::Controlled => "controlled",
            Self::NotEnough => "not_enough",
            Self::NoStake => "no_stake",
            Self::Shown => "shown",
            Self::Ring => "ring",
            Self::Longer => "longer",
        }
    }
}

impl Proof {
    /// The verdict in one sentence.
    #[must_use]
    pub fn sentence(&self, graph: &Graph, regime: Regime) -> String {
        let name = graph.caption(self.party);
        let rule = match regime {
            Regime::Ofac => "OFAC's 50 percent rule",
            Regime::Uk => "the United Kingdom's rule on ownership and control",
            Regime::Eu => "the European Union's rule on ownership and control",
        };
        let who = if regime.adds_up() { "blocked persons" } else { "one designated person" };
        let has =
            |interval: &Option<Interval>| interval.as_ref().map_or("a part".to_owned(), Interval::in_words);
        match (&self.because, self.verdict) {
            (Because::Listed, _) => format!("{name} is on the list itself."),
            (Because::TakenFor(tie), _) => {
                format!(
                    "{name} is taken for {} ({}), who is on the list: {}.",
                    tie.caption, tie.id, tie.evidence
                )
            }
            (Because::Owned, Verdict::Blocked) => {
                format!("{name} is blocked under {rule}: {who} own{} {} of it.", s(regime), has(&self.shares))
            }
            (Because::Votes, Verdict::Blocked) => {
                format!(
                    "{name} is blocked under {rule}: {who} hold{} {} of its votes.",
                    s(regime),
                    has(&self.votes)
                )
            }
            (Because::Controlled, Verdict::Blocked) => {
                format!("{name} is blocked under {rule}: a source states that it is controlled.")
            }
            (Because::Owned, _) => {
                format!(
                    "{name} is possibly blocked under {rule}: {who} own{} {} of it.",
                    s(regime),
                    has(&self.shares)
                )
            }
            (Because::Votes, _) => format!(
                "{name} is possibly blocked under {rule}: {who} hold{} {} of its votes.",
                s(regime),
                has(&self.votes)
            ),
            (Because::Controlled, _) => {
                format!("{name} is possibly blocked under {rule}: somebody is in a place to control it.")
            }
            (Because::NotEnough, _) => {
                let all = match &self.shares {
                    Some(shares) => format!("{who} own{} {} of it", s(regime), shares.in_words()),
                    None => {
                        format!("what {who} ha{} is no ownership", if regime.adds_up() { "ve" } else { "s" })
                    }
                };
                format!("{name} is not blocked under {rule} by what the sources state: {all}.")
            }
            _ => format!(
                "{name} is not blocked under {rule}: no source states that blocked persons have a part of it."
            ),
        }
    }

    /// The proof as lines, for a terminal or a page: the sentence, then each stake with its owner and its sources below it.
    #[must_use]
    pub fn lines(&self, graph: &Graph, regime: Regime) -> Vec<ProofLine> {
        let mut lines = vec![ProofLine { depth: 0, text: self.sentence(graph, regime), is_source: false }];
        self.add_stakes(graph, regime, 1, &mut lines);
        if let Some(left) = self.unaccounted.as_ref().filter(|left| left.approximately() > 0.0) {
            lines.push(ProofLine {
                depth: 1,
                text: format!("no source states who owns up to {left} of it"),
                is_source: false,
            });
        }
        lines
    }

    fn add_stakes(&self, graph: &Graph, regime: Regime, depth: usize, lines: &mut Vec<ProofLine>) {
        for stake in &self.stakes {
            let text = stake.in_words(graph, regime);
            lines.push(ProofLine { depth, text, is_source: false });
            for edge in &stake.relations {
                let text = graph.said_where(*edge);
                lines.push(ProofLine { depth: depth + 1, text, is_source: true });
            }
            stake.owner.add_stakes(graph, regime, depth + 1, lines);
        }
    }

    /// The proof as the output contract has it.
    #[must_use]
    pub fn to_json(&self, graph: &Graph) -> Value {
        let party = &graph.party(self.party).entity;
        let mut object = Map::new();
        object.insert("id".into(), Value::from(&*party.id));
        object.insert("caption".into(), party.caption().into());
        object.insert("schema".into(), party.schema.name().into());
        object.insert("verdict".into(), self.verdict.name().into());
        object.insert("because".into(), self.because.name().into());
        match &self.because {
            Because::Listed => drop(object.insert("programmes".into(), json!(graph.programmes(self.party)))),
            Because::TakenFor(tie) => {
                let tie = json!({"id": &*tie.id, "caption": &*tie.caption, "certain": tie.certain, "evidence": &*tie.evidence});
                object.insert("taken_for".into(), tie);
            }
            _ => {}
        }
        if let Some(shares) = &self.shares {
            object.insert("shares".into(), shares.to_json());
        }
        if let Some(votes) = &self.votes {
            object.insert("votes".into(), votes.to_json());
        }
        if let Some(left) = &self.unaccounted {
            object.insert("unaccounted".into(), left.approximately().into());
        }
        if !self.stakes.is_empty() {
            let stakes: Vec<Value> = self.stakes.iter().map(|stake| stake.to_json(graph)).collect();
            object.insert("stakes".into(), stakes.into());
        }
        object.into()
    }
}

/// The ending of a verb: one person owns, several own.
fn s(regime: Regime) -> &'static str {
    if regime.adds_up() { "" } else { "s" }
}

impl Counted {
    fn in_words(&self, graph: &Graph, regime: Regime) -> String {
        let whole = Share::UNKNOWN.high();
        let held = match self.class {
            Class::Shares => self.share.to_string(),
            Class::Votes => format!("{} of the votes", self.share),
            Class::Control if self.share.low() == whole => "control".to_owned(),
            Class::Control => "a place from which it may be controlled".to_owned(),
        };
        let owner = &self.owner;
        let (name, id) = (graph.caption(owner.party), &graph.party(owner.party).entity.id);
        let who = if name == &**id { name.to_owned() } else { format!("{name} ({id})") };
        let jointly = if self.jointly { ", jointly" } else { "" };
        let how = match &owner.because {
            Because::Listed => {
                let programmes = graph.programmes(owner.party).join("; ");
                let under = if programmes.is_empty() { String::new() } else { format!(" ({programmes})") };
                format!("who is on the list{under}")
            }
            Because::TakenFor(tie) => {
                format!("taken for {} ({}), who is on the list: {}", tie.caption, tie.id, tie.evidence)
            }
            Because::Owned | Because::Votes | Because::Controlled => {
                let verdict =
                    if owner.verdict == Verdict::Blocked { "is blocked" } else { "is possibly blocked" };
                let of = owner.shares.as_ref().filter(|_| owner.because == Because::Owned);
                of.map_or(format!("which {verdict}"), |shares| {
                    let who = if regime.adds_up() { "blocked persons own" } else { "the same person owns" };
                    format!("which {verdict}: {who} {} of it", shares.in_words())
                })
            }
            Because::NotEnough => match &owner.shares {
                Some(shares) => format!("which is not blocked: {} of it is no majority", shares.in_words()),
                None => "which is not blocked".to_owned(),
            },
            Because::NoStake => "of whom no source states that blocked persons have a part".to_owned(),
            Because::Shown => "as shown elsewhere".to_owned(),
            Because::Ring => "which comes by it through this party: they own each other".to_owned(),
            Because::Longer => "the chain goes on".to_owned(),
        };
        let counts = if self.counted { "" } else { "; not counted" };
        format!("{held}{jointly}: {who}, {how}{counts}")
    }

    fn to_json(&self, graph: &Graph) -> Value {
        let sources: Vec<Value> = self.relations.iter().map(|edge| graph.relation_to_json(*edge)).collect();
        let end = |fraction: crate::Fraction| *fraction.numer() as f64 / *fraction.denom() as f64;
        json!({
            "holds": self.class.name(),
            "share": self.share.to_string(),
            "min": end(self.share.low()),
            "max": end(self.share.high()),
            "counted": self.counted,
            "jointly": self.jointly,
            "statements": sources,
            "owner": self.owner.to_json(graph),
        })
    }
}

impl Graph {
    /// A relation with its dates and standing, and where it is said, in one line.
    #[must_use]
    pub fn said_where(&self, edge: Edge) -> String {
        let relation = self.relation(edge);
        let mut text = relation.schema.to_string();
        if let Some(role) = relation.role.as_deref().filter(|role| *role != "shareholding") {
            text += &format!(" ({role})");
        }
        match (&relation.start, &relation.end) {
            (Some(start), Some(end)) => text += &format!(" from {start} to {end}"),
            (Some(start), None) => text += &format!(" since {start}"),
            (None, Some(end)) => text += &format!(" until {end}"),
            (None, None) => {}
        }
        if relation.status != model::ClaimStatus::Asserted {
            text += &format!(", {}", relation.status.name());
        }
        if relation.indirect {
            text += ", indirect";
        }
        format!("{text}: {}", self.cite(&relation.evidence))
    }

    /// A relation as the output contract has it, with where it is said.
    #[must_use]
    pub fn relation_to_json(&self, edge: Edge) -> Value {
        use crate::Holding;
        let relation = self.relation(edge);
        let (from, to) = self.ends(edge);
        let mut object = Map::new();
        object.insert("schema".into(), relation.schema.name().into());
        object.insert("from".into(), Value::from(&*self.party(from).entity.id));
        object.insert("to".into(), Value::from(&*self.party(to).entity.id));
        let holds = match relation.holding {
            Holding::Nothing => None,
            Holding::Shares(share) => Some(("shares", Some(share))),
            Holding::Votes(share) => Some(("votes", Some(share))),
            Holding::Control => Some(("control", None)),
            Holding::Influence => Some(("influence", None)),
        };
        if let Some((holds, share)) = holds {
            object.insert("holds".into(), holds.into());
            if let Some(share) = share {
                object.insert("share".into(), share.to_string().into());
            }
        }
        let texts = [
            ("role", relation.role.as_deref().map(str::to_owned)),
            ("startDate", relation.start.map(|date| date.to_string())),
            ("endDate", relation.end.map(|date| date.to_string())),
        ];
        for (key, text) in texts {
            if let Some(text) = text {
                object.insert(key.into(), text.into());
            }
        }
        object.insert("status".into(), relation.status.name().into());
        let evidence = &relation.evidence;
        let source = self.source(evidence.source);
        let mut said = Map::new();
        said.insert("source".into(), Value::from(&*source.name));
        if let Some(version) = &source.version {
            said.insert("version".into(), Value::from(&**version));
        }
        if let Some(record) = &evidence.record {
            said.insert("record".into(), Value::from(&**record));
        }
        if let Some(line) = evidence.line {
            said.insert("line".into(), line.into());
        }
        if let Some(quote) = &evidence.quote {
            said.insert(
                "quote".into(),
                json!({"text": &*quote.text, "start": quote.start, "end": quote.end}),
            );
        }
        if let Some(word) = &evidence.on_whose_word {
            said.insert("on_whose_word".into(), Value::from(&**word));
        }
        object.insert("evidence".into(), said.into());
        object.into()
    }
}
