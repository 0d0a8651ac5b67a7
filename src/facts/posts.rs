//! The posts of a Jekyll site, as `{% post_url %}` finds them.

use crate::facts::target::Target;
use crate::facts::{PageFacts, SiteFacts};
use crate::place::all_files::AllFiles;
use crate::place::dialect::Generator;
use crate::site::urls::{PostName, PostReference};
use crate::text::composed;
use rustc_hash::FxHashMap;

/// The posts of a Jekyll site by what `{% post_url %}` may name.
#[derive(Debug)]
pub struct Posts {
    /// The paths of posts, by the beginnings of their file names that end before a dot.
    by_name: FxHashMap<String, Vec<String>>,
    /// The paths of posts with their names, by the slugs in these.
    by_slug: FxHashMap<String, Vec<(PostName, String)>>,
    /// The folder around all posts, without slashes at its ends; empty for the root.
    folder: String,
}

impl Posts {
    /// The posts of a site with these files; `None` if no link names one.
    pub fn of(site: &SiteFacts<'_>, files: &AllFiles) -> Option<Self> {
        let names_post = |page: &PageFacts| {
            page.links.iter().chain(&page.naming_tags).any(|link| matches!(link.target, Target::Post(_)))
        };
        // In sites of other generators, the tag is their own.
        if site.site.generator != Generator::Jekyll || !site.pages.iter().any(names_post) {
            return None;
        }
        let folder = site.site.collections_dir.clone();
        let mut posts = Posts { by_name: FxHashMap::default(), by_slug: FxHashMap::default(), folder };
        let mut own: FxHashMap<&str, &PostName> = FxHashMap::default();
        own.extend(site.pages.iter().filter_map(|page| Some((page.path.as_str(), page.post_name.as_deref()?))));
        for path in files.paths() {
            let Some(inside) = posts.inside(path) else { continue };
            let (folders, file) = inside.rsplit_once('/').unwrap_or(("", inside));
            let of_file = || folders.split('/').any(|it| it == "_posts").then(|| PostName::of_file(file)).flatten();
            let Some(name) = own.get(path).map(|name| (*name).clone()).or_else(of_file) else { continue };
            for (dot, _) in file.match_indices('.') {
                let beginning = composed(file.get(..dot).unwrap_or(file)).into_owned();
                posts.by_name.entry(beginning).or_default().push(path.to_owned());
            }
            posts.by_slug.entry(name.slug().to_owned()).or_default().push((name, path.to_owned()));
        }
        Some(posts)
    }

    /// The path below the folder around all posts.
    fn inside<'p>(&self, path: &'p str) -> Option<&'p str> {
        if self.folder.is_empty() { Some(path) } else { path.strip_prefix(&*self.folder)?.strip_prefix('/') }
    }

    /// The paths of the posts that a name refers to: those whose file has it, else those with its slug and its day.
    pub fn find(&self, name: &str) -> Vec<&str> {
        let name = composed(name);
        let Some(reference) = PostReference::of(&name) else { return Vec::new() };
        let named = self.by_name.get(reference.name).into_iter().flatten().map(String::as_str);
        let is_file = |path: &&str| self.inside(path).is_some_and(|path| reference.is_file(&composed(path)));
        let files: Vec<&str> = named.filter(is_file).collect();
        if !files.is_empty() {
            return files;
        }
        let alike = self.by_slug.get(reference.slug).into_iter().flatten();
        alike.filter(|(post, _)| reference.is_like(post)).map(|(_, path)| path.as_str()).collect()
    }
}
