//! Hides the text of files outside the repository, to which a config file or symbolic link may refer. Only the
//! positions of their mistakes are printed: the log of a CI job must not expose keys and passwords.

use crate::diagnostic::Mistake;
use crate::files::{self, Files, absolute};
use crate::project::{BrokenFile, ConfigError, up_to_repository_root};
use crate::source::{Source, Span};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Maximum number of positions printed for one file.
const TOLD: usize = 5;

/// Removes the text of files outside the repository of `folder` from `error`, or of files outside `folder` if it is not
/// in a repository. The file that is `named` on the command line is always shown.
pub(super) fn hide(
    files: &dyn Files,
    folder: &Path,
    working_directory: &Path,
    named: Option<&Path>,
    error: ConfigError,
) -> ConfigError {
    let home = home(files, folder);
    let shown = |file: &BrokenFile| named == Some(&*file.path) || files.real(&file.path).starts_with(&home);
    let hidden = |broken: Vec<BrokenFile>, command: &str| {
        broken
            .into_iter()
            .map(|file| if shown(&file) { file } else { without_text(file, working_directory, command) })
            .collect()
    };
    match error {
        ConfigError::Broken(files) => ConfigError::Broken(hidden(files, "config show --config")),
        ConfigError::BrokenRules(files) => ConfigError::BrokenRules(hidden(files, "test")),
        other => other,
    }
}

fn without_text(file: BrokenFile, working_directory: &Path, command: &str) -> BrokenFile {
    let places = file.mistakes.iter().map(|mistake| file.source.position(mistake.span.start));
    let places: BTreeSet<_> = places.map(|place| (place.line, place.column)).collect();
    let more = if places.len() > TOLD { ", …" } else { "" };
    let told = places.iter().take(TOLD).map(|(line, column)| format!("{line}:{column}"));
    let told = told.collect::<Vec<_>>().join(", ");
    let path = files::plain(&file.path);
    let path = path.strip_prefix(working_directory).unwrap_or(&path).display();
    let help = format!("its mistakes are at {told}{more}; `postlint {command} {path}` shows them");
    let message = "this file has mistakes; its text is not shown because it is outside the repository";
    let mistake = Mistake::at(Span::default(), message, "").with_help(help);
    BrokenFile { path: file.path, source: Source::new(""), mistakes: vec![mistake] }
}

fn home(files: &dyn Files, folder: &Path) -> PathBuf {
    let folder = absolute(folder);
    let top = up_to_repository_root(files, &folder).last().filter(|top| files.exists(&top.join(".git")));
    files.real(top.unwrap_or(&folder))
}
