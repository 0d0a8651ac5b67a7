//! HTML into the tree by the rules of WHATWG tree construction: html5gum's tokens go through html5ever's tree builder,
//! and every node keeps the bytes it came from.

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
use crate::document::tree::build::PositionMap;
use crate::source::Span;
pub use builder::Builder;
use html5ever::QualName;

/// What kind of HTML it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// A page of its own: `html`, `head` and `body` are made where they are not written.
    Document,
    /// Content of a page's `body`.
    #[default]
    Fragment,
    /// Content of another element.
    FragmentIn(QualName),
}

/// Parses the `body` of an HTML file. `parsed` is the file with its template syntax masked at equal length;
/// `templates` are the masked regions, ascending.
pub fn parse<'s>(source: &'s str, body: Span, parsed: &str, templates: Vec<Span>) -> Tree<'s> {
    let input = body.slice(parsed);
    let mode = if is_page(input) { Mode::Document } else { Mode::Fragment };
    let mut builder = Builder::new(source, parsed, mode);
    builder.expect_templates(templates.clone());
    builder.tokenize(input, PositionMap::Linear(body.start));
    builder.finish(body.end, templates)
}

/// True when the first mark-up says that this is a whole page.
fn is_page(input: &str) -> bool {
    let mut rest = input.trim_start();
    while let Some(comment) = rest.strip_prefix("<!--") {
        let Some(end) = comment.find("-->") else { return false };
        rest = comment[end + 3..].trim_start();
    }
    let Some(name) = rest.strip_prefix('<') else { return false };
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '!').unwrap_or(name.len());
    ["!doctype", "html", "head", "body"].iter().any(|page| name[..end].eq_ignore_ascii_case(page))
}

/// Elements without content, which nothing closes (<https://html.spec.whatwg.org/multipage/syntax.html#void-elements>).
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// True for the name of an element without content, in any case.
pub fn is_void(name: &str) -> bool {
    VOID.iter().any(|void| void.eq_ignore_ascii_case(name))
}
