//! The model of `interdict read --ner`, in a build that can read one.

use std::path::Path;

use documents::MentionFinder;
use engine::EngineError;

use crate::error::CommandError;

/// Opens the model.
#[cfg(feature = "ner-onnx")]
pub(super) fn open(path: &Path) -> Result<Box<dyn MentionFinder>, CommandError> {
    let model = ner::Model::open(path).map_err(|error| {
        EngineError::input(format!("--ner: {error}"))
            .hint(format!("{}, or leave it out: the built-in rules need no model", error.remedy()))
    })?;
    Ok(Box::new(model))
}

/// Says that this build reads no models.
#[cfg(not(feature = "ner-onnx"))]
pub(super) fn open(path: &Path) -> Result<Box<dyn MentionFinder>, CommandError> {
    Err(EngineError::usage(format!("--ner {}: this build reads no models", path.display()))
        .hint("build it with cargo build --release -p interdict --features ner-onnx, or leave it out: the built-in rules need no model")
        .into())
}
