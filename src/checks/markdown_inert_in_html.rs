//! `markdown-inert-in-html`: Markdown inside an HTML block, which is published verbatim.

use crate::document::Document;
use crate::document::ask::node_at::Texts;
use crate::document::tree::FactKind;
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

/// No options.
#[derive(Deserialize)]
pub struct MarkdownInertInHtml {}

impl Check for MarkdownInertInHtml {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let facts = document.tree.facts().iter().filter(|fact| fact.kind == FactKind::MarkdownInHtml);
        let mut facts = facts.peekable();
        if facts.peek().is_none() {
            return;
        }
        let texts = Texts::of(&document.tree);
        let mut reported = None;
        // One finding per element: the same is wrong with all of them.
        for fact in facts.filter(|fact| !document.tree.has_template(fact.span)) {
            let around = texts.element_at(fact.span.start).map(|element| element.node().id());
            if around.is_none() || around != reported {
                context.report(Finding::at(fact.span));
            }
            reported = around;
        }
    }
}
