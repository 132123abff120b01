//! What the XML forms give with a label: papers and features. The labels are those that the remarks of the CSV files
//! begin their clauses with, so the same table says what they are.

use model::{Locator, Property};

use super::clause::Number;
use super::remarks::{Beside, Party};
use super::rules::{self, Rule, Shape};
use crate::report::LoadReport;

/// A labelled value with what is said of it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Labelled<'a> {
    pub(super) label: &'a str,
    pub(super) value: &'a str,
    /// Country of issue.
    pub(super) country: Option<&'a str>,
    /// Authority, or place, of issue.
    pub(super) authority: Option<&'a str>,
    pub(super) issued: Option<&'a str>,
    pub(super) expires: Option<&'a str>,
    /// More that was said of it.
    pub(super) summary: Option<&'a str>,
}

impl Labelled<'_> {
    /// As a clause of the remarks: `Passport A12 (Iran) issued 01 Feb 2008`.
    fn clause(&self) -> String {
        let mut clause = format!("{} {}", self.label, self.value).trim().to_owned();
        for place in [self.authority, self.country].into_iter().flatten() {
            clause += &format!(" ({place})");
        }
        for (word, date) in [("issued", self.issued), ("expires", self.expires)] {
            if let Some(date) = date {
                clause += &format!(" {word} {date}");
            }
        }
        if let Some(more) = self.summary {
            clause += &format!(", {more}");
        }
        clause
    }
}

impl<'a> Labelled<'a> {
    /// The number, where the rule found in `body` (label and value) wants one. A rule may take in the beginning of the
    /// value: "Vessel Registration Identification" with "IMO 9187629". Now and then a country stands with the number
    /// instead of in its own field: "1026303117642 (Russia)".
    pub(super) fn number(&self, rule: &Rule, body: &'a str) -> Option<Number<'a>> {
        let number = Number::read(body.get(rule.label.len().max(self.label.len())..)?)?;
        Some(Number {
            country: self.country.or(number.country),
            authority: self.authority.or(number.authority),
            issued: self.issued.or(number.issued),
            expires: self.expires.or(number.expires),
            ..number
        })
    }

    /// What kind of paper it is: "Registration Certificate Number (Dubai)" is more than its rule.
    pub(super) fn kind(&self, rule: &'a Rule) -> &'a str {
        let label = self.bare_label();
        if label.len() > rule.label.len() { label } else { rule.label }
    }

    fn bare_label(&self) -> &'a str {
        self.label.trim_end_matches([' ', ':', '#', '-'])
    }

    fn has_details(&self) -> bool {
        [self.country, self.authority, self.issued, self.expires, self.summary].iter().any(Option::is_some)
    }
}

impl Party<'_> {
    /// States a labelled value, or notes it.
    pub(super) fn labelled(
        &mut self,
        item: &Labelled<'_>,
        locator: Locator,
        beside: &mut Beside,
        report: &mut LoadReport,
    ) {
        report.clauses += 1;
        let body = format!("{} {}", item.label, item.value);
        let schema = &self.entity.schema;
        // "Title" is "Title:" in the remarks.
        let rule = rules::labelled(&body, schema)
            .or_else(|| rules::labelled(&format!("{}:", item.bare_label()), schema))
            .filter(|rule| rule.property != Property::Notes);
        let stated = rule.is_some_and(|rule| self.state(rule, &body, &body, Some(item), locator, beside));
        let numbered = rule.is_some_and(|rule| matches!(rule.shape, Shape::Code | Shape::Paper));
        if !stated || (item.has_details() && !numbered) {
            self.note(&item.clause(), locator, report);
        }
    }
    /// States a feature. What OFAC itself calls false is only noted, and any word on it but `Confirmed` is noted with it.
    pub(super) fn feature(
        &mut self,
        label: &str,
        value: &str,
        reliability: Option<&str>,
        locator: Locator,
        beside: &mut Beside,
        report: &mut LoadReport,
    ) {
        if reliability != Some("False") {
            let item = Labelled { label, value, ..Labelled::default() };
            self.labelled(&item, locator, beside, report);
        }
        if let Some(doubt) = reliability.filter(|word| !matches!(*word, "Confirmed" | "Unknown")) {
            report.clauses += 1;
            self.add(&Property::Notes, &format!("{label} {value}: {doubt}"), locator);
            report.unmapped(&format!("{label}: {doubt}"));
        }
    }
}
