//! What an access log shows: scans, injections, and which records were taken.
//!
//! Bytes in, findings out: no file, terminal, clock or network.

mod decode;
mod lines;
mod parse;
mod request;
mod tables;
mod values;

pub use lines::{LONGEST_LINE, Line, each_line};
pub use parse::{Malformed, Parser};
pub use request::Request;
pub use values::{Judged, Verdict, judge};
