//! Identifiers: which register a number belongs to, how two spellings of it compare, and its check digits.

use crate::checksum::{iban_fits, imo_fits, mod_97};
use crate::{Property, contact, wallet};

/// What the check digits of an identifier say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckDigits {
    /// They fit.
    Valid,
    /// They do not: a typing error, or an invented number. Said, never silently dropped.
    Wrong,
    /// The scheme has none, or the value has not the scheme's form.
    None,
}

/// The register that gave an identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Scheme {
    /// A passport.
    Passport,
    /// A national identity number, or another number of a person's papers.
    NationalId,
    /// A tax number, a VAT number.
    Tax,
    /// A company register's number, a licence.
    Registration,
    /// Legal Entity Identifier, ISO 17442.
    Lei,
    /// Business Identifier Code, ISO 9362.
    Bic,
    /// International Bank Account Number, ISO 13616.
    Iban,
    /// IMO ship identification number, or the IMO number of a company.
    Imo,
    /// Maritime Mobile Service Identity, ITU-R M.585.
    Mmsi,
    /// A radio call sign.
    CallSign,
    /// An aircraft's serial or tail number.
    Serial,
    /// A digital currency address.
    Wallet,
    /// An e-mail address.
    Email,
    /// A phone number.
    Phone,
    /// A website, or a page of a party on a host that many share.
    Website,
}

impl Scheme {
    /// The scheme of a property's values; `None` where the property is no identifier.
    #[must_use]
    pub fn of(property: &Property) -> Option<Self> {
        use Property as P;
        Some(match property {
            P::PassportNumber => Self::Passport,
            P::IdNumber | P::SocialSecurityNumber | P::Number => Self::NationalId,
            P::TaxNumber | P::VatCode | P::InnCode => Self::Tax,
            P::RegistrationNumber | P::LicenseNumber | P::OgrnCode | P::KppCode | P::OkpoCode => {
                Self::Registration
            }
            P::UscCode | P::DunsCode | P::BikCode => Self::Registration,
            P::LeiCode => Self::Lei,
            P::SwiftBic => Self::Bic,
            P::Iban => Self::Iban,
            P::ImoNumber => Self::Imo,
            P::Mmsi => Self::Mmsi,
            P::CallSign => Self::CallSign,
            P::SerialNumber => Self::Serial,
            P::PublicKey => Self::Wallet,
            P::Email => Self::Email,
            P::Phone => Self::Phone,
            P::Website => Self::Website,
            _ => return None,
        })
    }

    /// Whether a number of one scheme may be found under the other: customers' files seldom know which register a
    /// number is from, so the papers of a person and of a company compare across their kinds.
    #[must_use]
    pub fn comparable(self, other: Self) -> bool {
        let papers = |s| matches!(s, Self::Passport | Self::NationalId | Self::Tax | Self::Registration);
        self == other || (papers(self) && papers(other))
    }

    /// The key under which two spellings of one identifier are equal: letters and digits, capitals; an IMO number
    /// without its prefix. Wallets keep their case, which is part of a base58 address, except in hexadecimal,
    /// bech32 and Bitcoin Cash's forms, where case has no meaning (EIP-55, BIP-173). Contacts have
    /// keys of their own ([`crate::email_key`] ...). Empty where nothing is left.
    #[must_use]
    pub fn key(self, value: &str) -> String {
        let value = value.trim();
        match self {
            Self::Wallet => return wallet::key(value),
            Self::Email => return contact::email_key(value).unwrap_or_default(),
            Self::Phone => return contact::phone_key(value, None).unwrap_or_default(),
            Self::Website => return contact::website_key(value).unwrap_or_default(),
            _ => {}
        }
        let key: String =
            value.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).map(latin).collect();
        match self {
            Self::Imo => key.strip_prefix("IMO").map_or(key.clone(), str::to_owned),
            // Spreadsheets take the zeros before a number away.
            Self::Passport | Self::NationalId | Self::Tax | Self::Registration
                if key.bytes().all(|b| b.is_ascii_digit()) =>
            {
                key.trim_start_matches('0').to_owned()
            }
            // ISO 9362: the first eight characters are the party, the last three its branch.
            Self::Bic if key.len() == 11 && key.is_ascii() => key[..8].to_owned(),
            Self::Serial => key.trim_start_matches('0').to_owned(),
            _ => key,
        }
    }

    /// Checks the check digits, where the scheme has some. [`crate::check`] knows those of more registers.
    #[must_use]
    pub fn check(self, value: &str) -> CheckDigits {
        if self == Self::Wallet {
            return wallet::check(value);
        }
        let key = self.key(value);
        let digits = key.bytes().all(|b| b.is_ascii_digit());
        let fits = match self {
            Self::Imo if digits && key.len() == 7 => imo_fits(key.as_bytes()),
            Self::Lei if key.len() == 20 && key.is_ascii() => mod_97(&key) == 1,
            Self::Iban if (15..=34).contains(&key.len()) && key.is_ascii() => iban_fits(&key),
            _ => return CheckDigits::None,
        };
        if fits { CheckDigits::Valid } else { CheckDigits::Wrong }
    }
}

