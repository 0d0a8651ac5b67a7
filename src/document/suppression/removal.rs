//! Taking names out of suppressions again, and comparing pages before and after.

use crate::document::read::front_matter::Format;
use crate::document::read::front_matter::value::{Data, Entry, Mapping};
use crate::document::suppression::comment::START;
use crate::document::suppression::{Kind, Suppression, setting};
use crate::document::{Document, Node, NodeKind};
use crate::edit::Edit;
use crate::source::Span;
use std::collections::BTreeSet;

/// Names in one suppression that are taken out one by one: nobody writes more.
const MOST_NAMES: usize = 256;

/// The edits that take the names at `names` out of `written[index]`, and the suppression away where none is left; also
/// out of the `postlint-ignore-end` that ends them. `None` where how it is written allows no such edit.
pub fn removal(
    document: &Document<'_>,
    written: &[Suppression<'_>],
    index: usize,
    names: &[usize],
) -> Option<Vec<Edit>> {
    let text = document.source.text();
    let small = |at: usize| written.get(at).filter(|it| it.names.len() <= MOST_NAMES);
    let suppression = small(index)?;
    if suppression.kind == Kind::Setting {
        return Some(vec![from_setting(document, names)?]);
    }
    let mut edits = vec![from_comment(text, suppression, names)];
    let ends: BTreeSet<usize> =
        names.iter().filter_map(|name| suppression.names.get(*name).and_then(|name| name.ended_by)).collect();
    for at in ends {
        let end = small(at)?;
        let removed = |name: &str| names.iter().any(|it| suppression.names.get(*it).is_some_and(|it| it.text == name));
        let others = written.iter().enumerate().flat_map(|(place, start)| {
            start.names.iter().enumerate().filter(move |(name, _)| place != index || !names.contains(name))
        });
        let kept: Vec<&str> =
            others.filter(|(_, name)| name.ended_by == Some(at)).map(|(_, name)| &*name.text).collect();
        if end.names.is_empty() && kept.is_empty() {
            edits.push(from_comment(text, end, &[]));
        } else if !end.names.is_empty() {
            let gone = |(_, name): &(usize, &crate::document::suppression::Name<'_>)| {
                removed(&name.text) && !kept.contains(&&*name.text)
            };
            let gone: Vec<usize> = end.names.iter().enumerate().filter(gone).map(|(at, _)| at).collect();
            if !gone.is_empty() {
                edits.push(from_comment(text, end, &gone));
            }
        }
    }
    edits.sort_by_key(|edit| edit.span);
    Some(edits)
}

/// Whether two documents make the same page: comments and the `postlint` key do not count, nor how blanks are written.
pub fn is_same_page(one: &Document<'_>, other: &Document<'_>) -> bool {
    keys(one) == keys(other) && outline(one) == outline(other)
}

fn from_comment(text: &str, comment: &Suppression<'_>, names: &[usize]) -> Edit {
    let kept = comment.names.iter().enumerate().filter(|(at, _)| !names.contains(at));
    let kept: Vec<&str> = kept.map(|(_, name)| &*name.text).collect();
    match (comment.names.first(), comment.names.last()) {
        (Some(first), Some(last)) if !kept.is_empty() => {
            Edit { span: first.span.join(last.span), text: kept.join(", ") }
        }
        _ => Edit { span: with_its_line(text, comment.span), text: String::new() },
    }
}

/// `span`, and where nothing else stands on its lines, the lines; and one of two blank lines around it.
fn with_its_line(text: &str, span: Span) -> Span {
    let before = text.get(..span.start as usize).unwrap_or("");
    let after = text.get(span.end as usize..).unwrap_or("");
    let indented = before.trim_end_matches([' ', '\t']);
    let rest = after.trim_start_matches([' ', '\t']);
    let starts_line = indented.is_empty() || indented.ends_with(['\n', '\r']);
    let ended = without_line_end(rest);
    if !starts_line || (ended.is_none() && !rest.is_empty()) {
        // Of two blanks around it one goes too.
        let blank = before.ends_with(' ') && after.starts_with(' ');
        return Span::new(span.start - u32::from(blank), span.end);
    }
    let mut left = ended.unwrap_or("");
    let below_blank = indented.is_empty() || indented.ends_with("\n\n") || indented.ends_with("\n\r\n");
    if below_blank && let Some(second) = without_line_end(left) {
        left = second;
    }
    Span::new(indented.len() as u32, (text.len() - left.len()) as u32)
}

fn without_line_end(text: &str) -> Option<&str> {
    text.strip_prefix("\r\n").or_else(|| text.strip_prefix('\n')).or_else(|| text.strip_prefix('\r'))
}

fn from_setting(document: &Document<'_>, names: &[usize]) -> Option<Edit> {
    let text = document.source.text();
    let block = document.front_matter.block()?;
    let ignore = setting::ignore(document)?;
    let (spans, flow): (Vec<Span>, bool) = match &ignore.value.data {
        Data::Sequence { items, flow } => (items.iter().map(|item| item.full_span).collect(), *flow),
        Data::Mapping(Mapping { entries, flow }) => (entries.iter().map(Entry::span).collect(), *flow),
        Data::Scalar(_) => (vec![ignore.value.full_span], false),
        Data::Alias { .. } => return None,
    };
    let kept: Vec<&str> =
        spans.iter().enumerate().filter(|(at, _)| !names.contains(at)).map(|(_, span)| span.slice(text)).collect();
    if kept.is_empty() {
        let postlint = document.front_matter.get("postlint")?;
        let alone = postlint.value.as_mapping()?.entries.len() == 1;
        let entry = if alone { postlint } else { ignore };
        return (block.format == Format::Yaml)
            .then(|| Edit { span: with_its_line(text, entry.span()), text: String::new() });
    }
    if flow || block.format != Format::Yaml {
        let all = spans.first()?.join(*spans.last()?);
        return Some(Edit { span: all, text: kept.join(", ") });
    }
    // One name a line: more than one at once would take edits that touch.
    let [name] = names else { return None };
    let item = *spans.get(*name)?;
    let before = text.get(..item.start as usize)?;
    let dash = before.trim_end_matches(' ').strip_suffix('-').map_or(before.len(), str::len);
    Some(Edit { span: with_its_line(text, Span::new(dash as u32, item.end)), text: String::new() })
}

fn keys<'d>(document: &'d Document<'_>) -> Option<Vec<(&'d str, &'d str)>> {
    let block = document.front_matter.block()?;
    let text = document.source.text();
    let others = block.mapping.entries.iter().filter(|entry| entry.name() != Some("postlint"));
    Some(others.map(|entry| (entry.key.span.slice(text), entry.value.full_span.slice(text))).collect())
}

