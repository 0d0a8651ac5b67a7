//! `front-matter-unclosed`: front matter without a closing fence.

use crate::document::Document;
use crate::document::read::front_matter::FrontMatter;
use crate::place::dialect::Generator;
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct FrontMatterUnclosed {}

impl Check for FrontMatterUnclosed {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let FrontMatter::Unclosed { fence } = document.front_matter else { return };
        let source = document.source.text();
        let after = source.get(fence.end as usize..).unwrap_or("");
        // The `---` may be a thematic break at the start of a page.
        if !begins_with_key(after) {
            return;
        }
        let message = match document.place.reader() {
            Generator::Jekyll | Generator::Astro | Generator::Hexo => {
                format!("{} prints this front matter as text: it is never closed", document.place.reader())
            }
            Generator::Hugo => "Hugo stops the build: the front matter is never closed".into(),
            Generator::Eleventy => "Eleventy parses the whole post as front matter, which is never closed".into(),
            _ => "the front matter is never closed".into(),
        };
        let help = format!("add a line `{}` after the last key", fence.slice(source).trim());
        context.report(Finding { message: Some(message), help: Some(help), ..Finding::at(fence) });
    }
}

/// Whether the first line that is not blank has the form `key: value` or `key = value`.
fn begins_with_key(text: &str) -> bool {
    let line = text.trim_start().lines().next().unwrap_or("");
    let name = line.find([':', '=']).map_or("", |at| line[..at].trim_end());
    !name.is_empty() && !name.contains(char::is_whitespace) && !name.contains(['<', '*', '[', '`', '/'])
}
