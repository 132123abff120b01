//! What in a text is worth an analyst's eye: threats, demands, deadlines, claims of access.
//!
//! The rules are a table (`data/flags.tsv`). A flag names its rule and its words, and judges nobody.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::mining::{Class, Corpus, Token, class_of, hash_of};
use crate::{Message, SlotKind, Template};

const TABLE: &str = include_str!("../data/flags.tsv");

/// Words that `~` may pass over: "have *all of your* information".
const BETWEEN: usize = 3;

/// What a text does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum FlagKind {
    /// It announces harm.
    Threat,
    /// It asks for something to be done.
    Demand,
    /// It sets a time.
    Deadline,
    /// It holds the recipient's home address beside a threat or a demand.
    PersonalData,
    /// It speaks in the name of a group.
    ImpersonatedGroup,
    /// It says that its author holds records or is inside a system.
    ClaimOfAccess,
}

impl FlagKind {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Threat,
        Self::Demand,
        Self::Deadline,
        Self::PersonalData,
        Self::ImpersonatedGroup,
        Self::ClaimOfAccess,
    ];

    /// Its name in the output and in the table: `claim_of_access`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Threat => "threat",
            Self::Demand => "demand",
            Self::Deadline => "deadline",
            Self::PersonalData => "personal_data",
            Self::ImpersonatedGroup => "impersonated_group",
            Self::ClaimOfAccess => "claim_of_access",
        }
    }
}

/// One find.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    /// What the text does.
    pub kind: FlagKind,
    /// The rule, as the table names it.
    pub rule: &'static str,
    /// Why that is worth a look.
    pub reason: &'static str,
    /// Place of the message in those that were looked at.
    pub message: usize,
    /// The words: bytes of [`Message::text`].
    pub range: Range<usize>,
    /// How many copies of the template have it; 1 for a message by itself.
    pub copies: usize,
}

/// A rule, ready to be looked for.
struct Rule {
    kind: FlagKind,
    name: &'static str,
    reason: &'static str,
    steps: Vec<Step>,
}

/// A word of a rule.
struct Step {
    /// Whether others may stand before it.
    after_others: bool,
    any_of: Vec<Word>,
}

enum Word {
    Is(u32),
    Number,
    Of(Class),
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| rows().filter_map(rule).collect());

/// Rules by the hash of their first words.
static BY_FIRST: LazyLock<FxHashMap<u32, Vec<usize>>> = LazyLock::new(|| {
    let mut by_first: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    for (n, rule) in RULES.iter().enumerate() {
        for word in rule.steps.first().map(|step| step.any_of.as_slice()).unwrap_or_default() {
            if let Word::Is(hash) = word {
                by_first.entry(*hash).or_default().push(n);
            }
        }
    }
    by_first
});

fn rows() -> impl Iterator<Item = &'static str> {
    TABLE.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

/// A row as a rule; `None`: the row is wrong, which a test would see.
fn rule(row: &'static str) -> Option<Rule> {
    let mut cells = row.split('\t');
    let [kind, name, words, reason] = [cells.next()?, cells.next()?, cells.next()?, cells.next()?];
    let kind = FlagKind::ALL.into_iter().find(|known| known.name() == kind)?;
    let mut steps = Vec::new();
    let mut after_others = false;
    for word in words.split(' ') {
        if word == "~" {
            after_others = true;
            continue;
        }
        let any_of = word.split('|').map(|word| match word {
            "<number>" => Word::Number,
            "<weekday>" => Word::Of(Class::Weekday),
            "<month>" => Word::Of(Class::Month),
            word => Word::Is(hash_of(word)),
        });
        steps.push(Step { after_others: std::mem::take(&mut after_others), any_of: any_of.collect() });
    }
    Some(Rule { kind, name, reason, steps })
}

impl Step {
    fn is(&self, token: &Token) -> bool {
        self.any_of.iter().any(|word| match word {
            Word::Is(hash) => token.hash == *hash,
            Word::Number => token.digits,
            Word::Of(class) => class_of(token) == Some(*class),
        })
    }
}

