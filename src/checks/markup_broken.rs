//! `markup-broken`: tags that do not fit together, so that the browser has to guess.

use crate::diagnostic::{Fix, Label, Level, Safety};
use crate::document::branches::Branches;
use crate::document::dialect::Dialect;
use crate::document::html::is_void;
use crate::document::tree::{Fact, FactKind};
use crate::document::{Attribute, Document, Element, NodeId, Origin};
use crate::rule::{Check, Context, Finding, Wants, edit};
use crate::source::Span;
use html5ever::local_name;
use rustc_hash::FxHashSet;
use serde::Deserialize;

/// Only elements whose end tag HTML asks for are missed.
#[derive(Deserialize)]
pub struct MarkupBroken {
    elements: Vec<String>,
}

impl Check for MarkupBroken {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        // A part of a page may open what another part closes.
        let is_whole = !document.place.is_part();
        let facts = document.tree.facts();
        let mut links = document.tree.elements().filter(|it| !facts.is_empty() && is_link(*it));
        let open_link = links.find(|link| link.end_tag().is_none()).and_then(Element::start_tag);
        let broken = Broken { document, branches: Branches::of(&document.tree), open_link };
        for &fact in facts {
            let is_reported = match fact.kind {
                FactKind::StrayEndTag => is_whole,
                FactKind::UnclosedHtmlBlock => is_whole && self.misses(tag_name(document.source.slice(fact.span))),
                _ => true,
            };
            if let Some(finding) = broken.fact(fact).filter(|_| is_reported) {
                context.report(Finding { at_most: Some(Level::Warn), ..finding });
            }
        }
        let closed = closed_as_copies(document);
        let reported: FxHashSet<u32> = facts.iter().map(|fact| fact.span.start).collect();
        let mut last_link = None;
        for element in document.tree.elements().filter(|element| element.origin() == Origin::Html) {
            for attribute in element.attributes() {
                if let Some(finding) = curly_quoted(document, element, attribute) {
                    context.report(finding);
                }
            }
            let Some(tag) = element.start_tag().filter(|_| element.end_tag().is_none()) else { continue };
            let last_link = last_link.get_or_insert_with(|| {
                document.tree.elements().filter(|it| is_link(*it)).last().and_then(Element::start_tag)
            });
            // A link that the next link ends is the business of `link-nested`.
            let ended_by_link = is_link(element) && last_link.is_some_and(|last| tag.start < last.start);
            let known = reported.contains(&tag.start) || closed.contains(&element.node().id());
            let misses_end = is_whole && !known && !ended_by_link;
            if misses_end && let Some(finding) = self.unclosed(&broken, element) {
                context.report(Finding { at_most: Some(Level::Warn), ..finding });
            }
        }
    }
}

impl MarkupBroken {
    /// True for an element whose end tag may not be left out.
    fn misses(&self, name: &str) -> bool {
        self.elements.iter().any(|known| known.eq_ignore_ascii_case(name))
    }

    fn unclosed(&self, broken: &Broken<'_, '_>, element: Element<'_>) -> Option<Finding> {
        let tag = element.start_tag()?;
        let name = element.name();
        if !element.is_html() || !self.misses(name) {
            return None;
        }
        let dialect = broken.document.place.dialect;
        let closes_itself = broken.document.source.slice(tag).ends_with("/>");
        // kramdown and MDX read `<a name="x"/>` as whole; HTML does not.
        if closes_itself && matches!(dialect, Dialect::Kramdown | Dialect::Mdx) || broken.depends_on_template(tag, name)
        {
            return None;
        }
        match closes_itself {
            true => {
                let message = Some(format!("`<{name} …/>` does not close itself in HTML"));
                Some(Finding { message, ..unclosed(name, tag) })
            }
            false => Some(unclosed(name, tag)),
        }
    }
}

fn is_link(element: Element<'_>) -> bool {
    *element.local_name() == local_name!("a") && element.has_attribute("href")
}

fn unclosed(name: &str, tag: Span) -> Finding {
    Finding {
        message: Some(format!("`<{name}>` is never closed")),
        label: Some("opened here".to_owned()),
        help: Some(format!("write `</{name}>` where it ends, or remove the tag")),
        ..Finding::at(tag)
    }
}

/// `div` of `<div class="note">`.
fn tag_name(tag: &str) -> &str {
    let inside = tag.trim_start_matches(['<', '/']);
    let end = inside.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(inside.len());
    inside.get(..end).unwrap_or("")
}

/// Bytes looked at around an attribute or before a tag: nobody writes longer ones.
const MAX_LOOK: u32 = 4096;

struct Broken<'d, 's> {
    document: &'d Document<'s>,
    branches: Branches,
    /// The first link without an end tag: what closes nothing after it is the business of `link-nested`.
    open_link: Option<Span>,
}

