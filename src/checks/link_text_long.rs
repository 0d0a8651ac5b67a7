//! `link-text-long`: a link whose text is a paragraph.

use crate::document::Element;
use crate::document::ask::accessible_name::shown_text;
use crate::rule::{Check, Context, Finding, Wants};
use crate::width::cells;
use serde::Deserialize;

/// Measured in cells: a Hangul syllable or a Han character takes two, a Latin letter one.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct LinkTextLong {
    max_cells: usize,
}

impl Check for LinkTextLong {
    fn wants(&self) -> Wants {
        Wants::elements(&["a"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        let Some(text) = shown_text(element).filter(|_| element.has_attribute("href")) else { return };
        // No character takes more cells than bytes.
        if text.len() <= self.max_cells {
            return;
        }
        let cells = cells(&text);
        if cells <= self.max_cells {
            return;
        }
        if let Some(span) = element.start_tag() {
            let message = format!("link text is {cells} cells long");
            context.report(Finding { message: Some(message), ..Finding::at(span) });
        }
    }
}
