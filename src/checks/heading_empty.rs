//! `heading-empty`: a heading without any text.

use crate::checks::alt_missing::lacks_alt;
use crate::diagnostic::{Fix, Safety};
use crate::document::ask::accessible_name::{is_bound, may_be_named};
use crate::document::ask::hidden::may_be_hidden;
use crate::document::ask::scripted::{has_script, is_followed_by_script};
use crate::document::edit::element;
use crate::document::{Document, Element, NodeKind, Origin};
use crate::edit::lines;
use crate::place::dialect::Dialect;
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use crate::text::{line_after, line_before};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct HeadingEmpty {}

impl Check for HeadingEmpty {
    fn wants(&self) -> Wants {
        Wants::elements(&["h1", "h2", "h3", "h4", "h5", "h6", "p", "li"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        if matches!(element.name(), "p" | "li") {
            if let Some(mark) = printed_mark(context.document, element) {
                context.report(printed(context.document, mark));
            }
            return;
        }
        if !element.is_html() || may_be_named(element) || is_filled_later(element) {
            return;
        }
        // `alt-missing` reports an image without any `alt`: fixing that fixes the heading.
        let images = || element.descendant_elements().filter(|inner| inner.name() == "img");
        if images().any(lacks_alt) {
            return;
        }
        let Some(span) = element.span() else { return };
        let bare = images().next().is_none() && has_end(element);
        let fix = bare.then(|| {
            let removal = element::remove_block(context.document.source.text(), span);
            Fix::new("remove the empty heading", Safety::Unsafe, [removal])
        });
        let message = format!("empty `<{}>` heading", element.name());
        context.report(Finding { message: Some(message), fix, ..Finding::at(span) });
    }
}

/// The `####` that is alone on a line of a paragraph or a list item, which kramdown renders as text.
fn printed_mark(document: &Document<'_>, element: Element<'_>) -> Option<Span> {
    if document.place.dialect != Dialect::Kramdown || element.origin() != Origin::Markdown {
        return None;
    }
    let source = document.source.text();
    let mut texts =
        element.children().filter(|node| node.kind() == NodeKind::Text && node.origin() == Origin::Markdown);
    texts.find_map(|text| mark_in(source, text.span()?, element.name() == "p"))
}

/// The mark in the span of a text. In a list item, only the text after the bullet may be one.
fn mark_in(source: &str, span: Span, has_lines: bool) -> Option<Span> {
    let written = span.slice(source);
    if !memchr::memchr(b'#', written.as_bytes()).is_some_and(|at| has_lines || written[..at].trim().is_empty()) {
        return None;
    }
    let mut start = span.start;
    for (index, line) in written.split_inclusive('\n').enumerate() {
        let mark = line.trim_start_matches(['>', ' ', '\t']).trim_end();
        let at = start + line.find('#').unwrap_or(0) as u32;
        start += line.len() as u32;
        let is_mark = !mark.is_empty() && mark.len() <= 6 && mark.bytes().all(|byte| byte == b'#');
        // `C` and `#` on two lines are a name.
        if is_mark && (index == 0 || mark.len() > 1) {
            let before = line_before(source, at);
            let after = line_after(source, at + mark.len() as u32);
            let is_alone = after.trim().is_empty() && before.bytes().all(|b| b" \t>*+-.)0123456789".contains(&b));
            return is_alone.then(|| Span::new(at, at + mark.len() as u32));
        }
    }
    None
}

fn printed(document: &Document<'_>, mark: Span) -> Finding {
    let written = document.source.slice(mark);
    // A blank line between the blocks around it remains.
    let removal = element::delete(lines::suppression(document.source.text(), mark));
    Finding {
        message: Some(format!("`{written}` without a text is rendered as text")),
        label: Some("readers see this".to_owned()),
        help: Some("write the text of the heading after it, or remove it".to_owned()),
        fix: Some(Fix::new("remove it", Safety::Unsafe, [removal])),
        ..Finding::at(mark)
    }
}

/// Whether a heading is hidden, has another role, or is filled in by a script.
fn is_filled_later(element: Element<'_>) -> bool {
    let is_html = element.origin() == Origin::Html;
    let bare = element.children().next().is_none() && element.attributes().next().is_none();
    (is_html && element.has_attribute("id"))
        || is_bound(element)
        || binds(element)
        || (bare && is_followed_by_script(element))
        || (is_html && is_form(element) && has_script(element.tree()))
        || is_only_a_comment(element)
        || element.has_attribute("role")
        || may_be_hidden(element)
}

/// Whether a script can find the heading or a part of it: by a class, or an empty element inside. Editors do not leave
/// these behind, unlike `&nbsp;` and `<br>`.
fn is_form(element: Element<'_>) -> bool {
    let is_text =
        |kind: NodeKind, text: &str| kind == NodeKind::Text && text.contains(|c: char| !c.is_ascii_whitespace());
    let is_part = |inner: Element<'_>| matches!(inner.name(), "a" | "span" | "div" | "slot");
    let has_part = element.descendant_elements().any(is_part);
    (element.has_attribute("class") || has_part)
        && element.descendant_elements().all(is_part)
        && !element.descendants().any(|node| is_text(node.kind(), node.text()))
}

/// Whether the content is a comment, which a hook of the generator may replace: `## <!-- md:setting x -->`.
fn is_only_a_comment(element: Element<'_>) -> bool {
    let is_space = |kind: NodeKind, text: &str| kind == NodeKind::Text && text.trim().is_empty();
    element.children().any(|node| node.kind() == NodeKind::Comment)
        && element.children().all(|node| node.kind() == NodeKind::Comment || is_space(node.kind(), node.text()))
}

/// Whether a framework handles the heading: `x-html`, `v-if`.
fn binds(element: Element<'_>) -> bool {
    let prefixes = ["v-", "x-", "ng-", ":", "["];
    element.attributes().any(|attribute| prefixes.iter().any(|prefix| attribute.name().starts_with(prefix)))
}

fn has_end(element: Element<'_>) -> bool {
    element.origin() == Origin::Markdown || element.end_tag().is_some()
}
