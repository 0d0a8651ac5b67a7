//! Elements whose content is Markdown (`HTMLExtractorExtra` in `extensions/md_in_html.py`).

use super::extract::Extractor;
use super::is_block_level;
use super::tags::{StartTag, TagAttribute};
use crate::document::read::python_markdown::stash::Stashed;
use crate::document::read::python_markdown::text::Text;
use crate::document::read::python_markdown::tree::{Attribute, Node, NodeId, Tags};
use html5ever::LocalName;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// How the content of an element is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum State {
    Block,
    Span,
    Off,
}

/// Elements that are open, outermost first, and the states of all that were read.
#[derive(Debug, Default)]
pub(in super::super) struct Inside {
    stack: Vec<Open>,
    counts: FxHashMap<String, u32>,
    pub(in super::super) states: FxHashMap<NodeId, State>,
}

#[derive(Debug)]
struct Open {
    name: String,
    state: State,
    /// Whether nothing but tags was read in it.
    is_fresh: bool,
    node: NodeId,
}

impl Inside {
    pub(super) fn is_open(&self) -> bool {
        !self.stack.is_empty()
    }

    fn has(&self, name: &str) -> bool {
        self.counts.get(name).is_some_and(|&count| count > 0)
    }

    fn is_off(&self) -> bool {
        self.stack.last().is_some_and(|open| open.state == State::Off)
    }
}

/// `span_tags`
const SPAN: [&str; 15] =
    ["address", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "legend", "li", "p", "summary", "td", "th"];
/// `raw_tags` and `empty_tags`
const RAW: [&str; 8] = ["canvas", "hr", "math", "option", "pre", "script", "style", "textarea"];

/// How deep elements may be nested; those below are their text.
const MAX_DEPTH: usize = 100;

