//! Whether a post keeps everything that edits are not about: its front matter key by key, and its body node by node.
//!
//! Edits have a [`Reach`]: the bytes that they replace and the spans that they are about. What is written outside of it
//! must be the same before and after:
//!
//! - **Body**: every text, tag, attribute and comment, in the same order and the same nesting. Whitespace counts only
//!   where a page shows it as it is written, as in `<pre>`. Of edits that nest what is behind them in another
//!   way, texts, attributes and comments are compared, but not tags. A tag that is
//!   printed because it belongs to no element is not a text then.
//! - **Front matter**: every key that is not edited, with the same value. If it could not be parsed before, the edits may
//!   only make it readable: the text behind them must be the same.

use crate::document::edit::front_matter::are_same;
use crate::document::read::front_matter::Block;
use crate::document::read::front_matter::value::Entry;
use crate::document::tree::node::Node;
use crate::document::{Attribute, Document, Element, NodeKind, Origin};
use crate::edit::Edit;
use crate::source::{Span, overlapping};
use html5ever::LocalName;
use rustc_hash::FxHashSet;

/// Elements in which whitespace is shown as it is written, or is not text at all.
const EXACT: [&str; 6] = ["pre", "textarea", "script", "style", "xmp", "listing"];

/// The bytes that edits may change, before and after them: sorted spans that do not overlap.
#[derive(Debug)]
pub struct Reach {
    /// Whether tags are compared.
    has_tags: bool,
    before: Vec<Span>,
    after: Vec<Span>,
    /// Where each edit is, before and after it.
    moves: Vec<(Span, Span)>,
}

/// What a post would lose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Loss {
    /// A key of the front matter, or the front matter as a whole if there is no name.
    FrontMatter(Option<String>),
    /// Something in the body.
    Body,
}

impl Reach {
    /// The reach of `sorted` edits that are about `spans`. `renests`: whether they may change what is nested in what.
    pub fn new(sorted: &[Edit], renests: bool, spans: impl IntoIterator<Item = Span>) -> Self {
        let mut before: Vec<Span> = sorted.iter().map(|edit| edit.span).collect();
        let mut after = Vec::with_capacity(before.len());
        let mut moves = Vec::with_capacity(before.len());
        let (mut written, mut removed) = (0, 0);
        for edit in sorted {
            let start = edit.span.start + written - removed;
            after.push(Span::new(start, start + edit.text.len() as u32));
            written += edit.text.len() as u32;
            removed += edit.span.len();
            moves.push((edit.span, *after.last().unwrap_or(&edit.span)));
        }
        for span in spans {
            before.push(span);
            after.push(Span::new(moved(&moves, span.start, false), moved(&moves, span.end, true)));
        }
        Reach { has_tags: !renests, before: joined(before), after: joined(after), moves }
    }

    /// Whether `span` of the post after the edits is inside the reach.
    pub fn holds_after(&self, span: Span) -> bool {
        overlapping(&self.after, span).any(|reach| reach.contains(span))
    }

    /// What `after` lacks of what `before` has outside of the reach; `None` if nothing.
    pub fn loss(&self, before: &Document<'_>, after: &Document<'_>) -> Option<Loss> {
        let (old, new) = (before.front_matter.block(), after.front_matter.block());
        let is_sound = |block: Option<&Block<'_>>| block.is_none_or(|block| block.problem.is_none());
        if !is_sound(old) || old.is_none() && new.is_some() {
            let (old_end, new_end) = self.moves.last().map_or((0, 0), |(old, new)| (old.end, new.end));
            let (old, new) = (before.source.text(), after.source.text());
            let is_same = old.get(old_end as usize..) == new.get(new_end as usize..);
            return (!is_same).then_some(Loss::FrontMatter(None));
        }
        match (old, new) {
            (Some(old), Some(new)) if is_sound(Some(new)) => {
                if let Some(name) = self.lost_key(before, old, new) {
                    return Some(Loss::FrontMatter(name));
                }
            }
            (None, None) => {}
            _ => return Some(Loss::FrontMatter(None)),
        }
        if before.source.slice(before.body) == after.source.slice(after.body) {
            return None;
        }
        let same_place = |offset| offset;
        let new_place = |offset| moved(&self.moves, offset, false);
        // An element whose marks are edited on one side only, because there are none on the other, is compared on neither.
        let mut hidden = Hidden::default();
        Page::new(before, &self.before, self.has_tags).collect_hidden(before, &new_place, &mut hidden);
        Page::new(after, &self.after, self.has_tags).collect_hidden(after, &same_place, &mut hidden);
        let old = Page::new(before, &self.before, self.has_tags).written(before, &new_place, &hidden);
        let new = Page::new(after, &self.after, self.has_tags).written(after, &same_place, &hidden);
        (old != new).then_some(Loss::Body)
    }

