//! Alternative texts that a plugin makes of file names: gatsby-remark-images.

use crate::document::{Attribute, Document, Element};
use crate::url::{file_name, scheme};

/// Whether a plugin gives the image an alternative text if the post does not: a local image in a format that it
/// processes.
pub fn has_alt_of_plugin(document: &Document<'_>, image: Element<'_>) -> bool {
    const FORMATS: [&str; 7] = ["avif", "jpeg", "jpg", "png", "tif", "tiff", "webp"];
    let Some(address) = image.attribute("src").and_then(Attribute::known_value).map(str::trim) else { return false };
    let is_local = scheme(address).is_none() && !address.starts_with('/');
    let name = file_name(address);
    let format = name.rsplit_once('.').map_or("", |(_, format)| format);
    document.place.alt_from_name && is_local && FORMATS.iter().any(|known| known.eq_ignore_ascii_case(format))
}
