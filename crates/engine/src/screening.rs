//! A library under a policy: which settings rule each listed party, who is out of scope, and the searches under it.

use std::collections::BTreeMap;
use std::sync::Arc;

use model::{Property, Schema};
use screen::{
    Answer, Candidates, Configuration, Effort, Policy, Programmes, Request, Rules, Ruling, Score, exhaustive,
};

use crate::scope::Scope;
use crate::{EngineError, Library, Query, ScreenList, Search};

/// Lists under a policy, settled once and searched many times.
pub struct Screening<'a> {
    library: &'a Library,
    ruled: Arc<Ruled>,
}

/// What a policy makes of the parties of some lists.
struct Ruled {
    policy: Policy,
    ruling: Ruling,
    /// Listed parties that are out of scope, for each list.
    out_of_scope: Vec<usize>,
    warnings: Vec<String>,
}

/// What rules the parties of one schema on one list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// The list's dataset; `None`: any list.
    pub list: Option<String>,
    /// The schema of the parties; `None`: any schema.
    pub schema: Option<Schema>,
    /// How many are listed, where a list is there.
    pub parties: Option<usize>,
    /// How many of them are out of scope by their programmes.
    pub out_of_scope: usize,
    /// What rules them.
    pub configuration: Configuration,
    /// Numbers of the rules that cover them, from 1.
    pub rules: Vec<usize>,
}

/// What a policy says by itself: a row for everybody, and one for the scope of each of its rules.
#[must_use]
pub fn settled(policy: &Policy) -> Vec<Settled> {
    let mut rows = vec![settled_row(policy, None, None)];
    for rule in &policy.rules {
        let row = settled_row(policy, rule.list.as_deref(), rule.schema.as_ref());
        if !rows.contains(&row) {
            rows.push(row);
        }
    }
    rows
}

fn settled_row(policy: &Policy, list: Option<&str>, schema: Option<&Schema>) -> Settled {
    // Whoever is of no schema in particular is ruled by what is said of all.
    let of = schema.unwrap_or(&Schema::Thing);
    let covering = policy.rules.iter().zip(1..).filter(|(rule, _)| rule.covers(list, of));
    Settled {
        list: list.map(str::to_owned),
        schema: schema.cloned(),
        parties: None,
        out_of_scope: 0,
        configuration: policy.settle(list, of),
        rules: covering.map(|(_, number)| number).collect(),
    }
}

impl Library {
    /// The lists under a policy.
    ///
    /// # Errors
    /// The policy leaves nobody in scope: nothing could be found and everybody would pass.
    pub fn under(&self, policy: &Policy) -> Result<Screening<'_>, EngineError> {
        Ok(Screening { library: self, ruled: Arc::new(Ruled::of(self, policy)?) })
    }

    /// Lists that are a part of others, under a policy for all of them: here it may leave nobody in scope, and rule nobody.
    pub(crate) fn part_under(&self, policy: &Policy) -> Result<Screening<'_>, EngineError> {
        Ok(Screening { library: self, ruled: Arc::new(Ruled::of_part(self, policy, &|_| true)?) })
    }
}

/// Lists under a policy, held together: for whoever answers query after query and gets other lists meanwhile.
#[derive(Clone)]
pub struct Ready {
    library: Arc<Library>,
    ruled: Arc<Ruled>,
}

impl Ready {
    /// Settles what rules each party.
    ///
    /// # Errors
    /// As [`Library::under`].
    pub fn new(library: Library, policy: &Policy) -> Result<Self, EngineError> {
        let ruled = Arc::new(Ruled::of(&library, policy)?);
        Ok(Self { library: Arc::new(library), ruled })
    }

    /// The same lists, of which only those of some datasets are searched: scores and their order stay, the others' parties
    /// are out of scope.
    ///
    /// # Errors
    /// A dataset is of none of the lists, or nobody would be left in scope.
    pub fn of_datasets(&self, datasets: &[&str]) -> Result<Self, EngineError> {
        let lists = self.library.lists();
        if let Some(unknown) = datasets.iter().find(|name| lists.iter().all(|list| list.dataset != **name)) {
            let mut there: Vec<&str> = lists.iter().map(|list| list.dataset.as_str()).collect();
            there.dedup();
            return Err(EngineError::input(format!("no list {unknown} is screened against"))
                .hint(format!("there is {}", there.join(", "))));
        }
        let asked = |list: &ScreenList| datasets.contains(&list.dataset.as_str());
        let ruled = Ruled::of_part(&self.library, &self.ruled.policy, &asked)?;
        if (0..self.library.profiles().len()).all(|party| ruled.ruling.of(party).is_none()) {
            let name = &self.ruled.policy.name;
            return Err(EngineError::input(format!(
                "nobody of {} is in scope of the policy {name}",
                datasets.join(", ")
            ))
            .hint("name a list that it leaves somebody of"));
        }
        let (out_of_scope, warnings) = (self.ruled.out_of_scope.clone(), self.ruled.warnings.clone());
        Ok(Self { library: self.library.clone(), ruled: Arc::new(Ruled { out_of_scope, warnings, ..ruled }) })
    }

