//! Links whose parentheses do not pair: `[text](https://example.com` and `[text]((https://example.com)`.

use crate::checks::link_not_rendered::{MAX_LENGTH, bracket_before, is_address};
use crate::diagnostic::{Fix, Safety};
use crate::document::edit::element;
use crate::rule::Finding;
use crate::source::Span;

/// File extensions of pictures: a relative path that ends with one is certainly a URL.
const PICTURES: [&str; 7] = [".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif"];

/// Text that was meant as a link, but whose URL is not enclosed in one pair of parentheses. Offsets are in bytes of the body.
pub struct Unclosed {
    /// The offset of the `[`.
    pub open: usize,
    is_image: bool,
    /// The start and end of the URL.
    address: (usize, usize),
    /// What is after the URL in place of its `)`.
    end: End,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// Nothing: the text goes on or ends.
    Missing,
    /// A line ending, after which the URL goes on.
    LineEnding,
    /// A full-width `）`.
    Wide,
    /// A `)`, after two `(`.
    OfSecond,
}

impl Unclosed {
    /// The link whose text ends with this bracket, if it is rendered as text.
    pub fn at(body: &str, bracket: usize) -> Option<Self> {
        let inside = body.get(bracket + 1..)?.strip_prefix('(')?;
        let start = bracket + 2;
        let (start, len, end) = match inside.strip_prefix('(') {
            Some(inside) => (
                start + 1,
                inside.bytes().take(MAX_LENGTH).position(|byte| byte == b')' || !may_be_in_url(byte))?,
                None,
            ),
            None => {
                let (len, end) = end_of(inside)?;
                (start, len, Some(end))
            }
        };
        let address = body.get(start..start + len)?;
        let after = body.get(start + len..)?;
        let end = match end {
            Some(end) => end,
            // `((URL))` is a URL with parentheses.
            None if after.starts_with(')') && !after.starts_with("))") => End::OfSecond,
            None => return None,
        };
        let open = bracket_before(body.get(..bracket)?)?;
        let before = body.get(..open)?;
        let is_image = before.ends_with('!');
        let is_escaped = body.get(..bracket)?.ends_with('\\') || before.ends_with('\\') || before.ends_with("\\!");
        let is_noted = body.get(open + 1..bracket)?.starts_with('^');
        let is_url = is_address(address) || is_image && is_picture(address);
        (is_url && !is_escaped && !is_noted).then_some(Unclosed { open, is_image, address: (start, start + len), end })
    }

    /// Where what the fix makes a link ends, or the bare URL that it was: at whitespace, or behind that in the URL.
    fn changed_until(&self, body: &str) -> usize {
        let after = |at: usize| body.get(at..).unwrap_or("");
        let word = |at: usize| at + after(at).find(char::is_whitespace).unwrap_or(after(at).len());
        let end = word(self.address.1);
        match self.end {
            End::LineEnding => word(end + after(end).len() - after(end).trim_start().len()),
            _ => end,
        }
    }

    pub fn finding(&self, body: &str, offset: u32) -> Finding {
        let span = |start: usize, end: usize| Span::new(offset + start as u32, offset + end as u32);
        let (start, end) = self.address;
        let what = if self.is_image { "image" } else { "link" };
        let whole_start = self.open - usize::from(self.is_image);
        let whole = span(whole_start, end);
        let (why, title, edit) = match self.end {
            End::Missing => {
                ("a `)` is missing after its URL", "write `)`", element::replace(Span::empty(offset + end as u32), ")"))
            }
            End::LineEnding => {
                let rest = body.get(end..).unwrap_or("");
                let len = rest.len() - rest.trim_start().len();
                ("a line ending is inside its URL", "remove it", element::delete(span(end, end + len)))
            }
            End::Wide => (
                "a full-width `）` is after its URL",
                "write `)`",
                element::replace(span(end, end + '）'.len_utf8()), ")"),
            ),
            End::OfSecond => ("two `(` are before its URL", "remove one `(`", element::delete(span(start - 1, start))),
        };
        // Where the words of the sentence follow without a space, only readers know where the URL ends.
        let is_whole = body.get(start..end).is_some_and(|url| {
            url.is_ascii() && !url.ends_with(['.', ',', ';', ':', '!', '?', '(', '\'', '*', '_', ']'])
        });
        let fix = is_whole
            .then(|| Fix::new(title, Safety::Unsafe, vec![edit]).about(span(whole_start, self.changed_until(body))));
        Finding {
            message: Some(format!("{what} is rendered as text: {why}")),
            help: Some(title.to_owned()),
            fix,
            ..Finding::at(whole)
        }
    }
}

/// Where the URL ends that begins here, if no `)` follows it. A title, or a `)` on the next line, makes it a link.
fn end_of(inside: &str) -> Option<(usize, End)> {
    let mut depth = 0;
    let window = inside.get(..inside.floor_char_boundary(MAX_LENGTH))?;
    for (at, c) in window.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => return None,
            ')' => depth -= 1,
            '）' => return Some((at, End::Wide)),
            c if c.is_whitespace() => {
                return Some((at, after_whitespace(inside.get(at..)?)?));
            }
            c if c.is_ascii() && !may_be_in_url(c as u8) => return None,
            _ => {}
        }
    }
    (window.len() == inside.len()).then_some((inside.len(), End::Missing))
}

/// What this text after a URL is, which begins with whitespace: `None` if it may make a link of it.
fn after_whitespace(after: &str) -> Option<End> {
    let rest = after.trim_start();
    let lines = after.get(..after.len() - rest.len())?.matches('\n').count();
    if rest.is_empty() || lines > 1 {
        return Some(End::Missing);
    }
    let word = rest.split(char::is_whitespace).next()?.split(')').next()?;
    let goes_on = lines == 1 && rest.get(word.len()..)?.starts_with(')') && word.bytes().all(may_be_in_url);
    match rest.starts_with([')', '"', '\'', '(', '=']) {
        true => None,
        false if goes_on => Some(End::LineEnding),
        false => Some(End::Missing),
    }
}

/// Whether a byte may be in a URL: no template, no code, no markup.
fn may_be_in_url(byte: u8) -> bool {
    !byte.is_ascii_whitespace() && !matches!(byte, b'<' | b'>' | b'{' | b'}' | b'"' | b'`' | b'\\' | b'[' | b'|')
}

/// Whether the text is the path of a picture.
fn is_picture(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    text.starts_with(|c: char| c.is_alphanumeric()) && PICTURES.iter().any(|extension| lower.ends_with(extension))
}
