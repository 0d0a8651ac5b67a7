//! `table-without-headers`: a data table in which no cell is a header.

use crate::diagnostic::{Fix, Label, Safety};
use crate::document::ask::accessible_name::is_blank;
use crate::document::ask::hidden::may_be_hidden;
use crate::document::ask::prose::words;
use crate::document::ask::role::has_role;
use crate::document::ask::tokens::has_class;
use crate::document::edit::element;
use crate::document::{Element, Node, NodeKind, Origin};
use crate::edit::Edit;
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::{Span, overlapping};
use serde::Deserialize;
use std::borrow::Cow;

/// Layout tables are not reported.
#[derive(Deserialize)]
pub struct TableWithoutHeaders {}

/// Minimum number of tables that are reported together.
const MANY: usize = 3;

/// Maximum number of other tables that a finding refers to.
const MAX_SHOWN: usize = 3;

/// Maximum number of nodes examined in a cell.
const MAX_INSIDE: usize = 100;

impl Check for TableWithoutHeaders {
    fn wants(&self) -> Wants {
        Wants::together(&["table"])
    }

    fn elements(&self, context: &mut Context<'_>, elements: &[Element<'_>]) {
        let tables: Vec<Table<'_>> = elements.iter().filter_map(|element| Table::of(*element)).collect();
        if tables.len() >= MANY {
            together(&tables).into_iter().for_each(|finding| context.report(finding));
        } else {
            let source = context.document.source.text();
            tables.iter().for_each(|table| context.report(table.finding(source)));
        }
    }
}

/// A data table without any header cell.
struct Table<'t> {
    element: Element<'t>,
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
        Some(Table { element, shape, columns, start_tag: element.start_tag()? })
    }

    fn finding(&self, source: &str) -> Finding {
        let (rows, columns) = (self.shape.rows.len(), self.columns);
        let message = format!("table of {rows} rows × {columns} columns has no header cells");
        let fix = self.shape.first_row_as_header().and_then(header_fix);
        let finding = Finding { message: Some(message), fix, ..Finding::at(self.start_tag) };
        if self.element.origin() == Origin::Markdown { self.in_markdown(source, finding) } else { finding }
    }

    /// The finding for a table in Markdown, where a line of dashes makes the rows above it headers.
    fn in_markdown(&self, source: &str, finding: Finding) -> Finding {
        let line = double_line(source, self.start_tag);
        let help = match line {
            Some(_) => "write dashes instead of `=`: in kramdown, a line of `=` starts the foot of the table",
            None => "put a line of dashes, as in `|---|---|`, under the row that names the columns",
        };
        let dashes = line.map(|line| Edit { span: line, text: line.slice(source).replace('=', "-") });
        let fix = dashes.map(|edit| Fix::new("write dashes", Safety::Unsafe, [edit]));
        let label = Some("no row of this table is a header".to_owned());
        Finding { label, help: Some(help.to_owned()), fix, ..finding }
    }
}

/// The second line of a table in Markdown, if it consists of `=`: the author took it for the line under a header.
fn double_line(source: &str, table: Span) -> Option<Span> {
    let written = table.slice(source);
    let second = written.split_inclusive('\n').nth(1)?;
    let start = table.start + written.find('\n')? as u32 + 1;
    let is_line =
        second.contains('=') && second.chars().all(|c| matches!(c, '=' | '|' | '+' | ':') || c.is_whitespace());
    is_line.then(|| Span::new(start, start + second.trim_end().len() as u32))
}

