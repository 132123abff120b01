//! The embedded case: the parties of 18 November 2021 in OFAC's own file form, and customers to screen against them.
//!
//! It never stands in for a real list: only `--list demo` names it.

use crate::source::Part;
use crate::{EngineError, ScreenList};

/// A small customer file: press spellings of the seven parties, and innocent look-alikes.
pub const CUSTOMERS: &str = include_str!("../data/demo/customers.csv");

/// The embedded list.
///
/// # Errors
/// None in a sound build; a test holds that it loads.
pub fn demo_list() -> Result<ScreenList, EngineError> {
    let files = [
        ("sdn.csv", include_bytes!("../data/demo/sdn.csv").as_slice()),
        ("alt.csv", include_bytes!("../data/demo/alt.csv").as_slice()),
        ("add.csv", include_bytes!("../data/demo/add.csv").as_slice()),
    ];
    let parts = files.map(|(name, bytes)| Part { name: name.to_owned(), bytes: bytes.to_vec() });
    ScreenList::from_parts("demo".to_owned(), &parts, None)
}
