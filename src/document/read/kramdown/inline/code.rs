//! Code spans and inline mathematics.
//!
//! In kramdown 2.4: `parser/kramdown/codespan.rb`, `parse_codespan`, and `parser/kramdown/math.rb`,
//! `parse_inline_math`.

use crate::document::read::kramdown::code_span::code_span;
use crate::document::read::kramdown::inline::{Event, Inline, Math};
use crate::document::read::kramdown::lines::trim;
use html5ever::local_name;

impl Inline<'_, '_> {
    /// Parses a code span at `at`, or its backticks as text. Returns the end.
    pub(super) fn code(&mut self, at: usize) -> usize {
        let Some((inside, end)) = code_span(self.source, at, &mut self.backticks) else {
            return at + self.source[at..].bytes().take_while(|&byte| byte == b'`').count();
        };
        let opened = self.open(local_name!("code"), at, inside.start);
        if !inside.is_empty() {
            self.events.all.push(Event::Text(inside.clone()));
        }
        self.run = inside.end;
        self.run = end;
        self.close(opened, end..end)
    }

    /// Parses `$$math$$` at `at`. Returns its end.
    pub(super) fn math(&mut self, at: usize) -> Option<usize> {
        let rest = self.source.get(at..)?.strip_prefix("$$")?;
        let len = memchr::memmem::find(rest.as_bytes(), b"$$")?;
        let inside = trim(self.source, at + 2..at + 2 + len);
        let end = at + 2 + len + 2;
        Some(self.push(at..end, Event::Math(Math { range: at..end, inside })))
    }
}
