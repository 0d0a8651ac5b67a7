//! The parts of tables (<https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-intable> and the insertion
//! modes after it). The mode follows from the innermost part that is open.

use crate::document::read::html::native::Native;
use crate::document::read::html::native::class::Class;
use crate::document::read::html::native::reason::Reason;
use crate::document::read::html::native::stack::Open;
use html5ever::{LocalName, local_name};

fn is_section(name: &LocalName) -> bool {
    matches!(*name, local_name!("tbody") | local_name!("thead") | local_name!("tfoot"))
}

fn is_cell(open: &Open) -> bool {
    matches!(open.name, local_name!("td") | local_name!("th"))
}

fn is_part(open: &Open) -> bool {
    open.class.is(Class::STRUCTURE) || open.class.is(Class::CELL)
}

impl Native<'_, '_> {
    /// Closes and opens what a start tag of this name implies.
    pub(super) fn open_table_part(&mut self, name: &LocalName) -> Result<(), Reason> {
        self.close_open_cell()?;
        if matches!(*name, local_name!("td") | local_name!("th")) {
            if self.stack.top().name == local_name!("table") {
                self.open_implied(local_name!("tbody"))?;
            }
            if is_section(&self.stack.top().name) {
                self.open_implied(local_name!("tr"))?;
            }
            return self.expect(|top| *top == local_name!("tr"));
        }
        if self.stack.top().name == local_name!("tr") {
            self.stack.pop();
        }
        if *name == local_name!("tr") {
            if self.stack.top().name == local_name!("table") {
                self.open_implied(local_name!("tbody"))?;
            }
            return self.expect(is_section);
        }
        if is_section(&self.stack.top().name) {
            self.stack.pop();
        }
        self.expect(|top| *top == local_name!("table"))
    }

    fn expect(&self, is: impl Fn(&LocalName) -> bool) -> Result<(), Reason> {
        if is(&self.stack.top().name) { Ok(()) } else { Err(Reason::TablePart) }
    }

    /// Closes the cell of the innermost table, if one is open.
    fn close_open_cell(&mut self) -> Result<(), Reason> {
        let Some(index) = self.stack.find(is_part, |_| false) else { return Err(Reason::TablePart) };
        if is_cell(self.stack.get(index)) {
            return self.stack.close_cell(index);
        }
        if self.stack.is_in_table() { Ok(()) } else { Err(Reason::TablePart) }
    }

    /// Closes the part of a table that an end tag of this name ends. Returns the part.
    pub(super) fn close_table_part(&mut self, name: &LocalName) -> Result<Open, Reason> {
        if matches!(*name, local_name!("td") | local_name!("th") | local_name!("caption")) {
            let index = self.stack.find(is_part, |_| false).ok_or(Reason::TablePart)?;
            let part = self.stack.get(index).clone();
            if part.name != *name {
                return Err(Reason::TablePart);
            }
            self.stack.close_cell(index)?;
            return Ok(part);
        }
        self.close_open_cell()?;
        loop {
            let part = self.stack.top().clone();
            if part.name != *name && (part.name == local_name!("table") || !part.class.is(Class::STRUCTURE)) {
                return Err(Reason::TablePart);
            }
            self.stack.pop();
            if part.name == *name {
                return Ok(part);
            }
        }
    }
}
