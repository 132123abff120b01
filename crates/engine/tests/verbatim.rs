//! Every name that OFAC published on 2023-12-28, fed back verbatim, finds its own entity and matches it: primary names,
//! strong and weak aliases, all of them. Reads `../shared`; without it there is nothing to test and that is said.
//!
//! A result does not depend on the other entities of a list (scoring is a pure function of query, candidate and
//! configuration, and without a limit nothing is cut). So each name is scored against the profile of its own entity,
//! and one in [`SEARCHED`] goes through the whole search, to hold that the search returns what the score says.

use std::collections::BTreeMap;
use std::time::Instant;

use engine::{
    Configuration, Entity, Library, Policy, Property, Query, Request, ScreenList, Screening, Search,
};
use model::NameStrength;
use screen::{Profile, score};
use testkit::shared;

/// One name in this many is searched for in the whole list.
const SEARCHED: usize = 200;

/// One name in this many is also asked without a schema, as a user who types a name does.
const WITHOUT_SCHEMA: usize = 10;

/// Failures that the message names.
const SHOWN: usize = 30;

/// A listed name: which entity has it, and how strong the publisher calls it.
struct Listed<'a> {
    index: usize,
    entity: &'a Entity,
    strength: NameStrength,
    name: &'a str,
}

fn names(list: &ScreenList) -> Vec<Listed<'_>> {
    let mut found = Vec::new();
    for (index, entity) in list.entities.iter().enumerate() {
        for (strength, statement) in entity.names() {
            found.push(Listed { index, entity, strength, name: &statement.value });
        }
    }
    found
}

/// The name as a user types it; `Err` says why it is no query.
fn query(listed: &Listed<'_>, schema: bool) -> Result<Query, String> {
    let schema = schema.then(|| listed.entity.schema.name());
    Query::from_fields("query", schema, [(Property::Name, listed.name)]).map_err(|e| e.to_string())
}

/// What is wrong with how a name meets its own entity; `None` where it matches.
fn fault(listed: &Listed<'_>, own: &Profile, schema: bool, policy: &Configuration) -> Option<String> {
    let query = match query(listed, schema) {
        Ok(query) => query,
        Err(e) => return Some(e),
    };
    match score(query.profile(), own, policy) {
        None => Some("nothing agrees".to_owned()),
        Some(scored) if !scored.matched => Some(format!("score {} is no match", scored.score)),
        Some(_) => None,
    }
}

/// What is wrong with the whole search for a name; `None` where its own entity is returned as a match.
fn not_returned(listed: &Listed<'_>, screening: &Screening<'_>, schema: bool) -> Option<String> {
    let answer = screening.screen(&query(listed, schema).ok()?, Request::default(), Search::Indexed);
    assert!(!answer.truncated && answer.total == answer.hits.len(), "{}: cut without a limit", listed.name);
    let own = answer.hits.iter().find(|hit| hit.entity == listed.index);
    match own {
        None => Some(format!("not among {} results of the search", answer.total)),
        Some(hit) if !hit.scored.matched => {
            Some(format!("returned without match, score {}", hit.scored.score))
        }
        Some(_) => None,
    }
}

#[test]
fn every_listed_name_fed_back_verbatim_matches_its_own_entity() {
    let Some(path) = shared("data/lists/ofac/2023-12-28/sdn.csv") else { return };
    let start = Instant::now();
    let policy = Configuration::default();
    let library = Library::new(vec![ScreenList::open(&path).unwrap()]).unwrap();
    let screening = library.under(&Policy::default()).unwrap();
    let listed = names(&library.lists()[0]);
    let mut faults: Vec<String> = Vec::new();
    let mut asked: BTreeMap<&str, usize> = BTreeMap::new();
    let mut own: Option<(usize, Profile)> = None;
    for (n, name) in listed.iter().enumerate() {
        if own.as_ref().is_none_or(|(index, _)| *index != name.index) {
            own = Some((name.index, Profile::new(name.entity)));
        }
        let Some((_, profile)) = &own else { continue };
        let mut note = |asked_as: &'static str, fault: Option<String>| {
            *asked.entry(asked_as).or_default() += 1;
            faults.extend(fault.map(|fault| {
                let Listed { entity, strength, name, .. } = name;
                format!("{} {} {strength:?} {name:?}, {asked_as}: {fault}", entity.id, entity.schema)
            }));
        };
        note("with its schema", fault(name, profile, true, &policy));
        if n % WITHOUT_SCHEMA == 0 {
            note("without a schema", fault(name, profile, false, &policy));
        }
        if n % SEARCHED == 0 {
            note("searched with its schema", not_returned(name, &screening, true));
        }
        if n % SEARCHED == SEARCHED / 2 {
            note("searched without a schema", not_returned(name, &screening, false));
        }
    }
    assert!(listed.len() > 33_000, "only {} names were read: this would prove nothing", listed.len());
    for strength in [NameStrength::Primary, NameStrength::Strong, NameStrength::Weak] {
        assert!(listed.iter().any(|l| l.strength == strength), "no {strength:?} name was read");
    }
    let shown = faults.iter().take(SHOWN).cloned().collect::<Vec<_>>().join("\n  ");
    assert!(faults.is_empty(), "{} of {asked:?} fail, the first:\n  {shown}", faults.len());
    #[allow(clippy::print_stderr)] // The figure that the bar asks for; `--nocapture` shows it.
    {
        eprintln!(
            "{} names of {} entities, {asked:?}: all match, {:.1?}",
            listed.len(),
            library.lists()[0].entities.len(),
            start.elapsed()
        );
    }
}
