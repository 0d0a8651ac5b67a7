//! `markup-broken`: tags that do not match, so that the browser has to guess.

use crate::diagnostic::{Fix, Label, Level, Safety};
use crate::document::ask::branches::Branches;
use crate::document::edit::element;
use crate::document::read::html::is_void;
use crate::document::tree::{ParseNote, ParseNoteKind};
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
        let unmatched = Unmatched { opened: self.opened(&broken), closings: broken.closings() };
        for finding in unmatched.explained(&broken) {
            context.report(Finding { at_most: Some(Level::Warn), ..finding });
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

/// A start tag without an end tag.
struct Opened {
    tag: Span,
    name: String,
    element: Option<NodeId>,
}

/// Start tags and end tags without a match, both in source order. Tags that are explained by the same mistake are
/// removed together.
struct Unmatched {
    opened: Vec<Opened>,
    closings: Vec<Span>,
}

/// Maximum number of unmatched tags that are compared with each other. If there are more, they are not explained.
const MAX_UNMATCHED: usize = 256;

impl Unmatched {
    fn explained(mut self, broken: &Broken<'_, '_>) -> Vec<Finding> {
        let mut found = Vec::new();
        if self.opened.len().max(self.closings.len()) <= MAX_UNMATCHED {
            found = self.slips(broken);
            found.extend(self.torn(broken));
        }
        found.extend(self.rest(broken));
        found
    }

    /// Explains `<b>full<b></p>`: the second tag should be the end tag of the first.
    fn slips(&mut self, broken: &Broken<'_, '_>) -> Vec<Finding> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(second) = self.opened.get(at) {
            let is_empty = broken.is_followed_by_end_tag(second.tag);
            let first = self.opened.get(..at).filter(|_| is_empty).unwrap_or(&[]);
            let Some(first) = first.iter().rposition(|it| it.name == second.name) else {
                at += 1;
                continue;
            };
            let second = self.opened.remove(at);
            let first = self.opened.remove(first);
            at -= 1;
            // An outer element may be unclosed for the same reason: remove it and its unmatched end tag from the lists.
            let next = self.closings.iter().position(|it| it.start > second.tag.start);
            let outer = next.and_then(|next| {
                let name = broken.name(*self.closings.get(next)?);
                Some((next, self.opened.get(..at)?.iter().rposition(|it| it.name == name)?))
            });
            if let Some((next, outer)) = outer {
                self.closings.remove(next);
                self.opened.remove(outer);
                at -= 1;
            }
            found.push(slip(&first, &second));
        }
        found
    }

    /// Explains `<dd><ul></dd></ul>`: an end tag that closes more than its own element.
    fn torn(&mut self, broken: &Broken<'_, '_>) -> Vec<Finding> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(&closing) = self.closings.get(at) {
            let name = broken.name(closing);
            let before = |it: &Opened| it.name == name && it.tag.start < closing.start;
            let opened = self.opened.iter().rposition(before);
            let early = opened.and_then(|opened| broken.ended_by(self.opened.get(opened)?, closing));
            let Some((opened, early)) = opened.zip(early) else {
                at += 1;
                continue;
            };
            self.closings.remove(at);
            // The ancestor that `early` closed may have another end tag further down, which is then unmatched.
            let rest = self.closings.get(at..).unwrap_or(&[]);
            if let Some(own) = rest.iter().position(|it| broken.name(*it) == broken.name(early)) {
                self.closings.remove(at + own);
            }
            let opened = self.opened.remove(opened);
            found.push(torn(&opened, broken.document.source.slice(early), early, closing));
        }
        found
    }

    fn rest(self, broken: &Broken<'_, '_>) -> Vec<Finding> {
        let mut found: Vec<Finding> = self.opened.iter().map(|it| broken.unclosed(it)).collect();
        let (parts, others): (Vec<Span>, Vec<Span>) =
            self.closings.into_iter().partition(|it| TABLE_PARTS.contains(&broken.name(*it).as_str()));
        // Report only the first part: a missing `<table>` leaves the tags of all its rows and cells unmatched.
        found.extend(parts.first().map(|part| broken.outside_table(*part)));
        let elements = broken.document.tree.elements().filter(|_| !others.is_empty());
        let tags: FxHashSet<u32> = elements.filter_map(|it| Some(it.start_tag()?.start)).collect();
        found.extend(others.into_iter().map(|it| match broken.unread_tag(it, &tags) {
            Some(start_tag) => unread(&broken.name(it), start_tag, it),
            None => stray(broken.document.source.slice(it), it),
        }));
        found
    }
}

