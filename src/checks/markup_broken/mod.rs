//! `markup-broken`: tags that do not match, so that the browser has to guess.

mod broken;
mod chain;
mod demonstrated;
mod pasted_page;
mod printed;
mod unknown_tag;
mod unmatched;

use crate::checks::markup_broken::broken::{Broken, Opened, tag_name};
use crate::checks::markup_broken::demonstrated::Demonstrated;
use crate::checks::markup_broken::unmatched::Unmatched;
use crate::diagnostic::{Fix, Level, Safety};
use crate::document::ask::branches::Branches;
use crate::document::edit::element;
use crate::document::tree::ParseNoteKind;
use crate::document::{Attribute, Document, Element, NodeId, Origin};
use crate::place::dialect::{Dialect, Generator};
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use crate::text::is_curly;
use rustc_hash::FxHashSet;
use serde::Deserialize;

/// Only elements that must have an end tag in HTML are reported.
#[derive(Deserialize)]
pub struct MarkupBroken {
    elements: Vec<String>,
}

impl Check for MarkupBroken {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let notes = document.tree.notes();
        // Return early: Markdown alone cannot produce broken markup.
        if notes.is_empty() && document.tree.html_elements().next().is_none() {
            return;
        }
        let mut links = document.tree.elements().filter(|it| !notes.is_empty() && it.is_link());
        let open_link = links.find(|link| link.end_tag().is_none()).and_then(Element::start_tag);
        let broken = Broken { document, branches: Branches::of(&document.tree), open_link };
        for &note in notes {
            if let Some(finding) = broken.note(note) {
                context.report(Finding { at_most: Some(Level::Warn), ..finding });
            }
        }
        for element in document.tree.html_elements() {
            for attribute in element.attributes() {
                if let Some(finding) = curly_quoted(document, element, attribute) {
                    context.report(finding);
                }
            }
        }
        // An include or layout may open an element that another file closes.
        if document.place.is_part() {
            return;
        }
        let (mut closings, printed) = printed::tags(&broken);
        let mut found = printed::findings(&broken, &printed);
        found.extend(pasted_page::finding(&broken, &mut closings));
        let unmatched = Unmatched { opened: self.opened(&broken), closings };
        found.extend(unmatched.explained(&broken));
        let reported: FxHashSet<u32> = found.iter().map(|it| it.span.start).collect();
        let unknown = unknown_tag::findings(&broken, &reported);
        let mut shown = None;
        for finding in found.into_iter().chain(unknown) {
            let shown = shown.get_or_insert_with(|| Demonstrated::of(document));
            if !shown.holds(document, finding.span.start) {
                context.report(Finding { at_most: Some(Level::Warn), ..finding });
            }
        }
    }
}

impl MarkupBroken {
    /// Whether elements of this name must have an end tag.
    fn misses(&self, name: &str) -> bool {
        self.elements.iter().any(|known| known.eq_ignore_ascii_case(name))
    }

    /// The start tags without an end tag, in source order.
    fn opened(&self, broken: &Broken<'_, '_>) -> Vec<Opened> {
        let document = broken.document;
        let notes = document.tree.notes().iter().filter(|note| note.kind == ParseNoteKind::UnclosedHtmlBlock);
        let blocks = notes.filter_map(|note| {
            let name = tag_name(document.source.slice(note.span));
            let is_missed = self.misses(name) && !broken.depends_on_template(note.span, name);
            is_missed.then(|| Opened { tag: note.span, name: name.to_ascii_lowercase(), element: None })
        });
        let mut opened: Vec<Opened> = blocks.collect();
        let reported: FxHashSet<u32> = document.tree.notes().iter().map(|note| note.span.start).collect();
        let (mut closed, mut last_link) = (None, None);
        for element in document.tree.html_elements() {
            let Some(tag) = element.start_tag().filter(|_| element.end_tag().is_none()) else { continue };
            if !self.is_unclosed(broken, element, tag) {
                continue;
            }
            let closed = closed.get_or_insert_with(|| closed_as_copies(document));
            let last_link = last_link.get_or_insert_with(|| {
                document.tree.elements().filter(|it| it.is_link()).last().and_then(Element::start_tag)
            });
            // `link-nested` reports a link that the next link ends.
            let ended_by_link = element.is_link() && last_link.is_some_and(|last| tag.start < last.start);
            if !reported.contains(&tag.start) && !closed.contains(&element.node().id()) && !ended_by_link {
                opened.push(Opened { tag, name: element.name().to_owned(), element: Some(element.node().id()) });
            }
        }
        opened.sort_by_key(|it| it.tag.start);
        opened
    }

    fn is_unclosed(&self, broken: &Broken<'_, '_>, element: Element<'_>, tag: Span) -> bool {
        let place = broken.document.place;
        // kramdown, MDX and Vue parse `<a name="x"/>` as a complete element. HTML ignores the slash.
        let may_close_itself =
            matches!(place.dialect, Dialect::Kramdown | Dialect::Mdx) || place.generator == Generator::VitePress;
        let is_whole = broken.closes_itself(tag) && may_close_itself;
        element.is_html()
            && self.misses(element.name())
            && !is_whole
            && !broken.depends_on_template(tag, element.name())
    }
}

/// The elements that HTML's error recovery copied and whose end tag closed a copy: they are misnested, but not
/// unclosed.
fn closed_as_copies(document: &Document<'_>) -> FxHashSet<NodeId> {
    let clones = document.tree.elements().filter(|element| element.origin() == Origin::Clone);
    let closed = clones.filter(|element| element.end_tag().is_some());
    closed.filter_map(|element| Some(element.original()?.node().id())).collect()
}

/// Reports `href=“…”`: in HTML the curly quotes are part of the value.
fn curly_quoted(document: &Document<'_>, element: Element<'_>, attribute: Attribute<'_>) -> Option<Finding> {
    let span = attribute.value_span().filter(|_| attribute.quote().is_none())?;
    let rest = Span::new(span.start, element.start_tag()?.end).slice(document.source.text());
    let first = rest.chars().next().filter(|&c| is_curly(c) && !attribute.is_unknown())?;
    let inside = rest.get(first.len_utf8()..)?;
    let fix = inside.find(is_curly).and_then(|end| {
        let value = inside.get(..end)?;
        let last = inside.get(end..)?.chars().next()?;
        let whole = Span::new(span.start, span.start + (first.len_utf8() + end + last.len_utf8()) as u32);
        let edit = element::replace(whole, &format!("\"{value}\""));
        (!value.contains(['"', '<', '>', '='])).then(|| Fix::new("write straight quotes", Safety::Safe, [edit]))
    });
    Some(Finding {
        message: Some(format!("the value of `{}` is in curly quotes", attribute.name())),
        label: Some("in HTML these quotes are part of the value".to_owned()),
        help: Some("write straight quotes: `\"`".to_owned()),
        fix,
        ..Finding::at(Span::new(span.start, span.start + first.len_utf8() as u32))
    })
}
