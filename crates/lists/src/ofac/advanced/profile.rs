//! A `DistinctParty`: its names, papers and features.

use model::Property;
use rustc_hash::FxHashMap;

use super::reference::take_period;
use super::{Reader, says_nothing};
use crate::ofac::labelled::Labelled;
use crate::ofac::listing::Record;
use crate::ofac::name_parts::{self, Order};
use crate::ofac::remarks::Party;
use crate::xml::Node;

/// Whole names by the number of the documented name.
type Names = FxHashMap<Box<str>, String>;

impl Reader<'_> {
    pub(super) fn party(&mut self, mut node: Node) {
        let locator = node.locator();
        let uid = node.take_attribute("FixedRef");
        let kind = node.children.iter_mut().find(|child| child.name == "Profile");
        let kind = kind.map_or("Unknown", |profile| self.references.kind(profile));
        let Some(mut draft) = self.listing.begin(uid.as_deref(), Some(kind), node.line) else { return };
        let mut names = Names::default();
        let mut identities = Vec::new();
        let mut features = Vec::new();
        for profile in node.children.iter_mut().filter(|child| child.name == "Profile") {
            identities.append(&mut profile.take_all("Identity"));
            features.append(&mut profile.take_all("Feature"));
            let id = profile.take_attribute("ID").or_else(|| uid.clone()).unwrap_or_default();
            self.profiles.insert(id, draft.uid);
        }
        // The primary names first, whatever the order in the file.
        identities.sort_by_key(|identity| !is_primary(identity));
        for identity in &mut identities {
            self.names(identity, &mut draft, &mut names);
        }
        if !self.listing.is_named(&mut draft) {
            return;
        }
        let mut party = draft.party();
        if let Some(comment) = node.take_text("Comment") {
            party.remarks(&comment, locator, &mut self.listing.beside, &mut self.listing.report);
        }
        for feature in &mut features {
            self.feature(feature, &mut party);
        }
        let of_identities: Vec<_> =
            identities.iter().filter_map(|i| self.papers.remove(i.attribute("ID")?)).collect();
        let mut papers: Vec<Node> = of_identities.into_iter().flatten().collect();
        let first_name = party.entity.first(&Property::Name).map(str::to_owned);
        for paper in &mut papers {
            let name = paper.child("DocumentedNameReference").and_then(|n| n.attribute("DocumentedNameID"));
            // A paper in the party's first name needs not say so.
            let name = name.and_then(|id| names.get(id)).filter(|name| first_name.as_ref() != Some(name));
            self.paper(paper, &mut party, name);
        }
        for mut rest in identities.into_iter().chain(features).chain(papers) {
            rest.forget(&says_nothing);
            rest.keep(party.entity, &mut self.listing.report);
        }
        node.forget(&says_nothing);
        self.listing.end(draft, node);
    }

    /// The names of an identity.
    fn names(&self, identity: &mut Node, draft: &mut Record, names: &mut Names) {
        let mut kinds: FxHashMap<Box<str>, &str> = FxHashMap::default();
        if let Some(groups) = identity.children.iter_mut().find(|child| child.name == "NamePartGroups") {
            for group in groups.children.iter_mut().flat_map(|master| &mut master.children) {
                let Some(id) = group.take_attribute("ID") else { continue };
                if let Some(kind) = self.references.take(group, "NamePartTypeID", "NamePartType") {
                    kinds.insert(id, kind);
                }
            }
        }
        let main = is_primary(identity);
        identity.children.sort_by_key(|child| !is_primary(child));
        for alias in identity.children.iter_mut().filter(|child| child.name == "Alias") {
            let primary = main && is_primary(alias);
            let weak = alias.take_attribute("LowQuality").as_deref() == Some("true");
            let kind = self.references.take(alias, "AliasTypeID", "AliasType");
            let property = if primary { Property::Name } else { crate::ofac::alias(kind, weak) };
            for name in alias.children.iter_mut().filter(|child| child.name == "DocumentedName") {
                let locator = name.locator();
                let id = name.take_attribute("ID").unwrap_or_default();
                let mut order = Order::Comma;
                let mut parts: Vec<(&str, String)> = Vec::new();
                for part in name.children.iter_mut().filter(|child| child.name == "DocumentedNamePart") {
                    for value in part.children.iter_mut().filter(|child| child.name == "NamePartValue") {
                        let group = value.take_attribute("NamePartGroupID").unwrap_or_default();
                        let script = self.references.take(value, "ScriptID", "Script");
                        order = Order::of(script.unwrap_or_default());
                        if let Some(text) = value.take_own_text() {
                            parts.push((kinds.get(&group).copied().unwrap_or_default(), text));
                        }
                    }
                }
                let whole = name_parts::whole(&parts, order);
                let mut party = draft.party();
                party.add(&property, &whole, locator);
                for (kind, value) in parts.iter().filter(|_| primary) {
                    if let Some(property) = name_parts::property(kind) {
                        party.add(property, value, locator);
                    }
                }
                names.insert(id, whole);
            }
        }
    }

    fn feature(&mut self, feature: &mut Node, party: &mut Party<'_>) {
        let label = self.references.take(feature, "FeatureTypeID", "FeatureType").unwrap_or_default();
        for version in feature.children.iter_mut().filter(|child| child.name == "FeatureVersion") {
            let locator = version.locator();
            let reliability = self.references.take(version, "ReliabilityID", "Reliability");
            let mut values: Vec<String> = take_period(version).into_iter().collect();
            for detail in version.children.iter_mut().filter(|child| child.name == "VersionDetail") {
                let reference = self.references.take(detail, "DetailReferenceID", "DetailReference");
                values.extend(detail.take_own_text().or_else(|| reference.map(str::to_owned)));
            }
            let (beside, report) = (&mut self.listing.beside, &mut self.listing.report);
            for location in version.children.iter_mut().filter(|child| child.name == "VersionLocation") {
                let place = location.attribute("LocationID").and_then(|id| self.places.get(id));
                let Some(place) = place else {
                    // A number that leads nowhere is all there is.
                    let id = location.take_attribute("LocationID").unwrap_or_default();
                    party.note(&format!("{label}: location {id}"), locator, report);
                    continue;
                };
                let (lines, odd) = place.lines(&self.references);
                values.extend(lines);
                for part in odd {
                    party.note(&format!("{label}: {part}"), locator, report);
                }
                if let Some(country) = place.country(&self.references).filter(|_| label == "Location") {
                    party.add(&Property::Country, country, locator);
                }
                if let Some(rest) = &place.rest {
                    Node::clone(rest).keep(party.entity, report);
                }
            }
            for value in values {
                party.feature(label, &value, reliability, locator, beside, report);
            }
        }
    }

    fn paper(&mut self, paper: &mut Node, party: &mut Party<'_>, name: Option<&String>) {
        let locator = paper.locator();
        let references = &self.references;
        let label = references.take(paper, "IDRegDocTypeID", "IDRegDocType").unwrap_or_default();
        let number = paper.take_text("IDRegistrationNo").unwrap_or_default();
        let country = references.take(paper, "IssuedBy-CountryID", "Country");
        let place = paper.attribute("IssuedIn-LocationID").and_then(|id| self.places.get(id));
        let place = place.and_then(|place| place.lines(references).0.into_iter().next());
        let authority = paper.take_text("IssuingAuthority").or_else(|| {
            paper.take_attribute("IssuedIn-LocationID");
            place
        });
        // That it is not valid is noted in words.
        if let Some(validity) = references.take(paper, "ValidityID", "Validity")
            && !matches!(validity, "Valid" | "Unknown")
        {
            paper.attributes.push(("Validity".into(), validity.into()));
        }
        let (mut issued, mut expires) = (None, None);
        for date in paper.children.iter_mut().filter(|child| child.name == "DocumentDate") {
            match references.take(date, "IDRegDocDateTypeID", "IDRegDocDateType") {
                Some("Issue Date") => issued = take_period(date),
                Some("Expiration Date") => expires = take_period(date),
                Some(other) => date.name = format!("DocumentDate {other}").into(),
                None => {}
            }
        }
        let comment = paper.take_text("Comment").filter(|comment| *comment != number);
        let item = Labelled {
            label,
            value: &number,
            country,
            authority: authority.as_deref(),
            issued: issued.as_deref(),
            expires: expires.as_deref(),
            summary: comment.as_deref().or(name.map(String::as_str)),
        };
        party.labelled(&item, locator, &mut self.listing.beside, &mut self.listing.report);
    }
}

fn is_primary(node: &Node) -> bool {
    node.attribute("Primary") == Some("true")
}