fn slip(first: &Opened, second: &Opened) -> Finding {
    let end_tag = format!("</{}>", second.name);
    Finding {
        message: Some(format!("`<{}>` is opened again where it should be closed", second.name)),
        label: Some(format!("this should be `{end_tag}`")),
        related: vec![Label { span: first.tag, message: "opened here".to_owned() }],
        help: Some(format!("write `{end_tag}`")),
        fix: Some(Fix::write(&end_tag, second.tag, Safety::Unsafe)),
        ..Finding::at(second.tag)
    }
}

fn torn(opened: &Opened, written: &str, early: Span, closing: Span) -> Finding {
    let name = &opened.name;
    Finding {
        message: Some(format!("`{written}` comes before the end of the `<{name}>` inside")),
        label: Some(format!("this ends the `<{name}>` as well")),
        related: vec![
            Label { span: opened.tag, message: "opened here".to_owned() },
            Label { span: closing, message: "no longer closes an element".to_owned() },
        ],
        help: Some(format!("write `</{name}>` before it, or the name of the element that should end here")),
        ..Finding::at(early)
    }
}

fn unread(name: &str, start_tag: Span, end_tag: Span) -> Finding {
    Finding {
        message: Some(format!("`<{name} …>` is not a valid tag, and is shown as text")),
        label: Some("readers see this".to_owned()),
        related: vec![Label { span: end_tag, message: "so this does not close an element".to_owned() }],
        help: Some("put quotation marks around each value, and a space between attributes".to_owned()),
        ..Finding::at(start_tag)
    }
}

fn stray(written: &str, span: Span) -> Finding {
    Finding {
        message: Some(format!("`{written}` does not close an element")),
        label: Some("no open element has this name".to_owned()),
        help: Some("remove it, or open the element where it should start".to_owned()),
        ..Finding::at(span)
    }
}

