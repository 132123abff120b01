//! Greek: by sound, by the standard of passports (ELOT 743), and as the classics are spelt.

use icu_normalizer::DecomposingNormalizerBorrowed;

/// Pairs of letters that are one sound: by sound, by ELOT 743, in classical spelling.
const PAIRS: [(&str, [&str; 3]); 12] = [
    ("ου", ["ou", "ou", "u"]),
    ("αι", ["e", "ai", "ae"]),
    ("ει", ["i", "ei", "ei"]),
    ("οι", ["i", "oi", "oe"]),
    ("γγ", ["ng", "ng", "ng"]),
    ("γκ", ["g", "gk", "nk"]),
    ("γχ", ["nh", "nch", "nch"]),
    ("γξ", ["nx", "nx", "nx"]),
    ("μπ", ["b", "mp", "b"]),
    ("ντ", ["d", "nt", "nd"]),
    ("τζ", ["j", "tz", "tz"]),
    ("τσ", ["ts", "ts", "ts"]),
];

fn single(c: char) -> [&'static str; 3] {
    match c {
        'α' => ["a"; 3],
        'β' => ["v", "v", "b"],
        'γ' => ["g"; 3],
        'δ' => ["d"; 3],
        'ε' => ["e"; 3],
        'ζ' => ["z"; 3],
        'η' => ["i", "i", "e"],
        'θ' => ["th"; 3],
        'ι' => ["i"; 3],
        'κ' => ["k"; 3],
        'λ' => ["l"; 3],
        'μ' => ["m"; 3],
        'ν' => ["n"; 3],
        'ξ' => ["x"; 3],
        'ο' | 'ω' => ["o"; 3],
        'π' => ["p"; 3],
        'ρ' => ["r"; 3],
        'σ' | 'ς' => ["s"; 3],
        'τ' => ["t"; 3],
        'υ' => ["i", "y", "y"],
        'φ' => ["f", "f", "ph"],
        'χ' => ["h", "ch", "kh"],
        'ψ' => ["ps"; 3],
        _ => [""; 3],
    }
}

/// Keys of a word: ELOT 743, by sound, classical.
pub(crate) fn keys(native: &str) -> [String; 3] {
    let marked = DecomposingNormalizerBorrowed::new_nfd().normalize(native);
    let plain: String = marked.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let mut keys = [String::new(), String::new(), String::new()];
    let mut rest = plain.as_str();
    while let Some(c) = rest.chars().next() {
        let begins = rest.len() == plain.len();
        let (sounds, width) = if let Some((pair, sounds)) = PAIRS.iter().find(|(p, _)| rest.starts_with(p)) {
            // At the beginning of a word they can only be b, d and g.
            let initial = match *pair {
                "μπ" => ["b"; 3],
                "ντ" => ["d"; 3],
                "γκ" => ["g"; 3],
                _ => *sounds,
            };
            (if begins { initial } else { *sounds }, pair.len())
        } else if rest.starts_with("αυ") || rest.starts_with("ευ") {
            let voiceless = rest.chars().nth(2).is_none_or(|next| "θκξπσςτφχψ".contains(next));
            let (sound, classical) = match (c, voiceless) {
                ('α', true) => ("af", "au"),
                ('α', false) => ("av", "au"),
                (_, true) => ("ef", "eu"),
                (_, false) => ("ev", "eu"),
            };
            ([sound, sound, classical], 4)
        } else {
            (single(c), c.len_utf8())
        };
        for (key, sound) in keys.iter_mut().zip(sounds) {
            key.push_str(sound);
        }
        rest = &rest[width..];
    }
    let [sound, elot, classical] = keys;
    [elot, sound, classical]
}

#[cfg(test)]
mod tests {
    use super::keys;

    #[test]
    fn names() {
        let rows = [
            ("Αλέξης", "alexis alexis alexes"),
            ("Μπακογιάννη", "bakogianni bakogianni bakogianne"),
            ("Παπανδρέου", "papandreou papandreou papandreu"),
            ("Ευάγγελος", "evangelos evangelos euangelos"),
            ("Χρήστος", "christos hristos khrestos"),
            ("Δημήτρης", "dimitris dimitris demetres"),
            ("Λευτέρης", "lefteris lefteris leuteres"),
        ];
        for (word, expected) in rows {
            assert_eq!(keys(word).join(" "), expected, "{word}");
        }
    }
}
