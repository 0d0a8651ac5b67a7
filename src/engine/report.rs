//! The result for a post: its findings, and the text they point into.

use crate::diagnostic::{Authority, Diagnostic, Label, Level};
use crate::source::{Source, Span};
use std::sync::Arc;

/// The rule name of findings about failures of postlint itself.
pub const INTERNAL_ERROR: &str = "internal-error";

/// A file and its findings.
#[derive(Debug)]
pub struct FileReport {
    /// As printed: relative to the working directory, with `/` between the folders.
    pub path: String,
    /// The text the spans of `diagnostics` point into. It is kept even without findings, for those that are added
    /// later.
    pub source: Source,
    /// Sorted by position, then by rule.
    pub diagnostics: Vec<Diagnostic>,
}

impl FileReport {
    /// Whether postlint failed on the file, so that not everything was found.
    pub fn has_failed(&self) -> bool {
        self.diagnostics.iter().any(|it| &*it.rule == INTERNAL_ERROR)
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
    /// Its page on the documentation site.
    pub url: String,
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
        help: Some("this is a bug in postlint: please report it with this file; the other files were checked".into()),
        fix: None,
        identity: None,
    }
}
