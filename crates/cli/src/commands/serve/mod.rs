//! `interdict serve`.

mod lists;

use std::time::Duration;

use engine::EngineError;

use super::note;
use super::open::policy;
use crate::args::Serve;
use crate::duration;
use crate::error::{CommandError, Status};

pub(crate) fn run(args: Serve) -> Result<Status, CommandError> {
    let options = server::Options {
        listen: args.listen,
        policy: policy(args.policy.as_deref())?,
        refresh: Some(time("--refresh", &args.refresh)?),
        max_list_age: args.max_list_age.as_deref().map(|age| time("--max-list-age", age)).transpose()?,
        threads: args.threads,
        queue: args.queue,
        deadline: time("--deadline", &args.deadline)?,
        grace: time("--grace", &args.grace)?,
        lists: Box::new(lists::Named(args.lists)),
    };
    server::serve(options, |address| note(&format!("listening on http://{address}")))?;
    Ok(Status::Ran)
}

fn time(flag: &str, text: &str) -> Result<Duration, EngineError> {
    duration::parse(text)
        .ok_or_else(|| EngineError::usage(format!("{flag} {text}: no time")).hint("30s, 5m, 12h"))
}
