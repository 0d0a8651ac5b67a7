//! Reorders the top-level keys of front matter. Returns edits only if parsing the result proves that nothing else
//! changes.

use crate::document::Document;
use crate::document::edit::front_matter::{self, MAX_CONTENT};
use crate::document::read::front_matter::line::{self, Line};
use crate::document::read::front_matter::value::Data;
use crate::document::read::front_matter::{Block, Format};
use crate::edit::Edit;
use crate::source::Span;

impl Document<'_> {
    /// The edits that reorder the entries: entry `order[i]` moves to position `i`. An entry moves as whole lines, with
    /// the comments directly above and after it; blank lines keep their places.
    ///
    /// `None` if more than the order may change, or if a comment may belong to several entries: with anchors, aliases,
    /// merge keys, duplicate keys, entries on the same line, comments that are separate or indented.
    pub fn reordered(&self, order: &[usize]) -> Option<Vec<Edit>> {
        let block = self.front_matter.block()?;
        if !is_movable(block) || order.len() != block.mapping.entries.len() {
            return None;
        }
        let text = self.source.text();
        let chunks = chunks(block, text, order)?;
        let moved = order.iter().enumerate().filter(|(place, entry)| place != *entry);
        let edit = |(place, entry): (usize, &usize)| {
            Some(Edit { span: *chunks.get(place)?, text: chunks.get(*entry)?.slice(text).to_owned() })
        };
        let edits: Vec<Edit> = moved.map(edit).collect::<Option<_>>()?;
        let kept = self.is_sound_after(&edits, |old, new, source| {
            let pairs = order.iter().zip(&new.mapping.entries);
            let pairs = pairs.filter_map(|(&entry, after)| Some((old.mapping.entries.get(entry)?, after)));
            let values = pairs.flat_map(|(old, new)| [(&old.key, &new.key), (&old.value, &new.value)]).collect();
            new.mapping.entries.len() == order.len()
                && front_matter::are_same(values, self.place.generator)
                && sorted_comments(old, text) == sorted_comments(new, source.text())
        });
        kept.then_some(edits)
    }
}

fn is_movable(block: &Block<'_>) -> bool {
    let is_tied = |data: &Data<'_>, is_anchored: bool| is_anchored || matches!(data, Data::Alias { .. });
    block.format == Format::Yaml
        && block.problem.is_none()
        && block.content.len() <= MAX_CONTENT
        && !block.mapping.flow
        && !block.mapping.has_merge()
        && !block.mapping.values().any(|value| is_tied(&value.data, value.anchor.is_some()))
        && block.duplicates().is_empty()
}

/// The lines of each entry, including comments directly above it.
fn chunks(block: &Block<'_>, text: &str, order: &[usize]) -> Option<Vec<Span>> {
    let lines: Vec<Line> = line::lines(text, block.content).collect();
    let mut chunks = Vec::new();
    let mut next = 0;
    for (index, entry) in block.mapping.entries.iter().enumerate() {
        let (start, end) = (entry.key.full_span.start, entry.span().end);
        let first = next + lines.get(next..)?.iter().position(|line| line.span.start == start)?;
        let last = first + lines.get(first..)?.iter().position(|line| end <= line.span.end)?;
        let between = lines.get(next..first)?;
        let above = match index {
            0 => comments_at_the_top(between, text, order.first() == Some(&0))?,
            _ => comments_above(between, text)?,
        };
        let chunk = Span::new(lines.get(first - above)?.span.start, lines.get(last)?.next);
        if !chunk.slice(text).ends_with(['\n', '\r']) {
            return None;
        }
        chunks.push(chunk);
        next = last + 1;
    }
    let is_rest_blank = lines.get(next..)?.iter().all(|line| is_blank(line, text));
    is_rest_blank.then_some(chunks)
}

/// The number of lines between two entries that are comments of the second one; `None` if there are other lines.
fn comments_above(lines: &[Line], text: &str) -> Option<usize> {
    let blanks = lines.iter().take_while(|line| is_blank(line, text)).count();
    let comments = lines.get(blanks..)?;
    comments.iter().all(|line| line.span.slice(text).starts_with('#')).then_some(comments.len())
}

/// Like [`comments_above`], for the first entry. Comments followed by a blank line apply to all keys and keep their
/// place. `stays`: whether the entry stays first, so that all its comments keep their place.
fn comments_at_the_top(lines: &[Line], text: &str, stays: bool) -> Option<usize> {
    (stays || lines.last().is_none_or(|line| is_blank(line, text))).then_some(0)
}

fn is_blank(line: &Line, text: &str) -> bool {
    line.span.slice(text).trim().is_empty()
}

fn sorted_comments<'t>(block: &Block<'_>, text: &'t str) -> Vec<&'t str> {
    let mut comments: Vec<&str> = block.comments.iter().map(|comment| comment.slice(text)).collect();
    comments.sort_unstable();
    comments
}
