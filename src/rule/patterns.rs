//! Regular expressions among a rule's options.

use crate::pattern::{Unusable, regex, whole};
use regex::Regex;
use serde::Deserialize;
use std::sync::OnceLock;

/// Maximum number of patterns: each one is matched against every text.
const MOST: usize = 100;

/// A regular expression of a page. One of a built-in page is compiled when the first text is matched: the three that there
/// are took 2.6 million instructions, a seventh of a run on one post.
#[derive(Debug)]
pub struct Expression {
    written: String,
    compiled: OnceLock<Option<Regex>>,
}

impl Expression {
    /// One that is compiled.
    pub fn of(regex: Regex) -> Self {
        Expression { written: String::new(), compiled: OnceLock::from(Some(regex)) }
    }

    /// One that is valid and compiled when it is needed.
    pub fn later(written: String) -> Self {
        Expression { written, compiled: OnceLock::new() }
    }

    /// Whether it matches a part of the text. One that does not compile matches nothing.
    pub fn is_match(&self, text: &str) -> bool {
        let compile = || regex(&self.written).ok();
        self.compiled.get_or_init(compile).as_ref().is_some_and(|regex| regex.is_match(text))
    }
}

/// Patterns that must match the whole text, ignoring case.
/// Compiled when the first text is matched: compiling those of the built-in pages takes 8.8 million instructions, a
/// fifth of a run on one post, and most posts have no images.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Vec<String>")]
pub struct Patterns {
    written: Vec<String>,
    compiled: OnceLock<Vec<Regex>>,
}

impl TryFrom<Vec<String>> for Patterns {
    type Error = String;

    fn try_from(written: Vec<String>) -> Result<Self, String> {
        match written.len() {
            count if count > MOST => Err(format!("{count} patterns; {MOST} at most")),
            _ => Ok(Patterns { written, compiled: OnceLock::new() }),
        }
    }
}

impl Patterns {
    /// Compiles all patterns; returns the first error.
    pub fn compile(&self) -> Result<(), Unusable> {
        self.written.iter().try_for_each(|pattern| whole(pattern).map(|_| ()))
    }

    /// The patterns. Those that do not compile are omitted: [`compile`](Self::compile) reports them.
    pub fn iter(&self) -> impl Iterator<Item = &Regex> {
        self.compiled.get_or_init(|| self.written.iter().filter_map(|pattern| whole(pattern).ok()).collect()).iter()
    }
}
