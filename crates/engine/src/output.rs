//! Output files that appear whole or not at all, and never in the place of what is read.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::EngineError;

/// A file on its way: until [`Output::commit`] it is `PATH.part`, which goes with this where anything fails.
pub struct Output {
    path: PathBuf,
    part: PathBuf,
    file: Option<BufWriter<File>>,
}

impl Output {
    /// Begins a file, after all checks that can be made beforehand. `read` is what the same run reads.
    ///
    /// # Errors
    /// The path is that of a file that is read, a folder, in a folder that is not there, or cannot be written.
    pub fn create(path: &Path, read: &[&Path]) -> Result<Self, EngineError> {
        let (shown, part) = (path.display(), with_suffix(path, "part"));
        if let Some(input) = read.iter().find(|input| same(input, path) || same(input, &part)) {
            return Err(EngineError::usage(format!(
                "{shown} would overwrite {}, which is read",
                input.display()
            ))
            .hint("give the output another name"));
        }
        if path.is_dir() || path.file_name().is_none() {
            return Err(EngineError::input(format!("{shown} is a folder")).hint("name a file in it"));
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
            return Err(EngineError::input(format!("{shown}: there is no folder {}", folder.display()))
                .hint("make the folder first, or give another path"));
        }
        // To put a file in the place of a device would be the end of it.
        if path.exists() && !path.is_file() {
            return Err(EngineError::input(format!("{shown} is no regular file"))
                .hint("leave out --output and lead standard output there"));
        }
        let file = File::create(&part).map_err(|e| unwritable(Some(path), &e))?;
        Ok(Self { path: path.to_owned(), part, file: Some(BufWriter::with_capacity(1 << 18, file)) })
    }

    /// Puts the file in its place, and says where that is.
    ///
    /// # Errors
    /// What is left cannot be written, or the file cannot be put there.
    pub fn commit(mut self) -> Result<PathBuf, EngineError> {
        let failed = |e: std::io::Error| unwritable(Some(&self.path), &e);
        // What is left in the buffer is written here, and not when nobody looks at errors any more.
        if let Some(file) = self.file.take() {
            file.into_inner().map_err(|e| failed(e.into_error()))?;
        }
        std::fs::rename(&self.part, &self.path).map_err(failed)?;
        Ok(std::mem::take(&mut self.path))
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.file.as_mut().map_or(Ok(bytes.len()), |file| file.write(bytes))
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        drop(self.file.take());
        // After a commit it is not there any more.
        let _gone = std::fs::remove_file(&self.part);
    }
}

/// Writes a file that appears whole or not at all. `read` is what the same run reads, which it must not replace.
///
/// # Errors
/// The path is that of a file that is read, a folder, in a folder that is not there, or cannot be written.
pub fn write_file(path: &Path, bytes: &[u8], read: &[&Path]) -> Result<(), EngineError> {
    let mut output = Output::create(path, read)?;
    output.write_all(bytes).map_err(|e| unwritable(Some(path), &e))?;
    output.commit().map(drop)
}

/// Whether both paths are of one file that is there.
fn same(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

/// The path with one more ending.
pub(crate) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    name.into()
}

/// An error of writing; `None` is standard output.
pub(crate) fn unwritable(path: Option<&Path>, error: &std::io::Error) -> EngineError {
    if path.is_none() && error.kind() == std::io::ErrorKind::BrokenPipe {
        return EngineError::closed_pipe();
    }
    let place = path.map_or_else(|| "standard output".to_owned(), |p| p.display().to_string());
    EngineError::input(format!("{place} cannot be written: {error}"))
        .hint("see that there is room and the right to write, or give another path")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::Output;
    use testkit::Scratch;

    #[test]
    fn whole_or_not_at_all() {
        let scratch = Scratch::new();
        let (path, part) = (scratch.file("o", "before"), scratch.path("o.part"));
        let mut output = Output::create(&path, &[]).unwrap();
        output.write_all(b"after").unwrap();
        drop(output);
        assert_eq!((std::fs::read_to_string(&path).unwrap().as_str(), part.exists()), ("before", false));
        let mut output = Output::create(&path, &[]).unwrap();
        output.write_all(b"after").unwrap();
        output.commit().unwrap();
        assert_eq!((std::fs::read_to_string(&path).unwrap().as_str(), part.exists()), ("after", false));
    }

    /// Neither under its own name nor under the one that it has until it is whole.
    #[test]
    fn never_what_is_read() {
        let scratch = Scratch::new();
        let (own, part) = (scratch.file("o", "customers"), scratch.file("p.part", "customers"));
        for (path, input) in
            [(own.clone(), &own), (scratch.dir().join(".").join("o"), &own), (scratch.path("p"), &part)]
        {
            let error = Output::create(&path, &[input]).err().unwrap().to_string();
            assert!(error.contains("which is read"), "{error}");
            assert_eq!(std::fs::read_to_string(input).unwrap(), "customers");
        }
    }
}
