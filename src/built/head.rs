//! What the `<head>` of a built page says to search engines and social networks, besides its title.

use crate::document::Element;
use crate::document::ask::tokens::has_token;
use crate::text::collapsed;

/// What a `<head>` says, each the first time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// Its meta description.
    pub description: Option<String>,
    /// Its canonical URL.
    pub canonical: Option<String>,
    /// The language of `<html>`.
    pub language: Option<String>,
    /// Its Open Graph properties.
    pub open_graph: OpenGraph,
}

/// What link cards show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct OpenGraph {
    pub title: Option<String>,
    pub description: Option<String>,
    pub image: Option<String>,
}

impl Head {
    /// Adds what `<html>`, a `<meta>` or a `<link>` says.
    pub(super) fn add(&mut self, element: Element<'_>) {
        let value = |name: &str| {
            let text = collapsed(element.attribute(name)?.known_value()?);
            (!text.is_empty()).then(|| text.into_owned())
        };
        let is_named = |attribute: &str, name: &str| {
            element.attribute(attribute).is_some_and(|it| it.value().trim().eq_ignore_ascii_case(name))
        };
        let (known, attribute) = match element.name() {
            "html" => (&mut self.language, "lang"),
            "link" if element.attribute("rel").is_some_and(|rel| has_token(rel, "canonical")) => {
                (&mut self.canonical, "href")
            }
            "meta" if is_named("name", "description") => (&mut self.description, "content"),
            "meta" if is_named("property", "og:title") => (&mut self.open_graph.title, "content"),
            "meta" if is_named("property", "og:description") => (&mut self.open_graph.description, "content"),
            "meta" if is_named("property", "og:image") => (&mut self.open_graph.image, "content"),
            _ => return,
        };
        if known.is_none() {
            *known = value(attribute);
        }
    }
}
