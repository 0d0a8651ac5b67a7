//! `postlint explain` and `postlint rules`: what the rule pages say.

use super::{Exit, RunError};
use crate::catalog::{Catalog, Entry};
use crate::cli::RulesFormat;
use std::io::{self, Write};

/// Prints a rule's page.
pub fn explain(name: &str, out: &mut dyn Write) -> Result<Exit, RunError> {
    let catalog = Catalog::builtin();
    let Some(entry) = catalog.get(name) else {
        let suggestion = catalog.suggest(name).map(str::to_owned);
        return Err(RunError::UnknownRule { name: name.to_owned(), suggestion });
    };
    let meta = &entry.page.meta;
    writeln!(out, "{}: {}\n", meta.name, meta.summary)?;
    writeln!(out, "group {}, level {}, authority {}", meta.group.as_str(), level(entry), meta.authority.as_str())?;
    if !meta.aliases.is_empty() {
        writeln!(out, "also known as {}", meta.aliases.join(", "))?;
    }
    for reference in &meta.references {
        writeln!(out, "{reference}")?;
    }
    writeln!(out, "\n{}", entry.page.prose().trim())?;
    write_options(entry, out)?;
    Ok(Exit::Clean)
}

/// Prints the list of rules.
pub fn list(format: RulesFormat, out: &mut dyn Write) -> Result<Exit, RunError> {
    let mut rules: Vec<&Entry> = Catalog::builtin().rules().collect();
    rules.sort_by_key(|entry| (entry.page.meta.group, entry.page.meta.name.clone()));
    match format {
        RulesFormat::Table => table(&rules, out)?,
        RulesFormat::Json => json(&rules, out)?,
    }
    Ok(Exit::Clean)
}

fn level(entry: &Entry) -> &'static str {
    entry.page.meta.level.level().map_or("off", |level| level.as_str())
}

fn write_options(entry: &Entry, out: &mut dyn Write) -> io::Result<()> {
    if entry.page.meta.options.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n# Options")?;
    for (name, option) in &entry.page.meta.options {
        let doc = option.get("doc").and_then(serde_yaml::Value::as_str).unwrap_or("");
        let default = option.get("default").map(|value| serde_json::to_string(value).unwrap_or_default());
        let name = name.as_str().unwrap_or("");
        writeln!(out, "\n- `{name}`: {doc}\n  default: {}", default.unwrap_or_default())?;
    }
    Ok(())
}

fn table(rules: &[&Entry], out: &mut dyn Write) -> io::Result<()> {
    let width = rules.iter().map(|entry| entry.page.meta.name.len()).max().unwrap_or(0);
    let mut group = None;
    for entry in rules {
        let meta = &entry.page.meta;
        if group.replace(meta.group) != Some(meta.group) {
            writeln!(out, "{}{}", if meta.group == rules[0].page.meta.group { "" } else { "\n" }, meta.group.as_str())?;
        }
        writeln!(out, "  {:width$}  {:5}  {}", meta.name, level(entry), meta.summary)?;
    }
    Ok(())
}

fn json(rules: &[&Entry], out: &mut dyn Write) -> io::Result<()> {
    let row = |entry: &&Entry| {
        let meta = &entry.page.meta;
        serde_json::json!({
            "name": &*meta.name,
            "group": meta.group.as_str(),
            "level": level(entry),
            "authority": meta.authority.as_str(),
            "summary": meta.summary,
            "since": meta.since,
            "aliases": meta.aliases,
            "references": meta.references,
        })
    };
    let rows: Vec<_> = rules.iter().map(row).collect();
    serde_json::to_writer_pretty(&mut *out, &rows)?;
    writeln!(out)
}
