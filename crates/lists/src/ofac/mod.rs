//! OFAC's lists in the forms that OFAC publishes: CSV files with their companions, and three kinds of XML.
//!
//! All of them tell of the same parties, by the same number (`ofac-26391`), in the same written form of names
//! ("SHIRINKAR, Mohammad Bagher"), and with the same labels of numbers and features. So they share the table of these
//! labels (`data/ofac_remarks.tsv`), how a paper, a wallet or a link is made of them, and which of OFAC's two lists a
//! file is.

mod address;
mod advanced;
mod clause;
mod csv;
mod enhanced;
mod labelled;
mod legacy;
pub(crate) mod links;
mod listing;
mod name_parts;
mod period;
mod relations;
mod remarks;
mod rules;
mod sanction;

use model::{Property, Schema};

pub(crate) use advanced::read as read_advanced;
pub(crate) use csv::read;
pub(crate) use enhanced::read as read_enhanced;
pub(crate) use legacy::read as read_legacy;
// The Consolidated Screening List has its ids under the labels of the remarks.
pub(crate) use rules::{Rule, Shape, find as rule};

/// Programmes of the consolidated list that the SDN list has, if at all, in a handful of records.
const CONSOLIDATED: [&str; 3] = ["NS-PLC", "CMIC-EO13959", "561-Related"];

/// What OFAC's type of a party is; `None` where the type is none of those it uses.
fn schema(kind: Option<&str>) -> Option<Schema> {
    match kind.map(str::to_ascii_lowercase).as_deref() {
        Some("individual") => Some(Schema::Person),
        Some("vessel") => Some(Schema::Vessel),
        Some("aircraft") => Some(Schema::Airplane),
        None | Some("entity") => Some(Schema::Organization),
        Some(_) => None,
    }
}

/// Which list a file is that does not say so. The consolidated one is told by its own programmes, which are a third of
/// it; an extract without them by the name that OFAC gives the file.
fn dataset(file: &str, parties: usize, with_own_programmes: usize) -> &'static str {
    let named =
        file.rsplit(['/', '\\']).next().is_some_and(|name| name.to_ascii_lowercase().starts_with("cons"));
    if with_own_programmes * 10 > parties || named { "ofac_cons" } else { "ofac_sdn" }
}

/// The property of an alias, by OFAC's kind (`a.k.a.`, `F.K.A.`, `n.k.a.`) and strength.
fn alias(kind: Option<&str>, weak: bool) -> Property {
    match kind.and_then(|kind| kind.trim_start().bytes().next()) {
        Some(b'f' | b'F') => Property::PreviousName,
        _ if weak => Property::WeakAlias,
        _ => Property::Alias,
    }
}
