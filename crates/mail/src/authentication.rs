//! What a receiving host found out about the sender (RFC 8601).

use std::ops::Range;

/// One `Authentication-Results` header. Only the word of a host that one trusts counts: a sender may add such headers too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthenticationResults {
    /// The host that says so (`authserv-id`).
    pub by: Box<str>,
    /// What it found, in its order.
    pub results: Vec<MethodResult>,
    /// The header's bytes in the message.
    pub range: Range<usize>,
}

/// What one method found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MethodResult {
    /// `spf`, `dkim`, `dmarc`, `arc` ... in lower case.
    pub method: Box<str>,
    /// `pass`, `fail`, `softfail`, `none` ... in lower case.
    pub result: Box<str>,
    /// What was looked at: `smtp.mailfrom` and `info@example.org`.
    pub properties: Vec<(Box<str>, Box<str>)>,
}

impl AuthenticationResults {
    pub(crate) fn new(value: &str, range: Range<usize>) -> Self {
        let clauses = clauses(value);
        let mut clauses = clauses.iter();
        // A version may stand behind the host: `example.org 1`.
        let by = clauses.next().and_then(|first| first.first());
        let by = by.map_or_else(Default::default, |by| by.as_str().into());
        Self { by, results: clauses.filter_map(|words| MethodResult::new(words)).collect(), range }
    }
}

impl MethodResult {
    /// `None`: no results (`none`), or no clause of that form.
    fn new(words: &[String]) -> Option<Self> {
        let (method, result) = words.first()?.split_once('=')?;
        // `dkim/1=pass` names the method's version.
        let method = method.split('/').next().unwrap_or_default().to_ascii_lowercase();
        let property = |word: &String| word.split_once('=').map(|(name, value)| (name.into(), value.into()));
        Some(Self {
            method: method.into(),
            result: result.to_ascii_lowercase().into(),
            properties: words[1..].iter().filter_map(property).collect(),
        })
    }
}

/// The clauses between semicolons, each as its words; without comments, quotes and the blanks about `=`.
fn clauses(value: &str) -> Vec<Vec<String>> {
    let mut clauses = vec![vec![String::new()]];
    let (mut comment, mut quoted, mut escaped, mut glue) = (0_usize, false, false, false);
    for c in value.chars() {
        let Some(words) = clauses.last_mut() else { break };
        let Some(word) = words.last_mut() else { break };
        match c {
            _ if escaped => {
                escaped = false;
                if comment == 0 {
                    word.push(c);
                }
            }
            '\\' if quoted || comment > 0 => escaped = true,
            '"' if comment == 0 => quoted = !quoted,
            _ if quoted => word.push(c),
            '(' => comment += 1,
            ')' => comment = comment.saturating_sub(1),
            _ if comment > 0 => {}
            ';' => clauses.push(vec![String::new()]),
            '=' => {
                // `spf = pass` is one word.
                if word.is_empty() && words.len() > 1 {
                    words.pop();
                }
                if let Some(word) = words.last_mut() {
                    word.push('=');
                }
                glue = true;
                continue;
            }
            c if c.is_whitespace() => {
                if !(word.is_empty() || glue && word.ends_with('=')) {
                    words.push(String::new());
                }
                continue;
            }
            c => word.push(c),
        }
        glue = false;
    }
    for words in &mut clauses {
        words.retain(|word| !word.is_empty());
    }
    clauses
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results() {
        let rows: &[(&str, &str)] = &[
            (
                "mx.example.org; spf=pass (sender is ok; really) smtp.mailfrom=info@example.org; dkim=none",
                "mx.example.org: spf=pass smtp.mailfrom=info@example.org, dkim=none",
            ),
            ("mx.example.org 1; none", "mx.example.org: "),
            (
                r#"mx; DKIM/1 = Fail reason="bad; \"worse\"" header.d=example.org"#,
                r#"mx: dkim=fail reason=bad; "worse" header.d=example.org"#,
            ),
            (
                "mx; dmarc=fail action=none header.from=x (p=none (nested) dis=none)",
                "mx: dmarc=fail action=none header.from=x",
            ),
            ("", ": "),
            ("=;==;(", "=: =="),
        ];
        for (value, expected) in rows {
            let read = AuthenticationResults::new(value, 0..0);
            let results: Vec<String> = read
                .results
                .iter()
                .map(|one| {
                    let properties: String =
                        one.properties.iter().map(|(name, value)| format!(" {name}={value}")).collect();
                    format!("{}={}{properties}", one.method, one.result)
                })
                .collect();
            assert_eq!(format!("{}: {}", read.by, results.join(", ")), *expected, "{value}");
        }
    }
}