/// The Latin letter for a Cyrillic one that looks like it: the series of Ukrainian and Russian papers are read both ways.
fn latin(c: char) -> char {
    match c {
        'А' => 'A',
        'В' => 'B',
        'Е' => 'E',
        'І' => 'I',
        'К' => 'K',
        'М' => 'M',
        'Н' => 'H',
        'О' => 'O',
        'Р' => 'P',
        'С' => 'C',
        'Т' => 'T',
        'У' => 'Y',
        'Х' => 'X',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits() {
        let rows = [
            (Scheme::Imo, "IMO 9074729", CheckDigits::Valid),
            (Scheme::Imo, "9074728", CheckDigits::Wrong),
            (Scheme::Imo, "12", CheckDigits::None),
            (Scheme::Lei, "253400WSS48YWMBUA688", CheckDigits::Valid),
            (Scheme::Lei, "253400WSS48YWMBUA689", CheckDigits::Wrong),
            (Scheme::Iban, "GB82 WEST 1234 5698 7654 32", CheckDigits::Valid),
            (Scheme::Iban, "GB82 WEST 1234 5698 7654 33", CheckDigits::Wrong),
            // The check digits fit, and the length is not Britain's.
            (Scheme::Iban, "GB29 1234 5678", CheckDigits::None),
            (Scheme::Iban, "GB16 WEST 1234 5698 7654 3200", CheckDigits::Wrong),
            (Scheme::Iban, "NO93 8601 1117 947", CheckDigits::Valid),
            (Scheme::Iban, "IR06 2960 0000 0010 0324 2000 01", CheckDigits::Valid),
            // A company's.
            (Scheme::Imo, "1142781", CheckDigits::Valid),
            (Scheme::Imo, "1142782", CheckDigits::Wrong),
            (Scheme::Passport, "X1", CheckDigits::None),
        ];
        for (scheme, value, expected) in rows {
            assert_eq!(scheme.check(value), expected, "{scheme:?} {value}");
        }
    }

    #[test]
    fn keys() {
        let rows = [
            (Scheme::NationalId, "006-7948431", "67948431"),
            (Scheme::Imo, "IMO9074729", "9074729"),
            (Scheme::Bic, "RUAGRUMMXXX", "RUAGRUMM"),
            (Scheme::Email, "General@Sovfracht.ru", "general@sovfracht.ru"),
            (Scheme::Phone, "+7 (495) 123-45-68", "+74951234568"),
            (Scheme::Website, "http://www.sovfracht.ru/", "sovfracht.ru"),
            (Scheme::Website, "n/a", ""),
            (
                Scheme::Wallet,
                "0x098B716B8Aaf21512996dC57EB0615e2383E2f96",
                "0x098b716b8aaf21512996dc57eb0615e2383e2f96",
            ),
            (Scheme::Wallet, "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),
        ];
        for (scheme, value, expected) in rows {
            assert_eq!(scheme.key(value), expected);
        }
    }
}
