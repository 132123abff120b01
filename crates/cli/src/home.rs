//! Where installed lists are kept, and who asks: the environment, which is read here alone.

use std::path::PathBuf;

use engine::{EngineError, Installed};
use etcetera::BaseStrategy;

/// `INTERDICT_HOME`; else the platform's folder for data of programs.
pub(crate) fn folder() -> Result<PathBuf, EngineError> {
    if let Some(home) = std::env::var_os("INTERDICT_HOME").filter(|home| !home.is_empty()) {
        return Ok(home.into());
    }
    let base = etcetera::choose_base_strategy().map_err(|e| {
        EngineError::input(format!("there is no home to keep lists in: {e}"))
            .hint("set INTERDICT_HOME to a folder of your own")
    })?;
    Ok(base.data_dir().join("interdict"))
}

/// The installed lists.
pub(crate) fn installed() -> Result<Installed, EngineError> {
    Installed::open(&folder()?)
}

/// The installed lists, where one of them may be meant: files are screened against whatever state the home is in.
pub(crate) fn installed_for(names: &[String]) -> Result<Installed, EngineError> {
    let meant =
        names.is_empty() || names.iter().any(|name| engine::is_name(name.split('@').next().unwrap_or(name)));
    if meant { installed() } else { Ok(Installed::default()) }
}

/// Who uses the machine, for the log of installed lists.
pub(crate) fn user() -> String {
    let name = ["USER", "USERNAME", "LOGNAME"].into_iter().find_map(|name| std::env::var(name).ok());
    name.filter(|name| !name.is_empty()).unwrap_or_else(|| "unknown".to_owned())
}
