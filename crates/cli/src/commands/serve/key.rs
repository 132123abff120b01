//! `interdict serve key`.

use std::io::Write;

use engine::{AsOf, EngineError};
use server::{Keys, Scope, unguessable};

use crate::args::KeyArgs;
use crate::commands::note;
use crate::error::{CommandError, Status};

/// How keys begin, so that whoever finds one knows what it opens.
const BEGINS: &str = "ik-";

pub(super) fn run(args: &KeyArgs) -> Result<Status, CommandError> {
    let scopes = args.scopes.iter().map(|name| {
        Scope::from_name(name).ok_or_else(|| {
            let all = Scope::ALL.map(Scope::name).join(", ");
            EngineError::usage(format!("--scope {name}: no such scope")).hint(all)
        })
    });
    let scopes = scopes.collect::<Result<Vec<_>, _>>()?;
    if args.rate.is_some_and(|rate| !(rate > 0.0 && rate.is_finite())) {
        return Err(EngineError::usage("--rate: requests a second, above 0").hint("--rate 50").into());
    }
    if let Some(expires) = args.expires.as_deref().filter(|expires| expires.parse::<AsOf>().is_err()) {
        return Err(EngineError::usage(format!("--expires {expires}: no day and no moment"))
            .hint("2027-06-30, or 2027-06-30T12:00:00Z")
            .into());
    }
    let key = format!("{BEGINS}{}", unguessable::<32>()?);
    let row = Keys::row(&args.name, &key, &scopes, args.rate, args.expires.as_deref());
    writeln!(std::io::stdout().lock(), "{row}")?;
    note(&format!("the key of {}, shown this once: {key}", args.name));
    Ok(Status::Ran)
}
