//! Built folders: which one is read, how, and where its findings are reported. `run/built_pages.rs` puts this together.

pub mod folder;
mod given;
mod homes;
pub mod listing;
mod other_file;
pub mod placing;
pub mod reading;
mod tags;
mod texts;
pub mod traced;
pub mod tracing;
mod unplaced;
mod written;

pub use given::{Auditing, BuiltHeads, Found, SitePages, SourcePage};
