//! What a document says of somebody: who says it, with what standing, in which words.
//!
//! A claim is never a fact about its subject. It is a fact about its source, and stands only beside it.

use serde_json::{Map, Value, json};

/// A party as a document names it, with the listed party that it was found to be.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Named {
    /// The name, as the document has it at its fullest.
    pub name: Box<str>,
    /// The id of the listed party: `ofac-26391`. `None`: nobody listed.
    pub entity: Option<Box<str>>,
}

impl Named {
    /// Somebody who is not listed, or of whom that is not known.
    #[must_use]
    pub fn unlisted(name: impl Into<Box<str>>) -> Self {
        Self { name: name.into(), entity: None }
    }

    /// A listed party.
    #[must_use]
    pub fn listed(name: impl Into<Box<str>>, entity: impl Into<Box<str>>) -> Self {
        Self { name: name.into(), entity: Some(entity.into()) }
    }

    /// What tells parties apart: the listed party's id, else the name.
    #[must_use]
    pub fn key(&self) -> &str {
        self.entity.as_deref().unwrap_or(&self.name)
    }
}

/// How a predicate is a relation of FollowTheMoney: the schema of the relation, the property that holds the claim's
/// subject, and the one that holds its object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FtmRelation {
    /// `Ownership`, `Directorship` ...
    pub schema: &'static str,
    /// The property for the subject of the claim.
    pub subject: &'static str,
    /// The property for the object of the claim.
    pub object: &'static str,
}

