//! Finds the file that a front matter value refers to, as each generator does. It does not access the disk: [`Folders`]
//! lists the files of the site.

use crate::place::Place;
use crate::place::all_files::AllFiles;
use crate::place::dialect::Generator;
use crate::text::composed;
use crate::url::{self, percent_decoded, scheme};
use crate::words::slip;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

/// Maximum number of files of a folder that is searched for similar names, because every post may cause a search.
const MAX_SEARCHED: usize = 300;

/// The folders of a site.
pub trait Folders: fmt::Debug + Send + Sync {
    /// The names of the files in a folder, given by its path inside the site with `/`; empty for the site's root.
    /// Returns no names if the folder does not exist.
    fn files(&self, folder: &str) -> Arc<BTreeSet<String>>;

    /// Whether there is a file at a path inside the site. Names that only differ in their normal form are the same.
    fn has_file(&self, path: &str) -> bool {
        is_in(&self.files(split(path).0), split(path).1)
    }

    /// Whether a folder has a file whose name begins with `beginning`.
    fn has_file_like(&self, folder: &str, beginning: &str) -> bool {
        begins_with(&self.files(folder), beginning)
    }

    /// Whether the site is known to publish a page at `path`, which is on its own host.
    fn has_page_at(&self, path: &str) -> bool;

    /// All files of the site.
    fn all(&self) -> Arc<AllFiles>;
}

/// A file that a post refers to and that does not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingFile {
    /// The paths inside the site that were tried.
    pub tried: Vec<String>,
}

impl Place {
    /// Whether the site is known to publish a page at the path of a URL on its own host. `None` if its files are not known.
    pub fn has_page_at(&self, address: &str) -> Option<bool> {
        let folders = self.folders.as_deref()?;
        let path = url::path(address);
        let is_home = path.trim_matches('/') == self.base_path.trim_matches('/');
        Some(is_home || folders.has_page_at(path))
    }

    /// Returns the file that `address` refers to, if it does not exist in any place where the generator or a theme
    /// would look for it. Returns `None` if it exists, or if that cannot be known: the URL has a host or a scheme,
    /// begins with an alias (`~/`, `@/`), or leaves the site.
    pub fn missing_file(&self, address: &str) -> Option<MissingFile> {
        let folders = self.folders.as_deref()?;
        let path = address.split(['?', '#']).next().unwrap_or("").trim();
        if path.is_empty() || scheme(path).is_some() || path.starts_with("//") || path.starts_with(['~', '@']) {
            return None;
        }
        let mut tried = self.not_there(folders, path)?;
        if path.contains('%') {
            tried.extend(self.not_there(folders, &percent_decoded(path))?);
        }
        (!tried.is_empty()).then_some(MissingFile { tried })
    }

    /// The path inside the site of the file that `address` refers to: the first one that exists of those where the generator
    /// or a theme would look for it.
    pub fn found_file(&self, address: &str) -> Option<String> {
        let folders = self.folders.as_deref()?;
        let path = address.split(['?', '#']).next().unwrap_or("").trim();
        if path.is_empty() || scheme(path).is_some() || path.starts_with("//") {
            return None;
        }
        let decoded = percent_decoded(path);
        [path, decoded.as_str()].into_iter().find_map(|path| self.candidates(path).find(|it| folders.has_file(it)))
    }

    /// The paths inside the site that `path` may refer to, without duplicates. `None` if there is a file at one of them.
    fn not_there(&self, folders: &dyn Folders, path: &str) -> Option<Vec<String>> {
        let mut tried: Vec<String> = Vec::new();
        for candidate in self.candidates(path) {
            if folders.has_file(&candidate) {
                return None;
            }
            if !tried.contains(&candidate) {
                tried.push(candidate);
            }
        }
        Some(tried)
    }

    /// The URL of an existing file that `address`, whose file is `missing`, was probably meant to refer to.
    pub fn similar_file(&self, address: &str, missing: &MissingFile) -> Option<String> {
        let folders = self.folders.as_deref()?;
        let name = missing.tried.iter().find_map(|path| similar(folders, path))?;
        let path = address.split(['?', '#']).next().unwrap_or("").trim();
        Some(path.rsplit_once('/').map_or_else(|| name.clone(), |(folder, _)| format!("{folder}/{name}")))
    }

