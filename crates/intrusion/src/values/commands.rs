//! Commands of a shell where text was expected.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::tables::rows;

/// Whether the name is no word of a language, by command.
static COMMANDS: LazyLock<FxHashMap<&'static [u8], bool>> = LazyLock::new(|| {
    rows(include_str!("../../data/commands.tsv"))
        .map(|cells| (cells[0].as_bytes(), cells[1] == "1"))
        .collect()
});

/// What leads to a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    /// It is the beginning of the value.
    Nothing,
    /// `;`, `|`, `&`, a line's end, with text of so many bytes before it.
    Separator(usize),
    /// `` ` `` or `$(`: a command whose answer becomes text.
    Substitution,
}

/// Whether a value, in lower case, runs a command: the rule, if it does.
pub(crate) fn runs(value: &[u8]) -> Option<&'static str> {
    let mut at = 0;
    let mut before = Before::Nothing;
    loop {
        let rest = &value[at..];
        if let Some(rule) = command(rest, before) {
            return Some(rule);
        }
        let next = rest.iter().position(|b| matches!(b, b';' | b'|' | b'&' | b'`' | b'\n' | b'$'))?;
        let sign = rest[next];
        at += next + 1;
        before = match sign {
            b'`' => Before::Substitution,
            b'$' if value.get(at) == Some(&b'(') => {
                at += 1;
                Before::Substitution
            }
            b'$' => continue,
            _ => {
                let text = value[..at - 1].iter().rev();
                let bytes = text.take_while(|b| !matches!(b, b';' | b'|' | b'&' | b'\n')).count();
                Before::Separator(bytes)
            }
        };
    }
}

/// Whether the text begins with a command.
fn command(text: &[u8], before: Before) -> Option<&'static str> {
    let text = text.trim_ascii_start();
    let quotes = text.iter().take_while(|b| matches!(b, b'"' | b'\'')).count();
    let text = text[quotes.min(1)..].trim_ascii_start();
    let length = text.iter().take_while(|b| b.is_ascii_alphanumeric() || b"/._-:\\".contains(b)).count();
    let word = &text[..length];
    let word = if word.ends_with(b":") { &word[..word.len() - 1] } else { word };
    let name = word.rsplit(|b| matches!(b, b'/' | b'\\')).next().unwrap_or_default();
    let sure = *COMMANDS.get(name)?;
    let rest = &text[word.len()..];
    let operand = rest.trim_ascii_start();
    let ended = match operand.first() {
        None => true,
        Some(b) => matches!(b, b';' | b'|' | b'&' | b'`' | b')' | b'\'' | b'"' | b'\n'),
    };
    let closed = matches!(operand.first(), Some(b';' | b'|' | b'&' | b'`'));
    let blank = rest.first().is_some_and(u8::is_ascii_whitespace) || rest.first() == Some(&b'+');
    let shell_operand = blank && is_shell_operand(operand);
    let in_folder = [&b"/bin/"[..], b"/usr/bin/", b"/usr/sbin/", b"/sbin/", b"usr/bin/", b"/usr/local/bin/"];
    if in_folder.iter().any(|folder| word.starts_with(folder)) {
        return Some("program-by-path");
    }
    if word.len() != name.len() {
        return None;
    }
    match before {
        Before::Substitution if ended || shell_operand || sure => Some("substitution"),
        // Names of columns stand between semicolons and pipes too, and "Sons & Ls".
        Before::Separator(text) if sure && ended && (text <= 2 || closed || name.len() > 4) => {
            Some("command-behind-separator")
        }
        Before::Separator(_) if sure && shell_operand => Some("command-with-operand"),
        Before::Separator(_) if shell_operand => Some("command-with-operand"),
        Before::Separator(text) if ended && text <= 2 && (name == b"id" || closed) => {
            Some("command-behind-separator")
        }
        Before::Separator(_) if sure && blank && operand.first().is_some_and(u8::is_ascii_digit) => {
            Some("command-with-operand")
        }
        Before::Separator(_)
            if name == b"sleep" && blank && operand.first().is_some_and(u8::is_ascii_digit) =>
        {
            operand.iter().all(u8::is_ascii_digit).then_some("command-with-operand")
        }
        Before::Nothing if closed && operand.len() == 1 && (sure || name == b"id") => {
            Some("command-before-separator")
        }
        Before::Nothing if shell_operand => Some("command-with-operand"),
        _ => None,
    }
}

/// An option (`-n`), a path of at least two names, a drive (`c:`), the machine itself.
fn is_shell_operand(operand: &[u8]) -> bool {
    match operand {
        [b'-', letter, ..] => letter.is_ascii_alphabetic(),
        [b'/' | b'\\' | b'~', path @ ..] => path.iter().any(|b| matches!(b, b'/' | b'\\')),
        [letter, b':', ..] => letter.is_ascii_alphabetic(),
        _ => operand.starts_with(b"127.0.0.1") || operand.starts_with(b"localhost"),
    }
}