    /// The lists.
    #[must_use]
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// The searches in them. Costs nothing.
    #[must_use]
    pub fn screening(&self) -> Screening<'_> {
        Screening { library: &self.library, ruled: self.ruled.clone() }
    }
}

impl Ruled {
    fn of(library: &Library, policy: &Policy) -> Result<Self, EngineError> {
        let scope = Scope::of(policy, library.lists())?;
        let ruled = Self::of_part(library, policy, &|_| true)?;
        Ok(Self { out_of_scope: scope.out_of_scope, warnings: scope.warnings, ..ruled })
    }

    /// The parties of some of the lists; nobody of the others is in scope.
    fn of_part(
        library: &Library,
        policy: &Policy,
        asked: &dyn Fn(&ScreenList) -> bool,
    ) -> Result<Self, EngineError> {
        let mut ruled = Self {
            policy: policy.clone(),
            ruling: Ruling::uniform(policy.default.clone()),
            out_of_scope: vec![0; library.lists().len()],
            warnings: Vec::new(),
        };
        let all = library.lists().iter().all(asked);
        if !all || !policy.rules.is_empty() || policy.programmes != Programmes::All {
            ruled.settle(library, asked)?;
        }
        Ok(ruled)
    }

    /// Settles what rules each party.
    fn settle(&mut self, library: &Library, asked: &dyn Fn(&ScreenList) -> bool) -> Result<(), EngineError> {
        let mut settled: BTreeMap<(usize, &Schema), Configuration> = BTreeMap::new();
        let mut configurations: Vec<Option<Configuration>> = Vec::with_capacity(library.profiles().len());
        for (l, list) in library.lists().iter().enumerate() {
            let is_asked = asked(list);
            for entity in &list.entities {
                let in_scope = is_asked && self.policy.programmes.in_scope(entity.values(&Property::Program));
                configurations.push(in_scope.then(|| {
                    let settle = || self.policy.settle(Some(&list.dataset), &entity.schema);
                    settled.entry((l, &entity.schema)).or_insert_with(settle).clone()
                }));
            }
        }
        let ruling = Ruling::new(library.profiles(), |n| configurations[n].clone());
        self.ruling =
            ruling.map_err(|e| EngineError::input(e.to_string()).hint("merge some rules of the policy"))?;
        Ok(())
    }
}

impl<'a> Screening<'a> {
    /// The lists.
    #[must_use]
    pub fn library(&self) -> &'a Library {
        self.library
    }

    /// The policy.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.ruled.policy
    }

    /// What the policy says to no effect, and lists that it empties.
    #[must_use]
    pub fn warnings(&self) -> &[String] {
        &self.ruled.warnings
    }

    /// How many parties of each list are out of scope, in the order of the lists.
    #[must_use]
    pub fn out_of_scope(&self) -> &[usize] {
        &self.ruled.out_of_scope
    }

    /// What rules a listed party; `None` where it is out of scope.
    #[must_use]
    pub fn ruling(&self, entity: usize) -> Option<&Configuration> {
        self.ruled.ruling.of(entity)
    }

    /// What rules whom.
    pub(crate) fn rules(&self) -> Rules<'_> {
        (&self.ruled.ruling).into()
    }

    /// The lowest and the highest match threshold in force.
    #[must_use]
    pub fn thresholds(&self) -> (Score, Score) {
        let all = || self.ruled.ruling.configurations().iter().map(|c| c.match_threshold);
        let default = self.ruled.policy.default.match_threshold;
        (all().min().unwrap_or(default), all().max().unwrap_or(default))
    }

    /// The listed parties that a query may mean.
    #[must_use]
    pub fn screen(&self, query: &Query, request: Request, search: Search) -> Answer {
        let (query, profiles) = (query.profile(), self.library.profiles());
        match search {
            Search::Indexed => self.library.index().search(query, profiles, &self.ruled.ruling, request),
            Search::Exhaustive => exhaustive(query, profiles, &self.ruled.ruling, request),
        }
    }

    /// What all searches in these lists took so far; nothing where nobody was searched for through the index.
    #[must_use]
    pub fn effort(&self) -> Effort {
        self.library.index().effort()
    }

    /// What rules whom: a row for each list and schema that there is, in the order of the lists and the schemata.
    #[must_use]
    pub fn settled(&self) -> Vec<Settled> {
        let mut rows = Vec::new();
        for list in self.library.lists() {
            let mut of_list: BTreeMap<&Schema, (usize, usize)> = BTreeMap::new();
            for entity in &list.entities {
                let (parties, out) = of_list.entry(&entity.schema).or_default();
                *parties += 1;
                *out +=
                    usize::from(!self.ruled.policy.programmes.in_scope(entity.values(&Property::Program)));
            }
            rows.extend(of_list.into_iter().map(|(schema, (parties, out_of_scope))| Settled {
                parties: Some(parties),
                out_of_scope,
                ..settled_row(&self.ruled.policy, Some(&list.dataset), Some(schema))
            }));
        }
        rows
    }
}
