//! `paragraph-empty-stray`: a `</p>` that does not close a paragraph. HTML parses it as an empty paragraph, kramdown as
//! text.

use crate::diagnostic::{Fix, Label, Safety};
use crate::document::ask::branches::Branches;
use crate::document::ask::node_at::Texts;
use crate::document::edit::element;
use crate::document::edit::merging::would_merge;
use crate::document::tree::{ParseNote, ParseNoteKind};
use crate::document::{Document, Element, NodeKind, Origin};
use crate::edit::Edit;
use crate::edit::lines::Lines;
use crate::place::dialect::Dialect;
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use rustc_hash::FxHashMap;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct ParagraphEmptyStray {}

impl Check for ParagraphEmptyStray {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        // An include or layout may close a `<p>` of another file. In MDX, `<p>` is a component.
        if document.place.is_part() || document.place.dialect == Dialect::Mdx {
            return;
        }
        let source = document.source.text();
        let notes = document.tree.notes().iter().filter(|note| note.kind == ParseNoteKind::StrayEndTag);
        let mut notes = notes.filter(|note| is_paragraph(note.span.slice(source))).peekable();
        if notes.peek().is_none() {
            return;
        }
        let branches = Branches::of(&document.tree);
        if branches.hold_tag("p") {
            return;
        }
        let texts = Texts::of(&document.tree);
        let pairs = printed_pairs(document);
        for &note in notes {
            let is_text = document.place.dialect == Dialect::Kramdown && is_printed(&texts, note);
            let may_vary = document.tree.has_template(note.span) || branches.hold(note.span.start);
            if let Some(start_tag) = pairs.get(&note.span.start) {
                if !may_vary && !document.tree.has_template(*start_tag) && !branches.hold(start_tag.start) {
                    context.report(printed_pair(document, *start_tag, note.span));
                }
                continue;
            }
            if !may_vary && (is_text || note.element.is_some()) {
                context.report(finding(document, note, is_text));
            }
        }
    }
}

/// Whether the tag is `</p>`.
fn is_paragraph(tag: &str) -> bool {
    let Some((name, rest)) = tag.get(2..3).zip(tag.get(3..)) else { return false };
    name.eq_ignore_ascii_case("p") && rest.trim_start().starts_with('>')
}

/// The start tags of paragraphs inside a line, which kramdown outputs as text, by the offsets of their end tags.
pub fn printed_pairs(document: &Document<'_>) -> FxHashMap<u32, Span> {
    let source = document.source.text();
    let is_start = |note: &ParseNote| note.kind == ParseNoteKind::PrintedStartTag;
    let mut tags: Vec<ParseNote> = document
        .tree
        .notes()
        .iter()
        .copied()
        .filter(|note| match note.kind {
            ParseNoteKind::PrintedStartTag => is_start_tag(note.span.slice(source)),
            ParseNoteKind::StrayEndTag => note.element.is_none() && is_paragraph(note.span.slice(source)),
            _ => false,
        })
        .collect();
    if !tags.iter().any(is_start) {
        return FxHashMap::default();
    }
    tags.sort_by_key(|tag| tag.span.start);
    let (mut open, mut pairs): (Vec<Span>, FxHashMap<u32, Span>) = (Vec::new(), FxHashMap::default());
    for tag in tags {
        if is_start(&tag) {
            open.push(tag.span);
        } else if let Some(start) = open.pop()
            && tag.span.start - start.end <= MAX_PARAGRAPH
            && !Span::new(start.end, tag.span.start).slice(source).contains("\n\n")
        {
            pairs.insert(tag.span.start, start);
        }
    }
    pairs
}

/// Maximum number of bytes between the tags of a paragraph inside a line.
const MAX_PARAGRAPH: u32 = 4096;

/// Whether the tag is `<p>`, with or without attributes.
fn is_start_tag(tag: &str) -> bool {
    let Some((name, rest)) = tag.get(1..2).zip(tag.get(2..)) else { return false };
    name.eq_ignore_ascii_case("p") && !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-')
}

