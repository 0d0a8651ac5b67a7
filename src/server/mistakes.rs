//! Mistakes in config files and pages of users' own rules that are open.

use crate::diagnostic::{Level, Mistake};
use crate::project::{BrokenFile, ConfigError};
use crate::server::workspace::Workspace;
use std::path::Path;

/// The first mistake in the settings, in one line.
pub fn summary(error: &ConfigError) -> String {
    let (ConfigError::Broken(files) | ConfigError::BrokenRules(files)) = error else { return error.to_string() };
    let first = files.iter().find_map(|file| Some((file, file.mistakes.first()?)));
    let Some((file, mistake)) = first else { return error.to_string() };
    let (path, line) = (file.path.display(), file.source.position(mistake.span.start).line);
    format!("postlint: {path}:{line}: {}; until it is corrected, the last good settings apply", mistake.message)
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
        Ok(()) => (surroundings.warnings(), Level::Warn, "config"),
    };
    let here = broken.into_iter().filter(|file: &BrokenFile| file.path == path);
    here.flat_map(|file| file.mistakes).map(|mistake| (mistake, level, name)).collect()
}
