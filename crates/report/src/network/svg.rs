//! The drawing of a network as SVG.

use std::fmt::Write;

use maud::{Markup, html};

use super::kinds::{Kind, px};
use super::layout::{Drawing, ENTRY, LINE, Line, MARK, NAME, PAD, PARTY, SMALL, Shape};
use super::lettering::{SIZE, cut, is_right_to_left, width};
use super::view::{NetworkParty, NetworkView, PartyStanding};
use crate::words;

/// The drawing. It is one picture to a screen reader, with a title and what it shows; the tables say the rest.
pub(super) fn svg(view: &NetworkView, drawing: &Drawing, id: &str) -> Markup {
    let (title, desc) = (format!("{id}-title"), format!("{id}-desc"));
    let (wide, high) = (px(drawing.width), px(drawing.height));
    html! {
        svg.network role="img" aria-labelledby=(format!("{title} {desc}")) viewBox=(format!("0 0 {wide} {high}"))
            width=(wide) height=(high) {
            title id=(title) { (view.title) }
            desc id=(desc) {
                (words::count(view.parties.len(), "party", "parties")) " and "
                (words::count(view.relations.len(), "relation", "relations"))
                ". Whoever owns or directs stands left of what is owned or directed. The tables below name each party and each \
                 relation with its evidence."
            }
            @for shape in &drawing.boxes { (ground(view, shape)) }
            @for line in &drawing.lines { (stroke(line)) }
            @for shape in &drawing.boxes { (names(view, shape)) }
            @for line in &drawing.lines { (label(line)) }
        }
    }
}

fn ground(view: &NetworkView, shape: &Shape) -> Markup {
    let class = match shape.parties[..] {
        [place] => {
            let party = &view.parties[place];
            format!("box {}{}", party.standing.class(), if party.asked { " asked" } else { "" })
        }
        _ => format!("box many {}", shape.standing(view).map_or("", PartyStanding::class)),
    };
    // People have round corners, everything else has not.
    let round = shape.parties.iter().all(|place| view.parties[*place].schema == "Person");
    html! {
        rect class=(class) x=(px(shape.left)) y=(px(shape.top)) width=(px(shape.width)) height=(px(shape.height))
            rx=(if round { "12" } else { "1.5" }) {}
    }
}

fn names(view: &NetworkView, shape: &Shape) -> Markup {
    if let [place] = shape.parties[..] {
        return name(view, place, shape);
    }
    let rows = shape.parties.len().div_ceil(shape.columns);
    html! {
        @for (n, place) in shape.parties.iter().enumerate() {
            @let party = &view.parties[*place];
            @let left = shape.left + PARTY * (n / rows) as f64;
            @let middle = shape.top + PAD + ENTRY * ((n % rows) as f64 + 0.5);
            g class=(party.standing.class()) {
                title { (told(party)) }
                (party.standing.mark(left + PAD + 7.0, middle))
                (text("name", &cut(&party.caption, NAME, SIZE), left + MARK, middle + 4.5))
            }
        }
    }
}

fn name(view: &NetworkView, place: usize, shape: &Shape) -> Markup {
    let party = &view.parties[place];
    let first = shape.top + PAD + 11.0;
    let below = first + LINE * shape.name.len().max(1) as f64 - 1.0;
    html! {
        g class=(party.standing.class()) {
            title { (told(party)) }
            (party.standing.mark(shape.left + PAD + 7.0, first - 4.5))
            @for (n, line) in shape.name.iter().enumerate() {
                (text("name", line, shape.left + MARK, first + LINE * n as f64))
            }
            (text("small", &cut(&beneath(party), NAME, SMALL), shape.left + MARK, below))
        }
    }
}

/// What a party is, in a few words.
fn beneath(party: &NetworkParty) -> String {
    let what = words::property(&party.schema);
    if party.note.is_empty() { what } else { format!("{what} \u{b7} {}", party.note) }
}

/// All of it, for whoever points at a party.
fn told(party: &NetworkParty) -> String {
    format!("{} ({}), {}: {}", party.caption, party.id, party.standing.in_words(), beneath(party))
}

/// A text in a box: one that is written from right to left ends where the others begin.
fn text(class: &str, text: &str, left: f64, y: f64) -> Markup {
    let rtl = is_right_to_left(text);
    let x = if rtl { left + NAME } else { left };
    html! {
        text class=(class) x=(px(x)) y=(px(y)) direction=[rtl.then_some("rtl")] { (text) }
    }
}

fn stroke(line: &Line) -> Markup {
    let kind = Kind::of(&line.look.schema);
    let (Some(first), Some(last)) = (line.level.first(), line.level.last()) else { return Markup::default() };
    let (start, end) = ((first.0, first.2), (last.1, last.2));
    let sign = if end.0 >= start.0 { 1.0 } else { -1.0 };
    html! {
        g class=(format!("line {} {}", kind.class(), line.look.stated.class())) {
            path.way d=(way(&line.level, sign)) {}
            path.head d=(kind.head(end, sign)) {}
            @if let Some(tail) = kind.tail(start, sign) { path.head d=(tail) {} }
        }
    }
}

/// Level stretches with a bend from each to the next. It ends behind its head, not at the point of it.
fn way(level: &[(f64, f64, f64)], sign: f64) -> String {
    let mut d = String::new();
    let mut at: Option<(f64, f64)> = None;
    for (n, (from, to, y)) in level.iter().enumerate() {
        let to = if n + 1 == level.len() { to - sign * 8.0 } else { *to };
        let _ = match at {
            None => write!(d, "M{from:.1} {y:.1}"),
            Some((x, before)) => {
                let bend = (from - x) / 2.0;
                write!(d, "C{:.1} {before:.1} {:.1} {y:.1} {from:.1} {y:.1}", x + bend, from - bend)
            }
        };
        let _ = write!(d, "H{to:.1}");
        at = Some((to, *y));
    }
    d
}

fn label(line: &Line) -> Markup {
    let (x, y) = line.label;
    let room = width(&line.caption(), SMALL) + 6.0;
    html! {
        rect.back x=(px(x - room / 2.0)) y=(px(y - 8.0)) width=(px(room)) height="16" {}
        text.says x=(px(x)) y=(px(y + 3.5)) { (line.caption()) }
    }
}
