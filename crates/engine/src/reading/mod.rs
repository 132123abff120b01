//! Texts read against lists: who is named in them, and what is claimed of whom, on whose word.
//!
//! Memory is that of what is found and of one part of the text, however long the text is.

mod file;
mod form;
mod links;
mod near;
mod parts;

use std::io::{self, Read};
use std::sync::Arc;

use documents::claims::{Document, Reader as ClaimReader};
use documents::extract::{Extracted, Format, Page};
use documents::{Context, Finder, Found, Mention, MentionFinder, Party, SetAside};
use model::{Claim, Source, SourceRole};
use rustc_hash::FxHashMap;
use screen::{InText, Scored};

use crate::library::Parties;
use crate::{Library, Screening};

pub use file::format_of_file;
pub use form::write_read;
use links::Links;
use parts::Parts;

/// A library under a policy, ready for texts. Threads share it; each has a [`TextReader`] of its own.
pub struct Texts<'a> {
    screening: &'a Screening<'a>,
    in_text: InText<'a, Parties>,
    links: Links<'a>,
}

impl<'a> Texts<'a> {
    /// Makes lists ready for texts.
    #[must_use]
    pub fn new(screening: &'a Screening<'a>) -> Self {
        let library = screening.library();
        let least = screening.thresholds().0;
        let in_text = InText::new(library.index(), library.profiles(), least);
        Self { screening, in_text, links: Links::new(library) }
    }

    /// A reader, for one thread and document after document.
    #[must_use]
    pub fn reader(&'a self) -> TextReader<'a> {
        let library = self.screening.library();
        TextReader {
            library,
            finder: Finder::new(&self.in_text, library.profiles(), self.screening.rules())
                .with_links(&self.links),
            outlet: None,
        }
    }

    /// A reader that finds those who are not listed by another than the built-in rules: by a model.
    #[must_use]
    pub fn reader_with(&'a self, others: &'a dyn MentionFinder) -> TextReader<'a> {
        let TextReader { library, finder, outlet } = self.reader();
        TextReader { library, finder: finder.finding_others_by(others), outlet }
    }

    /// A reader of listed parties and what is claimed of them alone, faster where none is named: for folders
    /// of documents, of which the few that matter are then read in full.
    #[must_use]
    pub fn reader_of_listed(&'a self) -> TextReader<'a> {
        let TextReader { library, finder, outlet } = self.reader();
        TextReader { library, finder: finder.finding_listed_only(), outlet }
    }
}

/// Reads documents.
pub struct TextReader<'a> {
    library: &'a Library,
    finder: Finder<'a, Parties>,
    /// Who published the documents: the second link of every attribution.
    pub outlet: Option<String>,
}

/// A place where a document names somebody.
#[derive(Clone, Debug)]
pub struct MentionRead {
    /// Where, whom and why.
    pub found: Found,
    /// The words.
    pub text: String,
    /// What stands around them.
    pub context: String,
    /// The page, from 1, where there are pages.
    pub page: Option<u32>,
}

/// A document that was read.
#[derive(Clone, Debug)]
pub struct DocumentRead {
    /// Its name.
    pub name: String,
    /// What it is: `text`, `pdf` ...
    pub format: &'static str,
    /// How many pages it has; 0: it has none.
    pub pages: usize,
    /// Bytes of its text.
    pub bytes: usize,
    /// What may be missing or wrong.
    pub warnings: Vec<String>,
    /// Whether those who are not listed were left out, as asked.
    pub listed_only: bool,
    /// Everybody whom it names, once.
    pub parties: Vec<Party>,
    /// Where, in the order of the text.
    pub mentions: Vec<MentionRead>,
    /// What it claims, in the order of the text.
    pub claims: Vec<Claim>,
}

impl DocumentRead {
    /// Of each party how often the document names it, and of a listed one the best comparison: candidate, comparison.
    #[must_use]
    pub fn by_party(&self) -> Vec<PartyRead<'_>> {
        let mut of_party: Vec<PartyRead<'_>> = vec![PartyRead::default(); self.parties.len()];
        let worth = |scored: &Scored| (scored.score, scored.bits);
        for found in self.mentions.iter().map(|mention| &mention.found) {
            let party = &mut of_party[found.mention.party];
            party.mentions += 1;
            let Some(evidence) = &found.evidence else { continue };
            // The last of the best, as `max_by_key` has it.
            if party.best.is_none_or(|(_, best)| worth(&evidence.scored) >= worth(best)) {
                party.best = Some((evidence.entity, &evidence.scored));
            }
        }
        of_party
    }

    /// For each claim those of the same document that say the contrary: the same of the same, denied by one.
    #[must_use]
    pub fn contradictions(&self) -> Vec<Vec<usize>> {
        use model::ClaimStatus::{Denied, Unsubstantiated};
        let what = |claim: &Claim| {
            (claim.predicate, claim.subject.key().to_owned(), claim.object.key().to_lowercase())
        };
        let no = |claim: &Claim| matches!(claim.status, Denied | Unsubstantiated);
        let mut same: FxHashMap<_, Vec<usize>> = FxHashMap::default();
        for (place, claim) in self.claims.iter().enumerate() {
            same.entry(what(claim)).or_default().push(place);
        }
        let contrary = |claim: &Claim| {
            let others = same.get(&what(claim)).into_iter().flatten().copied();
            others.filter(|other| no(&self.claims[*other]) != no(claim)).collect()
        };
        self.claims.iter().map(contrary).collect()
    }
}

