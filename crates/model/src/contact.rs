//! Contacts: the keys under which two spellings of an e-mail address, a phone number or a website are equal.
//!
//! A key is exact: two that differ may still be one contact, two that are equal are one. What is typed to fill a field
//! (`data/placeholders.tsv`) has none.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::{Country, written};

const PROVIDERS: &str = include_str!("../data/mail_providers.tsv");
const CALLING_CODES: &str = include_str!("../data/calling_codes.tsv");
const SHARED_HOSTS: &str = include_str!("../data/shared_hosts.tsv");
const PLACEHOLDERS: &str = include_str!("../data/placeholders.tsv");

fn rows(table: &'static str) -> impl Iterator<Item = [&'static str; 3]> {
    table.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).map(|line| {
        let mut columns = line.split('\t');
        [(); 3].map(|()| columns.next().unwrap_or(""))
    })
}

type ByFirst = HashMap<&'static str, [&'static str; 3]>;

fn by_first(table: &'static str) -> ByFirst {
    rows(table).map(|row| (row[0], row)).collect()
}

static BY_DOMAIN: LazyLock<ByFirst> = LazyLock::new(|| by_first(PROVIDERS));
static BY_HOST: LazyLock<ByFirst> = LazyLock::new(|| by_first(SHARED_HOSTS));
static BY_COUNTRY: LazyLock<ByFirst> = LazyLock::new(|| by_first(CALLING_CODES));
/// The trunk prefix of a calling code.
static TRUNKS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let mut trunks = HashMap::new();
    for [_, code, trunk] in rows(CALLING_CODES) {
        trunks.entry(code).or_insert(trunk);
    }
    trunks
});
static FILLERS: LazyLock<HashSet<(&str, &str)>> =
    LazyLock::new(|| rows(PLACEHOLDERS).map(|[kind, word, _]| (kind, word)).collect());

/// The key of an e-mail address: small letters, without what the provider ignores (`data/mail_providers.tsv`). `None`
/// for what is no one address, and for placeholders. The ASCII form of an international domain (`xn--`) is not turned
/// into its letters.
#[must_use]
pub fn email_key(text: &str) -> Option<String> {
    let lower = text.trim().to_lowercase();
    // RFC 5322: a sender's name before the address in angle brackets.
    let bare = lower.split_once('<').and_then(|(_, rest)| rest.split('>').next()).unwrap_or(&lower);
    let address = bare.strip_prefix("mailto:").unwrap_or(bare).trim().trim_end_matches([';', ',']);
    let (mailbox, domain) = address.split_once('@')?;
    let domain = domain.trim_end_matches('.');
    let mailbox_letter = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    let filler = FILLERS.contains(&("mailbox", mailbox)) || FILLERS.contains(&("domain", domain));
    if mailbox.is_empty() || !mailbox.chars().all(mailbox_letter) || !is_host(domain) || filler {
        return None;
    }
    let Some([_, domain, ignored]) = BY_DOMAIN.get(domain) else {
        return Some(format!("{mailbox}@{domain}"));
    };
    let untagged = mailbox.split('+').next().filter(|m| ignored.contains('+') && !m.is_empty());
    let mut mailbox = untagged.unwrap_or(mailbox).to_owned();
    if ignored.contains('.') {
        mailbox.retain(|c| c != '.');
    }
    (!mailbox.is_empty()).then(|| format!("{mailbox}@{domain}"))
}

/// Names of hosts: labels of letters, digits and hyphens, the last of them letters, so that no number is one.
pub(crate) fn is_host(host: &str) -> bool {
    let label = |l: &str| {
        !l.is_empty()
            && l.chars().all(|c| c.is_alphanumeric() || c == '-')
            && !l.starts_with('-')
            && !l.ends_with('-')
    };
    let letters =
        |l: &str| l.starts_with("xn--") || (l.chars().count() >= 2 && l.chars().all(char::is_alphabetic));
    host.split('.').all(label) && host.rsplit_once('.').is_some_and(|(_, top)| letters(top))
}

/// Words before a number, and before an extension.
const LABELS: [&str; 11] =
    ["tel", "telephone", "phone", "mobile", "mob", "cell", "fax", "whatsapp", "тел", "هاتف", "تلفن"];
const EXTENSIONS: [&str; 7] = ["ext", "x", "#", "доб", "вн", "int", ";"];

