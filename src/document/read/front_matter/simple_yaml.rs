//! The YAML that most front matter is written in: mappings and lists in block style, values on one line with anchors and
//! aliases, and block scalars. What is not of this form is left to the parser of all YAML, which takes six times as many
//! instructions for it.
//!
//! Both ways give the same values and spans: builds with debug assertions compare them for all that is parsed.

use crate::document::read::front_matter::block_scalar;
use crate::document::read::front_matter::value::{Data, Entry, Mapping, Scalar, Style, Value};
use crate::document::read::front_matter::yaml::Parsed;
use crate::source::Span;
use std::borrow::Cow;

/// Maximum length of a key, in bytes. YAML allows 1,024 characters.
const LONGEST_KEY: usize = 256;

/// Maximum nesting depth of mappings and lists.
const DEEPEST: usize = 16;

/// Parses `region`; `None` if it is not of this form. All spans refer to `text`.
pub(super) fn parse(text: &str, region: Span) -> Option<Parsed<'_>> {
    let content = region.slice(text);
    let mut returns = memchr::memchr_iter(b'\r', content.as_bytes());
    if !is_all_usual(content) || returns.any(|at| content.as_bytes().get(at + 1) != Some(&b'\n')) {
        return None;
    }
    let mut reader = Reader {
        lines: Lines { rest: content, at: region.start },
        next: None,
        comments: Vec::new(),
        anchors: Vec::new(),
        depth: 0,
    };
    reader.advance();
    let first = reader.next.filter(|line| line.column == 0)?;
    let root = reader.mapping(first)?;
    reader.next.is_none().then_some(Parsed { root: Some(root), comments: reader.comments })
}

/// Whether all characters are usual. Most text is ASCII, of which the compiler compares many bytes at once.
fn is_all_usual(content: &str) -> bool {
    let is_usual_byte = |byte: u8| matches!(byte, b'\n' | b'\r' | b' '..=b'~');
    content.bytes().fold(true, |all, byte| all & is_usual_byte(byte)) || content.chars().all(is_usual)
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

/// A line without its indentation and its ending, or the part of one behind the dashes of a list.
#[derive(Clone, Copy)]
struct Line<'s> {
    text: &'s str,
    /// Offset in the file.
    at: u32,
    /// Column of the text, from 0.
    column: usize,
}

impl<'s> Line<'s> {
    /// The part behind the first `len` bytes.
    fn after(self, len: usize) -> Option<Self> {
        Some(Line { text: self.text.get(len..)?, at: self.at + len as u32, column: self.column + len })
    }

    fn is_item(&self) -> bool {
        self.text.starts_with("- ")
    }

    /// The key that the line begins with.
    fn key(&self) -> Option<&'s str> {
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
        let len = self.text.bytes().take_while(|byte| is_name(byte)).count();
        let (name, rest) = self.text.split_at_checked(len)?;
        let written = rest.strip_prefix(':')?;
        let begins = name.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
        (begins && len <= LONGEST_KEY && (written.is_empty() || written.starts_with(' '))).then_some(name)
    }
}

struct Lines<'s> {
    rest: &'s str,
    at: u32,
}

impl Lines<'_> {
    /// Skips whole lines.
    fn pass(&mut self, len: usize) -> Option<()> {
        (self.rest, self.at) = (self.rest.get(len..)?, self.at + len as u32);
        Some(())
    }
}

impl<'s> Iterator for Lines<'s> {
    type Item = Line<'s>;

    fn next(&mut self) -> Option<Line<'s>> {
        if self.rest.is_empty() {
            return None;
        }
        let len = memchr::memchr(b'\n', self.rest.as_bytes()).map_or(self.rest.len(), |at| at + 1);
        let (written, rest) = self.rest.split_at_checked(len)?;
        let line = written.strip_suffix('\n').map_or(written, |text| text.strip_suffix('\r').unwrap_or(text));
        let text = line.trim_start_matches(' ');
        let column = line.len() - text.len();
        let line = Line { text, at: self.at + column as u32, column };
        (self.rest, self.at) = (rest, self.at + len as u32);
        Some(line)
    }
}

struct Reader<'s> {
    lines: Lines<'s>,
    /// The next line that is neither blank nor a comment.
    next: Option<Line<'s>>,
    comments: Vec<Span>,
    /// The names of the anchors so far.
    anchors: Vec<&'s str>,
    depth: usize,
}

