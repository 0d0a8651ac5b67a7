//! A file that may become a page: its path and its front matter.

use crate::document::read::front_matter::types::Engine;
use crate::document::read::front_matter::{Format, FrontMatter};
use crate::place::dialect::Generator;
use crate::site::urls::value::{self, Value};
use crate::source::Source;

/// A file that may become a page.
#[derive(Clone, Debug)]
pub struct Page<'p> {
    /// Path inside the site, with `/`.
    pub path: &'p str,
    /// Its front matter.
    pub front: Front,
}

/// The front matter of a file.
#[derive(Clone, Debug, PartialEq)]
pub enum Front {
    /// The file has none.
    Missing,
    /// The front matter is not closed or does not parse.
    Unreadable,
    /// A program, between `---js` and `---`: its text.
    Program(String),
    /// The keys with their values.
    Keys(Vec<(String, Value)>),
}

impl<'p> Page<'p> {
    /// Parses the front matter of the file at `path`.
    pub fn read(path: &'p str, source: &Source, generator: Generator) -> Self {
        Page::of(path, &FrontMatter::parse(source, generator), source, generator)
    }

    /// The front matter of a file that is parsed already.
    pub fn of(path: &'p str, front: &FrontMatter<'_>, source: &Source, generator: Generator) -> Self {
        Page { path, front: Front::of(front, source.text(), generator) }
    }

    /// The folders above it, and its name.
    pub fn split(&self) -> (&'p str, &'p str) {
        self.path.rsplit_once('/').unwrap_or(("", self.path))
    }
}

impl Front {
    fn of(front: &FrontMatter<'_>, text: &str, generator: Generator) -> Front {
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
        Front::Keys(value::entries(&block.mapping, Engine::of(generator)))
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        match self {
            Front::Keys(entries) => value::get(entries, key, false),
            _ => None,
        }
    }

    /// The value of a key, ignoring case.
    pub fn get_in_any_case(&self, key: &str) -> Option<&Value> {
        match self {
            Front::Keys(entries) => value::get(entries, key, true),
            _ => None,
        }
    }
}
