//! The YAML that nearly all front matter is written in: a key on each line, with a value on the same line or a list below
//! it. What is not of this form is left to the parser of all YAML, which takes six times as many instructions for it.
//!
//! Both ways give the same values and spans: builds with debug assertions compare them for all that is parsed.

use crate::document::read::front_matter::value::{Data, Entry, Mapping, Scalar, Style, Value};
use crate::document::read::front_matter::yaml::Parsed;
use crate::source::Span;
use std::borrow::Cow;
use std::iter::Peekable;

/// Maximum length of a key, in bytes. YAML allows 1,024 characters.
const LONGEST_KEY: usize = 256;

/// Parses `region`; `None` if it is not of this form. All spans refer to `text`.
pub(super) fn parse(text: &str, region: Span) -> Option<Parsed<'_>> {
    let content = region.slice(text);
    let mut returns = memchr::memchr_iter(b'\r', content.as_bytes());
    if !content.chars().all(is_usual) || returns.any(|at| content.as_bytes().get(at + 1) != Some(&b'\n')) {
        return None;
    }
    let mut lines = Lines { rest: content, at: region.start }.peekable();
    let mut comments = Vec::new();
    let mut entries = Vec::new();
    while let Some(line) = lines.next() {
        if line.text.starts_with('#') {
            comments.push(line.span());
        } else if !line.is_blank() {
            entries.push(entry(line, &mut lines)?);
        }
    }
    let (first, last) = (entries.first()?, entries.last()?);
    let span = Span::new(first.key.span.start, last.span().end);
    Some(Parsed { root: Some(value(span, Data::Mapping(Mapping::new(entries, false)))), comments })
}

/// Whether YAML has no special rule for the character. Tabs have some.
fn is_usual(c: char) -> bool {
    match c {
        '\n' | '\r' => true,
        ' '..='~' => true,
        '\0'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => false,
        _ => true,
    }
}

/// A line without its ending.
#[derive(Clone, Copy)]
struct Line<'s> {
    text: &'s str,
    /// Offset in the file.
    at: u32,
}

impl Line<'_> {
    fn span(&self) -> Span {
        Span::new(self.at, self.at + self.text.len() as u32)
    }

    fn is_blank(&self) -> bool {
        self.text.bytes().all(|byte| byte == b' ')
    }

    /// Whether it is a part of the value above, if that value is on the line of its key.
    fn goes_on(&self) -> bool {
        self.text.starts_with(' ')
    }
}

struct Lines<'s> {
    rest: &'s str,
    at: u32,
}

impl<'s> Iterator for Lines<'s> {
    type Item = Line<'s>;

    fn next(&mut self) -> Option<Line<'s>> {
        if self.rest.is_empty() {
            return None;
        }
        let len = memchr::memchr(b'\n', self.rest.as_bytes()).map_or(self.rest.len(), |at| at + 1);
        let (written, rest) = self.rest.split_at_checked(len)?;
        let text = written.strip_suffix('\n').map_or(written, |text| text.strip_suffix('\r').unwrap_or(text));
        let line = Line { text, at: self.at };
        (self.rest, self.at) = (rest, self.at + len as u32);
        Some(line)
    }
}

fn value(span: Span, data: Data<'_>) -> Value<'_> {
    Value { span, full_span: span, tag: None, anchor: None, data }
}

/// The entry that begins on this line, with the lines of its list.
fn entry<'s>(line: Line<'s>, lines: &mut Peekable<Lines<'s>>) -> Option<Entry<'s>> {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    let len = line.text.bytes().take_while(|byte| is_name(byte)).count();
    let (name, rest) = line.text.split_at_checked(len)?;
    let written = rest.strip_prefix(':')?;
    let begins = name.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    if !begins || len > LONGEST_KEY || !(written.is_empty() || written.starts_with(' ')) {
        return None;
    }
    let separator = line.at + len as u32;
    let key = value(Span::new(line.at, separator), scalar(name, Style::Plain));
    let found = match inline(Line { text: written, at: separator + 1 })? {
        Some(found) => found,
        None => match items(lines)? {
            Some(list) => list,
            None => value(Span::empty(separator + 1), scalar("", Style::Absent)),
        },
    };
    // A value may go on after blank lines; a list ends where the next key begins.
    while lines.next_if(Line::is_blank).is_some() {}
    if lines.peek().is_some_and(Line::goes_on) {
        return None;
    }
    Some(Entry { key, separator: Some(separator), value: found })
}

fn scalar(text: &str, style: Style) -> Data<'_> {
    Data::Scalar(Scalar { text: Cow::Borrowed(text), style })
}

