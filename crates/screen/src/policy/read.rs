//! The policy file: TOML, every error with its line, its column and a remedy.

use std::ops::Range;

use model::Schema;
use text::distance_within;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::setting::{KEYS, Value};
use super::{DEFAULT_NAME, Policy, Programmes, Rule, Setting};

/// Longest name that a policy may have, in characters: every result carries it.
const LONGEST_NAME: usize = 64;

/// Why a policy file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{line}:{column}: {message}")]
pub struct PolicyError {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub remedy: String,
}

type Place = Range<usize>;
type Node<'t> = Spanned<DeValue<'t>>;

impl Policy {
    /// Reads a policy file.
    ///
    /// # Errors
    /// The text is no TOML, has a key that is not known, a value that a key cannot have, or a rule for nobody. Nothing
    /// is passed over: a setting that is not read would be a decision that is not taken.
    pub fn from_toml(text: &str) -> Result<Self, PolicyError> {
        Reader { text }.policy()
    }
}

struct Reader<'t> {
    text: &'t str,
}

impl<'t> Reader<'t> {
    fn policy(&self) -> Result<Policy, PolicyError> {
        let root = DeTable::parse(self.text).map_err(|e| {
            let at = e.span().unwrap_or(0..0);
            self.error(
                at,
                format!("no TOML: {}", e.message()),
                "see https://toml.io, or begin with: interdict policy default",
            )
        })?;
        let mut policy = Policy { name: String::new(), ..Policy::default() };
        let mut name_place = 0..0;
        for (key, value) in in_order(root.get_ref()) {
            match &**key.get_ref() {
                "name" => {
                    name_place = value.span();
                    policy.name = self.name(value)?;
                }
                "match" => {
                    for (key, value) in in_order(self.table(key, value, "[match]")?) {
                        self.setting("[match]", &[], key, value)?.apply(&mut policy.default);
                    }
                }
                "programmes" => policy.programmes = self.programmes(key, value)?,
                "rule" => policy.rules = self.rules(key, value)?,
                _ => return Err(self.unknown(key, "a policy", &["name", "match", "programmes", "rule"])),
            }
        }
        if policy.name.is_empty() {
            return Err(self.error(
                name_place,
                "the policy has no name",
                "name = \"retail-onboarding\", on top of the file",
            ));
        }
        if policy.name == DEFAULT_NAME && policy != Policy::default() {
            let message = "default is the name of the built-in policy, and this is another";
            return Err(self.error(
                name_place,
                message,
                "give it a name of its own: receipts and results carry it",
            ));
        }
        Ok(policy)
    }

    fn name(&self, value: &Node<'t>) -> Result<String, PolicyError> {
        let name = value.get_ref().as_str().map(str::trim).filter(|name| {
            (1..=LONGEST_NAME).contains(&name.chars().count()) && !name.contains(char::is_control)
        });
        name.map(str::to_owned).ok_or_else(|| {
            self.wrong(
                "name",
                value,
                &format!("a text of 1 to {LONGEST_NAME} characters on one line, in quotation marks"),
            )
        })
    }

    fn programmes(&self, key: &Spanned<DeString<'t>>, value: &Node<'t>) -> Result<Programmes, PolicyError> {
        let mut programmes = Programmes::All;
        for (key, value) in in_order(self.table(key, value, "[programmes]")?) {
            let of: fn(Vec<String>) -> Programmes = match &**key.get_ref() {
                "exclude" => Programmes::Exclude,
                "only" => Programmes::Only,
                _ => return Err(self.unknown(key, "[programmes]", &["exclude", "only"])),
            };
            if programmes != Programmes::All {
                let message = "exclude and only together";
                return Err(self.error(
                    key.span(),
                    message,
                    "say either what is out of scope, or what alone is in it",
                ));
            }
            programmes = of(self.tags(key.get_ref(), value)?);
        }
        Ok(programmes)
    }

    fn tags(&self, key: &str, value: &Node<'t>) -> Result<Vec<String>, PolicyError> {
        const WANTED: &str = "a list of programme tags as the list has them, such as [\"CUBA\", \"SDGT\"]";
        let list = value.get_ref().as_array().filter(|list| !list.is_empty());
        let list = list.ok_or_else(|| self.wrong(key, value, WANTED))?;
        let mut tags = Vec::new();
        for tag in list.iter() {
            let text = tag.get_ref().as_str().map(str::trim).filter(|text| !text.is_empty());
            tags.push(text.ok_or_else(|| self.wrong(key, tag, WANTED))?.to_owned());
        }
        // Their order says nothing: the same programmes are the same policy.
        tags.sort();
        tags.dedup();
        Ok(tags)
    }

    fn rules(&self, key: &Spanned<DeString<'t>>, value: &Node<'t>) -> Result<Vec<Rule>, PolicyError> {
        let rules = value.get_ref().as_array().ok_or_else(|| {
            self.error(
                key.span(),
                "rule is no list of rules",
                "write [[rule]], in double brackets, above each rule",
            )
        })?;
        rules.iter().map(|rule| self.rule(rule)).collect()
    }

