//! What is known about a post from its path and site before it is parsed.

pub mod all_files;
pub mod dialect;
pub mod engine;
pub mod files;
pub mod flavor;
pub mod notes;
pub mod picture;
pub mod python_markdown;
pub mod templated;
pub mod theme;

use crate::place::dialect::{Dialect, Generator};
use crate::place::engine::Kramdown;
use crate::place::files::Folders;
use crate::place::flavor::Flavor;
use crate::place::python_markdown::PythonMarkdown;
use crate::place::theme::Themes;
use crate::url::{host, is_below, path_and_query, percent_decoded};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The path and the site of a post. Plain data.
#[derive(Clone, Debug)]
pub struct Place {
    /// Path inside the site, with `/`.
    pub path: String,
    /// The site generator.
    pub generator: Generator,
    /// The language of the post's body.
    pub dialect: Dialect,
    /// kramdown's options, if it parses the body.
    pub kramdown: Kramdown,
    /// python-markdown's extensions, if it parses the body.
    pub python_markdown: Arc<PythonMarkdown>,
    /// Whether the dialect is that of the site's engine. Otherwise only what all engines have in common is known.
    pub dialect_is_known: bool,
    /// Whether the file is only data for other pages and does not become a page itself.
    pub has_no_page: bool,
    /// Whether the file only shows what a theme looks like, so that its title and its text are made up.
    pub is_demo: bool,
    /// Whether it is a page that the site's generator built.
    pub is_built: bool,
    /// Whether the site's own config is known, so that its folders are those of the generator.
    pub has_config: bool,
    /// Whether a plugin of the site makes alternative texts of file names, for local images without one.
    pub alt_from_name: bool,
    /// Whether a plugin sets the `rel` of links.
    pub sets_rel: bool,
    /// Whether code of the site may change links, such as a plugin of its own.
    pub may_rewrite_links: bool,
    /// Whether code of the site may give ids to elements, without a sign of it in the post.
    pub may_add_ids: bool,
    /// The extensions and differences of the Markdown engine.
    pub flavor: Flavor,
    /// Front matter defaults of the site (`defaults:` in `_config.yml`): these keys count as present.
    pub defaults: Vec<(String, serde_yaml::Value)>,
    /// The files of the site, if they are known.
    pub folders: Option<Arc<dyn Folders>>,
    /// The layouts of the site, if they are known.
    pub themes: Option<Arc<dyn Themes>>,
    /// The site's language, if its config sets one.
    pub language: Option<String>,
    /// The hosts on which the site is published, in lower case. Empty if they are not known.
    pub own_hosts: BTreeSet<String>,
    /// The path on its host under which the site is published: `/blog`, or empty.
    pub base_path: String,
    /// The site's name, if its config sets one.
    pub site_title: Option<String>,
    /// The site's time zone, if its config sets one.
    pub time_zone: Option<String>,
    /// Seconds since 1970, if posts that have expired are not published. None of them is known to have expired without it.
    pub now: Option<i64>,
    /// The marker that ends a post's excerpt, if the site's config sets it (Jekyll's `excerpt_separator`).
    pub excerpt_separator: Option<String>,
}

impl Place {
    /// Creates a place without any further information about the site.
    pub fn new(path: impl Into<String>, generator: Generator, dialect: Dialect) -> Self {
        Place {
            path: path.into(),
            generator,
            dialect,
            kramdown: Kramdown::JEKYLL,
            python_markdown: PythonMarkdown::of(generator),
            dialect_is_known: true,
            has_no_page: false,
            is_demo: false,
            is_built: false,
            has_config: false,
            alt_from_name: false,
            sets_rel: false,
            may_rewrite_links: false,
            may_add_ids: false,
            flavor: Flavor::of(generator),
            defaults: Vec::new(),
            folders: None,
            themes: None,
            language: None,
            own_hosts: BTreeSet::new(),
            base_path: String::new(),
            site_title: None,
            time_zone: None,
            now: None,
            excerpt_separator: None,
        }
    }

    /// Whether the generator ignores case in keys.
    pub fn is_any_case(&self) -> bool {
        self.generator == Generator::Hugo
    }

    /// The site's default for a front matter key.
    pub fn default_of(&self, key: &str) -> Option<&serde_yaml::Value> {
        self.defaults.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// Whether the URL is on the site's own host, below the path under which it is published. False if the host is not
    /// known.
    pub fn is_own_address(&self, address: &str) -> bool {
        if self.own_hosts.is_empty() {
            return false;
        }
        // On these hosts, each project of an account is a separate site. Without a base path, the URLs of the site
        // cannot be distinguished from those of other projects.
        let shared = |host: &str| ["github.io", "gitlab.io", "codeberg.page"].iter().any(|it| is_below(host, it));
        let is_inside = || {
            let path = percent_decoded(path_and_query(address));
            let below = path.strip_prefix(self.base_path.as_str());
            below.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
        };
        host(address).is_some_and(|host| {
            let bare = without_www(&host);
            let is_it = |own: &String| match own.strip_prefix("www.") {
                Some(own) => own == bare,
                None => own == bare,
            };
            self.own_hosts.iter().any(is_it) && is_inside() && !(shared(&host) && self.base_path.is_empty())
        })
    }

    /// Whether the file is outside of the content, so that the generator never renders it. Jekyll renders the documents of
    /// collections without pages as well.
    pub fn is_outside_content(&self) -> bool {
        self.has_no_page && self.generator != Generator::Jekyll
    }

    /// The generator that reads the file, if rules know how; otherwise `Plain`.
    pub fn reader(&self) -> Generator {
        if self.is_outside_content() { Generator::Plain } else { self.generator.known() }
    }

    /// The last part of the path.
    pub fn file_name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// Whether the file is in a folder that the generator publishes as dated posts: `_posts` (Jekyll, Hexo).
    pub fn is_post(&self) -> bool {
        self.folder_names().any(|name| name == "_posts")
    }

    /// Whether the file is in a folder of Docusaurus' blog plugin, which takes a missing date from Git. The names of these
    /// folders end in `blog`, also those of translations. <https://docusaurus.io/docs/blog>
    pub fn is_in_blog(&self) -> bool {
        self.generator == Generator::Docusaurus && self.folder_names().any(|name| name.ends_with("blog"))
    }

    fn folder_names(&self) -> impl Iterator<Item = &str> {
        self.path.split('/').rev().skip(1)
    }
}

fn without_www(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}

/// Whether the file at this path is part of the manual of an old version, of which Docusaurus keeps a copy: a page of it is
/// not changed any more. <https://docusaurus.io/docs/versioning>
pub fn is_old_version(path: &str) -> bool {
    path.split('/').any(|folder| folder == "versioned_docs")
}

/// Whether the file name has the form `YYYY-MM-DD-slug.ext`, from which Jekyll takes the date, and the title if the
/// front matter has none.
pub fn is_dated(file_name: &str) -> bool {
    let bytes = file_name.as_bytes();
    let shape = b"0000-00-00-";
    bytes.len() > shape.len()
        && shape.iter().zip(bytes).all(|(want, got)| if *want == b'0' { got.is_ascii_digit() } else { got == want })
}
