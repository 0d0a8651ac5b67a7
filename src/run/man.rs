//! `postlint man`: writes the manual pages, for packages.

use crate::cli::Cli;
use crate::files::Writer;
use crate::run::error::RunError;
use crate::run::exit::Exit;
use clap::{Command, CommandFactory};
use clap_mangen::Man;
use std::fs;
use std::io;
use std::path::Path;

/// Writes a page for the program and one for each subcommand into a folder, which is made if it does not exist.
pub fn write(folder: &Path) -> Result<Exit, RunError> {
    fs::create_dir_all(folder)?;
    // The pages of a version are the same whatever it is built from.
    let command = Cli::command().disable_help_subcommand(true).disable_version_flag(true);
    let mut command = command.version(env!("CARGO_PKG_VERSION"));
    command.build();
    let mut pages = Vec::new();
    add_pages(&command, &mut pages)?;
    for (name, page) in pages {
        let path = folder.join(name);
        let written = Writer::default().replace(&path, &page);
        written.map_err(|error| RunError::Unwritable { path, error })?;
    }
    Ok(Exit::Clean)
}

fn add_pages(command: &Command, pages: &mut Vec<(String, Vec<u8>)>) -> io::Result<()> {
    for subcommand in command.get_subcommands().filter(|it| !it.is_hide_set()) {
        add_pages(subcommand, pages)?;
    }
    let man = Man::new(command.clone());
    let mut page = Vec::new();
    man.render(&mut page)?;
    pages.push((man.get_filename(), page));
    Ok(())
}
