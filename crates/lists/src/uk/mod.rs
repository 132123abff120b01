//! The lists of the United Kingdom: OFSI's consolidated list of targets, closed in January 2026, and the UK Sanctions
//! List of today. Both give a party in as many rows as its names, dates and addresses make.

mod conlist;
mod details;
mod sanctions;
mod xml;

use model::{Locator, Property, Schema};

use crate::party::{Parties, Party, referents, unsc_id};
use crate::report::LoadReport;
pub(crate) use conlist::read as conlist;
pub(crate) use sanctions::read as sanctions_list;
pub(crate) use xml::read as read_xml;

/// The id of a party in OFSI's list. The UK Sanctions List gives the same number.
fn ofsi_id(group: &str) -> String {
    format!("uk-ofsi-{group}")
}

/// The id of a party in the UK Sanctions List.
fn unique_id(id: &str) -> String {
    format!("uk-{id}")
}

/// `Individual`, `Entity`, `Ship`.
fn schema_of(kind: Option<&str>) -> Schema {
    match kind.unwrap_or_default().to_ascii_lowercase().as_str() {
        "individual" => Schema::Person,
        "entity" => Schema::Organization,
        "ship" | "vessel" => Schema::Vessel,
        _ => Schema::LegalEntity,
    }
}

/// Name 6 is the family name of a person, or the whole name of anything else; Names 1 to 5 are given names in order.
/// A person's family name stands in front with a comma, as most lists write it.
fn full_name(family: Option<&str>, given: &[&str], schema: &Schema) -> String {
    let given = given.join(" ");
    match family {
        Some(family) if given.is_empty() => family.to_owned(),
        Some(family) if *schema == Schema::Person => format!("{family}, {given}"),
        Some(family) => format!("{given} {family}"),
        None => given,
    }
}

/// What a name is to its party. The strength of an alias is stated since 2022: `Good quality`, `Low quality`.
fn name_property(kind: Option<&str>, strength: Option<&str>) -> (Property, bool) {
    let kind = kind.unwrap_or("primary name").to_ascii_lowercase();
    let weak = strength
        .is_some_and(|s| ["low", "poor", "weak"].iter().any(|w| s.to_ascii_lowercase().starts_with(w)));
    match kind.as_str() {
        "primary name" | "prime alias" => (Property::Name, true),
        _ if weak => (Property::WeakAlias, true),
        "fka" => (Property::PreviousName, true),
        "aka" | "alias" | "primary name variation" => (Property::Alias, true),
        _ => (Property::Alias, false),
    }
}

/// One name with what the row says of it.
struct Name<'a> {
    family: Option<&'a str>,
    given: Vec<&'a str>,
    kind: Option<&'a str>,
    strength: Option<&'a str>,
}

impl Name<'_> {
    fn state(&self, party: &mut Party, locator: Locator, report: &mut LoadReport) {
        let (property, known) = name_property(self.kind, self.strength);
        let name = full_name(self.family, &self.given, &party.entity.schema);
        party.add(&property, &name, locator);
        if let Some(kind) = self.kind.filter(|_| !known) {
            party.note("Name type", kind, locator, report);
        }
    }
}

/// The parts of an address in one line, and its country.
fn address(party: &mut Party, parts: &[&str], country: Option<&str>, locator: Locator) {
    let line: Vec<&str> = parts.iter().copied().chain(country).collect();
    party.add(&Property::Address, &line.join(", "), locator);
    if let Some(country) = country {
        // "Afghanistan (since 2009)" is read as the country that it begins with; the address keeps the rest.
        let plain = country.split(" (").next().unwrap_or(country);
        for country in crate::numbered::countries(plain) {
            party.add(&Property::Country, country, locator);
        }
    }
}

/// The party of a group of rows.
fn party<'a>(parties: &'a mut Parties, id: &str, kind: Option<&str>) -> &'a mut Party {
    parties.of(id, || schema_of(kind))
}

/// The UN's reference: on the party, by which listings are joined, and on its sanction.
fn un_reference(party: &mut Party, sanction: &str, reference: &str, locator: Locator) {
    party.add(&unsc_id(), reference, locator);
    party.sanction(sanction, locator).add(&unsc_id(), reference, locator);
}

/// The same party under the other list's id.
fn known_as(party: &mut Party, id: &str, locator: Locator) {
    party.add(&referents(), id, locator);
}

/// The programme, on the party and on its sanction, and who imposed it.
fn regime(party: &mut Party, regime: &str, authority: &str, locator: Locator) {
    party.add(&Property::Program, regime, locator);
    let sanction = party.sanction(regime, locator);
    sanction.add(&Property::Program, regime, locator);
    sanction.add(&Property::AuthorityName, authority, Locator::Direct);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_parts() {
        let rows: [(Option<&str>, &[&str], Schema, &str); 4] = [
            (Some("KONY"), &["Joseph", "Rao"], Schema::Person, "KONY, Joseph Rao"),
            (Some("KONY"), &[], Schema::Person, "KONY"),
            (None, &["Abu", "Ali"], Schema::Person, "Abu Ali"),
            (Some("LTD"), &["SOME"], Schema::Organization, "SOME LTD"),
        ];
        for (family, given, schema, expected) in rows {
            assert_eq!(full_name(family, given, &schema), expected);
        }
        let kinds = [
            (Some("Prime Alias"), None, Property::Name),
            (Some("Primary name"), None, Property::Name),
            (Some("AKA"), None, Property::Alias),
            (Some("AKA"), Some("Good"), Property::Alias),
            (Some("AKA"), Some("Low"), Property::WeakAlias),
            (Some("Alias"), Some("Low quality"), Property::WeakAlias),
            (Some("FKA"), None, Property::PreviousName),
            (Some("Primary name variation"), None, Property::Alias),
            (None, None, Property::Name),
        ];
        for (kind, strength, property) in kinds {
            assert_eq!(name_property(kind, strength).0, property, "{kind:?} {strength:?}");
        }
    }
}
