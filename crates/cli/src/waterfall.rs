//! The evidence of a result as a table with a waterfall: each row's bits as a bar that begins where the row before ended.

use comfy_table::presets::NOTHING;
use comfy_table::{Cell, CellAlignment, Table};
use engine::{Basis, Row, Scored, one_decimal};

use crate::plain::plain;

/// Cells of the widest bar.
const WIDTH: i64 = 20;

/// The rows, their sum, and what a reader must know beside them.
pub(crate) fn evidence(scored: &Scored) -> String {
    let mut table = Table::new();
    table.load_style(NOTHING);
    table.set_header(["", "evidence", "query", "listed", "bits", "", "share", "of"]);
    let stake: i64 = scored.rows.iter().map(|row| i64::from(row.stake)).sum();
    let (bars, whole) = bars(&scored.rows);
    for (row, bar) in scored.rows.iter().zip(bars) {
        table.add_row(cells(row, bar, stake));
    }
    let basis = if scored.basis == Basis::Identifier { "by identifier" } else { "" };
    let bits = right(one_decimal(scored.bits));
    let (score, one) = (right(scored.score.to_string()), right("1.0000".to_owned()));
    table.add_row(vec![basis.into(), "".into(), "".into(), "total".into(), bits, whole.into(), score, one]);
    let mut text: String = table.lines().map(|line| format!("   {}\n", line.trim_end())).collect();
    for row in scored.rows.iter().filter(|row| row.note.is_some()) {
        text += &format!("   {}: {}\n", plain(&row.feature), plain(row.note.as_deref().unwrap_or_default()));
    }
    text
}

fn cells(row: &Row, bar: String, stake: i64) -> Vec<Cell> {
    let at_stake = row.gain != 0 || row.stake != 0;
    let number = |n: i64| if at_stake { format!("{}.{:04}", n / 10_000, n % 10_000) } else { String::new() };
    let of = (i64::from(row.stake) * 20_000 + stake) / (2 * stake.max(1));
    let kind = if row.disguised { format!("{} (disguised)", row.kind) } else { row.kind.to_owned() };
    vec![
        Cell::new(plain(&row.feature)),
        Cell::new(kind),
        Cell::new(plain(&row.query)),
        Cell::new(plain(&row.candidate)),
        right(one_decimal(row.bits)),
        Cell::new(bar),
        right(number(i64::from(row.share))),
        right(number(of)),
    ]
}

/// A bar for each row and one for their sum: full blocks speak for the match, light ones against it.
fn bars(rows: &[Row]) -> (Vec<String>, String) {
    let mut sums = vec![0_i64];
    sums.extend(rows.iter().scan(0_i64, |sum, row| {
        *sum += i64::from(row.bits);
        Some(*sum)
    }));
    let (low, high) = sums.iter().fold((0, 1), |(low, high), sum| (low.min(*sum), high.max(*sum)));
    let cell = |sum: i64| (sum - low) * WIDTH / (high - low);
    let bar = |from: i64, to: i64| {
        let (start, end) = (cell(from.min(to)), cell(from.max(to)));
        // What says anything is seen, however little it is.
        let length = (end - start).max(i64::from(from != to));
        let start = start.min(WIDTH - length);
        let block = if to < from { "░" } else { "█" };
        " ".repeat(start as usize) + &block.repeat(length as usize)
    };
    let each = sums.windows(2).map(|w| bar(w[0], w[1])).collect();
    (each, bar(0, sums.last().copied().unwrap_or_default()))
}

fn right(text: String) -> Cell {
    Cell::new(text).set_alignment(CellAlignment::Right)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(bits: i32) -> Row {
        Row {
            feature: String::new(),
            kind: "exact",
            query: String::new(),
            candidate: String::new(),
            note: None,
            bits,
            share: 0,
            gain: 0,
            stake: 0,
            disguised: false,
        }
    }

    #[test]
    fn each_bar_begins_where_the_one_before_ended() {
        let check = |bits: &[i32], expected: &[&str]| {
            let (mut each, whole) = bars(&bits.iter().map(|bits| row(*bits)).collect::<Vec<_>>());
            each.push(whole);
            assert_eq!(each, expected);
        };
        check(
            &[10_000, 10_000, -5_000],
            &["██████████", "          ██████████", "               ░░░░░", "███████████████"],
        );
        check(&[10_000, -20_000], &["          ██████████", "░░░░░░░░░░░░░░░░░░░░", "░░░░░░░░░░"]);
        check(&[20_000, 1], &["███████████████████", "                   █", "████████████████████"]);
        check(&[], &[""]);
    }
}
