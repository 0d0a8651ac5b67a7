//! `alt-long`: an alternative text that is too long to listen to.

use crate::document::Element;
use crate::document::ask::accessible_name::is_alt_read;
use crate::rule::{Check, Context, Finding, Wants};
use crate::width::cells;
use serde::Deserialize;

/// Measured in cells: a Hangul syllable or a Han character takes two, a Latin letter one.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct AltLong {
    max_cells: usize,
}

impl Check for AltLong {
    fn wants(&self) -> Wants {
        Wants::elements(&["img", "area", "input"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        let Some(alt) = element.attribute("alt") else { return };
        let Some(length) = alt.known_value().map(|text| cells(text.trim())).filter(|&it| it > self.max_cells) else {
            return;
        };
        if let Some(span) = alt.value_span().or(element.start_tag()).filter(|_| is_alt_read(element)) {
            let message = format!("alt text is {length} cells long");
            context.report(Finding { message: Some(message), ..Finding::at(span) });
        }
    }
}