impl Broken<'_, '_> {
    fn fact(&self, fact: Fact) -> Option<Finding> {
        let written = self.document.source.slice(fact.span);
        match fact.kind {
            FactKind::DuplicateAttribute => {
                let tag = self.tag_around(fact.span)?;
                (!self.document.tree.has_template(tag)).then(|| Finding {
                    message: Some(format!("attribute `{written}` is given twice")),
                    label: Some("browsers ignore this one".to_owned()),
                    help: Some("keep one of them, with all its values".to_owned()),
                    ..Finding::at(fact.span)
                })
            }
            FactKind::StrayEndTag => self.stray(fact, written),
            FactKind::UnclosedHtmlBlock => {
                let name = tag_name(written);
                (!self.depends_on_template(fact.span, name)).then(|| unclosed(name, fact.span))
            }
            FactKind::MismatchedEndTag => {
                let heading = self.document.tree.node(fact.element?).as_element()?;
                let start = heading.start_tag()?;
                let message = format!("`<{}>` is closed by `{written}`", heading.name());
                Some(Finding {
                    message: Some(message),
                    label: Some("this should name the heading it closes".to_owned()),
                    related: vec![Label { span: start, message: "opened here".to_owned() }],
                    help: Some(format!("write `</{}>`", heading.name())),
                    ..Finding::at(fact.span)
                })
            }
            // What kramdown makes of Markdown is the business of rules of their own.
            FactKind::MalformedAttributeList | FactKind::TableFromProse | FactKind::MarkdownInHtml => None,
        }
    }

    fn stray(&self, fact: Fact, written: &str) -> Option<Finding> {
        let name = written.trim_start_matches(['<', '/']).trim_end_matches('>').trim();
        // A `</p>` after a block that ended the paragraph is the business of `paragraph-empty-stray`.
        let is_paragraph = name.eq_ignore_ascii_case("p");
        if is_paragraph || is_void(name) || !is_html_name(name) || self.depends_on_template(fact.span, name) {
            return None;
        }
        let closes_nested_link = name == "a" && self.open_link.is_some_and(|link| link.start < fact.span.start);
        if closes_nested_link || self.follows_jsx(fact.span) {
            return None;
        }
        Some(Finding {
            message: Some(format!("`{written}` closes nothing")),
            label: Some("no open element has this name".to_owned()),
            help: Some("remove it, or open the element where it should start".to_owned()),
            ..Finding::at(fact.span)
        })
    }

    /// `href={`…`}` on the same line: Docusaurus reads `.md` as MDX.
    fn follows_jsx(&self, tag: Span) -> bool {
        let before = self.before(tag.start);
        let line = memchr::memrchr(b'\n', before).map_or(before, |at| before.get(at..).unwrap_or(&[]));
        memchr::memmem::find(line, b"={").is_some()
    }

    /// The bytes before an offset, as many as a tag or a line in use is long.
    fn before(&self, offset: u32) -> &[u8] {
        let start = offset.saturating_sub(MAX_LOOK).max(self.document.body.start);
        self.document.source.text().as_bytes().get(start as usize..offset as usize).unwrap_or(&[])
    }

    /// True where a template may write the other tag, or not write this one.
    fn depends_on_template(&self, tag: Span, name: &str) -> bool {
        self.document.tree.has_template(tag) || self.branches.hold(tag.start) || self.branches.hold_tag(name)
    }

    /// The tag that an attribute's name stands in.
    fn tag_around(&self, name: Span) -> Option<Span> {
        let before = self.before(name.start);
        let start = name.start - (before.len() - memchr::memrchr(b'<', before)?) as u32;
        let after = self.document.source.text().as_bytes().get(name.end as usize..)?;
        let after = after.get(..MAX_LOOK as usize).unwrap_or(after);
        let end = name.end + memchr::memchr(b'>', after).unwrap_or(after.len()) as u32;
        Some(Span::new(start, end))
    }
}

/// Elements that error recovery copied and whose end tag closed a copy: crossed, but closed.
fn closed_as_copies(document: &Document<'_>) -> FxHashSet<NodeId> {
    let clones = document.tree.elements().filter(|element| element.origin() == Origin::Clone);
    let closed = clones.filter(|element| element.end_tag().is_some());
    closed.filter_map(|element| Some(element.original()?.node().id())).collect()
}

/// `href=“…”`: to HTML the curly quotes are part of the value.
fn curly_quoted(document: &Document<'_>, element: Element<'_>, attribute: Attribute<'_>) -> Option<Finding> {
    let span = attribute.value_span().filter(|_| attribute.quote().is_none())?;
    let rest = Span::new(span.start, element.start_tag()?.end).slice(document.source.text());
    let first = rest.chars().next().filter(|&c| is_curly(c) && !attribute.is_unknown())?;
    let inside = rest.get(first.len_utf8()..)?;
    let fix = inside.find(is_curly).and_then(|end| {
        let value = inside.get(..end)?;
        let last = inside.get(end..)?.chars().next()?;
        let whole = Span::new(span.start, span.start + (first.len_utf8() + end + last.len_utf8()) as u32);
        (!value.contains(['"', '<', '>', '='])).then(|| Fix {
            title: "write straight quotes".to_owned(),
            safety: Safety::Safe,
            edits: vec![edit::replace(whole, &format!("\"{value}\""))],
        })
    });
    Some(Finding {
        message: Some(format!("the value of `{}` stands in curly quotes", attribute.name())),
        label: Some("HTML takes these quotes for a part of the value".to_owned()),
        help: Some("write straight quotes: `\"`".to_owned()),
        fix,
        ..Finding::at(Span::new(span.start, span.start + first.len_utf8() as u32))
    })
}

/// `div` or `DIV`; `<Tabs>` is a component of somebody's own.
fn is_html_name(name: &str) -> bool {
    let is_one_case = name.bytes().all(|b| !b.is_ascii_uppercase()) || name.bytes().all(|b| !b.is_ascii_lowercase());
    is_one_case && name.bytes().all(|b| b.is_ascii_alphanumeric())
}

fn is_curly(c: char) -> bool {
    matches!(c, '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{2033}' | '\u{2018}' | '\u{2019}' | '\u{ff02}')
}
