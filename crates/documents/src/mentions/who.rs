//! Who is meant at the places that were found: the same party once, short names with the full ones that they stand for.

use std::ops::Range;
use std::sync::Arc;

use model::{NameStrength, Named, Schema};
use names::{NameKind, Token};
use rustc_hash::{FxHashMap, FxHashSet};
use screen::{Candidates, Score};

use super::again::{Introduced, may_stand_alone};
use super::lone::Lone;
use super::somebody::{SmallWords, bearers, is_of_another};
use super::unlisted::Run;
use super::verdict::{Verdict, agrees_in};
use super::{Context, Evidence, Finder, Found, Place, Seen};
use crate::{Mention, Party};

/// Bytes around a name in which compatriots are looked for: a paragraph.
const AROUND: usize = 1_000;

/// Score from which a mention's own spelling may stand for the party.
const SURE: Score = Score::from_ten_thousandths(9000);

impl<C: Candidates + ?Sized> Finder<'_, C> {
    /// The words that may stand for a listed party, if the document says more of it, and of which it does.
    pub(super) fn supported(&self, context: &Context, seen: &mut Seen) -> Vec<Place> {
        let (places, unsupported) = (&seen.places, std::mem::take(&mut seen.unsupported));
        let named: FxHashSet<usize> = places.iter().map(|place| place.evidence.entity).collect();
        let is_named = |entity: usize| named.contains(&entity) || context.of_entity.contains_key(&entity);
        let countries = |place: &Place| self.listed.entities.get(place.evidence.entity).countries();
        let around = |place: &Place| {
            let from = places.partition_point(|other| other.range.end + AROUND < place.range.start);
            let to = place.range.end + AROUND;
            places[from..].iter().take_while(move |other| other.range.start < to)
        };
        // Whoever writes of Russians there writes of Russia.
        let beside_compatriots = |place: &Place| {
            around(place).flat_map(countries).any(|country| countries(place).contains(country))
        };
        let among_listed =
            |place: &Place| around(place).any(|other| other.evidence.entity != place.evidence.entity);
        let supported = unsupported.into_iter().filter(|(place, verdict)| {
            let entity = place.evidence.entity;
            // Mahan Air's cargo agent Gatewick: the list ties the one to the other, and the text has the other.
            is_named(entity)
                || self.links.linked(entity).iter().any(|tied| is_named(*tied))
                || match verdict {
                    Verdict::IfSupported => beside_compatriots(place),
                    Verdict::IfAmongListed => among_listed(place),
                    _ => false,
                }
        });
        supported.map(|(place, _)| place).collect()
    }

    /// Who is meant: the same party once, short names with the full ones that they stand for. `supported` are single words
    /// that name a listed party by what else the document says.
    pub(super) fn resolve(
        &self,
        context: &mut Context,
        seen: Seen,
        supported: Vec<Place>,
        part: &str,
    ) -> Vec<Found> {
        let Seen { mut places, mut lone, runs, .. } = seen;
        places.extend(supported);
        places.sort_by_key(|place| (place.range.start, std::cmp::Reverse(place.range.end)));
        // "There is a Nazem Ahmad who plays football": not the one whom the text has named already.
        let mut introduced: FxHashSet<usize> = context.of_entity.keys().copied().collect();
        let mut starts: FxHashMap<usize, u32> = FxHashMap::default();
        places.iter().for_each(|place| *starts.entry(place.range.start).or_default() += 1);
        places.retain(|place| {
            introduced.insert(place.evidence.entity) || !place.another || starts[&place.range.start] > 1
        });
        let of_somebody = bearers(&runs);
        let mut words = SmallWords::of(part);
        places.retain(|place| {
            let organization = place.kind == NameKind::Organization;
            !(is_of_another(place, &of_somebody)
                || organization && place.opens && words.in_small(&place.text))
        });
        for place in &places {
            if let Some(acronym) = &place.acronym {
                let given = context.acronyms.entry(acronym.clone()).or_default();
                if !given.contains(&place.evidence.entity) {
                    given.push(place.evidence.entity);
                }
            }
        }
        // AGR is the African Gold Refinery where the text says so, whoever else is listed as AGR.
        let is_anothers = |place: &Place| {
            context.acronyms.get(&place.text).is_some_and(|given| !given.contains(&place.evidence.entity))
        };
        let (short, places): (Vec<Place>, Vec<Place>) =
            places.into_iter().partition(|place| has_surnames_alone(place) || is_anothers(place));
        let mut found: Vec<Found> = places.into_iter().map(|place| self.place(context, place)).collect();
        // Waked Hatum is Nidal, whom the text has named, and not his brother Ali, of whose name the words are more.
        for place in short {
            let start = context.offset - part.len();
            let words = place.text.split_whitespace().map(|word| vec![word.into()]).collect();
            let range = place.range.start - start..place.range.end - start;
            let short = Lone::at(part, range, words, Vec::new()).moved(start);
            match context.short.knows(&short) {
                true => lone.push(short),
                false => found.push(self.place(context, place)),
            }
        }
        let spelt = self.spelt(context, part, &found);
        found.extend(spelt.into_iter().map(|place| self.place(context, place)));
        found.sort_by_key(|found| found.mention.range.start);
        let listed = found.len();
        for run in runs {
            // Denis Gusev of another patronymic is no short name of the listed one.
            let set_aside = context.set_aside.iter().any(|aside| aside.range == run.range);
            let short = run.lone.as_ref().filter(|short| !set_aside && context.short.knows(short));
            if let Some(short) = short {
                lone.push(short.clone());
            } else if !meets(&found[..listed], &run.range)
                && let Some(mention) = context.unlisted(run)
            {
                found.push(Found { mention, evidence: None });
            }
        }
        found.sort_by_key(|found| found.mention.range.start);
        lone.sort_by_key(|lone| (lone.range.start, std::cmp::Reverse(lone.range.end)));
        let mut short: Vec<Found> = Vec::new();
        for lone in lone.into_iter().filter(|lone| !meets(&found, &lone.range)) {
            if short.last().is_some_and(|last: &Found| last.mention.range.end > lone.range.start) {
                continue;
            }
            let Some(meant) = context.short.meant(&lone) else {
                context.short.meet(&lone);
                continue;
            };
            // "Azot jako azot": a word that the text has in small letters too has its capital from the sentence.
            let opens = lone.opens && lone.words.len() == 1 && meant.kind() == NameKind::Organization;
            if opens && words.in_small(&lone.words[0][0]) {
                continue;
            }
            let evidence = meant.evidence.as_ref().map(|of| Evidence { short: true, ..of.clone() });
            short.push(Found { mention: Mention { range: lone.range, party: meant.party }, evidence });
        }
        found.extend(short);
        found.sort_by_key(|found| found.mention.range.start);
        found
    }

    fn place(&self, context: &mut Context, place: Place) -> Found {
        let Place { range, text, kind, evidence, described, kin, teaches, acronym, .. } = place;
        let profile = self.listed.entities.get(evidence.entity);
        let parties = &mut context.parties;
        // A primary name before any alias, then the one that tells most.
        let primary = evidence.scored.name.as_ref().is_some_and(|hit| hit.strength == NameStrength::Primary);
        let told = (primary, evidence.scored.bits);
        let (party, most) = context.of_entity.entry(evidence.entity).or_insert_with(|| {
            let schema = profile.schema.clone().unwrap_or(Schema::LegalEntity);
            parties.push(Party { named: Named::listed(&*text, &*profile.id), schema });
            (parties.len() - 1, told)
        });
        let party = *party;
        if teaches && told > *most && evidence.scored.score >= SURE {
            *most = told;
            parties[party].named.name = text;
        }
        let introduced = Introduced { at: range.start, described, kin };
        if teaches {
            context.short.learn(&introduced, party, profile, &evidence, kind);
            if let Some(acronym) = acronym {
                context.short.add(&acronym, &introduced, party, kind, Some(&evidence));
            }
        }
        Found { mention: Mention { range, party }, evidence: Some(evidence) }
    }
}

