//! Astro's URLs: files in `src/pages`, Starlight's docs, and collections with one evident route.
//! Checked with Astro 7 and Starlight. <https://docs.astro.build/en/guides/routing/>

mod routes;
mod settings;

use crate::document::read::markdown::github;
use crate::site::urls::around::Around;
use crate::site::urls::page::{Front, Page};
use crate::site::urls::page_url::{PageUrl, Publication};
use crate::site::urls::value::Value;
use routes::Route;
pub use settings::Settings;
use std::sync::Arc;

/// The extensions of pages and entries.
const EXTENSIONS: [&str; 5] = [".md", ".mdx", ".markdown", ".html", ".htm"];

impl Settings {
    /// The URL of a file.
    pub fn publication(&self, page: &Page<'_>, around: Around<'_>) -> Publication {
        if self.is_unknown {
            return Publication::Unknown;
        }
        let stem = EXTENSIONS.iter().find_map(|extension| page.path.strip_suffix(extension));
        if let Some(inside) = page.path.strip_prefix("public/").filter(|_| page.path.ends_with(".html")) {
            return Publication::At(PageUrl::below(&self.base, inside));
        }
        let Some(stem) = stem else { return Publication::Never };
        if let Some(route) = stem.strip_prefix(self.pages.as_str()).and_then(|rest| rest.strip_prefix('/')) {
            // <https://docs.astro.build/en/guides/routing/#excluding-pages>
            let is_left_out = route.split('/').any(|part| part.starts_with('_'));
            return if is_left_out || page.path.ends_with(".htm") { Publication::Never } else { self.routed(route) };
        }
        if page.path.ends_with(".html") || page.path.ends_with(".htm") {
            return Publication::Never;
        }
        let Some(entry) = stem.strip_prefix(self.content.as_str()).and_then(|rest| rest.strip_prefix('/')) else {
            // A collection may be anywhere.
            return if self.has_other_folders { Publication::Unknown } else { Publication::Never };
        };
        let Some((collection, entry)) = entry.split_once('/') else { return Publication::Unknown };
        if matches!(page.front, Front::Unreadable | Front::Program(_)) || self.makes_ids {
            return Publication::Unknown;
        }
        if entry.split('/').any(|part| part.starts_with('_')) {
            return Publication::Never;
        }
        let id = match page.front.get("slug") {
            None => id_of(entry),
            Some(Value::Text(slug)) => slug.clone(),
            Some(_) => return Publication::Unknown,
        };
        if collection == "docs" && self.is_starlight {
            return self.docs(page, &id);
        }
        // A route with this parameter differs between formats of the build.
        if id == "index" {
            return Publication::Unknown;
        }
        let find = || Route::of(collection, &self.pages, self.version, around.files).map(Arc::new);
        let route = self.routes.get(collection, find);
        // A route may leave out drafts.
        let is_draft = page.front.get("draft").is_some_and(|draft| !draft.is_false());
        let is_withheld = page.front.get("published").is_some_and(Value::is_false);
        match route.and_then(|route| route.path_of(&id)).filter(|_| !is_draft && !is_withheld) {
            Some(path) => self.at(&path, false),
            None => Publication::Unknown,
        }
    }

    /// A page of Starlight. <https://starlight.astro.build/guides/pages/>
    fn docs(&self, page: &Page<'_>, id: &str) -> Publication {
        if page.front.get("draft") == Some(&Value::Bool(true)) {
            return Publication::Never;
        }
        match id {
            // It is the page for URLs that do not exist.
            "404" => Publication::Unknown,
            "index" => self.at("", true),
            id => self.at(id, false),
        }
    }

    /// The URL of a file in the folder of pages: its path without extension.
    fn routed(&self, route: &str) -> Publication {
        match route.strip_suffix("index") {
            Some("") => self.at("", true),
            Some(folder) if folder.ends_with('/') => self.at(folder.trim_end_matches('/'), true),
            _ => self.at(route, false),
        }
    }

    fn at(&self, folder: &str, is_index: bool) -> Publication {
        let folder = folder.trim_matches('/');
        let is_file = match self.format.as_str() {
            "file" => true,
            "preserve" => !is_index,
            _ => matches!(folder, "404" | "500"),
        };
        let path = match folder {
            "" => "/".to_owned(),
            folder if is_file => format!("/{folder}.html"),
            folder if self.ends_bare => format!("/{folder}"),
            folder => format!("/{folder}/"),
        };
        Publication::At(PageUrl::below(&self.base, &path))
    }
}

/// The id that the `glob` loader makes of a path. <https://docs.astro.build/en/reference/content-loader-reference/#generateid>
fn id_of(entry: &str) -> String {
    let id = entry.split('/').map(github).collect::<Vec<_>>().join("/");
    id.strip_suffix("/index").unwrap_or(&id).to_owned()
}
