//! `spacer-paragraph`: an empty paragraph that is used for spacing.

use crate::diagnostic::{Fix, Safety};
use crate::document::ask::accessible_name::is_blank;
use crate::document::ask::prose::has_words;
use crate::document::ask::scripted::is_followed_by_script;
use crate::document::edit::element;
use crate::document::edit::merging::would_merge;
use crate::document::{Document, Element, Node, NodeKind, Origin};
use crate::edit::Edit;
use crate::edit::lines::Lines;
use crate::place::dialect::Dialect;
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use serde::Deserialize;

/// Attributes that editors add automatically; with any other attribute, a paragraph may have another purpose.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct SpacerParagraph {
    editor_attributes: Vec<String>,
    editor_classes: Vec<String>,
}

/// Elements that may contain a paragraph that is a block of the post. In a cell, a list item, a figure or a component,
/// an empty paragraph may be a placeholder.
const CONTAINERS: &[&str] = &["html", "body", "main", "article", "section", "div", "center", "blockquote"];

/// Inline elements that show nothing if they are empty.
const WRAPPERS: &[&str] = &["b", "big", "em", "font", "i", "o:p", "s", "small", "span", "strong", "sub", "sup", "u"];

/// Properties that style text: without text they have no effect. Others (`clear`, `height`, `background`) may be
/// intentional.
const TEXT_PROPERTIES: &[&str] = &[
    "caret-color", "color", "font", "letter-spacing", "line-height", "margin", "mso-", "orphans", "overflow-wrap",
    "padding", "text-", "white-space", "widows", "word-",
];

/// Blocks between which a single `<br>` is a spacer.
const BLOCKS: &[&str] = &[
    "article", "aside", "blockquote", "details", "div", "dl", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ol",
    "p", "pre", "section", "table", "ul",
];

/// Blocks that have no margin of their own.
const BOXES: &[&str] = &["article", "aside", "details", "div", "section", "table"];

/// Maximum number of `<br>` in a run, and of siblings examined on each side of a spacer.
const MAX_RUN: usize = 64;

