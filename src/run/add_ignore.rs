//! `postlint --add-ignore`: writes suppressions for what was found into the posts.

use super::check::Linted;
use super::{RunError, replace};
use crate::count::counted;
use crate::output::FileReport;
use crate::silence::silence;
use rayon::prelude::*;
use std::io::Write;

/// Writes suppressions into the posts; the findings nothing could be written for stay in `linted`.
pub fn add(linted: &mut [Linted], reason: &str, err: &mut dyn Write) -> Result<(), RunError> {
    let reason = reason.trim();
    if ["\n", "\r", "--", "*/"].iter().any(|mark| reason.contains(mark)) {
        return Err(RunError::Usage("a reason is one line without `--` and `*/`: it stands in a comment"));
    }
    let written: Vec<usize> = linted.par_iter_mut().map(|linted| write(linted, reason)).collect::<Result<_, _>>()?;
    let findings: usize = written.iter().sum();
    let posts = written.iter().filter(|count| **count > 0).count();
    writeln!(err, "suppressed {} in {}", counted(findings, "finding"), counted(posts, "post"))?;
    Ok(())
}

/// Writes into one post; the answer is how many findings it silences.
fn write(linted: &mut Linted, reason: &str) -> Result<usize, RunError> {
    let post = &linted.post;
    let Some(report) = &mut linted.report else { return Ok(0) };
    if report.diagnostics.is_empty() {
        return Ok(0);
    }
    let Some(silenced) = silence(&report.source, &post.place, &post.rules, &report.diagnostics, reason) else {
        return Ok(0);
    };
    let unwritable = |error| RunError::Unwritable { path: post.path.clone(), error };
    replace::replace(&post.path, silenced.source.text().as_bytes()).map_err(unwritable)?;
    let path = std::mem::take(&mut report.path);
    *report = FileReport { path, source: silenced.source, diagnostics: silenced.left };
    Ok(silenced.count)
}
