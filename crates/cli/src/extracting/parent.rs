//! The parent: starts the child, takes its documents, and says why it ended.

use std::io::{BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use documents::extract::{ErrorKind, Extract, ExtractError, FrameError, Limits, Outcome, read_frame};

use super::Allowance;

/// Reads each file in a child process of its own.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct InChild(pub(crate) Allowance);

/// How much of what a child says on standard error is looked at.
const HEARD: u64 = 4096;

/// How long a child that wrote its last frame may take to end.
const LAST_WORD: Duration = Duration::from_secs(5);

impl Extract for InChild {
    fn extract(&self, file: &Path, each: &mut dyn FnMut(Outcome)) {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let mut child = match self.start(file) {
            Ok(child) => child,
            Err(error) => {
                let message = format!("the process that would read it cannot be started: {error}");
                return each(Err(ExtractError::new(&*name, ErrorKind::Stopped, message)));
            }
        };
        let ended = self.listen(&mut child, each);
        // Whatever it still does, nobody listens. It may have ended by itself.
        let _gone = child.kill();
        let _status = child.wait();
        if let Err(why) = ended {
            each(Err(ExtractError::new(&*name, ErrorKind::Stopped, why)));
        }
    }
}

impl InChild {
    fn start(&self, file: &Path) -> std::io::Result<Child> {
        // Rounded up: none at all would be no limit.
        let seconds = self.0.processor.as_secs_f64().ceil().max(1.0);
        Command::new(std::env::current_exe()?)
            .arg("extract-child")
            .args(["--memory", &self.0.memory.to_string(), "--seconds", &seconds.to_string(), "--"])
            .arg(file)
            // Our allocator sets a gigabyte of addresses aside at once, which would be all that the child may use. 32 MiB at a
            // time (in KiB here) cost nothing; none at all, half as much time again for a PDF.
            .env("MIMALLOC_ARENA_RESERVE", "32768")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
    }

    /// Hands over what the child reads. `Err`: why that is not all.
    fn listen(&self, child: &mut Child, each: &mut dyn FnMut(Outcome)) -> Result<(), String> {
        let (Some(stdout), Some(stderr)) = (child.stdout.take(), child.stderr.take()) else {
            return Err("the process that reads it has no output".to_owned());
        };
        // One document waits while the last one is worked on.
        let (send, frames) = sync_channel(1);
        thread::spawn(move || {
            let mut stdout = BufReader::new(stdout);
            loop {
                let frame = read_frame(&mut stdout, Limits::default().text);
                let more = matches!(frame, Ok(Some(_)));
                if send.send(frame).is_err() || !more {
                    return;
                }
            }
        });
        let (say, said) = sync_channel(1);
        thread::spawn(move || {
            let mut stderr = stderr;
            let mut heard = Vec::new();
            let _cut = (&mut stderr).take(HEARD).read_to_end(&mut heard);
            let _nobody_listens = say.send(String::from_utf8_lossy(&heard).into_owned());
            let _rest = std::io::copy(&mut stderr, &mut std::io::sink());
        });
        loop {
            match frames.recv_timeout(self.0.patience) {
                Ok(Ok(Some(outcome))) => each(outcome),
                Ok(Ok(None)) => return Ok(()),
                Ok(Err(FrameError::Cut)) => return Err(self.why(child, &said)),
                Ok(Err(error)) => {
                    return Err(format!("the process that reads it does not answer as it should: {error}"));
                }
                Err(RecvTimeoutError::Timeout) => {
                    return Err(format!(
                        "no document came of it within {} seconds",
                        self.0.patience.as_secs_f64()
                    ));
                }
                Err(RecvTimeoutError::Disconnected) => return Err(self.why(child, &said)),
            }
        }
    }

    /// Why a child ended too early.
    fn why(&self, child: &mut Child, said: &Receiver<String>) -> String {
        let Some(status) = last_word(child) else {
            return "the process that reads it closed its output".to_owned();
        };
        let said = said.recv_timeout(LAST_WORD).unwrap_or_default();
        let memory = format!("it needs more than the {} MiB of memory that it may use", self.0.memory >> 20);
        // What Rust's allocator says before it aborts, and an error of the system where nothing else can be said.
        if said.contains("memory allocation of") || said.contains("os error 12") {
            return memory;
        }
        if said.contains("overflowed its stack") {
            return "it nests deeper than its reader can follow".to_owned();
        }
        match signal(status) {
            Some(SIGXCPU | SIGKILL) => {
                format!(
                    "it takes more than the {} seconds of processor time that it may use",
                    self.0.processor.as_secs_f64()
                )
            }
            Some(signal) => format!("its reader crashed (signal {signal})"),
            None => match said.lines().next() {
                Some(line) => format!("its reader ended: {line}"),
                None => format!("its reader ended ({status})"),
            },
        }
    }
}

/// The numbers that all Unixes share.
const SIGKILL: i32 = 9;
const SIGXCPU: i32 = 24;

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
fn signal(_: ExitStatus) -> Option<i32> {
    None
}

/// How a child ended whose output has ended.
fn last_word(child: &mut Child) -> Option<ExitStatus> {
    let started = Instant::now();
    while started.elapsed() < LAST_WORD {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) => thread::sleep(Duration::from_millis(5)),
            Err(_) => return None,
        }
    }
    None
}
