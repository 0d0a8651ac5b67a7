//! The stack of open elements (<https://html.spec.whatwg.org/multipage/parsing.html#the-stack-of-open-elements>).

use crate::document::read::html::native::class::Class;
use crate::document::read::html::native::reason::Reason;
use crate::document::tree::NodeId;
use html5ever::{LocalName, local_name};

/// Maximum number of open elements. The tree constructor counts references to elements, at most two for each, and
/// closes elements early if it counts more than 512, or more than 100 to formatting elements.
const MAX_OPEN: usize = 48;

/// An open element.
#[derive(Clone, Debug)]
pub(super) struct Open {
    pub id: NodeId,
    pub name: LocalName,
    pub class: Class,
}

/// The open elements, outermost first; the root is always there. Only the end of a cell closes formatting elements without
/// their end tags, and none of those is opened again: so the list of active formatting elements is not needed.
#[derive(Debug)]
pub(super) struct Stack(Vec<Open>);

impl Stack {
    /// Creates a stack with a root of this name.
    pub fn new(id: NodeId, name: LocalName) -> Self {
        let mut open = Vec::with_capacity(MAX_OPEN);
        open.push(Open { id, name, class: Class::ROOT });
        Stack(open)
    }

    /// The innermost open element.
    pub fn top(&self) -> &Open {
        &self.0[self.0.len() - 1]
    }

    pub fn push(&mut self, open: Open) -> Result<(), Reason> {
        if self.0.len() == MAX_OPEN {
            return Err(Reason::Depth);
        }
        self.0.push(open);
        Ok(())
    }

    /// Closes the innermost element.
    pub fn pop(&mut self) {
        self.0.pop();
    }

    pub fn get(&self, index: usize) -> &Open {
        &self.0[index]
    }

    /// The index of the innermost element for which `is` returns true, unless one for which `stops` returns true is
    /// further inside.
    pub fn find(&self, is: impl Fn(&Open) -> bool, stops: impl Fn(&Open) -> bool) -> Option<usize> {
        for (index, open) in self.0.iter().enumerate().rev() {
            if is(open) {
                return Some(index);
            }
            if stops(open) {
                return None;
            }
        }
        None
    }

    /// Whether an element of this name is open.
    pub fn has(&self, name: &LocalName) -> bool {
        self.0.iter().any(|open| open.name == *name)
    }

    /// Closes the element at `index` and all elements in it, which must not have to be opened again later.
    pub fn close(&mut self, index: usize) -> Result<(), Reason> {
        if self.0[index..].iter().any(|open| open.class.is(Class::FORMATTING)) {
            return Err(Reason::Formatting);
        }
        self.0.truncate(index);
        Ok(())
    }

    /// Closes the element at `index`, which has its own end tag, and all elements in it.
    pub fn close_with_end_tag(&mut self, index: usize) -> Result<(), Reason> {
        if self.0[index + 1..].iter().any(|open| open.class.is(Class::FORMATTING)) {
            return Err(Reason::Formatting);
        }
        self.0.truncate(index);
        Ok(())
    }

    /// Closes the cell at `index` and all elements in it. Formatting elements that are open in a cell end with it.
    pub fn close_cell(&mut self, index: usize) -> Result<(), Reason> {
        if self.0[index + 1..].iter().any(|open| open.class.is(Class::MARKER)) {
            return Err(Reason::Formatting);
        }
        self.0.truncate(index);
        Ok(())
    }

    /// Closes the `<p>` in button scope, if there is one.
    pub fn close_p(&mut self) -> Result<(), Reason> {
        match self.find_p() {
            Some(index) => self.close(index),
            None => Ok(()),
        }
    }

    /// The index of the `<p>` in button scope.
    pub fn find_p(&self) -> Option<usize> {
        self.find(
            |open| open.name == local_name!("p"),
            |open| open.class.is(Class::SCOPE) || open.name == local_name!("button"),
        )
    }

    /// Whether the current position is in a table, but not in a cell.
    pub fn is_in_table(&self) -> bool {
        self.top().class.is(Class::STRUCTURE)
    }
}
