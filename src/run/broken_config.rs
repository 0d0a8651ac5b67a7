//! A config file that cannot be used, shown with a caret at each mistake.

use super::RunError;
use super::looks::Looks;
use crate::diagnostic::{Authority, Diagnostic, Label, Level};
use crate::output::{self, FileReport, Format, RuleInfo, Run};
use crate::project::{BrokenConfig, ConfigError};
use crate::walk;
use std::collections::BTreeMap;
use std::env;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// The name mistakes in config files go by.
const CONFIG: &str = "config";

/// The error as it is printed: every mistake in the looks of a finding.
pub fn show(error: ConfigError, looks: Looks) -> RunError {
    let broken = match error {
        ConfigError::Unreadable(path, error) => return RunError::Unreadable { path, error },
        ConfigError::Broken(broken) => broken,
    };
    let working_directory = env::current_dir().unwrap_or_default();
    let files: Vec<FileReport> = broken.into_iter().map(|broken| report(broken, &working_directory)).collect();
    let info = RuleInfo {
        name: CONFIG.to_owned(),
        summary: "a mistake in the config file".to_owned(),
        authority: Authority::Convention,
        level: Level::Error,
        url: String::new(),
    };
    let run = Run {
        files: &files,
        rules: &BTreeMap::from([(CONFIG.to_owned(), info)]),
        posts: 0,
        elapsed: Duration::ZERO,
        width: looks.width,
        color: looks.color_of_errors,
        unicode: looks.unicode,
    };
    let mut shown = Vec::new();
    match output::write(Format::Full, &run, &mut shown) {
        Ok(()) => RunError::Config(String::from_utf8_lossy(&shown).into_owned()),
        Err(error) => RunError::Output(error),
    }
}

fn report(broken: BrokenConfig, working_directory: &Path) -> FileReport {
    let diagnostics = broken.problems.into_iter().map(|problem| Diagnostic {
        rule: Arc::from(CONFIG),
        level: Level::Error,
        message: problem.message,
        label: Label { span: problem.span, message: problem.label },
        related: Vec::new(),
        help: problem.help,
        fix: None,
    });
    FileReport {
        path: walk::printed(&broken.path, working_directory),
        diagnostics: diagnostics.collect(),
        source: broken.source,
    }
}
