//! What is known about the tags of a post, and the findings about a single one.

use crate::diagnostic::Label;
use crate::document::ask::branches::Branches;
use crate::document::read::html::is_void;
use crate::document::tree::{ParseNote, ParseNoteKind};
use crate::document::{Document, Element, NodeId};
use crate::place::dialect::Dialect;
use crate::rule::Finding;
use crate::source::Span;
use rustc_hash::FxHashSet;

/// A start tag without an end tag.
pub(super) struct Opened {
    pub(super) tag: Span,
    pub(super) name: String,
    pub(super) element: Option<NodeId>,
}

/// The name in a start tag: `div` for `<div class="note">`.
pub(super) fn tag_name(tag: &str) -> &str {
    let inside = tag.trim_start_matches(['<', '/']);
    let end = inside.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(inside.len());
    inside.get(..end).unwrap_or("")
}

/// Elements whose start tag ends a paragraph.
const ENDS_PARAGRAPH: &[&str] = &[
    "address", "article", "aside", "blockquote", "center", "details", "dialog", "dir", "div", "dl", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "main",
    "menu", "nav", "ol", "p", "pre", "search", "section", "summary", "table", "ul",
];

/// Maximum number of bytes searched around an attribute or before a tag.
const MAX_LOOK: u32 = 4096;

/// Maximum number of possible end tags that are examined.
const MAX_TAGS: usize = 64;

pub(super) struct Broken<'d, 's> {
    pub(super) document: &'d Document<'s>,
    pub(super) branches: Branches,
    /// The first link without an end tag. `link-nested` reports nested links, to which later `</a>` tags belong.
    pub(super) open_link: Option<Span>,
}