/// A party in a document.
#[derive(Clone, Copy, Debug, Default)]
pub struct PartyRead<'a> {
    /// At how many places it is named.
    pub mentions: usize,
    /// Of a listed party: its place among the candidates, and its best comparison.
    pub best: Option<(usize, &'a Arc<Scored>)>,
}

/// Characters of the text around a mention that are shown with it.
const CONTEXT: usize = 60;

impl TextReader<'_> {
    /// The lists that it reads against.
    #[must_use]
    pub fn library(&self) -> &Library {
        self.library
    }

    /// Reads a document that was extracted.
    pub fn read(&mut self, document: &Extracted) -> DocumentRead {
        let mut read = self.begin(&document.path, document.format.name());
        read.out.pages = document.pages.len();
        read.out.warnings = document.warnings.iter().map(ToString::to_string).collect();
        self.part(&mut read, &document.text, &document.pages);
        read.finish()
    }

    /// Reads plain text, of any length, part by part. `each` sees every part before it goes.
    ///
    /// # Errors
    /// The text cannot be read.
    pub fn read_stream(
        &mut self,
        name: &str,
        text: impl Read,
        mut each: impl FnMut(&str),
    ) -> io::Result<DocumentRead> {
        let mut read = self.begin(name, Format::Text.name());
        let mut parts = Parts::new(text);
        while let Some(part) = parts.next()? {
            each(part);
            self.part(&mut read, part, &[]);
        }
        read.out.warnings.extend(parts.warning().map(str::to_owned));
        Ok(read.finish())
    }

    fn begin(&self, name: &str, format: &'static str) -> Reading {
        let outlet = self.outlet.as_ref();
        let publisher =
            outlet.map(|outlet| Source { name: outlet.as_str().into(), role: SourceRole::Outlet });
        Reading {
            context: Context::default(),
            claims: ClaimReader::new(&Document { name: name.into(), publisher }),
            out: DocumentRead {
                name: name.to_owned(),
                format,
                pages: 0,
                bytes: 0,
                warnings: Vec::new(),
                listed_only: self.finder.is_listed_only(),
                parties: Vec::new(),
                mentions: Vec::new(),
                claims: Vec::new(),
            },
            unlisted: 0,
            left_out: 0,
            claims_of_unlisted: 0,
        }
    }

    fn part(&mut self, read: &mut Reading, part: &str, pages: &[Page]) {
        let base = read.out.bytes;
        let mut found = self.finder.read(&mut read.context, part);
        let places: Vec<_> = found.iter().map(|found| found.mention.clone()).collect();
        let mut claims = match self.finder.is_listed_only() {
            false => read.claims.read(part, base, read.context.parties(), &places),
            true => read.claims_near(part, base, &found, &places),
        };
        found.retain(|found| found.evidence.is_some() || !self.finder.is_listed_only());
        let page_at = |offset: usize| {
            let before = pages.partition_point(|page| page.start <= offset);
            Some(pages.get(before.checked_sub(1)?)?.number)
        };
        claims.iter_mut().for_each(|claim| claim.quote.page = page_at(claim.quote.start));
        read.keep(claims);
        let room = MOST_UNLISTED.saturating_sub(read.unlisted);
        let unlisted = found.iter().filter(|found| found.evidence.is_none()).count();
        (read.unlisted, read.left_out) =
            (read.unlisted + unlisted.min(room), read.left_out + unlisted.saturating_sub(room));
        let mut taken = 0;
        let kept = found.into_iter().filter(|found| {
            taken += usize::from(found.evidence.is_none());
            found.evidence.is_some() || taken <= room
        });
        read.out.mentions.extend(kept.map(|found| {
            let range = found.mention.range.start - base..found.mention.range.end - base;
            let from = part.floor_char_boundary(range.start.saturating_sub(CONTEXT));
            let to = part.ceil_char_boundary((range.end + CONTEXT).min(part.len()));
            MentionRead {
                text: part[range.clone()].to_owned(),
                context: part[from..to].split_whitespace().collect::<Vec<_>>().join(" "),
                page: page_at(range.start),
                found,
            }
        }));
        read.out.bytes += part.len();
    }
}

