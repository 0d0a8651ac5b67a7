//! Reads what findings are traced to: the layouts of a site, its data files, and the front matter of its posts.

use crate::engine::audit::{Layouts, Values, ValuesOf, may_be_layout};
use crate::files::{self, Limit};
use crate::place::dialect::extension_of;
use crate::project::{LocatedSite, Surroundings};
use crate::run::audit::folder::Taken;
use crate::run::audit::given::SitePages;
use crate::source::Source;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Maximum number of layouts that are read, and of data files.
const MAX_FILES: usize = 3_000;
/// Maximum number of posts whose front matter is read.
const MAX_POSTS: usize = 20_000;

/// Extensions of files with data: configs, menus, lists of authors.
const DATA: [&str; 10] = ["yml", "yaml", "toml", "json", "csv", "tsv", "js", "cjs", "mjs", "ts"];

/// What the sources of a site write.
#[derive(Default)]
pub struct Written {
    /// Its layouts.
    pub layouts: Layouts,
    /// Values that pages print.
    pub values: Values,
}

impl Written {
    /// Reads the sources of a site.
    pub fn of(pages: &SitePages, taken: &Taken, surroundings: &mut Surroundings) -> Self {
        let located = pages.urls.site().clone();
        let all = surroundings.folders(&located.root, Some(&located)).all();
        let posts: BTreeSet<&PathBuf> = pages.pages.iter().map(|post| &post.path).collect();
        let mut paths: Vec<&str> = all.paths().filter(|path| may_be_layout(path) || is_data(path)).collect();
        paths.sort_unstable();
        let is_other = |path: &PathBuf| !posts.contains(path) && !path.starts_with(&taken.folder);
        let paths = paths.into_iter().map(|path| located.root.join(path)).filter(is_other);
        let (layouts, data): (Vec<PathBuf>, Vec<PathBuf>) =
            paths.partition(|path| path.to_str().is_some_and(may_be_layout));
        let mut written = Written { layouts: Layouts::default(), values: Values::new(taken.published.clone()) };
        each(&located, layouts.iter().take(MAX_FILES), |inside, source| {
            written.layouts.add(inside, source, located.site.generator);
            written.values.add(inside, source.text(), ValuesOf::Layout);
        });
        each(&located, data.iter().take(MAX_FILES), |inside, source| {
            written.values.add(inside, source.text(), ValuesOf::Data);
        });
        each(&located, posts.into_iter().take(MAX_POSTS), |inside, source| {
            written.values.add(inside, source.text(), ValuesOf::FrontMatter);
        });
        written
    }
}

fn is_data(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    extension_of(path).is_some_and(|extension| DATA.contains(&&*extension))
        && !name.contains(".min.")
        && !name.contains("package-lock")
}

/// Number of files that are in memory at a time.
const BATCH: usize = 256;

/// Reads files, and hands each to `use_it` with its path from the folder of the config.
fn each<'p>(located: &LocatedSite, paths: impl Iterator<Item = &'p PathBuf>, mut use_it: impl FnMut(&str, &Source)) {
    let paths: Vec<&PathBuf> = paths.collect();
    let one = |path: &&PathBuf| {
        let bytes = files::read(path, Limit::SETTINGS).ok()?;
        Some((inside(located, path)?, Source::from_bytes(bytes)))
    };
    for batch in paths.chunks(BATCH) {
        let read: Vec<(String, Source)> = batch.par_iter().filter_map(one).collect();
        read.iter().for_each(|(inside, source)| use_it(inside, source));
    }
}

/// The path of a file from the folder of the config, which may be a folder of its own beside the sources.
fn inside(located: &LocatedSite, path: &Path) -> Option<String> {
    let (up, inside) = match path.strip_prefix(&located.config_folder) {
        Ok(inside) => (0, inside),
        Err(_) => {
            let depth = located.config_folder.strip_prefix(&located.root).ok()?.components().count();
            (depth, path.strip_prefix(&located.root).ok()?)
        }
    };
    Some(format!("{}{}", "../".repeat(up), inside.to_str()?.replace('\\', "/")))
}
