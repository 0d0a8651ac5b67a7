//! What several tests need.

pub mod blog;
pub mod families;
pub mod growth;
pub mod kramdown_support;
pub mod oracle;
pub mod runner;
pub mod shared;
pub mod sound;
