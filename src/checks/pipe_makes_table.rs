//! `pipe-makes-table`: a line of prose that kramdown parses as a table because of a `|` in it.

use crate::diagnostic::{Fix, Safety};
use crate::document::edit::element;
use crate::document::tree::ParseNoteKind;
use crate::document::{Document, Element, Origin};
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use crate::text::{line_after, line_before};
use rustc_hash::FxHashMap;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct PipeMakesTable {}

impl Check for PipeMakesTable {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let notes = document.tree.notes().iter().filter(|note| note.kind == ParseNoteKind::TableFromProse);
        let mut notes = notes.peekable();
        if notes.peek().is_none() {
            return;
        }
        let tables = document.tree.elements().filter(|it| is(*it, "table"));
        let tables: FxHashMap<Span, Element<'_>> = tables.filter_map(|table| Some((table.span()?, table))).collect();
        for note in notes {
            let Some(pipes) = tables.get(&note.span).and_then(|table| prose(document, *table)) else { continue };
            let Some(&first) = pipes.first() else { continue };
            // `text-leftover` reports the code of a picture.
            if note.span.slice(document.source.text()).contains("[##_") {
                continue;
            }
            // No fix in a formula: LaTeX renders `\|` as a double bar.
            if note.span.slice(document.source.text()).contains("$$") {
                let help = Some("write `\\vert` for a `|` in a formula".to_owned());
                context.report(Finding { help, ..Finding::at(first) });
                continue;
            }
            let escaped = |pipe: &Span| escape(document.source.text(), pipe.start);
            let edits: Vec<_> = pipes.iter().map(|pipe| element::replace(*pipe, escaped(pipe))).collect();
            let title = if pipes.len() == 1 { "escape the pipe" } else { "escape the pipes" };
            // In the name of a link definition, the character cannot be written in another way.
            let is_name = pipes.iter().any(|pipe| is_in_name(document.source.text(), pipe.start));
            // The line is parsed anew: it was a row of cells.
            let fix = (!is_name).then(|| Fix::new(title, Safety::Safe, edits).renesting().about(note.span));
            let help = match escaped(&first) {
                PRINTED => None,
                other => Some(format!("write `{other}` here: a backslash would be shown")),
            };
            context.report(Finding { help, fix, ..Finding::at(first) });
        }
    }
}

/// The pipes between the cells of a table with one row; `None` if it may be meant as a table.
fn prose(document: &Document<'_>, table: Element<'_>) -> Option<Vec<Span>> {
    let mut rows = table.descendants().filter_map(|node| node.as_element()).filter(|it| is(*it, "tr"));
    let row = rows.next()?;
    if rows.next().is_some() {
        return None;
    }
    let cells: Vec<Span> = row.children().filter_map(|node| node.as_element()?.span()).collect();
    // A `|` at the end of the line is the border of an intended table.
    if cells.last()?.end < table.span()?.end {
        return None;
    }
    cells.windows(2).map(|pair| pipe_between(document, pair)).collect()
}

/// The span of the `|` between two cells.
fn pipe_between(document: &Document<'_>, pair: &[Span]) -> Option<Span> {
    let between = Span::new(pair.first()?.end, pair.last()?.start);
    let at = between.start + document.source.slice(between).find('|')? as u32;
    Some(Span::new(at, at + 1))
}

/// What makes a `|` in text a character.
const PRINTED: &str = "\\|";
/// What makes it a character in a URL, where a backslash is part of the URL.
const IN_URL: &str = "%7C";
/// What makes it a character in the title of a link, an attribute or the text of an abbreviation, where a backslash is
/// shown.
const IN_VALUE: &str = "&#124;";

/// How the `|` at `offset` is written so that it does not begin a cell.
fn escape(source: &str, offset: u32) -> &'static str {
    let (before, after) = (line_before(source, offset), line_after(source, offset));
    let line = before.trim_start();
    if line.starts_with("*[") && line.contains("]:") {
        return IN_VALUE;
    }
    if line.starts_with('[')
        && !line.starts_with("[^")
        && let Some((_, rest)) = line.split_once("]:")
    {
        return in_target(rest.trim_start());
    }
    if let Some((_, inside)) = before.rsplit_once("](")
        && after.contains(')')
        && !is_closed(inside)
    {
        return in_target(inside.trim_start());
    }
    let opened = |open: &str, close: char| {
        let inside = before.rsplit_once(open).map(|(_, inside)| inside);
        inside.filter(|inside| !inside.contains(close) && after.contains(close))
    };
    if opened("{:", '}').is_some() {
        return IN_VALUE;
    }
    match opened("<", '>') {
        Some(inside) if is_url(inside) => IN_URL,
        Some(inside) if inside.starts_with(|c: char| c.is_ascii_alphabetic()) => IN_VALUE,
        _ => PRINTED,
    }
}

/// Whether the `|` at `offset` is in the name of a link definition: `[text][a|b]`, or `[a|b]: …`.
fn is_in_name(source: &str, offset: u32) -> bool {
    let (before, after) = (line_before(source, offset), line_after(source, offset));
    let Some((outer, inside)) = before.rsplit_once('[') else { return false };
    let closes = after.split_once(']').map(|(_, rest)| rest);
    !inside.contains(']')
        && closes.is_some_and(|rest| outer.ends_with(']') || (outer.trim().is_empty() && rest.starts_with(':')))
}

/// Whether the parenthesis of a link ends in `inside`, the text after it.
fn is_closed(inside: &str) -> bool {
    let mut depth = 1;
    inside.bytes().any(|byte| {
        depth += i32::from(byte == b'(') - i32::from(byte == b')');
        depth == 0
    })
}

/// How it is written in the target of a link, which is a URL and perhaps a title after a space.
fn in_target(before: &str) -> &'static str {
    let title = before.find(['"', '\'']).filter(|at| before.get(..*at).is_some_and(|url| url.ends_with([' ', '\t'])));
    if title.is_some() { IN_VALUE } else { IN_URL }
}

/// Whether the text after a `<` begins a URL or a mail address.
fn is_url(inside: &str) -> bool {
    let scheme = inside.split_once(':').map_or("", |(scheme, _)| scheme);
    let is_scheme = !scheme.is_empty() && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    !inside.contains(char::is_whitespace) && (is_scheme || inside.contains('@'))
}

fn is(element: Element<'_>, name: &str) -> bool {
    element.origin() == Origin::Markdown && element.name() == name
}