impl<'s> Reader<'s> {
    fn advance(&mut self) {
        self.next = loop {
            match self.lines.next() {
                Some(line) if line.text.is_empty() => {}
                Some(line) if line.text.starts_with('#') => {
                    self.comments.push(Span::new(line.at, line.at + line.text.len() as u32));
                }
                next => break next,
            }
        };
    }

    /// The next line, if it is indented by more than `column`.
    fn inner(&self, column: usize) -> Option<Line<'s>> {
        self.next.filter(|line| line.column > column)
    }

    /// The mapping whose first key is at the start of `first`.
    fn mapping(&mut self, first: Line<'s>) -> Option<Value<'s>> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let mut entries = vec![self.entry(first)?];
        while let Some(line) = self.next.filter(|line| line.column == first.column && !line.is_item()) {
            entries.push(self.entry(line)?);
        }
        self.depth -= 1;
        let span = Span::new(first.at, entries.last()?.span().end);
        self.inner(first.column).is_none().then(|| value(span, Data::Mapping(Mapping::new(entries, false))))
    }

    /// The entry at the start of `line`, with the lines below that belong to it.
    fn entry(&mut self, line: Line<'s>) -> Option<Entry<'s>> {
        let name = line.key()?;
        let separator = line.at + name.len() as u32;
        let key = value(Span::new(line.at, separator), scalar(name, Style::Plain));
        let written = line.after(name.len() + 1)?;
        if let Some(header) = block_scalar::Header::on(written.text, written.at) {
            let (found, len) = block_scalar::read(header, self.lines.rest, self.lines.at, line.column)?;
            self.lines.pass(len)?;
            self.advance();
            return Some(Entry { key, separator: Some(separator), value: found });
        }
        self.advance();
        let found = match (self.inline(written)?, self.inner(line.column)) {
            (Some(found), None) => found,
            // The value goes on below.
            (Some(_), Some(_)) => return None,
            (None, Some(below)) if below.is_item() => self.sequence(below)?,
            (None, Some(below)) => self.mapping(below)?,
            (None, None) => match self.next.filter(|below| below.column == line.column && below.is_item()) {
                Some(below) => self.sequence(below)?,
                None => value(Span::empty(separator + 1), scalar("", Style::Absent)),
            },
        };
        Some(Entry { key, separator: Some(separator), value: found })
    }

    /// The list whose first dash is at the start of `first`.
    fn sequence(&mut self, first: Line<'s>) -> Option<Value<'s>> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let mut items = Vec::new();
        while let Some(line) = self.next.filter(|line| line.column == first.column && line.is_item()) {
            let spaces = line.text.bytes().skip(1).take_while(|byte| *byte == b' ').count();
            let item = line.after(1 + spaces)?;
            if item.key().is_some() {
                items.push(self.mapping(item)?);
            } else {
                self.advance();
                items.push(self.inline(item)??);
            }
        }
        self.depth -= 1;
        let span = Span::new(first.at, items.last()?.span.end);
        self.inner(first.column).is_none().then(|| value(span, Data::Sequence { items, flow: false }))
    }

    /// The value on a line, with its anchor. `Some(None)` if there is none.
    fn inline(&mut self, line: Line<'s>) -> Option<Option<Value<'s>>> {
        let text = line.text.trim_end_matches(' ');
        let mut cursor = Cursor { text, at: 0, base: line.at, depth: 0 };
        cursor.skip_spaces();
        let anchor = match cursor.peek() {
            Some(b'&') => Some(cursor.name()?),
            Some(b'*') => {
                let (name, span) = cursor.name()?;
                let data = Data::Alias { name: Cow::Borrowed(name), defined: self.anchors.contains(&name) };
                return cursor.peek().is_none().then(|| Some(value(span, data)));
            }
            _ => None,
        };
        cursor.skip_spaces();
        let mut found = match cursor.peek() {
            None if anchor.is_none() => return Some(None),
            None => return None,
            Some(b'[' | b'{' | b'"' | b'\'') => cursor.value()?,
            Some(_) => cursor.plain(text.len())?,
        };
        if let Some((name, span)) = anchor {
            self.anchors.push(name);
            found.full_span = span.join(found.span);
            found.anchor = Some((Cow::Borrowed(name), span));
        }
        cursor.peek().is_none().then_some(Some(found))
    }
}

fn value(span: Span, data: Data<'_>) -> Value<'_> {
    Value { span, full_span: span, tag: None, anchor: None, data }
}

fn scalar(text: &str, style: Style) -> Data<'_> {
    Data::Scalar(Scalar { text: Cow::Borrowed(text), style })
}

/// A position in the value on a line.
struct Cursor<'s> {
    text: &'s str,
    at: usize,
    /// Offset of the text in the file.
    base: u32,
    depth: usize,
}

