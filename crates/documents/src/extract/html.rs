//! Web pages: what a reader sees, block by block.

use scraper::node::Element;
use scraper::{Html, Node};

use super::document::Draft;
use super::error::Fault;

/// Elements that start and end a line: those that CSS shows as blocks by default (HTML, 15.3, "Rendering").
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "listing",
    "main",
    "menu",
    "nav",
    "ol",
    "optgroup",
    "option",
    "p",
    "plaintext",
    "pre",
    "search",
    "section",
    "select",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "tr",
    "ul",
    "xmp",
];

/// Blocks with room around them.
const PARAGRAPHS: &[&str] = &[
    "article",
    "blockquote",
    "dl",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
];

/// Elements whose content is not shown.
const UNSEEN: &[&str] = &[
    "area", "audio", "base", "basefont", "canvas", "datalist", "embed", "head", "iframe", "input", "link",
    "map", "meta", "noembed", "noframes", "noscript", "object", "param", "rp", "script", "source", "style",
    "svg", "template", "track", "video",
];

/// Reads a page into the draft.
pub(super) fn read(page: &str, draft: &mut Draft) -> Result<(), Fault> {
    let tree = Html::parse_document(page);
    meta(&tree, draft);
    let mut walk = Walk { draft, blank: false, pre: 0 };
    let mut next = Some(tree.tree.root());
    // By hand and without recursion: a page may nest as deep as it is long.
    while let Some(node) = next {
        let entered = walk.open(node.value())?;
        if let Some(child) = node.first_child().filter(|_| entered) {
            next = Some(child);
            continue;
        }
        if entered {
            walk.close(node.value())?;
        }
        let mut up = node;
        next = loop {
            if let Some(sibling) = up.next_sibling() {
                break Some(sibling);
            }
            let Some(parent) = up.parent() else { break None };
            walk.close(parent.value())?;
            up = parent;
        };
    }
    Ok(())
}

struct Walk<'a> {
    draft: &'a mut Draft,
    /// White space was met, and is one blank if a word follows.
    blank: bool,
    /// Elements around that keep their white space.
    pre: u32,
}

