//! Where parties and lines are drawn: columns from left to right, whoever owns or directs left of what he owns or directs.
//!
//! A star is no drawing of its middle: many parties that have one and the same relation to one other and no more are one
//! box of names with one line. The rest is laid out as dagre does (layers, few crossings, few bends).

use std::collections::{BTreeMap, VecDeque};

use dugong::graphlib::{Graph, GraphOptions};
use dugong::{EdgeLabel, GraphLabel, NodeLabel, RankDir};

use super::kinds::Kind;
use super::lettering::{SIZE, lines, width};
use super::view::{NetworkRelation, NetworkView, PartyStanding, Stated};

/// Parties that are drawn; more are in the tables alone. Nobody reads a drawing of more.
pub(super) const MOST_PARTIES: usize = 400;
/// Lines that are drawn. 400 parties of a list have some 450; a denser drawing is a ball of wool, and takes seconds.
pub(super) const MOST_LINES: usize = 1_000;
/// From so many on, parties with the same single relation are one box.
const BOXED: usize = 5;

/// Pixels. A party is as wide as a long name in two lines.
pub(super) const PARTY: f64 = 236.0;
pub(super) const MARK: f64 = 26.0;
pub(super) const PAD: f64 = 9.0;
pub(super) const LINE: f64 = 16.0;
pub(super) const NAME: f64 = PARTY - MARK - PAD;
/// Size of the letters that say what a party or a line is.
pub(super) const SMALL: f64 = 11.0;
pub(super) const ENTRY: f64 = 22.0;
const MARGIN: f64 = 12.0;

/// A drawing in pixels from its upper left corner.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) boxes: Vec<Shape>,
    pub(super) lines: Vec<Line>,
    /// Relations that no line stands for.
    pub(super) undrawn: usize,
}

/// A box: one party, or the names of several with the same relation.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) width: f64,
    pub(super) height: f64,
    /// Places of the parties in it.
    pub(super) parties: Vec<usize>,
    /// Columns of names, where there are several.
    pub(super) columns: usize,
    /// The name of a single party, in lines.
    pub(super) name: Vec<String>,
}

/// A line between two boxes.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) look: Look,
    /// How many relations it stands for.
    pub(super) relations: usize,
    /// Stretches that it runs level, from its first box to its second: from where, to where, how high.
    pub(super) level: Vec<(f64, f64, f64)>,
    /// Where its label has its middle.
    pub(super) label: (f64, f64),
}

/// All that tells lines apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Look {
    pub(super) schema: String,
    pub(super) label: String,
    pub(super) stated: Stated,
}

impl Look {
    fn of(relation: &NetworkRelation) -> Self {
        Self { schema: relation.schema.clone(), label: relation.label.clone(), stated: relation.stated }
    }
}

impl Line {
    /// What it is called.
    pub(super) fn caption(&self) -> String {
        caption(&self.look.label, self.relations)
    }
}

fn caption(label: &str, relations: usize) -> String {
    let label = super::lettering::cut(label, 150.0, SMALL);
    if relations > 1 { format!("{label} \u{d7}{relations}") } else { label }
}

/// How many columns the names of a box stand in: high rather than wide, for a page is.
fn columns(names: usize) -> usize {
    match names {
        0..=20 => 1,
        21..=160 => 2,
        _ => 3,
    }
}

/// Parties in boxes, and the lines between boxes with the number of relations that each stands for.
struct Boxes {
    parties: Vec<Vec<usize>>,
    lines: BTreeMap<(usize, usize, Look), usize>,
}

