//! Which listed parties may be results: datasets, schemata, topics, ids, time of change.

use std::collections::HashSet;

use engine::{Entity, Library, PartialDate, Property, ScreenList, referents};

use super::datasets::Selection;
use super::params::Params;

/// Whoever passes all of it may be a result.
#[derive(Clone, Debug)]
pub(crate) struct Filters {
    /// The dataset of the path.
    pub(crate) dataset: Selection,
    include: Selection,
    exclude: Vec<Selection>,
    exclude_schemata: Vec<String>,
    /// Any of each, of every one.
    topics: Vec<Vec<String>>,
    exclude_ids: HashSet<String>,
    changed_since: Option<PartialDate>,
}

impl Filters {
    /// Only parties of a selection.
    pub(crate) fn of(dataset: Selection) -> Self {
        Self {
            dataset,
            include: Selection::All,
            exclude: Vec::new(),
            exclude_schemata: Vec::new(),
            topics: Vec::new(),
            exclude_ids: HashSet::new(),
            changed_since: None,
        }
    }

    /// Reads them from a path and a query string.
    ///
    /// # Errors
    /// A dataset that is to be searched is not loaded, or a date cannot be read: in words for the client.
    pub(crate) fn read(dataset: &str, params: &Params<'_>, library: &Library) -> Result<Self, String> {
        let topics: Vec<String> = params.all("topics").map(str::to_owned).collect();
        let mut filters = Self {
            include: Selection::any(params.all("include_dataset"), library)?,
            exclude_schemata: params.all("exclude_schema").map(str::to_owned).collect(),
            topics: if topics.is_empty() { Vec::new() } else { vec![topics] },
            exclude_ids: params.all("exclude_entity_ids").map(str::to_owned).collect(),
            changed_since: params.one("changed_since").map(since).transpose()?,
            ..Self::of(Selection::named(dataset, library)?)
        };
        filters.leave_out(params.all("exclude_dataset"), library);
        Ok(filters)
    }

    /// Only parties of these datasets as well.
    ///
    /// # Errors
    /// One is not loaded.
    pub(crate) fn narrow<'a>(
        &mut self,
        datasets: impl IntoIterator<Item = &'a str>,
        library: &Library,
    ) -> Result<(), String> {
        let more = Selection::any(datasets, library)?;
        match (&mut self.include, more) {
            (_, Selection::All) => {}
            (own @ Selection::All, more) => *own = more,
            (Selection::Of(own), Selection::Of(more)) => own.retain(|name| more.contains(name)),
        }
        Ok(())
    }

    /// No parties of these datasets. One that is not loaded has none.
    pub(crate) fn leave_out<'a>(&mut self, datasets: impl IntoIterator<Item = &'a str>, library: &Library) {
        self.exclude.extend(datasets.into_iter().filter_map(|name| Selection::named(name, library).ok()));
    }

    /// None of these parties, by any id.
    pub(crate) fn leave_out_ids(&mut self, ids: impl IntoIterator<Item = String>) {
        self.exclude_ids.extend(ids);
    }

    /// Parties that have a topic of these as well.
    pub(crate) fn of_topics(&mut self, topics: impl IntoIterator<Item = Vec<String>>) {
        self.topics.extend(topics.into_iter().filter(|any| !any.is_empty()));
    }

    /// Whether nobody is left out.
    pub(crate) fn pass_all(&self) -> bool {
        self.dataset == Selection::All
            && self.include == Selection::All
            && self.exclude.is_empty()
            && self.exclude_schemata.is_empty()
            && self.topics.is_empty()
            && self.exclude_ids.is_empty()
            && self.changed_since.is_none()
    }

    /// Whether a party may be a result.
    pub(crate) fn keep(&self, list: &ScreenList, entity: &Entity) -> bool {
        self.dataset.covers(list, entity)
            && self.include.covers(list, entity)
            && !self.exclude.iter().any(|selection| selection.covers(list, entity))
            && !self.exclude_schemata.iter().any(|schema| schema == entity.schema.name())
            && self
                .topics
                .iter()
                .all(|any| entity.values(&Property::Topics).any(|t| any.iter().any(|w| w == t)))
            && !self.excludes_id(entity)
            && self.may_have_changed(entity)
    }

    fn excludes_id(&self, entity: &Entity) -> bool {
        !self.exclude_ids.is_empty()
            && (self.exclude_ids.contains(&*entity.id)
                || referents(entity).any(|id| self.exclude_ids.contains(id)))
    }

    /// Most lists do not say when an entry changed. Whoever may have changed stays: only a date of change that the list itself
    /// gives, and that is older, leaves a party out.
    fn may_have_changed(&self, entity: &Entity) -> bool {
        let Some(since) = self.changed_since else { return true };
        let mut changes = entity.dates(&Property::ModifiedAt).peekable();
        changes.peek().is_none() || changes.any(|date| date.last() >= since.first())
    }
}

