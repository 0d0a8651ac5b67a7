//! The image that Hugo's built-in shortcode `figure` writes, added to the tree below the shortcode's template node.
//! Its template: <https://github.com/gohugoio/hugo/blob/master/tpl/tplimpl/embedded/templates/_shortcodes/figure.html>

use crate::document::tree::{AttributeData, NodeData, NodeId, NodeKind, Origin, Text, Tree};
use crate::source::Span;
use html5ever::{LocalName, QualName, local_name, ns};
use memchr::memmem;
use std::borrow::Cow;

/// A named parameter of a shortcode.
struct Parameter<'t> {
    name: &'t str,
    value: Cow<'t, str>,
    /// Byte span of the value, without quotes.
    span: Span,
}

/// Adds an `<img>`, in an `<a>` if the shortcode has a `link`, to each template node that is a `figure` shortcode.
pub(in crate::document) fn expand(tree: &mut Tree<'_>) {
    if memmem::find(tree.source.as_bytes(), b"figure").is_none() {
        return;
    }
    let mut found = Vec::new();
    for index in 0..tree.nodes.len() {
        let id = NodeId::from_index(index);
        let node = tree.data(id);
        if let (NodeKind::Template, Some(span)) = (node.kind, node.span)
            && let Some(parameters) = parameters(tree.source, span)
        {
            found.push((id, span, parameters));
        }
    }
    let is_any = !found.is_empty();
    for (id, span, parameters) in found {
        let get = |name: &str| parameters.iter().find(|it| it.name == name && !it.value.is_empty());
        let link = get("link").map(|link| element(tree, id, span, local_name!("a"), &[(local_name!("href"), link)]));
        // If `alt` is missing or empty, the shortcode uses the caption as alternative text.
        let alt = get("alt").or(get("caption")).map(|alt| (local_name!("alt"), alt));
        let names = [local_name!("width"), local_name!("height"), local_name!("loading")];
        let others = names.into_iter().filter_map(|name| Some((name.clone(), get(&name)?)));
        let src = parameters.iter().find(|it| it.name == "src").map(|src| (local_name!("src"), src));
        let attributes: Vec<_> = src.into_iter().chain(alt).chain(others).collect();
        element(tree, link.unwrap_or(id), span, local_name!("img"), &attributes);
    }
    if is_any {
        tree.set_order();
    }
}

fn element(
    tree: &mut Tree<'_>,
    parent: NodeId,
    span: Span,
    name: LocalName,
    attributes: &[(LocalName, &Parameter<'_>)],
) -> NodeId {
    let first = tree.attributes.len() as u32;
    for (name, parameter) in attributes {
        let value = match &parameter.value {
            Cow::Borrowed(_) => Text::Verbatim(parameter.span),
            Cow::Owned(decoded) => Text::Decoded(tree.push_string(decoded)),
        };
        let name = QualName::new(None, ns!(), name.clone());
        tree.attributes.push(AttributeData {
            name,
            value,
            name_span: None,
            value_span: Some(parameter.span),
            quote: 0,
        });
    }
    let mut node = NodeData::new(NodeKind::Element, QualName::new(None, ns!(html), name));
    (node.span, node.origin, node.data) = (Some(span), Origin::Shortcode, (first, attributes.len() as u32));
    let id = tree.push(node);
    tree.append(parent, id);
    id
}

/// The parameters of `{{< figure … >}}` or `{{% figure … %}}` at `span`; `None` if it is another template, or has
/// positional parameters, which `figure` does not support.
fn parameters(source: &str, span: Span) -> Option<Vec<Parameter<'_>>> {
    let written = span.slice(source);
    let inside = written.strip_prefix("{{<").and_then(|rest| rest.strip_suffix(">}}"));
    let inside = inside.or_else(|| written.strip_prefix("{{%")?.strip_suffix("%}}"))?;
    let rest = inside.trim_start().strip_prefix("figure")?;
    if !rest.starts_with(char::is_whitespace) {
        return None;
    }
    let end = span.start as usize + "{{<".len() + inside.len();
    let mut rest = rest.trim_start();
    let mut found = Vec::new();
    // The last character of a self-closing shortcode.
    while !matches!(rest, "" | "/") {
        let (name, after) = rest.split_once('=')?;
        let name = name.trim_end();
        if name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_')) {
            return None;
        }
        let after = after.trim_start();
        let quote = usize::from(after.starts_with(['"', '`']));
        let value = value(after)?;
        let start = end - after.len() + quote;
        let span = Span::of(start..start + value.len());
        rest = after.get(value.len() + 2 * quote..)?.trim_start();
        let is_escaped = after.starts_with('"') && value.contains('\\');
        let value = if is_escaped { Cow::Owned(unescaped(value)) } else { Cow::Borrowed(value) };
        found.push(Parameter { name, value, span });
    }
    Some(found)
}

/// The value that `text` starts with, without quotes.
fn value(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix('`') {
        return rest.get(..rest.find('`')?);
    }
    let Some(rest) = text.strip_prefix('"') else {
        return text.get(..text.find(char::is_whitespace).unwrap_or(text.len()));
    };
    let mut is_escaped = false;
    let end = rest.bytes().position(|byte| {
        let ends = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        ends
    })?;
    rest.get(..end)
}

/// A value between double quotes: `\"` is a quote.
fn unescaped(value: &str) -> String {
    value.replace("\\\"", "\"")
}
