//! `text-decomposed-hangul`: Korean syllables that are decomposed into letters, as in file names on macOS.

use crate::diagnostic::{Fix, Safety};
use crate::document::ask::prose::Code;
use crate::document::edit::element;
use crate::document::{Document, Element};
use crate::edit::Edit;
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::{Span, holds};
use crate::words::counted;
use regex::{Match, Regex};
use serde::Deserialize;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// One finding per file: decomposed text usually comes from one source.
#[derive(Deserialize)]
pub struct TextDecomposedHangul {}

/// Matches runs of modern Korean letters that compose to syllables. The letters of Old Korean do not compose.
static DECOMPOSED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new("(?:[\u{1100}-\u{1112}][\u{1161}-\u{1175}][\u{11a8}-\u{11c2}]?|[가-힣][\u{11a8}-\u{11c2}])+").ok()
});

impl Check for TextDecomposedHangul {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let text = document.source.text();
        // All decomposed letters begin with this byte in UTF-8.
        if memchr::memchr(0xe1, text.as_bytes()).is_none() {
            return;
        }
        let Some(decomposed) = DECOMPOSED.as_ref() else { return };
        let mut runs: Vec<Match<'_>> = decomposed.find_iter(text).filter(|run| !is_in_path(text, run)).collect();
        if !runs.is_empty() {
            // Code may contain decomposed letters on purpose.
            let code = Code::of(&document.tree);
            let unseen = unseen_values(document);
            runs.retain(|run| !code.holds(run.start() as u32) && !holds(&unseen, run.start() as u32));
        }
        let Some(first) = runs.first() else { return };
        let composed = |run: &Match<'_>| run.as_str().nfc().collect::<String>();
        let edits: Vec<Edit> = runs.iter().map(|run| element::replace(Span::of(run.range()), &composed(run))).collect();
        let shown: String = composed(first).chars().take(8).collect();
        let message = match runs.len() {
            1 => format!("`{shown}` is decomposed into letters"),
            count => format!("`{shown}` and {} are decomposed into letters", counted(count - 1, "other word")),
        };
        context.report(Finding {
            message: Some(message),
            fix: Some(Fix::new("compose the syllables (NFC)", Safety::Safe, edits)),
            ..Finding::of_post(Span::of(first.range()))
        });
    }
}

/// The values of attributes that no reader sees, such as `data-filename`, where file names are written as they are.
fn unseen_values(document: &Document<'_>) -> Vec<Span> {
    let is_seen = |name: &str| {
        matches!(name, "alt" | "title" | "label" | "placeholder" | "value" | "content" | "summary" | "abbr")
            || name.starts_with("aria-")
            || name.contains("caption")
    };
    let attributes = document.tree.html_elements().flat_map(Element::attributes);
    let mut values: Vec<Span> =
        attributes.filter(|attribute| !is_seen(attribute.name())).filter_map(|it| it.value_span()).collect();
    values.sort_unstable();
    values
}

/// Maximum number of bytes of a path examined before and after a run.
const MAX_PATH: usize = 300;

/// Whether the run is in a URL or a path: the file name itself may be decomposed.
fn is_in_path(text: &str, run: &Match<'_>) -> bool {
    let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '(' | ')' | '<' | '>' | '[' | ']');
    let first = text.floor_char_boundary(run.start().saturating_sub(MAX_PATH));
    let last = text.floor_char_boundary((run.end() + MAX_PATH).min(text.len()));
    let head = text.get(first..run.start()).and_then(|head| head.rsplit(ends).next()).unwrap_or("");
    let tail = text.get(run.end()..last).and_then(|tail| tail.split(ends).next()).unwrap_or("");
    let is_file = tail.rsplit_once('.').is_some_and(|(_, extension)| {
        (2..=4).contains(&extension.len()) && extension.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    head.contains('/') || tail.contains('/') || is_file
}
