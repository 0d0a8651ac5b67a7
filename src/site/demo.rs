//! Whether a site only shows what a theme looks like: it is in a folder of the theme's repository.

use crate::site::folder::Folder;

/// Names of folders in which themes have such a site.
const FOLDERS: [&str; 7] = ["exampleSite", "example-site", "example", "examples", "demo", "demo-site", "docs"];

/// Whether the site in the folder `name` below `around` is the demo of a theme.
pub fn is_demo(name: &str, around: &dyn Folder) -> bool {
    FOLDERS.contains(&name) && is_theme(around)
}

/// Whether the folder is a theme's: Hugo and Zola describe themes in a file, Jekyll's are gems. Layouts without the config of
/// a site are a theme as well.
fn is_theme(folder: &dyn Folder) -> bool {
    let names = folder.list("");
    let has = |name: &str, is_folder: bool| names.iter().any(|(it, kind)| it == name && *kind == is_folder);
    let is_described = ["theme.toml", "theme.yaml", "theme.yml", "theme.json"].iter().any(|name| has(name, false));
    let is_gem = || names.iter().any(|(name, is_folder)| !is_folder && name.ends_with(".gemspec"));
    let is_site = || ["_config.yml", "_config.yaml", "_config.toml"].iter().any(|name| has(name, false));
    let has_layouts = || has("_layouts", true) && has("_includes", true);
    is_described && (has("layouts", true) || has("templates", true)) || has_layouts() && (is_gem() || !is_site())
}
