//! Escapes text that postlint did not write (from a post, a path, a config file, the command line) for readers and
//! programs: then nothing in it is invisible, moves the cursor, changes the text direction, or is a command to a
//! runner.
//!
//! GitHub's runner executes `##[command …]` anywhere in a line and `::command …::` at its start ([`ActionCommand`]).
//! Its comparison is linguistic, so it ignores characters without width.
//!
//! [`ActionCommand`]: https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;
use unicode_width::UnicodeWidthChar;

/// The replacement for `c` in an excerpt; `None` if it can be printed verbatim.
///
/// A character that only modifies the one before it (joiner, variation selector, skin tone) is omitted: terminals
/// disagree about the width of the joined glyph, so carets below it would be misplaced.
fn stand_in(c: char) -> Option<&'static str> {
    match c {
        '\t' => None,
        '\0' => Some("␀"),
        '\u{1b}' => Some("␛"),
        '\u{7f}' => Some("␡"),
        c if c.is_control() => Some("\u{fffd}"),
        '\u{200d}' | '\u{fe0e}' | '\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' => Some(""),
        '\u{ad}' => Some("⟨SHY⟩"),
        '\u{200b}' => Some("⟨ZWSP⟩"),
        '\u{200c}' => Some("⟨ZWNJ⟩"),
        '\u{2060}' => Some("⟨WJ⟩"),
        '\u{feff}' => Some("⟨BOM⟩"),
        '\u{2028}' => Some("⟨LS⟩"),
        '\u{2029}' => Some("⟨PS⟩"),
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some("⟨BIDI⟩"),
        '\u{e0000}'..='\u{e007f}' => Some("⟨TAG⟩"),
        _ => None,
    }
}

/// Like [`stand_in`], for text outside of excerpts: carets are not aligned with it, so emoji may keep their joiners.
fn stand_in_unaligned(c: char) -> Option<&'static str> {
    stand_in(c).filter(|shown| !shown.is_empty())
}

/// Returns `text` on one line, without control characters that a terminal interprets.
pub fn one_line(text: &str) -> Cow<'_, str> {
    replaced(text, |c| match c {
        '\n' => Some("\\n"),
        '\r' => Some("\\r"),
        '\t' => Some("\\t"),
        c => stand_in_unaligned(c),
    })
}

/// Returns a path on one line. It never starts with `::`, which GitHub's runner would parse as a command.
pub fn path(path: &str) -> Cow<'_, str> {
    if path.trim_start().starts_with(':') { Cow::Owned(format!("./{}", one_line(path))) } else { one_line(path) }
}

/// Escapes a part of a line. Tabs are kept.
pub(super) fn piece(text: &str) -> Cow<'_, str> {
    replaced(text, stand_in_unaligned)
}

fn replaced(text: &str, instead: impl Fn(char) -> Option<&'static str>) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::new();
    let mut done = 0;
    for (at, c) in text.char_indices() {
        if let Some(instead) = instead(c) {
            shown.push_str(text.get(done..at).unwrap_or(""));
            shown.push_str(instead);
            done = at + c.len_utf8();
        }
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    shown.push_str(text.get(done..).unwrap_or(""));
    Cow::Owned(shown)
}

/// The characters in `range` of a line, each with its replacement in an excerpt.
pub(super) fn shown(line: &str, range: Range<usize>) -> impl DoubleEndedIterator<Item = (char, Option<&'static str>)> {
    let start = range.start;
    line.get(range).unwrap_or("").char_indices().map(move |(at, c)| {
        let opens_command = || c == '#' && line.get(start + at..).is_some_and(opens_command);
        (c, stand_in(c).or_else(|| opens_command().then_some("# ")))
    })
}

/// Whether a `#` at the start of `rest` begins a command: `##[`.
fn opens_command(rest: &str) -> bool {
    rest.strip_prefix('#').and_then(|rest| skip_unseen(rest).strip_prefix('#')).is_some_and(ends_opening)
}

fn ends_opening(rest: &str) -> bool {
    skip_unseen(rest).starts_with('[')
}

fn skip_unseen(text: &str) -> &str {
    text.trim_start_matches(is_unseen)
}

/// Whether a comparison by Unicode's collation algorithm ignores `c`.
fn is_unseen(c: char) -> bool {
    matches!(c.width(), None | Some(0)) || matches!(c, '\u{fff9}'..='\u{fffb}')
}

/// Escapes a whole line, so that no runner executes a command in it: `##[` becomes `# #[`, and `::` at the start
/// becomes `: :`.
pub(super) fn no_command(line: &str) -> Cow<'_, str> {
    let start = line.trim_start_matches(|c: char| c.is_whitespace() || is_unseen(c));
    let is_command = start.strip_prefix(':').is_some_and(|rest| skip_unseen(rest).starts_with(':'));
    if !is_command {
        return no_command_within(line);
    }
    let (before, after) = line.split_at(line.len() - start.len() + 1);
    Cow::Owned(format!("{before} {}", no_command_within(after)))
}

