//! Sets the scope of each suppression.

use crate::document::Document;
use crate::document::suppression::nodes::Nodes;
use crate::document::suppression::{Kind, Scope, Suppression};
use crate::source::{Source, Span};
use rustc_hash::FxHashMap;

/// Sets the scopes of `comments`.
pub(super) fn set_scopes(document: &Document<'_>, nodes: &Nodes<'_>, comments: &mut [Suppression]) {
    // All comments on one line apply to the same next line, which is searched for once.
    let mut below = (0, Scope::Nothing);
    for comment in comments.iter_mut() {
        let line = document.source.line_of(comment.span.end.saturating_sub(1));
        let scope = match comment.kind {
            Kind::File => Scope::FILE,
            // The line on which the comment ends.
            Kind::Line => Scope::Touching(document.source.line_span(line)),
            Kind::NextLine => {
                if below.0 != line {
                    below = (line, next_line(document.source, line));
                }
                below.1
            }
            Kind::Block => next_block(document, nodes, comment.span),
            Kind::Start | Kind::End | Kind::Setting | Kind::Unknown => Scope::Nothing,
        };
        for name in &mut comment.names {
            name.scope = scope;
        }
    }
    set_regions(comments);
}

/// The scope of the next line after `line` that is not blank.
fn next_line(source: &Source, line: u32) -> Scope {
    let mut later = (line + 1..=source.line_count()).map(|line| source.line_span(line));
    let next = later.find(|line| !source.slice(*line).trim().is_empty());
    next.map_or(Scope::Nothing, Scope::StartIn)
}

/// The scope of the next block. In the front matter, that is the next key with its value.
fn next_block(document: &Document<'_>, nodes: &Nodes<'_>, comment: Span) -> Scope {
    if comment.end <= document.body.start {
        let entries = document.front_matter.block().map_or(&[][..], |block| &block.mapping.entries);
        let next = entries.partition_point(|entry| entry.key.span.start < comment.end);
        return entries.get(next).map_or(Scope::Nothing, |entry| Scope::Inside(entry.span()));
    }
    let block = nodes.next_block(comment.end, document.body.end);
    block.map_or(Scope::Nothing, Scope::Inside)
}

/// Sets the scopes of regions. A region extends from its start to the next end with the same name or without names, or
/// else to the end of the file.
fn set_regions(comments: &mut [Suppression]) {
    let mut open: FxHashMap<String, Vec<(usize, usize)>> = FxHashMap::default();
    for at in 0..comments.len() {
        let Some(comment) = comments.get(at) else { break };
        let kind = comment.kind;
        let written: Vec<String> = comment.names.iter().map(|name| name.text.to_string()).collect();
        let span = comment.span;
        match kind {
            Kind::Start => {
                for (index, name) in written.into_iter().enumerate() {
                    open.entry(name).or_default().push((at, index));
                }
            }
            Kind::End => {
                let ended: Vec<(usize, usize)> = if written.is_empty() {
                    open.drain().flat_map(|(_, starts)| starts).collect()
                } else {
                    written.iter().filter_map(|name| open.remove(name)).flatten().collect()
                };
                for (start, index) in ended {
                    end_region(comments, (start, index), Some(span));
                }
            }
            _ => {}
        }
    }
    for start in open.into_values().flatten() {
        end_region(comments, start, None);
    }
}

fn end_region(comments: &mut [Suppression], (at, index): (usize, usize), ended_by: Option<Span>) {
    let Some(comment) = comments.get_mut(at) else { return };
    let (start, end) = (comment.span.end, ended_by.map_or(u32::MAX, |end| end.start));
    if let Some(name) = comment.names.get_mut(index) {
        name.scope = Scope::StartIn(Span::new(start, end.max(start)));
        name.ended_by = ended_by;
    }
}
