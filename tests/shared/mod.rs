//! Test data that stands beside the project, where there is any.
#![allow(dead_code, clippy::unwrap_used)]

use postlint::source::Source;
use std::path::{Path, PathBuf};

/// The folder with the test data that stands beside the project.
pub fn find(path: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let named = std::env::var_os("POSTLINT_SHARED").map(PathBuf::from);
    [Some(beside), named].into_iter().flatten().map(|root| root.join(path)).find(|path| path.exists())
}

/// The files under a folder that have one of `extensions`, in order.
pub fn files(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let wanted = |path: &Path| path.extension().is_some_and(|found| extensions.iter().any(|wanted| found == *wanted));
    let mut found: Vec<PathBuf> = ignore::WalkBuilder::new(folder)
        .standard_filters(false)
        .build()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.is_file() && wanted(path))
        .collect();
    found.sort();
    found
}

/// A file of nothing but YAML, as the front matter of a post.
pub fn post(yaml: &[u8]) -> Source {
    let mut bytes = b"---\n".to_vec();
    bytes.extend(yaml.strip_prefix(b"\xef\xbb\xbf").unwrap_or(yaml));
    bytes.extend(if yaml.ends_with(b"\n") { b"---\n".as_slice() } else { b"\n---\n" });
    Source::from_bytes(bytes)
}
