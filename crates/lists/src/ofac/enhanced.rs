//! `sanctionsData`, the XML that OFAC's Sanctions List Service exports (`SDN_ENHANCED.XML`, `CONS_ENHANCED.XML`, and
//! extracts by list or programme).
//!
//! Every value has its text beside the number of a reference value, and every name and address a translation for each
//! script that it was published in: a name in its own script is a name as good as its romanisation. The numbers by which
//! values refer to one another within a party are passed over, and so are dates in numbers where the same date is given in
//! words.

use model::Property;
use rustc_hash::{FxHashMap, FxHashSet};

use super::address::Address;
use super::labelled::Labelled;
use super::listing::{Listing, Record};
use super::name_parts;
use super::period::{Day, Period};
use super::relations::Tie;
use super::remarks::{Beside, Party};
use super::sanction::Sanction;
use crate::error::ListError;
use crate::report::LoadReport;
use crate::xml::{Node, Piece, walk};
use crate::{LoadedList, SourceFile};

/// Attributes that tie values together, and no more.
const TIES: [&str; 7] =
    ["id", "refId", "featureTypeId", "featureVersionId", "nameId", "nameTranslationId", "entityId"];

/// Text of reference values by number.
type References = FxHashMap<Box<str>, Box<str>>;

/// Reads the list.
pub(crate) fn read(file: &SourceFile<'_>) -> Result<LoadedList, ListError> {
    let mut listing = Listing::new(file);
    let mut references = References::default();
    let is_record = |path: &[_]| path.len() == 3 && (path[2] == "entity" || path[2] == "referenceValue");
    let walked = walk(file.bytes, is_record, |_, piece| match piece {
        Piece::Record(mut node) if node.name == "referenceValue" => {
            if let (Some(id), Some(value)) = (node.take_attribute("refId"), node.take_text("value")) {
                references.insert(id, value.into());
            }
        }
        Piece::Record(node) => entity(node, &mut listing, &references),
        Piece::Leaf(leaf) if leaf.name == "dataAsOf" => {
            listing.published = Day::parse(&leaf.text).map(Day::iso);
        }
        _ => {}
    });
    walked.map_err(|malformed| malformed.of(file))?;
    listing.finish(file)
}

/// The text of a child that refers to a reference value.
fn said(node: &mut Node, name: &str, references: &References) -> Option<String> {
    node.children.iter_mut().find(|child| child.name == name).and_then(|child| own(child, references))
}

fn own(node: &mut Node, references: &References) -> Option<String> {
    let reference = ["refId", "featureTypeId"].map(|name| node.take_attribute(name));
    let text = node.take_own_text();
    text.or_else(|| reference.into_iter().flatten().find_map(|id| Some(references.get(&id)?.to_string())))
}

fn entity(mut node: Node, listing: &mut Listing<'_>, references: &References) {
    let locator = node.locator();
    let uid = node.take_attribute("id");
    let mut general = node.take("generalInfo").unwrap_or_else(|| Node::new("generalInfo", node.line));
    general.take_text("identityId");
    let kind = said(&mut general, "entityType", references);
    let Some(mut draft) = listing.begin(uid.as_deref(), kind.as_deref(), node.line) else { return };
    let mut rest = node.take_in("names", "name");
    // The primary name first, whatever the order in the file.
    rest.sort_by_key(|name| !name.children.iter().any(|c| c.name == "isPrimary" && c.text == "true"));
    for name in &mut rest {
        names(name, &mut draft, references);
    }
    if !listing.is_named(&mut draft) {
        return;
    }
    sanctions(&mut node, &mut draft, listing, references);
    let (beside, report) = (&mut listing.beside, &mut listing.report);
    let mut party = draft.party();
    if let Some(title) = general.take_text("title") {
        party.add(&Property::Position, &title, locator);
    }
    for mut address in node.take_in("addresses", "address") {
        addresses(&mut address, &mut party, references);
        rest.push(address);
    }
    let (main, other): (Vec<_>, Vec<_>) = (node.take_in("features", "feature").into_iter())
        .map(|mut feature| (feature.take_flag("isPrimary"), feature))
        .partition(|(main, _)| *main);
    for (_, mut node) in main.into_iter().chain(other) {
        feature(&mut node, &mut party, references, beside, report);
        rest.push(node);
    }
    let first_name = party.entity.first(&Property::Name).map(str::to_owned);
    for mut node in node.take_in("identityDocuments", "identityDocument") {
        paper(&mut node, first_name.as_deref(), &mut party, references, beside, report);
        rest.push(node);
    }
    if let Some(remarks) = general.take_text("remarks") {
        party.remarks(&remarks, locator, beside, report);
    }
    for mut relation in node.take_in("relationships", "relationship") {
        listing.ties.extend(tie(&mut relation, draft.uid, references));
        rest.push(relation);
    }
    rest.push(general);
    for mut node in rest {
        node.forget(&|name, _| TIES.contains(&name));
        node.keep(&mut draft.entity, report);
    }
    listing.end(draft, node);
}

