//! `paragraph-indented`: paragraphs that begin with no-break spaces to indent their first line.

use crate::diagnostic::{Fix, Safety};
use crate::document::ask::prose;
use crate::document::edit::element;
use crate::document::{Element, Node, NodeKind};
use crate::edit::Edit;
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use serde::Deserialize;

/// Japanese and Chinese paragraphs begin with an ideographic space, which is left alone.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ParagraphIndented {
    min_spaces: usize,
}

/// Maximum number of nodes of a paragraph that are searched for a line break.
const MAX_NODES: usize = 200;

impl Check for ParagraphIndented {
    fn wants(&self) -> Wants {
        Wants::together(&["p"])
    }

    fn elements(&self, context: &mut Context<'_>, elements: &[Element<'_>]) {
        let indents: Vec<Span> = elements.iter().filter_map(|paragraph| self.indent(*paragraph)).collect();
        let Some(&first) = indents.first() else { return };
        let message = match indents.len() {
            1 => "paragraph is indented by no-break spaces".to_owned(),
            count => format!("{count} paragraphs are indented by no-break spaces"),
        };
        let edits: Vec<Edit> = indents.iter().map(|&indent| element::delete(indent)).collect();
        let fix = Fix::new("remove the no-break spaces", Safety::Unsafe, edits);
        context.report(Finding { message: Some(message), fix: Some(fix), ..Finding::of_post(first) });
    }
}

impl ParagraphIndented {
    /// The span of the spaces at the start of a paragraph of prose.
    fn indent(&self, paragraph: Element<'_>) -> Option<Span> {
        let first = paragraph.node().children().next().filter(|node| node.kind() == NodeKind::Text)?;
        let text = first.text();
        let start = text.len() - text.trim_start_matches(|c: char| c.is_ascii_whitespace()).len();
        let rest = text.get(start..).filter(|rest| rest.starts_with('\u{a0}'))?;
        let after = rest.trim_start_matches(|c: char| c == '\u{a0}' || c.is_ascii_whitespace());
        let indent = rest.get(..rest.len() - after.len())?;
        let spaces = indent.matches('\u{a0}').count();
        // In a poem or a listing, spaces are part of the layout.
        let has_lines = paragraph.descendant_elements().take(MAX_NODES).any(|inner| inner.name() == "br");
        // `spacer-paragraph` reports a paragraph that consists only of these spaces.
        let is_prose = after.starts_with(|c: char| !c.is_whitespace()) && !has_lines && prose::is_top_level(paragraph);
        let at = |offset: usize| Node::written_offset(first, offset as u32);
        (spaces >= self.min_spaces && is_prose).then_some(())?;
        Some(Span::new(at(start)?, at(start + indent.len())?))
    }
}
