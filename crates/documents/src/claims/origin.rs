//! What paper a document is, as far as it says so itself: a press release is its authority's word, a charging paper is the
//! prosecutor's, a mail is that of who wrote it, a quoted line that of who wrote the quoted mail.

use model::{Claim, ClaimStatus, Predicate, Source, SourceRole};

use super::chunks::{Chunk, Noun, Part, same};
use super::lexicon::SourceKind;
use super::making::on_one_line;

/// How many sentences the head of a paper has at most.
const HEAD: usize = 16;
/// How deep quoted mails are told apart.
const DEEPEST: usize = 8;

/// What is known of the paper so far.
#[derive(Debug, Default)]
pub(crate) struct Origin {
    sentences: usize,
    /// "For immediate release": the first authority that is named publishes it.
    is_release: bool,
    /// Whose word all is that the text ascribes to nobody.
    own: Option<Source>,
    /// Who wrote the lines with as many `>`.
    authors: Vec<Option<Box<str>>>,
}

impl Origin {
    /// Takes up the head of a mail in a sentence; whether it is one, which claims nothing.
    pub(crate) fn is_head_of_mail(&mut self, sentence: &str, signs_before: usize) -> bool {
        let mut is_head = false;
        let mut lines = sentence.lines().enumerate().peekable();
        while let Some((n, line)) = lines.next() {
            let (signs, line_words) = signs(line);
            let depth = if n == 0 { signs.max(signs_before) } else { signs };
            let follows = lines.peek().is_some_and(|(_, next)| {
                let (_, next) = self::signs(next);
                ["To:", "Sent:", "Date:", "Cc:", "Subject:"].iter().any(|head| next.starts_with(head))
            });
            let from = line_words.strip_prefix("From:").filter(|_| follows);
            // "On 3 May 2020 Ann Low wrote:" stands over the lines that it quotes.
            let wrote = line_words.strip_suffix(" wrote:").filter(|line| line.starts_with("On "));
            let wrote = wrote.and_then(|line| line.rsplit([',', '>']).find(|part| !part.trim().is_empty()));
            if let Some(name) = from {
                self.wrote(depth, name);
                is_head = true;
            } else if let Some(name) = wrote {
                self.wrote(depth + 1, name);
                is_head = true;
            }
        }
        is_head
    }

    /// Somebody wrote lines of it.
    pub(crate) fn is_mail(&self) -> bool {
        !self.authors.is_empty()
    }

    fn wrote(&mut self, depth: usize, name: &str) {
        let name = name.split(['<', '[', '(']).next().unwrap_or("").trim().trim_matches('"');
        if depth < DEEPEST && !name.is_empty() {
            self.authors.resize(depth, None);
            self.authors.push(Some(name.into()));
        }
    }

    /// Takes up what a sentence tells of the paper.
    pub(crate) fn take(&mut self, text: &str, chunks: &[Chunk]) {
        self.sentences += 1;
        if self.sentences > HEAD || self.own.is_some() {
            return;
        }
        let Some((first, last)) = chunks.first().zip(chunks.last()) else { return };
        let words = &text[first.start..last.end];
        let begins = |head: &str| words.get(..head.len()).is_some_and(|words| same(words, head));
        // None of the heads begins with another letter.
        let first = words.as_bytes().first().map_or(b' ', u8::to_ascii_lowercase);
        if !self.is_release && !b"fpnmuitc".contains(&first) {
            return;
        }
        if ["for release", "for immediate release", "press release", "news release", "media release"]
            .iter()
            .any(|head| begins(head))
        {
            self.is_release = true;
        }
        if [
            "united states of america v",
            "united states v",
            "indictment",
            "the grand jury charges",
            "criminal complaint",
        ]
        .iter()
        .any(|head| begins(head))
        {
            self.own = Some(Source { name: "indictment".into(), role: SourceRole::Statement });
        } else if self.is_release {
            self.own = authority(text, chunks);
        }
    }

    /// Puts the paper's own word into a claim's chain, which begins `outer` links in. `signs` is how deep the line is quoted.
    pub(crate) fn complete(&self, claim: &mut Claim, outer: usize, signs: usize) {
        let act = matches!(claim.predicate, Predicate::SanctionedBy | Predicate::DelistedBy);
        let accuses = self.own.as_ref().is_some_and(|own| own.role == SourceRole::Statement);
        // That somebody was put on a list is no prosecutor's word, that he was convicted no ministry's.
        let act = act || !accuses && claim.predicate == Predicate::ConvictedOf;
        if claim.attribution.len() == outer
            && (outer == 1 || accuses)
            && !(act && (accuses || claim.predicate == Predicate::ConvictedOf))
            && let Some(own) = &self.own
        {
            claim.attribution.push(own.clone());
            if accuses && claim.status == ClaimStatus::Asserted {
                claim.status = ClaimStatus::Alleged;
            }
        }
        if let Some(Some(author)) = self.authors.get(signs)
            && !claim.attribution.iter().any(|source| source.name == *author)
        {
            let author = Source { name: author.clone(), role: SourceRole::Speaker };
            claim.attribution.insert(outer, author);
        }
    }
}

/// The `>` before a line, and the line.
pub(crate) fn signs(line: &str) -> (usize, &str) {
    let rest = line.trim_start_matches(['>', ' ']);
    (line[..line.len() - rest.len()].matches('>').count(), rest)
}

/// The first authority of a sentence: "the Office of X of the Department of Y" as a whole.
fn authority(text: &str, chunks: &[Chunk]) -> Option<Source> {
    let body = |at: &usize| {
        matches!(
            chunks.get(*at).and_then(Chunk::noun),
            Some(Noun::Source(SourceKind::Authority | SourceKind::Prosecutor))
        )
    };
    let first = (0..chunks.len()).find(body)?;
    let words = |at: usize| chunks.get(at).map_or("", |chunk: &Chunk| &text[chunk.start..chunk.end]);
    let part = |at: usize| chunks.get(at).is_some_and(|chunk| chunk.part == Part::Word);
    let mut last = first;
    if same(words(first + 1), "of") {
        let next = first + 2 + usize::from(part(first + 2) && same(words(first + 2), "the"));
        last = Some(next).filter(body).unwrap_or(first);
    }
    let name = on_one_line(&text[chunks[first].start..chunks[last].end]);
    Some(Source { name: name.into(), role: SourceRole::Authority })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_wrote_which_lines() {
        let rows = [
            ("From: Ann Low <a@example.org>\nTo: Bo", "Ann Low"),
            ("-----Original Message-----\nFrom: Ann Low\nSent: Monday", "Ann Low"),
            ("> > From: Ann Low\n> > Date: Tue", "-|-|Ann Low"),
            ("On Mon, 3 May 2020, Ann Low wrote:", "-|Ann Low"),
            ("From: a letter that\nsays so", ""),
        ];
        for (head, expected) in rows {
            let mut origin = Origin::default();
            assert_eq!(origin.is_head_of_mail(head, 0), !expected.is_empty(), "{head}");
            let authors: Vec<&str> =
                origin.authors.iter().map(|name| name.as_deref().unwrap_or("-")).collect();
            assert_eq!(authors.join("|"), expected, "{head}");
        }
    }
}
