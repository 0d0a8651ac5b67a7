//! Writes findings as text, with one writer for each format.

mod agent;
mod audit_text;
mod checkstyle;
mod concise;
pub mod diff;
mod fingerprint;
mod full;
mod github;
mod gitlab;
mod json;
mod json_schema;
mod junit;
pub mod links;
mod looks;
mod markdown;
mod markdown_audit;
pub mod page;
mod place;
mod rdjson;
pub mod report;
mod repository;
pub mod rule_page;
mod sarif;
mod sarif_rules;
mod screen;
pub mod site;
mod statistics;
mod summary;
mod theme;
pub mod tree;
mod unix;
pub mod uri;
pub mod urls;
mod view;
pub mod visible;
mod wrap;
mod xml;

pub use fingerprint::identities;
pub use json_schema::{Shape, json_schema};
pub use looks::Looks;
pub use markdown::step_summary;
pub use place::ColumnUnit;
pub use repository::Repository;
pub use screen::Screen;
pub use statistics::write_statistics;
pub use summary::{counts, write_summary, write_totals};

use crate::diagnostic::{Diagnostic, Level, Safety};
use crate::engine::audit_summary::Summary;
use crate::engine::fixing::{Deed, Why};
use crate::engine::{FileReport, RuleInfo};
use rustc_hash::FxHashSet;
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io;
use std::ptr;
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
    /// What else is known about the run.
    pub about: &'a About,
}

/// What is known about a run besides its findings.
#[derive(Debug, Default)]
pub struct About {
    /// Whether findings with a fix are marked, because it can be applied with `--fix`.
    pub marks_fixes: bool,
    /// The sites of the posts, sorted by path.
    pub sites: Vec<SitePosts>,
    /// The posts with applied or withheld fixes.
    pub fixed: Vec<FixedFile>,
    /// The errors of the run, such as files that could not be read.
    pub errors: Vec<RunFailure>,
    /// What is probably wrong in config files that can be used.
    pub warnings: Vec<RunFailure>,
    /// The paths of the posts without findings, in order.
    pub passed: Vec<String>,
    /// The lowest level of findings that fails the run; `None` if none does.
    pub fail_on: Option<Level>,
    /// Where the files are in their repositories.
    pub repository: Repository,
    /// What columns count where places are text.
    pub column_unit: ColumnUnit,
    /// The numbers of an audit; `None` for other runs.
    pub audit: Option<Summary>,
}

/// A site, and how many posts of it were read.
#[derive(Debug, PartialEq, Eq, serde::Serialize)]
pub struct SitePosts {
    /// The path of its folder, as printed.
    pub path: String,
    /// The name of its generator.
    pub generator: &'static str,
    /// Number of posts.
    pub posts: usize,
    /// Its title, for the numbers of an audit.
    #[serde(skip)]
    pub title: Option<String>,
    /// Its URL, for the numbers of an audit.
    #[serde(skip)]
    pub url: Option<String>,
}

/// A post with fixes.
#[derive(Clone, Debug)]
pub struct FixedFile {
    /// The path, as printed.
    pub path: String,
    /// The fixes that were applied.
    pub applied: Vec<Deed>,
    /// The fixes that were not applied because they could not be proved, and why.
    pub withheld: Vec<(Deed, Why)>,
}

/// Maximum number of further places of a finding that text for people shows; the others are only counted.
const PLACES_SHOWN: usize = 5;

/// The name of errors of the run in formats that list them among findings, in the position of a rule.
const RUN_ERROR: &str = "run-error";

/// An error, for programs.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct RunFailure {
    /// The message, as printed.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// The file that it is about.
    pub path: Option<String>,
    /// The line in it, from 1.
    pub line: Option<u32>,
    /// The column in characters, from 1.
    pub column: Option<u32>,
}

/// The output format of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Findings with an excerpt of the post; of many of one rule the first ones
    Full,
    /// One line for each finding
    Concise,
    /// One line for each finding, with its level and rule at the end
    Unix,
    /// One line for each finding with all that is needed to act on it, for coding agents
    Agent,
    /// One JSON object with sites, totals, findings, fixes and errors
    Json,
    /// One JSON array of findings
    JsonFlat,
    /// One JSON object a line
    JsonLines,
    /// Annotations and a job summary for GitHub Actions
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// A Code Quality report for GitLab
    Gitlab,
    /// JUnit XML, with a test suite for each post
    Junit,
    /// Checkstyle XML
    Checkstyle,
    /// A comment for a pull request
    Markdown,
    /// One JSON object in the diagnostic format of reviewdog
    Rdjson,
    /// The diagnostics of rdjson, one a line
    Rdjsonl,
}

