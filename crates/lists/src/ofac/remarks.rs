//! Clauses to statements, papers, wallets and links.

use model::{Entity, Locator, Property, Schema, Statement};

use super::clause::{self, Number};
use super::labelled::Labelled;
use super::links::Link;
use super::rules::{self, Rule, Shape};
use crate::draft::Draft;
use crate::report::LoadReport;

/// One party while its remarks are read.
pub(super) struct Party<'a> {
    pub(super) entity: &'a mut Draft,
    /// The party's place among the entities.
    pub(super) index: usize,
    /// Counts what belongs to it, for the ids of these.
    pub(super) parts: usize,
}

/// What the remarks give beside the party's own values.
#[derive(Default)]
pub(super) struct Beside {
    pub(super) papers: Vec<Entity>,
    pub(super) links: Vec<Link>,
}

impl Party<'_> {
    pub(super) fn add(&mut self, property: &Property, value: &str, locator: Locator) {
        self.entity.add(property, value, locator);
    }

    /// Keeps what was not understood, and counts it.
    pub(super) fn note(&mut self, value: &str, locator: Locator, report: &mut LoadReport) {
        self.add(&Property::Notes, value, locator);
        report.unmapped(value);
    }

    /// States the clauses of remarks.
    pub(super) fn remarks(
        &mut self,
        remarks: &str,
        locator: Locator,
        beside: &mut Beside,
        report: &mut LoadReport,
    ) {
        let remarks = remarks.trim_end();
        for (_, clause) in clause::clauses(remarks.strip_suffix('.').unwrap_or(remarks)) {
            self.clause(clause::unwrapped(clause), locator, beside, report);
        }
    }

    /// States a clause.
    pub(super) fn clause(
        &mut self,
        clause: &str,
        locator: Locator,
        beside: &mut Beside,
        report: &mut LoadReport,
    ) {
        report.clauses += 1;
        let body = clause::alternative(clause);
        let rule = rules::find(body, &self.entity.schema).filter(|r| r.property != Property::Notes);
        if !rule.is_some_and(|rule| self.state(rule, clause, body, None, locator, beside)) {
            self.note(clause, locator, report);
        }
    }

    /// Whether the clause had the shape that the rule expects. What a form gives in fields of its own is not looked for
    /// in the clause.
    pub(super) fn state(
        &mut self,
        rule: &'static Rule,
        clause: &str,
        body: &str,
        fields: Option<&Labelled<'_>>,
        locator: Locator,
        beside: &mut Beside,
    ) -> bool {
        // A rule found by a word within the clause does not begin it: it wants the whole clause, and its length may
        // end inside a letter.
        let value = body.get(rule.label.len()..).unwrap_or_default().trim_start_matches([' ', ':', ',']);
        let property = &rule.property;
        let value = match rule.shape {
            Shape::Whole => clause,
            Shape::Text => value,
            Shape::Quoted => clause::unquoted(value).unwrap_or(""),
            Shape::Link => {
                if value.is_empty() {
                    return false;
                }
                beside.links.push(Link::linked_to(self.index, value, locator));
                return true;
            }
            Shape::Wallet => return self.wallet(property, value, locator, beside),
            Shape::Code | Shape::Paper => {
                let (number, kind, more) = match fields {
                    Some(item) => (item.number(rule, body), item.kind(rule), item.summary),
                    None => (Number::read(bare(value)), rule.label, None),
                };
                let Some(number) = number else { return false };
                self.add(property, number.number, locator);
                let plain = number == Number { number: number.number, ..Number::default() } && more.is_none();
                if rule.shape == Shape::Paper || !plain {
                    let more = more.or(number.more.then_some(clause));
                    let paper = self.paper(property, kind, &number, more, locator);
                    beside.papers.push(paper);
                }
                return true;
            }
        };
        if value.trim().is_empty() {
            return false;
        }
        self.add(property, value, locator);
        true
    }

    fn part(&mut self, kind: &str, schema: Schema, size: usize) -> Entity {
        self.parts += 1;
        let mut part = Entity::new(format!("{}-{kind}-{}", self.entity.id, self.parts), schema);
        part.statements.reserve_exact(size);
        part
    }

    fn paper(
        &mut self,
        property: &Property,
        kind: &str,
        number: &Number<'_>,
        more: Option<&str>,
        locator: Locator,
    ) -> Entity {
        let schema = match property {
            Property::PassportNumber => Schema::Passport,
            _ => Schema::Identification,
        };
        let values = [
            (Property::Number, Some(number.number)),
            (Property::Type, Some(kind)),
            (Property::Country, number.country),
            (Property::AuthorityName, number.authority),
            (Property::StartDate, number.issued),
            (Property::EndDate, number.expires),
            (Property::Summary, more),
        ];
        let size = 1 + values.iter().filter(|(_, value)| value.is_some()).count();
        let mut paper = self.part("paper", schema, size);
        paper.statements.push(Statement::new(Property::Holder, self.entity.id.clone(), locator));
        for (property, value) in values {
            paper.statements.extend(value.map(|value| Statement::new(property, value, locator)));
        }
        paper
    }

    fn wallet(&mut self, property: &Property, value: &str, locator: Locator, beside: &mut Beside) -> bool {
        let Some((currency, address)) = clause::wallet(value) else { return false };
        self.add(property, address, locator);
        self.add(&Property::Currency, currency, locator);
        let mut wallet = self.part("wallet", Schema::CryptoWallet, 3);
        let holder = self.entity.id.clone();
        wallet.statements.push(Statement::new(Property::Holder, holder, locator));
        wallet.statements.push(Statement::new(Property::PublicKey, address, locator));
        wallet.statements.push(Statement::new(Property::Currency, currency, locator));
        beside.papers.push(wallet);
        true
    }
}

/// The number without what stands around it: `# 12`, `(No. 12)`.
fn bare(value: &str) -> &str {
    let value = value.trim_start_matches(['#', ' ', ':']);
    let value = value.strip_prefix("No. ").unwrap_or(value);
    value.strip_prefix('(').and_then(|v| v.strip_suffix(')')).unwrap_or(value)
}
