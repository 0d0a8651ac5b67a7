//! Findings as plain data: what is wrong, where, what to do, and the edits that would mend it.

pub mod fingerprint;
mod level_or_off;
mod mistake;

use crate::edit::Edit;
use crate::source::Span;
pub use level_or_off::LevelOrOff;
pub use mistake::Mistake;
use std::sync::Arc;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Advice; by default it never fails a run.
    Info,
    /// Very probably a mistake.
    Warn,
    /// Objectively broken.
    Error,
}

impl Level {
    /// The word used in config files and every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Level::Info => "info",
            Level::Warn => "warn",
            Level::Error => "error",
        }
    }
}

/// On whose word a rule stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Authority {
    /// Documented by a search engine.
    Documented,
    /// A standard: HTML, WCAG, URL, YAML, sitemaps.org, ogp.me, schema.org.
    Standard,
    /// What tools and themes do.
    Convention,
    /// Somebody's taste.
    Opinion,
}

impl Authority {
    /// All of them, the strongest first.
    pub const ALL: [Authority; 4] =
        [Authority::Documented, Authority::Standard, Authority::Convention, Authority::Opinion];

    /// The authority this word names.
    pub fn from_word(word: &str) -> Option<Self> {
        Authority::ALL.into_iter().find(|authority| authority.as_str() == word)
    }

    /// The word used in rule pages and every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Authority::Documented => "documented",
            Authority::Standard => "standard",
            Authority::Convention => "convention",
            Authority::Opinion => "opinion",
        }
    }
}

/// A place in the post and what is to be said there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The exact bytes.
    pub span: Span,
    /// Stands alone: lowercase, no final period. May be empty.
    pub message: String,
}

/// One finding in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule's name.
    pub rule: Arc<str>,
    /// How bad it is, as configured.
    pub level: Level,
    /// On whose word the rule stands.
    pub authority: Authority,
    /// What is wrong, understandable in one line.
    pub message: String,
    /// The primary place.
    pub label: Label,
    /// Other places that belong to it.
    pub related: Vec<Label>,
    /// What to do.
    pub help: Option<String>,
    /// The edits that would mend it.
    pub fix: Option<Fix>,
    /// What tells it from other findings of its rule in this file, where that is not the text of its lines. Empty for
    /// a finding about the whole file.
    pub identity: Option<String>,
}

/// Whether a fix may be applied without asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// Readers, search engines and screen readers get the same page, or what they got was plainly broken.
    Safe,
    /// Changes a URL, rel semantics, heading levels or visible words.
    Unsafe,
}

impl Safety {
    /// Both.
    pub const ALL: [Safety; 2] = [Safety::Safe, Safety::Unsafe];

    /// The safety this word names.
    pub fn from_word(word: &str) -> Option<Self> {
        Safety::ALL.into_iter().find(|safety| safety.as_str() == word)
    }

    /// The word used in rule pages and every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Safety::Safe => "safe",
            Safety::Unsafe => "unsafe",
        }
    }
}

/// A way to mend a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in the imperative: ``remove `rel="dofollow"` ``.
    pub title: String,
    /// Whether it may be applied without asking.
    pub safety: Safety,
    /// In ascending order, not overlapping.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// A fix that does what `title` says.
    pub fn new(title: impl Into<String>, safety: Safety, edits: impl Into<Vec<Edit>>) -> Self {
        Fix { title: title.into(), safety, edits: edits.into() }
    }

    /// Writes `text` in the place of `span`, and says so.
    pub fn write(text: &str, span: Span, safety: Safety) -> Self {
        Fix::new(format!("write `{text}`"), safety, [Edit { span, text: text.to_owned() }])
    }
}
