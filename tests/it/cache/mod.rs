//! The cache: results with and without it are equal, whatever changes between two runs, and whatever happens to its files.

mod damage;
mod edits;
mod folder;
mod notes;
mod readings;
mod server;

use crate::support::blog::{Blog, code, said, stdout};
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

/// A blog with a cache of its own.
struct Cached {
    blog: Blog,
    folder: PathBuf,
}

impl Cached {
    fn new(files: &[(&str, &str)]) -> Self {
        let blog = Blog::new(files);
        let folder = PathBuf::from(format!("{}-cache", blog.0.display()));
        Cached { blog, folder }
    }

    /// postlint with the cache.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.blog.command(arguments);
        command.env("POSTLINT_CACHE", "on").env("POSTLINT_CACHE_DIR", &self.folder);
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs with the cache, and without it, and compares all that they say. Returns the findings.
    fn same(&self, arguments: &[&str], after: &str) -> String {
        let with = self.run(arguments);
        let without = self.blog.run(arguments);
        let all = |output: &Output| (code(output), stdout(output), said(output));
        assert_eq!(all(&with), all(&without), "{arguments:?} after {after}");
        stdout(&with)
    }

    /// The files of the cache, sorted.
    fn files(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut folders = vec![self.folder.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.is_dir() { folders.push(path) } else { found.push(path) }
            }
        }
        found.sort();
        found
    }
}

impl Drop for Cached {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A post of a Jekyll site with findings of its own, and with the title of others.
fn post(title: &str, body: &str) -> String {
    format!("---\nlayout: post\ntitle: {title}\ndescription: What {title} is about.\n---\n\n{body}\n")
}
