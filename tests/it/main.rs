//! All tests except those that generate their cases at run time (`rules`, `kramdown_cases`), in one binary that links
//! once.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "tests fail by panicking, and say what they skip"
)]

mod architecture;
mod audit;
#[cfg(unix)]
mod cache;
mod changes;
mod cli;
mod docs;
mod document;
mod edits;
mod families;
#[cfg(unix)]
mod files;
mod fixing;
mod front_matter;
mod kramdown;
mod mutations;
mod packaging;
mod report;
mod rules;
mod server;
mod site;
mod support;
mod words;
