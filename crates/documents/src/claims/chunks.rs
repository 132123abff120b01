//! A sentence as a row of chunks: who is meant, verbs, roles, marks, and the words between.

use model::Country;
use smallvec::SmallVec;

use super::lexicon::{Class, Form, Kind, LEXICON, Pronoun, SourceKind, Tag};
use super::lists::lists;
use super::tokens::{Mark, Token};
use super::{Party, Place};

/// Somebody, or something that speaks.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Noun {
    /// A party that a mention names.
    Party(usize),
    Source(SourceKind),
    Pronoun(Pronoun),
    Country(Country),
    Group(Group),
}

/// Somebody meant without a name: "six Iranian individuals", "the company".
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Group {
    pub(crate) kind: Kind,
    pub(crate) plural: bool,
    pub(crate) count: Option<u32>,
    pub(crate) country: Option<Country>,
    pub(crate) definite: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Part {
    Noun(Noun),
    Date,
    Mark(Mark),
    /// A word, or a run of words of the dictionary.
    Word,
}

/// A part of a sentence, as bytes of its block.
#[derive(Clone, Debug)]
pub(crate) struct Chunk {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) part: Part,
    /// What the words can be; emptied of what they are not here.
    pub(crate) tags: SmallVec<[Tag; 3]>,
    /// It belongs to the words that say whose word it is.
    pub(crate) spoken: bool,
    /// Of the tags: asked for many times.
    class: Option<Class>,
    form: Option<Form>,
}

impl Chunk {
    #[inline]
    pub(crate) fn class(&self) -> Option<Class> {
        self.class
    }

    /// Keeps of what the words can be only that; all is taken up anew.
    pub(crate) fn keep(&mut self, mut wanted: impl FnMut(&Tag) -> bool) {
        self.tags.retain(|tag| wanted(tag));
        (self.class, self.form) = (class_of(&self.tags), form_of(&self.tags));
    }

    #[inline]
    pub(crate) fn is_mark(&self, mark: Mark) -> bool {
        self.part == Part::Mark(mark)
    }

    #[inline]
    pub(crate) fn noun(&self) -> Option<&Noun> {
        if let Part::Noun(noun) = &self.part { Some(noun) } else { None }
    }

    /// The form in which a verb of whatever table stands here.
    #[inline]
    pub(crate) fn verb_form(&self) -> Option<Form> {
        self.form
    }

    #[inline]
    pub(crate) fn has(&self, wanted: impl Fn(&Tag) -> bool) -> bool {
        self.tags.iter().any(wanted)
    }
}

/// Cuts the tokens of a sentence into chunks. `places` are its mentions, by their start.
pub(crate) fn chunks(text: &str, tokens: &[Token], places: &[Place], parties: &[Party]) -> Vec<Chunk> {
    let mut builder = Builder { text, tokens, out: Vec::with_capacity(tokens.len()) };
    let mut places = places.iter().peekable();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        while places.next_if(|place| place.range.end <= token.start).is_some() {}
        let place = places.peek().filter(|place| place.range.start < token.end);
        at = match place {
            Some(place) => builder.mention(at, place, parties),
            None => builder.token(at, places.peek().map_or(usize::MAX, |place| place.range.start)),
        };
    }
    let mut out = builder.out;
    super::settle::settle(text, &mut out);
    out
}

pub(crate) struct Builder<'a> {
    pub(crate) text: &'a str,
    pub(crate) tokens: &'a [Token],
    out: Vec<Chunk>,
}

