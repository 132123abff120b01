//! An address in its parts, and in one line as OFAC's CSV files write it: street, place with postal code, country.

/// Which part a value is, by the name that a form gives it: `address1` or `ADDRESS1`, `stateOrProvince` or
/// `STATE/PROVINCE`. Places of birth are one text, of an `Unknown` kind.
fn slot(kind: &str) -> Option<usize> {
    let kind: String =
        kind.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let kinds: [&[&str]; Address::SLOTS] = [
        &["unknown"],
        &["address1"],
        &["address2"],
        &["address3"],
        &["city"],
        &["stateorprovince", "stateprovince"],
        &["postalcode"],
        &["region"],
        &["country"],
    ];
    kinds.iter().position(|names| names.contains(&&*kind))
}

/// The parts of an address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Address {
    parts: [Option<Box<str>>; Self::SLOTS],
}

impl Address {
    const SLOTS: usize = 9;
    const POSTAL_CODE: usize = 6;
    const REGION: usize = 7;
    const COUNTRY: usize = 8;

    /// Whether the part is one of those known, and was not given before.
    pub(super) fn set(&mut self, kind: &str, value: &str) -> bool {
        let Some(part) = slot(kind).map(|slot| &mut self.parts[slot]).filter(|part| part.is_none()) else {
            return false;
        };
        *part = Some(value.into());
        true
    }

    pub(super) fn country(&self) -> Option<&str> {
        self.parts[Self::COUNTRY].as_deref()
    }

    /// In one line; empty where there are no parts.
    pub(super) fn line(&self) -> String {
        let mut line = String::new();
        let mut before = None;
        for (slot, part) in self.parts.iter().enumerate() {
            let Some(part) = part else { continue };
            // "Limassol 4102": the postal code stands behind its place without a comma.
            let placed = before.is_some_and(|before| (4..Self::POSTAL_CODE).contains(&before));
            if before.is_some() {
                line.push_str(if slot == Self::POSTAL_CODE && placed { " " } else { ", " });
            }
            // "Region: Gaza": what OFAC does not call a country.
            if slot == Self::REGION {
                line.push_str("Region: ");
            }
            line.push_str(part);
            before = Some(slot);
        }
        line
    }
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn lines() {
        let rows: [(&[(&str, &str)], &str); 7] = [
            (&[], ""),
            (&[("country", "Iran")], "Iran"),
            (
                &[
                    ("postalCode", "1077"),
                    ("city", "Amsterdam"),
                    ("stateOrProvince", "Noord-Holland"),
                    ("address1", "Plantsoen 14"),
                ],
                "Plantsoen 14, Amsterdam, Noord-Holland 1077",
            ),
            (
                &[
                    ("ADDRESS2", "Floor 1"),
                    ("ADDRESS1", "Plaza"),
                    ("POSTAL CODE", "4102"),
                    ("COUNTRY", "Cyprus"),
                ],
                "Plaza, Floor 1, 4102, Cyprus",
            ),
            (
                &[("CITY", "Moscow"), ("POSTAL CODE", "119034"), ("country", "Russia")],
                "Moscow 119034, Russia",
            ),
            (&[("REGION", "Gaza"), ("CITY", "Jabaliya")], "Jabaliya, Region: Gaza"),
            (&[("Unknown", "Shati, Gaza")], "Shati, Gaza"),
        ];
        for (parts, expected) in rows {
            let mut address = Address::default();
            assert!(parts.iter().all(|(kind, value)| address.set(kind, value)), "{parts:?}");
            assert_eq!(address.line(), expected, "{parts:?}");
        }
        let mut address = Address::default();
        assert!(!address.set("planet", "Earth") && address.set("CITY", "A") && !address.set("city", "B"));
    }
}