/// A day or a moment.
pub(crate) fn since(text: &str) -> Result<PartialDate, String> {
    let day = text.split(['T', ' ']).next().unwrap_or_default();
    let iso = day.len() == 10
        && day.bytes().enumerate().all(|(n, b)| match n {
            4 | 7 => b == b'-',
            _ => b.is_ascii_digit(),
        });
    let date = PartialDate::parse(day).filter(|_| iso);
    date.ok_or_else(|| {
        format!("changed_since must be a date such as 2026-01-31 or 2026-01-31T12:00:00, not {text:?}")
    })
}

#[cfg(test)]
mod tests {
    use engine::{Library, Locator, Schema, demo_list};

    use super::*;

    /// Who of the embedded list passes.
    fn passing(dataset: &str, query: &str) -> Result<Vec<String>, String> {
        let library = Library::new(vec![demo_list().unwrap()]).unwrap();
        let filters = Filters::read(dataset, &Params::parse(query), &library)?;
        let list = &library.lists()[0];
        let kept = list.entities.iter().filter(|entity| filters.keep(list, entity));
        Ok(kept.map(|entity| entity.id.trim_start_matches("ofac-").to_owned()).collect())
    }

    #[test]
    fn who_may_be_a_result() {
        let all = "26390 26391 33493 33494 33495 33496 33497 33634";
        let people = "26391 33493 33494 33495 33496 33497";
        let rows = [
            ("default", "", all),
            ("us_ofac_sdn", "include_dataset=ofac_sdn&fuzzy=false&api_key=x", all),
            ("default", "exclude_dataset=us_ofac_sdn", ""),
            ("default", "exclude_dataset=eu_fsf", all),
            ("default", "exclude_schema=Organization", people),
            ("default", "topics=sanction&topics=role.pep", all),
            ("default", "topics=role.pep", ""),
            ("default", "exclude_entity_ids=ofac-26391&exclude_entity_ids=ofac-26390", &all[12..]),
            ("default", "changed_since=2020-01-01T00:00:00", all),
        ];
        for (dataset, query, expected) in rows {
            assert_eq!(passing(dataset, query).unwrap().join(" "), expected, "{dataset} {query}");
        }
        for (dataset, query) in
            [("default", "include_dataset=eu_fsf"), ("eu_fsf", ""), ("default", "changed_since=soon")]
        {
            assert!(passing(dataset, query).is_err(), "{dataset} {query}");
        }
    }

    #[test]
    fn only_a_known_older_change_leaves_out() {
        let library = Library::new(vec![demo_list().unwrap()]).unwrap();
        let mut filters = Filters::read("all", &Params::default(), &library).unwrap();
        let mut party = Entity::new("x", Schema::Person);
        party.add(Property::ModifiedAt, "2024-05-06", Locator::Direct);
        for (since, kept) in [("2024-05-06", true), ("2024-05-07", false), ("2020-01-01", true)] {
            filters.changed_since = Some(super::since(since).unwrap());
            assert_eq!(filters.keep(&library.lists()[0], &party), kept, "{since}");
        }
    }

    #[test]
    fn narrowing_leaves_what_both_name() {
        let library = Library::new(vec![demo_list().unwrap()]).unwrap();
        let mut filters = Filters::read("all", &Params::default(), &library).unwrap();
        assert!(filters.pass_all());
        filters.narrow(["us_ofac_sdn"], &library).unwrap();
        filters.of_topics([vec!["sanction".to_owned()], vec!["role.pep".to_owned()]]);
        assert!(!filters.pass_all());
        let list = &library.lists()[0];
        assert!(!filters.keep(list, list.entities.get(0)), "no party has both topics");
        assert!(filters.narrow(["eu_fsf"], &library).is_err());
    }
}
