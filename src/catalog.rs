//! All rules: the pages in `rules/`, each with its check.

use crate::checks;
use crate::diagnostic::Mistake;
use crate::rule::{Check, Group, Page, Wants};
use crate::source::Span;
use crate::words::nearest;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

/// The built-in pages, each with its name, its text, and its front matter as JSON.
const PAGES: &[(&str, &str, &str)] = include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// Rules by name and alias.
#[derive(Clone, Default)]
pub struct Catalog {
    rules: BTreeMap<Arc<str>, Arc<Entry>>,
    /// The rules for each alias: a rule of another tool may correspond to several.
    aliases: BTreeMap<String, Vec<Arc<str>>>,
    /// The rules for each earlier name: a rule may have become several.
    former: BTreeMap<String, Vec<Arc<str>>>,
    /// The pages of rules that no longer exist.
    retired: BTreeMap<Arc<str>, Arc<Entry>>,
}

/// A rule of the catalog: a page and its check.
pub struct Entry {
    /// The page.
    pub page: Page,
    /// The check, with the page's defaults.
    check: Arc<dyn Check>,
    /// Creates the check with other options; `None` for a declared rule, which has no options.
    make: Option<checks::Make>,
}

impl Catalog {
    /// The built-in rules.
    pub fn builtin() -> &'static Arc<Catalog> {
        static BUILTIN: OnceLock<Arc<Catalog>> = OnceLock::new();
        BUILTIN.get_or_init(|| {
            let mut catalog = Catalog::default();
            // `tests/it/rules/catalog.rs` reports a page that does not load. At run time, the other rules still work.
            let load = |(name, text, front_matter): &(&str, &'static str, &str)| {
                Entry::embedded(name, text, front_matter).or_else(|| Entry::load(name, text).ok())
            };
            PAGES.iter().filter_map(load).for_each(|entry| catalog.add(entry));
            Arc::new(catalog)
        })
    }

    /// The text of every built-in page, by rule name.
    pub fn pages() -> impl Iterator<Item = (&'static str, &'static str)> {
        PAGES.iter().map(|(name, text, _)| (*name, *text))
    }

    /// Adds a rule, replacing one of the same name.
    pub fn add(&mut self, entry: Entry) {
        let name = entry.page.meta.name.clone();
        if entry.page.meta.retired.is_some() {
            self.retired.insert(name, Arc::new(entry));
            return;
        }
        let add = |names: &mut BTreeMap<String, Vec<Arc<str>>>, word: &String| {
            let rules = names.entry(word.to_ascii_lowercase()).or_default();
            if !rules.contains(&name) {
                rules.push(name.clone());
            }
        };
        entry.page.meta.aliases.iter().for_each(|alias| add(&mut self.aliases, alias));
        entry.page.meta.formerly.iter().for_each(|old| add(&mut self.former, old));
        self.rules.insert(name, Arc::new(entry));
    }

    /// All rules, sorted by name.
    pub fn rules(&self) -> impl Iterator<Item = &Entry> {
        self.rules.values().map(|entry| &**entry)
    }

    /// The rule of this name, or the first with this alias or earlier name.
    pub fn get(&self, name: &str) -> Option<&Entry> {
        let other = || self.renamed(name).and_then(|names| names.first());
        self.rules.get(name).or_else(|| self.rules.get(other()?)).map(|entry| &**entry)
    }

    /// The rules of an alias or an earlier name.
    fn renamed(&self, name: &str) -> Option<&Vec<Arc<str>>> {
        let name = name.to_ascii_lowercase();
        self.aliases.get(&name).or_else(|| self.former.get(&name))
    }

    /// The page of a rule that no longer exists.
    pub fn retired(&self, name: &str) -> Option<&Entry> {
        self.retired.get(name).map(|entry| &**entry)
    }

    /// The names that other tools have for rules, as the pages write them, sorted.
    pub fn aliases(&self) -> impl Iterator<Item = &str> {
        let written = self.rules().flat_map(|entry| &entry.page.meta.aliases);
        written.map(String::as_str).collect::<BTreeSet<_>>().into_iter()
    }

    /// The earlier names of rules, and the names of rules that no longer exist.
    pub fn old_names(&self) -> impl Iterator<Item = &str> {
        self.former.keys().map(String::as_str).chain(self.retired.keys().map(|name| &**name))
    }

    /// The rules that an old name refers to now; `None` for all other words.
    pub fn renamed_to(&self, word: &str) -> Option<&[Arc<str>]> {
        if self.rules.contains_key(word) {
            return None;
        }
        let former = self.former.get(&word.to_ascii_lowercase()).map(Vec::as_slice);
        former.or_else(|| self.retired.contains_key(word).then_some(&[][..]))
    }

    /// What a user of an old name is told; `None` for all other words.
    pub fn notice(&self, word: &str) -> Option<String> {
        let names: Vec<String> = self.renamed_to(word)?.iter().map(|name| format!("`{name}`")).collect();
        if !names.is_empty() {
            return Some(format!("the rule `{word}` is now {}", names.join(" and ")));
        }
        let why = self.retired(word)?.page.meta.retired.as_ref()?;
        Some(format!("the rule `{word}` was retired: {why}"))
    }

    /// The names of the rules that a word refers to: a rule, an alias, an earlier name, a group, or `all`. A rule that no
    /// longer exists refers to none.
    pub fn resolve(&self, word: &str) -> Option<Vec<Arc<str>>> {
        if word == "all" {
            return Some(self.rules.keys().cloned().collect());
        }
        if let Some((name, _)) = self.rules.get_key_value(word) {
            return Some(vec![name.clone()]);
        }
        if let Some(names) = self.renamed(word) {
            return Some(names.clone());
        }
        if self.retired.contains_key(word) {
            return Some(Vec::new());
        }
        let group = Group::from_word(word)?;
        let members = self.rules().filter(|entry| entry.page.meta.group == group);
        Some(members.map(|entry| entry.page.meta.name.clone()).collect())
    }

    /// The rule, alias or group whose name is most similar to an unknown word.
    pub fn suggest(&self, word: &str) -> Option<&str> {
        let mut known: Vec<&str> = Group::ALL.into_iter().map(Group::as_str).collect();
        known.extend(self.rules.keys().map(|name| &**name));
        known.extend(self.aliases.keys().map(String::as_str));
        same_words(word, &known).or_else(|| nearest(word, known))
    }
}

