//! A document that was read, as `interdict read` writes it.

use std::io::{self, Write};

use documents::Party;
use model::Property;
use serde_json::{Value, json};

use super::{DocumentRead, MentionRead, PartyRead};
use crate::Library;
use crate::contract::{number, scored_to_json};

/// Writes `{"document","format"[,"pages"],"bytes"[,"listed_only"],"warnings","mentions","parties","claims"}`: ARCHITECTURE.md
/// has it. A long document has a hundred thousand mentions: they are written one by one.
///
/// # Errors
/// `out` takes no more.
pub fn write_read(out: &mut impl Write, read: &DocumentRead, library: &Library) -> io::Result<()> {
    write!(out, "{{\"document\":{},\"format\":{}", json!(read.name), json!(read.format))?;
    if read.pages > 0 {
        write!(out, ",\"pages\":{}", read.pages)?;
    }
    write!(out, ",\"bytes\":{}", read.bytes)?;
    if read.listed_only {
        write!(out, ",\"listed_only\":true")?;
    }
    write!(out, ",\"warnings\":{}", json!(read.warnings))?;
    write_list(out, "mentions", read.mentions.iter().map(|found| mention(read, found)))?;
    let parties = read.parties.iter().zip(read.by_party());
    write_list(out, "parties", parties.map(|(party, of)| self::party(party, of, library)))?;
    let contradictions = read.contradictions();
    let claim = |(claim, contrary): (&model::Claim, Vec<usize>)| {
        let mut claim = claim.to_json();
        if !contrary.is_empty() {
            claim["contradicted_by"] = json!(contrary);
        }
        claim
    };
    write_list(out, "claims", read.claims.iter().zip(contradictions).map(claim))?;
    out.write_all(b"}")
}

fn write_list(out: &mut impl Write, key: &str, values: impl Iterator<Item = Value>) -> io::Result<()> {
    write!(out, ",\"{key}\":[")?;
    for (n, value) in values.enumerate() {
        if n > 0 {
            out.write_all(b",")?;
        }
        serde_json::to_writer(&mut *out, &value)?;
    }
    out.write_all(b"]")
}

fn mention(read: &DocumentRead, found: &MentionRead) -> Value {
    let at = &found.found.mention;
    let mut mention = json!({"text": found.text});
    if let Some(page) = found.page {
        mention["page"] = page.into();
    }
    mention["start"] = at.range.start.into();
    mention["end"] = at.range.end.into();
    mention["party"] = at.party.into();
    mention["entity"] = json!(read.parties[at.party].named.entity);
    if let Some(evidence) = &found.found.evidence {
        mention["score"] = number(i32::from(evidence.scored.score.ten_thousandths()), 10_000);
        mention["bits"] = number(evidence.scored.bits, 1000);
        mention["compared"] = Value::from(&*evidence.compared);
        mention["short"] = evidence.short.into();
    }
    mention["context"] = Value::from(&*found.context);
    mention
}

fn party(party: &Party, of: PartyRead<'_>, library: &Library) -> Value {
    let mut out = json!({
        "name": &*party.named.name, "schema": party.schema.name(), "entity": party.named.entity.as_deref(),
        "mentions": of.mentions,
    });
    if let Some((entity, scored)) = of.best {
        let (list, entity) = library.entity(entity);
        let scored = scored_to_json(scored);
        out["caption"] = entity.caption().into();
        out["datasets"] = json!([&*list.dataset]);
        out["list_version"] = Value::from(&*list.version);
        out["programs"] = json!(entity.values(&Property::Program).collect::<Vec<_>>());
        out["score"] = scored["score"].clone();
        out["bits"] = scored["bits"].clone();
        out["explanation"] = scored["explanation"].clone();
    }
    out
}