impl Builder<'_> {
    #[inline]
    fn push(&mut self, start: usize, end: usize, part: Part, tags: &[Tag]) {
        let (class, form) = (class_of(tags), form_of(tags));
        self.out.push(Chunk {
            start,
            end,
            part,
            tags: SmallVec::from_slice(tags),
            spoken: false,
            class,
            form,
        });
    }

    pub(crate) fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &self.text[token.start..token.end])
    }

    #[inline]
    pub(crate) fn look_up(&self, at: usize) -> Option<(&'static [Tag], usize)> {
        // No first word of the tables is longer.
        const LONGEST: usize = 24;
        let next = |n: usize, wanted: &str| {
            self.tokens.get(at + n).is_some_and(|token| {
                token.mark == Mark::Word && same(&self.text[token.start..token.end], wanted)
                    || token.mark == Mark::Possessive && wanted == "'s"
            })
        };
        let word = self.word(at);
        if !word.is_ascii() {
            return LEXICON.longest(&small(word), next);
        }
        let mut letters = [0_u8; LONGEST];
        let letters = letters.get_mut(..word.len())?;
        letters.copy_from_slice(word.as_bytes());
        letters.make_ascii_lowercase();
        LEXICON.longest(std::str::from_utf8(letters).ok()?, next)
    }

    /// A mention; one of an unlisted body that the table of sources knows speaks for itself.
    fn mention(&mut self, at: usize, place: &Place, parties: &[Party]) -> usize {
        let next = at + self.tokens[at..].iter().take_while(|token| token.start < place.range.end).count();
        let listed = parties.get(place.party).is_some_and(|party| party.named.entity.is_some());
        let source = (at..next).filter(|_| !listed).find_map(|at| match self.look_up(at) {
            Some((tags, _)) => source_of(tags).filter(|kind| {
                !matches!(
                    kind,
                    SourceKind::Statement
                        | SourceKind::Accusation
                        | SourceKind::Speaker
                        | SourceKind::Country
                )
            }),
            None => None,
        });
        let noun = source.map_or(Noun::Party(place.party), Noun::Source);
        self.push(place.range.start, place.range.end, Part::Noun(noun), &[]);
        self.with_country();
        next
    }

    fn token(&mut self, at: usize, mention: usize) -> usize {
        let Token { start, end, mark } = self.tokens[at];
        match mark {
            Mark::OpenParenthesis => return self.parenthesis(at),
            Mark::Word => {}
            mark => {
                self.push(start, end, Part::Mark(mark), &[]);
                return at + 1;
            }
        }
        let found = self.look_up(at);
        if let Some(length) = self.date(at, found.map_or(&[][..], |(tags, _)| tags)) {
            self.push(start, self.tokens[at + length - 1].end, Part::Date, &[]);
            return at + length;
        }
        let found = found.filter(|(_, length)| self.tokens[at + length - 1].start < mention);
        let Some((tags, length)) = found else {
            self.unknown(at);
            return at + 1;
        };
        let end = self.tokens[at + length - 1].end;
        let capital = self.text[start..].starts_with(char::is_uppercase);
        if tags.contains(&Tag::Class(Class::Title)) && capital {
            return at + length;
        }
        if let Some(group) = tags.iter().find_map(|tag| match tag {
            Tag::Group { kind, plural } => Some((*kind, *plural)),
            _ => None,
        }) {
            self.group(start, end, group, tags);
        } else if length == 1 && lists().bodies.has(self.word(at)) && self.is_compound(at + 1) {
            self.push(start, end, Part::Word, &[]);
        } else if let Some(kind) = source_of(tags).filter(|kind| *kind != SourceKind::Country || capital) {
            // "the Southern District of New York"
            let named = if kind == SourceKind::Court && same(self.word(at + length - 1), "of") {
                (at + length..self.tokens.len())
                    .take_while(|&at| self.word(at).starts_with(char::is_uppercase))
                    .count()
            } else {
                0
            };
            let end = if named > 0 { self.tokens[at + length + named - 1].end } else { end };
            self.push(start, end, Part::Noun(Noun::Source(kind)), tags);
            self.with_country();
            return at + length + named;
        } else if let Some(Class::Pronoun(pronoun)) = class_of(tags) {
            self.push(start, end, Part::Noun(Noun::Pronoun(pronoun)), tags);
        } else {
            let tags: SmallVec<[Tag; 3]> =
                tags.iter().copied().filter(|tag| *tag != Tag::Source(SourceKind::Country)).collect();
            self.push(start, end, Part::Word, &tags);
        }
        at + length
    }

    /// Whether a word makes another thing of the one before: a department store is no authority.
    fn is_compound(&self, at: usize) -> bool {
        at < self.tokens.len() && lists().compounds.has(self.word(at))
    }

    /// What no table knows: numbers, countries and their people, else a word.
    fn unknown(&mut self, at: usize) {
        let Token { start, end, .. } = self.tokens[at];
        let word = &self.text[start..end];
        if let Some(number) = word.parse::<u32>().ok().filter(|n| *n < 1000) {
            return self.push(start, end, Part::Word, &[Tag::Class(Class::Number(number))]);
        }
        if word.starts_with(char::is_uppercase) {
            if let Some(country) = Country::find(word).filter(|country| country.name() == word) {
                return self.push(start, end, Part::Noun(Noun::Country(country)), &[]);
            }
            let people = word.strip_suffix('s').filter(|_| Country::find(word).is_none());
            if people.and_then(Country::find).is_some() {
                return self.group(start, end, (Kind::Person, true), &[]);
            }
        }
        // "materially", "secretly": how something is done.
        let adverb = word.len() > 4
            && word.ends_with("ly")
            && word.starts_with(char::is_lowercase)
            && !lists().no_adverbs.has(word);
        self.push(start, end, Part::Word, if adverb { &[Tag::Class(Class::Adverb)] } else { &[] });
    }

    /// A parenthesis that holds no role and no verb is another name or a remark: it is passed over.
    fn parenthesis(&mut self, at: usize) -> usize {
        const LONGEST: usize = 16;
        let inside = &self.tokens[at + 1..self.tokens.len().min(at + LONGEST)];
        let close = inside.iter().position(|token| token.mark == Mark::CloseParenthesis);
        let tells = |n: usize| {
            self.look_up(at + 1 + n).is_some_and(|(tags, _)| {
                tags.iter().any(|tag| matches!(tag, Tag::Role(_) | Tag::Verb(..) | Tag::Say(..)))
            })
        };
        match close {
            Some(close) if !(0..close).any(tells) => at + close + 2,
            _ => {
                let token = self.tokens[at];
                self.push(token.start, token.end, Part::Mark(Mark::Comma), &[]);
                at + 1
            }
        }
    }

    /// "US Treasury", "the British Foreign Office": the country belongs to the name.
    fn with_country(&mut self) {
        while let [.., before, last] = &mut self.out[..] {
            let word = &self.text[before.start..before.end];
            // "UN Panel of Experts", "Treasury's" no: two authorities side by side are one name.
            let one_body = matches!(&before.part, Part::Noun(Noun::Source(SourceKind::Authority)))
                && matches!(&last.part, Part::Noun(Noun::Source(SourceKind::Authority)));
            let country = one_body
                || matches!(&before.part, Part::Noun(Noun::Country(_) | Noun::Source(SourceKind::Country)))
                || before.part == Part::Word
                    && before.tags.is_empty()
                    && word.starts_with(char::is_uppercase)
                    && Country::find(word).is_some();
            let speaks =
                !matches!(last.part, Part::Noun(Noun::Source(SourceKind::Country | SourceKind::Speaker)));
            if !country
                || !speaks
                || self.text.get(before.end..last.start).is_none_or(|between| !between.trim().is_empty())
            {
                return;
            }
            last.start = before.start;
            let gone = self.out.len() - 2;
            self.out.remove(gone);
        }
    }

    /// "six Iranian individuals": the noun with what stands before it.
    fn group(&mut self, start: usize, end: usize, (kind, plural): (Kind, bool), tags: &[Tag]) {
        const WORDS_BEFORE: usize = 5;
        let mut group = Group { kind, plural, count: None, country: None, definite: false };
        let mut start = start;
        let own = &self.text[start..end];
        group.country =
            own.strip_suffix('s').filter(|_| own.starts_with(char::is_uppercase)).and_then(Country::find);
        for _ in 0..WORDS_BEFORE {
            let [.., before] = &self.out[..] else { break };
            let word = &self.text[before.start..before.end];
            match (&before.part, before.class()) {
                (Part::Word, Some(Class::Number(count))) => group.count = Some(count),
                (Part::Word, Some(Class::Definite)) => {
                    if same(word, "both") {
                        group.count = Some(2);
                    }
                    group.definite = true;
                    self.out.pop();
                    continue;
                }
                (Part::Word, Some(Class::Determiner)) => {
                    // "any entity" is nobody yet.
                    if ["any", "another", "such", "other", "no"].iter().any(|anybody| same(word, anybody)) {
                        return self.push(start, end, Part::Word, &[]);
                    }
                    self.out.pop();
                    break;
                }
                (Part::Word, None) if before.tags.is_empty() && describes(word) => {
                    if word.starts_with(char::is_uppercase) {
                        group.country = group.country.or_else(|| Country::find(word));
                    }
                }
                (Part::Mark(Mark::Possessive), _) => match &self.out[..] {
                    [.., owner, _] if let Part::Noun(Noun::Country(country)) = owner.part => {
                        group.country = Some(country);
                        start = owner.start;
                        self.out.truncate(self.out.len() - 2);
                        break;
                    }
                    _ => break,
                },
                _ => break,
            }
            start = before.start;
            self.out.pop();
        }
        // "two of the Iranians"
        if let [.., number, of] = &self.out[..]
            && let Some(Class::Number(count)) = number.class()
            && same(&self.text[of.start..of.end], "of")
            && group.definite
        {
            (group.count, group.definite, start) = (Some(count), false, number.start);
            self.out.truncate(self.out.len() - 2);
        }
        self.push(start, end, Part::Noun(Noun::Group(group)), tags);
    }
}

/// It may stand before a noun as part of it: no verb, but for `Iranian-owned`, `state-sponsored`.
pub(crate) fn describes(word: &str) -> bool {
    word.contains('-') || !(word.ends_with("ed") || word.ends_with("ing"))
}

fn source_of(tags: &[Tag]) -> Option<SourceKind> {
    tags.iter().find_map(|tag| if let Tag::Source(kind) = tag { Some(*kind) } else { None })
}

fn form_of(tags: &[Tag]) -> Option<Form> {
    tags.iter().find_map(|tag| match tag {
        Tag::Verb(_, form) | Tag::Say(_, form) | Tag::Deed(form) => Some(*form),
        _ => None,
    })
}

fn class_of(tags: &[Tag]) -> Option<Class> {
    tags.iter().find_map(|tag| if let Tag::Class(class) = tag { Some(*class) } else { None })
}

/// A word in small letters, with a plain apostrophe.
pub(crate) fn small(word: &str) -> String {
    word.chars().flat_map(|c| if c == '’' { '\'' } else { c }.to_lowercase()).collect()
}

/// Whether a word is that of a table, whatever its case.
#[inline]
pub(crate) fn same(word: &str, wanted: &str) -> bool {
    word.eq_ignore_ascii_case(wanted)
}
