//! Where what the parser hands out stands in the file.

use super::Reader;
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

/// The length of a block without its last line end and what follows it: blank lines, also those in quotes.
pub(super) fn trimmed_len(block: &str) -> u32 {
    let mut rest = block;
    while let Some(newline) = rest.rfind(['\n', '\r']) {
        let last_line = rest.get(newline + 1..).unwrap_or("");
        if !last_line.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'>')) {
            break;
        }
        rest = rest.get(..newline).unwrap_or("");
    }
    rest.len() as u32
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
