//! Detects the generator of the site whose config is in a folder.

use crate::site::folder::{Folder, Seen};
use crate::site::{
    Site, astro, docusaurus, eleventy, gatsby, hexo, hugo, jekyll, mdbook, mkdocs, next, pelican, vitepress, zola,
};

type Find = fn(&Seen<'_>) -> Option<Site>;

/// In order of precedence: config files of a single generator; then dependencies in `package.json`, which may include
/// other generators as tools of a theme; then file names that several generators share, distinguished by their keys.
const FINDS: [Find; 22] = [
    astro::by_config,
    eleventy::by_config,
    docusaurus::by_config,
    vitepress::by_config,
    gatsby::by_config,
    hugo::by_config,
    zola::by_config,
    mkdocs::by_config,
    mdbook::by_config,
    pelican::by_config,
    hexo::by_package,
    astro::by_package,
    eleventy::by_package,
    gatsby::by_package,
    next::by_package,
    hexo::by_shared_name,
    jekyll::by_config,
    zola::by_shared_name,
    hugo::by_shared_name,
    hugo::by_folder,
    jekyll::by_gems,
    next::by_config,
];

/// The site whose config is in `folder`, if there is one.
pub fn detect(folder: &dyn Folder) -> Option<Site> {
    let seen = Seen::of(folder);
    let site = FINDS.iter().find_map(|find| find(&seen))?;
    Some(match seen.broken() {
        Some(config) => site.without_config(config),
        None => site,
    })
}
