//! `postlint new-rule`: the page of a user's own rule, to start from.

use crate::catalog::why_no_name;
use crate::files::{WriteError, Writer};
use crate::output::{Screen, visible};
use crate::project::rules_folder;
use crate::run::looks::Looks;
use crate::run::{Exit, RunError, mistakes};
use crate::walk;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// A rule that works; its author changes it into the one that is wanted.
const TEMPLATE: &str = include_str!("new_rule.md");

/// Writes the page and says what to do next.
pub fn new_rule(name: &str, looks: Looks, out: &mut Screen<'_>) -> Result<Exit, RunError> {
    let path = write_page(name, TEMPLATE, looks)?;
    let printed = printed(&path);
    let printed = visible::path(&printed);
    writeln!(out, "wrote {printed}\nits examples are its tests: postlint test {printed}")?;
    Ok(Exit::Clean)
}

/// Writes the page of a new rule into the folder of users' own rules. No page is overwritten.
pub fn write_page(name: &str, text: &str, looks: Looks) -> Result<PathBuf, RunError> {
    check_name(name)?;
    let folder = rules_folder::home().map_err(|error| mistakes::show(error, looks))?;
    let path = folder.join(format!("{name}.md"));
    let failed = |error: WriteError| match error {
        WriteError::Exists => RunError::Refused {
            message: format!("`{}` is there already", path.display()),
            help: "choose another name, or change that page".to_owned(),
        },
        _ => RunError::Unwritable { path: PathBuf::from(printed(&path)), error },
    };
    let made: Vec<&Path> = folder.ancestors().take_while(|folder| !folder.exists()).collect();
    let created = fs::create_dir_all(&folder).map_err(WriteError::Io);
    created.and_then(|()| Writer::default().create(&path, text.as_bytes())).map_err(|error| {
        // Those that are empty, which are those made for the page.
        made.iter().for_each(|folder| _ = fs::remove_dir(folder));
        failed(error)
    })?;
    Ok(path)
}

fn printed(path: &Path) -> String {
    walk::printed(path, &env::current_dir().unwrap_or_default())
}

/// An error where a user's rule cannot have this name.
pub fn check_name(name: &str) -> Result<(), RunError> {
    match why_no_name(name) {
        Some(why) => {
            let message = format!("`{name}` cannot be the name of a rule");
            Err(RunError::Refused { message, help: why.to_owned() })
        }
        None => Ok(()),
    }
}
