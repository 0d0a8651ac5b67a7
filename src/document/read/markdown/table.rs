//! Tables, with `thead` and `tbody` as the engines render them.

use crate::document::read::markdown::Reader;
use crate::document::tree::build::{Build, NewAttribute};
use crate::place::flavor::{Alignment, Strikethrough};
use crate::source::Span;
use html5ever::{LocalName, local_name};

/// The table that is being parsed; tables do not nest.
#[derive(Debug, Default)]
pub(super) struct Table {
    written: Span,
    in_head: bool,
    has_body: bool,
    alignments: Vec<pulldown_cmark::Alignment>,
    /// The number of cells in the current row so far.
    cells: usize,
}

impl<B: Build> Reader<'_, B> {
    pub(super) fn open_table(&mut self, written: Span, alignments: Vec<pulldown_cmark::Alignment>) {
        self.table = Table { written, alignments, ..Table::default() };
        let attributes = self.block_attributes(written);
        self.build.open(local_name!("table"), written, &attributes);
    }

    pub(super) fn close_table(&mut self, at: Span) {
        if self.table.has_body {
            self.build.close(local_name!("tbody"), at);
        }
        self.build.close(local_name!("table"), at);
    }

    pub(super) fn open_table_head(&mut self, written: Span) {
        self.table.in_head = true;
        self.table.cells = 0;
        self.build.open(local_name!("thead"), written, &[]);
        self.build.open(local_name!("tr"), written, &[]);
    }

    pub(super) fn close_table_head(&mut self, at: Span) {
        self.table.in_head = false;
        self.build.close(local_name!("tr"), at);
        self.build.close(local_name!("thead"), at);
    }

    pub(super) fn open_table_row(&mut self, written: Span) {
        self.table.cells = 0;
        if !self.table.has_body {
            self.table.has_body = true;
            let body = Span::new(written.start, self.table.written.end.max(written.end));
            self.build.open(local_name!("tbody"), body, &[]);
        }
        self.build.open(local_name!("tr"), written, &[]);
    }

    pub(super) fn open_table_cell(&mut self, written: Span) {
        let alignment = self.table.alignments.get(self.table.cells).copied();
        self.table.cells += 1;
        // Only markdown-it (identified by `SOfTwo`) sets the alignment of cells that are missing at the end of a row.
        let is_there = !written.is_empty() || self.table.in_head || self.flavor.strikethrough == Strikethrough::SOfTwo;
        let alignment = alignment.filter(|_| is_there).and_then(|alignment| self.alignment(alignment));
        self.build.open(self.table_cell(), written, alignment.as_slice());
    }

    /// The attribute that sets the alignment of a cell.
    fn alignment(&self, alignment: pulldown_cmark::Alignment) -> Option<NewAttribute<'static>> {
        let side = match alignment {
            pulldown_cmark::Alignment::None => return None,
            pulldown_cmark::Alignment::Left => "left",
            pulldown_cmark::Alignment::Center => "center",
            pulldown_cmark::Alignment::Right => "right",
        };
        let style = |value: String| Some(NewAttribute::new(local_name!("style"), value, None));
        match self.flavor.alignment {
            Alignment::Off => None,
            Alignment::Style => style(format!("text-align:{side}")),
            Alignment::SpacedStyle => style(format!("text-align: {side}")),
            Alignment::Attribute => Some(NewAttribute::new(local_name!("align"), side, None)),
        }
    }

    pub(super) fn table_cell(&self) -> LocalName {
        if self.table.in_head { local_name!("th") } else { local_name!("td") }
    }
}