impl Extractor<'_> {
    fn markdown_of<'t>(&self, tag: &'t StartTag) -> Option<&'t TagAttribute> {
        tag.attributes.iter().find(|it| self.raw.get(it.name.clone()).eq_ignore_ascii_case("markdown"))
    }

    /// `get_state`
    fn state_of(&self, tag: &StartTag) -> State {
        let written = match self.markdown_of(tag) {
            None => "0",
            Some(TagAttribute { value: None, .. }) => "1",
            Some(TagAttribute { value: Some(value), .. }) => self.raw.get(value.clone()),
        };
        let written = if written == "markdown" { "1" } else { written };
        let wanted = match self.inside.stack.last().map(|open| open.state) {
            Some(State::Off) => "off",
            Some(State::Span) if written != "0" => "span",
            _ => written,
        };
        let name = tag.name.as_str();
        let is_span = SPAN.contains(&name);
        let is_block = is_block_level(name) && !is_span && !RAW.contains(&name);
        match wanted {
            "1" if is_block => State::Block,
            "block" if is_block || is_span => State::Block,
            "1" if is_span => State::Span,
            "span" if is_block || is_span => State::Span,
            _ => State::Off,
        }
    }

    /// `handle_starttag`
    pub(super) fn start_in_markdown(&mut self, start: usize, tag: &StartTag) {
        let begins = self.at_line_start() || self.in_tail;
        if tag.name == "hr" && begins {
            return self.start(start, tag);
        }
        let is_fresh = self.inside.stack.last().is_some_and(|open| open.is_fresh);
        let is_block = is_block_level(&tag.name) && (begins || is_fresh) && self.inside.stack.len() < MAX_DEPTH;
        if is_block {
            let state = self.state_of(tag);
            if self.in_raw || state == State::Off && !self.inside.is_open() {
                return self.start(start, tag);
            }
            if self.inside.has("p") {
                self.end_in_markdown("p", start..start);
            }
            return self.open_in_markdown(start, tag, state);
        }
        if self.in_raw {
            return self.start(start, tag);
        }
        self.tag_as_text(start..tag.end);
        self.opened_inline(&tag.name);
    }

    fn open_in_markdown(&mut self, start: usize, tag: &StartTag, state: State) {
        let span = self.raw.span(start..tag.end);
        let mut node = Node::new(LocalName::from(tag.name.as_str()), Some(span));
        let mut written = Text::default();
        match self.markdown_of(tag) {
            Some(attribute) => {
                let before = self.raw.get(start..attribute.name.start).trim_end().len();
                written.push(self.raw, start..start + before);
                written.push(self.raw, attribute.end..tag.end);
            }
            None => written.push(self.raw, start..tag.end),
        }
        for attribute in &tag.attributes {
            let name = self.raw.get(attribute.name.clone()).to_ascii_lowercase();
            let value = attribute.value.clone().map(|value| self.raw.slice(value)).unwrap_or_default();
            let name_span = Some(self.raw.span(attribute.name.clone()));
            if name != "markdown" {
                node.put(Attribute { name: LocalName::from(name), value, name_span, is_written: true });
            }
        }
        node.has_changed = false;
        node.tags = Some(Box::new(Tags { start: written, end: None }));
        let id = self.nodes.detached(node);
        if let Some(parent) = self.inside.stack.last() {
            self.nodes.get_mut(parent.node).children.push(id);
        }
        self.inside.states.insert(id, state);
        *self.inside.counts.entry(tag.name.clone()).or_default() += 1;
        self.inside.stack.push(Open { name: tag.name.clone(), state, is_fresh: true, node: id });
    }

    /// A tag that is part of the text: kept from Markdown if that is off.
    fn tag_as_text(&mut self, range: Range<usize>) {
        if !self.inside.is_off() {
            return self.data(range);
        }
        let span = self.raw.span(range.clone());
        let placeholder = self.stash.store(Stashed::Html(self.raw.slice(range)));
        self.data_in_markdown(&Text::of(&placeholder, span));
    }

    /// `handle_endtag`
    pub(super) fn end_in_markdown(&mut self, name: &str, tag: Range<usize>) {
        if self.in_raw {
            return self.end(name, tag);
        }
        if !is_block_level(name) {
            self.tag_as_text(tag);
            return self.closed_inline(name);
        }
        if !self.inside.has(name) {
            return self.tag_as_text(tag);
        }
        while let Some(open) = self.inside.stack.pop() {
            if let Some(count) = self.inside.counts.get_mut(&open.name) {
                *count = count.saturating_sub(1);
            }
            let is_it = open.name == name;
            self.end_node(open.node, if is_it { tag.clone() } else { tag.start..tag.start });
            if is_it {
                if !self.inside.is_open() {
                    self.store_element(open.node, tag);
                }
                break;
            }
        }
    }

    fn end_node(&mut self, id: NodeId, tag: Range<usize>) {
        let end = self.raw.slice(tag.clone());
        let span = self.raw.span(tag.clone());
        let node = self.nodes.get_mut(id);
        node.cover(span);
        if let Some(tags) = &mut node.tags {
            tags.end = (!tag.is_empty()).then_some(end);
        }
    }

    fn store_element(&mut self, id: NodeId, tag: Range<usize>) {
        self.second_newline(tag.start);
        self.flatten(id);
        let span = self.nodes.get(id).span.unwrap_or_default();
        let placeholder = self.stash.store(Stashed::Element(id));
        self.clean.push_str(&placeholder, span);
        self.clean.push_str("\n\n", crate::source::Span::empty(span.end));
        if !self.blank_line_follows(tag.end) {
            self.in_tail = true;
        }
    }

    /// Children become placeholders in the text of their parents, so that all of it is read as blocks.
    fn flatten(&mut self, root: NodeId) {
        let mut next = vec![root];
        let mut at = 0;
        while let Some(&current) = next.get(at) {
            at += 1;
            for child in std::mem::take(&mut self.nodes.get_mut(current).children) {
                let mut text = self.nodes.get_mut(current).text.take().unwrap_or_default();
                let tail = self.nodes.get_mut(child).tail.take().unwrap_or_default();
                let span = self.nodes.get(child).span.unwrap_or_default();
                if !text.as_str().ends_with("\n\n") {
                    let bare = text.as_str().trim_end_matches('\n').len();
                    text.truncate(bare);
                    text.push_str("\n\n", crate::source::Span::empty(span.start));
                }
                let state = self.inside.states.get(&child).copied().unwrap_or(State::Off);
                text.push_str(&self.stash.store(Stashed::Element(child)), span);
                if tail.as_str() == "\n" {
                    text.push_all(&tail);
                } else {
                    text.push_str("\n", crate::source::Span::empty(span.end));
                    let bare = tail.as_str().trim_end_matches('\n').len();
                    text.push(&tail, 0..bare);
                }
                self.nodes.get_mut(current).text = Some(text);
                if state != State::Off {
                    next.push(child);
                }
            }
        }
    }

    /// Adds characters to the innermost element (`TreeBuilder.data`).
    pub(super) fn data_in_markdown(&mut self, data: &Text) {
        let Some(open) = self.inside.stack.last_mut() else { return };
        open.is_fresh = false;
        let parent = open.node;
        let place = match self.nodes.last_child(parent) {
            Some(child) => &mut self.nodes.get_mut(child).tail,
            None => &mut self.nodes.get_mut(parent).text,
        };
        place.get_or_insert_default().push_all(data);
    }

    /// `handle_empty_tag`
    pub(super) fn empty_in_markdown(&mut self, range: Range<usize>, is_block: bool) {
        let is_separate = is_block && self.at_line_start();
        if !is_separate && !self.inside.is_off() {
            return self.data(range);
        }
        let span = self.raw.span(range.clone());
        let placeholder = self.stash.store(Stashed::Html(self.raw.slice(range)));
        let mut data = Text::default();
        if is_separate {
            data.push_str("\n", crate::source::Span::empty(span.start));
        }
        data.push_str(&placeholder, span);
        if is_separate {
            data.push_str("\n\n", crate::source::Span::empty(span.end));
        }
        self.data_in_markdown(&data);
    }

    /// Closes what is still open at the end.
    pub(super) fn close_markdown(&mut self) {
        if let Some(name) = self.inside.stack.first().map(|open| open.name.clone()) {
            // An element of the same name may be inside it.
            while self.inside.is_open() {
                let end = self.raw.len();
                self.end_in_markdown(&name, end..end);
            }
        }
    }
}