/// Elements that the HTML parser drops outside a table.
const TABLE_PARTS: [&str; 9] = ["caption", "col", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr"];

/// The name in a start tag: `div` for `<div class="note">`.
fn tag_name(tag: &str) -> &str {
    let inside = tag.trim_start_matches(['<', '/']);
    let end = inside.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(inside.len());
    inside.get(..end).unwrap_or("")
}

/// Maximum number of bytes searched around an attribute or before a tag.
const MAX_LOOK: u32 = 4096;

struct Broken<'d, 's> {
    document: &'d Document<'s>,
    branches: Branches,
    /// The first link without an end tag. `link-nested` reports nested links, to which later `</a>` tags belong.
    open_link: Option<Span>,
}

impl Broken<'_, '_> {
    fn note(&self, note: ParseNote) -> Option<Finding> {
        let written = self.document.source.slice(note.span);
        match note.kind {
            ParseNoteKind::DuplicateAttribute => {
                let tag = self.tag_around(note.span)?;
                (!self.document.tree.has_template(tag)).then(|| Finding {
                    message: Some(format!("attribute `{written}` is set twice")),
                    label: Some("browsers ignore this one".to_owned()),
                    help: Some("keep one of them, and move the values you need into it".to_owned()),
                    ..Finding::at(note.span)
                })
            }
            ParseNoteKind::MismatchedEndTag => {
                let heading = self.document.tree.node(note.element?).as_element()?;
                let start = heading.start_tag()?;
                let message = format!("`<{}>` is closed by `{written}`", heading.name());
                Some(Finding {
                    message: Some(message),
                    label: Some("this should name the heading it closes".to_owned()),
                    related: vec![Label { span: start, message: "opened here".to_owned() }],
                    help: Some(format!("write `</{}>`", heading.name())),
                    ..Finding::at(note.span)
                })
            }
            // `Unmatched` handles tags without a match. Other rules report how kramdown parses Markdown.
            ParseNoteKind::StrayEndTag | ParseNoteKind::PrintedStartTag | ParseNoteKind::UnclosedHtmlBlock => None,
            ParseNoteKind::MalformedAttributeList | ParseNoteKind::TableFromProse | ParseNoteKind::MarkdownInHtml => {
                None
            }
            // Markup that the generator drops is not on the page.
            ParseNoteKind::DroppedHtml => None,
        }
    }

    /// The end tags that do not close an element, in source order.
    fn closings(&self) -> Vec<Span> {
        let mut notes: Vec<ParseNote> = self.document.tree.notes().to_vec();
        notes.sort_by_key(|note| note.span.start);
        let (mut closings, mut printed): (Vec<Span>, Vec<Span>) = (Vec::new(), Vec::new());
        let is_printed = |note: &ParseNote| note.kind == ParseNoteKind::PrintedStartTag;
        let paragraph_ends = if notes.iter().any(is_printed) { self.paragraph_ends() } else { Vec::new() };
        for note in notes {
            match note.kind {
                ParseNoteKind::PrintedStartTag => printed.push(note.span),
                // kramdown prints the whole element as text, including its end tag.
                ParseNoteKind::StrayEndTag if self.is_stray(note.span) => {
                    let start_tag = printed.pop_if(|start_tag| self.name(*start_tag) == self.name(note.span));
                    if !start_tag.is_some_and(|start_tag| is_one_block(start_tag, note.span, &paragraph_ends)) {
                        closings.push(note.span);
                    }
                }
                _ => {}
            }
        }
        closings
    }

    /// The offsets of line breaks that are followed by a blank line.
    fn paragraph_ends(&self) -> Vec<u32> {
        let text = self.document.source.text().as_bytes();
        let line_ends = memchr::memchr_iter(b'\n', text);
        line_ends.filter(|at| text.get(at + 1) == Some(&b'\n')).map(|at| at as u32).collect()
    }

    fn is_stray(&self, span: Span) -> bool {
        let written = self.document.source.slice(span);
        let name = written.trim_start_matches(['<', '/']).trim_end_matches('>').trim();
        // `paragraph-empty-stray` reports a `</p>` after a block that ended its paragraph.
        let is_paragraph = name.eq_ignore_ascii_case("p");
        let closes_nested_link = name == "a" && self.open_link.is_some_and(|link| link.start < span.start);
        !is_paragraph
            && !is_void(name)
            && is_html_name(name)
            && !self.depends_on_template(span, name)
            && !closes_nested_link
            && !self.follows_jsx(span)
    }

    /// The name in a tag, in lower case.
    fn name(&self, tag: Span) -> String {
        tag_name(self.document.source.slice(tag)).to_ascii_lowercase()
    }

    fn closes_itself(&self, tag: Span) -> bool {
        self.document.source.slice(tag).ends_with("/>")
    }

    fn is_followed_by_end_tag(&self, tag: Span) -> bool {
        let rest = self.document.source.text().get(tag.end as usize..).unwrap_or("");
        rest.trim_start().starts_with("</") && !self.closes_itself(tag)
    }

    /// The end tag of an ancestor, if it precedes this element's own end tag.
    fn ended_by(&self, opened: &Opened, own: Span) -> Option<Span> {
        let element = self.document.tree.node(opened.element?).as_element()?;
        let mut ends = element.ancestors().filter_map(Element::end_tag);
        ends.find(|end| opened.tag.end <= end.start && end.start < own.start)
    }

    fn unclosed(&self, opened: &Opened) -> Finding {
        let (name, tag) = (&opened.name, opened.tag);
        let message = match self.closes_itself(tag) {
            true => format!("`<{name} …/>` does not close itself in HTML"),
            false => format!("`<{name}>` is never closed"),
        };
        let help = match self.is_word(tag) {
            true => format!("write it as code if the text is about the tag, otherwise add `</{name}>` where it ends"),
            false => format!("add `</{name}>` where it ends, or remove the tag"),
        };
        Finding { message: Some(message), label: Some("opened here".to_owned()), help: Some(help), ..Finding::at(tag) }
    }

    /// Whether a tag is mentioned like a word in a sentence of Markdown.
    fn is_word(&self, tag: Span) -> bool {
        let text = self.document.source.text();
        let before = text.get(..tag.start as usize).and_then(|head| head.chars().next_back());
        let after = text.get(tag.end as usize..).and_then(|tail| tail.chars().next());
        let is_bare = !self.document.source.slice(tag).contains(char::is_whitespace);
        self.document.place.dialect != Dialect::Html
            && is_bare
            && before.is_some_and(|c| matches!(c, ' ' | '('))
            && after.is_some_and(|c| matches!(c, ' ' | ',' | '.' | ')' | ':' | ';' | '?'))
    }

    /// The span of text in the same Markdown paragraph that resembles the start tag for `end_tag`.
    fn unread_tag(&self, end_tag: Span, tags: &FxHashSet<u32>) -> Option<Span> {
        let before = self.before(end_tag.start);
        // The start tag must not be separated from `end_tag` by another end tag.
        let before = before.get(memchr::memmem::rfind(before, b"</").unwrap_or(0)..)?;
        let whole = before.iter().position(|byte| byte & 0xc0 != 0x80)?;
        let before = std::str::from_utf8(before.get(whole..)?).ok()?;
        let paragraph = before.rsplit("\n\n").next().filter(|_| self.document.place.dialect != Dialect::Html)?;
        let at = paragraph.rfind(&format!("<{} ", self.name(end_tag)))?;
        let rest = paragraph.get(at..)?;
        let start = end_tag.start - rest.len() as u32;
        let is_text = !tags.contains(&start) && !self.document.tree.has_template(Span::new(start, end_tag.start));
        is_text.then(|| Span::new(start, start + rest.find('>').map_or(rest.len(), |at| at + 1) as u32))
    }

    /// The finding for `<caption>` and other parts of a table outside a table. HTML drops the start tag as well as the
    /// end tag.
    fn outside_table(&self, end_tag: Span) -> Finding {
        let name = self.name(end_tag);
        let before = self.before(end_tag.start);
        let start = memchr::memmem::rfind(before, format!("<{name}").as_bytes()).and_then(|at| {
            let length = memchr::memchr(b'>', before.get(at..)?)? as u32 + 1;
            let start = end_tag.start - (before.len() - at) as u32;
            Some(Span::new(start, start + length))
        });
        Finding {
            message: Some(format!("`<{name}>` is outside a table, so browsers drop it")),
            label: Some("no table is open here".to_owned()),
            help: Some("move it into the `<table>`, or use a `<p>`".to_owned()),
            ..Finding::at(start.unwrap_or(end_tag))
        }
    }

    /// Whether an attribute like `href={`…`}` occurs before the tag on the same line: Docusaurus parses `.md` as MDX.
    fn follows_jsx(&self, tag: Span) -> bool {
        let before = self.before(tag.start);
        let line = memchr::memrchr(b'\n', before).map_or(before, |at| before.get(at..).unwrap_or(&[]));
        memchr::memmem::find(line, b"={").is_some()
    }

    /// The bytes before an offset, up to `MAX_LOOK` of them.
    fn before(&self, offset: u32) -> &[u8] {
        let start = offset.saturating_sub(MAX_LOOK).max(self.document.body.start);
        self.document.source.text().as_bytes().get(start as usize..offset as usize).unwrap_or(&[])
    }

    /// Whether template syntax may print the matching tag, or may omit this one.
    fn depends_on_template(&self, tag: Span, name: &str) -> bool {
        self.document.tree.has_template(tag) || self.branches.hold(tag.start) || self.branches.hold_tag(name)
    }

    /// The span of the tag that contains the attribute name.
    fn tag_around(&self, name: Span) -> Option<Span> {
        let before = self.before(name.start);
        let start = name.start - (before.len() - memchr::memrchr(b'<', before)?) as u32;
        let after = self.document.source.text().as_bytes().get(name.end as usize..)?;
        let after = after.get(..MAX_LOOK as usize).unwrap_or(after);
        let end = name.end + memchr::memchr(b'>', after).unwrap_or(after.len()) as u32;
        Some(Span::new(start, end))
    }
}

/// Whether both tags are in the same paragraph: no blank line separates them.
fn is_one_block(start_tag: Span, end_tag: Span, paragraph_ends: &[u32]) -> bool {
    !Span::new(start_tag.end, end_tag.start.saturating_sub(1)).holds_one_of(paragraph_ends)
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

/// Whether the name is written like an HTML element (`div`, `DIV`) and not like a component (`<Tabs>`).
fn is_html_name(name: &str) -> bool {
    let is_one_case = name.bytes().all(|b| !b.is_ascii_uppercase()) || name.bytes().all(|b| !b.is_ascii_lowercase());
    is_one_case && name.bytes().all(|b| b.is_ascii_alphanumeric())
}
