//! A rule's page: metadata in its front matter, prose for the reader, fenced examples that are its tests.

use super::declared::{FixVerb, Match};
use crate::diagnostic::{Authority, Level};
use serde::Deserialize;
use std::fmt;
use std::sync::Arc;

/// What a page's front matter says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Meta {
    /// The file's name without `.md`.
    #[serde(skip, default = "no_name")]
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
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Where its authority can be read.
    #[serde(default)]
    pub references: Vec<String>,
    /// What a config may set, with defaults.
    #[serde(default)]
    pub options: serde_yaml::Mapping,
    /// The fault said as a pattern; absent where a check in Rust finds it.
    #[serde(rename = "match")]
    pub matches: Option<Match>,
    /// How a declared match is mended.
    pub fix: Option<FixVerb>,
    /// What is said at the place.
    #[serde(default)]
    pub label: String,
    /// What to do.
    pub help: Option<String>,
}

fn no_name() -> Arc<str> {
    Arc::from("")
}

impl Meta {
    /// The default of an option, without its documentation.
    pub fn option_defaults(&self) -> serde_yaml::Mapping {
        let default = |option: &serde_yaml::Value| option.get("default").cloned().unwrap_or(serde_yaml::Value::Null);
        self.options.iter().map(|(name, option)| (name.clone(), default(option))).collect()
    }
}

/// A rule's level as its page or a config sets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
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
#[derive(Debug)]
pub struct Page {
    /// Its front matter.
    pub meta: Meta,
    /// The whole file.
    pub text: String,
    /// Where the prose starts in `text`, in bytes.
    pub prose_start: usize,
}

/// Why a page is no rule.
#[derive(Debug)]
pub struct PageError {
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for PageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for PageError {}

impl Page {
    /// Reads a page. `name` is the file's name without `.md`.
    pub fn parse(name: &str, text: &str) -> Result<Self, PageError> {
        let front = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
        let Some((front, prose)) = front else {
            return Err(PageError { message: "the page has no front matter between `---` lines".into() });
        };
        let mut meta: Meta = serde_yaml::from_str(front).map_err(|error| PageError { message: error.to_string() })?;
        meta.name = Arc::from(name);
        Ok(Page { meta, prose_start: text.len() - prose.len(), text: text.to_owned() })
    }

    /// What a reader reads: everything after the front matter.
    pub fn prose(&self) -> &str {
        self.text.get(self.prose_start..).unwrap_or("")
    }
}
