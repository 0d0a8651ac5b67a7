//! Text, entities and code spans.

use crate::document::read::markdown::Reader;
use crate::document::tree::build::Build;
use crate::source::Span;

impl<B: Build> Reader<'_, B> {
    /// Emits text that is verbatim at `written` or was decoded from it.
    pub(super) fn text(&mut self, text: &str, written: Span) {
        let span = self.located(text).or_else(|| self.indentation(text, written));
        if span.is_none() {
            self.flush_before_text(written);
        }
        match span {
            _ if text.is_empty() => {}
            Some(span) if self.in_html_block => self.html_block_line(text, span),
            _ if self.in_html_block => self.html_block_line(text, self.tab_before(written)),
            Some(span) => self.add_to_run(span),
            None if written.is_empty() => self.build.decoded_text(self.tab_before(written), text),
            None => self.build.decoded_text(written, text),
        }
    }

    /// The span of whitespace at the start of a line, which the parser reports as a separate text.
    fn indentation(&self, text: &str, at: Span) -> Option<Span> {
        let start = at.start.checked_sub(text.len() as u32).filter(|_| at.is_empty())?;
        let before = Span::new(start.max(self.base), at.start);
        (self.seen(before) == text).then_some(before)
    }

    /// The span of the tab that the parser reported as spaces; `at` if there is none.
    fn tab_before(&self, at: Span) -> Span {
        let before = Span::new(at.start.saturating_sub(1).max(self.base), at.start);
        if at.is_empty() && self.seen(before) == "\t" { before } else { at }
    }

    /// Emits text that is verbatim in the file, except for NUL, which CommonMark replaces.
    pub(super) fn verbatim(&mut self, span: Span) {
        if span.is_empty() {
            return;
        }
        let text = self.written(span);
        if memchr::memchr(0, text.as_bytes()).is_none() {
            return self.build.text(span);
        }
        let mut at = span.start;
        for nul in memchr::memchr_iter(0, text.as_bytes()) {
            let nul = span.start + nul as u32;
            if at < nul {
                self.build.text(Span::new(at, nul));
            }
            self.build.decoded_text(Span::new(nul, nul + 1), "\u{fffd}");
            at = nul + 1;
        }
        if at < span.end {
            self.build.text(Span::new(at, span.end));
        }
    }

    /// Emits the text of a code span. The parser copies it if it extends over several lines.
    pub(super) fn code_text(&mut self, text: &str, written: Span) {
        if let Some(span) = self.located(text) {
            return self.verbatim(span);
        }
        match self.code_pieces(text, written) {
            Some(pieces) => {
                for (span, decoded) in pieces {
                    if decoded {
                        self.build.decoded_text(span, " ");
                    } else {
                        self.verbatim(span);
                    }
                }
            }
            None => self.build.decoded_text(written, text),
        }
    }

    /// The verbatim runs of a copied code span, and whether each is a line ending that became a space. `None` if the
    /// copy does not match the file.
    fn code_pieces(&self, text: &str, written: Span) -> Option<Vec<(Span, bool)>> {
        let construct = self.seen(written);
        let inside = construct.trim_matches('`');
        let start = written.start + (construct.len() - construct.trim_start_matches('`').len()) as u32;
        let mut pieces: Vec<(Span, bool)> = Vec::new();
        let mut text = text.as_bytes().iter().copied().peekable();
        let mut line_start = false;
        for (at, &byte) in (start..).zip(inside.as_bytes()) {
            let span = Span::new(at, at + 1);
            match text.peek() {
                Some(&seen) if seen == byte => {
                    line_start = false;
                    text.next();
                    match pieces.last_mut() {
                        Some((last, false)) if last.end == span.start => last.end = span.end,
                        _ => pieces.push((span, false)),
                    }
                }
                Some(b' ') if byte == b'\n' || byte == b'\r' => {
                    line_start = true;
                    text.next();
                    pieces.push((span, true));
                }
                _ if line_start && matches!(byte, b' ' | b'\t' | b'>' | b'\n') => {}
                // Bytes that the copy lacks: a space or line ending at either end, and the backslash before a `|` in a
                // table.
                _ if matches!(byte, b' ' | b'\n' | b'\r' | b'\\') => {}
                _ => return None,
            }
        }
        text.next().is_none().then_some(pieces)
    }
}
