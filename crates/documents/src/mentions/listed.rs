//! Listed parties that a stretch of text names in full.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

use model::{Country, Entity, Locator, NameStrength, Property, Schema};
use names::NameKind;
use screen::{Candidates, Profile, Reading, Rules, Score, Scored, Sight, Window, score};
use smallvec::SmallVec;

use super::compared::{Among, Compared};
use super::extent::{is_place, is_small, longer, may_grow, spelled};
use super::lexicon::{Lexicon, Means};
use super::scan::{Case, Gap, Word};
use super::spans::spans;
use super::stated::Stated;
use super::verdict::agreeing;

/// Evidence in millibits that a name of several words needs, whatever its score: "Mohammad Ali" is anybody.
const LEAST_BITS: i32 = 20_000;

/// The same for organisations and vessels, which have fewer namesakes.
const LEAST_BITS_OF_OTHERS: i32 = 18_000;

/// Evidence in millibits that a name written in small letters needs: a pair of rare words.
const LEAST_BITS_SMALL: i32 = 36_000;

/// A word of a text that is read: where it is, and its number in the lexicon.
#[derive(Clone, Copy, Debug)]
pub(super) struct Met {
    pub(super) word: Word,
    pub(super) number: u32,
    /// What it means to lists, by itself or with the one beside it.
    pub(super) means: Means,
    /// The number of this word and the next as one, where a list writes them as one: Emen Net.
    pub(super) with_next: Option<u32>,
}

/// A listed party at a place.
#[derive(Clone, Debug)]
pub(super) struct Hit {
    /// First and last word, as places among the words of the block.
    pub(super) words: (usize, usize),
    /// Place of the listed party.
    pub(super) entity: usize,
    /// How the name compares.
    pub(super) scored: Arc<Scored>,
    /// What of the name stood there: the words as they were compared.
    pub(super) compared: String,
    /// How many words of the text agree with it.
    pub(super) agreeing: usize,
    pub(super) kind: NameKind,
    /// How many words that count the listed name has.
    pub(super) names_words: usize,
    /// Whether the publisher calls the name weak.
    pub(super) weak: bool,
    /// Whether the party is listed under this very word, among other names that it may also be like.
    pub(super) as_listed: bool,
    /// Whether one of the party's names begins with this word: Belavia of Belavia Belarusian Airlines.
    pub(super) begins: bool,
    /// Whether it is the first word of one of the party's names that is its own: Uralsib of Bank Uralsib.
    pub(super) own: bool,
    /// Whether another party's name is as good for these words.
    pub(super) shared: bool,
    /// Whether one word of the text is several of the name: a Chinese name, an address.
    pub(super) several_in_one: bool,
}

/// Who is looked for, and by which rules.
pub(super) struct Listed<'a, C: ?Sized> {
    pub(super) entities: &'a C,
    pub(super) rules: Rules<'a>,
    /// Comparisons made before: texts name the same people over and over, and places even more.
    pub(super) compared: RefCell<Compared>,
    /// The last words that were compared, and as what: with one party's names after another's.
    query: RefCell<Option<(Box<str>, NameKind, Profile)>>,
    /// What was seen of words, and the lexicon's volume that their numbers are of.
    sight: RefCell<(u32, Sight)>,
}

impl<'a, C: ?Sized> Listed<'a, C> {
    pub(super) fn new(entities: &'a C, rules: Rules<'a>) -> Self {
        let (compared, query) = (RefCell::default(), RefCell::default());
        Self { entities, rules, compared, query, sight: RefCell::default() }
    }
}

impl<'a, C: Candidates + ?Sized> Listed<'a, C> {
    /// The listed parties that a stretch of words may name, each where it fits best. A stretch is what no break parts.
    pub(super) fn in_stretch(
        &self,
        block: &str,
        stretch: &[Met],
        offset: usize,
        lexicon: &Lexicon<'a, C>,
        found: &mut Vec<Hit>,
    ) {
        let mut windows: Vec<Window> = Vec::new();
        for span in spans(stretch) {
            self.in_span(block, stretch, span, lexicon, &mut windows);
        }
        windows.sort_unstable();
        windows.dedup();
        // One entity may have many names that fit: all are compared at once.
        windows.dedup_by(|b, a| (a.first, a.last, a.entity, a.kind) == (b.first, b.last, b.entity, b.kind));
        for window in windows {
            if let Some(mut hit) = self.compared(block, stretch, &window, lexicon) {
                hit.words = (hit.words.0 + offset, hit.words.1 + offset);
                found.push(hit);
            }
        }
    }

