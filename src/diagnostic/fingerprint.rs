//! What a finding stands on, told apart by its text and never by its line number: edits elsewhere change nothing.

use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};

/// Bytes of text that go into a fingerprint. Where the lines are longer (a page on one line), the span's own text does,
/// and of it no more than this: otherwise every finding would cost the length of its line.
const TEXT_LIMIT: usize = 1000;

/// The words that tell `finding` from others of its rule: those of its identity, else those below its label.
pub fn words<'d>(source: &'d Source, finding: &'d Diagnostic) -> impl Iterator<Item = &'d str> {
    let text = finding.identity.as_deref().unwrap_or_else(|| lines(source, finding.label.span));
    text.get(..text.floor_char_boundary(TEXT_LIMIT)).unwrap_or(text).split_whitespace()
}

/// The words a reader sees below the label of `finding`.
pub fn shown<'d>(source: &'d Source, finding: &Diagnostic) -> impl Iterator<Item = &'d str> {
    lines(source, finding.label.span).split_whitespace()
}

/// 16 hexadecimal digits for what tells `finding` from others of its rule.
pub fn content(source: &Source, finding: &Diagnostic) -> String {
    let mut hasher = blake3::Hasher::new();
    for word in words(source, finding) {
        hasher.update(word.as_bytes()).update(b" ");
    }
    hasher.finalize().to_hex().chars().take(16).collect()
}

/// The lines that `span` touches, or only its own text where they are long.
fn lines(source: &Source, span: Span) -> &str {
    let first = source.line_span(source.line_of(span.start));
    let last = source.line_span(source.line_of(span.end.saturating_sub(1).max(span.start)));
    let lines = first.join(last);
    source.slice(if lines.len() as usize <= TEXT_LIMIT { lines } else { span })
}
