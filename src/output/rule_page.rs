//! What is said of a rule besides the prose of its page.

use crate::output::visible::one_line;
use crate::rule::{Meta, ReadsBuilt};
use serde_json::Value;

/// The facts about a rule, one a line: its group, its levels, its other names, what it applies to, its references.
pub fn facts(meta: &Meta) -> Vec<String> {
    let in_audits = meta.audit.map_or_else(String::new, |level| format!(" in posts, {} in audits", level.as_str()));
    let (group, authority) = (meta.group.as_str(), meta.authority.as_str());
    let mut lines = vec![format!("group {group}, level {}{in_audits}, authority {authority}", level(meta))];
    lines.extend(built(meta).map(str::to_owned));
    lines.extend(meta.lower.iter().map(|(level, when)| format!("{} for {}", level.as_str(), one_line(when))));
    if !meta.aliases.is_empty() {
        lines.push(format!("also known as {}", one_line(&meta.aliases.join(", "))));
    }
    if !meta.formerly.is_empty() {
        lines.push(format!("formerly {}", one_line(&meta.formerly.join(", "))));
    }
    lines.extend(meta.retired.as_ref().map(|why| format!("retired: {}", one_line(why))));
    lines.extend(meta.applies_to.describe().map(|conditions| format!("applies to {conditions}")));
    lines.extend(meta.references.iter().map(|reference| one_line(reference).into_owned()));
    lines
}

/// The level that a rule has if no config sets another one.
pub fn level(meta: &Meta) -> &'static str {
    meta.level.level().map_or("off", |level| level.as_str())
}

/// Which pages a rule reads, if these are not only posts.
fn built(meta: &Meta) -> Option<&'static str> {
    match meta.built {
        ReadsBuilt::No => None,
        ReadsBuilt::Too => Some("reads posts, and in `postlint audit` the built pages too"),
        ReadsBuilt::Only => Some("reads built pages only, in `postlint audit`"),
    }
}

/// The name of each option, its default as JSON, and its documentation.
pub fn options(meta: &Meta) -> impl Iterator<Item = (&str, Value, &str)> {
    meta.options.iter().map(|(name, option)| {
        let default = option.get("default").and_then(|value| serde_json::to_value(value).ok()).unwrap_or_default();
        let doc = option.get("doc").and_then(serde_yaml::Value::as_str).unwrap_or("");
        (name.as_str().unwrap_or(""), default, doc)
    })
}
