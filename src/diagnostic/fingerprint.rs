//! Identifies a finding by the text around it rather than by its line number, so that edits elsewhere do not change it.

use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};

/// Maximum number of bytes of text in a fingerprint. If the lines are longer (a page on one line), the span's own text
/// is used, cut to this length: the cost of a finding must not depend on the length of its line.
const TEXT_LIMIT: usize = 1000;

/// The words that distinguish `finding` from others of its rule: those of its identity, or else those of its source
/// text.
pub fn words<'d>(source: &'d Source, finding: &'d Diagnostic) -> impl Iterator<Item = &'d str> {
    let text = finding.identity.as_deref().unwrap_or_else(|| lines(source, finding.label.span));
    text.get(..text.floor_char_boundary(TEXT_LIMIT)).unwrap_or(text).split_whitespace()
}

/// The words of the source text that a report shows for `finding`.
pub fn shown<'d>(source: &'d Source, finding: &Diagnostic) -> impl Iterator<Item = &'d str> {
    lines(source, finding.label.span).split_whitespace()
}

/// 16 hexadecimal digits that distinguish `finding` from others of its rule.
pub fn content(source: &Source, finding: &Diagnostic) -> String {
    let mut hasher = blake3::Hasher::new();
    for word in words(source, finding) {
        hasher.update(word.as_bytes()).update(b" ");
    }
    hasher.finalize().to_hex().chars().take(16).collect()
}

/// The lines that `span` touches, or only its own text if they are long.
fn lines(source: &Source, span: Span) -> &str {
    let first = source.line_span(source.line_of(span.start));
    let last = source.line_span(source.line_of(span.end.saturating_sub(1).max(span.start)));
    let lines = first.join(last);
    source.slice(if lines.len() as usize <= TEXT_LIMIT { lines } else { span })
}
