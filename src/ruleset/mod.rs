//! Rules that are ready to run: with levels and options, and indexed by the elements that they subscribe to.

pub mod settle;

use crate::catalog::Catalog;
use crate::config::Preset;
use crate::diagnostic::{Diagnostic, FixLimit, Level, Mistake};
use crate::document::Element;
use crate::rule::built::PRINTED;
use crate::rule::{Check, Group, Meta, ReadsBuilt, Wants, Which};
use html5ever::LocalName;
use rustc_hash::{FxHashMap, FxHashSet};
use settle::{LEVEL_OF_OFF, Settings, settle};
use std::ptr;
use std::sync::Arc;

/// A rule with the level it runs at.
#[derive(Clone)]
pub struct ActiveRule {
    /// Its page's metadata.
    pub meta: Arc<Meta>,
    /// The level of its findings.
    pub level: Level,
    /// Whether the config sets the level: then no finding has a lower one.
    pub is_level_set: bool,
    /// How far the config trusts its fixes.
    pub fix_limit: FixLimit,
    /// Its check.
    pub check: Arc<dyn Check>,
}

impl ActiveRule {
    /// A rule at a level that its check may lower for single findings.
    pub fn new(meta: Arc<Meta>, level: Level, check: Arc<dyn Check>) -> Self {
        ActiveRule { meta, level, is_level_set: false, fix_limit: FixLimit::None, check }
    }

    /// Whether its findings depend on other files of the site than the post.
    fn looks_at_others(&self) -> bool {
        self.check.wants_site() || self.check.wants() == Wants::Site || self.check.reads_files()
    }

    /// Whether an audit may report something in a post that a check of the post does not: a value that its layout prints, the target of
    /// a link, or the page as a whole. Elements of a post are checked as they are written there.
    fn finds_more_in_built(&self) -> bool {
        let is_of_elements = match self.check.wants() {
            Wants::Elements(Which::Named(names)) => !names.iter().any(|name| PRINTED.contains(&&**name)),
            Wants::Elements(Which::With(_) | Which::Every) => true,
            _ => false,
        };
        self.meta.built != ReadsBuilt::No && (self.check.wants_built() || !is_of_elements)
    }
}

/// The rules of a run, and the elements that each subscribes to.
pub struct Ruleset {
    catalog: Arc<Catalog>,
    rules: Vec<ActiveRule>,
    by_name: FxHashMap<LocalName, Vec<Subscriber>>,
    by_attribute: FxHashMap<LocalName, Vec<Subscriber>>,
    of_every: Vec<Subscriber>,
    batches: Vec<Batch>,
    document: Vec<u16>,
    not_utf8: Vec<u16>,
    suppressions: Vec<u16>,
    site: Vec<u16>,
    /// Rules that check single posts, and all posts of a site besides.
    also_site: Vec<u16>,
    /// Whether the run shows outlines of the posts.
    outlines: bool,
    /// Whether a value that several posts share is reported at each place of it.
    reports_each_place: bool,
    /// Rules that only run on built pages, in an audit.
    only_built: Vec<ActiveRule>,
}

/// A subscriber of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subscriber {
    /// The rule at this index, which receives the element immediately.
    Rule(u16),
    /// The batch at this index, which receives all elements of the post together.
    Batch(u16),
}

/// Rules that receive the same elements, all at once.
struct Batch {
    which: Which,
    rules: Vec<u16>,
}

/// A word in `--select` or `--ignore` that does not refer to any rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownRule {
    /// The word.
    pub name: String,
    /// The suggested name.
    pub suggestion: Option<String>,
}

/// The rules that the command line selects: names, aliases, groups or `all`, and a preset.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// If not empty, only these rules run: of a group those that are on, by name or `all` also rules that are off.
    pub select: Vec<String>,
    /// These rules run as well: of a group those that are on by default, by name or `all` also rules that are off.
    pub extend_select: Vec<String>,
    /// These rules do not run.
    pub ignore: Vec<String>,
    /// Overrides the files that the config file extends, but not its own settings.
    pub preset: Option<&'static Preset>,
    /// Whether only rules run that [look at other files](Ruleset::looks_at_others), and those to which they yield.
    pub across_only: bool,
    /// Whether the run shows outlines of the posts, as audits do.
    pub outlines: bool,
    /// Whether a value that several posts share is reported at each place of it, and not only once.
    pub each_place: bool,
}

