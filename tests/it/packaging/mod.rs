//! The hooks, the action and the packages, as far as they can be seen without a registry or a runner.

#[cfg(unix)]
mod action;
mod hooks;
#[cfg(unix)]
mod packages;
mod pins;

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// The version that all packages have.
const VERSION: &str = env!("CARGO_PKG_VERSION");

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn yaml(path: &str) -> Value {
    serde_yaml::from_str(&read(path)).unwrap()
}
