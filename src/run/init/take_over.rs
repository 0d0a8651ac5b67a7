//! Reads the config of another tool for `postlint init --from`.

use crate::cli::Tool;
use crate::engine::markdownlint::TakenOver;
use crate::files::{self, Limit};
use crate::run::error::RunError;
use crate::run::unmatched::is_unmatched_line;
use serde_json::{Map, Value};
use std::mem;
use std::path::Path;

/// The options of markdownlint-cli2, and the rules of markdownlint. Of each kind the first that exists is used:
/// <https://github.com/DavidAnson/markdownlint-cli2#configuration>
const CLI2: [&str; 2] = [".markdownlint-cli2.jsonc", ".markdownlint-cli2.yaml"];
const RULES: [&str; 4] = [".markdownlint.jsonc", ".markdownlint.json", ".markdownlint.yaml", ".markdownlint.yml"];
/// Configs that are programs.
const PROGRAMS: [&str; 4] =
    [".markdownlint-cli2.cjs", ".markdownlint-cli2.mjs", ".markdownlint.cjs", ".markdownlint.mjs"];
const IGNORE: &str = ".markdownlintignore";
const RUMDL: [&str; 3] = [".rumdl.toml", "rumdl.toml", ".config/rumdl.toml"];

/// A config with the name of its file.
type Named = (&'static str, Map<String, Value>);

/// What corresponds to the config of `tool` in `folder`.
pub fn take_over(tool: Tool, folder: &Path) -> Result<TakenOver, RunError> {
    let mut taken = TakenOver::default();
    let found = match tool {
        Tool::Markdownlint => markdownlint(folder, &mut taken)?,
        Tool::Rumdl => rumdl(folder, &mut taken)?,
    };
    // A run would warn of them.
    let (unmatched, ignore): (Vec<_>, Vec<_>) =
        mem::take(&mut taken.ignore).into_iter().partition(|(line, _)| is_unmatched_line(folder, line));
    taken.ignore = ignore;
    taken.notes.extend(unmatched.into_iter().map(|(line, from)| format!("`{line}` in {from}: it matches no file")));
    if found { Ok(taken) } else { Err(RunError::NothingToTakeOver { tool: tool.as_str(), names: names(tool) }) }
}

fn names(tool: Tool) -> Vec<&'static str> {
    match tool {
        Tool::Markdownlint => CLI2.into_iter().chain(RULES).chain([IGNORE]).collect(),
        Tool::Rumdl => RUMDL.to_vec(),
    }
}

fn markdownlint(folder: &Path, taken: &mut TakenOver) -> Result<bool, RunError> {
    let options = first(folder, &CLI2)?;
    let rules = first(folder, &RULES)?;
    let ignored = read(folder, IGNORE)?;
    if let Some((name, options)) = &options {
        taken.add_globs(options, name);
        let config = options.get("config").and_then(Value::as_object);
        if let (Some(config), None) = (config, &rules) {
            taken.add_rules(config, name);
        }
    }
    if let Some((name, rules)) = &rules {
        taken.add_rules(rules, name);
    }
    if let Some(ignored) = &ignored {
        taken.add_lines(ignored.lines(), IGNORE);
    }
    let programs = PROGRAMS.into_iter().filter(|name| files::is_there(&folder.join(name)));
    taken.notes.extend(programs.map(|name| format!("{name}: it is a program, which is not run")));
    Ok(options.is_some() || rules.is_some() || ignored.is_some())
}

fn rumdl(folder: &Path, taken: &mut TakenOver) -> Result<bool, RunError> {
    let config = first(folder, &RUMDL)?;
    if let Some((name, config)) = &config {
        taken.add_rumdl(config, name);
    }
    Ok(config.is_some())
}

/// The first of these files that exists, parsed.
fn first(folder: &Path, names: &[&'static str]) -> Result<Option<Named>, RunError> {
    for &name in names {
        if let Some(text) = read(folder, name)? {
            let cause = |cause| RunError::ForeignConfig { path: folder.join(name), cause };
            return match parse(name, &text).map_err(cause)? {
                Value::Object(map) => Ok(Some((name, map))),
                Value::Null => Ok(Some((name, Map::new()))),
                _ => Err(cause("settings by name are expected".to_owned())),
            };
        }
    }
    Ok(None)
}

fn parse(name: &str, text: &str) -> Result<Value, String> {
    let text = text.trim_start_matches('\u{feff}');
    match name.rsplit('.').next() {
        Some("toml") => toml::from_str(text).map_err(|error| error.message().to_owned()),
        Some("yaml" | "yml") => serde_yaml::from_str(text).map_err(|error| error.to_string()),
        // JSON with comments and trailing commas; an empty file is `null`.
        _ if text.trim().is_empty() => Ok(Value::Null),
        _ => jsonc_parser::parse_to_serde_value(text, &jsonc_parser::ParseOptions::default())
            .map_err(|error| error.to_string()),
    }
}

fn read(folder: &Path, name: &str) -> Result<Option<String>, RunError> {
    let path = folder.join(name);
    match files::read_text(&path, Limit::SETTINGS) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.is_missing() => Ok(None),
        Err(error) => Err(RunError::Unreadable { path, error }),
    }
}
