//! The HTTP API and the pages of `interdict serve`. Thin: every answer is the engine's.