fn printed_pair(document: &Document<'_>, start_tag: Span, end_tag: Span) -> Finding {
    let after = document.source.text().get(end_tag.end as usize..).unwrap_or("");
    // The words on both sides must not become one.
    let is_word = after.starts_with(|c: char| c.is_alphanumeric()) || after.starts_with("<p");
    let edits = [element::delete(start_tag), element::replace(end_tag, if is_word { " " } else { "" })];
    let written = document.source.slice(start_tag);
    Finding {
        message: Some(format!("`{written}` inside a line is rendered as text")),
        label: Some("readers see this tag".to_owned()),
        related: vec![Label { span: end_tag, message: "and this one".to_owned() }],
        help: Some("remove both tags, or put the paragraph on lines of its own".to_owned()),
        fix: Some(Fix::new("remove both tags", Safety::Safe, edits)),
        ..Finding::at(start_tag)
    }
}

/// Whether kramdown outputs the tag as text because it is not inside a literal `<p>`. If it is, the actual problem is
/// another, unclosed element.
fn is_printed(texts: &Texts<'_>, note: ParseNote) -> bool {
    let Some(around) = texts.element_at(note.span.start).filter(|_| note.element.is_none()) else { return false };
    let mut open = std::iter::once(around).chain(around.ancestors());
    !open.any(|element| element.name() == "p" && element.origin() != Origin::Markdown)
}

fn finding(document: &Document<'_>, note: ParseNote, is_text: bool) -> Finding {
    let is_start_missing = is_behind_loose_text(document, note);
    let safety = if is_start_missing { Safety::Unsafe } else { Safety::Safe };
    let fix = removal(document, note).map(|edit| Fix::new("remove the tag", safety, [edit]));
    let mut finding = Finding { fix, ..Finding::at(note.span) };
    if is_start_missing {
        finding.help = Some("write `<p>` before the text, or remove the tag".to_owned());
    }
    if let Some(block) = block_in_paragraph(document, note).filter(|_| finding.fix.is_none()) {
        finding.help = Some(format!("a `<p>` cannot contain `<{block}>`: end it before that, or remove both tags"));
    }
    if is_text {
        finding.message = Some("`</p>` does not close a paragraph and is rendered as text".to_owned());
        finding.label = Some("no paragraph is open here: readers see this tag".to_owned());
    }
    finding
}

/// Whether the text before the tag is in no paragraph, so that the start tag may be missing.
fn is_behind_loose_text(document: &Document<'_>, note: ParseNote) -> bool {
    let before = note.element.and_then(|empty| document.tree.node(empty).previous_sibling());
    before.is_some_and(|before| before.kind() == NodeKind::Text && !before.text().trim().is_empty())
}

/// Maximum number of siblings searched for the `<p>` before the end tag.
const MAX_SIBLINGS: usize = 100;

/// The name of the element that ended the paragraph before its end tag.
fn block_in_paragraph<'d>(document: &'d Document<'_>, note: ParseNote) -> Option<&'d str> {
    let empty = document.tree.node(note.element?).as_element()?;
    let before = std::iter::successors(empty.previous_element(), |element| element.previous_element());
    let is_open = |it: &Element<'_>| it.name() == "p" && it.origin() == Origin::Html && it.end_tag().is_none();
    Some(before.take(MAX_SIBLINGS).find(is_open)?.next_element()?.name())
}

/// The edit that removes the tag, if the text around it is parsed as before.
fn removal(document: &Document<'_>, note: ParseNote) -> Option<Edit> {
    let source = document.source.text();
    let lines = Lines::around(source, document.body, note.span)?;
    // kramdown matches the tag with a `<p>`; without the tag, the `<p>` would contain the rest of the post.
    if document.place.dialect == Dialect::Kramdown && note.element.is_some() {
        return None;
    }
    if document.place.dialect != Dialect::CommonMark || !lines.begins {
        return Some(element::remove_block(source, note.span));
    }
    // In CommonMark, a tag at the start of a line begins an HTML block, which extends to the next blank line.
    let paragraph = document.tree.node(note.element?).as_element()?;
    let before = paragraph.previous_element();
    let own = lines.alone && lines.blank_before && lines.blank_after;
    let merges = before.zip(paragraph.next_element()).is_some_and(|(before, after)| would_merge(before, after));
    if own && !merges {
        return Some(element::remove_block(source, note.span));
    }
    let goes_on = !lines.blank_before && before.is_some_and(|before| before.origin() == Origin::Html);
    goes_on.then(|| element::remove_block(source, note.span))
}
