//! Hugo's shortcodes: `{{< name … >}}`, `{{% name … %}}` and the escaped `{{</* name */>}}`. The text between two
//! paired tags is part of the post, unless it is neither Markdown nor HTML (`OPAQUE`).

use crate::document::read::template::cursor::Cursor;
use crate::document::read::template::region::{Region, Shape};
use crate::source::Span;
use memchr::memmem;

/// Shortcodes of Hugo and its most common themes whose content is neither Markdown nor HTML.
const OPAQUE: [&str; 7] = ["highlight", "comment", "mermaid", "katex", "math", "plantuml", "code-toggle"];

/// Finds the shortcodes in `text` from `from` on.
pub(super) fn scan(text: &str, from: usize) -> Vec<Region> {
    let text = text.as_bytes();
    let mut regions = Vec::new();
    let mut opens = Cursor::new("{{");
    let (mut html, mut markdown) = (Cursor::new(">}}"), Cursor::new("%}}"));
    let mut unended = Vec::new();
    let mut at = from;
    while let Some(open) = opens.find(text, at) {
        let close = match text.get(open + 2) {
            Some(b'<') => html.find(text, open + 3),
            Some(b'%') => markdown.find(text, open + 3),
            _ => {
                at = open + 1;
                continue;
            }
        };
        let Some(mut end) = close.map(|close| close + 3) else {
            at = open + 2;
            continue;
        };
        let inside = text.get(open + 3..end - 3).unwrap_or(&[]).trim_ascii();
        if let Some(name) = opaque_name(inside).filter(|name| !unended.contains(name)) {
            match end_of_pair(text, name, end) {
                Some(pair) => end = pair,
                None => unended.push(name),
            }
        }
        regions.push(Region { span: Span::of(open..end), shape: Shape::Tag });
        at = end;
    }
    regions
}

fn opaque_name(inside: &[u8]) -> Option<&'static str> {
    if inside.ends_with(b"/") {
        return None;
    }
    let end = inside.iter().position(u8::is_ascii_whitespace).unwrap_or(inside.len());
    let name = inside.get(..end)?;
    OPAQUE.iter().copied().find(|known| known.as_bytes() == name)
}

/// The end of the next `{{< /name >}}` or `{{% / name %}}`.
fn end_of_pair(text: &[u8], name: &str, from: usize) -> Option<usize> {
    memmem::find_iter(text.get(from..)?, name.as_bytes()).find_map(|found| {
        let before = text.get(from..from + found)?.trim_ascii_end().strip_suffix(b"/")?.trim_ascii_end();
        let after = text.get(from + found + name.len()..)?.trim_ascii_start();
        let delimited = (before.ends_with(b"{{<") && after.starts_with(b">}}"))
            || (before.ends_with(b"{{%") && after.starts_with(b"%}}"));
        delimited.then_some(text.len() - after.len() + 3)
    })
}
