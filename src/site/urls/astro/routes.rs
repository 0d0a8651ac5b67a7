//! The route that publishes a collection: `src/pages/blog/[...slug].astro`.
//! <https://docs.astro.build/en/guides/content-collections/#building-for-static-output-default>

use crate::site::folder::Folder;
use crate::site::urls::astro::settings::Settings;
use regex::Regex;
use std::sync::LazyLock;

/// The route of a collection, as far as it is known.
pub enum Route {
    /// One file publishes each entry by its id.
    Evident {
        /// The folder of the file, below the pages.
        folder: String,
        /// Whether ids may have slashes.
        may_be_nested: bool,
    },
    /// Another kind of route, several routes, or none.
    Unknown,
}

/// Maximum number of folders of routes.
const MAX_FOLDERS: usize = 200;

/// `params: { slug: post.id }`
static PARAMETERS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"params:\s*\{\s*([0-9A-Za-z_]+)\s*:\s*[0-9A-Za-z_]+\.(id|slug)\s*,?\s*\}").ok());

/// The route of a collection.
pub fn of(collection: &str, settings: &Settings, files: &dyn Folder) -> Route {
    let mut folders = vec![settings.pages.clone()];
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(folder) = folders.get(at).cloned().filter(|_| at < MAX_FOLDERS) {
        at += 1;
        for (name, is_folder) in files.list(&folder) {
            let path = format!("{folder}/{name}");
            if is_folder {
                folders.push(path);
            } else if path.contains('[') && name.ends_with(".astro") {
                let text = files.read(&path).unwrap_or_default();
                let is_used = ['"', '\'', '`']
                    .iter()
                    .any(|quote| text.contains(&format!("getCollection({quote}{collection}{quote}")));
                found.extend(is_used.then_some((folder.clone(), name, text)));
            }
        }
    }
    match found.as_slice() {
        [(folder, name, text)] => evident(folder, name, text, settings).unwrap_or(Route::Unknown),
        _ => Route::Unknown,
    }
}

fn evident(folder: &str, name: &str, text: &str, settings: &Settings) -> Option<Route> {
    let inside = folder.strip_prefix(settings.pages.as_str())?.trim_matches('/');
    let inner = name.strip_prefix('[')?.strip_suffix("].astro")?;
    let parameter = inner.strip_prefix("...").unwrap_or(inner);
    let mut all = PARAMETERS.as_ref()?.captures_iter(text);
    let (found, None) = (all.next()?, all.next()) else { return None };
    // Before version 5, ids were paths with extensions.
    let is_id = found.get(2)?.as_str() == "id";
    let is_known = found.get(1)?.as_str() == parameter && (!is_id || settings.version.is_some_and(|major| major >= 5));
    let is_plain = !inside.contains('[') && text.matches("getCollection(").count() == 1;
    (is_known && is_plain).then(|| Route::Evident { folder: inside.to_owned(), may_be_nested: inner != parameter })
}
