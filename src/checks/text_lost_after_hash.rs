//! `text-lost-after-hash`: text that is a comment because of an unquoted ` #`.

use crate::diagnostic::{Fix, Safety};
use crate::document::Document;
use crate::document::read::front_matter::value::{Data, Value};
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use crate::words::shortened;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct TextLostAfterHash {
    keys: Vec<String>,
}

/// Maximum number of findings: the fix of each is verified by parsing the front matter again.
const MAX_FINDINGS: usize = 20;

impl Check for TextLostAfterHash {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let Some(block) = document.sound_block() else { return };
        let text = document.source.text();
        if block.has_remarks(text) {
            return;
        }
        let entries = self.keys.iter().filter_map(|key| block.mapping.get(key).map(|entry| (key, &entry.value)));
        let values = entries.flat_map(|(key, value)| match &value.data {
            Data::Sequence { items, flow: false } => items.iter().map(|item| (key, item)).collect(),
            _ => vec![(key, value)],
        });
        let cut = values.filter_map(|(key, value)| Some((key, value, block.lost_behind(text, value)?)));
        for (key, value, lost) in cut.take(MAX_FINDINGS) {
            let said = shortened(lost.slice(text));
            context.report(Finding {
                message: Some(format!("`{key}` loses `{said}`: an unquoted ` #` starts a comment")),
                fix: quoting(document, value, lost),
                ..Finding::at(lost)
            });
        }
    }
}

fn quoting(document: &Document<'_>, value: &Value<'_>, lost: Span) -> Option<Fix> {
    let start = if value.span.is_empty() { lost.start } else { value.span.start };
    let whole = Span::new(start, lost.end);
    let text = whole.slice(document.source.text());
    let edit = document.quoted(value, whole, text)?;
    Some(Fix::new("quote the value", Safety::Unsafe, [edit]))
}
