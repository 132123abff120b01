//! The lines that a file of customers comes to: to a file with its receipt beside it, or to a writer of the caller's.

use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::EngineError;
use crate::output::{Output, unwritable, with_suffix};

/// Lines on their way. A file appears under its name only when it is whole: until then it is `PATH.part`.
pub(crate) struct Lines<'a> {
    path: Option<&'a Path>,
    /// The output and its receipt.
    files: Option<(Output, Output)>,
    fallback: &'a mut dyn Write,
    hasher: Sha256,
}

impl<'a> Lines<'a> {
    /// Begins the output and its receipt, so that what stands in the way of either is known before any work is done.
    /// `read` is what the same run reads; without a path the lines go to `fallback`, without a receipt.
    pub(crate) fn begin(
        path: Option<&'a Path>,
        read: &[&Path],
        fallback: &'a mut dyn Write,
    ) -> Result<Self, EngineError> {
        let begin = |path: &Path| {
            let output = Output::create(path, read)?;
            Ok::<_, EngineError>((output, Output::create(&with_suffix(path, "run.json"), read)?))
        };
        Ok(Self { path, files: path.map(begin).transpose()?, fallback, hasher: Sha256::new() })
    }

    pub(crate) fn write(&mut self, lines: &[u8]) -> Result<(), EngineError> {
        self.hasher.update(lines);
        let output: &mut dyn Write = match &mut self.files {
            Some((output, _)) => output,
            None => self.fallback,
        };
        output.write_all(lines).map_err(|e| unwritable(self.path, &e))
    }

    /// Puts the output and its receipt in their place, and says where the receipt is. It is made of the SHA-256 of the
    /// lines.
    pub(crate) fn finish(self, receipt: impl FnOnce(&str) -> Value) -> Result<Option<PathBuf>, EngineError> {
        let failed = |e: std::io::Error| unwritable(self.path, &e);
        let Some((output, mut beside)) = self.files else {
            self.fallback.flush().map_err(failed)?;
            return Ok(None);
        };
        let hash: String = self.hasher.finalize().iter().map(|b| format!("{b:02x}")).collect();
        writeln!(beside, "{:#}", receipt(&hash)).map_err(failed)?;
        let receipt_path = beside.commit()?;
        output.commit().inspect_err(|_| {
            // A receipt for an output that is not there would be worse than none.
            let _gone = std::fs::remove_file(&receipt_path);
        })?;
        Ok(Some(receipt_path))
    }
}
