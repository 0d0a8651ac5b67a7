//! `--compare`: reads the JSON of an earlier audit, and compares its findings with those of this run.

use crate::catalog::Catalog;
use crate::cli::Check;
use crate::engine::audit_summary::{self, Comparison, Earlier, Identity, Narrowed};
use crate::files::{self, Limit, absolute, collapsed};
use crate::output::{self, Run};
use crate::ruleset::Ruleset;
use crate::run::error::RunError;
use crate::run::linted::Linted;
use crate::run::scope::Scope;
use rustc_hash::FxHashSet;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The version of JSON that this program writes and reads.
const VERSION: u64 = 1;

#[derive(Deserialize)]
struct Report {
    audit: Audit,
    findings: Vec<Finding>,
}

#[derive(Deserialize)]
struct Audit {
    scope: Option<Read>,
    #[serde(default)]
    pages: Vec<Page>,
}

#[derive(Deserialize)]
struct Read {
    commit: Option<String>,
    built: Option<String>,
}

#[derive(Deserialize)]
struct Page {
    path: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Finding {
    rule_id: String,
    path: String,
    line: u32,
    message: String,
    level: String,
    fingerprint: String,
    related_total: Option<usize>,
}

/// What a run looked at.
pub struct Looked {
    /// The files, as printed.
    files: FxHashSet<String>,
    /// The names of the rules.
    rules: FxHashSet<String>,
    /// The names of the rules that read built pages.
    of_built: FxHashSet<String>,
    /// The folders of built pages.
    built: Vec<PathBuf>,
}

impl Looked {
    /// What the findings come from.
    pub fn of(linted: &[Linted], built: &[PathBuf]) -> Self {
        let rules = || Ruleset::distinct(linted.iter().map(|linted| &*linted.post.rules));
        let has_built = !built.is_empty();
        Looked {
            files: linted.iter().map(|linted| linted.report.path.clone()).collect(),
            rules: rules().flat_map(|rules| rules.names_with_built(has_built)).map(str::to_owned).collect(),
            of_built: rules().flat_map(Ruleset::names_for_built).map(str::to_owned).collect(),
            built: built.iter().map(|folder| collapsed(&absolute(folder))).collect(),
        }
    }

    /// Whether a rule ran on all that it ran on in the earlier audit.
    fn ran(&self, rule: &str, earlier: &Earlier) -> bool {
        let lacks_built = earlier.has_built && self.built.is_empty() && self.of_built.contains(rule);
        self.rules.contains(rule) && !lacks_built
    }

    /// Whether a file would be listed if something was found in it. Configs, layouts and built pages are listed only then.
    fn covers(&self, path: &Path, is_post: bool, scope: &Scope) -> bool {
        let path = collapsed(&absolute(path));
        let named = scope.arguments.paths.iter().map(|path| collapsed(&absolute(path)));
        let mut asked: Vec<PathBuf> = named.filter(|path| path.is_dir()).collect();
        if scope.arguments.paths.is_empty() {
            asked.push(collapsed(&absolute(&scope.invocation.working_directory)));
        }
        !is_post && scope.changes.is_none() && asked.iter().chain(&self.built).any(|folder| path.starts_with(folder))
    }
}

/// The earlier audit that the command line names.
pub fn of(arguments: &Check) -> Result<Option<Earlier>, RunError> {
    arguments.audited.as_ref().and_then(|audited| audited.compare.as_deref()).map(read).transpose()
}

fn read(path: &Path) -> Result<Earlier, RunError> {
    let bytes =
        files::read(path, Limit::REPORT).map_err(|error| RunError::Unreadable { path: path.to_owned(), error })?;
    let wrong = |why: String| RunError::NotAnAudit { path: path.to_owned(), why };
    // The version first: what follows may be another shape.
    let value: serde_json::Value = serde_json::from_slice(&bytes).map_err(|error| wrong(format!("{error}")))?;
    let is_known = |version: &&serde_json::Value| version.as_u64() == Some(VERSION);
    let Some(version) = value.get("version") else { return Err(wrong("it has no `version`".to_owned())) };
    if !is_known(&version) {
        return Err(wrong(format!("its version is {version}, and this postlint reads {VERSION}")));
    }
    let Some(audit) = value.get("audit") else {
        return Err(wrong("it has no `audit`: `postlint check` may have written it".to_owned()));
    };
    if let Some(other) = audit.get("version").filter(|version| !is_known(version)) {
        return Err(wrong(format!("the version of its `audit` is {other}, and this postlint reads {VERSION}")));
    }
    let report: Report = serde_json::from_value(value).map_err(|error| wrong(format!("{error}")))?;
    let scope = report.audit.scope.unwrap_or(Read { commit: None, built: None });
    let identity = |finding: Finding| {
        let Finding { rule_id: rule, path, line, message, level, fingerprint, related_total } = finding;
        // The places of a finding about a shared value are in the other posts.
        let sharing = related_total.map_or(usize::MAX, |others| others.saturating_add(1));
        Identity { rule, path, line, message, level, fingerprint, sharing }
    };
    Ok(Earlier {
        name: path.to_string_lossy().into_owned(),
        commit: scope.commit,
        has_built: scope.built.is_some(),
        posts: report.audit.pages.into_iter().map(|page| page.path).collect(),
        findings: report.findings.into_iter().map(identity).collect(),
    })
}

/// Compares the findings of a run with those of an earlier audit.
pub fn compare(earlier: &Earlier, run: &Run<'_>, scope: &Scope, looked: &Looked) -> Comparison {
    let working_directory = scope.real(&scope.invocation.working_directory);
    let pages = run.about.audit.iter().flat_map(|audit| &audit.pages);
    let narrowed = Narrowed {
        ran: &|rule| looked.ran(rule, earlier),
        looked: &|path| {
            let whole = working_directory.join(path);
            let is_read = looked.files.contains(path) || looked.covers(&whole, earlier.posts.contains(path), scope);
            // Of files that are read, only the changed lines may be of interest.
            is_read && !scope.arguments.changes.changed_lines
        },
        is_gone: &|path| !files::is_there(&working_directory.join(path)),
        posts: pages.map(|page| page.path.as_str()).collect(),
    };
    audit_summary::compare(earlier, &output::identities(run), &narrowed, Catalog::builtin())
}
