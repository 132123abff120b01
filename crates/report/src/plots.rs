//! Plots as inline SVG, drawn in whole units of a fixed picture: no rounding depends on the machine.

use maud::{Markup, html};
use validation::{Outcome, Share, Timings};

/// The picture, and the frame within it that the axes make.
const WIDTH: i64 = 440;
const HEIGHT: i64 = 270;
const LEFT: i64 = 38;
const RIGHT: i64 = 428;
const TOP: i64 = 12;
const BOTTOM: i64 = 226;

/// Hundredths of a percent up the frame.
fn up(share: f64) -> i64 {
    BOTTOM - ((BOTTOM - TOP) as f64 * share / 100.0).round() as i64
}

/// The frame with lines at each quarter.
fn frame(label: &str, x_title: &str, y_title: &str, body: Markup) -> Markup {
    html! {
        svg.plot viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="img" aria-label=(label) {
            @for percent in [0, 25, 50, 75, 100] {
                @let y = up(f64::from(percent));
                line.grid x1=(LEFT) x2=(RIGHT) y1=(y) y2=(y) {}
                text.tick x=(LEFT - 5) y=(y + 4) text-anchor="end" { (percent) }
            }
            text.tick x=(LEFT) y=(TOP - 3) { (y_title) }
            text.tick x=((LEFT + RIGHT) / 2) y=(HEIGHT - 6) text-anchor="middle" { (x_title) }
            (body)
        }
    }
}

/// Detection and false alarms by threshold, in one picture.
pub(crate) fn curve(outcome: &Outcome) -> Markup {
    let points = &outcome.curve;
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return html! {} };
    let span = i64::from(last.threshold - first.threshold).max(1);
    let across =
        |threshold: u16| LEFT + (RIGHT - LEFT) * (i64::from(threshold) - i64::from(first.threshold)) / span;
    let path = |of: fn(&validation::Point) -> Share| -> String {
        let at = |p: &validation::Point| format!("{},{}", across(p.threshold), up(of(p).percent()));
        points.iter().filter(|p| of(p).of > 0).map(at).collect::<Vec<_>>().join(" ")
    };
    let line = across(outcome.setting.line);
    let label = format!(
        "Detection and false alarms by threshold. At the match line: exact {:.1} %, altered {:.1} %, false alarms {:.2} %. \
         The table below has all figures",
        outcome.exact.percent(),
        outcome.altered.percent(),
        outcome.alarms.percent()
    );
    html! {
        (frame(&label, "match threshold", "% of names", html! {
            @for p in points.iter().step_by(2) {
                text.tick x=(across(p.threshold)) y=(BOTTOM + 16) text-anchor="middle" {
                    (format!("0.{:02}", p.threshold / 100).replace("0.100", "1.00"))
                }
            }
            line.at x1=(line) x2=(line) y1=(TOP) y2=(BOTTOM) {}
            polyline.curve.stress points=(path(|p| p.stress)) {}
            polyline.curve.alarms points=(path(|p| p.alarms)) {}
            polyline.curve.altered points=(path(|p| p.altered)) {}
            polyline.curve.exact points=(path(|p| p.exact)) {}
        }))
        p.legend aria-hidden="true" {
            span.key.exact { "as published" } span.key.altered { "altered" } span.key.stress { "beyond what is asked" }
            span.key.alarms { "false alarms" } span.key.at { "match line" }
        }
    }
}

/// Results that are right, by score.
pub(crate) fn calibration(outcome: &Outcome) -> Markup {
    let bands = &outcome.bands;
    let width = (RIGHT - LEFT) / i64::try_from(bands.len().max(1)).unwrap_or(1);
    html! {
        (frame("Share of results that are the right party, by score; the table below has all figures", "score of the result", "% right", html! {
            @for (i, band) in bands.iter().enumerate() {
                @let x = LEFT + width * i as i64;
                @let (low, high) = band.right.interval();
                @let y = up(band.right.percent());
                @if i % 2 == 0 {
                    text.tick x=(x + width / 2) y=(BOTTOM + 16) text-anchor="middle" {
                        (format!("0.{:02}", band.from / 100).replace("0.100", "1.00"))
                    }
                }
                @if band.right.of > 0 {
                    rect.bar-in x=(x + 2) y=(y) width=(width - 4) height=(BOTTOM - y) {}
                    line.whisker x1=(x + width / 2) x2=(x + width / 2) y1=(up(low)) y2=(up(high)) {}
                }
            }
        }))
        p.legend aria-hidden="true" { span.key.bar-in { "right, with the 95 % interval" } }
    }
}

/// How long queries took: each bar twice as long as the one before it.
pub(crate) fn latency(timings: &Timings) -> Markup {
    let bin = |us: u32| us.max(16).ilog2() - 4;
    let bins = timings.sorted.last().map_or(0, |us| bin(*us)) as usize + 1;
    let mut counts = vec![0_usize; bins];
    for us in &timings.sorted {
        counts[bin(*us) as usize] += 1;
    }
    let width = (RIGHT - LEFT) / i64::try_from(bins).unwrap_or(1).max(1);
    let told = |i: usize| match 16_u64 << i {
        us if us < 1000 => format!("{us} \u{b5}s"),
        us if us < 1_000_000 => format!("{} ms", us / 1000),
        us => format!("{} s", us / 1_000_000),
    };
    let of = timings.sorted.len();
    html! {
        (frame("How long queries took, as a share of all", "wall time of a query, from", "% of queries", html! {
            @for (i, count) in counts.iter().enumerate() {
                @let x = LEFT + width * i as i64;
                @let y = up(Share { found: *count, of }.percent());
                @if i % bins.div_ceil(5) == 0 {
                    text.tick x=(x) y=(BOTTOM + 16) text-anchor="start" { (told(i)) }
                }
                rect.bar-in x=(x + 1) y=(y) width=((width - 2).max(1)) height=(BOTTOM - y) {}
            }
        }))
    }
}
