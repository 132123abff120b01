//! The treatments: each a kind of alteration, a pure function of a name and a seed.

use crate::random::Random;
use crate::subject::Subject;
use crate::{disguise, letters, native, organizations, spelling, words};

/// What is asked of a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// It must find the party: the alterations that examiners test (R2).
    Required,
    /// It may lose the party: what is left of the name means many, or the disguise is thorough. Reported apart.
    Stress,
}

impl Severity {
    /// Its name in a table.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Stress => "stress",
        }
    }
}

/// A kind of alteration.
pub struct Treatment {
    /// Its name in the JSON.
    pub code: &'static str,
    /// Its name on the page.
    pub title: &'static str,
    /// What is asked.
    pub severity: Severity,
    /// What it does, and to which names.
    pub what: &'static str,
    apply: fn(&Subject<'_>, &mut Random) -> Option<String>,
}

impl Treatment {
    /// The altered name; `None` where the treatment does not apply, or would leave the name as it is or without a
    /// letter. The same seed, party, name and treatment give the same variant.
    #[must_use]
    pub fn alter(&self, subject: &Subject<'_>, seed: u64) -> Option<String> {
        let mut random = Random::new(seed, &[subject.entity, subject.name, self.code]);
        let altered = (self.apply)(subject, &mut random)?;
        let altered = altered.trim();
        let says = altered.chars().any(char::is_alphanumeric);
        (says && altered != subject.name.trim()).then(|| altered.to_owned())
    }
}

macro_rules! treatments {
    ($($code:ident $severity:ident $title:literal $apply:path, $what:literal;)*) => {
        /// All treatments, in the order of the report.
        pub const TREATMENTS: &[Treatment] = &[$(Treatment {
            code: stringify!($code),
            title: $title,
            severity: Severity::$severity,
            what: $what,
            apply: $apply,
        }),*];
    };
}

treatments! {
    transposed Required "Letters transposed" letters::transposed,
        "two neighbouring letters that differ change places, in a word of five letters or more";
    dropped Required "Letter dropped" letters::dropped, "one letter of a word of five or more is left out";
    added Required "Letter added" letters::added, "one letter of the same alphabet is put into a word of five or more";
    replaced Required "Letter replaced" letters::replaced,
        "one letter of a word of five or more becomes another of the same alphabet";
    doubled Required "Letter doubled" letters::doubled, "one letter of a word of five or more is written twice";
    phonetic Required "Spelt by ear" spelling::phonetic,
        "one sound of a word of five letters or more as an English ear would write it (ph, f; oo, u), by sounds.tsv; Latin";
    romanised Required "Another romanisation" spelling::romanised,
        "one sound by another way of romanising it (ey, ei; dj, j), by romanisations.tsv; people, Latin";
    usual_spelling Required "Another usual spelling" spelling::usual,
        "a name by another of its usual spellings (Mohammed, Muhammad; Andrei, Andrey), by spellings.tsv; people";
    nickname Required "Short form" spelling::nickname,
        "the first given name by a short form (Eleanor, Ellie), by nicknames.tsv; people with another name beside it";
    words_joined Required "Two words joined" words::joined,
        "two words as one, over a blank or hyphen; not over the comma of FAMILY, Given";
    word_split Required "A word split" words::split, "a blank within a word, three letters or more on each side";
    reordered Required "Family first or last" words::reordered,
        "FAMILY, Given as Given FAMILY, and the other way round; people";
    no_comma Required "Family first, no comma" words::no_comma, "FAMILY Given without the comma; people";
    rotated Required "Last word in front" words::rotated,
        "the last word before the legal form comes first; organisations of two words or more, without punctuation";
    middle_dropped Required "Middle name missing" words::middle_dropped,
        "a given name after the first is left out; not particles, nor what they bind";
    middle_added Required "Middle name extra" words::middle_added,
        "a common given name after the given names; people with a given and a family name, Latin";
    middle_initial Required "Middle name as initial" words::middle_initial, "a given name after the first as its initial";
    given_initial Required "First name as initial" words::given_initial,
        "the first given name as its initial, where two full names stay beside it";
    homoglyph Required "Look-alike letter" disguise::one_lookalike,
        "one Latin letter as the Cyrillic one that looks like it, or the other way round";
    digit_for_letter Required "Digit for a letter" disguise::one_digit,
        "one letter as a digit (0liver); people and organisations without digits of their own";
    invisible_mark Required "Invisible mark" disguise::invisible, "a mark without width within a word";
    punctuation_dropped Required "Punctuation dropped" disguise::punctuation_dropped,
        "apostrophes, full stops, brackets left out, hyphens as blanks (Cho'n, Chon)";
    punctuation_added Required "Punctuation added" disguise::punctuation_added,
        "an apostrophe within a word of five letters, or a hyphen for a blank";
    accents_dropped Required "Accents dropped" spelling::accents_dropped, "Latin letters without their accents";
    accent_added Required "Accent added" spelling::accent_added, "one Latin letter with an accent";
    case Required "Capitals" disguise::case, "all capitals, all small letters, or a capital in front of each word";
    title_added Required "Title added" words::title_added,
        "a title before a person's name in the natural order, where it has none; MV, M/V, MT before a ship's";
    uk_us Required "British or American" spelling::uk_us,
        "a word in the other spelling (Centre, Center), by spellings_uk_us.tsv; not people";
    number_word Required "Number otherwise written" organizations::number,
        "a number to twenty as digits, word or Roman figure, an ordinal as digits or word; organisations and ships";
    legal_form_written Required "Legal form otherwise written" organizations::form_written,
        "abbreviated where written out and the other way round, by legal_forms.tsv; organisations";
    legal_form_dropped Required "Legal form dropped" organizations::form_dropped,
        "left out, where two words or one of five letters stay; organisations";
    article Required "And, &, the" organizations::article,
        "and as & and the other way round, else The put in front or left out; organisations of two words or more, Latin";
    arabic_letters Required "Arabic and Persian letters" native::arabic_letters,
        "yeh and kaf of the other keyboard, hamza left off its seat, teh marbuta as heh";
    vowel_marks Required "Vowel marks" native::marks, "one mark put in, or all left out; Arabic and Hebrew script";
    arabic_article Required "Arabic article dropped" native::arabic_article,
        "al- in Arabic script left out, where three letters stay";
    cyrillic_marks Required "\u{451} and \u{439} without marks" native::cyrillic_marks, "as typists leave them out; Cyrillic";
    han_forms Required "Simplified or traditional" native::han_forms, "Chinese characters in their other form, by han_forms.tsv";
    east_asian_blanks Required "Blanks in Han, Hangul, Kana" native::blanks,
        "a blank after the family name of a name of three or four characters, or blanks and dots left out";
    short_word_slip Stress "Slip in a short word" letters::short_word,
        "one of the five slips in a word of three or four letters, where it often makes another name (Ali, Adi)";
    two_slips Stress "Two slips" letters::two_slips, "two slips in two words of five letters or more";
    all_joined Stress "All words joined" words::all_joined, "three words or more as one, in the natural order";
    shuffled Stress "Words shuffled" words::shuffled, "three words or more of a person's name in any order";
    initial_and_name Stress "Initial and one name" words::initial_and_name,
        "the first given name as its initial, where one full name alone stays: J. Smith is anybody";
    all_initials Stress "All given names as initials" words::all_initials, "two given names or more as initials";
    word_dropped Stress "Word missing" words::word_dropped,
        "a word other than the first left out of an organisation's name of four or more";
    word_added Stress "Word extra" words::word_added, "Group, International, Holding or Company after an organisation's name";
    all_homoglyphs Stress "All look-alike letters" disguise::all_lookalikes, "every letter that has a look-alike";
    all_digits Stress "Digits throughout" disguise::all_digits, "every letter that a digit may stand for";
}

#[cfg(test)]
mod tests {
    use model::{NameStrength, Schema};
    use proptest::prelude::*;

