//! Networks of a few letters for tests.

use network::Graph;
use network::ownership::{Blocked, Why};

/// A graph of the rows of a table, each `owner,asset,percentage,startDate,endDate,kind,joint`, and the blocked ones of it.
pub(crate) fn network(rows: &str, blocked: &str) -> (Graph, Blocked) {
    let mut graph = Graph::new();
    let mut table = String::from("owner,asset,percentage,startDate,endDate,kind,joint\n");
    for row in rows.split(';') {
        table += &format!("{}\n", row.trim());
    }
    network::read::file(&mut graph, "owners.csv", &table).expect("a table");
    let blocked =
        blocked.split(' ').filter_map(|id| graph.node(id)).map(|node| (node, Why::Listed)).collect();
    (graph, blocked)
}
