//! Link definitions `[name]: url "title"` and abbreviations `*[name]: title`.
//!
//! In kramdown 2.4: `parser/kramdown/link.rb`, `parse_link_definition`, and `parser/kramdown/abbreviation.rb`,
//! `parse_abbrev_definition`.

use crate::document::read::kramdown::block::{Abbreviation, LinkDefinition, Reader, Scan};
use crate::document::read::kramdown::blocks::{BlockId, Kind};
use crate::document::read::kramdown::lines::{
    is_blank_byte, is_space, leading_blanks, leading_white, line, line_end, trim, unindented,
};
use std::ops::Range;
use std::rc::Rc;

/// The parts of a link definition, as ranges in the text.
struct Parts {
    name: Range<usize>,
    url: Range<usize>,
    title: Option<Range<usize>>,
    end: usize,
}

impl<'s> Reader<'s> {
    pub(super) fn link_definition(&mut self, parent: BlockId, scan: &mut Scan<'s>, first: &str) -> bool {
        let text = Rc::clone(&scan.text);
        let source = text.as_str();
        let Some(parts) = link_definition(source, scan.at, first) else { return false };
        let slice = |range: &Range<usize>| source.get(range.clone()).unwrap_or("").to_owned();
        let definition = LinkDefinition {
            url: slice(&parts.url),
            url_span: text.span(parts.url.clone()),
            title: parts.title.as_ref().map(|title| (slice(title), text.span(title.clone()))),
            attributes: std::mem::take(&mut self.pending),
        };
        let number = self.links.len() as u32;
        self.links.push(definition);
        self.link_names.insert(link_name(&slice(&parts.name)), number);
        self.push(parent, Kind::LinkDefinition(number), scan, parts.end);
        true
    }

    pub(super) fn abbreviation(&mut self, parent: BlockId, scan: &mut Scan<'s>, first: &str) -> bool {
        let Some(inside) = unindented(first).and_then(|body| body.strip_prefix("*[")) else { return false };
        let Some(len) = inside.get(1..).and_then(|rest| rest.find("]:")).map(|at| at + 1) else { return false };
        let text = Rc::clone(&scan.text);
        let name = inside.get(..len).unwrap_or("").to_owned();
        let base = scan.at + leading_blanks(first) + 2;
        let title = trim(text.as_str(), base + len + 2..scan.at + first.len());
        let abbreviation = Abbreviation {
            title: text.as_str().get(title.clone()).unwrap_or("").to_owned(),
            title_span: text.span(title),
            attributes: std::mem::take(&mut self.pending),
        };
        self.abbreviations.insert(name, abbreviation);
        let end = line_end(text.as_str(), scan.at);
        self.push_with(parent, Kind::Abbreviation, scan, end, base..base + len);
        true
    }
}

/// Normalizes the name of a reference for lookup: lower case, with each run of whitespace replaced by a single space.
pub(in crate::document::read::kramdown) fn link_name(written: &str) -> String {
    let mut name = String::with_capacity(written.len());
    let mut blank = false;
    for c in written.chars() {
        if c.is_ascii() && is_space(c as u8) {
            if !blank {
                name.push(' ');
            }
            blank = true;
        } else {
            name.extend(c.to_lowercase());
            blank = false;
        }
    }
    name
}

fn link_definition(source: &str, at: usize, first: &str) -> Option<Parts> {
    let inside = unindented(first)?.strip_prefix('[')?;
    let base = at + leading_blanks(first) + 1;
    let len = memchr::memchr(b']', inside.as_bytes()).filter(|&len| len > 0)?;
    let rest = inside.get(len..)?.strip_prefix("]:")?;
    let name = base..base + len;
    let start = base + len + 2 + leading_white(rest);
    let line_stop = at + first.len();
    let rest = source.get(start..line_stop)?;
    if let Some(bracketed) = rest.strip_prefix('<')
        && let Some(close) = bracketed.find('>')
    {
        let url = start + 1..start + 1 + close;
        if let Some((title, end)) = title_after(source, url.end + 1, line_stop) {
            return Some(Parts { name, url, title, end });
        }
    }
    let trimmed = trim(source, start..line_stop);
    if trimmed.is_empty() {
        return None;
    }
    // Find the shortest URL that is followed by a title or the end of the line.
    let bytes = source.as_bytes();
    for stop in trimmed.start + 1..trimmed.end {
        if is_blank_byte(bytes[stop])
            && !is_blank_byte(bytes[stop - 1])
            && let Some((title @ Some(_), end)) = title_after(source, stop, trimmed.end)
        {
            return Some(Parts { name, url: trimmed.start..stop, title, end });
        }
    }
    let holds_quote = |at: usize| matches!(bytes.get(at + 1), Some(b'"' | b'\''));
    if trimmed.clone().any(|at| is_blank_byte(bytes[at]) && holds_quote(at)) {
        return None;
    }
    let (title, end) = title_after(source, trimmed.end, line_stop)?;
    Some(Parts { name, url: trimmed, title, end })
}

/// The optional title after the URL, on the same line or on the next one, and the end of the definition. `None` if
/// other text follows.
fn title_after(source: &str, at: usize, line_stop: usize) -> Option<(Option<Range<usize>>, usize)> {
    let rest = source.get(at..line_stop)?;
    let white = leading_white(rest);
    if white < rest.len() {
        if white == 0 {
            return None;
        }
        let title = title(source, at + white, line_stop)?;
        return Some((Some(title), line_end(source, at)));
    }
    let after_line = line_end(source, at);
    let next = line(source, after_line);
    let from = after_line + leading_white(next);
    if after_line < source.len()
        && let Some(title) = title(source, from, after_line + next.len())
    {
        return Some((Some(title), line_end(source, after_line)));
    }
    Some((None, after_line))
}

/// The range of a quoted title that ends the line.
fn title(source: &str, at: usize, line_stop: usize) -> Option<Range<usize>> {
    let written = source.get(at..line_stop)?;
    let quote = written.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let trimmed = written.trim_end();
    (trimmed.len() > 2 && trimmed.ends_with(quote)).then_some(at + 1..at + trimmed.len() - 1)
}
