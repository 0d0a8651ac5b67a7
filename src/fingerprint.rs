//! What a finding stands on, told apart by its text and never by its line number: edits elsewhere change nothing.

use crate::source::{Source, Span};

/// Bytes of text that go into a fingerprint. Where the lines are longer (a page on one line), the span's own text does,
/// and of it no more than this: otherwise every finding would cost the length of its line.
const TEXT_LIMIT: usize = 1000;

/// The words of the lines that `span` touches, or only of its own text where they are long.
pub fn words(source: &Source, span: Span) -> impl Iterator<Item = &str> {
    let first = source.line_span(source.line_of(span.start));
    let last = source.line_span(source.line_of(span.end.saturating_sub(1).max(span.start)));
    let lines = first.join(last);
    let text = source.slice(if lines.len() as usize <= TEXT_LIMIT { lines } else { span });
    text.get(..text.floor_char_boundary(TEXT_LIMIT)).unwrap_or(text).split_whitespace()
}

/// 16 hexadecimal digits for the words below `span`.
pub fn content(source: &Source, span: Span) -> String {
    let mut hasher = blake3::Hasher::new();
    for word in words(source, span) {
        hasher.update(word.as_bytes()).update(b" ");
    }
    hasher.finalize().to_hex().chars().take(16).collect()
}
