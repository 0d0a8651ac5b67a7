//! All rules: the pages in `rules/`, each with its check.

use crate::checks;
use crate::diagnostic::Mistake;
use crate::rule::{Check, Group, Page};
use crate::source::Span;
use crate::words::nearest;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

const PAGES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// Rules by name and alias.
#[derive(Clone, Default)]
pub struct Catalog {
    rules: BTreeMap<Arc<str>, Arc<Entry>>,
    /// The rules for each alias: a rule of another tool may correspond to several.
    aliases: BTreeMap<String, Vec<Arc<str>>>,
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
            for (name, text) in PAGES {
                // `tests/it/rules/catalog.rs` reports a page that does not load. At run time, the other rules still
                // work.
                if let Ok(entry) = Entry::load(name, text) {
                    catalog.add(entry);
                }
            }
            Arc::new(catalog)
        })
    }

    /// The text of every built-in page, by rule name.
    pub fn pages() -> &'static [(&'static str, &'static str)] {
        PAGES
    }

    /// Adds a rule, replacing one of the same name.
    pub fn add(&mut self, entry: Entry) {
        let name = entry.page.meta.name.clone();
        for alias in &entry.page.meta.aliases {
            let rules = self.aliases.entry(alias.to_ascii_lowercase()).or_default();
            if !rules.contains(&name) {
                rules.push(name.clone());
            }
        }
        self.rules.insert(name, Arc::new(entry));
    }

    /// All rules, sorted by name.
    pub fn rules(&self) -> impl Iterator<Item = &Entry> {
        self.rules.values().map(|entry| &**entry)
    }

    /// The rule of this name, or the first with this alias.
    pub fn get(&self, name: &str) -> Option<&Entry> {
        let alias = || self.aliases.get(&name.to_ascii_lowercase())?.first();
        self.rules.get(name).or_else(|| self.rules.get(alias()?)).map(|entry| &**entry)
    }

    /// The names of the rules that a word refers to: a rule, an alias, a group, or `all`.
    pub fn resolve(&self, word: &str) -> Option<Vec<Arc<str>>> {
        if word == "all" {
            return Some(self.rules.keys().cloned().collect());
        }
        if let Some((name, _)) = self.rules.get_key_value(word) {
            return Some(vec![name.clone()]);
        }
        if let Some(names) = self.aliases.get(&word.to_ascii_lowercase()) {
            return Some(names.clone());
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
        nearest(word, known)
    }
}

/// The opening fence of a page's front matter, where mistakes of the page as a whole are reported.
const FIRST_LINE: Span = Span::new(0, 3);

impl Entry {
    /// Parses a page and finds its check.
    pub fn load(name: &str, text: &str) -> Result<Self, Vec<Mistake>> {
        let page = Page::parse(name, text)?;
        let error = |message: &str| vec![Mistake::at(FIRST_LINE, message, "")];
        let native = checks::NATIVE.iter().find(|(native, _)| *native == name).map(|(_, make)| *make);
        match (&page.declared, native) {
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
        let declared = page.and_then(|page| Some((page.declared.clone()?, page)));
        match declared.filter(|_| mistakes.is_empty()) {
            Some((declared, page)) => Ok(Entry { check: declared, make: None, page }),
            None => Err(mistakes),
        }
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
    PAGES.iter().any(|(builtin, _)| *builtin == name)
}