impl Selection {
    /// The words that do not refer to any rule.
    pub fn unknown(&self, catalog: &Catalog) -> Vec<UnknownRule> {
        let words = self.select.iter().chain(&self.extend_select).chain(&self.ignore);
        let unknown = |word: &&String| catalog.resolve(word).is_none();
        let describe =
            |word: &String| UnknownRule { name: word.clone(), suggestion: catalog.suggest(word).map(str::to_owned) };
        words.filter(unknown).map(describe).collect()
    }

    fn names<'w>(catalog: &Catalog, words: impl Iterator<Item = &'w String>) -> FxHashSet<Arc<str>> {
        words.filter_map(|word| catalog.resolve(word)).flatten().collect()
    }
}

impl Ruleset {
    /// Creates an empty set, to which rules of `catalog` can be added.
    pub fn empty(catalog: &Arc<Catalog>) -> Self {
        Ruleset {
            catalog: catalog.clone(),
            rules: Vec::new(),
            by_name: FxHashMap::default(),
            by_attribute: FxHashMap::default(),
            of_every: Vec::new(),
            batches: Vec::new(),
            document: Vec::new(),
            not_utf8: Vec::new(),
            suppressions: Vec::new(),
            site: Vec::new(),
            also_site: Vec::new(),
            outlines: false,
            reports_each_place: false,
            only_built: Vec::new(),
        }
    }

    /// The rules that config files and the command line enable. Returns mistakes in options, each with the number of
    /// its file.
    pub fn configure(
        catalog: &Arc<Catalog>,
        settings: &Settings<'_>,
        selection: &Selection,
    ) -> Result<Self, Vec<(usize, Mistake)>> {
        let settled = settle(catalog, settings);
        let words = if selection.select.is_empty() { &selection.extend_select } else { &selection.select };
        let (groups, names): (Vec<&String>, Vec<&String>) =
            words.iter().partition(|word| Group::from_word(word).is_some());
        let of_groups = Selection::names(catalog, groups.into_iter());
        let selected = Selection::names(catalog, names.into_iter());
        let ignored = Selection::names(catalog, selection.ignore.iter());
        let (mut rules, mut only_built, mut mistakes) = (Vec::new(), Vec::new(), Vec::new());
        for entry in catalog.rules() {
            let meta = &entry.page.meta;
            let Some(settled) = settled.get(&meta.name).filter(|_| !ignored.contains(&meta.name)) else { continue };
            let (own, is_extended) = (settled.level.level(), selection.select.is_empty());
            let level = match of_groups.contains(&meta.name) {
                _ if selected.contains(&meta.name) => own.or(meta.level.level()).or(LEVEL_OF_OFF.level()),
                true if is_extended => own.or(meta.level.level()),
                is_asked => own.filter(|_| is_extended || is_asked),
            };
            // A rule that is off by default may run on built pages only.
            let in_audit = meta.audit.filter(|_| is_extended && settled.level_from.is_none());
            let is_only_built = level.is_none();
            let Some(level) = level.or(in_audit) else { continue };
            match settled.check(entry) {
                Ok(check) => {
                    let rule = ActiveRule::new(meta.clone(), level, check);
                    let rule = ActiveRule { is_level_set: settled.is_level_set, ..rule };
                    if is_only_built { &mut only_built } else { &mut rules }.push(rule);
                }
                Err(wrong) => mistakes.extend(wrong),
            }
        }
        if selection.across_only {
            let stronger: FxHashSet<&str> = rules
                .iter()
                .filter(|rule| rule.looks_at_others())
                .flat_map(|rule| rule.check.yields_to())
                .copied()
                .collect();
            rules.retain(|rule| rule.looks_at_others() || stronger.contains(&*rule.meta.name));
        }
        let mut set = Ruleset {
            outlines: selection.outlines,
            reports_each_place: selection.each_place,
            ..Ruleset::empty(catalog)
        };
        rules.into_iter().for_each(|rule| set.add(rule));
        set.only_built.extend(only_built);
        // Without rules across posts, the other posts of a site are not read, unless someone asks for it.
        if set.site.is_empty() && selection.select.is_empty() {
            set.also_site.clear();
        }
        if mistakes.is_empty() { Ok(set) } else { Err(mistakes) }
    }

