//! The options of a run that the config file sets, where the command line does not.

use crate::cli::{self, FailOn, Target};
use crate::files;
use crate::output::Format;
use crate::project::{Project, Surroundings};
use crate::run::scope::Scope;
use clap::ValueEnum;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The command line of a run, with what the config file adds: `fail-on`, `format` and `fix`.
pub fn with_config(scope: &Scope, surroundings: &mut Surroundings) -> cli::Check {
    let mut arguments = scope.arguments.clone();
    let Some(project) = project(&arguments, &scope.invocation.working_directory, surroundings) else {
        return arguments;
    };
    let fail_on = project.last(|config| config.run.fail_on.as_ref());
    arguments.fail_on = arguments.fail_on.or(fail_on.map(|(lowest, _)| FailOn::from_lowest(*lowest)));
    if arguments.outputs.on_screen().is_none() {
        let format = project.last(|config| config.run.format.as_ref());
        let format = format.and_then(|(word, _)| Format::from_str(word, false).ok());
        arguments.outputs.formats.extend(format.map(|format| Target { format, file: None }));
    }
    let apply = project.last(|config| config.fixes.apply.as_ref());
    arguments.fixes.fix |= apply.is_some_and(|(apply, _)| *apply) && may_fix(&arguments);
    arguments
}

/// The config of all the paths; if they have several, that of the working directory. A broken one is reported when its
/// posts are found.
fn project(arguments: &cli::Check, working_directory: &Path, surroundings: &mut Surroundings) -> Option<Arc<Project>> {
    let paths: &[PathBuf] = match &arguments.stdin_filename {
        Some(name) => std::slice::from_ref(name),
        None => &arguments.paths,
    };
    let mut common: Option<Arc<Project>> = None;
    for path in paths {
        let path = files::absolute(path);
        let folder = if path.is_dir() { &*path } else { path.parent().unwrap_or(&path) };
        let project = surroundings.project(folder).ok()?;
        match &common {
            Some(known) if !Arc::ptr_eq(known, &project) => return surroundings.project(working_directory).ok(),
            _ => common = Some(project),
        }
    }
    common.or_else(|| surroundings.project(working_directory).ok())
}

/// Whether a run may fix posts that was not asked to. A program that passes a post on standard input expects findings.
fn may_fix(arguments: &cli::Check) -> bool {
    let fixes = &arguments.fixes;
    let is_asked = fixes.no_fix || fixes.applies();
    let writes_else = arguments.write_baseline || arguments.add_ignore.is_some();
    let only_tells = arguments.statistics || arguments.show_files || arguments.reads_stdin();
    !(is_asked || writes_else || only_tells || arguments.changes.staged || arguments.changes.changed_lines)
}
