//! Runs that are limited to what was changed: `--files-from`, `--since`, `--staged` and `--changed-lines`.

mod effects;
mod errors;
mod files_from;
mod hooks;
mod lines;
pub(crate) mod repo;
mod since;
mod staged;
