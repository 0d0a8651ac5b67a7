//! Locates a link's destination and title, because pulldown-cmark copies decoded destinations and all inline titles.

use crate::source::Span;

/// The spans of `(destination "title")`, or of the text after the colon of a definition.
#[derive(Clone, Copy, Debug)]
pub(super) struct Destination {
    /// The destination, without angle brackets.
    pub url: Span,
    /// The title, without quotes.
    pub title: Option<Span>,
    /// The offset after both and the whitespace that follows.
    end: u32,
}

impl Destination {
    /// Converts offsets in the body to offsets in the file.
    pub(super) fn shift(&mut self, base: u32) {
        for span in self.title.iter_mut().chain([&mut self.url]) {
            *span = Span::new(span.start + base, span.end + base);
        }
        self.end += base;
    }
}

/// A destination without a title.
pub(super) fn without_title(url: Span) -> Destination {
    Destination { url, title: None, end: url.end }
}

/// Maximum number of `](` examined in a link: only hostile input has more.
const MAX_CANDIDATES: usize = 64;
/// The depth of parentheses that pulldown-cmark allows in a destination.
const MAX_PARENTHESES: u32 = 32;

/// The destination of the inline link or image that fills `construct`.
pub(super) fn of_inline(text: &str, construct: Span) -> Option<Destination> {
    // Do not examine the text after the link.
    let text = text.get(..construct.end as usize)?;
    let inside = construct.slice(text);
    inside.match_indices("](").take(MAX_CANDIDATES).find_map(|(found, _)| {
        let destination = read(text, construct.start + found as u32 + 2)?;
        (destination.end + 1 == construct.end && text.as_bytes().get(destination.end as usize) == Some(&b')'))
            .then_some(destination)
    })
}

/// The destination of the link reference definition at `definition`.
pub(super) fn of_definition(text: &str, definition: Span) -> Option<Destination> {
    let text = text.get(..definition.end as usize)?;
    let inside = definition.slice(text);
    let mut escaped = false;
    let colon = inside.bytes().zip(inside.bytes().skip(1)).position(|(byte, next)| {
        let found = !escaped && byte == b']' && next == b':';
        escaped = !escaped && byte == b'\\';
        found
    })?;
    read(text, definition.start + colon as u32 + 2)
}

/// Parses a destination and an optional title.
pub(super) fn read(text: &str, at: u32) -> Option<Destination> {
    let bytes = text.as_bytes();
    let at = skip_blanks(bytes, at as usize);
    let (url, after) = match bytes.get(at) {
        Some(b'<') => {
            let end = find_unescaped(bytes, at + 1, b'>')?;
            (at + 1..end, end + 1)
        }
        _ => {
            let end = bare_end(bytes, at);
            (at..end, end)
        }
    };
    let mut destination = Destination { url: Span::of(url), title: None, end: skip_blanks(bytes, after) as u32 };
    let open = destination.end as usize;
    let close = match bytes.get(open) {
        Some(quote @ (b'"' | b'\'')) if open > after => find_unescaped(bytes, open + 1, *quote),
        Some(b'(') if open > after => find_unescaped(bytes, open + 1, b')'),
        _ => None,
    };
    if let Some(close) = close {
        destination.title = Some(Span::of(open + 1..close));
        destination.end = skip_blanks(bytes, close + 1) as u32;
    }
    Some(destination)
}

/// Skips whitespace, line endings, and the quote markers at the start of lines.
fn skip_blanks(bytes: &[u8], at: usize) -> usize {
    let mut after_newline = false;
    let rest = bytes.get(at..).unwrap_or(&[]);
    let len = rest.iter().position(|byte| {
        after_newline |= *byte == b'\n';
        !(byte.is_ascii_whitespace() || (after_newline && *byte == b'>'))
    });
    at + len.unwrap_or(rest.len())
}

fn bare_end(bytes: &[u8], at: usize) -> usize {
    let mut depth = 0;
    let mut end = at;
    while let Some(&byte) = bytes.get(end) {
        match byte {
            b'\\' if bytes.get(end + 1).is_some_and(u8::is_ascii_punctuation) => end += 1,
            b'(' if depth == MAX_PARENTHESES => break,
            b'(' => depth += 1,
            b')' if depth == 0 => break,
            b')' => depth -= 1,
            _ if byte.is_ascii_whitespace() || byte.is_ascii_control() => break,
            _ => {}
        }
        end += 1;
    }
    end
}

fn find_unescaped(bytes: &[u8], from: usize, mark: u8) -> Option<usize> {
    let mut at = from;
    loop {
        let byte = *bytes.get(at)?;
        if byte == mark {
            return Some(at);
        }
        at += if byte == b'\\' { 2 } else { 1 };
    }
}
