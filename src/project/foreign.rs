//! Files outside the repository, which a config file or a link may name: the positions of their mistakes are printed,
//! but not their text. The log of a CI job is read by more people than its keys and passwords are meant for.

use crate::diagnostic::Mistake;
use crate::files::{self, Files};
use crate::project::{BrokenFile, ConfigError, up_to_repository_root};
use crate::source::{Source, Span};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Positions that are printed for one file.
const TOLD: usize = 5;

/// Removes the text of files outside the repository of `folder` from `error`, or of files outside `folder` if it is not
/// in a repository. The file that is `named` on the command line may be shown wherever it is.
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
    let help = format!("it is wrong at {told}{more}; `postlint {command} {path}` says how");
    let message = "this file cannot be used, and it is not shown because it lies outside the repository";
    let mistake = Mistake::at(Span::default(), message, "").with_help(help);
    BrokenFile { path: file.path, source: Source::new(""), mistakes: vec![mistake] }
}

fn home(files: &dyn Files, folder: &Path) -> PathBuf {
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let top = up_to_repository_root(files, &folder).last().filter(|top| files.exists(&top.join(".git")));
    files.real(top.unwrap_or(&folder))
}
