//! Merges the settings of several config files for each rule. The last file takes precedence, and the origin of each
//! value is kept.

use crate::catalog::{Catalog, Entry};
use crate::config::{Config, LevelSetting, OptionSetting, RuleSetting};
use crate::diagnostic::{LevelOrOff, Mistake};
use crate::rule::{Check, Group};
use crate::source::Span;
use crate::words::nearest;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Settings of rules in order, each with the number of its file. Later ones take precedence.
pub type Settings<'l> = [(usize, &'l RuleSetting)];

/// The level of a rule that is off by default and turned on without a level, in the config or with `--select`.
pub const LEVEL_OF_OFF: LevelOrOff = LevelOrOff::Info;

/// The place where a value is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The file's number.
    pub file: usize,
    /// The span of the value in the file.
    pub span: Span,
}

/// The resolved settings of one rule.
#[derive(Clone, Debug)]
pub struct Settled {
    /// Its level.
    pub level: LevelOrOff,
    /// The place where the level is set; `None` if it comes from the rule's page.
    pub level_from: Option<Origin>,
    /// Whether it is set as a level, not only as `on`.
    pub is_level_set: bool,
    /// The options that are set, with their places.
    pub options: BTreeMap<String, (serde_yaml::Value, Origin)>,
}

/// The settings of one mapping, general names before specific ones: `all`, groups, other tools' names for several rules, and then
/// single rules, wherever they are written. A later setting takes precedence, and authors mean the specific one to do so.
pub fn general_first<'c>(catalog: &Catalog, settings: &'c [RuleSetting]) -> Vec<&'c RuleSetting> {
    let breadth = |setting: &&RuleSetting| match setting.name.as_str() {
        "all" => (0, Reverse(0)),
        name if Group::from_word(name).is_some() => (1, Reverse(0)),
        name => (2, Reverse(catalog.resolve(name).map_or(0, |rules| rules.len()))),
    };
    let mut sorted: Vec<&RuleSetting> = settings.iter().collect();
    sorted.sort_by_cached_key(breadth);
    sorted
}

/// The resolved settings of each rule. Unknown rules and options are skipped: see [`mistakes`].
pub fn settle(catalog: &Catalog, settings: &Settings<'_>) -> BTreeMap<Arc<str>, Settled> {
    let by_page = |entry: &Entry| {
        let settled =
            Settled { level: entry.page.meta.level, level_from: None, is_level_set: false, options: BTreeMap::new() };
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
    fn set_level(&mut self, setting: LevelSetting, page: LevelOrOff, origin: Origin) {
        self.level = match setting {
            LevelSetting::Level(level) => level,
            LevelSetting::On if self.level != LevelOrOff::Off => return,
            LevelSetting::On if page != LevelOrOff::Off => page,
            LevelSetting::On => LEVEL_OF_OFF,
        };
        self.is_level_set = matches!(setting, LevelSetting::Level(_));
        self.level_from = Some(origin);
    }

    /// The rule's check with these options, or the mistakes in them, each with the number of its file.
    pub fn check(&self, entry: &Entry) -> Result<Arc<dyn Check>, Vec<(usize, Mistake)>> {
        let options = self.options.iter().map(|(name, (value, _))| (name.as_str().into(), value.clone())).collect();
        entry.check_with(options).map_err(|error| {
            let wrong = |(name, (value, origin)): (&String, &(serde_yaml::Value, Origin))| {
                Some((origin.file, wrong_value(entry, name, value, origin.span)?))
            };
            let mistakes: Vec<(usize, Mistake)> = self.options.iter().filter_map(wrong).collect();
            if !mistakes.is_empty() {
                return mistakes;
            }
            // Each value is valid, but not their combination.
            let message = format!("`{}` does not accept this combination of options", entry.page.meta.name);
            let origins = self.options.values().map(|(_, origin)| *origin);
            let mistake = |at: Origin| (at.file, Mistake::at(at.span, message.clone(), error.to_string()));
            origins.map(mistake).collect()
        })
    }
}

/// Maximum number of unknown names for which a suggestion is searched: each is compared with all rules.
const MAX_SUGGESTIONS: usize = 100;

/// All mistakes in the rules of a file: unknown names, unknown options, invalid values.
pub fn mistakes(catalog: &Catalog, config: &Config) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    let mut suggestions = 0..MAX_SUGGESTIONS;
    let mut unknown = |name: &str, span: Span| {
        let suggestion = suggestions.next().and_then(|_| catalog.suggest(name));
        let mut mistake = Mistake::unknown(span, "rule", name, suggestion, &[]);
        mistake.help.get_or_insert_with(|| "`postlint rules` lists all rules".to_owned());
        mistake
    };
    for word in config.fixes.unsafe_only.iter().chain(&config.fixes.never) {
        if catalog.resolve(&word.value).is_none() {
            mistakes.push(unknown(&word.value, word.span));
        }
    }
    for setting in config.rules.iter().chain(config.overrides.iter().flat_map(|item| &item.rules)) {
        let Some(names) = catalog.resolve(&setting.name) else {
            mistakes.push(unknown(&setting.name, setting.name_span));
            continue;
        };
        if names.is_empty() {
            // The rule no longer exists: its options have no effect.
            continue;
        }
        let entries: Vec<&Entry> = names.iter().filter_map(|name| catalog.get(name)).collect();
        mistakes.extend(setting.options.iter().filter_map(|option| option_mistake(&setting.name, &entries, option)));
    }
    mistakes
}

