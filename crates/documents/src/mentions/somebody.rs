//! One word that is a company's name, and means somebody or something else where it stands.

use names::NameKind;
use rustc_hash::FxHashMap;

use super::Place;
use super::again::JUST;
use super::unlisted::Run;

/// Where people are named in full who are not listed, by the key of their surname: the ends, in the order of the text.
pub(super) fn bearers(runs: &[Run]) -> FxHashMap<&str, Vec<usize>> {
    let mut ends: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for run in runs {
        ends.entry(run.short.as_deref().unwrap_or_default()).or_default().push(run.range.end);
    }
    ends.values_mut().for_each(|ends| ends.sort_unstable());
    ends
}

/// Whether a company's name of one word is the surname of somebody just named: tickets for Wagner, by Richard Wagner.
pub(super) fn is_of_another(place: &Place, bearers: &FxHashMap<&str, Vec<usize>>) -> bool {
    if place.kind != NameKind::Organization || place.quoted || place.evidence.compared.contains(' ') {
        return false;
    }
    let parsed = names::parse(&place.evidence.compared, NameKind::Person);
    let ends = parsed.tokens.last().and_then(|token| bearers.get(token.key()));
    let near = |ends: &Vec<usize>| {
        let before = ends.partition_point(|end| *end <= place.range.start);
        ends[..before].last().is_some_and(|end| place.range.start - end < JUST)
    };
    ends.is_some_and(near)
}

/// Words that a part of a document has in small letters, looked up once each.
pub(super) struct SmallWords<'t> {
    part: &'t str,
    known: FxHashMap<Box<str>, bool>,
}

impl<'t> SmallWords<'t> {
    pub(super) fn of(part: &'t str) -> Self {
        Self { part, known: FxHashMap::default() }
    }

    pub(super) fn in_small(&mut self, word: &str) -> bool {
        if let Some(known) = self.known.get(word) {
            return *known;
        }
        let small = word.to_lowercase();
        let apart = |at: usize| {
            !self.part[..at].ends_with(char::is_alphanumeric)
                && !self.part[at + small.len()..].starts_with(char::is_alphanumeric)
        };
        let mut places = memchr::memmem::find_iter(self.part.as_bytes(), small.as_bytes());
        let found = small != word && places.any(apart);
        self.known.insert(word.into(), found);
        found
    }
}
