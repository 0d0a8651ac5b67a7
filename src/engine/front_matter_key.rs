//! What a key of the front matter means on this site: what its layouts make of it, what its config demands, and the type that
//! its generator expects.

use crate::config::profile::Profile;
use crate::document::Document;
use crate::place::theme::{Read, Supplied};
use crate::schema::Demands;
use serde_json::Value as Json;

/// What is known of a key, one fact a line, in Markdown.
pub fn meaning(document: &Document<'_>, demands: &Demands, key: &str) -> Vec<String> {
    let mut lines = uses(document, key);
    let from_schema = demands.expected.iter().filter_map(|expected| expected.schema.as_ref()?.property(key));
    for property in from_schema {
        lines.extend(property.get("description").and_then(Json::as_str).map(str::to_owned));
        lines.extend(constraint(property).map(|says| format!("the config expects {says}")));
    }
    if demands.requires(key) {
        lines.push("the config requires a value".to_owned());
    }
    let profile = Profile::of(document.place.generator, document.place.is_post());
    if let Some((profile, field)) = profile.and_then(|profile| Some((profile, profile.field(key)?))) {
        lines.extend(constraint(&field).map(|says| format!("{says}, in the profile `{}`", profile.name)));
    }
    match document.supplied(key) {
        Some(Supplied::Text(value)) => lines.push(format!("the site gives it the value `{value}`")),
        Some(Supplied::Unknown) => lines.push("the site gives it a value".to_owned()),
        None => {}
    }
    if let Some(value) = document.place.default_of(key).and_then(|value| serde_json::to_string(value).ok()) {
        lines.push(format!("the default of the site is `{value}`"));
    }
    if lines.is_empty() {
        lines.push("postlint knows nothing of this key".to_owned());
    }
    lines
}

/// What the templates of the site make of a key.
fn uses(document: &Document<'_>, key: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let find = |reads: &[Read]| reads.iter().find(|read| read.key == key).map(|read| read.from.clone());
    if let Some(layout) = document.layout() {
        if let Some(from) = find(&layout.title) {
            lines.push(format!("becomes the `<title>` ({from})"));
        }
        if let Some(from) = find(&layout.description) {
            lines.push(format!("becomes the meta description ({from})"));
        }
        if let Some(title) = layout.visible_title.as_ref().filter(|title| title.read.key == key) {
            let heading = title.level.map_or_else(String::new, |level| format!(" in `<h{level}>`"));
            lines.push(format!("is the title that readers see{heading} ({})", title.read.from));
        }
        if let Some(from) = find(&layout.shown) {
            lines.push(format!("is shown to readers ({from})"));
        }
        if let Some(from) = find(&layout.redirects) {
            lines.push(format!("is the URL that readers are sent to ({from})"));
        }
    }
    if let Some(from) = document.reader(key).filter(|_| lines.is_empty()) {
        lines.push(format!("is read by a template ({from})"));
    }
    lines
}

/// What a schema says of a value: its types, or the values that it may have.
pub fn constraint(property: &Json) -> Option<String> {
    let quoted = |values: &Vec<Json>| values.iter().map(|value| format!("`{}`", word(value))).collect::<Vec<_>>();
    let types = match property.get("type") {
        Some(Json::String(name)) => vec![format!("`{name}`")],
        Some(Json::Array(names)) => quoted(names),
        _ => Vec::new(),
    };
    let values = property.get("enum").and_then(Json::as_array).map(quoted);
    let says = values.map_or_else(|| types.join(" or "), |values| format!("one of {}", values.join(", ")));
    (!says.is_empty()).then_some(says)
}

/// A value as it is written in YAML, if it is a scalar.
pub fn word(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}
