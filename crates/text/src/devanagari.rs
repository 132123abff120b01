//! Devanagari: Hindi, Marathi and Nepali names, whose inherent vowel is written by no letter and not always spoken.

#[derive(Clone, Copy, PartialEq)]
enum Unit {
    Consonant(&'static str),
    /// By sound, and with the long vowels doubled, as many write their own names.
    Vowel(&'static str, &'static str),
    /// The vowel that a consonant has where nothing is written.
    Inherent,
}

use Unit::{Consonant, Inherent, Vowel};

/// Keys of a word: as spoken, with long vowels doubled, and with every inherent vowel but the last.
pub(crate) fn keys(native: &str) -> [String; 3] {
    let units = units(native);
    [spell(&units, true, false), spell(&units, true, true), spell(&units, false, false)]
}

fn units(native: &str) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let mut open = false;
    let mut before = None;
    for c in native.chars() {
        if let Some(consonant) = consonant(c) {
            if open {
                units.push(Inherent);
            }
            // The nasal before ह is spoken with a stop: सिंह is Singh.
            let nasal = matches!(before, Some('ं' | 'ँ'));
            before = Some(c);
            units.push(Consonant(if nasal && consonant == "h" { "gh" } else { consonant }));
            open = true;
            continue;
        }
        before = Some(c);
        match c {
            // The nukta makes ज z, फ f, ड r.
            '\u{93C}' => {
                if let Some(Consonant(last)) = units.last_mut() {
                    *last = match *last {
                        "j" => "z",
                        "ph" => "f",
                        "d" => "r",
                        "dh" => "rh",
                        other => other,
                    };
                }
            }
            '\u{94D}' => open = false,
            'ं' | 'ँ' => {
                if std::mem::take(&mut open) {
                    units.push(Inherent);
                }
                units.push(Consonant("n"));
            }
            c => {
                if let Some((short, long)) = vowel(c) {
                    units.push(Vowel(short, long));
                    open = false;
                }
            }
        }
    }
    // A last inherent vowel is spoken only after two consonants: Narendra, but Kamal.
    let before_last = units.len().checked_sub(2).map(|at| units[at]);
    if open && matches!(before_last, Some(Consonant("n" | "ng")) if units.last() == Some(&Consonant("gh"))) {
        return units;
    }
    if open && matches!(before_last, Some(Consonant(_))) {
        units.push(Inherent);
    }
    units
}

fn spell(units: &[Unit], as_spoken: bool, doubled: bool) -> String {
    let mut word = String::new();
    for (at, unit) in units.iter().enumerate() {
        match unit {
            Consonant(letters) => word.push_str(letters),
            Vowel(short, long) => word.push_str(if doubled { long } else { short }),
            Inherent => {
                // Between two syllables with vowels of their own it is not spoken: मनमोहन, Manmohan.
                let vowel = |u: Option<&Unit>| matches!(u, Some(Vowel(..) | Inherent));
                let silent = vowel(at.checked_sub(2).and_then(|b| units.get(b)))
                    && vowel(units.get(at + 2))
                    && !word.ends_with('a');
                let kept_before =
                    word.len() > 1 && word[..word.len() - 1].ends_with(['a', 'e', 'i', 'o', 'u']);
                if !(as_spoken && silent && kept_before) {
                    word.push('a');
                }
            }
        }
    }
    word
}

fn consonant(c: char) -> Option<&'static str> {
    Some(match c {
        'क' => "k",
        'ख' => "kh",
        'ग' => "g",
        'घ' => "gh",
        'ङ' | 'ञ' | 'ण' | 'न' => "n",
        'च' => "ch",
        'छ' => "chh",
        'ज' => "j",
        'झ' => "jh",
        'ट' | 'त' => "t",
        'ठ' | 'थ' => "th",
        'ड' | 'द' => "d",
        'ढ' | 'ध' => "dh",
        'प' => "p",
        'फ' => "ph",
        'ब' => "b",
        'भ' => "bh",
        'म' => "m",
        'य' => "y",
        'र' => "r",
        'ल' | 'ळ' => "l",
        'व' => "v",
        'श' | 'ष' => "sh",
        'स' => "s",
        'ह' => "h",
        _ => return None,
    })
}

fn vowel(c: char) -> Option<(&'static str, &'static str)> {
    Some(match c {
        'अ' => ("a", "a"),
        'आ' | 'ा' => ("a", "aa"),
        'इ' | 'ि' => ("i", "i"),
        'ई' | 'ी' => ("i", "ee"),
        'उ' | 'ु' => ("u", "u"),
        'ऊ' | 'ू' => ("u", "oo"),
        'ऋ' | 'ृ' => ("ri", "ri"),
        'ए' | 'े' => ("e", "e"),
        'ऐ' | 'ै' => ("ai", "ai"),
        'ओ' | 'ो' | 'ऑ' | 'ॉ' => ("o", "o"),
        'औ' | 'ौ' => ("au", "au"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::keys;

    #[test]
    fn names() {
        let rows = [
            ("नरेन्द्र", "narendra"),
            ("मोदी", "modi"),
            ("मनमोहन", "manmohan"),
            ("सिंह", "singh"),
            ("राहुल", "rahul"),
            ("कमल", "kamal"),
            ("अमित", "amit"),
            ("शाह", "shah"),
        ];
        for (word, expected) in rows {
            assert_eq!(keys(word)[0], expected, "{word}");
        }
        assert_eq!(keys("मोदी")[1], "modee");
    }
}
