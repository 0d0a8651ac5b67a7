//! `image-url-insecure`: an image, a video or a sound with an `http://` URL.

use crate::document::Element;
use crate::rule::insecure::Insecure;
use crate::rule::{Check, Context, Wants};
use serde::Deserialize;

/// No options. URLs of the author's own computer are left to `image-src-bad`.
#[derive(Deserialize)]
pub struct ImageUrlInsecure {}

/// What browsers request with `https://` of their own accord: "upgradeable content".
/// <https://www.w3.org/TR/mixed-content/#upgrade-algorithm>
const ATTRIBUTES: [(&str, &str, &str); 5] = [
    ("img", "src", "image"),
    ("video", "poster", "image"),
    ("video", "src", "video"),
    ("audio", "src", "audio file"),
    ("source", "src", "media file"),
];

impl Check for ImageUrlInsecure {
    fn wants(&self) -> Wants {
        Wants::together(&["img", "video", "audio", "source"])
    }

    fn elements(&self, context: &mut Context<'_>, elements: &[Element<'_>]) {
        let mut insecure = Insecure::default();
        for element in elements.iter().filter(|element| element.is_html()) {
            for (_, attribute, kind) in ATTRIBUTES.into_iter().filter(|(name, ..)| *name == element.name()) {
                if let (Some(attribute), Some(tag)) = (element.attribute(attribute), element.start_tag()) {
                    insecure.add(kind, attribute, tag);
                }
            }
        }
        insecure.findings(context.document).for_each(|finding| context.report(finding));
    }
}
