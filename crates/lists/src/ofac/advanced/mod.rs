//! `Sanctions`, the Advanced Sanctions Data Model (`SDN_ADVANCED.XML`, `CONS_ADVANCED.XML`), a model of the United Nations
//! and others that OFAC publishes its lists in. Read from its published schema; no file of it was at hand.
//!
//! A party is spread over the file. `ReferenceValueSets` say what numbers mean; `Locations` and `IDRegDocuments` come
//! next; a `DistinctParty` has identities with names and features that refer to them; `ProfileRelationships` and
//! `SanctionsEntries` (lists, programmes, legal grounds) refer to parties. The sections are read in whatever order they
//! come: a record that comes before what it refers to waits for the end.
//!
//! Names are put together of their parts in OFAC's order, in capitals or not as the parts are published.

mod profile;
mod reference;

use model::Property;
use rustc_hash::FxHashMap;

use super::listing::Listing;
use super::relations::Tie;
use super::sanction::Sanction;
use crate::error::ListError;
use crate::xml::{Node, Piece, walk};
use crate::{LoadedList, SourceFile};
use reference::{Place, References};

/// Attributes that tie records together, and no more.
const TIES: [&str; 22] = [
    "ID",
    "FixedRef",
    "IdentityID",
    "NamePartGroupID",
    "ScriptID",
    "ScriptStatusID",
    "DocNameStatusID",
    "DocumentedNameID",
    "IdentityFeatureLinkTypeID",
    "DetailTypeID",
    "CalendarTypeID",
    "CountryRelevanceID",
    "LocPartValueTypeID",
    "LocPartValueStatusID",
    "FeatureVersionID",
    "IDRegDocumentID",
    "ProfileRelationshipID",
    "SanctionsEntryID",
    "LocationID",
    "ProfileID",
    "NamePartTypeID",
    "Primary",
];

/// A tie, or a flag that is not set.
fn says_nothing(name: &str, value: &str) -> bool {
    value == "false" || TIES.contains(&name)
}

/// Reads the list.
pub(crate) fn read(file: &SourceFile<'_>) -> Result<LoadedList, ListError> {
    let mut reader = Reader::new(file);
    let is_record = |path: &[_]| match path.len() {
        2 => path[1] == "DateOfIssue",
        3 => path[1] != "ReferenceValueSets",
        4 => path[1] == "ReferenceValueSets",
        _ => false,
    };
    let walked = walk(file.bytes, is_record, |path, piece| match piece {
        Piece::Record(node) if path[1] == "ReferenceValueSets" => {
            reader.begun[0] = true;
            reader.references.add(node);
        }
        Piece::Record(node) => reader.record(node, false),
        Piece::Head(_) | Piece::Leaf(_) => {}
    });
    walked.map_err(|malformed| malformed.of(file))?;
    // Parties first: entries and relationships refer to them.
    let early = std::mem::take(&mut reader.early);
    let (parties, rest): (Vec<_>, Vec<_>) = early.into_iter().partition(|node| node.name == "DistinctParty");
    for node in parties.into_iter().chain(rest) {
        reader.record(node, true);
    }
    reader.finish(file)
}

struct Reader<'f> {
    listing: Listing<'f>,
    references: References,
    places: FxHashMap<Box<str>, Place>,
    /// Papers by the number of the identity that they are of.
    papers: FxHashMap<Box<str>, Vec<Node>>,
    /// Number of the party by that of its profile.
    profiles: FxHashMap<Box<str>, u64>,
    /// How many sanctions a party has.
    sanctions: FxHashMap<u64, usize>,
    /// Whether there were reference values, places, papers.
    begun: [bool; 3],
    /// Records that came before what they refer to.
    early: Vec<Node>,
}

impl<'f> Reader<'f> {
    fn new(file: &SourceFile<'f>) -> Self {
        Self {
            listing: Listing::new(file),
            references: References::default(),
            places: FxHashMap::default(),
            papers: FxHashMap::default(),
            profiles: FxHashMap::default(),
            sanctions: FxHashMap::default(),
            begun: [false; 3],
            early: Vec::new(),
        }
    }

