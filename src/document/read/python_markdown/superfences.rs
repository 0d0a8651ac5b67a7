//! Fences in lists and quotes: `SuperFencesBlockPreprocessor` in `pymdownx/superfences.py`.

use crate::document::read::python_markdown::attributes::{Item, Key, items};
use crate::document::read::python_markdown::fenced::{fence_at_start, is_language, line_ranges};
use crate::document::read::python_markdown::lines::leading_spaces;
use crate::document::read::python_markdown::options::Options;
use crate::document::read::python_markdown::stash::{Code, Frame, Stash, Stashed};
use crate::document::read::python_markdown::text::Text;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// The lines of fences by the numbers of their placeholders, with the columns before them: an indented block of code that
/// holds a placeholder has them back.
pub(super) type Originals = FxHashMap<usize, (Vec<Text>, usize)>;

/// Replaces all fences by placeholders.
pub(super) fn extract(text: &Text, options: &Options, stash: &mut Stash) -> (Text, Originals) {
    let lines = line_ranges(text.as_str());
    let mut search = Search { text, options, lines: &lines, open: None, found: Vec::new() };
    for index in 0..lines.len() {
        search.line(index);
    }
    let found = search.found;
    let mut out = Text::default();
    let mut originals = Originals::default();
    let mut from = 0;
    for block in found {
        let start = lines.get(block.first).map_or(0, |line| line.start);
        let end = lines.get(block.last).map_or(0, |line| line.end);
        out.push(text, from..start);
        out.push(text, start..start + block.prefix);
        let placeholder = stash_code(stash, block.code);
        out.push_str(&placeholder.1, text.span(start + block.prefix..end));
        from = end;
        let original = lines.get(block.first..=block.last).unwrap_or(&[]);
        originals.insert(placeholder.0, (original.iter().map(|line| text.slice(line.clone())).collect(), block.prefix));
    }
    out.push(text, from..text.len());
    (out, originals)
}

fn stash_code(stash: &mut Stash, code: Code) -> (usize, String) {
    let placeholder = stash.store(Stashed::Code(Box::new(code)));
    let index =
        placeholder.bytes().filter(u8::is_ascii_digit).fold(0, |all, digit| all * 10 + usize::from(digit - b'0'));
    (index, placeholder)
}

struct Found {
    first: usize,
    last: usize,
    prefix: usize,
    code: Code,
}

struct Open {
    first: usize,
    prefix: usize,
    quotes: usize,
    empty_lines: usize,
    mark: u8,
    len: usize,
    header: Header,
}

/// What the line of an opening fence says.
#[derive(Default)]
struct Header {
    language: Option<Range<usize>>,
    class: Vec<Range<usize>>,
    id: Option<Range<usize>>,
    title: Option<Range<usize>>,
    data: Vec<(Range<usize>, Range<usize>)>,
    is_mermaid: bool,
}

struct Search<'a> {
    text: &'a Text,
    options: &'a Options,
    lines: &'a [Range<usize>],
    open: Option<Open>,
    found: Vec<Found>,
}

