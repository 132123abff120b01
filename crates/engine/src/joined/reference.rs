//! The UN's permanent reference numbers, by which authorities name the listing that they repeat.

/// A reference under the key by which two spellings of it are equal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Reference {
    pub(super) key: Box<str>,
    /// Whether it has the form of today, which each party has once: another one is another party.
    pub(super) permanent: bool,
}

/// Forms until 2014 and their regime today: `QI.A.5.01` is QDi.005. The number stayed; the first letter of the name and
/// the year of the listing went (simplified references of the 1267 and 1988 committees).
const OLD: [(&str, &str); 4] = [("QI", "QDI"), ("QE", "QDE"), ("TI", "TAI"), ("TE", "TAE")];

impl Reference {
    /// Reads a reference; `None` where the text has not the form of one. Authorities write `KPI.067` for `KPi.067`.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = text.trim().trim_end_matches('.').to_ascii_uppercase();
        let parts: Vec<&str> = text.split('.').collect();
        let number = |part: &str| part.parse::<u32>().ok().filter(|_| part.len() <= 4);
        let letters = |part: &str, n: usize| part.len() == n && part.bytes().all(|b| b.is_ascii_uppercase());
        let permanent =
            |regime: &str, number: u32| Self { key: format!("{regime}.{number:03}").into(), permanent: true };
        match parts[..] {
            [regime, n] if letters(regime, 3) && regime.ends_with(['I', 'E']) => {
                Some(permanent(regime, number(n)?))
            }
            [old, letter, n, year] if letters(letter, 1) && number(year).is_some() => {
                let (_, regime) = OLD.iter().find(|(form, _)| *form == old)?;
                Some(permanent(regime, number(n)?))
            }
            // Annexes of resolutions before there were permanent references: "E.29.II.9".
            [first, .., last] if letters(first, 1) && number(last).is_some() => {
                Some(Self { key: text.into(), permanent: false })
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Reference;

    #[test]
    fn forms() {
        let rows = [
            ("QDi.001", Some(("QDI.001", true))),
            (" KPI.067. ", Some(("KPI.067", true))),
            ("QI.A.5.01", Some(("QDI.005", true))),
            ("QE.A.137.14", Some(("QDE.137", true))),
            ("TI.M.12.01", Some(("TAI.012", true))),
            ("E.29.II.9", Some(("E.29.II.9", false))),
            ("QDi", None),
            ("EU.27.28", None),
            ("12345", None),
            ("", None),
            ("...", None),
            ("QDi.x", None),
        ];
        for (text, expected) in rows {
            let read = Reference::read(text);
            assert_eq!(read.as_ref().map(|r| (&*r.key, r.permanent)), expected, "{text}");
        }
    }
}