    fn rule(&self, node: &Node<'t>) -> Result<Rule, PolicyError> {
        let Some(table) = node.get_ref().as_table() else {
            return Err(self.wrong(
                "rule",
                node,
                "a table: write [[rule]], in double brackets, above each rule",
            ));
        };
        let mut rule = Rule { list: None, schema: None, settings: Vec::new() };
        for (key, value) in in_order(table) {
            match &**key.get_ref() {
                "list" => {
                    let list = value.get_ref().as_str().map(str::trim).filter(|list| !list.is_empty());
                    let wanted =
                        "the dataset of a list, such as \"ofac_sdn\" (interdict lists show PATH says it)";
                    rule.list = Some(list.ok_or_else(|| self.wrong("list", value, wanted))?.to_owned());
                }
                "schema" => rule.schema = Some(self.schema(value)?),
                _ => rule.settings.push(self.setting("a rule", &["list", "schema"], key, value)?),
            }
        }
        let at = node.span().start..node.span().start;
        if rule.list.is_none() && rule.schema.is_none() {
            return Err(self.error(
                at,
                "the rule names no list and no schema",
                "what holds for all stands under [match]",
            ));
        }
        if rule.settings.is_empty() {
            let remedy = format!("set one of {}, or take the rule out", key_names(&[]).join(", "));
            return Err(self.error(at, "the rule sets nothing", remedy));
        }
        Ok(rule)
    }

    fn schema(&self, value: &Node<'t>) -> Result<Schema, PolicyError> {
        let names: Vec<&str> = Schema::PARTIES.iter().map(Schema::name).collect();
        let Some(text) = value.get_ref().as_str() else {
            return Err(self.wrong(
                "schema",
                value,
                "the name of a schema in quotation marks, such as \"Vessel\"",
            ));
        };
        let schema = Schema::from_name(text);
        if schema.is_party() {
            return Ok(schema);
        }
        let near = nearest(text, &names).map(|near| format!("did you mean {near}? ")).unwrap_or_default();
        let message = format!("no listed party has the schema {}", shown(text));
        Err(self.error(value.span(), message, format!("{near}there are {}", names.join(", "))))
    }

    fn setting(
        &self,
        place: &str,
        others: &[&'static str],
        key: &Spanned<DeString<'t>>,
        value: &Node<'t>,
    ) -> Result<Setting, PolicyError> {
        let Some(known) = KEYS.iter().find(|known| known.name == &**key.get_ref()) else {
            return Err(self.unknown(key, place, &key_names(others)));
        };
        let read = match value.get_ref() {
            DeValue::Boolean(truth) => Some(Value::Truth(*truth)),
            DeValue::Float(number) => number.as_str().parse().ok().map(Value::Number),
            DeValue::Integer(number) => {
                i32::from_str_radix(number.as_str(), number.radix()).ok().map(|n| Value::Number(n.into()))
            }
            _ => None,
        };
        let setting = read.and_then(|read| known.set(read));
        setting.ok_or_else(|| self.wrong(known.name, value, known.wanted))
    }

    fn table<'v>(
        &self,
        key: &Spanned<DeString<'t>>,
        value: &'v Node<'t>,
        called: &str,
    ) -> Result<&'v DeTable<'t>, PolicyError> {
        value.get_ref().as_table().ok_or_else(|| {
            let remedy = format!("write {called} on a line of its own, and its keys below");
            self.error(key.span(), format!("{} is no table", key.get_ref()), remedy)
        })
    }

    fn unknown(&self, key: &Spanned<DeString<'t>>, place: &str, known: &[&str]) -> PolicyError {
        let near =
            nearest(key.get_ref(), known).map(|near| format!("did you mean {near}? ")).unwrap_or_default();
        let message = format!("{place} has no key {}", shown(key.get_ref()));
        self.error(key.span(), message, format!("{near}{place} has {}", known.join(", ")))
    }

    fn wrong(&self, key: &str, value: &Node<'t>, wanted: &str) -> PolicyError {
        let text = self.text.get(value.span()).unwrap_or_default();
        self.error(value.span(), format!("{key} cannot be {}", shown(text)), format!("give {wanted}"))
    }

    fn error(&self, at: Place, message: impl Into<String>, remedy: impl Into<String>) -> PolicyError {
        let before = self.text.get(..at.start).unwrap_or(self.text);
        let line_start = before.rfind('\n').map_or(0, |n| n + 1);
        PolicyError {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            message: message.into(),
            remedy: remedy.into(),
        }
    }
}

/// Entries in the order of the file, so that its first error is the one that is told.
fn in_order<'v, 't>(table: &'v DeTable<'t>) -> Vec<(&'v Spanned<DeString<'t>>, &'v Node<'t>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

fn key_names(others: &[&'static str]) -> Vec<&'static str> {
    others.iter().copied().chain(KEYS.iter().map(|key| key.name)).collect()
}

/// The known name that a typed one most likely means, in any case.
fn nearest<'k>(typed: &str, known: &[&'k str]) -> Option<&'k str> {
    let typed = typed.to_lowercase();
    if !typed.is_ascii() {
        return None;
    }
    let limit = (typed.len() / 3).max(1) as u32;
    let far = |name: &&str| distance_within(&typed, &name.to_lowercase(), limit);
    known
        .iter()
        .filter_map(|name| far(name).map(|d| (d, *name)))
        .min_by_key(|(d, _)| *d)
        .map(|(_, name)| name)
}

/// A part of the file in a message: on one line, and not the whole of it.
fn shown(text: &str) -> String {
    const MOST: usize = 40;
    let line = text.lines().next().unwrap_or_default();
    let short: String = line.chars().take(MOST).collect();
    if short.len() < text.len() { format!("{short}...") } else { short }
}
