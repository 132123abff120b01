//! Codes and numbers in the words of the field.

use crate::view::{Basis, Strength};

/// What a reviewer calls a FollowTheMoney property; one that has no entry is taken apart: `callSign`, "Call sign".
pub(crate) fn property(name: &str) -> String {
    let known = match name {
        "name" => "Name",
        "alias" => "Strong alias (a.k.a.)",
        "weakAlias" => "Weak alias (a.k.a.)",
        "previousName" => "Former name (f.k.a.)",
        "program" => "Programme",
        "birthDate" => "Date of birth",
        "birthPlace" => "Place of birth",
        "idNumber" => "National ID No.",
        "passportNumber" => "Passport No.",
        "taxNumber" => "Tax ID No.",
        "registrationNumber" => "Registration No.",
        "imoNumber" => "IMO number",
        "mmsi" => "MMSI",
        "swiftBic" => "SWIFT/BIC",
        "publicKey" => "Digital currency address",
        "linkedTo" => "Linked to",
        "linkedFrom" => "Linked from",
        _ => return apart(name),
    };
    known.to_owned()
}

/// `onlyQuery`, `only_query`: "Only query".
fn apart(code: &str) -> String {
    let mut words = String::new();
    for c in code.chars() {
        if c == '_' {
            words.push(' ');
        } else if words.is_empty() {
            words.extend(c.to_uppercase());
        } else if c.is_uppercase() {
            words.push(' ');
            words.extend(c.to_lowercase());
        } else {
            words.push(c);
        }
    }
    words
}

/// What a kind of evidence says.
pub(crate) fn kind(code: &str) -> String {
    let known = match code {
        "exact" => "the same",
        "agree" => "agrees",
        "spelling" => "spelling variant",
        "near" => "differs by a few letters",
        "skeleton" => "same consonants",
        "joined" => "joined or split words",
        "legal_form" => "legal form",
        "conflict" => "contradicts",
        "only_query" => "only with the customer",
        "only_candidate" => "only on the list",
        "best_of" => "best of several listed names",
        "namesakes" => "many bear names like these",
        "month" => "agrees to the month",
        "year" => "agrees to the year",
        "swapped" => "day and month swapped",
        "transposed" => "two digits exchanged",
        "off_by_one" => "one step apart",
        "one_digit" => "one digit of the year differs",
        "same_year" => "the same year, another day",
        "related" => "related countries",
        "city" => "the same town",
        "postcode" => "the same postcode",
        _ => return apart(code).to_lowercase(),
    };
    known.to_owned()
}

/// What an incident of an access log is.
pub(crate) fn incident(code: &str) -> String {
    let known = match code {
        "enumeration" => "Records taken one by one",
        "sql_injection" => "SQL injection",
        "xss" => "Script injection",
        "traversal" => "Path traversal",
        "error_profile" => "Many errors",
        "admin_probing" => "Search for administration pages",
        _ => return apart(code),
    };
    known.to_owned()
}

/// What an event of a timeline is.
pub(crate) fn moment(code: &str) -> String {
    let known = match code {
        "scan" => "Attack or scan:",
        "scrape_begins" => "Records taken, from",
        "scrape_ends" => "Records taken, until",
        "mailing_begins" => "Mailing, first copy:",
        "mailing_ends" => "Mailing, last copy:",
        "posts_begin" => "Posts, first:",
        "posts_end" => "Posts, last:",
        _ => return apart(code),
    };
    known.to_owned()
}

/// Another way in which the recipients of a mailing may have come about.
pub(crate) fn source(code: &str) -> String {
    let known = match code {
        "independent_list" => "a list made without the site",
        "public_file" => "the public file, drawn at random",
        "public_file_by_choice" => "the public file, by choice",
        _ => return apart(code).to_lowercase(),
    };
    known.to_owned()
}

/// "+ 25 min", "+ 31.5 h".
pub(crate) fn minutes_later(minutes: u64) -> String {
    if minutes < 100 {
        return format!("+ {minutes} min");
    }
    let tenths = (minutes + 3) / 6;
    format!("+ {}.{} h", tenths / 10, tenths % 10)
}

