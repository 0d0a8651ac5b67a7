//! Unified diffs of posts: patches for programs, and the same for people, who also see what is invisible.

use crate::output::{Screen, visible};
use similar::{ChangeTag, TextDiff};
use std::io;

/// Number of unchanged lines around each change.
const CONTEXT: usize = 3;

const RED: &str = "\u{1b}[31m";
const GREEN: &str = "\u{1b}[32m";
const CYAN: &str = "\u{1b}[36m";
const BOLD: &str = "\u{1b}[1m";
const RESET: &str = "\u{1b}[0m";

const NO_NEWLINE: &str = "\\ No newline at end of file\n";

/// Who reads a diff.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// A person: control characters and others that are invisible are replaced, and lines end with a line feed.
    Person {
        /// Whether to write colours.
        color: bool,
    },
    /// A program, such as `git apply` or `patch -p1`: all bytes are those of the posts.
    Program,
    /// A program, or the runner of GitHub Actions, which would obey what is a command to it: such lines are escaped.
    Runner,
}

/// A part of a diff.
struct Line<'l> {
    style: &'static str,
    mark: &'static str,
    /// The text with its line ending.
    text: &'l str,
}

/// Writes the difference between two texts of the file at `path`, which is relative to the working directory: then `git apply` and
/// `patch -p1` find it there.
pub fn write(path: &str, before: &str, after: &str, audience: Audience, out: &mut Screen<'_>) -> io::Result<()> {
    let mut patch = String::new();
    let mut write_line = |line: Line<'_>| match audience {
        Audience::Person { color } => shown(&line, color, out),
        Audience::Program | Audience::Runner => {
            let Line { mark, text, .. } = line;
            let whole = format!("{mark}{text}");
            patch.push_str(&if audience == Audience::Runner { visible::no_command(&whole) } else { whole.into() });
            Ok(())
        }
    };
    for (mark, folder) in [("--- ", "a"), ("+++ ", "b")] {
        let text = format!("{}\n", file_name(&format!("{folder}/{path}")));
        write_line(Line { style: BOLD, mark, text: &text })?;
    }
    // A carriage return alone does not end a line of a patch.
    let lines = |text| str::split_inclusive(text, '\n').collect::<Vec<_>>();
    let diff = TextDiff::from_slices(&lines(before), &lines(after));
    for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
        write_line(Line { style: CYAN, mark: "", text: &format!("{}\n", hunk.header()) })?;
        for change in hunk.iter_changes() {
            let (mark, style) = match change.tag() {
                ChangeTag::Equal => (" ", ""),
                ChangeTag::Delete => ("-", RED),
                ChangeTag::Insert => ("+", GREEN),
            };
            let text = change.value();
            if text.ends_with('\n') {
                write_line(Line { style, mark, text })?;
            } else {
                write_line(Line { style, mark, text: &format!("{text}\n") })?;
                write_line(Line { style: "", mark: "", text: NO_NEWLINE })?;
            }
        }
    }
    out.exact(patch.as_bytes())
}

/// Writes a line for people.
fn shown(line: &Line<'_>, color: bool, out: &mut Screen<'_>) -> io::Result<()> {
    let Line { style, mark, text } = line;
    let text = visible::piece(text.trim_end_matches(['\n', '\r']));
    match color && !style.is_empty() {
        true => out.painted(&format!("{style}{mark}{text}{RESET}\n")),
        false => out.painted(&format!("{mark}{text}\n")),
    }
}

/// A path as git and GNU patch read it in a header: quoted as in C if they would end it earlier otherwise, and with a tab
/// behind it if there is a space in it.
fn file_name(path: &str) -> String {
    let is_plain = |c: char| !c.is_control() && c != '"' && c != '\\';
    if path.chars().all(is_plain) {
        let end = if path.contains(' ') { "\t" } else { "" };
        return format!("{path}{end}");
    }
    let mut quoted = "\"".to_owned();
    for c in path.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if is_plain(c) => quoted.push(c),
            c => c.to_string().bytes().for_each(|byte| quoted.push_str(&format!("\\{byte:03o}"))),
        }
    }
    quoted + "\""
}
