//! What is kept of a built page.

use crate::built::fingerprint;
use crate::built::foreign::is_foreign;
use crate::built::head::Head;
use crate::built::leftover::{self, Leftover};
use crate::built::location::{Leads, Published, key_of_file};
use crate::built::names::Name;
use crate::built::references::{self, Reference, Referred};
use crate::document::ask::head::{metas, says_noindex, sends_away, text_of};
use crate::document::ask::tokens::has_token;
use crate::document::{Attribute, Document, Element, NodeKind};
use crate::source::Span;
use crate::url::{fragments_of, host};
use html5ever::local_name;

/// A page of the built folder.
#[derive(Clone, Debug, Default)]
pub struct BuiltPage {
    /// Its path in the folder, with `/`.
    pub file: String,
    /// Its path on its host, decoded.
    pub url: String,
    /// Whether it is a whole page, and not a part of one.
    pub is_whole: bool,
    /// Whether it sends its readers to another page.
    pub is_redirect: bool,
    /// Whether it asks search engines not to show it.
    pub is_noindex: bool,
    /// Whether a program made it of source text.
    pub is_foreign: bool,
    /// Whether it has a script, which may make elements with ids.
    pub has_scripts: bool,
    /// Its `<title>`.
    pub title: Option<String>,
    /// The start tag of `<title>`.
    pub title_tag: Span,
    /// What else its `<head>` says.
    pub head: Head,
    /// Its translations: the language and the URL of each.
    pub alternates: Vec<(String, String, Span)>,
    /// `og:url`.
    pub open_graph_url: Option<(String, Span)>,
    /// The texts of its headings of the first two levels.
    pub headings: Vec<String>,
    /// The start tag of `<html>` or `<head>`, or the start of the page.
    pub start: Span,
    /// The fingerprints of its ids, sorted.
    pub ids: Vec<u64>,
    /// What it refers to, each once.
    pub references: Vec<Reference>,
    /// The picture of previews: its key, and where it is written.
    pub preview: Option<(Name, Span)>,
    /// URLs that only the author's own network can reach.
    pub leftovers: Vec<Leftover>,
}

/// A page that has just been read: its references have no numbers yet.
#[derive(Clone, Debug, Default)]
pub struct ReadPage {
    /// The page.
    pub page: BuiltPage,
    /// What it refers to.
    pub referred: Vec<Referred>,
    /// The picture of previews, if it is one of the site: its key, and where it is written.
    pub preview: Option<(String, Span)>,
}

/// Maximum number of headings that are kept.
const MAX_HEADINGS: usize = 4;

impl ReadPage {
    /// Reads the page in the file with this path.
    pub fn of(document: &Document<'_>, file: &str, published: &Published) -> Self {
        let url = published.url_of_file(file);
        let referred = references::of(document, published, &url, key_of_file(file));
        let preview = preview(document, published, &url);
        let mut page = BuiltPage { file: file.to_owned(), url, ..BuiltPage::default() };
        page.is_foreign = is_foreign(document);
        page.leftovers = leftover::of(document);
        page.leftovers.retain(|it| !host(&it.url).is_some_and(|host| published.has_host(&host)));
        page.is_whole = document.tree.root().children().any(|node| node.kind() == NodeKind::Doctype);
        for element in document.tree.html_elements() {
            page.add(element);
        }
        page.ids.sort_unstable();
        page.ids.dedup();
        ReadPage { page, referred, preview }
    }
}

impl BuiltPage {
    /// Whether search engines may show it.
    pub fn is_indexed(&self) -> bool {
        self.is_whole && !self.is_redirect && !self.is_noindex && !self.is_error_page() && !self.is_foreign
    }

    /// Whether hosts show it where there is no page.
    pub fn is_error_page(&self) -> bool {
        matches!(self.file.rsplit('/').next(), Some("404.html" | "404.htm" | "500.html"))
            || self.file.ends_with("404/index.html")
    }

    /// Whether it has an element with this id.
    pub fn has_id(&self, id: u64) -> bool {
        self.ids.binary_search(&id).is_ok()
    }

    fn add_id(&mut self, id: Attribute<'_>) {
        self.ids.extend(fragments_of(id.value()).map(|id| fingerprint(&id)));
    }

    fn add(&mut self, element: Element<'_>) {
        if let Some(id) = element.attribute("id") {
            self.add_id(id);
        }
        if !element.is_html() {
            return;
        }
        self.head.add(element);
        match *element.local_name() {
            local_name!("a") => {
                element.attribute("name").into_iter().for_each(|name| self.add_id(name));
            }
            local_name!("html") => {
                self.is_whole = true;
                self.start = element.start_tag().unwrap_or_default();
            }
            local_name!("head") => self.start = element.start_tag().unwrap_or_default(),
            local_name!("title") if self.title.is_none() => {
                self.title = Some(text_of(element));
                self.title_tag = element.start_tag().unwrap_or_default();
            }
            local_name!("meta") => self.add_meta(element),
            local_name!("link") => self.add_link(element),
            local_name!("script") => self.has_scripts |= runs(element),
            local_name!("h1") | local_name!("h2") if self.headings.len() < MAX_HEADINGS => {
                self.headings.push(text_of(element));
            }
            _ => {}
        }
    }

    fn add_meta(&mut self, meta: Element<'_>) {
        let is = |attribute: &str, name: &str| {
            meta.attribute(attribute).is_some_and(|it| it.value().trim().eq_ignore_ascii_case(name))
        };
        self.is_redirect |= sends_away(meta);
        let Some((content, span)) = value(meta, "content") else { return };
        if is("name", "robots") || is("name", "googlebot") {
            self.is_noindex |= says_noindex(&content);
        } else if is("property", "og:url") {
            self.open_graph_url.get_or_insert((content, span));
        }
    }

    fn add_link(&mut self, link: Element<'_>) {
        let has = |token: &str| link.attribute("rel").is_some_and(|rel| has_token(rel, token));
        let Some((href, span)) = value(link, "href") else { return };
        // Search engines read it in the head only.
        let is_in_body = || link.ancestors().any(|around| around.name() == "body");
        if !has("canonical")
            && has("alternate")
            && !is_in_body()
            && let Some((language, _)) = value(link, "hreflang")
        {
            self.alternates.push((language, href, span));
        }
    }
}

/// Whether an element is a program, and not data as in JSON-LD.
fn runs(script: Element<'_>) -> bool {
    let Some(kind) = script.attribute("type") else { return true };
    let kind = kind.value().trim().to_ascii_lowercase();
    kind.is_empty() || kind == "module" || kind.ends_with("javascript")
}

/// The first picture of previews.
fn preview(document: &Document<'_>, published: &Published, url: &str) -> Option<(String, Span)> {
    let picture = ["og:image", "og:image:url"].iter().find_map(|name| metas(document, name).next())?;
    match published.resolve(picture.text, url) {
        Leads::Inside { key, .. } => Some((key, picture.span)),
        Leads::Here | Leads::Elsewhere => None,
    }
}

/// The trimmed value of an attribute, if it is known, and where it is written.
fn value(element: Element<'_>, name: &str) -> Option<(String, Span)> {
    let attribute = element.attribute(name)?;
    let span = attribute.value_span().or(element.start_tag())?;
    Some((attribute.known_value()?.trim().to_owned(), span))
}