/// The key of a phone number: `+`, calling code and number where it has its calling code (after `+` or `00`) or the
/// country is known; else its digits without the trunk zero, which equal no international number. Extensions are left
/// out. `None` below seven digits, above fifteen (E.164), for digits that are all one or count up, and for other text.
#[must_use]
pub fn phone_key(text: &str, country: Option<Country>) -> Option<String> {
    let text = written::plain(text.trim());
    let text = text.strip_prefix("tel:").unwrap_or(&text);
    let start = text.find(|c: char| c.is_ascii_digit() || c == '+' || c == '(')?;
    let label = text[..start].trim_matches(|c: char| !c.is_alphabetic());
    let number = &text[start..];
    // An extension comes after a number, so the first digits are never one.
    let end = EXTENSIONS.iter().filter_map(|word| number.find(word)).min().unwrap_or(number.len());
    let (number, extension) = number.split_at(end);
    let written_so = |c: char| c.is_ascii_digit() || c.is_whitespace() || "+()-./".contains(c);
    let known_label = label.is_empty() || LABELS.contains(&label);
    if !known_label || !number.chars().all(written_so) || extension.chars().filter(|c| *c == '+').count() > 0
    {
        return None;
    }
    let mut digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let plus = number.trim_start_matches('(').starts_with('+');
    let abroad = plus || digits.starts_with("00");
    if abroad {
        digits = digits.trim_start_matches('0').to_owned();
    }
    let row = country.and_then(|country| BY_COUNTRY.get(country.code()));
    let key = match row {
        _ if abroad => international(&digits)?,
        Some([_, code, trunk]) => {
            // Twelve digits that begin with the calling code have it; North America and Russia have eleven.
            let whole = digits.len() >= 12 || (code.len() == 1 && digits.len() == 11);
            match digits.strip_prefix(code).filter(|_| whole) {
                Some(rest) => format!("+{code}{}", without_trunk(rest, trunk)),
                None => format!("+{code}{}", without_trunk(&digits, trunk)),
            }
        }
        None => digits.strip_prefix('0').unwrap_or(&digits).to_owned(),
    };
    let bare = key.trim_start_matches('+');
    ((7..=15).contains(&bare.len()) && !counts(&digits)).then_some(key)
}

/// A number after `+`: some write the trunk prefix after the calling code, `+44 (0)20`.
fn international(digits: &str) -> Option<String> {
    let code = (1..=3).filter_map(|n| digits.get(..n)).find(|code| TRUNKS.contains_key(code))?;
    // Only a zero: no number begins with it, while an 8 or a 1 may begin one.
    let trunk = TRUNKS.get(code).filter(|trunk| trunk.starts_with('0')).copied().unwrap_or("");
    Some(format!("+{code}{}", without_trunk(&digits[code.len()..], trunk)))
}

fn without_trunk<'a>(digits: &'a str, trunk: &str) -> &'a str {
    // Russia's 8 and North America's 1 may begin a number that has no trunk prefix: those have ten digits.
    let trunk_there = trunk.starts_with('0') || digits.len() > 10;
    digits.strip_prefix(trunk).filter(|_| trunk_there).unwrap_or(digits)
}

/// 0000000, 123456789: one digit repeated, or each the next.
fn counts(digits: &str) -> bool {
    let step = |by: u8| digits.as_bytes().windows(2).all(|w| (w[0] - b'0' + by) % 10 == w[1] - b'0');
    step(0) || step(1) || step(9)
}