impl Boxes {
    fn of(view: &NetworkView) -> Self {
        let drawn = view.parties.len().min(MOST_PARTIES);
        // Relations that look the same are one line. One of a party to itself is for the table.
        let mut between: BTreeMap<(usize, usize, Look), usize> = BTreeMap::new();
        for relation in &view.relations {
            let (from, to) = (relation.from, relation.to);
            if from != to && from < drawn && to < drawn {
                *between.entry((from, to, Look::of(relation))).or_default() += 1;
            }
        }
        let mut count = vec![0; drawn];
        for (from, to, _) in between.keys() {
            count[*from] += 1;
            count[*to] += 1;
        }
        // Whoever has one line alone may share a box with those who have the same: never the one who is asked for.
        let alone = |place: usize| count[place] == 1 && !view.parties[place].asked;
        let mut stars: BTreeMap<(usize, bool, &Look), Vec<usize>> = BTreeMap::new();
        for (from, to, look) in between.keys() {
            match (alone(*from), alone(*to)) {
                (true, false) => stars.entry((*to, true, look)).or_default().push(*from),
                (false, true) => stars.entry((*from, false, look)).or_default().push(*to),
                _ => {}
            }
        }
        let mut shared: Vec<Vec<usize>> = stars.into_values().filter(|star| star.len() >= BOXED).collect();
        let unrelated: Vec<usize> =
            (0..drawn).filter(|place| count[*place] == 0 && !view.parties[*place].asked).collect();
        shared.extend(Some(unrelated).filter(|all| all.len() >= BOXED));
        // A name is looked for by the alphabet.
        let caption = |place: &usize| &view.parties[*place].caption;
        shared.iter_mut().for_each(|names| names.sort_by(|one, other| caption(one).cmp(caption(other))));
        let mut box_of = vec![None; drawn];
        for (n, parties) in shared.iter().enumerate() {
            parties.iter().for_each(|place| box_of[*place] = Some(n));
        }
        let mut parties = shared;
        for (place, slot) in box_of.iter_mut().enumerate().filter(|(_, slot)| slot.is_none()) {
            *slot = Some(parties.len());
            parties.push(vec![place]);
        }
        let at = |place: usize| box_of[place].unwrap_or_default();
        let mut lines: BTreeMap<(usize, usize, Look), usize> = BTreeMap::new();
        for ((from, to, look), relations) in between {
            *lines.entry((at(from), at(to), look)).or_default() += relations;
        }
        while lines.len() > MOST_LINES {
            lines.pop_last();
        }
        Self { parties, lines }
    }

    /// How many lines away from whoever is asked for each box is; below nothing on the side that leads there.
    fn distances(&self, view: &NetworkView) -> Vec<Option<i64>> {
        let mut near: Vec<Vec<(usize, i64)>> = vec![Vec::new(); self.parties.len()];
        for (from, to, _) in self.lines.keys() {
            near[*from].push((*to, 1));
            near[*to].push((*from, -1));
        }
        let asked = |n: &usize| self.parties[*n].iter().any(|place| view.parties[*place].asked);
        let mut queue: VecDeque<usize> = (0..self.parties.len()).filter(asked).collect();
        let mut distances = vec![None; self.parties.len()];
        queue.iter().for_each(|n| distances[*n] = Some(0));
        while let Some(n) = queue.pop_front() {
            let at: i64 = distances[n].unwrap_or_default();
            for (other, side) in &near[n] {
                if distances[*other].is_none() {
                    distances[*other] = Some(at + if at == 0 { *side } else { at.signum() });
                    queue.push_back(*other);
                }
            }
        }
        distances
    }

    /// Lines that are laid out against their direction. Owners and directors stand left of what they have. Other ties say
    /// nothing of who is above whom: by them the near stand near to whoever is asked for, or a chain of ties is a page wide.
    fn turned(&self, view: &NetworkView) -> Vec<bool> {
        let distances = self.distances(view);
        let turned = |(from, to, look): &(usize, usize, Look)| {
            matches!(Kind::of(&look.schema), Kind::Family | Kind::Other) && distances[*from] > distances[*to]
        };
        self.lines.keys().map(turned).collect()
    }

    fn shape(&self, view: &NetworkView, n: usize) -> Shape {
        let parties = self.parties[n].clone();
        let (columns, name, width, height) = match parties[..] {
            [place] => {
                let party = &view.parties[place];
                let name = lines(&party.caption, NAME, SIZE, 2);
                let height = 2.0 * PAD + LINE * (name.len().max(1) as f64 + 1.0) - 2.0;
                (1, name, PARTY, height)
            }
            _ => {
                let columns = columns(parties.len());
                let rows = parties.len().div_ceil(columns);
                (columns, Vec::new(), PARTY * columns as f64, ENTRY * rows as f64 + 2.0 * PAD)
            }
        };
        Shape { left: 0.0, top: 0.0, width, height, parties, columns, name }
    }
}