fn feature(
    node: &mut Node,
    party: &mut Party<'_>,
    references: &References,
    beside: &mut Beside,
    report: &mut LoadReport,
) {
    node.take_text("versionId");
    let label = said(node, "type", references).unwrap_or_default();
    let refers = node.take_text("valueRefId");
    let date = period(node, "valueDate");
    let text = node.take_text("value").or(date);
    let text = text.or_else(|| Some(references.get(&*refers?)?.to_string())).unwrap_or_default();
    let reliability = said(node, "reliability", references);
    party.feature(&label, &text, reliability.as_deref(), node.locator(), beside, report);
}

fn paper(
    node: &mut Node,
    first_name: Option<&str>,
    party: &mut Party<'_>,
    references: &References,
    beside: &mut Beside,
    report: &mut LoadReport,
) {
    let label = said(node, "type", references).unwrap_or_default();
    let number = node.take_text("documentNumber").unwrap_or_default();
    let country = said(node, "issuingCountry", references);
    let by = ["issuingAuthority", "issuingLocation"].into_iter();
    let authority = by.into_iter().find_map(|field| said(node, field, references));
    let [issued, expires] = ["issueDate", "expirationDate"].map(|date| period(node, date));
    // A paper in the party's first name needs not say so.
    let name = node.children.iter_mut().find(|child| child.name == "name").and_then(Node::take_own_text);
    let name = name.filter(|name| first_name != Some(name));
    if node.child("isValid").is_some_and(|valid| valid.text == "true") {
        node.take_text("isValid");
    }
    let item = Labelled {
        label: &label,
        value: &number,
        country: country.as_deref(),
        authority: authority.as_deref(),
        issued: issued.as_deref(),
        expires: expires.as_deref(),
        summary: name.as_deref(),
    };
    party.labelled(&item, node.locator(), beside, report);
}

/// A name in each of its scripts; of the primary name its parts as well.
fn names(node: &mut Node, draft: &mut Record, references: &References) {
    let (primary, weak) = (node.take_flag("isPrimary"), node.take_flag("isLowQuality"));
    let kind = said(node, "aliasType", references);
    let property = if primary { Property::Name } else { super::alias(kind.as_deref(), weak) };
    let mut party = draft.party();
    let mut rest = Vec::new();
    for mut translation in node.take_in("translations", "translation") {
        let locator = translation.locator();
        translation.take_text("isPrimary");
        said(&mut translation, "script", references);
        let whole = translation.take_text("formattedFullName").unwrap_or_default();
        party.add(&property, &whole, locator);
        // What the whole name has in it is said with it.
        let whole = words(&whole);
        let is_said = |text: &str| words(text).is_subset(&whole);
        for half in ["formattedFirstName", "formattedLastName"] {
            translation
                .children
                .retain(|child| !(child.name == half && child.is_plain() && is_said(&child.text)));
        }
        for mut part in translation.take_in("nameParts", "namePart") {
            let kind = said(&mut part, "type", references).unwrap_or_default();
            let value = part.take_text("value").unwrap_or_default();
            match name_parts::property(&kind).filter(|_| primary) {
                Some(property) => party.add(property, &value, locator),
                None if is_said(&value) => {}
                None => party.add(&property, &value, locator),
            }
            rest.push(part);
        }
        rest.push(translation);
    }
    node.children.append(&mut rest);
}

