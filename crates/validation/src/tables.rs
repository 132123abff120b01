//! The tables under `data/`, as rows of cells.
//!
//! They are not the engine's: a filter that is tested with the table it reads can only pass.

macro_rules! tables {
    ($($(#[$doc:meta])* $name:ident = $file:literal),* $(,)?) => {
        $($(#[$doc])* pub(crate) const $name: &str = include_str!($file);)*
        /// Every table, by its file's name.
        pub(crate) const ALL: &[(&str, &str)] = &[$(($file, $name)),*];
    };
}

tables! {
    ACCENTS = "../data/accents.tsv",
    COMPANIES = "../data/companies.tsv",
    DIGITS = "../data/digits.tsv",
    HAN_FORMS = "../data/han_forms.tsv",
    LEGAL_FORMS = "../data/legal_forms.tsv",
    LOOKALIKES = "../data/lookalikes.tsv",
    NAME_WORDS = "../data/name_words.tsv",
    NICKNAMES = "../data/nicknames.tsv",
    NUMBERS = "../data/numbers.tsv",
    PEOPLE = "../data/people.tsv",
    ROMANISATIONS = "../data/romanisations.tsv",
    SOUNDS = "../data/sounds.tsv",
    SPELLINGS = "../data/spellings.tsv",
    UK_US = "../data/spellings_uk_us.tsv",
    /// The names that are most common in each country: what people who are not listed are called.
    COMMON_NAMES = "../../xtask/data/common_names.tsv",
    /// How common the words of names are: those at its rarer end make the rarer names.
    POPULATION = "../../names/data/population.tsv",
}

/// The rows of a table, as cells.
pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).map(|l| l.split('\t').collect())
}

/// The texts of the tables that the variants and the names that are not listed are made of: what a report hashes.
pub fn table_texts() -> impl Iterator<Item = (&'static str, &'static str)> {
    ALL.iter().map(|(file, text)| (file.rsplit('/').next().unwrap_or(file), *text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_its_cells() {
        for (table, least) in [
            (ACCENTS, 2),
            (COMPANIES, 4),
            (DIGITS, 2),
            (HAN_FORMS, 2),
            (LEGAL_FORMS, 2),
            (LOOKALIKES, 2),
            (NAME_WORDS, 2),
            (NICKNAMES, 2),
            (NUMBERS, 5),
            (PEOPLE, 3),
            (ROMANISATIONS, 3),
            (SOUNDS, 3),
            (SPELLINGS, 2),
            (UK_US, 2),
        ] {
            assert!(rows(table).count() > 4);
            for row in rows(table) {
                assert!(row.len() >= least, "{row:?}");
                assert!(row.iter().all(|cell| cell.trim() == *cell), "{row:?}");
            }
        }
        for row in rows(SOUNDS).chain(rows(ROMANISATIONS)) {
            assert!(["any", "start", "end"].contains(&row[2]) && row[0] != row[1], "{row:?}");
        }
    }
}
