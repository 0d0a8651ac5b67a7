//! `link-nested`: a link that begins before the previous one has ended.

use crate::diagnostic::{Fix, Label, Safety};
use crate::document::ask::bare_link::is_bare_link;
use crate::document::edit::element;
use crate::document::{Element, NodeId, Origin};
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct LinkNested {}

impl Check for LinkNested {
    fn wants(&self) -> Wants {
        Wants::together(&["a"])
    }

    fn elements(&self, context: &mut Context<'_>, elements: &[Element<'_>]) {
        let document = context.document;
        let mut before: Option<Element<'_>> = None;
        for link in elements.iter().copied().filter(|element| element.is_html()) {
            // An anchor (`<a name>`) ends a link as well, but it is rarely meant to be more than a place.
            let before = before.replace(link).filter(|before| before.is_link());
            if !link.is_link() {
                continue;
            }
            let around = link.ancestors().find(|above| above.is_link());
            let around = around.map(|above| above.original().unwrap_or(above));
            // HTML's error recovery ends a link where the next one starts, so that the two are siblings in the tree.
            let open = before.filter(|it| is_open(*it, link) && boundary(*it) == boundary(link));
            let outer = around.or(open);
            let is_entry = document.place.is_built && outer.is_some_and(leads_here);
            if let (Some(outer), Some(tag)) = (outer.and_then(Element::start_tag), link.start_tag()) {
                // Only one branch of `{% if %}<a href="a">{% else %}<a href="b">{% endif %}` is on the page.
                let between = Span::new(outer.end.min(tag.start), tag.start);
                if !document.tree.has_template(between) {
                    let malformed = malformed_end(document.source.text(), between);
                    context.report(match malformed {
                        Some(end) => malformed_finding(document.source.text(), end, (tag, outer)),
                        None if is_entry => Finding { help: Some(OF_HEADING.to_owned()), ..finding(link, tag, outer) },
                        None => finding(link, tag, outer),
                    });
                }
            }
        }
    }
}

/// Generators make tables of contents of headings with all that is in them.
const OF_HEADING: &str =
    "an entry of a table of contents is a link with the whole heading inside: take the link out of the heading";

/// Whether a link leads to a place in its own page, as entries of tables of contents do.
fn leads_here(link: Element<'_>) -> bool {
    link.attribute("href").is_some_and(|href| href.value().starts_with('#'))
}

fn finding(link: Element<'_>, tag: Span, outer: Span) -> Finding {
    let related = vec![Label { span: outer, message: "this link is still open".to_owned() }];
    let (message, help) = match is_bare_link(link) {
        true => (
            Some("the engine makes a link of this URL, inside another link".to_owned()),
            Some("write the link around it in Markdown, `[text](URL)`, or another text than a URL".to_owned()),
        ),
        false => (None, None),
    };
    Finding { message, help, related, ..Finding::at(tag) }
}

/// What was meant as `</a>` in the text between two links: `</a-->`, `</ a>`, `<\a>`.
fn malformed_end(text: &str, between: Span) -> Option<Span> {
    let whole = between.slice(text);
    let inside = whole.get(..whole.floor_char_boundary(MAX_TEXT)).unwrap_or(whole);
    memchr::memchr_iter(b'<', inside.as_bytes()).find_map(|at| {
        let tag = inside.get(at..)?;
        let end = tag.bytes().take(MAX_END).position(|byte| byte == b'>')?;
        let tag = tag.get(..=end)?;
        let (before, after) = tag.get(1..tag.len() - 1)?.split_once(['a', 'A'])?;
        let is_end = matches!(before.trim(), "/" | "\\") && !after.contains(|c: char| c.is_alphanumeric() || c == '<');
        let is_whole = before == "/" && after.trim().is_empty();
        let start = between.start + at as u32;
        (is_end && !is_whole).then(|| Span::new(start, start + tag.len() as u32))
    })
}

/// Maximum length in bytes of a malformed end tag, and of a link's text before it.
const MAX_END: usize = 8;
const MAX_TEXT: usize = 1000;

fn malformed_finding(text: &str, end: Span, (tag, outer): (Span, Span)) -> Finding {
    let related = vec![
        Label { span: outer, message: "this link is still open".to_owned() },
        Label { span: tag, message: "where the next link begins".to_owned() },
    ];
    let edits = [element::replace(end, "</a>")];
    Finding {
        message: Some(format!("`{}` does not end the link", end.slice(text))),
        label: Some("not the end tag of `<a>`".to_owned()),
        help: Some("write `</a>`".to_owned()),
        fix: Some(Fix::new("write `</a>`", Safety::Unsafe, edits).renesting()),
        related,
        ..Finding::at(end)
    }
}

/// Whether `before` was not closed before `link` began. A Markdown link contains everything up to its URL; links that
/// Markdown creates itself (footnotes, contents) are not in the source.
fn is_open(before: Element<'_>, link: Element<'_>) -> bool {
    match before.origin() {
        Origin::Html => before.end_tag().is_none(),
        _ if link.origin() != Origin::Html => false,
        _ => before.span().zip(link.span()).is_some_and(|(outer, inner)| outer.contains(inner)),
    }
}

/// The nearest table cell, `<object>` or similar element around a link: at its end, HTML closes the links that it
/// contains.
fn boundary(link: Element<'_>) -> Option<NodeId> {
    let holds = ["td", "th", "caption", "object", "marquee", "template", "applet"];
    link.ancestors().find(|above| holds.contains(&above.name())).map(|above| above.node().id())
}