/// Lays a network out. `None`: the layout failed, or there is nobody.
pub(super) fn draw(view: &NetworkView) -> Option<Drawing> {
    let boxes = Boxes::of(view);
    let mut shapes: Vec<Shape> = (0..boxes.parties.len()).map(|n| boxes.shape(view, n)).collect();
    if shapes.is_empty() {
        return None;
    }
    let mut graph: Graph<NodeLabel, EdgeLabel, GraphLabel> =
        Graph::new(GraphOptions { directed: true, multigraph: true, compound: false });
    graph.set_graph(GraphLabel {
        rankdir: RankDir::LR,
        nodesep: 14.0,
        edgesep: 10.0,
        ranksep: 60.0,
        marginx: MARGIN,
        marginy: MARGIN,
        ..GraphLabel::default()
    });
    for (n, shape) in shapes.iter().enumerate() {
        let label = NodeLabel { width: shape.width, height: shape.height, ..NodeLabel::default() };
        graph.set_node(n.to_string(), label);
    }
    let turned = boxes.turned(view);
    for (n, ((from, to, look), relations)) in boxes.lines.iter().enumerate() {
        let label = EdgeLabel {
            width: width(&caption(&look.label, *relations), SMALL) + 12.0,
            height: SMALL + 6.0,
            weight: 1.0,
            ..EdgeLabel::default()
        };
        let (left, right) = if turned[n] { (to, from) } else { (from, to) };
        graph.set_edge_named(left.to_string(), right.to_string(), Some(n.to_string()), Some(label));
    }
    dugong::layout(&mut graph).ok()?;
    for (n, shape) in shapes.iter_mut().enumerate() {
        let node = graph.node(&n.to_string())?;
        shape.left = node.x? - shape.width / 2.0;
        shape.top = node.y? - shape.height / 2.0;
    }
    let columns = Columns::of(&shapes);
    let mut lines = Vec::new();
    for (n, ((from, to, look), relations)) in boxes.lines.iter().enumerate() {
        let (left, right) = if turned[n] { (to, from) } else { (from, to) };
        let edge = graph.edge(&left.to_string(), &right.to_string(), Some(&n.to_string()))?;
        let way = edge.points.get(1..edge.points.len().saturating_sub(1)).unwrap_or_default();
        let (label, half) = ((edge.x?, edge.y?), edge.width / 2.0);
        // The label has a place of its own between two columns, and the line runs level behind it.
        let is_label = |x: f64, y: f64| (x - label.0).abs() < 1.0 && (y - label.1).abs() < 1.0;
        let way = way.iter().map(|p| (p.x, p.y, if is_label(p.x, p.y) { half } else { columns.half(p.x) }));
        let mut level = columns.way(&shapes[*left], &shapes[*right], way);
        if turned[n] {
            level.reverse();
            level.iter_mut().for_each(|(from, to, _)| std::mem::swap(from, to));
        }
        lines.push(Line { look: look.clone(), relations: *relations, level, label });
    }
    let (size, drawn) = (graph.graph(), lines.iter().map(|line| line.relations).sum::<usize>());
    Some(Drawing {
        width: size.width.ceil(),
        height: size.height.ceil(),
        undrawn: view.relations.len() - drawn,
        boxes: shapes,
        lines,
    })
}

/// The columns that boxes stand in: the middle of each and half its width, in tenths of a pixel and pixels.
struct Columns(BTreeMap<i64, f64>);

impl Columns {
    fn of(shapes: &[Shape]) -> Self {
        let mut columns: BTreeMap<i64, f64> = BTreeMap::new();
        for shape in shapes {
            let half = columns.entry(tenths(shape.left + shape.width / 2.0)).or_default();
            *half = half.max(shape.width / 2.0);
        }
        Self(columns)
    }

    /// Half the width of the column with its middle there; nothing where no boxes stand.
    fn half(&self, middle: f64) -> f64 {
        let at = tenths(middle);
        self.0.range(at - 1..=at + 1).next().map_or(0.0, |(_, half)| *half)
    }

    /// A line leaves a box at its side, runs level through every column, and bends in the gaps alone: so it crosses no box.
    /// `between`: the places that it comes by, each with half the width that it runs level there.
    fn way(
        &self,
        from: &Shape,
        to: &Shape,
        between: impl Iterator<Item = (f64, f64, f64)>,
    ) -> Vec<(f64, f64, f64)> {
        let (start, end) = (from.middle(), to.middle());
        let sign = if end.0 >= start.0 { 1.0 } else { -1.0 };
        let mut level =
            vec![(start.0 + sign * from.width / 2.0, start.0 + sign * self.half(start.0), start.1)];
        level.extend(between.map(|(x, y, half)| (x - sign * half, x + sign * half, y)));
        level.push((end.0 - sign * self.half(end.0), end.0 - sign * to.width / 2.0, end.1));
        level
    }
}

