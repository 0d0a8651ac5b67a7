//! The words of a post that readers see, and its code.

use crate::document::{Element, Node, NodeKind, Origin, Tree};
use crate::source::{Span, holds};
use crate::text;
use html5ever::local_name;
use rustc_hash::FxHasher;
use std::borrow::Cow;
use std::hash::Hasher;

/// Maximum number of nodes examined for an element's text: no real paragraph has more.
const MAX_NODES: usize = 5_000;

/// Whether the element contains code or other text that is not prose.
pub fn is_code(element: Element<'_>) -> bool {
    matches!(
        *element.local_name(),
        local_name!("code")
            | local_name!("pre")
            | local_name!("kbd")
            | local_name!("samp")
            | local_name!("tt")
            | local_name!("var")
            | local_name!("script")
            | local_name!("style")
            | local_name!("textarea")
            | local_name!("math")
            | local_name!("svg")
    )
}

/// Whether the text is prose: not in code, a script or a style.
pub fn is_prose(node: Node<'_>) -> bool {
    node.kind() == NodeKind::Text && !node.ancestors().any(is_code)
}

/// Whether a block is directly in the body of the post: not in a quote, list, cell or component.
pub fn is_top_level(block: Element<'_>) -> bool {
    const BODY: &[&str] = &["html", "body", "main", "article", "section", "div"];
    // HTML's error recovery copies an unclosed element around the rest of the post: ignore the copies.
    block.ancestors().all(|it| it.origin() == Origin::Clone || BODY.contains(&it.name()))
}

/// The text inside an element with whitespace collapsed, without scripts and styles.
pub fn words(element: Element<'_>) -> Cow<'_, str> {
    text::into_collapsed(text(element))
}

/// The text inside an element with whitespace kept, without scripts and styles.
pub fn text(element: Element<'_>) -> Cow<'_, str> {
    let mut pieces = pieces(element);
    let (first, second) = (pieces.next().unwrap_or(""), pieces.next());
    let Some(second) = second else { return Cow::Borrowed(first) };
    let mut all = String::with_capacity(element.span().map_or(0, Span::len) as usize);
    all.extend([first, second].into_iter().chain(pieces));
    Cow::Owned(all)
}

/// Whether an element shows any text.
pub fn has_words(element: Element<'_>) -> bool {
    pieces(element).any(|piece| !piece.trim().is_empty())
}

/// The length in bytes of the [`text`](text()) inside an element.
pub fn length(element: Element<'_>) -> usize {
    pieces(element).map(str::len).sum()
}

/// The pieces of text inside an element; a line break is a space.
fn pieces(element: Element<'_>) -> impl Iterator<Item = &str> {
    element.descendants().take(MAX_NODES).filter_map(|node| match node.kind() {
        NodeKind::Text => is_shown(node).then(|| node.text()),
        _ => node.as_element().filter(|inner| *inner.local_name() == local_name!("br")).map(|_| " "),
    })
}

/// Number of bytes that [`beginning`] hashes: more would hardly distinguish more paragraphs. Hashing the whole text
/// costs 5.5% more instructions on eleventy-18f.
const BEGINNING: usize = 24;

/// A hash that is equal for elements with equal [`words`].
pub fn beginning(element: Element<'_>) -> u64 {
    let nodes = element.descendants().take(MAX_NODES).filter(|node| node.kind() == NodeKind::Text);
    let shown = nodes.filter(|node| is_shown(*node));
    // Whitespace and the division into nodes do not affect the hash.
    let letters = shown.flat_map(|node| node.text().split(char::is_whitespace)).flat_map(str::bytes);
    let mut hasher = FxHasher::default();
    letters.take(BEGINNING).for_each(|byte| hasher.write_u8(byte));
    hasher.finish()
}

/// Spans of code, scripts and styles, sorted, without overlaps.
pub struct Code(Vec<Span>);

impl Code {
    /// Collects the code of `tree`.
    pub fn of(tree: &Tree<'_>) -> Self {
        let mut spans: Vec<Span> = Vec::new();
        let mut all: Vec<Span> =
            tree.elements().filter(|element| is_code(*element)).filter_map(Element::span).collect();
        all.sort_unstable();
        for span in all {
            match spans.last_mut() {
                Some(last) if span.start < last.end => *last = last.join(span),
                _ => spans.push(span),
            }
        }
        Code(spans)
    }

    /// Whether the byte at `offset` is code.
    pub fn holds(&self, offset: u32) -> bool {
        holds(&self.0, offset)
    }
}

/// The text of the nodes, with a space after each.
pub fn of_nodes<'t>(nodes: impl Iterator<Item = Node<'t>>) -> String {
    nodes.flat_map(|node| [node.text(), " "]).collect()
}

/// Whether a text node is shown: not the text of a script or a style.
pub fn is_shown(text: Node<'_>) -> bool {
    !text.ancestors().next().is_some_and(|parent| matches!(parent.name(), "script" | "style"))
}
