//! Short names that stand for a full one: a surname alone, the first word of a company, an acronym in brackets.

use std::sync::Arc;

use names::{Likeness, NameKind, Role, Token};
use rustc_hash::FxHashMap;
use screen::Profile;

use super::Evidence;
use super::described;
use super::given::{Given, letters_of};
use super::han::{double_surname, is_han};
use super::lone::Lone;

/// Whom a short name means from a place of the text on.
pub(super) struct Meant {
    from: usize,
    /// Where it was last named by the full name.
    last: usize,
    /// How often it was named so far, in full or in short.
    times: u32,
    pub(super) party: usize,
    kind: NameKind,
    /// What the words beside the full name call its bearer.
    described: Vec<Box<str>>,
    /// Whether it was introduced as kin of somebody of that name.
    kin: bool,
    /// Whether it has a woman's form of the surname: Песков is no Пескова.
    feminine: bool,
    pub(super) evidence: Option<Evidence>,
}

impl Meant {
    /// Whether the words beside the full name call its bearer so.
    fn is_called(&self, word: &str) -> bool {
        self.described.iter().any(|known| described::same(known, word))
    }

    /// What it is the name of.
    pub(super) fn kind(&self) -> NameKind {
        self.kind
    }
}

/// Where a full name stands, and what the words beside it call its bearer.
pub(super) struct Introduced {
    pub(super) at: usize,
    pub(super) described: Vec<Box<str>>,
    /// Whether it is introduced as kin of another.
    pub(super) kin: bool,
}

/// The short names of a document.
#[derive(Default)]
pub(super) struct ShortNames {
    by_key: FxHashMap<Box<str>, Vec<Meant>>,
    /// The words themselves, for other spellings of them.
    words: Vec<Arc<Token>>,
    /// Spellings met.
    spelt: FxHashMap<Box<str>, Spelt>,
    /// For each surname where somebody bore it last who is none of these: Рихард Вагнер.
    strangers: FxHashMap<Box<str>, usize>,
    /// What each party is called beside its surnames.
    given: FxHashMap<usize, Given>,
}

/// A spelling that was met.
#[derive(Default)]
struct Spelt {
    /// The keys that it has by its own letters, in one spelling or another.
    keys: Vec<Box<str>>,
    /// Of the words of short names how many it was compared with.
    compared: usize,
    /// The key of the first of them that it is another spelling of.
    alike: Option<Box<str>>,
}

/// Short names among which other spellings are looked for; a document of more has its words by their letters alone.
const COMPARED: usize = 2_000;

/// Other spellings that are remembered.
const REMEMBERED: usize = 1 << 16;

/// Information of an organisation's word, in millibits, that stands for the whole name.
const TELLING: i32 = 5_000;

