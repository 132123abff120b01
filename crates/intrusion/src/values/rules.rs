//! The rules of `rules.tsv`: rows of tokens that only code has.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::Verdict;
use super::tokens::{Kind, Token};
use crate::tables::rows;

/// Tokens that `~` may stand for.
const GAP: usize = 40;

/// One place of a pattern.
#[derive(Clone, Debug)]
enum Step {
    /// Any of these, if `glued` without a blank before it.
    One { alternatives: Vec<Alternative>, glued: bool },
    /// Up to [`GAP`] tokens.
    Gap,
}

#[derive(Clone, Copy, Debug)]
enum Alternative {
    Text(&'static str),
    Word,
    Number,
    Begin,
    End,
}

/// A row of the table.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub(crate) verdict: Verdict,
    pub(crate) name: &'static str,
    steps: Vec<Step>,
}

/// The rules, found by the words that they may begin with.
pub(crate) struct Rules {
    rules: Vec<Rule>,
    by_first: FxHashMap<&'static [u8], Vec<usize>>,
    from_begin: Vec<usize>,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::of_table(include_str!("../../data/rules.tsv")));

/// The first rule for that verdict which fits the tokens.
pub(crate) fn fitting(tokens: &[Token<'_>], verdict: Verdict) -> Option<&'static Rule> {
    let rules = &*RULES;
    let wanted = |n: &&usize| rules.rules[**n].verdict == verdict;
    let begin = rules.from_begin.iter().filter(wanted).find(|n| fits(&rules.rules[**n].steps[1..], tokens));
    if let Some(n) = begin {
        return Some(&rules.rules[*n]);
    }
    (0..tokens.len()).find_map(|at| {
        let starting = rules.by_first.get(tokens[at].text)?;
        let found = starting.iter().filter(wanted).find(|n| fits(&rules.rules[**n].steps, &tokens[at..]));
        found.map(|n| &rules.rules[*n])
    })
}

fn fits(steps: &[Step], tokens: &[Token<'_>]) -> bool {
    let Some((step, steps)) = steps.split_first() else {
        return true;
    };
    match step {
        Step::Gap => (0..=tokens.len().min(GAP)).any(|n| fits(steps, &tokens[n..])),
        Step::One { alternatives, glued } => match tokens.split_first() {
            None => alternatives.iter().any(|a| matches!(a, Alternative::End)) && fits(steps, tokens),
            Some((token, rest)) => {
                (token.glued || !glued)
                    && alternatives.iter().any(|alternative| alternative.is(token))
                    && fits(steps, rest)
            }
        },
    }
}

impl Alternative {
    fn is(self, token: &Token<'_>) -> bool {
        match self {
            Self::Text(text) => token.text == text.as_bytes(),
            Self::Word => token.kind == Kind::Word,
            Self::Number => token.kind == Kind::Number,
            Self::Begin | Self::End => false,
        }
    }
}

impl Rules {
    fn of_table(table: &'static str) -> Self {
        let mut all = Self { rules: Vec::new(), by_first: FxHashMap::default(), from_begin: Vec::new() };
        for cells in rows(table) {
            let [verdict, name, pattern, _story] = cells[..] else { continue };
            let Some(verdict) = Verdict::from_name(verdict) else { continue };
            let steps: Vec<Step> = pattern.split_whitespace().map(step).collect();
            let n = all.rules.len();
            if let Some(Step::One { alternatives, .. }) = steps.first() {
                for alternative in alternatives {
                    match alternative {
                        Alternative::Text(text) => all.by_first.entry(text.as_bytes()).or_default().push(n),
                        Alternative::Begin => all.from_begin.push(n),
                        _ => {}
                    }
                }
            }
            all.rules.push(Rule { verdict, name, steps });
        }
        all
    }
}

fn step(written: &'static str) -> Step {
    if written == "~" {
        return Step::Gap;
    }
    let glued = written.len() > 1 && written.starts_with('.') && !written.starts_with(".|");
    let written = if glued { &written[1..] } else { written };
    let alternative = |text: &'static str| match text {
        "@" => Alternative::Word,
        "#" => Alternative::Number,
        "^" => Alternative::Begin,
        "$" => Alternative::End,
        "PIPE" => Alternative::Text("|"),
        "HASH" => Alternative::Text("#"),
        "AT" => Alternative::Text("@"),
        "TILDE" => Alternative::Text("~"),
        "DOLLAR" => Alternative::Text("$"),
        text => Alternative::Text(text),
    };
    Step::One { alternatives: written.split('|').map(alternative).collect(), glued }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A row that is not read, that no value can begin, or whose reason is missing would never be missed.
    #[test]
    fn every_row_is_a_rule() {
        let table: Vec<_> = rows(include_str!("../../data/rules.tsv")).collect();
        assert_eq!(table.len(), RULES.rules.len());
        for (cells, rule) in table.iter().zip(&RULES.rules) {
            assert!(cells.len() == 4 && cells[3].len() > 5, "{cells:?}");
            let Some(Step::One { alternatives, .. }) = rule.steps.first() else { panic!("{}", rule.name) };
            let startable = |a: &Alternative| matches!(a, Alternative::Text(_) | Alternative::Begin);
            assert!(alternatives.iter().all(startable), "{}: begins with anything", rule.name);
            assert_eq!(table.iter().filter(|c| c[1] == cells[1]).count(), 1, "{} twice", rule.name);
        }
    }
}
