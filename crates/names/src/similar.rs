//! The one relation between words: which two may earn credit for each other, and how much it costs.

use text::{
    Romanised, Script, distance_within, has_syllable_key, may_lie_within, romanised_alike, sound_distance,
    sound_key, sound_length,
};

use crate::parse::{Form, Native, Role, Token};
use crate::price::{Fact, Worth, near_cost};
use crate::tables::{SetId, SetKind, tables};
use crate::weights::weights;

/// How two words, or short runs of words, are alike. Ordered: the earlier kind is preferred at equal worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// The same key.
    Exact,
    /// One number, written differently.
    Number,
    /// Equivalent legal forms (Ltd, Limited).
    LegalForm,
    /// The same name in another romanisation.
    Spelling,
    /// The same Chinese, Korean or Japanese syllables in another system; what that costs, in millibits.
    Romanised(u32),
    /// The same generic word in another language.
    Synonym,
    /// Several words written as one.
    Joined,
    /// A name and its short form.
    Nickname,
    /// The name in another language.
    Translation,
    /// An acronym and the words it stands for.
    Acronym,
    /// Nearly the same letters; the difference in hundredths of an edit.
    Near(u32),
    /// The same consonants, where one side's script leaves vowels out.
    Skeleton,
    /// An initial and a word that begins with it.
    Initial,
}

impl Likeness {
    /// Every kind, with a price of nothing where it has one.
    pub const ALL: [Self; 13] = [
        Self::Exact,
        Self::Number,
        Self::LegalForm,
        Self::Spelling,
        Self::Romanised(0),
        Self::Synonym,
        Self::Joined,
        Self::Nickname,
        Self::Translation,
        Self::Acronym,
        Self::Near(0),
        Self::Skeleton,
        Self::Initial,
    ];

    /// The name that explanations use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Number => "number",
            Self::LegalForm => "legal_form",
            Self::Spelling => "spelling",
            Self::Romanised(_) => "romanised",
            Self::Synonym => "synonym",
            Self::Joined => "joined",
            Self::Nickname => "nickname",
            Self::Translation => "translation",
            Self::Acronym => "acronym",
            Self::Near(_) => "near",
            Self::Skeleton => "skeleton",
            Self::Initial => "initial",
        }
    }
}

/// How two words are alike, if they may earn credit at all. Symmetric.
///
/// Words of several forms are as alike as their two most alike forms, words of one script as they are in it. Words with
/// digits are alike only if they are the same or the same number: the digit is what tells one vessel, unit or fund from
/// another. Words of one or two letters have no near words: everything lies one edit from them.
#[must_use]
pub fn similar(a: &Token, b: &Token) -> Option<Likeness> {
    if let (Some(a), Some(b)) = (a.group, b.group) {
        return (a == b).then_some(Likeness::LegalForm);
    }
    if let (Some(x), Some(y)) = (&a.native, &b.native)
        && x.script == y.script
    {
        return in_one_script((a, x), (b, y));
    }
    let (of_a, of_b) = (a.readings(), b.readings());
    // Consonants alone are no word of Latin letters, though the letters be the same: עמאש is not MS.
    let vowels = a.consonants_only == b.consonants_only;
    if vowels && any(of_a, of_b, |x, y| x.key == y.key) {
        return Some(Likeness::Exact);
    }
    if a.number.is_some() || b.number.is_some() {
        return (a.number == b.number).then_some(Likeness::Number);
    }
    if a.literal || b.literal {
        return None;
    }
    if let Some(likeness) = of_one_set(a, b) {
        return Some(likeness);
    }
    // Niger is no slip for Nigeria.
    if a.role == Role::Place && b.role == Role::Place {
        return None;
    }
    if let Some(cost) = least(of_a, of_b, |x, y| {
        let share = x.syllables.iter().any(|key| y.syllables.contains(key));
        if share { romanised_cost(x, &y.key) } else { None }
    }) {
        return Some(Likeness::Romanised(cost));
    }
    if any(of_a, of_b, |x, y| is_initial((a, x), (b, y))) {
        return (a.role.is_content() && b.role.is_content()).then_some(Likeness::Initial);
    }
    if any(of_a, of_b, |x, y| x.spellings.meet(&y.spellings)) {
        return Some(Likeness::Spelling);
    }
    let skeleton = (a.consonants_only || b.consonants_only) && any(of_a, of_b, same_skeleton);
    let couples = any(of_a, of_b, |x, y| x.spellings.are_a_couples(&y.spellings)).then_some(FEMININE);
    let near = least(of_a, of_b, near).into_iter().chain(couples).min();
    // A character has its readings, a syllable of pinyin its spelling; a syllable beside them is another name, however
    // near its vowel.
    let syllabic = [a, b].iter().any(|t| t.native.as_ref().is_some_and(|n| !is_alphabet(n.script)));
    let chinese = a.pinyin && b.pinyin;
    let korean = a.korean && b.korean;
    let near = near.filter(|_| !(korean || (chinese && syllabic)));
    let near = near.map(|distance| if syllabic || chinese { distance.max(ONE_LETTER) } else { distance });
    // Vowels that were put in where the script has none may differ from the true ones by more than they say.
    let letters = a.key().len().min(b.key().len());
    match near {
        Some(distance)
            if !skeleton || near_cost(distance as i32, letters, weights()) < weights().cost_skeleton =>
        {
            Some(Likeness::Near(distance))
        }
        _ => skeleton.then_some(Likeness::Skeleton),
    }
}

