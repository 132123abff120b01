//! The `interdict` command. Thin: it reads flags, calls the engine, prints. The only place with a terminal, an
//! environment, a clock and a network.

mod args;
mod commands;
mod document_view;
mod duration;
mod error;
mod extracting;
mod fetch;
mod home;
mod links;
mod operation_view;
mod plain;
mod table;
mod view;
mod waterfall;

use std::process::ExitCode;

use clap::Parser;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// With `INTERDICT_LOG` set to anything, says on standard error how long each stage took. Stages have names and counts,
/// never personal data.
fn show_spans() {
    use tracing_subscriber::fmt::{fmt, format::FmtSpan};
    if std::env::var_os("INTERDICT_LOG").is_some() {
        fmt().with_writer(std::io::stderr).with_ansi(false).with_span_events(FmtSpan::CLOSE).init();
    }
}

fn main() -> ExitCode {
    let args = args::Interdict::parse();
    show_spans();
    match commands::run(args) {
        Ok(status) => status.into(),
        Err(error) => error.report(),
    }
}
