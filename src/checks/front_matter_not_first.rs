//! `front-matter-not-first`: front matter after blank lines or a comment, where its generator does not look for it.

use crate::diagnostic::{Fix, Safety};
use crate::document::Document;
use crate::document::edit::element;
use crate::document::read::front_matter::FrontMatter;
use crate::place::dialect::Generator;
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::{Source, Span};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct FrontMatterNotFirst {}

/// Common keys: nearly every post has at least one of them.
const USUAL_KEYS: [&str; 8] = ["title", "layout", "date", "permalink", "description", "categories", "tags", "excerpt"];

impl Check for FrontMatterNotFirst {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let generator = document.place.generator;
        if !matches!(document.front_matter, FrontMatter::Missing) {
            return;
        }
        let text = document.source.text();
        let body = below_comments(text.trim_start_matches('\u{feff}').trim_start());
        let start = (text.len() - body.len()) as u32;
        let before = Span::new(document.source.bom_len(), start);
        if before.is_empty() || !body.starts_with("---") || !is_front_matter(body, generator) {
            return;
        }
        let fence = Span::new(start, start + body.lines().next().map_or(0, str::len) as u32);
        let blank = before.slice(text).trim().is_empty();
        let what = match before.slice(text).matches("<!--").count() {
            0 => "blank space",
            1 => "comment",
            _ => "comments",
        };
        context.report(Finding {
            message: Some(match generator {
                // Jekyll copies a file without front matter verbatim, but treats it as a post if its name has a date.
                Generator::Jekyll if !document.place.is_post() => {
                    "Jekyll copies this file verbatim: its front matter is not on the first line".into()
                }
                _ => format!("{generator} prints this front matter as text: it is not on the first line"),
            }),
            help: Some(format!("remove the {what} before it")),
            fix: blank.then(|| Fix::new("remove the blank space", Safety::Safe, [element::delete(before)])),
            ..Finding::at(fence)
        });
    }
}

/// The rest of `text` after leading HTML comments and whitespace.
fn below_comments(mut text: &str) -> &str {
    while let Some((_, after)) = text.strip_prefix("<!--").and_then(|rest| rest.split_once("-->")) {
        text = after.trim_start();
    }
    text
}

/// Whether the text would be parsed as front matter with a usual key.
pub(super) fn is_front_matter(text: &str, generator: Generator) -> bool {
    let source = Source::new(text);
    let moved = FrontMatter::parse(&source, generator);
    let sound = moved.block().filter(|block| block.problem.is_none());
    // Require a usual key: `Note: …` between two thematic breaks is valid YAML as well.
    sound.is_some_and(|block| USUAL_KEYS.iter().any(|key| block.mapping.get(key).is_some()))
}
