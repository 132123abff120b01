//! Whether words that match a listed name name the party, or need the support of what is written around them.
//!
//! In a customer file every string is somebody's name; in a text nearly none is. Common words that are also aliases name
//! nobody on their own; an acronym of three letters is somebody's in every trade; a ship's name is a virtue, a girl or a
//! star; a name but for a letter is mostly another name. Then the text must say more: the party's full name, its country.

use std::sync::LazyLock;

use names::{NameKind, Role};
use rustc_hash::FxHashSet;
use screen::{Row, Score, Scored};

use super::cues::is_quoted;
use super::language::is_function_word;
use super::lexicon::{Entry, roles_in_organization};
use super::listed::{Hit, Met};
use super::scan::{Case, Gap};
use crate::tables::rows;

const CUES: &str = include_str!("../../data/vessel_cues.tsv");

static VESSEL_CUES: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| rows(CUES).collect());

/// Words to each side in which a cue of a ship is looked for.
const NEAR: usize = 6;

/// Information of a word, in millibits, that is no other person's name: beyond the population table's rarest.
const RARE_PERSON: i32 = 18_500;

/// The same for organisations, which have no namesakes to speak of.
const RARE_ORGANIZATION: i32 = 15_000;

/// The same for a word that names its party wherever it stands: Garantex does, Lazarus and Everest do not.
const RARE_NAME: i32 = 20_500;

/// The same for a long word that is misspelt, of which less agrees.
const RARE_ENOUGH: i32 = 12_000;

/// Letters of an acronym that others have too.
const SHORT: usize = 4;

/// Letters of a word that is told by nearly all of them.
const LONG: usize = 8;

/// Words that must agree where some agree only nearly.
const SEVERAL: usize = 3;

/// Score of a name that is given word for word, but for what namesakes put at stake.
const VERBATIM: Score = Score::from_ten_thousandths(9000);

/// Score of a name that differs by habits of spelling alone.
const HARDLY_OFF: Score = Score::from_ten_thousandths(9300);

/// Score below which two words, not both as listed, are too faint for anything but a second mention.
const FAINT: Score = Score::from_ten_thousandths(8000);

/// What words that match a listed name are taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict {
    /// Nothing that concerns the list.
    Words,
    /// The listed party, if the document names it in full.
    IfNamed,
    /// The listed party, if the document names it in full, or other listed parties stand around.
    IfAmongListed,
    /// The listed party, if the document names it in full, or speaks of its country or of sanctions nearby.
    IfSupported,
    /// The listed party.
    Named,
}

/// The rows of a comparison that agree.
pub(super) fn agreeing(scored: &Scored) -> impl Iterator<Item = &Row> {
    scored.rows.iter().filter(|row| row.feature == "name" && row.gain > 0)
}

/// Whether a word is no more than nearly the listed one.
pub(super) fn is_near(row: &Row) -> bool {
    matches!(row.kind, "near" | "initial" | "acronym" | "translation" | "romanised")
}