fn tenths(pixels: f64) -> i64 {
    (pixels * 10.0).round() as i64
}

impl Shape {
    pub(super) fn middle(&self) -> (f64, f64) {
        (self.left + self.width / 2.0, self.top + self.height / 2.0)
    }

    /// Whether all in it are the same to a list.
    pub(super) fn standing(&self, view: &NetworkView) -> Option<PartyStanding> {
        let mut all = self.parties.iter().map(|place| view.parties[*place].standing);
        let first = all.next()?;
        all.all(|standing| standing == first).then_some(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::view::NetworkParty;

    /// Parties by the number of each, and the relations between them.
    fn view(parties: usize, relations: impl Iterator<Item = (usize, usize, &'static str)>) -> NetworkView {
        let party = |n: usize| NetworkParty {
            caption: format!("PARTY {n} SHIPPING AND TRADING COMPANY LIMITED"),
            asked: n == 0,
            ..NetworkParty::default()
        };
        let relation = |(from, to, schema): (usize, usize, &str)| NetworkRelation {
            from,
            to,
            schema: schema.to_owned(),
            label: "Linked To".to_owned(),
            ..NetworkRelation::default()
        };
        NetworkView {
            parties: (0..parties).map(party).collect(),
            relations: relations.map(relation).collect(),
            ..NetworkView::default()
        }
    }

    /// Numbers that look like chance and are the same each time.
    fn shuffled(n: usize) -> usize {
        (n.wrapping_mul(2_654_435_761) >> 7) ^ n
    }

    #[test]
    fn nothing_lies_on_another_and_every_line_is_there() {
        const N: usize = 200;
        let kind = |n: usize| if n.is_multiple_of(3) { "Ownership" } else { "UnknownLink" };
        let rows: [(&str, NetworkView, usize); 5] = [
            ("a star", view(N, (1..N).map(|n| (n, 0, "UnknownLink"))), 2),
            ("a tree", view(N, (1..N).map(|n| (shuffled(n) % n, n, kind(n)))), 0),
            ("a chain", view(N, (1..N).map(|n| (n - 1, n, "Ownership"))), N),
            ("a tangle", view(N, (0..300).map(|n| (shuffled(n) % N, shuffled(n + 977) % N, kind(n)))), 0),
            ("nobody related", view(N, std::iter::empty()), 2),
        ];
        for (what, view, boxes) in rows {
            let start = std::time::Instant::now();
            let drawing = draw(&view).unwrap();
            let taken = start.elapsed();
            assert!(taken.as_secs_f64() < 1.0, "{what}: {taken:?}");
            assert!(boxes == 0 || drawing.boxes.len() == boxes, "{what}: {} boxes", drawing.boxes.len());
            let mut places: Vec<usize> =
                drawing.boxes.iter().flat_map(|shape| shape.parties.clone()).collect();
            places.sort_unstable();
            assert_eq!(places, (0..N).collect::<Vec<_>>(), "{what}: everybody once");
            for (n, one) in drawing.boxes.iter().enumerate() {
                assert!(one.left >= 0.0 && one.left + one.width <= drawing.width, "{what}: {one:?}");
                assert!(one.top >= 0.0 && one.top + one.height <= drawing.height, "{what}: {one:?}");
                for other in &drawing.boxes[..n] {
                    let beside = one.left + one.width <= other.left || other.left + other.width <= one.left;
                    let above = one.top + one.height <= other.top || other.top + other.height <= one.top;
                    assert!(beside || above, "{what}: {one:?} lies on {other:?}");
                }
            }
            let selves = view.relations.iter().filter(|relation| relation.from == relation.to).count();
            assert_eq!(drawing.undrawn, selves, "{what}");
        }
    }

    #[test]
    fn too_many_are_cut_and_counted() {
        let many = view(900, (1..900).map(|n| (n / 2, n, "Ownership")));
        let drawing = draw(&many).unwrap();
        let drawn: usize = drawing.boxes.iter().map(|shape| shape.parties.len()).sum();
        assert_eq!((drawn, drawing.undrawn), (MOST_PARTIES, 900 - MOST_PARTIES));
        assert!(draw(&NetworkView::default()).is_none());
    }
}
