//! How the tests of the command run it, and what holds of every run.

// Each test file is a program of its own and uses a part of this.
#![allow(dead_code)]

pub(crate) mod server;

use std::ffi::OsStr;
use std::path::Path;
use std::time::Duration;

use assert_cmd::Command;
use serde_json::Value;

/// No run in these tests takes long; one that hangs must fail and not hold up the others.
const PATIENCE: Duration = Duration::from_secs(120);

/// What a run gave.
pub(crate) struct Ran {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// A home where nothing is installed: no test looks into that of whoever runs it.
const NO_HOME: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/no-home");

/// Runs the built `interdict` where nothing is installed.
pub(crate) fn run<A: AsRef<OsStr>>(args: &[A], stdin: impl Into<Vec<u8>>) -> Ran {
    run_at(Path::new(NO_HOME), args, stdin)
}

/// Runs the built `interdict` with the lists of a home. Of every run holds: it ends by itself, it never panics, it is never silent.
pub(crate) fn run_at<A: AsRef<OsStr>>(home: &Path, args: &[A], stdin: impl Into<Vec<u8>>) -> Ran {
    let shown: Vec<String> =
        args.iter().map(|a| a.as_ref().to_string_lossy().chars().take(80).collect()).collect();
    let output = Command::new(env!("CARGO_BIN_EXE_interdict"))
        .args(args)
        .env_remove("COLUMNS")
        .env("INTERDICT_HOME", home)
        .env("USER", "tester")
        // The servers of these tests are on this machine.
        .env("NO_PROXY", "127.0.0.1")
        .write_stdin(stdin)
        .timeout(PATIENCE)
        .output()
        .unwrap();
    let stdout = String::from_utf8(output.stdout).unwrap_or_else(|e| panic!("{shown:?}: stdout: {e}"));
    let stderr = String::from_utf8(output.stderr).unwrap_or_else(|e| panic!("{shown:?}: stderr: {e}"));
    let tail: String = stderr.chars().take(2000).collect();
    let status = output.status.code().unwrap_or_else(|| panic!("{shown:?}: killed or timed out\n{tail}"));
    assert!(status != 101 && !stderr.contains("panicked"), "{shown:?}: panicked\n{tail}");
    assert!(!(stdout.trim().is_empty() && stderr.trim().is_empty()), "{shown:?}: status {status}, silence");
    let error = matches!(status, 2 | 3);
    assert!(!error || !stderr.trim().is_empty(), "{shown:?}: status {status}, and no word why");
    Ran { status, stdout, stderr }
}

/// Lines of JSON.
pub(crate) fn json_lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))).collect()
}

/// The keys of an object, in their order.
pub(crate) fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap_or_else(|| panic!("no object: {value}")).keys().map(String::as_str).collect()
}

/// A path as an argument.
pub(crate) fn arg(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// What is wrong with each of the rows of a table of data: all of it is said, not the first fault alone.
#[derive(Default)]
pub(crate) struct Faults(Vec<String>);

impl Faults {
    /// Notes a fault where something does not hold.
    pub(crate) fn unless(&mut self, holds: bool, what: impl FnOnce() -> String) {
        if !holds {
            self.0.push(what());
        }
    }

    /// Notes each word, in any case, that a text lacks.
    pub(crate) fn unless_said(&mut self, what: &str, text: &str, said: &[&str]) {
        let lower = text.to_lowercase();
        let tail: String = text.chars().take(1000).collect();
        for word in said {
            self.unless(lower.contains(&word.to_lowercase()), || {
                format!("{what}: no word of {word:?} in\n{tail}")
            });
        }
    }
}

impl Drop for Faults {
    fn drop(&mut self) {
        assert!(
            self.0.is_empty() || std::thread::panicking(),
            "{} faults\n{}",
            self.0.len(),
            self.0.join("\n")
        );
    }
}
