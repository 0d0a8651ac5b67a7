//! `attribute-list-malformed`: text in a kramdown attribute list that is not a valid attribute.

mod printed_list;

use crate::diagnostic::{Fix, Safety};
use crate::document::Document;
use crate::document::tree::ParseNoteKind;
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use serde::Deserialize;

/// Maximum number of pieces that are joined into one value.
const MAX_WORDS: usize = 32;

#[derive(Deserialize)]
pub struct AttributeListMalformed {}

impl Check for AttributeListMalformed {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        printed_list::findings(document).into_iter().for_each(|finding| context.report(finding));
        let source = document.source.text();
        let notes = document.tree.notes().iter().filter(|note| note.kind == ParseNoteKind::MalformedAttributeList);
        let spans: Vec<Span> = notes.map(|note| note.span).collect();
        let mut at = 0;
        while let Some(&first) = spans.get(at) {
            let (span, pieces) = whole(source, first, &spans[at..]);
            at += pieces;
            if !document.tree.has_template(span) {
                context.report(finding(source, span));
            }
        }
    }
}

/// Joins the pieces into which kramdown splits `:title="two words"`. Returns the span of the whole value, and the
/// number of pieces.
fn whole(source: &str, first: Span, pieces: &[Span]) -> (Span, usize) {
    if pair(first.slice(source)).is_some_and(|(_, value)| is_half_quoted(value)) {
        for (index, &last) in pieces.iter().enumerate().take(MAX_WORDS) {
            if is_one_value(first.join(last).slice(source)) {
                return (first.join(last), index + 1);
            }
        }
    }
    (first, 1)
}

fn finding(source: &str, span: Span) -> Finding {
    let written = span.slice(source);
    let Some(meant) = meant(written) else {
        return Finding { message: Some(format!("`{written}` is not a valid attribute")), ..Finding::at(span) };
    };
    Finding {
        message: Some(format!("`{written}` is not a valid attribute")),
        help: Some(format!("write `{meant}`")),
        fix: Some(Fix::write(&meant, span, Safety::Safe)),
        ..Finding::at(span)
    }
}

/// Whether the value has an opening quote and no closing one.
fn is_half_quoted(value: &str) -> bool {
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''));
    quote.is_some_and(|quote| value.get(1..).is_some_and(|rest| !rest.contains(quote)))
}

/// Whether the text is `:title="two words"`: a quote that opens in the first piece and closes at the end of the last
/// one.
fn is_one_value(text: &str) -> bool {
    let is_list = !text.contains(['\n', '\r', '}']);
    is_list && pair(text).is_some_and(|(_, value)| quoted(value).is_some_and(|inner| inner.contains([' ', '\t'])))
}

/// The attribute that the author intended, if there is only one candidate.
fn meant(written: &str) -> Option<String> {
    let (name, value) = pair(written)?;
    if let Some(inner) = quoted(value) {
        let quote = value.get(..1)?;
        return Some(format!("{name}={quote}{inner}{quote}"));
    }
    let is_bare = !value.contains(['"', '\'', '=', '“', '”', '‘', '’', '`', '<', '>', '\\', ',', '{', '|']);
    (is_bare && !value.is_empty()).then(|| format!("{name}=\"{value}\""))
}

/// Splits `:name=value`, with or without the colon and a comma after the value.
fn pair(text: &str) -> Option<(&str, &str)> {
    let (name, value) = text.strip_prefix(':').unwrap_or(text).split_once('=')?;
    let starts = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_name = starts && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    let value = value.strip_suffix([',', ';']).filter(|value| quoted(value).is_some()).unwrap_or(value);
    is_name.then_some((name, value))
}

/// The text between two straight quotes of the same kind.
fn quoted(value: &str) -> Option<&str> {
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let inner = value.get(1..)?.strip_suffix(quote)?;
    (!inner.contains([quote, '\\'])).then_some(inner)
}
