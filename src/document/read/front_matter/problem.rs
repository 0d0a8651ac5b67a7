//! Finds the cause of syntax errors and describes it in terms that authors understand.

use crate::document::read::front_matter::line::{Line, glued_colon, key_colon, lines, rest_of_line, trim};
use crate::document::read::front_matter::quote::{inside_quotes, quote};
use crate::document::read::front_matter::yaml::{self, Cause, Failure};
use crate::source::Span;

/// A syntax error and its cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The wrong bytes.
    pub span: Span,
    /// What is wrong, as a label that can be understood without the message.
    pub label: String,
    /// How to fix it.
    pub help: String,
    /// The value that only needs quotes for the whole block to parse, and the quoted text; or what must be removed, and
    /// no text. Verified by parsing.
    pub quoted: Option<(Span, String)>,
}

impl Problem {
    /// The help for a config file, in which a value that starts with a bracket is not meant as text.
    pub fn help_in_settings(&self, text: &str) -> String {
        let bracket = self.quoted.as_ref().and(self.span.slice(text).chars().next()).filter(|c| matches!(c, '[' | '{'));
        match bracket {
            Some(open) => format!("close it with `{}`, and write nothing after it", closing(open)),
            None => self.help.clone(),
        }
    }
}

/// Maximum length in bytes of front matter that is parsed again to verify a fix; the longest one in a real post has
/// 9,100.
const MAX_VERIFIED: u32 = 64 * 1024;

/// Maximum number of lines above the error that are searched for its cause.
const LINES_ABOVE: usize = 2;

/// Describes why YAML does not parse.
pub(super) fn of_yaml(text: &str, content: Span, failure: Failure) -> Problem {
    let suspects = suspects(text, content, failure.offset);
    for &value in &suspects {
        if let Some(mark) = mark_after_quote(text, value).filter(|mark| parses_without(text, content, *mark)) {
            let (span, label, help) = words_for_mark(text, mark);
            return Problem { span, label, help, quoted: Some((mark, String::new())) };
        }
        if let Some(fixed) = quoted(text, content, value) {
            let (span, label, help) =
                misread(text, value).unwrap_or_else(|| by_cause(text, content, failure, &suspects));
            return Problem { span, label, help, quoted: Some((value, fixed)) };
        }
    }
    let (span, label, help) = by_cause(text, content, failure, &suspects);
    Problem { span, label, help, quoted: None }
}

/// The `;` or `,` after the closing quote or bracket of a value, as if it were a program.
fn mark_after_quote(text: &str, value: Span) -> Option<Span> {
    let written = value.slice(text);
    let written = written.split(" #").next().unwrap_or(written);
    let close = match written.chars().next()? {
        '[' => ']',
        '{' => '}',
        quote => Some(quote).filter(|first| matches!(first, '"' | '\''))?,
    };
    let end = written.rfind(close).filter(|end| *end > 0)? + 1;
    let mark = trim(text, Span::new(value.start + end as u32, value.start + written.len() as u32));
    (!mark.is_empty() && mark.slice(text).chars().all(|c| matches!(c, ';' | ','))).then_some(mark)
}

fn words_for_mark(text: &str, mark: Span) -> Words {
    let before = Span::new(0, mark.start).slice(text).trim_end();
    let close = if before.ends_with([']', '}']) { "bracket" } else { "quote" };
    words(mark, format!("text after the closing {close}"), format!("remove the `{}`", mark.slice(text)))
}

fn parses_without(text: &str, content: Span, mark: Span) -> bool {
    let before = Span::new(content.start, mark.start).slice(text);
    let after = Span::new(mark.end, content.end).slice(text);
    let changed = [before, after].concat();
    content.len() <= MAX_VERIFIED && yaml::parse(&changed, Span::new(0, changed.len() as u32)).is_ok()
}

type Words = (Span, String, String);

fn words(span: Span, label: impl Into<String>, help: impl Into<String>) -> Words {
    (span, label.into(), help.into())
}

/// The values on the line of the error and on the lines directly above, nearest first.
fn suspects(text: &str, content: Span, offset: u32) -> Vec<Span> {
    let mut near: Vec<Line> = Vec::new();
    for line in lines(text, content).take_while(|line| line.span.start <= offset) {
        if near.len() > LINES_ABOVE {
            near.remove(0);
        }
        near.push(line);
    }
    near.iter().rev().filter_map(|line| value_of_line(text, *line)).collect()
}

