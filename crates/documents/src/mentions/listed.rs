//! Listed parties that a stretch of text names in full.

use std::cell::RefCell;
use std::sync::Arc;

use model::{Country, Entity, Locator, NameStrength, Property, Schema};
use names::{NameKind, Role};
use rustc_hash::FxHashMap;
use screen::{Candidates, Profile, Reading, Rules, Score, Scored, Sight, Window, score};

use super::lexicon::{Entry, Lexicon, roles_in_organization};
use super::scan::{Case, Gap, Word};
use super::stated::Stated;
use super::verdict::{agreeing, lacks};

/// Words around that may be part of a longer name.
const LONGER: usize = 3;

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

/// A listed name that a word may be by itself.
#[derive(Debug)]
pub(super) struct Alone {
    window: Window,
    /// Whether the word alone is a match. Otherwise a title or a legal form beside it may make it one.
    matches: bool,
}

/// Room that such a name takes, in numbers.
const ALONE: usize = size_of::<Alone>() / size_of::<u32>();

/// Who is looked for, and by which rules.
pub(super) struct Listed<'a, C: ?Sized> {
    pub(super) entities: &'a C,
    pub(super) rules: Rules<'a>,
    /// Comparisons made before: texts name the same people over and over, and places even more.
    compared: RefCell<Compared>,
    sight: RefCell<Sight>,
}

/// Comparisons by the words, where they match.
type OfWords = FxHashMap<Box<str>, Option<Arc<Scored>>>;

/// Comparisons by candidate and kind.
#[derive(Default)]
struct Compared {
    of: FxHashMap<(usize, NameKind), OfWords>,
    count: usize,
}

/// Comparisons that are remembered.
const REMEMBERED: usize = 1 << 16;

