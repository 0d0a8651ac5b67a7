//! `markdown-inert-in-html`: Markdown inside an HTML block, which is published verbatim.

use crate::document::ask::node_at::Texts;
use crate::document::ask::prose;
use crate::document::read::kramdown::unread;
use crate::document::tree::ParseNoteKind;
use crate::document::{Document, Element, Origin};
use crate::place::dialect::{Dialect, Generator};
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use crate::text::line_before;
use serde::Deserialize;
use std::ops::Range;

#[derive(Deserialize)]
pub struct MarkdownInertInHtml {}

impl Check for MarkdownInertInHtml {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        if document.place.dialect == Dialect::Html {
            return in_post_of_html(context, document);
        }
        let notes = document.tree.notes().iter().filter(|note| note.kind == ParseNoteKind::MarkdownInHtml);
        let mut notes = notes.peekable();
        // A file named `.md` may be MDX, which parses Markdown between tags.
        let may_be_mdx = matches!(document.place.generator, Generator::Plain | Generator::Next | Generator::Gatsby);
        if notes.peek().is_none() || may_be_mdx {
            return;
        }
        let texts = Texts::of(&document.tree);
        let mut reported = None;
        // One finding per element: the cause is the same for all of its Markdown.
        for note in notes.filter(|note| !document.tree.has_template(note.span)) {
            let element = texts.element_at(note.span.start);
            // `text-glued-to-html` reports text below an element.
            let is_inside = element.is_some_and(|it| it.origin() == Origin::Html && it.start_tag().is_some());
            if document.place.dialect != Dialect::Kramdown && !is_inside {
                continue;
            }
            let around = element.map(|element| element.node().id());
            if around.is_none() || around != reported {
                let help = match document.place.dialect {
                    Dialect::Kramdown => element.and_then(|element| help(document, element, note.span)),
                    _ => Some("write it as HTML, or put it on lines of its own between two empty lines"),
                };
                let help = help.map(str::to_owned);
                context.report(Finding { help, ..Finding::at(note.span) });
            }
            reported = around;
        }
    }
}

/// Reports bold text, links and pictures in a post that is not Markdown, once for each element.
fn in_post_of_html(context: &mut Context<'_>, document: &Document<'_>) {
    if document.place.generator == Generator::Plain {
        return;
    }
    let mut reported = None;
    for node in document.tree.text_nodes().filter(|node| prose::is_prose(*node)) {
        let Some(span) = node.span().filter(|span| !document.tree.has_template(*span)) else { continue };
        let source = document.source.text();
        let marks = unread::markdown_in(source, span.start as usize..span.end as usize);
        // `a[i](j)` may be a call.
        let is_link = |text: &str| text.starts_with(['[', '!']) && text.contains(['/', '.']);
        let is_certain =
            |mark: &Range<usize>| source.get(mark.clone()).is_some_and(|it| it.starts_with('*') || is_link(it));
        let Some(found) = marks.into_iter().find(is_certain) else { continue };
        let around = node.parent().map(|parent| parent.id());
        // A script of the page may read it.
        let is_read = || node.ancestors().any(may_be_read);
        if around != reported && !is_read() {
            let span = Span::new(found.start as u32, found.end as u32);
            context.report(Finding { help: Some("write it as HTML".to_owned()), ..Finding::at(span) });
        }
        reported = around;
    }
}

/// Whether a name or a value in the start tag speaks of Markdown: `<section data-markdown>`.
fn may_be_read(element: Element<'_>) -> bool {
    element.name().contains("markdown")
        || element.attributes().any(|it| it.name().contains("markdown") || it.value().contains("markdown"))
}

/// What to write instead of `markdown="1"`: nothing if that works.
fn help(document: &Document<'_>, element: Element<'_>, markdown: Span) -> Option<&'static str> {
    let source = document.source.text();
    let is_inline = INLINE.contains(&element.name());
    let Some((start, end)) = element.start_tag().zip(element.end_tag()).filter(|_| !is_inline) else {
        return is_inline.then_some(SPAN);
    };
    let inside = Span::new(start.end, end.start.max(start.end));
    let is_short = inside.len() <= MAX_SPAN;
    let has_paragraphs = || {
        let text = inside.slice(source);
        text.contains("\n\n") || text.contains("\r\n\r\n")
    };
    // kramdown 2.4 takes an end tag behind text for text, after a paragraph that it reads.
    let before = line_before(source, end.start);
    if before.trim().is_empty() {
        return None;
    }
    // In a line, kramdown takes the tags of blocks for text.
    let is_block = |inner: Element<'_>| !INLINE.contains(&inner.name()) && !IN_LINE.contains(&inner.name());
    if element.child_elements().take(MAX_CHILDREN).any(is_block) {
        return Some("write it as HTML");
    }
    let is_line = is_short && !markdown.slice(source).starts_with('#') && !has_paragraphs();
    Some(if is_line { SPAN } else { BLOCK })
}

/// Maximum length in bytes of what is read as text in a line.
const MAX_SPAN: u32 = 4096;

/// Maximum number of children that are examined.
const MAX_CHILDREN: usize = 100;

/// Other elements that may be in a line.
const IN_LINE: &[&str] =
    &["audio", "br", "button", "code", "img", "input", "label", "picture", "source", "svg", "time", "video", "wbr"];

const SPAN: &str = "write it as HTML, or add `markdown=\"span\"` to the element around it";

const BLOCK: &str =
    "write it as HTML, or add `markdown=\"1\"` to the element around it and put its text on lines of its own";

/// Elements on which `markdown="1"` has no effect in kramdown.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "big", "center", "cite", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark",
    "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var",
];
