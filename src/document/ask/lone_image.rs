//! Images that are a block of their own.

use crate::document::{Document, Element, Node, NodeKind, Origin};

impl Document<'_> {
    /// Whether the site's engine emits a Markdown image that is alone in its paragraph without `<p>`, and this is one: no
    /// other is directly in an element that contains blocks. In list items, which may contain text as well, what is beside
    /// the image decides. <https://gohugo.io/configuration/markup/#wrapstandaloneimagewithinparagraph>
    pub fn is_image_without_paragraph(&self, image: Element<'_>) -> bool {
        !self.place.flavor.images_in_paragraphs
            && image.name() == "img"
            && image.origin() == Origin::Markdown
            && image.parent().is_none_or(contains_blocks)
    }
}

/// Whether Markdown in this element is always in blocks.
fn contains_blocks(element: Element<'_>) -> bool {
    match element.name() {
        "html" | "body" | "main" | "header" | "footer" | "nav" | "form" | "fieldset" | "article" | "section"
        | "aside" | "blockquote" | "center" | "details" | "div" | "figure" => true,
        // Cells and items that Markdown makes contain text.
        "td" | "th" | "li" | "dd" => element.origin() == Origin::Html,
        _ => false,
    }
}

/// Maximum number of parts of a page that are looked at: one may have nothing but images.
const MAX_PARTS: usize = 500;

/// Whether nothing else is in the block around an image but its caption: in a paragraph, a `<div>` or a `<figure>`.
pub fn is_alone(image: Element<'_>) -> bool {
    let Some(block) = image.parent() else { return true };
    let is_own = |node: Node<'_>| match node.as_element() {
        Some(inner) => node.id() == image.node().id() || matches!(inner.name(), "br" | "figcaption"),
        None => node.kind() != NodeKind::Text || node.text().trim().is_empty(),
    };
    let is_blank = |node: Node<'_>| node.kind() != NodeKind::Text || node.text().trim().is_empty();
    match block.name() {
        "p" | "div" | "figure" | "center" => block.children().all(is_own),
        "html" | "body" | "main" | "article" | "section" | "blockquote" => {
            block.children().take(MAX_PARTS).all(is_blank)
        }
        _ => false,
    }
}
