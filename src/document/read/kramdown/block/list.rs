//! Ordered and unordered lists, and the parts that their items have in common with definitions in definition lists.
//!
//! In kramdown 2.4: `parser/kramdown/list.rb`, `parse_list` and `parse_first_list_line`.

use crate::document::read::kramdown::attributes::{AttributeList, list_len};
use crate::document::read::kramdown::block::{Reader, Scan, extension, is_end_of_block, is_rule};
use crate::document::read::kramdown::blocks::{Block, BlockId, Kind};
use crate::document::read::kramdown::html;
use crate::document::read::kramdown::lines::{
    is_blank, is_blank_byte, leading_blanks, leading_space, line, split_line,
};
use crate::document::read::kramdown::text::{Text, TextBuilder};
use smallvec::{SmallVec, smallvec};
use std::ops::Range;
use std::rc::Rc;

/// An item while its lines are collected.
pub(super) struct ItemText<'s> {
    /// Indentation of the item's lines, in columns.
    pub(super) indent: usize,
    /// Texts that are parsed separately, in order: a nested list inside an item starts a new one.
    pub(super) parts: SmallVec<[TextBuilder<'s>; 1]>,
}

/// The relation of a line to an item.
enum Line {
    /// Indented like the item: the number of bytes to skip, and the number of columns to insert instead.
    Inside(usize, usize),
    /// Indented less, but a lazy continuation of the paragraph before it.
    Lazy,
    Outside,
}

impl<'s> Reader<'s> {
    pub(super) fn list(&mut self, parent: BlockId, scan: &mut Scan<'s>, first: &str) -> bool {
        let blanks = leading_blanks(first);
        let Some((_, ordered)) = first.get(blanks..).and_then(marker) else { return false };
        let text = Rc::clone(&scan.text);
        let list = self.add(parent, Kind::List { ordered }, scan.id, scan.at..scan.at, scan.at..scan.at);
        let end_of_block = self.items(list, scan, ordered);
        let end =
            crate::document::read::kramdown::lines::trim(text.as_str(), self.blocks.get(list).range().start..scan.at)
                .end;
        self.blocks.get_mut(list).set_end(end);
        self.settle_items(parent, list, end_of_block);
        true
    }

