//! `table-header-defect`: a column header without a name.

use crate::diagnostic::{Fix, Safety};
use crate::document::ask::accessible_name::may_be_named;
use crate::document::ask::hidden::may_be_hidden;
use crate::document::ask::prose;
use crate::document::ask::role::is_presentational;
use crate::document::edit::element;
use crate::document::{Element, NodeKind, Origin};
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct TableHeaderDefect {}

/// Maximum number of rows examined to find content in a column.
const MAX_ROWS: usize = 200;

impl Check for TableHeaderDefect {
    fn wants(&self) -> Wants {
        Wants::elements(&["table"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        if !element.is_html() {
            return;
        }
        let is_outer = element.origin() == Origin::Html && !element.ancestors().any(|above| above.name() == "table");
        let written = element.span().filter(|_| is_outer).map_or("", |span| span.slice(context.document.source.text()));
        if memchr::memmem::find(written.as_bytes(), b"scope").is_some() {
            let cells = element.descendant_elements().filter(|inner| inner.name() == "td");
            let findings: Vec<Finding> =
                cells.filter_map(|cell| scope_of_cell(context.document.source.text(), element, cell)).collect();
            findings.into_iter().for_each(|finding| context.report(finding));
        }
        // A layout table has no columns to name.
        if is_presentational(element) || may_be_hidden(element) {
            return;
        }
        let Some(rows) = rows(element) else { return };
        let Some((head, body)) = rows.split_first() else { return };
        let empty: Vec<bool> = head.iter().map(|cell| !may_be_named(*cell)).collect();
        // Empty cells at the start are the corner above the names of the rows.
        let corner = empty.iter().take_while(|empty| **empty).count();
        // In Markdown, even a table without headers has a header row, whose cells are then empty.
        let unnamed = empty.iter().skip(corner).filter(|empty| **empty).count();
        if unnamed * 2 > head.len() - corner || !head.iter().all(|cell| cell.name() == "th") {
            return;
        }
        let is_unnamed = |(column, cell): &(usize, &Element<'_>)| {
            let cells = || body.iter().filter_map(|row| row.get(*column).copied()).filter(|cell| may_be_named(*cell));
            empty.get(*column) == Some(&true) && !may_be_hidden(**cell) && !cells().all(is_link)
        };
        // One finding for a table: whoever left out one header left out the others too.
        let found: Vec<(usize, &Element<'_>)> =
            head.iter().enumerate().skip(corner.max(1)).filter(is_unnamed).collect();
        let Some(span) = found.first().and_then(|(_, cell)| cell.start_tag()) else { return };
        let numbers: Vec<String> = found.iter().map(|(column, _)| (column + 1).to_string()).collect();
        let Some((last, others)) = numbers.split_last() else { return };
        let message = match others {
            [] => format!("the header of column {last} is empty"),
            _ => format!("the headers of columns {} and {last} are empty", others.join(", ")),
        };
        context.report(Finding { message: Some(message), ..Finding::at(span) });
    }
}

/// Reports `<td scope="row">`: in HTML, only `<th>` has a `scope`.
fn scope_of_cell(source: &str, table: Element<'_>, cell: Element<'_>) -> Option<Finding> {
    let scope = cell.attribute("scope").filter(|_| cell.origin() == Origin::Html && !cell.has_attribute("role"))?;
    let value = scope.known_value()?.trim();
    if !["row", "col", "rowgroup", "colgroup"].iter().any(|known| known.eq_ignore_ascii_case(value)) {
        return None;
    }
    let message = Some("`scope` has no meaning on a `<td>`".to_owned());
    let span = scope.span().or(cell.start_tag())?;
    if is_presentational(table) {
        let removal = element::remove_attribute(source, scope);
        return Some(Finding {
            message,
            label: Some("this table is for layout".to_owned()),
            help: Some("remove `scope`".to_owned()),
            fix: removal.map(|edit| Fix::new("remove `scope`", Safety::Safe, [edit])),
            ..Finding::at(span)
        });
    }
    let fix = element::rename_tag(cell, "th")
        .filter(|edits| edits.len() == 2)
        .map(|edits| Fix::new("make it a `<th>`", Safety::Unsafe, edits));
    Some(Finding {
        message,
        label: Some("names a row or a column, but is not a header cell".to_owned()),
        help: Some(format!("write `<th scope=\"{value}\">`")),
        fix,
        ..Finding::at(span)
    })
}

/// Whether a cell contains only a link: columns of "edit" or "download" links need no header.
fn is_link(cell: Element<'_>) -> bool {
    let mut inner = cell.descendant_elements().filter(|inner| inner.name() == "a");
    let Some(link) = inner.next() else { return false };
    inner.next().is_none() && prose::words(link) == prose::words(cell)
}

/// The cells of a table if each cell is in exactly one column; `None` for any other table.
fn rows(table: Element<'_>) -> Option<Vec<Vec<Element<'_>>>> {
    let mut rows: Vec<Vec<Element<'_>>> = Vec::new();
    for node in table.descendants() {
        let Some(element) = node.as_element() else {
            let in_cell = || node.parent().and_then(|it| it.as_element()).is_some_and(|it| !is_table_part(it.name()));
            if node.kind() == NodeKind::Template && !in_cell() {
                return None;
            }
            continue;
        };
        match element.name() {
            "table" | "pre" | "form" => return None,
            "tr" if rows.len() == MAX_ROWS => break,
            "tr" => rows.push(Vec::new()),
            "td" | "th" => {
                if ["colspan", "rowspan", "role"].iter().any(|name| element.has_attribute(name)) {
                    return None;
                }
                rows.last_mut()?.push(element);
            }
            _ => {}
        }
    }
    rows.retain(|row| !row.is_empty());
    Some(rows)
}

fn is_table_part(name: &str) -> bool {
    matches!(name, "table" | "thead" | "tbody" | "tfoot" | "tr" | "colgroup")
}
