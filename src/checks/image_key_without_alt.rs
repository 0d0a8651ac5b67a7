//! `image-key-without-alt`: an image for social media without an alternative text.

use crate::document::{Document, Field};
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct ImageKeyWithoutAlt {}

impl Check for ImageKeyWithoutAlt {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let entry = match document.field("image") {
            Field::Text(text, entry) if !text.trim().is_empty() => entry,
            Field::Nested(entry) => {
                let Some(image) = entry.value.as_mapping() else { return };
                // A theme's own keys (`feature`, `teaser`) do not become an `og:image`.
                let shared = ["path", "facebook", "twitter"].iter().any(|key| image.get(key).is_some());
                if !shared || image.get("alt").is_some() || image.has_merge() {
                    return;
                }
                entry
            }
            _ => return,
        };
        context.report(Finding::at(entry.value.span));
    }
}
