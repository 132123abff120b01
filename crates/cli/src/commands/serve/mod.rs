//! `interdict serve`.

mod key;
mod lists;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use engine::EngineError;
use server::{JobLimits, Keys, unguessable};

use super::note;
use super::open::policy;
use crate::args::{LogLevel, Serve, ServeCommand};
use crate::duration;
use crate::error::{CommandError, Status};
use crate::extracting::InChild;

pub(crate) fn run(args: Serve) -> Result<Status, CommandError> {
    if let Some(ServeCommand::Key(args)) = &args.command {
        return key::run(args);
    }
    let (folder, own) = match args.jobs_dir {
        Some(folder) => (folder, None),
        None => own_folder().map(|folder| (folder.clone(), Some(folder)))?,
    };
    let named = args.lists;
    let options = server::Options {
        listen: args.listen,
        policy: policy(args.policy.as_deref())?,
        refresh: Some(time("--refresh", &args.refresh)?),
        max_list_age: args.max_list_age.as_deref().map(|age| time("--max-list-age", age)).transpose()?,
        threads: args.threads,
        queue: args.queue,
        deadline: time("--deadline", &args.deadline)?,
        reconcile_origin: args.reconcile_origin,
        grace: time("--grace", &args.grace)?,
        keys: args.keys.as_deref().map(keys).transpose()?,
        tls: args.tls_cert.zip(args.tls_key),
        connections: args.connections,
        jobs: JobLimits {
            file: args.job_size << 20,
            jobs: args.job_count,
            keep: time("--job-age", &args.job_age)?,
        },
        extract: Some(Box::new(InChild::default())),
        log: (args.log != LogLevel::None).then(|| Box::new(say) as Box<dyn Fn(&str) + Send + Sync>),
        log_all: args.log == LogLevel::All,
        ..server::Options::new(Box::new(lists::Named(named.clone())), folder)
    };
    let embedded = named == ["demo"];
    let (scheme, open) = (if options.tls.is_some() { "https" } else { "http" }, options.keys.is_none());
    let served = server::serve(options, |address| {
        note(&format!("listening on {scheme}://{address}"));
        if embedded {
            note("demo: a small embedded case, which never stands in for a real list");
        }
        if open {
            note("without --keys: whoever is on this machine may ask, and nobody else");
        }
    });
    // Empty by now; where it is not, it is left to whoever clears temporary files.
    let _left = own.map(std::fs::remove_dir);
    served?;
    Ok(Status::Ran)
}

/// A line of the log.
fn say(line: &str) {
    // Nothing is left to be done where standard error itself is gone.
    let _gone = writeln!(std::io::stderr().lock(), "{line}");
}

fn keys(path: &Path) -> Result<Keys, EngineError> {
    let text = std::fs::read_to_string(path).map_err(|e| {
        EngineError::input(format!("the keys {} cannot be read: {e}", path.display()))
            .hint("make a key: interdict serve key --name NAME --scope screen >> keys.toml")
    })?;
    Keys::from_toml(&path.display().to_string(), &text)
}

/// A folder for the files of clients: under a name that nobody can have taken before.
fn own_folder() -> Result<PathBuf, EngineError> {
    Ok(std::env::temp_dir().join(format!("interdict-serve-{}", unguessable::<8>()?)))
}

fn time(flag: &str, text: &str) -> Result<Duration, EngineError> {
    duration::parse(text)
        .ok_or_else(|| EngineError::usage(format!("{flag} {text}: no time")).hint("30s, 5m, 12h"))
}
