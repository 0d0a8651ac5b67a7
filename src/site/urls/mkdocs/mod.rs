//! MkDocs's URLs. Facts: mkdocs/structure/files.py, version 1.6, and the blog of Material for MkDocs, version 9.
//! <https://www.mkdocs.org/user-guide/writing-your-docs/#file-layout>

mod blog;
mod settings;

use crate::site::urls::around::Around;
use crate::site::urls::page::Page;
use crate::site::urls::page_url::{PageUrl, Publication};
pub use settings::Settings;

/// `mkdocs.utils.markdown_extensions`
const MARKDOWN: [&str; 5] = ["md", "markdown", "mdown", "mkdn", "mkd"];

impl Settings {
    /// The URL of a file.
    pub fn publication(&self, page: &Page<'_>, around: Around<'_>) -> Publication {
        // Paths begin below `docs_dir`.
        let inside = page.path;
        if self.is_unknown {
            return Publication::Unknown;
        }
        match self.is_built(inside) {
            Some(true) => {}
            Some(false) => return Publication::Never,
            None => return Publication::Unknown,
        }
        let (folder, name) = inside.rsplit_once('/').unwrap_or(("", inside));
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        if matches!(extension, "html" | "htm") {
            let has_page = MARKDOWN.iter().any(|it| around.files.has_file(folder, &format!("{stem}.{it}")));
            return match has_page {
                true => Publication::Never,
                false => self.at(inside.strip_suffix("index.html").filter(|_| self.has_folders).unwrap_or(inside)),
            };
        }
        if !MARKDOWN.contains(&extension) {
            return Publication::Never;
        }
        // The index of the same folder is published instead.
        if stem == "README" && around.files.has_file(folder, "index.md") {
            return Publication::Never;
        }
        match &self.blog {
            Some(blog) if blog.has(inside) => match blog.path(page, inside, around) {
                blog::Post::Draft => Publication::Never,
                blog::Post::Unknown => Publication::Unknown,
                blog::Post::At(path) => self.page(&path),
            },
            _ => self.page(inside.rsplit_once('.').map_or(inside, |(path, _)| path)),
        }
    }

    /// The URL of a page with this path, which has no extension.
    fn page(&self, path: &str) -> Publication {
        let (folder, stem) = path.rsplit_once('/').unwrap_or(("", path));
        let below = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        let is_index = matches!(stem, "index" | "README");
        let url = match (self.has_folders, is_index) {
            (true, true) => below(""),
            (true, false) => below(&format!("{stem}/")),
            (false, true) => below("index.html"),
            (false, false) => below(&format!("{stem}.html")),
        };
        self.at(&url)
    }

    fn at(&self, path: &str) -> Publication {
        Publication::At(PageUrl::below(&self.base, path))
    }
}
