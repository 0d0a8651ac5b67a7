//! `postlint --add-ignore`: writes suppressions for the findings into the posts.

use crate::engine::FileReport;
use crate::engine::suppression_writer::{Covered, silence};
use crate::files::{Disk, Writer, read_post};
use crate::output::Screen;
use crate::run::error::RunError;
use crate::run::linted::Linted;
use crate::words::counted;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::sync::Arc;

/// Number of posts from which a rule is better turned off in the config than suppressed in each of them.
const MANY_POSTS: usize = 20;

/// Writes suppressions into the posts. Findings for which none could be written remain in `linted`. Returns an error
/// for each post that could not be written.
pub fn add(linted: &mut [Linted], reason: &str, err: &mut Screen<'_>) -> Result<Vec<RunError>, RunError> {
    let reason = reason.trim();
    if ["\n", "\r", "--", "*/"].iter().any(|mark| reason.contains(mark)) {
        return Err(RunError::BadReason);
    }
    let writer = Writer::default();
    let written: Vec<_> = linted.par_iter_mut().map(|linted| write(linted, reason, &writer)).collect();
    let (mut single, mut shared, mut posts, mut failed) = (0, BTreeSet::new(), 0, Vec::new());
    let mut posts_of: BTreeMap<Arc<str>, usize> = BTreeMap::new();
    for written in written {
        match written {
            Ok(covered) => {
                single += covered.single;
                shared.extend(covered.shared);
                posts += usize::from(!covered.rules.is_empty());
                covered.rules.into_iter().for_each(|rule| *posts_of.entry(rule).or_default() += 1);
            }
            Err(error) => failed.push(error),
        }
    }
    let findings = single + shared.len();
    write!(err, "suppressed {} in {}", counted(findings, "finding"), counted(posts, "post"))?;
    match failed.len() {
        0 => writeln!(err)?,
        left => writeln!(err, "; {} could not be written", counted(left, "post"))?,
    }
    for (rule, posts) in posts_of.iter().filter(|(_, posts)| **posts >= MANY_POSTS) {
        writeln!(
            err,
            "`{rule}` is suppressed in {posts} posts: one line of the config, `{rule}: off` under `rules`, does too"
        )?;
    }
    Ok(failed)
}

/// Writes suppressions into one post. Returns the findings that are suppressed.
fn write(linted: &mut Linted, reason: &str, writer: &Writer) -> Result<Covered, RunError> {
    let post = &linted.post;
    let report = &mut linted.report;
    if report.diagnostics.is_empty() || !post.is_post() {
        return Ok(Covered::default());
    }
    let Some(silenced) = silence(post.setup(), &report.source, &report.diagnostics, reason) else {
        return Ok(Covered::default());
    };
    let unwritable = |error| RunError::Unwritable { path: post.path.clone(), error };
    let is_unchanged = || read_post(&Disk, &post.path).is_some_and(|source| source.text() == report.source.text());
    writer.replace_if(&post.path, silenced.source.text().as_bytes(), is_unchanged).map_err(unwritable)?;
    let path = std::mem::take(&mut report.path);
    *report = FileReport { path, source: silenced.source, diagnostics: silenced.left };
    Ok(silenced.covered)
}