    /// The name of a key outside of the reach that has another value after the edits, or is missing.
    fn lost_key(&self, document: &Document<'_>, old: &Block<'_>, new: &Block<'_>) -> Option<Option<String>> {
        let mut rest = new.mapping.entries.iter();
        let kept = old.mapping.entries.iter().filter(|entry| !touches(&self.before, entry.span()));
        for entry in kept {
            let is_same = |other: &Entry<'_>| {
                are_same(vec![(&entry.key, &other.key), (&entry.value, &other.value)], document.place.generator)
            };
            if !rest.any(is_same) {
                return Some(entry.name().map(str::to_owned));
            }
        }
        None
    }
}

/// Where an offset is after edits; inside one, the start or end of what it wrote.
fn moved(moves: &[(Span, Span)], offset: u32, is_end: bool) -> u32 {
    let last = moves.partition_point(|(old, _)| if is_end { old.start < offset } else { old.start <= offset });
    let Some((old, new)) = last.checked_sub(1).and_then(|last| moves.get(last)) else { return offset };
    if offset >= old.end {
        return new.end + (offset - old.end);
    }
    if is_end { new.end } else { new.start }
}

fn joined(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
    // Empty spans stay: an insertion or a removal inside of a value changes that value.
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => joined.push(span),
        }
    }
    joined
}

/// Elements by name and start of their content (in HTML: of their start tag), in the text after the edits.
type Hidden = FxHashSet<(LocalName, u32)>;

/// The name of an element, and where it is. `place` converts offsets.
fn place_of(element: Element<'_>, place: &dyn Fn(u32) -> u32) -> Option<(LocalName, u32)> {
    let own = element.start_tag().filter(|_| matches!(element.origin(), Origin::Markdown | Origin::Html))?;
    let mut inner = element.children().filter(|_| element.origin() == Origin::Markdown);
    let first = inner.find_map(|node| node.as_element().map_or(node.span(), Element::span));
    Some((element.local_name().clone(), place(first.map_or(own.start, |first| first.start))))
}

/// The text without tags that are printed because they belong to no element, or do so only before or after the edits.
fn without_printed_tags(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tag)) = rest.split_once('<') {
        kept.push_str(before);
        let is_tag = tag.starts_with(|c: char| c == '/' || c.is_ascii_alphabetic());
        match tag.split_once('>').filter(|(inside, _)| is_tag && !inside.contains(['<', MARK])) {
            Some((_, after)) => rest = after,
            None => {
                kept.push('<');
                rest = tag;
            }
        }
    }
    kept.push_str(rest);
    kept
}

/// Whether something is inserted or removed directly before or after `span`.
fn borders(spans: &[Span], span: Span) -> bool {
    let first = spans.partition_point(|other| other.end < span.start);
    let near = spans.iter().skip(first).take_while(|other| other.start <= span.end);
    near.into_iter().any(|other| other.is_empty())
}

fn touches(spans: &[Span], span: Span) -> bool {
    overlapping(spans, span).next().is_some()
}

/// A body as one text: its nodes in document order, without those inside the reach. Equal texts are equal pages.
struct Page<'p> {
    has_tags: bool,
    reach: &'p [Span],
    source: &'p str,
    written: String,
    /// The number of open elements in which whitespace counts.
    exact: usize,
}

/// Separates nodes. A text cannot contain it: HTML has no such character.
const MARK: char = '\u{1}';

impl<'p> Page<'p> {
    fn new(document: &'p Document<'_>, reach: &'p [Span], has_tags: bool) -> Self {
        let written = String::with_capacity(document.body.len() as usize);
        Page { has_tags, reach, source: document.source.text(), written, exact: 0 }
    }

    /// Adds the elements whose marks are inside the reach.
    fn collect_hidden(&self, document: &Document<'_>, place: &dyn Fn(u32) -> u32, hidden: &mut Hidden) {
        let within = document.tree.elements().filter(|element| self.is_within(*element));
        hidden.extend(within.filter_map(|element| place_of(element, place)));
    }

