//! JSON values one after the other: an array of them, one a line, or one that fills the file. An array may be larger than memory
//! would hold as a tree, so its elements are read one by one.

use std::fmt;

use serde::Deserializer;
use serde::de::{Error, IgnoredAny, SeqAccess, Visitor};
use serde_json::Value;

/// Gives each value with its number (of a line: the line), and what was no JSON with the reason.
pub(super) fn each(text: &str, mut take: impl FnMut(u32, Result<Value, String>)) {
    if text.trim_start().starts_with('[') {
        let mut json = serde_json::Deserializer::from_str(text);
        let mut count = 0;
        let visitor = Elements(|value| {
            count += 1;
            take(count, Ok(value));
            true
        });
        if let Err(error) = json.deserialize_seq(visitor) {
            take(count + 1, Err(error.to_string()));
        }
        return;
    }
    // A single value may stand over many lines; otherwise each line is one, and a bad one costs itself alone.
    let mut lines = text.lines().zip(1_u32..).filter(|(line, _)| !line.trim().is_empty());
    if let (Some((line, _)), true) = (lines.next(), lines.next().is_some())
        && serde_json::from_str::<IgnoredAny>(line).is_err()
        && let Ok(value) = serde_json::from_str(text)
    {
        return take(1, Ok(value));
    }
    for (line, number) in text.lines().zip(1..) {
        if !line.trim().is_empty() {
            take(number, serde_json::from_str(line).map_err(|error| error.to_string()));
        }
    }
}

/// The first of them.
pub(super) fn first(text: &str) -> Option<Value> {
    if text.trim_start().starts_with('[') {
        let (mut json, mut first) = (serde_json::Deserializer::from_str(text), None);
        let visitor = Elements(|value| {
            first = Some(value);
            false
        });
        // Reading stops after the first, which is an error to the parser and none to us.
        let _stopped = json.deserialize_seq(visitor);
        return first;
    }
    serde_json::Deserializer::from_str(text).into_iter().next()?.ok()
}

/// Takes the elements of an array until it is told to stop.
struct Elements<F>(F);

impl<'de, F: FnMut(Value) -> bool> Visitor<'de> for Elements<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut elements: A) -> Result<(), A::Error> {
        while let Some(value) = elements.next_element()? {
            if !(self.0)(value) {
                return Err(A::Error::custom("stopped"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_one_by_one() {
        let rows = [
            (r#"[{"a":1},{"a":2}]"#, "1:{\"a\":1} 2:{\"a\":2} "),
            ("{\"a\":1}\n\n{\"a\":2}\n", "1:{\"a\":1} 3:{\"a\":2} "),
            ("{\n\"a\": 1\n}\n", "1:{\"a\":1} "),
            ("{\"a\":1}\n{\n{\"a\":2}", "1:{\"a\":1} 2:bad 3:{\"a\":2} "),
            (r#"[{"a":1},"#, "1:{\"a\":1} 2:bad "),
            ("", ""),
        ];
        for (text, expected) in rows {
            let mut seen = String::new();
            each(text, |n, value| {
                seen += &format!("{n}:{} ", value.map_or("bad".into(), |v| v.to_string()));
            });
            assert_eq!(seen, expected, "{text}");
        }
    }
}