impl Check for SpacerParagraph {
    fn wants(&self) -> Wants {
        Wants::elements(&["p", "div", "br"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        let document = context.document;
        // The author has no style sheet for a README.
        if document.place.has_no_page {
            return;
        }
        let (last, span) = if element.name() == "br" {
            let Some(last) = self.lone_breaks(document, element) else { return };
            (last, element.start_tag().zip(break_tag(document, last)).map(|(first, last)| first.join(last)))
        } else if self.is_spacer(element) {
            (element, element.span())
        } else {
            return;
        };
        let is_own = |span: &Span| holds_own_tags_only(document, *span, element, last) && !reaches_on(*span, last);
        let Some(span) = span.filter(is_own) else { return };
        let removal = self.removal(document, element, last, span);
        let (safety, help) = self.effect(element, last);
        // Where the text around it must be written in another way first, removing it is only half of the fix.
        let fix = removal.filter(|_| help.is_none()).map(|edit| Fix::new("remove the spacer", safety, [edit]));
        // Without anything in it, there is no space to make in another way.
        let (label, help) = match help {
            None if element.name() == "p" && !has_space(element) => (Some("shows nothing"), Some("remove it")),
            help => (None, help),
        };
        let [message, label, help] = [message(element), label, help].map(|text| text.map(str::to_owned));
        context.report(Finding { message, label, help, fix, ..Finding::at(span) });
    }
}

impl SpacerParagraph {
    fn is_spacer(&self, element: Element<'_>) -> bool {
        self.is_blank_block(element)
            && element.ancestors().all(is_container)
            && !holds_a_place(element)
            && !(element.origin() == Origin::Markdown && is_between_boxes(element))
            && (has_space(element) || self.is_editors(element) || is_bare_paragraph(element))
    }

    /// Whether the element shows nothing and has no meaning.
    fn is_blank_block(&self, element: Element<'_>) -> bool {
        // A `<p>` that the next block closes was not meant to be empty.
        let is_whole = element.origin() == Origin::Markdown || element.end_tag().is_some();
        matches!(element.name(), "p" | "div")
            && is_whole
            && self.says_nothing(element)
            && element.descendants().all(|node| self.is_nothing(node))
    }

    fn is_nothing(&self, node: Node<'_>) -> bool {
        // HTML's error recovery copies an unclosed `<b>` from further up; a copy is not in the source.
        if node.origin() == Origin::Clone {
            return true;
        }
        match (node.kind(), node.as_element()) {
            (NodeKind::Text, _) => is_blank(node.text()),
            (_, Some(inner)) if inner.name() == "br" || WRAPPERS.contains(&inner.name()) => self.says_nothing(inner),
            _ => false,
        }
    }

    /// Whether the element has no attributes except those of editors and those that only affect text.
    fn says_nothing(&self, element: Element<'_>) -> bool {
        let begins = |known: &[String], name: &str| known.iter().any(|start| name.starts_with(start.as_str()));
        let nothing = |name: &str, value: &str| match name {
            "style" => value.split(';').all(is_text_property),
            "align" | "dir" | "lang" | "face" | "size" | "color" => true,
            "class" => value.split_ascii_whitespace().all(|class| begins(&self.editor_classes, class)),
            _ => begins(&self.editor_attributes, name),
        };
        !element.has_unknown_attributes()
            && element.attributes().all(|it| !it.is_unknown() && nothing(it.name(), it.value()))
    }

    /// Whether the element has attributes that an editor adds: then it is not a placeholder for a script.
    fn is_editors(&self, element: Element<'_>) -> bool {
        let known = |name: &str| self.editor_attributes.iter().any(|start| name.starts_with(start.as_str()));
        element.attributes().any(|attribute| known(attribute.name()) || attribute.name() == "class")
    }

    /// The last in a run of `<br>` that are alone between two blocks, if `first` is the first of the run.
    fn lone_breaks<'t>(&self, document: &Document<'_>, first: Element<'t>) -> Option<Element<'t>> {
        let is_block = |node: Option<Node<'_>>| {
            let element = node.and_then(Node::as_element);
            element.is_some_and(|element| element.is_html() && BLOCKS.contains(&element.name()))
        };
        let at_block_level = first.ancestors().all(is_container);
        if document.place.dialect == Dialect::Html || !at_block_level {
            return None;
        }
        let before = significant(first.node(), Node::previous_sibling);
        if !is_block(before) {
            return None;
        }
        let mut last = first;
        for _ in 0..MAX_RUN {
            if !self.says_nothing(last) {
                return None;
            }
            let next = significant(last.node(), Node::next_sibling);
            match next.and_then(Node::as_element).filter(|next| next.name() == "br") {
                Some(next) => last = next,
                // Nothing else keeps two boxes apart.
                None => return (is_block(next) && !(is_box(before) && is_box(next))).then_some(last),
            }
        }
        None
    }

    /// The edit that removes the spacer, if the blocks around it remain the same.
    fn removal(&self, document: &Document<'_>, first: Element<'_>, last: Element<'_>, span: Span) -> Option<Edit> {
        let source = document.source.text();
        let before = self.neighbour(first, Element::previous_element)?;
        let after = self.neighbour(last, Element::next_element)?;
        if before.zip(after).is_some_and(|(before, after)| would_merge(before, after)) {
            return None;
        }
        if document.place.dialect == Dialect::Html {
            let is_text = |node: Option<Node<'_>>| {
                node.is_some_and(|node| node.kind() == NodeKind::Text && !node.text().trim().is_empty())
            };
            // The two texts would become one line.
            let is_between = is_text(first.node().previous_sibling()) && is_text(last.node().next_sibling());
            return (!is_between).then(|| element::remove_block(source, span));
        }
        // A blank line between the blocks around the spacer must remain, or Markdown would join them.
        let lines = Lines::around(source, document.body, span).filter(|lines| lines.alone)?;
        let is_html = |element: Option<Element<'_>>| element.is_some_and(|element| element.origin() == Origin::Html);
        match (lines.blank_before, lines.blank_after) {
            (true, true) => Some(element::remove_block(source, span)),
            (before_blank, after_blank) => {
                // kramdown ends an HTML block at its end tag, so text directly after it is a separate paragraph
                // already.
                let own = document.place.dialect == Dialect::Kramdown && before_blank;
                let kept = (before_blank || is_html(before)) && (after_blank || own || is_html(after));
                kept.then(|| element::delete(lines.span))
            }
        }
    }

