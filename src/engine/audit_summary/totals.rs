//! What an audit read, and its facts in a line.

use crate::diagnostic::Level;
use crate::engine::audit_summary::AuditedFile;
use crate::words::{counted, thousands};
use serde::Serialize;

/// What an audit read, and what it did not.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Scope {
    /// The name of the site, or of the folder.
    pub name: String,
    /// The version of postlint.
    pub version: &'static str,
    /// The day of the audit, in UTC.
    pub date: String,
    /// The commit of the site, if it is in a repository of git.
    pub commit: Option<String>,
    /// The config files of postlint.
    pub configs: Vec<String>,
    /// The sites, with how they are read.
    pub sites: Vec<SiteScope>,
    /// Number of posts.
    pub posts: usize,
    /// Number of rules that ran.
    pub rules: usize,
    /// The folder of the built pages that were read.
    pub built: Option<String>,
    /// What limits the run to some of the posts, in words.
    pub limited_to: Option<String>,
    /// What was not checked, in words, the most important first.
    pub not_checked: Vec<String>,
    /// The files that could not be read.
    pub failed: usize,
    /// Number of built pages that were read.
    pub built_pages: usize,
    /// The option of an audit that reads the same built pages: ` --built _site`, or nothing.
    #[serde(skip)]
    pub built_option: String,
    /// What follows the options of a command that looks at the same posts: ` _posts --site jekyll`, or nothing.
    #[serde(skip)]
    pub tail: String,
}

/// A site of an audit.
#[derive(Clone, Debug, Serialize)]
pub struct SiteScope {
    /// Its folder, as printed.
    pub path: String,
    /// Its title, if its config has one.
    pub title: Option<String>,
    /// The URL at which it is published, if its config has it.
    pub url: Option<String>,
    /// Its generator, as people write it.
    pub generator: String,
    /// Number of posts.
    pub posts: usize,
}

/// The facts of an audit in a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Totals {
    /// Number of posts.
    pub posts: usize,
    /// Number of posts without a finding that is an error.
    pub passing: usize,
    /// Number of findings that keep pages from being published or found.
    pub blockers: usize,
    /// Number of findings.
    pub findings: usize,
    /// Number of findings that are errors.
    pub errors: usize,
    /// Number of findings that are warnings.
    pub warnings: usize,
    /// Number of findings that are advice.
    pub infos: usize,
    /// Number of files with errors.
    pub files_with_errors: usize,
    /// Number of files with warnings.
    pub files_with_warnings: usize,
    /// Number of findings that the authors suppress.
    pub waived: usize,
    /// Number of findings that a baseline knows.
    pub known: usize,
    /// Number of findings with a safe fix.
    pub fixable: usize,
}

impl Totals {
    /// The totals of all files, `blockers` of whose findings are blockers.
    pub fn of(files: &[AuditedFile<'_>], blockers: usize) -> Self {
        let mut totals = Totals { blockers, ..Totals::default() };
        for file in files {
            let [errors, warnings, infos] = [Level::Error, Level::Warn, Level::Info].map(|it| file.report.count(it));
            totals.findings += file.report.diagnostics.len();
            totals.errors += errors;
            totals.warnings += warnings;
            totals.infos += infos;
            totals.files_with_errors += usize::from(errors > 0);
            totals.files_with_warnings += usize::from(warnings > 0);
            totals.fixable += file.report.diagnostics.iter().filter(|finding| finding.has_safe_fix()).count();
            if let Some(post) = &file.post {
                totals.posts += 1;
                totals.passing += usize::from(errors == 0);
                totals.waived += post.settled.waived.len();
                totals.known += post.settled.known.len();
            }
        }
        totals
    }

    /// The facts in a line: `128 of 130 posts pass all error checks · 2 blockers · 41 warnings in 17 files`.
    pub fn line(&self) -> String {
        let mut parts = vec![
            format!("{} of {} all error checks", thousands(self.passing), passing_posts(self.posts)),
            counted(self.blockers, "blocker"),
        ];
        let in_files =
            |n: usize, noun: &str, files: usize| format!("{} in {}", counted(n, noun), counted(files, "file"));
        if self.errors > 0 {
            let others = self.files_with_errors.saturating_sub(self.posts - self.passing);
            let of_others = match others {
                0 => String::new(),
                1 => ", 1 of which is not a post".to_owned(),
                others => format!(", {} of which are not posts", thousands(others)),
            };
            parts.push(in_files(self.errors, "error", self.files_with_errors) + &of_others);
        }
        parts.push(match self.warnings {
            0 => "0 warnings".to_owned(),
            n => in_files(n, "warning", self.files_with_warnings),
        });
        let rest = [(self.infos, "advice"), (self.waived, "suppressed in posts"), (self.known, "in the baseline")];
        parts.extend(rest.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{} {what}", thousands(*n))));
        parts.join(" · ")
    }
}

fn passing_posts(posts: usize) -> String {
    format!("{} {}", counted(posts, "post"), if posts == 1 { "passes" } else { "pass" })
}