    /// The paths inside the site that `path` may refer to. The first of them usually is that of a file.
    fn candidates<'p>(&'p self, path: &'p str) -> impl Iterator<Item = String> + 'p {
        let (folder, name) = split(&self.path);
        let is_absolute = path.starts_with('/');
        // The path may be relative to the page's URL, which is not known, and themes also resolve it relative to the
        // site.
        let below_root = path.trim_start_matches(['.', '/']);
        let below_root = if is_absolute { path } else { below_root };
        let beside = if is_absolute { None } else { joined(folder, path) };
        let leaves = !is_absolute && beside.is_none();
        let in_assets = move || {
            // Hexo's asset folder of the post.
            let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            let is_hexo = self.generator == Generator::Hexo && !is_absolute;
            is_hexo.then(|| joined(&format!("{folder}/{stem}"), path)).flatten()
        };
        let published = path.strip_prefix(self.base_path.as_str()).filter(|rest| rest.starts_with('/'));
        let below = published.into_iter().chain([below_root]);
        let below = below.flat_map(|path| self.roots().into_iter().filter_map(move |root| joined(&root, path)));
        beside.into_iter().chain(std::iter::once_with(in_assets).flatten()).chain(below).filter(move |_| !leaves)
    }

    /// The folders in which the generator or the theme looks for a path that is relative to the site's root.
    fn roots(&self) -> Vec<String> {
        let fixed: &[&str] = match self.generator {
            Generator::Jekyll => &[""],
            Generator::Hugo => &["static", "assets", "content"],
            Generator::Hexo => &["source"],
            Generator::Astro => &["public", "", "src"],
            // <https://nextjs.org/docs/app/api-reference/file-conventions/public-folder>
            Generator::Next => &["public"],
            // Only the config of these generators defines the site's root, which may be any folder above the post.
            _ => return self.roots_above(),
        };
        fixed.iter().map(|root| (*root).to_owned()).collect()
    }

    fn roots_above(&self) -> Vec<String> {
        let (folder, _) = split(&self.path);
        let ends = folder.match_indices('/').map(|(at, _)| at).chain([folder.len()]);
        let above = ends.filter_map(|end| folder.get(..end)).chain([""]);
        above.flat_map(|folder| ["", "static", "public"].map(|inside| format!("{folder}/{inside}"))).collect()
    }
}

/// The folder and the name of a path.
pub fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// The path of a file relative to the folder of another one.
pub fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let folders = from.len() - 1;
    let same = from.iter().take(folders).zip(&to).take_while(|(one, other)| one == other).count();
    let down = to.get(same..).unwrap_or(&[]);
    std::iter::repeat_n("..", folders - same).chain(down.iter().copied()).collect::<Vec<_>>().join("/")
}

/// Resolves `path` relative to `folder`; `None` if it leaves the site.
pub fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            name => parts.push(name),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

/// Whether one of the names is this one. macOS decomposes file names.
pub fn is_in(files: &BTreeSet<String>, name: &str) -> bool {
    files.contains(name) || (!name.is_ascii() && files.iter().any(|file| composed(file) == composed(name)))
}

/// Whether one of the names begins with `beginning`.
pub fn begins_with(files: &BTreeSet<String>, beginning: &str) -> bool {
    // Search the sorted names instead of examining all of them: a folder may have thousands of posts.
    files.range(beginning.to_owned()..).next().is_some_and(|file| file.starts_with(beginning))
}

/// The file in the same folder that was probably meant.
fn similar(folders: &dyn Folders, path: &str) -> Option<String> {
    let (folder, name) = split(path);
    let files = folders.files(folder);
    if files.len() > MAX_SEARCHED {
        return None;
    }
    let other_case = files.iter().find(|file| file.to_lowercase() == name.to_lowercase());
    other_case.map(String::as_str).or_else(|| slip(name, files.iter().map(String::as_str))).map(str::to_owned)
}