/// Whether any two forms of two words are to each other what is asked.
fn any(of_a: &[Form], of_b: &[Form], wanted: impl Fn(&Form, &Form) -> bool) -> bool {
    of_a.iter().any(|x| of_b.iter().any(|y| wanted(x, y)))
}

/// The least of what forms of two words are to each other.
fn least(of_a: &[Form], of_b: &[Form], cost: impl Fn(&Form, &Form) -> Option<u32>) -> Option<u32> {
    of_a.iter().filter_map(|x| of_b.iter().filter_map(|y| cost(x, y)).min()).min()
}

/// What it costs to take two Latin spellings for the same syllables, in millibits; `None` where they are not.
fn romanised_cost(form: &Form, other: &str) -> Option<u32> {
    let (alike, weights) = (romanised_alike(&form.key, other)?, weights());
    let cost = match alike {
        Romanised { ambiguous: false, .. } => weights.cost_romanised,
        Romanised { syllables: 1, .. } => weights.cost_romanised_syllable,
        Romanised { .. } => weights.cost_romanised_unsure,
    };
    u32::try_from(cost).ok()
}

/// How two words of one script, not Latin, are alike. Their letters tell apart what romanisation does not: 정은 and 종은
/// are both Jong Un in the North's system, and every reading of a word is one more word that others lie near to.
fn in_one_script((a, native): (&Token, &Native), (b, other): (&Token, &Native)) -> Option<Likeness> {
    if native.letters == other.letters {
        return Some(Likeness::Exact);
    }
    if a.literal || b.literal {
        return None;
    }
    // Sets are of romanised words, and Chinese characters that are romanised alike (张, 章) are two words.
    let apart = |likeness| likeness == Likeness::Spelling && native.script == Script::Han;
    if let Some(likeness) = of_one_set(a, b).filter(|likeness| !apart(*likeness)) {
        return Some(likeness);
    }
    let letters = native.letters.chars().count().min(other.letters.chars().count());
    let may_differ = is_alphabet(native.script) || letters >= SHORTEST_SYLLABIC;
    let (x, y) = (&a.forms[0], &b.forms[0]);
    let mut readings = a.forms.iter().flat_map(|x| b.forms.iter().map(move |y| (x, y)));
    if readings.any(|(x, y)| is_initial((a, x), (b, y))) {
        return (a.role.is_content() && b.role.is_content()).then_some(Likeness::Initial);
    }
    // One name as neighbouring languages write it has a reading in common. Characters that are read alike are none:
    // 张 and 章 are two surnames, and only 張 is another form of 张.
    let shared = match native.script {
        Script::Han => text::same_han(&native.letters, &other.letters),
        script => x.key == y.key || (is_alphabet(script) && forms_meet(a, b)),
    };
    if shared {
        return Some(Likeness::Spelling);
    }
    // Without vowels the letters themselves are compared, which stand last, not what a dictionary makes of them.
    let (x, y) = match native.script {
        Script::Arabic | Script::Hebrew => (a.forms.last()?, b.forms.last()?),
        _ => (x, y),
    };
    near(x, y).filter(|_| may_differ).map(|distance| Likeness::Near(distance.max(ONE_LETTER)))
}

