//! A finding's name that outlives edits elsewhere in the file: it knows the text it stands on, not the line number.

use super::FileReport;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use rustc_hash::FxHashMap;

/// Bytes of text that go into a fingerprint. Where the lines are longer (a page on one line), the span's own text does,
/// and of it no more than this: otherwise every finding would cost the length of its line.
const TEXT_LIMIT: usize = 1000;

/// The fingerprints given out so far in one file.
#[derive(Default)]
pub(super) struct Fingerprints {
    seen: FxHashMap<blake3::Hash, u32>,
}

impl Fingerprints {
    /// 16 hexadecimal digits for the next finding of `file`. Findings that agree in rule, path and text are told apart
    /// by their order.
    pub(super) fn next(&mut self, file: &FileReport, finding: &Diagnostic) -> String {
        let mut hasher = blake3::Hasher::new();
        for part in [&*finding.rule, &*file.path] {
            hasher.update(part.as_bytes()).update(b"\0");
        }
        for word in text_below(file, finding.label.span).split_whitespace() {
            hasher.update(word.as_bytes()).update(b" ");
        }
        let same = self.seen.entry(hasher.finalize()).or_default();
        hasher.update(&same.to_le_bytes());
        *same += 1;
        hasher.finalize().to_hex().chars().take(16).collect()
    }
}

/// The lines `span` touches, or only its own text where they are long.
fn text_below(file: &FileReport, span: Span) -> &str {
    let source = &file.source;
    let first = source.line_span(source.line_of(span.start));
    let last = source.line_span(source.line_of(span.end.saturating_sub(1).max(span.start)));
    let lines = first.join(last);
    if lines.len() as usize <= TEXT_LIMIT {
        return source.slice(lines);
    }
    let text = source.slice(span);
    text.get(..text.floor_char_boundary(TEXT_LIMIT)).unwrap_or(text)
}
