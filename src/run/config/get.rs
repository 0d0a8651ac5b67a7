//! `postlint config get`: one value, for scripts.

use crate::authored::Written;
use crate::cli::ConfigGet;
use crate::config::Config;
use crate::engine::baseline::FILE_NAME;
use crate::output::Screen;
use crate::output::visible::one_line;
use crate::place::dialect::Generator;
use crate::project::rules_folder::RULES_FOLDER;
use crate::rule::Group;
use crate::run::config::{Effective, quoted};
use crate::run::error::RunError;
use crate::run::exit::Exit;
use crate::run::invocation::Invocation;
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;

/// Settings that consist of several values.
const SEVERAL: [&str; 4] = ["rules", "overrides", "front-matter", "site.options"];

/// Prints a value on one line: text as it is, all else as JSON. A setting without a value is `null`. Of a group, prints the level of
/// each rule, unless a setting has its name.
pub fn get(arguments: &ConfigGet, invocation: &Invocation, out: &mut Screen<'_>) -> Result<Exit, RunError> {
    let path = arguments.path.as_deref().unwrap_or(Path::new("."));
    let effective = Effective::of(path, &arguments.from, invocation)?;
    let key = arguments.key.strip_prefix("rules.").unwrap_or(&arguments.key);
    if SEVERAL.contains(&key) {
        return Err(RunError::SeveralValues(key.to_owned()));
    }
    let value = match effective.setting(key) {
        Some(value) => value,
        None if key == "all" || Group::from_word(key).is_some() => {
            for rule in effective.project.catalog.resolve(key).unwrap_or_default() {
                let level = effective.of_rule(&rule)?;
                writeln!(out, "{rule}: {}", level.as_str().unwrap_or_default())?;
            }
            return Ok(Exit::Clean);
        }
        None => effective.of_rule(key)?,
    };
    match &value {
        Value::String(text) => writeln!(out, "{}", one_line(text))?,
        value => writeln!(out, "{}", quoted(value))?,
    }
    Ok(Exit::Clean)
}

impl Effective {
    /// The value of a setting that is not about rules; `None` if there is no such setting.
    fn setting(&self, key: &str) -> Option<Value> {
        let text = |get: fn(&Config) -> Option<&Written<String>>| json!(self.project.last(get).map(|(text, _)| text));
        let list = |get: fn(&Config) -> &[Written<String>]| {
            let mut words: Vec<&String> = self.project.all(get).map(|(word, _)| word).collect();
            let mut seen = std::collections::BTreeSet::new();
            words.retain(|word| seen.insert(*word));
            json!(words)
        };
        Some(match key {
            "site" | "site.generator" => json!(self.generator().as_str()),
            "site.engine" => json!(self.project.last(|it| it.site.engine.as_ref()).map(|(it, _)| it.as_str())),
            "site.theme" => text(|config| config.site.theme.as_ref()),
            "site.title-key" => text(|config| config.site.title_key.as_ref()),
            "site.description-key" => text(|config| config.site.description_key.as_ref()),
            "lang" => self.language(),
            "own-hosts" => self.own_hosts(),
            "extends" => list(|config| &config.extends),
            "ignore" => list(|config| &config.ignore),
            "fix.unsafe" => list(|config| &config.fixes.unsafe_only),
            "fix.never" => list(|config| &config.fixes.never),
            "fix" | "fix.apply" => json!(self.project.last(|it| it.fixes.apply.as_ref()).is_some_and(|(it, _)| *it)),
            "fail-on" => json!(
                self.project
                    .last(|it| it.run.fail_on.as_ref())
                    .map_or("warn", |(it, _)| { it.map_or("never", |level| level.as_str()) })
            ),
            "format" => json!(self.project.last(|it| it.run.format.as_ref()).map_or("full", |(it, _)| it)),
            "baseline" => match self.project.last(|it| it.run.baseline.as_ref()) {
                Some((None, _)) => json!(false),
                Some((Some(file), _)) => json!(file),
                None => json!(FILE_NAME),
            },
            "required-version" => {
                json!(self.project.last(|it| it.run.required_version.as_ref()).map(|(it, _)| it.to_string()))
            }
            "rules-folder" => match text(|config| config.rules_folder.as_ref()) {
                Value::Null => json!(RULES_FOLDER),
                folder => folder,
            },
            _ => return None,
        })
    }

    fn generator(&self) -> Generator {
        let set = self.project.last(|config| config.site.generator.as_ref()).map(|(generator, _)| *generator);
        let detected = || self.site.as_ref().map(|site| site.site.generator);
        set.or_else(detected).unwrap_or(Generator::Plain)
    }

    fn language(&self) -> Value {
        let set = self.project.last(|config| config.language.as_ref()).map(|(language, _)| language.clone());
        let of_site = || Some(self.site.as_ref()?.site.language.as_ref()?.value.to_string());
        json!(set.or_else(of_site))
    }

    fn own_hosts(&self) -> Value {
        let mut hosts: Vec<String> = self.site.iter().filter_map(|site| site.site.host()).collect();
        for (host, _) in self.project.all(|config| &config.own_hosts) {
            if !hosts.contains(host) {
                hosts.push(host.clone());
            }
        }
        json!(hosts)
    }

    /// The level or an option of a rule.
    fn of_rule(&self, key: &str) -> Result<Value, RunError> {
        let (name, option) = key.split_once('.').map_or((key, None), |(name, option)| (name, Some(option)));
        let catalog = &self.project.catalog;
        let Some(entry) = catalog.get(name) else {
            return Err(match catalog.resolve(name) {
                Some(rules) => RunError::Group {
                    name: name.to_owned(),
                    rules: rules.iter().map(|rule| format!("`{rule}`")).collect(),
                },
                None => self.unknown(key),
            });
        };
        let meta = &entry.page.meta;
        let settled = self.project.settled(self.post.as_deref()).remove(&meta.name);
        let option = option.map(|option| option.strip_prefix("options.").unwrap_or(option));
        let Some(option) = option.filter(|option| *option != "level") else {
            return Ok(json!(settled.and_then(|it| it.level.level()).map_or("off", |level| level.as_str())));
        };
        let set = settled.and_then(|it| it.options.get(option).map(|(value, _)| value.clone()));
        match set.or_else(|| meta.option_defaults().get(option).cloned()) {
            Some(value) => Ok(serde_json::to_value(value).unwrap_or_default()),
            None => Err(RunError::UnknownOption {
                rule: meta.name.to_string(),
                option: option.to_owned(),
                known: meta.options.keys().filter_map(|name| name.as_str().map(str::to_owned)).collect(),
            }),
        }
    }
}
