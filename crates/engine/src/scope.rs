//! Who of some lists is in scope of a policy, and what of the policy is without effect on them.

use model::{Entity, Property};
use screen::{Policy, Programmes, same_tag};

use crate::{EngineError, ScreenList};

/// What a policy makes of lists as a whole.
pub(crate) struct Scope {
    /// Listed parties that are out of scope, for each list.
    pub(crate) out_of_scope: Vec<usize>,
    /// What the policy says to no effect, and lists that it empties.
    pub(crate) warnings: Vec<String>,
}

impl Scope {
    /// # Errors
    /// The policy leaves nobody in scope: nothing could be found and everybody would pass.
    pub(crate) fn of(policy: &Policy, lists: &[ScreenList]) -> Result<Self, EngineError> {
        let mut scope = Self { out_of_scope: out_of_scope(policy, lists), warnings: policy.warnings() };
        if policy.rules.is_empty() && policy.programmes == Programmes::All {
            return Ok(scope);
        }
        if scope.out_of_scope.iter().zip(lists).all(|(out, list)| *out == list.entities.len()) {
            let name = &policy.name;
            let message = format!(
                "the policy {name} leaves nobody in scope: all listed parties are excluded by programme"
            );
            return Err(EngineError::input(message)
                .hint("see its [programmes]; the tags of a list: interdict policy check FILE --list LIST"));
        }
        scope.doubt(policy, lists);
        Ok(scope)
    }

    /// What of the policy is without effect on these lists, and lists that it empties.
    fn doubt(&mut self, policy: &Policy, lists: &[ScreenList]) {
        let warnings = &mut self.warnings;
        let entities =
            || lists.iter().flat_map(|list| list.entities.iter().map(move |entity| (list, entity)));
        for (n, rule) in policy.rules.iter().enumerate() {
            let (number, scope) = (n + 1, rule.scope());
            if let Some(name) = rule.list.as_ref().filter(|name| lists.iter().all(|l| l.dataset != **name)) {
                let there: Vec<&str> = lists.iter().map(|l| l.dataset.as_str()).collect();
                let there = there.join(", ");
                warnings.push(format!(
                    "policy rule {number}: no list {name} is screened against; there is {there}"
                ));
            } else if !entities().any(|(l, e)| rule.covers(Some(&l.dataset), &e.schema)) {
                warnings
                    .push(format!("policy rule {number} ({scope}) rules nobody: no such party is listed"));
            }
        }
        for tag in policy.programmes.tags() {
            let has = |e: &Entity| e.values(&Property::Program).any(|p| same_tag(p, tag));
            if !entities().any(|(_, entity)| has(entity)) {
                warnings.push(format!("the policy names the programme {tag}, which no listed party has"));
            }
        }
        for (list, out) in lists.iter().zip(&self.out_of_scope).filter(|(l, out)| l.entities.len() == **out) {
            warnings.push(format!(
                "{}: the policy leaves nobody of this list in scope: all {out} parties are excluded by programme",
                list.source
            ));
        }
    }
}

/// How many parties of each list are out of scope.
pub(crate) fn out_of_scope(policy: &Policy, lists: &[ScreenList]) -> Vec<usize> {
    let is_out = |e: &&Entity| !policy.programmes.in_scope(e.values(&Property::Program));
    let out = |list: &ScreenList| list.entities.iter().filter(is_out).count();
    if policy.programmes == Programmes::All { vec![0; lists.len()] } else { lists.iter().map(out).collect() }
}
