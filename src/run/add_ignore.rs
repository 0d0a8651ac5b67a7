//! `postlint --add-ignore`: writes suppressions for the findings into the posts.

use crate::engine::FileReport;
use crate::engine::suppression_writer::silence;
use crate::files::{self, Limit, Writer};
use crate::output::Screen;
use crate::run::error::RunError;
use crate::run::linted::Linted;
use crate::source::Source;
use crate::words::counted;
use rayon::prelude::*;
use std::io::Write;
use std::path::Path;

/// Writes suppressions into the posts. Findings for which none could be written remain in `linted`. Returns an error
/// for each post that could not be written.
pub fn add(linted: &mut [Linted], reason: &str, err: &mut Screen<'_>) -> Result<Vec<RunError>, RunError> {
    let reason = reason.trim();
    if ["\n", "\r", "--", "*/"].iter().any(|mark| reason.contains(mark)) {
        return Err(RunError::BadReason);
    }
    let writer = Writer::default();
    let written: Vec<_> = linted.par_iter_mut().map(|linted| write(linted, reason, &writer)).collect();
    let (mut findings, mut posts, mut failed) = (0, 0, Vec::new());
    for written in written {
        match written {
            Ok(count) => {
                findings += count;
                posts += usize::from(count > 0);
            }
            Err(error) => failed.push(error),
        }
    }
    write!(err, "suppressed {} in {}", counted(findings, "finding"), counted(posts, "post"))?;
    match failed.len() {
        0 => writeln!(err)?,
        left => writeln!(err, "; {} could not be written", counted(left, "post"))?,
    }
    Ok(failed)
}

/// Writes suppressions into one post. Returns the number of findings that are suppressed.
fn write(linted: &mut Linted, reason: &str, writer: &Writer) -> Result<usize, RunError> {
    let post = &linted.post;
    let report = &mut linted.report;
    if report.diagnostics.is_empty() || !post.is_post() {
        return Ok(0);
    }
    let Some(silenced) = silence(post.setup(), &report.source, &report.diagnostics, reason) else {
        return Ok(0);
    };
    let unwritable = |error| RunError::Unwritable { path: post.path.clone(), error };
    let read = |path: &Path| files::read(path, Limit::POST).map(Source::from_bytes).ok();
    let is_unchanged = || read(&post.path).is_some_and(|source| source.text() == report.source.text());
    writer.replace_if(&post.path, silenced.source.text().as_bytes(), is_unchanged).map_err(unwritable)?;
    let path = std::mem::take(&mut report.path);
    *report = FileReport { path, source: silenced.source, diagnostics: silenced.left };
    Ok(silenced.count)
}
