//! Where what the parser hands out stands in the file.

use crate::document::read::markdown::Reader;
use crate::source::Span;

impl<'a, B> Reader<'a, B> {
    /// The bytes of a string that the parser did not copy: it still points into the text.
    pub(super) fn located(&self, borrowed: &str) -> Option<Span> {
        let start = (borrowed.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize)?;
        let end = start.checked_add(borrowed.len())?;
        (end <= self.text.len()).then(|| Span::new(start as u32 + self.base, end as u32 + self.base))
    }

    /// What stands at `span` in the file, template syntax included.
    pub(super) fn written(&self, span: Span) -> &'a str {
        span.slice(self.source)
    }

    /// What the parser saw at `span`.
    pub(super) fn seen(&self, span: Span) -> &'a str {
        span.start.checked_sub(self.base).map_or("", |start| Span::new(start, span.end - self.base).slice(self.text))
    }
}

/// Where blocks end without their last line end and what follows it: blank lines, also those in quotes. Nested blocks
/// end at one place, which is looked at once.
#[derive(Debug, Default)]
pub(super) struct BlockEnds {
    last: (u32, u32),
}

impl BlockEnds {
    /// The trimmed end of the block of `text` that ends at `end`. With `in_quote` a line may start with `>`.
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

/// Where `text` lies in `written`, which stands at `start` in the file: a new stretch for each line, since the lines in
/// a quote or list lack what the container puts before them. `None` when it does not lie there line by line.
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
