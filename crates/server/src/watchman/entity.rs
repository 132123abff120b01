//! A listed party as Watchman's clients read it.

use engine::{Entity, PartialDate, Property, Schema, ScreenList};
use serde::Serialize;

use crate::yente::{ALIASES, Meant, Register};

/// A listed party.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = WatchmanParty)]
#[serde(rename_all = "camelCase")]
pub(super) struct Party<'a> {
    name: &'a str,
    /// person, business, organization, aircraft or vessel.
    entity_type: &'static str,
    /// Watchman's id of the list where it has one, else our dataset.
    source_list: &'a str,
    /// The number that the list gives the party: 26391.
    #[serde(rename = "sourceID")]
    source_id: &'a str,
    person: Option<Person<'a>>,
    business: Option<Body<'a>>,
    organization: Option<Body<'a>>,
    aircraft: Option<Aircraft<'a>>,
    vessel: Option<Vessel<'a>>,
    contact: Contact<'a>,
    addresses: Vec<Address<'a>>,
    crypto_addresses: Vec<CryptoAddress<'a>>,
    affiliations: Vec<Affiliation<'a>>,
    sanctions_info: SanctionsInfo<'a>,
    historical_info: Vec<HistoricalInfo<'a>>,
    /// Where the party comes from: our id, list and version.
    source_data: SourceData<'a>,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = WatchmanPerson)]
#[serde(rename_all = "camelCase")]
struct Person<'a> {
    name: &'a str,
    alt_names: Vec<&'a str>,
    gender: &'static str,
    birth_date: Option<String>,
    death_date: Option<String>,
    titles: Vec<&'a str>,
    #[serde(rename = "governmentIDs")]
    government_ids: Vec<GovernmentId<'a>>,
}

/// A business or another organisation.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = WatchmanBody)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    name: &'a str,
    alt_names: Vec<&'a str>,
    created: Option<String>,
    dissolved: Option<String>,
    #[serde(rename = "governmentIDs")]
    government_ids: Vec<GovernmentId<'a>>,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = WatchmanAircraft)]
#[serde(rename_all = "camelCase")]
struct Aircraft<'a> {
    name: &'a str,
    alt_names: Vec<&'a str>,
    #[serde(rename = "type")]
    kind: &'a str,
    flag: &'a str,
    built: Option<String>,
    icao_code: &'a str,
    model: &'a str,
    serial_number: &'a str,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = WatchmanVessel)]
#[serde(rename_all = "camelCase")]
struct Vessel<'a> {
    name: &'a str,
    alt_names: Vec<&'a str>,
    imo_number: &'a str,
    #[serde(rename = "type")]
    kind: &'a str,
    flag: &'a str,
    built: Option<String>,
    model: &'a str,
    tonnage: u64,
    mmsi: &'a str,
    call_sign: &'a str,
    gross_registered_tonnage: u64,
    owner: &'a str,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = WatchmanGovernmentId)]
struct GovernmentId<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    country: &'a str,
    identifier: &'a str,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = WatchmanContact)]
#[serde(rename_all = "camelCase")]
struct Contact<'a> {
    email_addresses: Vec<&'a str>,
    phone_numbers: Vec<&'a str>,
    fax_numbers: Vec<&'a str>,
    websites: Vec<&'a str>,
}

/// An address, which lists give in one line.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = WatchmanAddress)]
#[serde(rename_all = "camelCase")]
struct Address<'a> {
    line1: &'a str,
    line2: &'static str,
    city: &'static str,
    postal_code: &'static str,
    state: &'static str,
    country: &'static str,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = WatchmanCryptoAddress)]
struct CryptoAddress<'a> {
    currency: &'a str,
    address: &'a str,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = WatchmanAffiliation)]
#[serde(rename_all = "camelCase")]
struct Affiliation<'a> {
    entity_name: &'a str,
    #[serde(rename = "type")]
    kind: &'a str,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = WatchmanSanctionsInfo)]
struct SanctionsInfo<'a> {
    programs: Vec<&'a str>,
    secondary: bool,
    description: &'a str,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = WatchmanHistoricalInfo)]
