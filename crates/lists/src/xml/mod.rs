//! Lists in XML, record by record: namespaces and the order of fields do not matter, and nothing is lost unseen.
//!
//! A list of 130 MB is never in memory as a tree. [`walk`] goes through the file and builds a [`Node`] for one record at a
//! time. A reader *takes* out of it what it understands; what is left over is what it did not understand, and goes to
//! `notes` with a count ([`Node::leftovers`]). So a field that an authority adds tomorrow shows up in the load report by
//! itself.
//!
//! Entities are never declared, fetched or expanded: a file that declares some is refused.

mod node;
mod root;

use compact_str::CompactString;
use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

pub(crate) use node::Node;
pub(crate) use root::read;

/// Most levels that a file may nest; published lists stay under 20.
const DEPTH: usize = 64;

/// Most elements and attributes of one record. Published ones have some thousands; a million aliases still fit.
const NODES: usize = 4 << 20;

/// Why a file stopped making sense, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Malformed {
    /// Physical line, from 1.
    pub(crate) line: u32,
    pub(crate) reason: String,
}

/// What a walk meets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// A whole record.
    Record(Node),
    /// The attributes of an element that is in no record and holds others: `<export generationDate="...">`.
    Head(Node),
    /// An element that is in no record and holds no other: `<Publish_Date>03/28/2025</Publish_Date>`.
    Leaf(Node),
}

/// Walks a file in UTF-8. `is_record` is asked of each element that is in no record: it is given the local names of the
/// elements that it lies in, root first, and its own name last. `each` gets every piece with that path.
///
/// # Errors
/// The file is no well-formed XML to its very end, declares entities, or goes beyond the limits. A list that is cut is
/// no list: the rest of it may hold the one who is looked for.
pub(crate) fn walk(
    input: &[u8],
    is_record: impl Fn(&[CompactString]) -> bool,
    mut each: impl FnMut(&[CompactString], Piece),
) -> Result<(), Malformed> {
    let mut reader = Reader::from_reader(input);
    reader.config_mut().expand_empty_elements = true;
    let mut lines = Lines { input, line: 1, at: 0 };
    // Names of all open elements; `outer` those in no record, `inner` the record and what is open in it.
    let mut path: Vec<CompactString> = Vec::new();
    let mut outer: Vec<Outer> = Vec::new();
    let mut inner: Vec<Node> = Vec::new();
    let (mut nodes, mut rooted) = (0, false);
    loop {
        let line = lines.of(reader.buffer_position());
        let event = reader.read_event();
        let fail = |reason: String| Malformed { line, reason };
        let event = event.map_err(|error| fail(error.to_string()))?;
        let text = match event {
            Event::Start(start) => {
                if path.len() >= DEPTH || (rooted && path.is_empty()) {
                    let more = if path.is_empty() { "a second root element" } else { "nested too deeply" };
                    return Err(fail(format!("{more}: {}", name_of(&start))));
                }
                rooted = true;
                let node = element(&start, line).map_err(fail)?;
                path.push(node.name.clone());
                // Whatever opens within it first, a record or another element, shows that the parent holds elements.
                if let Some(parent) =
                    outer.last_mut().filter(|parent| inner.is_empty() && !parent.holds_elements)
                {
                    parent.holds_elements = true;
                    each(&path[..path.len() - 1], Piece::Head(parent.node.attributes_only()));
                }
                if !inner.is_empty() || is_record(&path) {
                    nodes = if inner.is_empty() { 0 } else { nodes } + 1 + node.attributes.len();
                    if nodes > NODES {
                        return Err(fail(format!("a record of more than {NODES} elements")));
                    }
                    inner.push(node);
                } else {
                    outer.push(Outer { node, holds_elements: false });
                }
                continue;
            }
            Event::End(_) => {
                match (inner.pop(), inner.last_mut()) {
                    (Some(node), Some(parent)) => parent.children.push(node.trimmed()),
                    (Some(node), None) => each(&path, Piece::Record(node.trimmed())),
                    (None, _) => {
                        if let Some(leaf) = outer.pop().filter(|outer| !outer.holds_elements) {
                            each(&path, Piece::Leaf(leaf.node.trimmed()));
                        }
                    }
                }
                path.pop();
                continue;
            }
            Event::Text(text) => text.xml10_content(),
            Event::CData(text) => text.xml10_content(),
            Event::GeneralRef(reference) => referred(&reference).map_err(fail)?.into(),
            Event::DocType(doctype) if doctype.contains('[') => {
                return Err(fail("the file declares entities of its own, which no list needs".to_owned()));
            }
            Event::Eof if path.is_empty() && rooted => return Ok(()),
            Event::Eof => {
                let reason = path.last().map_or_else(
                    || "there is no element".to_owned(),
                    |open| format!("the file ends within {open}: it was cut"),
                );
                return Err(fail(reason));
            }
            _ => continue,
        };
        let open = inner.last_mut().or(outer.last_mut().map(|outer| &mut outer.node));
        match open {
            // Most text is the indentation between two elements.
            Some(open) if open.text.is_empty() => open.text.push_str(text.trim_start()),
            Some(open) => open.text.push_str(&text),
            None if text.trim().is_empty() => {}
            None => return Err(fail("text stands outside of the root element".to_owned())),
        }
    }
}

