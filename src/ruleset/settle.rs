//! What several config files say about each rule, one after the other: the last word holds, and is remembered.

use crate::catalog::{Catalog, Entry};
use crate::config::{Config, ConfigProblem, LevelSetting, OptionSetting, RuleSetting};
use crate::rule::page::DefaultLevel;
use crate::source::Span;
use crate::words::nearest;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Settings of rules with the number of the file they stand in, in order: a later one wins.
pub type Settings<'l> = [(usize, &'l RuleSetting)];

/// Where a value is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The file's number.
    pub file: usize,
    /// The value's bytes in it.
    pub span: Span,
}

/// What holds for one rule.
#[derive(Clone, Debug)]
pub struct Settled {
    /// Its level.
    pub level: DefaultLevel,
    /// Who set it; nobody but its page otherwise.
    pub level_from: Option<Origin>,
    /// The options that differ from the page's defaults, and who set them.
    pub options: BTreeMap<String, (serde_yaml::Value, Origin)>,
}

/// What holds for each rule. Settings that name no rule or no option are passed over: see [`problems`].
pub fn settle(catalog: &Catalog, settings: &Settings<'_>) -> BTreeMap<Arc<str>, Settled> {
    let by_page = |entry: &Entry| {
        let settled = Settled { level: entry.page.meta.level, level_from: None, options: BTreeMap::new() };
        (entry.page.meta.name.clone(), settled)
    };
    let mut all: BTreeMap<Arc<str>, Settled> = catalog.rules().map(by_page).collect();
    for &(file, setting) in settings {
        for name in catalog.resolve(&setting.name).unwrap_or_default() {
            let (Some(settled), Some(entry)) = (all.get_mut(&name), catalog.get(&name)) else { continue };
            if let Some(level) = &setting.level {
                settled.set_level(level.value, entry.page.meta.level, Origin { file, span: level.span });
            }
            for option in setting.options.iter().filter(|option| knows(entry, option)) {
                let value = (option.value.clone(), Origin { file, span: option.value_span });
                settled.options.insert(option.name.clone(), value);
            }
        }
    }
    all
}

impl Settled {
    fn set_level(&mut self, setting: LevelSetting, page: DefaultLevel, origin: Origin) {
        self.level = match setting {
            LevelSetting::Level(level) => level,
            LevelSetting::On if self.level != DefaultLevel::Off => return,
            LevelSetting::On if page != DefaultLevel::Off => page,
            LevelSetting::On => DefaultLevel::Info,
        };
        self.level_from = Some(origin);
    }

    /// The options as a check takes them.
    pub fn options(&self) -> serde_yaml::Mapping {
        self.options.iter().map(|(name, (value, _))| (name.as_str().into(), value.clone())).collect()
    }
}

/// Unknown names for which the rule that was meant is looked for: each is compared with all.
const MAX_SUGGESTIONS: usize = 100;

/// Every mistake in a file's rules: names nobody knows, options a rule does not have, values it cannot take.
pub fn problems(catalog: &Catalog, config: &Config) -> Vec<ConfigProblem> {
    let mut problems = Vec::new();
    let mut suggestions = 0..MAX_SUGGESTIONS;
    for setting in config.rules.iter().chain(config.overrides.iter().flat_map(|item| &item.rules)) {
        let Some(names) = catalog.resolve(&setting.name) else {
            let suggestion = suggestions.next().and_then(|_| catalog.suggest(&setting.name));
            let mut problem = ConfigProblem::unknown(setting.name_span, "rule", &setting.name, suggestion, &[]);
            problem.help.get_or_insert_with(|| "`postlint rules` lists all rules".to_owned());
            problems.push(problem);
            continue;
        };
        let entries: Vec<&Entry> = names.iter().filter_map(|name| catalog.get(name)).collect();
        problems.extend(setting.options.iter().filter_map(|option| option_problem(&setting.name, &entries, option)));
    }
    problems
}

fn option_names(entry: &Entry) -> impl Iterator<Item = &str> {
    entry.page.meta.options.keys().filter_map(serde_yaml::Value::as_str)
}

fn knows(entry: &Entry, option: &OptionSetting) -> bool {
    option_names(entry).any(|name| name == option.name)
}

/// A name may stand for several rules: the option must belong to one of them, and each that has it must take the value.
fn option_problem(name: &str, entries: &[&Entry], option: &OptionSetting) -> Option<ConfigProblem> {
    let concerned: Vec<&&Entry> = entries.iter().filter(|entry| knows(entry, option)).collect();
    if concerned.is_empty() {
        let known: Vec<&str> = entries.iter().flat_map(|entry| option_names(entry)).collect();
        let suggestion = nearest(&option.name, known.iter().copied());
        let mut problem = ConfigProblem::unknown(option.name_span, "option", &option.name, suggestion, &known);
        problem.message = format!("`{name}` has no option `{}`", option.name);
        if known.is_empty() {
            problem.help = Some(format!("`{name}` has no options"));
        }
        return Some(problem);
    }
    let one = serde_yaml::Mapping::from_iter([(option.name.as_str().into(), option.value.clone())]);
    concerned.into_iter().find_map(|entry| {
        let error = entry.check(one.clone()).err()?;
        let message = format!("`{}` cannot take this value", option.name);
        let help = format!("`postlint explain {}` describes its options", entry.page.meta.name);
        Some(ConfigProblem::at(option.value_span, message, expected(&error.to_string())).with_help(help))
    })
}

/// What an option takes, of an error in Rust's words: `invalid type: string "lots", expected f32`.
fn expected(error: &str) -> String {
    let what = error.rsplit("expected ").next().unwrap_or(error);
    match what {
        "f32" | "f64" => "a number is expected".to_owned(),
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number is expected".to_owned(),
        "a boolean" => "`true` or `false` is expected".to_owned(),
        "a sequence" => "a list is expected".to_owned(),
        "a string" | "a borrowed string" => "text is expected".to_owned(),
        _ => error.to_owned(),
    }
}
