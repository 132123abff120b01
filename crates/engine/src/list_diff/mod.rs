//! What changed between two versions of a list: `lists::diff` over lists as they are opened, and its forms.

mod form;

pub use form::{delta_to_json, list_diff_to_json};
pub use lists::{ListDiff, PartyChange, PropertyChange, by_programme};

use lists::Listing;

use crate::ScreenList;

/// What changed from one version of a list to another.
#[must_use]
pub fn diff_lists<'a>(old: &'a ScreenList, new: &'a ScreenList) -> ListDiff<'a> {
    let _span = tracing::info_span!("diff_lists").entered();
    lists::diff(&listing(old), &listing(new))
}

fn listing(list: &ScreenList) -> Listing<'_> {
    Listing::new(&list.entities, &list.relations)
}

/// What to know about two lists before reading what changed between them.
#[must_use]
pub fn doubts_of_diff(old: &ScreenList, new: &ScreenList) -> Vec<String> {
    let mut doubts = Vec::new();
    let [was, is] = [&old.source, &new.source];
    if old.sha256 == new.sha256 {
        doubts.push(format!("{was} and {is} are one version, {}", old.version));
    }
    if old.dataset != new.dataset {
        doubts.push(format!(
            "{was} is {} and {is} is {}: two lists, or two forms of one; parties are told apart by their ids",
            old.dataset, new.dataset
        ));
    }
    if old.files.len() != new.files.len() {
        doubts.push(format!(
            "{was} was read from {} and {is} from {}: what only one of them holds counts as a change",
            files(old),
            files(new)
        ));
    }
    doubts
}

fn files(list: &ScreenList) -> String {
    match list.files.len() {
        1 => "one file".to_owned(),
        many => format!("{many} files"),
    }
}
