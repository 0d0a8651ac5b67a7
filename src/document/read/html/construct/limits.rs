//! Limits for hostile markup: tree construction takes time proportional to the depth of the tree, and every unclosed
//! formatting element is copied into every following paragraph.
//!
//! Beyond a limit, an element is closed as soon as it is opened, and its content follows it. Browsers limit the depth
//! in the same way (Chromium and WebKit: 512).

use crate::document::read::html::construct::feed::Feed;
use crate::document::read::html::construct::sink::TokenKind;
use crate::document::read::html::names::is_formatting_name;
use crate::document::tree::{NodeId, Origin};
use crate::source::Span;
use html5ever::{LocalName, local_name};
use std::cell::{Cell, RefCell};

/// Maximum number of open elements.
const MAX_DEPTH: usize = 512;
/// Maximum number of formatting elements that are open or will be reopened: the start tag of each new one is compared
/// with all of them.
const MAX_FORMATTING: usize = 100;
/// Depth and formatting elements are counted at every `COUNT_EVERY`th start tag, and at every `COUNT_SOON_EVERY`th
/// while they exceed a limit.
const COUNT_EVERY: u32 = 64;
const COUNT_SOON_EVERY: u32 = 16;
/// Number of clones that every file may have, and number of bytes that allow one more clone.
const CLONES: usize = 1024;
const BYTES_PER_CLONE: usize = 16;
/// Maximum number of early closed elements that are searched for the one that an end tag closes.
const LOOK_BACK: usize = 64;

#[derive(Debug, Default)]
pub(super) struct Limits {
    starts: Cell<u32>,
    is_deep: Cell<bool>,
    is_crowded: Cell<bool>,
    has_too_many_clones: Cell<bool>,
    /// The number of clones when the limit was last exceeded.
    clones: Cell<usize>,
    /// Elements that were closed early and whose end tags have not occurred yet.
    closed_early: RefCell<Vec<NodeId>>,
}

impl Feed<'_> {
    /// Enforces the limits after a start tag that opened `own`.
    pub(super) fn limit(&self, own: NodeId, name: &LocalName) {
        if matches!(*name, local_name!("html") | local_name!("head") | local_name!("body") | local_name!("frameset")) {
            return;
        }
        let starts = self.limits.starts.get() + 1;
        self.limits.starts.set(starts);
        let is_over = self.limits.is_deep.get() || self.limits.is_crowded.get();
        let every = if is_over { COUNT_SOON_EVERY } else { COUNT_EVERY };
        if starts.is_multiple_of(every) {
            self.limits.is_deep.set(self.depth() > MAX_DEPTH);
            self.limits.is_crowded.set(self.held_nodes(&is_formatting_name).len() > MAX_FORMATTING);
        }
        self.limit_clones();
        let has_too_many = self.limits.is_crowded.get() || self.limits.has_too_many_clones.get();
        if (self.limits.is_deep.get() || (has_too_many && is_formatting_name(name))) && self.current_node() == own {
            self.close_early(name.clone());
            self.limits.closed_early.borrow_mut().push(own);
        }
    }

    /// If an element with this name was closed early, records `span` as its end tag and returns true.
    pub(super) fn take_end_of_closed_early(&self, name: &LocalName, span: Span) -> bool {
        let closed = &mut *self.limits.closed_early.borrow_mut();
        if closed.is_empty() {
            return false;
        }
        let found = closed.iter().rev().take(LOOK_BACK).position(|&id| self.is_named(id, name));
        let Some(back) = found else { return false };
        let index = closed.len() - 1 - back;
        self.sink().state.borrow_mut().close(closed[index], span);
        closed.truncate(index);
        true
    }

    /// Closes all formatting elements if there are too many clones. If the tree builder ignores the end tags (in a
    /// `<select>`), a later call tries again once there are more clones.
    fn limit_clones(&self) {
        let (clones, len) = {
            let state = self.sink().state.borrow();
            (state.clones, state.tree.source.len())
        };
        if clones <= CLONES + (len / BYTES_PER_CLONE).max(self.limits.clones.get()) {
            return;
        }
        self.limits.clones.set(clones);
        self.limits.has_too_many_clones.set(true);
        // Each element may be open and also listed for reopening; closing one may copy it into an element that is still
        // open.
        for _ in 0..2 * self.depth() {
            let Some(&innermost) = self.held_nodes(&is_formatting_name).last() else { return };
            let name = self.sink().state.borrow().tree.data(innermost).name.local.clone();
            self.close_early(name);
        }
    }

    /// Closes an element as if the post contained its end tag.
    fn close_early(&self, name: LocalName) {
        self.sink().begin(TokenKind::End, name.clone(), Span::empty(0), Origin::Implied);
        let _ = self.end_tag(name);
    }
}
