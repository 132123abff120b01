//! Where bars begin and end, and the bars themselves as inline SVG.
//!
//! The view boxes are in the engine's own integers (millibits, ten-thousandths), so nothing is rounded on the way to
//! the page and what is drawn adds up as the numbers do.

use maud::{Markup, html};

use crate::view::EvidenceRow;

/// From where to where a bar goes, on the axis of the running sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) from: i64,
    pub(crate) to: i64,
}

/// Each value begins where the one before it ended.
pub(crate) fn steps(values: impl IntoIterator<Item = i32>) -> Vec<Step> {
    let mut sum = 0;
    let step = |value: i32| {
        let from = sum;
        sum += i64::from(value);
        Step { from, to: sum }
    };
    values.into_iter().map(step).collect()
}

/// The waterfall of one explanation: a step for each row, on one axis that holds them all and zero.
pub(crate) struct Waterfall {
    pub(crate) steps: Vec<Step>,
    low: i64,
    span: i64,
}

impl Waterfall {
    pub(crate) fn new(rows: &[EvidenceRow]) -> Self {
        let steps = steps(rows.iter().map(|row| row.bits));
        let low = steps.iter().map(|s| s.to).min().unwrap_or(0).min(0);
        let high = steps.iter().map(|s| s.to).max().unwrap_or(0).max(0);
        // A little air on both sides keeps the line at zero and the last bar's edge inside the picture.
        let air = ((high - low) / 50).max(1);
        Self { steps, low: low - air, span: high - low + 2 * air }
    }

    /// One row's bar. Thin lines lead to it from the row above and from it to the row below.
    pub(crate) fn bar(&self, row: usize) -> Markup {
        let Some(step) = self.steps.get(row) else { return html! {} };
        let kind = if step.to < step.from { "against" } else { "for" };
        self.frame(html! {
            @if row > 0 { (line(step.from, 0, 30)) }
            (rect(kind, *step))
            (line(step.to, 70, 100))
        })
    }

    /// The bar of the whole: from zero to where the last row ended.
    pub(crate) fn total(&self) -> Markup {
        let to = self.steps.last().map_or(0, |s| s.to);
        self.frame(html! { (line(to, 0, 30)) (rect("total", Step { from: 0, to })) })
    }

    /// Numbers stand in the cells beside it, so a screen reader passes the picture over.
    fn frame(&self, bars: Markup) -> Markup {
        html! {
            svg.bar viewBox=(format!("{} 0 {} 100", self.low, self.span)) preserveAspectRatio="none"
                aria-hidden="true" focusable="false" {
                line.zero x1="0" x2="0" y1="0" y2="100" {}
                (bars)
            }
        }
    }
}

fn rect(class: &str, step: Step) -> Markup {
    let (x, width) = (step.from.min(step.to), (step.to - step.from).abs());
    html! { rect class=(class) x=(x) y="30" width=(width) height="40" {} }
}

fn line(x: i64, from: i32, to: i32) -> Markup {
    html! { line.lead x1=(x) x2=(x) y1=(from) y2=(to) {} }
}

/// The score from 0 to 1: a part for each share, and the line at which a match begins.
pub(crate) fn score_strip(rows: &[EvidenceRow], threshold: i32, label: &str) -> Markup {
    let parts = steps(rows.iter().map(|row| row.share).filter(|share| *share != 0));
    html! {
        svg.strip viewBox="0 0 10000 100" preserveAspectRatio="none" role="img" aria-label=(label) {
            rect.ground x="0" y="25" width="10000" height="50" {}
            @for part in &parts {
                rect class=(if part.to < part.from { "against" } else { "share" })
                    x=(part.from.min(part.to)) y="25" width=((part.to - part.from).abs()) height="50" {}
            }
            // The line stands out from the parts that it crosses, in any colours.
            line.halo x1=(threshold) x2=(threshold) y1="0" y2="100" {}
            line.threshold x1=(threshold) x2=(threshold) y1="0" y2="100" {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(bits: i32, share: i32) -> EvidenceRow {
        EvidenceRow { bits, share, ..EvidenceRow::default() }
    }

    /// The values of an attribute in the order of the page.
    fn drawn(markup: &str, element: &str, attribute: &str) -> Vec<i64> {
        let start = format!("{attribute}=\"");
        let elements = markup.split('<').filter(|e| e.starts_with(element));
        elements
            .map(|e| e.split(&start).nth(1).unwrap().split('"').next().unwrap().parse().unwrap())
            .collect()
    }

    #[test]
    fn bars_follow_each_other_to_the_sum() {
        let rows = [row(1_875, 0), row(8_472, 0), row(-12_000, 0), row(0, 0), row(3_000, 0)];
        let waterfall = Waterfall::new(&rows);
        assert_eq!(waterfall.steps[0].from, 0);
        assert!(waterfall.steps.windows(2).all(|w| w[0].to == w[1].from));
        assert_eq!(waterfall.steps.last().unwrap().to, 1_347);
        let page: String = (0..rows.len()).map(|i| waterfall.bar(i).into_string()).collect();
        let widths = drawn(&page, "rect", "width");
        assert_eq!(widths, [1_875, 8_472, 12_000, 0, 3_000]);
        assert_eq!(drawn(&waterfall.total().into_string(), "rect", "width"), [1_347]);
        let (low, high) = (waterfall.low, waterfall.low + waterfall.span);
        assert!(waterfall.steps.iter().all(|s| low < s.to && s.to < high), "all inside the picture");
        assert!(low < 0 && high > 0, "zero is inside the picture");
    }

    #[test]
    fn shares_drawn_add_up_to_the_score() {
        let rows = [row(0, 306), row(0, 1_385), row(0, 0), row(0, 7_000)];
        let strip = score_strip(&rows, 7_000, "x").into_string();
        let (xs, widths) = (drawn(&strip, "rect", "x"), drawn(&strip, "rect", "width"));
        assert_eq!(widths[1..].iter().sum::<i64>(), 306 + 1_385 + 7_000, "the first is the ground");
        assert!((2..xs.len()).all(|i| xs[i] == xs[i - 1] + widths[i - 1]), "{strip}");
        assert_eq!(drawn(&strip, "line", "x1"), [7_000, 7_000], "the line and its halo");
    }

    #[test]
    fn nothing_to_draw() {
        let waterfall = Waterfall::new(&[]);
        assert!(waterfall.span > 0);
        assert_eq!(waterfall.bar(0).into_string(), "");
        assert!(waterfall.total().into_string().contains("width=\"0\""));
        assert!(Waterfall::new(&[row(i32::MAX, 0), row(i32::MAX, 0), row(i32::MIN, 0)]).span > 0);
    }
}
