//! Finds out whether the file of a picture that a post shows is missing. What may be made by a program, come from a theme,
//! or be somewhere else on the host, is not.

use crate::place::Place;
use crate::place::all_files::{AllFiles, is_picture, same_name};
use crate::place::dialect::Generator;
use crate::text::composed;
use crate::url::{path_and_query, percent_decoded, scheme};

/// Why a picture is not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MissingPicture {
    /// There is no such file. These paths inside the site were tried.
    NoFile(Vec<String>),
    /// The name of the file differs in upper and lower case: the URL of the file.
    OtherCase(String),
}

/// The usual names of folders with pictures.
const FOLDERS: [&str; 8] = ["assets", "image", "images", "img", "photos", "pics", "pictures", "static"];

/// Names of folders that programs fill.
const MADE: [&str; 11] = [
    "_astro", "_image", "_next", "_nuxt", "_vercel", "cache", "cdn-cgi", "generated", "resized", "thumbnails", "thumbs",
];

/// Beginnings of the names of pictures that themes have.
const OF_THEMES: [&str; 5] = ["avatar", "favicon", "icon", "logo", "placeholder"];

impl Place {
    /// Why the picture at `address` is not shown, if that is certain. `in_body`: whether the URL is written in the body, and
    /// not in a key of the front matter, whose meaning the layout decides.
    pub fn missing_picture(&self, address: &str, in_body: bool) -> Option<MissingPicture> {
        let folders = self.folders.as_deref().filter(|_| self.has_config && self.generator != Generator::Plain)?;
        let local = if self.is_own_address(address) { path_and_query(address) } else { address };
        let path = local.split(['?', '#']).next().unwrap_or("").trim();
        let is_plain = scheme(path).is_none() && !path.starts_with("//") && !path.contains(ODD) && is_picture(path);
        let missing = if is_plain { self.missing_file(path)? } else { return None };
        let all = folders.all();
        if !all.is_whole() || all.keeps_photos_elsewhere() || self.may_be_elsewhere(path, in_body) {
            return None;
        }
        if let Some(found) = same_path(&all, &missing.tried) {
            // Render hooks of Hugo find the files of a bundle in any case, and write their names.
            let may_be_found = self.generator == Generator::Hugo && !path.starts_with('/');
            // A file whose name is only decomposed is found.
            return found.filter(|_| !may_be_found).map(|found| MissingPicture::OtherCase(respelled(path, found)));
        }
        if path.starts_with('/') && !self.has_photos_around(&missing.tried, &all) {
            return None;
        }
        let is_certain = !missing.tried.iter().any(|path| all.is_ignored(path) || is_made(&all, path))
            && !self.is_somewhere(path, &all);
        // A folder beside those of the post that is not there is made by something else, or left out.
        let has_folder = || missing.tried.first().is_some_and(|path| has_folder_of(&all, path));
        let is_certain = is_certain && (!path.starts_with("../") || has_folder());
        is_certain.then_some(MissingPicture::NoFile(missing.tried))
    }

    /// Whether something other than the files of the site may be at this path.
    fn may_be_elsewhere(&self, path: &str, in_body: bool) -> bool {
        let is_made = path.split('/').any(|segment| MADE.contains(&segment));
        let of_theme = self.generator == Generator::Pelican && path.starts_with("/theme/");
        let has_folder = path.starts_with('/') || path.starts_with("./") || path.starts_with("../");
        // The layout may put anything before a name.
        is_made || of_theme || !in_body && !has_folder
    }

    /// Whether the site has photographs where this one would be. Otherwise something else may publish that folder. In a small
    /// site, the usual folders count as well.
    fn has_photos_around(&self, tried: &[String], all: &AllFiles) -> bool {
        let is_usual = |path: &String| path.split('/').any(|segment| FOLDERS.contains(&segment));
        tried.iter().any(|path| all.has_photos_around(path) || all.is_small() && is_usual(path))
    }

