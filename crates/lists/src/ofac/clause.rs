//! Remarks to clauses, and what stands in a clause: numbers with their country and dates, quoted names, wallets.

use model::{Country, PartialDate};

/// The clauses of remarks, with their offsets. They end at a semicolon; a quoted alias ends at the apostrophe before
/// one, or before the end, so that neither its apostrophes nor its semicolons cut it.
pub(super) fn clauses(remarks: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    // Once no closing apostrophe was found, there is none further on either.
    let mut closable = true;
    std::iter::from_fn(move || {
        while at < remarks.len() {
            let rest = &remarks[at..];
            let start = at + (rest.len() - rest.trim_start().len());
            let rest = rest.trim_start();
            let mut end = None;
            if closable && let Some(from) = quote(rest) {
                end = closing(rest, from);
                closable = end.is_some();
            }
            let length = end.unwrap_or_else(|| rest.find(';').unwrap_or(rest.len()));
            at = start + length + 1;
            let clause = rest[..length].trim_end();
            if !clause.is_empty() {
                return Some((start, clause));
            }
        }
        None
    })
}

/// Where a quoted alias begins, after its apostrophe.
fn quote(clause: &str) -> Option<usize> {
    let body = alternative(clause);
    let name =
        ["a.k.a. ", "f.k.a. ", "n.k.a. ", "d.b.a. "].iter().find_map(|label| body.strip_prefix(label))?;
    let name = name.trim_start().strip_prefix('\'')?;
    Some(clause.len() - name.len())
}

/// The end of a clause whose quoted name begins at `from`.
fn closing(clause: &str, from: usize) -> Option<usize> {
    clause[from..].match_indices('\'').find_map(|(n, _)| {
        let after = from + n + 1;
        let rest = &clause[after..];
        let rest = rest.strip_prefix('.').unwrap_or(rest).trim_start();
        (rest.is_empty() || rest.starts_with(';')).then_some(clause.len() - rest.len())
    })
}

/// The clause without "alt. ".
pub(super) fn alternative(clause: &str) -> &str {
    let alt = clause.get(..5).is_some_and(|head| head.eq_ignore_ascii_case("alt. "));
    if alt { clause[5..].trim_start() } else { clause }
}

/// The clause without the parentheses that the XML forms put around the links: `(Linked To: A; Linked To: B)`.
pub(super) fn unwrapped(clause: &str) -> &str {
    let clause = clause.strip_prefix('(').filter(|inside| inside.starts_with("Linked To:")).unwrap_or(clause);
    let is_link = clause.starts_with("Linked To:");
    let open = clause.matches('(').count();
    match clause.strip_suffix(')').filter(|_| is_link && clause.matches(')').count() > open) {
        Some(inside) => inside.trim_end(),
        None => clause,
    }
}

/// The name in `'NAME'` or `'NAME'.`; a name without apostrophes is taken as it stands.
pub(super) fn unquoted(value: &str) -> Option<&str> {
    match value.strip_prefix('\'') {
        Some(name) => name.strip_suffix('.').unwrap_or(name).strip_suffix('\''),
        None => Some(value),
    }
}

/// A number as clauses give it: `Z3079423 (India) issued 13 Oct 2018 expires 13 Oct 2023`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Number<'a> {
    pub(super) number: &'a str,
    pub(super) country: Option<&'a str>,
    /// A place in further parentheses: `88198 (Jalisco) (Mexico)`.
    pub(super) authority: Option<&'a str>,
    pub(super) issued: Option<&'a str>,
    pub(super) expires: Option<&'a str>,
    /// There is more in the clause than these.
    pub(super) more: bool,
}

impl<'a> Number<'a> {
    /// Reads what follows the label; `None` where no number stands there.
    pub(super) fn read(value: &'a str) -> Option<Self> {
        let mut number = Self::default();
        let mut rest = value.trim();
        for (word, date) in [(" expires ", &mut number.expires), (" issued ", &mut number.issued)] {
            if let Some((before, after)) = rest.rsplit_once(word)
                && PartialDate::parse(after).is_some()
            {
                *date = Some(after.trim());
                rest = before.trim_end();
            }
        }
        while let Some((before, inside)) = parenthesis(rest) {
            let place =
                inside.chars().any(char::is_alphabetic) && !inside.bytes().any(|b| b.is_ascii_digit());
            let known = || Country::find(inside).is_some() || inside.starts_with("Region");
            let slot = if number.country.is_none() && number.authority.is_none() && known() {
                &mut number.country
            } else {
                &mut number.authority
            };
            if !place || slot.is_some() {
                break;
            }
            *slot = Some(inside);
            rest = before;
        }
        // The number ends where a sentence begins: "4117921 issued under the name ...".
        let word = |w: &str| w.len() > 1 && w.bytes().all(|b| b.is_ascii_lowercase());
        let mut from = 0;
        for part in rest.split_inclusive(' ') {
            if word(part.trim_end().trim_end_matches(',')) {
                number.more = true;
                rest = rest[..from].trim_end();
                break;
            }
            from += part.len();
        }
        number.number = rest.trim_end_matches(',');
        // Bank codes and tail numbers may be letters only, but then they are one word in capitals.
        let text = number.number;
        let digits = text.bytes().any(|b| b.is_ascii_digit());
        let code = text.len() > 1 && text.bytes().all(|b| b.is_ascii_uppercase() || b == b'-');
        (digits || code).then_some(number)
    }
}