/// Characters that words of Han, Hangul or Kana need to be near each other: in a given name of two, another character
/// is another name (이재명, 이재형); a foreign name of four may be written with another one.
const SHORTEST_SYLLABIC: usize = 4;

/// Another letter is a whole edit, however alike the two may be romanised.
const ONE_LETTER: u32 = 100;

/// What a feminine ending of three letters counts for: little more than one of a letter does (Ivanova), for it is as
/// regular, but a man of the name is another person.
const FEMININE: u32 = 75;

fn is_alphabet(script: Script) -> bool {
    !matches!(script, Script::Han | Script::Hangul | Script::Hiragana | Script::Katakana)
}

fn forms_meet(a: &Token, b: &Token) -> bool {
    a.forms.iter().any(|x| b.forms.iter().any(|y| x.key == y.key))
}

/// One letter as typed, and a longer word that begins with it: its Latin letters, for Ю is two. Roman figures are
/// numbers.
fn is_initial((a, x): (&Token, &Form), (b, y): (&Token, &Form)) -> bool {
    let begins = |initial: &Token, letters: &Form, word: &Token, whole: &Form| {
        initial.one_letter
            && !word.one_letter
            && whole.key.len() > letters.key.len()
            && whole.key.starts_with(&*letters.key)
            && !tables().numbers.contains_key(&*whole.key)
    };
    begins(a, x, b, y) || begins(b, y, a, x)
}

/// The same consonants, three at least, where one side has no vowels to compare.
fn same_skeleton(a: &Form, b: &Form) -> bool {
    a.sound == b.sound && sound_length(a.sound) >= 3
}

fn of_one_set(a: &Token, b: &Token) -> Option<Likeness> {
    let shared = a.sets.iter().filter(|set| b.sets.contains(set)).map(|set| set.0).min()?;
    Some(match shared {
        SetKind::Spelling => Likeness::Spelling,
        SetKind::Nickname => Likeness::Nickname,
        SetKind::Translation => Likeness::Translation,
        SetKind::Synonym => Likeness::Synonym,
    })
}

/// Near words lie within the allowed edits, or have one sound; either way their difference in spelling, weighed by
/// habit, is no more than so many full edits.
fn near(a: &Form, b: &Form) -> Option<u32> {
    let edits = edits_allowed(a.key.len().min(b.key.len()));
    let related = edits > 0 && ((a.sound == b.sound && a.sound != 0) || few_edits(a, b, edits));
    if related { sound_distance(&a.key, &b.key, edits * 100) } else { None }
}

pub(crate) fn few_edits(a: &Form, b: &Form, edits: u32) -> bool {
    may_lie_within(a.mask, a.key.len(), b.mask, b.key.len(), edits)
        && distance_within(&a.key, &b.key, edits).is_some()
}

/// Edits that two near words may differ in, by the length of the shorter: one up to four letters, two up to eight,
/// three beyond. Of one or two letters everything is near.
pub(crate) fn edits_allowed(letters: usize) -> u32 {
    match letters {
        0..=2 => 0,
        3..=4 => 1,
        5..=8 => 2,
        _ => 3,
    }
}

/// Shortest word that may be several words written together.
pub(crate) const SHORTEST_JOINED: usize = 4;

/// Whether a run may still become the word: it begins with the same letter and is hardly longer, or it may be the same
/// syllables in a system that writes them with more letters (zhi, chih).
pub(crate) fn may_join(word: &Form, run: &str) -> bool {
    begins_alike(word, run) || (!word.syllables.is_empty() && run.len() <= word.key.len() + 4)
}

fn begins_alike(word: &Form, run: &str) -> bool {
    word.key.as_bytes()[0] == run.as_bytes()[0] && run.len() <= word.key.len() + 1
}

