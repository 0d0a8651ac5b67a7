//! `alt-redundant-word`: an alternative text that begins or ends by saying that this is an image.

use crate::document::Element;
use crate::document::ask::accessible_name::is_alt_read;
use crate::pattern::Unusable;
use crate::rule::patterns::Patterns;
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

/// Patterns for the whole text; their first group is the redundant part.
#[derive(Deserialize)]
pub struct AltRedundantWord {
    patterns: Patterns,
}

impl Check for AltRedundantWord {
    fn wants(&self) -> Wants {
        Wants::elements(&["img", "area", "input"])
    }

    fn compile(&self) -> Result<(), Unusable> {
        self.patterns.compile()
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        let Some(alt) = element.attribute("alt") else { return };
        let Some(text) = alt.known_value().map(str::trim) else { return };
        let found = self.patterns.iter().find_map(|pattern| pattern.captures(text)?.get(1));
        let Some(words) = found.map(|words| words.as_str().trim()).filter(|_| is_alt_read(element)) else { return };
        if let Some(span) = alt.value_span().or(element.start_tag()) {
            let message = format!("`{words}` repeats what a screen reader announces");
            context.report(Finding { message: Some(message), ..Finding::at(span) });
        }
    }
}