/// The key of a website: its host in small letters without `www.`, and on hosts that many share
/// (`data/shared_hosts.tsv`) the name that follows. `None` for such a host alone, and for what is no website.
#[must_use]
pub fn website_key(text: &str) -> Option<String> {
    let lower = text.trim().to_lowercase();
    let rest = lower.split_once("://").map_or(&*lower, |(_, rest)| rest);
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let host = host.split(':').next()?.trim_end_matches('.');
    let host = host.strip_prefix("www.").unwrap_or(host);
    if !is_host(host) || FILLERS.contains(&("domain", host)) {
        return None;
    }
    // The host itself, then what it is below of.
    let parents = std::iter::successors(Some(host), |h| h.split_once('.').map(|(_, parent)| parent));
    let Some([_, shared, kinds]) = parents.filter_map(|h| BY_HOST.get(h)).next() else {
        return Some(host.to_owned());
    };
    let path = path.split(['?', '#']).next()?;
    let name =
        path.split('/').find(|segment| !segment.is_empty() && !kinds.split(';').any(|k| k == *segment))?;
    Some(format!("{shared}/{}", name.trim_start_matches('@')))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn emails() {
        let rows = [
            ("Info@Sovfracht.RU", "info@sovfracht.ru"),
            ("mailto:a.b@Example-Bank.ir", "a.b@example-bank.ir"),
            ("J.Smith+bank@googlemail.com", "jsmith@gmail.com"),
            ("j.smith@gmail.com", "jsmith@gmail.com"),
            ("j.smith+bank@hotmail.com", "j.smith@hotmail.com"),
            ("j.smith@hotmail.com", "j.smith@hotmail.com"),
            ("a+b@peykasa.ir", "a+b@peykasa.ir"),
            ("a@ya.ru", "a@yandex.ru"),
            ("<1044064266@qq.com>", "1044064266@qq.com"),
            ("директор@завод.рф", "директор@завод.рф"),
            ("none@none.com", ""),
            ("info@example.com", ""),
            ("none@bank.ir", ""),
            ("n/a", ""),
            ("@bank.ir", ""),
            ("a@b", ""),
            ("a@b@bank.ir", ""),
            ("a@bank.ir; b@bank.ir", ""),
            ("...@gmail.com", ""),
            ("", ""),
        ];
        for (text, key) in rows {
            assert_eq!(email_key(text).unwrap_or_default(), key, "{text}");
        }
    }

    #[test]
    fn phones() {
        let rows = [
            ("+44 20 7946 0018", "", "+442079460018"),
            ("+44 (0)20 7946 0018", "", "+442079460018"),
            ("0044 20 7946 0018", "", "+442079460018"),
            ("(+44) 20-7946-0018 ext. 5", "", "+442079460018"),
            ("Tel: +44 20 7946 0018 x5", "", "+442079460018"),
            ("020 7946 0018", "gb", "+442079460018"),
            ("020 7946 0018", "", "2079460018"),
            ("20 7946 0018", "gb", "+442079460018"),
            ("۰۲۱ ۸۸۷۷ ۶۶۵۵", "ir", "+982188776655"),
            ("982188776655", "ir", "+982188776655"),
            ("+39 06 6988 1234", "", "+390669881234"),
            ("06 6988 1234", "it", "+390669881234"),
            ("8 (495) 123-45-68", "ru", "+74951234568"),
            ("74951234568", "ru", "+74951234568"),
            ("+7 800 123-45-68", "", "+78001234568"),
            ("812 123-45-68", "ru", "+78121234568"),
            ("1-212-555-0143", "us", "+12125550143"),
            ("(212) 555-0143", "us", "+12125550143"),
            ("8615815351839", "cn", "+8615815351839"),
            ("8615815351839", "", "8615815351839"),
            ("06 1 234 5679", "hu", "+3612345679"),
            ("+999 1234 5679", "", ""),
            ("123456", "", ""),
            ("123456789", "", ""),
            ("0000000", "", ""),
            ("987654321", "ir", ""),
            ("1234567890123456", "", ""),
            ("n/a", "", ""),
            ("Passport 12345679", "", ""),
            ("+442079460018, +442079460019", "", ""),
            ("", "", ""),
        ];
        for (text, country, key) in rows {
            assert_eq!(phone_key(text, Country::find(country)).unwrap_or_default(), key, "{text} {country}");
        }
    }

    #[test]
    fn websites() {
        let rows = [
            ("http://www.NITCshipping.com/about?x=1", "nitcshipping.com"),
            ("https://nitcshipping.com:8080", "nitcshipping.com"),
            ("www.zvezda.spb.ru.", "zvezda.spb.ru"),
            ("президент.рф", "президент.рф"),
            ("https://ru-ru.facebook.com/pages/Some.Name/123", "facebook.com/some.name"),
            ("twitter.com/@Name", "x.com/name"),
            ("t.me/s/name", "t.me/name"),
            ("linkedin.com/in/some-name/", "linkedin.com/some-name"),
            ("facebook.com", ""),
            ("https://www.facebook.com/profile.php?id=1", ""),
            ("gmail.com", ""),
            ("someone@bank.ir", ""),
            ("example.com", ""),
            ("n/a", ""),
            ("1.5", ""),
            ("10.0.0.1", ""),
            ("not a site.com", ""),
            ("", ""),
        ];
        for (text, key) in rows {
            assert_eq!(website_key(text).unwrap_or_default(), key, "{text}");
        }
    }

    #[test]
    fn tables_hold_what_they_say() {
        for [country, code, trunk] in rows(CALLING_CODES) {
            assert_eq!(Country::find(country).map(Country::code), Some(country));
            assert!((1..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit()), "{country}");
            assert!(trunk.bytes().all(|b| b.is_ascii_digit()), "{country}");
            let begins = |other: &[&str; 3]| other[1] != code && other[1].starts_with(code);
            assert!(!rows(CALLING_CODES).any(|other| begins(&other)), "{code} begins another code");
        }
        for table in [PROVIDERS, SHARED_HOSTS] {
            let canonical: HashSet<_> = rows(table).map(|row| row[0]).collect();
            for [host, stands, _] in rows(table) {
                assert!(is_host(host) && canonical.contains(stands), "{host}");
            }
        }
        assert!(
            rows(PLACEHOLDERS)
                .all(|[kind, word, _]| matches!(kind, "domain" | "mailbox") && !word.is_empty())
        );
    }

    proptest! {
        /// Nothing panics, and the key of a key is itself.
        #[test]
        fn any_text_has_a_key_or_none(text in "[a-z0-9.+]{1,8}@[a-z0-9.]{1,12}|[+(]{0,2}[0-9 ()-]{5,18}|[a-z]{0,5}[:/]{0,3}[a-z0-9./@?]{0,16}|\\PC{0,24}") {
            for key in [email_key(&text)].into_iter().flatten() {
                prop_assert_eq!(email_key(&key), Some(key));
            }
            if let Some(key) = website_key(&text) {
                prop_assert_eq!(website_key(&key), Some(key));
            }
            let _ = phone_key(&text, Country::find("ru"));
            if let Some(key) = phone_key(&text, None).filter(|key| key.starts_with('+')) {
                prop_assert_eq!(phone_key(&key, None), Some(key));
            }
        }
    }
}
