//! Structured data in a post: `<script type="application/ld+json">`.

use crate::document::{Element, NodeKind};
use crate::source::Span;

/// The span of the JSON-LD in a script. `None` for other elements, and for scripts that are filled by a template or by
/// another script.
pub fn json_ld(element: Element<'_>, source: &str) -> Option<Span> {
    let kind = element.attribute("type").and_then(|kind| kind.known_value());
    let tag = element.start_tag().filter(|_| element.name() == "script")?;
    if !kind.is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json")) {
        return None;
    }
    let inside = Span::new(tag.end, element.end_tag()?.start.max(tag.end));
    let is_filled_later = element.children().next().is_none() && element.has_attribute("id");
    if element.tree().has_template(inside) || element.has_attribute("src") || is_filled_later {
        return None;
    }
    let text = inside.slice(source);
    let is_as_written = element.children().all(|node| node.kind() == NodeKind::Text && text.contains(node.text()));
    is_as_written.then_some(inside)
}
