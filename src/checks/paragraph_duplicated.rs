//! `paragraph-duplicated`: a paragraph that occurs twice in one post.

use crate::diagnostic::{Fix, Label, Level, Safety};
use crate::document::ask::branches::Branches;
use crate::document::ask::filler::is_filler;
use crate::document::ask::prose;
use crate::document::edit::element;
use crate::document::{Document, Element, Origin};
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::hash_map::Entry;

/// Short paragraphs are not reported: they may be refrains, labels or notes.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ParagraphDuplicated {
    min_length: usize,
    max_repeats: usize,
}

impl Check for ParagraphDuplicated {
    fn wants(&self) -> Wants {
        Wants::together(&["p"])
    }

    fn elements(&self, context: &mut Context<'_>, elements: &[Element<'_>]) {
        let document = context.document;
        // Manuals repeat sentences for similar things.
        if !document.is_article() {
            return;
        }
        let mut search =
            Search { document, borders: borders(document), branches: None, found: Vec::new(), structural: 0 };
        // Compare only the beginnings first: those of most paragraphs are unique.
        let mut beginnings: FxHashMap<u64, Option<Element<'_>>> = FxHashMap::default();
        let mut first: FxHashMap<Cow<'_, str>, Element<'_>> = FxHashMap::default();
        for &element in elements {
            let is_long = |span: Span| span.len() as usize >= self.min_length;
            if !element.span().is_some_and(is_long) || !is_plain(&element) {
                continue;
            }
            match beginnings.entry(prose::beginning(element)) {
                Entry::Vacant(vacant) => {
                    vacant.insert(Some(element));
                    continue;
                }
                Entry::Occupied(mut other) => {
                    if let Some(other) = other.get_mut().take() {
                        first.insert(prose::words(other), other);
                    }
                }
            }
            let words = prose::words(element);
            if words.chars().count() < self.min_length || is_filler(&words) {
                continue;
            }
            match first.get(&words) {
                Some(&before) => search.add(before, element, words),
                None => _ = first.insert(words, element),
            }
        }
        // Always report duplicates directly below the original. Report others only if they are few: many are repeated
        // on purpose.
        let apart = search.structural + search.found.iter().filter(|(is_apart, _)| *is_apart).count();
        let slips = search.found.into_iter().filter(|(is_apart, _)| !is_apart || apart <= self.max_repeats);
        slips.for_each(|(_, finding)| context.report(finding));
    }
}

/// A search for duplicates in one post.
struct Search<'d> {
    document: &'d Document<'d>,
    /// Where headings and lines between sections start, sorted.
    borders: Vec<u32>,
    branches: Option<Branches>,
    /// The findings, and whether there is something between the duplicate and the original.
    found: Vec<(bool, Finding)>,
    /// The number of duplicates that belong to the structure of the post.
    structural: usize,
}

impl Search<'_> {
    fn add(&mut self, original: Element<'_>, element: Element<'_>, words: Cow<'_, str>) {
        let (Some(before), Some(span)) = (original.span(), element.span()) else { return };
        let branches = self.branches.get_or_insert_with(|| Branches::of(&self.document.tree));
        if branches.hold(span.start) || branches.hold(before.start) {
            return;
        }
        let source = self.document.source.text();
        let is_apart = !Span::new(before.end, span.start.max(before.end)).slice(source).trim().is_empty();
        // Under another heading, the text may be about something else, such as another version.
        let is_below_heading = self.borders.partition_point(|start| *start < before.end)
            < self.borders.partition_point(|start| *start < span.start);
        let is_whole = || is_whole_section(original) && is_whole_section(element);
        if is_below_heading && (is_whole() || is_one_sentence(&words)) || is_apart && begins_with_label(&words) {
            self.structural += 1;
            return;
        }
        let is_closed = element.origin() == Origin::Markdown || element.end_tag().is_some();
        let fix = (is_closed && !is_below_heading)
            .then(|| Fix::new("remove the second one", Safety::Unsafe, [element::remove_block(source, span)]));
        let finding = Finding {
            related: vec![Label { span: before, message: "first written here".to_owned() }],
            fix,
            at_most: is_below_heading.then_some(Level::Info),
            identity: Some(words.into_owned()),
            ..Finding::at(span)
        };
        self.found.push((is_apart, finding));
    }
}

fn borders(document: &Document<'_>) -> Vec<u32> {
    let borders = document.tree.elements().filter(|element| is_border(*element));
    let mut starts: Vec<u32> = borders.filter_map(Element::span).map(|span| span.start).collect();
    starts.sort_unstable();
    starts
}

/// Maximum length in bytes of a line of signs with its tags.
const MAX_LINE: u32 = 256;

/// Whether the element separates sections: a heading, a rule, or a line of signs such as `_____`.
fn is_border(element: Element<'_>) -> bool {
    let is_line = || {
        if element.span().is_none_or(|span| span.len() > MAX_LINE) {
            return false;
        }
        let words = prose::words(element);
        words.len() > 2 && words.chars().all(|c| matches!(c, '_' | '-' | '=' | '*' | '~' | '—' | '─' | '━' | '·' | ' '))
    };
    element.heading_level().is_some() || element.name() == "hr" || element.name() == "p" && is_line()
}

/// Whether the paragraph is all that is in its section, which would be empty without it.
fn is_whole_section(paragraph: Element<'_>) -> bool {
    paragraph.previous_element().is_some_and(is_border) && paragraph.next_element().is_none_or(is_border)
}

/// Whether no sentence ends before the end of the text.
fn is_one_sentence(words: &str) -> bool {
    let mut rest = words.char_indices().filter(|(_, c)| matches!(c, '.' | '!' | '?' | '。' | '！' | '？'));
    !rest.any(|(at, c)| {
        let after = words.get(at + c.len_utf8()..).unwrap_or("");
        !after.trim().is_empty() && (!c.is_ascii() || after.starts_with(char::is_whitespace))
    })
}

/// Maximum length of a label in characters.
const MAX_LABEL: usize = 40;

/// Whether the text begins like `Upgrade path: …`, as parts of a record do.
fn begins_with_label(words: &str) -> bool {
    words.split_once([':', '：']).is_some_and(|(label, text)| {
        let is_short = label.chars().count() <= MAX_LABEL && label.split_whitespace().count() <= 4;
        let is_label = label.chars().any(char::is_alphabetic) && !label.contains(['.', ',', '!', '?', '"', '“']);
        is_short && is_label && (text.starts_with(char::is_whitespace) || words.contains('：'))
    })
}

/// Whether the paragraph is not in a quote, cell or list item, and does not contain links or images: those may repeat
/// text ("read more in …").
fn is_plain(element: &Element<'_>) -> bool {
    let unknown = element.span().is_none_or(|span| element.tree().has_template(span));
    let refers = element.descendant_elements().any(|inner| matches!(inner.name(), "a" | "img"));
    !unknown && !refers && prose::is_top_level(*element)
}
