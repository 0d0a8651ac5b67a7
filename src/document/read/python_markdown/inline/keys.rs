//! Keys: `++ctrl+c++` (`pymdownx/keys.py`).

use super::key_names::key;
use super::{Cursor, Found, Inline, Step};
use crate::document::read::python_markdown::text::Text;
use crate::document::read::python_markdown::tree::Node;
use std::ops::Range;

impl Inline<'_, '_> {
    /// Keys with a text in quotes: `++"Hello"++`.
    pub(super) fn early_keys(&mut self, at: &Cursor<'_>, from: usize) -> Option<Step> {
        let data = at.data;
        let mut next = from;
        loop {
            let (range, parts) = next_keys(data, next)?;
            if at.before(range.start) == Some('\\') {
                next = range.start + 1;
                continue;
            }
            if !has_quotes(data, &parts) {
                return Some(Step::Skip(range.end));
            }
            return Some(self.keys_node(data, range, &parts));
        }
    }

    pub(super) fn keys(&mut self, at: &Cursor<'_>, from: usize) -> Option<Step> {
        let data = at.data;
        let mut next = from;
        loop {
            let (range, parts) = next_keys(data, next)?;
            if has_quotes(data, &parts) {
                next = range.start + 1;
                continue;
            }
            return Some(self.keys_node(data, range, &parts));
        }
    }

    fn keys_node(&mut self, data: &Text, range: Range<usize>, parts: &[Range<usize>]) -> Step {
        let mut node = Node::named("span", data.span(range.clone()));
        node.set("class", "keys");
        for (index, part) in parts.iter().enumerate() {
            let word = data.get(part.clone());
            let span = data.span(part.clone());
            let mut kbd = Node::named("kbd", span);
            if word.starts_with(['"', '\'']) {
                kbd.text = Some(data.slice(data.trimmed(part.start + 1..part.end - 1)).atomic());
            } else {
                let Some((name, shown)) = key(word) else { return Step::Skip(range.end) };
                kbd.set("class", &format!("key-{name}"));
                kbd.text = Some(Text::of(shown, span).atomic());
            }
            if index > 0 {
                let before = data.span(part.start - 1..part.start);
                let mut plus = Node::named("span", before);
                plus.text = Some(data.slice(part.start - 1..part.start).atomic());
                let plus = self.nodes().detached(plus);
                node.children.push(plus);
            }
            let kbd = self.nodes().detached(kbd);
            node.children.push(kbd);
        }
        Step::Replace(range.start, range.end, Found::Node(self.nodes().detached(node)))
    }
}

/// The next keys: the range from `++` to `++`, and the ranges of their parts.
fn next_keys(data: &Text, from: usize) -> Option<(Range<usize>, Vec<Range<usize>>)> {
    let bytes = data.as_str().as_bytes();
    let mut next = from;
    loop {
        let start = next + memchr::memmem::find(bytes.get(next..)?, b"++")?;
        next = start + 1;
        if let Some(parts) = quoted_parts(data, start + 2) {
            let end = parts.last().map_or(start, |part| part.end) + 2;
            return Some((start..end, parts));
        }
    }
}

fn has_quotes(data: &Text, parts: &[Range<usize>]) -> bool {
    parts.iter().any(|part| matches!(data.byte(part.start), Some(b'"' | b'\'')))
}

/// The ranges of words and quoted texts between `+`, up to `++`.
fn quoted_parts(data: &Text, start: usize) -> Option<Vec<Range<usize>>> {
    let mut parts = Vec::new();
    let mut at = start;
    loop {
        let rest = data.get(at..data.len());
        let len = match rest.chars().next()? {
            quote @ ('"' | '\'') => {
                let mut end = 1;
                loop {
                    let c = rest.get(end..)?.chars().next()?;
                    end += c.len_utf8();
                    match c {
                        '\\' => end += rest.get(end..)?.chars().next()?.len_utf8(),
                        c if c == quote => break end,
                        _ => {}
                    }
                }
            }
            _ => rest.chars().take_while(|&c| c.is_alphanumeric() || matches!(c, '_' | '-')).map(char::len_utf8).sum(),
        };
        if len == 0 {
            return None;
        }
        parts.push(at..at + len);
        at += len;
        let rest = data.get(at..data.len());
        if rest.starts_with("++") {
            return Some(parts);
        }
        at += rest.strip_prefix('+').map(|_| 1)?;
    }
}