    /// The listed names that some words of a stretch may be.
    fn in_span(
        &self,
        block: &str,
        stretch: &[Met],
        span: Range<usize>,
        lexicon: &Lexicon<'a, C>,
        windows: &mut Vec<Window>,
    ) {
        let reading = |number: u32| Some((number, lexicon.get(number).reading()?));
        // "В списке Олег Дерипаска": the preposition that begins a sentence is no initial of Vladimirovich.
        let capital = |at: Option<usize>| {
            let beside = at.and_then(|at| stretch.get(at));
            beside.is_some_and(|met| met.word.case.is_large() && !lexicon.get(met.number).function)
        };
        // "And I said": nor is a pronoun that no capital letter stands beside. "G and S" are no words.
        let no_initial = |at: usize, met: &Met| {
            let (letter, behind) = (&block[met.word.range()], &block[met.word.end as usize..]);
            if letter.len() > 2 || letter.chars().count() > 1 || behind.starts_with('.') {
                return false;
            }
            let alone = || !capital(at.checked_sub(1)) && !capital(Some(at + 1));
            lexicon.get(met.number).function && (met.word.gap >= Gap::Sentence || alone())
        };
        let of_word = |at: usize| reading(stretch[at].number).filter(|_| !no_initial(at, &stretch[at]));
        let mut readings: SmallVec<[Option<(u32, &Reading)>; 16]> = span.clone().map(of_word).collect();
        for (n, met) in stretch[span.clone()].iter().enumerate() {
            if let Some(joined) = met.with_next.filter(|_| n + 1 < readings.len()).and_then(reading) {
                (readings[n], readings[n + 1]) = (Some(joined), Some(joined));
            }
        }
        let (volume, sight) = &mut *self.sight.borrow_mut();
        if *volume != lexicon.volume() {
            (*volume, *sight) = (lexicon.volume(), Sight::default());
        }
        let start = span.start;
        lexicon.in_text().windows(&readings, sight, |window| {
            windows.push(Window { first: window.first + start, last: window.last + start, ..window });
        });
        for (at, reading) in span.zip(readings) {
            self.by_itself(stretch, at, reading.map(|word| word.1), lexicon, windows);
        }
    }

    /// The listed parties that a run of Han characters may name between its others: Chinese parts no words.
    pub(super) fn in_han(&self, text: &str, reading: &Reading, lexicon: &Lexicon<'a, C>) -> Option<Hit> {
        let mut best: Option<Hit> = None;
        // 银行 is a bank, and no surname.
        for window in lexicon.in_text().alone(reading).filter(|window| window.kind == NameKind::Person) {
            let Some(scored) = self.score(text, &window) else { continue };
            let (agreeing, told) = (agreeing(&scored).count(), told(&scored));
            let better =
                best.as_ref().is_none_or(|b| (scored.score, scored.bits) > (b.scored.score, b.scored.bits));
            if agreeing > 1 && told >= LEAST_BITS && better {
                let compared = text.to_owned();
                let Window { entity, kind, words: names_words, .. } = window;
                best = Some(Hit {
                    words: (0, 0),
                    entity,
                    scored,
                    compared,
                    agreeing,
                    kind,
                    names_words,
                    weak: false,
                    as_listed: false,
                    begins: false,
                    own: false,
                    shared: false,
                    several_in_one: true,
                });
            }
        }
        best
    }

