//! postlint reads blog posts the way their site generator reads them, checks them against rules, and points at the
//! exact bytes that are wrong. The modules stand in floor order: each looks down only.

// floor 0: text
pub mod count;
pub mod source;
pub mod suggestion;
pub mod width;
// floor 1: findings as data
pub mod diagnostic;
// floor 2: a post as its generator reads it, and what a finding stands on
pub mod document;
pub mod fingerprint;
// floor 3: what a rule is
pub mod rule;
// floor 4: the checks
pub mod checks;
// floor 5: all rules, and the config file as written
pub mod catalog;
pub mod config;
// floor 6: rules ready to run
pub mod ruleset;
// floor 7: the site, and what authors silence
pub mod baseline;
pub mod site;
pub mod suppress;
// floor 8: the walk over a post
pub mod lint;
// floor 9: a page's examples, what posts say about how to check them, and suppressions written for findings
pub mod examples;
pub mod learn;
pub mod silence;
// floor 10: findings as text
pub mod output;
// floor 11: the command line as data, and the touching of files
pub mod cli;
pub mod files;
// floor 12: the posts and what is around them
pub mod project;
pub mod walk;
// floor 13: the commands
pub mod run;
