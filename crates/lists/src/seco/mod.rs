//! The sanctions list of Switzerland (`swiss-sanctions-list`), which the State Secretariat for Economic Affairs publishes
//! with its own schema (`swiss-sanctions-list.xsd`). There is no real file at hand: the reader is tested on that schema only.
//!
//! Places and programmes stand in the file by themselves, behind or before the targets that refer to them by number: the
//! file is gone through twice. It keeps those who were struck off, and with every change what the record was before;
//! only the state of today is read.

mod names;

use compact_str::CompactString;
use model::{Entity, Property, Schema, Statement};
use rustc_hash::FxHashMap;

use crate::error::ListError;
use crate::listing::{Party, Roll, paper_property, place};
use crate::report::LoadReport;
use crate::xml::{Node, Piece, walk};
use crate::{LoadedList, SourceFile};

const AUTHORITY: &str = "State Secretariat for Economic Affairs (SECO)";

const ROW_NUMBERS: [&str; 1] = ["@ssid"];

/// What targets refer to.
#[derive(Default)]
struct Tables {
    places: FxHashMap<Box<str>, Place>,
    /// By the number of each of a programme's sets of sanctions.
    programmes: FxHashMap<Box<str>, Programme>,
    /// The day of the file.
    day: Option<Box<str>>,
}

#[derive(Clone, Default)]
struct Place {
    location: Option<String>,
    area: Option<String>,
    country: Option<String>,
    code: Option<Box<str>>,
}

#[derive(Clone)]
struct Programme {
    /// `Belarus`.
    key: Option<String>,
    /// The ordinance, and its annex.
    names: Vec<String>,
}

pub(crate) fn read(main: &SourceFile<'_>) -> Result<LoadedList, ListError> {
    let mut roll = Roll::new(main);
    let mut tables = Tables::default();
    let records = ["sanctions-program", "target", "place"];
    let is_record = |path: &[CompactString]| path.len() == 2 && records.contains(&path[1].as_str());
    let pass = |each: &mut dyn FnMut(Piece)| {
        walk(main.bytes, is_record, |_, piece| each(piece)).map_err(|malformed| malformed.of(main))
    };
    pass(&mut |piece| match piece {
        Piece::Record(node) if node.name == "place" => tables.place(node, &mut roll),
        Piece::Record(node) if node.name == "sanctions-program" => tables.programme(node, &mut roll),
        Piece::Record(_) => {}
        Piece::Head(mut node) | Piece::Leaf(mut node) => {
            tables.day = tables.day.take().or(node.take_attribute("date"));
            roll.outside(node);
        }
    })?;
    pass(&mut |piece| match piece {
        Piece::Record(node) if node.name == "target" => target(node, &tables, &mut roll),
        _ => {}
    })?;
    roll.finish("ch_seco")
}

impl Tables {
    fn place(&mut self, mut node: Node, roll: &mut Roll<'_>) {
        if let Some(number) = node.take_attribute("ssid") {
            let mut place = Place {
                location: node.take_text("location"),
                area: node.take_text("area"),
                ..Place::default()
            };
            (place.country, place.code) = country(&mut node);
            self.places.insert(number, place);
        }
        roll.outside(node);
    }

    fn programme(&mut self, mut node: Node, roll: &mut Roll<'_>) {
        let key = in_english(node.take_all("program-key")).map(|node| node.text);
        let name = in_english(node.take_all("program-name")).map(|node| node.text);
        for mut set in node.take_all("sanctions-set") {
            let english = set.take_attribute("lang").is_none_or(|lang| &*lang == "eng");
            let Some(number) = set.take_attribute("ssid") else { continue };
            let new = || Programme { key: key.clone(), names: name.iter().cloned().collect() };
            let programme = self.programmes.entry(number).or_insert_with(new);
            if english {
                programme.names.extend(set.take_own_text());
            }
        }
        node.row_numbers(&ROW_NUMBERS, &mut roll.report);
        roll.outside(node);
    }

    /// The lines of an address or a birth place, and its country.
    fn lines(&self, node: &mut Node) -> (String, Place) {
        let number = node.attributes.iter().find(|(name, _)| name == "place-id").map(|(_, number)| number);
        let known = number.and_then(|number| self.places.get(number)).cloned();
        // The number of a place that the file has not stays where it is, and is kept.
        if known.is_some() {
            node.take_attribute("place-id");
        }
        let known = known.unwrap_or_default();
        let own = ["c-o", "address-details", "p-o-box", "zip-code"].map(|part| node.take_text(part));
        let finer = [Some(place(&own)), known.location.clone(), known.area.clone()];
        let text = place(&finer);
        let text = if text.is_empty() { text } else { place(&[Some(text), known.country.clone()]) };
        (text, known)
    }
}

/// The text that is in English, or else the first: the file says everything in four languages.
fn in_english(mut nodes: Vec<Node>) -> Option<Node> {
    let english = |node: &Node| node.attributes.iter().any(|(name, lang)| name == "lang" && &**lang == "eng");
    let at = nodes.iter().position(english).unwrap_or(0);
    (at < nodes.len()).then(|| nodes.swap_remove(at))
}