    /// Whether the blocks around the spacer stay apart without it, and the help if they do not.
    fn effect(&self, first: Element<'_>, last: Element<'_>) -> (Safety, Option<&'static str>) {
        let is_other = |node: &Node<'_>| match node.as_element() {
            Some(element) => element.name() != "br" && !self.is_blank_block(element),
            None => node.kind() == NodeKind::Text && !is_blank(node.text()),
        };
        let mut before =
            std::iter::successors(first.node().previous_sibling(), |node| node.previous_sibling()).take(MAX_RUN);
        let mut after = std::iter::successors(last.node().next_sibling(), |node| node.next_sibling()).take(MAX_RUN);
        let (before, after) = (before.find(is_other), after.find(is_other));
        let is_any = |node: Option<Node<'_>>, names: &[&str]| {
            node.and_then(Node::as_element).is_some_and(|element| names.contains(&element.name()))
        };
        if before.is_some_and(has_no_margin) || after.is_some_and(has_no_margin) {
            return (Safety::Unsafe, Some("write the text around it as `<p>`, which has a margin, then remove this"));
        }
        // The paragraph after a list would seem to belong to it, and a style for the size of the spacer is there on purpose.
        let ends_list = is_any(before, &["ul", "ol", "dl"]);
        // What a box with a style contains may have no margins either.
        let is_in_box = || first.ancestors().any(|above| above.has_attribute("class"));
        let is_at_box = is_break(first) && (is_any(before, BOXES) || is_any(after, BOXES) || is_in_box());
        (if ends_list || is_at_box || has_size(first) { Safety::Unsafe } else { Safety::Safe }, None)
    }

    /// The nearest sibling that is not a spacer itself; `None` if the run of spacers is too long.
    fn neighbour<'t>(
        &self,
        element: Element<'t>,
        step: fn(Element<'t>) -> Option<Element<'t>>,
    ) -> Option<Option<Element<'t>>> {
        let mut siblings = std::iter::successors(step(element), |sibling| step(*sibling)).take(MAX_RUN);
        let found = siblings.find(|sibling| sibling.name() != "br" && !self.is_blank_block(*sibling));
        (found.is_some() || siblings.next().is_none()).then_some(found)
    }
}

/// Whether the spacer is a `<br>`, alone or in a paragraph that Markdown makes around it.
fn is_break(spacer: Element<'_>) -> bool {
    spacer.name() == "br" || spacer.origin() == Origin::Markdown
}

fn is_box(node: Option<Node<'_>>) -> bool {
    node.and_then(Node::as_element).is_some_and(|element| BOXES.contains(&element.name()))
}

/// Whether nothing else keeps the blocks around the spacer apart.
fn is_between_boxes(spacer: Element<'_>) -> bool {
    let node = spacer.node();
    is_box(significant(node, Node::previous_sibling)) && is_box(significant(node, Node::next_sibling))
}

/// The tag of a break, and the `</br>` after it. HTML makes another break of that, which is written nowhere else.
fn break_tag(document: &Document<'_>, element: Element<'_>) -> Option<Span> {
    let tag = element.start_tag().or_else(|| element.previous_element()?.start_tag())?;
    let is_ended = document.source.text().get(tag.end as usize..).is_some_and(|rest| rest.starts_with("</br>"));
    match is_ended {
        true => Some(Span::new(tag.start, tag.end + "</br>".len() as u32)),
        false => element.start_tag(),
    }
}

/// Whether a style of the spacer or of an element in it says how much space it takes.
fn has_size(spacer: Element<'_>) -> bool {
    let sizes = |declaration: &str| {
        let name = declaration.trim_start().to_ascii_lowercase();
        ["font", "height", "line-height", "margin", "padding"].iter().any(|it| name.starts_with(it))
    };
    let mut elements = std::iter::once(spacer).chain(spacer.descendant_elements());
    elements.any(|it| it.attribute("style").is_some_and(|style| style.value().split(';').any(sizes)))
}

