//! `postlint new-rule`: writes the page of a new rule for users to edit.

use crate::catalog::why_no_name;
use crate::files::{Disk, WriteError, Writer};
use crate::output::{Screen, visible};
use crate::project::rules_folder;
use crate::run::error::RunError;
use crate::run::exit::Exit;
use crate::run::invocation::Invocation;
use crate::walk;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// A page with a working rule, as a starting point.
const TEMPLATE: &str = include_str!("new_rule.md");

/// Writes the page and prints what to do next.
pub fn new_rule(name: &str, invocation: &Invocation, out: &mut Screen<'_>) -> Result<Exit, RunError> {
    let path = write_page(name, TEMPLATE, &invocation.working_directory)?;
    let printed = walk::printed(&path, &invocation.working_directory);
    let printed = visible::path(&printed);
    writeln!(out, "wrote {printed}\nits examples are its tests: postlint test {printed}")?;
    Ok(Exit::Clean)
}

/// Writes the page of a new rule into the folder of users' own rules. An existing page is never overwritten.
pub fn write_page(name: &str, text: &str, working_directory: &Path) -> Result<PathBuf, RunError> {
    check_name(name)?;
    let folder = rules_folder::home(&Disk, working_directory)?;
    let path = folder.join(format!("{name}.md"));
    let failed = |error: WriteError| match error {
        WriteError::Exists => RunError::RuleExists(path.clone()),
        _ => RunError::Unwritable { path: path.clone(), error },
    };
    let made: Vec<&Path> = folder.ancestors().take_while(|folder| !folder.exists()).collect();
    let created = fs::create_dir_all(&folder).map_err(WriteError::Io);
    created.and_then(|()| Writer::default().create(&path, text.as_bytes())).map_err(|error| {
        // Removes only empty folders: those that were created for the page.
        made.iter().for_each(|folder| _ = fs::remove_dir(folder));
        failed(error)
    })?;
    Ok(path)
}

/// Returns an error if a user's rule cannot have this name.
pub fn check_name(name: &str) -> Result<(), RunError> {
    why_no_name(name).map_or(Ok(()), |why| Err(RunError::BadRuleName { name: name.to_owned(), why }))
}
