//! What comes of a post: its findings, and the text they point into.

use crate::diagnostic::{Authority, Diagnostic, Label, Level};
use crate::source::{Source, Span};
use std::sync::Arc;

/// The name findings about postlint's own failures go by.
pub const INTERNAL_ERROR: &str = "internal-error";

/// One file and what was found in it.
#[derive(Debug)]
pub struct FileReport {
    /// As printed: relative to the working directory, with `/` between the folders.
    pub path: String,
    /// The text the spans of `diagnostics` point into. It is kept where nothing was found too: a later finding can be
    /// shown.
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

/// What outputs say about a rule.
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
