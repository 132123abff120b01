//! When evidence joins two listings: numbers with one owner, or names together with attributes. Never a name alone.

use model::{Property, Scheme};
use screen::{Basis, Row, Score, Scored};

use super::Reason;

/// Least score of the names alone at which a paper's number joins.
const AGREES: Score = Score::from_ten_thousandths(7000);

/// Least score of the names alone at which attributes join. Brothers share a date that was copied, and all but one word of
/// their names: "Kamal Mustafa Abdallah Sultan al-Tikriti" and "Jamal ..." have .92.
const EQUAL: Score = Score::from_ten_thousandths(9000);

/// Score of the names alone below which they are two names: a number or reference that both have was copied wrongly.
pub(super) const CONTRADICTS: Score = Score::from_ten_thousandths(4000);

/// Least evidence, in millibits, that joins by names and attributes: one in a million million. The strongest wrong pair
/// of the UN's and the UK's lists has 32 bits, namesakes of one year and country. See `docs/joined.md`.
const FLOOR: i32 = 40_000;

/// Numbers with one owner in the world: IMO Resolution A.1117(30); ISO 17442; keys of wallets; the tax and company
/// registers of Russia and China; ISO 13616. What changes hands (MMSI, call signs) or is shared by a group of companies
/// (BIC) is none.
const ONE_OWNER: [Property; 7] = [
    Property::ImoNumber,
    Property::LeiCode,
    Property::PublicKey,
    Property::InnCode,
    Property::OgrnCode,
    Property::UscCode,
    Property::Iban,
];

/// Why two listings are joined, and by what; `None` where they are not. `names` is the score of the names alone, where both have
/// some; `issued_apart` says of a paper's number whether two countries issued it.
pub(super) fn judge(
    scored: &Scored,
    names: impl Fn() -> Option<Score>,
    issued_apart: impl Fn(&Row) -> bool,
) -> Option<(Reason, String)> {
    // Offices, families and groups of companies share what they are called at: contacts join nobody.
    let numbers = || {
        let exact = scored.rows.iter().filter(|row| row.kind == "exact");
        let schemes = exact.filter_map(|row| Some((row, Scheme::of(&Property::from_name(&row.feature))?)));
        schemes.filter(|(_, scheme)| !matches!(scheme, Scheme::Email | Scheme::Phone | Scheme::Website))
    };
    if scored.basis == Basis::Identifier {
        let owned = numbers().find(|(row, _)| ONE_OWNER.iter().any(|p| p.name() == row.feature));
        if let Some((row, _)) = owned
            && names().is_none_or(|names| names >= CONTRADICTS)
        {
            return Some((Reason::Identifier, said(row)));
        }
    }
    if contradicted(&scored.rows) || names().is_none_or(|names| names < AGREES) {
        return None;
    }
    let same_country = || scored.rows.iter().any(|row| row.feature == "country" && row.kind != "conflict");
    let paper = numbers().find(|(row, scheme)| {
        let paper =
            matches!(scheme, Scheme::Passport | Scheme::NationalId | Scheme::Tax | Scheme::Registration);
        paper && row.note.is_none() && same_country() && !issued_apart(row)
    });
    if let Some((row, _)) = paper {
        return Some((Reason::Identifier, said(row)));
    }
    let blurred =
        scored.rows.iter().any(|row| row.feature == "name" && ["near", "conflict"].contains(&row.kind));
    let born = |row: &&Row| row.feature == "birthDate" && ["agree", "month", "year"].contains(&row.kind);
    let placed = |row: &&Row| PLACES.contains(&&*row.feature) && row.bits > 0;
    let numbered = || numbers().map(|(row, _)| row).find(|row| row.note.is_none());
    let attributes = [scored.rows.iter().find(born), scored.rows.iter().find(placed), numbered()];
    let attributes: Vec<&str> = attributes.into_iter().flatten().map(|row| &*row.feature).collect();
    (attributes.len() >= 2 && !blurred && scored.bits >= FLOOR && names() >= Some(EQUAL))
        .then(|| (Reason::Evidence, format!("name, {}", attributes.join(", "))))
}

/// Features that speak of a place: evidence of it counts once.
const PLACES: [&str; 3] = ["birthPlace", "address", "country"];

fn said(row: &Row) -> String {
    format!("{} {}", row.feature, row.candidate)
}

/// Whether anything says that these are two: another birth date, gender, number for life. Places do not: people move, and
/// lists give the village or the district of one birth.
fn contradicted(rows: &[Row]) -> bool {
    rows.iter().any(|row| row.kind == "conflict" && row.feature != "name" && !PLACES.contains(&&*row.feature))
}