    /// Parses all items. Returns whether an end-of-block marker ended the list.
    fn items(&mut self, list: BlockId, scan: &mut Scan<'s>, ordered: bool) -> bool {
        let text = Rc::clone(&scan.text);
        let source = text.as_str();
        let mut limit = 3;
        let mut item: Option<(BlockId, ItemText<'s>)> = None;
        let (mut nested, mut after_blank, mut end_of_block) = (false, false, false);
        while !scan.at_end() {
            let (line, end) = split_line(source, scan.at);
            let body = line.get(leading_blanks(line)..).unwrap_or("");
            if after_blank && leading_blanks(line) <= 3 && is_rule(body) {
                break;
            }
            if is_end_of_block(line) {
                end_of_block = true;
                scan.at = end;
                break;
            }
            let starts = leading_blanks(line) <= limit && marker(body).is_some_and(|(_, other)| other == ordered);
            if starts {
                self.read_item(item.take());
                let id = self.blocks.push(list, Block::new(Kind::Item, scan.id, scan.at..end, scan.at..end));
                let new = self.first_line(id, &text, scan.at, ordered_marker_len(body));
                limit = new.indent.saturating_sub(1).min(3);
                nested = new.parts.first().is_some_and(|part| starts_list(part.as_str()));
                after_blank = false;
                item = Some((id, new));
            } else if let Some((id, item)) = item.as_mut() {
                if is_blank(line) {
                    (nested, after_blank) = (true, true);
                    item.push_line(&text, scan.at, 0, 0, end);
                } else if !item.take_line(&text, scan.at..end, line, &mut nested, after_blank) {
                    break;
                } else {
                    after_blank = false;
                    self.blocks.get_mut(*id).set_end(end);
                }
            }
            scan.at = end;
        }
        self.read_item(item.take());
        end_of_block
    }

    fn read_item(&mut self, item: Option<(BlockId, ItemText<'s>)>) {
        let Some((id, item)) = item else { return };
        let end = self.blocks.get(id).range();
        let text = Rc::clone(&self.texts[self.blocks.get(id).text as usize]);
        self.blocks.get_mut(id).set_end(crate::document::read::kramdown::lines::trim(text.as_str(), end).end);
        for part in item.parts {
            self.read_container(id, part.finish());
        }
    }

    /// Parses an item's first line: the item's indentation, its attribute list and its first characters.
    pub(super) fn first_line(&mut self, id: BlockId, text: &Text<'s>, at: usize, marker: usize) -> ItemText<'s> {
        let source = text.as_str();
        let (line, end) = split_line(source, at);
        let marker_end = leading_blanks(line) + marker;
        let rest = line.get(marker_end..).unwrap_or("");
        let mut from = at + marker_end + leading_space(rest);
        if let Some((list, len)) = item_attributes(text, from) {
            let list = self.keep_list(list);
            self.blocks.get_mut(id).attributes.push(list);
            from += len;
        }
        let is_empty = is_blank(source.get(from.min(end)..end).unwrap_or(""));
        let indent = if is_empty { 4 } else { column_after(rest, marker_end) };
        let mut builder = TextBuilder::default();
        if !is_empty {
            builder.push(text, from..end);
        }
        ItemText { indent, parts: smallvec![builder] }
    }

    /// Marks the first paragraphs of tight items, which get no `<p>`. Removes the blank lines at the ends of items;
    /// adds those of the last item after the list, unless an end-of-block marker ended it.
    fn settle_items(&mut self, parent: BlockId, list: BlockId, end_of_block: bool) {
        let items: Vec<BlockId> = self.blocks.children(list).collect();
        let mut trailing = None;
        let mut all_paragraphs = true;
        for (index, &item) in items.iter().enumerate() {
            let is_last = index + 1 == items.len();
            trailing = None;
            let Some(first) = self.blocks.first(item) else {
                all_paragraphs = false;
                continue;
            };
            let second = self.blocks.next(first);
            let is_paragraph = matches!(self.blocks.kind(first), Kind::Paragraph(_));
            let followed = match second.map(|second| (self.blocks.kind(second), self.blocks.next(second))) {
                Some((Kind::Blank, third)) => !(is_last && third.is_none() && !end_of_block),
                _ => false,
            };
            let alone = !is_last || items.len() == 1 || !all_paragraphs;
            let tight = is_paragraph && !followed && alone;
            if tight {
                self.blocks.get_mut(first).kind = Kind::Paragraph(true);
            }
            all_paragraphs &= is_paragraph && !tight;
            if self.blocks.last(item).is_some_and(|last| self.blocks.kind(last) == Kind::Blank) {
                trailing = self.blocks.pop(item);
            }
        }
        if let Some(blank) = trailing.filter(|_| !end_of_block) {
            self.blocks.append(parent, blank);
        }
    }
}

impl<'s> ItemText<'s> {
    /// Adds `line` (with its line ending: `range`) if it belongs to the item.
    fn take_line(
        &mut self,
        text: &Text<'s>,
        range: Range<usize>,
        line: &str,
        nested: &mut bool,
        after_blank: bool,
    ) -> bool {
        let Range { start: at, end } = range;
        match self.place(text.as_str(), at, line, after_blank) {
            Line::Inside(skip, blanks) => {
                let rest = line.get(skip..).unwrap_or("");
                if !*nested && blanks + leading_blanks(rest) <= 3 && starts_list(rest) {
                    self.parts.push(TextBuilder::default());
                    *nested = true;
                }
                self.push_line(text, at, skip, blanks, end);
                true
            }
            Line::Lazy => {
                // A lazy line that resembles a list marker must not start a nested item: indent it so that it is parsed
                // as text.
                let shift = if *nested && starts_list(line) { self.indent + 4 } else { 0 };
                self.push_line(text, at, 0, shift, end);
                true
            }
            Line::Outside => false,
        }
    }

    pub(super) fn push_line(&mut self, text: &Text<'s>, at: usize, skip: usize, blanks: usize, end: usize) {
        if let Some(part) = self.parts.last_mut() {
            part.push_blanks(blanks, text.position(at));
            part.push(text, at + skip..end);
        }
    }

    /// Adds the line at `at` if it belongs to the definition; returns whether it does.
    pub(super) fn take_definition_line(&mut self, text: &Text<'s>, at: usize, after_blank: bool) -> bool {
        let (line, end) = split_line(text.as_str(), at);
        match self.place(text.as_str(), at, line, after_blank) {
            Line::Inside(skip, blanks) => self.push_line(text, at, skip, blanks, end),
            Line::Lazy => self.push_line(text, at, 0, 0, end),
            Line::Outside => return false,
        }
        true
    }

    fn place(&self, source: &str, at: usize, line: &str, after_blank: bool) -> Line {
        if is_indented(line, self.indent) {
            let tabs = line.bytes().take_while(|&byte| byte == b'\t').count();
            let columns = tabs * 4;
            let blanks = leading_blanks(line.get(tabs..).unwrap_or(""));
            if columns + blanks >= self.indent {
                let skip = tabs + self.indent.saturating_sub(columns);
                return Line::Inside(skip, columns.saturating_sub(self.indent));
            }
            // kramdown counts tabs after spaces as indentation, but removes only tabs before spaces.
            return Line::Lazy;
        }
        if after_blank || ends_item(source, at, line, self.indent) {
            return Line::Outside;
        }
        Line::Lazy
    }
}

/// Whether a line is indented by at least `indent` columns. A tab counts as four columns, like four spaces.
fn is_indented(line: &str, indent: usize) -> bool {
    let mut rest = line;
    let mut steps = 0;
    while steps < indent / 4 {
        match rest.strip_prefix('\t').or_else(|| rest.strip_prefix("    ")) {
            Some(after) => rest = after,
            None => return false,
        }
        steps += 1;
    }
    rest.starts_with('\t') || leading_blanks(rest) >= indent % 4
}

/// Whether a line that is not indented ends an item: an attribute list or a block of HTML.
fn ends_item(source: &str, at: usize, line: &str, indent: usize) -> bool {
    let blanks = leading_blanks(line);
    if blanks > indent.min(3) {
        return false;
    }
    let body = line.get(blanks..).unwrap_or("");
    match body.as_bytes().first() {
        Some(b'{') => extension::starts_with_attribute_list(body),
        Some(b'<') => html::ends_lazy(source.get(at + blanks..).unwrap_or("")),
        _ => false,
    }
}

/// The column of the first character after a marker that ends at column `from`.
fn column_after(rest: &str, from: usize) -> usize {
    rest.bytes().take_while(|&byte| is_blank_byte(byte)).fold(from, |column, byte| match byte {
        b'\t' => (column / 4 + 1) * 4,
        _ => column + 1,
    })
}

/// The attribute list at the start of an item or a term, and its length in bytes.
pub(super) fn item_attributes(text: &Text<'_>, at: usize) -> Option<(AttributeList, usize)> {
    let line = line(text.as_str(), at);
    let inside = line.strip_prefix("{:")?;
    if inside.starts_with([':', '/']) {
        return None;
    }
    let len = list_len(inside)?;
    if len == 0
        || inside
            .get(..crate::document::read::kramdown::lines::name_len(inside) + 1)
            .is_some_and(|name| name.ends_with(':'))
    {
        return None;
    }
    let list = AttributeList::parse(text, at + 2..at + 2 + len);
    let after = inside.get(len + 1..).unwrap_or("");
    Some((list, len + 3 + crate::document::read::kramdown::lines::leading_white(after)))
}

/// The marker at the start of a line without indentation: its length, and whether it is a number.
pub(super) fn marker(body: &str) -> Option<(usize, bool)> {
    let (len, ordered) = match body.as_bytes().first()? {
        b'*' | b'+' | b'-' => (1, false),
        b'0'..=b'9' => {
            let digits = body.bytes().take_while(u8::is_ascii_digit).count();
            if body.as_bytes().get(digits) != Some(&b'.') {
                return None;
            }
            (digits + 1, true)
        }
        _ => return None,
    };
    marker_ends(body, len).then_some((len, ordered))
}

/// Whether whitespace follows a marker of `len` bytes. kramdown accepts a `|` as well.
pub(super) fn marker_ends(body: &str, len: usize) -> bool {
    body.as_bytes().get(len).is_some_and(|&byte| is_blank_byte(byte) || byte == b'|')
}

fn ordered_marker_len(body: &str) -> usize {
    marker(body).map_or(1, |(len, _)| len)
}

/// Whether a line starts a list.
fn starts_list(line: &str) -> bool {
    let blanks = leading_blanks(line);
    blanks <= 3 && line.get(blanks..).and_then(marker).is_some()
}