    fn compared(
        &self,
        block: &str,
        stretch: &[Met],
        window: &Window,
        lexicon: &Lexicon<'a, C>,
    ) -> Option<Hit> {
        let (window, text, scored) = self.grown(block, stretch, window, lexicon)?;
        let window = &window;
        let words = &stretch[window.first..=window.last];
        if words.iter().all(|met| met.word.case == Case::Digits) {
            return None;
        }
        let agreeing = agreeing(&scored).count();
        let hit = scored.name.as_ref()?;
        if agreeing == 0 {
            return None;
        }
        let weak = hit.strength == NameStrength::Weak;
        let least = match window.kind {
            _ if is_small(words, lexicon) => LEAST_BITS_SMALL,
            NameKind::Person => LEAST_BITS,
            _ => LEAST_BITS_OF_OTHERS,
        };
        let several = window.last > window.first;
        let verbatim = is_verbatim(&scored);
        if several && told(&scored) < least && !(verbatim && window.kind != NameKind::Person) {
            return None;
        }
        // Nidal is a campaign, and a given name.
        let of_person = window.kind == NameKind::Person;
        let says_little = |met: &Met| {
            let entry = lexicon.get(met.number);
            entry.says_little() && !(of_person && entry.known_name && !entry.common)
        };
        if !verbatim && words.iter().all(says_little) {
            return None;
        }
        let single = window.first == window.last;
        let among = self.among(&text, &scored, window, single);
        // Nizhny Novgorod is not the Sokol plant there, Hong Kong no electronics.
        if window.kind != NameKind::Person
            && (Country::find(&text).is_some()
                || is_place(&text)
                || (among.lacks_part && scored.score < NEARLY_WHOLE))
        {
            return None;
        }
        // "NABI, SAHAND": a comma parts two ships; a family name stands before one, a legal form behind.
        let parted = words
            .iter()
            .skip(1)
            .any(|met| met.word.gap == Gap::Comma && !lexicon.get(met.number).organizational);
        if parted && window.kind != NameKind::Person {
            return None;
        }
        if !verbatim && among.says_little {
            return None;
        }
        // Anna Kazemi Rahimi is not Anna Kazemi.
        let (first, last) = longer(block, stretch, window, lexicon);
        if (first, last) != (window.first, window.last) {
            let whole = Window { first, last, ..*window };
            let text = spelled(block, &stretch[first..=last], &whole, lexicon);
            let scored = self.score(&text, &whole)?;
            // The White Star Line is no White Star: common words name nobody but together.
            if words.iter().all(|met| lexicon.get(met.number).common) && scored.score < NEARLY_WHOLE {
                return None;
            }
        }
        let Among { as_listed, begins, own, .. } = among;
        Some(Hit {
            words: (window.first, window.last),
            entity: window.entity,
            scored,
            agreeing,
            kind: window.kind,
            names_words: window.words,
            weak,
            as_listed,
            begins,
            own,
            shared: false,
            several_in_one: single && agreeing > 1,
            compared: text,
        })
    }

    /// A window with the words beside it that make the name more like the listed one: the legal form of a company, the
    /// number of a ship, a title that is a part of the name.
    fn grown(
        &self,
        block: &str,
        stretch: &[Met],
        window: &Window,
        lexicon: &Lexicon<'a, C>,
    ) -> Option<(Window, String, Arc<Scored>)> {
        let compared = |window: &Window| {
            let text = spelled(block, &stretch[window.first..=window.last], window, lexicon);
            Some((self.score(&text, window)?, text))
        };
        let mut window = *window;
        let mut best = compared(&window);
        let worth = |best: &Option<(Arc<Scored>, String)>| {
            best.as_ref().map(|(scored, _)| (scored.score, scored.bits))
        };
        for _ in 0..GROWTH {
            let mut grown = None;
            // A family name stands before a comma, a legal form behind: the OOO of "Vertikal, OOO, Optima" is Vertikal's.
            let of_person = window.kind == NameKind::Person;
            let before = window.first.checked_sub(1).filter(|at| {
                let next = &stretch[*at + 1];
                may_grow(&stretch[*at], next) && (of_person || next.word.gap < Gap::Comma)
            });
            let after = stretch.get(window.last + 1).filter(|next| may_grow(next, next));
            // Public Company Limited: a legal form of several words fits with all of them.
            let of_form = |next: &&Met| may_grow(next, next) && lexicon.get(next.number).organizational;
            let form = stretch[window.last + 1..].iter().take(FORM).take_while(of_form).count();
            let wider = [
                before.map(|first| Window { first, ..window }),
                after.map(|_| Window { last: window.last + 1, ..window }),
                (form > 1 && !of_person).then(|| Window { last: window.last + form, ..window }),
            ];
            for wider in wider.into_iter().flatten() {
                let better = compared(&wider);
                if worth(&better) > worth(&best) {
                    (best, grown) = (better, Some(wider));
                }
            }
            let Some(wider) = grown else { break };
            window = wider;
        }
        best.map(|(scored, text)| (window, text, scored))
    }

