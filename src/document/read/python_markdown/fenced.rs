//! Fences at the start of a line: `FencedBlockPreprocessor` in `extensions/fenced_code.py`.

use crate::document::read::python_markdown::attributes::{Item, Key, items, sanitized};
use crate::document::read::python_markdown::lines::leading_spaces;
use crate::document::read::python_markdown::options::Options;
use crate::document::read::python_markdown::stash::{Code, Frame, Stash, Stashed};
use crate::document::read::python_markdown::text::Text;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Replaces all fences by placeholders.
pub(super) fn extract(text: &Text, options: &Options, stash: &mut Stash) -> Text {
    let lines = line_ranges(text.as_str());
    let closings = closings(text, &lines);
    let mut out = Text::default();
    let (mut from, mut index) = (0, 0);
    while let Some(line) = lines.get(index) {
        let opened = opening(text, line.clone()).and_then(|opening| {
            let ends = closings.get(&(opening.mark, opening.len))?;
            let next = ends.get(ends.partition_point(|&end| end <= index)).copied()?;
            Some((opening, next))
        });
        let Some((opening, close)) = opened else {
            index += 1;
            continue;
        };
        let end = lines.get(close).map_or(text.len(), |line| line.end);
        let content = line.end + 1..lines.get(close).map_or(text.len(), |line| line.start);
        let code = code(text, &opening, content, line.start..end, options);
        out.push(text, from..line.start);
        let span = text.span(line.start..end);
        out.push_str("\n", span);
        out.push_str(&stash.store(Stashed::Code(Box::new(code))), span);
        out.push_str("\n", span);
        from = end;
        index = close + 1;
    }
    out.push(text, from..text.len());
    out
}

/// The lines without their ends.
pub(super) fn line_ranges(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut lines = Vec::new();
    for end in memchr::memchr_iter(b'\n', text.as_bytes()) {
        lines.push(start..end);
        start = end + 1;
    }
    lines.push(start..text.len());
    lines
}

/// The lines that may close a fence, by its character and length.
fn closings(text: &Text, lines: &[Range<usize>]) -> FxHashMap<(u8, usize), Vec<usize>> {
    let mut found: FxHashMap<(u8, usize), Vec<usize>> = FxHashMap::default();
    for (index, line) in lines.iter().enumerate() {
        let line = text.get(line.clone()).trim_end_matches(' ');
        if let Some((mark, len)) = fence_at_start(line).filter(|(_, len)| *len == line.len()) {
            found.entry((mark, len)).or_default().push(index);
        }
    }
    found
}

/// The character and the length of the fence that the line begins with.
pub(super) fn fence_at_start(line: &str) -> Option<(u8, usize)> {
    let mark = line.bytes().next().filter(|byte| matches!(byte, b'`' | b'~'))?;
    let len = line.bytes().take_while(|&byte| byte == mark).count();
    (len >= 3).then_some((mark, len))
}

struct Opening {
    mark: u8,
    len: usize,
    language: Option<Range<usize>>,
    items: Vec<Item>,
}

fn opening(text: &Text, line: Range<usize>) -> Option<Opening> {
    let (mark, len) = fence_at_start(text.get(line.clone()))?;
    let mut at = line.start + len;
    at += leading_spaces(text.get(at..line.end));
    let rest = text.get(at..line.end);
    if rest.starts_with('{') {
        let inside = at + 1..line.end.checked_sub(1).filter(|_| rest.ends_with('}'))?;
        let (items, rest) = items(text, inside);
        return rest.is_none().then_some(Opening { mark, len, language: None, items });
    }
    at += usize::from(rest.starts_with('.'));
    let name: usize = text.get(at..line.end).chars().take_while(|&c| is_language(c)).map(char::len_utf8).sum();
    let language = at..at + name;
    at += name;
    at += leading_spaces(text.get(at..line.end));
    let rest = text.get(at..line.end);
    let is_plain = rest.is_empty() || is_highlighted_lines(rest);
    // The name of the option is one of a language as well: it is given back for the option to match.
    let is_option = text.get(language.clone()) == "hl_lines" && rest.starts_with('=');
    if is_option && is_highlighted_lines(text.get(language.start..line.end)) {
        return Some(Opening { mark, len, language: None, items: Vec::new() });
    }
    let language = (!language.is_empty()).then_some(language);
    is_plain.then_some(Opening { mark, len, language, items: Vec::new() })
}

pub(super) fn is_language(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '#' | '.' | '+' | '-')
}

/// `hl_lines="1 3"`
fn is_highlighted_lines(text: &str) -> bool {
    let Some(value) = text.strip_prefix("hl_lines=") else { return false };
    let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) else { return false };
    let rest = value.get(1..).and_then(|value| value.split_once(quote));
    rest.is_some_and(|(_, rest)| rest.bytes().all(|byte| byte == b' '))
}

fn code(text: &Text, opening: &Opening, content: Range<usize>, all: Range<usize>, options: &Options) -> Code {
    let mut code = Code {
        span: text.span(all),
        content: text.slice(content),
        class: Vec::new(),
        id: None,
        language: opening.language.clone().map(|range| text.slice(range)),
        attributes: Vec::new(),
        title: None,
        frame: options.codehilite.map_or(Frame::Plain, Frame::Highlighted),
    };
    for item in &opening.items {
        let value = item.value.clone().map(|range| text.slice(range));
        match (&item.key, value) {
            (Key::Class, Some(value)) => code.class.push(value),
            (Key::Id, Some(value)) => code.id = Some(value),
            (Key::Name(key), value) if options.attr_list && options.codehilite.is_none() => {
                let key = text.slice(key.clone());
                let name = Text::of(&sanitized(key.as_str()), key.whole());
                if !matches!(key.as_str(), "hl_lines" | "use_pygments" | "linenums" | "guess_lang" | "noclasses") {
                    code.attributes.push((name, value.unwrap_or(key)));
                }
            }
            _ => {}
        }
    }
    if !opening.items.is_empty() && !code.class.is_empty() {
        code.language = Some(code.class.remove(0));
    }
    if options.codehilite.is_some() {
        (code.language, code.id) = (None, None);
    }
    code
}
