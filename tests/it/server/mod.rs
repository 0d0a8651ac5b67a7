//! The language server, driven as an editor drives it.

mod actions;
mod configs;
pub mod editor;
mod edits;
mod findings;
mod knowledge;
mod latency;
mod protocol;
