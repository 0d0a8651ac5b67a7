//! Regular expressions, globs and selectors as people write them, bounded: what one costs is the product of its size and
//! that of what it is held against, and a library that reads one calls itself for each bracket inside another.

use regex::{Regex, RegexBuilder};

/// Bytes of the longest regular expression, and of the longest selector.
pub const LONGEST: usize = 4_000;
/// Bytes that a regular expression may take in memory, once `{1,100}` is written out.
const LARGEST: usize = 1 << 20;
/// Bytes that searching with one may take besides.
const LARGEST_CACHE: usize = 2 << 20;
/// How many braces of a glob may stand inside each other.
pub const DEEPEST_GLOB: usize = 16;

/// Why a regular expression is not used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{cause}")]
pub struct Unusable {
    /// As a sentence goes on after "this regular expression".
    pub message: &'static str,
    /// What is wrong in particular.
    pub cause: String,
    /// What to do; `None` where the syntax is wrong, which is written differently in YAML and JSON.
    pub help: Option<&'static str>,
}

/// Reads a regular expression.
pub fn regex(text: &str) -> Result<Regex, Unusable> {
    build(text, &mut RegexBuilder::new(text))
}

/// One that must match the whole text, without regard to case.
pub fn whole(text: &str) -> Result<Regex, Unusable> {
    build(text, RegexBuilder::new(&format!("^(?:{text})$")).case_insensitive(true))
}

fn build(text: &str, builder: &mut RegexBuilder) -> Result<Regex, Unusable> {
    if text.len() > LONGEST {
        let cause = format!("{} bytes; {LONGEST} at most", text.len());
        return Err(Unusable { message: "is too long", cause, help: Some("divide it, or say less") });
    }
    builder.size_limit(LARGEST).dfa_size_limit(LARGEST_CACHE).build().map_err(|error| match error {
        regex::Error::CompiledTooBig(limit) => Unusable {
            message: "is too large",
            cause: format!("it takes more than {} KB in memory", limit >> 10),
            help: Some("count less (`{1,100}`), or write `[0-9]` for `\\d` and `[a-z]` for `\\w`"),
        },
        // The parser draws the pattern over several lines: the last one says it.
        error => {
            let text = error.to_string();
            let cause = text.lines().last().unwrap_or("").trim().trim_start_matches("error: ").to_owned();
            Unusable { message: "cannot be read", cause, help: None }
        }
    })
}

/// True for a glob whose braces stand so deep inside each other that it must not be read. Those that nothing closes are a
/// mistake that is found without reading what is in them.
pub fn is_deep_glob(glob: &str) -> bool {
    // Of each open brace, how deep what is closed in it is.
    let mut open: Vec<usize> = Vec::new();
    glob.bytes().any(|byte| {
        match byte {
            b'{' => open.push(0),
            b'}' => {
                let depth = open.pop().map_or(0, |inside| inside + 1);
                if let Some(around) = open.last_mut() {
                    *around = depth.max(*around);
                }
                return depth > DEEPEST_GLOB;
            }
            _ => {}
        }
        false
    })
}
