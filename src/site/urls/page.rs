//! A file that may become a page: its path and its front matter.

use crate::document::read::front_matter::types::Engine;
use crate::document::read::front_matter::value::{Entry, Mapping, Value as Written};
use crate::document::read::front_matter::{Format, FrontMatter};
use crate::place::dialect::Generator;
use crate::site::urls::value::Value;
use crate::source::Source;
use std::borrow::Cow;
use std::sync::OnceLock;

/// A file that may become a page.
#[derive(Clone, Debug)]
pub struct Page<'p> {
    /// Path inside the site, with `/`.
    pub path: &'p str,
    /// Its front matter.
    pub front: Front<'p>,
}

/// The front matter of a file.
#[derive(Clone, Debug)]
pub enum Front<'p> {
    /// The file has none.
    Missing,
    /// The front matter is not closed or does not parse.
    Unreadable,
    /// A program, between `---js` and `---`: its text.
    Program(String),
    /// The keys with their values, in source order.
    Keys(Vec<Key<'p>>),
}

/// A key, whose value is read when it is asked for: a URL depends on few of them. Reading all values costs 1.2% more
/// instructions.
#[derive(Clone, Debug)]
pub struct Key<'p> {
    name: Cow<'p, str>,
    /// What is written; `None` once the value does not depend on it.
    written: Option<(&'p Written<'p>, Engine)>,
    value: OnceLock<Value>,
}

impl Key<'_> {
    fn value(&self) -> &Value {
        let read = || self.written.map_or(Value::Unknown, |(written, engine)| Value::of(written, engine));
        self.value.get_or_init(read)
    }

    /// The key with its value, without what is written.
    fn detached(self) -> Key<'static> {
        self.value();
        Key { name: Cow::Owned(self.name.into_owned()), written: None, value: self.value }
    }
}

impl<'p> Page<'p> {
    /// Parses the front matter of the file at `path`.
    pub fn read(path: &'p str, source: &Source, generator: Generator) -> Self {
        Page { path, front: Front::read(source, generator) }
    }

    /// The front matter of a file that is parsed already.
    pub fn of(path: &'p str, front: &'p FrontMatter<'p>, source: &Source, generator: Generator) -> Self {
        Page { path, front: Front::of(front, source.text(), generator) }
    }

    /// The folders above it, and its name.
    pub fn split(&self) -> (&'p str, &'p str) {
        self.path.rsplit_once('/').unwrap_or(("", self.path))
    }
}

impl<'p> Front<'p> {
    fn of(front: &'p FrontMatter<'p>, text: &str, generator: Generator) -> Self {
        let block = match front {
            FrontMatter::Missing => return Front::Missing,
            FrontMatter::Unclosed { .. } => return Front::Unreadable,
            FrontMatter::Present(block) => block,
        };
        if block.format == Format::JavaScript {
            return Front::Program(block.content.slice(text).to_owned());
        }
        // Merged keys are defined elsewhere in the block.
        if block.problem.is_some() || !block.is_readable() || block.mapping.has_merge() {
            return Front::Unreadable;
        }
        Front::Keys(keys(&block.mapping, Engine::of(generator)))
    }

    /// Parses the front matter of a file.
    pub fn read(source: &Source, generator: Generator) -> Front<'static> {
        Front::of(&FrontMatter::parse(source, generator), source.text(), generator).detached()
    }

    /// The front matter with all values, which does not borrow the text of the file.
    fn detached(self) -> Front<'static> {
        match self {
            Front::Missing => Front::Missing,
            Front::Unreadable => Front::Unreadable,
            Front::Program(text) => Front::Program(text),
            Front::Keys(keys) => Front::Keys(keys.into_iter().map(Key::detached).collect()),
        }
    }

    /// Whether the file has none.
    pub fn is_missing(&self) -> bool {
        matches!(self, Front::Missing)
    }

    /// Whether it is not closed or does not parse.
    pub fn is_unreadable(&self) -> bool {
        matches!(self, Front::Unreadable)
    }

    /// The value of a key: the last one, if it is repeated.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.find(|name| name == key)
    }

    /// The value of a key, ignoring case.
    pub fn get_in_any_case(&self, key: &str) -> Option<&Value> {
        self.find(|name| name.eq_ignore_ascii_case(key))
    }

    fn find(&self, is_it: impl Fn(&str) -> bool) -> Option<&Value> {
        let Front::Keys(keys) = self else { return None };
        keys.iter().rev().find(|key| is_it(&key.name)).map(Key::value)
    }
}

fn keys<'p>(mapping: &'p Mapping<'p>, engine: Engine) -> Vec<Key<'p>> {
    let key = |entry: &'p Entry<'p>| {
        let name = Cow::Borrowed(entry.name()?);
        Some(Key { name, written: Some((&entry.value, engine)), value: OnceLock::new() })
    };
    mapping.entries.iter().filter_map(key).collect()
}
