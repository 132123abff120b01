//! The embedded case: the parties of 18 November 2021 in OFAC's own file form, and customers to screen against them.
//!
//! It never stands in for a real list: only `--list demo` names it.

mod case;

use model::Property;

use crate::source::Part;
use crate::{EngineError, Network, Query, ScreenList, Screening};

pub use case::{DemoCase, Published, demo_case, demo_operation, demo_parties, published};

/// A small customer file: press spellings of the seven parties, and innocent look-alikes.
pub const CUSTOMERS: &str = include_str!("../../data/demo/customers.csv");

/// A newspaper's account of the action, in our own words.
pub const REPORT: &str = include_str!("../../data/demo/report.txt");

/// The embedded list.
///
/// # Errors
/// None in a sound build; a test holds that it loads.
pub fn demo_list() -> Result<ScreenList, EngineError> {
    let files = [
        ("sdn.csv", include_bytes!("../../data/demo/sdn.csv").as_slice()),
        ("alt.csv", include_bytes!("../../data/demo/alt.csv").as_slice()),
        ("add.csv", include_bytes!("../../data/demo/add.csv").as_slice()),
    ];
    let parts = files.map(|(name, bytes)| Part { name: name.to_owned(), bytes: bytes.to_vec() });
    ScreenList::from_parts("demo".to_owned(), &parts, None)
}

/// What the embedded text says of the offices that the parties hold.
const CLAIMS: &str = include_str!("../../data/demo/claims.jsonl");

/// The company of the case: all its other parties are linked to it.
pub const DEMO_COMPANY: &str = "ofac-33634";

/// The network of the embedded list, with the claims that are embedded beside it.
///
/// # Errors
/// None in a sound build; a test holds that it loads.
pub fn demo_network(screening: &Screening<'_>) -> Result<Network, EngineError> {
    let mut network = Network::of(screening, &[])?;
    let account = network::read::file(&mut network.graph, "parties.txt", CLAIMS)
        .map_err(|error| EngineError::input(error.to_string()).hint(error.remedy))?;
    network.accounts.push(("parties.txt".to_owned(), account));
    Ok(network)
}

/// The embedded customers, ready to be screened.
///
/// # Errors
/// None in a sound build; a test holds that every row loads.
pub fn demo_customers() -> Result<Vec<Query>, EngineError> {
    let damaged = |e: csv::Error| EngineError::input(format!("the embedded customers: {e}"));
    let mut rows = csv::Reader::from_reader(CUSTOMERS.as_bytes());
    let columns = rows.headers().map_err(damaged)?.clone();
    let mut customers = Vec::new();
    for row in rows.records() {
        let row = row.map_err(damaged)?;
        let (mut id, mut schema, mut fields) = ("", None, Vec::new());
        for (column, cell) in columns.iter().zip(&row) {
            match column {
                "id" => id = cell,
                "schema" => schema = Some(cell),
                _ => fields.push((Property::from_name(column), cell)),
            }
        }
        customers.push(Query::from_fields(id, schema, fields)?);
    }
    Ok(customers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_network_has_everybody_and_their_words() {
        let library = crate::Library::new(vec![demo_list().unwrap()]).unwrap();
        let policy = crate::Policy::default();
        let network = demo_network(&library.under(&policy).unwrap()).unwrap();
        assert_eq!(network.problems().count(), 0);
        let company = network.graph.node(DEMO_COMPANY).unwrap();
        assert_eq!(network.graph.around(&[company], 1).parties.len(), 8);
        let text = include_str!("../../data/demo/parties.txt");
        let quotes: Vec<_> = network
            .graph
            .edges()
            .filter_map(|edge| network.graph.relation(edge).evidence.quote.clone())
            .collect();
        assert_eq!(quotes.len(), 7);
        for quote in quotes {
            assert_eq!(text.get(quote.start..quote.end), Some(&*quote.text));
        }
    }

    #[test]
    fn every_embedded_customer_loads() {
        let customers = demo_customers().unwrap();
        assert_eq!(customers.len(), CUSTOMERS.trim_end().lines().count() - 1);
        let customers: Vec<_> = customers.iter().map(Query::entity).collect();
        assert_eq!((&*customers[0].id, &*customers[15].id), ("c-01", "c-16"));
        assert_eq!(customers[0].first(&Property::BirthDate), Some("1997-06-18"));
        assert_eq!(customers[6].first(&Property::BirthDate), None, "an empty cell states nothing");
    }
}
