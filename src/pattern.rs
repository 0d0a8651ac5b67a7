//! Regular expressions, globs and selectors written by users, with limits: matching takes time proportional to the
//! product of the sizes of pattern and text, and parsers recurse for each nested bracket.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder, Glob};
use regex::{Regex, RegexBuilder};
use std::path::Path;

/// Maximum length of a regular expression or a selector, in bytes.
pub const LONGEST: usize = 4_000;
/// Maximum size of a compiled regular expression, in bytes: repetitions such as `{1,100}` are expanded.
const LARGEST: usize = 1 << 20;
/// Maximum size of the cache for searching with a regular expression, in bytes.
const LARGEST_CACHE: usize = 2 << 20;
/// Maximum nesting depth of braces in a glob.
pub const DEEPEST_GLOB: usize = 16;

/// Why a regular expression is rejected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{cause}")]
pub struct Unusable {
    /// The error message.
    pub message: &'static str,
    /// The cause of the error.
    pub cause: String,
    /// What to do. `None` for a syntax error, because escapes are written differently in YAML and JSON.
    pub help: Option<&'static str>,
}

/// Compiles a regular expression.
pub fn regex(text: &str) -> Result<Regex, Unusable> {
    build(text, &mut RegexBuilder::new(text))
}

/// Compiles a regular expression that must match the whole text, ignoring case.
pub fn whole(text: &str) -> Result<Regex, Unusable> {
    build(text, RegexBuilder::new(&format!("^(?:{text})$")).case_insensitive(true))
}

fn build(text: &str, builder: &mut RegexBuilder) -> Result<Regex, Unusable> {
    if text.len() > LONGEST {
        let cause = format!("{} bytes; {LONGEST} at most", text.len());
        return Err(Unusable {
            message: "this regular expression is too long",
            cause,
            help: Some("split or shorten it"),
        });
    }
    builder.size_limit(LARGEST).dfa_size_limit(LARGEST_CACHE).build().map_err(|error| match error {
        regex::Error::CompiledTooBig(limit) => Unusable {
            message: "this regular expression is too large",
            cause: format!("it takes more than {} KB in memory", limit >> 10),
            help: Some("use smaller counts (`{1,100}`), or write `[0-9]` for `\\d` and `[a-z]` for `\\w`"),
        },
        // The message of the regex parser shows the pattern on several lines; its last line is the cause.
        error => {
            let text = error.to_string();
            let cause = text.lines().last().unwrap_or("").trim().trim_start_matches("error: ").to_owned();
            Unusable { message: "invalid regular expression", cause, help: None }
        }
    })
}

/// The paths that one of the globs matches; `*` does not match `/`. Globs that are not valid are left out.
pub fn path_globs(globs: &[&str]) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for glob in globs.iter().filter(|glob| !is_deep_glob(glob)) {
        if let Ok(glob) = GlobBuilder::new(glob).literal_separator(true).build() {
            set.add(glob);
        }
    }
    set.build().unwrap_or_else(|_| GlobSet::empty())
}

/// Adds a line of a `.gitignore` file that someone wrote for postlint; `Err` says what is wrong with it. In a file, a `[`
/// that is not closed is a name that no file has; here it is a typo.
pub fn add_gitignore_line(builder: &mut GitignoreBuilder, line: &str) -> Result<(), String> {
    if !line.trim_start().starts_with('#')
        && let Err(error) = GlobBuilder::new(line).build()
    {
        return Err(error.kind().to_string());
    }
    builder.add_line(None, line).map(drop).map_err(glob_cause)
}

/// The pattern that ignores the file at `path`, which may be outside of the `folder` of the patterns. Both are absolute.
pub fn glob_that_ignores<'p>(patterns: &'p Gitignore, folder: &Path, path: &Path) -> Option<&'p Glob> {
    if patterns.is_empty() || !path.starts_with(folder) {
        return None;
    }
    match patterns.matched_path_or_any_parents(path, false) {
        Match::Ignore(glob) => Some(glob),
        Match::None | Match::Whitelist(_) => None,
    }
}

/// What is wrong with a line of a `.gitignore` file, without the glob itself.
pub fn glob_cause(error: ignore::Error) -> String {
    match error {
        ignore::Error::Glob { err, .. } => err,
        other => other.to_string(),
    }
}

/// Whether the braces of a glob are nested too deeply to parse it. Unclosed braces do not count: the parser rejects
/// them without recursion.
pub fn is_deep_glob(glob: &str) -> bool {
    // For each open brace, the nesting depth of the closed braces inside it.
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
