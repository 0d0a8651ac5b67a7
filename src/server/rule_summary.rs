//! The page of a rule in short, as it is shown at a finding: why, how to fix it, and the defaults of its options.

use crate::catalog::Entry;
use crate::output::rule_page::{facts, options};
use serde_json::Value;

/// Sections that are not shown: examples are long, and options are listed with their defaults.
const LEFT_OUT: [&str; 2] = ["examples", "options"];

/// Maximum number of words or items of a default.
const MOST: usize = 5;

/// Maximum number of characters of a text in a default, such as a regular expression.
const LONGEST: usize = 40;

/// The page of a rule in short, as Markdown. `url` is that of the whole page; empty if there is none.
pub fn summary(entry: &Entry, url: &str) -> String {
    let meta = &entry.page.meta;
    let facts = facts(meta).into_iter().next().unwrap_or_default();
    let mut parts = vec![format!("## {}: {}", meta.name, meta.summary), facts, prose(&entry.page.readable_prose())];
    let options: Vec<String> = options(meta)
        .map(|(name, default, doc)| format!("- {} {doc}", code(&format!("{name}: {}", shortened(&default)))))
        .collect();
    if !options.is_empty() {
        parts.push(format!("### Defaults\n\n{}", options.join("\n")));
    }
    if !url.is_empty() {
        parts.push(format!("[The page of `{}`]({url})", meta.name));
    }
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

/// The prose of a page without examples, and with its headings two levels lower, so that they are below the name of the rule.
fn prose(text: &str) -> String {
    let (mut kept, mut fence, mut is_shown, mut is_example) = (String::new(), "", true, false);
    for line in text.lines() {
        let marks = line.get(..line.len() - line.trim_start_matches('`').len()).filter(|marks| marks.len() >= 3);
        let info = line.trim_start_matches('`').trim();
        let is_inside = !fence.is_empty();
        match marks {
            Some(marks) if !is_inside => (fence, is_example) = (marks, of_example(info)),
            Some(marks) if marks.len() >= fence.len() && info.is_empty() => fence = "",
            _ => {}
        }
        let heading = Some(line).filter(|line| !is_inside && line.starts_with('#'));
        if let Some(name) = heading.and_then(|line| line.strip_prefix("# ")) {
            is_shown = !LEFT_OUT.contains(&name.trim().to_lowercase().as_str());
        }
        let is_of_fence = is_inside || marks.is_some();
        let is_repeated_blank = line.is_empty() && !is_inside && (kept.is_empty() || kept.ends_with("\n\n"));
        if is_shown && !(is_of_fence && is_example) && !is_repeated_blank {
            let below = if heading.is_some() { "##" } else { "" };
            kept.extend([below, line, "\n"]);
        }
    }
    kept.trim_end().to_owned()
}

/// Whether the words behind a fence are those of an example, or of what postlint writes about one.
fn of_example(info: &str) -> bool {
    info.split_whitespace().any(|word| matches!(word, "bad" | "good" | "fixed" | "and" | "output"))
}

/// A default as JSON, cut after a few items or words.
fn shortened(default: &Value) -> String {
    let cut = |parts: Vec<String>, separator: &str| {
        let more = if parts.len() > MOST { format!("{separator}…") } else { String::new() };
        format!("{}{more}", parts.into_iter().take(MOST).collect::<Vec<_>>().join(separator))
    };
    match default {
        Value::Array(items) => format!("[{}]", cut(items.iter().map(shortened).collect(), ", ")),
        Value::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| format!("{key}: {}", shortened(value)));
            format!("{{{}}}", cut(entries.collect(), ", "))
        }
        Value::String(text) => {
            let text = cut(text.split_whitespace().map(str::to_owned).collect(), " ");
            let more = if text.chars().nth(LONGEST).is_some() { "…" } else { "" };
            Value::from(text.chars().take(LONGEST).chain(more.chars()).collect::<String>()).to_string()
        }
        other => other.to_string(),
    }
}

/// A text as inline code, whatever backticks it contains.
fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let marks = "`".repeat(longest + 1);
    let space = if longest == 0 { "" } else { " " };
    format!("{marks}{space}{text}{space}{marks}")
}
