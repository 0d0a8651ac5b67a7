//! postlint reads blog posts the way their site generator reads them, checks them against rules, and points at the
//! exact bytes that are wrong. The modules stand in floor order: each looks down only.

// floor 0: text and plain data
pub mod diagnostic;
pub mod source;
pub mod suggestion;
pub mod width;
// floor 1: a post as its generator reads it
pub mod document;
// floor 2: what a rule is
pub mod rule;
// floor 3: the checks
pub mod checks;
// floor 4: all rules, and the config file as written
pub mod catalog;
pub mod config;
// floor 5: rules ready to run
pub mod ruleset;
// floor 6: the site, and the walk over a post
pub mod lint;
pub mod site;
pub mod suppress;
// floor 7: a page's examples
pub mod examples;
// floor 8: findings as text
pub mod output;
// floor 9: the command line as data
pub mod cli;
// floor 10: the files
pub mod project;
pub mod walk;
// floor 11: the commands
pub mod run;
