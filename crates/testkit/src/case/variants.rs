//! Addresses and names as people, forms and scanners write them.

use validation::Random;

use super::tables::{chance, of_kind, rows, word};

const TABLE: &str = include_str!("../../data/case/variants.tsv");

/// The address, written otherwise, and how: `word`, `case`, `slip`, `punctuation`, one or several with `+`.
pub(super) fn address(random: &mut Random, street: &str) -> (String, String) {
    let mut kinds: Vec<&str> = Vec::new();
    let mut written = street.to_owned();
    if chance(random, 75) {
        let mut words: Vec<String> = Vec::new();
        for word in written.split(' ') {
            let others: Vec<&str> =
                rows(TABLE).filter(|r| r[0] == "word" && r[1] == word).map(|r| r[2]).collect();
            words.push((*random.pick(&others).unwrap_or(&word)).to_owned());
        }
        let now = words.join(" ").replace("# ", "#");
        if now != written {
            kinds.push("word");
            written = now;
        }
    }
    if chance(random, 25) {
        kinds.push("case");
        written = if chance(random, 70) { written.to_uppercase() } else { written.to_lowercase() };
    }
    if chance(random, 20) {
        // A comma before the apartment.
        if let Some(at) = ["Apt", "APT", "apt", "#", "Unit", "UNIT", "unit", "Apartment"]
            .iter()
            .find_map(|apartment| written.find(&format!(" {apartment}")))
        {
            kinds.push("punctuation");
            written.insert(at, ',');
        }
    }
    if kinds.is_empty() || chance(random, 20) {
        let slips: Vec<(usize, &str, &str)> = written
            .char_indices()
            .flat_map(|(at, c)| {
                let of = rows(TABLE).filter(move |r| r[0] == "slip" && r[1].starts_with(c));
                of.map(move |r| (at, r[1], r[2]))
            })
            .collect();
        if let Some((at, from, to)) = random.pick(&slips) {
            kinds.push("slip");
            written.replace_range(*at..at + from.len(), to);
        }
    }
    (written, kinds.join("+"))
}

/// The name, written otherwise: `order` (family name first, with or without a comma), `initial` (without it), `case`.
pub(super) fn name(random: &mut Random, given: &str, family: &str) -> (String, String) {
    let first = given.split(' ').next().unwrap_or(given);
    let (written, kind) = match random.below(4) {
        0 => (format!("{family}, {given}"), "order"),
        1 => (format!("{family} {given}"), "order"),
        2 if first != given => (format!("{first} {family}"), "initial"),
        _ => (format!("{given} {family}").to_uppercase(), "case"),
    };
    (written, kind.to_owned())
}

/// A sentence of ordinary talk.
pub(super) fn chatter(random: &mut Random) -> String {
    let table = include_str!("../../data/case/chatter.tsv");
    let word = |random: &mut Random, kind| word(random, &of_kind(table, kind));
    let who = word(random, "who");
    let (did, what) = (word(random, "did"), word(random, "what"));
    let mut who = who.to_owned();
    who[..1].make_ascii_uppercase();
    format!("{who} {did} {what}.")
}

/// A message of ordinary talk.
pub(super) fn letter(random: &mut Random) -> String {
    let table = include_str!("../../data/case/chatter.tsv");
    let word = |random: &mut Random, kind| word(random, &of_kind(table, kind));
    let mut text = format!("{}\n\n", word(random, "opener"));
    for _ in 0..2 + random.below(5) {
        text += &chatter(random);
        text.push(if chance(random, 30) { '\n' } else { ' ' });
    }
    text = text.trim_end().to_owned();
    text += &format!("\n\n{}", word(random, "closer"));
    text
}