impl<'s> Cursor<'s> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_spaces(&mut self) {
        while self.peek() == Some(b' ') {
            self.at += 1;
        }
    }

    fn span_from(&self, start: usize) -> Span {
        Span::new(self.base + start as u32, self.base + self.at as u32)
    }

    /// The name behind a `&` or `*`, and the span of both. A space or the end of the line must follow.
    fn name(&mut self) -> Option<(&'s str, Span)> {
        let start = self.at;
        let rest = self.text.get(start + 1..)?;
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        let len = rest.bytes().take_while(|byte| is_name(byte)).count();
        self.at += 1 + len;
        let is_whole = len > 0 && matches!(self.peek(), None | Some(b' '));
        is_whole.then_some((rest.get(..len)?, self.span_from(start)))
    }

    /// A value in brackets, in quotes, or between brackets.
    fn value(&mut self) -> Option<Value<'s>> {
        match self.peek()? {
            b'[' => self.list(),
            b'{' => self.map(),
            b'"' => self.quoted('"', Style::DoubleQuoted),
            b'\'' => self.quoted('\'', Style::SingleQuoted),
            _ => {
                let rest = self.text.get(self.at..)?;
                self.plain(self.at + rest.find(['[', ']', '{', '}', ','])?)
            }
        }
    }

    fn list(&mut self) -> Option<Value<'s>> {
        let mut items = Vec::new();
        let span = self.between(b']', |cursor| {
            items.push(cursor.value()?);
            Some(())
        })?;
        Some(value(span, Data::Sequence { items, flow: true }))
    }

    fn map(&mut self) -> Option<Value<'s>> {
        let mut entries = Vec::new();
        let span = self.between(b'}', |cursor| {
            let line = Line { text: cursor.text.get(cursor.at..)?, at: cursor.base + cursor.at as u32, column: 0 };
            let name = line.key()?;
            let separator = line.at + name.len() as u32;
            let key = value(Span::new(line.at, separator), scalar(name, Style::Plain));
            cursor.at += name.len() + 1;
            cursor.skip_spaces();
            entries.push(Entry { key, separator: Some(separator), value: cursor.value()? });
            Some(())
        })?;
        Some(value(span, Data::Mapping(Mapping::new(entries, true))))
    }

    /// Reads parts with commas between them up to a bracket.
    fn between(&mut self, close: u8, mut part: impl FnMut(&mut Self) -> Option<()>) -> Option<Span> {
        let start = self.at;
        self.depth += 1;
        self.at += 1;
        self.skip_spaces();
        while self.peek()? != close {
            if self.depth > DEEPEST {
                return None;
            }
            part(self)?;
            self.skip_spaces();
            match self.peek()? {
                b',' => self.at += 1,
                other if other == close => {}
                _ => return None,
            }
            self.skip_spaces();
        }
        self.depth -= 1;
        self.at += 1;
        Some(self.span_from(start))
    }

    /// A scalar in quotes, without escapes.
    fn quoted(&mut self, quote: char, style: Style) -> Option<Value<'s>> {
        let start = self.at;
        let inside = self.text.get(start + 1..)?;
        let (text, after) = inside.split_once(quote)?;
        if text.contains('\\') && quote == '"' || after.starts_with(quote) {
            return None;
        }
        self.at += text.len() + 2;
        Some(value(self.span_from(start), scalar(text, style)))
    }

    /// A scalar without quotes, which ends before `end`.
    fn plain(&mut self, end: usize) -> Option<Value<'s>> {
        let start = self.at;
        let text = self.text.get(start..end)?.trim_end_matches(' ');
        let may_begin = |c: char| c.is_ascii_alphanumeric() || !c.is_ascii() || "/.+_$~^<=(\\;".contains(c);
        let is_cut = text.contains(": ") || text.ends_with(':') || text.contains(" #");
        self.at += text.len();
        (text.starts_with(may_begin) && !is_cut).then(|| value(self.span_from(start), scalar(text, Style::Plain)))
    }
}
