//! What the `<head>` of a whole page says.

use crate::document::ask::tokens::has_token;
use crate::document::{Document, Element, NodeKind};
use crate::source::Span;
use crate::text::collapsed;
use html5ever::local_name;

/// The content of a `<meta>`, and where it is written.
#[derive(Clone, Copy, Debug)]
pub struct MetaContent<'d> {
    /// The content, trimmed.
    pub text: &'d str,
    /// The content as it is written, or the tag.
    pub span: Span,
    /// The tag.
    pub tag: Span,
}

/// The titles of the page: not those of pictures in SVG.
pub fn titles<'d>(document: &'d Document<'_>) -> impl Iterator<Item = Element<'d>> {
    document.tree.html_elements().filter(|element| *element.local_name() == local_name!("title") && element.is_html())
}

/// The text of an element, with whitespace collapsed.
pub fn text_of(element: Element<'_>) -> String {
    let texts = element.descendants().filter(|node| node.kind() == NodeKind::Text);
    let text: String = texts.map(|node| node.text()).collect();
    collapsed(text.trim()).into_owned()
}

/// The same. `None` if a template writes it.
pub fn known_text(element: Element<'_>) -> Option<String> {
    let is_templated = element.descendants().any(|node| node.kind() == NodeKind::Template);
    (!is_templated).then(|| text_of(element))
}

/// The contents of all `<meta>` of this name or property.
pub fn metas<'d>(document: &'d Document<'_>, name: &'d str) -> impl Iterator<Item = MetaContent<'d>> {
    let metas = document.tree.html_elements().filter(|element| *element.local_name() == local_name!("meta"));
    metas.filter_map(move |meta| {
        let is_it =
            |attribute| meta.attribute(attribute).is_some_and(|it| it.value().trim().eq_ignore_ascii_case(name));
        if !is_it("name") && !is_it("property") {
            return None;
        }
        let content = meta.attribute("content");
        let span = content.and_then(|content| content.value_span()).filter(|span| !span.is_empty());
        let text = content.map_or(Some(""), |content| content.known_value())?;
        let tag = meta.start_tag()?;
        Some(MetaContent { text: text.trim(), span: span.unwrap_or(tag), tag })
    })
}

/// The canonical URL of the page.
pub fn canonical<'d>(document: &'d Document<'_>) -> Option<&'d str> {
    let mut links = document.tree.html_elements().filter(|element| *element.local_name() == local_name!("link"));
    let is_it = |link: &Element<'_>| link.attribute("rel").is_some_and(|rel| has_token(rel, "canonical"));
    links.find(is_it)?.attribute("href")?.known_value().map(str::trim)
}

/// Where a finding about the whole page is shown: the start tag of `<head>`, or of `<html>`.
pub fn start(document: &Document<'_>) -> Span {
    let tag = |name: &str| document.tree.html_elements().find(|it| it.name() == name).and_then(|it| it.start_tag());
    tag("head").or_else(|| tag("html")).unwrap_or_default()
}

/// Whether the page sends its readers to another one.
pub fn is_redirect(document: &Document<'_>) -> bool {
    document.tree.html_elements().any(sends_away)
}

/// Whether this element sends the readers of its page to another one.
pub fn sends_away(element: Element<'_>) -> bool {
    element.attribute("http-equiv").is_some_and(|it| it.value().trim().eq_ignore_ascii_case("refresh"))
}

/// The URL to which a `<meta>` that sends readers away leads: `content="0; url=/boats/"`.
pub fn url_of_refresh(meta: Element<'_>) -> Option<&str> {
    let content = meta.attribute("content").and_then(|content| content.known_value())?;
    let at = content.to_ascii_lowercase().find("url=")? + "url=".len();
    Some(content.get(at..)?.trim().trim_matches(['"', '\'']))
}

/// Whether the content of a `<meta>` for search engines asks them not to show the page. Some leave out the commas.
pub fn says_noindex(rules: &str) -> bool {
    let mut rules = rules.split([',', ' ']);
    rules.any(|rule| ["noindex", "none"].iter().any(|it| rule.trim().eq_ignore_ascii_case(it)))
}

/// Whether hosts show the page where there is none.
pub fn is_error_page(document: &Document<'_>) -> bool {
    document.place.path.ends_with("404.html") || document.place.path.ends_with("404/index.html")
}

/// Whether search engines may show the page, as far as it says itself.
pub fn may_be_indexed(document: &Document<'_>) -> bool {
    let hides = |content: MetaContent<'_>| says_noindex(content.text);
    !is_error_page(document)
        && !is_redirect(document)
        && !["robots", "googlebot"].iter().any(|it| metas(document, it).any(hides))
}
