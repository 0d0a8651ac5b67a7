//! Mistakes in config files and pages of users' own rules that are open.

use crate::diagnostic::{Level, Mistake};
use crate::project::{BrokenFile, ConfigError};
use crate::server::check::Meanwhile;
use crate::server::workspace::Workspace;
use std::path::Path;

/// The first mistake in the settings, in one line, and what is done until it is corrected. `None` if all files with mistakes
/// are open: they have diagnostics.
pub fn summary(error: &ConfigError, meanwhile: Meanwhile, is_open: impl Fn(&Path) -> bool) -> Option<String> {
    let first = match error {
        ConfigError::Broken(files) | ConfigError::BrokenRules(files) => {
            let mut closed = files.iter().filter(|file| !is_open(&file.path));
            let (file, mistake) = closed.find_map(|file| Some((file, file.mistakes.first()?)))?;
            let line = file.source.position(mistake.span.start).line;
            format!("{}:{line}: {}", file.path.display(), mistake.message)
        }
        ConfigError::Unreadable(..) | ConfigError::TwoFiles(_) => error.to_string(),
    };
    let meanwhile = match meanwhile {
        Meanwhile::LastGood => "the last good settings apply",
        Meanwhile::Defaults => "the default settings apply",
        Meanwhile::Nothing => "its posts are not checked",
    };
    Some(format!("postlint: {first}; until it is corrected, {meanwhile}"))
}

/// The mistakes in a file, with their level and the name of their kind, if it is a config file or a rule's page.
pub fn of(path: &Path, workspace: &mut Workspace) -> Vec<(Mistake, Level, &'static str)> {
    let folder = path.parent().unwrap_or(path);
    let surroundings = &mut workspace.folder(path).surroundings;
    let checked = surroundings.project(folder).and_then(|project| project.check());
    let (broken, level, name) = match checked {
        Err(ConfigError::Broken(files)) => (files, Level::Error, "config"),
        Err(ConfigError::BrokenRules(files)) => (files, Level::Error, "rule-page"),
        Err(ConfigError::Unreadable(..) | ConfigError::TwoFiles(_)) => return Vec::new(),
        Ok(()) => (surroundings.warnings(true), Level::Warn, "config"),
    };
    let here = broken.into_iter().filter(|file: &BrokenFile| file.path == path);
    here.flat_map(|file| file.mistakes).map(|mistake| (mistake, level, name)).collect()
}
