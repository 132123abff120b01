//! The words of an organisation's name: legal forms, numbers, generic words.

use std::sync::Arc;

use smallvec::smallvec;
use text::Word;

use crate::Lexicon;
use crate::forms::{intended, rejoined, split_off_forms};
use crate::parse::{Form, NameKind, Role, Token, phrase};
use crate::person::is_particle;
use crate::population::information;
use crate::tables::tables;
use crate::weights::weights;

/// Words of the longest legal form in `data/legal_forms.tsv`.
const LONGEST_FORM: usize = 6;

pub(crate) fn organization(words: Vec<Word>, lexicon: &mut Lexicon) -> Vec<Arc<Token>> {
    let words = split_off_forms(rejoined(words));
    let keys: Vec<&str> = words.iter().map(intended).collect();
    let mut tokens = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        // Short forms are ordinary words elsewhere (as, is, sa, pt): a form only at either end of the name.
        let width = form(&keys[at..]).filter(|&width| {
            // One misspelt word alone is a form only behind a name: the first word is the name.
            let mended = keys[at] != words[at].key;
            if mended && width == 1 && at == 0 {
                return false;
            }
            let long = keys[at..at + width].iter().map(|key| key.len()).sum::<usize>() > 4;
            at == 0 || long || ends_with_forms(&keys[at + width..])
        });
        if let Some(width) = width {
            tokens.push(legal_form(&words[at..at + width], &keys[at..at + width], lexicon));
            at += width;
            continue;
        }
        let (token, width) = word(&words[at..], lexicon);
        tokens.push(token);
        at += width;
    }
    tokens
}

/// The words of the longest legal form that stands here.
fn form(keys: &[&str]) -> Option<usize> {
    phrase(keys.iter().copied(), LONGEST_FORM, |p| tables().legal_forms.contains_key(p))
}

/// Whether nothing but legal forms follows.
fn ends_with_forms(rest: &[&str]) -> bool {
    rest.is_empty() || form(rest).is_some_and(|width| ends_with_forms(&rest[width..]))
}

fn legal_form(words: &[Word], keys: &[&str], lexicon: &mut Lexicon) -> Arc<Token> {
    let phrase = keys.join(" ");
    let mut form = Token::clone(&lexicon.token(&words[0], Role::LegalForm, NameKind::Organization));
    form.text = words.iter().map(|w| &*w.native).collect::<Vec<_>>().join(" ").into();
    form.group = tables().legal_forms.get(&*phrase).copied();
    // As typed: two words that were mended alike are not the same word.
    form.forms = smallvec![Form::new(&words.iter().map(|w| &*w.key).collect::<String>())];
    // What the first word alone is says nothing of the whole form.
    (form.sets, form.native, form.number) = (Box::default(), None, None);
    (form.consonants_only, form.literal, form.known, form.pinyin) = (false, false, false, false);
    (form.korean, form.one_letter, form.letters_last) = (false, false, false);
    form.information = form.weight.max(weights().floor_information);
    lexicon.share(form)
}

/// The first word as a token, and how many words it took: "forty-four" is one number.
fn word(words: &[Word], lexicon: &mut Lexicon) -> (Arc<Token>, usize) {
    let first = &words[0];
    if let Some((number, width)) = number(words) {
        let mut token = Token::clone(&lexicon.token(first, Role::Number, NameKind::Organization));
        if width > 1 {
            token.text = words[..width].iter().map(|w| &*w.native).collect::<Vec<_>>().join(" ").into();
            token.forms = smallvec![Form::new(&number.to_string())];
            (token.native, token.known, token.pinyin, token.korean) = (None, false, false, false);
            token.letters_last = false;
        }
        token.number = Some(number);
        // However it is written, it says what its digits say.
        token.information = information(&number.to_string());
        token.weight = token.information;
        return (lexicon.share(token), width);
    }
    let role = if is_particle(first) {
        Role::Particle
    } else if tables().places.contains(&*first.key) {
        Role::Place
    } else if tables().org_words.contains_key(&*first.key) {
        Role::Generic
    } else {
        Role::Part
    };
    (lexicon.token(first, role, NameKind::Organization), 1)
}

/// Digits, words and Roman figures as numbers, and how many words they take: a ten and a unit are one number.
fn number(words: &[Word]) -> Option<(u32, usize)> {
    let value = |at: usize| words.get(at).and_then(|w| one_number(w, at + 1 == words.len()));
    let first = value(0)?;
    let is_word = !words[0].key.bytes().any(|b| b.is_ascii_digit());
    let tens = is_word && (20..=90).contains(&first) && first % 10 == 0;
    match value(1) {
        Some(unit @ 1..=9) if tens => Some((first + unit, 2)),
        _ => Some((first, 1)),
    }
}

/// A one-letter Roman figure is a number only at the end of a name (`FUND V`); `44th` is 44.
pub(crate) fn one_number(word: &Word, last: bool) -> Option<u32> {
    let key = &*word.key;
    let letters = key.find(|c: char| !c.is_ascii_digit()).unwrap_or(key.len());
    let ordinal = ["st", "nd", "rd", "th"].contains(&&key[letters..]);
    if letters > 0 && (letters == key.len() || ordinal) {
        return key[..letters].parse().ok();
    }
    tables().numbers.get(key).filter(|(_, one_letter)| last || !one_letter).map(|(n, _)| *n)
}