/// Elements whose last white space is shown.
const INLINE: [&str; 15] =
    ["a", "abbr", "b", "code", "del", "em", "font", "i", "ins", "pre", "s", "small", "span", "strong", "u"];

/// Elements in which white space between what they hold is not shown.
const CONTAINERS: [&str; 18] = [
    "html", "head", "body", "div", "section", "article", "main", "aside", "header", "footer", "ul", "ol", "dl",
    "table", "thead", "tbody", "tr", "blockquote",
];

/// The body as a browser builds it, comments left out and blanks joined.
fn outline(document: &Document<'_>) -> String {
    let tree = &document.tree;
    let mut depths = vec![0_u32; tree.nodes.len()];
    let mut outline = Outline::default();
    for node in tree.root().descendants() {
        let parent = node.parent();
        let depth = parent.and_then(|parent| depths.get(parent.id().index())).map_or(0, |depth| depth + 1);
        if let Some(own) = depths.get_mut(node.id().index()) {
            *own = depth;
        }
        match (node.kind(), node.as_element()) {
            (NodeKind::Element, Some(element)) => {
                outline.start(depth, element.name());
                for attribute in element.attributes() {
                    outline.written.push_str(&format!("\0{}={}", attribute.name(), attribute.value()));
                }
            }
            (NodeKind::Template, _) if !node.text().contains(START) => outline.start(depth, node.text()),
            (NodeKind::Text, _) if !is_between_blocks(node) => outline.text(depth, node),
            _ => {}
        }
    }
    outline.end_text(0);
    outline.written
}

#[derive(Default)]
struct Outline<'d> {
    written: String,
    /// The text that stands last: its depth and its parent.
    text: Option<(u32, Node<'d>)>,
}

impl<'d> Outline<'d> {
    fn start(&mut self, depth: u32, what: &str) {
        self.end_text(depth);
        self.written.push_str(&format!("\0{depth} {what}"));
    }

    fn text(&mut self, depth: u32, text: Node<'d>) {
        let Some(parent) = text.parent() else { return };
        if self.text.is_none_or(|(_, last)| last.id() != parent.id()) {
            self.end_text(depth);
            self.written.push_str(&format!("\0{depth}\0"));
        }
        self.text = Some((depth, parent));
        add_words(&mut self.written, text.text());
    }

    /// White space at the end of a block is not shown.
    fn end_text(&mut self, depth: u32) {
        let Some((text_depth, parent)) = self.text.take() else { return };
        let is_block = parent.as_element().is_none_or(|parent| !INLINE.contains(&parent.name()));
        if depth < text_depth && is_block {
            self.written.truncate(self.written.trim_end_matches(' ').len());
        }
    }
}

fn is_between_blocks(text: Node<'_>) -> bool {
    let parent = text.parent().and_then(Node::as_element);
    text.text().trim_ascii().is_empty() && parent.is_none_or(|parent| CONTAINERS.contains(&parent.name()))
}

/// Adds `text` with its runs of white space joined, also to what stands before.
fn add_words(outline: &mut String, text: &str) {
    for word in text.split_inclusive(|c: char| c.is_ascii_whitespace()) {
        let trimmed = word.trim_end_matches(|c: char| c.is_ascii_whitespace());
        outline.push_str(trimmed);
        if trimmed.len() < word.len() && !outline.ends_with(' ') {
            outline.push(' ');
        }
    }
}
