//! `emphasis-not-rendered`: `**` that CommonMark renders as literal asterisks, because of the characters next to it.

use crate::diagnostic::{Fix, Safety};
use crate::document::ask::prose;
use crate::document::edit::element;
use crate::document::{Document, Element, Node, NodeId, Origin};
use crate::place::dialect::Dialect;
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct EmphasisNotRendered {}

/// Maximum length in bytes of two `**` with the text between them.
const MAX_LENGTH: u32 = 600;

impl Check for EmphasisNotRendered {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        if !matches!(document.place.dialect, Dialect::CommonMark | Dialect::Mdx) {
            return;
        }
        let marks = printed_marks(document);
        let pairs = marks.chunk_by(|a, b| a.block == b.block).flat_map(|marks| marks.chunks_exact(2));
        for pair in pairs {
            let &[Mark { at: open, .. }, Mark { at: close, .. }] = pair else { continue };
            let whole = Span::new(open, close + 2);
            let inside = Span::new(open + 2, close).slice(document.source.text());
            if whole.len() > MAX_LENGTH || inside.trim() != inside || inside.is_empty() || inside.contains("\n\n") {
                continue;
            }
            let Some(reason) = why_not(document.source.text(), whole) else { continue };
            let edits = [
                element::replace(Span::new(open, open + 2), "<strong>"),
                element::replace(Span::new(close, close + 2), "</strong>"),
            ];
            let fix = Some(Fix::new("write `<strong>`", Safety::Unsafe, edits));
            context.report(Finding { label: Some(reason), fix, ..Finding::at(whole) });
        }
    }
}

/// A `**` that is rendered as text.
struct Mark {
    block: NodeId,
    at: u32,
}

/// The `**` that are rendered as text in Markdown blocks, block by block, in source order.
fn printed_marks(document: &Document<'_>) -> Vec<Mark> {
    let source = document.source.text().as_bytes();
    let written: Vec<u32> = memchr::memmem::find_iter(source, "**").map(|at| at as u32).collect();
    let holds_mark = |node: &Node<'_>| node.span().is_some_and(|span| span.holds_one_of(&written));
    let mut marks = Vec::new();
    for node in document.tree.text_nodes().filter(|node| !written.is_empty() && holds_mark(node)) {
        let block = node.ancestors().find(|it| is_block(*it)).filter(|block| holds_emphasis(*block));
        let Some(block) = block.filter(|_| prose::is_prose(node)) else { continue };
        let offsets = node.written_offsets();
        for (at, _) in node.text().match_indices("**") {
            let Some(written) = offsets.get(at as u32) else { continue };
            let start = written as usize;
            let is_pair = source.get(start..start + 2) == Some(b"**");
            let alone = source.get(start + 2) != Some(&b'*')
                && !matches!(source.get(start.wrapping_sub(1)), Some(b'*' | b'\\'));
            if is_pair && alone {
                marks.push(Mark { block: block.node().id(), at: written });
            }
        }
    }
    // The text of a block may continue after a nested block.
    marks.sort_by_key(|mark| mark.block);
    marks
}

/// Whether the text of a block is parsed as Markdown.
fn holds_emphasis(block: Element<'_>) -> bool {
    block.origin() == Origin::Markdown && !matches!(block.name(), "blockquote" | "div")
}

fn is_block(element: Element<'_>) -> bool {
    matches!(element.name(), "p" | "li" | "td" | "th" | "dd" | "dt" | "blockquote" | "div")
        || element.heading_level().is_some()
}

/// Why CommonMark does not parse the marks as emphasis
/// (<https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run>).
fn why_not(source: &str, whole: Span) -> Option<String> {
    let before = source.get(..whole.start as usize)?.chars().next_back();
    let after = source.get(whole.end as usize..)?.chars().next();
    let inside = source.get(whole.start as usize + 2..whole.end as usize - 2)?;
    let (first, last) = (inside.chars().next()?, inside.chars().next_back()?);
    let is_letter = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace() && !is_punctuation(c));
    if is_punctuation(last) && is_letter(after) {
        return Some(format!("`{last}` before and a letter after the closing `**`"));
    }
    if is_punctuation(first) && is_letter(before) {
        return Some(format!("a letter before and `{first}` after the opening `**`"));
    }
    None
}

/// Whether CommonMark treats the character as punctuation, which includes symbols. This is an approximation: every
/// character counts that is not alphanumeric, whitespace, zero-width, a combining mark or a variation selector.
fn is_punctuation(c: char) -> bool {
    !c.is_alphanumeric()
        && !c.is_whitespace()
        && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{300}'..='\u{36f}' | '\u{fe0f}')
}
