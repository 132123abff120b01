//! The readable tables under `data/`: legal forms, titles, particles, spellings, nicknames, generic words, places, numbers.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

const LEGAL_FORMS: &str = include_str!("../data/legal_forms.tsv");
const TITLES: &str = include_str!("../data/titles.tsv");
const PARTICLES: &str = include_str!("../data/particles.tsv");
const VARIANTS: &str = include_str!("../data/variants.tsv");
const NICKNAMES: &str = include_str!("../data/nicknames.tsv");
const TRANSLATIONS: &str = include_str!("../data/translations.tsv");
const ORG_WORDS: &str = include_str!("../data/org_words.tsv");
const PLACES: &str = include_str!("../data/places.tsv");
const ACRONYMS: &str = include_str!("../data/acronyms.tsv");
const NUMBER_WORDS: &str = include_str!("../data/number_words.tsv");

/// A kind of set whose members may stand for each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum SetKind {
    /// Spellings of one name.
    Spelling,
    /// A name and its short forms.
    Nickname,
    /// A name in several languages.
    Translation,
    /// A generic word of organisations' names, or a place in them.
    Synonym,
}

/// One set, by kind and number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct SetId(pub(crate) SetKind, pub(crate) u16);

/// What a title is, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TitleKind {
    /// Mr, General, Sheikh: stripped before a name.
    Title,
    /// MV, MT: before the name of a ship.
    Vessel,
    /// Jr, PhD: stripped after a name.
    Suffix,
    /// Seyyed, Haji: often part of the listed name; weighs little.
    NameLike,
    /// U, Daw, Ko: a title only as the first word of a name (a surname elsewhere).
    First,
}

/// What a particle is, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ParticleKind {
    /// The Arabic article in its forms.
    Article,
    /// Son or daughter of: bin, ibn, bint.
    Nasab,
    /// European particles of family names: de, van, li.
    Family,
    /// Function words of organisations' names: of, and, the.
    Function,
    /// Elements of Arabic and Turkic names.
    Other,
}

pub(crate) struct Tables {
    /// Words of a legal form joined by blanks -> its group.
    pub(crate) legal_forms: FxHashMap<&'static str, &'static str>,
    /// Words of a title joined by blanks -> its kind.
    pub(crate) titles: FxHashMap<&'static str, TitleKind>,
    pub(crate) particles: FxHashMap<&'static str, ParticleKind>,
    pub(crate) sets: FxHashMap<&'static str, Vec<SetId>>,
    /// Generic word or place -> information in millibits.
    pub(crate) org_words: FxHashMap<&'static str, i32>,
    /// The places among them. In the names of people they are names like any other.
    pub(crate) places: FxHashSet<&'static str>,
    /// Acronym -> the keys of its expansion, run together.
    pub(crate) acronyms: FxHashMap<&'static str, Vec<String>>,
    /// Number word or Roman figure -> its number, and whether it is one only at the end of a name.
    pub(crate) numbers: FxHashMap<&'static str, (u32, bool)>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(load);

pub(crate) fn tables() -> &'static Tables {
    &TABLES
}

pub(crate) fn table_texts() -> [&'static str; 10] {
    [
        LEGAL_FORMS,
        TITLES,
        PARTICLES,
        VARIANTS,
        NICKNAMES,
        TRANSLATIONS,
        ORG_WORDS,
        PLACES,
        ACRONYMS,
        NUMBER_WORDS,
    ]
}

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).map(|l| l.split('\t').collect())
}

fn load() -> Tables {
    let mut sets: FxHashMap<&'static str, Vec<SetId>> = FxHashMap::default();
    for (kind, table) in
        [(SetKind::Spelling, VARIANTS), (SetKind::Nickname, NICKNAMES), (SetKind::Translation, TRANSLATIONS)]
    {
        for (number, row) in rows(table).enumerate() {
            for word in row {
                sets.entry(word).or_default().push(SetId(kind, number as u16));
            }
        }
    }
    spread(&mut sets);
    let mut org_words = FxHashMap::default();
    let mut groups: FxHashMap<&str, u16> = FxHashMap::default();
    for row in rows(ORG_WORDS).chain(rows(PLACES)) {
        let [word, bits, rest @ ..] = row.as_slice() else { continue };
        org_words.insert(*word, bits.parse::<i32>().unwrap_or(10) * 1000);
        if let Some(group) = rest.first() {
            let next = groups.len() as u16;
            let number = *groups.entry(group).or_insert(next);
            sets.entry(word).or_default().push(SetId(SetKind::Synonym, number));
        }
    }
    let mut acronyms: FxHashMap<&'static str, Vec<String>> = FxHashMap::default();
    for row in rows(ACRONYMS) {
        if let [acronym, expansion, ..] = row.as_slice() {
            acronyms.entry(acronym).or_default().push(expansion.replace(' ', ""));
        }
    }
    Tables {
        legal_forms: rows(LEGAL_FORMS).filter_map(|r| Some((*r.first()?, *r.get(1)?))).collect(),
        titles: rows(TITLES).filter_map(|r| Some((*r.first()?, title_kind(r.get(1)?)))).collect(),
        particles: rows(PARTICLES).filter_map(|r| Some((*r.first()?, particle_kind(r.get(1)?)))).collect(),
        sets,
        org_words,
        places: rows(PLACES).filter_map(|r| r.first().copied()).collect(),
        acronyms,
        numbers: rows(NUMBER_WORDS)
            .filter_map(|r| {
                Some((
                    *r.first()?,
                    (r.get(1)?.parse().ok()?, matches!(r.get(2), Some(&("roman1" | "ambiguous")))),
                ))
            })
            .collect(),
    }
}