    fn record(&mut self, mut node: Node, last: bool) {
        match node.name.as_str() {
            "Location" => {
                self.begun[1] = true;
                if let Some(id) = node.take_attribute("ID") {
                    self.places.insert(id, Place::read(node));
                }
            }
            "IDRegDocument" => {
                self.begun[2] = true;
                let identity = node.take_attribute("IdentityID").unwrap_or_default();
                self.papers.entry(identity).or_default().push(node);
            }
            "DistinctParty" if last || self.begun == [true; 3] => self.party(node),
            "ProfileRelationship" if last || self.listing.len() > 0 => self.relationship(node),
            "SanctionsEntry" if last || self.listing.len() > 0 => self.entry(node),
            "DistinctParty" | "ProfileRelationship" | "SanctionsEntry" => self.early.push(node),
            "DateOfIssue" => self.listing.published = reference::date(&node),
            // Among them `SanctionsEntryLink`, which OFAC makes no use of.
            other => self.listing.report.unmapped(other),
        }
    }

    fn relationship(&mut self, mut node: Node) {
        let ends = ["From-ProfileID", "To-ProfileID"].map(|end| node.take_attribute(end).unwrap_or_default());
        let [from, to] = ends.each_ref().map(|id| self.profiles.get(id).copied());
        // A profile that is not in the file has the number of its party.
        let (Some(party), Some(other)) = (from, to.or_else(|| ends[1].parse().ok())) else {
            self.listing.skip(node.line, format!("a relationship of a profile {} that is not here", ends[0]));
            return;
        };
        let kind = self.references.take(&mut node, "RelationTypeID", "RelationType");
        let kind = kind.unwrap_or_default().into();
        let quality = self.references.take(&mut node, "RelationQualityID", "RelationQuality");
        let quality = quality.filter(|quality| *quality != "Unknown").map(str::to_owned);
        let former =
            node.take_attribute("Former").filter(|former| &**former == "true").map(|_| "Former".to_owned());
        let summary = [former, quality, node.take_text("Comment")];
        let summary = summary.into_iter().flatten().map(Into::into).collect();
        let locator = node.locator();
        self.listing.ties.push(Tie { party, other, name: None, kind, summary, locator });
        self.keep(party, node);
    }

    fn entry(&mut self, mut node: Node) {
        let profile = node.take_attribute("ProfileID").unwrap_or_default();
        let Some(&uid) = self.profiles.get(&profile) else {
            self.listing.skip(node.line, format!("an entry of a profile {profile} that is not here"));
            return;
        };
        let list = self.references.take(&mut node, "ListID", "List");
        self.listing.on_list(list.unwrap_or_default());
        let count = self.sanctions.entry(uid).or_default();
        *count += 1;
        let Some((mut party, _)) = self.listing.party(uid) else { return };
        let mut sanction = Sanction::of(party.entity, *count, node.locator());
        sanction.add(Property::Summary, list.unwrap_or_default());
        for event in node.children.iter_mut().filter(|child| child.name == "EntryEvent") {
            let kind = self.references.take(event, "EntryEventTypeID", "EntryEventType");
            let ground = self.references.take(event, "LegalBasisID", "LegalBasis");
            sanction.add(Property::Reason, ground.filter(|ground| *ground != "Unknown").unwrap_or_default());
            sanction.add(Property::Summary, &event.take_text("Comment").unwrap_or_default());
            if let Some(date) = event.child("Date").and_then(reference::date) {
                event.take("Date");
                let created = kind.is_none_or(|kind| kind == "Created");
                sanction.add(if created { Property::ListingDate } else { Property::ModifiedAt }, &date);
            }
        }
        for measure in node.children.iter_mut().filter(|child| child.name == "SanctionsMeasure") {
            let kind = self.references.take(measure, "SanctionsTypeID", "SanctionsType");
            let comment = measure.take_text("Comment").unwrap_or_default();
            if kind == Some("Program") {
                sanction.add(Property::Program, &comment);
                party.add(&Property::Program, &comment, measure.locator());
            } else {
                sanction.provision(kind.unwrap_or_default());
                sanction.add(Property::Summary, &comment);
            }
        }
        self.listing.sanctions.push(sanction.done());
        self.keep(uid, node);
    }

    /// Notes what is left of a record for a party.
    fn keep(&mut self, uid: u64, mut rest: Node) {
        rest.forget(&says_nothing);
        if let Some((party, report)) = self.listing.party(uid) {
            rest.keep(party.entity, report);
        }
    }

    fn finish(mut self, file: &SourceFile<'_>) -> Result<LoadedList, ListError> {
        let mut of_nobody: Vec<u32> = self.papers.values().flatten().map(|paper| paper.line).collect();
        of_nobody.sort_unstable();
        for line in of_nobody {
            self.listing.skip(line, "a paper of an identity that is not here");
        }
        self.listing.finish(file)
    }
}
