//! Regular expressions among a rule's options, for `#[serde(with = "crate::rule::patterns")]`.

use regex::{Regex, RegexBuilder};
use serde::de::Error;
use serde::{Deserialize, Deserializer};

/// Each pattern must match the whole text, without regard to case.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Regex>, D::Error> {
    let patterns = Vec::<String>::deserialize(deserializer)?;
    let whole = |pattern: &String| RegexBuilder::new(&format!("^(?:{pattern})$")).case_insensitive(true).build();
    patterns.iter().map(whole).collect::<Result<_, _>>().map_err(D::Error::custom)
}
