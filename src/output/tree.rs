//! A document as text or JSON, with the byte span and the origin of every part.

use crate::document::{Attribute, Document, Node, NodeKind, Origin};
use crate::output::Screen;
use crate::output::visible::one_line;
use crate::source::Span;
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// Writes an indented outline.
pub fn write_text(document: &Document<'_>, out: &mut Screen<'_>) -> io::Result<()> {
    if let Some(block) = document.front_matter.block() {
        writeln!(out, "front matter ({}) {}", block.format.as_str(), range(block.span))?;
        for entry in &block.mapping.entries {
            let (key, value) = (one_line(document.source.slice(entry.key.span)), entry.value.span);
            writeln!(
                out,
                "  {key} {}: {} {}",
                range(entry.key.span),
                range(value),
                excerpt(document.source.slice(value))
            )?;
        }
    }
    for (node, depth) in with_depth(document) {
        let indent = "  ".repeat(depth);
        let place = node.span().map_or_else(|| "-".to_owned(), range);
        match node.as_element() {
            Some(element) => {
                let end = element.end_tag().map_or_else(String::new, |end| format!(" end {}", range(end)));
                writeln!(out, "{indent}<{}> {place}{end}{}", one_line(element.name()), origin_note(node.origin()))?;
                for attribute in element.attributes() {
                    writeln!(out, "{indent}    {}", attribute_line(attribute))?;
                }
            }
            None => writeln!(out, "{indent}{} {place} {}", kind(node.kind()), excerpt(node.text()))?,
        }
    }
    Ok(())
}

/// Writes nested objects, `{kind, name, attributes: [{name, value, nameSpan, valueSpan}], endTag, text, span, origin,
/// children}`, one per line. Not recursive, because the depth of a post is not limited.
pub fn write_json(document: &Document<'_>, out: &mut Screen<'_>) -> io::Result<()> {
    let mut last_depth = None;
    for (node, depth) in with_depth(document) {
        if let Some(last) = last_depth {
            close(last, depth, out)?;
        }
        let object = serde_json::to_string(&Value::Object(object(node)))?;
        out.json_text(object.strip_suffix('}').unwrap_or(&object))?;
        write!(out, ",\"children\":[")?;
        last_depth = Some(depth);
    }
    let open = last_depth.map_or(0, |last| last + 1);
    writeln!(out, "{}", "]}".repeat(open))
}

/// Closes the objects that are open after a node at depth `last`, down to depth `next`.
fn close(last: usize, next: usize, out: &mut Screen<'_>) -> io::Result<()> {
    if next > last {
        return writeln!(out);
    }
    writeln!(out, "{},", "]}".repeat(last - next + 1))
}

fn with_depth<'d>(document: &'d Document<'_>) -> impl Iterator<Item = (Node<'d>, usize)> {
    let root = document.tree.root();
    let mut depths = vec![0; document.tree.len()];
    std::iter::once(root).chain(root.descendants()).map(move |node| {
        let depth = node.parent().map_or(0, |parent| depths[parent.id().index()] + 1);
        depths[node.id().index()] = depth;
        (node, depth)
    })
}

fn object(node: Node<'_>) -> Map<String, Value> {
    let mut object = Map::new();
    object.insert("kind".into(), kind(node.kind()).into());
    if let Some(element) = node.as_element() {
        object.insert("name".into(), element.name().into());
        let attribute = |attribute: Attribute<'_>| {
            json!({
                "name": attribute.name(),
                "value": attribute.value(),
                "nameSpan": attribute.name_span().map(pair),
                "valueSpan": attribute.value_span().map(pair),
            })
        };
        object.insert("attributes".into(), element.attributes().map(attribute).collect());
        object.insert("endTag".into(), json!(element.end_tag().map(pair)));
    } else if node.kind() != NodeKind::Document {
        object.insert("text".into(), node.text().into());
    }
    object.insert("span".into(), json!(node.span().map(pair)));
    object.insert("origin".into(), origin(node.origin()).into());
    object
}

fn attribute_line(attribute: Attribute<'_>) -> String {
    let span = |span: Option<Span>| span.map_or_else(|| "-".to_owned(), range);
    let (name, value) = (span(attribute.name_span()), span(attribute.value_span()));
    format!("{}={} name {name} value {value}", one_line(attribute.name()), excerpt(attribute.value()))
}

/// The text in quotes, truncated to 60 characters.
fn excerpt(text: &str) -> String {
    let cut: String = text.chars().take(60).collect();
    if cut.len() < text.len() { format!("{cut:?}…") } else { format!("{cut:?}") }
}

fn range(span: Span) -> String {
    format!("{}..{}", span.start, span.end)
}

fn pair(span: Span) -> [u32; 2] {
    [span.start, span.end]
}

fn kind(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Document => "document",
        NodeKind::Doctype => "doctype",
        NodeKind::Element => "element",
        NodeKind::Text => "text",
        NodeKind::Comment => "comment",
        NodeKind::Template => "template",
        NodeKind::Fragment => "fragment",
    }
}

fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Html => "html",
        Origin::Markdown => "markdown",
        Origin::Shortcode => "shortcode",
        Origin::Implied => "implied",
        Origin::Clone => "clone",
    }
}

fn origin_note(from: Origin) -> String {
    if from == Origin::Html { String::new() } else { format!(" ({})", origin(from)) }
}
