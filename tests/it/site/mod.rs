//! What is known about a site from its files alone.

mod base_path;
mod command;
mod detection;
mod excerpts;
mod exclusion;
mod facts;
mod links;
mod pictures;
mod post_links;
mod scripts;
mod theme;
mod urls;
mod values;

use postlint::site::Site;
use postlint::site::detect::detect;
use postlint::site::folder::Folder;
use std::collections::BTreeMap;

/// The files of a site: paths and texts.
struct Files(BTreeMap<String, String>);

impl Files {
    fn new(files: &[(&str, &str)]) -> Self {
        Files(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect())
    }
}

impl Folder for Files {
    fn list(&self, path: &str) -> Vec<(String, bool)> {
        let prefix = if path.is_empty() { String::new() } else { format!("{path}/") };
        let inside = self.0.keys().filter_map(|file| file.strip_prefix(&prefix));
        let mut names: Vec<(String, bool)> = inside
            .map(|rest| match rest.split_once('/') {
                Some((folder, _)) => (folder.to_owned(), true),
                None => (rest.to_owned(), false),
            })
            .collect();
        names.sort();
        names.dedup();
        names
    }

    fn read(&self, path: &str) -> Option<String> {
        self.0.get(path).cloned()
    }
}

/// The site in a folder with these files.
fn site(files: &[(&str, &str)]) -> Option<Site> {
    detect(&Files::new(files))
}
