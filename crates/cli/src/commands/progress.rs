//! How far a file has come, where standard error is a terminal.

use std::io::IsTerminal;

use engine::Progress;
use indicatif::{ProgressBar, ProgressStyle};

/// Rows, rows a second and, where the size of the file is known, the time that is left.
pub(crate) struct FileProgress {
    bar: ProgressBar,
}

impl FileProgress {
    pub(crate) fn start() -> Self {
        if !std::io::stderr().is_terminal() {
            return Self { bar: ProgressBar::hidden() };
        }
        let style = ProgressStyle::with_template("{spinner} {msg}  {elapsed}");
        let style = style.unwrap_or_else(|_| ProgressStyle::default_spinner());
        Self { bar: ProgressBar::new_spinner().with_style(style) }
    }

    pub(crate) fn show(&self, at: Progress) {
        if self.bar.is_hidden() {
            return;
        }
        self.bar.set_message(said(at.rows, self.bar.elapsed().as_secs_f64()));
        // A pipe does not tell how much is left.
        if let Some(of) = at.of_bytes {
            if self.bar.length().is_none() {
                let style = ProgressStyle::with_template("{bar:30} {percent} %  {msg}  {eta} left");
                self.bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
                self.bar.set_length(of);
            }
            self.bar.set_position(at.bytes.min(of));
        } else {
            self.bar.tick();
        }
    }

    /// Takes it off the screen.
    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

/// What is being worked on, where nobody knows how much is left.
pub(crate) struct Spinner(ProgressBar);

impl Spinner {
    pub(crate) fn start() -> Self {
        if !std::io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let style = ProgressStyle::with_template("{spinner} {wide_msg}  {elapsed}");
        let bar = ProgressBar::new_spinner();
        bar.enable_steady_tick(std::time::Duration::from_millis(200));
        Self(bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner())))
    }

    pub(crate) fn show(&self, what: &str) {
        self.0.set_message(what.to_owned());
    }

    /// Takes it off the screen.
    pub(crate) fn finish(&self) {
        self.0.finish_and_clear();
    }
}

fn said(rows: u64, seconds: f64) -> String {
    // The first rows come in no time at all.
    let rate = rows as f64 / seconds.max(0.001);
    format!("{rows} rows  {rate:.0} rows/s")
}

#[cfg(test)]
mod tests {
    #[test]
    fn rows_and_rate() {
        assert_eq!(super::said(12_000, 1.5), "12000 rows  8000 rows/s");
        assert_eq!(super::said(0, 0.0), "0 rows  0 rows/s");
    }
}
