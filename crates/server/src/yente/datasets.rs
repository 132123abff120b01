//! Which parties a name of a dataset means.

use engine::{Entity, Library, ScreenList, datasets};

use super::tables::ALIASES;

/// Names that mean all lists that are loaded: yente's collections of everything, and of sanctions. A list is what one loads here
/// to screen against, so that none is ever left out of them.
pub(crate) const COLLECTIONS: [&str; 3] = ["default", "all", "sanctions"];

/// Parties by dataset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Selection {
    /// Everybody.
    All,
    /// Those of the datasets of these names, ours and those that entities state.
    Of(Vec<Box<str>>),
}

impl Selection {
    /// The parties of a dataset.
    ///
    /// # Errors
    /// No list that is loaded has the name: in words for the client. To look for nobody in a list that is not there would
    /// let everybody pass.
    pub(crate) fn named(name: &str, library: &Library) -> Result<Self, String> {
        if COLLECTIONS.contains(&name) {
            return Ok(Self::All);
        }
        let means = |list: &ScreenList| {
            let other = |dataset: &str| {
                ALIASES.iter().any(|a| a.dataset == dataset && a.opensanctions.contains(&name))
            };
            list.source == name || list.dataset == name || other(&list.dataset)
        };
        let lists = library.lists();
        let found: Vec<&ScreenList> = lists.iter().filter(|list| means(list)).collect();
        if !found.is_empty() {
            return Ok(if found.len() == lists.len() {
                Self::All
            } else {
                Self::Of(found.iter().map(|list| list.dataset.as_str().into()).collect())
            });
        }
        // A file of FollowTheMoney holds many datasets; each entity says its own.
        let states = |list: &ScreenList| list.entities.iter().any(|e| datasets(list, e).contains(&name));
        if lists.iter().any(states) {
            return Ok(Self::Of(vec![name.into()]));
        }
        Err(format!("No such dataset: {name}. Loaded: default, {}", loaded(library).join(", ")))
    }

    /// The parties of any of some datasets; everybody where none is named.
    ///
    /// # Errors
    /// As [`Selection::named`].
    pub(crate) fn any<'a>(
        names: impl IntoIterator<Item = &'a str>,
        library: &Library,
    ) -> Result<Self, String> {
        let selections = names.into_iter().map(|name| Self::named(name, library));
        let selections = selections.collect::<Result<Vec<Self>, String>>()?;
        let mut some: Vec<Box<str>> = Vec::new();
        for selection in &selections {
            match selection {
                Self::All => return Ok(Self::All),
                Self::Of(names) => some.extend(names.iter().cloned()),
            }
        }
        Ok(if selections.is_empty() { Self::All } else { Self::Of(some) })
    }

    /// Whether a party is meant.
    pub(crate) fn covers(&self, list: &ScreenList, entity: &Entity) -> bool {
        match self {
            Self::All => true,
            Self::Of(names) => {
                names.iter().any(|name| **name == *list.dataset)
                    || datasets(list, entity).iter().any(|own| names.iter().any(|name| **name == **own))
            }
        }
    }
}

/// The names of the lists that are loaded.
pub(crate) fn loaded(library: &Library) -> Vec<String> {
    let mut names: Vec<String> = library.lists().iter().map(|list| list.dataset.clone()).collect();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use engine::{Library, demo_list};

    use super::*;

    #[test]
    fn a_name_means_a_list_that_is_loaded() {
        let library = Library::new(vec![demo_list().unwrap()]).unwrap();
        for name in ["default", "all", "sanctions", "ofac_sdn", "demo", "us_ofac_sdn"] {
            assert_eq!(Selection::named(name, &library), Ok(Selection::All), "{name}");
        }
        for name in ["eu_fsf", "gb_hmt_sanctions", "", "peps"] {
            let error = Selection::named(name, &library).unwrap_err();
            assert!(error.contains("Loaded: default, ofac_sdn"), "{error}");
        }
        assert_eq!(Selection::any([], &library), Ok(Selection::All));
        assert!(Selection::any(["us_ofac_sdn", "eu_fsf"], &library).is_err());
    }
}
