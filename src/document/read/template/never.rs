//! Branches of Liquid that never run: `{% if false %}…{% endif %}`, by which authors switch off a part of a page.

use crate::document::read::template::cursor::tag_name;
use memchr::memmem;

/// Tags whose blocks may be nested in a branch.
const BLOCKS: [&[u8]; 5] = [b"if", b"unless", b"case", b"for", b"tablerow"];

/// Whether a tag begins a branch that never runs. `inside` is the text between its delimiters.
pub(super) fn begins(inside: &[u8]) -> bool {
    let inside = inside.strip_prefix(b"-").unwrap_or(inside);
    let inside = inside.strip_suffix(b"-").unwrap_or(inside).trim_ascii();
    let name = tag_name(inside);
    let condition = inside.get(name.len()..).unwrap_or(&[]).trim_ascii();
    matches!((name, condition), (b"if", b"false" | b"nil" | b"null") | (b"unless", b"true"))
}

/// Where the branch that begins at `from` ends: after the tag that closes it or begins another one.
pub(super) fn end(text: &[u8], from: usize) -> Option<usize> {
    let (mut at, mut depth) = (from, 0_usize);
    let mut skipped_until: Option<&[u8]> = None;
    loop {
        let open = at + memmem::find(text.get(at..)?, b"{%")? + 2;
        let close = open + memmem::find(text.get(open..)?, b"%}")?;
        let name = tag_name(text.get(open..close)?);
        at = close + 2;
        match name {
            _ if skipped_until.is_some() => skipped_until = skipped_until.filter(|until| *until != name),
            b"raw" => skipped_until = Some(b"endraw"),
            b"comment" => skipped_until = Some(b"endcomment"),
            b"else" | b"elsif" | b"elif" | b"endif" | b"endunless" if depth == 0 => return Some(at),
            _ if BLOCKS.contains(&name) => depth += 1,
            _ if name.strip_prefix(b"end").is_some_and(|name| BLOCKS.contains(&name)) => {
                depth = depth.checked_sub(1)?
            }
            _ => {}
        }
    }
}
