//! `--fix`, `--diff` and `--show-fixes`: applies fixes to posts, and writes or shows the result.

use crate::cli::Fixes;
use crate::diagnostic::{Diagnostic, Fix, Safety};
use crate::engine::baseline::Baseline;
use crate::engine::fixing::{self, Deed, Outcome, Why};
use crate::engine::{FileReport, INTERNAL_ERROR};
use crate::files::{Disk, Writer, read_post};
use crate::output::diff::{self, Audience};
use crate::output::visible::{self, one_line};
use crate::output::{FixedFile, Screen};
use crate::run::error::RunError;
use crate::run::linted::Linted;
use crate::run::uncommitted::uncommitted;
use crate::source::Source;
use crate::words::{counted, thousands};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::PathBuf;

/// The path under which the known findings of a post are kept while it is fixed.
const POST: &str = "";

/// The findings of posts before those of baselines are hidden. Fixes are proved against all of them.
pub struct All(Vec<Vec<Diagnostic>>);

impl All {
    /// All findings of the posts.
    pub fn of(linted: &[Linted]) -> Self {
        All(linted.iter().map(|linted| linted.report.diagnostics.clone()).collect())
    }
}

/// What came of the fixes of a run.
#[derive(Default)]
pub struct Fixing {
    /// The posts with applied or withheld fixes.
    pub files: Vec<FixedFile>,
    /// The texts before and after, with the path of the post.
    pub changes: Vec<Change>,
    /// The posts with applied unsafe fixes that had uncommitted changes before.
    pub uncommitted: Vec<String>,
}

/// The text of a fixed post.
pub struct Change {
    /// The path, as printed.
    pub path: String,
    /// The text before the fixes.
    pub before: String,
    /// The text after them.
    pub after: String,
}

/// Fixes posts. With `--fix`, their reports become those of the fixed posts. `writes`: whether to write their files.
/// Returns an error for each file that could not be written.
pub fn apply(arguments: &Fixes, writes: bool, linted: &mut [Linted], all: All) -> (Fixing, Vec<RunError>) {
    let writer = Writer::default();
    let dirty = if writes && arguments.unsafe_fixes { with_changes(linted) } else { BTreeSet::new() };
    let of_post = |(linted, all): (&mut Linted, Vec<Diagnostic>)| {
        let mut fixed = fix(arguments, linted, all)?;
        let written = match &fixed.source {
            Some(source) if writes => write(linted, source, &writer),
            _ => Ok(()),
        };
        Some(written.map(|()| {
            let path = linted.report.path.clone();
            let change = fixed.source.take().map(|source| {
                let (before, after) = (linted.report.source.text().to_owned(), source.text().to_owned());
                if arguments.writes() {
                    linted.report = FileReport { path: path.clone(), source, diagnostics: fixed.left };
                }
                Change { path: path.clone(), before, after }
            });
            let is_unsafe = fixed.applied.iter().any(|deed| deed.safety == Safety::Unsafe);
            let is_dirty = is_unsafe && dirty.contains(&linted.post.path);
            (FixedFile { path, applied: fixed.applied, withheld: fixed.withheld }, change, is_dirty)
        }))
    };
    let done: Vec<_> = linted.par_iter_mut().zip(all.0).map(of_post).collect();
    let (mut fixing, mut failed) = (Fixing::default(), Vec::new());
    for done in done.into_iter().flatten() {
        match done {
            Ok((file, change, is_dirty)) => {
                fixing.uncommitted.extend(is_dirty.then(|| file.path.clone()));
                fixing.changes.extend(change);
                fixing.files.push(file);
            }
            Err(error) => failed.push(error),
        }
    }
    (fixing, failed)
}

/// The posts with unsafe fixes whose files have uncommitted changes.
fn with_changes(linted: &[Linted]) -> BTreeSet<PathBuf> {
    let is_unsafe = |finding: &Diagnostic| finding.fix.as_ref().is_some_and(|fix| fix.safety == Safety::Unsafe);
    let candidates = linted.iter().filter(|linted| linted.report.diagnostics.iter().any(is_unsafe));
    uncommitted(candidates.map(|linted| linted.post.path.as_path()))
}