/// Name and code of `<country iso-code="BY">Belarus</country>`.
fn country(node: &mut Node) -> (Option<String>, Option<Box<str>>) {
    let Some(mut country) = node.take("country") else { return (None, None) };
    (country.take_own_text(), country.take_attribute("iso-code"))
}

fn target(mut node: Node, tables: &Tables, roll: &mut Roll<'_>) {
    let (at, line) = (node.locator(), node.line);
    let Some(number) = node.take_attribute("ssid") else {
        return roll.skip(line, "the target has no ssid");
    };
    let bodies = ["individual", "entity", "object"].map(|kind| node.take(kind));
    let Some(mut body) = bodies.into_iter().flatten().next() else {
        return roll
            .skip(line, format!("the target {number} is neither an individual nor an entity nor an object"));
    };
    let object = body.take_attribute("object-type");
    let schema = match (body.name.as_str(), object.as_deref()) {
        ("individual", _) => Schema::Person,
        ("entity", _) => Schema::Organization,
        (_, Some("vessel")) => Schema::Vessel,
        (_, Some("aircraft")) => Schema::Airplane,
        _ => Schema::Thing,
    };
    let mut party = Party::new(roll.id(format!("ch-{number}"), line), schema);
    let report = &mut roll.report;
    if let Some(object) = object.filter(|_| party.entity.schema == Schema::Thing) {
        party.note("object/@object-type", &object, at, report);
    }
    if let Some(sex) = body.take_attribute("sex") {
        party.state(Property::Gender, &sex, at);
    }
    let mut identities = body.take_all("identity");
    let main = |node: &Node| node.attributes.iter().any(|(name, main)| name == "main" && &**main == "true");
    let first = identities.iter().position(main).unwrap_or(0);
    if first < identities.len() {
        identities[..=first].rotate_right(1);
    }
    for (number, node) in identities.into_iter().enumerate() {
        identity(node, number == 0, &mut party, tables, report);
    }
    for text in body.take_all("other-information") {
        // The only number that ships have stands in words: "IMO number: 9187629".
        let imo = text
            .text
            .strip_prefix("IMO number")
            .map(|rest| rest.trim_start_matches([':', ' ']).trim_end_matches('.'));
        match imo
            .filter(|imo| party.entity.schema == Schema::Vessel && imo.bytes().all(|b| b.is_ascii_digit()))
        {
            Some(imo) => party.state(Property::ImoNumber, imo, text.locator()),
            None => party.state(Property::Summary, &text.text, text.locator()),
        }
    }
    let reasons: Vec<String> = body.take_all("justification").into_iter().map(|node| node.text).collect();
    let links = body.take_all("relation");
    body.row_numbers(&ROW_NUMBERS, report);
    party.keep(body, report);
    let listed = listing(&mut node, reasons, &mut party, tables, report);
    party.keep(node, report);
    let id = party.entity.id.clone();
    if listed {
        roll.enter(party, line);
    } else {
        roll.delisted(party, line);
    }
    for node in links {
        relation(node, &id, roll);
    }
}

/// States the Sanction; whether the party is listed today.
fn listing(
    node: &mut Node,
    reasons: Vec<String>,
    party: &mut Party,
    tables: &Tables,
    report: &mut LoadReport,
) -> bool {
    let at = node.locator();
    let sets = node.take_attribute("sanctions-set-id").map(String::from).into_iter();
    let sets: Vec<String> =
        sets.chain(node.take_all("sanctions-set-id").into_iter().map(|set| set.text)).collect();
    let mut values = vec![
        (Property::AuthorityName, Some(AUTHORITY.to_owned())),
        (Property::from_name("unscId"), node.take_text("foreign-identifier")),
    ];
    for set in sets {
        match tables.programmes.get(&*set) {
            Some(programme) => {
                values.push((Property::Program, programme.key.clone()));
                values.extend(programme.names.iter().map(|name| (Property::Summary, Some(name.clone()))));
            }
            None => party.note("target/sanctions-set-id", &set, at, report),
        }
    }
    values.extend(reasons.into_iter().map(|reason| (Property::Reason, Some(reason))));
    // The newest change says whether the party is listed; of changes on one day the first in the file.
    let mut newest: Option<(Box<str>, bool)> = None;
    for mut change in node.take_all("modification") {
        let kind = change.take_attribute("modification-type").unwrap_or_default();
        let [effective, published, enacted] =
            ["effective-date", "publication-date", "enactment-date"].map(|date| change.take_attribute(date));
        let day = effective.clone().or(published.clone()).or(enacted.clone()).unwrap_or_default();
        // Who is to be struck off after the day of the file is still listed on it.
        let off = &*kind == "de-listed" && tables.day.as_ref().is_none_or(|today| day <= *today);
        if newest.as_ref().is_none_or(|(newest, _)| day > *newest) {
            newest = Some((day, off));
        }
        let (begin, published_as) = match &*kind {
            "de-listed" => (Property::EndDate, Property::from_name("date")),
            "listed" => (Property::StartDate, Property::ListingDate),
            _ => (Property::ModifiedAt, Property::from_name("date")),
        };
        let dates = [(begin, effective), (published_as, published), (Property::from_name("date"), enacted)];
        values.extend(dates.map(|(property, date)| (property, date.map(String::from))));
        for history in ["added", "removed"] {
            for _ in change.take_all(history) {
                report.clauses += 1;
                report.unmapped(&format!("modification/{history}"));
            }
        }
        change.row_numbers(&ROW_NUMBERS, report);
        party.keep(change, report);
    }
    party.sanction(None, values, at);
    newest.is_none_or(|(_, off)| !off)
}

