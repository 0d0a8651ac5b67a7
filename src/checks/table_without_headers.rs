//! `table-without-headers`: a data table in which no cell is a header.

use crate::diagnostic::{Fix, Label, Safety};
use crate::document::ask::accessible_name::{is_aria_hidden, is_blank};
use crate::document::ask::tokens::has_class;
use crate::document::edit::element;
use crate::document::{Element, NodeKind, Origin};
use crate::edit::Edit;
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::{Span, overlapping};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Layout tables are not reported.
#[derive(Deserialize)]
pub struct TableWithoutHeaders {}

/// Minimum number of tables with the same number of columns that are reported together, as a series.
const SERIES: usize = 3;

/// Maximum number of other tables of a series that a finding refers to.
const MAX_SHOWN: usize = 3;

impl Check for TableWithoutHeaders {
    fn wants(&self) -> Wants {
        Wants::together(&["table"])
    }

    fn elements(&self, context: &mut Context<'_>, elements: &[Element<'_>]) {
        let mut of_columns: BTreeMap<usize, Vec<Table<'_>>> = BTreeMap::new();
        for table in elements.iter().filter_map(|element| Table::of(*element)) {
            of_columns.entry(table.columns).or_default().push(table);
        }
        for tables in of_columns.values() {
            if tables.len() >= SERIES {
                series(tables).into_iter().for_each(|finding| context.report(finding));
            } else {
                tables.iter().for_each(|table| context.report(table.finding()));
            }
        }
    }
}

/// A data table without any header cell.
struct Table<'t> {
    shape: Shape<'t>,
    columns: usize,
    start_tag: Span,
}

impl<'t> Table<'t> {
    fn of(element: Element<'t>) -> Option<Self> {
        if !element.is_html() || is_not_data(element) {
            return None;
        }
        let shape = Shape::of(element)?;
        let columns = shape.columns();
        if shape.rows.len() < 2 || columns < 2 || shape.has_header || !shape.reads_as_data() {
            return None;
        }
        Some(Table { shape, columns, start_tag: element.start_tag()? })
    }

    fn finding(&self) -> Finding {
        let (rows, columns) = (self.shape.rows.len(), self.columns);
        let message = format!("table of {rows} rows × {columns} columns has no header cells");
        let fix = self.shape.first_row_as_header().and_then(header_fix);
        Finding { message: Some(message), fix, ..Finding::at(self.start_tag) }
    }
}

/// The finding for a series of tables.
fn series(tables: &[Table<'_>]) -> Option<Finding> {
    let (first, others) = tables.split_first()?;
    let edits = tables.iter().filter_map(|table| table.shape.first_row_as_header()).flatten();
    let fix = header_fix(edits.collect());
    let message = format!("{} tables of {} columns have no header cells", tables.len(), first.columns);
    let other = |table: &Table<'_>| Label { span: table.start_tag, message: "another of these tables".to_owned() };
    Some(Finding {
        message: Some(message),
        related: others.iter().take(MAX_SHOWN).map(other).collect(),
        help: Some("in each table, mark the cells that name a column or a row with `<th>`".to_owned()),
        fix,
        identity: Some(format!("{} columns", first.columns)),
        ..Finding::at(first.start_tag)
    })
}

/// The cells of a table, row by row.
struct Shape<'t> {
    rows: Vec<Vec<Element<'t>>>,
    has_header: bool,
}

impl<'t> Shape<'t> {
    /// `None` for a layout table (it contains another table, headings, code, forms or scripts), and for a table with
    /// template syntax between its cells.
    fn of(table: Element<'t>) -> Option<Self> {
        let mut shape = Shape { rows: Vec::new(), has_header: false };
        let mut cells = Vec::new();
        for element in table.descendant_elements() {
            match element.name() {
                "table" | "pre" | "form" | "input" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "script" => return None,
                "tr" => shape.rows.push(Vec::new()),
                "th" | "thead" => shape.has_header = true,
                "td" => {
                    shape.has_header |= declares_header(element);
                    shape.rows.last_mut()?.push(element);
                    cells.extend(element.span());
                }
                _ => {}
            }
        }
        if has_template_outside(table, &cells) {
            return None;
        }
        shape.rows.retain(|cells| !cells.is_empty());
        Some(shape)
    }

    fn columns(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// Whether the table contains words, in two rows or more: a gallery has only media, a game board or a character map
    /// only single symbols.
    fn reads_as_data(&self) -> bool {
        let with_text = |cells: &&Vec<Element<'_>>| cells.iter().filter(|cell| has_text(**cell)).count() >= 2;
        let has_words = self.rows.iter().flatten().any(|cell| has_more_than_a_sign(*cell));
        has_words && self.rows.iter().filter(with_text).count() >= 2
    }

    /// The edits that turn the first row into a header row.
    fn first_row_as_header(&self) -> Option<Vec<Edit>> {
        let cells = self.rows.first()?;
        if !cells.iter().all(|cell| cell.origin() == Origin::Html && has_text(*cell) && !cell.has_unknown_attributes())
        {
            return None;
        }
        Some(cells.iter().filter_map(|cell| element::rename_tag(*cell, "th")).flatten().collect())
    }
}

fn header_fix(edits: Vec<Edit>) -> Option<Fix> {
    (!edits.is_empty()).then(|| Fix::new("make the cells of the first row headers", Safety::Unsafe, edits))
}

/// Whether there is template syntax between the cells, which may print any number of rows and headers.
fn has_template_outside(table: Element<'_>, cells: &[Span]) -> bool {
    let Some(table_span) = table.span() else { return false };
    let in_cell = |template: Span| overlapping(cells, template).any(|cell| cell.contains(template));
    table.tree().templates_in(table_span).any(|template| !in_cell(template))
}

fn declares_header(cell: Element<'_>) -> bool {
    let role = cell.attribute("role").map_or("", |role| role.value());
    cell.has_attribute("scope")
        || cell.has_attribute("headers")
        || matches!(role, "columnheader" | "rowheader")
        || cell.has_unknown_attributes()
}

fn has_text(cell: Element<'_>) -> bool {
    cell.descendants().any(|node| match node.kind() {
        NodeKind::Text => !is_blank(node.text()),
        kind => kind == NodeKind::Template,
    })
}

fn has_more_than_a_sign(cell: Element<'_>) -> bool {
    cell.descendants().any(|node| match node.kind() {
        NodeKind::Text => node.text().trim().chars().nth(1).is_some(),
        kind => kind == NodeKind::Template,
    })
}

/// Whether the table is for layout, decoration, or the line numbers of a syntax highlighter.
fn is_not_data(table: Element<'_>) -> bool {
    const HIGHLIGHTERS: &[&str] =
        &["rouge-table", "highlighttable", "highlight", "highlighter-rouge", "gist", "gutter"];
    let highlighter = |it: Element<'_>| has_class(it, HIGHLIGHTERS) || matches!(it.name(), "pre" | "td" | "th");
    let role = table.attribute("role");
    role.is_some_and(|role| role.is_unknown() || matches!(role.value().trim(), "presentation" | "none" | "grid"))
        || table.has_unknown_attributes()
        || is_aria_hidden(table)
        || highlighter(table)
        || table.ancestors().any(highlighter)
}
