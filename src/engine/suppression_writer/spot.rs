//! The places where a suppression may be written.

use crate::document::{Document, Element, Origin};
use crate::edit::Edit;
use crate::engine::suppression_writer::{insert, setting};
use crate::place::dialect::Dialect;
use crate::source::Span;

/// A place for suppressions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Spot {
    /// The `postlint` key of the front matter, which covers the file.
    Setting,
    /// A comment on a separate line above a block.
    Above {
        /// The offset at which the block's line starts.
        line: u32,
        /// The offset at which the block starts.
        block: u32,
    },
    /// A comment at the end of the file, which covers the file.
    End,
}

/// Inline elements: a comment above them would be in the middle of a text.
const INLINE: [&str; 38] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "br", "button", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "img", "input", "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "source", "span",
    "strike", "strong", "sub", "sup", "time", "u", "var",
];

/// Parts of Markdown lists and tables: a comment between them would split the list or table.
const MARKDOWN_PARTS: [&str; 8] = ["li", "dt", "dd", "thead", "tbody", "tr", "th", "td"];

/// Maximum number of nested blocks above which a suppression is tried.
const MOST_BLOCKS: usize = 32;

/// For each of `places`, the spots from which a suppression covers it, best first.
pub(super) fn spots(document: &Document<'_>, places: impl Iterator<Item = Span>) -> Vec<Vec<Spot>> {
    let mut elements: Vec<(u32, Element<'_>)> = document
        .tree
        .elements()
        .filter(|element| element.is_written())
        .filter_map(|element| Some((element.start_tag()?.start, element)))
        .collect();
    // HTML's error recovery moves nodes, so they are not in source order. The sort is stable: inner nodes stay after
    // outer ones.
    elements.sort_by_key(|(start, _)| *start);
    places.map(|place| spots_of(document, &elements, place)).collect()
}

fn spots_of(document: &Document<'_>, elements: &[(u32, Element<'_>)], place: Span) -> Vec<Spot> {
    let mut spots = Vec::new();
    if place.start >= document.body.start {
        let before = elements.partition_point(|(start, _)| *start <= place.start);
        let nearest = before.checked_sub(1).and_then(|at| elements.get(at)).map(|(_, element)| *element);
        let around = nearest.into_iter().flat_map(|element| std::iter::once(element).chain(element.ancestors()));
        spots.extend(around.filter_map(|element| above(document, element, place)).take(MOST_BLOCKS));
    }
    spots.extend([Spot::Setting, Spot::End]);
    spots
}

fn above(document: &Document<'_>, element: Element<'_>, place: Span) -> Option<Spot> {
    let is_part = element.origin() == Origin::Markdown && MARKDOWN_PARTS.contains(&element.name());
    if INLINE.contains(&element.name()) || is_part {
        return None;
    }
    let span = element.span().filter(|span| span.contains(place))?;
    let source = document.source;
    let line = source.line_span(source.line_of(span.start)).start;
    let indent = source.slice(Span::new(line, span.start.max(line)));
    (line >= document.body.start && indent.trim().is_empty()).then_some(Spot::Above { line, block: span.start })
}

impl Spot {
    /// The insertion that suppresses `names` at this spot.
    pub(super) fn edit(self, document: &Document<'_>, names: &[&str], reason: &str) -> Option<Edit> {
        let text = document.source.text();
        let line_end = line_end(text);
        match self {
            Spot::Setting => setting::edit(document, names, reason),
            Spot::Above { line, block } => {
                let indent = Span::new(line, block).slice(text);
                let comment = comment(document, "postlint-ignore", names, reason);
                Some(insert(line, format!("{indent}{comment}{line_end}")))
            }
            Spot::End => {
                let comment = comment(document, "postlint-ignore-file", names, reason);
                let end = text.len() as u32;
                let ended = text.ends_with(['\n', '\r']);
                let text = if ended {
                    format!("{line_end}{comment}{line_end}")
                } else {
                    format!("{line_end}{line_end}{comment}")
                };
                Some(insert(end, text))
            }
        }
    }
}

fn comment(document: &Document<'_>, word: &str, names: &[&str], reason: &str) -> String {
    let names = names.join(", ");
    let reason = if reason.is_empty() { String::new() } else { format!(": {reason}") };
    match document.place.dialect {
        Dialect::Mdx => format!("{{/* {word} {names}{reason} */}}"),
        _ => format!("<!-- {word} {names}{reason} -->"),
    }
}

/// The line ending that the first line of the file has.
pub(super) fn line_end(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text.get(..at).is_some_and(|line| line.ends_with('\r')) => "\r\n",
        None if text.contains('\r') => "\r",
        _ => "\n",
    }
}
