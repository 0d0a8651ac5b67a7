//! `text-lost-as-anchor`: a first word that YAML takes for an anchor or a tag, so that it is not part of the text.

use crate::diagnostic::{Fix, Safety};
use crate::document::Document;
use crate::document::read::front_matter::quote::quote;
use crate::document::read::front_matter::value::{Data, Mapping, Style, Value};
use crate::edit::Edit;
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use crate::words::shortened;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct TextLostAsAnchor {
    keys: Vec<String>,
}

/// Maximum number of findings: the fix of each is verified by parsing the post again.
const MAX_FINDINGS: usize = 5;

impl Check for TextLostAsAnchor {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let Some(block) = document.sound_block() else { return };
        let text = document.source.text();
        // Neither mark is in most front matter.
        if memchr::memchr2(b'&', b'!', block.content.slice(text).as_bytes()).is_none() {
            return;
        }
        let entries = self.keys.iter().filter_map(|key| block.mapping.get(key).map(|entry| (key, &entry.value)));
        let values = entries.flat_map(|(key, value)| match &value.data {
            Data::Sequence { items, .. } => items.iter().map(|item| (key, item)).collect(),
            _ => vec![(key, value)],
        });
        let lost = values.filter_map(|(key, value)| Some((key, value, lost(text, key, value, &block.mapping)?)));
        for (key, value, span) in lost.take(MAX_FINDINGS) {
            let word = shortened(span.slice(text));
            let is_anchor = span.slice(text).starts_with('&');
            let (mark, what) = if is_anchor { ('&', "an anchor") } else { ('!', "a tag") };
            context.report(Finding {
                message: Some(format!("`{key}` loses `{word}`: an unquoted `{mark}` starts {what}")),
                label: Some(format!("{what} of YAML, not text")),
                fix: quoting(document, key, value, span),
                ..Finding::at(span)
            });
        }
    }
}

/// The anchor or the tag of a text, if the author cannot have meant one.
fn lost(text: &str, key: &str, value: &Value<'_>, mapping: &Mapping<'_>) -> Option<Span> {
    let style = value.as_scalar()?.style;
    if !matches!(style, Style::Plain | Style::Absent) {
        return None;
    }
    if let Some((_, span)) = &value.anchor {
        let name = span.slice(text).trim_start_matches('&');
        // `title: &title The harbour`: its alias may have been removed.
        let is_meant = name == key || is_referred_to(mapping, name);
        return (!is_meant).then_some(*span);
    }
    let (_, span) = value.tag.as_ref()?;
    let tag = span.slice(text);
    let is_known = tag == "!" || tag.starts_with("!!") || tag.starts_with("!<tag:") || tag.contains('/');
    (!is_known).then_some(*span)
}

/// Whether an alias (`*name`) uses the anchor.
fn is_referred_to(mapping: &Mapping<'_>, name: &str) -> bool {
    let mut open: Vec<&Value<'_>> = mapping.entries.iter().flat_map(|entry| [&entry.key, &entry.value]).collect();
    while let Some(value) = open.pop() {
        match &value.data {
            Data::Alias { name: alias, .. } if alias == name => return true,
            Data::Sequence { items, .. } => open.extend(items),
            Data::Mapping(inner) => open.extend(inner.entries.iter().flat_map(|entry| [&entry.key, &entry.value])),
            _ => {}
        }
    }
    false
}

/// Quotes the text together with the word that is lost.
fn quoting(document: &Document<'_>, key: &str, value: &Value<'_>, lost: Span) -> Option<Fix> {
    let whole = Span::new(lost.start, value.span.end.max(lost.end));
    let text = whole.slice(document.source.text());
    if text.contains(['\n', '\r']) {
        return None;
    }
    let edit = Edit { span: whole, text: quote(text)? };
    let is_right = |after: &Document<'_>| {
        let found = after.sound_block().and_then(|block| block.mapping.get(key)).map(|entry| &entry.value);
        let items = found.and_then(Value::as_sequence).unwrap_or_default();
        found.into_iter().chain(items).any(|value| value.text() == Some(text))
    };
    let (_, kept) = document.after(std::slice::from_ref(&edit), is_right)?;
    kept.then(|| Fix::new("quote the value", Safety::Unsafe, [edit]))
}
