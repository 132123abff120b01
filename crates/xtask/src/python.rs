//! Packages from PyPI that tables are derived from: installed for the moment, or taken from where they are.

use std::error::Error;
use std::path::Path;
use std::process::Command;

/// What a script prints that reads the given packages. Its first argument is the folder that holds them: `installed`, or
/// one that is gone afterwards.
pub(crate) fn read_packages(
    packages: &[&str],
    installed: Option<&Path>,
    script: &str,
    arguments: &[&str],
) -> Result<String, Box<dyn Error>> {
    read(packages, &["--no-deps"], installed, script, arguments)
}

/// The same for packages whose code is run: what they depend on is installed with them.
pub(crate) fn run_packages(
    packages: &[&str],
    installed: Option<&Path>,
    script: &str,
) -> Result<String, Box<dyn Error>> {
    read(packages, &[], installed, script, &[])
}

fn read(
    packages: &[&str],
    options: &[&str],
    installed: Option<&Path>,
    script: &str,
    arguments: &[&str],
) -> Result<String, Box<dyn Error>> {
    let folder = std::env::temp_dir().join(format!("xtask-{}", std::process::id()));
    let from = match installed {
        Some(there) => there,
        None => {
            let mut pip = Command::new("python3");
            pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
            output(pip.args(options).arg("--target").arg(&folder).args(packages))?;
            &folder
        }
    };
    let rows = output(Command::new("python3").args(["-c", script]).arg(from).args(arguments))?;
    if installed.is_none() {
        std::fs::remove_dir_all(&folder)?;
    }
    Ok(rows)
}

/// Standard output of a command that must succeed.
fn output(command: &mut Command) -> Result<String, Box<dyn Error>> {
    let out = command.output()?;
    if !out.status.success() {
        return Err(format!("{command:?} failed: {}", String::from_utf8_lossy(&out.stderr)).into());
    }
    Ok(String::from_utf8(out.stdout)?)
}