/// Whether a claim is of a listed party, or of what somebody does to one.
fn is_of_listed(claim: &Claim) -> bool {
    claim.subject.entity.is_some() || claim.object.entity.is_some()
}

/// A document on its way.
struct Reading {
    context: Context,
    claims: ClaimReader,
    out: DocumentRead,
    /// Mentions of people and organisations that are not listed: kept, and left out.
    unlisted: usize,
    left_out: usize,
    /// Claims of nobody who is listed: all that there were.
    claims_of_unlisted: usize,
}

/// Mentions of the unlisted that one document may have: beyond, they are counted. A gigabyte has millions.
const MOST_UNLISTED: usize = 100_000;

/// Claims of nobody who is listed that one document may have.
const MOST_CLAIMS: usize = 1 << 15;

/// Why a place that has a listed name was taken for somebody else.
fn set_aside(place: &SetAside) -> String {
    let name = place.scored.name.as_ref().map(|hit| (&*hit.query, &*hit.candidate)).unwrap_or_default();
    let contrary = place.scored.rows.iter().filter(|row| row.kind == "conflict");
    let reasons: Vec<String> =
        contrary.map(|row| format!("{} {}, not {}", row.feature, row.query, row.candidate)).collect();
    let (at, reasons) = (place.range.start, reasons.join("; "));
    format!("{:?} at byte {at} is not taken for {}: {reasons}", name.0, name.1)
}

impl Reading {
    /// The claims of listed parties, from the paragraphs around the places that name them. `places` are those of `found`.
    fn claims_near(&mut self, part: &str, base: usize, found: &[Found], places: &[Mention]) -> Vec<Claim> {
        let parties = self.context.parties();
        let listed = found.iter().filter(|found| found.evidence.is_some()).map(|found| &found.mention.range);
        let near = near::near(part, listed.map(|range| range.start - base..range.end - base));
        let mut claims = Vec::new();
        for range in near {
            let before = |at: usize| places.partition_point(|place| place.range.start - base < at);
            let within = &places[before(range.start)..before(range.end)];
            claims.extend(self.claims.read(&part[range.clone()], base + range.start, parties, within));
        }
        claims.retain(is_of_listed);
        claims
    }

    /// Leaves out parties who are not listed, and numbers the others anew.
    fn forget_others(&mut self) {
        let mut left = 0;
        let listed = |party: &Party| party.named.entity.is_some();
        let numbers: Vec<usize> = self
            .out
            .parties
            .iter()
            .map(|party| {
                left += usize::from(listed(party));
                left.saturating_sub(1)
            })
            .collect();
        self.out.parties.retain(listed);
        for mention in &mut self.out.mentions {
            mention.found.mention.party = numbers[mention.found.mention.party];
        }
    }

    /// Keeps claims, of nobody who is listed no more than there is room for.
    fn keep(&mut self, claims: Vec<Claim>) {
        for claim in claims {
            let listed = is_of_listed(&claim);
            self.claims_of_unlisted += usize::from(!listed);
            if listed || self.claims_of_unlisted <= MOST_CLAIMS {
                self.out.claims.push(claim);
            }
        }
    }

    fn finish(mut self) -> DocumentRead {
        if self.out.bytes == 0 {
            self.out.warnings.push("there is no text in it".to_owned());
        }
        if let Some(reason) = self.context.unread() {
            let warning =
                format!("people and organisations are found by the built-in rules in part of it: {reason}");
            self.out.warnings.push(warning);
        }
        self.out.warnings.extend(self.context.set_aside().iter().map(set_aside));
        self.out.parties = self.context.parties().to_vec();
        if self.out.listed_only {
            self.forget_others();
        }
        if self.left_out > 0 {
            let left_out = self.left_out;
            self.out
                .warnings
                .push(format!("{left_out} further places name people and organisations that are not listed"));
        }
        let left_out = self.claims_of_unlisted.saturating_sub(MOST_CLAIMS);
        if left_out > 0 {
            self.out.warnings.push(format!("{left_out} further claims are of nobody who is listed"));
        }
        // Claims are made while names grow: the last is the fullest.
        let parties = self.out.parties.iter().map(|party| &party.named);
        let full: FxHashMap<&str, &str> =
            parties.filter_map(|named| Some((named.entity.as_deref()?, &*named.name))).collect();
        for claim in &mut self.out.claims {
            for side in [&mut claim.subject, &mut claim.object] {
                if let Some(name) = side.entity.as_deref().and_then(|id| full.get(id)) {
                    side.name = (*name).into();
                }
            }
        }
        self.out
    }
}
