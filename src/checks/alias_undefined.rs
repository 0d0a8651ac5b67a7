//! `alias-undefined`: a `*name` without a `&name` before it.

use crate::document::Document;
use crate::document::read::front_matter::value::Data;
use crate::place::dialect::Generator;
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct AliasUndefined {}

impl Check for AliasUndefined {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let Some(block) = document.sound_block() else { return };
        for value in block.mapping.values() {
            let Data::Alias { name, defined: false } = &value.data else { continue };
            let consequence = match document.place.reader() {
                // SafeYAML 1.0, which Jekyll uses, parses the value as `nil` without a warning.
                Generator::Jekyll => "Jekyll drops the value",
                Generator::Plain => "YAML rejects it",
                _ => "the front matter does not parse",
            };
            let message = format!("`*{name}` refers to an undefined anchor: {consequence}");
            context.report(Finding { message: Some(message), ..Finding::at(value.span) });
        }
    }
}
