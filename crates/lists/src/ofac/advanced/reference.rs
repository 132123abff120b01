//! What the parts of the file refer to: reference values, places, and points in time.

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use crate::ofac::address::Address;
use crate::ofac::period::{Day, Period};
use crate::xml::Node;

/// Texts of reference values by kind (`FeatureType`) and number.
#[derive(Default)]
pub(super) struct References(FxHashMap<CompactString, FxHashMap<Box<str>, Box<str>>>);

impl References {
    pub(super) fn add(&mut self, mut node: Node) {
        let Some(id) = node.take_attribute("ID") else { return };
        // What is beside the text: of which type of party a subtype is, which country an area code stands for.
        for (attribute, value) in std::mem::take(&mut node.attributes) {
            let kind = CompactString::from(format!("{}/@{attribute}", node.name));
            self.0.entry(kind).or_default().insert(id.clone(), value);
        }
        let text = node.take_own_text().unwrap_or_default();
        self.0.entry(node.name).or_default().insert(id, text.into());
    }

    /// The text of a number.
    pub(super) fn get(&self, kind: &str, id: &str) -> Option<&str> {
        self.0.get(kind)?.get(id).map(|text| &**text).filter(|text| !text.is_empty())
    }

    /// The text of the number in an attribute, taken out; a number without a text stays where it is.
    pub(super) fn take(&self, node: &mut Node, attribute: &str, kind: &str) -> Option<&str> {
        let text = self.get(kind, node.attribute(attribute)?)?;
        node.take_attribute(attribute);
        Some(text)
    }

    /// What OFAC's other forms call the type of the party.
    pub(super) fn kind(&self, profile: &mut Node) -> &str {
        let Some(id) = profile.take_attribute("PartySubTypeID") else { return "Unknown" };
        let general = || self.get("PartyType", self.get("PartySubType/@PartyTypeID", &id)?);
        let special = self.get("PartySubType", &id).filter(|text| *text != "Unknown");
        special.or_else(general).unwrap_or("Unknown")
    }
}

/// A place, as it stands: its numbers are looked up when a party is there.
#[derive(Default)]
pub(super) struct Place {
    country: Option<Box<str>>,
    area: Option<Box<str>>,
    /// Number of the kind of part, value, and whether it is the main one: others are the same in another script.
    parts: Vec<(Box<str>, Box<str>, bool)>,
    /// What is not understood.
    pub(super) rest: Option<Box<Node>>,
}

impl Place {
    pub(super) fn read(mut node: Node) -> Self {
        let mut place = Self::default();
        for child in &mut node.children {
            match child.name.as_str() {
                "LocationCountry" => place.country = child.take_attribute("CountryID"),
                "LocationAreaCode" => place.area = child.take_attribute("AreaCodeID"),
                "LocationPart" => place.part(child),
                _ => {}
            }
        }
        node.forget(&super::says_nothing);
        place.rest = node.says_something().then(|| Box::new(node));
        place
    }

    fn part(&mut self, node: &mut Node) {
        let kind = node.take_attribute("LocPartTypeID").unwrap_or_default();
        for part in node.children.iter_mut().filter(|child| child.name == "LocationPartValue") {
            let main = part.take_attribute("Primary").as_deref() != Some("false");
            if let Some(value) = part.take_text("Value") {
                self.parts.push((kind.clone(), value.into(), main));
            }
        }
    }

    pub(super) fn country<'a>(&self, references: &'a References) -> Option<&'a str> {
        let country = self.country.as_ref().and_then(|id| references.get("Country", id));
        let area = |kind| references.get(kind, self.area.as_ref()?);
        country.or_else(|| area("AreaCode/@Description")).or_else(|| area("AreaCode"))
    }

    /// Its lines: one, and one more where parts of it are given in another script; and the parts that fit in neither.
    pub(super) fn lines(&self, references: &References) -> (Vec<String>, Vec<&str>) {
        let mut odd = Vec::new();
        let mut lines = Vec::new();
        for main in [true, false] {
            let mut address = Address::default();
            let mut any = false;
            for (kind, value, _) in self.parts.iter().filter(|(.., is_main)| *is_main == main) {
                any = true;
                if !address.set(references.get("LocPartType", kind).unwrap_or("Unknown"), value) {
                    odd.push(&**value);
                }
            }
            if let Some(country) = self.country(references).filter(|_| any || main) {
                address.set("country", country);
            }
            lines.extend(Some(address.line()).filter(|line| !line.is_empty()));
        }
        (lines, odd)
    }
}

/// The day of `Year`, `Month` and `Day`; the first or the last that it may be, where not all are given.
fn day(node: &Node, last: bool) -> Option<Day> {
    let number = |name: &str| node.child(name).map(|child| child.text.parse::<u16>().ok());
    let year = number("Year")??;
    let month = number("Month").map_or(Some(if last { 12 } else { 1 }), |month| month?.try_into().ok())?;
    match number("Day") {
        Some(day) => Day::new(year, month, day?.try_into().ok()?),
        None if last => Day::last_of(year, month),
        None => Day::new(year, month, 1),
    }
}

/// The day in `Date` or `DateOfIssue`.
pub(super) fn date(node: &Node) -> Option<String> {
    let all = ["Month", "Day"].iter().all(|part| node.child(part).is_some());
    day(node, false).filter(|_| all).map(Day::iso)
}

/// The `DatePeriod` of a node, taken out as it is written in words. One that cannot be read stays.
pub(super) fn take_period(node: &mut Node) -> Option<String> {
    let child = node.child("DatePeriod")?;
    let at = |boundary: &str, point: &str| child.child(boundary)?.child(point);
    let start = at("Start", "From")?;
    let started = at("Start", "To").unwrap_or(start);
    let end = at("End", "From").unwrap_or(started);
    let ended = at("End", "To").unwrap_or(end);
    let approximate = ["Start", "End"]
        .iter()
        .any(|boundary| child.child(boundary).and_then(|b| b.attribute("Approximate")) == Some("true"));
    let from = (day(start, false)?, day(started, false)?);
    let period = Period { from, to: (day(end, true)?, day(ended, true)?), approximate };
    let mut rest = node.take("DatePeriod")?;
    rest.children.retain(|child| child.name != "Start" && child.name != "End");
    node.children.push(rest);
    Some(period.written())
}
