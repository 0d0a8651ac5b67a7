//! Hexo's URLs. Facts: lib/plugins/{filter/post_permalink,processor/post,processor/asset}.ts, version 8.1.
//! <https://hexo.io/docs/permalinks>

mod post;
mod settings;
mod slug;

use crate::place::notes::has_come;
use crate::site::urls::around::Around;
use crate::site::urls::page::{Front, Page};
use crate::site::urls::page_url::{PageUrl, Publication};
use crate::site::urls::time::Moment;
use crate::site::urls::value::Value;
pub use settings::Settings;

/// The extensions that become HTML: those of hexo-renderer-marked, and HTML.
const RENDERED: [&str; 9] = ["md", "markdown", "mkd", "mkdn", "mdwn", "mdtxt", "mdtext", "html", "htm"];

impl Settings {
    /// The URL of a file.
    pub fn publication(&self, page: &Page<'_>, around: Around<'_>) -> Publication {
        let Some(path) = self.inside(page.path) else { return Publication::Never };
        let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
        if path.ends_with(['%', '~']) || !RENDERED.contains(&extension) {
            return Publication::Never;
        }
        let of_post = ["_posts/", "_drafts/"].into_iter().find_map(|folder| Some((folder, path.strip_prefix(folder)?)));
        let is_published = of_post.is_none_or(|(folder, _)| folder == "_posts/");
        match of_post {
            Some((_, name)) if is_hidden(name) || self.is_skipped(path) => Publication::Never,
            Some(_) if self.has_asset_folders && !self.new_post_name.ends_with(&format!(".{extension}")) => {
                Publication::Never
            }
            None if self.is_excluded(path) => Publication::Never,
            // What is not rendered is copied.
            None if self.is_skipped(path) && extension.starts_with("htm") => {
                Publication::At(PageUrl::below(&self.root, path))
            }
            None if self.is_skipped(path) => Publication::Never,
            _ if self.is_unknown || matches!(page.front, Front::Unreadable | Front::Program(_)) => Publication::Unknown,
            Some((_, name)) => self.post(page, name, is_published, around.now),
            None => self.page(page, path),
        }
    }

    fn page(&self, page: &Page<'_>, path: &str) -> Publication {
        let extension = if path.ends_with(".htm") { "htm" } else { "html" };
        match page.front.get("permalink") {
            Some(Value::Text(text)) if !text.is_empty() => {
                let file = if text.ends_with('/') { format!("{text}index") } else { text.clone() };
                let name = file.rsplit('/').next().unwrap_or(&file);
                let has_extension = name.rfind('.').is_some_and(|at| at > 0);
                self.at(&if has_extension { file } else { format!("{file}.html") })
            }
            None | Some(Value::Null | Value::Bool(false) | Value::Text(_)) => {
                let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
                self.at(&format!("{stem}.{extension}"))
            }
            Some(_) => Publication::Unknown,
        }
    }

    fn post(&self, page: &Page<'_>, name: &str, is_published: bool, now: Option<i64>) -> Publication {
        let is_published = match page.front.get("published") {
            Some(Value::Bool(flag)) if is_published => *flag,
            Some(_) if is_published => return Publication::Unknown,
            _ => is_published,
        };
        if !is_published && !self.renders_drafts {
            return Publication::Never;
        }
        let Some(post) = post::Post::read(self, page, name) else { return Publication::Unknown };
        if !self.future {
            match post.date {
                None => return Publication::Unknown,
                Some(date) if now.is_some_and(|now| !has_come(Moment::Wall(date).unix_seconds(&self.zone), now)) => {
                    return Publication::Never;
                }
                Some(_) => {}
            }
        }
        let path = match page.front.get("permalink") {
            Some(Value::Text(text)) if !text.is_empty() => Some(text.clone()),
            None | Some(Value::Null | Value::Bool(false) | Value::Text(_)) => post.filled(self, &self.permalink),
            Some(_) => None,
        };
        let Some(path) = path else { return Publication::Unknown };
        let is_file = path.ends_with('/') || path.ends_with(".html") || !self.has_asset_folders;
        self.at(&if is_file { path } else { format!("{path}/") })
    }

    /// A path in the output, as `full_url_for` prints it.
    fn at(&self, path: &str) -> Publication {
        let mut path = path.trim_start_matches('/').to_owned();
        let is_index = path.ends_with("index.html");
        if is_index && !self.keeps_index {
            path.truncate(path.len() - "index.html".len());
        } else if !is_index && !self.keeps_html {
            path = path.strip_suffix(".html").unwrap_or(&path).to_owned();
        }
        Publication::At(PageUrl::below(&self.root, &path))
    }
}

/// Whether a part of the path begins with `_` or a dot.
fn is_hidden(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with(['_', '.']))
}
