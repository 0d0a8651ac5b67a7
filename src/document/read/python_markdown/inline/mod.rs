//! Reads inline text: `InlineProcessor` in `treeprocessors.py`, and `inlinepatterns.py`.
//!
//! As in python-markdown, each pattern runs over all of a text before the next one does, and leaves placeholders of what
//! it found: what a later pattern sees depends on them.

mod code;
mod delimiter;
mod delimiter_pairs;
mod key_names;
mod keys;
mod link;
mod link_target;
mod magic;
mod markup;
mod math;
mod nodes;
mod patterns;
mod reference;
mod symbols;

pub(super) use markup::markup_len;
pub(super) use symbols::{smarty, symbols};

use crate::document::read::python_markdown::block::Parser;
use crate::document::read::python_markdown::stash;
use crate::document::read::python_markdown::text::Text;
use crate::document::read::python_markdown::tree::{NodeId, Nodes};
use crate::source::Span;
use delimiter::Delimiters;
use patterns::Pattern;
use rustc_hash::FxHashMap;

/// What a pattern found.
enum Step {
    /// Nothing; the search goes on from this offset.
    Skip(usize),
    /// A range that becomes an element or a text.
    Replace(usize, usize, Found),
}

/// What replaces a range of the text.
enum Found {
    Node(NodeId),
    Text(Text),
    /// A placeholder of the stash, which is text as it is.
    Stashed(Text),
}

/// What an inline placeholder replaces.
enum Held {
    Node(NodeId),
    Text(Text),
    /// Elements are in the tree once.
    Taken,
}

/// A text that a pattern runs over, and the character before what it has not read yet.
struct Cursor<'d> {
    data: &'d Text,
    /// Up to where it was replaced; the character before is then the end of a placeholder.
    replaced: usize,
    any: bool,
}

impl Cursor<'_> {
    /// The character before an offset.
    fn before(&self, at: usize) -> Option<char> {
        if self.any && at <= self.replaced {
            return Some(stash::ETX);
        }
        self.data.get(0..at).chars().next_back()
    }
}

pub(super) struct Inline<'p, 'o> {
    pub(super) parser: &'p mut Parser<'o>,
    patterns: Vec<Pattern>,
    held: Vec<Held>,
    delimiters: [Delimiters; 2],
    ancestors: Vec<html5ever::LocalName>,
    /// Footnotes: how often each is referred to.
    pub(super) footnote_uses: FxHashMap<String, usize>,
    /// How many more bytes may be read ahead without a match.
    fuel: usize,
    in_smarty: bool,
}

impl<'p, 'o> Inline<'p, 'o> {
    pub(super) fn new(parser: &'p mut Parser<'o>) -> Self {
        let patterns = patterns::of(parser.options);
        let fuel = 4096 + 64 * parser.buffer.len();
        let delimiters = [Delimiters::of_markdown(), Delimiters::of_pymdownx(parser.options)];
        Inline {
            parser,
            patterns,
            held: Vec::new(),
            delimiters,
            ancestors: Vec::new(),
            footnote_uses: FxHashMap::default(),
            fuel,
            in_smarty: false,
        }
    }

    /// Runs other patterns over the same tree: those of `smarty` and `smartsymbols`.
    pub(super) fn run_with(&mut self, patterns: Vec<Pattern>) {
        self.patterns = patterns;
        self.held.clear();
        self.in_smarty = true;
        self.run();
    }

    fn nodes(&mut self) -> &mut Nodes {
        &mut self.parser.nodes
    }

    fn take_fuel(&mut self, amount: usize) -> bool {
        let has_any = self.fuel > 0;
        self.fuel = self.fuel.saturating_sub(amount);
        has_any
    }

    /// Applies the patterns from `first` on (`__handleInline`).
    fn handle(&mut self, data: Text, first: usize) -> Text {
        if data.is_atomic {
            return data;
        }
        let mut data = data;
        for index in first..self.patterns.len() {
            let Some(&pattern) = self.patterns.get(index) else { break };
            if pattern.may_match(data.as_str()) && !self.is_excluded(pattern) {
                data = self.apply(pattern, index, data);
            }
        }
        data
    }

    fn is_excluded(&self, pattern: Pattern) -> bool {
        pattern.is_outside_links() && self.ancestors.iter().any(|name| &**name == "a")
    }

    /// Applies one pattern until it finds nothing more (`__applyPattern`).
    fn apply(&mut self, pattern: Pattern, index: usize, data: Text) -> Text {
        let mut out = Text::default();
        let mut cursor = Cursor { data: &data, replaced: 0, any: false };
        let mut at = 0;
        if let Some(delimiters) = self.delimiters_of(pattern) {
            delimiters.reset();
        }
        let context = pattern.context(&data);
        while let Some(step) = self.next(pattern, &cursor, &context, at) {
            match step {
                Step::Skip(end) => at = end.max(at + 1),
                Step::Replace(start, end, found) => {
                    out.push(&data, cursor.replaced..start);
                    let span = data.span(start..end);
                    let placeholder = self.hold(found, index, span);
                    out.push_all(&placeholder);
                    (cursor.replaced, cursor.any) = (end, true);
                    at = end;
                }
            }
            while at < data.len() && !data.as_str().is_char_boundary(at) {
                at += 1;
            }
        }
        if !cursor.any {
            return data;
        }
        out.push(&data, cursor.replaced..data.len());
        out
    }

    fn delimiters_of(&mut self, pattern: Pattern) -> Option<&mut Delimiters> {
        match pattern {
            Pattern::Delimiters => self.delimiters.first_mut(),
            Pattern::MoreDelimiters => self.delimiters.last_mut(),
            _ => None,
        }
    }

    /// Keeps what was found, after later patterns ran over the text in it; returns its placeholder.
    fn hold(&mut self, found: Found, index: usize, span: Span) -> Text {
        let held = match found {
            Found::Stashed(text) => return text,
            Found::Text(text) => Held::Text(text),
            Found::Node(id) => {
                let is_atomic = self.nodes().get(id).text.as_ref().is_some_and(|text| text.is_atomic);
                if !is_atomic {
                    let children = self.nodes().get(id).children.clone();
                    for child in [id].into_iter().chain(children) {
                        self.handle_parts(child, index);
                    }
                }
                Held::Node(id)
            }
        };
        self.held.push(held);
        Text::of(&stash::inline_placeholder(self.held.len() - 1), span)
    }

    fn handle_parts(&mut self, id: NodeId, index: usize) {
        if let Some(text) = self.nodes().get_mut(id).text.take() {
            let tag = self.nodes().get(id).tag.clone();
            self.ancestors.push(tag);
            let text = self.handle(text, index + 1);
            self.ancestors.pop();
            self.nodes().get_mut(id).text = Some(text);
        }
        if let Some(tail) = self.nodes().get_mut(id).tail.take() {
            // Delimiters in it were judged with those of the element.
            let is_judged = self.delimiters.iter().any(|delimiters| delimiters.next < delimiters.regions.len());
            let tail = self.handle(tail, index + usize::from(is_judged));
            self.nodes().get_mut(id).tail = Some(tail);
        }
    }
}
