//! Rules ready to run: levels decided, options set, sorted by the elements they want.

use crate::catalog::{Catalog, Entry};
use crate::config::{Config, ConfigProblem, OptionSetting};
use crate::diagnostic::Level;
use crate::rule::page::DefaultLevel;
use crate::rule::{Check, Meta, Wants};
use crate::suggestion::nearest;
use html5ever::LocalName;
use rustc_hash::FxHashMap;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// A rule with the level it runs at.
pub struct ActiveRule {
    /// Its page's metadata.
    pub meta: Arc<Meta>,
    /// How bad its findings are.
    pub level: Level,
    /// Its check.
    pub check: Arc<dyn Check>,
}

/// The rules of a run and who wants to see what.
#[derive(Default)]
pub struct Ruleset {
    rules: Vec<ActiveRule>,
    by_tag: FxHashMap<LocalName, Vec<u16>>,
    every_element: Vec<u16>,
    document: Vec<u16>,
    not_utf8: Vec<u16>,
    suppressions: Vec<u16>,
    catalog: Option<Arc<Catalog>>,
}

/// A word on the command line that names no rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownRule {
    /// The word.
    pub name: String,
    /// What was probably meant.
    pub suggestion: Option<String>,
}

/// `--select` and `--ignore`: names, aliases, groups or `all`.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Only these run, whatever their level; empty: those that the config turns on.
    pub select: Vec<String>,
    /// These do not run.
    pub ignore: Vec<String>,
}

impl Selection {
    /// The words that name no rule.
    pub fn unknown(&self, catalog: &Catalog) -> Vec<UnknownRule> {
        let words = self.select.iter().chain(&self.ignore);
        let unknown = |word: &&String| catalog.resolve(word).is_none();
        let describe =
            |word: &String| UnknownRule { name: word.clone(), suggestion: catalog.suggest(word).map(str::to_owned) };
        words.filter(unknown).map(describe).collect()
    }

    fn names(catalog: &Catalog, words: &[String]) -> HashSet<Arc<str>> {
        words.iter().filter_map(|word| catalog.resolve(word)).flatten().collect()
    }
}

impl Ruleset {
    /// The rules a config and the command line ask for, or every mistake in the config's rules.
    pub fn configure(catalog: &Catalog, config: &Config, selection: &Selection) -> Result<Self, Vec<ConfigProblem>> {
        let mut problems = Vec::new();
        let mut levels: HashMap<Arc<str>, DefaultLevel> = HashMap::new();
        let mut options: HashMap<Arc<str>, Vec<&OptionSetting>> = HashMap::new();
        for setting in &config.rules {
            let Some(names) = catalog.resolve(&setting.name) else {
                let suggestion = catalog.suggest(&setting.name);
                let mut problem = ConfigProblem::unknown(setting.name_span, "rule", &setting.name, suggestion, &[]);
                problem.help.get_or_insert_with(|| "`postlint rules` lists all rules".to_owned());
                problems.push(problem);
                continue;
            };
            for name in names {
                levels.extend(setting.level.map(|level| (name.clone(), level)));
                options.entry(name).or_default().extend(&setting.options);
            }
        }
        let selected = Selection::names(catalog, &selection.select);
        let ignored = Selection::names(catalog, &selection.ignore);
        let mut set = Ruleset { catalog: Some(Arc::new(catalog.clone())), ..Ruleset::default() };
        for entry in catalog.rules() {
            let name = &entry.page.meta.name;
            let level = levels.get(name).copied().unwrap_or(entry.page.meta.level);
            let own_options = options.get(name).map_or(&[][..], Vec::as_slice);
            let check = check_with(entry, own_options, &mut problems);
            let wanted = if selection.select.is_empty() {
                level.level()
            } else {
                selected_level(level, selected.contains(name))
            };
            if let (Some(level), Some(check), false) = (wanted, check, ignored.contains(name)) {
                set.add(ActiveRule { meta: entry.page.meta.clone(), level, check });
            }
        }
        if problems.is_empty() { Ok(set) } else { Err(problems) }
    }

