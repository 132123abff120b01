//! What a page shows, as strings and integers. Scores and shares are ten-thousandths, bits are millibits, as the
//! engine counts them; the page does the one division when it prints.

use crate::network::NetworkView;
use crate::operation::OperationView;

/// A screening, told to a compliance officer.
#[derive(Clone, Debug, Default)]
pub struct ScreeningReport {
    /// The page's title.
    pub title: String,
    /// What was screened and why, one paragraph each.
    pub introduction: Vec<String>,
    /// What the reader must not overlook, such as that a demonstration list stands in for no real one.
    pub notice: Option<String>,
    /// The operation that comes before the screening, where there is one.
    pub operation: Option<OperationView>,
    /// Lowest score that is a match under the policy.
    pub match_threshold: i32,
    /// The lists that were screened against.
    pub lists: Vec<ListSource>,
    /// The customers, in the order of the file.
    pub customers: Vec<Customer>,
    /// Matches, in the order of the customers; a customer with several has them one after the other.
    pub hits: Vec<Hit>,
    /// Customers without a match, in the order of the file.
    pub cleared: Vec<Cleared>,
    /// Documents that were read against the same lists.
    pub documents: Vec<crate::DocumentView>,
    /// The network of the listed parties, where there is one to draw.
    pub network: Option<NetworkView>,
    /// Under which engine, configuration and tables.
    pub provenance: Provenance,
}

/// A list as it was loaded.
#[derive(Clone, Debug, Default)]
pub struct ListSource {
    /// What the user called it: a path, or a name.
    pub name: String,
    /// FtM dataset name.
    pub dataset: String,
    /// The version that results carry.
    pub version: String,
    /// SHA-256 over its files.
    pub sha256: String,
    /// Listed parties in it.
    pub parties: usize,
    /// Its files.
    pub files: Vec<FileHash>,
}

/// A list's file as it was read.
#[derive(Clone, Debug, Default)]
pub struct FileHash {
    /// File name.
    pub name: String,
    /// Bytes, unpacked.
    pub bytes: usize,
    /// SHA-256 of them.
    pub sha256: String,
}

/// One row of the customer file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Customer {
    /// Its id in the file.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// FollowTheMoney schema; empty where the row names none.
    pub schema: String,
    /// What else the row says.
    pub facts: Vec<Fact>,
}

/// A listed party.
#[derive(Clone, Debug, Default)]
pub struct Party {
    /// Its id, such as `ofac-26391`.
    pub id: String,
    /// Its primary name as published.
    pub caption: String,
    /// FollowTheMoney schema.
    pub schema: String,
    /// The dataset that lists it.
    pub dataset: String,
    /// Everything stated of it, in the publisher's order; values of one property may stand apart.
    pub facts: Vec<Fact>,
}

/// One value of one property.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fact {
    /// FollowTheMoney property.
    pub property: String,
    /// The value as published or typed.
    pub value: String,
    /// Where it stood, such as `sdn.csv line 5`.
    pub source: Option<String>,
}

/// A listed party that a customer may be.
#[derive(Clone, Debug)]
pub struct Hit {
    /// The customer.
    pub customer: Customer,
    /// The listed party, and how alike the two are.
    pub party: Nearest,
}

/// A customer without a match.
#[derive(Clone, Debug)]
pub struct Cleared {
    /// The customer.
    pub customer: Customer,
    /// The listed party that comes nearest; `None` where no name or identifier agrees with any.
    pub nearest: Option<Nearest>,
}

/// A listed party, compared with a customer.
#[derive(Clone, Debug)]
pub struct Nearest {
    /// The listed party.
    pub party: Party,
    /// The names that met; `None` where only an identifier did.
    pub met: Option<NameMet>,
    /// Why it is a result.
    pub basis: Basis,
    /// The score, in ten-thousandths.
    pub score: i32,
    /// Weight of evidence, in millibits.
    pub bits: i32,
    /// The evidence. Shares add up to the score, bits to the bits.
    pub evidence: Vec<EvidenceRow>,
}

/// Which name of the customer met which name of the listed party.
#[derive(Clone, Debug, Default)]
pub struct NameMet {
    /// The customer's name as typed.
    pub query: String,
    /// The listed name as published.
    pub candidate: String,
    /// The FollowTheMoney property that has it: `name`, `alias`, `weakAlias` ...
    pub property: String,
    /// How strong the publisher calls it.
    pub strength: Strength,
}

/// How much weight the publisher itself gives to a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Strength {
    /// The primary name.
    #[default]
    Primary,
    /// A strong alias or a former name.
    Strong,
    /// A weak alias, which calls for other evidence beside it.
    Weak,
}

/// Why a party is a result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Basis {
    /// By its name.
    #[default]
    Name,
    /// By an identifier.
    Identifier,
}

/// One row of the explanation.
#[derive(Clone, Debug, Default)]
pub struct EvidenceRow {
    /// The property that speaks.
    pub feature: String,
    /// What it says: `exact`, `near`, `conflict` ...
    pub kind: String,
    /// The customer's words or value.
    pub query: String,
    /// The listed words or value.
    pub candidate: String,
    /// Evidence in millibits; negative against.
    pub bits: i32,
    /// Part of the score in ten-thousandths.
    pub share: i32,
    /// Millibits that agree.
    pub gain: i32,
    /// Millibits at stake.
    pub stake: i32,
    /// What a reader must know beside it.
    pub note: Option<String>,
    /// Whether something looks disguised on purpose.
    pub disguised: bool,
}

/// Under which engine, configuration and tables the scores were made.
#[derive(Clone, Debug, Default)]
pub struct Provenance {
    /// Engine and version.
    pub engine: String,
    /// The configuration's settings, in their fixed form.
    pub settings: String,
    /// SHA-256 of the configuration.
    pub configuration: String,
    /// SHA-256 of the tables.
    pub tables: String,
}
