//! The acts that list a party: regulations by their number, as the Official Journal has them.

use model::{Locator, Property};
use rustc_hash::FxHashSet;

use crate::listing::Party;
use crate::report::LoadReport;
use crate::xml::Node;

/// An act as it is cited.
struct Act {
    node: Node,
    at: Locator,
    /// It lists the party; the others published something of it.
    lists: bool,
}

/// The acts of one party, each once.
pub(super) struct Acts {
    acts: Vec<Act>,
    cited: FxHashSet<String>,
    designated: Option<Box<str>>,
    details: Option<Box<str>>,
    united_nations: Option<Box<str>>,
}

/// Number and day of publication.
fn key(node: &Node) -> String {
    let of = |name: &str| node.attributes.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value);
    format!("{} {}", of("numberTitle"), of("publicationDate"))
}

impl Acts {
    /// The regulations of a `<sanctionEntity>`, and what it says of its designation.
    pub(super) fn new(node: &mut Node) -> Self {
        let mut acts = Self {
            acts: Vec::new(),
            cited: FxHashSet::default(),
            designated: node.take_attribute("designationDate"),
            details: node.take_attribute("designationDetails"),
            united_nations: node.take_attribute("unitedNationId"),
        };
        for node in node.take_all("regulation") {
            acts.cited.insert(key(&node));
            acts.acts.push(Act { at: node.locator(), node, lists: true });
        }
        acts
    }

    /// Takes note of the act that a name, a birth, an address cites.
    pub(super) fn cite(&mut self, part: &mut Node) {
        for node in part.take_all("regulationSummary") {
            if self.cited.insert(key(&node)) {
                self.acts.push(Act { at: node.locator(), node, lists: false });
            }
        }
    }

    /// A Sanction for each act.
    pub(super) fn state(self, party: &mut Party, report: &mut LoadReport) {
        let designation = || {
            [
                (Property::from_name("unscId"), self.united_nations.clone()),
                (Property::ListingDate, self.designated.clone()),
                (Property::Summary, self.details.clone()),
            ]
        };
        let union = || (Property::AuthorityName, Some(Box::from("European Union")));
        if !self.acts.iter().any(|act| act.lists) && designation().iter().any(|(_, value)| value.is_some()) {
            party.sanction(None, [union()].into_iter().chain(designation()), Locator::Direct);
        }
        for Act { mut node, at, lists } in self.acts {
            let title = node.take_attribute("numberTitle");
            let url = node.take_text("publicationUrl").map(Box::from);
            let values = [
                union(),
                (Property::AuthorityName, node.take_attribute("organisationType")),
                (Property::Program, node.take_attribute("programme")),
                (Property::Reason, title.clone()),
                (Property::from_name("status"), node.take_attribute("regulationType")),
                (Property::from_name("date"), node.take_attribute("publicationDate")),
                (Property::StartDate, node.take_attribute("entryIntoForceDate")),
                (Property::SourceUrl, url.or_else(|| node.take_attribute("publicationUrl"))),
            ];
            let designation = lists.then(designation).into_iter().flatten();
            party.sanction(title.as_deref(), values.into_iter().chain(designation), at);
            node.row_numbers(&["@logicalId"], report);
            party.keep(node, report);
        }
    }
}
