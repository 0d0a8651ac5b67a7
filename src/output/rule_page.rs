//! What is said of a rule besides the prose of its page, and its page as Markdown.

use crate::catalog::Entry;
use crate::output::visible::one_line;
use crate::rule::Meta;
use serde_json::Value;

/// The facts about a rule, one a line: its group, its level, its other names, what it applies to, its references.
pub fn facts(meta: &Meta) -> Vec<String> {
    let mut lines =
        vec![format!("group {}, level {}, authority {}", meta.group.as_str(), level(meta), meta.authority.as_str())];
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

/// The name of each option, its default as JSON, and its documentation.
pub fn options(meta: &Meta) -> impl Iterator<Item = (&str, Value, &str)> {
    meta.options.iter().map(|(name, option)| {
        let default = option.get("default").and_then(|value| serde_json::to_value(value).ok()).unwrap_or_default();
        let doc = option.get("doc").and_then(serde_yaml::Value::as_str).unwrap_or("");
        (name.as_str().unwrap_or(""), default, doc)
    })
}

/// The page of a rule as Markdown, with the facts about it.
pub fn markdown(entry: &Entry) -> String {
    let meta = &entry.page.meta;
    let facts: String = facts(meta).iter().map(|line| format!("{line}  \n")).collect();
    let options: String = options(meta).map(|(name, default, doc)| format!("\n- `{name}: {default}` {doc}")).collect();
    let options = if options.is_empty() { options } else { format!("\n\n### Defaults\n{options}") };
    let prose = below_heading(entry.page.prose().trim());
    format!("## {}: {}\n\n{facts}\n{prose}{options}", meta.name, meta.summary)
}

/// The prose of a page with its headings two levels lower, so that they are below the name of the rule.
fn below_heading(prose: &str) -> String {
    let mut fence = "";
    let lines = prose.lines().map(|line| {
        let mark = line.get(..line.len() - line.trim_start_matches('`').len()).filter(|mark| mark.len() >= 3);
        match mark {
            Some(mark) if fence.is_empty() => fence = mark,
            Some(mark) if mark.len() >= fence.len() => fence = "",
            _ => {}
        }
        let is_heading = fence.is_empty() && line.starts_with('#');
        if is_heading { format!("##{line}\n") } else { format!("{line}\n") }
    });
    lines.collect()
}
