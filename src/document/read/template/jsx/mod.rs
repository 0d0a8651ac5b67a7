//! MDX: `import` and `export` blocks, `{expressions}` and the tags of components. Tags of HTML elements are not masked,
//! and neither is code.

mod braces;
mod esm;

use crate::document::read::template::region::{Region, Shape};
use crate::source::Span;
use braces::Braces;

/// Finds JavaScript in `text` from `from` on; `code` has the sorted spans of Markdown code.
pub(super) fn scan(text: &str, from: usize, code: &[Span]) -> Vec<Region> {
    let bytes = text.as_bytes();
    let mut regions = Vec::new();
    let mut braces = Braces::new(bytes);
    let mut esm = esm::Esm::default();
    let mut code = code.iter().peekable();
    let mut at = from;
    let mut esm_may_start = true;
    while at < bytes.len() {
        if esm_may_start && let Some(end) = esm.end(bytes, at) {
            regions.push(Region { span: Span::of(at..end), shape: Shape::Expression });
            at = end;
        }
        let Some(found) = memchr::memchr3(b'{', b'<', b'\n', bytes.get(at..).unwrap_or(&[])) else { break };
        let here = at + found;
        while code.next_if(|span| span.end as usize <= here).is_some() {}
        if let Some(span) = code.peek().filter(|span| span.start as usize <= here) {
            // Continue on the line after the fence, where a block of statements may start.
            at = span.end as usize;
            esm_may_start = bytes.get(at.wrapping_sub(1)) == Some(&b'\n');
            continue;
        }
        esm_may_start = bytes.get(here) == Some(&b'\n');
        let region = match bytes.get(here) {
            Some(b'{') if bytes.get(here.wrapping_sub(1)) != Some(&b'\\') => {
                braces.end(here).map(|end| Region { span: Span::of(here..end), shape: Shape::Expression })
            }
            Some(b'<') => component_end(bytes, here, &mut braces)
                .map(|end| Region { span: Span::of(here..end), shape: Shape::Tag }),
            _ => None,
        };
        at = region.map_or(here + 1, |region| region.span.end as usize);
        regions.extend(region);
    }
    regions
}

/// The end of a component's tag (`<Name …>`, `<a.b/>`, `</Name>`, `<>`); `None` for the tags of HTML elements.
fn component_end(text: &[u8], open: usize, braces: &mut Braces<'_>) -> Option<usize> {
    let after = text.get(open + 1..)?;
    let name = after.strip_prefix(b"/").unwrap_or(after);
    let len = name.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"._-:$".contains(byte)).count();
    let name = name.get(..len)?;
    let mut at = text.len() - after.len() + usize::from(after.starts_with(b"/")) + len;
    match name.first() {
        None => return (text.get(at) == Some(&b'>')).then_some(at + 1),
        Some(first) if first.is_ascii_uppercase() => {}
        Some(first) if first.is_ascii_lowercase() && name.contains(&b'.') => {}
        _ => return None,
    }
    loop {
        match *text.get(at)? {
            b'>' => return Some(at + 1),
            b'{' => at = braces.end(at)?,
            mark @ (b'"' | b'\'') => at = braces.string_end(mark, at)?,
            b'<' => return None,
            b'\n' if crate::document::read::template::cursor::is_blank_line(text, at + 1) => return None,
            _ => at += 1,
        }
    }
}