struct HistoricalInfo<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    value: &'a str,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = WatchmanSourceData)]
struct SourceData<'a> {
    id: &'a str,
    dataset: &'a str,
    version: &'a str,
}

/// Numbers by the property that holds them, and Watchman's word for their kind.
const NUMBERS: [(Property, &str); 8] = [
    (Property::PassportNumber, "passport"),
    (Property::IdNumber, "national-id"),
    (Property::SocialSecurityNumber, "ssn"),
    (Property::TaxNumber, "tax-id"),
    (Property::InnCode, "tax-id"),
    (Property::RegistrationNumber, "business-registration"),
    (Property::OgrnCode, "commercial-registry"),
    (Property::LeiCode, "business-registration"),
];

impl<'a> Party<'a> {
    /// A party of a list.
    pub(super) fn new(list: &'a ScreenList, entity: &'a Entity, register: Register<'a>) -> Self {
        let kind = kind(&entity.schema);
        let name = entity.caption();
        let alias = ALIASES.iter().find(|alias| alias.dataset == list.dataset);
        let numbers = entity.id.split_once('-').map_or(&*entity.id, |(_, number)| number);
        let body = |is: &str| {
            (kind == is).then(|| Body {
                name,
                alt_names: other_names(entity),
                created: day(entity, &Property::IncorporationDate),
                dissolved: day(entity, &Property::DissolutionDate),
                government_ids: government_ids(entity),
            })
        };
        Self {
            name,
            entity_type: kind,
            source_list: alias.and_then(|alias| alias.watchman).unwrap_or(&list.dataset),
            source_id: numbers,
            person: (kind == "person").then(|| Person {
                name,
                alt_names: other_names(entity),
                gender: gender(entity),
                birth_date: day(entity, &Property::BirthDate),
                death_date: day(entity, &Property::DeathDate),
                titles: all(entity, &Property::Title),
                government_ids: government_ids(entity),
            }),
            business: body("business"),
            organization: body("organization"),
            aircraft: (kind == "aircraft").then(|| Aircraft {
                name,
                alt_names: other_names(entity),
                kind: first(entity, &Property::Type),
                flag: first(entity, &Property::Flag),
                built: day(entity, &Property::BuildDate),
                icao_code: "",
                model: first(entity, &Property::Model),
                serial_number: first(entity, &Property::SerialNumber),
            }),
            vessel: (kind == "vessel").then(|| Vessel {
                name,
                alt_names: other_names(entity),
                imo_number: first(entity, &Property::ImoNumber),
                kind: first(entity, &Property::Type),
                flag: first(entity, &Property::Flag),
                built: day(entity, &Property::BuildDate),
                model: first(entity, &Property::Model),
                tonnage: tons(first(entity, &Property::Tonnage)),
                mmsi: first(entity, &Property::Mmsi),
                call_sign: first(entity, &Property::CallSign),
                gross_registered_tonnage: tons(first(entity, &Property::GrossRegisteredTonnage)),
                owner: first(entity, &Property::Owner),
            }),
            contact: Contact {
                email_addresses: all(entity, &Property::Email),
                phone_numbers: all(entity, &Property::Phone),
                fax_numbers: Vec::new(),
                websites: all(entity, &Property::Website),
            },
            addresses: addresses(entity),
            crypto_addresses: crypto(entity),
            affiliations: affiliations(register, entity),
            sanctions_info: SanctionsInfo {
                programs: all(entity, &Property::Program),
                secondary: entity.statements.iter().any(|s| s.value.contains("Secondary Sanctions")),
                description: first(entity, &Property::Summary),
            },
            historical_info: former(entity),
            source_data: SourceData { id: &entity.id, dataset: &list.dataset, version: &list.version },
        }
    }
}

/// Watchman's word for what a party is. What is neither a company nor a person is an organisation to it.
fn kind(schema: &Schema) -> &'static str {
    match schema {
        Schema::Person => "person",
        Schema::Company => "business",
        Schema::Airplane => "aircraft",
        Schema::Vessel | Schema::Vehicle => "vessel",
        _ => "organization",
    }
}

