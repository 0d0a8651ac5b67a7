//! Edits of elements and attributes. Each one changes only what its name says, and removes the whitespace that would
//! otherwise be left over.

use crate::document::{Attribute, Element, Origin};
use crate::edit::{Edit, lines};
use crate::source::Span;

/// Deletes the bytes of `span`.
pub fn delete(span: Span) -> Edit {
    Edit { span, text: String::new() }
}

/// Replaces the bytes of `span` with `text`.
pub fn replace(span: Span, text: &str) -> Edit {
    Edit { span, text: text.to_owned() }
}

/// Removes an attribute and the whitespace before it.
pub fn remove_attribute(source: &str, attribute: Attribute<'_>) -> Option<Edit> {
    attribute.name_span()?;
    Some(delete(with_blanks_before(source, attribute.span()?)))
}

/// Removes one token from an attribute value, or the whole attribute if it is the only one.
pub fn remove_token(source: &str, attribute: Attribute<'_>, token: Span) -> Option<Edit> {
    let value = attribute.value_span()?;
    let before = Span::new(value.start, token.start).slice(source);
    let after = Span::new(token.end, value.end).slice(source);
    if before.trim().is_empty() && after.trim().is_empty() {
        return remove_attribute(source, attribute);
    }
    let blanks = |text: &str, trimmed: &str| (text.len() - trimmed.len()) as u32;
    if before.trim().is_empty() {
        return Some(delete(Span::new(token.start, token.end + blanks(after, after.trim_start()))));
    }
    Some(delete(Span::new(token.start - blanks(before, before.trim_end()), token.end)))
}

/// Sets an attribute of an element; replaces an existing value.
pub fn set_attribute(element: Element<'_>, name: &str, value: &str) -> Option<Edit> {
    let tag = html_start_tag(element)?;
    let escaped = value.replace('&', "&amp;").replace('"', "&quot;");
    let text = format!("{name}=\"{escaped}\"");
    if let Some(attribute) = element.attribute(name) {
        return attribute.span().map(|span| Edit { span, text });
    }
    let after_name = tag.start + 1 + element.name().len() as u32;
    Some(Edit { span: Span::empty(after_name), text: format!(" {text}") })
}

/// Renames an element: its start tag and, if there is one, its end tag.
pub fn rename_tag(element: Element<'_>, name: &str) -> Option<Vec<Edit>> {
    let tag = html_start_tag(element)?;
    let len = element.name().len() as u32;
    let mut edits = vec![Edit { span: Span::new(tag.start + 1, tag.start + 1 + len), text: name.to_owned() }];
    if let Some(end) = element.end_tag() {
        edits.push(Edit { span: Span::new(end.start + 2, end.start + 2 + len), text: name.to_owned() });
    }
    Some(edits)
}

/// Removes an element's tags and keeps its content.
pub fn unwrap(element: Element<'_>) -> Option<Vec<Edit>> {
    let tag = html_start_tag(element)?;
    Some(std::iter::once(tag).chain(element.end_tag()).map(delete).collect())
}

/// Removes a block: its bytes, the whitespace around it on its lines, and one adjoining blank line. If other text is on
/// the same lines, only the block's own bytes are removed.
pub fn remove_block(source: &str, span: Span) -> Edit {
    delete(lines::block(source, span))
}

fn html_start_tag(element: Element<'_>) -> Option<Span> {
    (element.origin() == Origin::Html).then(|| element.start_tag()).flatten()
}

fn with_blanks_before(source: &str, span: Span) -> Span {
    let head = Span::new(0, span.start).slice(source);
    Span::new(head.trim_end().len() as u32, span.end)
}
