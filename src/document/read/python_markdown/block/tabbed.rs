//! Content tabs (`pymdownx/tabbed.py`).

use super::container::{Content, title_at};
use super::{Parser, Rest};
use crate::document::read::python_markdown::lines::{Block, Search};
use crate::document::read::python_markdown::text::Text;
use crate::document::read::python_markdown::tree::{Node, NodeId};
use crate::source::Span;

/// `=== "Title"`
struct Start {
    is_selected: bool,
    is_new: bool,
    title: std::ops::Range<usize>,
}

impl Parser<'_> {
    pub(super) fn tabbed(&mut self, parent: NodeId, block: &Block, rest: &mut Rest) -> bool {
        let alternate = self.options.tabbed.is_some_and(|tabbed| tabbed.alternate);
        let class = if alternate { "tabbed-set tabbed-alternate" } else { "tabbed-set" };
        let found = block.find(Search::Tabbed, |line, _| tab_start(self.buffer.line(line)).is_some());
        let Some((index, line)) = found.and_then(|index| Some((index, block.line(index)?))) else {
            return self.more_tab(parent, block, rest, class, alternate);
        };
        let Some(start) = tab_start(self.buffer.line(line)) else { return false };
        if index > 0 {
            self.parse_one(parent, block.part(0, index));
        }
        let span = self.span_with_content(block, index);
        let is_set = |parser: &Self, last| parser.nodes.tag(last) == "div" && parser.nodes.class(last) == class;
        let known = self.last_child(parent).filter(|&last| !start.is_new && is_set(self, last));
        let set = known.unwrap_or_else(|| self.tab_set(parent, class, alternate, span));
        self.nodes.get_mut(set).cover(span);
        let title = self.part(line, start.title.clone());
        let content = self.tab(set, title, span, (alternate, known.is_none() || start.is_selected));
        self.content_below(content, block, index, rest);
        true
    }

    fn tab_set(&mut self, parent: NodeId, class: &str, alternate: bool, span: Span) -> NodeId {
        self.tab_groups += 1;
        let mut node = Node::named("div", span);
        node.set("class", class);
        node.set("data-tabs", &format!("{}:0", self.tab_groups));
        let set = self.nodes.push(parent, node);
        for part in ["tabbed-labels", "tabbed-content"].into_iter().filter(|_| alternate) {
            let mut node = Node::named("div", span);
            node.set("class", part);
            self.nodes.push(set, node);
        }
        set
    }

    /// Adds a tab; returns the element of its content.
    fn tab(&mut self, set: NodeId, title: Text, span: Span, (alternate, is_checked): (bool, bool)) -> NodeId {
        let data = self.nodes.get(set).attribute("data-tabs").map_or("", |data| data.value.as_str()).to_owned();
        let (group, count) = data.split_once(':').unwrap_or(("1", "0"));
        let number = count.parse::<usize>().unwrap_or(0) + 1;
        let name = format!("__tabbed_{group}");
        let inputs: Vec<NodeId> =
            self.nodes.get(set).children.iter().copied().filter(|&it| self.nodes.tag(it) == "input").collect();
        let mut input = Node::named("input", title.whole());
        input.set("name", &name);
        input.set("type", "radio");
        let id = format!("{name}_{number}");
        if self.options.tabbed.is_some_and(|tabbed| tabbed.slugify.is_none()) {
            input.set("id", &id);
        }
        if is_checked {
            input.set("checked", "checked");
            inputs.iter().for_each(|&other| self.nodes.get_mut(other).remove("checked"));
        }
        let mut label = Node::named("label", title.whole());
        if self.options.tabbed.is_some_and(|tabbed| tabbed.slugify.is_none()) {
            label.set("for", &id);
        }
        label.text = Some(title);
        let mut content = Node::named("div", span);
        content.set("class", if alternate { "tabbed-block" } else { "tabbed-content" });
        self.nodes.get_mut(set).set("data-tabs", &format!("{group}:{number}"));
        if !alternate {
            self.nodes.push(set, input);
            self.nodes.push(set, label);
            return self.nodes.push(set, content);
        }
        let input = self.nodes.detached(input);
        let children = &mut self.nodes.get_mut(set).children;
        children.insert(inputs.len().min(children.len()), input);
        let parts: Vec<NodeId> = children.iter().rev().take(2).copied().collect();
        let (Some(&outer), Some(&labels)) = (parts.first(), parts.get(1)) else { return set };
        self.nodes.push(labels, label);
        for part in [outer, labels] {
            self.nodes.get_mut(part).cover(span);
        }
        self.nodes.push(outer, content)
    }

    fn more_tab(&mut self, parent: NodeId, block: &Block, rest: &mut Rest, class: &str, alternate: bool) -> bool {
        let is_set = |parser: &Self, last| parser.nodes.tag(last) == "div" && parser.nodes.class(last) == class;
        let Some(set) = self.last_child(parent).filter(|&last| is_set(self, last)) else { return false };
        let Some(content) = self.tab_content(set, block, alternate) else { return false };
        let id = if self.nodes.is(content.parent, &["li", "dd"]) && self.nodes.get(content.parent).has_text() {
            self.wrap_text(content.parent, false);
            content.parent
        } else if is_set(self, content.parent) {
            let last = self.last_child(content.parent);
            let inner = if alternate { last.and_then(|last| self.last_child(last)) } else { last };
            inner.unwrap_or(content.parent)
        } else {
            content.parent
        };
        self.add_content(id, set, content, block, rest);
        true
    }

    /// The element that an indented block continues.
    fn tab_content(&self, set: NodeId, block: &Block, alternate: bool) -> Option<Content> {
        let wanted = if alternate { "tabbed-block" } else { "tabbed-content" };
        let is_tab = |id: NodeId| self.nodes.tag(id) == "div" && self.nodes.class(id) == wanted;
        let outer = if alternate { self.last_child(set) } else { Some(set) };
        let last = outer.and_then(|outer| self.last_child(outer));
        let list = |id: NodeId| {
            let inner = if is_tab(id) { self.last_child(id) } else { Some(id) };
            inner.filter(|&inner| self.is_list(inner))
        };
        self.content_in(set, last, block, list)
    }
}

fn tab_start(line: &str) -> Option<Start> {
    let rest = line.strip_prefix("===")?;
    let special = rest.bytes().take(2).take_while(|byte| matches!(byte, b'+' | b'!')).count();
    let marks = rest.get(..special)?;
    let after = rest.get(special..)?;
    let title = title_at(line, 3 + special).filter(|_| after.starts_with(' ') && !matches!(marks, "++" | "!!"))?;
    Some(Start { is_selected: marks.contains('+'), is_new: marks.contains('!'), title })
}