    /// The rules that are on by default, as their pages say.
    pub fn recommended(catalog: &Catalog) -> Self {
        let mut set = Ruleset { catalog: Some(Arc::new(catalog.clone())), ..Ruleset::default() };
        for entry in catalog.rules() {
            if let (Some(level), Ok(check)) = (entry.page.meta.level.level(), entry.check(Default::default())) {
                set.add(ActiveRule { meta: entry.page.meta.clone(), level, check });
            }
        }
        set
    }

    /// Adds a rule.
    pub fn add(&mut self, rule: ActiveRule) {
        let index = self.rules.len() as u16;
        match rule.check.wants() {
            Wants::Elements(names) => {
                for name in names {
                    self.by_tag.entry(name).or_default().push(index);
                }
            }
            Wants::EveryElement => self.every_element.push(index),
            Wants::Document => self.document.push(index),
            Wants::NotUtf8 => self.not_utf8.push(index),
            Wants::Suppressions => self.suppressions.push(index),
        }
        self.rules.push(rule);
    }

    /// The rules, in the order they were added.
    pub fn rules(&self) -> &[ActiveRule] {
        &self.rules
    }

    /// The rules that want to see an element of this name.
    pub fn for_element(&self, name: &LocalName) -> impl Iterator<Item = &ActiveRule> {
        let by_tag = self.by_tag.get(name).map_or(&[][..], Vec::as_slice);
        self.every_element.iter().chain(by_tag).map(|&index| &self.rules[index as usize])
    }

    /// The rules that want to see a document whose file is not UTF-8.
    pub fn for_not_utf8(&self) -> impl Iterator<Item = &ActiveRule> {
        self.not_utf8.iter().map(|&index| &self.rules[index as usize])
    }

    /// The rules that want to see what became of the suppressions.
    pub fn for_suppressions(&self) -> impl Iterator<Item = &ActiveRule> {
        self.suppressions.iter().map(|&index| &self.rules[index as usize])
    }

    /// All rules there are, those that do not run too.
    pub fn catalog(&self) -> &Catalog {
        self.catalog.as_deref().unwrap_or_else(|| Catalog::builtin())
    }

    /// Whether the rule of this name runs.
    pub fn runs(&self, name: &str) -> bool {
        self.rules.iter().any(|rule| &*rule.meta.name == name)
    }

    /// The rules that want to see the document.
    pub fn for_document(&self) -> impl Iterator<Item = &ActiveRule> {
        self.document.iter().map(|&index| &self.rules[index as usize])
    }
}

/// A rule asked for by name runs even where it is off; it then warns.
fn selected_level(level: DefaultLevel, selected: bool) -> Option<Level> {
    selected.then(|| level.level().unwrap_or(Level::Warn))
}

/// Makes a rule's check with the options a config sets; what is wrong with them becomes a problem each.
fn check_with(entry: &Entry, settings: &[&OptionSetting], problems: &mut Vec<ConfigProblem>) -> Option<Arc<dyn Check>> {
    let known: Vec<&str> = entry.page.meta.options.keys().filter_map(serde_yaml::Value::as_str).collect();
    let mut options = serde_yaml::Mapping::new();
    for setting in settings {
        if !known.contains(&setting.name.as_str()) {
            let what = format!("option of `{}`", entry.page.meta.name);
            let suggestion = nearest(&setting.name, known.iter().copied());
            problems.push(ConfigProblem::unknown(setting.name_span, &what, &setting.name, suggestion, &known));
            continue;
        }
        let one = serde_yaml::Mapping::from_iter([(setting.name.as_str().into(), setting.value.clone())]);
        if let Err(error) = entry.check(one) {
            problems.push(ConfigProblem {
                span: setting.value_span,
                message: format!("`{}` cannot take this value", setting.name),
                label: error.to_string(),
                help: Some(format!("`postlint explain {}` describes its options", entry.page.meta.name)),
            });
            continue;
        }
        options.insert(setting.name.as_str().into(), setting.value.clone());
    }
    entry.check(options).ok()
}