impl Walk<'_> {
    /// `false`: nothing in it is read.
    fn open(&mut self, node: &Node) -> Result<bool, Fault> {
        match node {
            Node::Text(text) => self.text(text)?,
            Node::Element(element) if is_hidden(element) => return Ok(false),
            Node::Element(element) => match element.name() {
                "br" => {
                    self.blank = false;
                    self.draft.push("\n")?;
                }
                "td" | "th" => {
                    self.blank = false;
                    if !self.draft.text().is_empty() && !self.draft.text().ends_with('\n') {
                        self.draft.push("\t")?;
                    }
                }
                name => self.edge(name, 1)?,
            },
            Node::Document | Node::Fragment => {}
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn close(&mut self, node: &Node) -> Result<(), Fault> {
        match node {
            Node::Element(element) => self.edge(element.name(), -1),
            _ => Ok(()),
        }
    }

    /// The start or end of an element.
    fn edge(&mut self, name: &str, step: i32) -> Result<(), Fault> {
        if matches!(name, "pre" | "textarea" | "listing" | "xmp" | "plaintext") {
            self.pre = self.pre.saturating_add_signed(step);
        }
        if PARAGRAPHS.binary_search(&name).is_ok() {
            self.blank = false;
            self.draft.end_paragraph()?;
        } else if BLOCKS.binary_search(&name).is_ok() {
            self.blank = false;
            self.draft.end_line()?;
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), Fault> {
        if self.pre > 0 {
            return self.draft.push(text);
        }
        let space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0C');
        self.blank |= text.starts_with(space);
        for word in text.split(space).filter(|word| !word.is_empty()) {
            let starts = self.draft.text().is_empty() || self.draft.text().ends_with(['\n', '\t']);
            if self.blank && !starts {
                self.draft.push(" ")?;
            }
            self.draft.push(word)?;
            self.blank = true;
        }
        self.blank = text.ends_with(space) || (self.blank && text.trim_matches(space).is_empty());
        Ok(())
    }
}

fn is_hidden(element: &Element) -> bool {
    if UNSEEN.binary_search(&element.name()).is_ok() || element.attr("hidden").is_some() {
        return true;
    }
    let Some(style) = element.attr("style") else { return false };
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    style.contains("display:none") || style.contains("visibility:hidden")
}

/// Title, author and date, as the page's head gives them.
fn meta(tree: &Html, draft: &mut Draft) {
    for node in tree.tree.nodes() {
        let Some(element) = node.value().as_element() else { continue };
        match element.name() {
            "title" => {
                let text: String =
                    node.children().filter_map(|child| child.value().as_text().map(|t| &**t)).collect();
                draft.header("title", &text);
            }
            "meta" => {
                let name = element
                    .attr("name")
                    .or(element.attr("property"))
                    .unwrap_or_default()
                    .to_ascii_lowercase();
                let key = match name.as_str() {
                    "author" | "article:author" => "author",
                    "date" | "dc.date" | "dcterms.date" | "article:published_time" => "date",
                    _ => continue,
                };
                draft.header(key, element.attr("content").unwrap_or_default());
            }
            "body" => break,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::format::Format;
    use super::*;

    fn text(page: &str) -> String {
        let mut draft = Draft::new("", Format::Html, 1 << 20);
        read(page, &mut draft).unwrap();
        draft.finish().text
    }

    #[test]
    fn what_a_reader_sees() {
        let rows = [
            ("<p>One<p>two", "One\n\ntwo\n\n"),
            ("Sajjad <b>Kash</b>ian\n  is", "Sajjad Kashian is\n"),
            ("<b>Sajjad</b>\n<i>Kashian</i>", "Sajjad Kashian\n"),
            ("<b>Sajjad </b> Kashian<b> x</b>", "Sajjad Kashian x\n"),
            ("a<br>b<hr>c", "a\nb\nc\n"),
            ("<table><tr><td>a<td>b<tr><td>c</table>", "a\tb\nc\n\n"),
            ("<ul><li>a<li>b</ul>c", "a\nb\n\nc\n"),
            ("<pre>a\n  b</pre>", "a\n  b\n\n"),
            ("&lt;M&uuml;ller&nbsp;&amp; S&#246;hne&gt;", "<Müller\u{a0}& Söhne>\n"),
            (
                "a<script>b</script><style>c</style><!-- d --><template>e</template><noscript>f</noscript>g",
                "ag\n",
            ),
            (
                "<div hidden>a</div><p style='color:red; Display : NONE'>b</p><i style=visibility:hidden>c</i>d",
                "d\n",
            ),
            ("<head><title>t</title></head><body>b", "b\n"),
            ("<select><option>a<option>b</select>", "a\nb\n"),
            ("</b></p>a<", "a<\n"),
            ("", ""),
        ];
        for (page, expected) in rows {
            assert_eq!(text(page), expected, "{page}");
        }
    }

    #[test]
    fn the_head_is_told() {
        let page = "<title> A\ntitle </title><meta name=Author content=Somebody><meta property='article:published_time' content=2021-11-18><p><title>no</title>";
        let mut draft = Draft::new("", Format::Html, 1 << 20);
        read(page, &mut draft).unwrap();
        let read = draft.finish();
        assert_eq!(
            (read.header("title"), read.header("author"), read.header("date")),
            (Some("A\ntitle"), Some("Somebody"), Some("2021-11-18"))
        );
    }

    #[test]
    fn tables_are_sorted() {
        for table in [BLOCKS, PARAGRAPHS, UNSEEN] {
            assert!(table.is_sorted(), "{table:?}");
        }
    }

    #[test]
    fn nesting_costs_no_stack() {
        let deep = "<div>".repeat(10_000) + "x";
        assert_eq!(text(&deep).trim(), "x");
    }
}
