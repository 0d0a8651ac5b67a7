//! Finds the `}` that closes a `{` in JavaScript with JSX, as far as that is possible without parsing either.

use rustc_hash::FxHashSet;

/// Finds the ends of expressions, and caches positions without an end.
pub(super) struct Braces<'t> {
    text: &'t [u8],
    unclosed: [FxHashSet<usize>; 2],
    /// Number of bytes that may still be examined: hostile input must not make every `{` scan the whole file.
    budget: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Brace(usize),
    TemplateLiteral,
}

impl<'t> Braces<'t> {
    pub(super) fn new(text: &'t [u8]) -> Self {
        Braces { text, unclosed: Default::default(), budget: text.len().saturating_mul(16) }
    }

    /// The offset after the `}` that closes the `{` at `open`.
    pub(super) fn end(&mut self, open: usize) -> Option<usize> {
        // The text of JSX children may contain a single apostrophe: the second attempt ignores quotes.
        self.end_with(open, true).or_else(|| self.end_with(open, false))
    }

    /// The offset after the quoted attribute value that starts at `open`. It may extend over several lines.
    pub(super) fn string_end(&mut self, mark: u8, open: usize) -> Option<usize> {
        let rest = self.text.get(open + 1..)?;
        let len = memchr::memchr2(mark, b'<', rest)?;
        self.budget = self.budget.checked_sub(len)?;
        (rest.get(len) == Some(&mark)).then_some(open + len + 2)
    }

    fn end_with(&mut self, open: usize, strings: bool) -> Option<usize> {
        if self.unclosed[usize::from(strings)].contains(&open) {
            return None;
        }
        let mut levels = vec![Level::Brace(open)];
        let mut at = open + 1;
        let mut lone_quotes_until = open;
        while let Some(&byte) = self.text.get(at) {
            let level = *levels.last()?;
            at += 1;
            match (level, byte) {
                (Level::Brace(_), b'{') => levels.push(Level::Brace(at - 1)),
                (Level::Brace(_), b'}') => {
                    levels.pop();
                    if levels.is_empty() {
                        self.budget = self.budget.checked_sub(at - open)?;
                        return Some(at);
                    }
                }
                (Level::Brace(_), b'`') if strings => levels.push(Level::TemplateLiteral),
                (Level::Brace(_), b'"' | b'\'') if strings && at > lone_quotes_until => {
                    match self.line_string_end(byte, at) {
                        Ok(end) => at = end,
                        Err(line_end) => lone_quotes_until = line_end,
                    }
                }
                (Level::Brace(_), b'/') if strings => at = self.comment_end(at).unwrap_or(at),
                (Level::TemplateLiteral, b'\\') => at += 1,
                (Level::TemplateLiteral, b'`') => {
                    levels.pop();
                }
                (Level::TemplateLiteral, b'$') if self.text.get(at) == Some(&b'{') => {
                    levels.push(Level::Brace(at));
                    at += 1;
                }
                _ => {}
            }
        }
        self.budget = self.budget.saturating_sub(at - open);
        if self.budget == 0 {
            self.text = &[];
        }
        self.unclosed[usize::from(strings)].extend(levels.iter().filter_map(|level| match level {
            Level::Brace(at) => Some(*at),
            Level::TemplateLiteral => None,
        }));
        None
    }

    /// The offset after the string whose content starts at `from`; `Err` with the end of the line if it does not end
    /// there.
    fn line_string_end(&self, mark: u8, from: usize) -> Result<usize, usize> {
        let mut at = from;
        while let Some(&byte) = self.text.get(at) {
            match byte {
                b'\\' => at += 1,
                b'\n' => break,
                _ if byte == mark => return Ok(at + 1),
                _ => {}
            }
            at += 1;
        }
        Err(at)
    }

    /// The offset after the comment whose first `/` ends at `at`. An unclosed comment extends to the end of the text.
    fn comment_end(&self, at: usize) -> Option<usize> {
        let rest = self.text.get(at..)?;
        match rest.first()? {
            b'*' => Some(memchr::memmem::find(rest, b"*/").map_or(self.text.len(), |end| at + end + 2)),
            // In `https://…`, which may occur in JSX text, `//` does not start a comment.
            b'/' if self.text.get(at.checked_sub(2)?).is_some_and(|byte| b" \t\n{;,(".contains(byte)) => {
                Some(memchr::memchr(b'\n', rest).map_or(self.text.len(), |end| at + end))
            }
            _ => None,
        }
    }
}
