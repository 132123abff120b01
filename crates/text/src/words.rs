//! A text cut into words, with what each one was.

use icu_normalizer::ComposingNormalizerBorrowed;
use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, GeneralCategoryGroup, Script};

use crate::arabic;
use crate::east_asian::part_names;
use crate::fold;
use crate::lookalikes::unmasked;
use crate::readings::{Readings, readings};

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The word in its own script, composed (NFKC), as typed apart from invisible marks.
    pub native: String,
    /// Its key: small Latin letters and digits; see [`fold`]. Never empty.
    pub key: String,
    /// Other keys that the same word may have been romanised to: by language and standard, or, for scripts that
    /// leave vowels out, from a dictionary of name spellings. Empty for Latin words. None equals `key`.
    pub readings: Vec<String>,
    /// Whether the key is only the consonants: the script leaves vowels out and no dictionary knows the word.
    pub consonants_only: bool,
    /// The script of its first letter; `Common` for digits.
    pub script: Script,
    /// Whether a comma stood directly before the word: `FAMILY, Given`, `NAME, Ltd`.
    pub after_comma: bool,
    /// Whether the word mixes letters of Latin with look-alikes from other scripts, or carried invisible marks.
    pub disguised: bool,
}

/// Marks that join what they stand between: apostrophes in all their shapes, and the letter-like signs that
/// romanisations use for hamza and ayn, and geresh and gershayim of Hebrew. `AL-'IZ` is `al iz`, `O'Brien` is `obrien`.
const JOINERS: [char; 15] = ['\'', '’', '‘', '‛', '`', '´', 'ʻ', 'ʼ', 'ʽ', 'ʾ', 'ʿ', 'ʹ', '＇', '׳', '״'];

/// Cuts a text into words.
///
/// White space, hyphens and most punctuation separate; apostrophes join. A full stop joins single letters (`S.A.` is
/// `sa`, `U.S.A.` is `usa`) and separates elsewhere. Invisible marks vanish, except the zero-width non-joiner, which
/// Persian uses between the parts of a compound. A change between an East Asian script and another one separates.
#[must_use]
pub fn words(text: &str) -> Vec<Word> {
    let composed = if text.is_ascii() {
        std::borrow::Cow::Borrowed(text)
    } else {
        ComposingNormalizerBorrowed::new_nfkc().normalize(text)
    };
    let mut out = Cutter::default();
    let mut chars = composed.chars().peekable();
    while let Some(c) = chars.next() {
        match kind(c) {
            Kind::Letter(script) => out.push(c, script),
            Kind::Joiner => {}
            Kind::Invisible => out.disguised = true,
            Kind::Stop if out.single_letters() && chars.peek().is_some_and(|next| next.is_alphabetic()) => {
                out.stop_joined();
            }
            Kind::Stop | Kind::Separator => out.cut(),
            Kind::Comma => {
                out.cut();
                out.after_comma = true;
            }
        }
    }
    out.cut();
    join_single_letters(&mut out.words, out.stops);
    if out.arabic {
        join_arabic_names(&mut out.words);
    }
    out.words
}

enum Kind {
    Letter(Script),
    Joiner,
    Invisible,
    Stop,
    Comma,
    Separator,
}

fn kind(c: char) -> Kind {
    if c.is_ascii_alphabetic() {
        return Kind::Letter(Script::Latin);
    }
    if c.is_ascii_digit() {
        return Kind::Letter(Script::Common);
    }
    match c {
        '.' => return Kind::Stop,
        ',' | '،' | '，' | '、' => return Kind::Comma,
        '\u{200C}' | '・' | '·' | '‧' => return Kind::Separator,
        'ـ' => return Kind::Joiner, // tatweel only stretches a line of Arabic script
        c if JOINERS.contains(&c) => return Kind::Joiner,
        c if c.is_ascii() => return Kind::Separator,
        _ => {}
    }
    let category = CodePointMapData::<GeneralCategory>::new().get(c);
    if GeneralCategoryGroup::Letter.contains(category)
        || GeneralCategoryGroup::Number.contains(category)
        || GeneralCategoryGroup::Mark.contains(category)
    {
        Kind::Letter(CodePointMapData::<Script>::new().get(c))
    } else if category == GeneralCategory::Format {
        Kind::Invisible
    } else {
        Kind::Separator
    }
}

#[derive(Default)]
struct Cutter {
    words: Vec<Word>,
    word: String,
    script: Option<Script>,
    mixed: bool,
    disguised: bool,
    after_comma: bool,
    // Words that a full stop ended after a single letter and before another letter, by index: `S.A.`
    stops: Vec<usize>,
    arabic: bool,
}

impl Cutter {
    fn push(&mut self, c: char, script: Script) {
        let inherits = matches!(script, Script::Common | Script::Inherited);
        if let Some(current) = self.script.filter(|_| !inherits && !self.word.is_empty())
            && current != script
        {
            if is_east_asian(current) != is_east_asian(script) {
                self.cut();
            } else if !is_east_asian(script) {
                self.mixed = true;
            }
        }
        if !inherits && (self.script.is_none() || self.word.is_empty()) {
            self.script = Some(script);
        }
        self.word.push(c);
    }

    fn single_letters(&self) -> bool {
        self.word.chars().count() == 1
    }

    fn stop_joined(&mut self) {
        self.stops.push(self.words.len());
        self.cut();
    }