    use super::*;

    fn alter(code: &str, schema: &Schema, name: &str, seed: u64) -> Option<String> {
        let subject = Subject::new("x-1", name, schema, NameStrength::Primary);
        let treatment = TREATMENTS.iter().find(|t| t.code == code).expect(code);
        treatment.alter(&subject, seed)
    }

    /// Each row: treatment, schema, name, and every variant that some seed gives; `-` where it does not apply.
    #[test]
    fn variants() {
        let check = |code: &str, schema: &str, name: &str, expected: &str| {
            let schema = Schema::from_name(schema);
            let mut got: Vec<String> = (0..60).filter_map(|seed| alter(code, &schema, name, seed)).collect();
            got.sort();
            got.dedup();
            let got = if got.is_empty() { "-".to_owned() } else { got.join(" | ") };
            assert_eq!(got, expected, "{code} {name}");
        };
        for row in
            include_str!("../data/variants_test.txt").lines().filter(|l| !l.is_empty() && !l.starts_with('#'))
        {
            let cells: Vec<&str> = row.splitn(4, '\t').collect();
            check(cells[0], cells[1], cells[2], cells[3]);
        }
    }

    #[test]
    fn codes_and_titles_stand_once() {
        let mut codes: Vec<&str> = TREATMENTS.iter().flat_map(|t| [t.code, t.title]).collect();
        codes.sort_unstable();
        assert!(codes.windows(2).all(|w| w[0] != w[1]));
    }

    /// One seed, one variant: whoever changes the algorithm changes this on purpose.
    #[test]
    fn the_same_seed_gives_the_same_variant() {
        let of = |seed| alter("transposed", &Schema::Person, "SHIRINKAR, Mohammad Bagher", seed);
        assert_eq!(of(1), of(1));
        assert_eq!((1..5).map(of).collect::<Option<Vec<_>>>().unwrap().len(), 4);
    }

    proptest! {
        #[test]
        fn no_name_makes_a_treatment_panic_or_comes_back_as_it_was(
            name in prop_oneof![".{0,40}", "[A-Za-z ,.'&-]{0,40}", "[А-яёЁ ]{0,20}", "[آ-ی ]{0,20}", "[一-龠 ]{0,8}"],
            schema in prop::sample::select(vec!["Person", "Company", "Vessel", "Airplane", "Thing"]),
            seed in any::<u64>(),
        ) {
            let schema = Schema::from_name(schema);
            for treatment in TREATMENTS {
                if let Some(altered) = alter(treatment.code, &schema, &name, seed) {
                    prop_assert_ne!(altered.trim(), name.trim());
                    prop_assert!(altered.chars().any(char::is_alphanumeric));
                }
            }
        }
    }
}
