//! `front-matter-duplicate-key`: a key set twice in one mapping of the front matter.

use crate::diagnostic::Label;
use crate::document::Document;
use crate::document::read::front_matter::{Duplicate, Format};
use crate::place::dialect::Generator;
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct FrontMatterDuplicateKey {}

impl Check for FrontMatterDuplicateKey {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let Some(block) = document.sound_block() else { return };
        for duplicate in block.duplicates() {
            context.report(finding(document.place.reader(), block.format, duplicate));
        }
    }
}

fn finding(generator: Generator, format: Format, duplicate: Duplicate<'_>) -> Finding {
    let Duplicate { name, first, later } = duplicate;
    // Ruby and Go use the last value. js-yaml and the yaml package report an error. In JSON, all parsers use the last
    // value.
    let refuses = matches!(generator, Generator::Astro | Generator::Hexo | Generator::Eleventy);
    let (message, at_first) = match generator {
        _ if format == Format::Json => (format!("`{name}` is set twice; the last one wins"), "this one is ignored"),
        _ if refuses => (format!("`{name}` is set twice; {generator} rejects such posts"), "set here first"),
        Generator::Plain => (format!("`{name}` is set twice"), "set here first"),
        _ => (format!("`{name}` is set twice; {generator} uses the last one"), "this one is ignored"),
    };
    let related = vec![Label { span: first, message: at_first.into() }];
    Finding { message: Some(message), related, ..Finding::at(later) }
}
