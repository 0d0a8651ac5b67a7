//! What elements of the head of a page are, and their URLs.

use crate::document::ask::language_tag::is_language;
use crate::document::{Attribute, Element};

/// A URL of the site without the folder of a language: `/download` of `/ko/download`.
pub fn without_language<'u>(url: &'u str, base: &str) -> Option<&'u str> {
    let inside = url.strip_prefix(base)?.strip_prefix('/')?;
    let (first, _) = inside.split_once('/')?;
    is_language(first).then(|| inside.get(first.len()..))?
}

/// Whether an element is a property with the URL of an image.
pub fn is_image_property(element: Element<'_>) -> bool {
    is_property(element, &["og:image", "og:image:url", "twitter:image"])
}

/// Whether an element is one of these properties.
pub fn is_property(element: Element<'_>, names: &[&str]) -> bool {
    let written = ["property", "name"].iter().filter_map(|name| element.attribute(name));
    written.map(Attribute::value).any(|name| names.contains(&name))
}
