//! What is being typed at a position: a key of the front matter, one of its values, or the URL of a link or an image. Found
//! in the text alone: while it is typed, it rarely parses.

use crate::source::{Source, Span};

/// What is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    /// A front matter key.
    Key,
    /// The value of a front matter key, or an item of its list.
    Value(String),
    /// The URL of a link.
    Link,
    /// The fragment of this URL, which is empty for the post itself.
    Fragment(String),
    /// The URL of an image.
    Image,
}

/// What is being typed at an offset, and the bytes of it up to there.
pub fn spot(source: &Source, offset: u32) -> Option<(Spot, Span)> {
    let line = source.line_span(source.line_of(offset));
    let before = Span::new(line.start, offset.min(line.end)).slice(source.text());
    match front_matter(source) {
        Some(content) if content.start <= offset && offset <= content.end => {
            in_front_matter(source, content, before, offset)
        }
        _ => in_body(before, offset),
    }
}

/// The lines between the fences. Without a closing fence, there is none.
fn front_matter(source: &Source) -> Option<Span> {
    let fence = |line: u32| source.slice(source.line_span(line)).trim_end();
    let mark = Some(fence(1)).filter(|mark| matches!(*mark, "---" | "+++"))?;
    let last = (2..=source.line_count()).find(|line| fence(*line) == mark)?;
    Some(Span::new(source.line_span(2).start, source.line_span(last).start.checked_sub(1)?))
}

fn in_front_matter(source: &Source, content: Span, before: &str, offset: u32) -> Option<(Spot, Span)> {
    let typed = |text: &str| Span::new(offset - text.len() as u32, offset);
    let is_separator = |c: char| matches!(c, ':' | '=');
    if let Some((key, value)) = before.split_once(is_separator).filter(|(key, _)| is_key(key)) {
        // An item of `[a, b]` begins after the last comma.
        let start = value.trim_start();
        let item = if start.starts_with('[') { start.rsplit(['[', ',']).next().unwrap_or(start) } else { start };
        let item = item.trim_start().trim_start_matches(['"', '\'']);
        return Some((Spot::Value(key.trim().to_owned()), typed(item)));
    }
    if let Some(item) = before.trim_start().strip_prefix('-') {
        let item = item.trim_start().trim_start_matches(['"', '\'']);
        return Some((Spot::Value(key_above(source, content, offset)?), typed(item)));
    }
    is_key(before).then(|| (Spot::Key, typed(before)))
}

/// Whether the text may be a key at the top level.
fn is_key(text: &str) -> bool {
    text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
        || text.trim_end() != text && is_key(text.trim_end())
}

/// The key above a list.
fn key_above(source: &Source, content: Span, offset: u32) -> Option<String> {
    let first = source.line_of(content.start);
    let lines = (first..source.line_of(offset)).rev().map(|line| source.slice(source.line_span(line)));
    let mut lines = lines.skip_while(|line| line.trim_start().starts_with('-') || line.trim().is_empty());
    let (key, rest) = lines.next()?.split_once(':')?;
    (is_key(key) && rest.trim().is_empty()).then(|| key.trim().to_owned())
}

/// What begins a URL in the body: whether it is that of an image, and what ends it.
const STARTS: [(&str, bool, char); 6] = [
    ("](", false, ')'),
    ("](<", false, '>'),
    ("href=\"", false, '"'),
    ("href='", false, '\''),
    ("src=\"", true, '"'),
    ("src='", true, '\''),
];

fn in_body(before: &str, offset: u32) -> Option<(Spot, Span)> {
    let found =
        STARTS.iter().filter_map(|(start, is_image, end)| Some((before.rfind(start)? + start.len(), is_image, end)));
    let (at, is_image, end) = found.max_by_key(|(at, ..)| *at)?;
    let url = before.get(at..)?;
    if url.contains(*end) || url.contains(char::is_whitespace) {
        return None;
    }
    let is_markdown_image = || {
        let text = before.get(..at).unwrap_or("");
        text.rfind('[').and_then(|open| text.get(..open)).is_some_and(|text| text.ends_with('!'))
    };
    let typed = |text: &str| Span::new(offset - text.len() as u32, offset);
    if *is_image || *end == ')' && is_markdown_image() {
        return Some((Spot::Image, typed(url)));
    }
    Some(match url.split_once('#') {
        Some((page, fragment)) => (Spot::Fragment(page.to_owned()), typed(fragment)),
        None => (Spot::Link, typed(url)),
    })
}