/// Bill is short for William however William is spelt, and Juan is John in every romanisation: the spellings of a name
/// share its other sets. (A short form's own sets stay its own.)
fn spread(sets: &mut FxHashMap<&'static str, Vec<SetId>>) {
    let heads: Vec<&'static str> = rows(NICKNAMES).filter_map(|row| row.first().copied()).collect();
    let names = heads.iter().copied().chain(rows(TRANSLATIONS).flatten());
    // In translations every word counts, of short forms only the formal name.
    let is_head =
        |name: &str, set: SetId| set.0 != SetKind::Nickname || heads.get(usize::from(set.1)) == Some(&name);
    let mut more: Vec<(&'static str, SetId)> = Vec::new();
    let spellings: FxHashMap<SetId, Vec<&'static str>> = rows(VARIANTS)
        .enumerate()
        .map(|(number, row)| (SetId(SetKind::Spelling, number as u16), row))
        .collect();
    for name in names {
        let (own, others): (Vec<SetId>, Vec<SetId>) =
            sets.get(name).into_iter().flatten().partition(|set| set.0 == SetKind::Spelling);
        let others = others.iter().filter(|set| is_head(name, **set));
        for spelling in own.iter().filter_map(|set| spellings.get(set)).flatten() {
            more.extend(others.clone().map(|set| (*spelling, *set)));
        }
    }
    for (spelling, set) in more {
        let of_word = sets.entry(spelling).or_default();
        if !of_word.contains(&set) {
            of_word.push(set);
        }
    }
}

fn particle_kind(name: &str) -> ParticleKind {
    match name {
        "article" => ParticleKind::Article,
        "family" => ParticleKind::Family,
        "function" => ParticleKind::Function,
        "nasab" | "nasab-f" => ParticleKind::Nasab,
        _ => ParticleKind::Other,
    }
}

fn title_kind(name: &str) -> TitleKind {
    match name {
        "namelike" => TitleKind::NameLike,
        "burmese" => TitleKind::First,
        "suffix" => TitleKind::Suffix,
        "vessel" => TitleKind::Vessel,
        _ => TitleKind::Title,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_well_formed() {
        let columns = [
            (LEGAL_FORMS, 2),
            (TITLES, 2),
            (PARTICLES, 2),
            (VARIANTS, 2),
            (NICKNAMES, 2),
            (TRANSLATIONS, 2),
            (ORG_WORDS, 2),
            (PLACES, 3),
            (ACRONYMS, 2),
            (NUMBER_WORDS, 2),
        ];
        for (table, least) in columns {
            for row in rows(table) {
                assert!(row.len() >= least, "{row:?}");
                let folded = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == ' ';
                assert!(row[0].chars().all(folded), "{} is not folded", row[0]);
            }
        }
        for table in [VARIANTS, NICKNAMES, TRANSLATIONS] {
            for row in rows(table) {
                for word in row {
                    assert!(word.chars().all(|c| c.is_ascii_lowercase()), "{word:?} is no folded word");
                }
            }
        }
        for row in rows(ORG_WORDS).chain(rows(PLACES)) {
            assert!((3..=16).contains(&row[1].parse::<i32>().unwrap_or(0)), "bits of {row:?}");
        }
    }
    /// A second row of the same word would win silently.
    #[test]
    fn no_word_stands_twice() {
        for tables in [&[LEGAL_FORMS][..], &[TITLES], &[ORG_WORDS, PLACES], &[NUMBER_WORDS]] {
            let mut seen = FxHashSet::default();
            for row in tables.iter().flat_map(|table| rows(table)) {
                assert!(seen.insert(row[0]), "{} stands twice", row[0]);
            }
        }
        let groups: FxHashSet<&str> = rows(PLACES).map(|row| row[2]).collect();
        for row in rows(ORG_WORDS).filter(|row| row.len() > 2) {
            assert!(!groups.contains(row[2]), "{} is a group of places too", row[2]);
        }
    }

    #[test]
    fn legal_forms_are_known_in_any_script() {
        for form in [
            "ООО",
            "Общество с ограниченной ответственностью",
            "Товариство з обмеженою відповідальністю",
            "شركة مساهمة",
            "شرکت سهامی خاص",
            "株式会社",
            "주식회사",
            "בע\"מ",
            "GmbH & Co. KG",
            "Sp. z o.o.",
            "S. de R.L. de C.V.",
            "A/S",
        ] {
            let keys: Vec<String> = text::words(form).into_iter().map(|word| word.key).collect();
            assert!(tables().legal_forms.contains_key(&*keys.join(" ")), "{form}: {keys:?}");
        }
    }

    #[test]
    fn places_are_known_in_any_script() {
        let table = tables();
        let set = |word: &str| table.sets[&*text::words(word).pop().unwrap().key].clone();
        for word in ["Россия", "России", "российская", "Rossiyskiy", "Russian", "Russie"]
        {
            assert_eq!(set(word), set("Russia"), "{word}");
        }
        assert_eq!(set("Иран"), set("Iranian"));
        assert!(table.places.contains("tehran") && !table.places.contains("trading"));
    }
}
