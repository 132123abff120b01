//! What a firm decides for itself: where the line is, by list and schema; what counts; who is out of scope.

mod read;
mod setting;

pub use read::PolicyError;
pub use setting::Setting;

use model::Schema;

use crate::Configuration;
use setting::canonical;

/// The built-in policy as a file with a comment on every key: what a firm starts its own from.
pub const DEFAULT_POLICY: &str = include_str!("../../data/policy.toml");

/// The name of the built-in policy, which no other may bear.
const DEFAULT_NAME: &str = "default";

/// A firm's decisions. `docs/policy.md` documents the file; [`Policy::from_toml`] reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// What results and receipts call it.
    pub name: String,
    /// What holds where no rule says otherwise.
    pub default: Configuration,
    /// What holds for some lists and schemata. Later rules win, property by property.
    pub rules: Vec<Rule>,
    /// Which sanctions programmes are screened for.
    pub programmes: Programmes,
}

/// Settings for the listed parties of one list, one schema, or both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The list, by the name of its dataset; `None`: every list.
    pub list: Option<String>,
    /// The schema of the listed party, with those that FollowTheMoney derives from it (a rule for Organization covers
    /// Company and PublicBody, one for LegalEntity people too); `None`: every schema.
    pub schema: Option<Schema>,
    /// What it sets.
    pub settings: Vec<Setting>,
}

/// Which sanctions programmes are screened for, by the tags that the list gives (`CUBA`, `SDGT`). A party for which
/// the list names no programme is always in scope.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Programmes {
    /// Every programme.
    #[default]
    All,
    /// Every programme but these: a party is out of scope if all its programmes are among them.
    Exclude(Vec<String>),
    /// These programmes alone: a party is out of scope if none of its programmes is among them.
    Only(Vec<String>),
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            name: DEFAULT_NAME.to_owned(),
            default: Configuration::default(),
            rules: Vec::new(),
            programmes: Programmes::All,
        }
    }
}

impl From<Configuration> for Policy {
    /// A policy without rules, for callers that have no file.
    fn from(default: Configuration) -> Self {
        let name = if default == Configuration::default() { DEFAULT_NAME } else { "own" };
        Self { name: name.to_owned(), default, ..Self::default() }
    }
}

impl Policy {
    /// What rules the listed parties of a schema on a list; without a list, what rules them where no list is known.
    #[must_use]
    pub fn settle(&self, list: Option<&str>, schema: &Schema) -> Configuration {
        let mut configuration = self.default.clone();
        for rule in self.rules.iter().filter(|rule| rule.covers(list, schema)) {
            rule.settings.iter().for_each(|setting| setting.apply(&mut configuration));
        }
        configuration
    }

    /// The whole policy in a fixed textual form: what a receipt hashes, and what a reader can check.
    #[must_use]
    pub fn canonical(&self) -> String {
        let mut parts = vec![format!("name={:?}", self.name), canonical(&self.default.settings())];
        parts.extend(self.rules.iter().map(|rule| {
            let list = rule.list.as_ref().map(|list| format!(" list={list:?}")).unwrap_or_default();
            let schema = rule.schema.as_ref().map(|schema| format!(" schema={schema}")).unwrap_or_default();
            format!("rule{list}{schema} {}", canonical(&rule.settings))
        }));
        parts.extend(match &self.programmes {
            Programmes::All => None,
            Programmes::Exclude(tags) => Some(format!("exclude={tags:?}")),
            Programmes::Only(tags) => Some(format!("only={tags:?}")),
        });
        parts.join("; ")
    }

    /// What the policy says to no effect, whatever it is used on: rules that later ones overrule in all they set.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        let overruled = |(n, rule): (usize, &Rule)| {
            let later = &self.rules[n + 1..];
            let by = |setting: &Setting| {
                let sets = |other: &&Rule| other.settings.iter().any(|s| s.key() == setting.key());
                later.iter().filter(|other| other.covers_all_of(rule)).any(|other| sets(&other))
            };
            rule.settings.iter().all(by).then(|| {
                format!(
                    "rule {} ({}) never applies: later rules set the same for all that it covers",
                    n + 1,
                    rule.scope()
                )
            })
        };
        let mut warnings: Vec<String> = self.rules.iter().enumerate().filter_map(overruled).collect();
        warnings.extend(self.default.warnings());
        warnings
    }
}

impl Rule {
    /// Whether it rules the parties of a schema on a list.
    #[must_use]
    pub fn covers(&self, list: Option<&str>, schema: &Schema) -> bool {
        self.list.as_deref().is_none_or(|own| Some(own) == list)
            && self.schema.as_ref().is_none_or(|own| schema.is_a(own))
    }

    fn covers_all_of(&self, other: &Rule) -> bool {
        let list = self.list.is_none() || self.list == other.list;
        let schema = match (&self.schema, &other.schema) {
            (None, _) => true,
            (Some(own), Some(theirs)) => theirs.is_a(own),
            (Some(own), None) => *own == Schema::Thing,
        };
        list && schema
    }

    /// What it covers, in words.
    #[must_use]
    pub fn scope(&self) -> String {
        let list = self.list.as_ref().map(|list| format!("list {list}"));
        let schema = self.schema.as_ref().map(|schema| format!("schema {schema}"));
        list.into_iter().chain(schema).collect::<Vec<_>>().join(", ")
    }
}

impl Programmes {
    /// Whether a party of these programmes is screened for. None named: yes, for who is not known to be out of scope
    /// is in it.
    pub fn in_scope<'a>(&self, programmes: impl IntoIterator<Item = &'a str>) -> bool {
        let mut programmes = programmes.into_iter().peekable();
        let among = |tags: &[String], programme: &str| tags.iter().any(|tag| same_tag(tag, programme));
        if programmes.peek().is_none() {
            return true;
        }
        match self {
            Self::All => true,
            Self::Exclude(tags) => programmes.any(|programme| !among(tags, programme)),
            Self::Only(tags) => programmes.any(|programme| among(tags, programme)),
        }
    }

    /// The programmes that it names.
    #[must_use]
    pub fn tags(&self) -> &[String] {
        match self {
            Self::All => &[],
            Self::Exclude(tags) | Self::Only(tags) => tags,
        }
    }
}

/// Whether two tags name one programme: publishers and policies differ in case and blanks round them.
#[must_use]
pub fn same_tag(a: &str, b: &str) -> bool {
    a.trim().eq_ignore_ascii_case(b.trim())
}