/// `before (inside)` at the end of a text.
fn parenthesis(text: &str) -> Option<(&str, &str)> {
    let (before, inside) = text.strip_suffix(')')?.rsplit_once(" (")?;
    (!inside.contains(')')).then_some((before.trim_end(), inside.trim()))
}

/// Currency and address of `XBT 1Kuf2R...`.
pub(super) fn wallet(value: &str) -> Option<(&str, &str)> {
    let (currency, address) = value.split_once(' ')?;
    let address = address.trim();
    (!address.is_empty() && !address.contains(' ')).then_some((currency, address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_split_into_clauses() {
        let rows: [(&str, &[&str]); 9] = [
            ("", &[]),
            (" ; ;", &[]),
            ("DOB 1946; POB Town, Land", &["DOB 1946", "POB Town, Land"]),
            ("a.k.a. 'X'; DOB 1946", &["a.k.a. 'X'", "DOB 1946"]),
            ("a.k.a. ''ABD-AL-'IZ'; b", &["a.k.a. ''ABD-AL-'IZ'", "b"]),
            ("a.k.a. 'ONE; TWO'; b", &["a.k.a. 'ONE; TWO'", "b"]),
            ("a.k.a. 'X'.; alt. f.k.a. 'Y'.", &["a.k.a. 'X'.", "alt. f.k.a. 'Y'."]),
            ("a.k.a. 'cut; DOB 1946; a.k.a. 'AGAI", &["a.k.a. 'cut", "DOB 1946", "a.k.a. 'AGAI"]),
            ("é; a.k.a. 'Ö'", &["é", "a.k.a. 'Ö'"]),
        ];
        for (remarks, expected) in rows {
            let found: Vec<&str> = clauses(remarks).map(|(_, clause)| clause).collect();
            assert_eq!(found, expected, "{remarks}");
            assert!(clauses(remarks).all(|(at, clause)| remarks[at..].starts_with(clause)), "{remarks}");
        }
    }

    #[test]
    fn links_in_parentheses() {
        let rows = [
            ("(Linked To: A CO., LTD.)", "Linked To: A CO., LTD."),
            ("(Linked To: A", "Linked To: A"),
            ("Linked To: B)", "Linked To: B"),
            ("Linked To: GUARD (IRGC)-QODS FORCE", "Linked To: GUARD (IRGC)-QODS FORCE"),
            ("(Linked To: GUARD (IRGC))", "Linked To: GUARD (IRGC)"),
            ("(other)", "(other)"),
            ("other)", "other)"),
        ];
        for (clause, expected) in rows {
            assert_eq!(unwrapped(clause), expected, "{clause}");
        }
    }

    #[test]
    fn names_between_apostrophes() {
        let rows = [
            ("'X'", Some("X")),
            ("'X'.", Some("X")),
            ("''ABD-AL-'IZ'", Some("'ABD-AL-'IZ")),
            ("'ABU HAZA''", Some("ABU HAZA'")),
            ("'cut", None),
            ("plain", Some("plain")),
        ];
        for (value, expected) in rows {
            assert_eq!(unquoted(value), expected, "{value}");
        }
    }

    #[test]
    fn numbers() {
        let n = |number| Number { number, ..Number::default() };
        let rows = [
            ("0067948431 (Iran)", Some(Number { country: Some("Iran"), ..n("0067948431") })),
            ("19820215", Some(n("19820215"))),
            (
                "1084 (Korea, North) issued 13 Oct 2018 expires 13 Oct 2023",
                Some(Number {
                    country: Some("Korea, North"),
                    issued: Some("13 Oct 2018"),
                    expires: Some("13 Oct 2023"),
                    ..n("1084")
                }),
            ),
            (
                "Z30 (India) expires 01 Jan 2026 to 31 Dec 2026",
                Some(Number {
                    country: Some("India"),
                    expires: Some("01 Jan 2026 to 31 Dec 2026"),
                    ..n("Z30")
                }),
            ),
            ("E38 issued Jul 1997", Some(Number { issued: Some("Jul 1997"), ..n("E38") })),
            (
                "88198 (Jalisco) (Mexico)",
                Some(Number { country: Some("Mexico"), authority: Some("Jalisco"), ..n("88198") }),
            ),
            ("88198 (Cali)", Some(Number { authority: Some("Cali"), ..n("88198") })),
            ("D489833(9) (Hong Kong)", Some(Number { country: Some("Hong Kong"), ..n("D489833(9)") })),
            (
                "12/BAHANA(N)010135 (Burma)",
                Some(Number { country: Some("Burma"), ..n("12/BAHANA(N)010135") }),
            ),
            ("FN 117595 i", Some(n("FN 117595 i"))),
            ("4117921 issued under the name X", Some(Number { more: true, ..n("4117921") })),
            ("EP-MMH", Some(n("EP-MMH"))),
            ("BNAMGBXX (Cuba)", Some(Number { country: Some("Cuba"), ..n("BNAMGBXX") })),
            ("Pending", None),
            ("issued in Sarajevo", None),
            ("(Iran)", None),
            ("", None),
        ];
        for (value, expected) in rows {
            assert_eq!(Number::read(value), expected, "{value}");
        }
    }

    #[test]
    fn wallets() {
        let rows = [("XBT 1Kuf", Some(("XBT", "1Kuf"))), ("XBT", None), ("XBT 1 2", None), ("", None)];
        for (value, expected) in rows {
            assert_eq!(wallet(value), expected, "{value}");
        }
    }
}
