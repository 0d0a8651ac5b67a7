//! Structured data in a post: `<script type="application/ld+json">`.

use crate::document::{Element, NodeKind};
use crate::source::Span;
use serde_json::{Map, Value};

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

/// The structured data in a script, if it is valid JSON.
pub fn structured_data(element: Element<'_>, source: &str) -> Option<Value> {
    serde_json::from_str(json_ld(element, source)?.slice(source)).ok()
}

/// How deep objects of structured data are nested.
const MAX_DEPTH: usize = 16;

/// All objects of structured data, also those inside of others.
pub fn objects(data: &Value) -> Vec<&Map<String, Value>> {
    let mut found = Vec::new();
    add_objects(data, 0, &mut found);
    found
}

fn add_objects<'v>(data: &'v Value, depth: usize, found: &mut Vec<&'v Map<String, Value>>) {
    if depth > MAX_DEPTH {
        return;
    }
    match data {
        Value::Array(items) => items.iter().for_each(|item| add_objects(item, depth + 1, found)),
        Value::Object(object) => {
            found.push(object);
            object.values().for_each(|value| add_objects(value, depth + 1, found));
        }
        _ => {}
    }
}

/// Whether an object of structured data has one of these types.
pub fn has_type(object: &Map<String, Value>, types: &[&str]) -> bool {
    let is_it = |name: &Value| {
        let bare = name.as_str().map(|name| name.rsplit('/').next().unwrap_or(name));
        bare.is_some_and(|name| types.contains(&name))
    };
    match object.get("@type") {
        Some(Value::Array(names)) => names.iter().any(is_it),
        Some(name) => is_it(name),
        None => false,
    }
}