    /// Limits the fixes of the rules that `words` name: rules, aliases, groups or `all`.
    pub fn limit_fixes<'w>(&mut self, words: impl Iterator<Item = &'w str>, limit: FixLimit) {
        let names: FxHashSet<Arc<str>> = words.filter_map(|word| self.catalog.resolve(word)).flatten().collect();
        for rule in self.rules.iter_mut().filter(|rule| names.contains(&rule.meta.name)) {
            rule.fix_limit = rule.fix_limit.max(limit);
        }
    }

    /// The rules that are on by default according to their pages.
    pub fn recommended(catalog: &Arc<Catalog>) -> Self {
        let mut set = Ruleset::empty(catalog);
        for entry in catalog.rules() {
            if let Some(level) = entry.page.meta.level.level() {
                set.add(ActiveRule::new(entry.page.meta.clone(), level, entry.check().clone()));
            }
        }
        set
    }

    /// The rules that read built pages.
    pub fn for_built(&self) -> Ruleset {
        let mut set = Ruleset::empty(&self.catalog);
        self.of_built().for_each(|rule| set.subscribe_rule(rule.clone()));
        set
    }

    /// Adds a rule.
    pub fn add(&mut self, rule: ActiveRule) {
        if rule.meta.built == ReadsBuilt::Only {
            self.only_built.push(rule);
        } else {
            self.subscribe_rule(rule);
        }
    }

    fn subscribe_rule(&mut self, rule: ActiveRule) {
        let index = self.rules.len() as u16;
        if rule.check.wants_site() {
            self.also_site.push(index);
        }
        match rule.check.wants() {
            Wants::Elements(which) => self.subscribe(which, Subscriber::Rule(index)),
            Wants::Together(which) => match self.batches.iter_mut().find(|batch| batch.which == which) {
                Some(batch) => batch.rules.push(index),
                None => {
                    self.subscribe(which.clone(), Subscriber::Batch(self.batches.len() as u16));
                    self.batches.push(Batch { which, rules: vec![index] });
                }
            },
            Wants::Document => self.document.push(index),
            Wants::NotUtf8 => self.not_utf8.push(index),
            Wants::Suppressions => self.suppressions.push(index),
            Wants::Site => self.site.push(index),
            Wants::Built => {}
        }
        self.rules.push(rule);
    }

    fn subscribe(&mut self, which: Which, subscriber: Subscriber) {
        match which {
            Which::Named(names) => {
                names.into_iter().for_each(|name| self.by_name.entry(name).or_default().push(subscriber))
            }
            Which::With(attribute) => self.by_attribute.entry(attribute).or_default().push(subscriber),
            Which::Every => self.of_every.push(subscriber),
        }
    }

    /// The rules, in the order they were added.
    pub fn rules(&self) -> &[ActiveRule] {
        &self.rules
    }

    /// The same, and those that only run on built pages.
    pub fn all(&self) -> impl Iterator<Item = &ActiveRule> {
        self.rules.iter().chain(&self.only_built)
    }

    /// The rule of this index.
    pub fn rule(&self, index: u16) -> &ActiveRule {
        &self.rules[index as usize]
    }

    /// Calls `show` with all subscribers of `element`.
    pub fn for_each_subscriber(&self, element: Element<'_>, mut show: impl FnMut(Subscriber)) {
        let named = self.by_name.get(element.local_name()).map_or(&[][..], Vec::as_slice);
        self.of_every.iter().chain(named).for_each(|&subscriber| show(subscriber));
        for attribute in element.attributes() {
            if let Some(listed) = self.by_attribute.get(attribute.local_name()) {
                listed.iter().for_each(|&subscriber| show(subscriber));
            }
        }
    }

    /// The batches, each as the indexes of its rules.
    pub fn batches(&self) -> impl ExactSizeIterator<Item = &[u16]> {
        self.batches.iter().map(|batch| &*batch.rules)
    }

    /// The indexes of the rules that check documents whose file is not UTF-8.
    pub fn for_not_utf8(&self) -> &[u16] {
        &self.not_utf8
    }

    /// The indexes of the rules that check the document as a whole.
    pub fn for_document(&self) -> &[u16] {
        &self.document
    }

    /// The rules that check the suppressions and whether they were used.
    pub fn for_suppressions(&self) -> impl Iterator<Item = &ActiveRule> {
        self.suppressions.iter().map(|&index| self.rule(index))
    }

    /// The rules that check all posts of a site at once.
    pub fn for_site(&self) -> impl Iterator<Item = &ActiveRule> {
        self.site.iter().chain(&self.also_site).map(|&index| self.rule(index))
    }

    /// Whether the rule of a finding yields to another one that has a finding with the same span.
    pub fn yields(&self, finding: &Diagnostic, others: &[Diagnostic]) -> bool {
        let rule = self.rules.iter().find(|rule| rule.meta.name == finding.rule);
        let stronger = rule.map_or(&[][..], |rule| rule.check.yields_to());
        others.iter().any(|it| it.label.span == finding.label.span && stronger.contains(&&*it.rule))
    }

    /// Whether one of them compares the texts of posts.
    pub fn reads_texts(&self) -> bool {
        self.for_site().any(|rule| rule.check.reads_texts())
    }

    /// Each of them once: many posts have the same.
    pub fn distinct<'a>(all: impl Iterator<Item = &'a Self>) -> impl Iterator<Item = &'a Self> {
        let mut seen: FxHashSet<*const Self> = FxHashSet::default();
        all.filter(move |rules| seen.insert(ptr::from_ref(*rules)))
    }

    /// Whether a value that several posts share is reported at each place of it, and not only once.
    pub fn reports_each_place(&self) -> bool {
        self.reports_each_place
    }

    /// Whether the run shows outlines of the posts.
    pub fn outlines(&self) -> bool {
        self.outlines
    }

    /// Whether the findings of the rule of this name depend on other files of the site than the post.
    pub fn looks_at_others(&self, name: &str) -> bool {
        self.rules.iter().any(|rule| &*rule.meta.name == name && rule.looks_at_others())
    }

    /// The names of the rules.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().map(|rule| &*rule.meta.name)
    }

    /// The names of the rules that read built pages.
    pub fn names_for_built(&self) -> impl Iterator<Item = &str> {
        self.of_built().map(|rule| &*rule.meta.name)
    }

    /// Whether the rule of this name reads built pages, in an audit.
    pub fn reads_built(&self, name: &str) -> bool {
        self.of_built().any(|rule| &*rule.meta.name == name)
    }

    fn of_built(&self) -> impl Iterator<Item = &ActiveRule> {
        self.rules.iter().filter(|rule| rule.meta.built == ReadsBuilt::Too).chain(&self.only_built)
    }

    /// The names of the rules, with those that only run on built pages, if there are some.
    pub fn names_with_built(&self, has_built: bool) -> impl Iterator<Item = &str> {
        self.names().chain(self.only_built.iter().filter(move |_| has_built).map(|rule| &*rule.meta.name))
    }

    /// All rules, including those that do not run.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// Whether the rule of this name runs.
    pub fn runs(&self, name: &str) -> bool {
        self.rules.iter().any(|rule| &*rule.meta.name == name)
    }

    /// Whether the rule of this name runs, and finds all that it may find without built pages.
    pub fn needs_no_built(&self, name: &str) -> bool {
        self.rules.iter().any(|rule| &*rule.meta.name == name && !rule.finds_more_in_built())
    }
}
