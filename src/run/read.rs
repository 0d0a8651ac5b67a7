//! Reading and linting one post so that nothing that happens in it can end the run.

use crate::diagnostic::{Authority, Diagnostic, Label, Level};
use crate::document::Document;
use crate::engine::lint::{Observer, lint_observed};
use crate::files::{
    Limit, ReadError, {self},
};
use crate::output::FileReport;
use crate::project::Post;
use crate::run::failure::caught;
use crate::source::{Source, Span};
use std::sync::Arc;

/// The name findings about postlint's own failures go by.
pub const INTERNAL_ERROR: &str = "internal-error";

/// Reads a post's file and lints it; `None` when nothing is found.
pub fn lint_file(post: &Post, printed: String, observer: &mut impl Observer) -> Result<Option<FileReport>, ReadError> {
    Ok(lint_source(post, printed, Source::from_bytes(files::read(&post.path, Limit::POST)?), observer))
}

/// Lints a post's text; `None` when nothing is found.
pub fn lint_source(post: &Post, path: String, source: Source, observer: &mut impl Observer) -> Option<FileReport> {
    let lint = || {
        let document = observer.read(|| Document::parse(&source, &post.place));
        lint_observed(&document, &post.rules, &post.demands, observer)
    };
    let diagnostics = caught(lint).unwrap_or_else(|cause| vec![internal_error(&cause)]);
    (!diagnostics.is_empty()).then_some(FileReport { path, source, diagnostics })
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
