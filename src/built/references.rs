//! What a built page refers to: links, pictures and other files.

use crate::built::fingerprint;
use crate::built::location::{Leads, Published};
use crate::built::names::Name;
use crate::document::ask::head::{sends_away, url_of_refresh};
use crate::document::ask::tokens::has_token;
use crate::document::{Document, Element};
use crate::facts::territory::is_download;
use crate::url::{comparable_fragment, is_of_marks};
use html5ever::local_name;
use rustc_hash::FxHashSet;

/// What a reference is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A link that readers follow.
    Link,
    /// A file that a link leads to: a document, an archive, a picture.
    Download,
    /// A picture.
    Picture,
    /// A style sheet, a script, an icon, a frame, a sound or a film.
    File,
}

/// A reference to a file of the site, or to a part of a page.
#[derive(Clone, Copy, Debug)]
pub struct Reference {
    /// The key of the file.
    pub target: Name,
    /// The fingerprint of the fragment; 0 without one.
    pub fragment: u64,
    /// Where the element starts.
    pub at: u32,
    /// What it is for.
    pub kind: Kind,
    /// Whether the URL names the host of the site.
    pub by_host: bool,
}

/// A target that is not there, with the pages that refer to it.
#[derive(Debug)]
pub struct Broken {
    /// The path of its URL on the host, decoded, with the fragment if only that is missing.
    pub url: String,
    /// The fragment, if only that is missing.
    pub fragment: Option<String>,
    /// What it is referred to for.
    pub kind: Kind,
    /// The first references: the index of a page, and where the element starts.
    pub from: Vec<(usize, u32)>,
    /// Number of pages that refer to it.
    pub pages: usize,
}

/// A reference whose target has no number yet.
#[derive(Clone, Debug)]
pub struct Referred {
    /// The key of the file.
    pub key: String,
    /// As in [`Reference`].
    pub fragment: u64,
    /// The fragment, for messages.
    pub written_fragment: Option<Box<str>>,
    /// As in [`Reference`].
    pub at: u32,
    /// As in [`Reference`].
    pub kind: Kind,
    /// As in [`Reference`].
    pub by_host: bool,
}

/// Reads the references of a page with this path on its host, each of them once.
pub(super) fn of(document: &Document<'_>, published: &Published, url: &str, own_key: &str) -> Vec<Referred> {
    let mut reading = Reading { published, url, own_key, seen: FxHashSet::default(), found: Vec::new(), base: None };
    for element in document.tree.html_elements().filter(|element| element.is_html()) {
        reading.element(element);
    }
    reading.found
}

struct Reading<'r> {
    published: &'r Published,
    url: &'r str,
    own_key: &'r str,
    /// What `<base>` says that relative URLs are relative to; `None` inside if that is another site.
    base: Option<Option<String>>,
    seen: FxHashSet<(u64, u64, Kind)>,
    found: Vec<Referred>,
}

