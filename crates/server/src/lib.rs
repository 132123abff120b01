//! The HTTP API and the pages of `interdict serve`. Thin: every answer is the engine's.
//!
//! Waiting is tokio's, computing is [`pool`]'s: no thread that waits for the network ever screens. What serves is one
//! immutable value, [`serving::Serving`], that is swapped whole when lists change.
//!
//! Reads no environment and holds no terminal: whoever starts it passes lists, log lines and limits in [`Options`].

mod body;
mod connections;
mod folder;
mod guard;
mod jobs;
mod keys;
mod layers;
mod mcp;
mod metrics;
mod native;
mod openapi;
mod options;
mod pages;
mod pool;
mod problem;
mod reconcile;
mod reference;
mod router;
mod run;
mod serving;
mod state;
mod tls;
mod updates;
mod watchman;
mod yente;

pub use folder::unguessable;
pub use jobs::JobLimits;
pub use keys::{Keys, Scope};
pub use openapi::description;
pub use options::{ListSource, LogLine, Options};
pub use run::{app, serve};
