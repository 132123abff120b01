//! Numbers that a register gives a ship or a company once, for life: another one is another ship or company.

use model::{CheckDigits, Property};

use super::prices::prices;
use super::{Attribute, attribute};
use crate::profile::{Identifier, Profile};

/// Registers whose number never changes hands: IMO Resolution A.1117(30), ISO 17442, and the Russian tax and company
/// registers (Federal Tax Service orders on INN and OGRN). A company may have several BICs, a person several passports.
const FOR_LIFE: [Property; 4] =
    [Property::ImoNumber, Property::LeiCode, Property::InnCode, Property::OgrnCode];

/// Numbers of one such register on both sides, none of them shared. A number whose check digits are wrong contradicts
/// nothing: it is mistyped, and may be meant for the other.
pub(super) fn conflicts<'a>(query: &'a Profile, entity: &'a Profile) -> impl Iterator<Item = Attribute> + 'a {
    FOR_LIFE.iter().filter_map(move |property| {
        let (q, e) = (sound(query, property).next()?, sound(entity, property).next()?);
        let shared = sound(query, property).any(|q| sound(entity, property).any(|e| q.key == e.key));
        let ship = *property == Property::ImoNumber;
        let price = if ship { prices().ship_conflict } else { prices().register_conflict };
        let (q, e) = (q.published.to_string(), e.published.to_string());
        (!shared).then(|| attribute(property.name(), "conflict", price, q, e))
    })
}

/// The numbers of a register whose check digits are right.
fn sound<'a>(profile: &'a Profile, property: &'a Property) -> impl Iterator<Item = &'a Identifier> {
    profile.identifiers.iter().filter(move |id| id.property == *property && id.check == CheckDigits::Valid)
}
