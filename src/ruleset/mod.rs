//! Rules ready to run: levels decided, options set, sorted by the elements they want.

pub mod settle;

use crate::catalog::Catalog;
use crate::config::Preset;
use crate::diagnostic::Level;
use crate::document::Element;
use crate::rule::page::DefaultLevel;
use crate::rule::{Check, Meta, Wants, Which};
use html5ever::LocalName;
use rustc_hash::{FxHashMap, FxHashSet};
use settle::{Settings, settle};
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
pub struct Ruleset {
    catalog: Arc<Catalog>,
    rules: Vec<ActiveRule>,
    by_name: FxHashMap<LocalName, Vec<Audience>>,
    /// Few: to compare is faster than to hash.
    by_attribute: Vec<(LocalName, Vec<Audience>)>,
    of_every: Vec<Audience>,
    gatherings: Vec<Gathering>,
    document: Vec<u16>,
    not_utf8: Vec<u16>,
    suppressions: Vec<u16>,
}

/// Who is shown an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// A rule, at once: its index.
    Rule(u16),
    /// Rules that are shown it when the post's elements are all seen: its index.
    Gathering(u16),
}

/// Rules that are shown the same elements, all at once.
struct Gathering {
    which: Which,
    rules: Vec<u16>,
}

/// A word on the command line that names no rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownRule {
    /// The word.
    pub name: String,
    /// What was probably meant.
    pub suggestion: Option<String>,
}

/// What the command line says about rules: names, aliases, groups or `all`, and a preset.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Only these run, whatever their level; empty: those that the config turns on.
    pub select: Vec<String>,
    /// These do not run.
    pub ignore: Vec<String>,
    /// Laid under the config file's own settings, over what it extends.
    pub preset: Option<&'static Preset>,
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

    fn names(catalog: &Catalog, words: &[String]) -> FxHashSet<Arc<str>> {
        words.iter().filter_map(|word| catalog.resolve(word)).flatten().collect()
    }
}

impl Ruleset {
    /// No rule yet of those in `catalog`.
    pub fn empty(catalog: &Arc<Catalog>) -> Self {
        Ruleset {
            catalog: catalog.clone(),
            rules: Vec::new(),
            by_name: FxHashMap::default(),
            by_attribute: Vec::new(),
            of_every: Vec::new(),
            gatherings: Vec::new(),
            document: Vec::new(),
            not_utf8: Vec::new(),
            suppressions: Vec::new(),
        }
    }

    /// The rules that config files and the command line ask for. Mistakes in them are for [`settle::problems`] to tell.
    pub fn configure(catalog: &Arc<Catalog>, settings: &Settings<'_>, selection: &Selection) -> Self {
        let settled = settle(catalog, settings);
        let selected = Selection::names(catalog, &selection.select);
        let ignored = Selection::names(catalog, &selection.ignore);
        let mut set = Ruleset::empty(catalog);
        for entry in catalog.rules() {
            let meta = &entry.page.meta;
            let Some(settled) = settled.get(&meta.name).filter(|_| !ignored.contains(&meta.name)) else { continue };
            let level = match selection.select.is_empty() {
                true => settled.level.level(),
                false => selected_level(settled.level, selected.contains(&meta.name)),
            };
            if let (Some(level), Ok(check)) = (level, entry.check(settled.options())) {
                set.add(ActiveRule { meta: meta.clone(), level, check });
            }
        }
        set
    }

    /// The rules that are on by default, as their pages say.
    pub fn recommended(catalog: &Arc<Catalog>) -> Self {
        let mut set = Ruleset::empty(catalog);
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
            Wants::Elements(which) => self.invite(which, Audience::Rule(index)),
            Wants::Together(which) => match self.gatherings.iter_mut().find(|gathering| gathering.which == which) {
                Some(gathering) => gathering.rules.push(index),
                None => {
                    self.invite(which.clone(), Audience::Gathering(self.gatherings.len() as u16));
                    self.gatherings.push(Gathering { which, rules: vec![index] });
                }
            },
            Wants::Document => self.document.push(index),
            Wants::NotUtf8 => self.not_utf8.push(index),
            Wants::Suppressions => self.suppressions.push(index),
        }
        self.rules.push(rule);
    }

    fn invite(&mut self, which: Which, audience: Audience) {
        match which {
            Which::Named(names) => {
                names.into_iter().for_each(|name| self.by_name.entry(name).or_default().push(audience))
            }
            Which::With(attribute) => match self.by_attribute.iter_mut().find(|(name, _)| *name == attribute) {
                Some((_, audiences)) => audiences.push(audience),
                None => self.by_attribute.push((attribute, vec![audience])),
            },
            Which::Every => self.of_every.push(audience),
        }
    }

    /// The rules, in the order they were added.
    pub fn rules(&self) -> &[ActiveRule] {
        &self.rules
    }

    /// The rule of this index.
    pub fn rule(&self, index: u16) -> &ActiveRule {
        &self.rules[index as usize]
    }

    /// Calls `show` with everyone who wants to see `element`.
    pub fn for_each_audience(&self, element: Element<'_>, mut show: impl FnMut(Audience)) {
        let named = self.by_name.get(element.local_name()).map_or(&[][..], Vec::as_slice);
        self.of_every.iter().chain(named).for_each(|&audience| show(audience));
        for attribute in element.attributes() {
            if let Some((_, listed)) = self.by_attribute.iter().find(|(name, _)| name == attribute.local_name()) {
                listed.iter().for_each(|&audience| show(audience));
            }
        }
    }

    /// The gatherings, each as its rules.
    pub fn gatherings(&self) -> impl ExactSizeIterator<Item = impl Iterator<Item = &ActiveRule>> {
        self.gatherings.iter().map(|gathering| gathering.rules.iter().map(|&index| self.rule(index)))
    }

    /// The rules that want to see a document whose file is not UTF-8.
    pub fn for_not_utf8(&self) -> impl Iterator<Item = &ActiveRule> {
        self.not_utf8.iter().map(|&index| self.rule(index))
    }

    /// The rules that want to see what became of the suppressions.
    pub fn for_suppressions(&self) -> impl Iterator<Item = &ActiveRule> {
        self.suppressions.iter().map(|&index| self.rule(index))
    }

    /// All rules there are, those that do not run too.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// Whether the rule of this name runs.
    pub fn runs(&self, name: &str) -> bool {
        self.rules.iter().any(|rule| &*rule.meta.name == name)
    }

    /// The rules that want to see the document.
    pub fn for_document(&self) -> impl Iterator<Item = &ActiveRule> {
        self.document.iter().map(|&index| self.rule(index))
    }
}

/// A rule asked for by name runs even where it is off; it then warns.
fn selected_level(level: DefaultLevel, selected: bool) -> Option<Level> {
    selected.then(|| level.level().unwrap_or(Level::Warn))
}
