//! `heading-faked-in-bold`: a paragraph of bold text in place of a heading.

use crate::diagnostic::{Fix, Safety};
use crate::document::ask::accessible_name::is_blank;
use crate::document::ask::prose;
use crate::document::edit::element;
use crate::document::{Element, Node, NodeKind, Origin};
use crate::edit::Edit;
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;
use unicode_width::UnicodeWidthStr;

/// One bold line may be an introduction. Several are headings that are missing from the table of contents.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct HeadingFakedInBold {
    max_width: usize,
    at_least: usize,
}

impl Check for HeadingFakedInBold {
    fn wants(&self) -> Wants {
        Wants::together(&["p", "h1", "h2", "h3", "h4", "h5", "h6"])
    }

    fn elements(&self, context: &mut Context<'_>, elements: &[Element<'_>]) {
        let faked: Vec<bool> = elements.iter().map(|it| it.name() == "p" && self.is_faked(*it)).collect();
        let count = faked.iter().filter(|is_faked| **is_faked).count();
        if count < self.at_least {
            return;
        }
        // A section begins with `h2`: the title is the `h1`.
        let mut above = 1;
        let source = context.document.source.text();
        let mut found = Vec::with_capacity(count);
        for (element, is_faked) in elements.iter().zip(faked) {
            above = element.heading_level().unwrap_or(above);
            if let Some(span) = element.span().filter(|_| is_faked) {
                let level = above + 1;
                let edits = if level <= 6 { as_heading(source, *element, level) } else { None };
                let fix =
                    edits.map(|edits| Fix::new(format!("make it a heading of level {level}"), Safety::Unsafe, edits));
                found.push(Finding { fix, ..Finding::at(span) });
            }
        }
        found.into_iter().for_each(|finding| context.report(finding));
    }
}

impl HeadingFakedInBold {
    fn is_faked(&self, paragraph: Element<'_>) -> bool {
        let is_bold = |only: &Element<'_>| matches!(only.name(), "b" | "strong");
        let Some(bold) = only_child(paragraph).and_then(Node::as_element).filter(is_bold) else { return false };
        let words = prose::words(paragraph);
        let ends =
            words.trim_end().ends_with(['.', '!', '?', ',', ':', ';', '。', '！', '？', '：', '…', ')', '"', '”']);
        let is_followed =
            paragraph.next_element().is_some_and(|next| matches!(next.name(), "p" | "ul" | "ol" | "table"));
        prose::is_top_level(paragraph)
            && !words.is_empty()
            && words.width() <= self.max_width
            && !ends
            && is_followed
            && !bold.descendant_elements().any(|inner| matches!(inner.name(), "img" | "a" | "br"))
    }
}

/// The edits that make a heading of a paragraph whose only child is bold.
fn as_heading(source: &str, paragraph: Element<'_>, level: u8) -> Option<Vec<Edit>> {
    let bold = only_child(paragraph)?.as_element()?;
    if bold.attributes().next().is_some() {
        return None;
    }
    if paragraph.origin() == Origin::Html {
        let mut edits = element::rename_tag(paragraph, &format!("h{level}"))?;
        paragraph.end_tag()?;
        edits.extend(element::unwrap(bold)?);
        return Some(edits);
    }
    let (whole, own) = (paragraph.span()?, bold.span()?);
    let written = own.slice(source);
    let inside = ["**", "__"].into_iter().find_map(|mark| written.strip_prefix(mark)?.strip_suffix(mark))?;
    // Marks at its end would belong to the heading.
    let is_plain = !inside.contains('\n') && !inside.ends_with(['#', '}', '\\']);
    (is_plain && whole.slice(source).trim() == written)
        .then(|| vec![element::replace(own, &format!("{} {inside}", "#".repeat(level.into())))])
}

/// The only child of an element.
fn only_child(element: Element<'_>) -> Option<Node<'_>> {
    let is_space = |node: &Node<'_>| node.kind() == NodeKind::Text && is_blank(node.text());
    let mut inside = element.children().filter(|node| !is_space(node));
    let only = inside.next()?;
    inside.next().is_none().then_some(only)
}