/// Escapes a part of a line: `##[` becomes `# #[`.
pub(super) fn no_command_within(line: &str) -> Cow<'_, str> {
    let opening = |at: &usize| line.get(*at..).is_some_and(opens_command);
    let mut openings = memchr::memchr_iter(b'#', line.as_bytes()).filter(opening).peekable();
    if openings.peek().is_none() {
        return Cow::Borrowed(line);
    }
    let mut shown = String::with_capacity(line.len() + 16);
    let mut done = 0;
    for at in openings {
        shown.push_str(line.get(done..=at).unwrap_or(""));
        shown.push(' ');
        done = at + 1;
    }
    shown.push_str(line.get(done..).unwrap_or(""));
    Cow::Owned(shown)
}

/// Escapes JSON without changing its values, so that it contains no commands: `##[` becomes `#\u0023[`, for example.
/// Invisible characters are kept, because programs need the exact text.
pub fn json(json: &str) -> Cow<'_, str> {
    if json.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')) && !json.contains("##[") {
        return Cow::Borrowed(json);
    }
    let mut escaped = String::with_capacity(json.len());
    let mut after_hash = false;
    let mut rest = json;
    // Copy plain text in runs: copying character by character took 8% of a run with many findings. After a `#`, each
    // character that is not ASCII may be an unseen one.
    while let Some(at) = rest.bytes().position(|byte| byte == b'#' || !is_plain(byte, after_hash)) {
        let (plain, from) = rest.split_at(at);
        escaped.push_str(plain);
        let mut chars = from.chars();
        let Some(c) = chars.next() else { break };
        rest = chars.as_str();
        after_hash &= plain.is_empty();
        let opens = after_hash && c == '#' && ends_opening(rest);
        let shown = stand_in(c).filter(|_| !stays_in_json(c));
        if opens || shown.is_some() {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to memory cannot fail.
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        } else {
            escaped.push(c);
        }
        after_hash = c == '#' || after_hash && is_unseen(c);
    }
    escaped.push_str(rest);
    Cow::Owned(escaped)
}

/// Whether a byte belongs to a character that is kept verbatim: printable ASCII, and outside of commands also U+3000 to
/// U+DFFF, Hangul and Han among them, whose first bytes are 0xE3 to 0xED.
fn is_plain(byte: u8, is_command: bool) -> bool {
    matches!(byte, b' '..=b'~' | b'\n') || !is_command && matches!(byte, 0x80..=0xbf | 0xe3..=0xed)
}

/// Whether a character is kept verbatim in JSON: it may be invisible, but must not be a control character that a
/// terminal interprets.
fn stays_in_json(c: char) -> bool {
    let joins = stand_in(c).is_some_and(str::is_empty);
    joins || matches!(c, '\n' | '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{2060}' | '\u{feff}')
}