/// The value on a line `key: value`, which may be indented or in a list.
fn value_of_line(text: &str, line: Line) -> Option<Span> {
    let written = line.span.slice(text);
    let body = written.trim_start_matches(' ');
    let body = body.strip_prefix("- ").map_or(body, |item| item.trim_start_matches(' '));
    let start = line.span.start + (written.len() - body.len()) as u32;
    let colon = key_colon(body)? as u32;
    let value = trim(text, Span::new(start + colon + 1, line.span.end));
    (!value.is_empty()).then_some(value)
}

/// The value in quotes, if the front matter parses with it and the value keeps its text.
fn quoted(text: &str, content: Span, value: Span) -> Option<String> {
    let written = value.slice(text);
    // Only the author knows whether ` #` starts a comment or belongs to the text.
    if content.len() > MAX_VERIFIED || written.contains(" #") {
        return None;
    }
    let wanted = inside_quotes(written);
    let fixed = quote(wanted)?;
    let before = Span::new(content.start, value.start).slice(text);
    let after = Span::new(value.end, content.end).slice(text);
    let fixed_text = [before, &fixed, after].concat();
    let parsed = yaml::parse(&fixed_text, Span::new(0, fixed_text.len() as u32)).ok()?;
    let at = value.start - content.start;
    let kept = parsed.root.is_some_and(|root| scalar_at(&root, at).is_some_and(|found| found == wanted));
    kept.then_some(fixed)
}

/// The text of the scalar that starts at `offset`.
fn scalar_at<'v>(root: &'v crate::document::read::front_matter::value::Value<'_>, offset: u32) -> Option<&'v str> {
    let mut open = vec![root];
    while let Some(value) = open.pop() {
        if value.span.start == offset && value.text().is_some() {
            return value.text();
        }
        if let Some(mapping) = value.as_mapping() {
            open.extend(mapping.entries.iter().map(|entry| &entry.value));
        }
        open.extend(value.as_sequence().unwrap_or_default());
    }
    None
}

/// How YAML misinterprets a value that was meant as text.
fn misread(text: &str, value: Span) -> Option<Words> {
    let written = value.slice(text);
    let first = written.chars().next()?;
    let mark = |length: usize| Span::new(value.start, value.start + length as u32);
    let help = "put the whole value in quotes";
    Some(match first {
        '{' if written.starts_with("{{") || written.starts_with("{%") => {
            words(mark(2), format!("`{}` opens a mapping here, not a template", mark(2).slice(text)), help)
        }
        '[' => words(mark(1), "`[` starts a list here", help),
        '{' => words(mark(1), "`{` starts a mapping here", help),
        '"' | '\'' => after_quote(text, value, first)?,
        '@' | '`' | '%' | ',' | ']' | '}' => {
            let shown = if first == '`' { "a backtick".to_owned() } else { format!("`{first}`") };
            words(mark(1), format!("an unquoted value cannot start with {shown}"), help)
        }
        '*' => words(mark(1), "`*` refers to an anchor here", help),
        '&' => words(mark(1), "`&` names an anchor here", help),
        '!' => words(mark(1), "`!` starts a tag here", help),
        '|' | '>' => words(mark(1), format!("`{first}` starts a block of text here"), help),
        '-' | '?' if written.get(1..).is_some_and(|rest| rest.starts_with(' ')) => {
            let what = if first == '-' { "a list item" } else { "a key" };
            words(mark(1), format!("`{first}` starts {what} here"), help)
        }
        _ => colon_inside(text, value, help)?,
    })
}

/// Describes the text after the end of a quoted value, or its missing closing quote.
fn after_quote(text: &str, value: Span, quote: char) -> Option<Words> {
    let written = value.slice(text);
    let mut rest = written.get(1..)?.char_indices();
    while let Some((at, c)) = rest.next() {
        if c == '\\' && quote == '"' {
            rest.next();
        } else if c == quote {
            let after = trim(text, Span::new(value.start + at as u32 + 2, value.end));
            if let Some(mark) = mark_after_quote(text, value) {
                return Some(words_for_mark(text, mark));
            }
            let label = "text after the closing quote";
            let help = "put the whole value in quotes of the other kind";
            return (!after.is_empty()).then(|| words(after, label, help));
        }
    }
    let help = format!("add the closing `{quote}`");
    Some(words(Span::new(value.start, value.start + 1), "this quote is never closed", help))
}