fn all<'a>(entity: &'a Entity, property: &'a Property) -> Vec<&'a str> {
    entity.values(property).collect()
}

fn first<'a>(entity: &'a Entity, property: &Property) -> &'a str {
    entity.first(property).unwrap_or_default()
}

/// Every name but the one that it goes by.
fn other_names(entity: &Entity) -> Vec<&str> {
    let names = entity.names().map(|(_, statement)| &*statement.value);
    names.filter(|name| *name != entity.caption()).collect()
}

/// A date as Go writes it; of what is known by month or year the first day.
fn day(entity: &Entity, property: &Property) -> Option<String> {
    entity.dates(property).next().map(|date: PartialDate| format!("{}T00:00:00Z", date.first()))
}

fn gender(entity: &Entity) -> &'static str {
    match first(entity, &Property::Gender).to_ascii_lowercase().as_str() {
        "male" | "m" => "male",
        "female" | "f" => "female",
        _ => "unknown",
    }
}

fn tons(text: &str) -> u64 {
    text.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap_or_default()
}

fn government_ids(entity: &Entity) -> Vec<GovernmentId<'_>> {
    let of = |statement: &engine::Statement| {
        NUMBERS.iter().find(|(property, _)| *property == statement.property).map(|(_, kind)| *kind)
    };
    let ids = entity.statements.iter().filter_map(|s| Some((of(s)?, &*s.value)));
    ids.map(|(kind, identifier)| GovernmentId { kind, country: "", identifier }).collect()
}

/// A country that stands alone is no line.
fn addresses(entity: &Entity) -> Vec<Address<'_>> {
    let address = |line: &'_ str| engine::Country::find(line).map_or("", engine::Country::code);
    let lines = entity.statements.iter().filter(|s| s.property == Property::Address).map(|s| &*s.value);
    lines
        .map(|line| {
            let country = address(line);
            let line1 = if country.is_empty() { line } else { "" };
            Address { line1, line2: "", city: "", postal_code: "", state: "", country }
        })
        .collect()
}

fn crypto(entity: &Entity) -> Vec<CryptoAddress<'_>> {
    let currency = entity.first(&Property::Currency).unwrap_or_default();
    let wallets = entity.statements.iter().filter(|s| s.property == Property::PublicKey);
    wallets.map(|s| CryptoAddress { currency, address: &s.value }).collect()
}

/// Whom the list itself links the party to.
fn affiliations<'a>(register: Register<'a>, entity: &'a Entity) -> Vec<Affiliation<'a>> {
    let Some(Meant::Entity(place)) = register.find(&entity.id) else { return Vec::new() };
    let links = register.adjacent(place).into_iter().filter(|(name, _)| *name == "unknownLinkTo");
    let relations = links.flat_map(|(_, places)| places).map(|place| register.entity(place).1);
    relations
        .flat_map(|relation| {
            let kind = first(relation, &Property::Role);
            let named = relation.statements.iter().filter(|s| s.property == Property::NamesMentioned);
            named.map(move |s| Affiliation { entity_name: &s.value, kind })
        })
        .collect()
}

fn former(entity: &Entity) -> Vec<HistoricalInfo<'_>> {
    let of = |property: Property, kind: &'static str| {
        let values = entity.statements.iter().filter(move |s| s.property == property);
        values.map(move |s| HistoricalInfo { kind, value: &s.value })
    };
    of(Property::PreviousName, "Former Name").chain(of(Property::PastFlags, "Previous Flag")).collect()
}

#[cfg(test)]
mod tests {
    use engine::{Library, demo_list};

    use super::*;
    use crate::yente::Directory;

    #[test]
    fn a_person_and_a_company() {
        let library = Library::new(vec![demo_list().unwrap()]).unwrap();
        let (list, directory) = (&library.lists()[0], Directory::default());
        let find = |id: &str| list.entities.iter().find(|e| &*e.id == id).unwrap();
        let party = |id: &str| Party::new(list, find(id), Register::new(&library, &directory));
        insta::assert_json_snapshot!([party("ofac-33497"), party("ofac-33634"), party("ofac-33493")]);
    }
}
