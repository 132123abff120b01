//! The child: limits itself, reads one file, writes frames.

use std::io::{self, BufWriter, Write};

use documents::extract::{Extract, InProcess, write_end, write_frame};

use crate::args::ExtractChild;
use crate::error::{CommandError, Status};

/// Reads the file and writes what comes of it to standard output.
pub(crate) fn run(args: &ExtractChild) -> Result<Status, CommandError> {
    limit(args)?;
    // What a library says when it panics is told in the document's error.
    std::panic::set_hook(Box::new(|_| {}));
    let mut out = BufWriter::new(io::stdout().lock());
    let mut written = Ok(());
    InProcess::default().extract(&args.file, &mut |outcome| {
        if written.is_ok() {
            written = write_frame(&outcome, &mut out).and_then(|()| out.flush());
        }
    });
    written?;
    write_end(&mut out)?;
    out.flush()?;
    Ok(Status::Ran)
}

#[cfg(unix)]
fn limit(args: &ExtractChild) -> io::Result<()> {
    use rlimit::Resource;
    // One second more before the signal that cannot be caught.
    let limits = [
        (Resource::CORE, 0, 0),
        (Resource::FSIZE, 0, 0),
        (Resource::CPU, args.seconds, args.seconds + 1),
        (Resource::AS, args.memory, args.memory),
    ];
    for (resource, soft, hard) in limits {
        // The system may allow less already.
        let (_, most) = resource.get()?;
        resource.set(soft.min(most), hard.min(most))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn limit(_: &ExtractChild) -> io::Result<()> {
    Ok(())
}
