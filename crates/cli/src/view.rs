//! What the engine answers, as the plain strings and integers that `report` draws.

use engine::{
    Basis, Entity, Library, ListDiff, Locator, NameHit, NameStrength, PartyChange, Policy, Property, Row,
    ScreenList, by_programme,
};
use report::{
    ChangeKind, ChangedParty, ChangedProperty, Customer, EvidenceRow, Fact, FileHash, ListChanges,
    ListSource, NameMet, Nearest, Party, ProgrammeChanges, Provenance, Strength,
};

/// Who signs a page.
pub(crate) const ENGINE: &str = concat!("interdict ", env!("CARGO_PKG_VERSION"));

use crate::links::links;

pub(crate) fn list(list: &ScreenList) -> ListSource {
    let file =
        |f: &engine::LoadedFile| FileHash { name: f.name.clone(), bytes: f.bytes, sha256: f.sha256.clone() };
    ListSource {
        name: list.source.clone(),
        dataset: list.dataset.clone(),
        version: list.version.clone(),
        sha256: list.sha256.clone(),
        parties: list.entities.len(),
        files: list.files.iter().map(file).collect(),
    }
}

pub(crate) fn provenance(policy: &Policy) -> Provenance {
    Provenance {
        engine: ENGINE.to_owned(),
        settings: policy.canonical(),
        configuration: engine::policy_hash(policy),
        tables: engine::table_hash(),
    }
}

/// What changed from one version of a list to another.
pub(crate) fn changes(
    diff: &ListDiff<'_>,
    old: &ScreenList,
    new: &ScreenList,
    warnings: &[String],
) -> ListChanges {
    let programmes = by_programme(diff).into_iter().map(|(programme, parties)| ProgrammeChanges {
        programme: programme.unwrap_or_default().to_owned(),
        parties: parties.into_iter().map(changed_party).collect(),
    });
    ListChanges {
        old: list(old),
        new: list(new),
        warnings: warnings.to_vec(),
        programmes: programmes.collect(),
        engine: ENGINE.to_owned(),
    }
}

fn changed_party(change: &PartyChange<'_>) -> ChangedParty {
    let party = change.party();
    let property = |c: &engine::PropertyChange| ChangedProperty {
        property: c.property.clone(),
        removed: c.removed.clone(),
        added: c.added.clone(),
    };
    ChangedParty {
        kind: match (change.old, change.new) {
            (None, _) => ChangeKind::Added,
            (_, None) => ChangeKind::Removed,
            _ => ChangeKind::Changed,
        },
        id: party.id.to_string(),
        caption: party.caption().to_owned(),
        schema: party.schema.name().to_owned(),
        changes: change.changes.iter().map(property).collect(),
    }
}

pub(crate) fn customer(entity: &Entity) -> Customer {
    let schema = Some(entity.schema.name()).filter(|_| entity.schema != engine::Schema::Thing);
    let name = entity.first(&Property::Name).unwrap_or_default();
    let others = entity.statements.iter().filter(|s| !(s.property == Property::Name && &*s.value == name));
    Customer {
        id: entity.id.to_string(),
        name: name.to_owned(),
        schema: schema.unwrap_or_default().to_owned(),
        facts: others.map(|s| fact(s.property.name(), &s.value, None)).collect(),
    }
}

/// A result with everything that is stated of its party.
pub(crate) fn nearest(hit: &engine::Hit, library: &Library) -> Nearest {
    let (list, entity) = library.entity(hit.entity);
    let scored = &hit.scored;
    Nearest {
        party: party(list, entity),
        met: scored.name.as_ref().map(met),
        basis: if scored.basis == Basis::Identifier {
            report::Basis::Identifier
        } else {
            report::Basis::Name
        },
        score: i32::from(scored.score.ten_thousandths()),
        bits: scored.bits,
        evidence: scored.rows.iter().map(row).collect(),
    }
}

fn party(list: &ScreenList, entity: &Entity) -> Party {
    let caption = entity.caption();
    let stated = entity
        .statements
        .iter()
        // The primary name heads the card; that whoever is on the list is sanctioned need not be said of each.
        .filter(|s| {
            !(s.property == Property::Name && &*s.value == caption) && s.property != Property::Topics
        });
    let mut facts: Vec<Fact> =
        stated.map(|s| fact(s.property.name(), &s.value, source(list, s.locator))).collect();
    facts.extend(links(list, entity).map(|link| fact(link.label, &link.value, source(list, link.locator))));
    Party {
        id: entity.id.to_string(),
        caption: caption.to_owned(),
        schema: entity.schema.name().to_owned(),
        dataset: list.dataset.clone(),
        facts,
    }
}

fn fact(property: &str, value: &str, source: Option<String>) -> Fact {
    Fact { property: property.to_owned(), value: value.to_owned(), source }
}

/// `sdn.csv line 5`.
fn source(list: &ScreenList, locator: Locator) -> Option<String> {
    match locator {
        Locator::Line { file, line } => {
            list.files.get(usize::from(file)).map(|f| format!("{} line {line}", f.name))
        }
        _ => None,
    }
}

fn met(name: &NameHit) -> NameMet {
    NameMet {
        query: name.query.to_string(),
        candidate: name.candidate.to_string(),
        property: name.property.name().to_owned(),
        strength: match name.strength {
            NameStrength::Primary => Strength::Primary,
            NameStrength::Strong => Strength::Strong,
            NameStrength::Weak => Strength::Weak,
        },
    }
}

fn row(row: &Row) -> EvidenceRow {
    EvidenceRow {
        feature: row.feature.clone(),
        kind: row.kind.to_owned(),
        query: row.query.clone(),
        candidate: row.candidate.clone(),
        bits: row.bits,
        share: row.share,
        gain: row.gain,
        stake: row.stake,
        note: row.note.as_deref().map(str::to_owned),
        disguised: row.disguised,
    }
}
