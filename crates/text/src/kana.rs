//! Kana: Hepburn, with long vowels as passports, the press and keyboards write them (Ono, Ohno, Oono).

/// Keys of a word: long vowels short, as passports write them; as typed; with `oh`; with `m` before b, m, p.
pub(crate) fn keys(native: &str) -> [String; 4] {
    let typed = hepburn(native);
    let short = typed.replace("ou", "o").replace("oo", "o").replace("uu", "u");
    let passport_h = typed.replace("ou", "oh").replace("oo", "oh").replace("uu", "u");
    let labial = short.replace("nb", "mb").replace("nm", "mm").replace("np", "mp");
    [short, typed, passport_h, labial]
}

fn hepburn(native: &str) -> String {
    let mut word = String::with_capacity(native.len());
    let mut doubles = false;
    for c in native.chars() {
        let latin = any_ascii::any_ascii_char(c);
        match c {
            'っ' | 'ッ' => {
                doubles = true;
                continue;
            }
            'ー' => {
                if let Some(vowel) = word.chars().last().filter(|v| matches!(v, 'o' | 'u')) {
                    word.push(vowel);
                }
                continue;
            }
            'ゃ' | 'ゅ' | 'ょ' | 'ャ' | 'ュ' | 'ョ' if word.ends_with('i') => {
                word.pop();
                let soft = word.ends_with("sh") || word.ends_with("ch") || word.ends_with('j');
                word.push_str(if soft { latin.trim_start_matches('y') } else { latin });
                continue;
            }
            // ファ fa, ティ ti, ジェ je: the small vowel takes the place of the one before it.
            'ぁ' | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' | 'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ' if word.len() > 1 =>
            {
                word.pop();
                word.push_str(latin);
                continue;
            }
            _ => {}
        }
        if std::mem::take(&mut doubles) {
            match latin.as_bytes().first() {
                Some(b'c') => word.push('t'),
                Some(first) if first.is_ascii_alphabetic() => word.push(char::from(*first)),
                _ => {}
            }
        }
        word.extend(latin.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()));
    }
    word
}

#[cfg(test)]
mod tests {
    use super::keys;

    #[test]
    fn names() {
        let rows = [
            ("シンゾウ", "shinzo shinzou shinzoh shinzo"),
            ("あべ", "abe abe abe abe"),
            ("おおの", "ono oono ohno ono"),
            ("ジュンイチ", "junichi junichi junichi junichi"),
            ("りょう", "ryo ryou ryoh ryo"),
            ("はっとり", "hattori hattori hattori hattori"),
            ("なんば", "nanba nanba nanba namba"),
            ("フェルナンド", "ferunando ferunando ferunando ferunando"),
        ];
        for (word, expected) in rows {
            assert_eq!(keys(word).join(" "), expected, "{word}");
        }
    }
}
