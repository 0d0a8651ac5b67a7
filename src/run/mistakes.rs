//! Config files and rule pages that cannot be used, shown with a caret at each mistake.

use crate::diagnostic::{Authority, Diagnostic, Label, Level, Mistake};
use crate::engine::{FileReport, RuleInfo};
use crate::output::{self, Format, Run, Screen};
use crate::project::{BrokenFile, ConfigError};
use crate::run::RunError;
use crate::run::looks::Looks;
use crate::walk;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use std::{env, io};

/// The error as it is printed: every mistake in the looks of a finding.
pub fn show(error: ConfigError, looks: Looks) -> RunError {
    match error {
        ConfigError::Unreadable(path, error) => {
            let path = PathBuf::from(walk::printed(&path, &env::current_dir().unwrap_or_default()));
            RunError::Unreadable { path, error }
        }
        ConfigError::TwoFiles([one, other]) => {
            let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let folder = walk::printed(one.parent().unwrap_or(Path::new("")), &env::current_dir().unwrap_or_default());
            let folder = if folder.is_empty() { "this folder".to_owned() } else { format!("`{folder}`") };
            let message = format!("{folder} has both `{}` and `{}`", name(&one), name(&other));
            RunError::Refused { message, help: format!("keep one: move what it lacks into `{}`", name(&one)) }
        }
        ConfigError::Broken(broken) => show_mistakes("config", "a mistake in the config file", broken, looks),
        ConfigError::BrokenRules(broken) => show_mistakes("rule-page", "a mistake in a rule's page", broken, looks),
    }
}

/// `name` is what the mistakes go by, where findings name their rule.
pub fn show_mistakes(name: &str, summary: &str, broken: Vec<BrokenFile>, looks: Looks) -> RunError {
    let looks = Looks { color: looks.color_of_errors, ..looks };
    match rendered(name, summary, broken, looks) {
        Ok(shown) => RunError::Config(shown),
        Err(error) => RunError::Output(error),
    }
}

/// The mistakes as they stand on standard output.
pub fn rendered(name: &str, summary: &str, broken: Vec<BrokenFile>, looks: Looks) -> io::Result<String> {
    let rule: Arc<str> = Arc::from(name);
    let diagnostic = |mistake: Mistake| Diagnostic {
        rule: rule.clone(),
        level: Level::Error,
        authority: Authority::Convention,
        message: mistake.message,
        label: Label { span: mistake.span, message: mistake.label },
        related: Vec::new(),
        help: mistake.help,
        fix: None,
        identity: None,
    };
    let current_dir = env::current_dir().unwrap_or_default();
    let report = |file: BrokenFile| FileReport {
        path: walk::printed(&file.path, &current_dir),
        diagnostics: file.mistakes.into_iter().map(diagnostic).collect(),
        source: file.source,
    };
    let files: Vec<FileReport> = broken.into_iter().map(report).collect();
    let info = RuleInfo { name: name.to_owned(), summary: summary.to_owned(), level: Level::Error, url: String::new() };
    let run = Run {
        files: &files,
        rules: &BTreeMap::from([(name.to_owned(), info)]),
        posts: 0,
        elapsed: Duration::ZERO,
        width: looks.width,
        color: looks.color,
        unicode: looks.unicode,
    };
    Screen::text(|out| output::write(Format::Full, &run, out))
}
