//! `template-in-front-matter`: an unquoted `{{ … }}`, which YAML parses as a mapping in a mapping.

use crate::diagnostic::{Fix, Safety};
use crate::document::Document;
use crate::document::read::front_matter::Format;
use crate::document::read::front_matter::value::{Mapping, Style, Value};
use crate::place::dialect::Generator;
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct TemplateInFrontMatter {}

/// Maximum number of findings: the fix of each is verified by parsing the front matter again.
const MAX_FINDINGS: usize = 20;

impl Check for TemplateInFrontMatter {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let Some(block) = document.sound_block() else { return };
        if block.format != Format::Yaml || document.place.is_part() {
            return;
        }
        for value in block.mapping.values().filter(|value| is_template(value)).take(MAX_FINDINGS) {
            let written = value.span.slice(document.source.text());
            let edit = document.quoted(value, value.span, written);
            let fix = edit.map(|edit| Fix::new("quote the value", Safety::Safe, [edit]));
            let message = match document.place.reader() {
                Generator::Plain => "an unquoted `{{ … }}` is a mapping, not text".to_owned(),
                generator => format!("{generator} parses this `{{{{ … }}}}` as a mapping, not as text"),
            };
            context.report(Finding { message: Some(message), fix, ..Finding::at(value.span) });
        }
    }
}

/// Whether the value is parsed from `{{ x }}`: a flow mapping whose only key is a flow mapping.
fn is_template(value: &Value<'_>) -> bool {
    let Some(Mapping { entries, flow: true, .. }) = value.as_mapping() else { return false };
    let [only] = entries.as_slice() else { return false };
    let nothing = only.value.as_scalar().is_some_and(|scalar| scalar.style == Style::Absent);
    nothing && only.key.as_mapping().is_some_and(|inner| inner.flow)
}