/// What a match is, among the words of its block; `entries` are those of its own words.
pub(super) fn verdict(hit: &Hit, entries: &[&Entry], block: &str, words: &[Met]) -> Verdict {
    let telling =
        entries.iter().filter(|entry| !entry.common && !entry.function && entry.country().is_none()).count();
    let (first, last) = hit.words;
    let own = &words[first..=last];
    let near = agreeing(&hit.scored).filter(|row| is_near(row)).count();
    let count = hit.agreeing;
    // Optima, OOO: one word, and what kind of company it is.
    let form = |entry: &Entry| entry.legal_form;
    if own.len() == 2
        && count == 1
        && form(entries[1]) != form(entries[0])
        && hit.kind == NameKind::Organization
    {
        let at = usize::from(form(entries[0]));
        let exact = agreeing(&hit.scored).all(|row| matches!(row.kind, "exact" | "legal_form"));
        let named = own[at].word.case.is_large() && exact && hit.scored.score >= VERBATIM;
        return if named { Verdict::IfSupported } else { Verdict::Words };
    }
    if count < 2 || own.len() == 1 && !hit.several_in_one {
        return if own.len() == 1 { single(hit, entries[0], block, words) } else { Verdict::Words };
    }
    // "02 Jan": a number tells one unit from another, and no unit from a date.
    let numbers = own.iter().filter(|met| met.word.case == Case::Digits).count();
    let ship = hit.kind == NameKind::Vehicle && near == 0 && has_cue(block, words, hit.words);
    if numbers > 0
        && !ship
        && count - numbers.min(count) < 2
        && (near > 0 || telling == 0 || hit.scored.score < VERBATIM)
    {
        // Grace 1: a ship whose other name the text has.
        let verbatim = hit.kind == NameKind::Vehicle && near == 0 && hit.scored.score >= VERBATIM;
        return if verbatim { Verdict::IfNamed } else { Verdict::Words };
    }
    // Emmanuele Bassi is not the Basij-e Melli: of two words that are both spelled otherwise, too little is the same.
    let exact =
        agreeing(&hit.scored).filter(|row| matches!(row.kind, "exact" | "number" | "legal_form")).count();
    let faint = count < SEVERAL && exact < count && hit.scored.score < FAINT;
    if faint {
        return Verdict::IfNamed;
    }
    if hit.weak {
        // "The agency Only News": within a sentence capitals say that it is a name.
        let within = own[0].word.gap < Gap::Sentence && own.iter().all(|met| met.word.case.is_large());
        let name = hit.kind == NameKind::Organization && exact == count && within && !shouted(words, first);
        return if name { Verdict::IfSupported } else { Verdict::IfNamed };
    }
    // "Shoa, and Koa": what holds sentences together stands in few names.
    let linked = own
        .iter()
        .zip(entries)
        .any(|(met, entry)| entry.function && !entry.particle && met.word.case == Case::Small);
    if linked && (hit.kind == NameKind::Person || near > 0) {
        return Verdict::Words;
    }
    // "A code": one word of content names nobody, be it as it is listed.
    let lowly = |met: &Met| met.word.case == Case::Small || block[met.word.range()].len() < 3;
    let content = own.iter().zip(entries).filter(|(met, entry)| !(entry.function && lowly(met))).count();
    if content < 2 && telling == 0 {
        return Verdict::Words;
    }
    match hit.kind {
        NameKind::Vehicle if near > 0 || !has_cue(block, words, hit.words) && telling < 2 => {
            Verdict::IfSupported
        }
        NameKind::Person if lacks_family(hit) => Verdict::IfSupported,
        // Kashiyan for Kashian costs next to nothing, Malyshev for Maryshev a letter.
        NameKind::Person if near > 0 && count < SEVERAL && hit.scored.score < HARDLY_OFF => {
            Verdict::IfSupported
        }
        NameKind::Organization if near > 0 => Verdict::IfSupported,
        _ => Verdict::Named,
    }
}

/// What a match of a single word is.
fn single(hit: &Hit, entry: &Entry, block: &str, words: &[Met]) -> Verdict {
    let at = hit.words.0;
    let word = words[at].word;
    let near = !hit.as_listed && agreeing(&hit.scored).any(is_near);
    let exact = hit.as_listed || agreeing(&hit.scored).all(|row| matches!(row.kind, "exact" | "number"));
    let gain = agreeing(&hit.scored).map(|row| row.gain).max().unwrap_or(0);
    let small = word.case == Case::Small && !(hit.weak && is_quoted(block, &word.range()));
    if small || word.case == Case::Digits || entry.country().is_some() || entry.title {
        return Verdict::Words;
    }
    if has_epithet(block, words, at) {
        return Verdict::Words;
    }
    let letters = block[word.range()].chars().count();
    let capitals = word.case == Case::Capitals && !shouted(words, at);
    let acronym = (capitals || word.case == Case::None) && hit.kind == NameKind::Organization;
    // What the publisher itself calls weak (OFAC FAQ 122) means its party only beside the full name.
    if hit.weak {
        return if capitals && acronym && exact { Verdict::IfSupported } else { Verdict::IfNamed };
    }
    // Another word of the name is missing: the rest must be rare, and what is missing a seat or a legal form.
    if hit.names_words > 1 && !hit.as_listed {
        let rare = hit.kind == NameKind::Organization && !entry.common && exact && gain >= RARE_PERSON;
        // Of what trade it is, few say who write of Belavia; the Ronin bridge is no Ronin Management.
        // «Уралсиб»: quotation marks say that it is a name, though the list begins with what it is, a bank.
        let begins = hit.begins || hit.own && is_quoted(block, &word.range());
        return match (rare, lacks(&hit.scored, Role::Generic)) {
            (true, true) if entry.known_name || !begins || is_attribute(block, words, at) => Verdict::Words,
            (true, true) => Verdict::IfAmongListed,
            (true, false) if entry.known_name || gain < RARE_NAME => Verdict::IfSupported,
            (true, false) => Verdict::Named,
            (false, _) => Verdict::Words,
        };
    }
    match hit.kind {
        NameKind::Vehicle if exact && has_cue(block, words, hit.words) => Verdict::Named,
        NameKind::Vehicle => Verdict::Words,
        NameKind::Person if !exact || entry.common || gain < RARE_PERSON => Verdict::Words,
        NameKind::Person => Verdict::Named,
        // SEPAH, the Guard: what organisations are is the name of one where the text has named it.
        NameKind::Organization if entry.organizational => {
            let own = exact && hit.as_listed && !entry.common && word.case != Case::Capital;
            if own { Verdict::IfNamed } else { Verdict::Words }
        }
        // With capitals or without, a word of the language is mostly that.
        NameKind::Organization if entry.common => {
            // Within a sentence it has its capital letter for its own sake: "below it we see Opera".
            let within = word.case == Case::Capital && word.gap <= Gap::Space;
            if exact && (capitals || hit.as_listed && within) { Verdict::IfNamed } else { Verdict::Words }
        }
        // Hezbolah, Hezbollah: too long to be another word by chance.
        NameKind::Organization if !exact => match letters >= LONG && gain >= RARE_ENOUGH {
            true if near => Verdict::IfNamed,
            true => Verdict::IfSupported,
            false => Verdict::Words,
        },
        NameKind::Organization if letters <= SHORT || gain < RARE_ORGANIZATION => {
            if acronym || letters > SHORT { Verdict::IfSupported } else { Verdict::Words }
        }
        NameKind::Organization if entry.known_name || word.case == Case::None || gain < RARE_NAME => {
            Verdict::IfSupported
        }
        NameKind::Organization => Verdict::Named,
    }
}

