//! Finds Markdown inside raw HTML, which kramdown emits verbatim: only constructs that are almost certainly meant as
//! Markdown.

use crate::document::read::kramdown::lines::{is_space, line_end};
use std::ops::Range;

/// Maximum length of a link's text or bold text, in bytes.
pub(super) const MAX_LEN: usize = 400;

/// The ranges of the constructs in `range`: `**bold**`, `[text](url)`, `# header`.
pub(in crate::document::read::kramdown) fn markdown_in(source: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let bytes = source.as_bytes().get(..range.end).unwrap_or_default();
    let mut found = Vec::new();
    let mut at = range.start;
    while let Some(next) = bytes.get(at..).and_then(|rest| memchr::memchr3(b'*', b'[', b'#', rest)) {
        at += next;
        let end = match bytes[at] {
            b'*' => bold_end(bytes, at),
            b'[' => link_end(bytes, at),
            _ => header_end(source, range.clone(), at),
        };
        match end {
            Some(end) => {
                let image = bytes[at] == b'[' && at > range.start && bytes[at - 1] == b'!';
                found.push(at - usize::from(image)..end);
                at = end;
            }
            None => at += bytes[at..].iter().take_while(|&&byte| byte == bytes[at]).count(),
        }
    }
    found
}

fn bold_end(bytes: &[u8], at: usize) -> Option<usize> {
    let inside = at + 2;
    let rest = &bytes.get(inside..)?[..MAX_LEN.min(bytes.len() - inside)];
    let starts = bytes.get(at + 1) == Some(&b'*') && rest.first().is_some_and(|&byte| !is_space(byte) && byte != b'*');
    let len = starts.then(|| memchr::memmem::find(rest, b"**")).flatten()?;
    let on_one_line = memchr::memchr(b'\n', &rest[..len]).is_none();
    (on_one_line && !is_space(rest[len - 1])).then_some(inside + len + 2)
}

fn link_end(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = &bytes[at..bytes.len().min(at + MAX_LEN)];
    let text = memchr::memchr(b']', rest).filter(|&len| len > 1 || bytes.get(at.wrapping_sub(1)) == Some(&b'!'))?;
    let url = rest.get(text + 1..)?.strip_prefix(b"(")?;
    let len = memchr::memchr(b')', url)?;
    (len > 0 && !url[..len].iter().copied().any(is_space)).then_some(at + text + 2 + len + 1)
}

fn header_end(source: &str, range: Range<usize>, at: usize) -> Option<usize> {
    let before = source.get(..at)?.trim_end_matches([' ', '\t']);
    if !before.ends_with('\n') || before.len() < range.start {
        return None;
    }
    let end = line_end(source, at).min(range.end);
    let line = source.get(at..end)?.trim_end();
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    (level <= 6 && text.starts_with(' ') && !text.trim().is_empty()).then_some(at + line.len())
}
