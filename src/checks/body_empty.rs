//! `body-empty`: a post without a text.

use crate::document::{Document, Field};
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct BodyEmpty {
    keys: Vec<String>,
    layouts: Vec<String>,
}

impl Check for BodyEmpty {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let Some(fence) = document.sound_fence().filter(|_| document.is_empty()) else { return };
        if !document.is_article() || document.place.is_index() || !self.has_usual_keys(document) {
            return;
        }
        context.report(Finding::at(fence));
    }
}

impl BodyEmpty {
    /// Whether the front matter has no key from which a layout may make the text.
    fn has_usual_keys(&self, document: &Document<'_>) -> bool {
        let Some(block) = document.front_matter.block() else { return false };
        let is_usual = |name: &str| self.keys.iter().any(|key| key.eq_ignore_ascii_case(name));
        let is_known = || block.mapping.entries.iter().all(|entry| entry.name().is_some_and(is_usual));
        let layout = match document.field("layout") {
            Field::Missing | Field::Null(_) => true,
            Field::Text(layout, _) => self.layouts.iter().any(|it| it == layout),
            Field::Default(layout) => layout.as_str().is_some_and(|layout| self.layouts.iter().any(|it| it == layout)),
            _ => false,
        };
        layout && is_known()
    }
}