/// Whether a run may be the syllables of one word: each of its words is a Latin one of whole syllables.
pub(crate) fn of_syllables<'a>(mut run: impl Iterator<Item = &'a Token>) -> bool {
    run.all(|token| token.forms.iter().any(|form| !form.syllables.is_empty()))
}

/// What it costs more to take a word for a run that is the same syllables in another system.
pub(crate) fn joined_syllables_cost(word: &Form, run: &str) -> Option<i32> {
    if word.syllables.is_empty() {
        return None;
    }
    let share = has_syllable_key(run, &word.syllables);
    if share { romanised_cost(word, run)?.try_into().ok() } else { None }
}

/// What it costs more to take a word for a run of words written together: nothing if the letters are the same, more if
/// the run together is another spelling of the word (Noureddine, Nur al-Din), or if only the sound is the same, and the
/// run is long enough to be told by it. Digits must be the same. `None` where it cannot be.
pub(crate) fn joined_cost(word: &Form, run: &str) -> Option<i32> {
    if *word.key == *run {
        return Some(0);
    }
    if begins_alike(word, run) && spelling_sets(run).any(|set| spelling_sets(&word.key).any(|s| s == set)) {
        return Some(weights().cost_spelling);
    }
    let by_sound = run.len() >= 8 && begins_alike(word, run) && word.sound == sound_key(run);
    if !by_sound || run.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    sound_distance(&word.key, run, 100).map(|distance| near_cost(distance as i32, run.len(), weights()))
}

/// The sets of spellings that a key stands in.
pub(crate) fn spelling_sets(key: &str) -> impl Iterator<Item = SetId> {
    let sets = tables().sets.get(key).map(Vec::as_slice).unwrap_or_default();
    sets.iter().copied().filter(|set| set.0 == SetKind::Spelling)
}

/// What a word and a run put at stake: as with any pair, the information of the commoner spelling.
pub(crate) fn joined_stake(word: &Token, run: i32) -> i32 {
    word.weight.min(run)
}

/// What one aligned pair is worth.
#[must_use]
pub fn worth(likeness: Likeness, a: &Token, b: &Token) -> Worth {
    Fact::pair(likeness, a, b).price(weights())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::{NameKind, parse};

    fn check(kind: NameKind, rows: &[(&str, &str, Option<&str>)]) {
        for (a, b, expected) in rows {
            let (x, y) = (parse(a, kind), parse(b, kind));
            let there = similar(&x.tokens[0], &y.tokens[0]);
            assert_eq!(there.map(Likeness::name), *expected, "{a} {b}");
            assert_eq!(similar(&y.tokens[0], &x.tokens[0]), there, "symmetric: {a} {b}");
        }
    }

    #[test]
    fn words_of_people() {
        check(
            NameKind::Person,
            &[
                ("Kazemi", "KAZEMI", Some("exact")),
                ("Mohammad", "Mohamed", Some("spelling")),
                ("Bagher", "Baqer", Some("spelling")),
                ("Czajkowski", "Tchaikovsky", Some("spelling")),
                ("Чайковский", "Tschaikowski", Some("spelling")),
                ("Shirinkar", "Shirinkaar", Some("spelling")),
                ("Shirinkar", "Shinrakar", Some("near")),
                ("Toghroljerdi", "Toghroljardi", Some("near")),
                ("Nováková", "Novak", Some("near")),
                ("William", "Bill", Some("nickname")),
                ("J", "John", Some("initial")),
                ("J", "K", None),
                ("Li", "Lu", None),
                ("Kazemi", "Karimov", None),
                ("44", "45", None),
                ("김정은", "김정은", Some("exact")),
                ("موسى", "موسی", Some("exact")),
                ("Сергей", "Сергій", Some("spelling")),
                ("習", "习", Some("spelling")),
                ("章", "张", None),
            ],
        );
    }

    #[test]
    fn words_of_organisations() {
        check(
            NameKind::Organization,
            &[
                // Alone they are names of their own; forms at the start of a name meet their equals.
                ("Limited", "Ltd.", None),
                ("OOO Romashka", "LLC Romashka", Some("legal_form")),
                ("IV", "4", Some("number")),
                ("Two", "2", Some("number")),
                ("5", "6", None),
                ("BANK", "BANCO", Some("synonym")),
            ],
        );
    }
}
