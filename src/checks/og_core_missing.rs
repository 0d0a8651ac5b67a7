//! `og-core-missing`: a built page has some properties of the Open Graph protocol, and lacks others that it requires.

use crate::document::Document;
use crate::document::ask::head::{may_be_indexed, metas};
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct OgCoreMissing {}

/// <https://ogp.me/#metadata>
const REQUIRED: [&str; 4] = ["og:title", "og:type", "og:image", "og:url"];

impl Check for OgCoreMissing {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let first = REQUIRED.iter().filter_map(|name| metas(document, name).next()).map(|meta| meta.tag).min();
        let Some(first) = first else { return };
        let has = |name: &&str| metas(document, name).any(|it| !it.text.is_empty()) || has_variant(document, name);
        let missing: Vec<String> = REQUIRED.iter().filter(|name| !has(name)).map(|name| format!("`{name}`")).collect();
        if !missing.is_empty() && may_be_indexed(document) {
            let message = Some(format!("the page has no {}", missing.join(", ")));
            // Which of the properties is the first, and what it says, is not what is wrong.
            context.report(Finding { identity: message.clone(), message, ..Finding::at(first) });
        }
    }
}

/// Whether a picture has another name of the same property.
fn has_variant(document: &Document<'_>, name: &str) -> bool {
    name == "og:image" && ["og:image:url", "og:image:secure_url"].iter().any(|it| metas(document, it).next().is_some())
}
