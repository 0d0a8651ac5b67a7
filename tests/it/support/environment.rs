//! The environment of commands that tests run.
#![allow(dead_code)]

use postlint::cli::AGENT_VARIABLES;
use std::process::Command;

/// The variables that change what postlint writes, and where.
const OURS: [&str; 13] = [
    "NO_COLOR",
    "FORCE_COLOR",
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "COLUMNS",
    "POSTLINT_CACHE_DIR",
    "POSTLINT_FORMAT",
    "POSTLINT_COLUMN_UNIT",
    "RAYON_NUM_THREADS",
    "GITHUB_ACTIONS",
    "GITHUB_STEP_SUMMARY",
    "GITHUB_WORKSPACE",
    "CI_PROJECT_DIR",
];

/// The names of variables that must not be set.
pub fn variables() -> impl Iterator<Item = &'static str> {
    OURS.into_iter().chain(AGENT_VARIABLES)
}

/// postlint without a cache. The rest of its environment is that of the tests.
pub fn postlint() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_postlint"));
    command.env("POSTLINT_CACHE", "off");
    command
}

/// Turns off the cache, and removes what the shell, a CI service or a coding agent sets, so that the output is the same everywhere.
pub fn clear(command: &mut Command) {
    variables().for_each(|name| _ = command.env_remove(name));
    command.env("POSTLINT_CACHE", "off");
}
