//! Whether the templates of a Hugo site print the content of sections, which is that of `_index.md`.
//! <https://gohugo.io/templates/types/>

use crate::site::theme::templates::Templates;

/// Names of templates of sections, of the home page and of lists of terms.
const LISTS: [&str; 7] = ["list", "section", "index", "home", "taxonomy", "term", "terms"];

/// Folders and names of templates that print other content, or that of single pages.
const OTHERS: [&str; 6] = ["shortcodes", "_shortcodes", "_markup", "single", "page", "rss"];

/// Whether there are templates of sections, and neither they nor what they may include print the content.
pub fn are_hidden(templates: &Templates) -> bool {
    let names = |path: &str, known: &[&str]| path.split('/').any(|part| known.contains(&stem(part)));
    let is_list = |path: &str| path.rsplit('/').next().is_some_and(|name| LISTS.contains(&stem(name)));
    let mut others = templates.files.iter().filter(|(path, _)| !names(path, &OTHERS));
    templates.is_whole
        && templates.files.keys().any(|path| is_list(path))
        && !others.any(|(_, file)| [".Content", ".RawContent", ".Render"].iter().any(|read| file.text.contains(read)))
}

fn stem(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}