/// The words of a name, without the marks that tell the direction of writing.
fn words(name: &str) -> FxHashSet<String> {
    let words = name.split(|c: char| c.is_whitespace() || matches!(c, ',' | '\u{202A}'..='\u{202E}'));
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// The place on each list. Which ground and which measure belong to which list is not said, so where there are several
/// lists they stand by themselves.
fn sanctions(node: &mut Node, draft: &mut Record, listing: &mut Listing<'_>, references: &References) {
    let locator = node.locator();
    let mut made: Vec<Sanction> = Vec::new();
    for mut list in node.take_in("sanctionsLists", "sanctionsList") {
        let mut sanction = Sanction::of(&draft.entity, made.len() + 1, list.locator());
        if let Some(date) = list.take_attribute("datePublished") {
            sanction.add(Property::ListingDate, &date);
        }
        if let Some(name) = own(&mut list, references) {
            listing.on_list(&name);
            sanction.add(Property::Summary, &name);
        }
        made.push(sanction);
    }
    if made.len() != 1 {
        made.push(Sanction::of(&draft.entity, made.len() + 1, locator));
    }
    let Some(sanction) = made.last_mut() else { return };
    for mut programme in node.take_in("sanctionsPrograms", "sanctionsProgram") {
        let locator = programme.locator();
        let Some(programme) = own(&mut programme, references) else { continue };
        draft.party().add(&Property::Program, &programme, locator);
        sanction.add(Property::Program, &programme);
    }
    for mut measure in node.take_in("sanctionsTypes", "sanctionsType") {
        sanction.provision(&own(&mut measure, references).unwrap_or_default());
    }
    for mut ground in node.take_in("legalAuthorities", "legalAuthority") {
        sanction.add(Property::Reason, &own(&mut ground, references).unwrap_or_default());
    }
    listing.sanctions.extend(made.into_iter().map(Sanction::done));
}

fn addresses(node: &mut Node, party: &mut Party<'_>, references: &References) {
    let locator = node.locator();
    let country = said(node, "country", references);
    if let Some(country) = &country {
        party.add(&Property::Country, country, locator);
    }
    let mut rest = Vec::new();
    let mut any = false;
    for mut translation in node.take_in("translations", "translation") {
        translation.take_text("isPrimary");
        said(&mut translation, "script", references);
        let mut address = Address::default();
        if let Some(country) = &country {
            address.set("country", country);
        }
        for mut part in translation.take_in("addressParts", "addressPart") {
            let kind = said(&mut part, "type", references).unwrap_or_default();
            let value = part.take_text("value").unwrap_or_default();
            if !address.set(&kind, &value) {
                part.text = format!("{kind} {value}");
            }
            rest.push(part);
        }
        any = true;
        party.add(&Property::Address, &address.line(), translation.locator());
        rest.push(translation);
    }
    if let Some(country) = country.filter(|_| !any) {
        party.add(&Property::Address, &country, locator);
    }
    node.children.append(&mut rest);
}

fn tie(node: &mut Node, party: u64, references: &References) -> Option<Tie> {
    let quality = said(node, "quality", references);
    let other = node.children.iter_mut().find(|child| child.name == "relatedEntity")?;
    let number = other.attribute("entityId")?.parse().ok()?;
    let name = other.take_own_text().map(Into::into);
    let kind = said(node, "type", references).unwrap_or_default().into();
    Some(Tie {
        party,
        other: number,
        name,
        kind,
        summary: quality.into_iter().map(Into::into).collect(),
        locator: node.locator(),
    })
}

/// A date in numbers, taken out as it is written in words.
fn period(node: &mut Node, name: &str) -> Option<String> {
    let child = node.child(name)?;
    let text = |name: &str| child.child(name).map(|child| child.text.as_str());
    let day = |name| Day::parse(text(name)?);
    let from = (day("fromDateBegin")?, day("fromDateEnd")?);
    let to = (day("toDateBegin")?, day("toDateEnd")?);
    let period = Period { from, to, approximate: text("isApproximate") == Some("true") };
    let is_known = |child: &Node| child.name.starts_with("fromDate") || child.name.starts_with("toDate");
    let is_flag = |child: &Node| child.name == "isApproximate" || child.name == "isDateRange";
    let at = node.children.iter().position(|child| child.name == name)?;
    node.children[at].children.retain(|child| !is_known(child) && !is_flag(child));
    Some(period.written())
}