fn colon_inside(text: &str, value: Span, help: &str) -> Option<Words> {
    let written = value.slice(text);
    let ends = |&at: &usize| matches!(written.as_bytes().get(at + 1), None | Some(b' ' | b'\t'));
    let colon = memchr::memchr_iter(b':', written.as_bytes()).find(ends)?;
    let span = Span::new(value.start + colon as u32, value.start + colon as u32 + 1);
    let last = colon + 1 == written.len();
    let label =
        if last { "a colon at the end of an unquoted value" } else { "a colon and a space inside an unquoted value" };
    Some(words(span, label, help))
}

/// Describes the error by the cause that the parser reports.
fn by_cause(text: &str, content: Span, failure: Failure, suspects: &[Span]) -> Words {
    let offset = failure.offset;
    let here = character(text, content, offset);
    if let Some(found) = glued(text, content, offset) {
        return found;
    }
    match failure.cause {
        Cause::TextAfterQuote | Cause::UnclosedQuote => {
            let quoted = |value: &&Span| value.slice(text).starts_with(['"', '\'']);
            let found = suspects.iter().find(quoted).and_then(|&value| misread(text, value));
            found.unwrap_or_else(|| match failure.cause {
                Cause::UnclosedQuote => words(here, "this quote is never closed", "add the closing quote"),
                _ => {
                    let rest = trim(text, rest_of_line(text, offset, content.end));
                    let is_mark = rest.slice(text).chars().all(|c| matches!(c, ';' | ','));
                    if is_mark && !rest.is_empty() {
                        return words_for_mark(text, rest);
                    }
                    words(rest, "text after the closing quote", "put the whole value in quotes of the other kind")
                }
            })
        }
        Cause::Escape => words(here, "not a valid YAML escape", "use single quotes, or write `\\\\` for a backslash"),
        Cause::Tab => tab(text, content, offset),
        Cause::Colon => colon(text, content, offset),
        Cause::ListItem => words(here, "a list item is not allowed here", "start the list on its own line"),
        Cause::UnclosedBracket(open) => {
            words(here, format!("this `{open}` is never closed"), format!("add the closing `{}`", closing(open)))
        }
        Cause::Brackets => words(here, "no comma or closing bracket before this", "separate the items with commas"),
        Cause::NoKey => no_key(text, content, offset),
        Cause::Indentation => words(indent(text, content, offset), UNALIGNED.0, UNALIGNED.1),
        Cause::BlockHeader => words(here, "text is not allowed here", "start the text on the next line"),
        Cause::AnchorName => words(here, "an anchor needs a name here", "put the value in quotes"),
        Cause::Tag => words(here, "not a valid YAML tag", "put the value in quotes"),
        Cause::Comment => words(here, "a comment is not allowed here", "put a space before `#`, or quote the value"),
        Cause::Character(c) => wrong_character(first_of(text, content, offset, c), c),
        Cause::TooDeep => words(here, "this is nested too deeply", "use fewer levels"),
        Cause::Directive => words(here, "a line cannot start with `%` here", "remove the line, or quote the value"),
        Cause::Other => words(here, "not valid YAML", "put the value in quotes"),
    }
}

fn wrong_character(span: Span, c: char) -> Words {
    match c {
        '\u{feff}' => words(span, "an invisible byte order mark", "remove it"),
        '`' => words(span, "an unquoted value cannot start with a backtick", "put the value in quotes"),
        _ if c.is_ascii() && !c.is_control() => {
            words(span, format!("an unquoted value cannot start with `{c}`"), "put the value in quotes")
        }
        _ => words(span, format!("an invisible character (U+{:04X})", c as u32), "remove it"),
    }
}

/// The span of the first `wanted` from `offset` on: the parser reports only the start of the value that contains it.
fn first_of(text: &str, content: Span, offset: u32, wanted: char) -> Span {
    let found = Span::new(offset, content.end).slice(text).find(wanted);
    found.map_or_else(
        || character(text, content, offset),
        |at| {
            let start = offset + at as u32;
            Span::new(start, start + wanted.len_utf8() as u32)
        },
    )
}