/// Whether a person's family name is missing: Sven Anders is not Sven Anders Olsson.
fn lacks_family(hit: &Hit) -> bool {
    let Some(met) = hit.scored.name.as_ref() else { return false };
    let name = names::parse(&met.candidate, NameKind::Person);
    let mut family = name.tokens.iter().filter(|token| token.role == Role::Family).peekable();
    family.peek().is_some() && !family.any(|token| agrees_in(&hit.scored, &token.text))
}

/// Whether a word of the listed name agrees with the text.
pub(super) fn agrees_in(scored: &Scored, word: &str) -> bool {
    agreeing(scored).any(|row| row.candidate.split(' ').any(|agreed| agreed == word))
}

/// Whether an organisation's name has words of a role that do not stand there: Ronin is not Ronin Management.
pub(super) fn lacks(scored: &Scored, role: Role) -> bool {
    let missing = scored.rows.iter().filter(|row| row.feature == "name" && row.kind == "only_candidate");
    missing.into_iter().any(|row| roles_in_organization(&row.candidate).contains(&role))
}

/// Whether the word in a place is somebody by what follows: Sinbad the Sailor is no firm.
pub(super) fn has_epithet(block: &str, words: &[Met], at: usize) -> bool {
    let spaced = |at: usize| words.get(at).filter(|met| met.word.gap == Gap::Space);
    spaced(at + 1).is_some_and(|met| &block[met.word.range()] == "the")
        && spaced(at + 2).is_some_and(|met| met.word.case == Case::Capital)
}

/// Whether the word in a place only says which of many things is meant: the Ronin bridge is no Ronin Management.
fn is_attribute(block: &str, words: &[Met], at: usize) -> bool {
    let article = |met: &Met| ARTICLES.contains(&&*block[met.word.range()].to_lowercase());
    let after = |met: &Met| met.word.gap == Gap::Space && met.word.case == Case::Small;
    let noun = |met: &Met| after(met) && !is_function_word(&block[met.word.range()]);
    at > 0
        && words[at].word.gap < Gap::Sentence
        && article(&words[at - 1])
        && words.get(at + 1).is_some_and(noun)
}

/// Definite articles, which stand before an attribute and hardly ever before a name.
const ARTICLES: [&str; 9] = ["the", "der", "die", "das", "dem", "le", "la", "el", "il"];

fn has_cue(block: &str, words: &[Met], (first, last): (usize, usize)) -> bool {
    let around = &words[first.saturating_sub(NEAR)..(last + NEAR + 1).min(words.len())];
    around.iter().any(|met| VESSEL_CUES.contains(&*block[met.word.range()].to_lowercase()))
}

/// Whether all around is written in capitals, so that they say nothing.
pub(super) fn shouted(words: &[Met], at: usize) -> bool {
    let sentence = |met: &&Met| met.word.gap < Gap::Sentence;
    let after = words[at + 1..].iter().take_while(sentence).take(NEAR);
    let before = words[..at].iter().rev().take(NEAR);
    let mut others =
        after.chain(before).map(|met| met.word.case).filter(|case| *case != Case::Digits).peekable();
    others.peek().is_some() && others.all(|case| case == Case::Capitals)
}
