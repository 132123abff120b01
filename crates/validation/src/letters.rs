//! Slips of single letters, in words long enough that the slip does not make another name of them.

use crate::random::Random;
use crate::script::{is_alphabet, letters, of_letter};
use crate::subject::Subject;

/// Letters that a word must have for a slip in it to be required: of five letters, four still say the name. In shorter
/// words ("Ali", "Omar") one letter is often all that tells two names apart; those slips are a test of their own.
const LONG: usize = 5;

/// Where words of letters begin and end.
fn runs(chars: &[char], range: std::ops::RangeInclusive<usize>) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    let mut start = 0;
    for i in 0..=chars.len() {
        if chars.get(i).is_some_and(|c| of_letter(*c).is_some_and(is_alphabet)) {
            continue;
        }
        if range.contains(&(i - start)) {
            runs.push((start, i));
        }
        start = i + 1;
    }
    runs
}

/// One slip, at a place of some word.
type Slip = fn(&mut Vec<char>, (usize, usize), &mut Random) -> Option<()>;

fn slip(
    name: &str,
    lengths: std::ops::RangeInclusive<usize>,
    random: &mut Random,
    slip: Slip,
) -> Option<String> {
    let mut chars: Vec<char> = name.chars().collect();
    let run = *random.pick(&runs(&chars, lengths))?;
    slip(&mut chars, run, random)?;
    Some(chars.into_iter().collect())
}

/// A letter in the case of another.
pub(crate) fn like(letter: char, case_of: char) -> char {
    if case_of.is_uppercase() { letter.to_uppercase().next().unwrap_or(letter) } else { letter }
}

fn drawn(beside: char, random: &mut Random) -> char {
    let alphabet: Vec<char> = letters(of_letter(beside).unwrap_or("Latin")).chars().collect();
    like(random.pick(&alphabet).copied().unwrap_or('x'), beside)
}

fn small(c: char) -> String {
    c.to_lowercase().collect()
}

/// Swaps two neighbours that differ; each place keeps its case.
#[allow(clippy::ptr_arg)] // One type for all slips: some change the number of letters.
fn swap(chars: &mut Vec<char>, (start, end): (usize, usize), random: &mut Random) -> Option<()> {
    let places: Vec<usize> = (start..end - 1).filter(|&i| small(chars[i]) != small(chars[i + 1])).collect();
    let at = *random.pick(&places)?;
    let cased = |c: char, place: char| {
        if place.is_uppercase() { like(c, place) } else { c.to_lowercase().next().unwrap_or(c) }
    };
    let (a, b) = (chars[at], chars[at + 1]);
    (chars[at], chars[at + 1]) = (cased(b, a), cased(a, b));
    Some(())
}

/// Leaves a letter out.
fn drop(chars: &mut Vec<char>, (start, end): (usize, usize), random: &mut Random) -> Option<()> {
    chars.remove(start + random.below(end - start));
    Some(())
}

/// Puts in a letter that is not beside it already, which would be a doubling.
fn add(chars: &mut Vec<char>, (start, end): (usize, usize), random: &mut Random) -> Option<()> {
    let at = start + 1 + random.below(end - start - 1);
    let new = (0..8)
        .map(|_| drawn(chars[at], random))
        .find(|c| small(*c) != small(chars[at]) && small(*c) != small(chars[at - 1]))?;
    chars.insert(at, new);
    Some(())
}

#[allow(clippy::ptr_arg)] // As above.
fn replace(chars: &mut Vec<char>, (start, end): (usize, usize), random: &mut Random) -> Option<()> {
    let at = start + random.below(end - start);
    let new = (0..8).map(|_| drawn(chars[at], random)).find(|c| small(*c) != small(chars[at]))?;
    chars[at] = new;
    Some(())
}

fn double(chars: &mut Vec<char>, (start, end): (usize, usize), random: &mut Random) -> Option<()> {
    let places: Vec<usize> = (start..end)
        .filter(|&i| i + 1 == end || small(chars[i]) != small(chars[i + 1]))
        .filter(|&i| i == start || small(chars[i]) != small(chars[i - 1]))
        .collect();
    let at = *random.pick(&places)?;
    chars.insert(
        at + 1,
        chars[at]
            .to_lowercase()
            .next()
            .filter(|_| at == start && end - start > 1 && chars[at + 1].is_lowercase())
            .unwrap_or(chars[at]),
    );
    Some(())
}

/// The kinds of slip, of which the tests that do not say which draw one.
const SLIPS: [Slip; 5] = [swap, drop, add, replace, double];

pub(crate) fn transposed(subject: &Subject<'_>, random: &mut Random) -> Option<String> {
    slip(subject.name, LONG..=usize::MAX, random, swap)
}

pub(crate) fn dropped(subject: &Subject<'_>, random: &mut Random) -> Option<String> {
    slip(subject.name, LONG..=usize::MAX, random, drop)
}

pub(crate) fn added(subject: &Subject<'_>, random: &mut Random) -> Option<String> {
    slip(subject.name, LONG..=usize::MAX, random, add)
}

pub(crate) fn replaced(subject: &Subject<'_>, random: &mut Random) -> Option<String> {
    slip(subject.name, LONG..=usize::MAX, random, replace)
}

pub(crate) fn doubled(subject: &Subject<'_>, random: &mut Random) -> Option<String> {
    slip(subject.name, LONG..=usize::MAX, random, double)
}

/// A slip in a word of three or four letters.
pub(crate) fn short_word(subject: &Subject<'_>, random: &mut Random) -> Option<String> {
    let kind = *random.pick(&SLIPS)?;
    slip(subject.name, 3..=LONG - 1, random, kind)
}

/// Two slips, in two words.
pub(crate) fn two_slips(subject: &Subject<'_>, random: &mut Random) -> Option<String> {
    let mut chars: Vec<char> = subject.name.chars().collect();
    let mut runs = runs(&chars, LONG..=usize::MAX);
    if runs.len() < 2 {
        return None;
    }
    let first = runs.remove(random.below(runs.len()));
    let second = runs.remove(random.below(runs.len()));
    // The later word first, so that the earlier one's place does not shift.
    for run in [first.max(second), first.min(second)] {
        random.pick(&SLIPS)?(&mut chars, run, random)?;
    }
    Some(chars.into_iter().collect())
}
