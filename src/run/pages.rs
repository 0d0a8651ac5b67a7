//! `postlint explain` and `postlint rules`: prints the rule pages.

use crate::catalog::{Catalog, Entry};
use crate::cli::{ExplainFormat, Listed, RulesFormat};
use crate::diagnostic::Level;
use crate::engine::examples::{Promise, examples};
use crate::files::Disk;
use crate::output::rule_page::{facts, level, options};
use crate::output::visible::{self, one_line};
use crate::output::{Looks, Screen, page};
use crate::project::rules_folder;
use crate::run::error::RunError;
use crate::run::exit::Exit;
use crate::run::invocation::Invocation;
use crate::walk;
use serde_json::{Value, json};
use std::io::{self, Write};
use std::path::Path;

/// Prints a rule's page. For an alias, prints the pages of all its rules, and for a group or `all` lists the rules.
pub fn explain(
    name: &str,
    format: ExplainFormat,
    invocation: &Invocation,
    out: &mut Screen<'_>,
) -> Result<Exit, RunError> {
    let catalog = rules_folder::catalog_at(&Disk, &invocation.working_directory)?;
    let entries = named(&catalog, name);
    let entries = if entries.is_empty() { catalog.retired(name).into_iter().collect() } else { entries };
    let members = if entries.is_empty() { in_order(resolved(&catalog, name).into_iter()) } else { Vec::new() };
    if entries.is_empty() && members.is_empty() {
        let suggestion = catalog.suggest(name).map(str::to_owned);
        return Err(RunError::UnknownRule { name: name.to_owned(), suggestion });
    }
    match format {
        ExplainFormat::Text if entries.is_empty() => {
            table(&members, out)?;
            writeln!(out, "\n`postlint explain RULE` shows one of them.")?;
        }
        ExplainFormat::Json if entries.is_empty() => {
            write_json(&members.iter().map(|entry| page_record(entry)).collect::<Vec<_>>(), out)?;
        }
        ExplainFormat::Text => {
            for (nth, entry) in entries.iter().enumerate() {
                if nth > 0 {
                    writeln!(out, "\n")?;
                }
                explain_one(entry, invocation.looks, out)?;
            }
        }
        ExplainFormat::Json => write_json(&entries.iter().map(|entry| page_record(entry)).collect::<Vec<_>>(), out)?,
    }
    Ok(Exit::Clean)
}

/// Prints the list of rules, or of those of a group.
pub fn list(
    Listed(group): Listed,
    format: RulesFormat,
    invocation: &Invocation,
    out: &mut Screen<'_>,
) -> Result<Exit, RunError> {
    let catalog = rules_folder::catalog_at(&Disk, &invocation.working_directory)?;
    let is_asked = |entry: &&Entry| group.is_none_or(|group| entry.page.meta.group == group);
    let rules = in_order(catalog.rules().filter(is_asked));
    match format {
        RulesFormat::Table => table(&rules, out)?,
        RulesFormat::Md => markdown(&rules, &own_folder(&invocation.working_directory)?, out)?,
        RulesFormat::Json => write_json(&rules.iter().map(|entry| record(entry)).collect::<Vec<_>>(), out)?,
    }
    Ok(Exit::Clean)
}

/// The rule with this name, or all rules with this alias. A group is not a rule.
fn named<'c>(catalog: &'c Catalog, name: &str) -> Vec<&'c Entry> {
    if catalog.get(name).is_none() {
        return Vec::new();
    }
    resolved(catalog, name)
}

/// The rules that a word refers to; none if it refers to nothing.
fn resolved<'c>(catalog: &'c Catalog, word: &str) -> Vec<&'c Entry> {
    catalog.resolve(word).unwrap_or_default().iter().filter_map(|name| catalog.get(name)).collect()
}

fn in_order<'c>(rules: impl Iterator<Item = &'c Entry>) -> Vec<&'c Entry> {
    let mut rules: Vec<&Entry> = rules.collect();
    rules.sort_by_key(|entry| (entry.page.meta.group, entry.page.meta.name.clone()));
    rules
}

