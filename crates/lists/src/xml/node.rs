//! One record of an XML list, out of which a reader takes what it understands.

use compact_str::CompactString;

/// An element with all that is in it. Names are local: without namespace prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    pub(crate) name: CompactString,
    /// Its attributes that are not empty.
    pub(crate) attributes: Vec<(CompactString, Box<str>)>,
    /// Its own text, without that of its children, trimmed.
    pub(crate) text: String,
    pub(crate) children: Vec<Node>,
    /// Physical line on which it begins, from 1.
    pub(crate) line: u32,
}

impl Node {
    pub(crate) fn new(name: impl Into<CompactString>, line: u32) -> Self {
        Self { name: name.into(), attributes: Vec::new(), text: String::new(), children: Vec::new(), line }
    }

    pub(super) fn attributes_only(&self) -> Self {
        Self { attributes: self.attributes.clone(), ..Self::new(self.name.clone(), self.line) }
    }

    pub(super) fn trimmed(mut self) -> Self {
        let end = self.text.trim_end().len();
        self.text.truncate(end);
        let blanks = self.text.len() - self.text.trim_start().len();
        self.text.drain(..blanks);
        self
    }

    /// The first child of that name, taken out.
    pub(crate) fn take(&mut self, name: &str) -> Option<Node> {
        let at = self.children.iter().position(|child| child.name == name)?;
        Some(self.children.remove(at))
    }

    /// All children of that name, taken out, in their order.
    pub(crate) fn take_all(&mut self, name: &str) -> Vec<Node> {
        self.children.extract_if(.., |child| child.name == name).collect()
    }

    /// The children named `item` of the first child named `list`, taken out in their order. What else the list holds
    /// stays as a leftover.
    pub(crate) fn take_in(&mut self, list: &str, item: &str) -> Vec<Node> {
        let list = self.children.iter_mut().find(|child| child.name == list);
        list.map(|list| list.take_all(item)).unwrap_or_default()
    }

    /// The first child of that name, left where it is.
    pub(crate) fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The value of an attribute, left where it is.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(attribute, _)| attribute == name).map(|(_, value)| &**value)
    }

    /// Passes over attributes that say nothing of the party, here and in all that is below.
    pub(crate) fn forget(&mut self, says_nothing: &impl Fn(&str, &str) -> bool) {
        self.attributes.retain(|(name, value)| !says_nothing(name, value));
        for child in &mut self.children {
            child.forget(says_nothing);
        }
    }

    /// Whether there is anything left that was not taken.
    pub(crate) fn says_something(&self) -> bool {
        !self.text.is_empty() || !self.attributes.is_empty() || self.children.iter().any(Node::says_something)
    }

    /// Whether it is text and nothing else.
    pub(crate) fn is_plain(&self) -> bool {
        self.children.is_empty() && self.attributes.is_empty() && !self.text.is_empty()
    }

    /// The text of the first child of that name, taken out. What the child holds beside its text stays as a leftover.
    /// `None` where it is empty.
    pub(crate) fn take_text(&mut self, name: &str) -> Option<String> {
        let at = self.children.iter().position(|child| child.name == name)?;
        let child = &mut self.children[at];
        let text = std::mem::take(&mut child.text);
        if child.children.is_empty() && child.attributes.is_empty() {
            self.children.remove(at);
        }
        Some(text).filter(|text| !text.is_empty())
    }

    /// Whether a flag is set: the text `true` of a child, taken out, as is any other text.
    pub(crate) fn take_flag(&mut self, name: &str) -> bool {
        self.take_text(name).is_some_and(|flag| flag == "true")
    }

    /// The value of an attribute, taken out; `None` where there is none or it is empty.
    pub(crate) fn take_attribute(&mut self, name: &str) -> Option<Box<str>> {
        let at = self.attributes.iter().position(|(attribute, _)| attribute == name)?;
        Some(self.attributes.remove(at).1)
    }

    /// Its own text, taken out; `None` where it is empty.
    pub(crate) fn take_own_text(&mut self) -> Option<String> {
        Some(std::mem::take(&mut self.text)).filter(|text| !text.is_empty())
    }

    /// Everything that was not taken and is not empty: path from here (`record/field`, attributes as `record/@name`),
    /// value, line. These go to `notes` and are counted as unmapped.
    pub(crate) fn leftovers(self, mut each: impl FnMut(&str, &str, u32)) {
        let mut path = String::new();
        self.leave(&mut path, &mut each);
    }

    fn leave(self, path: &mut String, each: &mut impl FnMut(&str, &str, u32)) {
        let before = path.len();
        if before > 0 {
            path.push('/');
        }
        path.push_str(&self.name);
        for (name, value) in &self.attributes {
            each(&format!("{path}/@{name}"), value, self.line);
        }
        if !self.text.is_empty() {
            each(path, &self.text, self.line);
        }
        for child in self.children {
            child.leave(path, each);
        }
        path.truncate(before);
    }
}
