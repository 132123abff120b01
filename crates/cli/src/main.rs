//! The `interdict` command. Thin: it reads flags, calls the engine, prints. The only place with a terminal, an
//! environment and a clock.

mod args;
mod commands;
mod error;
mod plain;
mod table;
mod view;
mod waterfall;

use std::process::ExitCode;

use clap::Parser;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let args = args::Interdict::parse();
    match commands::run(args) {
        Ok(status) => status.into(),
        Err(error) => error.report(),
    }
}
