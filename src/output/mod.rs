//! Writes findings as text, with one writer for each format.

mod concise;
mod fingerprint;
mod full;
mod github;
mod json;
mod looks;
pub mod page;
mod screen;
pub mod site;
mod statistics;
mod summary;
mod theme;
pub mod tree;
pub mod urls;
mod view;
pub mod visible;

pub use looks::Looks;
pub use screen::Screen;
pub use statistics::write_statistics;
pub use summary::write_summary;

use crate::diagnostic::{Diagnostic, Safety};
use crate::engine::{FileReport, RuleInfo};
use crate::source::Span;
use std::collections::BTreeMap;
use std::io;
use std::time::Duration;

/// The findings of a run, and how to print them.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    /// The files with findings, in the order in which they are printed.
    pub files: &'a [FileReport],
    /// Every rule that may occur in `files`, by name.
    pub rules: &'a BTreeMap<String, RuleInfo>,
    /// Number of posts read, with or without findings.
    pub posts: usize,
    /// Time from start to the last finding.
    pub elapsed: Duration,
    /// The capabilities of the stream.
    pub looks: Looks,
}

/// The output format of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Every finding with an excerpt of the post
    Full,
    /// One line for each finding
    Concise,
    /// One JSON array
    Json,
    /// One JSON object a line
    JsonLines,
    /// Annotations of GitHub Actions
    Github,
}

/// Writes the findings of `run`.
pub fn write(format: Format, run: &Run<'_>, out: &mut Screen<'_>) -> io::Result<()> {
    match format {
        Format::Full => full::write(run, out),
        Format::Concise => concise::write(run, out),
        Format::Json => json::write_array(run, out),
        Format::JsonLines => json::write_lines(run, out),
        Format::Github => github::write(run, out),
    }
}

/// Like [`write`], but [`Format::Full`] shows all findings of a rule, however many there are.
pub fn write_every(format: Format, run: &Run<'_>, out: &mut Screen<'_>) -> io::Result<()> {
    if format == Format::Full { full::write_every(run, out) } else { write(format, run, out) }
}

impl<'a> Run<'a> {
    /// All findings with their files, in the order in which they are printed.
    pub fn findings(&self) -> impl Iterator<Item = (&'a FileReport, &'a Diagnostic)> + use<'a> {
        self.files.iter().flat_map(|file| file.diagnostics.iter().map(move |finding| (file, finding)))
    }
}

/// Whether `--fix` applies the fix of `finding` without being asked for unsafe fixes.
fn is_fixable(finding: &Diagnostic) -> bool {
    finding.fix.as_ref().is_some_and(|fix| fix.safety == Safety::Safe)
}

/// `path:line:column` of the start of `span`, the form that terminals and editors turn into a link. The column is
/// counted in characters.
fn place(file: &FileReport, span: Span) -> String {
    let start = file.source.position(span.start);
    format!("{}:{}:{}", visible::path(&file.path), start.line, start.column)
}
