//! A rule's page: metadata in its front matter, prose for the reader, fenced examples that are its tests.

use crate::diagnostic::Mistake;
use crate::document::read::front_matter::{Format, FrontMatter};
use crate::place::dialect::Generator;
use crate::rule::declared::Declared;
use crate::rule::meta::Meta;
use crate::rule::read;
use crate::source::Source;
use std::borrow::Cow;
use std::sync::Arc;

/// A page, parsed.
pub struct Page {
    /// Its front matter.
    pub meta: Arc<Meta>,
    /// Its `match` and `fix`; `None` if the check is written in Rust.
    pub declared: Option<Arc<Declared>>,
    /// The whole file.
    pub text: Cow<'static, str>,
    /// Offset in bytes of the start of the prose in `text`.
    pub prose_start: usize,
}

impl Page {
    /// Parses the page of a built-in rule. `name` is the file's name without `.md`.
    pub fn parse(name: &str, text: &str) -> Result<Self, Vec<Mistake>> {
        Page::read(name, text, false)
    }

    /// The page of a built-in rule whose check is written in Rust. `front_matter` is what `build.rs` made of its YAML: JSON.
    pub fn embedded(name: &str, text: &'static str, front_matter: &str) -> Option<Self> {
        const CLOSING: &str = "\n---\n";
        let meta = Meta { name: Arc::from(name), ..serde_json::from_str(front_matter).ok()? };
        let prose_start = text.find(CLOSING)? + CLOSING.len();
        Some(Page { meta: Arc::new(meta), declared: None, text: Cow::Borrowed(text), prose_start })
    }

    /// Parses the page of a user's own rule, which must have a `match`.
    pub fn parse_users(name: &str, text: &str) -> Result<Self, Vec<Mistake>> {
        Page::read(name, text, true)
    }

    fn read(name: &str, text: &str, is_users: bool) -> Result<Self, Vec<Mistake>> {
        let source = Source::new(text);
        let front_matter = FrontMatter::parse(&source, Generator::Jekyll);
        let Some(block) = front_matter.block().filter(|block| block.format == Format::Yaml) else {
            let first_line = source.line_span(1);
            let is_open = source.slice(first_line).trim_end() == "---";
            let (message, label) = match is_open {
                true => ("the page's front matter is not closed", "there is no closing `---`"),
                false => ("the page has no front matter", "expected a line `---`"),
            };
            let help = "put `---` before and after the keys; `postlint new-rule NAME` shows how";
            return Err(vec![Mistake::at(first_line, message, label).with_help(help)]);
        };
        if let Some(problem) = &block.problem {
            let mistake = Mistake::at(problem.span, "the page's front matter is not valid YAML", &problem.label);
            return Err(vec![mistake.with_help(problem.help_in_settings(source.text()))]);
        }
        let (meta, declared) = read::page(name, &block.mapping, block.fence, is_users)?;
        Ok(Page {
            meta: Arc::new(meta),
            declared: declared.map(Arc::new),
            text: Cow::Owned(text.to_owned()),
            prose_start: block.span.end as usize,
        })
    }

    /// Everything after the front matter.
    pub fn prose(&self) -> &str {
        self.text.get(self.prose_start..).unwrap_or("")
    }

    /// The same for readers: without the comments by which the page, as a post, suppresses findings.
    pub fn readable_prose(&self) -> String {
        let mut readable = String::new();
        let mut fence = None;
        for line in self.prose().lines() {
            let marks = line.len() - line.trim_start_matches('`').len();
            fence = match fence {
                None if marks >= 3 => Some(marks),
                Some(open) if marks >= open && line.len() == marks => None,
                open => open,
            };
            let is_comment = || line.starts_with("<!-- postlint-") && line.trim_end().ends_with("-->");
            if fence.is_some() || !is_comment() {
                readable.push_str(line);
                readable.push('\n');
            } else if readable.ends_with("\n\n") {
                readable.pop();
            }
        }
        readable
    }

    /// The prose, without a copy of what is in the program.
    pub fn shared_prose(&self) -> Cow<'static, str> {
        match self.text {
            Cow::Borrowed(text) => Cow::Borrowed(text.get(self.prose_start..).unwrap_or("")),
            Cow::Owned(_) => Cow::Owned(self.prose().to_owned()),
        }
    }
}
