//! The rules together: pages, the seed, hostile posts.

mod bounded;
mod catalog;
mod exact_findings;
mod hostile;
mod hostile_rules;
mod seed;
