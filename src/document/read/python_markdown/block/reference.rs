//! Definitions that are not a part of the page where they are written: link references (`ReferenceProcessor`), footnotes
//! (`FootnoteBlockProcessor` in `extensions/footnotes.py`), abbreviations (`AbbrBlockprocessor` in `extensions/abbr.py`).

use super::{Footnote, Parser, Reference, Rest};
use crate::document::read::python_markdown::lines::{Block, Line, Search, leading_spaces};
use crate::document::read::python_markdown::text::Text;
use std::ops::Range;

/// A definition that was read.
struct Found {
    /// The number of its lines.
    lines: usize,
    name: String,
    url: Text,
    title: Option<Text>,
}

impl Parser<'_> {
    pub(super) fn reference(&mut self, block: &Block, rest: &mut Rest) -> bool {
        let starts = |_, index: usize| self.reference_at(block, index).is_some();
        let Some(start) = block.find(Search::Reference, starts) else { return false };
        let mut end = start;
        while let Some(found) = self.reference_at(block, end) {
            if end > start && found.lines > 1 {
                break;
            }
            end += found.lines;
            let reference = Reference { url: found.url, title: found.title };
            self.definitions.references.insert(found.name, reference);
            // Empty lines may be between them.
            let next = block.after(end).lines().iter().take_while(|line| line.is_empty()).count();
            if self.reference_at(block, end + next).is_none() {
                break;
            }
            end += next;
        }
        self.put_around(block, start, end, rest);
        true
    }

    /// Puts back what is before and after the lines of a definition.
    fn put_around(&self, block: &Block, start: usize, end: usize, rest: &mut Rest) {
        let after = block.after(end);
        if !self.is_blank_block(&after) {
            let blank = after.lines().iter().take_while(|line| line.is_empty()).count();
            rest.push_front(after.after(blank));
        }
        let before = block.part(0, start);
        if !self.is_blank_block(&before) {
            rest.push_front(before);
        }
    }

    /// The reference that is defined on this line and those after it: `ReferenceProcessor.RE`.
    fn reference_at(&self, block: &Block, index: usize) -> Option<Found> {
        let line = block.line(index)?;
        let text = self.buffer.line(line);
        let indent = self.indentation(line);
        let after = text.get(indent..).filter(|_| indent <= 3)?.strip_prefix('[')?;
        let (name, mut at, mut row) = self.label(block, index, indent + 1, after)?;
        let at_row = |row: usize| block.line(row).map(|line| self.buffer.line(line));
        let skip =
            |row: usize, at: usize| at_row(row).map_or(at, |text| at + leading_spaces(text.get(at..).unwrap_or("")));
        at = skip(row, at);
        if at_row(row).is_some_and(|text| at >= text.len()) {
            row += 1;
            at = skip(row, 0);
        }
        let url_line = block.line(row)?;
        let rest = at_row(row)?.get(at..)?;
        let len = rest.find(char::is_whitespace).unwrap_or(rest.len());
        if len == 0 {
            return None;
        }
        let url = self.part(url_line, at..at + len);
        let bare = url.as_str().len() - url.as_str().trim_start_matches('<').len();
        let url = url.slice(bare..url.as_str().trim_end_matches('>').len().max(bare));
        let rest = rest.get(len..)?;
        let from = at + len + leading_spaces(rest);
        let found = |lines, title| Some(Found { lines, name: name.clone(), url: url.clone(), title });
        if let Some(title) = title(at_row(row)?, from) {
            return found(row - index + 1, Some(self.part(url_line, title)));
        }
        if from < at_row(row)?.len() {
            return None;
        }
        // The title may be on the next line.
        if let Some(next) = block.line(row + 1)
            && let Some(title) = title(self.buffer.line(next), leading_spaces(self.buffer.line(next)))
        {
            return found(row - index + 2, Some(self.part(next, title)));
        }
        found(row - index + 1, None)
    }

    /// The name between brackets, which may go on for lines; then where it ends, after its colon.
    fn label(&self, block: &Block, index: usize, from: usize, after: &str) -> Option<(String, usize, usize)> {
        let mut name = String::new();
        let (mut row, mut from, mut text) = (index, from, after);
        loop {
            match text.find(['[', ']']) {
                Some(end) => {
                    text.get(end..)?.strip_prefix("]:")?;
                    name.push_str(text.get(..end)?);
                    let at = from + end + 2;
                    return Some((name.trim().to_lowercase(), at, row));
                }
                None => {
                    name.push_str(text);
                    name.push('\n');
                    row += 1;
                    text = self.buffer.line(block.line(row)?);
                    from = 0;
                }
            }
        }
    }

    pub(super) fn footnote(&mut self, block: &Block, rest: &mut Rest) -> bool {
        let starts = |line: Line, _| footnote_mark(self.buffer.line(line)).is_some();
        let Some(start) = block.find(Search::Footnote, starts) else { return false };
        let mut index = start;
        while let Some(line) = block.line(index)
            && let Some(mark) = footnote_mark(self.buffer.line(line))
        {
            let name = self.buffer.line(line).get(mark.name.clone()).unwrap_or("").to_owned();
            let after = block.after(index + 1);
            let next = after.find(Search::Footnote, starts_with_footnote(self));
            let count = next.unwrap_or(after.len());
            let mut lines = vec![line.from(mark.len)];
            let mut written = vec![line];
            let more = after.part(0, count);
            written.extend(more.lines());
            let blank = more.lines().iter().take_while(|line| line.is_empty()).count();
            lines.extend(self.loose_detab(&more.after(blank), 1));
            if lines.first().is_some_and(|line| line.is_empty()) && lines.len() > 1 {
                lines.remove(0);
            }
            match next {
                Some(next) => index += 1 + next,
                None => {
                    self.indented_blocks(&mut lines, &mut written, rest);
                    self.define_footnote(name, lines, &written);
                    break;
                }
            }
            self.define_footnote(name, lines, &written);
        }
        let before = block.part(0, start);
        if !self.is_blank_block(&before) {
            rest.push_front(before);
        }
        true
    }

    /// Adds the indented blocks that follow a footnote (`detectTabbed`).
    fn indented_blocks(&self, lines: &mut Vec<Line>, written: &mut Vec<Line>, rest: &mut Rest) {
        while let Some(block) = rest.pop_front_if(|block| self.starts_with_spaces(block.line(0), 4)) {
            let end = lines.last().map_or(0, |line| line.end);
            lines.push(Line { start: end, end });
            let next = block.find(Search::Footnote, starts_with_footnote(self));
            let own = block.part(0, next.unwrap_or(block.len()));
            written.extend(own.lines());
            lines.extend(self.loose_detab(&own, 1));
            if let Some(next) = next {
                rest.push_front(block.after(next));
                break;
            }
        }
    }

    fn define_footnote(&mut self, name: String, mut lines: Vec<Line>, written: &[Line]) {
        while lines.len() > 1 && lines.last().is_some_and(|&line| self.is_blank(line)) {
            lines.pop();
        }
        let span = self.span_of(written).unwrap_or_default();
        let footnote = Footnote { name: name.clone(), lines, span };
        let next = self.definitions.footnotes.len();
        let index = *self.definitions.footnote_indexes.entry(name).or_insert(next);
        match self.definitions.footnotes.get_mut(index) {
            Some(known) => *known = footnote,
            None => self.definitions.footnotes.push(footnote),
        }
    }

    pub(super) fn abbreviation(&mut self, block: &Block, rest: &mut Rest) -> bool {
        let starts = |_, index: usize| self.abbreviation_at(block, index).is_some();
        let Some(start) = block.find(Search::Abbreviation, starts) else { return false };
        let Some((name, title, lines)) = self.abbreviation_at(block, start) else { return false };
        let known = &mut self.definitions.abbreviations;
        if matches!(title.as_str(), "''" | "\"\"") {
            known.retain(|(other, _)| *other != name);
        } else {
            known.push((name, title));
        }
        self.put_around(block, start, start + lines, rest);
        true
    }

    /// `*[HTML]: Hyper Text Markup Language`
    fn abbreviation_at(&self, block: &Block, index: usize) -> Option<(String, Text, usize)> {
        let line = block.line(index)?;
        let text = self.buffer.line(line);
        let inside = text.strip_prefix("*[")?;
        let mut close = inside.find("]:");
        if let Some(spaced) = inside.find("] :").filter(|&at| close.is_none_or(|known| at < known)) {
            close = Some(spaced);
        }
        let close = close?;
        let name = inside.get(..close).filter(|name| !name.contains('\\'))?.trim();
        let colon = inside.get(close..)?.find(':')? + close + 2;
        let mut title = self.buffer.trimmed(line.from(colon + 1));
        let mut lines = 1;
        if title.is_empty() {
            title = self.buffer.trimmed(block.line(index + 1)?);
            lines = 2;
        }
        (!name.is_empty() && !title.is_empty()).then(|| (name.to_owned(), self.buffer.slice(title), lines))
    }
}

fn starts_with_footnote<'p>(parser: &'p Parser<'_>) -> impl Fn(Line, usize) -> bool + 'p {
    |line, _| footnote_mark(parser.buffer.line(line)).is_some()
}

/// The range between the quotes or brackets of a title that is all of the line from `from` on.
fn title(line: &str, from: usize) -> Option<Range<usize>> {
    let rest = line.get(from..)?.trim_end_matches(' ');
    let close = match rest.chars().next()? {
        '(' => ')',
        quote @ ('"' | '\'') => quote,
        _ => return None,
    };
    (rest.len() >= 2 && rest.ends_with(close)).then(|| from + 1..from + rest.len() - 1)
}

struct FootnoteMark {
    name: Range<usize>,
    len: usize,
}

/// `[^name]: `
fn footnote_mark(line: &str) -> Option<FootnoteMark> {
    let indent = leading_spaces(line);
    let rest = line.get(indent..).filter(|_| indent <= 3)?.strip_prefix("[^")?;
    let close = rest.find(']')?;
    let after = rest.get(close..)?.strip_prefix("]:")?;
    let start = indent + 2;
    Some(FootnoteMark { name: start..start + close, len: start + close + 2 + leading_spaces(after) })
}
