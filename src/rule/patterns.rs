//! Regular expressions among a rule's options.

use crate::pattern::{Unusable, whole};
use regex::Regex;
use serde::Deserialize;
use std::sync::OnceLock;

/// The maximum number of patterns: each is tried on each text.
const MOST: usize = 100;

/// Patterns that must match the whole text, without regard to case.
///
/// They are compiled at the first text: those of the built-in pages take 8.8 million instructions, a fifth of a run on
/// one post, and most posts have no image.
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
    /// Why one of them cannot be compiled, if one cannot.
    pub fn compile(&self) -> Result<(), Unusable> {
        self.written.iter().try_for_each(|pattern| whole(pattern).map(|_| ()))
    }

    /// The patterns. One that cannot be compiled is left out: [`compile`](Self::compile) has said why.
    pub fn iter(&self) -> impl Iterator<Item = &Regex> {
        self.compiled.get_or_init(|| self.written.iter().filter_map(|pattern| whole(pattern).ok()).collect()).iter()
    }
}