impl<'d> Broken<'d, '_> {
    pub(super) fn note(&self, note: ParseNote) -> Option<Finding> {
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
                if self.branches.hold(start.start) || self.branches.hold(note.span.start) {
                    return None;
                }
                Some(self.mismatched(heading.name(), start, note.span))
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

    /// The finding for a heading that the end tag of another level closes.
    pub(super) fn mismatched(&self, heading: &str, start_tag: Span, end_tag: Span) -> Finding {
        Finding {
            message: Some(format!("`<{heading}>` is closed by `{}`", self.document.source.slice(end_tag))),
            label: Some("this should name the heading it closes".to_owned()),
            related: vec![Label { span: start_tag, message: "opened here".to_owned() }],
            help: Some(format!("write `</{heading}>`")),
            ..Finding::at(end_tag)
        }
    }

    pub(super) fn is_stray(&self, span: Span) -> bool {
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
    pub(super) fn name(&self, tag: Span) -> String {
        tag_name(self.document.source.slice(tag)).to_ascii_lowercase()
    }

    pub(super) fn closes_itself(&self, tag: Span) -> bool {
        self.document.source.slice(tag).ends_with("/>")
    }

    pub(super) fn is_followed_by_end_tag(&self, tag: Span) -> bool {
        let rest = self.document.source.text().get(tag.end as usize..).unwrap_or("");
        rest.trim_start().starts_with("</") && !self.closes_itself(tag)
    }

    /// The end tag of an ancestor, if it precedes this element's own end tag.
    pub(super) fn ended_by(&self, opened: &Opened, own: Span) -> Option<Span> {
        let element = self.document.tree.node(opened.element?).as_element()?;
        let mut ends = element.ancestors().filter_map(Element::end_tag).filter(|end| !end.is_empty());
        ends.find(|end| opened.tag.end <= end.start && end.start < own.start)
    }

    /// Whether the second of two unclosed tags was meant as the end tag of the first: `<b>full<b> on Sundays`.
    pub(super) fn repeats(&self, first: &Opened, second: &Opened) -> bool {
        const INLINE: &[&str] = &[
            "a", "b", "big", "cite", "code", "del", "em", "font", "i", "ins", "kbd", "label", "mark", "q", "s", "samp",
            "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var",
        ];
        let is_bare = self.document.source.slice(second.tag).len() == second.name.len() + 2;
        let between = Span::new(first.tag.end, second.tag.start.max(first.tag.end)).slice(self.document.source.text());
        let is_word = self.is_word(first.tag) && self.is_word(second.tag);
        let is_inside = |id: NodeId| {
            let outer = first.element;
            let element = self.document.tree.node(id).as_element();
            element.is_some_and(|it| it.ancestors().any(|above| Some(above.node().id()) == outer))
        };
        INLINE.contains(&second.name.as_str())
            && is_bare
            && !is_word
            && !between.trim().is_empty()
            && between.len() <= MAX_LOOK as usize
            && !between.contains("\n\n")
            // A link ends at the start of the next one; unclosed blocks of kramdown are in each other.
            && (second.name == "a" || second.element.is_none() || second.element.is_some_and(is_inside))
    }

    /// The start tag of the block that ends a paragraph and with it the element that `opened` opens, before its end tag.
    pub(super) fn block_between(&self, opened: &Opened, closing: Span) -> Option<Span> {
        let element = self.document.tree.node(opened.element?).as_element()?;
        let paragraph = element.ancestors().find(|it| it.name() == "p")?;
        let between = Span::new(opened.tag.end, closing.start);
        let mut blocks = self.document.tree.html_elements().filter(|it| {
            let is_between = it.start_tag().is_some_and(|tag| between.contains(tag));
            is_between && it.is_html() && ENDS_PARAGRAPH.contains(&it.name())
        });
        let block = blocks.next()?;
        let is_outside = block.ancestors().all(|above| above.node().id() != paragraph.node().id());
        block.start_tag().filter(|_| is_outside)
    }

    pub(super) fn unclosed(&self, opened: &Opened) -> Finding {
        let (name, tag) = (&opened.name, opened.tag);
        if let Some(meant) = self.meant_end_tag(opened) {
            return Finding {
                message: Some(format!(
                    "`{}` is not an end tag, so `<{name}>` is never closed",
                    self.document.source.slice(meant)
                )),
                label: Some(format!("this should be `</{name}>`")),
                related: vec![Label { span: tag, message: "opened here".to_owned() }],
                help: Some(format!("write `</{name}>`")),
                ..Finding::at(meant)
            };
        }
        if self.is_meant_to_end_link(opened) {
            return Finding {
                message: Some("`<a>` opens another link, so the one before it has no end tag".to_owned()),
                label: Some("this should be `</a>`".to_owned()),
                help: Some("write `</a>`".to_owned()),
                ..Finding::at(tag)
            };
        }
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

    /// Whether this is an `<a>` without attributes behind a link that has no end tag: `<a href="…">old<a>`.
    fn is_meant_to_end_link(&self, opened: &Opened) -> bool {
        let before = self.before(opened.tag.start);
        let paragraph = before.get(memchr::memmem::rfind(before, b"\n\n").unwrap_or(0)..).unwrap_or(&[]);
        let open = memchr::memmem::rfind(paragraph, b"<a ");
        self.document.source.slice(opened.tag) == "<a>"
            && open.is_some()
            && open > memchr::memmem::rfind(paragraph, b"</a")
    }

    /// What was probably meant as the end tag in the same paragraph: `</b` without `>`, or with other brackets.
    fn meant_end_tag(&self, opened: &Opened) -> Option<Span> {
        const STARTS: &[&str] = &["</", "‹/", "〈/", "＜/", "&lt;/", "<\\", "< /"];
        let after = self.document.source.text().get(opened.tag.end as usize..)?;
        let near = (0..=(MAX_LOOK as usize).min(after.len())).rev().find_map(|end| after.get(..end))?;
        let paragraph = near.split("\n\n").next()?;
        let tags = STARTS.iter().flat_map(|start| paragraph.match_indices(start).take(MAX_TAGS));
        let mut meant = tags.filter_map(|(at, start)| {
            let name = paragraph.get(at + start.len()..)?;
            let rest = name.get(opened.name.len()..)?;
            let is_name = name.get(..opened.name.len())?.eq_ignore_ascii_case(&opened.name);
            let is_whole = !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-');
            let is_end_tag = start == "</" && rest.trim_start().starts_with('>');
            let bracket = [">", "›", "〉", "＞", "&gt;"].into_iter().find(|it| rest.starts_with(it)).unwrap_or("");
            let len = start.len() + opened.name.len() + bracket.len();
            (is_name && is_whole && !is_end_tag).then_some((at as u32, len as u32))
        });
        let (at, len) = meant.next()?;
        Some(Span::new(opened.tag.end + at, opened.tag.end + at + len))
    }

    /// Whether a tag is mentioned like a word in a sentence of Markdown.
    pub(super) fn is_word(&self, tag: Span) -> bool {
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
    pub(super) fn unread_tag(&self, end_tag: Span, tags: &FxHashSet<u32>) -> Option<Span> {
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
    pub(super) fn outside_table(&self, end_tag: Span) -> Finding {
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
    pub(super) fn follows_jsx(&self, tag: Span) -> bool {
        let before = self.before(tag.start);
        let line = memchr::memrchr(b'\n', before).map_or(before, |at| before.get(at..).unwrap_or(&[]));
        memchr::memmem::find(line, b"={").is_some()
    }

    /// The bytes before an offset, up to `MAX_LOOK` of them.
    pub(super) fn before(&self, offset: u32) -> &[u8] {
        let start = offset.saturating_sub(MAX_LOOK).max(self.document.body.start);
        self.document.source.text().as_bytes().get(start as usize..offset as usize).unwrap_or(&[])
    }

    /// Whether template syntax may print the matching tag, or may omit this one.
    pub(super) fn depends_on_template(&self, tag: Span, name: &str) -> bool {
        self.document.tree.has_template(tag) || self.branches.hold(tag.start) || self.branches.hold_tag(name)
    }

    /// The span of the tag that contains the attribute name.
    pub(super) fn tag_around(&self, name: Span) -> Option<Span> {
        let before = self.before(name.start);
        let start = name.start - (before.len() - memchr::memrchr(b'<', before)?) as u32;
        let after = self.document.source.text().as_bytes().get(name.end as usize..)?;
        let after = after.get(..MAX_LOOK as usize).unwrap_or(after);
        let end = name.end + memchr::memchr(b'>', after).unwrap_or(after.len()) as u32;
        Some(Span::new(start, end))
    }
}

/// Whether the name is written like an HTML element (`div`, `DIV`) and not like a component (`<Tabs>`).
fn is_html_name(name: &str) -> bool {
    let is_one_case = name.bytes().all(|b| !b.is_ascii_uppercase()) || name.bytes().all(|b| !b.is_ascii_lowercase());
    is_one_case && name.bytes().all(|b| b.is_ascii_alphanumeric())
}
