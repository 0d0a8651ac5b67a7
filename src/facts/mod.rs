//! What rules across posts know of each post: small records with spans, made once when the post is parsed. They do not
//! borrow from the post, so that they can be kept without it.

mod edition;
mod host;
mod index;
pub mod outline;
mod posts;
mod read;
pub mod rewritten;
mod site;
pub mod target;
pub mod territory;
mod texts;

use crate::document::ask::anchors::Anchors;
use crate::place::is_old_version;
use crate::site::urls::{PostName, Publication};
use crate::source::Span;
use crate::text::Scripts;
pub use edition::translation;
pub use index::{Found, Index, key};
use outline::Outline;
pub use read::{LANGUAGES, TERMS, feature_images};
use serde::{Deserialize, Serialize};
pub use site::{SiteFacts, Spot};
use target::Target;
pub use texts::Texts;

/// What is known of one post.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PageFacts {
    /// Its path inside the site, with `/`.
    pub path: String,
    /// Its URL.
    pub publication: Publication,
    /// The name by which `{% post_url %}` finds it in Jekyll, if its front matter makes it another one than that of its file.
    pub post_name: Option<Box<PostName>>,
    /// Whether it becomes a page that search engines may show: not a draft, a part or a redirect, and not `noindex`.
    pub is_page: bool,
    /// Whether it is a copy of a page in another repository, so that it is changed there.
    pub is_copied: bool,
    /// Whether it is an article, and not a page of a manual or of the site.
    pub is_article: bool,
    /// The first line of its front matter, for findings about the post as a whole.
    pub start: Span,
    /// The day of its date, in days since 1970.
    pub day: Option<i64>,
    /// Its `<title>` without the name of the site, if the post sets it.
    pub title: Option<Written>,
    /// Its description, if the post sets it.
    pub description: Option<Written>,
    /// Its excerpt, if that becomes its description because the post sets none.
    pub excerpt: Option<Box<Written>>,
    /// The language and the version that its front matter and its path name; empty if there is only one edition.
    pub edition: String,
    /// Its language, if the post sets it.
    pub language: Option<Written>,
    /// Whether templates of the site may use that language for more than to print it.
    pub templates_may_use_language: bool,
    /// Whether the site's own layouts set the language of the page.
    pub has_language_of_layout: bool,
    /// Whether a template of the site writes `<base href>`, to which its relative URLs are relative.
    pub has_base: bool,
    /// The first letters of its prose by script.
    pub scripts: Scripts,
    /// The URL that it says is its canonical one.
    pub canonical: Option<Written>,
    /// The URLs that redirect to it.
    pub redirects: Vec<Written>,
    /// The paths of URLs that it had once, in keys that templates of the site may read.
    pub former_urls: Vec<String>,
    /// Its tags and categories. Empty if no template of the site reads them.
    pub terms: Vec<Term>,
    /// The categories of a post of Jekyll whose spaces are in its URL.
    pub spaced_categories: Vec<Term>,
    /// Its text, if a rule reads the texts of all posts.
    pub texts: Option<Texts>,
    /// What fragments of its URL may refer to; `None` if that is not known.
    pub anchors: Option<Anchors>,
    /// The files that it includes, as chapters of mdBook do.
    pub parts: Vec<String>,
    /// Its links, in source order.
    pub links: Vec<Link>,
    /// The tags of Jekyll that name a post or a file where no link has the same target: in text, in code, in other elements.
    pub naming_tags: Vec<Link>,
    /// Its images, in source order.
    pub images: Vec<Image>,
    /// What an audit shows of it; `None` in other runs.
    pub outline: Option<Box<Outline>>,
}

/// A text of a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// The text as readers see it.
    pub text: String,
    /// Where it is written.
    pub span: Span,
    /// The front matter key; `None` if it is written in the body.
    pub key: Option<String>,
}

/// A tag or a category.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// The front matter key, such as `tags`.
    pub key: String,
    /// The term.
    pub text: String,
    /// Where it is written. One of several terms in one text, as in `tags: a b`, has a part of the value.
    pub span: Span,
    /// The bytes in which the term is written letter by letter, inside quotes if there are any.
    pub exact: Option<Span>,
}

/// A link of the body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The URL as it is written, with HTML entities decoded. It may contain template syntax.
    pub href: String,
    /// Whether the URL contains template syntax.
    pub is_templated: bool,
    /// Where the URL is written; the whole link if it is written elsewhere, as in a reference.
    pub span: Span,
    /// The text that readers see, with whitespace collapsed.
    pub text: String,
    /// The tokens of `rel`, in lower case.
    pub rel: Vec<String>,
    /// Whether it is written in Markdown, so that the generator may rewrite it.
    pub is_markdown: bool,
    /// What it refers to.
    pub target: Target,
    /// What is after `#`, as it is written.
    pub fragment: Option<String>,
    /// Whether the bytes of the span are exactly the URL.
    pub is_verbatim: bool,
}

/// An image of the body or of the front matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// The URL as it is written, with HTML entities decoded.
    pub src: String,
    /// Whether the URL contains template syntax.
    pub is_templated: bool,
    /// Where the URL is written.
    pub span: Span,
    /// The alternative text, if there is one.
    pub alt: Option<Written>,
    /// The front matter key; `None` if it is in the body.
    pub key: Option<String>,
}

impl PageFacts {
    /// Where its title and its description must be the only ones. Articles are listed together, wherever their files are.
    /// Other pages are found by their section: a manual may have a page "Next" in two of them.
    pub fn section(&self) -> &str {
        let split = |path| str::rsplit_once(path, '/').unwrap_or(("", path));
        let (folder, name) = split(&*self.path);
        // The file of a bundle has the name of its folder: `boat/index.md`.
        let folder = || if name.starts_with("index.") { split(folder).0 } else { folder };
        if self.is_article { "articles" } else { folder() }
    }

    /// Whether it is neither a copy of another page, whose URL it names, nor of the manual of an old version,
    /// which Docusaurus keeps apart.
    pub fn is_current(&self) -> bool {
        self.canonical.is_none() && !is_old_version(&self.path)
    }

    /// The path of its URL, if it is known.
    pub fn url(&self) -> Option<&str> {
        self.publication.url().map(|url| url.as_str())
    }
}