fn option_names(entry: &Entry) -> impl Iterator<Item = &str> {
    entry.page.meta.options.keys().filter_map(serde_yaml::Value::as_str)
}

fn knows(entry: &Entry, option: &OptionSetting) -> bool {
    option_names(entry).any(|name| name == option.name)
}

/// Returns the mistake in an option, if there is one. The name may refer to several rules: at least one of them must
/// have the option, and all that have it must accept the value.
fn option_mistake(name: &str, entries: &[&Entry], option: &OptionSetting) -> Option<Mistake> {
    let concerned: Vec<&&Entry> = entries.iter().filter(|entry| knows(entry, option)).collect();
    if concerned.is_empty() {
        let mut known: Vec<&str> = entries.iter().flat_map(|entry| option_names(entry)).collect();
        known.sort_unstable();
        known.dedup();
        let suggestion = nearest(&option.name, known.iter().copied());
        let mut mistake = Mistake::unknown(option.name_span, "option", &option.name, suggestion, &known);
        mistake.message = format!("`{name}` has no option `{}`", option.name);
        if known.is_empty() {
            mistake.help = Some(format!("remove it: `{name}` has no options"));
        }
        return Some(mistake);
    }
    concerned.into_iter().find_map(|entry| wrong_value(entry, &option.name, &option.value, option.value_span))
}

/// Returns the mistake if the value is not valid for this option. serde reports the first invalid field of a struct
/// without a span, so each option is deserialized separately.
fn wrong_value(entry: &Entry, name: &str, value: &serde_yaml::Value, span: Span) -> Option<Mistake> {
    let check_with = |value: serde_yaml::Value| entry.check_with([(name.into(), value)].into_iter().collect());
    let error = check_with(value.clone()).err()?;
    let label = expected(value, |sample| check_with(sample).is_ok()).map_or_else(|| error.to_string(), str::to_owned);
    let help = format!("`postlint explain {}` describes its options", entry.page.meta.name);
    Some(Mistake::at(span, format!("`{name}` does not accept this value"), label).with_help(help))
}

/// Describes what an option expects instead of `value`, by testing a sample value of each type. `None` if `value` has
/// the right type and is wrong for another reason.
fn expected(value: &serde_yaml::Value, accepts: impl Fn(serde_yaml::Value) -> bool) -> Option<&'static str> {
    if accepts(true.into()) {
        Some("`true` or `false` is expected")
    } else if accepts(1.5.into()) {
        Some("a number is expected")
    } else if accepts(1.into()) {
        Some(if value.is_u64() { "this number is too large" } else { "a whole number is expected" })
    } else if accepts("".into()) {
        (!value.is_string()).then_some("text is expected")
    } else if accepts(serde_yaml::Value::Sequence(Vec::new())) {
        let is_of_text = value.as_sequence().is_some_and(|items| items.iter().all(serde_yaml::Value::is_string));
        (!is_of_text).then_some("a list of words is expected")
    } else {
        None
    }
}
