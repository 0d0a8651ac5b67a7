//! The tool and its rules in SARIF, as their pages describe them.

use crate::diagnostic::Level;
use crate::engine::RuleInfo;
use crate::output::sarif::level;
use crate::output::{Looks, Run, Screen, page};
use crate::source::beginning;
use serde_json::{Value, json};

/// GitHub shows this many characters of a description.
const DESCRIPTION: usize = 1000;

/// The tool with the rules that are named, in this order.
pub(super) fn driver<'a>(run: &Run<'_>, rules: impl Iterator<Item = &'a str>) -> Value {
    let version = env!("CARGO_PKG_VERSION");
    let rules: Vec<Value> = rules.map(|name| descriptor(run, name)).collect();
    json!({
        "name": env!("CARGO_PKG_NAME"),
        "version": version,
        "semanticVersion": version,
        "informationUri": "https://github.com/postlint/postlint",
        "rules": rules,
    })
}

fn descriptor(run: &Run<'_>, name: &str) -> Value {
    let Some(rule) = run.rules.get(name) else { return json!({ "id": name }) };
    let text = help(rule);
    let mut tags: Vec<&str> = vec![rule.group, rule.authority.as_str()];
    tags.retain(|tag| !tag.is_empty());
    let mut descriptor = json!({
        "id": name,
        "shortDescription": { "text": sentence(&rule.summary) },
        "fullDescription": { "text": full_description(rule) },
        "help": { "text": text },
        "defaultConfiguration": { "level": level(rule.level) },
        "properties": { "tags": tags, "precision": "high", "problem.severity": severity(rule.level) },
    });
    if !rule.prose.is_empty() {
        descriptor["help"]["markdown"] = Value::from(rule.prose.trim());
    }
    if !rule.url.is_empty() {
        descriptor["helpUri"] = Value::from(rule.url.as_str());
    }
    descriptor
}

/// The page as text without its examples, for viewers that do not show Markdown.
fn help(rule: &RuleInfo) -> String {
    let looks = Looks { width: 100, ..Looks::default() };
    let prose = before_examples(rule);
    // Writing to memory does not fail.
    let text = Screen::text(|out| page::write(prose, looks, out)).unwrap_or_default();
    if text.trim().is_empty() { sentence(&rule.summary) } else { text.trim().to_owned() }
}

fn before_examples(rule: &RuleInfo) -> &str {
    rule.prose.split("\n# Examples\n").next().unwrap_or_default()
}

/// The first paragraph of the page, which is why the rule matters.
fn full_description(rule: &RuleInfo) -> String {
    let is_text =
        |block: &&str| !block.is_empty() && !block.starts_with(['#', '|', '<', '-']) && !block.starts_with("```");
    let paragraph = before_examples(rule).split("\n\n").map(str::trim).find(is_text).unwrap_or(&rule.summary);
    let words: Vec<&str> = paragraph.split_whitespace().collect();
    sentence(&beginning(&words.join(" "), DESCRIPTION))
}

/// Text with a full stop, which viewers put before other sentences.
fn sentence(text: &str) -> String {
    if text.ends_with(['.', '!', '?', '…']) { text.to_owned() } else { format!("{text}.") }
}

fn severity(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warn => "warning",
        Level::Info => "recommendation",
    }
}
