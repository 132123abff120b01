//! Check digits of the registers that a property names, or a country: tax numbers, identity cards, companies.
//!
//! The rules are published, each under the name of its source. All but PESEL and ISIN were also held against the numbers
//! of that register that OFAC published on 28 December 2023: nearly all fit (of Mexico's RFC, nine in ten).

use crate::checksum::{luhn, mod_11, resident_id, rest_11, sum, value_36, weighted_letters};
use crate::{CheckDigits, Country, Property, Scheme};

/// A register whose numbers have check digits.
struct Register {
    country: &'static str,
    /// `d` a digit, `A` a letter, `R` a letter or `&`, `x` a letter or a digit.
    form: &'static str,
    /// Properties under which a number of this form is one of the register's.
    properties: &'static [Property],
    fits: fn(&[u8]) -> bool,
}

use Property as P;

const REGISTERS: &[Register] = &[
    // INN: order of Russia's tax service MMV-7-6/435@ of 2012.
    Register {
        country: "ru",
        form: "dddddddddd",
        properties: &[P::InnCode, P::TaxNumber],
        fits: |n| mod_11(n, &[2, 4, 10, 3, 5, 9, 4, 6, 8]),
    },
    Register {
        country: "ru",
        form: "dddddddddddd",
        properties: &[P::InnCode, P::TaxNumber],
        fits: |n| {
            mod_11(n, &[7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) && mod_11(n, &[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8])
        },
    },
    // OGRN of companies, OGRNIP of entrepreneurs: order of Russia's Ministry of Finance 165n of 2017.
    Register {
        country: "ru",
        form: "ddddddddddddd",
        properties: &[P::OgrnCode, P::RegistrationNumber],
        fits: |n| whole(n) % 11 % 10 == last(n),
    },
    Register {
        country: "ru",
        form: "ddddddddddddddd",
        properties: &[P::OgrnCode, P::RegistrationNumber],
        fits: |n| whole(n) % 13 % 10 == last(n),
    },
    // Unified Social Credit Code: GB 32100-2015.
    Register {
        country: "cn",
        form: "xxxxxxxxxxxxxxxxxx",
        properties: &[P::UscCode, P::RegistrationNumber, P::TaxNumber],
        fits: social_credit_code,
    },
    // Resident identity card: GB 11643-1999.
    Register { country: "cn", form: "dddddddddddddddddx", properties: &[P::IdNumber], fits: resident_id },
    // National number of a person, of a company: National Organization for Civil Registration; Iran's tax service.
    Register {
        country: "ir",
        form: "dddddddddd",
        properties: &[P::IdNumber],
        fits: |n| {
            rest_11(sum(n, &[10, 9, 8, 7, 6, 5, 4, 3, 2])) == n[9] - b'0' && n.iter().any(|d| *d != n[0])
        },
    },
    Register {
        country: "ir",
        form: "ddddddddddd",
        properties: &[P::IdNumber, P::RegistrationNumber, P::TaxNumber],
        fits: |n| {
            let weights = [29, 27, 23, 19, 17, 29, 27, 23, 19, 17];
            let more = u32::from(n[9] - b'0') + 2;
            let rest = (sum(n, &weights) + more * weights.iter().sum::<u32>()) % 11;
            rest % 10 == u32::from(n[10] - b'0')
        },
    },
    // T.C. Kimlik No.: law 5490 on the civil register.
    Register { country: "tr", form: "ddddddddddd", properties: &[P::IdNumber], fits: turkish_person },
    // CPF and CNPJ: Receita Federal; letters in a CNPJ by its instruction 2229 of 2024.
    Register {
        country: "br",
        form: "ddddddddddd",
        properties: &[P::TaxNumber],
        fits: |n| {
            let check = |weights: &[u32]| brazilian(sum(n, weights)) == n[weights.len()] - b'0';
            check(&[10, 9, 8, 7, 6, 5, 4, 3, 2])
                && check(&[11, 10, 9, 8, 7, 6, 5, 4, 3, 2])
                && n.iter().any(|d| *d != n[0])
        },
    },
    Register {
        country: "br",
        form: "xxxxxxxxxxxxdd",
        properties: &[P::TaxNumber, P::RegistrationNumber],
        fits: |n| {
            let check = |weights: &[u32]| brazilian(sum(n, weights)) == n[weights.len()] - b'0';
            check(&[5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) && check(&[6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2])
        },
    },
    // NIT: administrative order 4 of 1989 of Colombia's tax service.
    Register {
        country: "co",
        form: "dddddddddd",
        properties: &[P::TaxNumber],
        fits: |n| rest_11(sum(n, &[41, 37, 29, 23, 19, 17, 13, 7, 3])) == n[9] - b'0',
    },
    // RUC: Peru's tax service.
    Register {
        country: "pe",
        form: "ddddddddddd",
        properties: &[P::TaxNumber],
        fits: |n| (11 - sum(n, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 10 == u32::from(n[10] - b'0'),
    },
    // CURP: instruction of Mexico's population register. RFC: Mexico's tax service.
    Register {
        country: "mx",
        form: "AAAAddddddAAAAAAxd",
        properties: &[P::IdNumber, P::TaxNumber],
        fits: curp,
    },
    Register { country: "mx", form: "RRRddddddxxx", properties: &[P::TaxNumber], fits: rfc },
    Register { country: "mx", form: "RRRRddddddxxx", properties: &[P::TaxNumber], fits: rfc },
    // DNI and NIE: Spain's Royal Decree 1553/2005.
    Register { country: "es", form: "ddddddddA", properties: &[P::IdNumber, P::TaxNumber], fits: spanish },
    Register { country: "es", form: "AdddddddA", properties: &[P::IdNumber, P::TaxNumber], fits: spanish },
    // Codice fiscale: decree of Italy's Ministry of Finance of 23 December 1976.
    Register {
        country: "it",
        form: "AAAAAAxxAxxAxxxA",
        properties: &[P::IdNumber, P::TaxNumber, P::SocialSecurityNumber],
        fits: weighted_letters,
    },
    // PESEL: Poland's law on the register of the population, of 2010.
    Register {
        country: "pl",
        form: "ddddddddddd",
        properties: &[P::IdNumber],
        fits: |n| (10 - sum(n, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10) % 10 == u32::from(n[10] - b'0'),
    },
];

/// Checks the check digits of a property's value, by the register that the property names (`innCode`, `uscCode`,
/// `imoNumber`, `isin` ...), else by any register that may have given it: see [`check_with_country`].
#[must_use]
pub fn check(property: &Property, value: &str) -> CheckDigits {
    check_with_country(property, value, None)
}

/// Checks the check digits of a property's value whose country may be known.
///
/// An `idNumber` is any country's number. Without a country it is never [`CheckDigits::Wrong`]; it is
/// [`CheckDigits::Valid`] where a register's check digits fit, which one number in ten or so does by chance. With one,
/// only that country's registers are asked, and a number of their form must fit.
#[must_use]
pub fn check_with_country(property: &Property, value: &str, country: Option<Country>) -> CheckDigits {
    if matches!(property, P::Other(name) if matches!(&**name, "isin" | "isinCode")) {
        return isin(value);
    }
    let owned = match property {
        P::InnCode | P::OgrnCode => Some("ru"),
        P::UscCode => Some("cn"),
        _ => None,
    };
    let known = owned.or(country.map(Country::code));
    let number: String =
        value.chars().filter(|c| c.is_alphanumeric() || *c == '&').flat_map(char::to_uppercase).collect();
    let mut verdict = CheckDigits::None;
    for register in REGISTERS.iter().filter(|r| r.properties.contains(property)) {
        if known.is_some_and(|code| code != register.country) || !has_form(&number, register.form) {
            continue;
        }
        if (register.fits)(number.as_bytes()) {
            return CheckDigits::Valid;
        }
        if known.is_some() {
            verdict = CheckDigits::Wrong;
        }
    }
    match Scheme::of(property) {
        Some(scheme) if verdict == CheckDigits::None => scheme.check(value),
        _ => verdict,
    }
}

fn has_form(number: &str, form: &str) -> bool {
    number.len() == form.len()
        && number.bytes().zip(form.bytes()).all(|(c, kind)| match kind {
            b'd' => c.is_ascii_digit(),
            b'A' => c.is_ascii_uppercase(),
            b'R' => c.is_ascii_uppercase() || c == b'&',
            _ => c.is_ascii_digit() || c.is_ascii_uppercase(),
        })
}

/// 11 less the rest modulo 11; 0 where that has two digits.
fn brazilian(sum: u32) -> u8 {
    let rest = 11 - (sum % 11) as u8;
    if rest > 9 { 0 } else { rest }
}

/// All but the last digit.
fn whole(n: &[u8]) -> u64 {
    n[..n.len() - 1].iter().fold(0, |number, d| number * 10 + u64::from(d - b'0'))
}

fn last(n: &[u8]) -> u64 {
    u64::from(n[n.len() - 1] - b'0')
}

/// Letters and digits without I, O, S, V, Z; weights are powers of 3, modulo 31.
fn social_credit_code(n: &[u8]) -> bool {
    const LETTERS: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let values: Option<Vec<usize>> = n.iter().map(|c| LETTERS.iter().position(|l| l == c)).collect();
    values.is_some_and(|v| {
        let (sum, _) = v[..17].iter().fold((0, 1), |(sum, weight), v| (sum + v * weight, weight * 3 % 31));
        (31 - sum % 31) % 31 == v[17]
    })
}

fn turkish_person(n: &[u8]) -> bool {
    let digit = |i: usize| u32::from(n[i] - b'0');
    let (odd, even): (u32, u32) = ((0..9).step_by(2).map(digit).sum(), (1..8).step_by(2).map(digit).sum());
    // 7 times the odd places less the even ones, modulo 10; taking away is adding nine times.
    digit(0) > 0 && (odd * 7 + even * 9) % 10 == digit(9) && (0..10).map(digit).sum::<u32>() % 10 == digit(10)
}

/// The letters follow the Spanish alphabet: after N comes Ñ.
fn curp(n: &[u8]) -> bool {
    let value = |c: u8| value_36(c) + u32::from(c > b'N');
    let sum: u32 = n[..17].iter().zip(1..).map(|(c, place)| value(*c) * (19 - place)).sum();
    (10 - sum % 10) % 10 == u32::from(n[17] - b'0')
}

/// A company's number has a letter fewer, and a space before it. `&` stands among the letters, after N.
fn rfc(n: &[u8]) -> bool {
    let value = |c: u8| match c {
        b'&' => 24,
        c => value_36(c) + u32::from(c > b'N'),
    };
    let (check, letters) = (n[n.len() - 1], &n[..n.len() - 1]);
    let space = if letters.len() == 11 { 37 * 13 } else { 0 };
    let sum: u32 = letters.iter().rev().zip(2..).map(|(c, weight)| value(*c) * weight).sum();
    let expected = match 11 - (sum + space) % 11 {
        11 => b'0',
        10 => b'A',
        digit => b'0' + digit as u8,
    };
    check == expected
}

fn spanish(n: &[u8]) -> bool {
    let first = match n[0] {
        b'X' => b'0',
        b'Y' => b'1',
        b'Z' => b'2',
        other => other,
    };
    let number = whole(&[&[first], &n[1..]].concat());
    first.is_ascii_digit() && b"TRWAGMYFPDXBNJZSQVHLCKE"[(number % 23) as usize] == n[8]
}

/// ISO 6166: a country, nine characters, and a check digit after Luhn over the digits, with A as 10.
fn isin(value: &str) -> CheckDigits {
    let number = value.trim().to_ascii_uppercase();
    if !has_form(&number, "AAxxxxxxxxxd") {
        return CheckDigits::None;
    }
    let digits: String = number.bytes().map(|c| value_36(c).to_string()).collect();
    if luhn(digits.as_bytes()) { CheckDigits::Valid } else { CheckDigits::Wrong }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use CheckDigits::{None, Valid, Wrong};

    proptest! {
        /// Whatever stands in a column of numbers, nothing panics, and without a country no paper is wrong.
        #[test]
        fn any_value_is_checked(value in "[0-9A-Z&]{8,20}|[XYZ&A-Z]?[0-9]{7,18}[0-9A-Z]?|\\PC{0,24}", at in 0..REGISTERS.len()) {
            for property in REGISTERS[at].properties {
                let _ = check_with_country(property, &value, Country::find(REGISTERS[at].country));
            }
            prop_assert_ne!(check(&P::IdNumber, &value), Wrong);
            for property in [P::LeiCode, P::Iban, P::ImoNumber, P::Other("isin".into())] {
                let _ = check(&property, &value);
            }
        }
    }

    #[test]
    fn check_digits_by_property_and_country() {
        // Numbers that OFAC publishes, or the examples of the rules themselves (44051401359, US0378331005, 12345678Z).
        let rows = [
            ("innCode", "0261013879", "", Valid),
            ("innCode", "0261013878", "", Wrong),
            ("innCode", "010200122926", "", Valid),
            ("innCode", "010200122962", "", Wrong),
            ("innCode", "26101387", "", None),
            ("taxNumber", "0261013879", "ru", Valid),
            ("taxNumber", "0261013870", "ru", Wrong),
            ("taxNumber", "0261013879", "de", None),
            ("ogrnCode", "1020201881116", "", Valid),
            ("ogrnCode", "1020201881117", "", Wrong),
            ("ogrnCode", "319222500100953", "", Valid),
            ("ogrnCode", "319222500100954", "", Wrong),
            ("kppCode", "770401001", "", None),
            ("uscCode", "9111000010000106X1", "", Valid),
            ("uscCode", "9111000010000106X2", "", Wrong),
            ("uscCode", "911100001000010IX1", "", Wrong),
            ("idNumber", "11010819630903003X", "cn", Valid),
            ("idNumber", "110108196309030031", "cn", Wrong),
            ("idNumber", "110108196309030031", "", None),
            ("idNumber", "001-139503-6", "", Valid),
            ("idNumber", "0011395037", "", None),
            ("idNumber", "0011395037", "ir", Wrong),
            ("idNumber", "1111111111", "ir", Wrong),
            ("registrationNumber", "10100171920", "ir", Valid),
            ("registrationNumber", "10100171921", "ir", Wrong),
            ("registrationNumber", "427602", "ir", None),
            ("idNumber", "10103653560", "tr", Valid),
            ("idNumber", "10103653561", "tr", Wrong),
            ("taxNumber", "234.904.268-51", "br", Valid),
            ("taxNumber", "234.904.268-52", "br", Wrong),
            ("taxNumber", "31.746.200/0001-11", "br", Valid),
            ("taxNumber", "31.746.200/0001-12", "br", Wrong),
            ("taxNumber", "12.ABC.345/01DE-35", "br", Valid),
            ("taxNumber", "800018928-0", "co", Valid),
            ("taxNumber", "800018928-1", "co", Wrong),
            ("taxNumber", "20104242244", "pe", Valid),
            ("taxNumber", "20104242245", "pe", Wrong),
            ("idNumber", "AAAO650225HNLMLN03", "mx", Valid),
            ("idNumber", "AAAO650225HNLMLN04", "", None),
            ("idNumber", "AAAO650225HNLMLN04", "mx", Wrong),
            ("taxNumber", "AAAW800711FN9", "", Valid),
            ("taxNumber", "AAC100303FP1", "mx", Valid),
            ("taxNumber", "AAC100303FP2", "mx", Wrong),
            ("idNumber", "X-1552120-B", "es", Valid),
            ("idNumber", "X-1552120-C", "es", Wrong),
            ("idNumber", "12345678Z", "", Valid),
            ("idNumber", "B72884711", "es", None),
            ("taxNumber", "WDDHBB70H10Z352O", "it", Valid),
            ("taxNumber", "WDDHBB70H10Z352P", "it", Wrong),
            ("idNumber", "44051401359", "pl", Valid),
            ("idNumber", "44051401358", "pl", Wrong),
            ("isin", "US0378331005", "", Valid),
            ("isin", "US0378331006", "", Wrong),
            ("imoNumber", "IMO 9074729", "", Valid),
            ("swiftBic", "RUAGRUMM", "", None),
            ("mmsi", "572469210", "", None),
            ("idNumber", "ИНН", "", None),
            ("name", "0261013879", "", None),
        ];
        for (property, value, country, expected) in rows {
            let property = Property::from_name(property);
            let found = check_with_country(&property, value, Country::find(country));
            assert_eq!(found, expected, "{property} {value} {country}");
        }
    }
}
