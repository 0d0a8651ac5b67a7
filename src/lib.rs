//! postlint reads blog posts the way their site generator reads them, checks them against rules, and points at the
//! exact bytes that are wrong.

// floor 1: text
pub mod pattern;
pub mod source;
pub mod text;
pub mod url;
pub mod width;
pub mod words;
// floor 2: findings and edits as data, and what a site says about its posts
pub mod diagnostic;
pub mod edit;
pub mod place;
// floor 3: a post as its generator reads it
pub mod document;
// floor 4: what people write for postlint, what a rule is, and what front matter is held to
pub mod authored;
pub mod rule;
pub mod schema;
pub mod site;
// floor 5: the checks
pub mod checks;
// floor 6: all rules, the config file as written, and rules ready to run
pub mod catalog;
pub mod config;
pub mod ruleset;
// floor 7: what happens to a post
pub mod engine;
// floor 8: the world
pub mod cli;
pub mod files;
pub mod output;
pub mod project;
pub mod run;
pub mod walk;