/// Writes the findings of `run`.
pub fn write(format: Format, run: &Run<'_>, out: &mut Screen<'_>) -> io::Result<()> {
    match format {
        Format::Full => {
            full::write(run, out)?;
            run.about.audit.as_ref().map_or(Ok(()), |audit| audit_text::write(run, audit, out))
        }
        Format::Concise => concise::write(run, out),
        Format::Unix => unix::write(run, out),
        Format::Agent => agent::write(run, out),
        Format::Json => json::write_report(run, out),
        Format::JsonFlat => json::write_array(run, out),
        Format::JsonLines => json::write_lines(run, out),
        Format::Github => github::write(run, out),
        Format::Sarif => sarif::write(run, out),
        Format::Gitlab => gitlab::write(run, out),
        Format::Junit => junit::write(run, out),
        Format::Checkstyle => checkstyle::write(run, out),
        Format::Markdown => markdown::write(run, out),
        Format::Rdjson => rdjson::write(run, out),
        Format::Rdjsonl => rdjson::write_lines(run, out),
    }
}

/// Like [`write`], but [`Format::Full`] shows all findings of a rule, however many there are.
pub fn write_every(format: Format, run: &Run<'_>, out: &mut Screen<'_>) -> io::Result<()> {
    if format == Format::Full { full::write_every(run, out) } else { write(format, run, out) }
}

/// The findings of a run that are new, each by where it is in memory.
struct NewFindings(FxHashSet<*const Diagnostic>);

impl NewFindings {
    fn has(&self, finding: &Diagnostic) -> bool {
        self.0.contains(&ptr::from_ref(finding))
    }

    /// What marks a new finding in text; empty for others.
    fn mark(&self, finding: &Diagnostic) -> &'static str {
        if self.has(finding) { " (new)" } else { "" }
    }
}

impl<'a> Run<'a> {
    /// All findings with their files, in the order in which they are printed.
    pub fn findings(&self) -> impl Iterator<Item = (&'a FileReport, &'a Diagnostic)> + use<'a> {
        self.files.iter().flat_map(|file| file.diagnostics.iter().map(move |finding| (file, finding)))
    }

    /// All findings with their files, those of the worst level first.
    fn worst_first(&self) -> Vec<(&'a FileReport, &'a Diagnostic)> {
        let mut findings: Vec<_> = self.findings().collect();
        findings.sort_by_key(|(_, finding)| Reverse(finding.level));
        findings
    }

    /// The findings that an earlier audit did not have; none if the run is not compared with one.
    fn new_findings(&self) -> NewFindings {
        let comparison = self.about.audit.as_ref().and_then(|audit| audit.comparison.as_ref());
        let is_new = comparison.map_or(&[][..], |comparison| &comparison.is_new);
        let new = self.findings().zip(is_new).filter(|(_, is_new)| **is_new);
        NewFindings(new.map(|((_, finding), _)| ptr::from_ref(finding)).collect())
    }

    /// The path of a file from the root of its repository.
    fn path_of(&self, file: &'a FileReport) -> Cow<'a, str> {
        self.about.repository.path(&file.path)
    }

    /// The path of the file that an error is about, from the root of its repository; `.` if it is not about a file.
    fn path_of_error<'e>(&self, error: &'e RunFailure) -> Cow<'e, str> {
        error.path.as_deref().map_or(Cow::Borrowed("."), |path| self.about.repository.path(path))
    }
}

impl Format {
    /// Whether programs read the format, so that it is written even if the run fails.
    pub const fn is_for_programs(self) -> bool {
        !self.is_text()
    }

    /// Whether the format has each finding in a line of text, so that totals on standard error add something.
    pub const fn is_lines(self) -> bool {
        matches!(self, Format::Concise | Format::Unix | Format::Agent)
    }

    const fn is_text(self) -> bool {
        matches!(self, Format::Full) || self.is_lines()
    }
}

/// Whether `--fix` applies the fix of `finding` without being asked for unsafe fixes.
fn is_fixable(finding: &Diagnostic) -> bool {
    has_fix(finding, Safety::Safe)
}

/// Whether `finding` has a fix of this safety.
fn has_fix(finding: &Diagnostic, safety: Safety) -> bool {
    finding.fix.as_ref().is_some_and(|fix| fix.safety == safety)
}
