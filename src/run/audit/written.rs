//! Reads what findings are traced to: the layouts of a site, its data files, and the front matter of its posts.

use crate::engine::audit::{Calls, Layouts, Reach, Values, ValuesOf, has_excerpt, may_be_layout};
use crate::files::{self, Limit};
use crate::place::dialect::{Generator, extension_of};
use crate::project::{LocatedSite, Surroundings};
use crate::run::audit::folder::Taken;
use crate::run::audit::given::SitePages;
use crate::site::Site;
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
    /// Calls in its layouts.
    pub calls: Calls,
    /// Values that pages print.
    pub values: Values,
    /// Whether the site has layouts or a theme among its files.
    pub has_layouts: bool,
    /// Whether the theme is not among the files of the site.
    pub lacks_theme: bool,
}

impl Written {
    /// Reads the sources of a site.
    pub fn of(pages: &SitePages, taken: &Taken, surroundings: &mut Surroundings) -> Self {
        let located = pages.urls.site().clone();
        let all = surroundings.folders(&located.root, Some(&located)).all();
        let posts: BTreeSet<&PathBuf> = pages.pages.iter().map(|post| &post.path).collect();
        let is_read = |path: &&str| may_be_layout(path) || is_data(path) && !is_other_config(path);
        let mut paths: Vec<PathBuf> = all.paths().filter(is_read).map(|path| located.root.join(path)).collect();
        // The list of all files is without hidden folders, of which this one has a config and a theme; the folder of the config may
        // be the one above, with the theme beside the posts.
        let above = Some(located.config_folder.clone()).filter(|folder| *folder != located.root);
        for folder in above.into_iter().chain([located.root.join(".vitepress")]) {
            let beside = surroundings.folders(&folder, None).all();
            paths.extend(beside.paths().filter(is_read).map(|path| folder.join(path)));
        }
        paths.sort_unstable();
        paths.dedup();
        let is_other = |path: &PathBuf| !posts.contains(path) && !path.starts_with(&taken.folder);
        let paths = paths.into_iter().filter(is_other);
        let (layouts, data): (Vec<PathBuf>, Vec<PathBuf>) =
            paths.partition(|path| path.to_str().is_some_and(may_be_layout));
        // What names a layout may be in a theme or a config that is elsewhere, or in a file that is not read.
        let is_whole = layouts.len().max(data.len()) <= MAX_FILES && posts.len() <= MAX_POSTS;
        let has_all = located.site.theme.is_none() && located.config_folder.starts_with(&located.root);
        let layouts = layouts.get(..layouts.len().min(MAX_FILES)).unwrap_or(&layouts);
        // Those in languages that are not read are there as well, such as Pug.
        let has_theme = all.paths().any(|path| path.starts_with("themes/") || path.contains("/themes/"));
        let mut written = Written {
            layouts: Layouts::default(),
            calls: Calls::default(),
            values: Values::new(taken.published.clone()),
            has_layouts: has_theme || !layouts.is_empty(),
            lacks_theme: has_folder_of_themes(&located.site) && !has_theme,
        };
        let mut reach = Reach::new(!is_whole || !has_all);
        let is_of_theme = |path: &PathBuf| path.components().any(|part| part.as_os_str() == "themes");
        written.layouts.are_all = located.site.theme.is_none() || layouts.iter().any(is_of_theme);
        each(&located, data.iter().take(MAX_FILES), |inside, source| {
            reach.add(inside, source.text());
            written.calls.add_config(inside, source.text());
            written.values.add(inside, source.text(), ValuesOf::Data);
        });
        let mut has_excerpts = located.site.generator != Generator::Hexo;
        each(&located, posts.into_iter().take(MAX_POSTS), |inside, source| {
            reach.add_post(source.text());
            has_excerpts |= has_excerpt(source.text());
            written.values.add(inside, source.text(), ValuesOf::FrontMatter);
        });
        written.calls.lacks_excerpts = !has_excerpts;
        // Layouts are read twice: which are in use is known once all are read, and many may not fit into memory together.
        each(&located, layouts.iter(), |inside, source| reach.add(inside, source.text()));
        let unused = reach.unused();
        each(&located, layouts.iter(), |inside, source| {
            if !unused.contains(inside) {
                written.layouts.add(inside, source, located.site.generator);
                written.calls.add(inside, source.text());
                written.values.add(inside, source.text(), ValuesOf::Layout);
            }
        });
        written
    }
}

/// Whether the site has a theme, and its generator looks for it in a folder of themes.
fn has_folder_of_themes(site: &Site) -> bool {
    site.theme.is_some() && matches!(site.generator, Generator::Hugo | Generator::Hexo | Generator::Zola)
}

fn is_data(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    extension_of(path).is_some_and(|extension| DATA.contains(&&*extension))
        && !name.contains(".min.")
        && !name.contains("package-lock")
}

/// Whether it is a config beside the one of the site, which is built with it at times: `_config_dev.yml`.
fn is_other_config(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_prefix("_config").is_some_and(|rest| rest.starts_with(['_', '-']))
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

/// The path of a file from the folder of the config: the sources may be below it, above it or beside it.
fn inside(located: &LocatedSite, path: &Path) -> Option<String> {
    let above = located.config_folder.ancestors().position(|above| path.starts_with(above))?;
    let inside = path.strip_prefix(located.config_folder.ancestors().nth(above)?).ok()?;
    Some(format!("{}{}", "../".repeat(above), inside.to_str()?.replace('\\', "/")))
}
