//! The catalogue: which lists there are, who publishes them where, and what their programmes mean.

use std::sync::LazyLock;

const SOURCES: &str = include_str!("../data/catalogue.tsv");
const PROGRAMMES: &str = include_str!("../data/programmes.tsv");

/// A list that an authority publishes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What it is called here: `ofac_sdn`.
    pub name: &'static str,
    /// What its authority calls it.
    pub title: &'static str,
    /// Who publishes it.
    pub authority: &'static str,
    /// Form of its files.
    pub format: &'static str,
    /// `files`: tested on its real files; `schema`: on fixtures after its published schema; `none`: there is no reader yet.
    pub tested: &'static str,
    /// When it changes.
    pub rhythm: &'static str,
    /// Terms of use.
    pub licence: &'static str,
    /// Addresses of its files, the main one first.
    pub addresses: Vec<&'static str>,
}

impl Source {
    /// The names of its files, which they keep in a folder that they were copied to.
    pub fn file_names(&self) -> impl Iterator<Item = &'static str> {
        self.addresses.iter().map(|address| last_segment(address))
    }
}

/// A programme, by the tag that a list gives its parties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programme {
    /// Whose tag it is: `ofac`, `un`, `eu`, `uk` ...
    pub authority: &'static str,
    /// The tag as the list writes it.
    pub tag: &'static str,
    /// What it is about.
    pub meaning: &'static str,
    /// The law it stands on.
    pub legal_basis: &'static str,
}

/// Every list of the catalogue, in its order.
#[must_use]
pub fn catalogue() -> &'static [Source] {
    static CATALOGUE: LazyLock<Vec<Source>> = LazyLock::new(|| rows(SOURCES).filter_map(source).collect());
    &CATALOGUE
}

/// Every programme of the catalogue, by authority.
#[must_use]
pub fn programmes() -> &'static [Programme] {
    static TABLE: LazyLock<Vec<Programme>> =
        LazyLock::new(|| rows(PROGRAMMES).filter_map(programme).collect());
    &TABLE
}

/// The part of an address that names the file.
#[must_use]
pub fn last_segment(address: &str) -> &str {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    path.rsplit(['/', '\\']).find(|part| !part.is_empty()).unwrap_or(path)
}

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|l| l.split('\t').collect())
}

fn source(row: Vec<&'static str>) -> Option<Source> {
    let [name, title, authority, format, tested, rhythm, licence, addresses] = row[..] else { return None };
    let addresses = addresses.split(' ').collect();
    Some(Source { name, title, authority, format, tested, rhythm, licence, addresses })
}

fn programme(row: Vec<&'static str>) -> Option<Programme> {
    let [authority, tag, meaning, legal_basis] = row[..] else { return None };
    Some(Programme { authority, tag, meaning, legal_basis })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// No row is passed over, none stands twice, none has an empty cell.
    #[test]
    fn every_row_is_read() {
        assert_eq!(catalogue().len(), rows(SOURCES).count());
        assert_eq!(programmes().len(), rows(PROGRAMMES).count());
        let empty = |row: &Vec<&str>| row.iter().any(|cell| cell.trim() != *cell || cell.is_empty());
        let wrong: Vec<_> = rows(SOURCES).chain(rows(PROGRAMMES)).filter(empty).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
        let names: BTreeSet<&str> = catalogue().iter().map(|source| source.name).collect();
        assert_eq!(names.len(), catalogue().len());
        let tags: BTreeSet<_> = programmes().iter().map(|p| (p.authority, p.tag)).collect();
        assert_eq!(tags.len(), programmes().len());
        for source in catalogue() {
            assert!(source.addresses.iter().all(|a| a.starts_with("https://")), "{}", source.name);
            assert!(["files", "schema", "none"].contains(&source.tested), "{}", source.name);
        }
    }

    #[test]
    fn names_of_files() {
        for (address, name) in [
            ("https://a.org/x/SDN.CSV", "SDN.CSV"),
            ("https://a.org/x/list.xml?token=a/b", "list.xml"),
            ("https://a.org/x/", "x"),
            ("/media/usb/un.xml", "un.xml"),
            ("un.xml", "un.xml"),
        ] {
            assert_eq!(last_segment(address), name);
        }
    }
}