/// Whether the words are somebody's surnames, all or some, and no given name.
fn has_surnames_alone(place: &Place) -> bool {
    let Some(hit) = place.evidence.scored.name.as_ref().filter(|_| place.kind == NameKind::Person) else {
        return false;
    };
    let name = names::parse(&hit.candidate, NameKind::Person);
    let agrees = |token: &&Arc<Token>| agrees_in(&place.evidence.scored, &token.text);
    let content = name.tokens.iter().filter(|token| token.role.is_content());
    let (surnames, others): (Vec<_>, Vec<_>) =
        content.partition(|token| may_stand_alone(NameKind::Person, token));
    surnames.iter().copied().filter(agrees).count() > 1 && !others.is_empty() && !others.iter().any(agrees)
}

impl Context {
    /// Somebody who is not listed; `None` where the document has named more of them than are remembered.
    fn unlisted(&mut self, run: Run) -> Option<Mention> {
        let Run { range, name, schema, short, described, kin, .. } = run;
        let key: Box<str> = name.to_lowercase().into();
        if self.of_name.len() >= MOST_UNLISTED && !self.of_name.contains_key(&key) {
            return None;
        }
        let party = *self.of_name.entry(key).or_insert_with(|| {
            self.parties.push(Party { named: Named::unlisted(&*name), schema });
            self.parties.len() - 1
        });
        if let Some(key) = short {
            let kin = kin && self.short.is_borne(&key);
            let introduced = Introduced { at: range.start, described, kin };
            self.short.add(&key, &introduced, party, NameKind::Person, None);
        }
        Some(Mention { range, party })
    }
}

/// People and organisations that are not listed and are remembered of one document: an encyclopaedia has more.
const MOST_UNLISTED: usize = 1 << 15;

/// Whether a range meets any of some places, which are in the order of the text and do not overlap but where they tie.
pub(super) fn meets(found: &[Found], range: &Range<usize>) -> bool {
    let before = found.partition_point(|found| found.mention.range.end <= range.start);
    found.get(before).is_some_and(|found| found.mention.range.start < range.end)
}
