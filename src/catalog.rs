//! Every rule there is: the pages in `rules/`, joined with their checks.

use crate::checks;
use crate::rule::declared::Declared;
use crate::rule::{Check, Group, Page, PageError};
use crate::suggestion::nearest;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

const PAGES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// Rules by name, with the other names they answer to.
#[derive(Default)]
pub struct Catalog {
    rules: BTreeMap<Arc<str>, Entry>,
    /// One name of another tool may cover what several rules find.
    aliases: BTreeMap<String, Vec<Arc<str>>>,
}

/// A rule of the catalog: a page and how to make its check.
pub struct Entry {
    /// The page.
    pub page: Page,
    maker: Maker,
}

enum Maker {
    Declared(Arc<Declared>),
    Native(checks::Make),
}

impl Catalog {
    /// The rules postlint ships with.
    pub fn builtin() -> &'static Catalog {
        static BUILTIN: OnceLock<Catalog> = OnceLock::new();
        BUILTIN.get_or_init(|| {
            let mut catalog = Catalog::default();
            for (name, text) in PAGES {
                // A page that does not load is reported by `tests/catalog.rs`; at run time the others still serve.
                if let Ok(entry) = Entry::load(name, text) {
                    catalog.add(entry);
                }
            }
            catalog
        })
    }

    /// The text of every page postlint ships with, by name.
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
        self.rules.insert(name, entry);
    }

    /// All rules, sorted by name.
    pub fn rules(&self) -> impl Iterator<Item = &Entry> {
        self.rules.values()
    }

    /// The rule of this name, or the first that answers to it.
    pub fn get(&self, name: &str) -> Option<&Entry> {
        let alias = || self.aliases.get(&name.to_ascii_lowercase())?.first();
        self.rules.get(name).or_else(|| self.rules.get(alias()?))
    }

    /// The names of the rules a word stands for: a rule, an alias, a group, or `all`.
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
        let group = Group::ALL.into_iter().find(|group| group.as_str() == word)?;
        let members = self.rules().filter(|entry| entry.page.meta.group == group);
        Some(members.map(|entry| entry.page.meta.name.clone()).collect())
    }

    /// The known rule or group that an unknown word is most like.
    pub fn suggest(&self, word: &str) -> Option<&str> {
        let mut known: Vec<&str> = Group::ALL.into_iter().map(Group::as_str).collect();
        known.extend(self.rules.keys().map(|name| &**name));
        known.extend(self.aliases.keys().map(String::as_str));
        nearest(word, known)
    }
}

impl Entry {
    /// Reads a page and finds its check.
    pub fn load(name: &str, text: &str) -> Result<Self, PageError> {
        let mut page = Page::parse(name, text)?;
        let native = checks::NATIVE.iter().find(|(native, _)| *native == name).map(|(_, make)| *make);
        let maker = match (Declared::new(&mut page.meta)?, native) {
            (Some(declared), None) => Maker::Declared(Arc::new(declared)),
            (None, Some(make)) => Maker::Native(make),
            (Some(_), Some(_)) => return Err(error("has both a `match` and a check in Rust")),
            (None, None) => return Err(error("has neither a `match` nor a check in Rust")),
        };
        let entry = Entry { page, maker };
        entry.check(serde_yaml::Mapping::new()).map_err(|e| error(&format!("its own defaults do not load: {e}")))?;
        Ok(entry)
    }

    /// Makes the check with `options` laid over the page's defaults.
    pub fn check(&self, options: serde_yaml::Mapping) -> Result<Arc<dyn Check>, serde_yaml::Error> {
        match &self.maker {
            Maker::Declared(declared) => Ok(declared.clone()),
            Maker::Native(make) => {
                let mut all = self.page.meta.option_defaults();
                all.extend(options);
                Ok(Arc::from(make(serde_yaml::Value::Mapping(all))?))
            }
        }
    }
}

fn error(message: &str) -> PageError {
    PageError { message: message.to_owned() }
}