    fn written(mut self, document: &Document<'_>, place: &dyn Fn(u32) -> u32, hidden: &Hidden) -> String {
        let page = &mut self;
        let mut open: Vec<(Element<'_>, bool)> = Vec::new();
        for node in document.tree.root().descendants() {
            let parent = node.parent().map(Node::id);
            while let Some((element, shown)) = open.pop_if(|(element, _)| Some(element.node().id()) != parent) {
                page.close(element, shown);
            }
            match node.as_element() {
                Some(element) => {
                    let is_hidden = place_of(element, place).is_some_and(|place| hidden.contains(&place));
                    let shown = !is_hidden && !page.is_within(element);
                    open.push((element, page.open(element, shown)));
                }
                None => page.leaf(node),
            }
        }
        while let Some((element, shown)) = open.pop() {
            page.close(element, shown);
        }
        if self.has_tags { self.written } else { without_printed_tags(&self.written) }
    }

    /// Writes a start tag if it is `shown`, and the attributes outside of the reach. Returns whether it was written.
    fn open(&mut self, element: Element<'_>, shown: bool) -> bool {
        self.exact += usize::from(EXACT.contains(&element.name()));
        let attributes = element.attributes().filter(|attribute| match (attribute.name_span(), attribute.span()) {
            (Some(_), Some(span)) => !touches(self.reach, span),
            // Part of the marks of an element of Markdown, such as the URL of a link.
            (None, Some(value)) => shown && !touches(self.reach, value),
            // Made of other parts of the element, such as the id of a heading.
            _ => shown && element.span().is_none_or(|span| !touches(self.reach, span)),
        });
        // Copies made by HTML's error recovery depend on the nesting.
        let is_copy = element.origin() == Origin::Clone && !self.has_tags;
        let attributes: Vec<Attribute<'_>> = attributes.filter(|_| !is_copy).collect();
        let shown = shown && self.has_tags;
        if shown {
            self.written.extend([MARK, '<']);
            self.written.push_str(element.name());
        }
        for attribute in attributes {
            self.written.extend([MARK, '@']);
            self.written.extend([attribute.name(), "=", attribute.value()]);
        }
        if shown {
            self.written.push(MARK);
        }
        shown
    }

    fn close(&mut self, element: Element<'_>, shown: bool) {
        self.exact -= usize::from(EXACT.contains(&element.name()));
        if shown {
            self.written.extend([MARK, '>']);
            self.written.push_str(element.name());
            self.written.push(MARK);
        }
    }

    /// Whether the marks of an element, its tags or the Markdown around its content, are inside the reach.
    fn is_within(&self, element: Element<'_>) -> bool {
        let Some(own) = element.start_tag() else { return true };
        match element.origin() {
            Origin::Implied => true,
            Origin::Html | Origin::Clone => {
                let name = Span::new(own.start, own.start + 1 + element.name().len() as u32);
                touches(self.reach, name) || element.end_tag().is_some_and(|end| touches(self.reach, end))
            }
            Origin::Markdown | Origin::Shortcode => {
                let written = |node: Node<'_>| node.as_element().map_or(node.span(), Element::span);
                let mut inner = element.children().filter_map(written);
                let Some(first) = inner.next() else { return touches(self.reach, own) };
                let last = inner.last().unwrap_or(first);
                let opening = Span::new(own.start, first.start.max(own.start));
                let closing = Span::new(last.end.min(own.end), own.end);
                touches(self.reach, opening)
                    || touches(self.reach, closing)
                    || borders(self.reach, opening)
                    || self.is_all_within(own)
            }
        }
    }

    /// Whether nothing but whitespace of `span` is outside of the reach.
    fn is_all_within(&self, span: Span) -> bool {
        let mut start = span.start;
        let mut reached = overlapping(self.reach, span).chain([Span::empty(span.end)]);
        let is_blank = |from: u32, to: u32| Span::new(from, to.max(from)).slice(self.source).trim().is_empty();
        touches(self.reach, span)
            && reached.all(|reach| is_blank(std::mem::replace(&mut start, reach.end), reach.start))
    }

    fn leaf(&mut self, node: Node<'_>) {
        match node.kind() {
            NodeKind::Text => {
                for (written, decoded) in node.written_pieces() {
                    self.text(written, decoded);
                }
            }
            NodeKind::Comment | NodeKind::Template if node.span().is_none_or(|span| !touches(self.reach, span)) => {
                self.written.extend([MARK, '!']);
                self.written.push_str(node.text());
                self.written.push(MARK);
            }
            _ => {}
        }
    }

    /// Writes the part of a text that is outside of the reach; none of a text that is not written verbatim and touches
    /// it.
    fn text(&mut self, written: Span, decoded: Option<&str>) {
        if let Some(decoded) = decoded {
            if !touches(self.reach, written) {
                self.push(decoded);
            }
            return;
        }
        let mut start = written.start;
        let reached: Vec<Span> = overlapping(self.reach, written).collect();
        for reach in reached {
            self.push_source(Span::new(start, reach.start.max(start)));
            start = reach.end.max(start);
        }
        self.push_source(Span::new(start.min(written.end), written.end));
    }

    fn push_source(&mut self, span: Span) {
        let source = self.source;
        self.push(span.slice(source));
    }

    fn push(&mut self, text: &str) {
        if self.exact > 0 {
            self.written.push_str(text);
        } else {
            self.written.extend(text.chars().filter(|c| !c.is_whitespace()));
        }
    }
}