impl<'a, C: ?Sized> Listed<'a, C> {
    pub(super) fn new(entities: &'a C, rules: Rules<'a>) -> Self {
        Self { entities, rules, compared: RefCell::default(), sight: RefCell::default() }
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
        let opens = |met: &Met| lexicon.opens(met.number) || met.with_next.is_some();
        if !stretch.iter().any(opens) {
            return;
        }
        let reading = |number: u32| lexicon.get(number).reading();
        // "В списке Олег Дерипаска": the preposition that begins a sentence is no initial of Vladimirovich.
        let preposition = |met: &&Met| {
            let stops = !block[met.word.end as usize..].starts_with('.');
            let one = met.word.gap >= Gap::Sentence && block[met.word.range()].chars().count() == 1;
            one && stops && lexicon.get(met.number).function
        };
        let of_word =
            |met: &Met| Some(met).filter(|met| !preposition(met)).and_then(|met| reading(met.number));
        let mut readings: Vec<Option<&Reading>> = stretch.iter().map(of_word).collect();
        for (at, met) in stretch.iter().enumerate() {
            if let Some(joined) = met.with_next.filter(|_| at + 1 < stretch.len()).and_then(reading) {
                (readings[at], readings[at + 1]) = (Some(joined), Some(joined));
            }
        }
        let mut windows: Vec<Window> = Vec::new();
        let sight = &mut self.sight.borrow_mut();
        lexicon.in_text().windows(&readings, sight, |window| windows.push(window));
        for (at, reading) in readings.iter().enumerate() {
            self.by_itself(stretch, at, *reading, lexicon, &mut windows);
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

    /// The names that one word may be by itself, or with a title or a legal form beside it.
    fn by_itself(
        &self,
        stretch: &[Met],
        at: usize,
        reading: Option<&Reading>,
        lexicon: &Lexicon<'a, C>,
        windows: &mut Vec<Window>,
    ) {
        let Some(reading) = reading.filter(|reading| reading.opens()) else { return };
        let here = |window: Window| Window { first: at, last: at, ..window };
        let entry = lexicon.get(stretch[at].number);
        if !entry.reading().is_some_and(|own| std::ptr::eq(own, reading)) {
            // The word and its neighbour as one: who is meant is told by both.
            windows.extend(lexicon.in_text().alone(reading).map(here));
            return;
        }
        let beside = |at: Option<usize>| stretch.get(at?).and_then(|met| lexicon.get(met.number).reading());
        let around = [beside(at.checked_sub(1)), beside(Some(at + 1))];
        let completed = |alone: &&Alone| {
            let goes_with = |word: &&Reading| lexicon.in_text().goes_with(word, alone.window.name);
            alone.matches || around.iter().flatten().any(goes_with)
        };
        windows.extend(self.alone(entry, lexicon).iter().filter(completed).map(|alone| here(alone.window)));
    }

    /// The names that a word may be by itself, worked out once: most that its letters leave open a comparison closes.
    fn alone<'e>(&self, entry: &'e Entry, lexicon: &Lexicon<'a, C>) -> &'e [Alone] {
        entry.alone.get_or_init(|| {
            let mut windows: Vec<Window> =
                entry.reading().into_iter().flat_map(|reading| lexicon.in_text().alone(reading)).collect();
            windows.sort_unstable();
            let mut alone: Vec<Alone> = Vec::new();
            for window in windows {
                let same = |of: &Alone| (of.window.entity, of.window.kind) == (window.entity, window.kind);
                let compared = alone.iter().rev().find(|of| same(of)).map(|of| of.matches);
                let as_it_stands = || entry.forms.first().map_or("", |form| &*form.text);
                let text = entry.form(lexicon.in_text(), window.name).unwrap_or_else(as_it_stands);
                let matches = compared.unwrap_or_else(|| self.score(text, &window).is_some());
                if !(matches && compared.is_some()) {
                    alone.push(Alone { window, matches });
                }
            }
            alone.retain(|alone| alone.matches || lexicon.in_text().has_beside(alone.window.name));
            lexicon.grew(ALONE * alone.len());
            alone.into()
        })
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
        if !verbatim && words.iter().all(|met| lexicon.get(met.number).says_little()) {
            return None;
        }
        // Nizhny Novgorod is not the Sokol plant there, Hong Kong no electronics.
        if window.kind != NameKind::Person
            && (Country::find(&text).is_some() || (lacks(&scored, Role::Part) && scored.score < NEARLY_WHOLE))
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
        if !verbatim && says_little(&text) {
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
        let single = window.first == window.last;
        Some(Hit {
            words: (window.first, window.last),
            entity: window.entity,
            scored,
            agreeing,
            kind: window.kind,
            names_words: window.words,
            weak,
            as_listed: single && self.is_listed_as(&text, window),
            begins: single && self.is_begun_by(&text, window, &[Role::LegalForm]),
            own: single && self.is_begun_by(&text, window, &[Role::LegalForm, Role::Generic, Role::Place]),
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
            let wider = [
                before.map(|first| Window { first, ..window }),
                after.map(|_| Window { last: window.last + 1, ..window }),
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

    /// The score of some words as the name of a listed party, where it is a match.
    fn score(&self, text: &str, window: &Window) -> Option<Arc<Scored>> {
        let key = (window.entity, window.kind);
        if let Some(known) = self.compared.borrow().of.get(&key).and_then(|of| of.get(text)) {
            return known.clone();
        }
        let scored = self.score_anew(text, window.entity, window.kind, None);
        let scored = scored.filter(|scored| scored.matched).map(Arc::new);
        let compared = &mut *self.compared.borrow_mut();
        if compared.count >= REMEMBERED {
            *compared = Compared::default();
        }
        compared.count += 1;
        compared.of.entry(key).or_default().insert(text.into(), scored.clone());
        scored
    }

    /// Whether one of the party's names begins with this word, but for words of some roles.
    fn is_begun_by(&self, text: &str, window: &Window, but: &[Role]) -> bool {
        let word = names::parse(text, window.kind);
        let same =
            |key: &str| word.tokens.iter().any(|token| token.forms.iter().any(|form| *form.key == *key));
        let of_kind = self.entities.get(window.entity).names.iter().filter(|name| name.kind == window.kind);
        of_kind.into_iter().any(|name| {
            let first = name.name.tokens.iter().find(|token| !but.contains(&token.role));
            first.is_some_and(|token| same(token.key()))
        })
    }

    /// Whether one of the party's names is this one word.
    fn is_listed_as(&self, text: &str, window: &Window) -> bool {
        let word = names::parse(text, window.kind);
        let names = &self.entities.get(window.entity).names;
        let mut single = names.iter().filter(|name| name.kind == window.kind && name.name.tokens.len() == 1);
        single.any(|name| {
            let key = name.name.tokens[0].key();
            word.tokens.len() == 1 && word.tokens[0].forms.iter().any(|form| *form.key == *key)
        })
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

    fn score_anew(
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
        let mut query = Entity::new("", schema);
        query.add(Property::Name, text, Locator::Direct);
        if let Some(stated) = stated {
            query.add(stated.property.clone(), &*stated.value, Locator::Direct);
        }
        let configuration = self.rules.of(entity)?;
        score(&Profile::new(&query), self.entities.get(entity), configuration)
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

/// Words that a window may grow by.
const GROWTH: usize = 3;

/// Whether a word may belong to the name beside it; `right` is the one of the two that stands behind the gap.
fn may_grow(met: &Met, right: &Met) -> bool {
    right.word.gap <= Gap::Comma && met.word.case != Case::Small
}

/// Whether words of a name are written in small letters where the script has large ones.
fn is_small<C: Candidates + ?Sized>(words: &[Met], lexicon: &Lexicon<'_, C>) -> bool {
    words.iter().any(|met| met.word.case == Case::Small && !lexicon.get(met.number).particle)
}

/// The words as they are compared: as they stand, with those in the nominative that are like the name's in no other case.
fn spelled<C: Candidates + ?Sized>(
    block: &str,
    words: &[Met],
    window: &Window,
    lexicon: &Lexicon<'_, C>,
) -> String {
    let mut text = String::new();
    for (n, met) in words.iter().enumerate() {
        if n > 0 {
            text.push_str(if met.word.gap == Gap::Comma { ", " } else { " " });
        }
        match lexicon.get(met.number).form(lexicon.in_text(), window.name) {
            Some(form) => text.push_str(form),
            None => text.push_str(&met.word.surface(block)),
        }
    }
    text
}

/// Score from which an organisation's name may lack a word of its own, and not of its trade or its seat alone.
const NEARLY_WHOLE: Score = Score::from_ten_thousandths(8500);

/// Whether some words are nothing but places and generic words of organisations: Nizhny Novgorod, Hong Kong Electronics.
fn says_little(text: &str) -> bool {
    let little = |role: &Role| matches!(role, Role::Generic | Role::LegalForm | Role::Place);
    roles_in_organization(text).iter().all(little)
}

/// The window with the words beside it that can only belong to the same name: proper names for a person, whatever has a
/// capital letter for an organisation, "of" and a place too. A sentence may begin with a capital letter for its own sake.
fn longer<C: Candidates + ?Sized>(
    block: &str,
    stretch: &[Met],
    window: &Window,
    lexicon: &Lexicon<'_, C>,
) -> (usize, usize) {
    let of_person = window.kind == NameKind::Person;
    let belongs = |at: usize| {
        let met = &stretch[at];
        let entry = lexicon.get(met.number);
        met.word.case.is_large()
            && if of_person { entry.is_proper() } else { !entry.function && !entry.title }
    };
    let apart = |at: usize| stretch[at].word.gap != Gap::Space;
    // "Wiktarowi Łukaszence Narodowy Komitet": what stands before a generic word begins an organisation's name.
    let of_another = |at: usize| {
        let next = stretch.get(at + 1).filter(|next| of_person && next.word.gap == Gap::Space);
        next.is_some_and(|next| next.word.case.is_large() && lexicon.get(next.number).organizational)
    };
    let (mut first, mut last) = (window.first, window.last);
    // "Глава Чечни Рамзан Кадыров": neither a place nor what only begins a sentence is a part of the name behind it.
    let foreign = |at: usize| {
        let entry = lexicon.get(stretch[at].number);
        of_person && (entry.place || stretch[at].word.gap >= Gap::Sentence && !entry.known_name)
    };
    while first > 0
        && window.first - first < LONGER
        && !apart(first)
        && belongs(first - 1)
        && !foreign(first - 1)
    {
        first -= 1;
    }
    while last + 1 < stretch.len()
        && last - window.last < LONGER
        && !apart(last + 1)
        && belongs(last + 1)
        && !of_another(last + 1)
    {
        last += 1;
    }
    let links = |at: usize| matches!(&block[stretch[at].word.range()], "of" | "de" | "del" | "du");
    if !of_person && last == window.last && last + 2 < stretch.len() {
        // The Security Service of Ukraine is not Russia's; the Mehdi Group of Ali Mehdi is his.
        let seat = || {
            let entry = lexicon.get(stretch[last + 2].number);
            entry.says_little() || !entry.known_name
        };
        let linked = links(last + 1) && !apart(last + 1) && !apart(last + 2) && belongs(last + 2) && seat();
        last += if linked { 2 } else { 0 };
    }
    (first, last)
}
