//! `heading-skipped`: a heading that is more than one level below the heading before it in the same part of the page.

use crate::diagnostic::Label;
use crate::document::ask::callout::is_callout;
use crate::document::ask::hidden::may_be_hidden;
use crate::document::{Document, Element, Node, NodeId, NodeKind, Origin};
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use rustc_hash::FxHashMap;
use serde::Deserialize;

/// By default, a skipped level is reported only if one of the two headings is an HTML tag: Markdown linters check
/// Markdown headings.
#[derive(Deserialize)]
pub struct HeadingSkipped {
    markdown: bool,
}

struct Heading {
    level: u8,
    span: Span,
    is_markdown: bool,
    is_row_of_links: bool,
}

impl Check for HeadingSkipped {
    fn wants(&self) -> Wants {
        Wants::together(&["h1", "h2", "h3", "h4", "h5", "h6"])
    }

    fn elements(&self, context: &mut Context<'_>, elements: &[Element<'_>]) {
        let mut last: FxHashMap<Option<NodeId>, Heading> = FxHashMap::default();
        let mut templates = None;
        let headings = elements.iter().filter_map(|element| Some((*element, heading(*element)?)));
        let mut headings = headings.peekable();
        while let Some((element, (part, heading))) = headings.next() {
            if let Some(before) = last.get(&part)
                && heading.level > before.level + 1
                && (self.markdown || !(heading.is_markdown && before.is_markdown))
                && !templates.get_or_insert_with(|| Templates::of(context.document)).stand_between(before, &heading)
            {
                let help = match heading.is_row_of_links {
                    true => "use a `<p>`: a row of links is not a heading".to_owned(),
                    // There is no text between the two.
                    false if is_right_below(element, before) => {
                        format!("make it a level {} heading, or a `<p>` if it is a subtitle", before.level + 1)
                    }
                    false
                        if headings.peek().is_some_and(|(_, next)| next.0 == part && next.1.level >= heading.level) =>
                    {
                        format!("make it a level {} heading, and raise those that follow it as well", before.level + 1)
                    }
                    false => format!("make it a level {} heading", before.level + 1),
                };
                context.report(Finding {
                    message: Some(format!("heading level jumps from {} to {}", before.level, heading.level)),
                    related: vec![Label { span: before.span, message: format!("level {}", before.level) }],
                    help: Some(help),
                    ..Finding::at(heading.span)
                });
            }
            if !heading.is_row_of_links {
                last.insert(part, heading);
            }
        }
    }
}

/// Tags of Liquid, Nunjucks and Jinja that print no heading, and below which the headings above them are still there. After `else`,
/// `when` or `endif` they may be missing.
const TRANSPARENT: [&str; 7] = ["assign", "break", "continue", "endfor", "for", "if", "unless"];

/// The offsets of templates that may print headings.
struct Templates(Vec<u32>);

impl Templates {
    fn of(document: &Document<'_>) -> Self {
        let nodes = document.tree.root().descendants().filter(|node| node.kind() == NodeKind::Template);
        let spans = nodes.filter_map(|node| node.span()).filter(|span| !is_transparent(document.source.slice(*span)));
        let mut starts: Vec<u32> = spans.map(|span| span.start).collect();
        starts.sort_unstable();
        Templates(starts)
    }

    fn stand_between(&self, before: &Heading, after: &Heading) -> bool {
        Span::new(before.span.start, after.span.end).holds_one_of(&self.0)
    }
}

fn is_transparent(template: &str) -> bool {
    let inside = template.strip_prefix("{%").map(|inside| inside.trim_start_matches('-').trim_start());
    let name = inside.and_then(|inside| inside.split(|c: char| !c.is_ascii_alphanumeric()).next());
    name.is_some_and(|name| TRANSPARENT.contains(&name))
}

/// Whether nothing but whitespace is between a heading and the one before it.
fn is_right_below(heading: Element<'_>, before: &Heading) -> bool {
    let above = heading.previous_element().filter(|above| above.start_tag() == Some(before.span));
    let text = heading.node().previous_sibling().filter(|node| node.kind() == NodeKind::Text);
    above.is_some() && text.is_none_or(|node| node.text().trim().is_empty())
}

/// A heading, and the sidebar, menu or box that contains it. `None` if the heading is hidden, has a role or `aria-level` of its
/// own, or has no end tag.
fn heading(element: Element<'_>) -> Option<(Option<NodeId>, Heading)> {
    let level = element.heading_level()?;
    if !element.is_written() || !element.is_html() {
        return None;
    }
    let otherwise = element.has_attribute("role") || element.has_attribute("aria-level");
    let is_markdown = element.origin() == Origin::Markdown;
    let unclosed = !is_markdown && element.end_tag().is_none();
    if otherwise || unclosed || may_be_hidden(element) {
        return None;
    }
    let part = element.ancestors().find(|it| is_fixed_part(*it)).map(|it| it.node().id());
    Some((part, Heading { level, span: element.start_tag()?, is_markdown, is_row_of_links: is_row_of_links(element) }))
}

/// Whether the heading consists of several links and of signs between them.
fn is_row_of_links(heading: Element<'_>) -> bool {
    let links = heading.descendant_elements().filter(|inner| inner.is_link()).count();
    let is_outside = |node: &Node<'_>| node.ancestors().all(|above| !above.is_link());
    let texts = heading.descendants().filter(|node| matches!(node.kind(), NodeKind::Text | NodeKind::Template));
    links > 1 && texts.filter(is_outside).all(|node| is_sign(node))
}

fn is_sign(node: Node<'_>) -> bool {
    node.kind() == NodeKind::Text && !node.text().chars().any(char::is_alphanumeric)
}

/// Whether the element is a sidebar by its class or its id: `left-sidebar`, `sidebar__author`.
fn is_sidebar(element: Element<'_>) -> bool {
    let is_name = |name: &str| name.to_ascii_lowercase().split(['-', '_']).any(|word| word == "sidebar");
    let names = ["class", "id"].into_iter().filter_map(|name| element.attribute(name));
    element.name() == "div" && names.flat_map(|it| it.value().split_ascii_whitespace()).any(is_name)
}

/// Whether the element is a sidebar, a menu, or a box with a hint. Their heading levels are the same on every page,
/// whatever the levels of the post beside them are, as WAI's tutorial recommends.
fn is_fixed_part(element: Element<'_>) -> bool {
    matches!(element.name(), "aside" | "footer" | "nav")
        || is_callout(element)
        || is_sidebar(element)
        || matches!(
            element.attribute("role").map(|role| role.value()),
            Some("complementary" | "contentinfo" | "navigation")
        )
}