impl ShortNames {
    /// Learns the short names of a listed party from a place where it is named.
    pub(super) fn learn(
        &mut self,
        from: &Introduced,
        party: usize,
        profile: &Profile,
        evidence: &Evidence,
        kind: NameKind,
    ) {
        let mut keys: Vec<Box<str>> = Vec::new();
        let met = evidence.scored.name.as_ref().map(|hit| &*hit.candidate);
        let of_kind = || profile.names.iter().filter(|name| name.kind == kind);
        let telling = |token: &Token| may_stand_alone(kind, token) && token.role != Role::Generic;
        // GAZ of GAZ Group is the gas works by its letters: what is said by them is in capitals.
        let capitals = |token: &&Arc<Token>| {
            let short = token.role == Role::Generic && token.information >= TELLING;
            short && evidence.compared.split(' ').any(|word| is_acronym(word) && word == &*token.text)
        };
        let told: Vec<&Arc<Token>> = of_kind()
            .filter(|name| Some(&*name.name.text) == met)
            .flat_map(|name| &name.name.tokens)
            .filter(|token| telling(token))
            .collect();
        // Tajideen is Tajiddine, where the list itself spells the surname so too.
        let spelled = of_kind()
            .filter(|_| kind == NameKind::Person)
            .flat_map(|name| &name.name.tokens)
            .filter(|token| telling(token) && told.iter().any(|met| names::similar(token, met).is_some()));
        if told.is_empty() && kind == NameKind::Organization {
            let typed = names::parse(&evidence.compared, kind);
            keys.extend(typed.tokens.iter().filter(capitals).map(|token| Box::from(&*token.text)));
        }
        for token in told.iter().copied().chain(spelled) {
            self.know(token);
            keys.extend(token.forms.iter().map(|form| Box::from(&*form.key)));
        }
        // As it stands in the text, whatever the list's spelling.
        let typed = names::parse(&evidence.compared, kind);
        let last = typed.tokens.iter().rfind(|token| token.role.is_content());
        let of_family = |token: &Token| self.words.iter().any(|known| names::similar(token, known).is_some());
        if let Some(token) =
            last.filter(|token| kind == NameKind::Person && typed.tokens.len() > 1 && of_family(token))
        {
            self.know(token);
            keys.extend(token.forms.iter().map(|form| Box::from(&*form.key)));
        }
        if kind == NameKind::Person {
            let of_party = self.given.entry(party).or_default();
            for name in of_kind().map(|name| &name.name).chain(std::iter::once(&typed)) {
                of_party.take(name.tokens.iter().filter(|token| !telling(token)));
            }
        }
        // امان‌اللهی is two words to whoever compares it, and one surname.
        let joined = evidence.scored.rows.iter().any(|row| row.kind == "joined");
        let last = evidence.compared.rsplit(' ').next().filter(|_| joined && kind == NameKind::Person);
        keys.extend(last.filter(|word| names::parse(word, kind).tokens.len() > 1).map(Box::from));
        // 林郑 of 林郑月娥: a surname of two characters stands alone, one of one does not.
        keys.extend(double_surname(&evidence.compared).filter(|_| kind == NameKind::Person).map(Box::from));
        let kin = from.kin && keys.iter().any(|key| self.is_borne(key));
        let from = &Introduced { at: from.at, described: from.described.clone(), kin };
        for key in keys {
            self.add(&key, from, party, kind, Some(evidence));
        }
    }

    fn know(&mut self, token: &Arc<Token>) {
        if self.words.len() < COMPARED && !self.words.iter().any(|known| names::same_word(known, token)) {
            self.words.push(Arc::clone(token));
        }
    }

    /// The keys of the short names that a word is: in these letters or another spelling, Szakucin is Shakutsin, and in the
    /// nominative: Кадырова is his wife or of him.
    fn keys_of(&mut self, forms: &[Box<str>]) -> Vec<Box<str>> {
        let mut keys: Vec<Box<str>> = Vec::new();
        for form in forms {
            let Some((key, as_known)) = self.key_of(form) else { continue };
            // Another spelling of a guessed nominative is a guess too many where there is a better one.
            if (as_known || keys.is_empty()) && !keys.contains(&key) {
                keys.push(key);
            }
        }
        keys
    }

    /// Whether a word is a short name, in these letters or another spelling.
    pub(super) fn is_short(&mut self, form: &str) -> bool {
        self.key_of(form).is_some()
    }

    /// The key of the short name that a form is, and whether in the letters of that name.
    fn key_of(&mut self, form: &str) -> Option<(Box<str>, bool)> {
        // Known by its own letters: in one word of two parts, in two characters, in capitals.
        if self.by_key.contains_key(form) {
            return Some((form.into(), true));
        }
        if !self.spelt.contains_key(form) {
            if self.spelt.len() >= REMEMBERED {
                self.spelt.clear();
            }
            self.spelt.insert(form.into(), Spelt::of(form));
        }
        let spelt = self.spelt.get_mut(form)?;
        if let Some(key) = spelt.keys.iter().find(|key| self.by_key.contains_key(*key)) {
            return Some((key.clone(), true));
        }
        spelt.compare(form, &self.words);
        spelt.alike.clone().map(|key| (key, false))
    }

    /// Whether somebody who was named before bears a surname, be it in a man's form: Мордашова is Мордашов's wife.
    pub(super) fn is_borne(&self, key: &str) -> bool {
        let masculine = key.strip_suffix('a').unwrap_or(key);
        [key, masculine].iter().any(|key| self.by_key.contains_key(*key))
    }

