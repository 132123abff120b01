//! Reads the lines of a log and does nothing with them: what reading costs. `/usr/bin/time` tells the CPU time.
//!
//! `cargo run --release -p interdict-intrusion --example parse -- access.log`

use std::fs::File;
use std::io::BufReader;

use intrusion::{Line, Parser, each_line};

#[allow(clippy::print_stdout)] // It is a program.
fn main() -> std::io::Result<()> {
    let Some(path) = std::env::args_os().nth(1) else {
        println!("usage: parse LOG");
        return Ok(());
    };
    let (mut parser, mut requests, mut bytes) = (Parser::default(), 0_u64, 0_u64);
    let next = each_line(BufReader::with_capacity(1 << 16, File::open(path)?), 1, |_, line| {
        let Line::Whole(line) = line else { return Ok(()) };
        if let Ok(Some(request)) = parser.read(line) {
            requests += 1;
            bytes += request.size.unwrap_or(0);
        }
        Ok(())
    })?;
    println!("{} lines, {requests} requests, {bytes} bytes answered", next - 1);
    Ok(())
}
