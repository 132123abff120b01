//! What a model's outputs mean, and how labels of tokens make names.

use std::collections::BTreeMap;
use std::ops::Range;

use documents::Spotted;
use model::Schema;
use serde::Deserialize;

/// What a model says of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// No person and no organisation.
    Outside,
    /// The first token of a name: B-PER, B-ORG.
    First(Kind),
    /// A further token of one: I-PER; or a token of one, where a model does not tell: PER.
    Further(Kind),
}

/// Who is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A person.
    Person,
    /// An organisation.
    Organization,
}

impl Label {
    /// Reads a label as models write them: `B-PER`, `I-ORG`, `O`, `PERSON`. What is neither a person nor an organisation is
    /// outside.
    #[must_use]
    pub fn read(label: &str) -> Self {
        let (mark, kind) =
            label.split_once(['-', '_']).filter(|(mark, _)| mark.len() == 1).unwrap_or(("I", label));
        let kind = match kind.to_ascii_uppercase().as_str() {
            "PER" | "PERSON" => Kind::Person,
            "ORG" | "ORGANIZATION" | "ORGANISATION" => Kind::Organization,
            _ => return Self::Outside,
        };
        if mark.eq_ignore_ascii_case("B") { Self::First(kind) } else { Self::Further(kind) }
    }
}

#[derive(Deserialize)]
struct Config {
    id2label: BTreeMap<String, String>,
    max_position_embeddings: Option<usize>,
}

/// The labels of a configuration in the order of the outputs, and how many tokens the model takes.
pub(crate) fn of_config(bytes: &[u8]) -> Result<(Vec<Label>, Option<usize>), String> {
    let config: Config = serde_json::from_slice(bytes).map_err(|e| e.to_string())?;
    let label = |id: usize| {
        let label = config.id2label.get(&id.to_string());
        label.map(|label| Label::read(label)).ok_or_else(|| format!("id2label has no label {id}"))
    };
    let labels: Vec<Label> = (0..config.id2label.len()).map(label).collect::<Result<_, _>>()?;
    if labels.iter().all(|label| *label == Label::Outside) {
        return Err(
            "id2label has neither PER nor ORG: this is no model of people and organisations".to_owned()
        );
    }
    Ok((labels, config.max_position_embeddings))
}

/// The names that labelled tokens make. A token that continues the word before belongs to the same name, whatever its label:
/// a name does not end within a word.
#[must_use]
pub fn spans(text: &str, tokens: &[(Range<usize>, Label)]) -> Vec<Spotted> {
    let mut names: Vec<(Range<usize>, Kind)> = Vec::new();
    let mut end = 0;
    // Whether the token before is the last of the last name.
    let mut open = false;
    for (range, label) in tokens {
        let within = range.start == end
            && text[..range.start].ends_with(char::is_alphanumeric)
            && text[range.start..].starts_with(char::is_alphanumeric);
        let kind = match label {
            Label::Outside => None,
            Label::First(kind) | Label::Further(kind) => Some(*kind),
        };
        match (names.last_mut().filter(|_| open), label, kind) {
            (Some((name, _)), ..) if within => name.end = range.end,
            (Some((name, known)), Label::Further(_), Some(kind)) if *known == kind => name.end = range.end,
            (_, _, Some(kind)) if !within => {
                names.push((range.clone(), kind));
                open = true;
            }
            _ => open = false,
        }
        end = range.end;
    }
    let trimmed = |range: Range<usize>| {
        let name = &text[range.clone()];
        let start = range.start + name.len() - name.trim_start().len();
        start..start + name.trim().len()
    };
    let spotted = names.into_iter().map(|(range, kind)| Spotted {
        range: trimmed(range),
        schema: match kind {
            Kind::Person => Schema::Person,
            Kind::Organization => Schema::Organization,
        },
    });
    spotted.filter(|one| !one.range.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_make_names() {
        let (b, i, o) = (Label::read("B-PER"), Label::read("I-PER"), Label::read("O"));
        let org = Label::read("ORG");
        assert_eq!((Label::read("B-LOC"), org), (o, Label::Further(Kind::Organization)));
        let text = "Anna Vardanov met Ivan of Acme Trading";
        let rows: [(&[(Range<usize>, Label)], &[&str]); 6] = [
            (&[(0..4, b), (5..13, i), (14..17, o)], &["Anna Vardanov"]),
            (&[(0..4, b), (5..8, i), (8..13, o)], &["Anna Vardanov"]),
            (&[(0..4, b), (5..13, b)], &["Anna", "Vardanov"]),
            (&[(4..13, i), (18..22, b)], &["Vardanov", "Ivan"]),
            (&[(18..22, i), (26..30, org), (31..38, org)], &["Ivan", "Acme Trading"]),
            (&[(0..4, o), (5..8, o), (8..13, i)], &[]),
        ];
        for (tokens, expected) in rows {
            let found: Vec<&str> = spans(text, tokens).into_iter().map(|one| &text[one.range]).collect();
            assert_eq!(found, expected, "{tokens:?}");
        }
    }

    #[test]
    fn a_configuration_without_people_is_none() {
        assert!(of_config(br#"{"id2label":{"0":"O","1":"B-LOC"}}"#).is_err());
        assert!(of_config(br#"{"id2label":{"0":"O","2":"B-PER"}}"#).is_err());
        let read = of_config(br#"{"id2label":{"0":"O","1":"B-PER"},"max_position_embeddings":8}"#);
        assert_eq!(read.map(|(labels, most)| (labels.len(), most)), Ok((2, Some(8))));
    }
}
