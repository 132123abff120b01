//! A document's text with its mentions. Of a long one, what lies far from any mention is folded, and says so.

use maud::{Markup, html};

use crate::document_page::{Numbered, plain, visible};
use crate::document_view::{Paragraph, Segment};
use crate::words;

/// Paragraphs up to which a document is shown in full.
const SHORT: usize = 40;
/// Paragraphs without mentions that are worth a fold of their own.
const WORTH_FOLDING: usize = 4;

pub(crate) fn text(document: &Numbered<'_>, heading: &str) -> Markup {
    let view = document.view;
    let lang = (!view.language.is_empty()).then_some(view.language.as_str());
    let mut writer = Writer { document, mention: 0, page: None };
    html! {
        section.text aria-labelledby=(heading) {
            h3 id=(heading) { "Text" }
            (legend(document))
            div.words lang=[lang] {
                @for (folded, run) in runs(&view.text) {
                    @if folded {
                        details.quiet { summary { (said(run)) } @for one in run { (writer.paragraph(one)) } }
                    } @else {
                        @for one in run { (writer.paragraph(one)) }
                    }
                }
            }
        }
    }
}

/// How mentions look, for as many kinds as there are.
fn legend(document: &Numbered<'_>) -> Markup {
    let segments = || document.view.text.iter().flat_map(|paragraph| &paragraph.segments);
    let listed =
        |party: &usize| document.view.parties.get(*party).is_some_and(|party| !party.listed.is_empty());
    let any = |is: &dyn Fn(&usize, bool) -> bool| {
        segments()
            .any(|s| if let Segment::Mention { party, short, .. } = s { is(party, *short) } else { false })
    };
    html! {
        p.legend {
            @if any(&|party, short| listed(party) && !short) { span.key { span.mention.listed { "May be a listed party" } } }
            @if any(&|party, short| listed(party) && short) {
                span.key { span.mention.listed.short { "The same" } ", by a part of the name" }
            }
            @if any(&|party, _| !listed(party)) { span.key { span.mention { "Not listed" } } }
            @if segments().any(|s| matches!(s, Segment::Claim(_))) {
                span.key { sup.claimed { "1" } " claim that quotes it" }
            }
        }
    }
}

/// The paragraphs in runs: those to read, and those to fold.
fn runs(text: &[Paragraph]) -> Vec<(bool, &[Paragraph])> {
    let speaks: Vec<bool> = text.iter().map(speaks).collect();
    // The paragraph before and after is the context of a mention.
    let near = |n: usize| speaks[n.saturating_sub(1)..(n + 2).min(speaks.len())].contains(&true);
    let quiet: Vec<bool> = (0..text.len()).map(|n| text.len() > SHORT && !near(n)).collect();
    let mut from = 0;
    let runs = quiet.chunk_by(|one, next| one == next).map(|run| {
        let paragraphs = &text[from..from + run.len()];
        from += run.len();
        (run[0] && run.len() >= WORTH_FOLDING, paragraphs)
    });
    runs.collect()
}

fn speaks(paragraph: &Paragraph) -> bool {
    paragraph.segments.iter().any(|segment| !matches!(segment, Segment::Plain(_)))
}

/// "12 paragraphs without mentions, pages 3 to 5".
fn said(run: &[Paragraph]) -> String {
    let said = format!("{} without mentions", words::count(run.len(), "paragraph", "paragraphs"));
    match (run.first().and_then(|one| one.page), run.last().and_then(|one| one.page)) {
        (Some(first), Some(last)) if first == last => format!("{said}, page {first}"),
        (Some(first), Some(last)) => format!("{said}, pages {first} to {last}"),
        _ => said,
    }
}

struct Writer<'a> {
    document: &'a Numbered<'a>,
    /// Number of the next mention.
    mention: usize,
    /// The page that was named last.
    page: Option<u32>,
}

impl Writer<'_> {
    fn paragraph(&mut self, paragraph: &Paragraph) -> Markup {
        let page = paragraph.page.filter(|_| paragraph.page != self.page);
        self.page = paragraph.page;
        let text: String = paragraph.segments.iter().map(Segment::text).collect();
        let last = paragraph.segments.len().saturating_sub(1);
        html! {
            @if let Some(page) = page { p.page-mark { "Page " (page) } }
            @if !text.trim().is_empty() || speaks(paragraph) {
                p.wrapped[is_wrapped(&text)] dir="auto" {
                    @for (n, segment) in paragraph.segments.iter().enumerate() {
                        // The end of the paragraph stands for its blank lines.
                        @if let (Segment::Plain(text), true) = (segment, n == last) { (plain(text.trim_end())) }
                        @else { (self.segment(segment)) }
                    }
                }
            }
        }
    }

    fn segment(&mut self, segment: &Segment) -> Markup {
        let document = self.document;
        match segment {
            Segment::Plain(text) => plain(text),
            Segment::Claim(claim) if *claim < document.view.claims.len() => html! {
                sup.claimed {
                    a id=(document.id("quote", *claim)) href=(document.to("claim", *claim))
                        aria-label=(format!("Claim {}", claim + 1)) { (claim + 1) }
                }
            },
            Segment::Claim(_) => html! {},
            Segment::Mention { party, text, short } => {
                let id = document.id("mention", self.mention);
                self.mention += 1;
                let Some(named) = document.view.parties.get(*party) else { return plain(text) };
                let title = match named.listed.first() {
                    Some(one) => {
                        format!(
                            "May be listed: {} ({}), score {}",
                            one.party.caption,
                            one.party.id,
                            words::score(one.score)
                        )
                    }
                    None => format!("Not listed: {}", named.name),
                };
                html! {
                    a.mention.listed[!named.listed.is_empty()].short[*short] id=(id)
                        href=(document.to("party", *party)) title=(visible(&title)) { (plain(text)) }
                }
            }
        }
    }
}

/// Whether the lines of a paragraph end where the paper did, so that they may flow: all but the last of 45 to 110
/// characters, the width of typed text. The lines of a heading, a list or a table are shorter or longer somewhere.
fn is_wrapped(text: &str) -> bool {
    let lines: Vec<usize> = text.trim_end().lines().map(|line| line.chars().count()).collect();
    lines.len() > 1 && lines[..lines.len() - 1].iter().all(|long| (45..=110).contains(long))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_far_from_any_mention_is_folded() {
        let paragraph = |speaks: bool| Paragraph {
            page: None,
            segments: vec![if speaks { Segment::Claim(0) } else { Segment::Plain("word".to_owned()) }],
        };
        let check = |speaking: &[usize], all: usize, want: &[(bool, usize)]| {
            let text: Vec<_> = (0..all).map(|n| paragraph(speaking.contains(&n))).collect();
            let runs: Vec<_> = runs(&text).into_iter().map(|(folded, run)| (folded, run.len())).collect();
            assert_eq!(runs, want);
        };
        check(&[], 0, &[]);
        check(&[0], SHORT, &[(false, SHORT)]);
        check(&[0], 50, &[(false, 2), (true, 48)]);
        check(
            &[20, 25, 40],
            50,
            &[(true, 19), (false, 3), (false, 2), (false, 3), (true, 12), (false, 3), (true, 8)],
        );
    }

    #[test]
    fn typed_lines_flow_and_others_stand() {
        let typed = format!("{}\n{}\nend", "word ".repeat(14), "word ".repeat(13));
        for (text, want) in [("one", false), ("one\ntwo", false), (typed.as_str(), true), ("", false)] {
            assert_eq!(is_wrapped(text), want, "{text:?}");
        }
    }
}
