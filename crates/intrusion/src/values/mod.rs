//! What a value of a parameter is: text, or code that a server or a browser is to run.
//!
//! `libinjection` tells SQL and scripts by the order of their tokens, which hardly errs on names. What it misses is told by the
//! rules of `rules.tsv` and by what stands beside it in this folder; each is there for values that were met.

mod commands;
mod markup;
mod paths;
mod rules;
mod tokens;

use std::borrow::Cow;

use crate::decode;

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// Text, as honest people send it.
    Norm,
    /// SQL injection (CWE-89).
    Sqli,
    /// Cross-site scripting (CWE-79).
    Xss,
    /// Path traversal (CWE-22).
    Traversal,
    /// Command injection (CWE-78).
    Cmdi,
}

impl Verdict {
    /// All of them.
    pub const ALL: &[Self] = &[Self::Norm, Self::Sqli, Self::Xss, Self::Traversal, Self::Cmdi];

    /// Its name in files: `norm`, `sqli`, `xss`, `traversal`, `cmdi`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Norm => "norm",
            Self::Sqli => "sqli",
            Self::Xss => "xss",
            Self::Traversal => "traversal",
            Self::Cmdi => "cmdi",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.name() == name)
    }
}

/// A verdict with the rule that gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged {
    /// What it is.
    pub verdict: Verdict,
    /// `libinjection`, or a row of the tables. Empty for text.
    pub rule: &'static str,
}

const NORM: Judged = Judged { verdict: Verdict::Norm, rule: "" };

/// Bytes of a value that are looked at: no server takes a longer request line, and attacks stand at the front.
const LOOKED_AT: usize = 1 << 14;

/// Judges a value as it was sent: as it is, decoded, and decoded twice. The first form that is no text decides.
#[must_use]
pub fn judge(raw: &[u8]) -> Judged {
    if harmless(raw) {
        return NORM;
    }
    let raw = &raw[..raw.len().min(LOOKED_AT)];
    decode::forms(raw).iter().map(|form| judge_form(form)).find(|judged| *judged != NORM).unwrap_or(NORM)
}

/// One word or number, or an e-mail address: no code can be in it, and nearly all values of a log are such.
fn harmless(raw: &[u8]) -> bool {
    // From this length on a value may be a probe for an overflow.
    let short = raw.len() < 100;
    let word = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'@' | b',' | b':');
    let with_dots = raw.contains(&b'@') || raw.iter().all(|b| !b.is_ascii_alphabetic());
    short
        && raw.iter().all(|b| word(b) || (*b == b'.' && with_dots))
        && memchr::memmem::find(raw, b"..").is_none()
}

fn judge_form(form: &[u8]) -> Judged {
    let lower: Cow<'_, [u8]> = if form.iter().any(u8::is_ascii_uppercase) {
        Cow::Owned(form.to_ascii_lowercase())
    } else {
        Cow::Borrowed(form)
    };
    let found = |verdict, rule| Judged { verdict, rule };
    let tokens = tokens::cut(&lower);
    let rule = |verdict| rules::fitting(&tokens, verdict).map(|rule| found(verdict, rule.name));
    // An include that runs a command is markup too; markup carries quotation marks, which look like SQL; and commands carry
    // paths. So in this order.
    if let Some(judged) = rule(Verdict::Cmdi).filter(|_| !markup::has_element(&lower)) {
        return judged;
    }
    if markup::has_element(&lower) {
        return found(Verdict::Xss, "element");
    }
    if let Some(judged) = rule(Verdict::Xss) {
        return judged;
    }
    if let Some(rule) = commands::runs(&lower) {
        return found(Verdict::Cmdi, rule);
    }
    if let Some(judged) = rule(Verdict::Sqli) {
        return judged;
    }
    if breaking(&lower) {
        return found(Verdict::Sqli, "breaking-signs");
    }
    if has_code_signs(&tokens) && libinjectionrs::detect_sqli(form).is_injection() {
        return found(Verdict::Sqli, "libinjection");
    }
    if libinjectionrs::detect_xss(form).is_injection() {
        return found(Verdict::Xss, "libinjection");
    }
    if let Some(rule) = paths::leaves(&lower) {
        return found(Verdict::Traversal, rule);
    }
    NORM
}

/// Whether a value has a sign that SQL's code needs. libinjection takes words alone for code where they are SQL's own, so that
/// "15 Order By Lane" and "Credit Union Select Fund" would be attacks; these marks are what such names do not have.
fn has_code_signs(tokens: &[tokens::Token<'_>]) -> bool {
    let sign = |at: usize| tokens.get(at).filter(|t| t.kind == tokens::Kind::Sign).map_or(0, |t| t.text[0]);
    let selects = || {
        let mut words = tokens.iter().map(|t| t.text).skip_while(|w| *w != b"select");
        words.any(|w| w == b"from")
    };
    (0..tokens.len()).any(|at| match sign(at) {
        b'\'' | b'"' | b'`' | b'=' | b'<' | b'>' | b'*' | b';' | b'|' | b'^' | b'@' | b'~' | b'!' | b'\\' => {
            true
        }
        b'(' => tokens[at].glued || at == 0,
        b'-' => sign(at + 1) == b'-',
        _ => false,
    }) || selects()
}

/// Quotation marks and brackets in a heap, as sqlmap sends them first of all to see whether a database complains:
/// `1""(.'.(,(.`.
fn breaking(value: &[u8]) -> bool {
    let runs = value.split(|b| !b"'\"().,".contains(b));
    runs.into_iter().any(|run| {
        run.len() >= 7 && run.iter().any(|b| b"'\"".contains(b)) && run.iter().any(|b| b"()".contains(b))
    })
}

#[cfg(test)]
mod tests;
