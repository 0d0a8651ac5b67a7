//! `markdown-inert-in-html`: Markdown inside an HTML block, which is published verbatim.

use crate::document::Document;
use crate::document::ask::node_at::Texts;
use crate::document::tree::ParseNoteKind;
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct MarkdownInertInHtml {}

impl Check for MarkdownInertInHtml {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let notes = document.tree.notes().iter().filter(|note| note.kind == ParseNoteKind::MarkdownInHtml);
        let mut notes = notes.peekable();
        if notes.peek().is_none() {
            return;
        }
        let texts = Texts::of(&document.tree);
        let mut reported = None;
        // One finding per element: the cause is the same for all of its Markdown.
        for note in notes.filter(|note| !document.tree.has_template(note.span)) {
            let around = texts.element_at(note.span.start).map(|element| element.node().id());
            if around.is_none() || around != reported {
                context.report(Finding::at(note.span));
            }
            reported = around;
        }
    }
}
