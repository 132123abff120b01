//! `--timings` of a file: where the time went, stage by stage.

use std::fmt::Write;
use std::time::Duration;

use engine::{Effort, Timings};

/// One line for the lists and one for each stage of the rows, right-aligned under the columns. `loaded`: the listed
/// parties, and how long it took to load them; `rows`: the rows of the file.
pub(crate) fn timings(loaded: (usize, Duration), rows: u64, timings: &Timings) -> String {
    let stages = timings.stages().map(|(name, took)| (name, rows, took));
    let lists = ("load lists", loaded.0 as u64, loaded.1);
    let all: Duration = stages.iter().map(|(.., took)| *took).sum::<Duration>() + loaded.1;
    let mut text = format!(
        "{:<12}{:>12}{:>12}{:>12}{:>9}  (seconds summed over threads)\n",
        "stage", "parties/rows", "seconds", "\u{b5}s each", "share"
    );
    for (name, count, took) in std::iter::once(lists).chain(stages) {
        let seconds = took.as_secs_f64();
        let each = seconds * 1e6 / count.max(1) as f64;
        let share = 100.0 * seconds / all.as_secs_f64().max(f64::MIN_POSITIVE);
        let _infallible = writeln!(text, "{name:<12}{count:>12}{seconds:>12.3}{each:>12.2}{share:>7.1} %");
    }
    text
}

/// What the searches looked at, a row.
pub(crate) fn effort(effort: &Effort) -> String {
    let a_row = |count: u64| count as f64 / effort.queries.max(1) as f64;
    format!(
        "a row: {:.2} words, {:.2} of them new; {:.1} listed names bounded, {:.2} parties scored",
        a_row(effort.words),
        a_row(effort.new_words),
        a_row(effort.names),
        a_row(effort.scored)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_for_each_stage() {
        let millis = Duration::from_millis;
        let stages = Timings {
            read: millis(10),
            prepare: millis(90),
            screen: millis(800),
            serialise: millis(60),
            write: millis(40),
        };
        let text = timings((500, millis(1000)), 20_000, &stages);
        let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(lines[0][..2], ["stage", "parties/rows"]);
        assert_eq!(lines[1], ["load", "lists", "500", "1.000", "2000.00", "50.0", "%"]);
        assert_eq!(lines[4], ["screen", "20000", "0.800", "40.00", "40.0", "%"]);
        assert_eq!(lines.len(), 7);
        let none = timings((0, Duration::ZERO), 0, &Timings::default());
        assert!(!none.contains("NaN"), "{none}");
    }
}
