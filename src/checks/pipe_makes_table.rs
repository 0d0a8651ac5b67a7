//! `pipe-makes-table`: a line of prose that kramdown parses as a table because of a `|` in it.

use crate::diagnostic::{Fix, Safety};
use crate::document::edit::element;
use crate::document::tree::ParseNoteKind;
use crate::document::{Document, Element, Origin};
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
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
            // No fix in a formula: LaTeX renders `\|` as a double bar.
            if note.span.slice(document.source.text()).contains("$$") {
                let help = Some("write `\\vert` for a `|` in a formula".to_owned());
                context.report(Finding { help, ..Finding::at(first) });
                continue;
            }
            let edits: Vec<_> = pipes.iter().map(|pipe| element::replace(*pipe, "\\|")).collect();
            let title = if pipes.len() == 1 { "escape the pipe" } else { "escape the pipes" };
            let fix = Fix::new(title, Safety::Safe, edits);
            context.report(Finding { fix: Some(fix), ..Finding::at(first) });
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

fn is(element: Element<'_>, name: &str) -> bool {
    element.origin() == Origin::Markdown && element.name() == name
}