macro_rules! words {
    ($(#[$of:meta])* $enum:ident { $($(#[$doc:meta])* $variant:ident = $name:literal),* $(,)? }) => {
        $(#[$of])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum $enum {
            $($(#[$doc])* $variant,)*
        }

        impl $enum {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// Its name in files.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// The one of that name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.name() == name)
            }
        }
    };
}

macro_rules! predicates {
    ($($(#[$doc:meta])* $variant:ident = $name:literal $(as $schema:literal ($subject:literal, $object:literal))?),* $(,)?) => {
        words! {
            /// What is claimed of the subject.
            Predicate { $($(#[$doc])* $variant = $name),* }
        }

        impl Predicate {
            /// The relation of FollowTheMoney that it is, where one fits.
            #[must_use]
            pub fn ftm(self) -> Option<FtmRelation> {
                match self {
                    $(Self::$variant => None$(.or(Some(FtmRelation {
                        schema: $schema, subject: $subject, object: $object,
                    })))?,)*
                }
            }
        }
    };
}

predicates! {
    /// An authority put the subject on a sanctions list.
    SanctionedBy = "sanctioned_by" as "Sanction" ("entity", "authority"),
    /// An authority took the subject off a sanctions list.
    DelistedBy = "delisted_by" as "Sanction" ("entity", "authority"),
    /// Criminal charges; the object is the offence.
    ChargedWith = "charged_with",
    /// The court where the subject is charged or tried.
    ChargedBefore = "charged_before",
    /// A conviction or plea; the object is the offence.
    ConvictedOf = "convicted_of",
    /// The subject owns the object, in whole or in part.
    Owns = "owns" as "Ownership" ("owner", "asset"),
    /// The subject is on the board of the object, or manages it.
    DirectorOf = "director_of" as "Directorship" ("director", "organization"),
    /// The subject works for the object.
    EmployedBy = "employed_by" as "Employment" ("employee", "employer"),
    /// The subject belongs to the object.
    MemberOf = "member_of" as "Membership" ("member", "organization"),
    /// The subject acts for the object, or on its behalf.
    ActsFor = "acts_for" as "Representation" ("agent", "client"),
    /// The subject is kin of the object.
    FamilyOf = "family_of" as "Family" ("person", "relative"),
    /// The subject deals with the object.
    AssociateOf = "associate_of" as "Associate" ("person", "associate"),
    /// The subject was the object before, or under that name.
    Formerly = "formerly" as "Succession" ("successor", "predecessor"),
    /// Another tie, of a kind that is not told.
    LinkedTo = "linked_to" as "UnknownLink" ("subject", "object"),
    /// The subject is of the object's country.
    OfCountry = "of_country",
    /// What the subject did; the object is in the document's words.
    Did = "did",
}

words! {
    /// The standing of a claim: how much those who make it stand behind it, and what an authority has made of it.
    ClaimStatus {
        /// An authority sanctioned the subject: an act, not an accusation.
        Designated = "designated",
        /// A prosecutor brought charges. The subject is presumed innocent.
        Charged = "charged",
        /// A court found it so, or the subject pleaded guilty.
        Convicted = "convicted",
        /// Somebody accuses; nobody has decided.
        Alleged = "alleged",
        /// Somebody says so, as plain fact.
        Asserted = "asserted",
        /// The subject, or somebody for it, says it is not so.
        Denied = "denied",
        /// The document itself says that there is no evidence for it.
        Unsubstantiated = "unsubstantiated",
        /// It was so once, and is no longer, by the document's own word.
        Historical = "historical",
    }
}

words! {
    /// What a link of an attribution is.
    SourceRole {
        /// The document that was read.
        Document = "document",
        /// A newspaper, agency or broadcaster.
        Outlet = "outlet",
        /// A government body, court or prosecutor.
        Authority = "authority",
        /// Somebody else who is quoted.
        Speaker = "speaker",
        /// The statement, indictment or report in which it is said.
        Statement = "statement",
    }
}

/// One link of an attribution: whose word the claim is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Source {
    /// As the document names it.
    pub name: Box<str>,
    /// What it is.
    pub role: SourceRole,
}

/// Where a document says it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Quote {
    /// The words.
    pub text: Box<str>,
    /// First byte in the document's text (UTF-8).
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// The page, from 1, where the document has pages.
    pub page: Option<u32>,
}

/// One thing that a document says of somebody.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Claim {
    /// Of whom.
    pub subject: Named,
    /// What.
    pub predicate: Predicate,
    /// Of whom else, or the offence, the court, the deed.
    pub object: Named,
    /// With what standing.
    pub status: ClaimStatus,
    /// On whose word, outermost first: document, outlet, authority, statement. Never empty.
    pub attribution: Vec<Source>,
    /// The date that the document gives for it, as written.
    pub date: Option<Box<str>>,
    /// Where it is said.
    pub quote: Quote,
}

/// Why a value is no claim.
#[derive(Debug, thiserror::Error)]
#[error("not a claim: {0}")]
pub struct ClaimError(&'static str);

impl Claim {
    /// The claim as `interdict read` writes it.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut quote = json!({"text": &*self.quote.text, "start": self.quote.start, "end": self.quote.end});
        if let Some(page) = self.quote.page {
            quote["page"] = page.into();
        }
        let source = |s: &Source| json!({"name": &*s.name, "role": s.role.name()});
        let mut claim = Map::new();
        claim.insert("subject".into(), named_to_json(&self.subject));
        claim.insert("predicate".into(), self.predicate.name().into());
        claim.insert("object".into(), named_to_json(&self.object));
        claim.insert("status".into(), self.status.name().into());
        claim.insert("attribution".into(), self.attribution.iter().map(source).collect());
        if let Some(date) = &self.date {
            claim.insert("date".into(), Value::from(&**date));
        }
        claim.insert("quote".into(), quote);
        claim.into()
    }

    /// Reads what [`Claim::to_json`] wrote.
    ///
    /// # Errors
    /// [`ClaimError`] names the part that is missing or unknown.
    pub fn from_json(value: &Value) -> Result<Self, ClaimError> {
        let text = |key: &str| value.get(key).and_then(Value::as_str);
        let predicate =
            text("predicate").and_then(Predicate::from_name).ok_or(ClaimError("no known predicate"))?;
        let status = text("status").and_then(ClaimStatus::from_name).ok_or(ClaimError("no known status"))?;
        let sources =
            value.get("attribution").and_then(Value::as_array).ok_or(ClaimError("no attribution"))?;
        let attribution = sources
            .iter()
            .map(|source| {
                let role = source.get("role").and_then(Value::as_str).and_then(SourceRole::from_name)?;
                Some(Source { name: source.get("name")?.as_str()?.into(), role })
            })
            .collect::<Option<Vec<_>>>()
            .filter(|sources| !sources.is_empty())
            .ok_or(ClaimError("attribution without a name or a known role"))?;
        let quote = value.get("quote").ok_or(ClaimError("no quote"))?;
        let at = |key: &str| quote.get(key).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
        Ok(Self {
            subject: named_from_json(value.get("subject")).ok_or(ClaimError("no subject"))?,
            predicate,
            object: named_from_json(value.get("object")).ok_or(ClaimError("no object"))?,
            status,
            attribution,
            date: text("date").map(Into::into),
            quote: Quote {
                text: quote.get("text").and_then(Value::as_str).ok_or(ClaimError("no quote"))?.into(),
                start: at("start").ok_or(ClaimError("no start of the quote"))?,
                end: at("end").ok_or(ClaimError("no end of the quote"))?,
                page: at("page").and_then(|page| u32::try_from(page).ok()),
            },
        })
    }
}

fn named_to_json(named: &Named) -> Value {
    json!({"name": &*named.name, "entity": named.entity.as_deref()})
}

fn named_from_json(value: Option<&Value>) -> Option<Named> {
    let value = value?;
    let entity = value.get("entity").and_then(Value::as_str).map(Into::into);
    Some(Named { name: value.get("name")?.as_str()?.into(), entity })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim() -> Claim {
        Claim {
            subject: Named::listed("Mohammad Bagher Shirinkar", "ofac-26391"),
            predicate: Predicate::DirectorOf,
            object: Named::unlisted("Emennet Pasargad"),
            status: ClaimStatus::Asserted,
            attribution: vec![Source { name: "report.txt".into(), role: SourceRole::Document }],
            date: Some("November 18, 2021".into()),
            quote: Quote { text: "The company’s manager".into(), start: 4, end: 27, page: Some(2) },
        }
    }

    #[test]
    fn reads_what_it_writes() {
        assert_eq!(Claim::from_json(&claim().to_json()).unwrap(), claim());
    }

    #[test]
    fn a_claim_without_its_source_is_none() {
        let mut value = claim().to_json();
        value["attribution"] = json!([]);
        assert!(Claim::from_json(&value).is_err());
    }

    #[test]
    fn relations_are_of_followthemoney() {
        for ftm in Predicate::ALL.iter().filter_map(|predicate| predicate.ftm()) {
            assert!(crate::is_ftm_schema(ftm.schema), "{ftm:?}");
        }
    }
}
