//! Joining on real lists: the UN's against the UK's, whose texts name the UN's references, which are what is judged by.

use std::collections::{BTreeMap, BTreeSet};

use engine::{Edge, Entity, Joined, Library, Property, Reason, ScreenList};

/// A real list; `None` where the data is not there.
fn open(path: &str) -> Option<ScreenList> {
    let path = testkit::shared(format!("data/lists/{path}"))?;
    Some(ScreenList::open(&path).unwrap())
}

/// The list without what names another listing: no references, no referents, ids that say nothing.
fn hidden(mut list: ScreenList) -> ScreenList {
    let told = |entity: &Entity| {
        let mut entity = entity.clone();
        entity.statements.retain(|s| !["unscId", "referents"].contains(&s.property.name()));
        entity
    };
    let own: Vec<Entity> = list.entities.iter().map(told).collect();
    let beside: Vec<Entity> = list.relations.iter().map(told).collect();
    (list.entities, list.relations) = (own.into(), beside.into());
    list
}

#[test]
#[ignore]
fn dump() {
    let names: Vec<String> = std::env::var("H_LISTS").unwrap().split(' ').map(str::to_owned).collect();
    let lists: Vec<ScreenList> = names.iter().map(|n| open(n).unwrap()).collect();
    let hide = std::env::var("H_HIDE").is_ok();
    let lists = if hide { lists.into_iter().map(hidden).collect() } else { lists };
    let library = Library::new(lists).unwrap();
    let t = std::time::Instant::now();
    let joined = library.join(None).unwrap();
    eprintln!("join {:?}", t.elapsed());
    for (n, e) in joined.edges().iter().enumerate() {
        let (_, a) = joined.party(e.a);
        let (_, b) = joined.party(e.b);
        let cut = joined.cuts().iter().find(|c| c.edge == n).map(|c| c.because.to_string());
        println!(
            "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{:?}",
            a.id,
            b.id,
            e.reason.name(),
            e.by,
            e.bits(),
            e.scored.as_ref().map(|s| s.score.to_string()).unwrap_or_default(),
            format!("{} | {}", a.caption(), b.caption()),
            cut
        );
    }
}