    fn cut(&mut self) {
        let mut native = std::mem::take(&mut self.word);
        let script = self.script.take().unwrap_or(Script::Common);
        let mixed = std::mem::take(&mut self.mixed);
        if script == Script::Arabic {
            self.arabic = true;
            if let Some(end) = arabic::article_end(&native) {
                let rest = native.split_off(end);
                self.add(native, script, mixed);
                if let Some(article) = self.words.last_mut() {
                    article.readings.extend(arabic::assimilated_article(&rest));
                }
                native = rest;
            }
        }
        if mixed {
            let script_of = |c: char| CodePointMapData::<Script>::new().get(c);
            let (read, script) = unmasked(&native, script_of);
            let before = self.words.len();
            self.add(read, script, mixed);
            self.words[before..].iter_mut().for_each(|word| word.native.clone_from(&native));
            return;
        }
        self.add(native, script, mixed);
    }

    fn add(&mut self, native: String, script: Script, mixed: bool) {
        let key = fold(&native);
        if key.is_empty() {
            return;
        }
        let Readings { key, others: readings, consonants_only } = readings(&native, key, script);
        self.words.push(Word {
            native,
            key,
            readings,
            consonants_only,
            script,
            after_comma: std::mem::take(&mut self.after_comma),
            disguised: std::mem::take(&mut self.disguised) || mixed,
        });
    }
}

/// Whether a script writes names without spaces: Han, Kana, Hangul, Thai.
#[must_use]
pub fn is_east_asian(script: Script) -> bool {
    matches!(script, Script::Han | Script::Hiragana | Script::Katakana | Script::Hangul | Script::Thai)
}

/// Cuts a person's name into words. As [`words`], and where a script writes family and given names without a space
/// between them (Han, Hangul), they are parted.
#[must_use]
pub fn person_words(text: &str) -> Vec<Word> {
    let mut words = words(text);
    if !text.is_ascii() {
        part_names(&mut words);
    }
    words
}

/// Puts together what Arabic script may write apart and the spelling dictionary knows as one name.
fn join_arabic_names(words: &mut Vec<Word>) {
    for at in 0..words.len() {
        let Some(rest) = words.get(at..) else { return };
        let joins = |(n, w): &(usize, &Word)| w.script == Script::Arabic && (*n == 0 || !w.after_comma);
        let run: Vec<&str> =
            rest.iter().take(3).enumerate().take_while(joins).map(|(_, w)| &*w.native).collect();
        let width = arabic::one_name(&run);
        if width < 2 {
            continue;
        }
        let native = run[..width].join(" ");
        let one = arabic::readings(&native.replace(' ', ""), String::new());
        let disguised = rest[..width].iter().any(|w| w.disguised);
        words.drain(at + 1..at + width);
        let word = &mut words[at];
        (word.native, word.key, word.readings) = (native, one.key, one.others);
        (word.consonants_only, word.disguised) = (one.consonants_only, disguised);
    }
}

/// Puts `S`, `A` of `S.A.` together again.
fn join_single_letters(words: &mut Vec<Word>, stops: Vec<usize>) {
    for index in stops.into_iter().rev() {
        // Only a single letter, or letters already joined, may follow: `J. Smith` stays two words.
        let joins = words.get(index + 1).is_some_and(|next| !next.after_comma);
        let whole = words
            .get(index + 1)
            .is_some_and(|next| next.native.chars().count() == 1 || next.native.contains('.'));
        if joins && whole {
            let next = words.remove(index + 1);
            let word = &mut words[index];
            word.native = format!("{}.{}", word.native, next.native);
            word.key.push_str(&next.key);
            word.disguised |= next.disguised;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    fn check(rows: &[(&str, &str)]) {
        for (text, expected) in rows {
            let keys: Vec<String> = words(text).into_iter().map(|w| w.key).collect();
            assert_eq!(keys.join(" "), *expected, "{text}");
        }
    }

    #[test]
    fn cutting() {
        check(&[
            ("SHIRINKAR, Mohammad Bagher", "shirinkar mohammad bagher"),
            ("'ABD-AL-'IZ", "abd al iz"),
            ("O’Brien", "obrien"),
            ("CIMEX, S.A.", "cimex sa"),
            ("K.A.S.", "kas"),
            ("U.S.A. Inc.", "usa inc"),
            ("J. Smith", "j smith"),
            ("J.R. Smith", "jr smith"),
            ("Sp. z o.o.", "sp z oo"),
            ("ANGLO-CARIBBEAN CO., LTD.", "anglo caribbean co ltd"),
            ("Jean\u{200B}-Luc", "jean luc"),
            ("Mo\u{200B}hammad", "mohammad"),
            ("شیرین\u{200C}کار", "shirin kar"),
            ("中国ABC公司", "zhongguo abc gongsi"),
            ("7-28", "7 28"),
            ("P", "p"),
            ("—\u{200D}\u{FEFF}…", ""),
            ("", ""),
        ]);
    }

    #[test]
    fn no_word_is_without_a_key() {
        // Found by fuzzing: a mark behind a Han or Hangul surname was taken for the given name.
        for text in ["杌\u{30D} \u{93}", "\u{633}하\u{2C1}", "김\u{301}", "李\u{2C1}", "王\u{200D}"] {
            for word in super::person_words(text).iter().chain(&words(text)) {
                assert!(
                    !word.key.is_empty() && word.readings.iter().all(|r| !r.is_empty()),
                    "{text:?}: {word:?}"
                );
            }
        }
    }

    #[test]
    fn disguises_are_seen() {
        assert!(words("Mohаmmad")[0].disguised, "Cyrillic а in a Latin word");
        assert!(words("Moham\u{200B}mad")[0].disguised);
        assert!(!words("Müller")[0].disguised);
        assert!(!words("田中さくら")[0].disguised);
    }
}
