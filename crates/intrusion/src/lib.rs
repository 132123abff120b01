//! What an access log shows: scans, injections, and which records were taken.
//!
//! Bytes in, findings out: no file, terminal, clock or network. A log that [spills](Log::spilling) uses the files that its caller
//! gives it.

mod clients;
mod decode;
mod incident;
mod intern;
mod lines;
mod log;
mod lookups;
mod parse;
mod request;
mod returned;
mod scans;
mod spill;
#[cfg(test)]
mod spilled;
mod tables;
mod values;

pub use incident::{Findings, Incident, LINES, NAMED, Scrape, SetAside, kinds, time_to_string};
pub use lines::{LONGEST_LINE, Line, each_line};
pub use log::Log;
pub use lookups::Evidence;
pub use parse::{Malformed, Parser};
pub use request::Request;
pub use returned::Returned;
pub use spill::{Spill, SpillFile};
pub use values::{Judged, Verdict, judge};
