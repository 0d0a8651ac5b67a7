//! `paragraph-duplicated`: a paragraph that occurs twice in one post.

use crate::diagnostic::{Fix, Label, Safety};
use crate::document::ask::branches::Branches;
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
        if !is_article(document) {
            return;
        }
        let (mut found, mut apart) = (Vec::new(), 0);
        // Compare only the beginnings first: those of most paragraphs are unique.
        let mut beginnings: FxHashMap<u64, Option<Element<'_>>> = FxHashMap::default();
        let mut first: FxHashMap<Cow<'_, str>, Span> = FxHashMap::default();
        let mut branches = None;
        for &element in elements {
            let is_long = |span: &Span| span.len() as usize >= self.min_length;
            let Some(span) = element.span().filter(|span| is_long(span) && is_plain(&element)) else { continue };
            match beginnings.entry(prose::beginning(element)) {
                Entry::Vacant(vacant) => {
                    vacant.insert(Some(element));
                    continue;
                }
                Entry::Occupied(mut other) => {
                    if let Some((other, span)) = other.get_mut().take().and_then(|other| Some((other, other.span()?))) {
                        first.insert(prose::words(other), span);
                    }
                }
            }
            let words = prose::words(element);
            if words.chars().count() < self.min_length {
                continue;
            }
            let Some(&before) = first.get(&words) else {
                first.insert(words, span);
                continue;
            };
            let branches = branches.get_or_insert_with(|| Branches::of(&document.tree));
            if branches.hold(span.start) || branches.hold(before.start) {
                continue;
            }
            let whole = element.origin() == Origin::Markdown || element.end_tag().is_some();
            let fix = whole.then(|| {
                Fix::new("remove the second one", Safety::Unsafe, [element::remove_block(document.source.text(), span)])
            });
            let between = Span::new(before.end, span.start.max(before.end)).slice(document.source.text());
            let is_apart = !between.trim().is_empty();
            apart += usize::from(is_apart);
            let related = vec![Label { span: before, message: "first written here".to_owned() }];
            found.push((is_apart, Finding { related, fix, identity: Some(words.into_owned()), ..Finding::at(span) }));
        }
        // Always report duplicates directly below the original. Report others only if they are few: many are repeated
        // on purpose.
        let slips = found.into_iter().filter(|(is_apart, _)| !is_apart || apart <= self.max_repeats);
        slips.for_each(|(_, finding)| context.report(finding));
    }
}

/// Whether the document is an article: manuals repeat sentences for similar things.
fn is_article(document: &Document<'_>) -> bool {
    document.place.is_post() || !document.field("date").is_blank()
}

/// Whether the paragraph is not in a quote, cell or list item, and does not contain links or images: those may repeat
/// text ("read more in …").
fn is_plain(element: &Element<'_>) -> bool {
    let unknown = element.span().is_none_or(|span| element.tree().has_template(span));
    let refers = element.descendant_elements().any(|inner| matches!(inner.name(), "a" | "img"));
    !unknown && !refers && prose::is_top_level(*element)
}
