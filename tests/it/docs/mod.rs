//! The README and the pages in `docs`: what they show and promise is held to the program.

mod consoles;
mod contract;
mod files;
mod links;
mod picture;
mod rule_pages;

use crate::support::environment;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What the program prints to standard output, run at the top of the repository.
fn printed(arguments: &[&str]) -> String {
    let mut command = environment::postlint();
    environment::clear(&mut command);
    String::from_utf8(command.args(arguments).current_dir(root()).output().unwrap().stdout).unwrap()
}

/// The README and the pages, by their paths.
fn pages() -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join("docs/src")).unwrap().map(|entry| entry.unwrap().path());
    let mut pages: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|name| name == "md")).collect();
    pages.push(root().join("README.md"));
    pages.sort();
    pages
}
