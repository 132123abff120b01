//! Armenian and Georgian: the eastern and the western reading of the one, the spellings of the letter ყ of the other.

/// Keys of an Armenian word: eastern, with -ian; western, whose stops are voiced the other way round.
pub(crate) fn armenian_keys(native: &str) -> [String; 3] {
    let letters: Vec<char> = native.chars().flat_map(char::to_lowercase).collect();
    let (eastern, western) = (spell(&letters, false), spell(&letters, true));
    let ian = |key: &str| key.strip_suffix("yan").map(|stem| format!("{stem}ian"));
    [eastern.clone(), ian(&eastern).unwrap_or_default(), ian(&western).unwrap_or(western)]
}

/// Keys of a Georgian word: the national system, and ყ as k.
pub(crate) fn georgian_keys(native: &str, key: String) -> [String; 2] {
    let other = if native.contains('ყ') { key.replace('q', "k") } else { String::new() };
    [key, other]
}

fn spell(letters: &[char], western: bool) -> String {
    let mut word = String::with_capacity(letters.len() * 2);
    let either = |eastern, other| if western { other } else { eastern };
    for (at, c) in letters.iter().enumerate() {
        let before = at.checked_sub(1).map(|b| letters[b]);
        let next = letters.get(at + 1);
        word.push_str(match c {
            'ա' => "a",
            'բ' => either("b", "p"),
            'գ' => either("g", "k"),
            'դ' => either("d", "t"),
            'ե' if at == 0 && next != Some(&'ւ') => "ye",
            'ե' | 'է' | 'ը' => "e",
            'և' if at == 0 => "yev",
            'և' => "ev",
            'զ' => "z",
            'թ' => "t",
            'ժ' => "zh",
            'ի' => "i",
            'լ' => "l",
            'խ' => "kh",
            'ծ' => either("ts", "dz"),
            'կ' => either("k", "g"),
            'հ' => "h",
            'ձ' => either("dz", "ts"),
            'ղ' => "gh",
            'ճ' => either("ch", "j"),
            'մ' => "m",
            'յ' => either("y", if at == 0 { "h" } else { "y" }),
            'ն' => "n",
            'շ' => "sh",
            // ու is one vowel.
            'ո' if next == Some(&'ւ') => "u",
            'ո' if at == 0 => "vo",
            'ո' | 'օ' => "o",
            'ւ' if before == Some('ո') => "",
            'ւ' | 'վ' => "v",
            'չ' => "ch",
            'պ' => either("p", "b"),
            'ջ' => either("j", "ch"),
            'ռ' | 'ր' => "r",
            'ս' => "s",
            'տ' => either("t", "d"),
            'ց' => "ts",
            'փ' => "p",
            'ք' => "k",
            'ֆ' => "f",
            _ => "",
        });
    }
    word
}

#[cfg(test)]
mod tests {
    use super::{armenian_keys, georgian_keys};

    #[test]
    fn names() {
        let rows = [
            ("Փաշինյան", "pashinyan pashinian pashinian"),
            ("Պետրոսյան", "petrosyan petrosian bedrosian"),
            ("Ծառուկյան", "tsarukyan tsarukian dzarugian"),
            ("Երևան", "yerevan  yerevan"),
            ("Ոսկան", "voskan  vosgan"),
        ];
        for (word, expected) in rows {
            assert_eq!(armenian_keys(word).join(" "), expected, "{word}");
        }
        assert_eq!(georgian_keys("ყიფიანი", "qipiani".into()), ["qipiani", "kipiani"]);
    }
}
