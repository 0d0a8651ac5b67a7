//! Puts what placeholders stand for into the tree (`InlineProcessor.run`, `__processPlaceholders`).

use super::{Held, Inline};
use crate::document::read::python_markdown::stash;
use crate::document::read::python_markdown::text::Text;
use crate::document::read::python_markdown::tree::{NodeId, Nodes};
use std::collections::VecDeque;
use std::rc::Rc;

/// The names of the elements around one.
type Ancestors = Rc<[html5ever::LocalName]>;

/// How deep placeholders may be in each other.
const MAX_DEPTH: usize = 60;

/// Maximum number of remembered names of elements.
const MAX_ANCESTORS: usize = 12;

impl Inline<'_, '_> {
    /// Reads the text of all elements.
    pub(in super::super) fn run(&mut self) {
        let mut queue: VecDeque<(NodeId, Ancestors)> = VecDeque::from([(Nodes::ROOT, Rc::from([]))]);
        while let Some((id, ancestors)) = queue.pop_front() {
            let ancestors = self.entered(id, &ancestors);
            self.children(id, &ancestors, &mut queue);
        }
    }

    fn entered(&mut self, id: NodeId, ancestors: &Ancestors) -> Ancestors {
        let tag = self.nodes().get(id).tag.clone();
        // Only `a` matters, and once is enough.
        if ancestors.len() > MAX_ANCESTORS && &*tag != "a" || &*tag == "a" && ancestors.contains(&tag) {
            return Rc::clone(ancestors);
        }
        ancestors.iter().cloned().chain([tag]).collect()
    }

    fn children(&mut self, id: NodeId, ancestors: &Ancestors, queue: &mut VecDeque<(NodeId, Ancestors)>) {
        let mut inserts = Vec::new();
        let mut index = 0;
        // Elements that are put in on the way are read as well.
        let mut children: VecDeque<NodeId> = std::mem::take(&mut self.nodes().get_mut(id).children).into();
        let mut done = Vec::with_capacity(children.len());
        while let Some(child) = children.pop_front() {
            index += 1;
            done.push(child);
            let text = &mut self.nodes().get_mut(child).text;
            if text.as_ref().is_some_and(|text| !text.is_atomic && !text.is_empty())
                && let Some(text) = text.take()
            {
                self.ancestors = ancestors.to_vec();
                let tag = self.nodes().get(child).tag.clone();
                self.ancestors.push(tag);
                let text = self.handle(text, 0);
                let found = self.place(text, child, true, 0);
                queue.extend(found.iter().map(|&found| (found, Rc::clone(ancestors))));
                inserts.push((child, found));
                self.ancestors.pop();
            }
            if let Some(tail) = self.nodes().get_mut(child).tail.take().filter(|tail| !tail.is_empty()) {
                self.ancestors = ancestors.to_vec();
                let tail = self.handle(tail, 0);
                let found = self.place(tail, child, false, 0);
                for &new in found.iter().rev() {
                    children.push_front(new);
                }
            }
            if !self.nodes().get(child).children.is_empty() {
                queue.push_back((child, Rc::clone(ancestors)));
            }
        }
        debug_assert_eq!(index, done.len());
        self.nodes().get_mut(id).children = done;
        for (child, found) in inserts {
            self.nodes().get_mut(child).children.splice(0..0, found);
        }
    }

    /// Splits a text at its placeholders: its first part becomes the text or the tail of `parent`, the elements are
    /// returned, with what follows each as its tail.
    fn place(&mut self, data: Text, parent: NodeId, is_text: bool, depth: usize) -> Vec<NodeId> {
        let mut result: Vec<NodeId> = Vec::new();
        let mut start = 0;
        let mut from = 0;
        while let Some(found) = stash::next_inline(data.as_str(), from).filter(|_| depth < MAX_DEPTH) {
            from = found.end;
            let Some(held) = self.held.get_mut(found.index) else { continue };
            let held = match held {
                Held::Text(text) => Held::Text(text.clone()),
                held => std::mem::replace(held, Held::Taken),
            };
            self.link_text(data.slice(start..found.start), &result, parent, is_text);
            start = found.end;
            match held {
                Held::Text(text) => self.link_text(text, &result, parent, is_text),
                Held::Node(node) => {
                    self.place_in(node, depth);
                    result.push(node);
                }
                Held::Taken => {}
            }
        }
        self.link_text(data.slice(start..data.len()), &result, parent, is_text);
        result
    }

    /// Splits the texts of an element that a placeholder stood for, and of its children (`__processElementText`).
    fn place_in(&mut self, node: NodeId, depth: usize) {
        let children = self.nodes().get(node).children.clone();
        for child in [node].into_iter().chain(children) {
            if let Some(tail) = self.take_if_any(child, false) {
                let found = self.place(tail, child, false, depth + 1);
                let position = self.nodes().get(node).children.iter().position(|&it| it == child);
                let at = position.map_or(0, |position| position + 1);
                self.nodes().get_mut(node).children.splice(at..at, found);
            }
            if let Some(text) = self.take_if_any(child, true) {
                let found = self.place(text, child, true, depth + 1);
                self.nodes().get_mut(child).children.splice(0..0, found);
            }
        }
    }

    /// Takes a text out that is more than whitespace.
    fn take_if_any(&mut self, id: NodeId, is_text: bool) -> Option<Text> {
        let node = self.nodes().get_mut(id);
        let place = if is_text { &mut node.text } else { &mut node.tail };
        if place.as_ref().is_some_and(|text| !text.as_str().trim().is_empty()) { place.take() } else { None }
    }

    fn link_text(&mut self, text: Text, result: &[NodeId], parent: NodeId, is_text: bool) {
        if text.is_empty() {
            return;
        }
        let place = match result.last() {
            Some(&last) => &mut self.nodes().get_mut(last).tail,
            None if is_text => &mut self.nodes().get_mut(parent).text,
            None => &mut self.nodes().get_mut(parent).tail,
        };
        match place {
            Some(known) => known.push_all(&text),
            None => *place = Some(text),
        }
    }
}
