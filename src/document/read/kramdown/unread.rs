//! Finds Markdown inside raw HTML, which kramdown and CommonMark emit verbatim: only constructs that are almost
//! certainly meant as Markdown.

use crate::document::read::kramdown::lines::{is_space, line_end};
use std::ops::Range;

/// Maximum length of a link's text or bold text, in bytes.
pub const MAX_LEN: usize = 400;

/// The ranges of the constructs in `range`: `**bold**`, `[text](url)`, `# header` and code between backticks.
pub fn markdown_in(source: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let bytes = source.as_bytes().get(..range.end).unwrap_or_default();
    let mut found = Vec::new();
    let mut at = range.start;
    let is_mark = |byte: &u8| matches!(byte, b'*' | b'[' | b'#' | b'`');
    while let Some(next) = bytes.get(at..).and_then(|rest| rest.iter().position(is_mark)) {
        at += next;
        let end = match bytes[at] {
            b'*' => bold_end(bytes, at),
            b'[' => link_end(bytes, at),
            b'`' => code_end(source, at),
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

/// The end of a word of code between single backticks.
fn code_end(source: &str, at: usize) -> Option<usize> {
    let is_free = !source.get(..at)?.ends_with(|c: char| c.is_alphanumeric() || c == '`' || c == '\\');
    let rest = source.get(at + 1..)?;
    let len = rest.bytes().take(MAX_CODE).position(|byte| byte == b'`')?;
    let code = rest.get(..len)?;
    let is_word = code.starts_with(|c: char| c.is_ascii_alphabetic() || "-./@$_".contains(c));
    let is_ended = !rest.get(len + 1..)?.starts_with(|c: char| c == '`' || c.is_ascii_alphanumeric());
    let is_code = is_word && code.len() > 1 && !code.contains(char::is_whitespace) && !code.contains('<');
    (is_free && is_ended && is_code).then_some(at + 1 + len + 1)
}

/// Maximum length of code between backticks, in bytes.
const MAX_CODE: usize = 80;

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

/// Whether elements of this name usually contain text that only resembles Markdown, such as code.
pub fn is_opaque(name: &str) -> bool {
    matches!(name, "pre" | "code" | "kbd" | "samp" | "textarea" | "math" | "svg" | "xmp" | "listing")
}

/// The constructs in HTML of CommonMark, between its tags. Code, scripts and comments are not examined: `opaque` counts
/// the open elements of this kind.
pub fn markdown_between_tags(html: &str, opaque: &mut usize) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < html.len() {
        let rest = html.get(at..).unwrap_or("");
        let text = rest.find('<').unwrap_or(rest.len());
        if *opaque == 0 {
            found.extend(markdown_in(html, at..at + text));
        }
        let Some(tag) = rest.get(text..).filter(|tag| !tag.is_empty()) else { break };
        let name = tag.trim_start_matches(['<', '/']);
        let name = name.get(..name.bytes().take_while(u8::is_ascii_alphanumeric).count()).unwrap_or("");
        let name = name.to_ascii_lowercase();
        let len = tag_len(tag);
        if is_opaque(&name) || matches!(&*name, "script" | "style" | "template") {
            let is_closed = tag.get(..len).is_some_and(|tag| tag.ends_with("/>"));
            *opaque = if tag.starts_with("</") { opaque.saturating_sub(1) } else { *opaque + usize::from(!is_closed) };
        }
        at += text + len;
    }
    found
}

/// The length of the tag or comment at the start of `text`, or 1 if there is none.
fn tag_len(text: &str) -> usize {
    if text.starts_with("<!--") {
        return text.find("-->").map_or(text.len(), |end| end + 3);
    }
    if !text
        .get(1..)
        .is_some_and(|rest| rest.starts_with(|next: char| next.is_ascii_alphabetic() || "/!?".contains(next)))
    {
        return 1;
    }
    let mut quote = None;
    let end = text.bytes().position(|byte| {
        match quote {
            Some(open) if byte == open => quote = None,
            None if matches!(byte, b'"' | b'\'') => quote = Some(byte),
            _ => {}
        }
        byte == b'>' && quote.is_none()
    });
    end.map_or(text.len(), |end| end + 1)
}
