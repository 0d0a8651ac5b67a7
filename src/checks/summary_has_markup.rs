//! `summary-has-markup`: template syntax or mark-up in a text that is printed as it is.

use crate::diagnostic::Level;
use crate::document::Document;
use crate::document::dialect::Generator;
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct SummaryHasMarkup {
    keys: Vec<String>,
}

impl Check for SummaryHasMarkup {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let Some(block) = document.front_matter.block().filter(|_| document.sound_fence().is_some()) else { return };
        if document.place.is_part() || document.place.generator == Generator::Plain {
            return;
        }
        for key in &self.keys {
            let Some(value) = block.mapping.get(key).map(|entry| &entry.value) else { continue };
            let Some(text) = value.text() else { continue };
            let written = value.span.slice(document.source.text());
            let Some((mark, level)) = template(text).or_else(|| markup(key, text, document.place.generator)) else {
                continue;
            };
            let at = written.find(mark).map_or(value.span, |at| {
                let start = value.span.start + at as u32;
                Span::new(start, start + mark.len() as u32)
            });
            let message = match level {
                Level::Warn => format!("`{key}` holds a template, and front matter is not rendered"),
                _ => format!("`{key}` shows `{mark}` as it is: {} prints it as text", document.place.generator),
            };
            context.report(Finding { message: Some(message), at_most: Some(level), ..Finding::at(at) });
        }
    }
}

/// `{{ … }}` and `{% … %}`.
fn template(text: &str) -> Option<(&str, Level)> {
    [("{{", "}}"), ("{%", "%}")].iter().find_map(|(open, close)| {
        let start = text.find(open)?;
        let length = text.get(start..)?.find(close)? + close.len();
        Some((text.get(start..start + length)?, Level::Warn))
    })
}

/// A tag, an entity or bold text. jekyll-seo-tag renders Markdown and strips tags; nobody else does. Themes may print a
/// title as HTML.
fn markup<'t>(key: &str, text: &'t str, generator: Generator) -> Option<(&'t str, Level)> {
    if generator == Generator::Jekyll || key == "title" {
        return None;
    }
    let tag = ["<b>", "<strong>", "<em>", "<i>", "<br>", "<br/>", "<br />", "<p>", "<a ", "<span", "<code>", "&nbsp;"]
        .into_iter()
        .find(|tag| text.contains(tag));
    let bold = || (text.matches("**").count() >= 2).then_some("**");
    let link = || text.find("](http").map(|_| "](http");
    tag.or_else(bold).or_else(link).map(|mark| (mark, Level::Info))
}