    /// From a place of the text on a word means somebody.
    pub(super) fn add(
        &mut self,
        key: &str,
        introduced: &Introduced,
        party: usize,
        kind: NameKind,
        evidence: Option<&Evidence>,
    ) {
        let from = introduced.at;
        let meant = self.by_key.entry(key.into()).or_default();
        match meant.iter_mut().find(|meant| meant.party == party) {
            Some(known) if known.last == from => {}
            Some(known) => {
                (known.last, known.times) = (from, known.times + 1);
                let room = DESCRIBED.saturating_sub(known.described.len());
                known.described.extend(introduced.described.iter().take(room).cloned());
            }
            None => {
                let (described, evidence) = (introduced.described.clone(), evidence.cloned());
                let kin = introduced.kin;
                let met = evidence.as_ref().and_then(|evidence| evidence.scored.name.as_ref());
                let feminine = is_feminine(met.map_or(key, |hit| &hit.candidate));
                let (last, times) = (from, 1);
                meant.push(Meant { from, last, times, party, kind, described, kin, feminine, evidence });
            }
        }
    }

    /// Whom a lone word means. Of several with one surname the one who was called what the word before it says; then the
    /// one that was just introduced; later the one of whom the document speaks most: a father who is named once does not
    /// take the name from his son. Before anybody is named, in a headline, the first who will be.
    pub(super) fn meant(&mut self, lone: &Lone) -> Option<&Meant> {
        let bearers = self.bearers(lone);
        if bearers.is_empty() {
            return None;
        }
        let at = lone.range.start;
        // "Мордашова владеет": what begins a sentence is mostly its subject, and no genitive of her husband's name.
        let subject = lone.opens && lone.is(&FEMININE);
        let aside = |meant: &Meant| meant.kin && !(subject && meant.feminine);
        let just = |meant: &Meant| meant.last < at && at - meant.last < JUST && !aside(meant);
        let called = |meant: &Meant| lone.called.as_deref().is_some_and(|word| meant.is_called(word));
        let rank = |meant: &Meant| {
            let (standing, worth) = match meant.from < at {
                true if just(meant) => (3, meant.last),
                true => (2, meant.times as usize),
                false => (1, usize::MAX - meant.from),
            };
            (called(meant), standing, worth, !meant.kin, meant.evidence.is_some())
        };
        let masculine = lone.is(&MASCULINE);
        let all = bearers.iter().filter_map(|(key, party)| {
            let of = self.by_key.get(key)?;
            let place = of.iter().position(|meant| meant.party == *party)?;
            (!masculine || !of[place].feminine).then(|| (rank(&of[place]), key, place))
        });
        let (_, key, place) = all.max_by_key(|(rank, ..)| *rank)?;
        // Tickets for Wagner, right behind Richard Wagner.
        let stranger = self.strangers.get(key).copied().unwrap_or_default();
        let best = self.by_key.get_mut(key)?.get_mut(place)?;
        if !lone.may_mean(best.kind) || stranger > best.last && stranger <= at && at - stranger < JUST {
            return None;
        }
        best.times += 1;
        Some(best)
    }

    /// Takes note of a given name and a surname that are nobody's together, though somebody listed bears the surname.
    pub(super) fn meet(&mut self, lone: &Lone) {
        // "Группу Вагнера": the first word of a sentence need be no name.
        let [given, surname] = &lone.words[..] else { return };
        if lone.opens || self.by_key.is_empty() {
            return;
        }
        if self.keys_of(given).is_empty() {
            for key in self.keys_of(surname) {
                self.strangers.insert(key, lone.range.end);
            }
        }
    }

    /// Whether the words are the surnames of somebody listed whom the document names in full: Mr Derkach, R. Semenov,
    /// López Bello.
    pub(super) fn knows(&mut self, lone: &Lone) -> bool {
        let bearers = self.bearers(lone);
        let listed = |(key, party): &(Box<str>, usize)| {
            let mut meant = self.by_key.get(key).into_iter().flatten();
            meant.any(|meant| meant.evidence.is_some() && meant.party == *party)
        };
        bearers.iter().any(listed)
    }

