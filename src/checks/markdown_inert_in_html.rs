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
            let element = texts.element_at(note.span.start);
            let around = element.map(|element| element.node().id());
            if around.is_none() || around != reported {
                let is_inline = element.is_some_and(|element| INLINE.contains(&element.name()));
                let help = is_inline
                    .then(|| "write it as HTML, or add `markdown=\"span\"` to the element around it".to_owned());
                context.report(Finding { help, ..Finding::at(note.span) });
            }
            reported = around;
        }
    }
}

/// Elements in which kramdown reads inline text only: `markdown="1"` has no effect on them.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q", "s",
    "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var",
];