impl Rule {
    /// Where it ends if it begins at a word.
    fn matches(&self, words: &[&Token]) -> Option<usize> {
        let mut at = 0;
        for step in &self.steps {
            let reach = if step.after_others && at > 0 { BETWEEN } else { 0 };
            let found = words.get(at..)?.iter().take(reach + 1).position(|token| step.is(token))?;
            at += found + 1;
        }
        Some(at)
    }
}

/// The flags of one message by itself, each rule once, in the order of the text. What it quotes is not its own.
#[must_use]
pub fn flags(messages: &[Message], place: usize) -> Vec<Flag> {
    let Some(message) = messages.get(place) else { return Vec::new() };
    let mut tokens = Vec::new();
    Corpus::own_tokens(message, &mut tokens);
    let words: Vec<&Token> = tokens.iter().filter(|token| token.is_word()).collect();
    let mut found: Vec<Flag> = Vec::new();
    for (at, token) in words.iter().enumerate() {
        for rule in BY_FIRST.get(&token.hash).into_iter().flatten().map(|n| &RULES[*n]) {
            if found.iter().any(|flag| (flag.kind, flag.rule) == (rule.kind, rule.name)) {
                continue;
            }
            if let Some(end) = rule.matches(&words[at..]) {
                let range = token.range().start..words[at + end - 1].range().end;
                let Rule { kind, name, reason, .. } = rule;
                found.push(Flag { kind: *kind, rule: name, reason, message: place, range, copies: 1 });
            }
        }
    }
    found
}

/// The flags of a template: those of its copies, each rule once with the words of the first copy that has it and the number of
/// copies; those that most have first. With them [`FlagKind::PersonalData`], where a home address fills a slot beside a
/// threat or a demand.
#[must_use]
pub fn template_flags(template: &Template, messages: &[Message]) -> Vec<Flag> {
    let mut found: Vec<Flag> = Vec::new();
    for &place in &template.copies {
        for flag in flags(messages, place) {
            match found.iter_mut().find(|known| (known.kind, known.rule) == (flag.kind, flag.rule)) {
                Some(known) => known.copies += 1,
                None => found.push(flag),
            }
        }
    }
    found.sort_by_key(|flag| std::cmp::Reverse(flag.copies));
    let presses = found.iter().any(|flag| matches!(flag.kind, FlagKind::Threat | FlagKind::Demand));
    let address = template.slots.iter().find(|slot| slot.kind == SlotKind::Address);
    if let Some((slot, fill)) = address.filter(|_| presses).and_then(|slot| Some((slot, slot.fills.first()?)))
    {
        found.push(Flag {
            kind: FlagKind::PersonalData,
            rule: "address_in_threat",
            reason: "a text that threatens or demands holds the recipient's home address",
            message: fill.message,
            range: fill.range.clone(),
            copies: slot.fills.len(),
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_a_rule_that_can_be_met() {
        assert_eq!(RULES.len(), rows().count());
        for rule in RULES.iter() {
            assert!(
                rule.steps.first().unwrap().any_of.iter().all(|word| matches!(word, Word::Is(_))),
                "{}",
                rule.name
            );
            assert!(!rule.reason.is_empty());
        }
    }

    /// Rules found, and their words.
    fn check(text: &str, expected: &[(&str, &str)]) {
        let message = Message { text: text.to_owned(), ..Message::default() };
        let found: Vec<_> = flags(std::slice::from_ref(&message), 0)
            .iter()
            .map(|flag| (flag.rule, &text[flag.range.clone()]))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn words_of_threats() {
        check("Obey, or we come\nafter you.", &[("come_after", "come\nafter you")]);
        check(
            "We have all of your information.",
            &[
                ("have_your_data", "We have all of your information"),
                ("have_all", "We have all of your information"),
            ],
        );
        check(
            "We gained access into the entire voting infrastructure",
            &[("access_to", "gained access into the entire voting infrastructure")],
        );
        check("You will vote for him on Election Day", &[("vote_for", "will vote for")]);
        check(
            "Answer by Friday, within 24 hours",
            &[("by_weekday", "by Friday"), ("within", "within 24 hours")],
        );
        check(
            "Stay at home on the day of the vote.",
            &[("stay_home", "Stay at home on the day"), ("stay_home", "Stay at home on the day")],
        );
        check("> we come after you\nWho wrote that?", &[]);
        check("The files are on the server, see you on Friday. We have the minutes.", &[]);
        check("", &[]);
    }
}
