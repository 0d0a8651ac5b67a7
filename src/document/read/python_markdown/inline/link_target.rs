//! The URL and the title of a link, between `(` and `)` (`LinkInlineProcessor.getLink`).

use std::ops::Range;

/// A target that was read.
#[derive(Debug)]
pub(super) struct Target {
    pub(super) url: Range<usize>,
    pub(super) title: Option<Range<usize>>,
    pub(super) end: usize,
}

/// Reads the target whose `(` is at `open`; otherwise returns how many bytes were read without a match.
pub(super) fn target(text: &str, open: usize) -> Result<Target, usize> {
    let rest = text.get(open + 1..).unwrap_or("");
    let start = open + 1 + (rest.len() - rest.trim_start().len());
    match in_angles(text, start) {
        Some(target) => Ok(target),
        None => Reader::new(start).read(text).ok_or(text.len() - open),
    }
}

/// `(<url> "title")`
fn in_angles(text: &str, start: usize) -> Option<Target> {
    let inside = text.get(start..)?.strip_prefix('<')?;
    let len = inside.find(['<', '>']).filter(|&len| inside.as_bytes().get(len) == Some(&b'>'))?;
    let url = start + 1..start + 1 + len;
    let mut at = skip_spaces(text, url.end + 1);
    let mut title = None;
    if let Some(quote) = text.get(at..)?.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let len = text.get(at + 1..)?.find(quote)?;
        title = Some(at + 1..at + 1 + len);
        at = skip_spaces(text, at + len + 2);
    }
    text.get(at..)?.starts_with(')').then(|| Target { url, title, end: at + 1 })
}

fn skip_spaces(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    at + rest.len() - rest.trim_start().len()
}

/// A quote that may begin a title.
#[derive(Clone, Copy)]
struct Quote {
    mark: u8,
    /// After the mark that opens.
    start: usize,
    /// After the last mark that may close.
    exit: Option<usize>,
}

/// The state of the loop in `getLink`.
struct Reader {
    start: usize,
    brackets: i64,
    backtrack: i64,
    last_bracket: Option<usize>,
    first: Option<Quote>,
    second: Option<Quote>,
    ignores: bool,
    last: u8,
}

impl Reader {
    fn new(start: usize) -> Self {
        Reader {
            start,
            brackets: 1,
            backtrack: 1,
            last_bracket: None,
            first: None,
            second: None,
            ignores: false,
            last: 0,
        }
    }

    fn closes(&self, quote: Option<Quote>) -> bool {
        quote.is_some_and(|quote| quote.exit.is_some() && quote.mark == self.last)
    }

    fn read(mut self, text: &str) -> Option<Target> {
        let bytes = text.as_bytes();
        let mut at = self.start;
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'(' => self.open(),
                b')' => self.close(at),
                b'\'' | b'"' => self.quote(byte, at),
                _ => {}
            }
            at += 1;
            if self.brackets == 0 {
                return Some(self.target(at));
            }
            if byte != b' ' {
                self.last = byte;
            }
        }
        let end = self.last_bracket.filter(|_| self.backtrack == 0)?;
        Some(Target { url: self.start..end - 1, title: None, end })
    }

    fn open(&mut self) {
        if !self.ignores {
            self.brackets += 1;
        } else if self.backtrack > 0 {
            self.backtrack -= 1;
        }
    }

    fn close(&mut self, at: usize) {
        if self.closes(self.first) || self.closes(self.second) {
            self.brackets = 0;
        } else if !self.ignores {
            self.brackets -= 1;
        } else if self.backtrack > 0 {
            self.backtrack -= 1;
            if self.backtrack == 0 {
                self.last_bracket = Some(at + 1);
            }
        }
    }

    fn quote(&mut self, mark: u8, at: usize) {
        let new = Quote { mark, start: at + 1, exit: None };
        match (&mut self.first, &mut self.second) {
            (None, _) => {
                self.ignores = true;
                self.backtrack = self.brackets;
                self.brackets = 1;
                self.first = Some(new);
            }
            (Some(first), second @ None) if first.mark != mark => *second = Some(new),
            (Some(first), _) if first.mark == mark => first.exit = Some(at + 1),
            (_, Some(second)) if second.mark == mark => second.exit = Some(at + 1),
            _ => {}
        }
    }

    fn target(&self, end: usize) -> Target {
        for quote in [self.first, self.second] {
            if let Some(Quote { start, exit: Some(exit), .. }) = quote.filter(|_| self.closes(quote)) {
                return Target { url: self.start..start - 1, title: Some(start..exit - 1), end };
            }
        }
        Target { url: self.start..end - 1, title: None, end }
    }
}