/// Fixes a post in memory; `None` if it has no fix to try.
fn fix(arguments: &Fixes, linted: &Linted, all: Vec<Diagnostic>) -> Option<Outcome> {
    let wants = |fix: &Fix| arguments.unsafe_fixes || fix.safety == Safety::Safe;
    let report = &linted.report;
    let is_wanted = |finding: &Diagnostic| finding.fix.as_ref().is_some_and(wants);
    if !report.diagnostics.iter().any(is_wanted) || all.iter().any(|finding| &*finding.rule == INTERNAL_ERROR) {
        return None;
    }
    let known = known(report, &all);
    let forget = |source: &Source, found: &mut Vec<Diagnostic>| {
        known.hide(POST, source, found);
    };
    Some(fixing::fix(linted.post.setup(), &report.source, all, &wants, &forget))
}

/// The findings that a baseline has hidden, as a baseline of this post alone.
fn known(report: &FileReport, all: &[Diagnostic]) -> Baseline {
    let mut left = report.diagnostics.iter().peekable();
    let hidden: Vec<Diagnostic> =
        all.iter().filter(|&it| left.next_if(|next| *next == it).is_none()).cloned().collect();
    let mut known = Baseline::default();
    known.record(POST, &report.source, &hidden, |_| true);
    known.record_shared(hidden.iter().map(|finding| (&report.source, finding)));
    known
}

/// Writes a fixed post, unless its file was changed since it was read.
fn write(linted: &Linted, source: &Source, writer: &Writer) -> Result<(), RunError> {
    let path = &linted.post.path;
    let is_unchanged = || read_post(&Disk, path).is_some_and(|now| now.text() == linted.report.source.text());
    writer
        .replace_if(path, source.text().as_bytes(), is_unchanged)
        .map_err(|error| RunError::Unwritable { path: path.clone(), error })
}

impl Fixing {
    /// Whether a post was fixed, or would be.
    pub fn is_any(&self) -> bool {
        !self.changes.is_empty()
    }

    /// Writes a unified diff of all posts.
    pub fn write_diff(&self, audience: Audience, out: &mut Screen<'_>) -> io::Result<()> {
        let mut changes = self.changes.iter();
        changes.try_for_each(|change| diff::write(&change.path, &change.before, &change.after, audience, out))
    }

    /// Writes how much was fixed: `fixed 13 findings in 2 posts; 1 fix withheld`.
    pub fn tell(&self, arguments: &Fixes, err: &mut Screen<'_>) -> io::Result<()> {
        let applied: usize = self.files.iter().map(|file| file.applied.len()).sum();
        let withheld: usize = self.files.iter().map(|file| file.withheld.len()).sum();
        let fixed = if arguments.writes() { "fixed" } else { "would fix" };
        write!(err, "{fixed} {} in {}", counted(applied, "finding"), counted(self.changes.len(), "post"))?;
        if withheld > 0 {
            write!(err, "; {} {} withheld", thousands(withheld), if withheld == 1 { "fix" } else { "fixes" })?;
            if !arguments.show_fixes {
                write!(err, " (--show-fixes tells why)")?;
            }
        }
        writeln!(err)?;
        let Some(first) = self.uncommitted.first() else { return Ok(()) };
        let posts = counted(self.uncommitted.len(), "post");
        let first = visible::path(first);
        writeln!(err, "warning: unsafe fixes are now mixed with uncommitted changes in {posts}, such as {first}")
    }

    /// Lists the fixes of each post, and those that are withheld.
    pub fn list(&self, err: &mut Screen<'_>) -> io::Result<()> {
        for file in self.files.iter().filter(|file| !file.applied.is_empty() || !file.withheld.is_empty()) {
            writeln!(err, "{}:", visible::path(&file.path))?;
            for deed in &file.applied {
                writeln!(err, "  {}", described(deed))?;
            }
            for (deed, why) in &file.withheld {
                writeln!(err, "  withheld: {}: {}", described(deed), one_line(&reason(why)))?;
            }
        }
        Ok(())
    }
}

fn described(deed: &Deed) -> String {
    let unsafe_mark = if deed.safety == Safety::Unsafe { " (unsafe)" } else { "" };
    format!("line {}: {}: {}{unsafe_mark}", deed.line, deed.rule, one_line(&deed.title))
}

/// Why a fix is withheld, for people.
pub fn reason(why: &Why) -> String {
    match why {
        Why::Stays => "the finding would remain".to_owned(),
        Why::Reveals(rule) => format!("`{rule}` would have a new finding"),
        Why::FrontMatter(Some(key)) => format!("the value of `{key}` would change"),
        Why::FrontMatter(None) => "the front matter would be read differently".to_owned(),
        Why::Elsewhere => "another part of the page would change".to_owned(),
        Why::Endless => "it does not come to an end".to_owned(),
    }
}