impl Reading<'_> {
    fn element(&mut self, element: Element<'_>) {
        let name = element.local_name();
        match *name {
            local_name!("base") if self.base.is_none() => self.base(element),
            local_name!("a") | local_name!("area") => self.attribute(element, "href", Kind::Link),
            local_name!("img") => self.picture(element),
            local_name!("source") => {
                let is_picture = element.parent().is_some_and(|parent| parent.name() == "picture");
                self.attribute(element, "src", Kind::File);
                self.candidates(element, if is_picture { Kind::Picture } else { Kind::File });
            }
            local_name!("script") | local_name!("iframe") | local_name!("audio") | local_name!("embed") => {
                self.attribute(element, "src", Kind::File);
            }
            local_name!("video") => {
                self.attribute(element, "src", Kind::File);
                self.attribute(element, "poster", Kind::Picture);
            }
            local_name!("track") => self.attribute(element, "src", Kind::File),
            local_name!("object") => self.attribute(element, "data", Kind::File),
            local_name!("link") if loads(element) => self.attribute(element, "href", Kind::File),
            local_name!("meta") if sends_away(element) => self.refresh(element),
            _ => {}
        }
    }

    /// The page that readers are sent to.
    fn refresh(&mut self, meta: Element<'_>) {
        if let Some(url) = url_of_refresh(meta).filter(|url| !url.is_empty()) {
            self.add(meta, url, Kind::Link);
        }
    }

    fn base(&mut self, element: Element<'_>) {
        let Some(href) = element.attribute("href").and_then(|href| href.known_value()) else { return };
        let resolved = match self.published.resolve(href, self.url) {
            Leads::Here => Some(self.url.to_owned()),
            Leads::Inside { key, .. } if href.ends_with('/') || key.is_empty() => {
                Some(format!("{}/{key}/", self.published.base).replace("//", "/"))
            }
            Leads::Inside { key, .. } => Some(format!("{}/{key}", self.published.base)),
            Leads::Elsewhere => None,
        };
        self.base = Some(resolved);
    }

    fn picture(&mut self, image: Element<'_>) {
        self.attribute(image, "src", Kind::Picture);
        self.candidates(image, Kind::Picture);
    }

    /// The URLs of `srcset`.
    fn candidates(&mut self, element: Element<'_>, kind: Kind) {
        let Some(set) = element.attribute("srcset").and_then(|set| set.known_value()) else { return };
        // A URL may contain a comma, but not at its end:
        // https://html.spec.whatwg.org/multipage/images.html#parsing-a-srcset-attribute
        let mut rest = set;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
            if rest.is_empty() {
                return;
            }
            let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
            let (address, after) = rest.split_at(end);
            let is_alone = address.ends_with(',');
            self.add(element, address.trim_end_matches(','), kind);
            rest = if is_alone { after } else { after.split_once(',').map_or("", |(_, after)| after) };
        }
    }

    fn attribute(&mut self, element: Element<'_>, name: &str, kind: Kind) {
        if let Some(address) = element.attribute(name).and_then(|attribute| attribute.known_value()) {
            self.add(element, address, kind);
        }
    }

    fn add(&mut self, element: Element<'_>, address: &str, kind: Kind) {
        let Some(tag) = element.start_tag() else { return };
        // The bytes of a page in another encoding are not known.
        if address.contains('\u{fffd}') {
            return;
        }
        let from = match &self.base {
            Some(Some(base)) => base,
            // Relative URLs lead to another site; absolute paths as well.
            Some(None) => return,
            None => self.url,
        };
        let (key, by_host) = match self.published.resolve(address, from) {
            Leads::Here => (self.own_key.to_owned(), false),
            Leads::Inside { key, by_host } => (key, by_host),
            Leads::Elsewhere => return,
        };
        let kind = if kind == Kind::Link && is_download(&key) { Kind::Download } else { kind };
        let fragment =
            address.split_once('#').map(|(_, fragment)| fragment).filter(|it| kind == Kind::Link && is_id(it));
        // A script that shows tabs or slides may interpret fragments differently.
        let fragment = fragment.filter(|_| !is_scripted(element));
        let comparable = fragment.map(comparable_fragment);
        let number = comparable.as_deref().map_or(0, fingerprint);
        if self.seen.insert((fingerprint(&key), number, kind)) {
            let written_fragment = comparable.map(String::into_boxed_str);
            self.found.push(Referred { key, fragment: number, written_fragment, at: tag.start, kind, by_host });
        }
    }
}

/// Whether a script may do something else when a link is followed.
fn is_scripted(link: Element<'_>) -> bool {
    let is_hook = |name: &str| name.starts_with("on") || name.starts_with("data-") || name == "role";
    link.attributes().any(|attribute| is_hook(attribute.name()))
}

/// Whether a fragment refers to an element, and not to the top of the page, a text of it, or what a script makes of it.
fn is_id(fragment: &str) -> bool {
    !is_of_marks(fragment)
        && !fragment.eq_ignore_ascii_case("top")
        && !fragment.starts_with([':', '!', '/'])
        && !fragment.contains(['=', '&'])
}

/// Whether browsers load what a `<link>` refers to. URLs of pages, such as the canonical one, have rules of their own.
fn loads(link: Element<'_>) -> bool {
    let loading = ["stylesheet", "icon", "apple-touch-icon", "manifest", "preload", "modulepreload", "mask-icon"];
    link.attribute("rel").is_some_and(|rel| loading.into_iter().any(|token| has_token(rel, token)))
}
