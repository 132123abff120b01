//! What kind of thing an entity is, in FollowTheMoney's names.

use std::fmt;

macro_rules! schemata {
    ($($variant:ident),* $(,)?) => {
        /// A FollowTheMoney schema. Schemata that we give no meaning to are kept by name in [`Schema::Other`].
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Schema {
            $(#[doc = concat!("FollowTheMoney `", stringify!($variant), "`.")] $variant,)*
            /// Any other schema, by the name that the source gave it.
            Other(Box<str>),
        }

        impl Schema {
            /// The schema of that FollowTheMoney name; unknown names are kept as they are.
            #[must_use]
            pub fn from_name(name: &str) -> Self {
                match name {
                    $(stringify!($variant) => Self::$variant,)*
                    other => Self::Other(other.into()),
                }
            }

            /// The FollowTheMoney name, such as `Person`.
            #[must_use]
            pub fn name(&self) -> &str {
                match self {
                    $(Self::$variant => stringify!($variant),)*
                    Self::Other(name) => name,
                }
            }
        }
    };
}

schemata!(
    Thing,
    LegalEntity,
    Person,
    Organization,
    Company,
    PublicBody,
    Vehicle,
    Vessel,
    Airplane,
    CryptoWallet,
    Security,
    Address,
    Sanction,
    Identification,
    Passport,
    Ownership,
    Directorship,
    Employment,
    Membership,
    Representation,
    Family,
    Associate,
    UnknownLink,
    Succession,
    Position,
    Occupancy,
    Article,
    Email,
    Message,
    UserAccount,
    Event,
);

impl Schema {
    /// Parties are what a list *lists* and what a customer file holds: people, organisations, vessels, aircraft,
    /// wallets and securities. Addresses, sanctions and relations belong to a party and are not screened alone.
    pub const PARTIES: [Self; 11] = [
        Self::Thing,
        Self::LegalEntity,
        Self::Person,
        Self::Organization,
        Self::Company,
        Self::PublicBody,
        Self::Vehicle,
        Self::Vessel,
        Self::Airplane,
        Self::CryptoWallet,
        Self::Security,
    ];

    /// Whether it is one of [`Schema::PARTIES`].
    #[must_use]
    pub fn is_party(&self) -> bool {
        Self::PARTIES.contains(self)
    }

    /// Whether a party of schema `self` is one of schema `general`, as FollowTheMoney derives them: a Company is an
    /// Organization, an Organization is a LegalEntity, and every party is a Thing.
    #[must_use]
    pub fn is_a(&self, general: &Schema) -> bool {
        match general {
            Self::Thing => self.is_party(),
            Self::LegalEntity => self.is_organization() || matches!(self, Self::Person | Self::LegalEntity),
            Self::Organization => self.is_organization(),
            Self::Vehicle => self.is_vehicle(),
            other => self == other,
        }
    }

    /// Interval schemata of FollowTheMoney that tie two parties together.
    #[must_use]
    pub fn is_relation(&self) -> bool {
        use Schema::*;
        matches!(
            self,
            Ownership
                | Directorship
                | Employment
                | Membership
                | Representation
                | Family
                | Associate
                | UnknownLink
                | Succession
                | Occupancy
        )
    }

    /// Organisations in the wide sense: their names carry legal forms and generic words.
    #[must_use]
    pub fn is_organization(&self) -> bool {
        matches!(self, Self::Company | Self::Organization | Self::PublicBody)
    }

    /// Vehicles: the numbers in their names tell one from another ("NABI 7" is not "NABI 8").
    #[must_use]
    pub fn is_vehicle(&self) -> bool {
        matches!(self, Self::Vessel | Self::Airplane | Self::Vehicle)
    }

    /// Whether a query of schema `query` may mean a candidate of schema `self`.
    ///
    /// Company, Organization, PublicBody and LegalEntity match each other; LegalEntity also matches Person; Thing,
    /// or no schema, matches every party; a Person never matches a Vessel or an Airplane (DESIGN section 3).
    #[must_use]
    pub fn may_be(&self, query: Option<&Schema>) -> bool {
        use Schema::*;
        let Some(query) = query else { return true };
        if query == self {
            return true;
        }
        match (query, self) {
            (Thing, _) | (_, Thing) => true,
            (LegalEntity, other) | (other, LegalEntity) => {
                other.is_organization() || matches!(other, Person | LegalEntity)
            }
            (a, b) if a.is_organization() => b.is_organization(),
            (Vehicle, b) | (b, Vehicle) => b.is_vehicle(),
            _ => false,
        }
    }
}

impl fmt::Display for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::Schema;

    #[test]
    fn who_may_be_whom() {
        let rows = [
            ("Person", "Person", true),
            ("Person", "Company", false),
            ("Person", "Vessel", false),
            ("Person", "Airplane", false),
            ("Person", "LegalEntity", true),
            ("Company", "Organization", true),
            ("PublicBody", "Company", true),
            ("LegalEntity", "Person", true),
            ("LegalEntity", "Vessel", false),
            ("Thing", "Vessel", true),
            ("Vehicle", "Airplane", true),
            ("Vessel", "Airplane", false),
        ];
        for (query, candidate, expected) in rows {
            let (query, candidate) = (Schema::from_name(query), Schema::from_name(candidate));
            assert_eq!(candidate.may_be(Some(&query)), expected, "{query} -> {candidate}");
            assert_eq!(query.may_be(Some(&candidate)), expected, "symmetric: {candidate} -> {query}");
            assert!(candidate.may_be(None));
        }
    }

    #[test]
    fn what_is_what() {
        let rows = [
            ("Company", "Organization", true),
            ("Organization", "Company", false),
            ("PublicBody", "LegalEntity", true),
            ("Person", "LegalEntity", true),
            ("Person", "Organization", false),
            ("LegalEntity", "Organization", false),
            ("Vessel", "Vehicle", true),
            ("Vessel", "LegalEntity", false),
            ("CryptoWallet", "Thing", true),
            ("Address", "Thing", false),
            ("Airplane", "Airplane", true),
        ];
        for (special, general, expected) in rows {
            let (special, general) = (Schema::from_name(special), Schema::from_name(general));
            assert_eq!(special.is_a(&general), expected, "{special} is a {general}");
        }
    }

    #[test]
    fn unknown_schemata_keep_their_name() {
        assert_eq!(Schema::from_name("Spaceship").name(), "Spaceship");
        assert!(!Schema::from_name("Spaceship").is_party());
    }
}