/// Describes a key on an indented line, which continues the value above and cannot contain a key.
fn colon(text: &str, content: Span, offset: u32) -> Words {
    let line = line_at(text, content, offset);
    let body = trim(text, line);
    if body.start > line.start && key_colon(body.slice(text)).is_some() {
        if let Some(key) = bare_word_above(text, content, line) {
            let help = format!("write `{}:`", key.slice(text));
            return words(key, "no colon after this key", help);
        }
        return words(Span::new(line.start, body.start), UNALIGNED.0, UNALIGNED.1);
    }
    let here = character(text, content, offset);
    words(here, "a colon where a key is not allowed", "quote the value, or correct the indentation")
}

/// A single word on the line above `line`, not indented, which was meant as a key.
fn bare_word_above(text: &str, content: Span, line: Span) -> Option<Span> {
    let above = lines(text, content).take_while(|above| above.span.start < line.start).last()?.span;
    let word = above.slice(text).trim_end();
    let is_word = !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    is_word.then(|| Span::new(above.start, above.start + word.len() as u32))
}

const UNALIGNED: (&str, &str) = ("indented differently from the lines above", "align it with the lines above");

/// Describes a key without a space after its colon, on the line of the error or the one above.
fn glued(text: &str, content: Span, offset: u32) -> Option<Words> {
    let mut near = [None; 2];
    for line in lines(text, content).take_while(|line| line.span.start <= offset) {
        near = [near[1], Some(line)];
    }
    near.into_iter().flatten().find_map(|line: Line| {
        let colon = line.span.start + glued_colon(line.span.slice(text))? as u32;
        let key = Span::new(line.span.start, colon).slice(text);
        let help = format!("write a regular space after `{key}:`");
        let after = character(text, content, colon + 1);
        Some(if after.slice(text).trim().is_empty() {
            words(after, "not a regular space", help)
        } else {
            words(Span::new(colon, colon + 1), "no space after this colon", help)
        })
    })
}

fn tab(text: &str, content: Span, offset: u32) -> Words {
    // The parser may stop above the line with the tab, or at the end of the indentation.
    let is_indented = |line: Span| {
        let written = line.slice(text);
        let blanks = written.len() - written.trim_start_matches([' ', '\t']).len();
        let indentation = Span::new(line.start, line.start + blanks as u32);
        indentation.slice(text).contains('\t').then_some(indentation)
    };
    let tab = first_of(text, content, offset, '\t');
    let lines = [line_at(text, content, offset), line_at(text, content, tab.start)];
    match lines.into_iter().find_map(is_indented) {
        Some(indentation) => words(indentation, "this line is indented with a tab", "indent with spaces"),
        None => words(tab, "a tab is not allowed here", "write a space instead"),
    }
}

/// Describes a line without a key, or with the wrong indentation.
fn no_key(text: &str, content: Span, offset: u32) -> Words {
    let line = line_at(text, content, offset);
    let body = trim(text, line);
    if key_colon(body.slice(text)).is_some() {
        return words(indent(text, content, offset), UNALIGNED.0, UNALIGNED.1);
    }
    words(body, "this line has no `key:`", "indent it if it continues the value above, or remove it")
}

fn indent(text: &str, content: Span, offset: u32) -> Span {
    let line = line_at(text, content, offset);
    let body = trim(text, line);
    if body.start > line.start { Span::new(line.start, body.start) } else { body }
}

fn line_at(text: &str, content: Span, offset: u32) -> Span {
    let found = lines(text, content).find(|line| offset < line.next);
    found.map_or(Span::empty(content.end), |line| line.span)
}

/// The span of the character at `offset`, or of the last one of the content if `offset` is its end.
fn character(text: &str, content: Span, offset: u32) -> Span {
    let rest = Span::new(offset, content.end).slice(text);
    if let Some(c) = rest.chars().next() {
        return Span::new(offset, offset + c.len_utf8() as u32);
    }
    let last = content.slice(text).trim_end();
    let end = content.start + last.len() as u32;
    Span::new(end - last.chars().next_back().map_or(0, char::len_utf8) as u32, end)
}

fn closing(open: char) -> char {
    if open == '{' { '}' } else { ']' }
}
