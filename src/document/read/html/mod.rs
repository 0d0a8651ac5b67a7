//! Parses HTML into the tree by the rules of WHATWG tree construction; every node keeps its byte span.
//!
//! html5gum tokenizes, html5ever builds the tree. html5ever's own tokenizer reports line numbers only, and html5gum,
//! whose emitter sees every step and can therefore record byte spans, does not build a tree that recovers from errors
//! as browsers do. The cost of combining them is the code in this folder: html5ever does not report where a node came
//! from, so the sink has to match each node, text run and end tag that the tree builder creates or closes with the
//! current token (`feed`, `sink`, `text`). A new version of html5ever may break that silently; the tests in
//! `tests/it/document` compare the trees with html5lib's.

mod buffers;
mod builder;
mod feed;
mod formatting;
mod limits;
mod merged;
mod names;
mod positions;
mod reader;
mod sink;
mod templates;
mod text;
mod tokens;

use crate::document::tree::Tree;
use crate::document::tree::build::{Input, PositionMap};
pub use builder::Builder;
use html5ever::QualName;

/// The context in which HTML is parsed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// A whole page: `html`, `head` and `body` are implied if they are missing.
    Document,
    /// Content of a page's `body`.
    #[default]
    Fragment,
    /// Content of an element other than `body`.
    FragmentIn(QualName),
}

/// Parses the body of an HTML file. There is no `build` as for Markdown: it would only pass the HTML on to the builder,
/// which parses it itself. The text determines whether a whole page is built.
pub fn parse<'s>(input: &Input<'s, '_>) -> Tree<'s> {
    let text = input.body.slice(input.masked);
    let mode = if is_page(text) { Mode::Document } else { Mode::Fragment };
    let mut builder = Builder::new(input.source, input.masked, mode);
    builder.expect_templates(input.templates.to_vec());
    builder.tokenize(text, PositionMap::Linear(input.body.start));
    builder.finish(input.body.end, input.templates.to_vec())
}

/// Whether the first tag is one that only a whole page has.
fn is_page(input: &str) -> bool {
    let mut rest = input.trim_start();
    while let Some((comment, close)) = comment(rest) {
        let Some(end) = comment.find(close) else { return false };
        rest = comment[end + close.len()..].trim_start();
    }
    let Some(name) = rest.strip_prefix('<') else { return false };
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '!').unwrap_or(name.len());
    ["!doctype", "html", "head", "body"].iter().any(|page| name[..end].eq_ignore_ascii_case(page))
}

/// If `text` starts with a comment, the text after its opening delimiter, and its closing delimiter. An HTML parser
/// treats `<?xml …?>` and `<?php … ?>` as comments.
fn comment(text: &str) -> Option<(&str, &'static str)> {
    let written = text.strip_prefix("<!--").map(|rest| (rest, "-->"));
    written.or_else(|| text.strip_prefix("<?").map(|rest| (rest, ">")))
}

/// Void elements, which have no content and no end tag
/// (<https://html.spec.whatwg.org/multipage/syntax.html#void-elements>).
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Whether this is the name of a void element, ignoring case.
pub fn is_void(name: &str) -> bool {
    VOID.iter().any(|void| void.eq_ignore_ascii_case(name))
}