/// The shortest name with all words of another one, in any order: `internal-link-broken` for `broken-link`. Of several names,
/// none is more likely; of a single word, it is not known which of its rules is meant.
fn same_words<'a>(word: &str, names: &[&'a str]) -> Option<&'a str> {
    let asked: Vec<&str> = word.split(['-', '_']).filter(|part| !part.is_empty()).collect();
    let has_all = |name: &str| asked.iter().all(|part| name.split('-').any(|it| it.eq_ignore_ascii_case(part)));
    let found = || names.iter().copied().filter(|name| asked.len() > 1 && has_all(name));
    let words = |name: &str| name.split('-').count();
    let fewest = found().map(words).min()?;
    let mut shortest = found().filter(|name| words(name) == fewest);
    shortest.next().filter(|_| shortest.next().is_none())
}

/// The opening fence of a page's front matter, where mistakes of the page as a whole are reported.
const FIRST_LINE: Span = Span::new(0, 3);

impl Entry {
    /// Parses a page and finds its check.
    pub fn load(name: &str, text: &str) -> Result<Self, Vec<Mistake>> {
        Entry::of(Page::parse(name, text)?)
    }

    /// A built-in page with a check in Rust, as `build.rs` embeds it. Parsing the YAML of all pages takes most of a run on one
    /// post.
    fn embedded(name: &str, text: &'static str, front_matter: &str) -> Option<Self> {
        native(name)?;
        Entry::of(Page::embedded(name, text, front_matter)?).ok()
    }