    /// A match once more, with what the text states beside the name: `Err`, with the reason among its rows, where the
    /// party's own record says otherwise.
    pub(super) fn with_stated(&self, hit: &Hit, stated: &Stated) -> Result<Arc<Scored>, Scored> {
        let says_name = stated.property == Property::Name;
        let text =
            if says_name { format!("{} {}", hit.compared, stated.value) } else { hit.compared.clone() };
        let beside = (!says_name).then_some(stated);
        let Some(scored) = self.score_anew(&text, hit.entity, hit.kind, beside) else {
            return Ok(Arc::clone(&hit.scored));
        };
        let contrary = |row: &screen::Row| row.kind == "conflict" && row.feature == stated.property.name();
        match scored.matched {
            false if scored.rows.iter().any(contrary) => Err(scored),
            true if !says_name => Ok(Arc::new(scored)),
            _ => Ok(Arc::clone(&hit.scored)),
        }
    }

    /// The comparison of words with a party as a name of a kind, where it is a match.
    pub(super) fn score_as(&self, text: &str, entity: usize, kind: NameKind) -> Option<Scored> {
        self.score_anew(text, entity, kind, None).filter(|scored| scored.matched)
    }

    pub(super) fn score_anew(
        &self,
        text: &str,
        entity: usize,
        kind: NameKind,
        stated: Option<&Stated>,
    ) -> Option<Scored> {
        let schema = match kind {
            NameKind::Person => Schema::Person,
            NameKind::Organization => Schema::Organization,
            NameKind::Vehicle if stated.is_some() => Schema::Vessel,
            NameKind::Vehicle => Schema::Vehicle,
        };
        let (candidate, configuration) = (self.entities.get(entity), self.rules.of(entity)?);
        let query = || {
            let mut query = Entity::new("", schema);
            query.add(Property::Name, text, Locator::Direct);
            if let Some(stated) = stated {
                query.add(stated.property.clone(), &*stated.value, Locator::Direct);
            }
            Profile::new(&query)
        };
        if stated.is_some() {
            return score(&query(), candidate, configuration);
        }
        let mut last = self.query.borrow_mut();
        let same = last.take().filter(|(known, of, _)| (&**known, *of) == (text, kind));
        let (.., profile) = last.insert(same.unwrap_or_else(|| (text.into(), kind, query())));
        score(profile, candidate, configuration)
    }
}

/// What the words that agree tell together, in millibits.
fn told(scored: &Scored) -> i32 {
    agreeing(scored).map(|row| row.bits).sum()
}

/// What may be missing from a name that is given word for word, in millibits: a legal form costs less, a word more.
const LITTLE: i32 = -500;

/// Whether a name stands there word for word: "the Art Gallery" is not the Artual Gallery.
fn is_verbatim(scored: &Scored) -> bool {
    scored.rows.iter().filter(|row| row.feature == "name").all(|row| match row.kind {
        "exact" | "number" | "legal_form" | "best_of" | "namesakes" => true,
        "only_candidate" => row.bits > LITTLE,
        _ => false,
    })
}

/// Words of a legal form, at most: Public Joint Stock Company.
const FORM: usize = 4;

/// Words that a window may grow by.
const GROWTH: usize = 3;

/// Score from which an organisation's name may lack a word of its own, and not of its trade or its seat alone.
const NEARLY_WHOLE: Score = Score::from_ten_thousandths(8500);
