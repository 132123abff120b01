//! What everything in Interdict is made of: **entities with provenance**, in the vocabulary of
//! [FollowTheMoney](https://followthemoney.tech) (FtM), so that what leaves can be read by the tools of the field.
//!
//! One value is one [`Statement`]: a property, the value *as published*, what we derived from it (a date, a
//! country), and where it stood. Readers fill entities, screening compares them, and nobody in between changes them.
//!
//! **Invariant:** the published value is never rewritten. Derived codes stand beside it.

mod calendar;
mod checksum;
mod claim;
mod contact;
mod country;
mod date;
mod entity;
mod ftm;
mod ftm_schemata;
mod identifier;
mod property;
mod register;
mod schema;
mod spellings;
mod wallet;
mod written;

pub use calendar::Calendar;
pub use claim::{Claim, ClaimError, ClaimStatus, FtmRelation, Named, Predicate, Quote, Source, SourceRole};
pub use contact::{email_key, phone_key, website_key};
pub use country::Country;
pub use date::{PartialDate, Precision, Reading};
pub use entity::{Derived, Entity, Locator, Statement};
pub use ftm::{FtmError, entity_from_json, entity_to_json, ftm_value, properties_to_json};
pub use ftm_schemata::{FtmFit, FtmProperty, is_ftm_reference, is_ftm_schema};
pub use identifier::{CheckDigits, Scheme};
pub use property::{NameStrength, Property, PropertyType};
pub use register::{check, check_with_country};
pub use schema::Schema;
pub use wallet::Chain;
