//! Front matter: the block of YAML, TOML or JSON before the post, read as the site's generator reads it.

pub mod value;

use crate::document::dialect::Generator;
use crate::source::{Source, Span};
use value::{Entry, Mapping, Value};

/// What stands before the body.
#[derive(Debug)]
pub enum FrontMatter<'s> {
    /// Nothing: the body starts at once.
    Missing,
    /// An opening fence that is never closed; the generator prints it as text.
    Unclosed {
        /// The opening fence.
        fence: Span,
    },
    /// A closed block.
    Present(Block<'s>),
}

/// A closed block of front matter.
#[derive(Debug)]
pub struct Block<'s> {
    /// The language it is written in.
    pub format: Format,
    /// Everything, fences and the line end after the closing one included.
    pub span: Span,
    /// The opening fence, `---`.
    pub fence: Span,
    /// What stands between the fences.
    pub content: Span,
    /// The keys; what could be saved of them when there is a `problem`.
    pub mapping: Mapping<'s>,
    /// The value itself when it is no mapping (`--- just text ---`).
    pub other: Option<Value<'s>>,
    /// Comments, in order.
    pub comments: Vec<Span>,
    /// Why the block does not parse.
    pub problem: Option<Problem>,
}

/// The languages of front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Between `---`.
    Yaml,
    /// Between `+++`.
    Toml,
    /// In braces.
    Json,
}

impl Format {
    /// The format's name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Format::Yaml => "YAML",
            Format::Toml => "TOML",
            Format::Json => "JSON",
        }
    }
}

/// A syntax error, at its cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The bytes that are wrong.
    pub span: Span,
    /// What is wrong with them, in a blogger's words: stands alone as a label.
    pub label: String,
    /// How to mend it.
    pub help: String,
    /// Quoting this value makes the whole block parse: its bytes and the quoted text (verified).
    pub quoted: Option<(Span, String)>,
}

impl<'s> FrontMatter<'s> {
    /// Reads the front matter of a file.
    pub fn parse(_source: &'s Source, _generator: Generator) -> Self {
        FrontMatter::Missing
    }

    /// The closed block, if there is one.
    pub fn block(&self) -> Option<&Block<'s>> {
        match self {
            FrontMatter::Present(block) => Some(block),
            _ => None,
        }
    }

    /// The entry the generator sees under a top-level key.
    pub fn get(&self, key: &str) -> Option<&Entry<'s>> {
        self.block()?.mapping.get(key)
    }

    /// Where the body starts, in bytes.
    pub fn body_start(&self, source: &Source) -> u32 {
        self.block().map_or(source.bom_len(), |block| block.span.end)
    }
}
