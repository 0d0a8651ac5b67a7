//! Access to optional test data in a folder beside the project.
#![allow(dead_code, clippy::unwrap_used)]

use postlint::place::Place;
use postlint::place::dialect::{Dialect, Generator};
use postlint::source::Source;
use std::path::{Path, PathBuf};

/// A file or folder of the test data in `POSTLINT_SHARED` or beside the project. Returns `None` if there is no test
/// data. Panics if only this path is missing, so that tests are not skipped because their data was moved.
pub fn find(path: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let root = match std::env::var_os("POSTLINT_SHARED") {
        Some(named) => PathBuf::from(named),
        None => Some(beside).filter(|beside| beside.join("corpus").exists())?,
    };
    let found = root.join(path);
    assert!(found.exists(), "{} is missing", found.display());
    Some(found)
}

/// The files below a folder with one of `extensions`, sorted; panics if there are none.
pub fn files(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let wanted = |path: &Path| path.extension().is_some_and(|found| extensions.iter().any(|wanted| found == *wanted));
    let mut found: Vec<PathBuf> = ignore::WalkBuilder::new(folder)
        .standard_filters(false)
        .build()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.is_file() && wanted(path))
        .collect();
    assert!(!found.is_empty(), "no {extensions:?} in {}", folder.display());
    found.sort();
    found
}

/// Every n-th of the files, or all of them if `POSTLINT_WHOLE_CORPUS` is set, for what takes minutes.
pub fn every(n: usize, paths: Vec<PathBuf>) -> Vec<PathBuf> {
    let n = if std::env::var_os("POSTLINT_WHOLE_CORPUS").is_some() { 1 } else { n };
    paths.into_iter().step_by(n).collect()
}

/// A post with the YAML as its front matter.
pub fn post(yaml: &[u8]) -> Source {
    let mut bytes = b"---\n".to_vec();
    bytes.extend(yaml.strip_prefix(b"\xef\xbb\xbf").unwrap_or(yaml));
    bytes.extend(if yaml.ends_with(b"\n") { b"---\n".as_slice() } else { b"\n---\n" });
    Source::from_bytes(bytes)
}

/// File extensions of posts and pages.
pub const POSTS: [&str; 6] = ["md", "markdown", "mkd", "mdx", "html", "htm"];

/// The place of a file in the corpus; its generator is guessed from the name of its folder.
pub fn place(path: &str) -> Option<Place> {
    let generator = match path.split_once('-')?.0 {
        "jekyll" | "seed" => Generator::Jekyll,
        "hugo" | "zola" => Generator::Hugo,
        "astro" | "mdx" | "docusaurus" => Generator::Astro,
        "hexo" => Generator::Hexo,
        "eleventy" => Generator::Eleventy,
        _ => Generator::Plain,
    };
    let dialect = Dialect::of_extension(path.rsplit_once('.')?.1, generator)?;
    Some(Place::new(path, generator, dialect))
}