    /// Whether a file of this name is where it may be published at this path.
    fn is_somewhere(&self, path: &str, all: &AllFiles) -> bool {
        let name = percent_decoded(path.rsplit('/').next().unwrap_or(path));
        let is_theme = OF_THEMES.iter().any(|beginning| same_name(&name).starts_with(beginning));
        let mut paths = all.named(&name).iter();
        // In Jekyll, files outside of collections are at their own path.
        is_theme
            || match self.generator {
                Generator::Jekyll if path.starts_with('/') => {
                    paths.any(|path| path.contains("/_") || path.starts_with('_'))
                }
                _ => paths.next().is_some(),
            }
    }
}

/// Whether there are files in the folder of a file, or below it.
fn has_folder_of(all: &AllFiles, path: &str) -> bool {
    let (folder, _) = path.rsplit_once('/').unwrap_or(("", path));
    folder.is_empty() || all.paths().any(|it| it.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')))
}

/// Characters of URLs that a program replaces, or that are not part of a URL at all.
const ODD: [char; 12] = ['{', '}', '$', '<', '>', '*', '[', ']', '|', '\\', '\n', ' '];

/// The file that one of the paths names in other case: `Some(None)` if it is only in another normal form, or if there are
/// several.
fn same_path<'a>(all: &'a AllFiles, tried: &[String]) -> Option<Option<&'a str>> {
    let mut found: Vec<&str> = Vec::new();
    for path in tried {
        let name = path.rsplit('/').next().unwrap_or(path);
        found.extend(all.named(name).iter().filter(|it| same_name(it) == same_name(path)).map(String::as_str));
    }
    found.sort_unstable();
    found.dedup();
    let is_same = |found: &str| tried.iter().any(|path| composed(path) == composed(found));
    match found.as_slice() {
        [] => None,
        [one] if !is_same(one) => Some(Some(one)),
        _ => Some(None),
    }
}

/// The URL `path` with the names that the file at `found` has.
fn respelled(path: &str, found: &str) -> String {
    let mut names = found.rsplit('/');
    let mut segments: Vec<String> = Vec::new();
    for segment in path.rsplit('/') {
        let decoded = percent_decoded(segment);
        let name = if matches!(segment, "" | "." | "..") { None } else { names.next() };
        let is_other = |name: &&str| **name != *decoded && same_name(name) == same_name(&decoded);
        segments.push(name.filter(is_other).map_or_else(|| segment.to_owned(), |name| name.replace(' ', "%20")));
    }
    segments.reverse();
    segments.join("/")
}

/// Whether a program may make the file of another one: in a smaller size, or in another format.
fn is_made(all: &AllFiles, path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let Some((stem, extension)) = name.rsplit_once('.') else { return false };
    let is_there = |stem: &str| {
        ["png", "jpg", "jpeg", "gif", "svg", "webp", "tif", "tiff", "pdf", "tex", "dot", "puml", "mmd", "drawio"]
            .iter()
            .any(|format| !all.named(&format!("{stem}.{format}")).is_empty())
    };
    let is_compact = matches!(extension.to_ascii_lowercase().as_str(), "webp" | "avif" | "svg");
    let without_size = stem.rsplit_once(['-', '_', '@', '.']).filter(|(_, end)| is_size(end));
    let is_other_format = is_compact && is_there(stem);
    is_other_format || without_size.is_some_and(|(stem, _)| is_there(stem))
}

/// Whether this names a size: `800`, `300x200`, `2x`, `640w`, `thumb`.
fn is_size(end: &str) -> bool {
    const WORDS: [&str; 9] = ["large", "medium", "min", "scaled", "sm", "small", "thumb", "thumbnail", "xl"];
    let is_number = end.bytes().any(|byte| byte.is_ascii_digit())
        && end.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'x' | b'w' | b'h' | b'p'));
    is_number || WORDS.contains(&&*end.to_ascii_lowercase())
}
