//! Tables: `thead` and `tbody` as the renderers write them.

use crate::document::read::markdown::Reader;
use crate::document::tree::build::Build;
use crate::source::Span;
use html5ever::{LocalName, local_name};

/// The table that is being parsed; tables do not nest.
#[derive(Debug, Default)]
pub(super) struct Table {
    written: Span,
    in_head: bool,
    has_body: bool,
}

impl<B: Build> Reader<'_, B> {
    pub(super) fn open_table(&mut self, written: Span) {
        self.table = Table { written, in_head: false, has_body: false };
        self.build.open(local_name!("table"), written, &[]);
    }

    pub(super) fn close_table(&mut self, at: Span) {
        if self.table.has_body {
            self.build.close(local_name!("tbody"), at);
        }
        self.build.close(local_name!("table"), at);
    }

    pub(super) fn open_table_head(&mut self, written: Span) {
        self.table.in_head = true;
        self.build.open(local_name!("thead"), written, &[]);
        self.build.open(local_name!("tr"), written, &[]);
    }

    pub(super) fn close_table_head(&mut self, at: Span) {
        self.table.in_head = false;
        self.build.close(local_name!("tr"), at);
        self.build.close(local_name!("thead"), at);
    }

    pub(super) fn open_table_row(&mut self, written: Span) {
        if !self.table.has_body {
            self.table.has_body = true;
            let body = Span::new(written.start, self.table.written.end.max(written.end));
            self.build.open(local_name!("tbody"), body, &[]);
        }
        self.build.open(local_name!("tr"), written, &[]);
    }

    pub(super) fn table_cell(&self) -> LocalName {
        if self.table.in_head { local_name!("th") } else { local_name!("td") }
    }
}
