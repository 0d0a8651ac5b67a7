//! Block elements inside a line, whose tags kramdown outputs as text.

use crate::checks::markup_broken::broken::{Broken, tag_name};
use crate::checks::paragraph_empty_stray::printed_pairs;
use crate::diagnostic::Label;
use crate::document::read::html::is_void;
use crate::document::tree::{ParseNote, ParseNoteKind};
use crate::document::{Element, Origin};
use crate::rule::Finding;
use crate::source::Span;
use crate::text::line_after;
use rustc_hash::FxHashSet;

/// An element whose tags are text.
pub(super) struct Printed {
    start_tag: Span,
    end_tag: Option<Span>,
}

/// The end tags that do not close an element, and the elements whose tags are text, both in source order.
pub(super) fn tags(broken: &Broken<'_, '_>) -> (Vec<Span>, Vec<Printed>) {
    let mut notes: Vec<ParseNote> = broken.document.tree.notes().to_vec();
    notes.sort_by_key(|note| note.span.start);
    let is_printed = |note: &ParseNote| note.kind == ParseNoteKind::PrintedStartTag;
    let paragraph_ends = if notes.iter().any(is_printed) { paragraph_ends(broken) } else { Vec::new() };
    let (mut closings, mut printed): (Vec<Span>, Vec<Printed>) = (Vec::new(), Vec::new());
    let mut open: Vec<usize> = Vec::new();
    for note in notes {
        match note.kind {
            ParseNoteKind::PrintedStartTag => {
                let name = broken.name(note.span);
                if !is_void(&name) && !broken.closes_itself(note.span) {
                    open.push(printed.len());
                }
                printed.push(Printed { start_tag: note.span, end_tag: None });
            }
            // kramdown prints the whole element as text, including its end tag.
            ParseNoteKind::StrayEndTag if broken.is_stray(note.span) => {
                let last = open.last().and_then(|at| printed.get_mut(*at));
                let start = last.filter(|it| broken.name(it.start_tag) == broken.name(note.span));
                let start = start.filter(|it| is_one_block(it.start_tag, note.span, &paragraph_ends));
                match start {
                    Some(start) => {
                        start.end_tag = Some(note.span);
                        open.pop();
                    }
                    None => closings.push(note.span),
                }
            }
            _ => {}
        }
    }
    (closings, printed)
}

/// The offsets of line breaks that are followed by a blank line.
fn paragraph_ends(broken: &Broken<'_, '_>) -> Vec<u32> {
    let text = broken.document.source.text().as_bytes();
    let line_ends = memchr::memchr_iter(b'\n', text);
    line_ends.filter(|at| text.get(at + 1) == Some(&b'\n')).map(|at| at as u32).collect()
}

/// Whether both tags are in the same paragraph: no blank line separates them.
fn is_one_block(start_tag: Span, end_tag: Span, paragraph_ends: &[u32]) -> bool {
    !Span::new(start_tag.end, end_tag.start.saturating_sub(1)).holds_one_of(paragraph_ends)
}

/// The findings about tags that readers see: one for each outermost element.
pub(super) fn findings(broken: &Broken<'_, '_>, printed: &[Printed]) -> Vec<Finding> {
    if printed.is_empty() {
        return Vec::new();
    }
    // `paragraph-empty-stray` reports these.
    let paragraphs: FxHashSet<u32> = printed_pairs(broken.document).values().map(|start_tag| start_tag.start).collect();
    let is_table = |element: &Element<'_>| element.name() == "table" && element.origin() == Origin::Markdown;
    let mut tables: Vec<Span> = broken.document.tree.elements().filter(is_table).filter_map(Element::span).collect();
    tables.sort_unstable();
    let mut found: Vec<Finding> = Vec::new();
    let mut last_table = None;
    let mut outer_end = 0;
    for element in printed {
        let is_inside = element.start_tag.start < outer_end;
        if is_inside || paragraphs.contains(&element.start_tag.start) || is_mention(broken, element) {
            continue;
        }
        outer_end = element.end_tag.map_or(outer_end, |tag| tag.end);
        if broken.depends_on_template(element.start_tag, &broken.name(element.start_tag)) {
            continue;
        }
        let table = tables.iter().find(|table| table.contains(element.start_tag));
        // The cells of a table are written in the same way.
        match found.last_mut().filter(|_| table.is_some() && table == last_table) {
            Some(first) if first.related.len() <= MAX_RELATED => {
                first.related.push(Label { span: element.start_tag, message: "and this one".to_owned() });
            }
            Some(_) => {}
            None => found.push(finding(broken, element, table.is_some())),
        }
        last_table = table;
    }
    found
}

/// Maximum number of other tags of a table that a finding shows.
const MAX_RELATED: usize = 4;

fn finding(broken: &Broken<'_, '_>, element: &Printed, is_in_cell: bool) -> Finding {
    let name = broken.name(element.start_tag);
    let related = element.end_tag.map(|span| Label { span, message: "and this one".to_owned() });
    let help = match is_in_cell {
        // No line of a table begins inside a cell.
        true => {
            format!("write `{{::nomarkdown}}` before the `<{name}>` and `{{:/}}` after it, or move it out of the table")
        }
        false => format!("begin the `<{name}>` on a line of its own, after a blank line, or use an inline element"),
    };
    Finding {
        message: Some(format!("`<{name}>` inside a line is rendered as text")),
        label: Some("readers see this tag".to_owned()),
        related: related.into_iter().collect(),
        help: Some(help),
        ..Finding::at(element.start_tag)
    }
}

/// Words next to a tag that a sentence is about.
const NOUNS: &[&str] = &["tag", "element", "태그", "요소", "エレメント", "タグ", "要素", "标签", "標籤", "元素"];

/// Maximum number of bytes between the two tags of a pair that is mentioned.
const MAX_BETWEEN: usize = 24;

/// Whether the text is about the tags: they are then right as they are rendered.
fn is_mention(broken: &Broken<'_, '_>, element: &Printed) -> bool {
    let text = broken.document.source.text();
    let tag = element.start_tag;
    let is_bare = tag_name(tag.slice(text)).len() + 2 == tag.slice(text).len();
    let line = line_after(text, tag.end);
    let next: String = line.trim_start().chars().take(8).collect::<String>().to_lowercase();
    if NOUNS.iter().any(|noun| next.starts_with(noun)) {
        return is_bare;
    }
    let Some(end_tag) = element.end_tag else { return is_bare && !is_void(&broken.name(tag)) };
    let between = Span::new(tag.end, end_tag.start).slice(text);
    let is_apart = between.starts_with(|c: char| c.is_whitespace() || ",/、，와과や與与和".contains(c));
    let is_short = between.len() <= MAX_BETWEEN && !between.contains('\n');
    let is_gap = matches!(between.trim(), "..." | "…" | "……");
    is_bare && is_short && (is_gap || (is_apart && between.trim().len() < between.len() && !between.trim().is_empty()))
}
