//! The plugin `blog` of Material for MkDocs, whose posts have URLs of their own.
//! <https://squidfunk.github.io/mkdocs-material/plugins/blog/>

use crate::document::read::front_matter::calendar::Written;
use crate::site::settings::{Datum, Setting};
use crate::site::urls::around::Around;
use crate::site::urls::page::{Front, Page};
use crate::site::urls::value::Value;

/// The settings of the plugin.
#[derive(Clone, Debug)]
pub struct Blog {
    /// `blog_dir`
    folder: String,
}

/// What becomes of a post.
pub enum Post {
    /// It is not published.
    Draft,
    /// Its URL is not known.
    Unknown,
    /// It is published at this path, without extension.
    At(String),
}

/// Options that URLs of posts do not depend on.
const OTHERS: [&str; 17] = [
    "blog_dir",
    "blog_toc",
    "post_date_format",
    "post_excerpt",
    "post_excerpt_max_authors",
    "post_excerpt_max_categories",
    "post_excerpt_separator",
    "post_readtime",
    "post_readtime_words_per_minute",
    "archive",
    "authors",
    "authors_file",
    "categories",
    "categories_allowed",
    "pagination",
    "pagination_per_page",
    "draft_on_serve",
];

impl Blog {
    /// `None` if an option is not modelled.
    pub fn read(options: Option<&Setting>) -> Option<Self> {
        let entries = options.map_or(&[][..], Setting::entries);
        if !entries.iter().all(|(name, _)| OTHERS.contains(&name.as_str())) {
            return None;
        }
        let folder = match options.and_then(|options| options.get("blog_dir")).map(|it| &it.value) {
            None => "blog".to_owned(),
            Some(Datum::Text(folder)) => folder.trim_matches('/').to_owned(),
            Some(_) => return None,
        };
        let folder = if folder == "." { String::new() } else { folder };
        Some(Blog { folder })
    }

    /// The path of a file in the folder of the blog.
    fn inside(&self, name: &str) -> String {
        if self.folder.is_empty() { name.to_owned() } else { format!("{}/{name}", self.folder) }
    }

    /// Whether the file, below the folder of pages, is a post.
    pub fn has(&self, path: &str) -> bool {
        path.starts_with(&self.inside("posts"))
    }

    /// `{date}/{slug}`
    pub fn path(&self, page: &Page<'_>, inside: &str, around: Around<'_>) -> Post {
        if !matches!(page.front, Front::Keys(_)) {
            return Post::Unknown;
        }
        match page.front.get("draft") {
            None | Some(Value::Bool(false)) => {}
            Some(Value::Bool(true)) => return Post::Draft,
            Some(_) => return Post::Unknown,
        }
        let date = match page.front.get("date") {
            Some(map @ Value::Map(_)) => map.get("created", false),
            date => date,
        };
        let date = match date {
            Some(Value::Text(text)) => Written::read(text).filter(|it| it.date.exists() && it.rest.is_empty()),
            _ => None,
        };
        let Some(date) = date.map(|it| it.date) else { return Post::Unknown };
        let slug = match page.front.get("slug") {
            Some(Value::Text(slug)) if !slug.is_empty() => Some(slug.clone()),
            Some(_) => None,
            None => self.title(page, around).and_then(|title| slugified(&title)),
        };
        let Some(slug) = slug.filter(|slug| !slug.is_empty() && !inside.is_empty()) else { return Post::Unknown };
        Post::At(self.inside(&format!("{:04}/{:02}/{:02}/{slug}", date.year, date.month, date.day)))
    }

    /// The title in the front matter, or the heading on the first line.
    fn title(&self, page: &Page<'_>, around: Around<'_>) -> Option<String> {
        match page.front.get("title") {
            Some(Value::Text(title)) => return Some(title.clone()),
            Some(_) => return None,
            None => {}
        }
        let text = around.files.read(page.path)?;
        let text = text.replace("\r\n", "\n");
        let (_, body) = text.strip_prefix("---\n")?.split_once("\n---\n")?;
        let line = body.trim_start_matches('\n').lines().next()?;
        let title = line.strip_prefix("# ")?.trim().trim_end_matches('#').trim_end();
        // Other headings have markup in them, or emoji: `:smile:`.
        let title = title.split(':').skip(1).all(|rest| rest.starts_with(' ')).then_some(title)?;
        (!title.contains(['*', '_', '`', '[', '<', '&', '\\', '{', '!'])).then(|| title.to_owned())
    }
}

/// `pymdownx.slugs.slugify(case="lower")`; `None` for text with markup.
fn slugified(title: &str) -> Option<String> {
    use unicode_normalization::UnicodeNormalization;
    let is_kept = |c: &char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ');
    let text: String = title.nfc().collect();
    let slug = text.trim().to_lowercase().chars().filter(is_kept).collect::<String>().replace(' ', "-");
    (!title.contains(['<', '&'])).then_some(slug)
}
