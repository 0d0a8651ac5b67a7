//! `text-glued-to-html`: Markdown directly after an HTML block, which CommonMark parses as part of the block.

use crate::diagnostic::{Fix, Safety};
use crate::document::ask::accessible_name::is_blank;
use crate::document::edit::element;
use crate::document::{Document, Element, Node, NodeKind, Origin};
use crate::place::dialect::{Dialect, Generator};
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct TextGluedToHtml {}

impl Check for TextGluedToHtml {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        // Eleventy writes no page: where the text is shown, if anywhere, is not known.
        let is_kept_back =
            document.place.generator == Generator::Eleventy && document.field("permalink").is_word("false");
        if document.place.dialect != Dialect::CommonMark || is_kept_back {
            return;
        }
        let source = document.source.text();
        for node in top_level(document).into_iter().filter(|node| node.kind() == NodeKind::Text) {
            let Some(written) = node.span().filter(|_| !is_blank(node.text())) else { continue };
            let Some(line) = glued_line(source, node, written) else { continue };
            let indent = source.get(..line.start as usize).and_then(|head| head.rsplit('\n').next()).unwrap_or("");
            let line_start = line.start - indent.len() as u32;
            let blank_line = element::replace(Span::empty(line_start), "\n");
            let fix = Some(Fix::new("insert a blank line", Safety::Safe, [blank_line]));
            context.report(Finding { fix, ..Finding::at(line) });
        }
    }
}

/// The top-level nodes of the body.
fn top_level<'d>(document: &'d Document<'_>) -> Vec<Node<'d>> {
    let is_page = |it: Element<'_>| it.origin() == Origin::Implied && matches!(it.name(), "html" | "body");
    let (mut found, mut pages) = (Vec::new(), vec![document.tree.root()]);
    while let Some(page) = pages.pop() {
        for node in page.children() {
            let list = if node.as_element().is_some_and(is_page) { &mut pages } else { &mut found };
            list.push(node);
        }
    }
    found
}

/// The first line of a text that begins on the line after the HTML element before it.
fn glued_line(source: &str, text: Node<'_>, written: Span) -> Option<Span> {
    let before = text.previous_sibling()?.as_element()?;
    let end = before.end_tag().filter(|_| before.origin() == Origin::Html)?;
    if !is_block(before.name()) || end.is_empty() || end.end > written.start {
        return None;
    }
    let all = written.slice(source);
    let blanks = all.len() - all.trim_start().len();
    let between = source.get(end.end as usize..written.start as usize + blanks)?;
    let one_line_below = between.matches('\n').count() == 1 && between.trim().is_empty();
    let line = all.trim_start().lines().next()?.trim_end();
    let start = written.start + blanks as u32;
    // A line that begins with `:::` is a directive for a plugin, which processes it before Markdown is parsed, and a
    // layout may replace `{{ … }}`.
    (one_line_below && !line.is_empty() && ![":::", "{{", "{%"].iter().any(|start| line.starts_with(start)))
        .then(|| Span::new(start, start + line.len() as u32))
}

/// Elements that begin an HTML block that ends only at a blank line
/// (<https://spec.commonmark.org/0.31.2/#html-blocks>).
fn is_block(name: &str) -> bool {
    const BLOCKS: &[&str] = &[
        "address", "article", "aside", "blockquote", "center", "details", "div", "dl", "fieldset", "figure", "footer",
        "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "iframe", "main", "nav", "ol", "p", "section", "table",
        "ul",
    ];
    BLOCKS.contains(&name)
}
