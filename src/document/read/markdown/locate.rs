//! Locates the parser's output in the file.

use crate::document::read::markdown::Reader;
use crate::source::Span;

impl<'a, B> Reader<'a, B> {
    /// The byte span of a string that pulldown-cmark borrowed from the text.
    pub(super) fn located(&self, borrowed: &str) -> Option<Span> {
        let start = (borrowed.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize)?;
        let end = start.checked_add(borrowed.len())?;
        (end <= self.text.len()).then(|| Span::new(start as u32 + self.base, end as u32 + self.base))
    }

    /// The text of the file at `span`, with template syntax.
    pub(super) fn written(&self, span: Span) -> &'a str {
        span.slice(self.source)
    }

    /// The text at `span` as the parser sees it, with template syntax masked.
    pub(super) fn seen(&self, span: Span) -> &'a str {
        span.start.checked_sub(self.base).map_or("", |start| Span::new(start, span.end - self.base).slice(self.text))
    }
}

/// Trims the ends of blocks: removes the last line ending and the blank lines after it, also in quotes. Nested blocks
/// have the same end, which is cached.
#[derive(Debug, Default)]
pub(super) struct BlockEnds {
    last: (u32, u32),
}

impl BlockEnds {
    /// The trimmed end of the block of `text` that ends at `end`. With `in_quote`, a line may start with `>`.
    pub(super) fn trim(&mut self, text: &str, end: u32, in_quote: bool) -> u32 {
        if self.last.0 != end {
            self.last = (end, trimmed_end(text.as_bytes(), end as usize, in_quote) as u32);
        }
        self.last.1
    }
}

fn trimmed_end(text: &[u8], end: usize, in_quote: bool) -> usize {
    let mut trimmed = end;
    let mut at = end;
    while let Some(&byte) = at.checked_sub(1).and_then(|before| text.get(before)) {
        match byte {
            b'\n' | b'\r' => trimmed = at - 1,
            b' ' | b'\t' => {}
            b'>' if in_quote => {}
            _ => break,
        }
        at -= 1;
    }
    trimmed
}

/// Maps `text` to `written`, which is at `start` in the file, with one run per line: lines in a quote or a list lack
/// the prefix of their container. `None` if the lines do not match.
pub(super) fn align_lines(text: &str, written: &str, start: u32) -> Option<Vec<(u32, u32)>> {
    let mut pieces = Vec::new();
    let mut rest = written;
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end_matches(['\r', '\n']);
        loop {
            if rest.starts_with(content) {
                break;
            }
            rest = rest.strip_prefix([' ', '\t', '>'])?;
        }
        pieces.push((offset, start + (written.len() - rest.len()) as u32));
        offset += line.len() as u32;
        rest = rest.get(content.len()..)?;
        rest = rest.find('\n').and_then(|newline| rest.get(newline + 1..)).unwrap_or("");
    }
    Some(pieces)
}