/// The list in block style that begins on the next line. `Some(None)` if there is none.
fn items<'s>(lines: &mut Peekable<Lines<'s>>) -> Option<Option<Value<'s>>> {
    let indent = |line: &Line<'_>| line.text.len() - line.text.trim_start_matches(' ').len();
    let is_item = |line: &Line<'_>| line.text.trim_start_matches(' ').starts_with("- ");
    let Some(first) = lines.peek().filter(|line| is_item(line)).copied() else { return Some(None) };
    let column = indent(&first);
    let mut items = Vec::new();
    while let Some(line) = lines.next_if(|line| is_item(line) && indent(line) == column) {
        let skipped = column + 1;
        let item = Line { text: line.text.get(skipped..)?, at: line.at + skipped as u32 };
        items.push(inline(item)??);
    }
    let span = Span::new(first.at + column as u32, items.last()?.span.end);
    Some(Some(value(span, Data::Sequence { items, flow: false })))
}

/// The value on a line. `Some(None)` if there is none.
fn inline(line: Line<'_>) -> Option<Option<Value<'_>>> {
    let text = line.text.trim_end_matches(' ');
    let written = text.trim_start_matches(' ');
    let start = line.at + (text.len() - written.len()) as u32;
    if written.is_empty() {
        return Some(None);
    }
    if let Some(inside) = written.strip_prefix('[') {
        return flow_items(inside.strip_suffix(']')?, start).map(Some);
    }
    one(written, start, false).map(Some)
}

/// A list in brackets, without those.
fn flow_items(inside: &str, start: u32) -> Option<Value<'_>> {
    let mut items = Vec::new();
    let mut at = start + 1;
    let span = Span::new(start, at + inside.len() as u32 + 1);
    if !inside.bytes().all(|byte| byte == b' ') {
        for part in inside.split(',') {
            let written = part.trim_matches(' ');
            let skipped = part.len() - part.trim_start_matches(' ').len();
            items.push(one(written, at + skipped as u32, true)?);
            at += part.len() as u32 + 1;
        }
    }
    Some(value(span, Data::Sequence { items, flow: true }))
}

/// A scalar.
fn one(written: &str, start: u32, in_flow: bool) -> Option<Value<'_>> {
    let span = Span::new(start, start + written.len() as u32);
    let inside = |quote: char| written.strip_prefix(quote)?.strip_suffix(quote);
    let (text, style) = match written.as_bytes().first()? {
        b'"' => (inside('"').filter(|text| !text.contains(['"', '\\']))?, Style::DoubleQuoted),
        b'\'' => (inside('\'').filter(|text| !text.contains('\''))?, Style::SingleQuoted),
        _ => (plain(written, in_flow)?, Style::Plain),
    };
    Some(value(span, scalar(text, style)))
}

/// A scalar without quotes.
fn plain(written: &str, in_flow: bool) -> Option<&str> {
    let begins =
        written.starts_with(|c: char| c.is_ascii_alphanumeric() || !c.is_ascii() || "/.+_$~^<=(\\;".contains(c));
    let is_cut = written.contains(": ") || written.ends_with(':') || written.contains(" #");
    let is_special = in_flow && written.contains(['[', ']', '{', '}', ',', ':', '?', '"', '\'']);
    (begins && !is_cut && !is_special).then_some(written)
}