/// An open element that is in no record.
struct Outer {
    node: Node,
    holds_elements: bool,
}

fn name_of(start: &BytesStart<'_>) -> CompactString {
    CompactString::new(start.local_name().as_ref())
}

fn element(start: &BytesStart<'_>, line: u32) -> Result<Node, String> {
    let mut node = Node::new(name_of(start), line);
    // Whether one is given twice is not looked for: that takes the square of their number, and both are kept.
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.map_err(|error| error.to_string())?;
        // Namespaces are not what a list is about.
        if attribute.key.as_ref() == "xmlns" || attribute.key.as_ref().starts_with("xmlns:") {
            continue;
        }
        let value = attribute
            .normalized_value(quick_xml::XmlVersion::Implicit1_0)
            .map_err(|error| error.to_string())?;
        if !value.trim().is_empty() {
            node.attributes
                .push((CompactString::new(attribute.key.local_name().as_ref()), value.trim().into()));
        }
    }
    Ok(node)
}

/// The text of `&amp;` or `&#243;`.
fn referred(reference: &BytesRef<'_>) -> Result<String, String> {
    if let Some(letter) = reference.resolve_char_ref().map_err(|error| error.to_string())? {
        return Ok(letter.to_string());
    }
    let known = resolve_xml_entity(reference);
    known.map(str::to_owned).ok_or_else(|| format!("nothing says what &{}; stands for", &**reference))
}

/// Counts the lines that go by.
struct Lines<'a> {
    input: &'a [u8],
    /// The line that the byte `at` is on.
    line: u32,
    at: usize,
}

impl Lines<'_> {
    /// The line of a position, which is none before the last one asked for.
    fn of(&mut self, position: u64) -> u32 {
        let to = usize::try_from(position).unwrap_or(self.input.len()).clamp(self.at, self.input.len());
        let breaks = memchr::memchr_iter(b'\n', &self.input[self.at..to]).count();
        (self.line, self.at) = (self.line.saturating_add(breaks as u32), to);
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(xml: &str) -> Result<Vec<String>, Malformed> {
        let mut pieces = Vec::new();
        walk(
            xml.as_bytes(),
            |path| path.last().is_some_and(|name| name == "r"),
            |path, piece| {
                let node = match &piece {
                    Piece::Record(node) | Piece::Head(node) | Piece::Leaf(node) => node,
                };
                let kind = match piece {
                    Piece::Record(_) => "record",
                    Piece::Head(_) => "head",
                    Piece::Leaf(_) => "leaf",
                };
                let mut fields = String::new();
                node.clone().leftovers(|path, value, line| fields += &format!(" {path}={value}@{line}"));
                pieces.push(format!("{kind} {}{fields}", path.join("/")));
            },
        )?;
        Ok(pieces)
    }

    #[test]
    fn records_heads_and_leaves() {
        let xml = "<?xml version=\"1.0\"?>\n<!-- a -->\n<x:l xmlns:x=\"u\" date=\"d\">\n <info><n>2</n></info>\n\
            <x:r id=\"1\"><a>b &amp; c</a>\n<e/><![CDATA[<t>]]></x:r><g><r><a><b> deep&#243; </b></a></r></g></x:l>";
        let expected = [
            "head l l/@date=d@3",
            "head l/info",
            "leaf l/info/n n=2@4",
            "record l/r r/@id=1@5 r=<t>@5 r/a=b & c@5",
            "head l/g",
            "record l/g/r r/a/b=deepó@6",
        ];
        assert_eq!(pieces(xml).unwrap(), expected);
        let only_records = "<l date=\"d\"><r/><r/></l>";
        assert_eq!(pieces(only_records).unwrap(), ["head l l/@date=d@1", "record l/r", "record l/r"]);
    }

    #[test]
    fn what_is_wrong_is_refused_at_its_line() {
        let deep = format!("<l>\n{}", "<a>".repeat(70));
        let rows = [
            ("<l>\n<r><a>b</a>", 2, "ends within r"),
            ("<l>\n<r></l>", 2, "r"),
            ("<l/>\n<l/>", 2, "second root"),
            ("<l/>\n<l", 2, ""),
            ("", 1, "no element"),
            (&deep, 2, "nested"),
            ("<!DOCTYPE l [<!ENTITY a \"b\">]>\n<l/>", 1, "declares"),
            ("<l>\n\n&b;</l>", 3, "&b;"),
            ("<l>\n<r a=\"&b;\"/></l>", 2, "b"),
            ("<l>\n<r a=1></r></l>", 2, ""),
            ("\n<l/>more", 2, "outside"),
        ];
        for (xml, line, reason) in rows {
            let error = pieces(xml).expect_err(xml);
            assert_eq!(error.line, line, "{xml}: {error:?}");
            assert!(error.reason.contains(reason), "{xml}: {error:?}");
        }
        assert!(
            pieces("<!DOCTYPE l SYSTEM \"l.dtd\"><l/>").is_ok(),
            "an outer document type is never fetched"
        );
    }
}
