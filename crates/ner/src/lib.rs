//! People and organisations found by a model: token classification in ONNX form, with the tokenizer that it was trained with.
//!
//! A folder as the `transformers` library writes it has what is needed: the model, and beside it `tokenizer.json` and
//! `config.json`, whose `id2label` says what each output means (B-PER, I-PER, B-ORG ...). All of it runs in Rust; nothing
//! is fetched. What the model finds is a hint: nobody is screened by it.

mod labels;

use std::io::Cursor;
use std::ops::Range;
use std::path::{Path, PathBuf};

use documents::{Block, MentionFinder, Spotted};
use tokenizers::Tokenizer;
use tract_onnx::prelude::*;
use tract_onnx::tract_hir::internal::{bail, format_err};

pub use labels::{Label, spans};

/// Bytes of text that a model reads at once, at most: some two hundred words, which is what it was trained on.
const PIECE: usize = 1_000;

/// Words of sub-words that a model takes at once where its configuration does not say: BERT's own number.
const POSITIONS: usize = 512;

/// Why a model cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NerError {
    /// A file cannot be read.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file is not what it should be.
    #[error("{what}: {why}")]
    Form {
        /// Which of the three.
        what: &'static str,
        /// Why.
        why: String,
    },
}

impl NerError {
    /// What helps.
    #[must_use]
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::File { .. } => "put model.onnx, tokenizer.json and config.json into one folder",
            Self::Form { .. } => "export a token-classification model with its tokenizer again",
        }
    }
}

fn form(what: &'static str, why: impl ToString) -> NerError {
    NerError::Form { what, why: why.to_string() }
}

type Runnable = TypedRunnableModel<TypedModel>;

/// A model that is ready to read. Threads share it.
pub struct Model {
    plan: Runnable,
    tokenizer: Tokenizer,
    labels: Vec<Label>,
    inputs: Vec<Input>,
    positions: usize,
}

/// What an input of the model wants of each token.
#[derive(Clone, Copy, Debug)]
enum Input {
    Ids,
    Attention,
    Types,
}

impl Model {
    /// Opens a model and the two files beside it.
    ///
    /// # Errors
    /// A file cannot be read, or is no such model, tokenizer or configuration.
    pub fn open(path: &Path) -> Result<Self, NerError> {
        let beside = |name: &str| path.with_file_name(name);
        let read = |path: PathBuf| std::fs::read(&path).map_err(|source| NerError::File { path, source });
        Self::new(&read(path.to_owned())?, &read(beside("tokenizer.json"))?, &read(beside("config.json"))?)
    }

    /// A model of the bytes of its three files.
    ///
    /// # Errors
    /// They are no such model, tokenizer or configuration.
    pub fn new(onnx: &[u8], tokenizer: &[u8], config: &[u8]) -> Result<Self, NerError> {
        let mut tokenizer = Tokenizer::from_bytes(tokenizer).map_err(|e| form("tokenizer.json", e))?;
        // Neither cut nor filled up: what does not fit is read in pieces.
        tokenizer.with_truncation(None).map_err(|e| form("tokenizer.json", e))?;
        tokenizer.with_padding(None);
        let (labels, positions) = labels::of_config(config).map_err(|e| form("config.json", e))?;
        let (plan, inputs) = plan(onnx).map_err(|e| form("the model", format!("{e:#}")))?;
        Ok(Self { plan, tokenizer, labels, inputs, positions: positions.unwrap_or(POSITIONS) })
    }