fn explain_one(entry: &Entry, looks: Looks, out: &mut Screen<'_>) -> io::Result<()> {
    let meta = &entry.page.meta;
    page::write_heading(&format!("{}: {}", meta.name, meta.summary), looks, out)?;
    writeln!(out)?;
    for line in facts(meta) {
        writeln!(out, "{line}")?;
    }
    writeln!(out)?;
    page::write(&entry.page.readable_prose(), looks, out)?;
    if meta.options.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    page::write_heading("Defaults", looks, out)?;
    for (name, default, doc) in options(meta) {
        let text = format!("`{name}: {default}` {doc}");
        write!(out, "\n{}", page::wrap(&text, looks.width, "", ""))?;
    }
    Ok(())
}

fn table(rules: &[&Entry], out: &mut Screen<'_>) -> io::Result<()> {
    let width = rules.iter().map(|entry| entry.page.meta.name.len()).max().unwrap_or(0);
    let mut group = None;
    for entry in rules {
        let meta = &entry.page.meta;
        if group.replace(meta.group) != Some(meta.group) {
            writeln!(out, "{}{}", if meta.group == rules[0].page.meta.group { "" } else { "\n" }, meta.group.as_str())?;
        }
        writeln!(out, "  {:width$}  {:5}  {}", meta.name, level(meta), one_line(&meta.summary))?;
    }
    Ok(())
}

/// The folder of users' own rules, as linked in the list of rules.
fn own_folder(working_directory: &Path) -> Result<String, RunError> {
    let folder = rules_folder::of(&Disk, working_directory)?;
    let printed = folder.map(|folder| walk::printed(&folder, working_directory));
    Ok(visible::path(&printed.unwrap_or_default()).into_owned())
}

fn markdown(rules: &[&Entry], own_folder: &str, out: &mut Screen<'_>) -> io::Result<()> {
    writeln!(out, "# Rules")?;
    let mut group = None;
    for entry in rules {
        let meta = &entry.page.meta;
        if group.replace(meta.group) != Some(meta.group) {
            writeln!(out, "\n## {}\n\n| rule | level | what it finds |\n|---|---|---|", meta.group.as_str())?;
        }
        let summary = one_line(&meta.summary).replace('|', "\\|");
        if entry.is_builtin() {
            writeln!(out, "| [{0}](rules/{0}.md) | {1} | {summary} |", meta.name, level(meta))?;
        } else {
            writeln!(out, "| [{0}]({own_folder}/{0}.md) | {1} | {summary} |", meta.name, level(meta))?;
        }
    }
    Ok(())
}

fn record(entry: &Entry) -> Value {
    let meta = &entry.page.meta;
    json!({
        "name": &*meta.name,
        "group": meta.group.as_str(),
        "level": level(meta),
        "auditLevel": meta.audit.map(Level::as_str),
        "built": meta.built.as_str(),
        "authority": meta.authority.as_str(),
        "summary": meta.summary,
        "since": meta.since,
        "aliases": meta.aliases,
        "formerly": meta.formerly,
        "retired": meta.retired,
        "references": meta.references,
        "builtin": entry.is_builtin(),
    })
}

fn page_record(entry: &Entry) -> Value {
    let meta = &entry.page.meta;
    let mut record = record(entry);
    let examples: Vec<Value> = examples(&entry.page)
        .iter()
        .map(|example| {
            json!({
                "promise": if example.promise == Promise::Bad { "bad" } else { "good" },
                "file": example.file,
                "text": example.text,
                "fixed": example.fixed,
                "line": example.line,
            })
        })
        .collect();
    let options: Vec<Value> =
        options(meta).map(|(name, default, doc)| json!({ "name": name, "default": default, "doc": doc })).collect();
    record["appliesTo"] = json!({
        "generator": meta.applies_to.generators.iter().map(|generator| generator.as_str()).collect::<Vec<_>>(),
        "page": meta.applies_to.page,
        "frontMatter": meta.applies_to.valid_front_matter.then_some("valid"),
        "dialect": meta.applies_to.known_dialect.then_some("known"),
    });
    let lower = meta.lower.iter().map(|(level, when)| json!({ "level": level.as_str(), "when": when }));
    record["lower"] = json!(lower.collect::<Vec<_>>());
    record["label"] = json!(meta.label);
    record["help"] = json!(meta.help);
    record["options"] = json!(options);
    record["examples"] = json!(examples);
    record["page"] = json!(entry.page.readable_prose().trim());
    record
}

fn write_json(rows: &[Value], out: &mut Screen<'_>) -> io::Result<()> {
    out.json_indented(&rows)
}