/// The finding for many tables: they usually have the same cause.
fn together(tables: &[Table<'_>]) -> Option<Finding> {
    let (first, others) = tables.split_first()?;
    let edits = tables.iter().filter_map(|table| table.shape.first_row_as_header()).flatten();
    let fix = header_fix(edits.collect());
    let message = format!("{} tables have no header cells", tables.len());
    let in_markdown = tables.iter().all(|table| table.element.origin() == Origin::Markdown);
    let help = match in_markdown {
        true => "in each table, put a line of dashes, as in `|---|---|`, under the row that names the columns",
        false => "in each table, mark the cells that name a column or a row with `<th>`",
    };
    let other = |table: &Table<'_>| Label { span: table.start_tag, message: "another of these tables".to_owned() };
    Some(Finding {
        message: Some(message),
        related: others.iter().take(MAX_SHOWN).map(other).collect(),
        help: Some(help.to_owned()),
        fix,
        ..Finding::of_post(first.start_tag)
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
                "th" => shape.has_header = true,
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
        has_words
            && !self.is_mostly_boxes()
            && !self.is_diagram()
            && !self.is_specimen()
            && self.rows.iter().filter(with_text).count() >= 2
    }

    /// Whether most cells are boxes of a layout: they hold quotes, embeds or lists, or extend over several columns.
    fn is_mostly_boxes(&self) -> bool {
        let is_box = |name: &str| {
            matches!(
                name,
                "blockquote" | "iframe" | "video" | "audio" | "object" | "embed" | "figure" | "ul" | "ol" | "hr"
            )
        };
        let is_layout = |cell: &Element<'_>| {
            cell.has_attribute("colspan") || cell.descendant_elements().take(MAX_INSIDE).any(|it| is_box(it.name()))
        };
        let cells: usize = self.rows.iter().map(Vec::len).sum();
        self.rows.iter().flatten().filter(|cell| is_layout(cell)).count() * 2 > cells
    }

    /// Whether most rows are a single cell over all columns, as in the boxes of a diagram.
    fn is_diagram(&self) -> bool {
        let spans_all = |cells: &&Vec<Element<'_>>| {
            let width = |cell: &Element<'_>| cell.attribute("colspan").and_then(|it| it.value().trim().parse().ok());
            matches!(&***cells, [cell] if width(cell).is_some_and(|width: usize| width > 1))
        };
        self.rows.iter().filter(spans_all).count() * 2 > self.rows.len()
    }

    /// Whether all rows have the same text behind their first cell, which is shown in different ways.
    fn is_specimen(&self) -> bool {
        let mut texts = self
            .rows
            .iter()
            .map(|cells| -> Vec<Cow<'_, str>> { cells.iter().skip(1).map(|cell| words(*cell)).collect() });
        let first = texts.next().filter(|first| first.iter().any(|text| !text.is_empty()));
        self.rows.len() >= MANY && first.is_some_and(|first| texts.all(|other| other == first))
    }

    /// The edits that turn the first row into a header row, if it looks like one and no other row does.
    fn first_row_as_header(&self) -> Option<Vec<Edit>> {
        let (cells, others) = self.rows.split_first()?;
        let is_row = |cells: &[Element<'_>]| cells.iter().all(|cell| looks_like_header(*cell));
        let is_plain =
            |cell: &Element<'_>| cell.origin() == Origin::Html && has_text(*cell) && !cell.has_unknown_attributes();
        // A row with more cells than the ones below it names something else as well.
        let is_wider = others.iter().all(|row| row.len() < cells.len());
        if !cells.iter().all(is_plain) || is_wider || !is_row(cells) || others.iter().any(|row| is_row(row)) {
            return None;
        }
        Some(cells.iter().filter_map(|cell| element::rename_tag(*cell, "th")).flatten().collect())
    }
}

/// Whether the cell is set apart as headers are: it is in the head of the table, its text is bold, or it or its row has a background of its own.
fn looks_like_header(cell: Element<'_>) -> bool {
    let has_background = |it: Element<'_>| {
        let style = it.attribute("style").map_or(String::new(), |style| style.value().to_ascii_lowercase());
        it.has_attribute("bgcolor") || style.contains("background") || style.contains("font-weight")
    };
    let row = cell.parent().filter(|row| row.name() == "tr");
    let is_bold = |node: &Node<'_>| {
        let inner = node.ancestors().take_while(|above| above.node().id() != cell.node().id());
        inner.take(MAX_INSIDE).any(|above| matches!(above.name(), "b" | "strong"))
    };
    let has_words = |node: &Node<'_>| node.kind() == NodeKind::Text && !is_blank(node.text());
    let is_in_head = row.and_then(|row| row.parent()).is_some_and(|part| part.name() == "thead");
    is_in_head
        || has_background(cell)
        || row.is_some_and(has_background)
        || cell.descendants().take(MAX_INSIDE).filter(has_words).all(|node| is_bold(&node))
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

/// Whether the table is for layout, decoration, the line numbers of a syntax highlighter, or the specimen of a font.
fn is_not_data(table: Element<'_>) -> bool {
    const HIGHLIGHTERS: &[&str] =
        &["rouge-table", "highlighttable", "highlight", "highlighter-rouge", "gist", "gutter", "sample_table"];
    let highlighter = |it: Element<'_>| has_class(it, HIGHLIGHTERS) || matches!(it.name(), "pre" | "td" | "th");
    let is_unknown = table.attribute("role").is_some_and(|role| role.is_unknown());
    is_unknown
        || has_role(table, &["presentation", "none", "grid", "treegrid"])
        || table.has_unknown_attributes()
        || may_be_hidden(table)
        || highlighter(table)
        || table.ancestors().any(highlighter)
}
