//! A rule's page: metadata in its front matter, prose for the reader, fenced examples that are its tests.

use crate::diagnostic::{Authority, Level, Mistake};
use crate::document::read::front_matter::{Format, FrontMatter};
use crate::place::dialect::Generator;
use crate::rule::declared::Declared;
use crate::rule::read;
use crate::source::Source;
use std::fmt;
use std::sync::Arc;

/// What a page's front matter says.
#[derive(Debug)]
pub struct Meta {
    /// The file's name without `.md`.
    pub name: Arc<str>,
    /// What is wrong: the message of a finding that says nothing more exact.
    pub summary: String,
    /// The subject it belongs to.
    pub group: Group,
    /// How bad a finding is, or `off`.
    pub level: DefaultLevel,
    /// On whose word it stands.
    pub authority: Authority,
    /// The version that brought it.
    pub since: String,
    /// Other tools' names for it, accepted in config and suppressions.
    pub aliases: Vec<String>,
    /// Where its authority can be read.
    pub references: Vec<String>,
    /// What a config may set, with defaults.
    pub options: serde_yaml::Mapping,
    /// What is said at the place.
    pub label: String,
    /// What to do.
    pub help: Option<String>,
}

impl Meta {
    /// The default of an option, without its documentation.
    pub fn option_defaults(&self) -> serde_yaml::Mapping {
        let default = |option: &serde_yaml::Value| option.get("default").cloned().unwrap_or(serde_yaml::Value::Null);
        self.options.iter().map(|(name, option)| (name.clone(), default(option))).collect()
    }
}

/// A rule's level as its page or a config sets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DefaultLevel {
    /// Objectively broken.
    Error,
    /// Very probably a mistake.
    Warn,
    /// Advice.
    Info,
    /// Not run.
    Off,
}

impl DefaultLevel {
    /// The words a config may use.
    pub const WORDS: [&'static str; 4] = ["error", "warn", "info", "off"];

    /// The level this word names.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "error" => Some(DefaultLevel::Error),
            "warn" => Some(DefaultLevel::Warn),
            "info" => Some(DefaultLevel::Info),
            "off" => Some(DefaultLevel::Off),
            _ => None,
        }
    }

    /// The level of a finding; `None` when the rule does not run.
    pub const fn level(self) -> Option<Level> {
        match self {
            DefaultLevel::Error => Some(Level::Error),
            DefaultLevel::Warn => Some(Level::Warn),
            DefaultLevel::Info => Some(Level::Info),
            DefaultLevel::Off => None,
        }
    }
}

/// The subjects rules are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Group {
    FrontMatter,
    Seo,
    Images,
    Links,
    Markup,
    Text,
    Site,
    StructuredData,
    Social,
    Suppressions,
}

impl Group {
    /// All groups, in the order of the documentation.
    pub const ALL: [Group; 10] = [
        Group::FrontMatter,
        Group::Seo,
        Group::Images,
        Group::Links,
        Group::Markup,
        Group::Text,
        Group::Site,
        Group::StructuredData,
        Group::Social,
        Group::Suppressions,
    ];

    /// The group this word names.
    pub fn from_word(word: &str) -> Option<Self> {
        Group::ALL.into_iter().find(|group| group.as_str() == word)
    }

    /// The word used in pages, config files and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Group::FrontMatter => "front-matter",
            Group::Seo => "seo",
            Group::Images => "images",
            Group::Links => "links",
            Group::Markup => "markup",
            Group::Text => "text",
            Group::Site => "site",
            Group::StructuredData => "structured-data",
            Group::Social => "social",
            Group::Suppressions => "suppressions",
        }
    }
}

/// A page, parsed.
pub struct Page {
    /// Its front matter.
    pub meta: Arc<Meta>,
    /// The fault said as a pattern; absent where a check in Rust finds it.
    pub declared: Option<Arc<Declared>>,
    /// The whole file.
    pub text: String,
    /// Where the prose starts in `text`, in bytes.
    pub prose_start: usize,
}

/// Why a page is no rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageError {
    /// Everything that is wrong with it; spans are bytes of the page.
    pub mistakes: Vec<Mistake>,
}

impl fmt::Display for PageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let messages: Vec<&str> = self.mistakes.iter().map(|mistake| mistake.message.as_str()).collect();
        f.write_str(&messages.join("; "))
    }
}

impl std::error::Error for PageError {}

impl From<Mistake> for PageError {
    fn from(mistake: Mistake) -> Self {
        PageError { mistakes: vec![mistake] }
    }
}

impl Page {
    /// Reads the page of a built-in rule. `name` is the file's name without `.md`.
    pub fn parse(name: &str, text: &str) -> Result<Self, PageError> {
        Page::read(name, text, false)
    }

    /// Reads the page of a user's own rule: its `match` is all there is to it.
    pub fn parse_users(name: &str, text: &str) -> Result<Self, PageError> {
        Page::read(name, text, true)
    }

    fn read(name: &str, text: &str, is_users: bool) -> Result<Self, PageError> {
        let source = Source::new(text);
        let front_matter = FrontMatter::parse(&source, Generator::Jekyll);
        let Some(block) = front_matter.block().filter(|block| block.format == Format::Yaml) else {
            let first_line = source.line_span(1);
            let is_open = source.slice(first_line).trim_end() == "---";
            let (message, label) = match is_open {
                true => ("the page's front matter is not closed", "no second `---` follows"),
                false => ("the page has no front matter", "expected `---` on a line of its own"),
            };
            let help = "put `---` before and after the keys; `postlint new-rule NAME` shows how";
            return Err(Mistake::at(first_line, message, label).with_help(help).into());
        };
        if let Some(problem) = &block.problem {
            let mistake = Mistake::at(problem.span, "the page's front matter is not valid YAML", &problem.label);
            return Err(mistake.with_help(problem.help_in_settings(source.text())).into());
        }
        let mut mistakes = Vec::new();
        match read::page(name, &block.mapping, block.fence, is_users, &mut mistakes) {
            Some((meta, declared)) => Ok(Page {
                meta: Arc::new(meta),
                declared: declared.map(Arc::new),
                text: text.to_owned(),
                prose_start: block.span.end as usize,
            }),
            None => Err(PageError { mistakes }),
        }
    }

    /// What a reader reads: everything after the front matter.
    pub fn prose(&self) -> &str {
        self.text.get(self.prose_start..).unwrap_or("")
    }
}
