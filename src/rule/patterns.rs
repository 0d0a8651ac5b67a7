//! Regular expressions among a rule's options, for `#[serde(with = "crate::rule::patterns")]`.

use crate::pattern::whole;
use regex::Regex;
use serde::de::Error;
use serde::{Deserialize, Deserializer};

/// How many there may be: each is tried on each text.
const MOST: usize = 100;

/// Each pattern must match the whole text, without regard to case.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Regex>, D::Error> {
    let patterns = Vec::<String>::deserialize(deserializer)?;
    if patterns.len() > MOST {
        return Err(D::Error::custom(format!("{} patterns; {MOST} at most", patterns.len())));
    }
    patterns.iter().map(|pattern| whole(pattern)).collect::<Result<_, _>>().map_err(D::Error::custom)
}
