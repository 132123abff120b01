//! Builds the crate anew when the pages were: what is embedded is what `make pages` left in `web/dist`. Never builds them
//! itself: a machine without Node builds the server, with a page that says so.

fn main() {
    println!("cargo::rerun-if-changed=../../web/dist");
}
