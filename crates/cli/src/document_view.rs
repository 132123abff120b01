//! A document that was read, as the plain strings and integers that `report` draws.

use engine::{DocumentRead, Hit, TextReader};
use report::{ClaimView, DocumentView, Fact, MentionPlace, NamedParty, Said, SourceView, lay_out};

use crate::view::nearest;

/// The view of a document. `text` is the whole of it, or what is shown of it; `pages` are where its pages begin.
pub(crate) fn document(
    read: &DocumentRead,
    text: &str,
    pages: &[usize],
    reader: &TextReader<'_>,
) -> DocumentView {
    let places: Vec<MentionPlace> = read
        .mentions
        .iter()
        .map(|mention| MentionPlace {
            range: mention.found.mention.range.clone(),
            party: mention.found.mention.party,
            short: mention.found.evidence.as_ref().is_some_and(|evidence| evidence.short),
        })
        .filter(|place| place.range.end <= text.len())
        .collect();
    let quotes: Vec<usize> = read.claims.iter().map(|claim| claim.quote.end.min(text.len())).collect();
    let fact = |property: &str, value: String| Fact { property: property.to_owned(), value, source: None };
    let mut facts =
        vec![fact("Format", read.format.to_owned()), fact("Text", format!("{} bytes", read.bytes))];
    if read.pages > 0 {
        facts.push(fact("Pages", read.pages.to_string()));
    }
    let mut notices = read.warnings.clone();
    notices.extend(read.listed_only.then(|| "Who is not listed was left out, as asked.".to_owned()));
    if text.len() < read.bytes {
        notices.push(format!("Only the first {} of {} bytes are shown here.", text.len(), read.bytes));
    }
    let parties = read.parties.iter().zip(read.by_party()).map(|(party, of)| NamedParty {
        name: party.named.name.to_string(),
        schema: party.schema.name().to_owned(),
        listed: of
            .best
            .map(|(entity, scored)| {
                nearest(&Hit { entity, scored: scored.as_ref().clone() }, reader.library())
            })
            .into_iter()
            .collect(),
    });
    DocumentView {
        name: read.name.clone(),
        outlet: reader.outlet.clone(),
        language: String::new(),
        facts,
        notices,
        text: lay_out(text, &places, &quotes, pages),
        parties: parties.collect(),
        claims: claims(read),
    }
}

fn claims(read: &DocumentRead) -> Vec<ClaimView> {
    let said = |named: &engine::Named| Said {
        name: named.name.to_string(),
        party: read.parties.iter().position(|party| party.named.key() == named.key()),
    };
    let source = |source: &engine::ClaimSource| SourceView {
        name: source.name.to_string(),
        role: source.role.name().to_owned(),
    };
    let claims = read.claims.iter().zip(read.contradictions());
    claims
        .map(|(claim, contradicts)| ClaimView {
            subject: said(&claim.subject),
            predicate: claim.predicate.name().to_owned(),
            object: said(&claim.object),
            status: claim.status.name().to_owned(),
            attribution: claim.attribution.iter().map(source).collect(),
            date: claim.date.as_deref().map(str::to_owned),
            quote: claim.quote.text.to_string(),
            page: claim.quote.page,
            contradicts,
        })
        .collect()
}
