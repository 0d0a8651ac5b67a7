//! The result for a post: its findings, and the text that they refer to.

use crate::diagnostic::{Authority, Diagnostic, Label, Level};
use crate::source::{Source, Span};
use std::borrow::Cow;
use std::sync::Arc;

/// The rule name of findings about failures of postlint itself.
pub const INTERNAL_ERROR: &str = "internal-error";

/// A file and its findings.
#[derive(Debug)]
pub struct FileReport {
    /// The path to print: relative to the working directory, with `/` between the folders.
    pub path: String,
    /// The text that the spans of `diagnostics` refer to. That of a post without findings may be empty.
    pub source: Source,
    /// The findings, sorted by position, then by rule.
    pub diagnostics: Vec<Diagnostic>,
}

impl FileReport {
    /// Number of findings with this level.
    pub fn count(&self, level: Level) -> usize {
        self.diagnostics.iter().filter(|finding| finding.level == level).count()
    }

    /// Whether postlint failed on the file, so that findings may be missing.
    pub fn has_failed(&self) -> bool {
        self.diagnostics.iter().any(|it| &*it.rule == INTERNAL_ERROR)
    }

    /// The findings, each with the text that it is about.
    pub fn sourced(&self) -> impl Iterator<Item = (&Source, &Diagnostic)> {
        self.diagnostics.iter().map(|finding| (&self.source, finding))
    }
}

/// The description of a rule in outputs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleInfo {
    /// The rule's name.
    pub name: String,
    /// What it finds, in one line.
    pub summary: String,
    /// Its level in this run.
    pub level: Level,
    /// The group that it belongs to; empty if there is none.
    pub group: &'static str,
    /// Its page on the documentation site; empty if there is none.
    pub url: String,
    /// The authority that it is based on.
    pub authority: Authority,
    /// The prose of its page, as Markdown; empty if there is none.
    pub prose: Cow<'static, str>,
    /// The URLs of the sources that it is based on.
    pub references: Vec<String>,
    /// The posts that it applies to, in words; `None` if that is all of them.
    pub applies_to: Option<String>,
}

impl RuleInfo {
    /// The description of what is reported like a rule, but has no page.
    pub fn without_page(name: &str, summary: &str, level: Level) -> Self {
        RuleInfo {
            name: name.to_owned(),
            summary: summary.to_owned(),
            level,
            group: "",
            url: String::new(),
            authority: Authority::Convention,
            prose: Cow::default(),
            references: Vec::new(),
            applies_to: None,
        }
    }
}

/// The finding about a file on which postlint failed.
pub fn internal_error(cause: &str) -> Diagnostic {
    Diagnostic {
        rule: Arc::from(INTERNAL_ERROR),
        level: Level::Error,
        authority: Authority::Convention,
        message: format!("postlint failed on this file: {cause}"),
        label: Label { span: Span::default(), message: String::new() },
        related: Vec::new(),
        elsewhere: Vec::new(),
        more_elsewhere: 0,
        help: Some("this is a bug in postlint: please report it with this file; the other files were checked".into()),
        fix: None,
        identity: None,
        is_shared: false,
        sharing: 0,
    }
}
