//! Who stands behind whom: the graph of parties and their relations, its paths, and who owns whom, with a proof.
//!
//! Every relation keeps where it is said: the list and its record, the words of a document, the row of a table. Readers put
//! lists, claims, FollowTheMoney, BODS and tables of owners into one [`Graph`].
//!
//! **Invariant:** no number that decides is rounded. Shares are exact fractions, their ends open or closed.

mod graph;
pub mod ownership;
mod paths;
pub mod read;
mod share;
mod total;

pub use graph::{Edge, Evidence, Graph, Holding, Node, Party, Relation, Source, SourceKind};
pub use paths::{Neighbourhood, Path, Paths};
pub use petgraph::Direction;
pub use share::{Fraction, Share, ShareError};
pub use total::Total;