/// A claim's predicate as it stands between subject and object.
pub(crate) fn predicate(code: &str) -> String {
    let known = match code {
        "sanctioned_by" => "was sanctioned by",
        "delisted_by" => "was taken off the list by",
        "charged_with" => "was charged with",
        "charged_before" => "was charged before",
        "convicted_of" => "was convicted of",
        "owns" => "owns",
        "director_of" => "manages, or is on the board of,",
        "employed_by" => "works for",
        "member_of" => "belongs to",
        "acts_for" => "acts for",
        "family_of" => "is kin of",
        "associate_of" => "deals with",
        "formerly" => "was formerly",
        "linked_to" => "is linked to",
        "of_country" => "is of",
        "did" => "of whom it is said:",
        _ => return apart(code).to_lowercase(),
    };
    known.to_owned()
}

/// A claim's standing: a mark that is not a colour, the word, and what it means.
pub(crate) fn standing(code: &str) -> (&'static str, String, &'static str) {
    let (mark, meaning) = match code {
        "designated" => ("\u{25a0}", "an authority sanctioned the subject: an act, not an accusation"),
        "charged" => ("\u{25b2}", "a prosecutor brought charges; the subject is presumed innocent"),
        "convicted" => ("\u{25c6}", "a court found it so, or the subject pleaded guilty"),
        "alleged" => ("?", "somebody accuses; nobody has decided"),
        "asserted" => ("\u{2022}", "somebody says so, as plain fact"),
        "denied" => ("\u{2715}", "the subject, or somebody for it, says that it is not so"),
        "unsubstantiated" => ("\u{2205}", "the document itself says that there is no evidence for it"),
        "historical" => ("\u{25cb}", "it was so once, and is no longer, by the document\u{2019}s own word"),
        _ => ("\u{2013}", "a standing that this page does not know"),
    };
    (mark, apart(code), meaning)
}

pub(crate) fn strength(strength: Strength) -> &'static str {
    match strength {
        Strength::Primary => "primary name",
        Strength::Strong => "strong alias",
        Strength::Weak => "weak alias",
    }
}

pub(crate) fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Name => "by name",
        Basis::Identifier => "by identifier",
    }
}

/// Ten-thousandths with four decimals, as the engine prints a score.
pub(crate) fn score(n: i32) -> String {
    let sign = if n < 0 { "\u{2212}" } else { "" };
    format!("{sign}{}.{:04}", n.unsigned_abs() / 10_000, n.unsigned_abs() % 10_000)
}

/// Millibits as bits with one decimal, rounded half away from zero.
pub(crate) fn bits(millibits: i32) -> String {
    let tenths = (millibits.unsigned_abs() + 50) / 100;
    let sign = if millibits < 0 && tenths > 0 { "\u{2212}" } else { "" };
    format!("{sign}{}.{}", tenths / 10, tenths % 10)
}

/// The same, with a plus where it speaks for the match.
pub(crate) fn signed_bits(millibits: i32) -> String {
    if millibits >= 50 { format!("+{}", bits(millibits)) } else { bits(millibits) }
}

/// "1 match", "2 matches".
#[must_use]
pub fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_become_words() {
        for (code, words) in [
            ("birthDate", "Date of birth"),
            ("callSign", "Call sign"),
            ("gender", "Gender"),
            ("", ""),
            ("Émile", "Émile"),
        ] {
            assert_eq!(property(code), words);
        }
        assert_eq!([incident("traversal"), incident("web_shell")], ["Path traversal", "Web shell"]);
        assert_eq!(
            [moment("posts_end"), source("public_file")],
            ["Posts, last:", "the public file, drawn at random"]
        );
        assert_eq!([predicate("acts_for"), predicate("some_other")], ["acts for", "some other"]);
        assert_eq!(standing("denied").1, "Denied");
        assert_eq!(standing("some_other").1, "Some other");
        assert_eq!(
            (kind("only_query").as_str(), kind("some_other").as_str()),
            ("only with the customer", "some other")
        );
    }

    #[test]
    fn numbers_as_they_are_printed() {
        assert_eq!([score(9669), score(10_000), score(-5)], ["0.9669", "1.0000", "\u{2212}0.0005"]);
        assert_eq!([bits(58_152), bits(-1_457), bits(-49), bits(0)], ["58.2", "\u{2212}1.5", "0.0", "0.0"]);
        assert_eq!([signed_bits(1_875), signed_bits(-900), signed_bits(0)], ["+1.9", "\u{2212}0.9", "0.0"]);
        assert_eq!(bits(i32::MIN), "\u{2212}2147483.6");
        assert_eq!([0, 99, 100, 1893].map(minutes_later), ["+ 0 min", "+ 99 min", "+ 1.7 h", "+ 31.6 h"]);
    }
}