    /// Finds the check of a page.
    fn of(page: Page) -> Result<Self, Vec<Mistake>> {
        let error = |message: &str| vec![Mistake::at(FIRST_LINE, message, "")];
        match (&page.declared, native(&page.meta.name)) {
            (None, None) if page.meta.retired.is_some() => Ok(Entry::retired(page)),
            (Some(declared), None) => Ok(Entry { check: declared.clone(), make: None, page }),
            (None, Some(make)) => {
                let defaults = serde_yaml::Value::Mapping(page.meta.option_defaults());
                let check = make(defaults)
                    .map_err(|cause| error(&format!("the defaults do not match the options of the check: {cause}")))?;
                Ok(Entry { check: Arc::from(check), make: Some(make), page })
            }
            (Some(_), Some(_)) => Err(error("the page has both a `match` and a check in Rust")),
            (None, None) => Err(error("the page has neither a `match` nor a check in Rust")),
        }
    }

    /// Parses the page of a user's own rule, whose check is its `match`.
    pub fn load_users(name: &str, text: &str) -> Result<Self, Vec<Mistake>> {
        let (page, mut mistakes) = match Page::parse_users(name, text) {
            Ok(page) => (Some(page), Vec::new()),
            Err(mistakes) => (None, mistakes),
        };
        if let Some(why) = why_no_name(name) {
            let message = format!("`{name}` cannot be the name of a rule");
            mistakes.push(Mistake::at(FIRST_LINE, message, "a rule has the name of its file").with_help(why));
        }
        let page = match page {
            Some(page) if page.meta.retired.is_some() && mistakes.is_empty() => return Ok(Entry::retired(page)),
            page => page,
        };
        let declared = page.and_then(|page| Some((page.declared.clone()?, page)));
        match declared.filter(|_| mistakes.is_empty()) {
            Some((declared, page)) => Ok(Entry { check: declared, make: None, page }),
            None => Err(mistakes),
        }
    }

    /// A rule that no longer exists.
    fn retired(page: Page) -> Self {
        Entry { check: Arc::new(Nothing), make: None, page }
    }

    /// Whether the rule is built in.
    pub fn is_builtin(&self) -> bool {
        is_builtin(&self.page.meta.name)
    }

    /// The check, with the page's defaults.
    pub fn check(&self) -> &Arc<dyn Check> {
        &self.check
    }

    /// The check with `options`, which override the page's defaults.
    pub fn check_with(&self, options: serde_yaml::Mapping) -> Result<Arc<dyn Check>, serde_yaml::Error> {
        match self.make {
            Some(make) if !options.is_empty() => {
                let mut all = self.page.meta.option_defaults();
                all.extend(options);
                let check = make(serde_yaml::Value::Mapping(all))?;
                check.compile().map_err(<serde_yaml::Error as serde::de::Error>::custom)?;
                Ok(Arc::from(check))
            }
            _ => Ok(self.check.clone()),
        }
    }
}

/// What makes the check in Rust of a rule.
fn native(rule: &str) -> Option<checks::Make> {
    let at = checks::NATIVE.binary_search_by(|(name, _)| (*name).cmp(rule)).ok()?;
    checks::NATIVE.get(at).map(|(_, make)| *make)
}

/// The check of a rule that no longer exists.
struct Nothing;

impl Check for Nothing {
    fn wants(&self) -> Wants {
        Wants::elements(&[])
    }
}

/// Why a user's rule cannot have this name; `None` if it can.
pub fn why_no_name(name: &str) -> Option<&'static str> {
    let is_kebab = name.split('-').all(|word| !word.is_empty() && word.chars().all(char::is_alphanumeric));
    if !is_kebab || name != name.to_lowercase() {
        return Some("write it in lower case with `-` between the words, such as `table-empty`");
    }
    if name == "all" || Group::from_word(name).is_some() {
        return Some("it is the name of a group of rules: choose another");
    }
    is_builtin(name).then_some("it is the name of a built-in rule: choose another")
}

fn is_builtin(name: &str) -> bool {
    PAGES.iter().any(|(builtin, ..)| *builtin == name)
}