    /// Who is named in a piece of text that begins at byte `start` of its block.
    fn piece(&self, text: &str, start: usize, spotted: &mut Vec<Spotted>) -> TractResult<()> {
        let tokens = self.tokenizer.encode(text, true).map_err(|e| format_err!("{e}"))?;
        let count = tokens.len();
        if count > self.positions {
            // A script that the tokenizer reads letter by letter, or a word without an end.
            let half = text.floor_char_boundary(text.len() / 2);
            let half = text[..half].rfind(char::is_whitespace).filter(|at| *at > 0).unwrap_or(half);
            if half == 0 {
                return Ok(());
            }
            self.piece(&text[..half], start, spotted)?;
            return self.piece(&text[half..], start + half, spotted);
        }
        if count == 0 {
            return Ok(());
        }
        let of = |values: &[u32]| -> TractResult<TValue> {
            let values: Vec<i64> = values.iter().map(|value| i64::from(*value)).collect();
            Ok(Tensor::from_shape(&[1, count], &values)?.into())
        };
        let inputs = self.inputs.iter().map(|input| match input {
            Input::Ids => of(tokens.get_ids()),
            Input::Attention => of(tokens.get_attention_mask()),
            Input::Types => of(tokens.get_type_ids()),
        });
        let outputs = self.plan.run(inputs.collect::<TractResult<_>>()?)?;
        let logits = outputs.first().ok_or_else(|| format_err!("no output"))?;
        let logits = logits.cast_to::<f32>()?;
        let logits = logits.to_array_view::<f32>()?;
        if logits.shape() != [1, count, self.labels.len()] {
            bail!(
                "its output has the form {:?}, not one of {} labels a token",
                logits.shape(),
                self.labels.len()
            );
        }
        let best = |token: usize| {
            let worth = |label: &usize| logits[[0, token, *label]];
            // The first of the best.
            (0..self.labels.len()).rev().max_by(|a, b| worth(a).total_cmp(&worth(b)))
        };
        let special = tokens.get_special_tokens_mask();
        let read: Vec<(Range<usize>, Label)> = (0..count)
            .filter(|token| special[*token] == 0)
            .filter_map(|token| {
                let (from, to) = tokens.get_offsets()[token];
                Some((from..to, self.labels[best(token)?]))
            })
            .collect();
        spotted.extend(
            spans(text, &read)
                .into_iter()
                .map(|one| Spotted { range: one.range.start + start..one.range.end + start, ..one }),
        );
        Ok(())
    }
}

impl MentionFinder for Model {
    fn find(&self, block: &Block<'_>) -> Result<Vec<Spotted>, Box<str>> {
        let mut spotted = Vec::new();
        for range in pieces(block.text()) {
            let text = &block.text()[range.clone()];
            self.piece(text, range.start, &mut spotted).map_err(|e| format!("the model: {e:#}"))?;
        }
        Ok(spotted)
    }
}

/// The plan of a model for one text of any length, and what its inputs want.
fn plan(onnx: &[u8]) -> TractResult<(Runnable, Vec<Input>)> {
    let mut model = tract_onnx::onnx().model_for_read(&mut Cursor::new(onnx))?;
    let length = model.symbols.sym("tokens");
    let mut inputs = Vec::new();
    for (place, outlet) in model.input_outlets()?.to_vec().into_iter().enumerate() {
        inputs.push(match &*model.node(outlet.node).name {
            "input_ids" => Input::Ids,
            "attention_mask" => Input::Attention,
            "token_type_ids" => Input::Types,
            other => bail!("an input that is not known: {other}"),
        });
        let shape = [1.to_dim(), TDim::from(length.clone())];
        model.set_input_fact(place, InferenceFact::dt_shape(i64::datum_type(), shape))?;
    }
    Ok((model.into_optimized()?.into_runnable()?, inputs))
}

/// A text in pieces that end where a paragraph, a sentence or at least a word does.
fn pieces(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &text[at..];
        if rest.is_empty() {
            return None;
        }
        let head = &rest[..rest.floor_char_boundary(PIECE.min(rest.len()))];
        let ends = ["\n\n", ". ", "\n", " "];
        let end = (head.len() < rest.len())
            .then(|| ends.iter().find_map(|end| head.rfind(end).map(|at| at + end.len())))
            .flatten()
            .unwrap_or(head.len());
        at += end;
        Some(at - end..at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_the_text() {
        let text = format!("{}\n\nOne. Two {}", "word ".repeat(500), "x".repeat(3000));
        let cut: Vec<&str> = pieces(&text).map(|range| &text[range]).collect();
        assert_eq!(cut.concat(), text);
        assert!(cut.iter().all(|piece| piece.len() <= PIECE) && cut[0].ends_with(' '));
    }
}
