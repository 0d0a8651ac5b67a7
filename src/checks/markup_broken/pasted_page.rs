//! A whole page in a post: browsers drop its `<html>`, `<head>` and `<body>`.

use crate::checks::markup_broken::broken::Broken;
use crate::document::NodeKind;
use crate::document::ask::prose::Code;
use crate::place::dialect::Dialect;
use crate::rule::Finding;
use crate::source::Span;

const PARTS: [&str; 3] = ["html", "head", "body"];

/// Whether only templates, comments and a doctype are before the offset.
fn begins_file(broken: &Broken<'_, '_>, offset: u32) -> bool {
    let nodes = broken.document.tree.root().descendants();
    let mut before = nodes.filter(|node| node.span().is_some_and(|span| span.start < offset));
    before.all(|node| match node.kind() {
        NodeKind::Text => node.text().trim().is_empty(),
        NodeKind::Element => node.as_element().is_some_and(|it| PARTS.contains(&it.name())),
        _ => true,
    })
}

/// The finding at the first tag of a pasted page. Removes its end tags from `closings`.
pub(super) fn finding(broken: &Broken<'_, '_>, closings: &mut Vec<Span>) -> Option<Finding> {
    let last = closings.iter().rev().find(|tag| PARTS.contains(&broken.name(**tag).as_str()))?;
    let text = broken.document.source.text().as_bytes();
    let code = Code::of(&broken.document.tree);
    let body = broken.document.body.start;
    let head = text.get(body as usize..last.start as usize)?;
    let is_part = |at: &u32| {
        let rest = text.get(*at as usize + 1..).unwrap_or_default();
        let begins = |part: &&str| {
            let name = rest.get(..part.len()).unwrap_or_default();
            let next = rest.get(part.len()).copied().unwrap_or(b'x');
            name.eq_ignore_ascii_case(part.as_bytes()) && matches!(next, b'>' | b' ' | b'\t' | b'\n' | b'\r')
        };
        PARTS.iter().any(begins) && !code.holds(*at)
    };
    let start = memchr::memchr_iter(b'<', head).map(|at| body + at as u32).find(is_part)?;
    let end = start + memchr::memchr(b'>', text.get(start as usize..)?)? as u32 + 1;
    closings.retain(|tag| tag.start < start || !PARTS.contains(&broken.name(*tag).as_str()));
    let tag = Span::new(start, end);
    // In MDX, `<head>` is a component. An HTML file that begins with it is the page itself.
    let is_own = match broken.document.place.dialect {
        Dialect::Mdx => true,
        // Templates of a theme, which are outside of the content.
        _ if broken.document.place.has_no_page => true,
        Dialect::Html => begins_file(broken, start),
        _ => false,
    };
    (!is_own).then(|| Finding {
        message: Some("a whole page is pasted into the post".to_owned()),
        label: Some("browsers drop this tag inside a page".to_owned()),
        help: Some("keep what is inside `<body>`, and remove the tags `<html>`, `<head>` and `<body>`".to_owned()),
        ..Finding::at(tag)
    })
}
