//! Prints errors: mistakes in config files, rule pages and selectors with an excerpt, all others as a line with help.

use crate::diagnostic::{Authority, Diagnostic, Label, Level, Mistake};
use crate::engine::{FileReport, RuleInfo};
use crate::output::visible::one_line;
use crate::output::{self, About, Format, Looks, Run, Screen};
use crate::project::{BrokenFile, ConfigError};
use crate::run::error::RunError;
use crate::run::invocation::Invocation;
use miette::Diagnostic as _;
use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::sync::Arc;
use std::time::Duration;

/// The name that is printed for mistakes in rule pages, in the position of a finding's rule.
pub const RULE_PAGE: &str = "rule-page";

/// Writes an error with its help.
pub fn write_error(error: RunError, invocation: &Invocation, err: &mut Screen<'_>) -> io::Result<()> {
    let looks = invocation.error_looks;
    match error.with_paths_below(&invocation.working_directory) {
        RunError::Config(ConfigError::Broken(files)) => {
            err.painted(&rendered("config", "a mistake in the config file", files, Level::Error, looks)?)
        }
        RunError::Config(ConfigError::BrokenRules(files)) => {
            err.painted(&rendered(RULE_PAGE, "a mistake in a rule's page", files, Level::Error, looks)?)
        }
        RunError::Selector(file) => {
            err.painted(&rendered("selector", "an invalid CSS selector", vec![*file], Level::Error, looks)?)
        }
        error => {
            writeln!(err, "error: {}", one_line(&error.to_string()))?;
            error.help().map_or(Ok(()), |help| writeln!(err, "  help: {}", one_line(&help.to_string())))
        }
    }
}

/// Renders mistakes like findings. `name` is printed in the position of a finding's rule.
pub fn rendered(name: &str, summary: &str, broken: Vec<BrokenFile>, level: Level, looks: Looks) -> io::Result<String> {
    let rule: Arc<str> = Arc::from(name);
    let diagnostic = |mistake: Mistake| Diagnostic {
        rule: rule.clone(),
        level,
        authority: Authority::Convention,
        message: mistake.message,
        label: Label { span: mistake.span, message: mistake.label },
        related: Vec::new(),
        help: mistake.help,
        fix: None,
        identity: None,
        is_shared: false,
        sharing: 0,
        elsewhere: Vec::new(),
        more_elsewhere: 0,
    };
    let report = |file: BrokenFile| FileReport {
        path: file.path.to_string_lossy().into_owned(),
        diagnostics: file.mistakes.into_iter().map(diagnostic).collect(),
        source: file.source,
    };
    let files: Vec<FileReport> = broken.into_iter().map(report).collect();
    let info = RuleInfo::without_page(name, summary, level);
    let run = Run {
        files: &files,
        rules: &BTreeMap::from([(name.to_owned(), info)]),
        posts: 0,
        elapsed: Duration::ZERO,
        looks,
        about: &About::default(),
    };
    Screen::text(|out| output::write(Format::Full, &run, out))
}