fn identity(mut node: Node, main: bool, party: &mut Party, tables: &Tables, report: &mut LoadReport) {
    node.take_attribute("main");
    let mut names = node.take_all("name");
    names.sort_by_key(|name| !names::is_primary(name));
    for name in names {
        names::name(name, main, party, report);
    }
    for mut nationality in node.take_all("nationality") {
        let (name, code) = country(&mut nationality);
        let property = if party.is_person() { Property::Nationality } else { Property::Country };
        party.country(&property, name.as_deref(), code.as_deref(), nationality.locator());
        nationality.row_numbers(&ROW_NUMBERS, report);
        party.keep(nationality, report);
    }
    for mut date in node.take_all("day-month-year") {
        let [day, month, year] = ["day", "month", "year"].map(|part| date.take_attribute(part));
        let value = match (&year, &month, &day) {
            (Some(year), Some(month), Some(day)) => format!("{year}-{month:0>2}-{day:0>2}"),
            (Some(year), Some(month), None) => format!("{year}-{month:0>2}"),
            // A day without a month, a month without a year: as far as it goes.
            _ => [year, month, day].into_iter().flatten().map(String::from).collect::<Vec<_>>().join("-"),
        };
        let property = match party.entity.schema {
            Schema::Person => Property::BirthDate,
            Schema::Vessel | Schema::Airplane => Property::BuildDate,
            _ => Property::IncorporationDate,
        };
        party.state(property, &value, date.locator());
        date.row_numbers(&ROW_NUMBERS, report);
        party.keep(date, report);
    }
    let places = [
        ("place-of-birth", Property::BirthPlace, Property::BirthCountry),
        ("address", Property::Address, Property::Country),
    ];
    for (element, property, land) in places {
        for mut at in node.take_all(element) {
            let (text, place) = tables.lines(&mut at);
            party.state(property.clone(), &text, at.locator());
            party.country(&land, place.country.as_deref(), place.code.as_deref(), at.locator());
            at.row_numbers(&ROW_NUMBERS, report);
            party.keep(at, report);
        }
    }
    for paper in node.take_all("identification-document") {
        document(paper, party, tables, report);
    }
    node.row_numbers(&ROW_NUMBERS, report);
    party.keep(node, report);
}

fn document(mut node: Node, party: &mut Party, tables: &Tables, report: &mut LoadReport) {
    let at = node.locator();
    let (key, kind) = (node.take_attribute("ssid"), node.take_attribute("document-type"));
    let property = kind.as_deref().and_then(paper_property).unwrap_or(Property::IdNumber);
    let number = node.take_text("number");
    let mut issuer = node.take("issuer").unwrap_or_else(|| Node::new("issuer", node.line));
    let (name, code) = (issuer.take_own_text(), issuer.take_attribute("code"));
    party.keep(issuer, report);
    let (issued_at, _) = tables.lines(&mut node);
    let values = [
        (Property::Type, kind.map(String::from)),
        (Property::Country, name.or(code.map(String::from))),
        (Property::AuthorityName, Some(issued_at)),
        (Property::StartDate, node.take_text("date-of-issue")),
        (Property::EndDate, node.take_text("expiry-date")),
        (Property::Summary, node.take_text("remark")),
    ];
    party.paper(key.as_deref(), property, number.as_deref(), values, at);
    party.keep(node, report);
}

/// A link to another target; what a target's own words say of it stands in the role.
fn relation(mut node: Node, subject: &str, roll: &mut Roll<'_>) {
    let at = node.locator();
    let Some(other) = node.take_attribute("target-id").or_else(|| node.take_attribute("related-ssid")) else {
        return roll.skip(node.line, format!("a relation of {subject} leads nowhere"));
    };
    let number = node.take_attribute("ssid").unwrap_or_else(|| other.clone());
    let mut link = Entity::new(format!("{subject}-link-{number}"), Schema::UnknownLink);
    let values = [
        (Property::Subject, Some(subject.to_owned())),
        (Property::Object, Some(format!("ch-{other}"))),
        (Property::Role, node.take_attribute("relation-type").map(String::from)),
        (Property::Summary, node.take_text("remark")),
    ];
    for (property, value) in values {
        link.statements.extend(value.map(|value| Statement::new(property, value, at)));
    }
    roll.relation(link);
    roll.outside(node);
}
