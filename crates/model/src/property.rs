//! FollowTheMoney properties: their names, and the type that says what can be derived from a value.

use std::fmt;

/// What a property's values are, after FollowTheMoney's property types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PropertyType {
    /// A name of the entity, or a part of one.
    Name,
    /// A date, often partial; [`crate::PartialDate`] is derived.
    Date,
    /// A country, territory or nationality; [`crate::Country`] is derived.
    Country,
    /// A number or code that some register gave; see [`crate::Scheme`].
    Identifier,
    /// A postal address in one line.
    Address,
    /// A gender word.
    Gender,
    /// The id of another entity.
    Entity,
    /// A topic tag such as `sanction`.
    Topic,
    /// Anything else.
    Text,
}

/// How much weight the publisher itself gives to a name.
///
/// OFAC distinguishes weak aliases and does not expect screening on them alone, but does expect their use when a
/// hit is resolved (OFAC FAQ 122 to 125), so the strength travels with every hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameStrength {
    /// `name`: the primary name.
    Primary,
    /// `alias` and `previousName`: strong aliases and former names.
    Strong,
    /// `weakAlias`: nicknames, acronyms, noms de guerre.
    Weak,
}

macro_rules! properties {
    ($($variant:ident = $name:literal : $type:ident),* $(,)?) => {
        /// A FollowTheMoney property. Properties that we give no meaning to are kept by name.
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Property {
            $(#[doc = concat!("FollowTheMoney `", $name, "`.")] $variant,)*
            /// Any other property, by the name that the source gave it.
            Other(Box<str>),
        }

        impl Property {
            /// The property of that FollowTheMoney name; unknown names are kept as they are.
            #[must_use]
            pub fn from_name(name: &str) -> Self {
                match name {
                    $($name => Self::$variant,)*
                    other => Self::Other(other.into()),
                }
            }

            /// The first property that we give a meaning to whose FollowTheMoney name is wanted.
            #[must_use]
            pub fn find(wanted: impl Fn(&str) -> bool) -> Option<Self> {
                [$((Self::$variant, $name)),*].into_iter().find(|(_, name)| wanted(name)).map(|(p, _)| p)
            }

            /// The FollowTheMoney name, such as `birthDate`.
            #[must_use]
            pub fn name(&self) -> &str {
                match self {
                    $(Self::$variant => $name,)*
                    Self::Other(name) => name,
                }
            }

            /// The type of the property's values.
            #[must_use]
            pub fn property_type(&self) -> PropertyType {
                match self {
                    $(Self::$variant => PropertyType::$type,)*
                    Self::Other(_) => PropertyType::Text,
                }
            }
        }
    };
}

properties! {
    Name = "name": Name,
    Alias = "alias": Name,
    WeakAlias = "weakAlias": Name,
    PreviousName = "previousName": Name,
    Abbreviation = "abbreviation": Name,
    FirstName = "firstName": Name,
    SecondName = "secondName": Name,
    MiddleName = "middleName": Name,
    FatherName = "fatherName": Name,
    MotherName = "motherName": Name,
    LastName = "lastName": Name,
    Title = "title": Text,
    Position = "position": Text,
    Gender = "gender": Gender,
    BirthDate = "birthDate": Date,
    DeathDate = "deathDate": Date,
    BirthPlace = "birthPlace": Text,
    BirthCountry = "birthCountry": Country,
    Nationality = "nationality": Country,
    Citizenship = "citizenship": Country,
    Country = "country": Country,
    Jurisdiction = "jurisdiction": Country,
    MainCountry = "mainCountry": Country,
    Flag = "flag": Country,
    PastFlags = "pastFlags": Country,
    IncorporationDate = "incorporationDate": Date,
    DissolutionDate = "dissolutionDate": Date,
    BuildDate = "buildDate": Date,
    Address = "address": Address,
    IdNumber = "idNumber": Identifier,
    PassportNumber = "passportNumber": Identifier,
    TaxNumber = "taxNumber": Identifier,
    VatCode = "vatCode": Identifier,
    SocialSecurityNumber = "socialSecurityNumber": Identifier,
    RegistrationNumber = "registrationNumber": Identifier,
    LicenseNumber = "licenseNumber": Identifier,
    InnCode = "innCode": Identifier,
    OgrnCode = "ogrnCode": Identifier,
    KppCode = "kppCode": Identifier,
    OkpoCode = "okpoCode": Identifier,
    UscCode = "uscCode": Identifier,
    DunsCode = "dunsCode": Identifier,
    LeiCode = "leiCode": Identifier,
    BikCode = "bikCode": Identifier,
    SwiftBic = "swiftBic": Identifier,
    Iban = "iban": Identifier,
    ImoNumber = "imoNumber": Identifier,
    Mmsi = "mmsi": Identifier,
    CallSign = "callSign": Identifier,
    SerialNumber = "serialNumber": Identifier,
    PublicKey = "publicKey": Identifier,
    Currency = "currency": Text,
    Type = "type": Text,
    LegalForm = "legalForm": Text,
    Model = "model": Text,
    Tonnage = "tonnage": Text,
    GrossRegisteredTonnage = "grossRegisteredTonnage": Text,
    Owner = "owner": Text,
    Operator = "operator": Text,
    Email = "email": Text,
    Phone = "phone": Text,
    Website = "website": Text,
    Program = "program": Text,
    ProgramId = "programId": Text,
    Topics = "topics": Topic,
    Sector = "sector": Text,
    Keywords = "keywords": Text,
    Description = "description": Text,
    Summary = "summary": Text,
    Notes = "notes": Text,
    SourceUrl = "sourceUrl": Text,
    Parent = "parent": Entity,
    Subject = "subject": Entity,
    Object = "object": Entity,
    Role = "role": Text,
    NamesMentioned = "namesMentioned": Text,
    Entity = "entity": Entity,
    Holder = "holder": Entity,
    Number = "number": Identifier,
    AuthorityName = "authority": Text,
    Reason = "reason": Text,
    StartDate = "startDate": Date,
    EndDate = "endDate": Date,
    ListingDate = "listingDate": Date,
    ModifiedAt = "modifiedAt": Date,
}

impl Property {
    /// Whether a value is a whole name to match on, and how strong. Parts of names (`firstName`, `lastName`) are
    /// not names of their own.
    #[must_use]
    pub fn name_strength(&self) -> Option<NameStrength> {
        match self {
            Self::Name => Some(NameStrength::Primary),
            Self::Alias | Self::PreviousName | Self::Abbreviation => Some(NameStrength::Strong),
            Self::WeakAlias => Some(NameStrength::Weak),
            _ => None,
        }
    }
}

impl fmt::Display for Property {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