impl Search<'_> {
    fn line(&mut self, index: usize) {
        let Some(line) = self.lines.get(index).cloned() else { return };
        match self.open.take() {
            None => self.open = self.opening(index, line),
            Some(open) => self.open = self.inside(open, index, line),
        }
    }

    fn opening(&self, index: usize, line: Range<usize>) -> Option<Open> {
        let written = self.text.get(line.clone());
        let prefix = prefix_len(written, usize::MAX);
        let (mark, len) = fence_at_start(written.get(prefix..)?)?;
        let header = self.header(line.start + prefix + len..line.end)?;
        let quotes = written.bytes().take(prefix).filter(|&byte| byte == b'>').count();
        Some(Open { first: index, prefix, quotes, empty_lines: 0, mark, len, header })
    }

    /// Handles a line after an opening fence; returns the fence if it stays open (`eval_fence`, `eval_quoted`).
    fn inside(&mut self, open: Open, index: usize, line: Range<usize>) -> Option<Open> {
        let written = self.text.get(line.clone());
        let len = prefix_len(written, open.prefix);
        let content = written.get(len..).unwrap_or("");
        let quotes = written.bytes().take(len).filter(|&byte| byte == b'>').count();
        let closes = fence_at_start(content) == Some((open.mark, open.len))
            && content.get(open.len..).is_some_and(|rest| rest.bytes().all(|byte| byte == b' '));
        if open.quotes > 0 {
            if quotes > open.quotes {
                return None;
            }
            if content.is_empty() {
                let empty_lines = open.empty_lines + 1;
                return Some(Open { empty_lines, ..open });
            }
            if len < open.prefix || open.empty_lines > 0 && quotes < open.quotes {
                return None;
            }
        } else {
            if quotes > 0 {
                return None;
            }
            if written.trim().is_empty() {
                let empty_lines = open.empty_lines + 1;
                return Some(Open { empty_lines, ..open });
            }
            if len != open.prefix && !content.is_empty() {
                return None;
            }
        }
        if !closes {
            return Some(Open { empty_lines: 0, ..open });
        }
        self.close(open, index);
        None
    }

    fn close(&mut self, open: Open, last: usize) {
        let mut content = Text::default();
        for line in self.lines.get(open.first + 1..last).unwrap_or(&[]) {
            let from = (line.start + open.prefix).min(line.end);
            content.push(self.text, from..line.end);
            content.push(self.text, line.end..line.end + 1);
        }
        let slice = |range: Range<usize>| self.text.slice(range);
        let header = open.header;
        let start = self.lines.get(open.first).map_or(0, |line| line.start + open.prefix);
        let end = self.lines.get(last).map_or(0, |line| line.end);
        let mut class: Vec<Text> = header.class.into_iter().map(slice).collect();
        if header.is_mermaid {
            class.insert(0, header.language.clone().map(slice).unwrap_or_default());
        }
        let data = |(key, value): (Range<usize>, Range<usize>)| (slice(key), slice(value));
        let code = Code {
            span: self.text.span(start..end),
            content,
            class,
            id: header.id.map(slice),
            language: None,
            attributes: header.data.into_iter().map(data).collect(),
            title: header.title.map(slice),
            frame: if header.is_mermaid { Frame::Plain } else { Frame::Highlighted("highlight") },
        };
        self.found.push(Found { first: open.first, last, prefix: open.prefix, code });
    }

    /// What follows an opening fence (`RE_NESTED_FENCE_START`); `None` if that makes it none.
    fn header(&self, range: Range<usize>) -> Option<Header> {
        let written = self.text.get(range.clone());
        let mut at = range.start + leading_spaces(written);
        let mut header = Header::default();
        let name = at + usize::from(self.text.byte(at) == Some(b'.'));
        let len: usize =
            self.text.get(name..range.end).chars().take_while(|&c| is_language(c)).map(char::len_utf8).sum();
        let after = self.text.get(name + len..range.end);
        if len > 0 && (after.is_empty() || after.starts_with(' ')) {
            header.language = Some(name..name + len);
            at = name + len + leading_spaces(after);
        }
        let end = range.start + written.trim_end_matches(' ').len();
        let rest = self.text.get(at..end.max(at));
        if rest.is_empty() {
            return Some(self.with_language(header));
        }
        if rest.starts_with('{') {
            return if rest.ends_with('}') { self.with_attributes(header, at + 1..end - 1) } else { None };
        }
        self.with_options(header, at..end)
    }

    fn with_language(&self, header: Header) -> Header {
        let language = header.language.clone().map_or("", |range| self.text.get(range));
        Header { is_mermaid: self.options.mermaid && language == "mermaid", ..header }
    }

    /// `hl_lines="2 3" title="a.py"` (`parse_options`).
    fn with_options(&self, header: Header, range: Range<usize>) -> Option<Header> {
        let mut header = self.with_language(header);
        let mut at = range.start;
        while at < range.end {
            let rest = self.text.get(at..range.end);
            let len = rest.bytes().take_while(|&byte| byte.is_ascii_alphanumeric() || byte == b'_').count();
            if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
                return None;
            }
            let key = at..at + len;
            let value = rest.get(len..)?.strip_prefix('=')?;
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let inside = value.get(1..)?;
            let close = inside.find(quote)?;
            // The quote that ends the option is one before a space; the value ends at the first one.
            let is_last =
                |&at: &usize| inside.get(at + 1..).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
            let last = inside.match_indices(quote).map(|(at, _)| at).find(is_last)?;
            let from = at + len + 2;
            let value = from..from + close;
            at = from + last + 1;
            at += leading_spaces(self.text.get(at..range.end));
            self.option(&mut header, key, value).then_some(())?;
        }
        Some(header)
    }

    /// Sets an option of a fence that is highlighted (`highlight_validator`); returns whether it is one.
    fn option(&self, header: &mut Header, key: Range<usize>, value: Range<usize>) -> bool {
        let written = self.text.get(value.clone());
        let is_number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
        let is_range = |word: &str| match word.split_once('-') {
            Some((from, to)) => is_number(from) && is_number(to),
            None => is_number(word),
        };
        if header.is_mermaid {
            return false;
        }
        match self.text.get(key) {
            "title" => header.title = Some(value),
            "title_mode" => {}
            "hl_lines" => {
                return !written.is_empty() && written.split(' ').all(|word| word.is_empty() || is_range(word));
            }
            "linenums" => return written.starts_with(|c: char| c.is_ascii_digit()),
            _ => return false,
        }
        true
    }

    /// `{.python .annotate title="a.py"}` (`handle_attrs`).
    fn with_attributes(&self, mut header: Header, range: Range<usize>) -> Option<Header> {
        let (found, _) = items(self.text, range);
        let mut options = Vec::new();
        for Item { key, value } in found {
            match (key, value) {
                (Key::Class, Some(value)) => header.class.push(value),
                (Key::Id, Some(value)) => header.id = Some(value),
                (Key::Name(key), Some(value)) => options.push((key, value)),
                _ => {}
            }
        }
        if header.language.is_none() && !header.class.is_empty() {
            header.language = Some(header.class.remove(0));
        }
        let mut header = self.with_language(header);
        for (key, value) in options {
            if self.text.get(key.clone()).starts_with("data-") && self.options.attr_list {
                header.data.push((key, value));
            } else {
                self.option(&mut header, key, value);
            }
        }
        Some(header)
    }
}

/// The bytes of spaces and `>` at the start of a line, up to this many.
fn prefix_len(line: &str, most: usize) -> usize {
    line.bytes().take(most).take_while(|byte| matches!(byte, b' ' | b'>')).count()
}