/// The message, if the spacer is not a paragraph that an author wrote.
fn message(spacer: Element<'_>) -> Option<&'static str> {
    // Two spaces at the end of a line are one as well, but the author sees an empty line.
    let has_break = || spacer.descendant_elements().any(|inner| inner.name() == "br" && inner.origin() == Origin::Html);
    match spacer.name() {
        "br" => Some("`<br>` used as a spacer between blocks"),
        "div" => Some("empty block used as a spacer"),
        // Its margins collapse with those around it.
        _ if !has_space(spacer) => Some("empty paragraph"),
        _ if spacer.origin() == Origin::Markdown && has_break() => Some("`<br>` used as a spacer between blocks"),
        _ => None,
    }
}

/// Whether the node is text that browsers put directly below what is above it: text in a `<div>` or in no block at all.
fn has_no_margin(node: Node<'_>) -> bool {
    let Some(element) = node.as_element() else { return node.kind() == NodeKind::Text && !is_blank(node.text()) };
    let is_line =
        |inner: Element<'_>| WRAPPERS.contains(&inner.name()) || matches!(inner.name(), "a" | "br" | "img" | "code");
    match element.name() {
        "div" | "center" => has_words(element) && element.child_elements().all(is_line),
        _ => is_line(element) && has_words(element),
    }
}

/// Whether the span contains what comes after the spacer: a block ends a paragraph of Markdown in the tree, whose span
/// goes on.
fn reaches_on(span: Span, last: Element<'_>) -> bool {
    let mut after = std::iter::successors(last.node().next_sibling(), |node| node.next_sibling());
    after.find_map(Node::span).is_some_and(|next| next.start < span.end)
}

/// Whether each tag written in the span belongs to an element of the spacer. If not, the span also contains the start or
/// the end of something that goes on outside of it.
fn holds_own_tags_only(document: &Document<'_>, span: Span, first: Element<'_>, last: Element<'_>) -> bool {
    let written = document.source.slice(span);
    let mut own: Vec<u32> = Vec::new();
    let mut add = |element: Element<'_>| {
        let is_html = element.origin() == Origin::Html;
        own.extend(element.start_tag().filter(|_| is_html).into_iter().chain(element.end_tag()).map(|tag| tag.start));
    };
    let siblings = std::iter::successors(Some(first), |element| element.next_element()).take(MAX_RUN);
    for element in siblings {
        add(element);
        element.descendants().filter_map(Node::as_element).for_each(&mut add);
        if element.node().id() == last.node().id() {
            break;
        }
    }
    own.sort_unstable();
    // HTML makes a break of `</br>` as well.
    let is_break = |at: usize| written.get(at..).is_some_and(|tag| tag.starts_with("</br"));
    let mut tags = memchr::memchr_iter(b'<', written.as_bytes());
    tags.all(|at| own.binary_search(&(span.start + at as u32)).is_ok() || is_break(at))
}

/// Whether the element may contain spacers. This includes the copy of an unclosed `<b>` that HTML's error recovery
/// makes.
fn is_container(element: Element<'_>) -> bool {
    element.origin() == Origin::Clone || CONTAINERS.contains(&element.name())
}

/// Whether the blank element is a `<p>`, which still has margins, and no script follows that may fill it. An empty
/// `<div>` takes up no space.
fn is_bare_paragraph(element: Element<'_>) -> bool {
    element.name() == "p" && !is_followed_by_script(element)
}

/// Whether the element contains something that takes up space.
fn has_space(element: Element<'_>) -> bool {
    let wide = |node: Node<'_>| node.text().chars().any(|c| !c.is_ascii_whitespace());
    let markdown = element.origin() == Origin::Markdown;
    markdown || element.descendants().any(|node| wide(node) || node.as_element().is_some_and(|it| it.name() == "br"))
}

/// Whether the element may be a placeholder: a `div` in an element with attributes, or the only child of one.
fn holds_a_place(element: Element<'_>) -> bool {
    let top = |above: Element<'_>| matches!(above.name(), "html" | "body");
    let Some(parent) = element.parent().filter(|parent| !top(*parent)) else { return false };
    let styled = parent.attributes().next().is_some();
    let alone = element.previous_element().is_none() && element.next_element().is_none();
    styled && (element.name() == "div" || alone)
}

/// The nearest node in a direction that is not whitespace.
fn significant<'t>(node: Node<'t>, step: fn(Node<'t>) -> Option<Node<'t>>) -> Option<Node<'t>> {
    let is_space = |node: &Node<'t>| node.kind() == NodeKind::Text && node.text().trim().is_empty();
    std::iter::successors(step(node), |node| step(*node)).find(|node| !is_space(node))
}

fn is_text_property(declaration: &str) -> bool {
    let name = declaration.split(':').next().unwrap_or("").trim().to_ascii_lowercase();
    name.is_empty() || TEXT_PROPERTIES.iter().any(|known| name.starts_with(known))
}
