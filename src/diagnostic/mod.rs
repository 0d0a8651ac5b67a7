//! Findings as plain data: what is wrong, where, what to do, and the edits that would fix it.

pub mod fingerprint;
mod level_or_off;
mod mistake;

use crate::edit::Edit;
use crate::source::{Position, Source, Span};
pub use level_or_off::LevelOrOff;
pub use mistake::Mistake;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The severity of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Level {
    /// Advice; by default it never fails a run.
    Info,
    /// Very probably a mistake.
    Warn,
    /// Objectively broken.
    Error,
}

impl Level {
    /// The word used in config files and all output formats.
    pub const fn as_str(self) -> &'static str {
        match self {
            Level::Info => "info",
            Level::Warn => "warn",
            Level::Error => "error",
        }
    }
}

/// The kind of source that a rule is based on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Authority {
    /// Documented by a search engine.
    Documented,
    /// A standard: HTML, WCAG, URL, YAML, sitemaps.org, ogp.me, schema.org.
    Standard,
    /// The usual behaviour of tools and themes.
    Convention,
    /// A matter of taste.
    Opinion,
}

impl Authority {
    /// All authorities, strongest first.
    pub const ALL: [Authority; 4] =
        [Authority::Documented, Authority::Standard, Authority::Convention, Authority::Opinion];

    /// Parses the word used in rule pages.
    pub fn from_word(word: &str) -> Option<Self> {
        Authority::ALL.into_iter().find(|authority| authority.as_str() == word)
    }

    /// The word used in rule pages and all output formats.
    pub const fn as_str(self) -> &'static str {
        match self {
            Authority::Documented => "documented",
            Authority::Standard => "standard",
            Authority::Convention => "convention",
            Authority::Opinion => "opinion",
        }
    }
}

/// A span of the post with a message about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// The exact bytes.
    pub span: Span,
    /// The label, which must be understandable without the finding's message: lowercase, without a final period. May be
    /// empty.
    pub message: String,
}

/// A place in another file, with a message about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Elsewhere {
    /// The path of the file inside the site; as it is printed, once the finding is in a report.
    pub path: String,
    /// The exact bytes.
    pub span: Span,
    /// The start and the end of the span; known once the finding is in a report.
    pub ends: Option<[Position; 2]>,
    /// The column of the start in cells, like [`Source::cell_column`]; known with `ends`.
    pub cell_column: Option<u32>,
    /// Like that of a [`Label`].
    pub message: String,
}

impl Elsewhere {
    /// Finds the lines and columns of the place in the text of its file.
    pub fn locate(&mut self, source: &Source) {
        self.ends = Some([source.position(self.span.start), source.position(self.span.end)]);
        self.cell_column = Some(source.cell_column(self.span.start));
    }
}

/// One finding in one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The rule's name.
    pub rule: Arc<str>,
    /// The severity, as configured.
    pub level: Level,
    /// The authority of the rule.
    pub authority: Authority,
    /// What is wrong, as a complete message on one line.
    pub message: String,
    /// The primary span.
    pub label: Label,
    /// Further spans that belong to the finding.
    pub related: Vec<Label>,
    /// Places in other files that belong to the finding.
    pub elsewhere: Vec<Elsewhere>,
    /// Number of places in other files that belong to the finding, but are not in `elsewhere`, because there are many.
    pub more_elsewhere: usize,
    /// What to do.
    pub help: Option<String>,
    /// The edits that would fix it.
    pub fix: Option<Fix>,
    /// The text that distinguishes the finding from others of its rule in this file, if that is not the text of its
    /// lines. Empty for a finding about the whole file.
    pub identity: Option<String>,
    /// Whether it is about a value that several files share, which is then its identity: it is the same finding in
    /// whichever of them it is reported.
    pub is_shared: bool,
    /// Number of posts that share the value, if the finding is about as many as there are: one more is new.
    pub sharing: usize,
}

impl Diagnostic {
    /// Whether it has a fix that may be applied without asking.
    pub fn has_safe_fix(&self) -> bool {
        self.fix.as_ref().is_some_and(|fix| fix.safety == Safety::Safe)
    }
}

/// Whether a fix may be applied without asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Safety {
    /// The page stays the same for readers, search engines and screen readers, or was clearly broken before.
    Safe,
    /// Changes a URL, rel semantics, heading levels or visible words.
    Unsafe,
}

impl Safety {
    /// All values, safest first.
    pub const ALL: [Safety; 2] = [Safety::Safe, Safety::Unsafe];

    /// Parses the word used in rule pages.
    pub fn from_word(word: &str) -> Option<Self> {
        Safety::ALL.into_iter().find(|safety| safety.as_str() == word)
    }

    /// The word used in rule pages and all output formats.
    pub const fn as_str(self) -> &'static str {
        match self {
            Safety::Safe => "safe",
            Safety::Unsafe => "unsafe",
        }
    }
}

/// How far a config trusts the fixes of a rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum FixLimit {
    /// As far as the rule itself.
    #[default]
    None,
    /// All of them are unsafe.
    Unsafe,
    /// It has no fixes.
    Never,
}

impl FixLimit {
    /// The fix as it is offered.
    pub fn limited(self, fix: Fix) -> Option<Fix> {
        match self {
            FixLimit::None => Some(fix),
            FixLimit::Unsafe => Some(Fix { safety: Safety::Unsafe, ..fix }),
            FixLimit::Never => None,
        }
    }
}

/// The edits that fix a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// What the fix does, in the imperative: ``remove `rel="dofollow"` ``.
    pub title: String,
    /// Whether it may be applied without asking.
    pub safety: Safety,
    /// Whether it changes what is nested in what behind its edits, as when an open element is closed. Otherwise nothing
    /// outside of them changes.
    pub renests: bool,
    /// What it is about, if that is more than the span of its finding.
    pub about: Option<Span>,
    edits: Vec<Edit>,
}

impl Fix {
    /// Creates a fix with this title. The edits may be in any order.
    pub fn new(title: impl Into<String>, safety: Safety, edits: impl Into<Vec<Edit>>) -> Self {
        let mut edits = edits.into();
        edits.sort_by_key(|edit| edit.span);
        Fix { title: title.into(), safety, renests: false, about: None, edits }
    }

    /// Creates a fix that replaces `span` with `text`, with a title that quotes the text.
    pub fn write(text: &str, span: Span, safety: Safety) -> Self {
        Fix::new(format!("write `{text}`"), safety, [Edit { span, text: text.to_owned() }])
    }

    /// Like this fix, but changes what is nested in what behind its edits.
    pub fn renesting(self) -> Self {
        Fix { renests: true, ..self }
    }

    /// Like this fix, but about all of `span`, which may be parsed in another way after it.
    pub fn about(self, span: Span) -> Self {
        Fix { about: Some(span), ..self }
    }

    /// The edits, sorted. Those of a reported finding do not overlap and are inside the post.
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// Whether the edits can be applied to `text`. Fixes that cannot are never reported.
    pub fn is_applicable(&self, text: &str) -> bool {
        Edit::are_applicable(text, &self.edits)
    }
}
