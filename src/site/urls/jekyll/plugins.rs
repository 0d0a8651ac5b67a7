//! Jekyll's plugins that change which files become pages, or their URLs.

use crate::site::folder::{Folder, Seen};
use crate::site::settings::Settings;
use crate::site::urls::jekyll::settings::names;

/// Gems that move the pages of a site.
const MOVING: [&str; 3] = ["jekyll-polyglot", "jekyll-multiple-languages-plugin", "jekyll-multiple-languages"];

/// What a plugin of the site's own has to say to change the URL of a page.
const WORDS: [&str; 5] = ["permalink", "def url", "def destination", "url_placeholders", "UrlDrop"];

/// Whether a plugin gives URLs to pages that Jekyll would not give them. `source`: the files of the source folder, where
/// Jekyll looks for `_plugins`.
pub fn change_urls(source: &dyn Folder, config: Option<&Settings>) -> bool {
    let named = || names(config, "plugins").into_iter().chain(names(config, "gems"));
    if named().any(|name| MOVING.contains(&name.as_str())) {
        return true;
    }
    let files = source.list("_plugins");
    files.iter().filter(|(name, is_folder)| !is_folder && name.ends_with(".rb")).any(|(name, _)| {
        let text = source.read(&format!("_plugins/{name}")).unwrap_or_default();
        WORDS.iter().any(|word| text.contains(word))
    })
}

/// Whether Markdown files without front matter may become pages: GitHub Pages runs this plugin for every site.
/// <https://docs.github.com/en/pages/setting-up-a-github-pages-site-with-jekyll/about-github-pages-and-jekyll#plugins>
pub fn make_fronts_optional(seen: &Seen<'_>, config: Option<&Settings>) -> bool {
    let optional = ["jekyll-optional-front-matter", "jekyll-readme-index"];
    let named = || names(config, "plugins").into_iter().chain(names(config, "gems"));
    named().any(|name| optional.contains(&name.as_str()))
        || ["Gemfile", "Gemfile.lock"]
            .iter()
            .any(|file| seen.text(file).is_some_and(|text| text.contains("github-pages")))
}
