//! The command line and what it prints.

mod across;
mod across_changes;
mod add_ignore;
mod arguments;
mod baseline;
mod built_pages;
mod config;
mod crashes;
mod errors;
mod exit_codes;
mod failures;
mod gone_readers;
mod hostile_words;
mod init;
mod links;
mod mistakes;
mod output;
mod output_growth;
mod reading_results;
mod readme;
mod screen;
mod search;
mod site;
mod suppressions;
mod user_rules;
mod walk;
