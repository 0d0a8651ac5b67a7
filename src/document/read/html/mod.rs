//! Parses HTML into the tree by the rules of WHATWG tree construction; every node keeps its byte span.
//!
//! There are two ways to the same tree, behind one interface, [`Build`]: `native` puts Markdown constructs and well-nested HTML
//! straight into the tree and gives up where error recovery or a rare element is in the way; `construct` is html5ever's tree
//! builder, slower,
//! which builds any tree. A post is built natively first and constructed only if that gives up, so a native tree must be
//! equal to a constructed one: `tests/it/document/native.rs` compares them.
//!
//! [`Build`]: crate::document::tree::build::Build

mod construct;
mod mode;
mod names;
mod native;
mod positions;
mod raw_html;
mod templates;

use crate::document::tree::Tree;
use crate::document::tree::build::{Input, PositionMap};
pub use construct::Constructor;
pub use mode::Mode;
pub use native::{Native, Reason};

/// How a tree was built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// By the native builder.
    Native,
    /// By the tree constructor, because the native builder has given up or was not wanted.
    Constructed(Reason),
}

/// Parses the body of an HTML file with the native builder. There is no `build` as for Markdown: it would only pass the
/// HTML on to the builder, which parses it itself. The text determines whether it is a whole page.
pub fn parse_natively<'s>(input: &Input<'s, '_>) -> Result<Tree<'s>, Reason> {
    let new = if is_page(body(input)) { Native::page } else { Native::new };
    let mut native = new(input.source, input.masked, input.templates);
    native.parse(body(input), PositionMap::Linear(input.body.start));
    native.finish()
}

/// Parses the body of an HTML file with the tree constructor.
pub fn construct<'s>(input: &Input<'s, '_>) -> Tree<'s> {
    let mode = if is_page(body(input)) { Mode::Document } else { Mode::Fragment };
    let mut constructor = Constructor::new(input.source, input.masked, mode);
    constructor.expect_templates(input.templates.to_vec());
    constructor.tokenize(body(input), PositionMap::Linear(input.body.start));
    constructor.finish(input.body.end, input.templates.to_vec())
}

fn body<'m>(input: &Input<'_, 'm>) -> &'m str {
    input.body.slice(input.masked)
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
/// treats `<?xml …?>` and `<?php … ?>` as comments, and the mask of a template that is alone on its line.
fn comment(text: &str) -> Option<(&str, &'static str)> {
    let written = text.strip_prefix("<!--").map(|rest| (rest, "-->"));
    written.or_else(|| ["<?", "<!x"].iter().find_map(|open| text.strip_prefix(open)).map(|rest| (rest, ">")))
}

/// Void elements, which have no content and no end tag
/// (<https://html.spec.whatwg.org/multipage/syntax.html#void-elements>).
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Whether this is the name of a void element, ignoring case.
pub fn is_void(name: &str) -> bool {
    VOID.iter().any(|void| void.eq_ignore_ascii_case(name))
}
