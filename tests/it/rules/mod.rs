//! All rules together: their pages, real posts, hostile posts.

mod bounded;
mod catalog;
mod exact_findings;
mod hostile;
mod hostile_rules;
mod seed;
