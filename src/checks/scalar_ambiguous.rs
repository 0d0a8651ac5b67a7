//! `scalar-ambiguous`: text that its generator parses as a number, a date or a boolean, and prints differently.

use crate::diagnostic::{Fix, Safety};
use crate::document::Document;
use crate::document::read::front_matter::types::{Engine, Resolved};
use crate::document::read::front_matter::value::{Style, Value};
use crate::place::dialect::Generator;
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct ScalarAmbiguous {
    keys: Vec<String>,
}

/// Maximum number of findings: the fix of each is verified by parsing the front matter again.
const MAX_FINDINGS: usize = 20;

impl Check for ScalarAmbiguous {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let Some(block) = document.sound_block() else { return };
        let generator = document.place.reader();
        // Jekyll fails on such a slug, which `value-wrong-type` reports.
        let keys = self.keys.iter().filter(|key| !(generator == Generator::Jekyll && *key == "slug"));
        let entries = keys.filter_map(|key| Some((key, &block.mapping.get(key)?.value)));
        let values = entries.flat_map(|(key, value)| {
            let items = value.as_sequence().map_or_else(|| vec![value], |items| items.iter().collect());
            items.into_iter().map(move |item| (key, item))
        });
        let misread = values.filter_map(|(key, value)| Some((key, value, misreading(value, generator)?)));
        for (key, value, shown) in misread.take(MAX_FINDINGS) {
            let written = value.text().unwrap_or("");
            let edit = document.quoted(value, value.span, written);
            let fix = edit.map(|edit| Fix::new("quote the value", Safety::Safe, [edit]));
            let reader = if generator == Generator::Plain { "YAML" } else { generator.display_name() };
            let message = format!("{reader} parses `{key}` as {shown}, not as `{written}`");
            context.report(Finding { message: Some(message), fix, ..Finding::at(value.span) });
        }
    }
}

/// How the generator interprets an unquoted value, if it then prints the value in a different form.
fn misreading(value: &Value<'_>, generator: Generator) -> Option<String> {
    let scalar = value.as_scalar().filter(|scalar| scalar.style == Style::Plain)?;
    let ruby = generator == Generator::Jekyll;
    let shown = match value.resolve(Engine::of(generator))? {
        // Ruby prints a date as it is written. `null` is the usual notation for an empty value.
        Resolved::String | Resolved::Null | Resolved::Symbol | Resolved::Clock => return None,
        Resolved::Date(_) if ruby => return None,
        Resolved::Date(_) => return Some("a date".into()),
        Resolved::Time(_) => return Some("a time".into()),
        Resolved::Bool(value) => value.to_string(),
        Resolved::Int(number) => number.to_string(),
        // Ruby prints `5.0`, JavaScript and Go print `5`.
        Resolved::Float(number) if ruby => format!("{number:?}"),
        Resolved::Float(number) => number.to_string(),
    };
    (shown != scalar.text).then(|| format!("`{shown}`"))
}
