//! The files of a site by their names, to find out whether a file may be somewhere else than a URL says.

use crate::digest::Digest;
use crate::text::composed;
use ignore::gitignore::Gitignore;
use rustc_hash::{FxHashMap, FxHashSet};

/// Formats of pictures, as extensions.
const PICTURES: [&str; 13] =
    ["apng", "avif", "bmp", "gif", "ico", "jfif", "jpeg", "jpg", "png", "svg", "tif", "tiff", "webp"];

/// Extensions of posts.
const POSTS: [&str; 5] = ["html", "markdown", "md", "mdx", "htm"];

/// The files of a site by their names.
#[derive(Debug, Default)]
pub struct AllFiles {
    /// The paths of the files with a name, which is in lower case and composed.
    by_name: FxHashMap<String, Vec<String>>,
    folders: FxHashSet<String>,
    /// Folders that contain photographs, at any depth.
    with_photos: FxHashSet<String>,
    ignored: Option<Gitignore>,
    photos: usize,
    posts: usize,
    is_whole: bool,
    digest: Digest,
}

impl AllFiles {
    /// All files of a site, by their paths inside it, with `/`. `is_whole`: whether none was left out. `ignored` are
    /// those that the repository does not contain, because a program makes them.
    pub fn new(paths: impl IntoIterator<Item = String>, is_whole: bool, ignored: Option<Gitignore>) -> Self {
        let mut all = AllFiles { ignored, is_whole, ..AllFiles::default() };
        for path in paths {
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
            let extension = extension(name);
            let is_photo = PICTURES.contains(&&*extension) && !matches!(&*extension, "svg" | "ico");
            all.photos += usize::from(is_photo);
            all.posts += usize::from(POSTS.contains(&&*extension));
            add_above(folder, &mut all.folders);
            if is_photo {
                add_above(folder, &mut all.with_photos);
            }
            all.by_name.entry(same_name(name)).or_default().push(path);
        }
        all
    }

    /// The same files, with a digest of all that they were made of.
    pub fn with_digest(self, digest: Digest) -> Self {
        AllFiles { digest, ..self }
    }

    /// The digest of all that they were made of.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// The paths of the files with this name, ignoring case and normal form.
    pub fn named(&self, name: &str) -> &[String] {
        self.by_name.get(&same_name(name)).map_or(&[], Vec::as_slice)
    }

    /// The paths of all files.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.by_name.values().flatten().map(String::as_str)
    }

    /// Whether there is a file at this path.
    pub fn contains(&self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        self.named(name).iter().any(|it| it == path || composed(it) == composed(path))
    }

    /// Whether all files of the site are known.
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// Whether the site has many posts without a single photograph, so that it keeps them elsewhere.
    pub fn keeps_photos_elsewhere(&self) -> bool {
        self.photos == 0 && !self.is_small()
    }

    /// Whether the site has so few posts that its first picture may be missing.
    pub fn is_small(&self) -> bool {
        const MANY: usize = 20;
        self.posts <= MANY
    }

    /// Whether there are photographs in the innermost folder on this path that exists, or in a folder inside of it.
    pub fn has_photos_around(&self, path: &str) -> bool {
        let above = |path: &'_ str| path.rsplit_once('/').map_or("", |(above, _)| above).to_owned();
        let mut folder = above(path);
        let is_in_root = folder.is_empty();
        while !folder.is_empty() && !self.folders.contains(&folder) {
            folder = above(&folder);
        }
        if folder.is_empty() { is_in_root && self.photos > 0 } else { self.with_photos.contains(&folder) }
    }

    /// Whether the repository does not contain what is at this path, because a program makes it.
    pub fn is_ignored(&self, path: &str) -> bool {
        self.ignored.as_ref().is_some_and(|ignored| ignored.matched_path_or_any_parents(path, false).is_ignore())
    }
}

/// Whether a path has the extension of a picture.
pub fn is_picture(path: &str) -> bool {
    PICTURES.contains(&&*extension(path))
}

/// Adds a folder and those that it is in.
fn add_above(mut folder: &str, folders: &mut FxHashSet<String>) {
    while !folder.is_empty() && !folders.contains(folder) {
        folders.insert(folder.to_owned());
        folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
    }
}

fn extension(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase()
}

/// Two names that differ in case or normal form only become equal.
pub fn same_name(name: &str) -> String {
    composed(name).to_lowercase()
}