    /// The parties whose short names all words are and whose given names begin with the initials, each with the key of the
    /// last word.
    fn bearers(&mut self, lone: &Lone) -> Vec<(Box<str>, usize)> {
        if self.by_key.is_empty() {
            return Vec::new();
        }
        let mut keys: Vec<Vec<Box<str>>> = lone.words.iter().map(|forms| self.keys_of(forms)).collect();
        let last = keys.pop().unwrap_or_default();
        let bears = |party: usize, keys: &[Box<str>]| {
            let of = keys.iter().filter_map(|key| self.by_key.get(key)).flatten();
            of.into_iter().any(|meant| meant.party == party)
        };
        // Nidal Waked of Nidal Ahmed Waked Hatum.
        let is_called = |party: usize, forms: &[Box<str>]| {
            let own = forms.iter().filter_map(|form| self.spelt.get(form)).flat_map(|spelt| &spelt.keys);
            self.given.get(&party).is_some_and(|given| own.into_iter().any(|key| given.first.contains(key)))
        };
        let is_of = |party: usize| {
            let mut before = keys.iter().zip(&lone.words).enumerate();
            before.all(|(n, (keys, forms))| bears(party, keys) || n == 0 && is_called(party, forms))
        };
        let initials: Vec<Vec<char>> = lone.initials.iter().map(|initial| letters_of(initial)).collect();
        let fits = |party: usize| {
            let given = self.given.get(&party);
            given.is_none_or(|given| {
                initials.iter().all(|initial| initial.iter().any(|letter| given.letters.contains(letter)))
            })
        };
        let mut bearers: Vec<(Box<str>, usize)> = Vec::new();
        for key in last {
            let parties = self.by_key.get(&key).into_iter().flatten().map(|meant| meant.party);
            let parties = parties.filter(|party| fits(*party) && is_of(*party));
            bearers.extend(parties.map(|party| (key.clone(), party)));
        }
        bearers
    }
}

/// Whether a word of a name may stand for the whole: a surname, the own word of an organisation, the letters of a plant.
pub(super) fn may_stand_alone(kind: NameKind, token: &Token) -> bool {
    match kind {
        NameKind::Person => matches!(token.role, Role::Family | Role::Surname),
        NameKind::Organization => {
            matches!(token.role, Role::Part | Role::Generic) && token.information >= TELLING
        }
        NameKind::Vehicle => false,
    }
}

impl Spelt {
    fn of(form: &str) -> Self {
        let tokens = names::parse(form, NameKind::Person).tokens;
        // 卢伟聪 is not 卢振邦: in Chinese a surname does not stand alone.
        if is_han(form) && tokens.len() > 1 {
            return Self::default();
        }
        let forms = tokens.iter().flat_map(|token| &token.forms);
        Self { keys: forms.map(|form| Box::from(&*form.key)).collect(), ..Self::default() }
    }

    /// Looks for another spelling of it among words, of which the first were looked at before.
    fn compare(&mut self, form: &str, words: &[Arc<Token>]) {
        let new = &words[self.compared..];
        if self.alike.is_some() || new.is_empty() {
            return;
        }
        self.compared = words.len();
        let [token] = &names::parse(form, NameKind::Person).tokens[..] else { return };
        let alike = |known: &&Arc<Token>| {
            matches!(names::similar(token, known), Some(Likeness::Exact | Likeness::Spelling))
        };
        self.alike = new.iter().find(alike).map(|token| token.key().into());
    }
}

/// Endings of Slavic surnames that only women have, in small Latin letters.
const FEMININE: [&str; 5] = ["ova", "eva", "ina", "yna", "aya"];

/// Endings that only men have, in the nominative and the instrumental.
const MASCULINE: [&str; 7] = ["ov", "ev", "in", "yn", "ovym", "evym", "inym"];

/// Whether a word of a name, the surname among them, has a form that only women have.
fn is_feminine(name: &str) -> bool {
    let tokens = names::parse(name, NameKind::Person).tokens;
    let mut family =
        tokens.iter().filter(|token| matches!(token.role, Role::Family | Role::Surname)).peekable();
    let of = |token: &Arc<Token>| FEMININE.iter().any(|end| token.key().ends_with(end));
    if family.peek().is_none() { tokens.last().is_some_and(of) } else { family.any(of) }
}

/// Whether a word is said by its letters: GAZ.
fn is_acronym(word: &str) -> bool {
    let letters = word.chars().count();
    (2..=LETTERS).contains(&letters) && word.chars().all(char::is_uppercase)
}

/// Letters of an acronym, at most.
const LETTERS: usize = 5;

/// Words that are remembered of what the words beside a full name call its bearer.
const DESCRIBED: usize = 12;

/// Bytes after a full name within which a surname means its bearer, whoever else bears it: a sentence or two.
pub(super) const JUST: usize = 250;
